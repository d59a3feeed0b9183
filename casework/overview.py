"""What there is in all: findings, how far reviewing is, the log's last checkpoint. Counts alone, to begin with.

Counted are findings that the latest evaluation of their photo makes; a copy counts inside the finding that stands for
it, as lists show it. All sums read one covering index.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, case, func, select

from casework.audit import AuditLog
from casework.review_queue import Turn, turn_condition
from casework.tables import checkpoints, findings
from screening.findings import Strength

_STRENGTHS: Final = tuple(Strength)
"""By rank, the strongest first."""


@dataclass(frozen=True, slots=True)
class Found:
    """Findings in all.

    Attributes:
        by: (category, strength) -> how many.
        by_state: likewise of each state.
        by_turn: likewise of each turn of the reviewer who asks; each of the three adds up to ``total``.
        copies: findings that are shown inside another one, and are not in ``total``.
        disagreed: whose reviewers disagree.
    """

    by: Mapping[tuple[str, str], int] = field(default_factory=dict)
    by_state: Mapping[str, int] = field(default_factory=dict)
    by_turn: Mapping[Turn, int] = field(default_factory=dict)
    copies: int = 0
    disagreed: int = 0

    @property
    def total(self) -> int:
        """How many findings."""
        return sum(self.by.values())

    @property
    def by_strength(self) -> dict[str, int]:
        """How many of each strength, the strongest first; adds up to ``total``."""
        return {one.value: sum(n for (_, strength), n in self.by.items() if strength == one) for one in Strength}

    @property
    def by_category(self) -> dict[str, int]:
        """How many of each category that there is; adds up to ``total``."""
        sums: dict[str, int] = {}
        for (category, _), number in self.by.items():
            sums[category] = sums.get(category, 0) + number
        return sums


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


def found(connection: Connection, reviewer: str = "") -> Found:
    """Findings in all.

    Args:
        connection: to read.
        reviewer: whose turns are counted; empty for whoever only watches, for whom all that waits is ``Turn.MINE``.
    """
    groups = (findings.c.strength_rank, findings.c.category, findings.c.state, findings.c.wants_second)
    sums = [func.sum(case((turn_condition(turn, reviewer), 1), else_=0)) for turn in (Turn.MINE, Turn.DONE)]
    # in the order of the index, so that nothing is sorted
    query = select(*groups, findings.c.disagreed, func.count(), *sums).group_by(*groups, findings.c.disagreed)
    by: dict[tuple[str, str], int] = {}
    by_state: dict[str, int] = {}
    mine = done = disagreed = 0
    for row in connection.execute(query.where(findings.c.current, findings.c.copy_of.is_(None))):
        rank, category, state, _, differs, number, waiting, decided = row
        key = category, _STRENGTHS[rank].value
        by[key] = by.get(key, 0) + number
        by_state[state] = by_state.get(state, 0) + number
        mine, done, disagreed = mine + waiting, done + decided, disagreed + (number if differs else 0)
    by_turn = {Turn.MINE: mine, Turn.DONE: done, Turn.OVER: sum(by.values()) - mine - done}
    copies = select(func.count()).select_from(findings).where(findings.c.current, findings.c.copy_of.is_not(None))
    return Found(by, by_state, by_turn, int(connection.execute(copies).scalar_one()), disagreed)


def last_checkpoint(connection: Connection) -> tuple[KeptCheckpoint, ...]:
    """The last one in the database; none where none was made yet."""
    row = connection.execute(select(checkpoints).order_by(checkpoints.c.id.desc()).limit(1)).first()
    if row is None:
        return ()
    return (KeptCheckpoint(row.size, row.made_at, row.note, AuditLog(connection).size() - row.size),)
