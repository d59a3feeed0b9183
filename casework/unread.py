"""What a run has no answer for, page by page: files that could not be read, people who could not be assessed."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from casework.queries import MOST_ON_A_PAGE, PAGE, UnusedFile
from casework.tables import people, runs, seen, uploads
from screening.record import Status


@dataclass(frozen=True, slots=True)
class UnusedPage:
    """Some files of a run, in its order, and how many there are.

    Attributes:
        files: in order.
        after: where the next page begins; -1 on the last one.
        total: files that could not be read, or people who could not be assessed.
        counted: the same as the run's summary has it; none of a run that ended without one. There are more of them
            than ``total`` where something was deleted since.
    """

    files: tuple[UnusedFile, ...]
    after: int
    total: int
    counted: tuple[int, ...] = ()


def unreadable_page(connection: Connection, run_id: int, after: int = -1, count: int = PAGE) -> UnusedPage:
    """Files of a run that could not be read.

    Args:
        connection: to read.
        run_id: of the run.
        after: the last place of the page before; -1 for the first.
        count: how many on a page, 1 to 500.

    Raises:
        ValueError: ``count`` is out of range.
    """
    _check(count)
    failed = seen.c.run_id == run_id, seen.c.status == Status.ERROR.value
    query = (
        select(seen.c.position, uploads.c.path, seen.c.error_kind, seen.c.message)
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .where(*failed, seen.c.position > after)
        .order_by(seen.c.position)
        .limit(count + 1)
    )
    rows = connection.execute(query).all()
    files = tuple(UnusedFile(row.path, row.error_kind, row.message) for row in rows[:count])
    total = connection.execute(select(func.count()).select_from(seen).where(*failed)).scalar_one()
    following = rows[count - 1].position if len(rows) > count else -1
    return UnusedPage(files, following, int(total), _counted(connection, run_id, "unreadable"))


def not_assessed_page(connection: Connection, run_id: int, after: int = -1, count: int = PAGE) -> UnusedPage:
    """Photos of a run with people whose faces are too poor to be compared with anybody; ``total`` counts the people.

    Args:
        connection: to read.
        run_id: of the run.
        after: the last place of the page before; -1 for the first.
        count: how many on a page, 1 to 500.

    Raises:
        ValueError: ``count`` is out of range.
    """
    _check(count)
    read = seen.c.run_id == run_id, seen.c.status == Status.OK.value
    poor = people.c.evaluation_id == seen.c.evaluation_id, people.c.assessable.is_(False)
    number = select(func.count()).select_from(people).where(*poor).scalar_subquery()
    query = (
        select(seen.c.position, uploads.c.path, number.label("people"))
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .where(*read, seen.c.position > after, select(people.c.number).where(*poor).exists())
        .order_by(seen.c.position)
        .limit(count + 1)
    )
    rows = connection.execute(query).all()
    files = tuple(UnusedFile(row.path, people=row.people) for row in rows[:count])
    total = connection.execute(select(func.count()).select_from(people).join(seen, poor[0]).where(*read, poor[1]))
    following = rows[count - 1].position if len(rows) > count else -1
    return UnusedPage(files, following, int(total.scalar_one()), _counted(connection, run_id, "cannot_assess"))


def _check(count: int) -> None:
    if not 1 <= count <= MOST_ON_A_PAGE:
        raise ValueError(f"count: expected 1 to {MOST_ON_A_PAGE}, got {count}")


def _counted(connection: Connection, run_id: int, name: str) -> tuple[int, ...]:
    counts = json.loads(connection.execute(select(runs.c.counts).where(runs.c.id == run_id)).scalar() or "{}")
    return (int(counts[name]),) if name in counts else ()
