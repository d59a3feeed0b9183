"""What is held about somebody who asks (UU 27/2022 articles 5 to 7): by uploader id, by candidate, or by a photo.

There is no way to ask by a face: netra keeps templates of the candidates and their look-alikes alone, so it cannot know
on which photos anybody else is. The report says that as well, and what it means for somebody who only stood there.

A candidate, and whoever asks by a photo, is not told who uploaded it: that is somebody else's data.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, and_, func, select

from casework.access import case_subject, finding_subject, person_subject, photo_subject
from casework.audit import AuditLog
from casework.case_file import CaseState
from casework.cases import all_cases
from casework.deletion import DELETED
from casework.redaction import Redaction
from casework.retention import chunks
from casework.subject_review import decisions_told, looks_told, marks_told
from casework.tables import (
    decisions,
    elections,
    evaluations,
    findings,
    hands,
    looks,
    marks,
    people,
    photos,
    runs,
    seen,
    sightings,
    uploads,
)

SCHEMA: Final = "netra.subject/1"
REPORTED: Final = "subject.report"
SOMEBODY_ELSES: Final = "[data orang lain]"


class Asked(StrEnum):
    """By what somebody is asked about."""

    UPLOADER = "uploader"
    CANDIDATE = "candidate"
    PHOTO = "photo"


NOT_KEPT_ID: Final = (
    (
        "netra tidak menyimpan templat wajah siapa pun selain calon resmi dan pembanding (orang yang mirip calon) yang "
        "foto rujukannya didaftarkan kantor ini. Templat wajah orang lain hanya ada di memori komputer selama "
        "pemindaian dan hilang sesudahnya."
    ),
    (
        "Karena itu netra tidak dapat mencari seseorang menurut wajahnya, dan tidak dapat mengatakan di foto mana saja "
        "orang yang kebetulan ikut terfoto tampak. Pertanyaan orang seperti itu hanya dapat dijawab menurut foto."
    ),
    (
        "Yang disimpan tentang orang lain di dalam sebuah foto: letak wajah dan tangan sebagai kotak, mutu wajah, dan "
        "simbol tangan yang terbaca, dengan nomor urut di dalam foto itu; tanpa nama dan tanpa templat."
    ),
    (
        "netra tidak memutuskan apa pun tentang seseorang. Temuan adalah alasan bagi petugas untuk melihat sebuah "
        "foto; yang memutuskan adalah petugas."
    ),
)
NOT_KEPT_EN: Final = (
    (
        "netra keeps no face template of anybody but official candidates and their look-alikes, whose reference photos "
        "this office enrolled. Templates of other people exist in memory while a scan runs, and are gone after it."
    ),
    (
        "So netra cannot search for somebody by face, and cannot say on which photos a bystander is. For a bystander, "
        "questions can be answered by photo alone."
    ),
    (
        "What is held about other people in a photo: boxes of faces and hands, the face's quality, and the hand symbol "
        "that was read, by a number within that photo; no name and no template."
    ),
    ("netra decides nothing about anybody. A finding is a reason for an officer to look at a photo; officers decide."),
)


@dataclass(frozen=True, slots=True)
class Question:
    """Who or what is asked about.

    Attributes:
        asked: by what.
        value: an uploader's id, a candidate's id, or the hash of a photo's content (``sha256:`` and hex digits).
    """

    asked: Asked
    value: str

    def __post_init__(self) -> None:
        if not self.value.strip():
            raise ValueError("value: expected an id or a hash, got nothing")


def subject_report(connection: Connection, log: AuditLog, question: Question, actor: str) -> dict[str, Any]:
    """Everything that is held, as JSON objects; making it is an entry of the log.

    Args:
        connection: a transaction that may write.
        log: of the same transaction.
        question: who or what is asked about.
        actor: who makes the report.
    """
    names_uploader = question.asked is Asked.UPLOADER
    ids = _photos_of(connection, question)
    found = _in(connection, findings.c.photo_id, ids)
    if question.asked is Asked.CANDIDATE:
        found = [row for row in found if row.candidate == question.value or _names(row.detail, question.value)]
    numbers = [row.id for row in found]
    contents = {row.id: row.sha256 for row in _in(connection, photos.c.id, ids)}
    held = _cases(connection, set(numbers))
    subject = _subject(connection, question)
    about = {
        subject,
        *(photo_subject(sha256) for sha256 in contents.values()),
        *map(finding_subject, numbers),
        *(case_subject(case["number"]) for case in held),
    }
    asked_for = {question.value} if question.asked is Asked.PHOTO else set(contents.values())
    entries = _entries(log, about, asked_for)
    entry = log.append(actor, REPORTED, subject, "", {"asked": question.asked.value, "photos": len(ids)})
    others = _others(connection, question, ids)
    return {
        "schema": SCHEMA,
        "made_at": entry.at_utc,
        "made_at_local": entry.at_local,
        "made_by": actor,
        "asked": {"by": question.asked.value, "value": question.value},
        "candidate": _candidate(connection, question),
        "uploads": _uploads(connection, question) if names_uploader else [],
        "photos": [_photo(connection, one, sha256, names_uploader) for one, sha256 in sorted(contents.items())],
        "findings": others.value([_finding(row, contents[row.photo_id]) for row in found]),
        "decisions": others.value(decisions_told(_in(connection, decisions.c.finding_id, numbers))),
        "looks": looks_told(_in(connection, looks.c.finding_id, numbers)),
        "marks": others.value(marks_told(_marks(connection, question, ids), contents)),
        "cases": others.value(held),
        "log": others.value(entries),
        "not_kept_id": list(NOT_KEPT_ID),
        "not_kept_en": list(NOT_KEPT_EN),
    }


def is_empty(report: Mapping[str, Any]) -> bool:
    """Whether nothing is held; what was deleted earlier may still be told in the log's entries."""
    return not (report["uploads"] or report["photos"] or report["findings"] or report["candidate"])


def _photos_of(connection: Connection, question: Question) -> list[int]:
    match question.asked:
        case Asked.UPLOADER:
            query = select(uploads.c.photo_id).where(
                uploads.c.uploader_id == question.value, uploads.c.photo_id.is_not(None)
            )
        case Asked.CANDIDATE:
            current = and_(evaluations.c.id == sightings.c.evaluation_id, evaluations.c.current)
            query = (
                select(evaluations.c.photo_id).select_from(evaluations.join(sightings, current))
                .where(sightings.c.candidate == question.value)
            )  # fmt: skip
        case Asked.PHOTO:
            query = select(photos.c.id).where(photos.c.sha256 == question.value)
    return sorted(set(connection.execute(query).scalars()))


def _others(connection: Connection, question: Question, ids: Sequence[int]) -> Redaction:
    """Takes whoever else uploaded these photos out of the sentences about them."""
    rows = _in(connection, uploads.c.photo_id, ids)
    own = [row for row in rows if question.asked is Asked.UPLOADER and row.uploader_id == question.value]
    names = [str(one.get("name", "")) for one in _candidate(connection, question)]
    return Redaction([row for row in rows if row not in own], own, SOMEBODY_ELSES, names)


def _subject(connection: Connection, question: Question) -> str:
    match question.asked:
        case Asked.UPLOADER:
            return person_subject(connection, question.value)
        case Asked.CANDIDATE:
            return f"candidate:{question.value}"
        case Asked.PHOTO:
            return photo_subject(question.value)


def _in(connection: Connection, column: Any, values: Sequence[int]) -> list[Any]:
    return [row for part in chunks(values) for row in connection.execute(select(column.table).where(column.in_(part)))]


def _json(text: str) -> dict[str, Any]:
    value = json.loads(text) if text else {}
    return value if isinstance(value, dict) else {}


def _names(detail: str, candidate: str) -> bool:
    return candidate in _json(detail).get("candidates", ())


def _candidate(connection: Connection, question: Question) -> list[dict[str, Any]]:
    """Where somebody is enrolled as a candidate: templates are made of their reference photos."""
    if question.asked is not Asked.CANDIDATE:
        return []
    return [
        {"election": row.id, "election_name": row.name} | dict(found)
        for row in connection.execute(select(elections).order_by(elections.c.id))
        for found in _candidates_in(_json(row.about))
        if found.get("id") == question.value
    ]


def _candidates_in(about: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Candidates of an election's row, whether they stand in it alone or within their tickets."""
    yield from about.get("candidates", ())
    for ticket in about.get("tickets", ()):
        yield from ticket.get("candidates", ())


def _uploads(connection: Connection, question: Question) -> list[dict[str, Any]]:
    query = (
        select(uploads, photos.c.sha256)
        .select_from(uploads.outerjoin(photos))
        .where(uploads.c.uploader_id == question.value)
    )
    when = dict(
        connection.execute(
            select(seen.c.upload_id, func.min(runs.c.started_at))
            .select_from(seen.join(runs))
            .where(seen.c.upload_id.in_(query.with_only_columns(uploads.c.id)))
            .group_by(seen.c.upload_id)
        ).all()
    )
    return [
        {
            "path": row.path,
            "photo": row.sha256 or "",
            "uploader_id": row.uploader_id,
            "uploader_name": row.uploader_name,
            "agency": row.agency,
            "platform": row.platform,
            "post_url": row.post_url,
            "taken_on": row.taken_on,
            "posted_on": row.posted_on,
            "facts": _json(row.facts),
            "first_scanned_at": when.get(row.id, ""),
            "file_deleted": bool(row.gone),
        }
        for row in connection.execute(query.order_by(uploads.c.id))
    ]


def _photo(connection: Connection, photo: int, sha256: str, names_uploader: bool) -> dict[str, Any]:
    """What was read in a photo: how many people and hands, and who of the candidates."""
    row = connection.execute(select(photos).where(photos.c.id == photo)).one()
    current = list(
        connection.execute(
            select(evaluations.c.id).where(evaluations.c.photo_id == photo, evaluations.c.current)
        ).scalars()
    )
    times = select(func.count()).select_from(uploads).where(uploads.c.photo_id == photo)
    alike = select(photos.c.sha256).where(photos.c.copy_group == row.copy_group, photos.c.id != photo)
    return {
        "sha256": sha256,
        "width": row.width,
        "height": row.height,
        "first_seen_at": row.first_seen_at,
        "uploads": connection.execute(times).scalar_one(),
        "copies": list(connection.execute(alike.order_by(photos.c.id)).scalars()) if row.copy_group else [],
        "people": _count(connection, people, current),
        "hands": _count(connection, hands, current),
        "sightings": [
            {"candidate": one.candidate, "band": one.band, "similarity": one.similarity, "e_value": one.e_value}
            for one in _in(connection, sightings.c.evaluation_id, current)
        ],
        "uploader_told": names_uploader,
    }


def _count(connection: Connection, table: Any, evaluation_ids: Sequence[int]) -> int:
    """Of the evaluation that has most: each election's evaluation has the same people."""
    query = select(func.count()).where(table.c.evaluation_id.in_(evaluation_ids)).group_by(table.c.evaluation_id)
    return max(connection.execute(query).scalars(), default=0)


def _finding(row: Any, sha256: str) -> dict[str, Any]:
    detail = _json(row.detail)
    return {
        "number": row.id,
        "photo": sha256,
        "election": row.election_id,
        "category": row.category,
        "strength": row.strength,
        "candidate": row.candidate,
        "symbol": row.symbol,
        "rule": row.rule,
        "state": row.state,
        "current": bool(row.current),
        "reason_id": detail.get("reason_id", ""),
        "reason_en": detail.get("reason_en", ""),
        "elements": detail.get("elements", []),
    }


def _marks(connection: Connection, question: Question, ids: Sequence[int]) -> list[Any]:
    """To a candidate only those that name them."""
    of_all = question.asked is not Asked.CANDIDATE
    return [row for row in _in(connection, marks.c.photo_id, ids) if of_all or row.candidate == question.value]


def _cases(connection: Connection, numbers: set[int]) -> list[dict[str, Any]]:
    return [
        {
            "number": case.number,
            "state": case.state.value,
            "findings": sorted(numbers.intersection(case.findings)),
            "purpose": case.purpose,
            "legal_basis": case.legal_basis,
            "officer": case.officer,
            "post": case.post,
            "warrant": case.warrant,
            "dpia_number": case.dpia_number,
            "ends_on": [day.isoformat() for day in case.ends_on],
            "retain_until": [day.isoformat() for day in case.retain_until],
            "legal_hold": case.legal_hold,
            "lacks": list(case.lacks),
        }
        for case in all_cases(connection)
        if case.state is not CaseState.DELETED and numbers.intersection(case.findings)
    ]


def _entries(log: AuditLog, about: set[str], contents: set[str]) -> list[dict[str, Any]]:
    """The log's entries about it: who looked, decided, exported or deleted, and when."""
    told = []
    for entry in log.entries():
        draft = entry.draft
        deleted = draft.action == DELETED and contents.intersection(_listed(draft.detail, "photos"))
        listed = about.intersection(_listed(draft.detail, "findings"))
        if draft.subject in about or deleted or listed:
            told.append(
                {"seq": entry.seq, "at": entry.at_local, "actor": draft.actor, "action": str(draft.action),
                 "subject": draft.subject, "reason": draft.reason}
            )  # fmt: skip
    return told


def _listed(detail: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts that an entry lists under a name; other entries have a count there, or nothing."""
    value = detail.get(name)
    return tuple(map(str, value)) if isinstance(value, list) else ()
