"""After a deletion: the log is whole, the bytes are gone from the file, and originals go by name alone."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from casework import tables
from casework.audit import AuditLog
from casework.case_file import CaseError
from casework.cases import Cases
from casework.database import Database, open_database
from casework.decisions import Verdict, decide, undo
from casework.deletion import delete_planned, purge_file
from casework.explained import decisions_explained
from casework.originals import Outcome, delete_originals
from casework.retention import Plan, of_unused, of_uploader
from casework.scan_lock import ScanLock
from casework.verify import verify_log
from netra.errors import DatabaseError
from tests.casework.deletions import DUTIES, TODAY, count, delete_plan, open_case, planned
from tests.casework.sample import AT, ELECTION, PLACES, ListLog, fill, pdq_of, sha256_of


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


def test_the_log_verifies_and_every_decision_is_explained_after_a_deletion(filled: Database) -> None:
    with filled.begin() as connection:
        connection.execute(tables.decisions.delete())
        for reviewer in ("petugas-a", "petugas-b"):
            decide(connection, 1, reviewer, Verdict.CONFIRMED, "sesuai")
        made = decide(connection, 2, "petugas-a", Verdict.REJECTED, "diluar-masa")
        undo(connection, made.id, "petugas-a")
        decide(connection, 2, "petugas-a", Verdict.REJECTED, "bukan-asn")
        cases = Cases(connection, AuditLog(connection), "petugas-a", date(2024, 10, 21), AT)
        duties = DUTIES | {"ends_on": "2024-11-30", "retain_until": "2025-06-30"}
        for finding in (1, 2):
            cases.open(str(finding), ELECTION, duties, [finding])
            cases.close(str(finding), "selesai")
        assert decisions_explained(connection).whole
    for number in ("1", "2"):
        delete_planned(filled, planned(filled, number), AuditLog, "petugas-b", "masa simpan habis", TODAY)
        with filled.read() as connection:
            explained, verdict = decisions_explained(connection), verify_log(connection)
        assert explained.whole
        assert [damage for damage in verdict.damages if damage.fault.value != "no-key"] == []
    assert (explained.made, explained.left, explained.deleted) == (4, 0, 4)
    assert (explained.taken_back, explained.deleted_taken_back) == (1, 1)
    with filled.begin() as connection:
        entry = AuditLog(connection).append("x", "decision", "finding:9")
        assert entry.seq > 0
        assert not decisions_explained(connection).whole, "a decision that is nowhere is noticed"


def test_nothing_is_deleted_while_a_scan_writes(filled: Database) -> None:
    lock = ScanLock(filled.name)
    with filled.begin() as connection:
        plan = of_unused(connection, TODAY)
        lock.take(connection)
    with pytest.raises(DatabaseError) as told:
        delete_plan(filled, plan)
    assert told.value.kind == "running"
    with filled.begin() as connection:
        assert count(connection, tables.photos) == 3
        lock.leave(connection)
    delete_plan(filled, plan)
    with filled.begin() as connection:
        assert count(connection, tables.photos) == 2
        ScanLock(filled.name).take(connection)


# --- the file ------------------------------------------------------------------------------------------------------


@pytest.fixture
def in_a_file(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "kasus.db", create=True) as database:
        fill(database)
        yield database


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob("kasus.db*")))


def test_the_bytes_are_gone_from_the_file(in_a_file: Database, tmp_path: Path) -> None:
    open_case(in_a_file, "1", [1], retain_until="2025-06-30")
    sought = {
        "path": PLACES[1].encode(),
        "path as JSON": json.dumps({"path": PLACES[1], "uploader": "u-1"}).encode(),
        "hash": sha256_of(1).encode(),
        "pdq": pdq_of(1),
        "purpose": b"Rapat dengan Tarno",
    }
    before = bytes_of(tmp_path)
    assert all(data in before for data in sought.values()), "the search itself works"
    _, deletion = delete_plan(in_a_file, planned(in_a_file, "1"))
    after = bytes_of(tmp_path)
    assert [name for name, data in sought.items() if data in after] == []
    assert PLACES[2].encode() in after
    assert deletion.purge.done


def test_without_a_purge_what_is_deleted_is_overwritten_all_the_same(in_a_file: Database, tmp_path: Path) -> None:
    with in_a_file.begin() as connection:
        connection.execute(tables.hands.delete())
        for table in (tables.people, tables.sightings, tables.case_findings, tables.decisions, tables.findings):
            connection.execute(table.delete())
    with in_a_file.begin() as connection:
        assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == 1
    in_a_file.close()
    assert b"petugas-b" not in bytes_of(tmp_path)


def test_a_reader_keeps_the_journal_and_that_is_said(in_a_file: Database) -> None:
    with in_a_file.read() as connection:
        connection.execute(select(tables.photos)).all()
        with in_a_file.begin() as writer:
            writer.execute(tables.hands.delete())
        purge = purge_file(in_a_file, wait_s=0.1)
    assert not purge.done
    assert purge.why


# --- the office's own files ----------------------------------------------------------------------------------------


@pytest.fixture
def on_disk(tmp_path: Path) -> Path:
    folder = tmp_path / "unggahan"
    folder.mkdir()
    for upload in PLACES:
        (folder / f"{upload}.jpg").write_bytes(b"isi foto %d" % {5: 1, 3: 2}.get(upload, upload))
    return folder


@pytest.fixture
def filled_from_disk(database: Database, on_disk: Path) -> Database:
    hashes = {
        photo: f"sha256:{hashlib.sha256((on_disk / f'{upload}.jpg').read_bytes()).hexdigest()}"
        for photo, upload in ((1, 1), (2, 2), (3, 4))
    }
    fill(database, {upload: on_disk / f"{upload}.jpg" for upload in PLACES}, hashes)
    return database


def outcomes(database: Database, plan: Plan, log: ListLog) -> dict[str, Outcome]:
    done = delete_originals(database, plan, lambda _: log, "petugas-b", "masa simpan habis", TODAY)
    return {Path(one.place).name: outcome for one, outcome in done}


def test_originals_stay_unless_they_are_named(filled_from_disk: Database, on_disk: Path) -> None:
    with filled_from_disk.begin() as connection:
        plan = of_uploader(connection, "u-1", TODAY)
    delete_plan(filled_from_disk, plan)
    assert len(list(on_disk.iterdir())) == 6


def test_originals_are_deleted_while_they_are_what_was_read(filled_from_disk: Database, on_disk: Path) -> None:
    with filled_from_disk.begin() as connection:
        plan = of_uploader(connection, "u-1", TODAY)
    (on_disk / "5.jpg").write_bytes(b"sudah lain")
    (on_disk / "2.jpg").unlink()
    log = ListLog()
    assert outcomes(filled_from_disk, plan, log) == {
        "1.jpg": Outcome.DELETED,
        "2.jpg": Outcome.MISSING,
        "5.jpg": Outcome.CHANGED,
        "6.jpg": Outcome.CHANGED,
    }
    assert sorted(path.name for path in on_disk.iterdir()) == ["3.jpg", "4.jpg", "5.jpg", "6.jpg"]
    assert log.actions == ["retention.file"]
    assert str(on_disk) not in repr(log.entries)
    with filled_from_disk.read() as connection:
        gone = select(tables.uploads.c.id).where(tables.uploads.c.gone.is_(True))
        assert list(connection.execute(gone).scalars()) == [1]


def test_no_file_goes_that_a_case_needs_since_the_plan_was_made(filled_from_disk: Database, on_disk: Path) -> None:
    with filled_from_disk.begin() as connection:
        plan = of_uploader(connection, "u-1", TODAY)
    open_case(filled_from_disk, "1", [1], closed=False)
    with pytest.raises(CaseError, match="needed-since"):
        outcomes(filled_from_disk, plan, ListLog())
    assert len(list(on_disk.iterdir())) == 6


def test_links_folders_and_members_of_archives_are_left_alone(database: Database, tmp_path: Path) -> None:
    (tmp_path / "asli.jpg").write_bytes(b"isi")
    (tmp_path / "tautan.jpg").symlink_to(tmp_path / "asli.jpg")
    (tmp_path / "arsip.zip").write_bytes(b"PK")
    (tmp_path / "folder").mkdir()
    places: dict[int, str | Path] = {
        1: tmp_path / "tautan.jpg",
        2: tmp_path / "arsip.zip" / "a.jpg",
        3: tmp_path / "folder",
    }
    content = f"sha256:{hashlib.sha256(b'isi').hexdigest()}"
    fill(database, {**PLACES, **places}, {1: content})
    plan = Plan("x", uploads=(1, 2, 3))
    assert set(outcomes(database, plan, ListLog()).values()) == {Outcome.NOT_A_FILE, Outcome.IN_ARCHIVE}
    assert (tmp_path / "asli.jpg").exists()
