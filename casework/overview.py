"""What there is in all: findings, how far reviewing is, the log's last checkpoint. Counts alone, to begin with.

Counted are findings that the latest evaluation of their photo makes; a copy counts inside the finding that stands for
it, as lists show it. All sums read one covering index.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from casework.audit import AuditLog
from casework.tables import checkpoints, findings


@dataclass(frozen=True, slots=True)
class Found:
    """Findings in all.

    Attributes:
        by: (category, strength) -> how many.
        by_state: likewise of each state; both add up to ``total``.
        copies: findings that are shown inside another one, and are not in ``total``.
        disagreed: whose reviewers disagree.
        unlooked: somebody has still to look.
    """

    by: Mapping[tuple[str, str], int] = field(default_factory=dict)
    by_state: Mapping[str, int] = field(default_factory=dict)
    copies: int = 0
    disagreed: int = 0
    unlooked: int = 0

    @property
    def total(self) -> int:
        """How many findings."""
        return sum(self.by_state.values())

    @property
    def by_strength(self) -> dict[str, int]:
        """How many of each strength; adds up to ``total``."""
        return self._summed(1)

    @property
    def by_category(self) -> dict[str, int]:
        """How many of each category; adds up to ``total``."""
        return self._summed(0)

    def _summed(self, part: int) -> dict[str, int]:
        sums: dict[str, int] = {}
        for key, number in self.by.items():
            sums[key[part]] = sums.get(key[part], 0) + number
        return sums


@dataclass(frozen=True, slots=True)
class Turns:
    """Findings as one reviewer may know of them; they add up to all there are.

    Attributes:
        waiting: open for this reviewer.
        decided: by this reviewer.
        over: what is left: others have said all that is to be said.
    """

    waiting: int
    decided: int
    over: int

    @property
    def total(self) -> int:
        """How many findings."""
        return self.waiting + self.decided + self.over


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """The last signed state of the log.

    Attributes:
        size: how many entries it has.
        made_at: ISO 8601 in UTC.
        note: the signed text.
        since: entries that were added later.
    """

    size: int
    made_at: str
    note: str
    since: int


def _counted() -> ColumnElement[bool]:
    return and_(findings.c.current, findings.c.copy_of.is_(None))


def _open() -> ColumnElement[bool]:
    """Somebody has still to look."""
    return or_(findings.c.first_reviewer == "", findings.c.wants_second)


def found(connection: Connection) -> Found:
    """Findings in all."""
    by: dict[tuple[str, str], int] = {}
    by_state: dict[str, int] = {}
    query = select(findings.c.category, findings.c.strength, findings.c.state, func.count())
    columns = (findings.c.category, findings.c.strength, findings.c.state)
    for category, strength, state, number in connection.execute(query.where(_counted()).group_by(*columns)):
        by[category, strength] = by.get((category, strength), 0) + number
        by_state[state] = by_state.get(state, 0) + number
    return Found(
        by,
        by_state,
        _count(connection, and_(findings.c.current, findings.c.copy_of.is_not(None))),
        _count(connection, and_(_counted(), findings.c.disagreed)),
        _count(connection, and_(_counted(), _open())),
    )


def turns(connection: Connection, reviewer: str, total: int) -> Turns:
    """How far a reviewer is.

    Args:
        connection: to read.
        reviewer: who.
        total: of ``found``, of the same moment.
    """
    rounds = (findings.c.first_reviewer, findings.c.second_reviewer, findings.c.third_reviewer)
    own = or_(*(column == reviewer for column in rounds))
    decided = _count(connection, and_(_counted(), own))
    waiting = _count(connection, and_(_counted(), _open(), ~own))
    return Turns(waiting, decided, total - waiting - decided)


def last_checkpoint(connection: Connection) -> tuple[KeptCheckpoint, ...]:
    """The last one in the database; none where none was made yet."""
    row = connection.execute(select(checkpoints).order_by(checkpoints.c.id.desc()).limit(1)).first()
    if row is None:
        return ()
    return (KeptCheckpoint(row.size, row.made_at, row.note, AuditLog(connection).size() - row.size),)


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(findings).where(which)).scalar_one())
