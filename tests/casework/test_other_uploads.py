"""A photo posted twice and scanned folder by folder: the finding does not hang on which folder comes last."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from casework.database import Database
from netra.zones import Zone
from screening import stamps
from screening.known import Background
from screening.upload_facts import Moment, TimeSource, UploadFacts
from screening.uploads import Row
from tests.casework.made_up import Office, StandIn, made_up_photo, quick_fingerprint
from vision.exif import ExifFacts


@dataclass(frozen=True, slots=True)
class PostedIn(Background):
    """What lies in the folder ``lama`` was posted years before the rules held, all else while they did."""

    def facts(self, row: Row, exif: ExifFacts, zone: Zone, remembered: tuple[UploadFacts, ...] = ()) -> UploadFacts:
        del exif, zone, remembered
        day = date(2010, 1, 1) if "lama" in row.path else date(2018, 3, 5)
        moment = (Moment(day, TimeSource.MANIFEST),)
        return UploadFacts("u-1", posted=moment, taken=moment)


@pytest.fixture
def office(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.reading.fingerprint", quick_fingerprint)
    for number in range(25):
        made_up_photo(tmp_path / "baru" / f"{number:03}.png", number)
    shutil.copytree(tmp_path / "baru", tmp_path / "lama")
    return Office(database, tmp_path, background=PostedIn())


def current(office: Office) -> list[tuple[object, ...]]:
    names = ("photo_id", "ticket", "category", "strength")
    return sorted(tuple(row[name] for name in names) for row in office.rows("findings") if row["current"])


@pytest.mark.parametrize("order", [("baru", "lama"), ("lama", "baru")])
def test_each_folder_by_itself_gives_what_both_together_give(
    office: Office, order: tuple[str, str], tmp_path: Path
) -> None:
    office.scan([tmp_path / "baru"])
    expected = current(office)
    assert len(expected) > 3
    for folder in order:
        office.scan([tmp_path / folder])
    assert current(office) == expected


def test_a_photo_of_which_only_the_old_upload_is_known_gives_no_finding(office: Office, tmp_path: Path) -> None:
    office.scan([tmp_path / "lama"])
    assert current(office) == []


def test_an_upload_that_retention_deleted_counts_no_more(office: Office, tmp_path: Path) -> None:
    from sqlalchemy import update

    from casework.tables import uploads

    office.scan([tmp_path / "baru"])
    with office.database.begin() as connection:
        connection.execute(update(uploads).values(gone=True))
    office.scan([tmp_path / "lama"])
    assert current(office) == []


def test_a_scan_without_the_list_keeps_what_the_list_said(office: Office, tmp_path: Path) -> None:
    for folder in ("baru", "lama"):
        office.scan([tmp_path / folder])
    before, uploads_before = current(office), office.rows("uploads")
    office.background = Background()
    office.scan([tmp_path / "baru", tmp_path / "lama"])
    assert office.rows("uploads") == uploads_before
    assert current(office) == before
    assert {record.facts.uploader_id for record in office.records} == {"u-1"}
