"""How reviewers agree: with each other, with the machine, and how often they confirm whom they should not.

Which findings two people look at is not drawn from all alike: every one that the first confirmed, and a share of the
others. So the two groups are counted apart, and what is said of all weighs each finding by how many it stands for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, exists, select

from casework.decisions import CONFIRMED_ONCE, SUGGESTED, Verdict
from casework.intervals import Cell, Kappa, Share, clopper_pearson, kappa, wilson
from casework.looks import SamePerson
from casework.tables import decisions, findings, looks
from netra.symbols import SYMBOLS

FALSE_CONFIRMATION_GOAL: Final = 0.01
"""At most one of a hundred planted looks may be answered with "the same person" (goal A5)."""

FEW: Final = 30
"""Fewer findings say next to nothing about agreement."""

_CONFIRMED, _OTHER = "confirmed", "other"


@dataclass(frozen=True, slots=True)
class Group:
    """Findings by what the first reviewer said.

    Attributes:
        name: ``confirmed`` or ``other``.
        decided: how many have a first word.
        same: in how many the second said the same, of those that have both.
    """

    name: str
    decided: int
    same: Share


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reviewers.

    Attributes:
        names: in the order of the alphabet.
        same: how often they said the same of findings that both decided.
        kappa: agreement beyond chance, or none where it cannot be told.
    """

    names: tuple[str, str]
    same: Share
    kappa: tuple[Kappa, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How the first and the second reviewer of a finding agree.

    Attributes:
        both: how many findings have both.
        groups: apart, by what the first said.
        weighted: the share that would agree if two had looked at all; none where a group has nothing to weigh with.
        kappa: likewise, beyond chance.
        pairs: reviewer by reviewer; the shares are as counted, the kappa is weighed.
    """

    both: int
    groups: tuple[Group, ...]
    weighted: tuple[float, ...]
    kappa: tuple[Kappa, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class ControlCount:
    """What one reviewer, or all of them, answered to planted looks.

    Attributes:
        reviewer: who; empty for all.
        false: answered "the same person", which is wrong, with the exact interval.
        unsure: could not tell.
        sure: in how many two people had confirmed who it is.
    """

    reviewer: str
    false: Share
    unsure: int
    sure: int


@dataclass(frozen=True, slots=True)
class BlindCount:
    """What one reviewer, or all of them, saw before the machine's word was shown.

    Attributes:
        reviewer: who; empty for all.
        same: the face is the candidate's, as the machine says.
        unsure: could not tell, of the same looks.
        symbol: the hand shows what the machine says, or something of the same number.
        final: what they said of the face is what was decided, where that was about the face.
    """

    reviewer: str
    same: Share
    unsure: int
    symbol: Share
    final: Share


def agreement_of(connection: Connection) -> Agreement:
    """Over everything that stands; a third reviewer is not counted."""
    first: dict[int, str] = {}
    both: dict[int, tuple[tuple[str, str], Cell]] = {}
    for finding, words in _words(connection).items():
        first[finding] = words[0][1]
        if len(words) > 1:
            both[finding] = (words[0][0], words[1][0]), (words[0][1], words[1][1])
    decided = Counter(_group(word) for word in first.values())
    tables = _tables(cell for _, cell in both.values())
    twice = {name: sum(cells.values()) for name, cells in tables.items()}
    weights = {name: decided[name] / count if count else 0.0 for name, count in twice.items()}
    groups = tuple(Group(name, decided[name], wilson(_same(cells), twice[name])) for name, cells in tables.items())
    can_weigh = bool(both) and all(twice[name] or not decided[name] for name in tables)
    total = sum(decided.values())
    weighted = (sum(weights[name] * _same(tables[name]) for name in tables) / total,) if can_weigh else ()
    by_pair: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    for (one, other), cell in both.values():
        by_pair[(one, other) if one < other else (other, one)].append(cell if one < other else (cell[1], cell[0]))
    return Agreement(
        len(both),
        groups,
        weighted,
        kappa(tables, weights) if can_weigh else (),
        tuple(_pair(names, both, weights) for names in sorted(by_pair)),
    )


def _pair(
    names: tuple[str, str], both: Mapping[int, tuple[tuple[str, str], Cell]], weights: Mapping[str, float]
) -> Pair:
    """Groups are by whoever was first; the table is by name, so that each has a side of their own."""
    groups: dict[str, Counter[Cell]] = {_CONFIRMED: Counter(), _OTHER: Counter()}
    for (one, other), (said, then) in both.values():
        if {one, other} == set(names):
            groups[_group(said)][(said, then) if (one, other) == names else (then, said)] += 1
    counts = [cells.total() for cells in groups.values()]
    return Pair(names, wilson(sum(map(_same, groups.values())), sum(counts)), kappa(groups, weights))


def _words(connection: Connection) -> dict[int, list[tuple[str, str]]]:
    """The last word of each reviewer that stands, by finding, in the order of the rounds."""
    columns = (decisions.c[name] for name in ("id", "finding_id", "reviewer", "round", "decision", "undoes"))
    rows = connection.execute(select(*columns).order_by(decisions.c.id)).all()
    undone = {row.undoes for row in rows}
    last: dict[int, dict[str, tuple[int, str]]] = defaultdict(dict)
    for row in rows:
        if row.undoes is None and row.id not in undone:
            last[row.finding_id][row.reviewer] = (row.round, row.decision)
    return {
        finding: [(who, word) for who, (_, word) in sorted(said.items(), key=lambda item: item[1])]
        for finding, said in last.items()
    }


def _group(word: str) -> str:
    return _CONFIRMED if word == Verdict.CONFIRMED.value else _OTHER


def _tables(cells: Iterable[Cell]) -> dict[str, Counter[Cell]]:
    tables: dict[str, Counter[Cell]] = {_CONFIRMED: Counter(), _OTHER: Counter()}
    for cell in cells:
        tables[_group(cell[0])][cell] += 1
    return tables


def _same(cells: Mapping[Cell, int]) -> int:
    return sum(count for (one, other), count in cells.items() if one == other)


def controls_of(connection: Connection) -> tuple[ControlCount, ...]:
    """Answered planted looks, of all reviewers and then of each; nothing where there are none.

    One whose finding was meanwhile not confirmed is left out: then it is no longer known who is in the photo.
    """
    known = findings.c.state.in_((SUGGESTED, CONFIRMED_ONCE, Verdict.CONFIRMED.value))
    query = select(looks.c.reviewer, looks.c.same_person, findings.c.state).join(findings)
    rows = connection.execute(query.where(looks.c.control, looks.c.answered_at != "", known)).all()
    return tuple(_controls(name, of) for name, of in _each(rows))


def _controls(name: str, rows: Sequence[Any]) -> ControlCount:
    said = Counter(row.same_person for row in rows)
    sure = sum(row.state == Verdict.CONFIRMED.value for row in rows)
    return ControlCount(name, clopper_pearson(said[SamePerson.SAME], len(rows)), said[SamePerson.CANNOT_TELL], sure)


def blind_looks_of(connection: Connection) -> tuple[BlindCount, ...]:
    """Answered looks at findings as they are now, of all reviewers and then of each; nothing where there are none."""
    back = decisions.alias()
    not_them = (
        exists()
        .where(
            decisions.c.finding_id == findings.c.id,
            decisions.c.reason_code == "not-the-candidate",
            decisions.c.undoes.is_(None),
            ~exists().where(back.c.undoes == decisions.c.id),
        )
        .label("not_them")
    )
    columns = (looks.c.reviewer, looks.c.same_person, looks.c.symbol.label("seen"), looks.c.hand)
    said = (findings.c.symbol, findings.c.state, findings.c.first_reviewer, findings.c.wants_second)
    query = select(*columns, *said, not_them).join(findings, findings.c.id == looks.c.finding_id)
    rows = connection.execute(query.where(looks.c.control.is_(False), looks.c.answered_at != "")).all()
    return tuple(_blind(name, of) for name, of in _each(rows))


def _blind(name: str, rows: Sequence[Any]) -> BlindCount:
    faces = [row for row in rows if row.same_person]
    hands = [row for row in rows if row.seen and row.symbol]
    final = [
        (row.same_person, SamePerson.SAME if row.state == Verdict.CONFIRMED.value else SamePerson.DIFFERENT)
        for row in faces
        if row.first_reviewer and not row.wants_second and _is_about_the_face(row)
    ]
    said = Counter(row.same_person for row in faces)
    return BlindCount(
        name,
        wilson(said[SamePerson.SAME], len(faces)),
        said[SamePerson.CANNOT_TELL],
        wilson(sum(_is_alike(row.seen, row.symbol) for row in hands), len(hands)),
        wilson(sum(one == other.value for one, other in final), len(final)),
    )


def _is_about_the_face(row: Any) -> bool:
    if row.state == Verdict.CONFIRMED.value:
        return True
    return row.state == Verdict.REJECTED.value and bool(row.not_them)


def _is_alike(seen: str, said: str) -> bool:
    """The same label, or another one of the same number: a V with the back of the hand is a two as well."""
    if seen == said:
        return True
    pair = [SYMBOLS[label].number for label in (seen, said) if label in SYMBOLS]
    return len(pair) == 2 and pair[0] == pair[1] != 0


def _each(rows: Sequence[Any]) -> list[tuple[str, Sequence[Any]]]:
    names = sorted({row.reviewer for row in rows})
    return [("", rows), *((name, [row for row in rows if row.reviewer == name]) for name in names)] if rows else []
