"""Packages that the review page asks for: where they lie, and that none replaces another."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bagit  # type: ignore[import-untyped]  # no stubs are published
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from casework.database import Database, open_database
from casework.tables import audit
from console.review_packages import PackageFolder, folder_name
from netra.errors import OutputError, UsageError
from netra.photo_errors import PHOTO_ERRORS
from netra.zones import Zone
from tests.casework.export_samples import FULL_CASE, NUMBER, fill_case

AT = datetime(2024, 11, 3, 20, 15, 0, tzinfo=UTC)
NAME = "paket-007-PM-Kota-Contoh-XI-2024-20241104-051500"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "kasus.db", create=True) as opened:
        fill_case(opened, tmp_path / "unggahan", case=FULL_CASE)
        yield opened


@pytest.fixture(autouse=True)
def _without_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper has tests of its own, and takes most of the time."""
    monkeypatch.setattr("casework.export.package.make_paper", lambda *_: b"%PDF-1.4 nothing")


def packages_of(database: Database, folder: Path = Path()) -> PackageFolder:
    return PackageFolder(database, folder, (), Zone.WIT, clock=lambda: AT)


def test_a_package_lies_beside_the_database_under_the_case_and_the_offices_time(
    database: Database, tmp_path: Path
) -> None:
    done = packages_of(database).export(NUMBER, "sinta", "diminta Bawaslu", allow_missing=False)
    assert done.place == tmp_path / "paket" / NAME
    assert (done.photos, done.findings, done.missing) == (3, 3, 0)
    bagit.Bag(str(done.place)).validate()
    assert (tmp_path / "kasus.db.key").is_file()
    with database.read() as connection:
        last = connection.execute(select(audit.c.entry).order_by(audit.c.seq.desc()).limit(1)).scalar_one()
    assert '"actor":"sinta"' in last
    assert '"action":"export"' in last
    assert "diminta Bawaslu" in last
    assert "+09:00" in last, "the office's clock"


def test_a_second_package_of_the_same_second_replaces_nothing(database: Database, tmp_path: Path) -> None:
    first = packages_of(database).export(NUMBER, "sinta", "satu", allow_missing=False)
    before = {path: path.read_bytes() for path in first.place.rglob("*") if path.is_file()}
    second = packages_of(database).export(NUMBER, "sinta", "dua", allow_missing=False)
    assert second.place == tmp_path / "paket" / f"{NAME}-2"
    assert {path: path.read_bytes() for path in first.place.rglob("*") if path.is_file()} == before


def test_the_folder_can_be_named_and_is_made(database: Database, tmp_path: Path) -> None:
    done = packages_of(database, tmp_path / "jauh" / "sekali").export(NUMBER, "sinta", "x", allow_missing=False)
    assert done.place.parent == tmp_path / "jauh" / "sekali"


def test_a_folder_that_cannot_be_made_is_told_and_leaves_nothing(database: Database, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_bytes(b"")
    with pytest.raises(OutputError, match="--packages"):
        packages_of(database, tmp_path / "berkas" / "paket").export(NUMBER, "sinta", "x", allow_missing=False)


@pytest.mark.parametrize(("number", "reason"), [("tidak-ada", "diminta"), (NUMBER, " ")])
def test_an_unknown_case_and_no_reason_are_refused(
    database: Database, tmp_path: Path, number: str, reason: str
) -> None:
    with pytest.raises(UsageError):
        packages_of(database).export(number, "sinta", reason, allow_missing=False)
    assert not list(tmp_path.glob("paket/*"))


def test_a_lost_original_stops_the_export_unless_it_may_be_missing(database: Database, tmp_path: Path) -> None:
    lost = next((tmp_path / "unggahan").glob("*.jpg"))
    lost.unlink()
    with pytest.raises(UsageError, match=lost.name) as told:
        packages_of(database).export(NUMBER, "sinta", "x", allow_missing=False)
    head, line = told.value.said("id").splitlines()
    assert head.startswith("1 foto tidak seperti ketika dipindai")
    assert lost.name in line
    assert line.endswith(PHOTO_ERRORS["vanished"].id)
    assert not list((tmp_path / "paket").iterdir())
    assert packages_of(database).export(NUMBER, "sinta", "x", allow_missing=True).missing == 1


@given(st.text(max_size=80))
def test_every_number_becomes_a_plain_name(number: str) -> None:
    name = folder_name(number)
    assert name.startswith("paket")
    assert name.isascii()
    assert not set(name) & set('/\\:*?"<>|. \0\n')
    assert len(name) < 100
    assert Path(name).name == name
