import io
import stat
import struct
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netra.errors import PhotoError, PhotoErrorKind
from screening.archive import MAX_DIRECTORY_BYTES, ArchiveMember, check_member, list_members, read_member

MANY = 10**9


def archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> str:
    with zipfile.ZipFile(path, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return str(path)


def refused(member: ArchiveMember, max_bytes: int = MANY) -> PhotoErrorKind:
    with pytest.raises(PhotoError) as caught:
        read_member(member, max_bytes)
    assert member.path in str(caught.value)
    return caught.value.kind


def damaged(path: Path) -> None:
    with pytest.raises(PhotoError, match="archive") as caught:
        list_members(str(path))
    assert caught.value.kind == PhotoErrorKind.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read_in_the_archives_order(tmp_path: Path, method: int) -> None:
    contents = {"z.jpg": b"zzz" * 1000, "b/a.jpg": bytes(range(256)) * 50, "b/": b"", "foto \U0001f600.jpg": b"x"}
    members = list(list_members(archive(tmp_path / "album.zip", contents, method)))
    assert [member.name for member in members] == ["z.jpg", "b/a.jpg", "foto \U0001f600.jpg"]
    assert [read_member(member, MANY) for member in members] == [contents[member.name] for member in members]
    assert members[0].path == f"{tmp_path}/album.zip/z.jpg"


@given(st.binary(min_size=1, max_size=5000), st.binary(max_size=50))
def test_whatever_python_packs_is_read(data: bytes, before: bytes) -> None:
    with io.BytesIO() as file:
        file.write(before)  # as self-extracting archives begin with a program
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as opened:
            opened.writestr("a.jpg", data)
        packed = file.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(packed)
        assert [read_member(member, MANY) for member in list_members(str(path))] == [data]


def test_streamed_archives_are_read(tmp_path: Path) -> None:
    class Stream(io.RawIOBase):  # cannot seek, so that sizes follow the data instead of leading it
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]  # any buffer
            self.data += bytes(data)
            return len(data)

    stream = Stream()
    archive(stream, {"a.jpg": b"a" * 100, "b.jpg": b"b" * 100})  # type: ignore[arg-type]  # ZipFile takes it
    (tmp_path / "a.zip").write_bytes(stream.data)
    assert [read_member(member, MANY)[:1] for member in list_members(str(tmp_path / "a.zip"))] == [b"a", b"b"]


def test_size_is_limited_before_and_while_reading(tmp_path: Path) -> None:
    (member,) = list_members(archive(tmp_path / "a.zip", {"a.jpg": b"x" * 1000}))
    assert len(read_member(member, 1000)) == 1000
    assert refused(member, 999) == PhotoErrorKind.TOO_MANY_BYTES
    lying = replace(member, unpacked_bytes=100)  # a directory that promises less than there is
    assert refused(lying, 999) == PhotoErrorKind.DAMAGED
    assert len(read_member(replace(member, packed_bytes=2**63), 1000)) == 1000  # never believed, never allocated
    (empty,) = list_members(archive(tmp_path / "b.zip", {"a.jpg": b""}))
    assert refused(empty) == PhotoErrorKind.EMPTY


def test_bombs_are_refused(tmp_path: Path) -> None:
    small, bomb = list_members(archive(tmp_path / "a.zip", {"a.bmp": b"\0" * 900_000, "b.jpg": b"\0" * 9_000_000}))
    check_member(small)  # as densely packed, but costs nothing
    assert refused(bomb) == PhotoErrorKind.TOO_MANY_BYTES


def test_members_that_lie_over_each_other_are_refused(tmp_path: Path) -> None:
    data = bytearray(
        Path(archive(tmp_path / "a.zip", {"a": b"x" * 99, "b": b"y" * 99}, zipfile.ZIP_STORED)).read_bytes()
    )
    for place in (data.index(b"PK\1\2"), data.rindex(b"PK\1\2")):
        data[place + 20 : place + 28] = struct.pack("<II", 300, 300)
    (tmp_path / "b.zip").write_bytes(data)
    damaged(tmp_path / "b.zip")


def test_locked_members_and_links_are_refused(tmp_path: Path) -> None:
    path = Path(archive(tmp_path / "a.zip", {"a.jpg": b"x"}))
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    (locked,) = list_members(str(path))
    assert refused(locked) == PhotoErrorKind.NOT_READABLE
    info = zipfile.ZipInfo("link.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as file:
        file.writestr(info, "/etc/passwd")
    (link,) = list_members(str(tmp_path / "b.zip"))
    assert refused(link) == PhotoErrorKind.LINK


def test_other_ways_of_packing_are_named(tmp_path: Path) -> None:
    (member,) = list_members(archive(tmp_path / "a.zip", {"a.jpg": b"x"}, zipfile.ZIP_BZIP2))
    with pytest.raises(PhotoError, match="method 12"):
        check_member(member)
    assert refused(member) == PhotoErrorKind.UNSUPPORTED_FORMAT


def test_damaged_archives_are_refused(tmp_path: Path) -> None:
    whole = Path(archive(tmp_path / "a.zip", {"a.jpg": b"x" * 500})).read_bytes()
    for name, data in {
        "cut": whole[:-30],
        "text": b"teks",
        "empty": b"",
        "hole": whole.replace(b"PK\1\2", b"PK\0\0"),
    }.items():
        (tmp_path / name).write_bytes(data)
        damaged(tmp_path / name)


def test_a_directory_of_absurd_size_is_refused(tmp_path: Path) -> None:
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, MAX_DIRECTORY_BYTES + 1, 0, 0)
    with (tmp_path / "a.zip").open("wb") as file:
        file.truncate(MAX_DIRECTORY_BYTES + 1)
        file.seek(0, io.SEEK_END)
        file.write(end)
    with pytest.raises(PhotoError, match="expected at most 16,777,216"):
        list_members(str(tmp_path / "a.zip"))


def test_an_archive_that_changes_after_it_was_listed(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", {"a.jpg": b"x" * 500})
    (member,) = list_members(path)
    archive(tmp_path / "a.zip", {"a.jpg": b"y" * 500})
    assert refused(member) == PhotoErrorKind.DAMAGED
    Path(path).write_bytes(b"short")
    assert refused(member) == PhotoErrorKind.DAMAGED
    Path(path).unlink()
    with pytest.raises(PhotoError) as caught:
        read_member(member, MANY)
    assert caught.value.kind == PhotoErrorKind.VANISHED


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=6), st.integers(0, 400))
def test_no_bytes_upset_the_reader(edits: list[tuple[int, int]], cut: int) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.jpg", b"abc" * 30)
        opened.writestr("b/c.jpg", bytes(range(100)))
    data = bytearray(file.getvalue())
    for place, value in edits:
        data[place % len(data)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.zip"
        path.write_bytes(data[: len(data) - cut // 100])
        assert all(-1 <= outcome <= 1000 for outcome in outcomes(path))


def outcomes(path: Path) -> list[int]:
    """How many bytes each member gave; 0 for one that was refused, -1 for an archive that was."""
    found: list[int] = []
    try:
        members = list(list_members(str(path)))
    except PhotoError:
        return [-1]
    for member in members:
        try:
            found.append(len(read_member(member, 1000)))
        except PhotoError:
            found.append(0)
    return found
