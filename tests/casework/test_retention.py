"""What may be deleted when, and that what was deleted is gone from every table and from the file."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, func, insert, select

from casework import tables
from casework.audit import AuditLog
from casework.case_file import CaseError, CaseState
from casework.cases import Cases, all_cases
from casework.database import Database, open_database
from casework.decisions import Verdict, decide, undo
from casework.deletion import DELETED, REDACTED, Deletion, delete_planned, purge_file
from casework.explained import decisions_explained
from casework.originals import Outcome, delete_originals, originals_of
from casework.retention import Block, Plan, due, next_day, of_case, of_photo, of_unused, of_uploader
from casework.scan_lock import ScanLock
from casework.verify import verify_log
from netra.errors import DatabaseError
from tests.casework.sample import AT, ELECTION, NAMES, PLACES, ListLog, fill, pdq_of, sha256_of

TODAY = date(2025, 7, 1)
DUTIES = {
    "purpose": "Rapat dengan Tarno",
    "title": "Tarno",
    "legal_basis": "x",
    "officer": "y",
    "ends_on": "2025-12-31",
}


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


def open_case(database: Database, number: str, findings: list[int], closed: bool = True, **values: str) -> None:
    with database.begin() as connection:
        cases = Cases(connection, ListLog(), "petugas-a", date(2024, 10, 21), AT)
        cases.open(number, ELECTION, DUTIES | {"ends_on": "2024-11-30"} | values, findings)
        if closed:
            cases.close(number, "selesai")


def delete_plan(database: Database, plan: Plan, today: date = TODAY) -> tuple[ListLog, Deletion]:
    log = ListLog()
    return log, delete_planned(database, plan, lambda _: log, "petugas-b", "masa simpan habis", today)


def planned(database: Database, number: str, today: date = TODAY) -> Plan:
    with database.read() as connection:
        return of_case(connection, number, today)


def count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_case_is_due_after_its_last_day_of_keeping(filled: Database) -> None:
    open_case(filled, "1", [1], retain_until="2025-06-30")
    assert planned(filled, "1", date(2025, 6, 30)).kept[0].block is Block.KEPT
    assert planned(filled, "1", date(2025, 6, 30)).is_empty
    plan = planned(filled, "1", date(2025, 7, 1))
    assert (plan.cases, plan.photos, plan.kept) == (("1",), (1,), ())
    with filled.read() as connection:
        assert next_day(connection) == (date(2025, 6, 30),)


@pytest.mark.parametrize(
    ("closed", "held", "values", "block"),
    [
        (False, False, {"retain_until": "2025-06-30"}, Block.OPEN),
        (True, True, {"retain_until": "2025-06-30"}, Block.HELD),
        (True, False, {"retain_until": "2025-07-01"}, Block.KEPT),
        (True, False, {}, Block.NO_DAY),
    ],
)
def test_what_stands_in_the_way(
    filled: Database, closed: bool, held: bool, values: dict[str, str], block: Block
) -> None:
    open_case(filled, "1", [1], closed, **values)
    if held:
        with filled.begin() as connection:
            Cases(connection, ListLog(), "x", TODAY, AT).hold("1", True, "gugatan")
    with filled.begin() as connection:
        plans = [
            *due(connection, TODAY),
            of_photo(connection, sha256_of(1), TODAY),
            of_uploader(connection, "u-1", TODAY),
        ]
    assert [[kept.block for kept in plan.kept] for plan in plans] == [[block]] * 3
    assert plans[0].is_empty
    assert plans[1].is_empty
    assert 1 not in plans[2].photos
    with pytest.raises(CaseError) as told:
        delete_plan(filled, Plan("photo:x", photos=(1,)))
    assert told.value.kind == "needed-since"
    with pytest.raises(CaseError):
        delete_plan(filled, Plan("case:1", cases=("1",)))


def test_a_photo_stays_while_another_case_needs_it(filled: Database) -> None:
    open_case(filled, "1", [1, 2], retain_until="2025-06-30")
    open_case(filled, "2", [2], closed=False)
    plan = planned(filled, "1")
    assert (plan.cases, plan.photos) == (("1",), (1,))
    assert [(kept.what, kept.block, kept.number) for kept in plan.kept] == [(f"photo:{sha256_of(2)}", Block.OPEN, "2")]
    delete_plan(filled, plan)
    with filled.read() as connection:
        first, second = all_cases(connection)
        assert (first.state, first.findings, second.findings) == (CaseState.DELETED, (), (2,))


def test_nothing_of_a_deleted_case_is_left_in_any_table(filled: Database) -> None:
    open_case(filled, "1", [1], retain_until="2025-06-30")
    with filled.read() as connection:
        before = {table.name: count(connection, table) for table in tables.metadata.sorted_tables}
    log, _ = delete_plan(filled, planned(filled, "1"))
    with filled.read() as connection:
        after = {table.name: count(connection, table) for table in tables.metadata.sorted_tables}
        everything = repr([connection.execute(select(table)).all() for table in tables.metadata.sorted_tables])
        case = all_cases(connection)[0]
    gone = {name: before[name] - after[name] for name in before if before[name] != after[name]}
    assert gone == {
        "photos": 1, "uploads": 2, "readings": 1, "seen": 2, "evaluations": 1, "people": 2, "hands": 1,
        "sightings": 1, "findings": 1, "decisions": 2, "case_findings": 1, "about": 1,
    }  # fmt: skip
    for word in (PLACES[1], PLACES[5], sha256_of(1), repr(pdq_of(1))[2:-1], "Rapat dengan Tarno", "/p/1'"):
        assert word not in everything, word
    assert PLACES[2] in everything, "what stays is untouched"
    assert (case.state, case.number, case.legal_basis, case.title) == (CaseState.DELETED, "1", "x", "")
    proof = log.entries[0][4]
    assert {name: rows["count"] for name, rows in proof["rows"].items()} == {
        name: number for name, number in gone.items() if name != "about"
    } | {"cases": 1}


def test_the_proof_says_what_went_and_names_nobody(filled: Database) -> None:
    open_case(filled, "1", [1], retain_until="2025-06-30")
    with filled.read() as connection:
        row = connection.execute(select(tables.readings).where(tables.readings.c.photo_id == 1)).mappings().one()
    log, _ = delete_plan(filled, planned(filled, "1"))
    assert log.actions == [DELETED, "retention.purge"]
    actor, _, subject, reason, proof = log.entries[0]
    assert (actor, subject, reason) == ("petugas-b", "case:1", "masa simpan habis")
    assert proof["photos"] == [sha256_of(1)]
    assert proof["decisions"] == {"confirmed": 2}
    assert proof["seen"] == {"1": {"ok": 1, "duplicate": 1}}
    plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items()}
    line = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
    assert proof["rows"]["readings"] == {"count": 1, "sha256": f"sha256:{hashlib.sha256(line).hexdigest()}"}
    for word in (*PLACES.values(), *NAMES.values(), *NAMES):
        assert word not in repr(log.entries)


def test_the_counts_of_a_run_stay_explained(filled: Database) -> None:
    open_case(filled, "1", [1], retain_until="2025-06-30")
    log, _ = delete_plan(filled, planned(filled, "1"))
    with filled.read() as connection:
        query = select(tables.seen.c.status, func.count()).group_by(tables.seen.c.status)
        left = {row[0]: row[1] for row in connection.execute(query)}
        told = json.loads(connection.execute(select(tables.runs.c.counts)).scalar_one())
    gone = log.entries[0][4]["seen"]["1"]
    assert told["ok"] == left["ok"] + gone["ok"]
    assert told["duplicate"] == left["duplicate"] + gone["duplicate"]
    assert told["seen"] == sum(left.values()) + sum(gone.values())


def test_a_path_in_what_stays_is_taken_out(filled: Database) -> None:
    with filled.begin() as connection:
        plan = of_photo(connection, sha256_of(1), TODAY)
    log, _ = delete_plan(filled, plan)
    with filled.read() as connection:
        assert json.loads(connection.execute(select(tables.runs.c.roots)).scalar_one()) == [
            REDACTED,
            "/rekaan/unggahan",
        ]
    assert log.entries[0][4]["redacted"] == 1


def test_of_a_photo_that_others_uploaded_too_only_the_upload_goes(filled: Database) -> None:
    with filled.begin() as connection:
        plan = of_uploader(connection, "u-1", TODAY)
    assert (plan.photos, plan.uploads) == ((1,), (2, 6))
    delete_plan(filled, plan)
    with filled.read() as connection:
        everything = repr([connection.execute(select(table)).all() for table in tables.metadata.sorted_tables])
        assert list(connection.execute(select(tables.findings.c.id)).scalars()) == [2]
        record = json.loads(
            connection.execute(select(tables.evaluations.c.record).order_by("id")).scalars().first() or ""
        )
    for word in (PLACES[1], PLACES[2], PLACES[6], "'u-1'", '"u-1"', NAMES["u-1"]):
        assert word not in everything, word
    assert PLACES[3] in everything
    assert record == {"path": REDACTED, "uploader": REDACTED}


def test_copies_stay_together_without_the_one_that_goes(filled: Database) -> None:
    with filled.begin() as connection:
        fourth = {"id": 4, "sha256": sha256_of(4), "size_bytes": 9, "copy_group": 2, "copy_relation": "crop"}
        connection.execute(insert(tables.photos), [fourth])
        plan = of_photo(connection, sha256_of(2), TODAY)
    delete_plan(filled, plan)
    groups = select(tables.photos.c.id, tables.photos.c.copy_group).order_by(tables.photos.c.id)
    with filled.begin() as connection:
        assert [tuple(row) for row in connection.execute(groups)] == [(1, 1), (3, None), (4, 1)]
        plan = of_photo(connection, sha256_of(1), TODAY)
    delete_plan(filled, plan)
    with filled.read() as connection:
        assert [tuple(row) for row in connection.execute(groups)] == [(3, None), (4, None)]


def test_photos_that_led_to_nothing(filled: Database) -> None:
    with filled.begin() as connection:
        assert of_unused(connection, date(2024, 10, 20)).is_empty
        plan = of_unused(connection, date(2024, 10, 21))
        assert plan.photos == (3,)
    delete_plan(filled, plan)
    with filled.read() as connection:
        assert list(connection.execute(select(tables.photos.c.id).order_by("id")).scalars()) == [1, 2]


def test_earlier_rows_of_a_file_that_changed_stay(filled: Database) -> None:
    with filled.begin() as connection:
        connection.execute(tables.uploads.update().where(tables.uploads.c.id == 4).values(photo_id=2))
        plan = of_photo(connection, sha256_of(3), TODAY)
    delete_plan(filled, plan)
    with filled.read() as connection:
        row = connection.execute(select(tables.seen).where(tables.seen.c.upload_id == 4)).one()
        assert row.evaluation_id is None


def test_what_is_not_there_is_an_empty_plan(filled: Database) -> None:
    with filled.begin() as connection:
        assert of_photo(connection, sha256_of(99), TODAY).is_empty
        assert of_uploader(connection, "u-99", TODAY).is_empty
        with pytest.raises(CaseError, match="unknown-case"):
            of_case(connection, "99", TODAY)


def test_a_case_is_deleted_once(filled: Database) -> None:
    open_case(filled, "1", [1], retain_until="2025-06-30")
    delete_plan(filled, planned(filled, "1"))
    with filled.read() as connection:
        assert due(connection, TODAY) == ()
    with pytest.raises(CaseError, match="deleted"):
        planned(filled, "1")


def test_more_photos_than_fit_in_one_part_each_part_with_its_proof(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("casework.retention.CHUNK", 2)
    with database.begin() as connection:
        row = {"size_bytes": 1, "first_seen_at": AT}
        connection.execute(insert(tables.photos), [{"sha256": sha256_of(n), **row} for n in range(5)])
        plan = of_unused(connection, TODAY)
    log, deletion = delete_plan(database, plan)
    proofs = [entry[4] for entry in log.entries if entry[1] == DELETED]
    assert [len(proof["photos"]) for proof in proofs] == [2, 2, 1]
    assert deletion.rows["photos"].count == 5
    with database.read() as connection:
        assert count(connection, tables.photos) == 0


def test_every_table_that_hangs_on_a_photo_is_known_to_the_deletion() -> None:
    """A table added later must be deleted as well: this test says so before an office finds out."""
    reached = {"photos", "uploads"}
    while (
        more := {
            table.name
            for table in tables.metadata.sorted_tables
            for key in table.foreign_keys
            if key.column.table.name in reached
        }
        - reached
    ):
        reached |= more
    source = Path(__file__).parents[2].joinpath("casework", "deletion.py").read_text("utf-8")
    assert {name for name in reached if f"        ({name}, {name}.c." not in source} == set()


def test_the_log_verifies_and_every_decision_is_explained_after_a_deletion(filled: Database) -> None:
    with filled.begin() as connection:
        connection.execute(tables.decisions.delete())
        for reviewer in ("petugas-a", "petugas-b"):
            decide(connection, 1, reviewer, Verdict.CONFIRMED, "sesuai")
        made = decide(connection, 2, "petugas-a", Verdict.REJECTED, "diluar-masa")
        undo(connection, made.id, "petugas-a")
        decide(connection, 2, "petugas-a", Verdict.REJECTED, "bukan-asn")
        cases = Cases(connection, AuditLog(connection), "petugas-a", date(2024, 10, 21), AT)
        for number in (1, 2):
            cases.open(
                str(number), ELECTION, DUTIES | {"ends_on": "2024-11-30", "retain_until": "2025-06-30"}, [number]
            )
            cases.close(str(number), "selesai")
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
    with database.read() as connection:
        files = originals_of(connection, plan)
    done = delete_originals(database, files, lambda _: log, "petugas-b", "masa simpan habis")
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
