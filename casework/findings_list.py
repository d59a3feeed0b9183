"""Findings as a case file lists them: a line each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from casework.retention import chunks
from casework.tables import elections, findings, uploads


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in short.

    Attributes:
        number: how people call it.
        category, strength, candidate, state: as in the table.
        current: the latest evaluation still makes it.
        changed: it says something else than when it was decided.
        path: of one upload of its photo; empty where none is left.
        copy_of: the finding on another copy of the photo that people decide instead of this one, or nothing.
    """

    number: int
    category: str
    strength: str
    candidate: str
    state: str
    current: bool
    changed: bool
    path: str
    copy_of: tuple[int, ...] = ()


def finding_lines(connection: Connection, numbers: Sequence[int]) -> tuple[FindingLine, ...]:
    """Findings in the order of their numbers; those that are not there are left out."""
    path = select(func.min(uploads.c.path)).where(uploads.c.photo_id == findings.c.photo_id).scalar_subquery()
    return tuple(
        FindingLine(
            row.id, row.category, row.strength, row.candidate, row.state, bool(row.current), bool(row.changed),
            row.path or "", tuple(one for one in [row.copy_of] if one),
        )
        for part in chunks(sorted(numbers))
        for row in connection.execute(
            select(findings, path.label("path")).where(findings.c.id.in_(part)).order_by(findings.c.id)
        )
    )  # fmt: skip


def election_ids(connection: Connection) -> tuple[str, ...]:
    """The elections of a database, in the order of their ids."""
    return tuple(connection.execute(select(elections.c.id).order_by(elections.c.id)).scalars())
