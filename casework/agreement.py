"""How reviewers agree: with each other, with the machine, and how often they confirm whom they should not.

Which findings two people look at is not drawn from all alike: every one that the first confirmed, and a share of the
others. So the two groups are counted apart, and what is said of all weighs each finding by how many it stands for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, and_, case, func, select

from casework.decisions import CONFIRMED_ONCE, SUGGESTED, Verdict
from casework.intervals import Cell, Kappa, Share, clopper_pearson, kappa, wilson
from casework.looks import SamePerson
from casework.tables import decisions, findings, looks
from netra.symbols import SYMBOLS

FALSE_CONFIRMATION_GOAL: Final = 0.01
"""At most one of a hundred planted looks may be answered with "the same person" (goal A5)."""

FEW: Final = 30
"""Fewer findings say next to nothing about agreement."""

NOT_THE_CANDIDATE: Final = "not-the-candidate"

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
    decided: Counter[str] = Counter()
    tables: dict[str, Counter[Cell]] = {_CONFIRMED: Counter(), _OTHER: Counter()}
    by_pair: dict[tuple[str, str], dict[str, Counter[Cell]]] = {}
    for one, said, other, then, count in _words(connection):
        decided[_group(said)] += count
        if other is None:
            continue
        tables[_group(said)][said, then] += count
        names = (one, other) if one < other else (other, one)
        cell = (said, then) if names == (one, other) else (then, said)
        of_pair = by_pair.setdefault(names, {_CONFIRMED: Counter(), _OTHER: Counter()})
        of_pair[_group(said)][cell] += count
    twice = {name: cells.total() for name, cells in tables.items()}
    weights = {name: decided[name] / count if count else 0.0 for name, count in twice.items()}
    can_weigh = any(twice.values()) and all(twice[name] or not decided[name] for name in tables)
    agreeing = sum(weights[name] * _same(tables[name]) for name in tables)
    return Agreement(
        sum(twice.values()),
        tuple(Group(name, decided[name], wilson(_same(cells), twice[name])) for name, cells in tables.items()),
        (agreeing / decided.total(),) if can_weigh else (),
        kappa(tables, weights) if can_weigh else (),
        tuple(_pair(names, groups, weights) for names, groups in sorted(by_pair.items())),
    )


def _pair(names: tuple[str, str], groups: Mapping[str, Counter[Cell]], weights: Mapping[str, float]) -> Pair:
    """Groups are by whoever was first; each table is by name, so that everybody has a side of their own."""
    counted = sum(cells.total() for cells in groups.values())
    return Pair(names, wilson(sum(map(_same, groups.values())), counted), kappa(groups, weights))


def _words(connection: Connection) -> Iterable[Any]:
    """How often which first reviewer said what, and which second one what: name, word, name, word, count."""
    back = decisions.alias()
    stands = (
        decisions.c.undoes.is_(None),
        decisions.c.id.not_in(select(back.c.undoes).where(back.c.undoes.is_not(None))),
    )
    last = select(func.max(decisions.c.id)).where(*stands).group_by(decisions.c.finding_id, decisions.c.reviewer)
    words = (
        select(decisions.c.finding_id, decisions.c.reviewer, decisions.c.decision)
        .where(decisions.c.id.in_(last))
        .cte("words")
    )
    one, other = words.alias("one"), words.alias("other")
    columns = one.c.reviewer, one.c.decision, other.c.reviewer, other.c.decision
    query = (
        select(*columns, func.count())
        .select_from(findings)
        .join(one, and_(one.c.finding_id == findings.c.id, one.c.reviewer == findings.c.first_reviewer))
        .outerjoin(other, and_(other.c.finding_id == findings.c.id, other.c.reviewer == findings.c.second_reviewer))
        .group_by(*columns)
    )
    return (tuple(row) for row in connection.execute(query).all())


def _group(word: str) -> str:
    return _CONFIRMED if word == Verdict.CONFIRMED.value else _OTHER


def _same(cells: Mapping[Cell, int]) -> int:
    return sum(count for (one, other), count in cells.items() if one == other)


def controls_of(connection: Connection) -> tuple[ControlCount, ...]:
    """Answered planted looks, of all reviewers and then of each; nothing where there are none.

    One whose finding was meanwhile not confirmed is left out: then it is no longer known who is in the photo.
    """
    known = findings.c.state.in_((SUGGESTED, CONFIRMED_ONCE, Verdict.CONFIRMED.value))
    columns = looks.c.reviewer, looks.c.same_person, findings.c.state
    query = select(*columns, func.count().label("times")).join(findings, findings.c.id == looks.c.finding_id)
    rows = connection.execute(query.where(looks.c.control, looks.c.answered_at != "", known).group_by(*columns)).all()
    return tuple(_controls(name, of) for name, of in _each(rows))


def _controls(name: str, rows: Sequence[Any]) -> ControlCount:
    false = _times(row for row in rows if row.same_person == SamePerson.SAME)
    unsure = _times(row for row in rows if row.same_person == SamePerson.CANNOT_TELL)
    sure = _times(row for row in rows if row.state == Verdict.CONFIRMED.value)
    return ControlCount(name, clopper_pearson(false, _times(rows)), unsure, sure)


def blind_looks_of(connection: Connection) -> tuple[BlindCount, ...]:
    """Answered looks at findings as they are now, of all reviewers and then of each; nothing where there are none."""
    back = decisions.alias()
    not_them = select(decisions.c.finding_id).where(
        decisions.c.reason_code == NOT_THE_CANDIDATE,
        decisions.c.undoes.is_(None),
        decisions.c.id.not_in(select(back.c.undoes).where(back.c.undoes.is_not(None))),
    )
    over = and_(findings.c.first_reviewer != "", findings.c.wants_second.is_(False))
    somebody_else = and_(findings.c.state == Verdict.REJECTED.value, findings.c.id.in_(not_them))
    final = case(
        (and_(over, findings.c.state == Verdict.CONFIRMED.value), SamePerson.SAME.value),
        (and_(over, somebody_else), SamePerson.DIFFERENT.value),
        else_="",
    ).label("final")
    columns = looks.c.reviewer, looks.c.same_person, looks.c.symbol.label("seen"), findings.c.symbol, final
    query = select(*columns, func.count().label("times")).join(findings, findings.c.id == looks.c.finding_id)
    answered = looks.c.control.is_(False), looks.c.answered_at != ""
    rows = connection.execute(query.where(*answered).group_by(*columns)).all()
    return tuple(_blind(name, of) for name, of in _each(rows))


def _blind(name: str, rows: Sequence[Any]) -> BlindCount:
    faces = [row for row in rows if row.same_person]
    hands = [row for row in rows if row.seen and row.symbol]
    ended = [row for row in faces if row.final]
    return BlindCount(
        name,
        wilson(_times(row for row in faces if row.same_person == SamePerson.SAME), _times(faces)),
        _times(row for row in faces if row.same_person == SamePerson.CANNOT_TELL),
        wilson(_times(row for row in hands if _is_alike(row.seen, row.symbol)), _times(hands)),
        wilson(_times(row for row in ended if row.same_person == row.final), _times(ended)),
    )


def _is_alike(seen: str, said: str) -> bool:
    """The same label, or another one of the same number: a V with the back of the hand is a two as well."""
    if seen == said:
        return True
    pair = [SYMBOLS[label].number for label in (seen, said) if label in SYMBOLS]
    return len(pair) == 2 and pair[0] == pair[1] != 0


def _times(rows: Iterable[Any]) -> int:
    return sum(int(row.times) for row in rows)


def _each(rows: Sequence[Any]) -> list[tuple[str, Sequence[Any]]]:
    names = sorted({row.reviewer for row in rows})
    return [("", rows), *((name, [row for row in rows if row.reviewer == name]) for name in names)] if rows else []
