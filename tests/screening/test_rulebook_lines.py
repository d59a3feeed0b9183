"""Every line of the built-in rulebooks counts: without it, or with it changed, something is refused, decided otherwise
or said otherwise."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

from netra.errors import ConfigError
from netra.symbols import SYMBOLS
from screening.findings import Finding
from screening.rulebook import BUILT_IN, FOLDER, Rulebook, load_rulebook
from screening.rulebook_page import rulebook_page
from screening.rules import judge
from tests.screening.truth_table.situations import SITUATIONS
from tests.screening.truth_table.stage import YEARS, Upload, Year, scene

BY_NAME = {year.rulebook: year for year in YEARS}
ONLY_ON_THE_PAGE = ("text_id", "text_en", "name_id", "name_en", "as_of", "legal_basis", "address", "secondary", "note")
"""What no finding tells: the wording of rules, and what is known of a source besides its title."""


@cache
def grid(name: str) -> tuple[tuple[str, str, Upload], ...]:
    """Photos and uploads that ask for each line: each symbol with and without a candidate, each day with its stage."""
    symbols = [
        (people, f"{owner}:{label}", Upload()) for label in SYMBOLS for people, owner in (("-", 0), ("wati -", 1))
    ]
    days = (
        "before-official",
        "official",
        "drawn",
        "campaign",
        "quiet",
        "voting",
        "after",
        "period-first",
        "2018-02-03",
    )
    stages = [
        (people, hands, Upload(taken=(), posted=(day,), uploader="u-7"))
        for day in days
        for people, hands in (("sari -", ""), ("sari", ""), ("sari -", "1:one"), ("sari -", "1:call"), ("-", "0:one"))
    ]
    dated = [
        (people, "", Upload(posted=(f"{year.day(day) + timedelta(days=more)}",)))
        for year in (BY_NAME[name],)
        for day in ("period-first", "campaign")
        for more in (-1, 0, 400)
        for people in ("sari -", "sari", "*sari -")
    ]
    november = [("-", "0:one", Upload(taken=(), posted=(f"2023-{day}",))) for day in ("10-31", "11-01")]
    rows = [(one.people, one.hands, one.upload) for one in SITUATIONS if one.id[0] in "DH" and not one.scene]
    return (*symbols, *november, *stages, *dated, *rows)  # fmt: skip


def decide(rulebook: Rulebook, year: Year) -> Iterator[tuple[Finding, ...]]:
    for people, hands, upload in grid(year.rulebook):
        yield judge(scene(people, hands), year.facts(upload), year.election, rulebook)
    # The quiet period, where the election file names its first day, the campaign's last day, or neither.
    first = year.election.voting_day - timedelta(days=6)
    bare = replace(year.election, campaign_last=(), quiet_first=())
    for election in (replace(bare, quiet_first=(first,)), replace(bare, campaign_last=(first,)), bare):
        for days in range(8):
            posted = Upload(posted=(f"{election.voting_day - timedelta(days=days)}",))
            yield judge(scene("sari -"), year.facts(posted), election, rulebook)


@cache
def decided(name: str) -> tuple[tuple[Finding, ...], ...]:
    return tuple(decide(load_rulebook(name), BY_NAME[name]))


def key_of(lines: list[str], number: int) -> str:
    """The key that a line belongs to: its own, or that of the list it goes on with."""
    for line in reversed(lines[: number + 1]):
        if found := re.match(r"(\w+) = |\[", line):
            return found[1] or ""
    return ""


def changed(line: str, key: str) -> str:
    """The line with another value: a title with more in it, a day later, one thing of a list fewer."""
    if found := re.search(r"\d{4}-\d\d-\d\d", line):
        return line.replace(found[0], (date.fromisoformat(found[0]) + timedelta(days=300)).isoformat())
    if "= true" in line or "= false" in line:
        return line.replace("true", "?").replace("false", "true").replace("?", "false")
    if line.startswith("["):
        return line.replace("[", "[x-", 1) if not line.startswith("[[") else line.replace("[[", "[[x-", 1)
    if key in ("symbol", "two_hands"):
        return re.sub(r'"\w+"', '"dislike"', line, count=1)
    if "[" in line or not re.match(r"\w+ = ", line):
        return re.sub(r'"[^"]+"(, )?|\[$|\]$', "", line, count=1)
    return line[: line.rindex('"')] + '.1"'


@pytest.mark.parametrize("name", BUILT_IN)
@pytest.mark.parametrize("how", ["removed", "changed"])
def test_every_line_counts(name: str, how: str, tmp_path: Path) -> None:
    lines = (FOLDER / f"{name}.toml").read_text("utf-8").splitlines()
    book, walked, refused = load_rulebook(name), 0, 0
    page = rulebook_page(book)
    for number, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        key = key_of(lines, number)
        other = [] if how == "removed" else [changed(line, key)]
        assert other != [line]
        path = tmp_path / "rules.toml"
        path.write_text("\n".join([*lines[:number], *other, *lines[number + 1 :]]), "utf-8")
        walked += 1
        try:
            variant = load_rulebook(str(path))
        except ConfigError as error:
            problems = tuple(error.problems)
        else:
            problems = ()
        if problems:
            refused += all(str(path) in problem for problem in problems)
            continue
        assert rulebook_page(variant) != page, f"{name}.toml:{number + 1}: {line}: nothing is said otherwise"
        if key in ONLY_ON_THE_PAGE or (key in ("sources", "name", "title") and not is_told(name, lines, number, key)):
            continue
        pairs = zip(decide(variant, BY_NAME[name]), decided(name), strict=True)
        assert any(now != before for now, before in pairs), f"{name}.toml:{number + 1}: {line}: no finding is otherwise"
    assert walked > 150
    assert refused > walked / 4


def is_told(name: str, lines: list[str], number: int, key: str) -> bool:
    """Whether findings tell the sources or the name of the table that a line is in, or the title of a source."""
    if key == "title":
        title = lines[number].partition('"')[2].rpartition('"')[0]
        return any(title in repr(finding) for findings in decided(name) for finding in findings)
    table = next(line for line in reversed(lines[: number + 1]) if line.startswith("["))
    pose = "\n".join(lines[number - 2 : number + 2]).partition("[[")[2]
    is_hand = "symbol" in pose or "two_hands" in pose
    told = ["[[rules]]", "[[elements]]", "[[forbidden]]", "[spouse_exception]"]
    return table in told[2:3] if key == "name" else table in told or (table == "[[allowed]]" and is_hand)
