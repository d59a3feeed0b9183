"""The rulebook file at the border: TOML to frozen types, every mistake named at once with its line."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from candidates.election import SLUG, is_rulebook_path
from candidates.election_hands import pair_problems, pairs_of, repeated_pairs
from netra.errors import ConfigError
from netra.symbols import SYMBOLS, TwoHands
from netra.toml_file import Located, TomlFile, raise_problems, read_toml, shown, suggestion
from netra.toml_table import Table
from screening.findings import Category
from screening.rulebook import BUILT_IN, FOLDER, Period, Pose, Rule, Rulebook, Source

_Text = Annotated[str, Field(min_length=1)]
_Id = Annotated[str, Field(pattern=SLUG)]
_Keys = Annotated[list[_Text], Field(min_length=1)]


class _Source(Table):
    title: _Text
    address: str = ""
    secondary: bool
    note: str = ""


class _Period(Table):
    first: date | None = None
    last: date | None = None
    sources: _Keys


class _Pose(Table):
    symbol: str = ""
    two_hands: list[Any] = Field(default_factory=list)  # checked by pair_problems, whose words say more
    name: _Text
    sources: _Keys


class _Rule(Table):
    category: _Text
    id: _Id
    text_id: _Text
    text_en: _Text
    period: _Period | None = None
    sources: _Keys


class _Head(Table):
    id: _Id
    name_id: _Text
    name_en: _Text
    legal_basis: _Keys
    spouse_exception: list[_Text] = Field(default_factory=list)


class _Document(Table):
    rulebook: _Head
    period: _Period | None = None
    sources: dict[str, _Source]
    rules: Annotated[list[_Rule], Field(min_length=1)]
    forbidden: list[_Pose] = Field(default_factory=list)
    allowed: list[_Pose] = Field(default_factory=list)


def read_rulebook(name_or_path: str) -> Rulebook:
    """What ``screening.rulebook.load_rulebook`` promises."""
    is_path = is_rulebook_path(name_or_path)
    if not is_path and name_or_path not in BUILT_IN:
        advice = suggestion(name_or_path, BUILT_IN)
        raise ConfigError(
            [f"rulebook: expected a built-in name or the path of a .toml file, got {name_or_path!r}; {advice}"]
        )
    file = read_toml(Path(name_or_path) if is_path else FOLDER / f"{name_or_path}.toml", "rulebook")
    documents, problems = file.validate(_Document)
    problems += [*_sources(file), *_categories(file), *_poses(file), *_periods(file)]
    raise_problems(problems)
    document = documents[0]
    known = {
        key: Source(key, source.title, source.address, source.secondary, source.note)
        for key, source in document.sources.items()
    }

    def named(keys: Iterable[str]) -> tuple[Source, ...]:
        return tuple(known[key] for key in keys)

    def period(given: _Period | None) -> Period:
        if given is None:
            return Period()
        first = () if given.first is None else (given.first,)
        last = () if given.last is None else (given.last,)
        return Period(first, last, named(given.sources))

    def pose(given: _Pose) -> Pose:
        return Pose(
            given.symbol, given.name, named(given.sources), pairs_of(given.two_hands) if given.two_hands else ()
        )

    head = document.rulebook
    return Rulebook(
        id=head.id,
        name_id=head.name_id,
        name_en=head.name_en,
        legal_basis=named(head.legal_basis),
        period=period(document.period),
        rules=tuple(
            Rule(Category(rule.category), rule.id, rule.text_id, rule.text_en, period(rule.period), named(rule.sources))
            for rule in document.rules
        ),
        forbidden=tuple(pose(each) for each in document.forbidden),
        allowed=tuple(pose(each) for each in document.allowed),
        spouse_exception=named(head.spouse_exception),
    )


_SOURCE_LISTS: Final = (
    ("rulebook", "legal_basis", "*"),
    ("rulebook", "spouse_exception", "*"),
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
    known = tuple(category.value for category in Category)
    first: dict[str, int] = {}
    for at, value in file.find("rules", "*", "category"):
        if not isinstance(value, str):
            continue
        if value not in known:
            yield file.problem(at, "a category", shown(value), suggestion(value, known))
        elif value in first:
            yield file.problem(at, "one rule for each category", f"{shown(value)} again", f"see line {first[value]}")
        else:
            first[value] = file.line(at)


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
    for pattern in (("period",), ("rules", "*", "period")):
        for at, value in file.find(*pattern):
            first, last = (value.get("first"), value.get("last")) if isinstance(value, dict) else ("", "")
            if type(first) is date and type(last) is date and first > last:
                yield file.problem((*at, "last"), f"a day on or after the first ({first})", str(last))
