"""A case of invented people as a scan, two reviewers and an officer would leave it, over copies of invented photos."""

import json
import shutil
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

import fixtures
from casework import tables
from casework.audit import Action, AuditLog
from casework.database import Database
from casework.export.painter import Painted

ELECTION = "pilkada-kota-contoh-2024"
NUMBER = "007/PM/Kota-Contoh/XI/2024"
AT = "2024-10-20T01:02:03.000000Z"
ARCHIVED = "album.zip"

FULL_CASE = {
    "title": "Foto bersama pasangan calon pada acara dinas",
    "purpose": "Memeriksa netralitas pegawai dalam unggahan dinas",
    "legal_basis": "UU 7/2017 Pasal 93 huruf f; UU 27/2022 Pasal 20 ayat (2) huruf e",
    "officer": "Ratna Puspawardani",
    "post": "Staf Penanganan Data",
    "warrant": "ST/12/X/2024",
    "dpia_number": "DPIA-04/2024",
    "known_on": "2024-10-18",
    "ends_on": "2024-12-31",
    "retain_until": "2027-12-31",
    "form_a": json.dumps({"kind": "pilkada", "tahapan": "Kampanye", "alamat": "Jalan Rekaan 7, Kota Contoh"}),
}
ELEMENTS = (
    ("candidate-visible", "shown", "Wajah calon terlihat", "satu wajah mirip calon, tingkat cocok"),
    ("together", "shown", "Calon bersama orang lain", "ada orang lain pada foto yang sama"),
    ("symbol-shown", "shown", "Simbol tangan ditunjukkan", "simbol terbaca pada satu tangan atau lebih"),
    ("posted", "unclear", "Foto diunggah: oleh siapa dan kapan",
     "hari pengunggahan menurut daftar; amankan unggahan aslinya dan catat alamatnya"),
    ("civil-servant", "missing", "Pengunggah adalah pegawai ASN", "periksa pada data kepegawaian"),
)  # fmt: skip


@dataclass
class Sample:
    """What ``fill_case`` put there.

    Attributes:
        folder: of the original photos.
        originals: sha256 -> path.
    """

    folder: Path
    originals: dict[str, Path] = field(default_factory=dict)


def truths() -> list[dict[str, Any]]:
    """The invented photos with a finding."""
    photos = json.loads(fixtures.TRUTH.read_text(encoding="utf-8"))["photos"]
    return [photo for photo in photos if photo["status"] == "ok" and photo["findings"]]


def fill_case(
    database: Database,
    folder: Path,
    photos: Sequence[dict[str, Any]] = (),
    case: Mapping[str, Any] = FULL_CASE,
    texts: Mapping[str, str] = {},
    number: str = NUMBER,
) -> Sample:
    """Put a run, its findings, decisions and a case into an empty database.

    Args:
        database: a new one.
        folder: where copies of the photos are put; the second one goes into an archive.
        photos: of ``truths()``; three by default.
        case: fields of the case.
        texts: replaces uploader_name, post_url, note, file_name, reason_id, candidate, agency.
        number: of the case.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sample = Sample(folder)
    with database.begin() as connection:
        _fill(connection, sample, photos or truths()[:3], case, texts, number)
    return sample


def _fill(
    connection: Connection,
    sample: Sample,
    photos: Sequence[dict[str, Any]],
    case: Mapping[str, Any],
    texts: Mapping[str, str],
    number: str,
) -> None:
    def rows(table: Any, *values: Mapping[str, Any]) -> None:
        connection.execute(insert(table), list(values))

    names = sorted({person["candidate"] for photo in truths() for person in photo["people"] if person["candidate"]})
    about = {
        "tickets": [
            {"number": number, "candidates": [
                {"id": one, "name": texts.get("candidate", one.replace("-", " ").title()), "office": "calon wali kota"}
            ]}
            for number, one in enumerate(names, 1)
        ]
    }  # fmt: skip
    rows(
        tables.elections,
        {"id": ELECTION, "name": "Pilkada Kota Contoh 2024", "rulebook": "pemilu-2024", "about": json.dumps(about),
         "rulebook_about": "{}", "election_hash": "sha256:" + "1" * 64, "rulebook_hash": "sha256:" + "2" * 64},
    )  # fmt: skip
    run_about = {"netra": "0.1.0", "bands": {"match": 0.5}, "faces_compared": 214, "calibrated": True}
    rows(
        tables.runs,
        {"id": 1, "election_id": ELECTION, "started_at": AT, "finished_at": AT, "state": "finished",
         "roots": json.dumps([str(sample.folder)]), "about": json.dumps(run_about), "operator": "ratna",
         "models": json.dumps({"wajah.dat": "sha256:" + "3" * 64}),
         "counts": json.dumps({"seen": 81, "ok": 78, "unreadable": 2, "duplicate": 1, "skipped": 0})},
    )  # fmt: skip
    rows(
        tables.cases,
        {"id": 1, "number": number, "election_id": ELECTION, "opened_at": AT, "legal_hold": False, "state": "open"}
        | dict(case),
    )
    log = AuditLog(connection)
    log.append("ratna", Action.RUN_START, "run:1")
    for index, truth in enumerate(photos, 1):
        _photo(connection, sample, index, truth, texts)
        log.append("ratna", Action.CASE_ADD, f"case:{number}", "", {"findings": [f"finding:{index}"]})
    log.append("orang-lain", Action.CASE_VIEW, "case:perkara-lain", "bukan perkara ini")


def _photo(connection: Connection, sample: Sample, index: int, truth: dict[str, Any], texts: Mapping[str, str]) -> None:
    def rows(table: Any, *values: Mapping[str, Any]) -> None:
        connection.execute(insert(table), list(values))

    source = fixtures.UPLOADS / truth["path"]
    data = source.read_bytes()
    digest = f"sha256:{sha256(data).hexdigest()}"
    name = texts.get("file_name", source.name)
    place = _placed(sample, index, source, f"{index}-{name}" if "file_name" in texts else name)
    sample.originals[digest] = place
    width, height = _size(data)
    record = record_of(truth, digest, width, height, texts)
    finding = record["findings"][0]
    facts = {
        "uploader_id": "1987",
        "uploader_name": texts.get("uploader_name", "Tarno Wiryasasmita"),
        "agency": texts.get("agency", "Dinas Contoh"),
        "platform": "Instagram",
        "post_url": texts.get("post_url", f"https://contoh.example/p/{index}"),
        "taken": [{"day": "2024-09-25", "source": "exif", "at": "2024-09-25T08:15:02+07:00"}],
        "posted": [{"day": "2024-09-26", "source": "manifest"}],
    }
    rows(
        tables.photos,
        {"id": index, "sha256": digest, "size_bytes": len(data), "width": width, "height": height, "pdq": b"",
         "pdq_quality": 0, "features": b"", "first_seen_at": AT, "copy_group": None},
    )  # fmt: skip
    rows(
        tables.uploads,
        {"id": index, "place": str(place), "path": f"unggahan/{name}", "photo_id": index, "size_bytes": len(data),
         "mtime_ns": 1_727_222_400_000_000_000 + index, "facts": json.dumps(facts), "gone": False},
    )  # fmt: skip
    rows(
        tables.evaluations,
        {"id": index, "photo_id": index, "election_id": ELECTION, "evaluation_key": f"e{index}", "run_id": 1,
         "record": json.dumps(record, ensure_ascii=False), "current": True},
    )  # fmt: skip
    rows(
        tables.seen,
        {"run_id": 1, "position": index - 1, "upload_id": index, "status": "ok", "evaluation_id": index},
    )
    rows(
        tables.people,
        *(
            {"evaluation_id": index, "number": one["id"], "box": json.dumps(one["face"]["box"]), "quality": 0.9,
             "assessable": True, "depicted": False}
            for one in record["people"]
        ),
    )  # fmt: skip
    for one in record["people"]:
        if one["sighting"]:
            told = {key: one["sighting"][key] for key in ("candidate", "ticket", "similarity", "e_value", "band")}
            rest = {"reference": "r", "depiction": False}
            rows(tables.sightings, {"evaluation_id": index, "person": one["id"]} | told | rest)
    rows(
        tables.findings,
        {"id": index, "photo_id": index, "election_id": ELECTION, "ticket": finding["ticket"] or 0,
         "evaluation_id": index, "first_run_id": 1, "last_run_id": 1, "category": finding["category"],
         "strength": finding["strength"], "strength_rank": 0, "candidate": finding["candidate"] or "",
         "detail": json.dumps(finding, ensure_ascii=False), "current": True, "changed": False,
         "state": "confirmed" if index == 1 else "suggested"},
    )  # fmt: skip
    rows(tables.case_findings, {"case_id": 1, "finding_id": index, "added_at": AT, "added_by": "ratna"})
    if index == 1:
        decided = {"finding_id": 1, "decided_at": AT, "snapshot": "{}", "reason_code": "", "undoes": None}
        note = texts.get("note", "simbol jelas, calon hadir")
        rows(
            tables.decisions,
            {"id": 1, "reviewer": "ani", "round": 1, "decision": "rejected", "note": "salah tekan", **decided},
            {"id": 2, "reviewer": "ani", "round": 1, "decision": "rejected", "note": "", **decided, "undoes": 1},
            {"id": 3, "reviewer": "ani", "round": 1, "decision": "confirmed", "note": note, **decided},
            {"id": 4, "reviewer": "budi", "round": 2, "decision": "confirmed", "note": "", **decided},
        )


def _placed(sample: Sample, index: int, source: Path, name: str) -> Path:
    """A copy of a photo; the second one inside an archive."""
    if index != 2:
        shutil.copyfile(source, sample.folder / name)
        return sample.folder / name
    with zipfile.ZipFile(sample.folder / ARCHIVED, "w") as archive:
        archive.write(source, f"dalam/{name}")
    return sample.folder / ARCHIVED / "dalam" / name


def _size(data: bytes) -> tuple[int, int]:
    from io import BytesIO

    from PIL import Image

    return Image.open(BytesIO(data)).size


def record_of(truth: dict[str, Any], digest: str, width: int, height: int, texts: Mapping[str, str]) -> dict[str, Any]:
    """A line ``netra.photo/1`` that tells the truth of an invented photo."""
    people = [
        {"id": number, "face": {"box": person["box"], "score": 0.95, "quality": 0.9, "assessable": True},
         "sighting": _sighting(person["candidate"]) if person["candidate"] else None}
        for number, person in enumerate(truth["people"])
    ]  # fmt: skip
    hands = [
        {"id": number, "box": _around(hand["keypoints"]), "keypoints": hand["keypoints"], "side": hand["side"],
         "presence": 0.97, "readable": True, "symbol": hand["symbol"],
         "confidence": 0.96 if hand["symbol"] else None, "person": hand["person"]}
        for number, hand in enumerate(truth["hands"])
    ]  # fmt: skip
    finding = truth["findings"][0]
    shown = [hand["id"] for hand in hands if finding["symbol"] and hand["symbol"] == finding["symbol"]]
    reason = "Foto memuat wajah yang mirip calon bersama orang lain; satu di antaranya menunjukkan simbol."
    detail = finding | {
        "candidate": finding["candidates"][0] if finding["candidates"] else None,
        "symbols": [finding["symbol"]] if finding["symbol"] else [],
        "hand": shown[0] if shown else None,
        "hands": shown,
        "doubt": None,
        "against": [],
        "rule": "pemilu-2024/foto-bersama",
        "source": "SKB 2/2022 tanggal 22 September 2022, lampiran II",
        "reason_id": texts.get("reason_id", reason),
        "reason_en": "The photo has a face that looks like a candidate.",
        "elements": [
            {"key": key, "state": state, "text_id": text, "text_en": text, "evidence_id": evidence,
             "evidence_en": evidence, "source": "SKB 2/2022"}
            for key, state, text, evidence in ELEMENTS
        ],
    }  # fmt: skip
    return {
        "schema": "netra.photo/1", "path": f"unggahan/{texts.get('file_name', truth['path'])}", "status": "ok",
        "sha256": digest, "width": width, "height": height, "people": people, "hands_searched": True,
        "hands": hands, "findings": [detail],
    }  # fmt: skip


def _sighting(candidate: str) -> dict[str, Any]:
    return {
        "candidate": candidate, "ticket": 1, "similarity": 0.712, "e_value": 0.0031, "calibrated": True,
        "band": "match", "reference": f"photos/{candidate}-1.jpg",
        "second": {"candidate": "wulan-astrapradipa", "similarity": 0.31}, "depiction": False,
    }  # fmt: skip


def _around(points: Sequence[Sequence[float]]) -> list[float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return [min(xs), min(ys), round(max(xs) - min(xs), 1), round(max(ys) - min(ys), 1)]


DOT = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb\x00C\x00" + b"\x01" * 64
    + b"\xff\xc0\x00\x0b\x08\x00\x01\x00\x01\x01\x01\x11\x00\xff\xc4\x00\x14\x00\x01" + b"\x00" * 16
    + b"\xff\xc4\x00\x14\x10\x01" + b"\x00" * 16 + b"\xff\xda\x00\x08\x01\x01\x00\x00?\x00\x7f\xff\xd9"
)  # fmt: skip
"""One grey pixel: a JPEG small enough to be written by hand."""


class DotPainter:
    """Draws a pixel, so that a test of something else costs nothing."""

    def paint(self, data: bytes, name: str, record: Mapping[str, Any], hide: frozenset[str]) -> Painted:
        return Painted(DOT, 1, 1, {0: DOT}, {})

    def reference(self, name: str) -> tuple[bytes, ...]:
        return ()
