"""A database as a scan of some of the invented photos would leave it, for tests of the page; nobody has decided yet.

findings 1 to 12   one photo each, of the invented uploads, the strong ones first; candidates beside other people
finding 13         on a copy of finding 1's photo, which stands for both; of another uploader
photo 2            was uploaded twice, by two people
photo 14           no finding; one face that is too poor to be compared
one file           cannot be read
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert

import fixtures
from casework import tables
from casework.audit import Action, AuditLog
from casework.database import Database
from tests.casework.export_samples import FULL_CASE

ELECTION = "pilkada-kota-contoh-2024"
ELECTION_NAME = "Pilkada Kota Contoh 2024"
CASE = "007/PM/Kota-Contoh/XI/2024"
AT = "2024-10-20T01:02:03.000000Z"
CHOSEN = (0, 1, 2, 3, 4, 5, 7, 8, 10, 14, 16, 35)
FINDINGS = len(CHOSEN) + 1
COPY, ITS_ORIGINAL = FINDINGS, 1
_RANKS = {"strong": 0, "medium": 1, "weak": 2}
_TEXTS = {
    "file_name": "", "uploader_name": "Tarno Wiryasasmita", "agency": "Dinas Contoh", "post_url": "",
    "camera": "Rekaan 7",
    "candidate": "", "reason_id": "", "evidence_id": "", "message": "berkas ini terpotong", "note": "",
    "case_title": "Foto bersama pasangan calon pada acara dinas", "election": ELECTION_NAME, "operator": "petugas",
}  # fmt: skip


@cache
def truths() -> tuple[dict[str, Any], ...]:
    """The invented photos with a finding."""
    photos = json.loads(fixtures.TRUTH.read_text(encoding="utf-8"))["photos"]
    return tuple(photo for photo in photos if photo["status"] == "ok" and photo["findings"])


@cache
def candidates() -> tuple[tuple[str, int], ...]:
    """Candidates of the invented election and their numbers."""
    found = {name: one["ticket"] for photo in truths() for one in photo["findings"] for name in one["candidates"]}
    return tuple(sorted(found.items()))


@dataclass(frozen=True)
class Texts:
    """What stands where outsiders write; ``Texts(uploader_name="...")`` replaces one.

    Attributes:
        said: by name; see ``_TEXTS``.
    """

    said: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str, instead: str = "") -> str:
        return self.said.get(name) or _TEXTS[name] or instead


def fill_office(database: Database, texts: Texts = Texts()) -> None:
    """Put the rows above into an empty database."""
    with database.begin() as connection:
        _fill(connection, texts)


def _rows(connection: Connection, table: Any, *values: Mapping[str, Any]) -> None:
    if values:
        connection.execute(insert(table), list(values))


def _fill(connection: Connection, texts: Texts) -> None:
    tickets: dict[int, list[dict[str, str]]] = {}
    for name, ticket in candidates():
        called = texts.of("candidate", name.replace("-", " ").title())
        tickets.setdefault(ticket, []).append({"id": name, "name": called, "office": "calon wali kota"})
    about = {
        "tickets": [{"number": n, "symbols": [], "two_hands": [], "candidates": who} for n, who in tickets.items()],
        "candidates_official": "2024-09-22", "numbers_drawn": "2024-09-23", "voting_day": "2024-11-27",
    }  # fmt: skip
    _rows(
        connection, tables.elections,
        {"id": ELECTION, "name": texts.of("election"), "rulebook": "pilkada-2024", "about": json.dumps(about),
         "rulebook_about": json.dumps({"version": 1, "name_id": "Pilkada 2024", "name_en": "Pilkada 2024",
                                       "legal_basis": []}),
         "election_hash": "sha256:" + "1" * 64, "rulebook_hash": "sha256:" + "2" * 64},
    )  # fmt: skip
    files = len(CHOSEN) + 4
    counts = {"seen": files + 1, "ok": files - 1, "unreadable": 1, "duplicate": 1, "skipped": 0,
              "people": 30, "hands": 20, "findings": FINDINGS}  # fmt: skip
    _rows(
        connection, tables.runs,
        {"id": 1, "election_id": ELECTION, "started_at": AT, "finished_at": AT, "state": "finished",
         "roots": json.dumps([str(fixtures.UPLOADS)]), "faces": 214, "calibrated": True,
         "about": json.dumps({"netra": "0.1.0", "faces_compared": 214, "calibrated": True}),
         "models": json.dumps({"wajah.dat": "sha256:" + "3" * 64}), "counts": json.dumps(counts),
         "operator": texts.of("operator")},
    )  # fmt: skip
    log = AuditLog(connection)
    log.append("petugas", Action.RUN_START, "run:1")
    for number, chosen in enumerate(CHOSEN, 1):
        _photo(connection, number, truths()[chosen], texts)
    _photo(connection, COPY, truths()[CHOSEN[0]], texts, copy=True)
    _poor_photo(connection, COPY + 1, texts)
    _other_files(connection, COPY + 1, texts)
    log.append("petugas", Action.RUN_FINISH, "run:1")
    _rows(
        connection, tables.cases,
        FULL_CASE | {"id": 1, "number": CASE, "election_id": ELECTION, "opened_at": AT, "legal_hold": False,
                     "state": "open", "title": texts.of("case_title")},
    )  # fmt: skip
    _rows(connection, tables.case_findings, {"case_id": 1, "finding_id": 3, "added_at": AT, "added_by": "sinta"})


def _photo(connection: Connection, number: int, truth: dict[str, Any], texts: Texts, *, copy: bool = False) -> None:
    source = fixtures.UPLOADS / truth["path"]
    data = source.read_bytes() + (b"another file" if copy else b"")
    digest = f"sha256:{sha256(data).hexdigest()}"
    width, height = _size(source.read_bytes())
    record = _record(truth, number, digest, width, height, texts)
    place = f"{source}.salinan" if copy else str(source)
    _rows(
        connection, tables.photos,
        {"id": number, "sha256": digest, "size_bytes": len(data), "width": width, "height": height,
         "pdq": sha256(data).digest(), "pdq_quality": 90, "features": b"", "first_seen_at": AT,
         "copy_group": ITS_ORIGINAL if number in (ITS_ORIGINAL, COPY) else None,
         "copy_relation": "near" if copy else ""},
    )  # fmt: skip
    upload = _upload(number, place, number, texts)
    _rows(connection, tables.uploads, upload)
    _rows(
        connection, tables.evaluations,
        {"id": number, "photo_id": number, "election_id": ELECTION, "evaluation_key": f"e{number}", "run_id": 1,
         "record": json.dumps(record | {"path": upload["path"]}, ensure_ascii=False), "current": True},
    )  # fmt: skip
    _rows(
        connection, tables.seen,
        {"run_id": 1, "position": number, "upload_id": number, "status": "ok", "evaluation_id": number},
    )  # fmt: skip
    _people_and_hands(connection, number, record)
    said = record["findings"][0]
    _rows(
        connection, tables.findings,
        {"id": number, "photo_id": number, "election_id": ELECTION, "ticket": said["ticket"] or 0, "panel": 0,
         "evaluation_id": number, "first_run_id": 1, "last_run_id": 1, "category": said["category"],
         "strength": said["strength"], "strength_rank": _RANKS[said["strength"]], "candidate": said["candidate"] or "",
         "symbol": said["symbol"] or "", "rule": said["rule"], "posted_on": upload["posted_on"],
         "detail": json.dumps(said, ensure_ascii=False, sort_keys=True), "current": True,
         "copy_of": ITS_ORIGINAL if copy else None},
    )  # fmt: skip


def _upload(upload: int, place: str, photo: int | None, texts: Texts) -> dict[str, Any]:
    day = f"2024-10-{1 + upload % 20:02d}"
    name = texts.of("file_name", place.rpartition("/")[2])
    facts = {
        "uploader_id": f"1987{upload % 3}",
        "uploader_name": texts.of("uploader_name"),
        "agency": texts.of("agency"),
        "platform": "Instagram",
        "post_url": texts.of("post_url", f"https://contoh.example/p/{upload}"),
        "camera": texts.of("camera"),
        "taken": [{"day": "2024-09-25", "source": "exif", "at": "2024-09-25T08:15:02+07:00"}],
        "posted": [{"day": day, "source": "manifest"}],
    }
    columns = ("uploader_id", "uploader_name", "agency", "platform", "post_url")
    return {
        "id": upload, "place": place, "path": f"unggahan/{name}", "photo_id": photo, "size_bytes": 9,
        "mtime_ns": upload, "taken_on": "2024-09-25", "posted_on": day,
        "facts": json.dumps(facts, ensure_ascii=False), "gone": False,
    } | {column: facts[column] for column in columns}  # fmt: skip


def _poor_photo(connection: Connection, number: int, texts: Texts) -> None:
    digest = "sha256:" + f"{number:064x}"
    _rows(
        connection, tables.photos,
        {"id": number, "sha256": digest, "size_bytes": 9, "width": 640, "height": 480, "pdq": bytes(32),
         "pdq_quality": 0, "features": b"", "first_seen_at": AT, "copy_group": None},
    )  # fmt: skip
    _rows(connection, tables.uploads, _upload(number, "/rekaan/unggahan/kabur.jpg", number, texts))
    face = {"box": [10.0, 10.0, 14.0, 15.0], "score": 0.8, "quality": 0.11, "assessable": False}
    record = {
        "schema": "netra.photo/1", "path": "unggahan/kabur.jpg", "status": "ok", "sha256": digest, "width": 640,
        "height": 480, "people": [{"id": 0, "face": face, "sighting": None, "depiction": None}],
        "hands_searched": False, "hands": [], "findings": [],
    }  # fmt: skip
    _rows(
        connection, tables.evaluations,
        {"id": number, "photo_id": number, "election_id": ELECTION, "evaluation_key": f"e{number}", "run_id": 1,
         "record": json.dumps(record), "current": True},
    )  # fmt: skip
    row = {"run_id": 1, "position": number, "upload_id": number, "status": "ok", "evaluation_id": number}
    _rows(connection, tables.seen, row)
    _people_and_hands(connection, number, record)


def _other_files(connection: Connection, last: int, texts: Texts) -> None:
    """A second upload of photo 2, and a file that cannot be read."""
    again = _upload(last + 1, "/rekaan/unggahan/sekali-lagi.jpg", 2, texts)
    broken = _upload(last + 2, "/rekaan/unggahan/rusak.jpg", None, texts)
    _rows(connection, tables.uploads, again, broken)
    seen = {"run_id": 1, "error_kind": "", "message": "", "evaluation_id": None}
    _rows(
        connection, tables.seen,
        seen | {"position": last + 1, "upload_id": last + 1, "status": "duplicate", "evaluation_id": 2},
        seen | {"position": last + 2, "upload_id": last + 2, "status": "error", "error_kind": "truncated",
                "message": texts.of("message")},
    )  # fmt: skip


def _people_and_hands(connection: Connection, evaluation: int, record: dict[str, Any]) -> None:
    of = {"evaluation_id": evaluation}
    _rows(
        connection, tables.people,
        *(of | {"number": one["id"], "box": json.dumps(one["face"]["box"]), "quality": one["face"]["quality"],
                "assessable": one["face"]["assessable"], "depicted": False} for one in record["people"]),
    )  # fmt: skip
    _rows(
        connection, tables.hands,
        *(of | {"number": one["id"], "box": json.dumps(one["box"]), "keypoints": json.dumps(one["keypoints"]),
                "side": one["side"], "readable": True, "symbol": one["symbol"] or "", "confidence": one["confidence"],
                "person": one["person"]} for one in record["hands"]),
    )  # fmt: skip
    _rows(
        connection, tables.sightings,
        *(of | {"person": one["id"], "candidate": said["candidate"], "ticket": said["ticket"],
                "similarity": said["similarity"], "e_value": said["e_value"], "band": said["band"],
                "reference": said["reference"], "faces": 214.0, "depiction": False,
                "second_candidate": said["second"]["candidate"], "second_similarity": said["second"]["similarity"]}
          for one in record["people"] for said in [one["sighting"]] if said),
    )  # fmt: skip


def _size(data: bytes) -> tuple[int, int]:
    from io import BytesIO

    from PIL import Image

    return Image.open(BytesIO(data)).size


def _record(truth: dict[str, Any], number: int, digest: str, width: int, height: int, texts: Texts) -> dict[str, Any]:
    """A line ``netra.photo/1`` that tells the truth of an invented photo."""
    people = [
        {"id": index, "face": {"box": person["box"], "score": 0.95, "quality": 0.9, "assessable": True},
         "sighting": _sighting(person["candidate"], number) if person["candidate"] else None, "depiction": None}
        for index, person in enumerate(truth["people"])
    ]  # fmt: skip
    hands = [
        {"id": index, "box": _around(hand["keypoints"]), "keypoints": hand["keypoints"], "side": hand["side"],
         "presence": 0.97, "readable": True, "symbol": hand["symbol"],
         "confidence": 0.96 if hand["symbol"] else None, "person": hand["person"]}
        for index, hand in enumerate(truth["hands"])
    ]  # fmt: skip
    return {
        "schema": "netra.photo/1", "path": "", "status": "ok", "sha256": digest, "width": width, "height": height,
        "people": people, "hands_searched": True, "hands": hands,
        "findings": [_finding(truth["findings"][0], hands, texts)],
    }  # fmt: skip


def _finding(finding: dict[str, Any], hands: list[dict[str, Any]], texts: Texts) -> dict[str, Any]:
    shown = [hand["id"] for hand in hands if finding["symbol"] and hand["symbol"] == finding["symbol"]]
    elements = [
        {"key": key, "state": state, "text_id": text_id, "text_en": text_en,
         "evidence_id": texts.of("evidence_id", told), "evidence_en": texts.of("evidence_id", "as recorded"),
         "source": "SKB 2/2022"}
        for key, state, text_id, text_en, told in (
            ("candidate-visible", "shown", "Wajah calon terlihat", "A candidate's face is visible", "satu wajah"),
            ("posted", "unclear", "Foto diunggah: oleh siapa dan kapan", "The photo was posted", "menurut daftar"),
            ("civil-servant", "missing", "Pengunggah adalah pegawai ASN", "The uploader is a civil servant", "periksa"),
        )
    ]  # fmt: skip
    reason = "Foto memuat wajah yang mirip calon bersama orang lain; satu di antaranya menunjukkan simbol."
    return finding | {
        "candidate": finding["candidates"][0] if finding["candidates"] else None,
        "symbols": [finding["symbol"]] if finding["symbol"] else [],
        "hand": shown[0] if shown else None,
        "hands": shown,
        "doubt": None,
        "against": [],
        "rule": "pilkada-2024/foto-bersama",
        "source": "SKB 2/2022 tanggal 22 September 2022, lampiran II",
        "reason_id": texts.of("reason_id", reason),
        "reason_en": texts.of("reason_id", "The photo has a face that looks like a candidate."),
        "rulebook": None,
        "panel": 0,
        "upload": None,
        "elements": elements,
    }


def _sighting(candidate: str, number: int) -> dict[str, Any]:
    others = [name for name, _ in candidates() if name != candidate]
    return {
        "candidate": candidate, "ticket": dict(candidates())[candidate], "similarity": 0.712, "e_value": 0.0031,
        "calibrated": True, "band": "match", "reference": f"photos/{candidate}-1.jpg",
        "second": {"candidate": others[number % len(others)], "similarity": 0.31}, "depiction": False,
    }  # fmt: skip


def _around(points: Sequence[Sequence[float]]) -> list[float]:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return [min(xs), min(ys), round(max(xs) - min(xs), 1), round(max(ys) - min(ys), 1)]
