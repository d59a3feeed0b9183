"""Two hands of one person: what adds up, what contradicts, and what that does to a finding."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.bands import Band
from candidates.election import Candidate, Election, ReferencePhoto, Ticket
from candidates.match import Sighting
from screening.findings import Doubt, Finding, Strength
from screening.rulebook import Pose, Rulebook, load_rulebook
from screening.rules import judge
from screening.scene import Person, Scene, ShownHand
from screening.signs import shown_of
from screening.upload_facts import Moment, TimeSource, UploadFacts
from vision.types import Symbol

PEMILU, PILKADA = load_rulebook("pemilu-2024"), load_rulebook("pilkada-2018")
LATE = UploadFacts(
    posted=(Moment(date(2024, 10, 5), TimeSource.MANIFEST),), taken=(Moment(date(2024, 10, 1), TimeSource.MANIFEST),)
)


def election(*tickets: tuple[int, tuple[str, ...], tuple[tuple[str, str], ...]]) -> Election:
    """Tickets of one candidate each, ``c1`` for number 1, as (number, symbols, pairs)."""

    def ticket(number: int, symbols: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> Ticket:
        photos = (ReferencePhoto("a.jpg", Path("a.jpg")),)
        return Ticket(number, (Candidate(f"c{number}", f"C{number}", "calon", photos),), symbols, pairs)

    days = date(2024, 9, 22), date(2024, 9, 23), date(2024, 11, 27)
    return Election("contoh", "Contoh", "pemilu-2024", *days, tuple(ticket(*each) for each in tickets))


SEVEN = election(
    (1, ("one", "like"), ()),
    (2, ("peace", "two_up"), ()),
    (5, ("palm",), ()),
    (6, (), (("palm", "one"), ("peace", "peace"))),
    (7, ("fist",), (("palm", "peace"),)),
)


def hands_of(hands: str) -> tuple[ShownHand, ...]:
    """``"1L:palm 1R:one ?:peace 2:-"``: whose hand, which, and what it shows."""
    shown = []
    for i, hand in enumerate(hands.split()):
        who, label = hand.split(":")
        side = {"L": "left", "R": "right"}.get(who[-1], "")
        owner = who.rstrip("LR")
        people = () if owner == "?" else (int(owner),)
        shown.append(ShownHand(i, () if label == "-" else (Symbol(label, 0.96),), people, side))
    return tuple(shown)


def scene(people: str, hands: str) -> Scene:
    def person(i: int, who: str) -> Person:
        number = who.rstrip("?").removeprefix("c")
        band = Band.POSSIBLE if who.endswith("?") else Band.MATCH
        return Person(i, () if who == "-" else (Sighting(f"c{number}", int(number), 0.7, band, "a.jpg"),))

    return Scene(tuple(person(i, who) for i, who in enumerate(people.split())), hands_of(hands))


def findings(people: str, hands: str, of: Election = SEVEN, rulebook: Rulebook = PEMILU) -> tuple[Finding, ...]:
    return judge(scene(people, hands), LATE, of, rulebook)


def only(people: str, hands: str, of: Election = SEVEN, rulebook: Rulebook = PEMILU) -> Finding:
    (finding,) = findings(people, hands, of, rulebook)
    return finding


SYMBOL, TOGETHER, ALONE = "foto-bersama-simbol", "foto-bersama", "unggah-foto-calon"
SITUATIONS = [
    # people, hands, finding, hands it rests on, doubt, hands against it
    ("c6 -", "1L:palm 1R:one", f"{SYMBOL} strong", (0, 1), "", ()),
    ("c6 -", "1L:one 1R:palm", f"{SYMBOL} strong", (0, 1), "", ()),
    ("c6 -", "1L:one 1R:palm 1:-", f"{SYMBOL} strong", (0, 1), "", ()),
    ("c6 -", "1L:peace 1R:peace", f"{SYMBOL} strong", (0, 1), "", ()),
    ("c6? -", "1L:palm 1R:one", f"{SYMBOL} medium", (0, 1), "", ()),
    ("c7 -", "1L:palm 1R:two_up", f"{TOGETHER} medium", (), "", ()),
    ("c6 - -", "1L:palm 2R:one", f"{TOGETHER} medium", (), "", ()),
    ("c6 -", "1L:palm ?R:one", f"{TOGETHER} medium", (), "", ()),
    ("c6 -", "?L:palm ?R:one", f"{TOGETHER} medium", (), "", ()),
    ("c6 -", "0L:palm 0R:one", f"{TOGETHER} medium", (), "", ()),
    ("c6", "0L:palm 0R:one", f"{ALONE} medium", (), "", ()),
    # both hands on one side, or a third one that shows something: whose the two are is not sure
    ("c6 -", "1R:palm 1R:one", f"{SYMBOL} medium", (0, 1), Doubt.UNSURE_PAIR, ()),
    ("c6 -", "1:palm 1:one", f"{SYMBOL} medium", (0, 1), Doubt.UNSURE_PAIR, ()),
    ("c6? -", "1:palm 1:one", f"{SYMBOL} weak", (0, 1), Doubt.UNSURE_PAIR, ()),
    ("c6 -", "1L:palm 1R:one 1L:ok", f"{SYMBOL} medium", (0, 1), Doubt.UNSURE_PAIR, ()),
    ("c6 -", "1L:palm 1R:one 1L:two_up", f"{SYMBOL} medium", (0, 1), Doubt.UNSURE_PAIR, (2,)),
    # what is a pair is not with certainty its parts
    ("c1 -", "1L:palm 1R:one", f"{SYMBOL} medium", (1,), Doubt.PART_OF_PAIR, (0,)),
    ("c5 -", "1L:palm 1R:one", f"{SYMBOL} medium", (0,), Doubt.PART_OF_PAIR, (1,)),
    ("c5? -", "1L:palm 1R:one", f"{SYMBOL} weak", (0,), Doubt.PART_OF_PAIR, (1,)),
    ("c5 -", "1:palm 1:one", f"{SYMBOL} medium", (0,), Doubt.PART_OF_PAIR, (1,)),
    ("c5 - -", "1L:palm 1R:one 2R:palm", f"{SYMBOL} strong", (2,), "", ()),
    ("c2 -", "1L:peace 1R:peace", f"{SYMBOL} medium", (0, 1), Doubt.PART_OF_PAIR, (0, 1)),
    # hands of two tickets
    ("c1 -", "1L:one 1R:two_up", f"{SYMBOL} medium", (0,), Doubt.CONTRADICTION, (1,)),
    ("c2 -", "1L:one 1R:two_up", f"{SYMBOL} medium", (1,), Doubt.CONTRADICTION, (0,)),
    ("c1? -", "1L:one 1R:two_up", f"{SYMBOL} weak", (0,), Doubt.CONTRADICTION, (1,)),
    ("c1 - -", "1L:one 1R:two_up 2L:like", f"{SYMBOL} strong", (2,), "", ()),
    ("c1 - -", "1L:one 2R:two_up", f"{SYMBOL} strong", (0,), "", ()),
    ("c1 -", "1L:one 1R:ok", f"{SYMBOL} strong", (0,), "", ()),
    ("c1 -", "1L:one 1R:like", f"{SYMBOL} strong", (0, 1), "", ()),
    ("c1 -", "1L:one ?R:two_up", f"{SYMBOL} strong", (0,), "", ()),
    # the fist is a symbol of number 7 in the election file, and the rulebook names it as allowed: it speaks for nobody
    ("c1 -", "1L:fist 1R:one", f"{SYMBOL} strong", (1,), "", ()),
    ("c7 -", "1L:fist", f"{TOGETHER} medium", (), "", ()),
    ("c7 -", "?:fist", f"{TOGETHER} medium", (), "", ()),
    # another ticket's pair is on no list of poses without a ticket
    ("c2 -", "1L:palm 1R:one", f"{TOGETHER} medium", (), "", ()),
]


@pytest.mark.parametrize(
    ("people", "hands", "outcome", "on", "doubt", "against"), SITUATIONS, ids=[f"{a} | {b}" for a, b, *_ in SITUATIONS]
)
def test_situations(
    people: str, hands: str, outcome: str, on: tuple[int, ...], doubt: str, against: tuple[int, ...]
) -> None:
    finding = only(people, hands)
    assert f"{finding.category} {finding.strength}" == outcome
    assert (finding.hands, finding.doubt, finding.against) == (on, doubt, against)
    assert bool(finding.symbols) == bool(on)


@pytest.mark.parametrize("hands", ["1L:palm 1R:one", "1L:one 1R:palm"])
def test_a_pair_is_said_with_what_it_adds_up_to(hands: str) -> None:
    finding = only("c6 -", hands)
    assert finding.symbols == ("palm", "one")
    assert finding.symbol == "palm"
    assert (
        "orang itu menunjukkan simbol 'lima jari' (palm, keyakinan 0,96) dan 'telunjuk' (one, keyakinan 0,96) dengan "
        "kedua tangan, bersama enam, simbol nomor urut 6;"
    ) in finding.reason_id
    assert (
        "that person shows the symbol 'five fingers, open hand' (palm, confidence 0.96) and 'index finger' (one, "
        "confidence 0.96) with both hands, together six, a symbol of ballot number 6;"
    ) in finding.reason_en


def test_a_sum_that_is_not_the_number_is_not_said() -> None:
    eleven = election((11, (), (("one", "one"),)), (2, (), (("palm", "fist"),)))
    assert "dengan kedua tangan, simbol nomor urut 11" in only("c11 -", "1L:one 1R:one", eleven).reason_id
    assert "with both hands, a symbol of ballot number 2" in only("c2 -", "1L:palm 1R:fist", eleven).reason_en


def test_hands_that_contradict_each_other_are_said_to() -> None:
    finding = only("c1 -", "1L:one 1R:two_up")
    assert (
        "simbol nomor urut 1; orang yang sama juga menunjukkan simbol 'dua jari rapat' (two_up, keyakinan 0,96), "
        "simbol nomor urut 2: kedua tangan bertentangan, jadi nomor mana yang dimaksud tidak dipastikan;"
    ) in finding.reason_id
    assert "the hands contradict each other, so which number is meant is left open;" in finding.reason_en


def test_a_part_of_a_pair_is_said_to_be_one() -> None:
    finding = only("c1 -", "1L:palm 1R:one")
    assert (
        "bersama tangan lain orang yang sama, yaitu simbol 'lima jari' (palm, keyakinan 0,96), itu juga simbol nomor "
        "urut 6"
    ) in finding.reason_id
    assert "it is also a symbol of ballot number 6: the two contradict each other" in finding.reason_en


def test_a_pair_of_unsure_hands_is_said_to_be_unsure() -> None:
    finding = only("c6 -", "1:palm 1:one")
    assert "bersama enam, simbol nomor urut 6; tidak dipastikan bahwa kedua tangan itu" in finding.reason_id
    assert "whether the two are the left and the right hand of one person is left open" in finding.reason_en


def test_a_contradiction_is_said_where_it_decides_nothing() -> None:
    for people, hands in (("c7 -", "1L:one 1R:two_up"), ("c1 -", "0L:one 0R:two_up")):
        finding = only(people, hands)
        assert (finding.category, finding.doubt, finding.against) == (TOGETHER, "", ())
        assert "kedua tangan bertentangan" in finding.reason_id


def test_another_ticket_s_pair_is_named() -> None:
    assert "bersama enam, yaitu simbol nomor urut 6, bukan simbol calon ini" in only("c2 -", "1L:palm 1R:one").reason_id
    assert "hanya calon itu sendiri" in only("c6 -", "0L:palm 0R:one").reason_id
    early = replace(LATE, taken=(Moment(date(2024, 9, 22), TimeSource.MANIFEST),))
    (finding,) = judge(scene("c6 -", "1L:palm 1R:one"), early, SEVEN, PEMILU)
    assert "ada simbol 'lima jari' (palm, keyakinan 0,96) dan 'telunjuk'" in finding.reason_id
    assert "sebelum nomor urut diundi" in finding.reason_id


def test_a_sign_that_takes_both_hands_by_itself_is_a_symbol_like_any_other() -> None:
    hearts = election((2, ("hand_heart",), ()), (6, (), (("palm", "one"),)))
    finding = only("c2 -", "1L:hand_heart 1R:hand_heart", hearts, PILKADA)
    assert (finding.strength, finding.hands, finding.symbols, finding.doubt) == (
        "strong",
        (0, 1),
        ("hand_heart",),
        Doubt.NONE,
    )


def test_an_allowed_pose_is_said_to_be_one() -> None:
    finding = only("c7 -", "1L:fist")
    assert (
        "orang itu menunjukkan pose 'kepal' (fist, keyakinan 0,96), yang disebut boleh (Holopis, 21 November 2023; "
        "Antara Sultra) dan karena itu tidak dihitung, meskipun berkas pemilihan mencatatnya sebagai simbol nomor "
        "urut 7;"
    ) in finding.reason_id
    finding = only("c1 -", "1L:hand_heart 1R:hand_heart")
    assert "which is named as allowed (Datasultra, 19 November 2023) and therefore does not count;" in finding.reason_en


def with_poses(forbidden: Sequence[Pose] = (), allowed: Sequence[Pose] = ()) -> Rulebook:
    return replace(PEMILU, forbidden=(*PEMILU.forbidden, *forbidden), allowed=(*PEMILU.allowed, *allowed))


def pair_pose(name: str, one: str, other: str) -> Pose:
    return Pose("", name, PEMILU.forbidden[0].sources, ((one, other),))


def test_a_pair_on_the_list_of_forbidden_poses() -> None:
    book = with_poses(forbidden=[pair_pose("salam komando", "fist", "dislike")])
    finding = only("- -", "1L:dislike 1R:fist", rulebook=book)
    assert (finding.category, finding.hands, finding.symbols) == ("pose-terlarang", (0, 1), ("fist", "dislike"))
    assert "yang menunjukkan pose 'kepal' (fist, keyakinan 0,96) dan 'jempol ke bawah'" in finding.reason_id
    assert findings("- -", "0L:dislike 1R:fist", rulebook=book) == ()
    assert findings("- -", "1L:dislike 1L:fist", rulebook=book) == ()
    two = election((2, ("peace",), ()))
    assert only("c2 -", "1L:dislike 1R:fist", two, book).strength is Strength.WEAK


def test_an_allowed_pair_is_not_on_the_list_for_its_parts() -> None:
    book = with_poses(allowed=[pair_pose("salam", "palm", "fist")])
    assert findings("- -", "0L:palm 0R:fist", rulebook=book) == ()
    assert len(findings("- -", "0L:palm 1R:fist", rulebook=book)) == 1
    two = election((2, ("peace",), ()))
    assert only("c2 -", "1L:palm 1R:fist", two, book).category == TOGETHER
    assert only("c2 -", "1L:palm 1R:fist", two).category == SYMBOL
    # even where a ticket uses what one of the hands shows, or the pair itself
    assert only("c5 -", "1L:palm 1R:fist", rulebook=book).category == TOGETHER
    assert only("c5 -", "1L:palm", rulebook=book).category == SYMBOL
    six = election((6, (), (("palm", "fist"),)))
    assert only("c6 -", "1L:palm 1R:fist", six).category == SYMBOL
    finding = only("c6 -", "1L:palm 1R:fist", six, book)
    assert finding.category == TOGETHER
    assert "meskipun berkas pemilihan mencatatnya sebagai simbol nomor urut 6" in finding.reason_id


def test_a_label_that_two_tickets_share_contradicts_neither() -> None:
    shared = election((1, ("one", "like"), ()), (2, ("like", "peace"), ()))
    assert only("c1 -", "1L:one 1R:like", shared).strength is Strength.STRONG
    assert only("c2 -", "1L:one 1R:like", shared).doubt is Doubt.CONTRADICTION


quick = settings(max_examples=60, deadline=None)
labels = st.sampled_from(["-", "one", "like", "peace", "two_up", "palm", "fist", "ok", "four", "holy"])
RANK = [Strength.WEAK, Strength.MEDIUM, Strength.STRONG]


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    people = draw(st.lists(st.sampled_from(["-", "-", "c1", "c2?", "c5", "c6", "c6?", "c7"]), min_size=1, max_size=4))
    owners = st.sampled_from(["?", *(str(i) for i in range(len(people)))])
    hands = draw(st.lists(st.builds("{}{}:{}".format, owners, st.sampled_from(["L", "R", ""]), labels), max_size=6))
    return scene(" ".join(people), " ".join(hands))


def outcome(of: Scene) -> list[Finding]:
    """The findings, without the numbers of the hands."""
    found = judge(of, LATE, SEVEN, PEMILU)
    return [replace(one, hands=(0,) * len(one.hands), against=(0,) * len(one.against)) for one in found]


@quick
@given(of=scenes(), data=st.data())
def test_the_order_of_hands_does_not_matter(of: Scene, data: st.DataObject) -> None:
    order = data.draw(st.permutations(of.hands))
    moved = tuple(replace(hand, index=i) for i, hand in enumerate(order))
    assert outcome(replace(of, hands=moved)) == outcome(of)


@quick
@given(of=scenes())
def test_left_and_right_may_change_places(of: Scene) -> None:
    other = {"left": "right", "right": "left", "": ""}
    mirrored = tuple(replace(hand, side=other[hand.side]) for hand in of.hands)
    assert judge(replace(of, hands=mirrored), LATE, SEVEN, PEMILU) == judge(of, LATE, SEVEN, PEMILU)


@quick
@given(
    of=scenes(),
    own=st.sampled_from(["one", "peace", "palm"]),
    other=st.sampled_from(["one", "like", "two_up", "peace", "palm"]),
    side=st.sampled_from(["left", "right", ""]),
)
def test_a_hand_that_contradicts_never_makes_a_finding_stronger(of: Scene, own: str, other: str, side: str) -> None:
    speaks_for = {label: ticket.number for ticket in SEVEN.tickets for label in ticket.symbols}
    if speaks_for[own] == speaks_for[other]:
        return
    last = len(of.people)
    shows = ShownHand(98, (Symbol(own, 0.9),), (last,), "left")
    contradicts = ShownHand(99, (Symbol(other, 0.99),), (last,), side)
    one = Scene((*of.people, Person(last)), (*of.hands, shows))
    both = replace(one, hands=(*one.hands, contradicts))
    before, after = ({each.ticket: each for each in judge(each, LATE, SEVEN, PEMILU)} for each in (one, both))
    assert list(before) == list(after)
    if speaks_for[own] in before:
        of_own = before[speaks_for[own]], after[speaks_for[own]]
        assert RANK.index(of_own[1].strength) <= RANK.index(of_own[0].strength)
        assert 98 not in of_own[1].hands or of_own[1].doubt
    if speaks_for[other] in before:
        of_other = before[speaks_for[other]], after[speaks_for[other]]
        assert of_other[1].strength is not Strength.STRONG or of_other[0].strength is Strength.STRONG
        assert 99 not in of_other[1].hands or of_other[1].doubt


@quick
@given(of=scenes())
def test_a_pair_needs_both_hands_of_one_person(of: Scene) -> None:
    by_index = {hand.index: hand for hand in of.hands}
    for finding in judge(of, LATE, SEVEN, PEMILU):
        if len(finding.symbols) == 2:
            shown = [by_index[i] for i in finding.hands]
            owners = {hand.people for hand in shown if hand.people}
            assert any(
                {*finding.symbols} <= {hand.symbols[0].label for hand in shown if hand.people == who} for who in owners
            )
    strangers = tuple(replace(hand, people=()) for hand in of.hands)
    assert not any(len(one.symbols) == 2 for one in judge(replace(of, hands=strangers), LATE, SEVEN, PEMILU))
    first_hands = {hand.people: hand for hand in reversed(of.hands) if hand.people}
    one_each = replace(of, hands=tuple(first_hands.values()))
    assert not any(len(one.symbols) == 2 or one.doubt for one in judge(one_each, LATE, SEVEN, PEMILU))


@quick
@given(of=scenes())
def test_without_pairs_in_the_data_both_hands_never_add_up(of: Scene) -> None:
    plain = replace(SEVEN, tickets=tuple(replace(ticket, two_hands=()) for ticket in SEVEN.tickets))
    for finding in judge(of, LATE, plain, PEMILU):
        assert len(finding.symbols) < 2
        assert finding.doubt in (Doubt.NONE, Doubt.CONTRADICTION)
        assert "kedua tangan," not in finding.reason_id


@quick
@given(of=scenes())
def test_a_doubtful_sign_is_never_strong(of: Scene) -> None:
    for finding in judge(of, LATE, SEVEN, PEMILU):
        assert not finding.doubt or finding.strength is not Strength.STRONG
        for text in (finding.reason_id, finding.reason_en):
            assert text.endswith(".")
            assert not any(mark in text for mark in ("{", "}", "None", "()", "  "))


def test_lists_know_no_doubt() -> None:
    shown = shown_of({"one", "palm"}, (), hands_of("1L:palm 1R:one ?:one 2:-"))
    assert [sign.labels for sign in shown.signs] == [("one",), ("palm",), ("one",)]
    assert shown.clear == shown
