"""What the filters of the list can be set to: only what is there."""

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Connection, func, literal, select
from sqlalchemy.orm import aliased

from casework.tables import elections, findings, uploads

MOST_OFFERED: Final = 50
"""Agencies or uploaders that are offered; others can be typed."""


@dataclass(frozen=True, slots=True)
class NamedCandidate:
    """A candidate that some finding is about.

    Attributes:
        id: as in the election file.
        name: as there; the id where it is not known.
        elections: ids of the elections.
    """

    id: str
    name: str
    elections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueOptions:
    """Values that filters can have.

    Attributes:
        elections: id and name.
        candidates: in the order of their names.
        symbols: labels.
        agencies, uploaders: the first ones in their order, 50 at most.
    """

    elections: tuple[tuple[str, str], ...]
    candidates: tuple[NamedCandidate, ...]
    symbols: tuple[str, ...]
    agencies: tuple[str, ...]
    uploaders: tuple[str, ...]


def queue_options(connection: Connection) -> QueueOptions:
    """What the filters can be set to.

    Args:
        connection: to read.
    """
    held = connection.execute(select(elections.c.id, elections.c.name, elections.c.about).order_by(elections.c.name))
    rows = held.all()
    return QueueOptions(
        tuple((row.id, row.name or row.id) for row in rows),
        _candidates(rows, _different(connection, findings.c.candidate)),
        _different(connection, findings.c.symbol),
        _different(connection, uploads.c.agency, MOST_OFFERED),
        _different(connection, uploads.c.uploader_id, MOST_OFFERED),
    )


def candidate_names(connection: Connection) -> dict[tuple[str, str], str]:
    """Names by election and candidate."""
    rows = connection.execute(select(elections.c.id, elections.c.about))
    return {(row.id, one["id"]): one["name"] for row in rows for one in _of(row.about)}


def _candidates(rows: Any, known: tuple[str, ...]) -> tuple[NamedCandidate, ...]:
    names: dict[str, str] = {}
    where: dict[str, list[str]] = {}
    for row in rows:
        for one in _of(row.about):
            names.setdefault(one["id"], one["name"])
            where.setdefault(one["id"], []).append(row.id)
    found = [NamedCandidate(key, names.get(key, key), tuple(where.get(key, ()))) for key in known]
    return tuple(sorted(found, key=lambda one: (one.name.casefold(), one.id)))


def _of(about: str) -> list[dict[str, str]]:
    tickets = json.loads(about or "{}").get("tickets", [])
    return [one for ticket in tickets for one in ticket.get("candidates", [])]


def _different(connection: Connection, column: Column[str], most: int = 1000) -> tuple[str, ...]:
    """The different values of an indexed column in their order, without the empty one.

    Each is the smallest that is greater than the one before, so that the index is asked once a value and never read
    through: https://wiki.postgresql.org/wiki/Loose_indexscan, which serves SQLite too.
    """
    walk = select(func.min(column).label("value"), literal(1).label("place")).where(column > "").cte(recursive=True)
    before = aliased(walk)
    following = select(func.min(column)).where(column > before.c.value).scalar_subquery()
    walk = walk.union_all(
        select(following, before.c.place + 1).where(before.c.value.is_not(None), before.c.place < most)
    )
    return tuple(value for value in connection.execute(select(walk.c.value)).scalars() if value is not None)
