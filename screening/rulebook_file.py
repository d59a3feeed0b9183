"""The rulebook file at the border: TOML to frozen types, every mistake named at once with its line."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from candidates.election import SLUG, is_rulebook_path
from candidates.election_hands import pairs_of
from netra.errors import ConfigError
from netra.toml_file import raise_problems, read_toml, suggestion
from netra.toml_table import Table
from screening.findings import Category
from screening.rulebook import BUILT_IN, FOLDER, ElementLine, Pose, Rule, Rulebook
from screening.rulebook_checks import mistakes
from screening.sources import Period, Source
from screening.stages import Begin, Stage

_Text = Annotated[str, Field(min_length=1)]
_Id = Annotated[str, Field(pattern=SLUG)]
_Version = Annotated[str, Field(min_length=1)]
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
    stages: list[_Text] = Field(default_factory=list)
    elements: _Keys
    sources: _Keys


class _Stage(Table):
    id: _Id
    name_id: _Text
    name_en: _Text
    begins: list[Any] = Field(default_factory=list)  # checked by rulebook_checks, whose words say more
    sources: _Keys


class _Element(Table):
    key: _Text
    sources: _Keys


class _Head(Table):
    id: _Id
    version: _Version
    as_of: date
    name_id: _Text
    name_en: _Text
    legal_basis: _Keys


class _Document(Table):
    rulebook: _Head
    period: _Period | None = None
    spouse_exception: _Period | None = None
    stages: Annotated[list[_Stage], Field(min_length=1)]
    elements: Annotated[list[_Element], Field(min_length=1)]
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
    problems += mistakes(file)
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
            Rule(
                Category(rule.category),
                rule.id,
                rule.text_id,
                rule.text_en,
                period(rule.period),
                named(rule.sources),
                tuple(rule.stages),
                tuple(rule.elements),
            )
            for rule in document.rules
        ),
        forbidden=tuple(pose(each) for each in document.forbidden),
        allowed=tuple(pose(each) for each in document.allowed),
        spouse_exception=period(document.spouse_exception),
        version=head.version,
        as_of=head.as_of,
        stages=tuple(
            Stage(one.id, one.name_id, one.name_en, tuple(map(Begin.of, one.begins)), named(one.sources))
            for one in document.stages
        ),
        elements=tuple(ElementLine(one.key, named(one.sources)) for one in document.elements),
        sources=tuple(known.values()),
    )
