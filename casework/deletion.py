"""Deletes what a plan names, and leaves a proof: which rows went, with hashes, in the audit log.

A proof names no path and no person: photos by the hash of their content, rows of a table by their count and one hash
over them (canonical JSON, in the order of their keys), so that whoever has an export or a backup can show that this is
what was deleted. What was counted before stays explained: decisions by what they said, files by run and status.

What is deleted is overwritten in the file (SQLite's ``secure_delete``), the journal is emptied and the file written
anew. What a disk keeps besides that (SSD, snapshots, backups) is beyond a program; the handbook says so.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, update

from casework.access import Log, case_subject, forget_key
from casework.case_file import CaseError, CaseState, Refusal
from casework.database import WAIT_S, Database
from casework.kept_notes import KeptNote, redact_notes
from casework.queue_options import candidate_names
from casework.redaction import Redaction
from casework.representatives import keep_representatives, photos_inside
from casework.retention import Plan, chunks, still_needed
from casework.scan_lock import ScanLock
from casework.tables import (
    case_findings,
    cases,
    decisions,
    evaluations,
    findings,
    hands,
    looks,
    marks,
    people,
    photos,
    readings,
    runs,
    seen,
    sightings,
    uploads,
)

DELETED: Final = "retention.delete"
"""The action of the audit log's entries that prove a deletion."""

PURGED: Final = "retention.purge"
TAKEN_BACK: Final = "undone"
REDACTED: Final = "[dihapus]"
"""Stands where a path or a name stood in what has to stay, such as a run's settings."""

_OF_A_CASE: Final = ("title", "purpose", "form_a")
"""Free texts of a case, which may name people. Number, duties and days stay: they account for what was done."""


@dataclass(frozen=True, slots=True)
class Rows:
    """What was deleted of one table.

    Attributes:
        count: how many rows.
        sha256: over the rows, ``sha256:`` and hex digits.
    """

    count: int
    sha256: str

    def to_dict(self) -> dict[str, Any]:
        """For the audit log."""
        return {"count": self.count, "sha256": self.sha256}


@dataclass(frozen=True, slots=True)
class Purge:
    """Whether the file was written anew without what was deleted.

    Attributes:
        done: it was.
        why: why not, else empty.
    """

    done: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Deletion:
    """What was deleted.

    Attributes:
        rows: by table.
        photos: hashes of the photos' content.
        decisions: how many of which kind.
        purge: whether the file was written anew.
        notes: every note about photos that stay without the upload that went; a program does not find everything that
            tells who somebody is, so people read them.
    """

    rows: Mapping[str, Rows]
    photos: tuple[str, ...]
    decisions: Mapping[str, int]
    purge: Purge
    notes: tuple[KeptNote, ...] = ()


def delete_planned(
    database: Database, plan: Plan, log_of: Callable[[Connection], Log], actor: str, reason: str, today: date
) -> Deletion:
    """Delete what a plan names; photos in parts, each with its proof in the same transaction.

    Args:
        database: where.
        plan: made just now.
        log_of: the audit log of a transaction.
        actor: who asked for it.
        reason: why.
        today: the office's day.

    Raises:
        CaseError: a case needs something of the plan since it was made; what was deleted before that stays proven.
        DatabaseError: a scan is writing into the database, or it cannot be written.
    """
    done: list[_Part] = []
    lock = ScanLock(database.name)
    with database.begin() as connection:
        lock.take(connection)
    try:
        for part, last in _parts(plan.photos):
            with database.begin() as connection:
                lock.renew(connection)
                if needed := still_needed(connection, part, plan.cases, today):
                    raise CaseError(Refusal.NEEDED_SINCE, number=needed[0].number)
                of = _delete(connection, part, plan.uploads if last else (), plan.cases if last else ())
                log_of(connection).append(actor, DELETED, plan.subject, reason, of.to_dict())
            done.append(of)
    finally:
        with database.begin() as connection:
            lock.leave(connection)
    purge = purge_file(database)
    with database.begin() as connection:
        log_of(connection).append(actor, PURGED, plan.subject, purge.why, {"done": purge.done})
    return _together(done, purge)


def _parts(photo_ids: Sequence[int]) -> list[tuple[Sequence[int], bool]]:
    """The photos in parts, each with whether it is the last; one empty part where there are none."""
    parts = list(chunks(photo_ids)) or [()]
    return [(part, number == len(parts)) for number, part in enumerate(parts, 1)]


@dataclass(frozen=True, slots=True)
class _Part:
    rows: Mapping[str, Rows]
    photos: tuple[str, ...]
    cases: tuple[str, ...]
    decisions: Mapping[str, int]
    seen: Mapping[str, Mapping[str, int]]
    redacted: int
    notes: tuple[KeptNote, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "cases": list(self.cases),
            "photos": list(self.photos),
            "rows": {name: rows.to_dict() for name, rows in self.rows.items()},
            "decisions": dict(self.decisions),
            "seen": {run: dict(counts) for run, counts in self.seen.items()},
            "redacted": self.redacted,
        }


def _delete(
    connection: Connection, photo_ids: Sequence[int], upload_ids: Sequence[int], numbers: Sequence[str]
) -> _Part:
    ids = _Ids(connection, photo_ids, upload_ids, numbers)
    where: list[tuple[Table, ColumnElement[bool]]] = [
        (people, people.c.evaluation_id.in_(ids.evaluations)),
        (hands, hands.c.evaluation_id.in_(ids.evaluations)),
        (sightings, sightings.c.evaluation_id.in_(ids.evaluations)),
        (decisions, decisions.c.finding_id.in_(ids.findings)),
        (looks, looks.c.finding_id.in_(ids.findings)),
        (marks, marks.c.photo_id.in_(photo_ids) | marks.c.finding_id.in_(ids.findings)),
        (case_findings, case_findings.c.finding_id.in_(ids.findings) | case_findings.c.case_id.in_(ids.cases)),
        (findings, findings.c.id.in_(ids.findings)),
        (seen, seen.c.upload_id.in_(ids.uploads)),
        (evaluations, evaluations.c.id.in_(ids.evaluations)),
        (readings, readings.c.photo_id.in_(photo_ids)),
        (uploads, uploads.c.id.in_(ids.uploads)),
        (photos, photos.c.id.in_(photo_ids)),
    ]
    decided = _decided(connection, ids.findings)
    hashes = select(photos.c.sha256).where(photos.c.id.in_(photo_ids)).order_by(photos.c.id)
    contents = tuple(connection.execute(hashes).scalars())
    by_run = _seen_by_run(connection, ids.uploads)
    redacted, notes = _redact(connection, ids, set(photo_ids))
    inside = set(photos_inside(connection, ids.findings)) - set(photo_ids)
    _leave_copies_together(connection, photo_ids)
    # A file whose content changed is the same upload with another photo: its earlier rows stay, without the evaluation.
    earlier = (seen.c.evaluation_id.in_(ids.evaluations), seen.c.upload_id.not_in(ids.uploads))
    connection.execute(update(seen).where(*earlier).values(evaluation_id=None))
    rows = {}
    for table, condition in where:
        rows[table.name] = _hashed(connection, table, condition)
        connection.execute(delete(table).where(condition))
    keep_representatives(connection, sorted(inside))
    if ids.cases:
        rows[cases.name] = _hashed(connection, cases, cases.c.id.in_(ids.cases))
        blank = dict.fromkeys(_OF_A_CASE, "") | {"state": CaseState.DELETED.value}
        connection.execute(update(cases).where(cases.c.id.in_(ids.cases)).values(blank))
        for number in numbers:
            forget_key(connection, case_subject(number))
    return _Part(
        {name: of for name, of in rows.items() if of.count},
        contents,
        tuple(numbers),
        decided,
        by_run,
        redacted,
        notes,
    )


class _Ids:
    """The keys of everything that hangs on the photos, uploads and cases that go."""

    def __init__(
        self, connection: Connection, photo_ids: Sequence[int], upload_ids: Sequence[int], numbers: Sequence[str]
    ) -> None:
        def of(column: Any, condition: ColumnElement[bool]) -> list[Any]:
            return list(connection.execute(select(column).where(condition).distinct().order_by(column)).scalars())

        self.evaluations = of(evaluations.c.id, evaluations.c.photo_id.in_(photo_ids))
        self.findings = of(findings.c.id, findings.c.photo_id.in_(photo_ids))
        self.uploads = of(uploads.c.id, uploads.c.photo_id.in_(photo_ids) | uploads.c.id.in_(upload_ids))
        self.cases = of(cases.c.id, cases.c.number.in_(numbers))
        self.runs = of(seen.c.run_id, seen.c.upload_id.in_(self.uploads))


def _decided(connection: Connection, finding_ids: Sequence[int]) -> dict[str, int]:
    """How often what was decided; rows that take a decision back count as ``undone``."""
    query = select(decisions).where(decisions.c.finding_id.in_(finding_ids))
    said = (TAKEN_BACK if row.undoes is not None else str(row.decision) for row in connection.execute(query))
    return dict(sorted(Counter(said).items()))


def _seen_by_run(connection: Connection, upload_ids: Sequence[int]) -> dict[str, dict[str, int]]:
    query = select(seen.c.run_id, seen.c.status, func.count()).where(seen.c.upload_id.in_(upload_ids))
    counts: dict[str, dict[str, int]] = {}
    for run, status, count in connection.execute(query.group_by(seen.c.run_id, seen.c.status)):
        counts.setdefault(str(run), {})[status] = count
    return counts


def _hashed(connection: Connection, table: Table, condition: ColumnElement[bool]) -> Rows:
    digest, count = hashlib.sha256(), 0
    query = select(table).where(condition).order_by(*table.primary_key.columns)
    for row in connection.execute(query).mappings():
        plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
        digest.update(json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n")
        count += 1
    return Rows(count, f"sha256:{digest.hexdigest()}")


def _leave_copies_together(connection: Connection, photo_ids: Sequence[int]) -> None:
    """Groups of copies whose representative goes get another one; a photo that is left alone is in no group."""
    going = set(photo_ids)
    groups = connection.execute(
        select(photos.c.copy_group).where(photos.c.id.in_(photo_ids), photos.c.copy_group.is_not(None)).distinct()
    ).scalars()
    for group in {*groups, *photo_ids}:
        members = connection.execute(select(photos.c.id).where(photos.c.copy_group == group).order_by(photos.c.id))
        left = [one for one in members.scalars() if one not in going]
        if not left or (group not in going and len(left) > 1):
            continue
        values = {"copy_group": left[0]} if len(left) > 1 else {"copy_group": None, "copy_relation": ""}
        connection.execute(update(photos).where(photos.c.id.in_(left)).values(values))


def _redact(connection: Connection, ids: _Ids, going: Collection[int]) -> tuple[int, tuple[KeptNote, ...]]:
    """Take paths, names and posts of the uploads that go out of the rows that stay.

    A run names the paths it was given. A photo that others uploaded too stays with its evaluations and findings, and
    these may be told with a path or a name of the upload that goes; notes about it may name whoever uploaded it.

    Returns:
        How many rows were changed, and the notes about such photos.
    """
    gone = list(connection.execute(select(uploads).where(uploads.c.id.in_(ids.uploads))))
    shared = {row.photo_id for row in gone if row.photo_id is not None and row.photo_id not in going}
    theirs = uploads.c.photo_id.in_(shared) & uploads.c.id.not_in(ids.uploads)
    stays = list(connection.execute(select(uploads).where(theirs)))
    words = Redaction(gone, stays, REDACTED)
    candidates = candidate_names(connection).values()
    notes = redact_notes(connection, shared, Redaction(gone, stays, REDACTED, candidates, notes=True))
    kept = list(connection.execute(select(findings.c.id).where(findings.c.photo_id.in_(shared))).scalars())
    changed = (
        _redact_rows(connection, runs, runs.c.id.in_(ids.runs), "roots", words)
        + _redact_rows(connection, evaluations, evaluations.c.photo_id.in_(shared), "record", words)
        + _redact_rows(connection, findings, findings.c.id.in_(kept), "detail", words)
        + _redact_rows(connection, decisions, decisions.c.finding_id.in_(kept), "snapshot", words)
        + sum(note.redacted for note in notes)
    )
    return changed, notes


def _redact_rows(
    connection: Connection, table: Table, condition: ColumnElement[bool], column: str, words: Redaction
) -> int:
    changed = 0
    for row in connection.execute(select(table).where(condition)).all():
        text = getattr(row, column)
        if (left := words.json(text)) != text:
            connection.execute(update(table).where(table.c.id == row.id).values({column: left}))
            changed += 1
    return changed


def purge_file(database: Database, wait_s: float = WAIT_S) -> Purge:
    """Write a database file anew, so that nothing of what was deleted is left in it or in its journal."""
    if not database.files:
        return Purge(False, "PostgreSQL: the server overwrites freed space by itself; its backups and logs are its own")
    connection = sqlite3.connect(database.files[0], isolation_level=None, timeout=wait_s)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("VACUUM")
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        return Purge(
            False, f"the file could not be written anew ({error}); make room, or end other programs, and purge"
        )
    finally:
        connection.close()
    return Purge(False, "another program is reading, so that the journal stays for now") if busy else Purge(True)


def _together(parts: Sequence[_Part], purge: Purge) -> Deletion:
    names = {name: None for part in parts for name in part.rows}
    rows = {}
    for name in names:
        of = [part.rows[name] for part in parts if name in part.rows]
        one = of[0].sha256 if len(of) == 1 else ""
        rows[name] = Rows(sum(each.count for each in of), one)
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part.decisions)
    contents = tuple(sha for part in parts for sha in part.photos)
    return Deletion(rows, contents, dict(total), purge, tuple(note for part in parts for note in part.notes))
