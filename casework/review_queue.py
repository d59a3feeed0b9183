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
from casework.plans import Unindexed
from casework.queries import MOST_ON_A_PAGE, PAGE, Filter, condition_of, place_of
from casework.tables import findings, looks, uploads
from screening.findings import Strength

STATES: Final = (SUGGESTED, CONFIRMED_ONCE, *(verdict.value for verdict in Verdict))
"""Every state a finding can have, in the order in which lists count them."""


_FEW: Final = 10_000
"""Uploads by whose numbers findings are looked up quicker than the list's index is read; measured with 100,000."""

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
        by_turn: likewise of each turn but ``ALL``; adds up to ``total`` where all were asked for; empty for whoever
            only watches.
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


def queue_condition(wanted: Filter, reviewer: str, turn: Turn = Turn.ALL, *, few: bool = False) -> ColumnElement[bool]:
    """What rows of ``findings`` must be to stand on a reviewer's list; copies stand inside their representative.

    A finding is found by the uploader, agency and day of its copies too. For a reviewer the filter's state says
    nothing, and ``changed`` leaves out what waits for them: both would tell that somebody decided before.

    Args:
        wanted: which findings.
        reviewer: for whom; empty for whoever only watches.
        turn: whose turn they are.
        few: the filter's uploader and agency have so few uploads that one had better begin with these.
    """
    state = "" if reviewer else wanted.state
    current = wanted.current and not few
    own = replace(wanted, uploader="", agency="", posted_from="", posted_to="", state=state, current=current)
    said = [condition_of(own), Unindexed(findings.c.copy_of).is_(None)]
    if wanted.current and few:
        said.append(Unindexed(findings.c.current).is_(true()))
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
        of_copy = select(copy.c.copy_of).where(copy.c.copy_of > 0, *_days(copy.c.posted_on, wanted))
        said.append(or_(and_(*_days(findings.c.posted_on, wanted)), findings.c.id.in_(of_copy)))
    if wanted.changed and reviewer:
        said.append(not_(turn_condition(Turn.MINE, reviewer)))
    if turn is not Turn.ALL:
        said.append(turn_condition(turn, reviewer))
    return and_(*said)


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
    few = _is_of_few_uploads(connection, wanted)
    which = queue_condition(wanted, reviewer, turn, few=few)
    query = select(findings.c.id).where(which).order_by(*order).limit(count + 1)
    if after:
        query = query.where(tuple_(*order) > tuple_(*place_of(after)))
    numbers = connection.execute(query).scalars().all()
    listed = _listed(connection, numbers[:count], reviewer)
    counts = _Counts(connection, wanted, reviewer, turn, few=few)
    return QueuePage(
        listed,
        listed[-1].place if len(numbers) > count else "",
        counts.total,
        counts.by_strength,
        counts.by_turn,
        counts.by_state,
    )


def _is_of_few_uploads(connection: Connection, wanted: Filter) -> bool:
    whose = {uploads.c.uploader_id: wanted.uploader, uploads.c.agency: wanted.agency}
    of_upload = [column == value for column, value in whose.items() if value]
    if not of_upload:
        return False
    some = select(uploads.c.id).where(*of_upload).limit(_FEW + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= _FEW


def count_queue(connection: Connection, wanted: Filter, reviewer: str, turn: Turn = Turn.ALL) -> int:
    """How many findings ``list_queue`` has in all."""
    which = queue_condition(wanted, reviewer, turn, few=_is_of_few_uploads(connection, wanted))
    return int(connection.execute(select(func.count()).select_from(findings).where(which)).scalar_one())


class _Counts:
    """How many fit, by strength and by turn or state, out of one reading of the index.

    A count leaves out the filter of its own kind, so that each is what its link leads to.
    """

    def __init__(self, connection: Connection, wanted: Filter, reviewer: str, turn: Turn, *, few: bool) -> None:
        own: list[Any] = [Turn.MINE, Turn.DONE, Turn.OVER] if reviewer else list(STATES)
        counted = own[1:]  # most are suggested, or theirs to look at: these are what the others leave
        within = queue_condition(
            replace(wanted, strength="", state=""), reviewer, Turn.ALL if reviewer else turn, few=few
        )
        is_kind = [turn_condition(one, reviewer) if reviewer else findings.c.state == one for one in counted]
        sums = [func.count().filter(condition) for condition in is_kind]
        query = select(findings.c.strength_rank, func.count(), *sums).where(within).group_by(findings.c.strength_rank)
        ranks = list(Strength)
        cells: dict[Any, dict[str, int]] = {kind: {} for kind in own}
        for rank, number, *numbers in connection.execute(query):
            for kind, count in zip(own, (number - sum(numbers), *numbers), strict=True):
                cells[kind][ranks[rank].value] = count

        def of(asked: Sequence[Any], strengths: Sequence[str]) -> int:
            return sum(cells.get(kind, {}).get(strength, 0) for kind in asked for strength in strengths)

        every = [strength.value for strength in ranks]
        strengths = [wanted.strength] if wanted.strength else every
        chosen: Any = (turn if turn is not Turn.ALL else "") if reviewer else wanted.state
        asked = [chosen] if chosen else own
        by_kind = {kind: of([kind], strengths) for kind in own}
        self.by_turn = by_kind if reviewer else {}
        self.by_state = {} if reviewer else by_kind
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
    copies = _counted(connection, findings.c.copy_of, findings.c.copy_of.in_(numbers), findings.c.current)
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
