"""The data files of an export: what the database says, as lines of JSON and as tables for a spreadsheet."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from casework.case_file import CaseFile
from casework.export.dossier import Dossier, FindingRow, PhotoRow, RunRow, UploadRow
from casework.export.plain import cell
from screening.upload_facts import Moment

FINDING_SCHEMA: Final = "netra.finding/1"
DECISION_SCHEMA: Final = "netra.decision/1"
MARK_SCHEMA: Final = "netra.mark/1"


def json_line(value: Mapping[str, Any]) -> str:
    """One line of JSON with sorted keys, so that the same data give the same bytes."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False) + "\n"


def pretty_json(value: Mapping[str, Any]) -> bytes:
    """JSON for eyes, with sorted keys."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table after RFC 4180, UTF-8 with a byte order mark, which Excel needs; no cell is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def findings_lines(dossier: Dossier, files: Mapping[str, Mapping[str, str]]) -> bytes:
    """``temuan.jsonl``: each finding with its elements, and the files of its photo in this package."""
    return "".join(json_line(_finding(one, files.get(one.sha256, {}))) for one in dossier.findings).encode()


def _finding(one: FindingRow, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "schema": FINDING_SCHEMA,
        "finding": one.number,
        "photo": one.sha256,
        "files": dict(files),
        "ticket": one.ticket,
        "category": one.category,
        "strength": one.strength,
        "state": one.state,
        "current": one.current,
        "changed": one.changed,
        "run": one.run,
        "detail": dict(one.detail),
    }


def record_lines(dossier: Dossier) -> bytes:
    """``catatan-foto.jsonl``: the lines ``netra.photo/1`` as they were written, each once."""
    lines = dict.fromkeys(one.record.rstrip("\n") for one in dossier.findings)
    return "".join(f"{line}\n" for line in lines).encode()


def decision_lines(dossier: Dossier) -> bytes:
    """``keputusan.jsonl``: every decision of every round, those taken back as well, in the order they were made."""
    rows = sorted((each for one in dossier.findings for each in one.decisions), key=lambda each: each.number)
    return "".join(json_line({"schema": DECISION_SCHEMA} | asdict(each)) for each in rows).encode()


def mark_lines(dossier: Dossier) -> bytes:
    """``tanda.jsonl``: what reviewers saw in the photos that netra did not, those taken back as well, by number."""
    return "".join(json_line({"schema": MARK_SCHEMA} | asdict(each)) for each in dossier.marks).encode()


UPLOAD_COLUMNS: Final = (
    "foto_sha256", "salinan_dari_kelompok", "hubungan", "ada_di_paket", "jalur", "tempat", "ukuran_bita",
    "waktu_berkas_ns", "dihapus", "id_pengunggah", "nama_pengunggah", "instansi", "platform", "alamat_unggahan",
    "diambil", "diunggah", "disimpan", "diketahui",
)  # fmt: skip


def upload_table(dossier: Dossier) -> bytes:
    """``unggahan.csv``: every file that held one of the photos, and those that held a copy of one."""
    rows = [
        _upload(photo, upload, inside)
        for photos, inside in ((dossier.photos, True), (dossier.copies, False))
        for photo in photos
        for upload in photo.uploads
    ]
    return csv_bytes(UPLOAD_COLUMNS, rows)


def _upload(photo: PhotoRow, upload: UploadRow, inside: bool) -> tuple[object, ...]:
    facts = upload.facts
    return (
        photo.sha256,
        photo.copy_group or "",
        photo.copy_relation,
        inside,
        upload.path,
        upload.place,
        upload.size_bytes,
        upload.mtime_ns,
        upload.gone,
        facts.uploader_id,
        facts.uploader_name,
        facts.agency,
        facts.platform,
        facts.post_url,
        *(_moments(each) for each in (facts.taken, facts.posted, facts.captured, facts.known)),
    )


def _moments(moments: Sequence[Moment]) -> str:
    """Every statement with its source, the firmest first."""
    return "; ".join(
        f"{next((at.isoformat() for at in one.at), one.day.isoformat())} ({one.source.value}{_note(one)})"
        for one in moments
    )


def _note(one: Moment) -> str:
    return f", {one.note}" if one.note else ""


def custody_table(dossier: Dossier) -> bytes:
    """``penguasaan.csv``: who handled what of this when, by the audit log."""
    header = ("nomor", "waktu_utc", "waktu_setempat", "oleh", "tindakan", "tentang", "alasan")
    rows = [(one.number, one.at, one.local, one.actor, one.action, one.subject, one.reason) for one in dossier.custody]
    return csv_bytes(header, rows)


def case_object(case: CaseFile) -> dict[str, Any]:
    """A case file as JSON objects."""
    days = {name: [day.isoformat() for day in getattr(case, name)] for name in ("known_on", "ends_on", "retain_until")}
    return {
        "number": case.number,
        "election": case.election_id,
        "title": case.title,
        "purpose": case.purpose,
        "legal_basis": case.legal_basis,
        "officer": case.officer,
        "post": case.post,
        "warrant": case.warrant,
        "dpia_number": case.dpia_number,
        "legal_hold": case.legal_hold,
        "state": case.state.value,
        "opened_at": case.opened_at,
        "form": dict(case.form),
        "findings": list(case.findings),
        "lacks": list(case.lacks),
    } | {name: next(iter(values), "") for name, values in days.items()}


def run_object(run: RunRow) -> dict[str, Any]:
    """A run as JSON objects, with what it looked through and did not find."""
    searched = run.searched
    return {
        "run": run.number,
        "election": run.election_id,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "state": run.state,
        "operator": run.operator,
        "roots": list(run.roots),
        "about": dict(run.about),
        "models": dict(run.models),
        "counts": dict(run.counts),
        "searched": {
            "photos": searched.photos,
            "photos_with_sighting": searched.with_sighting,
            "photos_without_sighting": searched.photos - searched.with_sighting,
            "people": searched.people,
            "cannot_assess": searched.cannot_assess,
            "sightings": [
                {"candidate": candidate, "band": band, "count": count}
                for (candidate, band), count in sorted(searched.bands.items())
            ],
        },
    }
