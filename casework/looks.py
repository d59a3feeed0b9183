"""First looks: what a reviewer says about face and hand before anything of the machine is shown to them.

A look belongs to one reviewer and one finding. It is answered once, and never changed. Some looks are planted
(``casework.controls``): they come as any other does, and nothing about a finding follows from them.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, insert, select, update

from casework import controls
from casework.access import finding_subject
from casework.audit import Action, AuditLog
from casework.clock import moment, stamp
from casework.queries import Filter
from casework.review_queue import Turn, queue_condition
from casework.review_refusals import Refusal, ReviewError
from casework.review_settings import settings_of
from casework.tables import findings, looks, sightings
from netra.symbols import SYMBOLS

NO_SYMBOL, OTHER_SYMBOL, UNCLEAR_SYMBOL = "none", "other", "cannot-tell"
SYMBOL_ANSWERS: Final = (*SYMBOLS, NO_SYMBOL, OTHER_SYMBOL, UNCLEAR_SYMBOL)
"""What can be said of a hand: a label, no symbol at all, another one, or that it cannot be told."""

BUSY: Final = timedelta(minutes=10)
"""So long a finding that somebody looks at is not handed to another reviewer as their next one."""


class SamePerson(StrEnum):
    """Whether the face in the photo is that of the reference photos."""

    SAME = "same"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Look:
    """A first look.

    Attributes:
        id: its number.
        reviewer: whose.
        finding_id: at which finding.
        control: planted; must not be told before it is answered.
        candidate: whose reference photos stand beside the face; empty: the finding has no candidate.
        person: number of the person in the record; none where nobody's face is asked about.
        hand: number of the hand in the record; none where no hand is asked about.
        opened_at: ISO 8601 in UTC.
        answered_at: likewise; empty: not yet.
        same_person: a word of ``SamePerson``; empty: not asked or not answered.
        symbol: one of ``SYMBOL_ANSWERS``; empty likewise.
    """

    id: int
    reviewer: str
    finding_id: int
    control: bool
    candidate: str
    person: tuple[int, ...]
    hand: tuple[int, ...]
    opened_at: str
    answered_at: str = ""
    same_person: str = ""
    symbol: str = ""

    @property
    def answered(self) -> bool:
        """Whether the reviewer has said something."""
        return bool(self.answered_at)


def open_look(connection: Connection, log: AuditLog, finding_id: int, reviewer: str, now: str) -> Look:
    """The reviewer's look at a finding: theirs, answered or not, or else a new one.

    A look that was answered beside another candidate's photos, before a scan named this one, is none at what the
    finding says now.

    Args:
        connection: may write.
        log: of the same transaction.
        finding_id: at which finding.
        reviewer: who looks.
        now: ISO 8601 in UTC.

    Raises:
        ReviewError: there is no such finding.
    """
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).first()
    if row is None:
        raise ReviewError(Refusal.NO_FINDING)
    asked = _asked(connection, row)
    for look in _own(connection, finding_id, reviewer):
        if look.answered:
            return look
        if asked != {"candidate": look.candidate, "person": _first(look.person), "hand": _first(look.hand)}:
            connection.execute(update(looks).where(looks.c.id == look.id).values(asked))
        return _look(connection, looks.c.id == look.id)[0]
    return _new(connection, log, finding_id, reviewer, now, asked | {"control": False})


def next_look(
    connection: Connection,
    log: AuditLog,
    reviewer: str,
    wanted: Filter,
    now: str,
    draw: Callable[[], float],
) -> tuple[Look, ...]:
    """What a reviewer looks at next: the strongest finding that waits for them, or a planted look; none when done.

    An unanswered look comes back, so that going away skips nothing. What somebody else is looking at right now comes
    after what nobody does. The filter's state is not followed: it would tell what others said.

    Args:
        connection: may write.
        log: of the same transaction.
        reviewer: who looks.
        wanted: which findings.
        now: ISO 8601 in UTC.
        draw: a random number from 0 to under 1.
    """
    for look in _look(connection, looks.c.reviewer == reviewer, looks.c.control, looks.c.answered_at == ""):
        return (look,)
    which = queue_condition(wanted, reviewer, Turn.MINE), findings.c.current
    order = findings.c.strength_rank, findings.c.id
    query = select(findings.c.id).where(*which).order_by(*order).limit(1)
    others = _looked_at_now(connection, reviewer, now)
    free = connection.execute(query.where(findings.c.id.not_in(others))).scalars().all()
    waiting = free or connection.execute(query).scalars().all()
    if not waiting:
        return ()
    begun = _look(
        connection, looks.c.reviewer == reviewer, looks.c.finding_id == waiting[0], looks.c.control.is_(False)
    )
    if not begun and draw() < settings_of(connection).control_share:
        for planted in controls.planted_for(connection, reviewer, wanted, draw):
            return (_new(connection, log, planted.finding_id, reviewer, now, planted.to_row()),)
    return (open_look(connection, log, waiting[0], reviewer, now),)


def look_of(connection: Connection, look_id: int, reviewer: str) -> tuple[Look, ...]:
    """A reviewer's look by its number; none where there is none or it is somebody else's."""
    return _look(connection, looks.c.id == look_id, looks.c.reviewer == reviewer)


def looks_at(connection: Connection, finding_id: int) -> tuple[Look, ...]:
    """Every look at a finding, planted ones too; for supervisors and auditors."""
    return _look(connection, looks.c.finding_id == finding_id)


def answer_look(
    connection: Connection, log: AuditLog, look_id: int, reviewer: str, same_person: str, symbol: str, now: str
) -> Look:
    """Write down what a reviewer says.

    Args:
        connection: may write.
        log: of the same transaction.
        look_id: of the look.
        reviewer: whose it has to be.
        same_person: a word of ``SamePerson`` where the look asks about a face, else empty.
        symbol: one of ``SYMBOL_ANSWERS`` where the look asks about a hand, else empty.
        now: ISO 8601 in UTC.

    Raises:
        ReviewError: there is no such look, it was answered already, or an answer is missing or none.
    """
    found = look_of(connection, look_id, reviewer)
    if not found:
        raise ReviewError(Refusal.NO_LOOK)
    look = found[0]
    if look.answered:
        raise ReviewError(Refusal.ANSWERED)
    if (same_person in set(SamePerson)) != bool(look.person) or (symbol in SYMBOL_ANSWERS) != bool(look.hand):
        raise ReviewError(Refusal.INCOMPLETE)
    values = {"answered_at": now, "same_person": same_person, "symbol": symbol}
    connection.execute(update(looks).where(looks.c.id == look_id).values(values))
    detail = {"look": look_id, "control": look.control, "same_person": same_person, "symbol": symbol}
    log.append(reviewer, Action.LOOK_ANSWER, finding_subject(look.finding_id), "", detail)
    return look_of(connection, look_id, reviewer)[0]


def has_looked(connection: Connection, finding_id: int, reviewer: str) -> bool:
    """Whether a reviewer has answered a first look at a finding, beside the candidate it names now."""
    return any(look.answered for look in _own(connection, finding_id, reviewer))


def _own(connection: Connection, finding_id: int, reviewer: str) -> tuple[Look, ...]:
    """A reviewer's look at a finding as it is now; none or one."""
    candidate = select(findings.c.candidate).where(findings.c.id == finding_id).scalar_subquery()
    of = looks.c.finding_id == finding_id, looks.c.reviewer == reviewer, looks.c.control.is_(False)
    return _look(connection, *of, (looks.c.answered_at == "") | (looks.c.candidate == candidate))[-1:]


def _asked(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    """Which face and hand of a finding's photo are looked at: its candidate's best sighting, its first hand."""
    best = (
        select(sightings.c.person)
        .where(sightings.c.evaluation_id == row.evaluation_id, sightings.c.candidate == row.candidate)
        .order_by(sightings.c.similarity.desc(), sightings.c.person)
        .limit(1)
    )
    seen = list(connection.execute(best).scalars()) if row.candidate else []
    return {"candidate": row.candidate, "person": _first(seen), "hand": json.loads(row.detail or "{}").get("hand")}


def _first(numbers: Any) -> int | None:
    return next(iter(numbers), None)


def _looked_at_now(connection: Connection, reviewer: str, now: str) -> list[int]:
    """Findings that others have opened lately and not decided yet."""
    since = stamp(moment(now) - BUSY)
    fresh = looks.c.reviewer != reviewer, looks.c.control.is_(False), looks.c.opened_at >= since
    undecided = findings.c.first_reviewer == ""
    return list(connection.execute(select(looks.c.finding_id).join(findings).where(*fresh, undecided)).scalars())


def _new(
    connection: Connection, log: AuditLog, finding_id: int, reviewer: str, now: str, values: dict[str, Any]
) -> Look:
    row = {"finding_id": finding_id, "reviewer": reviewer, "opened_at": now, **values}
    number = connection.execute(insert(looks).values(row).returning(looks.c.id)).scalar_one()
    detail = {"look": number, "control": row["control"], "candidate": row["candidate"]}
    log.append(reviewer, Action.LOOK, finding_subject(finding_id), "", detail)
    return look_of(connection, number, reviewer)[0]


def _look(connection: Connection, *which: ColumnElement[bool]) -> tuple[Look, ...]:
    return tuple(
        Look(
            row.id,
            row.reviewer,
            row.finding_id,
            bool(row.control),
            row.candidate,
            () if row.person is None else (row.person,),
            () if row.hand is None else (row.hand,),
            row.opened_at,
            row.answered_at,
            row.same_person,
            row.symbol,
        )
        for row in connection.execute(select(looks).where(*which).order_by(looks.c.id))
    )
