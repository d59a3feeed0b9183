"""Tells from a file's stamp, without reading it, that it is as it was: as backup programs do.

A stamp is place, size, time of the last change and inode; of a member of an archive, the archive's and the member's
offset and checksum. Changing bytes changes a stamp wherever the system keeps times, unless somebody sets the clock
back on purpose: ``--rehash`` reads every file.
"""

import os
import time
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from screening.archive import ArchiveMember
from screening.uploads import Upload
from vision.photo_file import valid_text

FRESH_NS: Final = 2_000_000_000
"""A file that was changed this shortly before may change again within one tick of its clock (FAT counts two seconds),
and its stamp would not show it: such a stamp is kept as unknown."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where an upload lies, and what tells it unchanged.

    Attributes:
        place: its absolute path; of a member of an archive with its name.
        size_bytes: of the file, or of the member unpacked.
        mtime_ns: of the file or the archive.
        mark: inode and time of the last change of the inode; of a member also offset and checksum. Empty: unknown,
            and never equal to another one.
    """

    place: str
    size_bytes: int
    mtime_ns: int
    mark: str

    def same(self, other: "Stamp") -> bool:
        """Whether the bytes are certainly still the same."""
        return bool(self.mark) and self == other


def stamp_of(upload: Upload) -> Stamp:
    """The stamp of an upload as it is now; without a mark where the system does not tell, or it was just changed."""
    source = upload.source
    path = source.archive if isinstance(source, ArchiveMember) else source.path
    place = valid_text(_absolute(os.path.dirname(path)) + os.sep + os.path.basename(path))  # noqa: PTH119, PTH120
    try:
        status = os.stat(path, follow_symlinks=False)  # noqa: PTH116 - ten times as fast, and there are 100,000
    except (OSError, ValueError):
        return Stamp(place, 0, 0, "")
    settled = time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) > FRESH_NS
    mark = f"{status.st_ino}:{status.st_ctime_ns}" if settled else ""
    if isinstance(source, ArchiveMember):
        inside = f"{source.offset}:{source.crc32:08x}"
        return Stamp(
            f"{place}/{valid_text(source.name)}",
            source.unpacked_bytes,
            status.st_mtime_ns,
            f"{mark}:{status.st_size}:{inside}" if mark else "",
        )
    return Stamp(place, status.st_size, status.st_mtime_ns, mark)


@lru_cache(maxsize=1024)
def _absolute(folder: str) -> str:
    return os.path.realpath(folder)
