"""The cache of reference templates: what comes back, who may read it, and what damage does."""

import os
import stat
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.templates import NoTemplateCache, TemplateCache, default_cache_folder
from vision.types import Face, FaceQuality, FaceReading

PHOTO, MODEL = "sha256:" + "ab" * 32, "detector+model"


def reading(seed: int = 0) -> FaceReading:
    values = np.random.default_rng(seed)
    face = Face(np.array([1, 2, 101, 122], np.float32), values.random((6, 2), np.float32), 0.9)
    return FaceReading(face, FaceQuality(120.0, 0.5, 0.75, 0.5), values.normal(size=128).astype(np.float32))


@pytest.fixture
def cache(tmp_path: Path) -> TemplateCache:
    return TemplateCache(tmp_path / "new" / "templates")


def only_file(cache: TemplateCache) -> Path:
    (path,) = cache.folder.iterdir()
    return path


def test_what_is_stored_comes_back_exactly(cache: TemplateCache) -> None:
    cache.store(PHOTO, MODEL, reading())
    (back,) = cache.load(PHOTO, MODEL)
    assert np.array_equal(back.template, reading().template)
    assert np.array_equal(back.face.keypoints_xy, reading().face.keypoints_xy)
    assert np.array_equal(back.face.box_xyxy, reading().face.box_xyxy)
    assert (back.face.score, back.quality) == (0.9, reading().quality)


def test_another_photo_or_model_is_not_there(cache: TemplateCache) -> None:
    cache.store(PHOTO, MODEL, reading())
    assert cache.load("sha256:" + "cd" * 32, MODEL) == ()
    assert cache.load(PHOTO, "another model") == ()


def test_storing_again_replaces(cache: TemplateCache) -> None:
    cache.store(PHOTO, MODEL, reading(1))
    cache.store(PHOTO, MODEL, reading(2))
    (back,) = cache.load(PHOTO, MODEL)
    assert np.array_equal(back.template, reading(2).template)
    assert only_file(cache).suffix == ".npz"


def test_names_of_files_say_nothing(cache: TemplateCache) -> None:
    cache.store(PHOTO, "../../evil\nname", reading())
    assert only_file(cache).parent == cache.folder
    assert "ab" * 8 not in only_file(cache).name
    assert cache.load(PHOTO, "../../evil\nname")


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX systems")
def test_only_the_owner_can_read_it(cache: TemplateCache) -> None:
    cache.folder.mkdir(parents=True, mode=0o755)
    cache.store(PHOTO, MODEL, reading())
    assert stat.S_IMODE(cache.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(only_file(cache).stat().st_mode) == 0o600


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(at=st.floats(0, 1, exclude_max=True), how=st.sampled_from(["cut", "flip", "insert"]))
def test_a_damaged_file_is_missing_or_whole_and_is_written_again(cache: TemplateCache, at: float, how: str) -> None:
    cache.store(PHOTO, MODEL, reading())
    data = only_file(cache).read_bytes()
    here = int(at * len(data))
    flipped = data[:here] + bytes([data[here] ^ 0x10]) + data[here + 1 :]
    only_file(cache).write_bytes(
        {"cut": data[:here], "flip": flipped, "insert": data[:here] + b"??" + data[here:]}[how]
    )
    for back in cache.load(PHOTO, MODEL):
        assert np.array_equal(back.template, reading().template)
        assert back.quality == reading().quality
    cache.store(PHOTO, MODEL, reading())
    assert len(cache.load(PHOTO, MODEL)) == 1


def test_a_pickle_is_never_opened(cache: TemplateCache) -> None:
    cache.store(PHOTO, MODEL, reading())
    np.savez(only_file(cache), about=np.array([{"a": 1}], dtype=object))
    assert cache.load(PHOTO, MODEL) == ()


def test_a_folder_that_cannot_be_made_is_only_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = TemplateCache(tmp_path / "file" / "templates")
    cache.store(PHOTO, MODEL, reading())
    assert "cannot be written" in caplog.text
    assert cache.load(PHOTO, MODEL) == ()


def test_clearing_deletes_all(cache: TemplateCache) -> None:
    assert cache.clear() == 0
    cache.store(PHOTO, MODEL, reading())
    assert cache.clear() == 1
    assert cache.load(PHOTO, MODEL) == ()


def test_without_a_cache_nothing_is_kept() -> None:
    NoTemplateCache().store(PHOTO, MODEL, reading())
    assert NoTemplateCache().load(PHOTO, MODEL) == ()


def test_the_default_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("candidates.templates.sys.platform", "linux")
    monkeypatch.setattr("candidates.templates.os.name", "posix")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_cache_folder() == tmp_path / "netra" / "templates"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert default_cache_folder() == tmp_path / "home" / ".cache" / "netra" / "templates"
