"""Rulebooks: the two built-in ones, and that every mistake in a file is named with its line."""

from datetime import date
from pathlib import Path

import pytest

from netra.errors import ConfigError
from netra.symbols import SYMBOLS
from screening.findings import Category
from screening.rulebook import BUILT_IN, FOLDER, Pose, Rulebook, load_rulebook
from screening.sources import Period, Source

GOOD = """\
[rulebook]
id = "kota-contoh"
version = "1.0"
as_of = 2024-06-01
name_id = "Aturan Kota Contoh"
name_en = "Rules of Kota Contoh"
legal_basis = ["surat"]

[period]
first = 2024-01-01
last = 2024-12-31
sources = ["surat"]

[[rules]]
category = "foto-bersama"
id = "foto-bersama"
text_id = "Foto bersama calon."
text_en = "A photo with a candidate."
elements = ["civil-servant", "together"]
sources = ["surat"]

[[stages]]
id = "sebelum"
name_id = "sebelum penetapan"
name_en = "before"
sources = ["surat"]

[[stages]]
id = "sesudah"
name_id = "sesudah penetapan"
name_en = "after"
begins = ["candidates_official"]
sources = ["surat"]

[[elements]]
key = "civil-servant"
sources = ["surat"]

[[elements]]
key = "together"
sources = ["surat"]

[[forbidden]]
symbol = "one"
name = "telunjuk"
sources = ["surat"]

[[allowed]]
symbol = "fist"
name = "kepal"
sources = ["surat"]

[sources.surat]
title = "Surat Edaran Contoh 1/2024"
secondary = false
"""


def write(folder: Path, text: str) -> str:
    (folder / "rules.toml").write_text(text, "utf-8")
    return str(folder / "rules.toml")


def test_the_built_in_names_are_the_files() -> None:
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_line_of_a_built_in_rulebook_has_a_source(name: str) -> None:
    rulebook = load_rulebook(name)
    assert rulebook.id == name
    assert rulebook.legal_basis
    assert rulebook.period.sources
    lines = [*(rule.sources for rule in rulebook.rules), *(pose.sources for pose in rulebook.forbidden)]
    for sources in (*lines, *(pose.sources for pose in rulebook.allowed)):
        assert sources
        assert all(source.address.startswith("https://") or source.note for source in sources)


def test_pemilu_2024_lists_the_poses_of_the_design() -> None:
    rulebook = load_rulebook("pemilu-2024")
    assert rulebook.forbidden_symbols == {label for label, meaning in SYMBOLS.items() if meaning.number}
    # Ten poses were announced; four fingers stand on another list. One pose may take several of HaGRID's labels.
    assert len({pose.name for pose in rulebook.forbidden} - {"empat jari"}) == 10
    assert {pose.symbol for pose in rulebook.allowed} == {"fist", "hand_heart", ""}
    assert {rule.category for rule in rulebook.rules} == set(Category)
    assert rulebook.hands_can_matter_without_candidate


def test_pilkada_2018_forbids_no_pose_on_its_own() -> None:
    rulebook = load_rulebook("pilkada-2018")
    assert not rulebook.forbidden_symbols
    assert rulebook.rule(Category.POSE) == ()
    assert {rule.category for rule in rulebook.rules} == set(Category) - {Category.POSE}
    assert not rulebook.hands_can_matter_without_candidate


def test_news_pages_are_marked_as_secondary() -> None:
    for name in BUILT_IN:
        rulebook = load_rulebook(name)
        for source in (*rulebook.legal_basis, *rulebook.spouse_exception.sources[:1]):
            assert not source.secondary
        assert all(source.secondary for pose in rulebook.forbidden for source in pose.sources)


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    rulebook = load_rulebook(write(tmp_path, GOOD))
    assert rulebook.period.first == (date(2024, 1, 1),)
    assert rulebook.rules[0].sources == (Source("surat", "Surat Edaran Contoh 1/2024", "", False, ""),)
    # A list of poses alone is not enough: it takes a rule that says they count on their own.
    assert not rulebook.hands_can_matter_without_candidate


WRONG = [
    ('id = "kota-contoh"', 'id = "Kota"', "rulebook.id:", "small letters"),
    ('version = "1.0"', 'version = "satu"', "rulebook.version:", "a version of numbers and dots"),
    ("as_of = 2024-06-01", 'as_of = "2024"', "rulebook.as_of:", "a date without quotes"),
    ('legal_basis = ["surat"]', "legal_basis = []", "rulebook.legal_basis:", "at least one entry"),
    ('legal_basis = ["surat"]', 'legal_basis = ["surta"]', "rulebook.legal_basis[0]:", "did you mean 'surat'?"),
    ("last = 2024-12-31", "last = 2023-12-31", "period.last:", "on or after the first (2024-01-01)"),
    ("first = 2024-01-01", "first = 2024", "period.first:", "a date without quotes"),
    ('category = "foto-bersama"', 'category = "foto-bersma"', "rules[0].category:", "did you mean"),
    ('text_en = "A photo with a candidate."\n', "", "rules[0].text_en:", "add a line that begins with"),
    ('["civil-servant", "together"]', "[]", "rules[0].elements:", "at least one element"),
    (
        '["civil-servant", "together"]',
        '["civil-servant", "togehter"]',
        "rules[0].elements[1]:",
        "did you mean 'together'",
    ),
    ('["civil-servant", "together"]', '["civil-servant"]', "elements[1].key:", "an element that some rule has"),
    ('key = "together"', 'key = "bersama"', "elements[1].key:", "an element that netra knows"),
    ('key = "together"', 'key = "civil-servant"', "elements[1].key:", "an element once"),
    ('begins = ["candidates_official"]', 'begins = ["candidates_offical"]', "stages[1].begins[0]:", "known days are"),
    ('begins = ["candidates_official"]', "begins = []", "stages[1].begins:", "expected when it begins"),
    ('begins = ["candidates_official"]', "begins = [true]", "stages[1].begins[0]:", "expected a day, got true"),
    ('begins = ["candidates_official"]', "begins = 2024-01-01", "stages[1].begins:", "a list between square brackets"),
    (
        'name_en = "before"',
        'name_en = "before"\nbegins = [2024-01-01]',
        "stages[0].begins:",
        "no beginning of the first",
    ),
    ('id = "sesudah"', 'id = "sebelum"', "stages[1].id:", "a stage once, got"),
    ("elements = [", 'stages = ["sesuda"]\nelements = [', "rules[0].stages[0]:", "did you mean 'sesudah'"),
    ('symbol = "one"', 'symbol = "telunjuk"', "forbidden[0].symbol:", "known are one, like"),
    ('symbol = "one"\n', "", "forbidden[0].symbol:", "only allowed poses may lack one"),
    ('symbol = "fist"', 'symbol = "one"', "allowed[0].symbol:", "see line 44"),
    ("secondary = false", "", "sources.surat.secondary:", "the key 'secondary'"),
    ('name = "kepal"', 'nama = "kepal"', "allowed[0].nama:", "did you mean 'name'?"),
]


PAIR = 'two_hands = ["palm", "fist"]'


def test_poses_of_two_hands(tmp_path: Path) -> None:
    rulebook = load_rulebook(write(tmp_path, GOOD.replace('symbol = "one"', "two_hands = [5, 1]")))
    assert rulebook.forbidden[0].symbol == ""
    assert rulebook.forbidden_symbols == frozenset()
    pairs = {("palm", "one"), ("palm", "like"), ("stop", "one"), ("stop", "like")}
    assert rulebook.forbidden_two_hands == pairs
    rulebook = load_rulebook(write(tmp_path, GOOD.replace('symbol = "fist"', PAIR)))
    assert rulebook.allowed_two_hands == {("palm", "fist")}
    assert rulebook.forbidden_two_hands == frozenset()


WRONG += [
    ('symbol = "one"', "two_hands = []", "forbidden[0].two_hands:", 'write it like `two_hands = ["palm", "one"]`'),
    ('symbol = "one"', 'two_hands = ["palm", "salute"]', "forbidden[0].two_hands[1]:", "a hand symbol that netra"),
    ('symbol = "one"', f'symbol = "one"\n{PAIR}', "forbidden[0].two_hands:", "got symbol as well"),
    ('name = "telunjuk"', f'name = "telunjuk"\n{PAIR}', "forbidden[0].two_hands:", "a pose of one hand or of two"),
]


def test_a_pair_that_is_forbidden_and_allowed(tmp_path: Path) -> None:
    text = GOOD.replace('symbol = "one"', PAIR).replace('symbol = "fist"', 'two_hands = ["fist", 5]')
    with pytest.raises(ConfigError, match=r":49: allowed\[0\].two_hands: expected each pair .* see line 44"):
        load_rulebook(write(tmp_path, text))


@pytest.mark.parametrize(("old", "new", "key", "words"), WRONG, ids=[f"{key} {new}" for _, new, key, _ in WRONG])
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, key: str, words: str) -> None:
    assert old in GOOD
    text = GOOD.replace(old, new)
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_rulebook(path)
    fitting = [line for line in caught.value.problems if f" {key} " in line]
    assert any(words in line for line in fitting), caught.value.problems
    line = int(fitting[0].removeprefix(f"{path}:").partition(":")[0])
    first = GOOD[: GOOD.index(old)].count("\n") + 1
    near = {GOOD[:at].count("\n") + 1 for at in range(len(GOOD)) if GOOD.startswith("[", at)}
    # The line of the value, of a value that does not fit to it, or where it is left out that of its table.
    assert line in (first, first + 1, *near) or GOOD.splitlines()[line - 1] == 'key = "together"'


def test_two_rules_for_one_category(tmp_path: Path) -> None:
    rule = GOOD[GOOD.index("[[rules]]") : GOOD.index("[[forbidden]]")]
    with pytest.raises(ConfigError, match="one rule for a category in each stage"):
        load_rulebook(write(tmp_path, GOOD.replace(rule, rule + rule)))


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'pemilu-2024'"):
        load_rulebook("pemilu-2042")


def test_a_missing_file() -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load_rulebook("nowhere/rules.toml")


def test_a_period_is_checked_at_birth() -> None:
    source = Source("a", "A", "", False, "")
    day, later = date(2024, 1, 1), date(2024, 1, 2)
    with pytest.raises(ValueError, match="in order"):
        Period((later,), (day,), (source,))
    with pytest.raises(ValueError, match="expected one for the days"):
        Period((day,))
    period = Period((day,), (later,), (source,))
    assert [period.begins_after(date(2023, 12, 31)), period.begins_after(day)] == [True, False]
    assert [period.ended_before(date(2024, 1, 3)), period.ended_before(later)] == [True, False]
    assert not Period().ended_before(date.max)


def test_types_are_checked_at_birth() -> None:
    source = Source("a", "A", "", False, "")
    for wrong in (
        lambda: Source("", "A", "", False, ""),
        lambda: Pose("salute", "hormat", (source,)),
        lambda: Pose("one", "telunjuk", ()),
        lambda: Pose("one", "telunjuk", (source,), (("palm", "one"),)),
        lambda: Pose("", "enam", (source,), (("one", "palm"),)),
        lambda: Rulebook("a", "A", "A", (source,), Period(), ()),
    ):
        with pytest.raises(ValueError, match="expected"):
            wrong()
