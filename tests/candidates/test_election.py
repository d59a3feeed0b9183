"""Election files: what is read, and that every mistake is named with its line."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.election import DAYS, Candidate, Election, ReferencePhoto, Ticket, load_election
from netra.errors import ConfigError
from netra.symbols import SYMBOLS, symbols_for_number, two_hands
from netra.zones import Zone

GOOD = """\
[election]
id = "pilkada-kota-contoh"
name = "Pilkada Kota Contoh"
rulebook = "pemilu-2024"
candidates_official = 2024-09-22
numbers_drawn = 2024-09-23
voting_day = 2024-11-27

[[tickets]]
number = 1
[[tickets.candidates]]
id = "sari-dewi"
name = "Sari Dewi"
office = "calon wali kota"
photos = ["photos/sari-1.jpg", "photos/sari-2.jpg"]
spouse_ids = ["u-17"]

[[tickets]]
number = 2
symbols = ["peace"]
[[tickets.candidates]]
id = "budi"
name = "Budi"
office = "calon wali kota"
photos = ["photos/budi-1.jpg"]

[[decoys]]
name = "kakak Sari Dewi"
photos = ["photos/kakak.jpg"]
"""


MANUAL = Path(__file__).parents[2] / "docs" / "election-file.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    for name in ("sari-1.jpg", "sari-2.jpg", "budi-1.jpg", "kakak.jpg"):
        (tmp_path / "photos" / name).write_bytes(name.encode())
    return tmp_path


def load(folder: Path, text: str, **options: Any) -> Election:
    path = folder / "ELECTION.toml"
    path.write_text(text, "utf-8")
    return load_election(path, **options)


def problems(folder: Path, text: str, **options: Any) -> list[str]:
    """The lines of the ConfigError, without the folder."""
    with pytest.raises(ConfigError) as caught:
        load(folder, text, **options)
    return [line.removeprefix(f"{folder}{os.sep}") for line in caught.value.problems]


def names(candidate: Candidate) -> list[str]:
    return [photo.name for photo in candidate.photos]


def test_a_good_file_is_read_whole(folder: Path) -> None:
    election = load(folder, GOOD, rulebooks=("pemilu-2024",))
    assert (election.id, election.rulebook, election.voting_day) == (
        "pilkada-kota-contoh",
        "pemilu-2024",
        date(2024, 11, 27),
    )
    assert [candidate.id for candidate in election.candidates] == ["sari-dewi", "budi"]
    assert election.ticket(1).symbols == ("one", "like")
    assert election.ticket(2).symbols == ("peace",)
    assert election.symbols == {"one", "like", "peace"}
    assert election.candidate("sari-dewi").spouse_ids == ("u-17",)
    assert election.candidate("sari-dewi").photos[0].path.read_bytes() == b"sari-1.jpg"
    assert [(decoy.id, decoy.name) for decoy in election.decoys] == [("decoy-1", "kakak Sari Dewi")]


def test_the_days_of_the_campaign_may_be_given(folder: Path) -> None:
    election = load(folder, GOOD)
    assert election.day("voting_day") == (date(2024, 11, 27),)
    assert (election.day("campaign_first"), election.quiet_first) == ((), ())
    days = "campaign_first = 2024-09-25\ncampaign_last = 2024-11-23\nquiet_first = 2024-11-24\nvoting_day"
    election = load(folder, GOOD.replace("voting_day", days))
    assert [day for name in DAYS for day in election.day(name)] == [
        *(date(2024, 9, 22), date(2024, 9, 23), date(2024, 9, 25)),
        *(date(2024, 11, 23), date(2024, 11, 24), date(2024, 11, 27)),
    ]
    with pytest.raises(KeyError, match="no day 'campaign'"):
        election.day("campaign")
    wrong = GOOD.replace("voting_day", "campaign_last = 2024-12-01\nvoting_day")
    assert problems(folder, wrong)[0].startswith("ELECTION.toml:8: election.voting_day: expected a day on or after")


def test_the_office_s_zone_may_be_given(folder: Path) -> None:
    for key, zone in (("", Zone.WIB), ('timezone = "WIT"\n', Zone.WIT)):
        assert load(folder, GOOD.replace("voting_day", f"{key}voting_day")).timezone is zone
    (line,) = problems(folder, GOOD.replace("voting_day", 'timezone = "WIN"\nvoting_day'))
    assert line.endswith("election.timezone: expected one of 'WIB', 'WITA' or 'WIT', got \"WIN\"")


def test_a_candidate_may_have_accounts(folder: Path) -> None:
    election = load(folder, GOOD.replace('spouse_ids = ["u-17"]', 'spouse_ids = ["u-17"]\nuploader_ids = ["u-18"]'))
    assert [one.uploader_ids for one in election.candidates] == [("u-18",), ()]


def test_symbols_that_are_an_empty_list_are_none(folder: Path) -> None:
    assert load(folder, GOOD.replace('["peace"]', "[]")).ticket(2).symbols == ()


def test_a_number_that_no_hand_shows_has_no_symbols(folder: Path) -> None:
    assert load(folder, GOOD.replace("number = 1\n", "number = 6\n")).ticket(6).symbols == ()


PAIRS = [
    ('[["palm", "one"]]', {("palm", "one")}),
    ('[["one", "palm"], ["like", "stop"]]', {("palm", "one"), ("stop", "like")}),
    ('[[5, "like"]]', {("palm", "like"), ("stop", "like")}),
    ("[[5, 1]]", {("palm", "one"), ("palm", "like"), ("stop", "one"), ("stop", "like")}),
    ("[[1, 1]]", {("one", "one"), ("one", "like"), ("like", "like")}),
    ('[[ " palm " , "one" ]]', {("palm", "one")}),
    ("[]", set()),
]


@pytest.mark.parametrize(("written", "expected"), PAIRS)
def test_a_ticket_may_name_symbols_of_both_hands(folder: Path, written: str, expected: set[tuple[str, str]]) -> None:
    election = load(folder, GOOD.replace("number = 1\n", f"number = 6\ntwo_hands = {written}\n"))
    assert len(election.ticket(6).two_hands) == len(expected)
    assert set(election.ticket(6).two_hands) == election.two_hands == expected
    assert election.ticket(6).symbols == ()
    assert election.ticket(2).two_hands == ()


def test_the_example_of_the_manual_is_read(folder: Path) -> None:
    for name in ("budi.jpg", "wati.jpg"):
        (folder / "photos" / name).touch()
    text = MANUAL.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    election = load(folder, text)
    assert [ticket.number for ticket in election.tickets] == [1, 2, 6]
    assert election.two_hands == {("palm", "one"), ("palm", "like"), ("stop", "one"), ("stop", "like")}
    assert election.symbols == {"one", "like", "peace", "two_up"}


labels_of_one_hand = st.sampled_from([label for label, meaning in SYMBOLS.items() if meaning.hands == 1])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)
@given(pairs=st.lists(st.builds(two_hands, labels_of_one_hand, labels_of_one_hand), unique=True, max_size=5))
def test_pairs_are_read_as_they_were_written(folder: Path, pairs: list[tuple[str, str]]) -> None:
    written = ", ".join(f'["{other}", "{one}"]' for one, other in pairs)
    election = load(folder, GOOD.replace('symbols = ["peace"]', f"two_hands = [{written}]"))
    assert election.ticket(2).two_hands == tuple(pairs)
    assert election.ticket(2).symbols == symbols_for_number(2)


WRONG_PAIRS = [
    ('["palm", "one"]', ":20: tickets[1].two_hands[0]:", 'got "palm"; write it like `two_hands = [["palm", "one"]]`'),
    ('[["palm"]]', ":20: tickets[1].two_hands[0]:", "two symbols, one for each hand, got a list of 1"),
    ('[["palm", "one", "one"]]', ":20: tickets[1].two_hands[0]:", "got a list of 3"),
    ('[["plam", "one"]]', ":20: tickets[1].two_hands[0][0]:", "did you mean 'palm'?"),
    ('[["palm", "holy"]]', ":20: tickets[1].two_hands[0][1]:", "it takes both hands by itself"),
    ("[[6, 1]]", ":20: tickets[1].two_hands[0][0]:", "a number from 1 to 5, got the number 6"),
    ("[[5, 0]]", ":20: tickets[1].two_hands[0][1]:", "got the number 0"),
    ("[[true, 1]]", ":20: tickets[1].two_hands[0][0]:", "got true"),
    ('"palm+one"', ":20: tickets[1].two_hands:", "a list between square brackets"),
    ('[["palm", "one"], ["one", "palm"]]', ":20: tickets[1].two_hands[1]:", '["one", "palm"] again; see line 20'),
    ('[[5, 1], ["stop", "one"]]', ":20: tickets[1].two_hands[1]:", "each pair of symbols once"),
]


@pytest.mark.parametrize(("written", "place", "words"), WRONG_PAIRS, ids=[written for written, *_ in WRONG_PAIRS])
def test_a_mistake_in_a_pair_is_named(folder: Path, written: str, place: str, words: str) -> None:
    found = problems(folder, GOOD.replace('symbols = ["peace"]', f"two_hands = {written}"))[0]
    assert found.startswith(f"ELECTION.toml{place}")
    assert words in found


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('["photos"]', ["photos/budi-1.jpg", "photos/kakak.jpg", "photos/sari-1.jpg", "photos/sari-2.jpg"]),
        ('["photos/"]', ["photos/budi-1.jpg", "photos/kakak.jpg", "photos/sari-1.jpg", "photos/sari-2.jpg"]),
        ('["photos/sari-*"]', ["photos/sari-1.jpg", "photos/sari-2.jpg"]),
        ('["photos/sari-2.jpg", "photos/sari-*"]', ["photos/sari-2.jpg", "photos/sari-1.jpg"]),
        ('["**/budi*"]', ["photos/budi-1.jpg"]),
        ('["photos/notes.txt"]', ["photos/notes.txt"]),
    ],
)
def test_photos_may_be_files_folders_and_globs(folder: Path, written: str, expected: list[str]) -> None:
    (folder / "photos" / "notes.txt").write_text("no photo")
    (folder / "photos" / ".hidden.jpg").write_text("left by a file manager")
    election = load(folder, GOOD.replace('["photos/sari-1.jpg", "photos/sari-2.jpg"]', written))
    assert names(election.candidate("sari-dewi")) == expected


def test_a_rulebook_may_be_a_file_beside_the_election(folder: Path) -> None:
    (folder / "ours.toml").write_text("")
    text = GOOD.replace('"pemilu-2024"', '"ours.toml"')
    assert Path(load(folder, text, rulebooks=("pemilu-2024",)).rulebook).samefile(folder / "ours.toml")


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_windows_files_are_read(folder: Path, mark: bytes) -> None:
    path = folder / "ELECTION.toml"
    path.write_bytes(mark + GOOD.replace("\n", "\r\n").encode())
    assert load_election(path).id == "pilkada-kota-contoh"


WRONG = [
    ('name = "Pilkada Kota Contoh"', "", ":1: election.name:", "add a line that begins with `name =`"),
    ("voting_day", "voting_dya", ":7: election.voting_dya:", "did you mean 'voting_day'?"),
    ('id = "pilkada-kota-contoh"', 'id = "Pilkada Kota"', ":2: election.id:", "small letters, digits"),
    ("2024-11-27", '"2024-11-27"', ":7: election.voting_day:", "a date without quotes"),
    ("2024-11-27", "2024-11-27T08:00:00", ":7: election.voting_day:", "the date with time 2024-11-27 08:00:00"),
    ("2024-09-23", "2024-09-21", ":6: election.numbers_drawn:", "on or after candidates_official (2024-09-22)"),
    ("2024-11-27", "2024-09-01", ":7: election.voting_day:", "on or after numbers_drawn (2024-09-23)"),
    ("number = 2", "number = 1", ":19: tickets[1].number:", "got the number 1 again; see line 10"),
    ("number = 2", "number = 0", ":19: tickets[1].number:", "1 or more"),
    ("number = 2", "number = 100", ":19: tickets[1].number:", "99 or less"),
    ("number = 2", 'number = "2"', ":19: tickets[1].number:", "a whole number without quotes"),
    ("number = 2", "number = true", ":19: tickets[1].number:", "got true"),
    ('id = "budi"', 'id = "sari-dewi"', ":22: tickets[1].candidates[0].id:", "see line 12"),
    ('id = "budi"', 'id = "decoy-1"', ":22: tickets[1].candidates[0].id:", "an id that no decoy has"),
    ('name = "Budi"', 'name = "  "', ":23: tickets[1].candidates[0].name:", "text that is not empty"),
    ('["peace"]', '["paece"]', ":20: tickets[1].symbols[0]:", "did you mean 'peace'?"),
    ('["peace"]', '["peace", "peace"]', ":20: tickets[1].symbols:", '"peace" more than once'),
    ('["peace"]', '"peace"', ":20: tickets[1].symbols:", "a list between square brackets"),
    (
        '["photos/budi-1.jpg"]',
        "[]",
        ":25: tickets[1].candidates[0].photos:",
        "at least one photo, got an empty list; add",
    ),
    (
        '["photos/budi-1.jpg"]',
        '["photos/Budi-9.jpg"]',
        ":25: tickets[1].candidates[0].photos[0]:",
        "a photo that exists",
    ),
    ('["photos/budi-1.jpg"]', '["photos/x*.jpg"]', ":25: tickets[1].candidates[0].photos[0]:", "which fits none"),
    ('["photos/budi-1.jpg"]', '["empty"]', ":25: tickets[1].candidates[0].photos[0]:", "a folder with photos in it"),
    ('["photos/kakak.jpg"]', "[]", ":29: decoys[0].photos:", "at least one photo"),
    ("[[decoys]]", "[decoys]", ":27: decoys:", "write [[decoys]] instead of [decoys]"),
    ('"pemilu-2024"', '"pemilu-2042"', ":4: election.rulebook:", "did you mean 'pemilu-2024'?"),
    ('"pemilu-2024"', '"mine/rules.toml"', ":4: election.rulebook:", "a file that exists"),
    ('office = "calon wali kota"\n', "office = 3\n", ":14: tickets[0].candidates[0].office:", "text between quotes"),
]


@pytest.mark.parametrize(("old", "new", "place", "words"), WRONG, ids=[new or f"no {old}" for old, new, *_ in WRONG])
def test_a_mistake_is_named_with_its_line(folder: Path, old: str, new: str, place: str, words: str) -> None:
    (folder / "empty").mkdir()
    assert old in GOOD
    found = problems(folder, GOOD.replace(old, new), rulebooks=("pemilu-2024", "pilkada-2018"))
    fitting = [line for line in found if line.startswith(f"ELECTION.toml{place}")]
    assert any(words in line for line in fitting), found


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ('name = "Pilkada Kota Contoh"', 'name = "Pilkada\\u001b[2J"', "3: election.name"),
        ('name = "Sari Dewi"', 'name = "Sari\\nDewi"', "13: tickets[0].candidates[0].name"),
        ('office = "calon wali kota"', 'office = "calon\\u202e"', "14: tickets[0].candidates[0].office"),
        ('name = "kakak Sari Dewi"', 'name = "kakak\\u007f"', "28: decoys[0].name"),
    ],
)
def test_a_name_with_letters_that_nobody_sees_is_refused(folder: Path, key: str, value: str, place: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(folder, GOOD.replace(key, value, 1))
    (problem,) = caught.value.problems
    assert f":{place}: expected letters that can be seen, got U+" in problem
    assert problem.isprintable()


def test_names_of_any_script_are_taken(folder: Path) -> None:
    name = "Ni Luh\u00a0Ayu, S.Pd. – ꦱꦫꦶ\u200c \u200dدewi"
    assert load(folder, GOOD.replace("Sari Dewi", name)).candidate("sari-dewi").name == name


def test_all_mistakes_come_at_once_in_file_order(folder: Path) -> None:
    text = GOOD.replace("2024-11-27", "2024-01-01").replace("budi-1.jpg", "nobody.jpg").replace('["peace"]', '["v"]')
    found = problems(folder, text.replace('id = "budi"', 'id = "B"'))
    assert [int(line.split(":")[1]) for line in found] == [7, 20, 22, 25]


def test_three_candidates_on_a_ticket_are_too_many(folder: Path) -> None:
    one = '[[tickets.candidates]]\nid = "{}"\nname = "N"\noffice = "o"\nphotos = ["photos/budi-1.jpg"]\n'
    more = GOOD.replace("[[decoys]]", one.format("c-2") + one.format("c-3") + "[[decoys]]")
    assert any("tickets[1].candidates: expected at most 2" in line for line in problems(folder, more))


def test_a_file_without_tickets(folder: Path) -> None:
    text = GOOD[: GOOD.index("[[tickets]]")]
    assert any("tickets: expected the key 'tickets'" in line for line in problems(folder, text))


@pytest.mark.parametrize(
    ("text", "line"),
    [("a = 1\nb = = 2\n", 2), ('[election]\nphotos = "photos\\sari.jpg"\n', 2), ("x = 1\nx = 2\n", 2), ("[a\n", 1)],
)
def test_a_syntax_mistake_is_named_with_its_line(folder: Path, text: str, line: int) -> None:
    (found,) = problems(folder, text)
    assert found.startswith(f"ELECTION.toml:{line}: expected valid TOML")


def test_a_backslash_gets_its_own_advice(folder: Path) -> None:
    (found,) = problems(folder, '[election]\nphotos = "photos\\sari.jpg"\n')
    assert "write / instead of \\ in paths" in found


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (GOOD.encode("utf-16"), "got UTF-16"),
        (b'a = "ok"\nb = "caf\xe9"\n', ":2: expected the election file in UTF-8, got byte 0xe9"),
        (b"a = " + b"[" * 100_000, "ELECTION.toml"),
        (b"#" * (5 * 1024 * 1024), "more than 4 MiB"),
    ],
    ids=["utf-16", "latin-1", "nested", "huge"],
)
def test_other_kinds_of_file_are_refused(folder: Path, data: bytes, words: str) -> None:
    path = folder / "ELECTION.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError, match="ELECTION") as caught:
        load_election(path)
    assert words in str(caught.value)


def test_a_missing_file_and_a_folder(folder: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_election(folder / "none.toml")
    with pytest.raises(ConfigError, match="got a folder"):
        load_election(folder)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    lines=st.lists(st.sampled_from(GOOD.splitlines()), max_size=30),
    cut=st.integers(0, len(GOOD)),
    junk=st.sampled_from(["", "=", "[", '"""', "\0", "é", "[[tickets]]", "photos = 3", "\ud800"]),
)
def test_any_text_is_read_or_refused_with_lines(folder: Path, lines: list[str], cut: int, junk: str) -> None:
    for text in ("\n".join(lines), GOOD[:cut] + junk + GOOD[cut:]):
        path = folder / "ELECTION.toml"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        refused: tuple[str, ...] = ()
        try:
            load_election(path)
        except ConfigError as error:
            refused = error.problems
        assert all(problem.startswith(str(path)) for problem in refused)


def test_types_are_checked_at_birth(folder: Path) -> None:
    photo = ReferencePhoto("a.jpg", folder / "a.jpg")
    candidate = Candidate("sari", "Sari", "calon", (photo,))
    days = (date(2024, 1, 1), date(2024, 1, 2), date(2024, 1, 3))
    ticket = Ticket(1, (candidate,), ("one",))
    Election("e", "E", "r", *days, (ticket,))
    for wrong in (
        lambda: Candidate("Sari", "Sari", "calon", (photo,)),
        lambda: Candidate("sari", " ", "calon", (photo,)),
        lambda: Candidate("sari", "Sari", "calon", ()),
        lambda: Ticket(0, (candidate,), ()),
        lambda: Ticket(1, (), ()),
        lambda: Ticket(1, (candidate,), ("salute",)),
        lambda: Ticket(6, (candidate,), (), (("one", "palm"),)),
        lambda: Ticket(6, (candidate,), (), (("palm", "salute"),)),
        lambda: Election("e", "E", "r", *days[::-1], (ticket,)),
        lambda: Election("e", "E", "r", *days, ()),
        lambda: Election("e", "E", "r", *days, (ticket, Ticket(1, (candidate,), ()))),
        lambda: Election("e", "E", "r", *days, (ticket, Ticket(2, (candidate,), ()))),
    ):
        with pytest.raises(ValueError, match="expected"):
            wrong()


def test_unknown_numbers_and_ids_are_key_errors(folder: Path) -> None:
    election = load(folder, GOOD)
    with pytest.raises(KeyError, match="no ticket 9"):
        election.ticket(9)
    with pytest.raises(KeyError, match="no candidate"):
        election.candidate("nobody")
