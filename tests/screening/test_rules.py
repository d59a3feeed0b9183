"""The rules, as a table of situations and of what their sentences say."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from candidates.bands import Band
from candidates.election import Candidate, Election, ReferencePhoto, Ticket
from candidates.match import Sighting
from screening.findings import Category, Finding, Strength
from screening.rulebook import Rulebook, load_rulebook
from screening.rules import judge
from screening.scene import Person, Scene, ShownHand
from screening.upload_facts import Moment, TimeSource, UploadFacts
from vision.types import Symbol

PEMILU, PILKADA = load_rulebook("pemilu-2024"), load_rulebook("pilkada-2018")


def candidate(name: str, spouse: str = "") -> Candidate:
    photos = (ReferencePhoto(f"{name}.jpg", Path(f"{name}.jpg")),)
    return Candidate(name, name.title(), "calon bupati", photos, (spouse,) if spouse else ())


ELECTION = Election(
    "contoh",
    "Contoh",
    "pemilu-2024",
    date(2024, 9, 22),
    date(2024, 9, 23),
    date(2024, 11, 27),
    (
        Ticket(1, (candidate("sari", "u-7"), candidate("joko")), ("one", "like")),
        Ticket(2, (candidate("budi"),), ("peace", "two_up", "finger_heart")),
        Ticket(3, (candidate("wati"),), ("three", "ok")),
    ),
)
TICKETS = {one.id: ticket.number for ticket in ELECTION.tickets for one in ticket.candidates}


def sighting(who: str) -> Sighting:
    """``sari`` is a match, ``sari?`` is only possible."""
    name = who.rstrip("?")
    possible = who.endswith("?")
    return Sighting(name, TICKETS[name], 0.45 if possible else 0.71, Band.POSSIBLE if possible else Band.MATCH, "a.jpg")


def scene(people: str, hands: str = "", searched: bool = True) -> Scene:
    """``"sari budi? -"`` and ``"0:one 2:- ?:peace"``: people in order, then hands as OWNER:SYMBOL."""
    who = tuple(Person(i, () if name == "-" else (sighting(name),)) for i, name in enumerate(people.split()))
    shown = []
    for i, hand in enumerate(hands.split()):
        owner, label = hand.split(":")
        symbols = () if label == "-" else (Symbol(label, 0.96),)
        shown.append(ShownHand(i, symbols, () if owner == "?" else (int(owner),)))
    return Scene(who, tuple(shown), searched)


def facts(posted: str = "", taken: str = "", uploader: str = "") -> UploadFacts:
    def said(day: str) -> tuple[Moment, ...]:
        return (Moment(date.fromisoformat(day), TimeSource.MANIFEST),) if day else ()

    return UploadFacts(uploader, posted=said(posted), taken=said(taken))


def outcome(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{one.category} {one.strength} {one.ticket}" for one in findings]


SYMBOL, TOGETHER, ALONE, POSE = "foto-bersama-simbol", "foto-bersama", "unggah-foto-calon", "pose-terlarang"
LATE, EARLY = facts("2024-10-05", "2024-10-01"), facts("2024-10-05", "2024-09-22")

SITUATIONS = [
    # people, hands, what is known, rulebook, findings
    ("sari -", "1:one", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari -", "1:like", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari? -", "1:one", LATE, PEMILU, [f"{SYMBOL} medium 1"]),
    ("sari joko -", "2:one", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari? joko -", "2:one", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari - - - -", "0:one 3:one 4:-", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("- - budi", "0:- 1:finger_heart", LATE, PEMILU, [f"{SYMBOL} strong 2"]),
    ("sari -", "1:one 1:like", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari -", "1:one", LATE, PILKADA, [f"{SYMBOL} strong 1"]),
    ("sari -", "1:one", facts(), PEMILU, [f"{SYMBOL} strong 1"]),
    # another ticket's candidate follows the symbol
    ("sari budi", "1:one", LATE, PEMILU, [f"{SYMBOL} strong 1", f"{TOGETHER} medium 2"]),
    ("sari budi", "0:peace 1:one", LATE, PEMILU, [f"{SYMBOL} strong 1", f"{SYMBOL} strong 2"]),
    ("sari budi?", "0:peace", LATE, PEMILU, [f"{TOGETHER} medium 1", f"{SYMBOL} medium 2"]),
    ("sari budi wati -", "3:ok", LATE, PEMILU, [f"{TOGETHER} medium 1", f"{TOGETHER} medium 2", f"{SYMBOL} strong 3"]),
    # a hand of unclear owner
    ("sari -", "?:one", LATE, PEMILU, [f"{SYMBOL} medium 1"]),
    ("sari? -", "?:one", LATE, PEMILU, [f"{SYMBOL} weak 1"]),
    ("sari -", "?:one 1:one", LATE, PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari", "?:one", LATE, PEMILU, [f"{ALONE} medium 1"]),
    ("sari -", "?:palm", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    # a listed pose of no ticket
    ("sari -", "1:palm", LATE, PEMILU, [f"{SYMBOL} weak 1"]),
    ("sari? -", "1:four", LATE, PEMILU, [f"{SYMBOL} weak 1"]),
    ("sari -", "1:palm", LATE, PILKADA, [f"{TOGETHER} medium 1"]),
    ("sari -", "0:palm", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:palm ?:one", LATE, PEMILU, [f"{SYMBOL} medium 1"]),
    # together, and nothing that counts
    ("sari -", "", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari? -", "", LATE, PEMILU, [f"{TOGETHER} weak 1"]),
    ("sari -", "0:one", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari joko -", "0:one 1:one", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:peace", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:fist", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:dislike 1:little_finger", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:- 1:-", LATE, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "", LATE, PILKADA, [f"{TOGETHER} medium 1"]),
    # nobody else
    ("sari", "", LATE, PEMILU, [f"{ALONE} medium 1"]),
    ("sari", "0:one", LATE, PEMILU, [f"{ALONE} medium 1"]),
    ("sari joko", "0:one 1:like", LATE, PEMILU, [f"{ALONE} medium 1"]),
    ("sari?", "", LATE, PEMILU, [f"{ALONE} weak 1"]),
    ("sari? joko?", "", LATE, PEMILU, [f"{ALONE} weak 1"]),
    # no candidate
    ("- -", "0:one", LATE, PEMILU, [f"{POSE} weak 0"]),
    ("- -", "0:one 1:palm ?:ok", LATE, PEMILU, [f"{POSE} weak 0"]),
    ("-", "?:ok", LATE, PEMILU, [f"{POSE} weak 0"]),
    ("- -", "0:fist 1:dislike", LATE, PEMILU, []),
    ("- -", "0:-", LATE, PEMILU, []),
    ("- -", "", LATE, PEMILU, []),
    ("", "", LATE, PEMILU, []),
    ("- -", "0:one", LATE, PILKADA, []),
    # days
    ("sari -", "1:one", EARLY, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:one", facts(taken="2024-09-22"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:one", facts(taken="2024-09-23"), PEMILU, [f"{SYMBOL} strong 1"]),
    ("sari -", "1:one", facts(posted="2024-09-22"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "?:one", EARLY, PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "1:palm", EARLY, PEMILU, [f"{SYMBOL} weak 1"]),
    ("sari -", "1:one", facts("2024-10-05", "2024-08-14"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari", "", facts("2024-08-20", "2024-08-14"), PEMILU, [f"{ALONE} medium 1"]),
    ("sari -", "1:one", facts(posted="2022-09-21"), PEMILU, []),
    ("sari -", "", facts(posted="2022-09-22"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "", facts(taken="2020-01-01"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari -", "", facts("2024-10-05", "2020-01-01"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("-", "0:one", facts(posted="2023-10-31"), PEMILU, []),
    ("-", "0:one", facts(posted="2023-11-01"), PEMILU, [f"{POSE} weak 0"]),
    ("sari", "", facts(posted="2017-12-26"), PILKADA, []),
    # the candidate's husband or wife
    ("sari -", "", facts("2024-10-05", "2024-10-01", "u-7"), PEMILU, [f"{TOGETHER} medium 1"]),
    ("sari", "", facts(uploader="u-7"), PEMILU, [f"{ALONE} medium 1"]),
    ("sari -", "1:one", facts("2024-10-05", "2024-10-01", "u-7"), PEMILU, [f"{SYMBOL} strong 1"]),
]


@pytest.mark.parametrize(
    ("people", "hands", "known", "rulebook", "expected"),
    SITUATIONS,
    ids=[f"{people or 'nobody'} | {hands or 'no hands'} | {i}" for i, (people, hands, *_) in enumerate(SITUATIONS)],
)
def test_situations(people: str, hands: str, known: UploadFacts, rulebook: Rulebook, expected: list[str]) -> None:
    assert outcome(judge(scene(people, hands), known, ELECTION, rulebook)) == expected


def only(people: str, hands: str = "", known: UploadFacts = LATE, searched: bool = True) -> Finding:
    (finding,) = judge(scene(people, hands, searched), known, ELECTION, PEMILU)
    return finding


def test_a_finding_names_what_it_rests_on() -> None:
    finding = only("- sari - joko?", "1:one 0:like 2:one")
    assert finding.candidates == ("sari", "joko")
    assert finding.hands == (1, 2)
    assert finding.rule == "pemilu-2024/foto-bersama"
    assert finding.source.startswith("SKB 2/2022")
    assert (only("sari -", "1:peace").symbol, only("sari -", "1:peace").hands) == ("", ())


def test_the_symbol_is_the_surest_one() -> None:
    people = scene("sari - -").people
    hands = (ShownHand(0, (Symbol("one", 0.7),), (1,)), ShownHand(1, (Symbol("like", 0.9),), (2,)))
    (finding,) = judge(Scene(people, hands), LATE, ELECTION, PEMILU)
    assert (finding.symbol, finding.hands) == ("like", (0, 1))
    assert "keyakinan 0,90" in finding.reason_id


def test_the_sentence_counts_those_who_show_the_named_symbol() -> None:
    finding = only("sari - - - -", "1:one 1:one 2:one 3:like 4:-")
    assert finding.hands == (0, 1, 2, 3)
    assert "1 di antaranya menunjukkan simbol 'jempol'" in finding.reason_id  # as sure as the others, first by label
    hands = scene("sari - - - -", "1:one 1:one 2:one 4:-").hands
    (finding,) = judge(Scene(scene("sari - - - -").people, hands), LATE, ELECTION, PEMILU)
    assert "2 di antaranya menunjukkan simbol 'telunjuk'" in finding.reason_id


SENTENCES = [
    ("sari - - -", "2:one", LATE, "mirip Sari (calon bupati, nomor urut 1; cocok, kemiripan 0,71) bersama 3"),
    (
        "sari - - -",
        "2:one",
        LATE,
        "1 di antaranya menunjukkan simbol 'telunjuk' (one, keyakinan 0,96), simbol nomor urut 1",
    ),
    ("sari -", "1:one", LATE, "orang itu menunjukkan simbol 'telunjuk'"),
    ("sari? -", "1:one", LATE, "mungkin, kemiripan 0,45) bersama 1"),
    ("sari -", "?:one", LATE, "sebuah tangan yang pemiliknya tidak jelas menunjukkan"),
    ("sari -", "1:palm", LATE, "daftar pose terlarang tetapi bukan simbol nomor urut mana pun"),
    ("sari -", "0:one", LATE, "hanya calon itu sendiri yang menunjukkan simbol 'telunjuk'"),
    ("sari -", "1:peace", LATE, "yaitu simbol nomor urut 2, bukan simbol calon ini"),
    ("sari -", "", LATE, "tidak terlihat simbol tangan"),
    ("sari", "", LATE, "tanpa orang lain yang terlihat"),
    ("sari", "?:one", LATE, "pemiliknya tidak jelas"),
    ("sari -", "1:one", EARLY, "sebelum nomor urut diundi (23 September 2024)"),
    (
        "sari -",
        "1:one",
        facts(),
        "tanggal pengambilan foto tidak diketahui, padahal nomor urut baru diundi 23 September",
    ),
    (
        "sari -",
        "",
        facts("2024-10-05", "2024-08-14"),
        "foto diambil 14 Agustus 2024 menurut daftar unggahan (sebelum penetapan calon) dan diunggah 5 Oktober 2024",
    ),
    ("sari -", "", facts("2024-10-05", "2024-08-14"), "ketika foto diambil calon belum ditetapkan (22 September 2024)"),
    ("sari -", "", facts("2024-09-01"), "foto diunggah 1 September 2024 menurut daftar unggahan (sebelum penet"),
    ("sari -", "", facts("2024-09-01"), "ketika foto diunggah calon belum ditetapkan (22 September 2024)"),
    ("sari -", "", facts(uploader="u-7"), "suami atau istri calon"),
    ("sari -", "", facts(uploader="u-7"), "Surat Menteri PANRB B/36/M.SM.00.00/2018"),
    ("- -", "0:one 1:one", LATE, "memuat 2 orang yang menunjukkan pose 'telunjuk'"),
    ("-", "?:one", LATE, "memuat sebuah tangan, pemiliknya tidak jelas, yang menunjukkan pose 'telunjuk'"),
]


@pytest.mark.parametrize(("people", "hands", "known", "words"), SENTENCES)
def test_the_sentence_says_what_was_seen(people: str, hands: str, known: UploadFacts, words: str) -> None:
    assert words in only(people, hands, known).reason_id


def test_hands_that_were_not_searched_are_said_to_be() -> None:
    finding = only("sari -", searched=False)
    assert "tangan tidak diperiksa atau tidak dapat dibaca" in finding.reason_id
    assert "hands were not searched or could not be read" in finding.reason_en


@pytest.mark.parametrize(
    ("people", "hands", "known"),
    [
        ("budi -", "", facts(uploader="u-7")),
        ("sari -", "", facts(uploader="")),
    ],
    ids=["another candidate's spouse", "unknown uploader"],
)
def test_the_spouse_is_not_mentioned_where_it_does_not_apply(people: str, hands: str, known: UploadFacts) -> None:
    assert "istri" not in only(people, hands, known).reason_id


@pytest.mark.parametrize("hands", ["1:one", "1:palm", "?:one"])
def test_with_a_symbol_the_exception_for_spouses_does_not_hold(hands: str) -> None:
    finding = only("sari -", hands, facts(uploader="u-7"))
    assert "tetapi pengecualian baginya tidak mencakup foto dengan simbol atau atribut" in finding.reason_id
    assert "boleh ada dalam foto" not in finding.reason_id


def test_an_unknown_day_is_not_mentioned_where_it_does_not_matter() -> None:
    assert "tanggal pengambilan" not in only("sari -", "", facts()).reason_id
    assert "tanggal pengambilan" not in only("sari -", "1:one", LATE).reason_id


def test_without_a_rule_for_symbols_the_next_category_says_what_was_seen() -> None:
    rules = tuple(rule for rule in PEMILU.rules if rule.category is not Category.WITH_SYMBOL)
    for hands, words in (("1:one", "orang itu menunjukkan"), ("?:one", "pemiliknya tidak jelas")):
        (finding,) = judge(scene("sari -", hands), LATE, ELECTION, replace(PEMILU, rules=rules))
        assert (finding.category, finding.strength) == (Category.TOGETHER, Strength.MEDIUM)
        assert words in finding.reason_id


def test_a_rulebook_without_a_category_gives_no_finding_of_it() -> None:
    rules = tuple(rule for rule in PEMILU.rules if rule.category is Category.WITH_SYMBOL)
    rulebook = replace(PEMILU, rules=rules)
    assert judge(scene("sari -"), LATE, ELECTION, rulebook) == ()
    assert outcome(judge(scene("sari -", "1:one"), LATE, ELECTION, rulebook)) == [f"{SYMBOL} strong 1"]


def test_a_period_that_has_ended() -> None:
    period = replace(PEMILU.period, last=(date(2024, 12, 31),))
    rulebook = replace(PEMILU, period=period)
    for known, count in (
        (facts("2024-12-31"), 1),
        (facts("2025-01-01"), 0),
        (facts(taken="2025-01-01"), 0),
        (facts(), 1),
    ):
        assert len(judge(scene("sari -"), known, ELECTION, rulebook)) == count


def test_a_match_counts_before_a_higher_similarity_that_is_only_possible() -> None:
    near_decoy = replace(sighting("joko?"), similarity=0.8)
    people = (Person(0, (near_decoy,)), Person(1, (sighting("sari"),)), Person(2))
    (finding,) = judge(Scene(people), LATE, ELECTION, PEMILU)
    assert (finding.strength, finding.candidates) == (Strength.MEDIUM, ("sari", "joko"))


def test_an_e_value_is_said_where_it_is_known() -> None:
    people = (Person(0, (replace(sighting("sari"), e_value=(0.0003,), faces=12_400.0),)),)
    (finding,) = judge(Scene(people), LATE, ELECTION, PEMILU)
    assert "cocok, kemiripan 0,71, di antara 12.400 wajah orang lain" in finding.reason_id
    assert "match, similarity 0.71, among 12,400 faces of other people" in finding.reason_en


def test_a_sighting_of_another_election_is_a_mistake() -> None:
    people = (Person(0, (Sighting("nobody", 1, 0.7, Band.MATCH, "a.jpg"),)),)
    with pytest.raises(KeyError, match="nobody"):
        judge(Scene(people), LATE, ELECTION, PEMILU)
