"""A stamp tells a file that is as it was from every other."""

import os
import zipfile
from pathlib import Path

import pytest

from screening import stamps
from screening.stamps import stamp_of
from screening.uploads import Upload, find_uploads


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)


def uploads(*paths: Path) -> list[Upload]:
    return [row for row in find_uploads(paths) if isinstance(row, Upload)]


def test_the_same_file_has_the_same_stamp(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"abc")
    (upload,) = uploads(tmp_path)
    stamp = stamp_of(upload)
    assert stamp.same(stamp_of(upload))
    assert (stamp.place, stamp.size_bytes) == (str(tmp_path / "a.jpg"), 3)


@pytest.mark.parametrize("change", ["bytes", "size", "time", "replaced", "touched back"])
def test_another_file_has_another_stamp(tmp_path: Path, change: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"abc")
    (upload,) = uploads(tmp_path)
    before = stamp_of(upload)
    status = path.stat()
    if change == "replaced":
        other = tmp_path / "b.jpg"
        other.write_bytes(b"abd")
        os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
        other.replace(path)
    elif change == "time":
        os.utime(path, ns=(0, status.st_mtime_ns + 1))
    else:
        path.write_bytes(b"abd" if change != "size" else b"abcd")
        if change == "touched back":
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert not before.same(stamp_of(upload))


def test_a_file_that_was_just_changed_is_never_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "FRESH_NS", 2_000_000_000)
    (tmp_path / "a.jpg").write_bytes(b"abc")
    (upload,) = uploads(tmp_path)
    assert not stamp_of(upload).same(stamp_of(upload))


def test_a_file_that_is_gone_is_never_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"abc")
    (upload,) = uploads(tmp_path)
    (tmp_path / "a.jpg").unlink()
    assert not stamp_of(upload).same(stamp_of(upload))


def test_members_of_an_archive_have_stamps_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"

    def pack(content: bytes) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("1.jpg", b"abc")
            archive.writestr("2.jpg", content)

    pack(b"def")
    first = [stamp_of(one) for one in uploads(path)]
    assert [one.place for one in first] == [f"{path}/1.jpg", f"{path}/2.jpg"]
    assert all(before.same(stamp_of(one)) for before, one in zip(first, uploads(path), strict=True))
    pack(b"deg")
    assert not any(before.same(stamp_of(one)) for before, one in zip(first, uploads(path), strict=True))


def test_a_link_to_the_folder_leads_to_the_same_place(tmp_path: Path) -> None:
    folder = tmp_path / "foto"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(b"abc")
    (tmp_path / "tautan").symlink_to(folder)
    named = [*uploads(folder), *uploads(tmp_path / "tautan" / "a.jpg")]
    assert stamp_of(named[0]).same(stamp_of(named[1]))
