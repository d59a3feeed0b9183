"""The one door through which an export reads the database: everything in one view of one moment."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, and_, distinct, func, or_, select

from casework import tables
from casework.access import case_subject, finding_subject, photo_subject
from casework.audit import AuditLog, hash_text
from casework.cases import case_of
from casework.export import refusals
from casework.export.dossier import (
    CandidateName,
    CustodyRow,
    Decision,
    Dossier,
    ElectionRow,
    ExportError,
    FindingRow,
    MarkRow,
    PhotoRow,
    RunRow,
    Scope,
    Searched,
    UploadRow,
)
from netra.both import Both
from screening.upload_facts import UploadFacts

RUN_PREFIX: Final = "run-"
_AT_ONCE: Final = 500
"""So many values go into one IN (...): SQLite takes 999 of them at least."""


def read_dossier(connection: Connection, wanted: str) -> Dossier:
    """Read a case or a run.

    Args:
        connection: a view of one moment.
        wanted: the number of a case as the office calls it; or ``run-7``, or ``7`` where no case is called so.

    Raises:
        ExportError: there is no such case or run, or nothing of it is left.
    """
    row = connection.execute(select(tables.cases).where(tables.cases.c.number == wanted)).first()
    if row is not None:
        return _case(connection, row)
    number = wanted.removeprefix(RUN_PREFIX)
    if number.isdecimal() and len(number) < 18:
        run = connection.execute(select(tables.runs).where(tables.runs.c.id == int(number))).first()
        if run is not None:
            return _run(connection, run)
    raise ExportError(_unknown(connection, wanted))


def read_photo(connection: Connection, sha256: str) -> tuple[PhotoRow, ...]:
    """A photo by its content, with every file that held it; none where the database knows no such photo."""
    ids = connection.execute(select(tables.photos.c.id).where(tables.photos.c.sha256 == sha256)).scalars()
    return _photos(connection, list(ids))


def _unknown(connection: Connection, wanted: str) -> Both:
    """What there is instead."""
    numbers = connection.execute(select(tables.cases.c.number).order_by(tables.cases.c.id.desc()).limit(10)).scalars()
    runs = connection.execute(select(tables.runs.c.id).order_by(tables.runs.c.id.desc()).limit(10)).scalars()
    known = [*map(str, numbers), *(f"{RUN_PREFIX}{run}" for run in runs)]
    return refusals.UNKNOWN.filled(wanted=wanted, known=", ".join(known) or refusals.NONE_SO_FAR)


def _case(connection: Connection, row: Row[Any]) -> Dossier:
    case = case_of(connection, row)
    if case.state.value == "deleted":
        raise ExportError(refusals.DELETED.filled(number=case.number))
    found = _in_parts(tables.findings.c.id, case.findings, select(tables.findings))
    rows = [each for part in found for each in connection.execute(part)]
    return _dossier(connection, Scope.CASE, case.number, case.election_id, rows, [case_subject(case.number)], (case,))


def _run(connection: Connection, run: Row[Any]) -> Dossier:
    met = (
        select(tables.uploads.c.photo_id)
        .join(tables.seen, tables.seen.c.upload_id == tables.uploads.c.id)
        .where(tables.seen.c.run_id == run.id)
    )
    where = and_(
        tables.findings.c.election_id == run.election_id,
        or_(
            tables.findings.c.first_run_id == run.id,
            tables.findings.c.last_run_id == run.id,
            and_(tables.findings.c.current, tables.findings.c.photo_id.in_(met)),
        ),
    )
    rows = list(connection.execute(select(tables.findings).where(where)))
    name = f"{RUN_PREFIX}{run.id}"
    return _dossier(connection, Scope.RUN, name, run.election_id, rows, [f"run:{run.id}"], (), (run.id,))


def _dossier(
    connection: Connection,
    scope: Scope,
    number: str,
    election_id: str,
    rows: Sequence[Row[Any]],
    subjects: Sequence[str],
    case: tuple[Any, ...],
    run_ids: tuple[int, ...] = (),
) -> Dossier:
    rows = sorted(rows, key=lambda row: row.id)
    photo_ids = list(dict.fromkeys(row.photo_id for row in rows))
    photos = _photos(connection, photo_ids)
    hashes = {photo.number: photo.sha256 for photo in photos}
    findings = _findings(connection, rows, hashes)
    runs = _runs(connection, sorted({*run_ids, *(one.run for one in findings)}))
    about = {
        *subjects,
        *(finding_subject(one.number) for one in findings),
        *(photo_subject(one.sha256) for one in photos),
        *(f"run:{run.number}" for run in runs),
    }
    log = AuditLog(connection)
    return Dossier(
        scope=scope,
        number=number,
        election=_election(connection, election_id),
        runs=runs,
        photos=photos,
        findings=findings,
        case=case,
        copies=_copies(connection, photos),
        marks=_marks(connection, photos),
        custody=tuple(_custody(connection, about)),
        log_size=log.size(),
        log_root=hash_text(log.root()),
    )


def _in_parts(column: Any, values: Sequence[Any], query: Select[Any]) -> Iterable[Select[Any]]:
    for start in range(0, len(values), _AT_ONCE):
        yield query.where(column.in_(values[start : start + _AT_ONCE]))


def _json(text: str) -> Any:
    return json.loads(text) if text else {}


def _photos(connection: Connection, photo_ids: Sequence[int]) -> tuple[PhotoRow, ...]:
    """In the order of the ids."""
    uploads: dict[int, list[UploadRow]] = defaultdict(list)
    joined = select(tables.uploads, tables.photos.c.sha256).join(
        tables.photos, tables.photos.c.id == tables.uploads.c.photo_id
    )
    for query in _in_parts(tables.uploads.c.photo_id, photo_ids, joined.order_by(tables.uploads.c.id)):
        for row in connection.execute(query):
            uploads[row.photo_id].append(_upload(row))
    found: dict[int, PhotoRow] = {}
    for query in _in_parts(tables.photos.c.id, photo_ids, select(tables.photos)):
        for row in connection.execute(query):
            found[row.id] = PhotoRow(
                row.id,
                row.sha256,
                row.size_bytes,
                row.width,
                row.height,
                tuple(uploads[row.id]),
                row.copy_group or 0,
                row.copy_relation,
                _json(row.exif),
            )
    return tuple(found[number] for number in photo_ids)


def _upload(row: Row[Any]) -> UploadRow:
    facts = UploadFacts.from_dict(_json(row.facts))
    return UploadRow(row.id, row.place, row.path, row.sha256, row.size_bytes, row.mtime_ns, facts, bool(row.gone))


def _copies(connection: Connection, photos: Sequence[PhotoRow]) -> tuple[PhotoRow, ...]:
    groups = sorted({photo.copy_group for photo in photos if photo.copy_group})
    inside = {photo.number for photo in photos}
    ids = [
        number
        for query in _in_parts(tables.photos.c.copy_group, groups, select(tables.photos.c.id))
        for number in connection.execute(query).scalars()
        if number not in inside
    ]
    return _photos(connection, sorted(ids))


def _findings(connection: Connection, rows: Sequence[Row[Any]], hashes: Mapping[int, str]) -> tuple[FindingRow, ...]:
    decisions: dict[int, list[Decision]] = defaultdict(list)
    query = select(tables.decisions).order_by(tables.decisions.c.id)
    for part in _in_parts(tables.decisions.c.finding_id, [row.id for row in rows], query):
        for row in connection.execute(part):
            decisions[row.finding_id].append(
                Decision(
                    row.id,
                    row.finding_id,
                    row.reviewer,
                    row.decided_at,
                    row.round,
                    row.decision,
                    row.reason_code,
                    row.note,
                    row.undoes or 0,
                    _json(row.snapshot),
                )
            )
    records: dict[int, tuple[str, int]] = {}
    wanted = sorted({row.evaluation_id for row in rows})
    columns = select(tables.evaluations.c.id, tables.evaluations.c.record, tables.evaluations.c.run_id)
    for part in _in_parts(tables.evaluations.c.id, wanted, columns):
        records |= {row.id: (row.record, row.run_id) for row in connection.execute(part)}
    return tuple(
        FindingRow(
            row.id,
            hashes[row.photo_id],
            row.ticket,
            row.category,
            row.strength,
            row.state,
            _json(row.detail),
            *records[row.evaluation_id],
            bool(row.current),
            bool(row.changed),
            tuple(decisions[row.id]),
        )
        for row in rows
    )


def _marks(connection: Connection, photos: Sequence[PhotoRow]) -> tuple[MarkRow, ...]:
    hashes = {photo.number: photo.sha256 for photo in photos}
    query = select(tables.marks).order_by(tables.marks.c.id)
    rows = [row for part in _in_parts(tables.marks.c.photo_id, list(hashes), query) for row in connection.execute(part)]
    return tuple(
        MarkRow(
            row.id,
            hashes[row.photo_id],
            row.finding_id or 0,
            row.kind,
            tuple(_json(row.box)),
            row.candidate,
            row.symbol,
            row.note,
            row.made_by,
            row.made_at,
            row.removed_at,
        )
        for row in sorted(rows, key=lambda row: row.id)
    )


def _runs(connection: Connection, numbers: Sequence[int]) -> tuple[RunRow, ...]:
    rows = [
        row
        for query in _in_parts(tables.runs.c.id, numbers, select(tables.runs).order_by(tables.runs.c.id))
        for row in connection.execute(query)
    ]
    return tuple(
        RunRow(
            row.id,
            row.election_id,
            row.started_at,
            row.finished_at,
            row.state,
            row.operator,
            tuple(_json(row.roots) or ()),
            _json(row.about),
            _json(row.models),
            _json(row.counts),
            _searched(connection, row.id),
        )
        for row in rows
    )


def _searched(connection: Connection, run: int) -> Searched:
    """Of every photo that the run met, whether it was evaluated anew or as before."""
    with_result = (tables.seen.c.run_id == run, tables.seen.c.evaluation_id.is_not(None))
    met = select(tables.seen.c.evaluation_id).where(*with_result).distinct()
    people, sightings = tables.people, tables.sightings

    def counted(query: Select[Any]) -> int:
        return int(connection.execute(query).scalar_one())

    counts = select(func.count()).select_from
    bands = (
        select(sightings.c.candidate, sightings.c.band, func.count())
        .where(sightings.c.evaluation_id.in_(met))
        .group_by(sightings.c.candidate, sightings.c.band)
        .order_by(sightings.c.candidate, sightings.c.band)
    )
    with_sighting = select(func.count(distinct(sightings.c.evaluation_id))).where(sightings.c.evaluation_id.in_(met))
    return Searched(
        photos=counted(counts(met.subquery())),
        with_sighting=counted(with_sighting),
        people=counted(counts(people).where(people.c.evaluation_id.in_(met))),
        cannot_assess=counted(counts(people).where(people.c.evaluation_id.in_(met), people.c.assessable.is_(False))),
        bands={(candidate, band): count for candidate, band, count in connection.execute(bands)},
    )


def _election(connection: Connection, election_id: str) -> ElectionRow:
    row = connection.execute(select(tables.elections).where(tables.elections.c.id == election_id)).one()
    about = _json(row.about)
    named = tuple(
        CandidateName(one["id"], one["name"], one["office"], ticket["number"])
        for ticket in about.get("tickets", ())
        for one in ticket["candidates"]
    )
    return ElectionRow(
        row.id, row.name, row.rulebook, about, _json(row.rulebook_about), row.election_hash, row.rulebook_hash, named
    )


def _custody(connection: Connection, about: set[str]) -> Iterable[CustodyRow]:
    """The entries whose subject, or a finding or photo named in their detail, is in this export."""
    for row in connection.execute(select(tables.audit).order_by(tables.audit.c.seq)):
        entry = _json(row.entry)
        detail = entry.get("detail") or {}
        named = {entry.get("subject", "")} | {
            one for key in ("findings", "photos", "finding", "photo") for one in _strings(detail.get(key))
        }
        if named & about:
            yield CustodyRow(
                row.seq,
                str(entry.get("at_utc", "")),
                str(entry.get("at_local", "")),
                str(entry.get("actor", "")),
                str(entry.get("action", "")),
                str(entry.get("subject", "")),
                str(entry.get("reason", "")),
            )


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
