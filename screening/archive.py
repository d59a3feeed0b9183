"""Reads the members of zip archives into memory, one at a time; nothing is ever unpacked to the disk.

The standard library reads the archive's directory, once. A member is then read by where the directory says it lies,
so that a worker process needs neither the directory nor an open archive, and an archive of 100,000 photos is not
parsed 100,000 times. Layout: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3.7 and 4.4.
"""

import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from netra.errors import PhotoError, PhotoErrorKind
from vision.photo_file import check_size, open_file, refusal

# zipfile reads the directory whole and makes about 800 bytes of each entry: 16 MiB are some 140,000 photos, or at
# worst 350,000 entries in 280 MB.
MAX_DIRECTORY_BYTES = 16 * 2**20
# Deflate packs up to 1032 : 1. Photos are packed already (about 1 : 1), plain bitmaps reach some dozens.
MAX_RATIO = 200
_RATIO_MATTERS_FROM = 2**20  # bytes; below that even the highest ratio costs nothing
_LOCAL_HEADER = struct.Struct("<4s22x2H")  # signature, ..., length of the name, length of the extra field
_LOCAL_SIGNATURE = b"PK\3\4"
_ENCRYPTED = 0x1  # general purpose bit 0
_READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DIRECTORY_ERRORS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,  # a version of the format that zipfile does not know
    struct.error,
    OSError,
    ValueError,  # and with it UnicodeDecodeError
    OverflowError,
    EOFError,
    LookupError,
)


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file in a zip archive, with all it takes to read it.

    Attributes:
        archive: path of the archive.
        name: as the archive has it, folders parted by slashes.
        offset: where its local header begins, in bytes.
        packed_bytes: how many it takes in the archive.
        unpacked_bytes: how many it has.
        method: ``zipfile.ZIP_STORED``, ``zipfile.ZIP_DEFLATED`` or one that cannot be read here.
        crc32: of its bytes.
        is_locked: it takes a password.
        is_link: it is no file but points to one.
    """

    archive: str
    name: str
    offset: int
    packed_bytes: int
    unpacked_bytes: int
    method: int
    crc32: int
    is_locked: bool = False
    is_link: bool = False

    @property
    def path(self) -> str:
        """Archive and name in one: ``album.zip/inner/a.jpg``."""
        return f"{self.archive}/{self.name}"


def list_members(archive: str) -> Iterator[ArchiveMember]:
    """The files of an archive, in its own order; its folders are left out.

    Raises:
        PhotoError: DAMAGED, or what ``open_file`` raises; before the first member.
    """
    with _BoundedReads(open_file(archive)) as file:
        try:
            size = file.seek(0, io.SEEK_END)
            with zipfile.ZipFile(file) as opened:
                entries = opened.infolist()
        except _DIRECTORY_ERRORS as error:
            what = f"the zip archive is damaged or breaks off ({error})"
            raise refusal(
                PhotoErrorKind.DAMAGED, archive, what, "Copy it again, or unpack it and name the folder"
            ) from error
    if sum(entry.compress_size for entry in entries) > size:
        what = "the members of the zip archive lie over each other, as no program writes them"
        raise refusal(PhotoErrorKind.DAMAGED, archive, what, "Ask for the photos in another way")
    return (_member(archive, entry) for entry in entries if not entry.is_dir())


def check_member(member: ArchiveMember) -> None:
    """Refuses, before a byte of it is read, a member that cannot be read or would cost absurdly much.

    Raises:
        PhotoError: NOT_READABLE (locked with a password), LINK, UNSUPPORTED_FORMAT or TOO_MANY_BYTES.
    """
    if member.is_locked:
        what, advice = "locked with a password", "Unpack the archive and name the folder"
        raise refusal(PhotoErrorKind.NOT_READABLE, member.path, what, advice)
    if member.is_link:
        raise refusal(PhotoErrorKind.LINK, member.path, "a link, which netra does not follow", "Name what it leads to")
    if member.method not in _READABLE_METHODS:
        what = f"packed by zip's method {member.method}, which cannot be read here, expected deflate (8)"
        raise refusal(PhotoErrorKind.UNSUPPORTED_FORMAT, member.path, what, "Unpack the archive and name the folder")
    if member.unpacked_bytes > max(_RATIO_MATTERS_FROM, MAX_RATIO * member.packed_bytes):
        what = f"{member.packed_bytes:,} bytes that unpack to {member.unpacked_bytes:,}, as no photo does"
        raise refusal(PhotoErrorKind.TOO_MANY_BYTES, member.path, what, "Look at it by hand")


def read_member(member: ArchiveMember, max_bytes: int) -> bytes:
    """The bytes of a member, checked against the size and the checksum that the archive's directory gives.

    Raises:
        PhotoError: what ``check_member`` and ``open_file`` raise, EMPTY, TOO_MANY_BYTES or DAMAGED.
    """
    check_member(member)
    check_size(member.path, member.unpacked_bytes, max_bytes)
    try:
        with io.BufferedReader(open_file(member.archive)) as file:
            data = _unpacked(member, file)
    except (OSError, ValueError, OverflowError, struct.error, zlib.error) as error:
        raise _changed(member) from error
    if len(data) != member.unpacked_bytes or zlib.crc32(data) != member.crc32:
        raise _changed(member)
    return data


class _BoundedReads(io.BufferedReader):
    """A file for zipfile, which asks for a directory in one read, of whatever size the archive claims."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_DIRECTORY_BYTES:
            raise zipfile.BadZipFile(f"its directory has {size:,} bytes, expected at most {MAX_DIRECTORY_BYTES:,}")
        return super().read(size)


def _member(archive: str, entry: zipfile.ZipInfo) -> ArchiveMember:
    return ArchiveMember(
        archive=archive,
        name=entry.filename,
        offset=entry.header_offset,
        packed_bytes=entry.compress_size,
        unpacked_bytes=entry.file_size,
        method=entry.compress_type,
        crc32=entry.CRC,
        is_locked=bool(entry.flag_bits & _ENCRYPTED),
        is_link=stat.S_ISLNK(entry.external_attr >> 16),  # the high half is a Unix mode
    )


def _unpacked(member: ArchiveMember, file: BinaryIO) -> bytes:
    file.seek(member.offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
    if signature != _LOCAL_SIGNATURE:
        raise ValueError("there is no member where the directory says")
    file.seek(name_length + extra_length, io.SEEK_CUR)
    # Deflate never makes a file more than a few bytes larger, so what claims to need more room is damaged.
    packed = file.read(min(member.packed_bytes, 2 * member.unpacked_bytes + 1024))
    if member.method == zipfile.ZIP_STORED:
        return packed
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.unpacked_bytes + 1)


def _changed(member: ArchiveMember) -> PhotoError:
    what = "its bytes do not fit the archive's directory: the archive is damaged, or was changed meanwhile"
    return refusal(PhotoErrorKind.DAMAGED, member.path, what, "Copy the archive again and scan again")
