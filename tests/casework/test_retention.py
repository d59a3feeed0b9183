"""What may be deleted when, and that what was deleted is gone from every table, with a proof of it."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from casework import tables
from casework.case_file import CaseError, CaseState
from casework.cases import Cases, all_cases
from casework.database import Database
from casework.deletion import DELETED, REDACTED
from casework.retention import Block, Plan, due, next_day, of_case, of_photo, of_unused, of_uploader
from tests.casework.deletions import TODAY, count, delete_plan, open_case, planned
from tests.casework.sample import AT, NAMES, PLACES, ListLog, fill, pdq_of, sha256_of


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


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
        detail = json.loads(connection.execute(select(tables.findings.c.detail)).scalar_one())
    for word in (PLACES[1], PLACES[2], PLACES[6], "u-1", NAMES["u-1"]):
        assert word not in everything, word
    assert PLACES[3] in everything
    assert record == {"path": REDACTED, "uploader": REDACTED}
    told = detail["elements"][0]["evidence_id"]
    assert told == f"Tercatat: pengunggah {REDACTED}, instansi Dinas Contoh. Unggahan {REDACTED}, nomor urut 1."


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
