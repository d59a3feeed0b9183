"""Which finding stands for the others about copies of one photo, so that people look once.

Of the findings about one group of copies, for the same election, ticket and panel, the strongest that the latest
evaluation makes stands for the others; of equally strong ones one that was decided, then the one that was there first.
Three are never put inside another: a finding that somebody decided, which would vanish with its decision; one about a
copy that shows something else somewhere, such as a retouched hand, for which nothing said of another copy holds; and
one that the latest evaluation no longer makes. What stands for others stands inside none, so there are no circles.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, select, update

from casework.tables import findings, photos

_AT_ONCE: Final = 500
"""Values a query; SQLite may refuse more than 999."""


def keep_representatives(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Choose again for the findings about some photos and about their copies.

    To be called after findings of these photos were written or deleted, or their groups of copies changed.

    Args:
        connection: may write.
        photo_ids: of the photos.
    """
    groups: set[int] = set()
    alone: set[int] = set()
    for part in _parts(sorted(set(photo_ids))):
        for row in connection.execute(select(photos.c.id, photos.c.copy_group).where(photos.c.id.in_(part))):
            if row.copy_group is None:
                alone.add(row.id)
            else:
                groups.add(row.copy_group)
    for part in _parts(sorted(groups)):
        _choose(connection, _rows().where(photos.c.copy_group.in_(part)))
    for part in _parts(sorted(alone)):
        connection.execute(
            update(findings).where(findings.c.photo_id.in_(part), findings.c.copy_of.is_not(None)).values(copy_of=None)
        )


def keep_all_representatives(connection: Connection) -> None:
    """Choose again for every finding: the groups of copies were made anew.

    Args:
        connection: may write.
    """
    _choose(connection, _rows().where(photos.c.copy_group.is_not(None)))
    grouped = select(photos.c.id).where(photos.c.copy_group.is_not(None))
    connection.execute(
        update(findings)
        .where(findings.c.copy_of.is_not(None), findings.c.photo_id.not_in(grouped))
        .values(copy_of=None)
    )


def photos_inside(connection: Connection, finding_ids: Sequence[int]) -> tuple[int, ...]:
    """The photos of findings that stand inside some others: ask before these are deleted, and choose again after.

    Args:
        connection: may read.
        finding_ids: of those that go.
    """
    found: set[int] = set()
    for part in _parts(sorted(set(finding_ids))):
        found |= set(connection.execute(select(findings.c.photo_id).where(findings.c.copy_of.in_(part))).scalars())
    return tuple(sorted(found))


def _rows() -> Any:
    columns = "id", "election_id", "ticket", "panel", "strength_rank", "current", "first_reviewer", "state", "copy_of"
    return select(*(findings.c[name] for name in columns), photos.c.copy_group, photos.c.copy_differs).join(
        photos, photos.c.id == findings.c.photo_id
    )


def _choose(connection: Connection, query: Any) -> None:
    together: dict[tuple[int, str, int, int], list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(query):
        together[row.copy_group, row.election_id, row.ticket, row.panel].append(row)
    inside: dict[int | None, list[int]] = defaultdict(list)
    for rows in together.values():
        current = sorted((row for row in rows if row.current and not row.copy_differs), key=_order)
        wanted = {row.id: current[0].id for row in current[1:] if not _is_decided(row)}
        for row in rows:
            if row.copy_of != wanted.get(row.id):
                inside[wanted.get(row.id)].append(row.id)
    for representative, ids in inside.items():
        for part in _parts(sorted(ids)):
            connection.execute(update(findings).where(findings.c.id.in_(part)).values(copy_of=representative))


def _order(row: Row[Any]) -> tuple[int, bool, int]:
    return row.strength_rank, not _is_decided(row), row.id


def _is_decided(row: Row[Any]) -> bool:
    return bool(row.first_reviewer) or row.state != "suggested"


def _parts(items: Sequence[int]) -> list[Sequence[int]]:
    return [items[at : at + _AT_ONCE] for at in range(0, len(items), _AT_ONCE)]
