"""A small log of invented people, and a small bag as an export is one, for tests of the audit log."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from casework.audit import AuditLog, Draft
from casework.audit_export import export_log, verifier_text
from casework.checkpoint import Checkpoint, Signer, open_signer
from casework.database import Database, open_database
from casework.verifier import Check

Files = dict[str, bytes]
WITA = timezone(timedelta(hours=8))
DRAFTS = (
    Draft("tarno", "run.start", "run:1", "", {"photos": 12}),
    Draft("tarno", "run.finish", "run:1", "", {"findings": 2, "seconds": 1.5}),
    Draft("lilis", "case.open", "case:01/REG/2024", "laporan warga – ruang rapat", {"missing": []}),
    Draft("lilis", "face.view", "finding:1"),
    Draft("lilis", "decision", "finding:1", "diperiksa", {"decision": "cannot-tell", "round": 1}),
    Draft("wening", "decision", "finding:2", "", {"decision": "rejected", "round": 1}),
)


def clock(start: datetime = datetime(2024, 10, 21, 1, 2, 3, 456789, UTC)) -> Callable[[], datetime]:
    """A clock in WITA that goes on by a second a look."""
    looks = iter(range(10**9))
    return lambda: (start + timedelta(seconds=next(looks))).astimezone(WITA)


def filled(place: Path, drafts: Sequence[Draft] = DRAFTS) -> Database:
    """A database with a log and its key."""
    database = open_database(place, create=True, check=False)
    with database.begin() as connection:
        open_signer(connection, key_file(place))
        AuditLog(connection, clock()).append_all(drafts)
    return database


def key_file(place: Path) -> Path:
    return place.with_name(place.name + ".key")


def signed(database: Database, key: Path) -> Checkpoint:
    with database.begin() as connection:
        return AuditLog(connection, clock()).checkpoint(open_signer(connection, key))


def bag(payload: Mapping[str, bytes], tags: Mapping[str, bytes] = {}) -> Files:
    """A BagIt bag around files named ``data/...``."""
    octets = sum(map(len, payload.values()))
    files = {
        "bagit.txt": b"BagIt-Version: 0.97\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": b"Bagging-Date: 2024-10-21\nPayload-Oxum: %d.%d\n" % (octets, len(payload)),
        "manifest-sha512.txt": manifest(payload),
        **tags,
    }
    return {**payload, **files, "tagmanifest-sha512.txt": manifest(files)}


def manifest(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{hashlib.sha512(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def rebagged(files: Files) -> Files:
    """The same with manifests made anew, as somebody would who changed a file and knows BagIt."""
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    return bag(payload, {"verifier.py": files["verifier.py"]} if "verifier.py" in files else {})


def export(connection: Connection, signer: Signer, shown: Sequence[int] | None = None) -> Files:
    """A small export: a photo, a page, and the log with the entries shown (None: all of them)."""
    payload: Files = {"data/foto/rapat.jpg": bytes(range(256)), "data/kasus.csv": b"nomor,keadaan\n1,suggested\n"}
    log = AuditLog(connection, clock(datetime(2024, 10, 22, tzinfo=UTC)))
    hashes = {name: hashlib.sha512(data).hexdigest() for name, data in payload.items()}
    told: dict[str, Any] = {"actor": "lilis", "subject": "case:01/REG/2024", "reason": "", "detail": {"bag": "contoh"}}
    places = range(log.size()) if shown is None else shown
    audit, _ = export_log(log, signer, **told, shown=places, hashes=hashes)
    return bag({**payload, **audit}, {"verifier.py": verifier_text()})


def check(files: Mapping[str, bytes], outside: bytes | None = None) -> list[tuple[str, ...]]:
    """What the stand-alone verifier finds."""
    return Check(files, files.get, outside).found


def write(files: Mapping[str, bytes], folder: Path) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder
