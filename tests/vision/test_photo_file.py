import io
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from netra.errors import PhotoError, PhotoErrorKind
from vision.photo import load_photo_bytes
from vision.photo_file import printable, read_file, valid_text

NOBODY = 65534
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467 keluarga.jpg"  # one emoji of three, joined


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A folder that everybody can enter; whoever runs the tests as root is somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        is_root = os.geteuid() == 0
        if is_root:
            os.chown(folder, NOBODY, NOBODY)
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if is_root:
                os.seteuid(0)


def refused(path: Path, max_bytes: int = 1000) -> PhotoErrorKind:
    with pytest.raises(PhotoError) as caught:
        read_file(str(path), max_bytes)
    assert printable(str(path)) in str(caught.value)
    return caught.value.kind


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 1000)
    assert read_file(str(tmp_path / "a"), 1000) == b"x" * 1000


def test_size_decides_before_reading(tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    assert refused(tmp_path / "empty") == PhotoErrorKind.EMPTY
    (tmp_path / "large").write_bytes(b"x" * 1001)
    assert refused(tmp_path / "large") == PhotoErrorKind.TOO_MANY_BYTES
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(2**40)  # a terabyte, were it read
    assert refused(tmp_path / "sparse") == PhotoErrorKind.TOO_MANY_BYTES


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 900)
    real = os.fstat

    def fstat_then_grow(descriptor: int) -> os.stat_result:
        result = real(descriptor)
        with path.open("ab") as file:
            file.write(b"y" * 150)
        return result

    monkeypatch.setattr(os, "fstat", fstat_then_grow)  # called twice: 900, 1050, 1200 bytes
    assert refused(path, 1100) == PhotoErrorKind.TOO_MANY_BYTES
    monkeypatch.undo()
    assert len(read_file(str(path), 2000)) == 1200


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    os.mknod(tmp_path / "socket", stat.S_IFSOCK | 0o600)
    for path in (tmp_path, tmp_path / "pipe", tmp_path / "socket", Path(os.devnull)):
        assert refused(path) == PhotoErrorKind.NOT_A_FILE


def test_a_pipe_put_in_a_files_place_does_not_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").touch()
    os.mkfifo(tmp_path / "pipe")
    file = os.lstat(tmp_path / "a")
    monkeypatch.setattr(os, "lstat", lambda _: file)
    assert refused(tmp_path / "pipe") == PhotoErrorKind.NOT_A_FILE


def test_a_link_is_refused_even_when_put_in_a_files_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"secret")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert refused(tmp_path / "link") == PhotoErrorKind.LINK
    assert refused(tmp_path / "circle") == PhotoErrorKind.LINK
    file = os.lstat(tmp_path / "a")
    monkeypatch.setattr(os, "lstat", lambda _: file)
    assert refused(tmp_path / "link") == PhotoErrorKind.LINK


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for name in ("gone", "file/below", "a\0b"):
        assert refused(tmp_path / name) == PhotoErrorKind.VANISHED


def test_a_file_without_permission() -> None:
    with as_nobody() as folder:
        (folder / "a").write_bytes(b"x")
        (folder / "a").chmod(0)
        (folder / "closed").mkdir()
        (folder / "closed" / "b").write_bytes(b"x")
        (folder / "closed").chmod(0)
        assert refused(folder / "a") == PhotoErrorKind.NOT_READABLE
        assert refused(folder / "closed" / "b") == PhotoErrorKind.NOT_READABLE
        (folder / "closed").chmod(0o700)


def test_another_error_of_the_disk_is_named(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(PhotoError, match="File name too long") as caught:
        read_file(str(path), 10)
    assert caught.value.kind == PhotoErrorKind.NOT_READABLE


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("foto bersama.jpg", "foto bersama.jpg"),
        (FAMILY, FAMILY),
        ("\u0641\u0648\u062a\u0648.jpg", "\u0641\u0648\u062a\u0648.jpg"),
        ("a\nb\x1b[31m.jpg", r"a\nb\x1b[31m.jpg"),
        ("a\u202egpj.exe", r"a\u202egpj.exe"),
        ("a\u2028b", r"a\u2028b"),
        (os.fsdecode(b"foto\xff.jpg"), r"foto\xff.jpg"),
        ("\ud800", r"\ud800"),
    ],
)
def test_names_are_shown_safely(name: str, shown: str) -> None:
    assert printable(name) == shown


@given(st.text(st.characters(exclude_categories=())))
def test_any_name_can_be_shown_and_kept(name: str) -> None:
    kept = valid_text(name)
    kept.encode()
    assert valid_text(kept) == kept
    shown = printable(name)
    assert not any(character in shown for character in "\n\r\x1b\u202d\u202e\u2066\u2069\u2028\x85")
    assert all(c.isprintable() or c in "\u200c\u200d" or c.isspace() or ord(c) > 0x7F for c in shown)


def test_valid_text_leaves_valid_text_alone() -> None:
    assert valid_text("a\nb \U0001f600\\xff") == "a\nb \U0001f600\\xff"
    assert valid_text(os.fsdecode(b"\xff\n")) == "\\xff\n"


def test_reading_files_needs_no_decoder() -> None:
    modules = "vision.photo_file, vision.photo_header, vision.photo_limits, screening.uploads"
    code = f"import sys, {modules}; print({{'PIL', 'numpy', 'cv2'}} & set(sys.modules))"
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_too_little_memory_is_said_and_not_blamed_on_the_photo(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_memory(*_: object) -> None:
        raise MemoryError

    picture = io.BytesIO()
    Image.new("RGB", (64, 48)).save(picture, "JPEG")
    monkeypatch.setattr("vision.photo.photo_pixels.load", no_memory)
    with pytest.raises(PhotoError, match=r"a\\n\.jpg: .* too little free memory .*\. Close other programs") as caught:
        load_photo_bytes(picture.getvalue(), "a\n.jpg")
    assert caught.value.kind is PhotoErrorKind.TOO_LITTLE_MEMORY
