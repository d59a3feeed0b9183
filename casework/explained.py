"""Whether every decision, look and mark ever made is still accounted for: as a row, or in the proof of a deletion."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, select

from casework.audit import Action, AuditLog
from casework.deletion import TAKEN_BACK
from casework.tables import decisions, looks, marks


@dataclass(frozen=True, slots=True)
class Explained:
    """Decisions by number.

    Attributes:
        made: entries of the log that say one was made.
        left: rows.
        deleted: named in proofs of deletions.
        taken_back: entries of the log that say one was taken back.
        left_taken_back, deleted_taken_back: likewise.
    """

    made: int
    left: int
    deleted: int
    taken_back: int
    left_taken_back: int
    deleted_taken_back: int

    @property
    def whole(self) -> bool:
        """Nothing is missing and nothing is too many."""
        return (
            self.made == self.left + self.deleted and self.taken_back == self.left_taken_back + self.deleted_taken_back
        )


def decisions_explained(connection: Connection) -> Explained:
    """Count the decisions of the log against the rows that are left and the proofs of deletions.

    Args:
        connection: a view of one moment.
    """
    actions: Counter[str] = Counter()
    deleted: Counter[str] = Counter()
    for entry in AuditLog(connection).entries():
        actions[str(entry.draft.action)] += 1
        if entry.draft.action == Action.RETENTION_DELETE:
            deleted.update(entry.draft.detail.get("decisions", {}))
    back = deleted.pop(TAKEN_BACK, 0)

    def rows(undo: bool) -> int:
        condition = decisions.c.undoes.is_not(None) if undo else decisions.c.undoes.is_(None)
        return int(connection.execute(select(func.count()).select_from(decisions).where(condition)).scalar_one())

    return Explained(
        actions[Action.DECISION.value], rows(False), sum(deleted.values()),
        actions[Action.DECISION_UNDO.value], rows(True), back,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kept:
    """Rows of a table.

    Attributes:
        made: entries of the log that say one was made.
        left: rows.
        deleted: counted in proofs of deletions.
    """

    made: int
    left: int
    deleted: int

    @property
    def whole(self) -> bool:
        """Nothing is missing and nothing is too many."""
        return self.made == self.left + self.deleted


def looks_explained(connection: Connection) -> Kept:
    """Count first looks of the log against the rows that are left and the proofs of deletions.

    Args:
        connection: a view of one moment.
    """
    return _kept(connection, looks, Action.LOOK)


def marks_explained(connection: Connection) -> Kept:
    """Likewise of marks by people; one that was taken back is a row still."""
    return _kept(connection, marks, Action.MARK_ADD)


def _kept(connection: Connection, table: Table, action: Action) -> Kept:
    made = deleted = 0
    for entry in AuditLog(connection).entries():
        made += entry.draft.action == action
        if entry.draft.action == Action.RETENTION_DELETE:
            deleted += entry.draft.detail.get("rows", {}).get(table.name, {}).get("count", 0)
    left = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return Kept(made, int(left), deleted)
