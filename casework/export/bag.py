"""Writes a bag after RFC 8493 (BagIt 1.0) with sha512: beside its place first, under its name when it is whole.

The library ``bagit`` makes bags of folders in place and stamps them with the day it runs; here every byte is ours, so
that the same case gives the same package. Tests hold that the library calls it valid.
"""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha512
from pathlib import Path, PurePosixPath
from typing import Final

from casework.export import refusals
from casework.export.plain import one_line
from netra.errors import OutputError

MANIFEST, TAGS = "manifest-sha512.txt", "tagmanifest-sha512.txt"
_BAGIT: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")


class Bag:
    """A bag that is being written.

    Args:
        folder: an empty one, not yet under its final name.

    Attributes:
        octets: of all payload files so far.
        hashes: their SHA-512, hex digits by name.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.octets = folder, 0
        self.hashes: dict[str, str] = {}

    def add(self, name: str, data: bytes, mtime_ns: int = 0) -> None:
        """Write one payload file, down to the disk.

        Args:
            name: with slashes, below the bag: ``data/...``; letters, digits, dots, hyphens and underscores only.
            data: its bytes.
            mtime_ns: its time, where it has one of its own.

        Raises:
            OSError: the disk is full, or may not be written to.
            ValueError: the name is none, or taken.
        """
        parts = PurePosixPath(name).parts
        if parts[0] != "data" or any(set(part) - _SAFE or part.startswith(".") for part in parts):
            raise ValueError(f"expected a plain name below data/, got {name!r}")
        if name in self.hashes:
            raise ValueError(f"{name} is in the bag already")
        self._write(name, data, mtime_ns)
        self.hashes[name] = sha512(data).hexdigest()
        self.octets += len(data)

    def close(self, info: Mapping[str, str]) -> None:
        """Write the tag files; ``Payload-Oxum`` is added to ``info``, whose values become one line each.

        Raises:
            OSError: as ``add``.
        """
        said = {key: one_line(value) for key, value in info.items() if one_line(value)}
        said["Payload-Oxum"] = f"{self.octets}.{len(self.hashes)}"
        tags = {
            "bag-info.txt": "".join(f"{key}: {value}\n" for key, value in sorted(said.items())).encode(),
            "bagit.txt": _BAGIT,
            MANIFEST: "".join(f"{digest}  {name}\n" for name, digest in sorted(self.hashes.items())).encode(),
        }
        for name, data in tags.items():
            self._write(name, data)
        lines = (f"{sha512(data).hexdigest()}  {name}\n" for name, data in sorted(tags.items()))
        self._write(TAGS, "".join(lines).encode())
        for folder, _, _ in os.walk(self.folder):
            _sync_folder(Path(folder))

    def _write(self, name: str, data: bytes, mtime_ns: int = 0) -> None:
        path = self.folder.joinpath(*name.split("/"))
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(path, "xb", opener=_private) as file:
            file.write(data)
            file.flush()
            if mtime_ns:
                os.utime(path, ns=(mtime_ns, mtime_ns))
            os.fsync(file.fileno())


def _private(path: str, flags: int) -> int:
    """Faces and names: for the eyes of who exports."""
    return os.open(path, flags, 0o600)


@contextmanager
def new_bag(place: Path) -> Iterator[Bag]:
    """A bag that appears at ``place`` when all went well, and leaves nothing when it did not.

    Raises:
        OutputError: something is there already, the folder around it is missing or may not be written to, or the disk
            is full.
    """
    if os.path.lexists(place):
        raise OutputError(refusals.THERE_ALREADY.filled(place=place))
    unfinished = place.with_name(f".netra-{secrets.token_hex(8)}.part")
    try:
        try:
            unfinished.mkdir(mode=0o700)
            yield Bag(unfinished)
            _appear(unfinished, place)
        except OSError as error:
            raise _refused(place, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _appear(unfinished: Path, place: Path) -> None:
    """Take the name in one step; an empty folder that came meanwhile would be replaced, anything else refuses."""
    if os.path.lexists(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    unfinished.rename(place)
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """Have the folder's own entries on the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some file systems cannot
            raise
    finally:
        os.close(handle)


def _refused(place: Path, error: OSError) -> OutputError:
    said = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        advice = refusals.MAKE_ROOM
    elif error.errno == errno.ENOENT:
        advice = refusals.MAKE_FOLDER
    else:
        advice = refusals.SEE_RIGHTS
    return OutputError(refusals.NOT_WRITTEN.filled(place=place, said=said, advice=advice))
