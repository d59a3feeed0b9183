"""The list that reviewers work through: whose turn a finding is, its copies inside it, counts that add up.

A reviewer must not learn from the list what others said. So for them a finding is only theirs to look at, decided by
them and waiting for somebody, or over; no filter tells the state of one that is not over.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, not_, or_, select, true, tuple_

from casework.decisions import CONFIRMED_ONCE, SUGGESTED, Verdict
from casework.queries import MOST_ON_A_PAGE, PAGE, Filter, condition_of, place_of
from casework.tables import findings, looks, uploads
from screening.findings import Strength

STATES: Final = (SUGGESTED, CONFIRMED_ONCE, *(verdict.value for verdict in Verdict))
"""Every state a finding can have, in the order in which lists count them."""


_REVIEWERS: Final = (findings.c.first_reviewer, findings.c.second_reviewer, findings.c.third_reviewer)


class Turn(StrEnum):
    """Whose turn a finding is, as one reviewer sees it. The first three leave nothing out and share nothing."""

    MINE = "mine"
    """Nobody has decided it, or somebody else has and a second person has to look."""

    DONE = "done"
    """Decided by this reviewer; somebody else has to look as well."""

    OVER = "over"
    """Nobody has to look any more."""

    ALL = "all"


@dataclass(frozen=True, slots=True)
class QueuedFinding:
    """A finding on the list.

    Attributes:
        id, strength, category, candidate, ticket, symbol, state, posted_on, current, changed: as in the table.
        election: its id.
        rank: of the strength, 0 for strong.
        turn: whose turn it is; not ``ALL``.
        looked: the reviewer has answered a first look at it.
        uploader_id, agency: of the upload that was met first.
        uploads: how many files hold this photo.
        copies: how many findings about copies of this photo stand inside this one.
    """

    id: int
    election: str
    rank: int
    strength: str
    category: str
    candidate: str
    ticket: int
    symbol: str
    state: str
    turn: Turn
    looked: bool
    posted_on: str
    current: bool
    changed: bool
    uploader_id: str
    agency: str
    uploads: int
    copies: int

    @property
    def place(self) -> str:
        """Where the next page begins, for ``after``."""
        return f"{self.rank}-{self.id}"


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some findings, the strongest first, and what there is of them in all.

    Attributes:
        findings: in order.
        after: where the next page begins; empty on the last one.
        total: how many fit the filter and the turn.
        by_strength: how many there are of each strength with everything else as asked for; adds up to ``total`` where
            no strength was.
        by_turn: likewise of each turn but ``ALL``; adds up to ``total`` where all were asked for.
        by_state: likewise of each state; empty for a reviewer.
    """

    findings: tuple[QueuedFinding, ...]
    after: str
    total: int
    by_strength: Mapping[str, int]
    by_turn: Mapping[Turn, int]
    by_state: Mapping[str, int]


def turn_condition(turn: Turn, reviewer: str) -> ColumnElement[bool]:
    """What rows of ``findings`` must be for it to be this turn of a reviewer.

    Args:
        turn: which.
        reviewer: who; empty for whoever only watches, for whom every finding that waits for somebody is ``MINE``.
    """
    nobody = findings.c.first_reviewer == ""
    own = or_(*(column == reviewer for column in _REVIEWERS))
    waits = findings.c.wants_second
    if turn is Turn.ALL:
        return true()
    if turn is Turn.OVER:
        return and_(not_(nobody), not_(waits))
    if not reviewer:
        return or_(nobody, waits) if turn is Turn.MINE else false()
    if turn is Turn.DONE:
        return and_(not_(nobody), waits, own)
    return or_(nobody, and_(waits, not_(own)))


def queue_condition(wanted: Filter, reviewer: str, turn: Turn = Turn.ALL) -> ColumnElement[bool]:
    """What rows of ``findings`` must be to stand on a reviewer's list; copies stand inside their representative.

    A finding is found by the uploader, agency and day of its copies too. For a reviewer the filter's state says
    nothing, and ``changed`` leaves out what waits for them: both would tell that somebody decided before.

    Args:
        wanted: which findings.
        reviewer: for whom; empty for whoever only watches.
        turn: whose turn they are.
    """
    own = replace(wanted, uploader="", agency="", posted_from="", posted_to="", state="" if reviewer else wanted.state)
    said = [condition_of(own), _stands_for_itself()]
    whose = {uploads.c.uploader_id: wanted.uploader, uploads.c.agency: wanted.agency}
    of_upload = [column == value for column, value in whose.items() if value]
    if of_upload:
        other = findings.alias()
        said.append(
            findings.c.id.in_(
                select(func.coalesce(other.c.copy_of, other.c.id))
                .join_from(uploads, other, other.c.photo_id == uploads.c.photo_id)
                .where(*of_upload)
            )
        )
    if wanted.posted_from or wanted.posted_to:
        copy = findings.alias()
        of_copy = select(copy.c.copy_of).where(copy.c.copy_of.is_not(None), *_days(copy.c.posted_on, wanted))
        said.append(or_(and_(*_days(findings.c.posted_on, wanted)), findings.c.id.in_(of_copy)))
    if wanted.changed and reviewer:
        said.append(not_(turn_condition(Turn.MINE, reviewer)))
    if turn is not Turn.ALL:
        said.append(turn_condition(turn, reviewer))
    return and_(*said)


def _stands_for_itself() -> ColumnElement[bool]:
    """A copy too, once it was decided: a decision is always on the list."""
    return or_(findings.c.copy_of.is_(None), findings.c.first_reviewer != "")


def _days(column: Any, wanted: Filter) -> list[ColumnElement[bool]]:
    said = [column >= wanted.posted_from] if wanted.posted_from else []
    return [*said, column <= wanted.posted_to, column != ""] if wanted.posted_to else said


def list_queue(
    connection: Connection, wanted: Filter, reviewer: str, turn: Turn = Turn.ALL, after: str = "", count: int = PAGE
) -> QueuePage:
    """One page of the list.

    Args:
        connection: to read.
        wanted: which findings; ``queue_condition`` tells how it is understood.
        reviewer: for whom; empty for whoever only watches.
        turn: whose turn they are.
        after: of the page before; empty for the first.
        count: how many on a page, 1 to 500.

    Raises:
        ValueError: ``after`` is no such place, or ``count`` is out of range.
    """
    if not 1 <= count <= MOST_ON_A_PAGE:
        raise ValueError(f"count: expected 1 to {MOST_ON_A_PAGE}, got {count}")
    order = findings.c.strength_rank, findings.c.id
    which = queue_condition(wanted, reviewer, turn)
    query = select(findings.c.id).where(which).order_by(*order).limit(count + 1)
    if after:
        query = query.where(tuple_(*order) > tuple_(*place_of(after)))
    numbers = connection.execute(query).scalars().all()
    listed = _listed(connection, numbers[:count], reviewer)
    counts = _Counts(connection, wanted, reviewer, turn)
    return QueuePage(
        listed,
        listed[-1].place if len(numbers) > count else "",
        counts.total,
        counts.by_strength,
        counts.by_turn,
        counts.by_state,
    )


class _Counts:
    """How many fit, by strength and by turn or state, out of one reading of the index.

    A count leaves out the filter of its own kind, so that each is what its link leads to.
    """

    def __init__(self, connection: Connection, wanted: Filter, reviewer: str, turn: Turn) -> None:
        turns = {one: turn_condition(one, reviewer) for one in (Turn.MINE, Turn.DONE, Turn.OVER)}
        states = {} if reviewer else {one: findings.c.state == one for one in STATES}
        kinds: dict[Any, ColumnElement[bool]] = {**turns, **states}
        within = queue_condition(replace(wanted, strength="", state=""), reviewer, turn if states else Turn.ALL)
        ranks = list(Strength)
        sums = [func.sum(case((condition, 1), else_=0)) for condition in kinds.values()]
        query = select(findings.c.strength_rank, *sums).where(within).group_by(findings.c.strength_rank)
        cells: dict[Any, dict[str, int]] = {kind: {} for kind in kinds}
        for rank, *numbers in connection.execute(query):
            for kind, number in zip(kinds, numbers, strict=True):
                cells[kind][ranks[rank].value] = int(number)

        def of(asked: Sequence[Any], strengths: Sequence[str]) -> int:
            return sum(cells[kind].get(strength, 0) for kind in asked for strength in strengths)

        every = [strength.value for strength in ranks]
        strengths = [wanted.strength] if wanted.strength else every
        if states:
            asked = [wanted.state] if wanted.state else list(states)
            self.by_state = {one: of([one], strengths) for one in states}
        else:
            asked = [turn] if turn is not Turn.ALL else list(turns)
            self.by_state = {}
        self.by_turn = {one: of([one], strengths) for one in turns}
        self.by_strength = {strength: of(asked, [strength]) for strength in every}
        self.total = of(asked, strengths)


def _listed(connection: Connection, numbers: Sequence[int], reviewer: str) -> tuple[QueuedFinding, ...]:
    rows = {row.id: row for row in connection.execute(_rows(numbers, reviewer))}
    photos = sorted({row.photo_id for row in rows.values()})
    of_photos = (
        select(uploads.c.photo_id, uploads.c.uploader_id, uploads.c.agency)
        .where(uploads.c.photo_id.in_(photos))
        .order_by(uploads.c.id.desc())
    )
    first: dict[int, Any] = {}
    held: dict[int, int] = {}
    for upload in connection.execute(of_photos):
        first[upload.photo_id] = upload
        held[upload.photo_id] = held.get(upload.photo_id, 0) + 1
    copies = _counted(
        connection, findings.c.copy_of, findings.c.copy_of.in_(numbers), findings.c.current, not_(_stands_for_itself())
    )
    looked = _counted(
        connection,
        looks.c.finding_id,
        looks.c.reviewer == reviewer,
        looks.c.finding_id.in_(numbers),
        looks.c.control.is_(False),
        looks.c.answered_at != "",
    )
    return tuple(
        QueuedFinding(
            id=row.id,
            election=row.election_id,
            rank=row.strength_rank,
            strength=row.strength,
            category=row.category,
            candidate=row.candidate,
            ticket=row.ticket,
            symbol=row.symbol,
            state=row.state,
            turn=Turn(row.turn),
            looked=bool(looked.get(row.id)),
            posted_on=row.posted_on,
            current=bool(row.current),
            changed=bool(row.changed),
            uploader_id=first[row.photo_id].uploader_id if row.photo_id in first else "",
            agency=first[row.photo_id].agency if row.photo_id in first else "",
            uploads=held.get(row.photo_id, 0),
            copies=copies.get(row.id, 0),
        )
        for row in (rows[number] for number in numbers)
    )


def _rows(numbers: Sequence[int], reviewer: str) -> Any:
    turn = case(*((turn_condition(one, reviewer), one.value) for one in (Turn.OVER, Turn.DONE)), else_=Turn.MINE.value)
    return select(findings, turn.label("turn")).where(findings.c.id.in_(numbers))


def _counted(connection: Connection, column: Any, *which: Any) -> dict[int, int]:
    query = select(column, func.count().label("number")).where(*which).group_by(column)
    return {int(number): int(count) for number, count in connection.execute(query)}
