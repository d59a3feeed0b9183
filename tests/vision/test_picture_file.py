"""Pictures on disk: whole, or an error and nothing."""

import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PillowImage

from netra.errors import OutputError
from vision.picture_file import save_picture
from vision.types import Image


@pytest.fixture
def pixels(rng: np.random.Generator) -> Image:
    coarse = rng.integers(0, 256, (12, 16, 3), np.uint8)
    return np.repeat(np.repeat(coarse, 10, axis=0), 10, axis=1)


def test_what_is_written_can_be_read_back(tmp_path: Path, pixels: Image) -> None:
    save_picture(tmp_path / "a.jpg", pixels)
    with PillowImage.open(tmp_path / "a.jpg") as picture:
        assert picture.format == "JPEG"
        back = np.asarray(picture.convert("RGB"))
    assert back.shape == pixels.shape
    assert np.abs(back.astype(int) - pixels).mean() < 3
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_a_png_loses_nothing(tmp_path: Path, pixels: Image) -> None:
    save_picture(tmp_path / "a.PNG", pixels)
    with PillowImage.open(tmp_path / "a.PNG") as picture:
        assert picture.format == "PNG"
        assert np.array_equal(np.asarray(picture), pixels)


def test_a_file_that_exists_is_kept(tmp_path: Path, pixels: Image) -> None:
    (tmp_path / "a.jpg").write_bytes(b"bukti")
    with pytest.raises(OutputError, match=r"a\.jpg: a file of this name exists"):
        save_picture(tmp_path / "a.jpg", pixels)
    assert (tmp_path / "a.jpg").read_bytes() == b"bukti"
    assert os.listdir(tmp_path) == ["a.jpg"]


def test_a_file_that_exists_is_replaced_when_asked(tmp_path: Path, pixels: Image) -> None:
    (tmp_path / "a.jpg").write_bytes(b"lama")
    save_picture(tmp_path / "a.jpg", pixels, overwrite=True)
    assert (tmp_path / "a.jpg").read_bytes()[:2] == b"\xff\xd8"
    assert os.listdir(tmp_path) == ["a.jpg"]


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs rights on Windows")
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_link_is_never_followed(tmp_path: Path, pixels: Image, overwrite: bool) -> None:
    (tmp_path / "asli.jpg").write_bytes(b"asli")
    (tmp_path / "a.jpg").symlink_to(tmp_path / "asli.jpg")
    if overwrite:
        save_picture(tmp_path / "a.jpg", pixels, overwrite=True)
    else:
        with pytest.raises(OutputError):
            save_picture(tmp_path / "a.jpg", pixels)
    assert (tmp_path / "asli.jpg").read_bytes() == b"asli"


def test_a_missing_folder_is_told(tmp_path: Path, pixels: Image) -> None:
    with pytest.raises(OutputError, match="Check that the folder exists"):
        save_picture(tmp_path / "tidak-ada" / "a.jpg", pixels)


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path, pixels: Image) -> None:
    (tmp_path / "a.jpg").mkdir()
    for overwrite in (False, True):
        with pytest.raises(OutputError, match=r"a\.jpg"):
            save_picture(tmp_path / "a.jpg", pixels, overwrite=overwrite)
    assert os.listdir(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize("name", ["a.gif", "a", "a.jpg.txt"])
def test_another_ending_is_refused(tmp_path: Path, pixels: Image, name: str) -> None:
    with pytest.raises(OutputError, match=r"ends in \.jpg"):
        save_picture(tmp_path / name, pixels)
    assert os.listdir(tmp_path) == []


def test_a_picture_too_long_for_a_jpeg_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="65500"):
        save_picture(tmp_path / "a.jpg", np.zeros((1, 65_501, 3), np.uint8))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files")
@pytest.mark.parametrize("overwrite", [False, True])
def test_a_write_that_fails_half_way_leaves_nothing_behind(tmp_path: Path, pixels: Image, overwrite: bool) -> None:
    """A limit on the size of files stands in for a full disk: the write itself fails."""
    import resource

    if overwrite:
        (tmp_path / "a.jpg").write_bytes(b"lama")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OutputError, match="the disk has room"):
            save_picture(tmp_path / "a.jpg", pixels, overwrite=overwrite)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert os.listdir(tmp_path) == (["a.jpg"] if overwrite else [])
    assert not overwrite or (tmp_path / "a.jpg").read_bytes() == b"lama"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such rights")
def test_the_file_has_the_rights_of_any_new_file(tmp_path: Path, pixels: Image) -> None:
    (tmp_path / "lain").write_bytes(b"")
    save_picture(tmp_path / "a.jpg", pixels)
    rights = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("a.jpg", "lain")]
    assert rights[0] == rights[1]
