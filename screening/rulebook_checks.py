"""What only makes sense together in a rulebook file: sources, stages, elements and poses that refer to each other."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from candidates.election import DAYS
from candidates.election_hands import pair_problems, repeated_pairs
from netra.symbols import SYMBOLS, TwoHands
from netra.toml_file import Located, TomlFile, shown, suggestion
from screening.element_keys import ELEMENTS
from screening.findings import Category
from screening.stages import Begin

_VERSION: Final = r"\d{1,4}(\.\d{1,4}){0,2}"


def mistakes(file: TomlFile) -> list[Located]:
    """Every mistake of the plain document, so that one wrong type does not hide the others until the next try."""
    return [*_sources(file), *_names(file), *_stages(file), *_categories(file), *_poses(file), *_periods(file)]


_SOURCE_LISTS: Final = (
    ("rulebook", "legal_basis", "*"),
    ("spouse_exception", "sources", "*"),
    ("stages", "*", "sources", "*"),
    ("elements", "*", "sources", "*"),
    ("period", "sources", "*"),
    ("rules", "*", "sources", "*"),
    ("rules", "*", "period", "sources", "*"),
    ("forbidden", "*", "sources", "*"),
    ("allowed", "*", "sources", "*"),
)


def _sources(file: TomlFile) -> Iterator[Located]:
    tables = [value for _, value in file.find("sources") if isinstance(value, dict)]
    known = tuple(tables[0]) if tables else ()
    for pattern in _SOURCE_LISTS:
        for at, value in file.find(*pattern):
            if isinstance(value, str) and value.strip() not in known:
                yield file.problem(at, "a key of the [sources] tables", shown(value), suggestion(value, known))


def _categories(file: TomlFile) -> Iterator[Located]:
    """Each category once in each stage: a rule without stages counts in all of them."""
    known = tuple(category.value for category in Category)
    first: dict[tuple[str, str], int] = {}
    for at, rule in file.find("rules", "*"):
        if not isinstance(rule, dict) or not isinstance(rule.get("category"), str):
            continue
        value, stages = rule["category"], rule.get("stages")
        if value not in known:
            yield file.problem((*at, "category"), "a category", shown(value), suggestion(value, known))
            continue
        named = [one for one in stages if isinstance(one, str)] if isinstance(stages, list) else []
        again = [first[key] for key in _taken(value, named, first)]
        if again:
            yield file.problem(
                (*at, "category"),
                "one rule for a category in each stage",
                f"{shown(value)} again",
                f"see line {again[0]}",
            )
        for stage in named or [""]:
            first.setdefault((value, stage), file.line((*at, "category")))


def _taken(category: str, stages: list[str], first: dict[tuple[str, str], int]) -> list[tuple[str, str]]:
    of_category = [key for key in first if key[0] == category]
    return [key for key in of_category if not stages or key[1] in ("", *stages)]


def _names(file: TomlFile) -> Iterator[Located]:
    """Versions, and the ids of stages and elements: known, once, and used."""
    for at, value in file.find("rulebook", "version"):
        if isinstance(value, str) and value and not re.fullmatch(_VERSION, value):
            yield file.problem(at, "a version of numbers and dots", shown(value), 'write it like "1.0"')
    lists = (("stages", "id", "a stage"), ("elements", "key", "an element"))
    for table, key, what in lists:
        written = [(at, value) for at, value in file.find(table, "*", key) if isinstance(value, str)]
        first: dict[str, int] = {}
        for at, value in written:
            if value in first:
                yield file.problem(at, f"{what} once", f"{shown(value)} again", f"see line {first[value]}")
            first.setdefault(value, file.line(at))
        used: set[str] = set()
        for at, value in file.find("rules", "*", table, "*"):
            if isinstance(value, str) and value.strip() not in first:
                advice = suggestion(value, tuple(first))
                yield file.problem(at, f"{what} of the [[{table}]] tables", shown(value), advice)
            used.add(value if isinstance(value, str) else "")
        if table == "elements":
            for at, value in written:
                if value not in ELEMENTS:
                    advice = suggestion(value, tuple(ELEMENTS))
                    yield file.problem(at, "an element that netra knows", shown(value), advice)
                elif value not in used:
                    yield file.problem(at, "an element that some rule has", shown(value), "add it to one, or drop it")


def _stages(file: TomlFile) -> Iterator[Located]:
    for i, (at, stage) in enumerate(file.find("stages", "*")):
        if not isinstance(stage, dict) or not isinstance(stage.get("begins", []), list):
            continue
        begins = stage.get("begins", [])
        if bool(begins) != bool(i):
            expected = "when it begins" if i else "no beginning of the first stage"
            advice = 'write it like begins = ["numbers_drawn"]' if i else "it lasts from ever to the second"
            yield file.problem((*at, "begins"), expected, shown(begins), advice)
        for j, value in enumerate(begins):
            try:
                Begin.of(value if type(value) in (date, str) else "")
            except ValueError:
                advice = f'write it like 2024-09-25 or "voting_day - 3"; known days are {", ".join(DAYS)}'
                yield file.problem((*at, "begins", j), "a day", shown(value), advice)


def _poses(file: TomlFile) -> Iterator[Located]:
    first: dict[str, int] = {}
    for name in ("forbidden", "allowed"):
        for at, value in file.find(name, "*", "symbol"):
            if not isinstance(value, str) or not value:
                continue
            if value not in SYMBOLS:
                yield file.problem(
                    at, "a hand symbol that netra knows", shown(value), suggestion(value, tuple(SYMBOLS))
                )
            elif value in first:
                expected = "each symbol once, forbidden or allowed"
                yield file.problem(at, expected, f"{shown(value)} again", f"see line {first[value]}")
            else:
                first[value] = file.line(at)
    pairs: dict[TwoHands, int] = {}
    for name in ("forbidden", "allowed"):
        for at, value in file.find(name, "*", "two_hands"):
            yield from pair_problems(file, at, value, 'two_hands = ["palm", "one"]')
            yield from repeated_pairs(file, [(at, value)], pairs)
        for at, value in file.find(name, "*"):
            if isinstance(value, dict) and value.get("symbol") and "two_hands" in value:
                got, advice = "symbol as well", "write a table for each"
                yield file.problem((*at, "two_hands"), "a pose of one hand or of two", got, advice)
    for at, value in file.find("forbidden", "*"):
        if isinstance(value, dict) and not value.get("symbol") and "two_hands" not in value:
            yield file.problem(
                (*at, "symbol"), "the label of a hand symbol", "nothing", "only allowed poses may lack one"
            )


def _periods(file: TomlFile) -> Iterator[Located]:
    for pattern in (("period",), ("spouse_exception",), ("rules", "*", "period")):
        for at, value in file.find(*pattern):
            first, last = (value.get("first"), value.get("last")) if isinstance(value, dict) else ("", "")
            if type(first) is date and type(last) is date and first > last:
                yield file.problem((*at, "last"), f"a day on or after the first ({first})", str(last))
