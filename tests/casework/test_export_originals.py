"""Originals: found again, compared, and told where they are not as they were."""

import os
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from casework.export.dossier import ExportError, PhotoRow, UploadRow
from casework.export.originals import Missing, Original, find_original, names_of, refuse_missing
from netra.both import Both

DATA = b"isi foto yang asli"
SHA = f"sha256:{sha256(DATA).hexdigest()}"


def photo(*places: Path | str, gone: bool = False, sha256_: str = SHA) -> PhotoRow:
    uploads = tuple(
        UploadRow(number, str(place), Path(place).name, sha256_, len(DATA), 0, gone=gone)
        for number, place in enumerate(places, 1)
    )
    return PhotoRow(1, sha256_, len(DATA), 10, 10, uploads)


def reasons(found: Original | Missing) -> str:
    assert isinstance(found, Missing)
    return "\n".join(reason.en for reason in found.reasons)


def test_bytes_time_and_place_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(DATA)
    os.utime(path, ns=(1, 1_700_000_000_123_456_789))
    found = find_original(photo(path))
    assert isinstance(found, Original)
    assert (found.data, found.mtime_ns, found.archive) == (DATA, 1_700_000_000_123_456_789, "")


@pytest.mark.parametrize("content", [b"isi foto yang lain", DATA + b"!", DATA[:-1], b""])
def test_other_content_is_told_with_what_was_expected(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(content)
    told = reasons(find_original(photo(path)))
    assert "a.jpg" in told
    assert SHA in told or "empty" in told


def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(DATA)
    (tmp_path / "a.jpg").symlink_to(tmp_path / "b.jpg")
    assert "link" in reasons(find_original(photo(tmp_path / "a.jpg")))


def test_what_retention_deleted_is_said_to_be_that(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(DATA)
    assert "deleted at the end of its time" in reasons(find_original(photo(path, gone=True)))


def test_the_first_file_that_is_as_it_was_serves(tmp_path: Path) -> None:
    (tmp_path / "b.jpg").write_bytes(DATA)
    found = find_original(photo(tmp_path / "a.jpg", tmp_path / "b.jpg"))
    assert isinstance(found, Original)
    assert found.upload.number == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_of_two_members_of_one_name_the_right_one_is_taken(tmp_path: Path) -> None:
    archive = tmp_path / "album.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("dalam/a.jpg", b"lain, lebih panjang lagi")
        made.writestr("dalam/a.jpg", DATA)
    found = find_original(photo(archive / "dalam" / "a.jpg"))
    assert isinstance(found, Original)
    assert (found.data, found.archive) == (DATA, str(archive))
    assert "in the archive" in reasons(find_original(photo(archive / "dalam" / "b.jpg")))


def test_a_folder_called_like_an_archive_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "album.zip"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(DATA)
    assert isinstance(find_original(photo(folder / "a.jpg")), Original)


def test_a_photo_without_files_is_missing() -> None:
    assert "no file of it is known" in reasons(find_original(photo()))


def test_many_missing_are_counted() -> None:
    refuse_missing([])
    with pytest.raises(ExportError, match=r"12 of the photos") as told:
        refuse_missing([Missing(photo(), (Both("tempat: hilang", "place: gone"),))] * 12)
    assert "and 2 more" in str(told.value)
    lines = told.value.said("id").splitlines()
    assert lines[0].startswith("12 foto tidak seperti ketika dipindai")
    assert (lines[1], lines[-1]) == ("tempat: hilang", "... dan 2 foto lagi")


def test_names_are_of_the_hash_alone() -> None:
    one, other = "ab" * 32, "ab" * 31 + "cd"
    rows = (
        photo("../../etc/pass wd.JPG", sha256_=f"sha256:{one}"),
        photo("x.exe", sha256_=f"sha256:{other}"),
        photo("y.PNG", sha256_="sha256:" + "9" * 64),
    )
    assert names_of(rows) == {
        f"sha256:{one}": (one, ".jpg"),
        f"sha256:{other}": (other, ".bin"),
        "sha256:" + "9" * 64: ("9" * 16, ".png"),
    }
