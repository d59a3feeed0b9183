"""Lists for people: findings with filters, page by page; what could not be read or assessed; the runs.

A page begins after the last finding of the one before, by strength and number, so that the hundredth page costs what
the first does and nothing is shown twice when a scan adds findings meanwhile.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from casework.tables import findings, people, runs, seen, uploads

PAGE: Final = 50
MOST_ON_A_PAGE: Final = 500
_DIGITS: Final = 18  # no database counts higher


@dataclass(frozen=True, slots=True)
class Filter:
    """Which findings; what is empty does not filter.

    Attributes:
        election, strength, candidate, symbol, category, state: exactly this.
        uploader, agency: of some upload of the photo.
        posted_from, posted_to: days, ``YYYY-MM-DD``, both included.
        current: those that the latest evaluation makes; else all there ever were.
        changed: only those that say something else than when they were decided.
    """

    election: str = ""
    strength: str = ""
    candidate: str = ""
    symbol: str = ""
    category: str = ""
    state: str = ""
    uploader: str = ""
    agency: str = ""
    posted_from: str = ""
    posted_to: str = ""
    current: bool = True
    changed: bool = False


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding on a list.

    Attributes:
        id, strength, category, candidate, ticket, symbol, state, posted_on, current, changed: as in the table.
        rank: of the strength, 0 for strong.
        path, uploader_id, agency: of the upload that was met first.
        uploads: how many files hold this photo.
    """

    id: int
    rank: int
    strength: str
    category: str
    candidate: str
    ticket: int
    symbol: str
    state: str
    posted_on: str
    current: bool
    changed: bool
    path: str
    uploader_id: str
    agency: str
    uploads: int

    @property
    def place(self) -> str:
        """Where the next page begins, for ``after``."""
        return f"{self.rank}-{self.id}"


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Some findings, the strongest first, and what there is of them in all.

    Attributes:
        findings: in order.
        after: where the next page begins; empty on the last one.
        by_strength, by_state: how many of each fit the filter; both add up to ``total``.
        total: how many fit.
    """

    findings: tuple[ListedFinding, ...]
    after: str
    by_strength: Mapping[str, int]
    by_state: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class UnusedFile:
    """A file that a run has no result for, or people it cannot say anything about.

    Attributes:
        path: of the file.
        kind: of the error, or empty.
        message: why; empty for people who could not be assessed.
        people: how many of them could not be assessed.
        place: where the file lies in full, of people who could not be assessed.
        findings: numbers of those on this photo, likewise.
    """

    path: str
    kind: str = ""
    message: str = ""
    people: int = 0
    place: str = ""
    findings: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedRun:
    """A run.

    Attributes:
        id, election, started_at, finished_at, state, operator: as in the table.
        roots: the paths as named.
        counts: as the summary has them; empty of one that did not finish.
    """

    id: int
    election: str
    started_at: str
    finished_at: str
    state: str
    operator: str
    roots: tuple[str, ...] = ()
    counts: Mapping[str, Any] = field(default_factory=dict)


def list_findings(connection: Connection, wanted: Filter, after: str = "", count: int = PAGE) -> FindingPage:
    """One page of findings.

    Args:
        connection: to read.
        wanted: which.
        after: of the page before; empty for the first.
        count: how many on a page, 1 to 500.

    Raises:
        ValueError: ``after`` is no such place, or ``count`` is out of range.
    """
    if not 1 <= count <= MOST_ON_A_PAGE:
        raise ValueError(f"count: expected 1 to {MOST_ON_A_PAGE}, got {count}")
    which = condition_of(wanted)
    order = findings.c.strength_rank, findings.c.id
    query = select(findings.c.id).where(which).order_by(*order).limit(count + 1)
    if after:
        rank, number = place_of(after)
        later = or_(findings.c.strength_rank > rank, and_(findings.c.strength_rank == rank, findings.c.id > number))
        query = query.where(later)
    numbers = connection.execute(query).scalars().all()  # then the rows, which are wide, of one page alone
    rows = connection.execute(select(findings).where(findings.c.id.in_(numbers)).order_by(*order)).all()
    listed = _listed(connection, rows[:count])
    counted = connection.execute(
        select(findings.c.strength, findings.c.state, func.count())
        .where(which)
        .group_by(findings.c.strength, findings.c.state)
    ).all()
    by_strength: dict[str, int] = {}
    by_state: dict[str, int] = {}
    for strength, state, number in counted:
        by_strength[strength] = by_strength.get(strength, 0) + number
        by_state[state] = by_state.get(state, 0) + number
    last = listed[-1].place if len(rows) > count else ""
    return FindingPage(listed, last, by_strength, by_state, sum(by_state.values()))


def condition_of(wanted: Filter) -> ColumnElement[bool]:
    """What rows of ``findings`` must be to fit a filter."""
    exact = {
        findings.c.election_id: wanted.election,
        findings.c.strength: wanted.strength,
        findings.c.candidate: wanted.candidate,
        findings.c.symbol: wanted.symbol,
        findings.c.category: wanted.category,
        findings.c.state: wanted.state,
    }
    said = [column == value for column, value in exact.items() if value]
    if wanted.current:
        said.append(findings.c.current)
    if wanted.changed:
        said.append(findings.c.changed)
    if wanted.posted_from:
        said.append(findings.c.posted_on >= wanted.posted_from)
    if wanted.posted_to:
        said.append(and_(findings.c.posted_on <= wanted.posted_to, findings.c.posted_on != ""))
    whose = {uploads.c.uploader_id: wanted.uploader, uploads.c.agency: wanted.agency}
    of_upload = [column == value for column, value in whose.items() if value]
    if of_upload:
        said.append(findings.c.photo_id.in_(select(uploads.c.photo_id).where(*of_upload)))
    return and_(True, *said)


def place_of(after: str) -> tuple[int, int]:
    """Rank and number of the finding that a page begins after.

    Raises:
        ValueError: it is no such place.
    """
    rank, dash, number = after.partition("-")
    digits = rank.isascii() and rank.isdecimal() and number.isascii() and number.isdecimal()
    if not (dash and digits and len(rank) <= _DIGITS and len(number) <= _DIGITS):
        raise ValueError(f"after: expected the end of a page, as 0-123, got {after!r}")
    return int(rank), int(number)


def _listed(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[ListedFinding, ...]:
    photos = sorted({row.photo_id for row in rows})
    query = (
        select(uploads.c.photo_id, uploads.c.path, uploads.c.uploader_id, uploads.c.agency)
        .where(uploads.c.photo_id.in_(photos))
        .order_by(uploads.c.id.desc())
    )
    first: dict[int, Any] = {}
    held: dict[int, int] = {}
    for upload in connection.execute(query):
        first[upload.photo_id] = upload
        held[upload.photo_id] = held.get(upload.photo_id, 0) + 1
    found = []
    for row in rows:
        one = first.get(row.photo_id)
        found.append(
            ListedFinding(
                row.id,
                row.strength_rank,
                row.strength,
                row.category,
                row.candidate,
                row.ticket,
                row.symbol,
                row.state,
                row.posted_on,
                bool(row.current),
                bool(row.changed),
                one.path if one else "",
                one.uploader_id if one else "",
                one.agency if one else "",
                held.get(row.photo_id, 0),
            )
        )
    return tuple(found)


def unreadable(connection: Connection, run_id: int) -> tuple[UnusedFile, ...]:
    """Files of a run that could not be read, in its order."""
    query = (
        select(uploads.c.path, seen.c.error_kind, seen.c.message)
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .where(seen.c.run_id == run_id, seen.c.status == "error")
        .order_by(seen.c.position)
    )
    return tuple(UnusedFile(row.path, row.error_kind, row.message) for row in connection.execute(query))


def cannot_assess(connection: Connection, run_id: int) -> tuple[UnusedFile, ...]:
    """Photos of a run with people whose faces are too poor to be compared, in its order."""
    poor = (
        select(people.c.evaluation_id, func.count().label("count"))
        .where(people.c.assessable.is_(False))
        .group_by(people.c.evaluation_id)
        .subquery()
    )
    query = (
        select(uploads.c.path, poor.c.count)
        .select_from(seen)
        .join(uploads, uploads.c.id == seen.c.upload_id)
        .join(poor, poor.c.evaluation_id == seen.c.evaluation_id)
        .where(seen.c.run_id == run_id, seen.c.status == "ok")
        .order_by(seen.c.position)
    )
    return tuple(UnusedFile(path, people=count) for path, count in connection.execute(query))


def list_runs(connection: Connection) -> tuple[ListedRun, ...]:
    """Every run, the latest first."""
    query = select(runs).order_by(runs.c.id.desc())
    return tuple(
        ListedRun(
            row.id,
            row.election_id,
            row.started_at,
            row.finished_at,
            row.state,
            row.operator,
            tuple(json.loads(row.roots or "[]")),
            json.loads(row.counts or "{}"),
        )
        for row in connection.execute(query)
    )
