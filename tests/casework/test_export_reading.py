"""What an export reads of a database, on SQLite and PostgreSQL alike, and one whole export from each."""

from datetime import UTC, datetime
from pathlib import Path

import bagit  # type: ignore[import-untyped]  # it ships no types
import pytest
from sqlalchemy import insert, update

from casework import tables
from casework.database import Database
from casework.export.dossier import Scope
from casework.export.package import Order, export
from casework.export.reading import read_dossier
from casework.verify import verify_log
from tests.casework.export_samples import ELECTION, NUMBER, DotPainter, fill_case, truths
from tests.casework.test_export import check_alone


@pytest.fixture
def filled(database: Database, tmp_path: Path) -> Database:
    fill_case(database, tmp_path / "unggahan")
    return database


def test_a_case_and_its_run_are_read_whole(filled: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled.read() as connection:
        case, run = read_dossier(connection, NUMBER), read_dossier(connection, "1")
    assert (case.scope, run.scope, run.number) == (Scope.CASE, Scope.RUN, "run-1")
    assert [one.number for one in case.findings] == [one.number for one in run.findings] == [1, 2, 3]
    assert [photo.sha256 for photo in case.photos] == [one.sha256 for one in case.findings]
    assert [each.number for each in case.findings[0].decisions] == [1, 2, 3, 4]
    assert [each.number for each in case.findings[0].standing] == [3, 4]
    searched = case.run(1).searched
    people = sum(len(truth["people"]) for truth in truths()[:3])
    assert (searched.photos, searched.with_sighting, searched.people) == (3, 3, people)
    assert sum(searched.bands.values()) == 3
    assert case.log_size == 5
    assert [row.action for row in case.custody] == ["run.start", "case.add", "case.add", "case.add"]
    candidate = truths()[0]["findings"][0]["candidates"][0]
    assert case.election.name_of(candidate) == candidate.replace("-", " ").title()
    assert case.election.name_of("siapa") == "siapa"

    monkeypatch.setattr("casework.export.package.make_paper", lambda *_: b"%PDF-1.4 nothing")
    order = Order(NUMBER, tmp_path / "paket", "ratna", "diminta", datetime(2024, 10, 21, tzinfo=UTC))
    done = export(filled, order, DotPainter(), tmp_path / "netra.key")
    bagit.Bag(str(done.place)).validate()
    assert check_alone(done.place).returncode == 0
    with filled.read() as connection:
        assert verify_log(connection, (done.checkpoint.note.encode(),)).whole


def test_copies_of_a_photo_are_listed_and_not_contained(filled: Database) -> None:
    with filled.begin() as connection:
        connection.execute(
            insert(tables.photos).values(
                id=50, sha256="sha256:" + "5" * 64, size_bytes=9, pdq=b"", features=b"", copy_group=1,
                copy_relation="cropped",
            )
        )  # fmt: skip
        connection.execute(insert(tables.uploads).values(id=50, place="/x/50.jpg", path="50.jpg", photo_id=50))
        connection.execute(update(tables.photos).where(tables.photos.c.id == 1).values(copy_group=1))
    with filled.read() as connection:
        told = read_dossier(connection, NUMBER)
    assert [(photo.number, photo.copy_relation) for photo in told.copies] == [(50, "cropped")]
    assert 50 not in [photo.number for photo in told.photos]


def test_a_case_without_findings_is_read_as_well(filled: Database) -> None:
    with filled.begin() as connection:
        row = {"id": 2, "number": "kosong", "election_id": ELECTION, "legal_hold": False}
        connection.execute(insert(tables.cases).values(row))
    with filled.read() as connection:
        told = read_dossier(connection, "kosong")
    assert (told.findings, told.photos, told.runs, told.copies) == ((), (), (), ())
