"""What there is no answer for, page by page: files that could not be read, people who could not be assessed.

A file that no later scan has read is still unread, whichever scan that was: whoever scans three folders one after the
other has what is left of all three on one list. A scan that leaves a file out by its name says nothing of it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, literal, or_, select

from casework.queries import MOST_ON_A_PAGE, PAGE, UnusedFile
from casework.runs import FINISHED
from casework.tables import elections, findings, people, runs, seen, uploads
from screening.record import Status

_DIGITS: Final = 18  # no database counts higher


class Later(StrEnum):
    """What scans after the one that could not read a file say of it."""

    NOTHING = ""  # none has met it
    READ = "read"
    UNREAD = "unread"  # none of them could read it either
    MISSED = "missed"  # one of the same folders is finished and has not met it: it lies there no more


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """A file that a scan could not read.

    Attributes:
        path: of the file, or of a folder, with a slash at its end.
        kind: of the error, a value of ``PhotoErrorKind``.
        message: the whole of it, in English.
        run: the scan that could not read it.
        started_at: when that scan began.
        election: its election's name.
        later: what scans after it say.
        later_run: the newest of them; 0 where it is ``Later.NOTHING``.
    """

    path: str
    kind: str
    message: str
    run: int
    started_at: str
    election: str
    later: Later = Later.NOTHING
    later_run: int = 0


@dataclass(frozen=True, slots=True)
class UnreadSum:
    """What became of the files that one scan could not read; the parts add up to ``counted``.

    Attributes:
        run: the scan.
        left: still unread, and on the list of this scan.
        read: read by a later scan.
        again: met by a later scan that could not read them either, and counts them.
        deleted: counted by the scan's summary, and deleted since.
    """

    run: int
    left: int
    read: int = 0
    again: int = 0
    deleted: int = 0

    @property
    def counted(self) -> int:
        """How many its summary has; of a scan without one, how many it wrote down."""
        return self.left + self.read + self.again + self.deleted


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """Some files that could not be read.

    Attributes:
        files: of the newest scan first, in the order of each.
        after: where the next page begins; empty on the last one.
        total: how many there are in all.
        sums: every scan that had some, the newest first; ``left`` of all is what is unread by now.
    """

    files: tuple[UnreadFile, ...]
    after: str
    total: int
    sums: tuple[UnreadSum, ...]


@dataclass(frozen=True, slots=True)
class UnusedPage:
    """Some files of a run, in its order, and how many there are.

    Attributes:
        files: in order.
        after: where the next page begins; -1 on the last one.
        total: people who could not be assessed.
        counted: the same as the run's summary has it; none of a run that ended without one. There are more of them
            than ``total`` where something was deleted since.
    """

    files: tuple[UnusedFile, ...]
    after: int
    total: int
    counted: tuple[int, ...] = ()


def count_unread(connection: Connection) -> int:
    """How many files no scan has read by now."""
    sums, _ = _sums(connection)
    return sum(one.left for one in sums)


def unread_page(connection: Connection, run_id: int = 0, after: str = "", count: int = PAGE) -> UnreadPage:
    """Files that no scan has read since; or all that one scan could not read, with what became of them.

    Args:
        connection: to read.
        run_id: of the scan; 0 for what is unread by now.
        after: of the page before; empty for the first.
        count: how many on a page, 1 to 500.

    Raises:
        ValueError: ``after`` is no such place, or ``count`` is out of range.
    """
    _check(count)
    last_run, last = _place(after)
    sums, opened = _sums(connection)
    asked = [one for one in sums if run_id in (0, one.run)]
    rows: list[Row[Any]] = []
    for one in asked:
        if (after and one.run > last_run) or len(rows) > count or not (run_id or one.left):
            continue
        query = _failed(one.run).order_by(seen.c.position).limit(count + 1 - len(rows))
        if one.run == last_run:
            query = query.where(seen.c.position > last)
        if not run_id:
            query = query.where(_later_status().is_(None), seen.c.upload_id.not_in(list(opened.get(one.run, {}))))
        rows += connection.execute(query).all()
    shown = rows[:count]
    following = f"{shown[-1].run_id}-{shown[-1].position}" if len(rows) > count else ""
    total = sum(one.left + (one.read + one.again if run_id else 0) for one in asked)
    return UnreadPage(_told(connection, shown, opened), following, total, sums)


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
        select(seen.c.position, uploads.c.path, uploads.c.place, uploads.c.photo_id, number.label("people"))
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .where(*read, seen.c.position > after, select(people.c.number).where(*poor).exists())
        .order_by(seen.c.position)
        .limit(count + 1)
    )
    rows = connection.execute(query).all()
    photos = [row.photo_id for row in rows[:count]]
    named = select(findings.c.photo_id, findings.c.id).where(findings.c.photo_id.in_(photos), findings.c.current)
    numbers: dict[int, tuple[int, ...]] = {}
    for photo, finding in connection.execute(named.order_by(findings.c.id)):
        numbers[photo] = (*numbers.get(photo, ()), finding)
    files = tuple(
        UnusedFile(row.path, people=row.people, place=row.place, findings=numbers.get(row.photo_id, ()))
        for row in rows[:count]
    )
    total = connection.execute(select(func.count()).select_from(people).join(seen, poor[0]).where(*read, poor[1]))
    following = rows[count - 1].position if len(rows) > count else -1
    return UnusedPage(files, following, int(total.scalar_one()), _counted(connection, run_id, "cannot_assess"))


def _sums(connection: Connection) -> tuple[tuple[UnreadSum, ...], dict[int, dict[int, int]]]:
    """The sums, and what ``_opened_since`` says."""
    failed = (
        select(seen.c.run_id, seen.c.upload_id, _later_status().label("outcome"))
        .where(seen.c.run_id.in_(select(runs.c.id)), seen.c.status == Status.ERROR.value)  # each run's alone are read
        .cte("failed")
        .prefix_with("MATERIALIZED")  # what later scans say is looked up once a file
    )
    shut = select(uploads.c.id).where(uploads.c.id == failed.c.upload_id, _holds_files()).exists()
    query = select(
        *(failed.c.run_id, failed.c.outcome, func.count()),
        func.sum(case((and_(failed.c.outcome.is_(None), shut), 1), else_=0)),
    ).group_by(failed.c.run_id, failed.c.outcome)
    found: dict[int, dict[str, int]] = {}
    holding = []
    for run, status, number, of_them in connection.execute(query):
        part = "left" if status is None else "again" if status == Status.ERROR.value else "read"
        of_run = found.setdefault(run, {})
        of_run[part] = of_run.get(part, 0) + number
        holding += [run] if of_them else []
    opened = _opened_since(connection, holding)
    for run, files in opened.items():
        found[run]["left"] -= len(files)
        found[run]["read"] = found[run].get("read", 0) + len(files)
    for run, text in connection.execute(select(runs.c.id, runs.c.counts).where(runs.c.counts != "")):
        deleted = int(json.loads(text).get("unreadable", 0)) - sum(found.get(run, {}).values())
        if deleted > 0:
            found.setdefault(run, {})["deleted"] = deleted
    return tuple(UnreadSum(run, **({"left": 0} | parts)) for run, parts in sorted(found.items(), reverse=True)), opened


def _failed(run_id: int) -> Any:
    columns = (seen.c.run_id, seen.c.position, seen.c.upload_id, seen.c.error_kind, seen.c.message, uploads.c.path)
    return (
        select(*columns, runs.c.started_at, runs.c.election_id, elections.c.name)
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .join(runs, runs.c.id == seen.c.run_id)
        .join(elections, elections.c.id == runs.c.election_id)
        .where(seen.c.run_id == run_id, seen.c.status == Status.ERROR.value)
    )


_after: Final = seen.alias("later")


def _later() -> tuple[ColumnElement[bool], ...]:
    """Rows of later scans about the same file."""
    same = _after.c.upload_id == seen.c.upload_id, _after.c.run_id > seen.c.run_id
    return (*same, _after.c.status != Status.SKIPPED.value)


def _later_status() -> Any:
    """What the newest of them says; null where there is none."""
    return select(_after.c.status).where(*_later()).order_by(_after.c.run_id.desc()).limit(1).scalar_subquery()


def _holds_files() -> ColumnElement[bool]:
    """Whether an upload is a folder or an archive."""
    return or_(uploads.c.path.like("%/"), func.lower(uploads.c.path).like("%.zip"))


def _opened_since(connection: Connection, run_ids: Sequence[int]) -> dict[int, dict[int, int]]:
    """By scan: folders and archives it could not open, in which a later scan has met files; with the newest such scan.

    A folder that can be opened has no row of its own, so that no later row says so.
    """
    query = (
        select(seen.c.run_id, seen.c.upload_id, uploads.c.place)
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .where(seen.c.run_id.in_(run_ids), seen.c.status == Status.ERROR.value, _holds_files())
        .where(_later_status().is_(None))
    )
    found: dict[int, dict[int, int]] = {}
    for run, upload, place in connection.execute(query).all():
        inside = select(func.max(seen.c.run_id)).join(uploads, uploads.c.id == seen.c.upload_id)
        newest = connection.execute(inside.where(_below(connection, place), seen.c.run_id > run)).scalar()
        if newest:
            found.setdefault(run, {})[upload] = newest
    return found


def _below(connection: Connection, place: str) -> ColumnElement[bool]:
    """Uploads inside a folder or an archive."""
    inside = place.rstrip("/") + "/"
    if connection.dialect.name == "sqlite":  # it compares by code point, and its index serves
        return and_(uploads.c.place > inside, uploads.c.place < inside[:-1] + chr(ord("/") + 1))
    return and_(func.starts_with(uploads.c.place, literal(inside)), uploads.c.place != inside)


def _told(
    connection: Connection, rows: Sequence[Row[Any]], opened: Mapping[int, Mapping[int, int]]
) -> tuple[UnreadFile, ...]:
    met: dict[int, list[tuple[int, str]]] = {}
    query = select(seen.c.upload_id, seen.c.run_id, seen.c.status).order_by(seen.c.run_id)
    for upload, run, status in connection.execute(query.where(seen.c.upload_id.in_([row.upload_id for row in rows]))):
        met.setdefault(upload, []).append((run, status))
    again = {run: _scanned_again(connection, run) for run in {row.run_id for row in rows}}
    files = []
    for row in rows:
        said = [(run, status) for run, status in met[row.upload_id] if run > row.run_id]
        told = [one for one in said if one[1] != Status.SKIPPED.value]
        missed = [run for run in again[row.run_id] if run not in {run for run, _ in said}]
        later, later_run = Later.NOTHING, 0
        if told:
            later_run, status = told[-1]
            later = Later.UNREAD if status == Status.ERROR.value else Later.READ
        elif newest := opened.get(row.run_id, {}).get(row.upload_id, 0):
            later, later_run = Later.READ, newest
        elif missed:
            later, later_run = Later.MISSED, missed[0]
        of_run = row.run_id, row.started_at, row.name or row.election_id
        files.append(UnreadFile(row.path, row.error_kind, row.message, *of_run, later, later_run))
    return tuple(files)


def _scanned_again(connection: Connection, run_id: int) -> tuple[int, ...]:
    """The newest finished scan of the same folders after this one; none where there is none."""
    roots = select(runs.c.roots).where(runs.c.id == run_id).scalar_subquery()
    after = runs.c.id > run_id, runs.c.state == FINISHED, runs.c.roots == roots, runs.c.roots.not_in(["", "[]"])
    newest = connection.execute(select(func.max(runs.c.id)).where(*after)).scalar()
    return (newest,) if newest else ()


def _place(after: str) -> tuple[int, int]:
    run, _, position = after.partition("-")
    parts = (run, position) if after else ("0", "0")
    if not all(one.isascii() and one.isdecimal() and len(one) <= _DIGITS for one in parts):
        raise ValueError(f"after: expected the end of a page, as 3-120, got {after!r}")
    return int(parts[0]), int(parts[1])


def _check(count: int) -> None:
    if not 1 <= count <= MOST_ON_A_PAGE:
        raise ValueError(f"count: expected 1 to {MOST_ON_A_PAGE}, got {count}")


def _counted(connection: Connection, run_id: int, name: str) -> tuple[int, ...]:
    counts = json.loads(connection.execute(select(runs.c.counts).where(runs.c.id == run_id)).scalar() or "{}")
    return (int(counts[name]),) if name in counts else ()
