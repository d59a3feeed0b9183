"""Copies of a photo are put together when a scan ends, in the next scan too."""

from pathlib import Path

import pytest
from PIL import Image

from casework.database import Database
from fixtures import UPLOADS
from screening import stamps
from tests.casework.made_up import Office, StandIn, nothing_asked

PHOTOS = sorted((UPLOADS / "dinas-kesehatan").glob("*.jpg"))


def groups(office: Office) -> list[set[str]]:
    named = {row["photo_id"]: Path(row["path"]).name for row in office.rows("uploads")}
    found: dict[int, set[str]] = {}
    for row in office.rows("photos"):
        if row["copy_group"] is not None:
            found.setdefault(row["copy_group"], set()).add(named[row["id"]])
    return sorted(found.values(), key=min)


def test_copies_are_grouped_in_this_scan_and_the_next(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    folder = tmp_path / "foto"
    folder.mkdir()
    first, second = (Image.open(path).convert("RGB") for path in PHOTOS[:2])
    first.save(folder / "a.jpg", quality=92)
    first.save(folder / "b.jpg", quality=40)
    second.save(folder / "c.jpg", quality=92)
    office = Office(database, folder)
    office.scan()
    assert groups(office) == [{"a.jpg", "b.jpg"}]
    office.scan()
    assert groups(office) == [{"a.jpg", "b.jpg"}]
    first.resize((first.width // 2, first.height // 2)).save(folder / "d.jpg", quality=90)
    second.save(folder / "e.jpg", quality=50)
    office.scan()
    assert groups(office) == [{"a.jpg", "b.jpg", "d.jpg"}, {"c.jpg", "e.jpg"}]
