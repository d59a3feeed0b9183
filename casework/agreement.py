"""How reviewers agree: with each other, with the machine, and how often they confirm whom they should not.

Which findings two people look at is not drawn from all alike: every one that the first confirmed, and a share of the
others. So the two groups are counted apart, and what is said of all weighs each finding by how many it stands for.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, exists, func, select

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
    for one, said, other, then, count in sorted(_words(connection), key=lambda row: [text or "" for text in row[:4]]):
        decided[_group(said)] += count
        if then is None:
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
    """How often which first reviewer said what, and which second one what: name, word, name, word, count.

    Where nobody disagrees and there is no third, what each of them said follows from the finding's state; decisions
    are only read where somebody does, which are few.
    """
    disputed = findings.c.disagreed | (findings.c.third_reviewer != "")
    columns = findings.c.first_reviewer, findings.c.second_reviewer, findings.c.state
    query = select(*columns, func.count()).where(findings.c.first_reviewer != "", ~disputed).group_by(*columns)
    for first, second, state, count in connection.execute(query).all():
        said = Verdict.CONFIRMED.value if state == CONFIRMED_ONCE else state
        yield first, said, second, said if second else None, count
    yield from _disputed_words(connection, disputed)


def _disputed_words(connection: Connection, disputed: ColumnElement[bool]) -> Iterable[Any]:
    of_them = decisions.c.finding_id.in_(select(findings.c.id).where(disputed))
    last = select(func.max(decisions.c.id)).where(of_them, *_stands())

    def word_of(reviewer: ColumnElement[str]) -> ColumnElement[str | None]:
        return func.max(case((decisions.c.reviewer == reviewer, decisions.c.decision)))

    first, second = findings.c.first_reviewer, findings.c.second_reviewer
    words = (
        select(first, word_of(first).label("said"), second, word_of(second).label("then"))
        .join(decisions, decisions.c.finding_id == findings.c.id)
        .where(decisions.c.id.in_(last.group_by(decisions.c.finding_id, decisions.c.reviewer)))
        .group_by(findings.c.id, first, second)
        .subquery()
    )
    return (tuple(row) for row in connection.execute(select(*words.c, func.count()).group_by(*words.c)).all())


def _stands() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That a decision is one, and nobody took it back."""
    back = decisions.alias()
    taken_back = exists().where(back.c.finding_id == decisions.c.finding_id, back.c.undoes == decisions.c.id)
    return decisions.c.undoes.is_(None), ~taken_back


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
    answered = _answered(connection, looks.c.same_person)
    faces = [row for row in answered if row[1]]
    over = findings.c.first_reviewer != "", findings.c.wants_second.is_(False)
    confirmed = select(findings.c.id).where(*over, findings.c.state == Verdict.CONFIRMED.value)
    rejected = select(findings.c.id).where(*over, findings.c.state == Verdict.REJECTED.value)
    not_them = select(decisions.c.finding_id).where(decisions.c.reason_code == NOT_THE_CANDIDATE, *_stands())
    ended = {
        SamePerson.SAME: (looks.c.finding_id.in_(confirmed),),
        SamePerson.DIFFERENT: (looks.c.finding_id.in_(rejected), looks.c.finding_id.in_(not_them)),
    }
    final = [
        (name, said == right, count)
        for right, which in ended.items()
        for name, said, count in _answered(connection, looks.c.same_person, looks.c.same_person != "", *which)
    ]
    hands = _hands(connection)
    names = sorted({name for name, _, _ in answered})
    return tuple(_blind(name, faces, hands, final) for name in (["", *names] if names else []))


def _answered(
    connection: Connection, said: ColumnElement[Any], *which: ColumnElement[bool]
) -> Sequence[tuple[str, Any, int]]:
    """Answered looks that were not planted: reviewer, what they said, count."""
    answered = looks.c.control.is_(False), looks.c.answered_at != ""
    query = select(looks.c.reviewer, said, func.count()).where(*answered, *which)
    return [tuple(row) for row in connection.execute(query.group_by(looks.c.reviewer, said)).all()]


def _hands(connection: Connection) -> Sequence[tuple[str, bool, int]]:
    """The same of hands in which the machine read a symbol: reviewer, whether they saw that too, count.

    An outer join, though findings without a look are of no use: then SQLite goes through the narrow index of symbols,
    and not, for each look, to a row of a finding, which is wide.
    """
    of_hands = (
        looks.c.finding_id == findings.c.id,
        looks.c.control.is_(False),
        looks.c.answered_at != "",
        looks.c.symbol != "",
    )
    columns = looks.c.reviewer, looks.c.symbol, findings.c.symbol
    query = select(*columns, func.count()).select_from(findings).outerjoin(looks, and_(*of_hands))
    rows = connection.execute(query.where(findings.c.symbol != "").group_by(*columns)).all()
    return [(name, _is_alike(seen, said), count) for name, seen, said, count in rows if name is not None]


def _blind(
    name: str,
    faces: Sequence[tuple[str, str, int]],
    hands: Sequence[tuple[str, bool, int]],
    final: Sequence[tuple[str, bool, int]],
) -> BlindCount:
    """Of one reviewer; of all where the name is empty."""

    def times(counts: Sequence[tuple[str, Any, int]], *wanted: Any) -> int:
        return sum(count for who, said, count in counts if name in ("", who) and (not wanted or said in wanted))

    return BlindCount(
        name,
        wilson(times(faces, SamePerson.SAME), times(faces)),
        times(faces, SamePerson.CANNOT_TELL),
        wilson(times(hands, True), times(hands)),
        wilson(times(final, True), times(final)),
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
