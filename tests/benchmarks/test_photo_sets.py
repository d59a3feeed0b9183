import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.photo_sets import PhotoSet, known_sets, own_set
from netra.errors import UsageError


@given(st.integers(1, 60), st.integers(0, 80))
def test_a_limit_takes_photos_spread_over_the_set(count: int, limit: int) -> None:
    photos = tuple(Path(f"{index:03}.jpg") for index in range(count))
    thinned = PhotoSet("x", photos).thinned(limit).photos
    assert len(thinned) == (min(limit, count) if limit else count)
    assert list(thinned) == sorted(set(thinned))
    gaps = [int(b.stem) - int(a.stem) for a, b in itertools.pairwise(thinned)]
    assert not gaps or max(gaps) - min(gaps) <= 1


def test_a_set_without_photos_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one photo"):
        PhotoSet("x", ())


def test_only_good_uploads_are_measured(tmp_path: Path) -> None:
    uploads, truth = tmp_path / "uploads", tmp_path / "truth.json"
    rows = [("a.jpg", "ok"), ("copy.jpg", "duplicate"), ("spoilt.jpg", "error"), ("b/c.PNG", "ok"), ("d.webp", "ok")]
    truth.write_text(json.dumps({"photos": [{"path": path, "status": status} for path, status in rows]}))
    (found,) = known_sets(truth, uploads, tmp_path / "none")
    assert found.name == "uploads"
    assert found.photos == (uploads / "a.jpg", uploads / "b/c.PNG")


def test_sets_that_are_missing_are_left_out(tmp_path: Path) -> None:
    assert known_sets(tmp_path / "truth.json", tmp_path / "uploads", tmp_path) == ()
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "b.jpg").write_bytes(b"")
    (tmp_path / "scenes" / "a.jpg").write_bytes(b"")
    (tmp_path / "scenes" / "notes.txt").write_bytes(b"")
    (found,) = known_sets(tmp_path / "truth.json", tmp_path / "uploads", tmp_path)
    assert (found.name, [photo.name for photo in found.photos]) == ("scenes", ["a.jpg", "b.jpg"])


def test_own_photos_may_be_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "folder" / "deep").mkdir(parents=True)
    for name in ("one.jpg", "folder/two.JPG", "folder/deep/three.png", "folder/notes.txt"):
        (tmp_path / name).write_bytes(b"")
    found = own_set([str(tmp_path / "one.jpg"), str(tmp_path / "folder")])
    assert [photo.name for photo in found.photos] == ["one.jpg", "three.png", "two.JPG"]
    assert found.elections == ()


def test_own_photos_that_are_not_there_are_named(tmp_path: Path) -> None:
    missing = str(tmp_path / "no.jpg")
    with pytest.raises(UsageError, match=r"no\.jpg: there is no such file or folder"):
        own_set([missing])
    with pytest.raises(UsageError, match="no photo found"):
        own_set([str(tmp_path)])
