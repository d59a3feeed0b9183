"""Finds the files to scan: expands the folders, files and zip archives that an officer names into one ordered stream.

Every file met gives exactly one row, in the same order on every machine and every run: an ``Upload`` to be loaded, a
``Skipped`` one with its reason, or an ``Unreadable`` one with its kind. Nothing is left out in silence.

Order: the paths as named; in a folder first its files, then its sub-folders, each in natural order without regard to
case (``img_2.jpg`` before ``IMG_10.jpg``); in an archive, the archive's own. At most one folder's files are listed in
memory at a time. Links are rows and never followed, so no folder is walked in circles. A file or folder reached a
second time, because it was named again or lies in a folder that was, is told by its resolved path and gives no second
row. Hard links are names of their own; that they hold the same photo shows in its hash.
"""

import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from netra.errors import PhotoError, PhotoErrorKind, UsageError
from screening.archive import ArchiveMember, check_member, list_members, read_member
from screening.file_names import is_archive, is_hidden, is_no_photo, is_zip, natural_order
from vision.photo_file import check_kind, from_os_error, printable, read_file, valid_text

if TYPE_CHECKING:
    from vision.photo_limits import PhotoLimits
    from vision.types import Photo

_SEPARATOR = re.compile(r"[/\\]")  # some archives made on Windows have its own


class SkipReason(StrEnum):
    """Why a file was not looked into; the values are part of the schema ``netra.photo/1``."""

    HIDDEN = "hidden"
    NOT_A_PHOTO_BY_NAME = "not-a-photo-by-name"
    ARCHIVE = "archive"
    NO_PHOTOS = "no-photos"


_REASONS = {
    SkipReason.HIDDEN: "a hidden name, which systems use for their own files. To scan it, name it itself.",
    SkipReason.NOT_A_PHOTO_BY_NAME: "not a photo by its name. To scan it all the same, name it itself.",
    SkipReason.ARCHIVE: "an archive that is not opened here. To scan its photos, unpack it and name the folder.",
    SkipReason.NO_PHOTOS: "holds no photos.",
}


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file on the disk, by the path that opens it; undecodable bytes of its name are surrogate escapes."""

    path: str


@dataclass(frozen=True, slots=True)
class Row:
    r"""One file met.

    Attributes:
        index: its place in the order of the input, from 0 without a gap.
        path: the path as named, with what lies below it, parted by slashes; valid Unicode, for keeping and showing.
            Bytes of a file name that are no UTF-8 are written out, as in ``foto\xff.jpg``.
    """

    index: int
    path: str

    def __post_init__(self) -> None:
        if self.index < 0:
            raise ValueError(f"index: expected 0 or more, got {self.index}")
        if self.path != valid_text(self.path):
            raise ValueError(f"path: expected valid Unicode, got {self.path!a}")


@dataclass(frozen=True, slots=True)
class Upload(Row):
    """A file to be loaded; ``source`` opens it, in this process or, pickled, in another."""

    source: FileSource | ArchiveMember


@dataclass(frozen=True, slots=True)
class Skipped(Row):
    """A file that was not looked into, or a whole hidden folder (its path ends in a slash)."""

    reason: SkipReason

    @property
    def message(self) -> str:
        """The reason as a sentence for the user."""
        return f"{printable(self.path)}: {_REASONS[self.reason]}"


@dataclass(frozen=True, slots=True)
class Unreadable(Row):
    """A file, folder or archive that cannot be read, known before anything was loaded."""

    kind: PhotoErrorKind
    message: str


Rows = Iterator[Upload | Skipped | Unreadable]


def find_uploads(paths: Iterable[str | os.PathLike[str]]) -> Rows:
    """All files under the paths, lazily.

    A file that is named itself always becomes an ``Upload``, whatever its name; an archive is expanded. A named
    folder, or any archive, that holds no photos gives a ``Skipped`` row of its own (``NO_PHOTOS``).

    Raises:
        UsageError: no path was given, or one does not exist; at once, before the first row.
    """
    named = [Path(path) for path in paths]
    if not named:
        raise UsageError("nothing to scan: name at least one photo, folder or zip archive")
    missing = [printable(str(path)) for path in named if not _exists(path)]
    if missing:
        raise UsageError("\n".join(f"{name}: there is no such file or folder; check its spelling" for name in missing))
    return _Search(named).rows()


def read_upload(upload: Upload, max_bytes: int) -> bytes:
    """The bytes of an upload as they are on the disk or in the archive.

    Raises:
        PhotoError: they cannot be read, or are more than ``max_bytes``.
    """
    if isinstance(upload.source, ArchiveMember):
        return read_member(upload.source, max_bytes)
    return read_file(upload.source.path, max_bytes)


def open_upload(upload: Upload, limits: "PhotoLimits", longest_side: int | None = None) -> "Photo":
    """Loads the photo of an upload; for the arguments see ``vision.photo.load_photo_bytes``.

    Raises:
        PhotoError: the photo cannot be used.
    """
    from vision.photo import load_photo_bytes  # the command line imports this file, but not Pillow

    return load_photo_bytes(read_upload(upload, limits.max_bytes), upload.path, limits, longest_side)


class _Search:
    def __init__(self, named: list[Path]) -> None:
        self._named = [(path, _resolved(path)) for path in named]
        self._awaited = {resolved for _, resolved in self._named}
        self._known = frozenset(self._awaited)
        self._indices = itertools.count()
        self._of_note = 0  # rows and repeats that forbid to say "no photos"

    def rows(self) -> Rows:
        for path, resolved in self._named:
            if not self._arrives(resolved):
                continue
            try:
                mode = path.lstat().st_mode
            except OSError as error:
                yield self._unreadable(_shown(path), from_os_error(str(path), error))
                continue
            if stat.S_ISDIR(mode):
                before = self._of_note
                yield from self._tree(path, resolved)
                if self._of_note == before:
                    yield self._skipped(f"{_shown(path)}/", SkipReason.NO_PHOTOS)
            else:
                yield from self._file(path, mode, is_named=True)

    def _arrives(self, resolved: Path) -> bool:
        """False where a named file or folder is reached again: all of its rows are there already."""
        if resolved in self._awaited:
            self._awaited.remove(resolved)
            return True
        is_repeat = resolved in self._known
        self._of_note += is_repeat
        return not is_repeat

    def _tree(self, path: Path, resolved: Path) -> Rows:
        # A stack of its own, since folders may lie deeper than Python's calls.
        waiting = [iter([(path, resolved)])]
        while waiting:
            folder = next(waiting[-1], None)
            if folder is None:
                waiting.pop()
                continue
            below: list[tuple[Path, Path]] = []
            yield from self._folder(*folder, below)
            waiting.append(iter(below))

    def _folder(self, path: Path, resolved: Path, below: list[tuple[Path, Path]]) -> Rows:
        """The rows of one folder's files; its sub-folders are added to ``below``."""
        names: list[tuple[str, int]] = []
        try:
            with os.scandir(path) as entries:
                names.extend((entry.name, _mode(entry)) for entry in entries)
        except OSError as error:  # and go on with what was listed before it failed
            yield self._unreadable(f"{_shown(path)}/", from_os_error(str(path), error))
        names.sort(key=lambda entry: natural_order(entry[0]))
        for name, mode in names:
            if not stat.S_ISDIR(mode) and self._arrives(resolved / name):
                yield from self._file(path / name, mode, is_named=resolved / name in self._known)
        for name, mode in names:
            if not stat.S_ISDIR(mode) or not self._arrives(resolved / name):
                continue
            if is_hidden(name) and resolved / name not in self._known:
                yield self._skipped(f"{_shown(path / name)}/", SkipReason.HIDDEN)
            else:
                below.append((path / name, resolved / name))

    def _file(self, path: Path, mode: int, *, is_named: bool) -> Rows:
        shown = _shown(path)
        if is_hidden(path.name) and not is_named:
            yield self._skipped(shown, SkipReason.HIDDEN)
            return
        try:
            check_kind(str(path), mode)
        except PhotoError as error:
            yield self._unreadable(shown, error)
            return
        reason = () if is_named else _reason_by_name(path.name)
        if is_zip(path.name):
            yield from self._archive(path)
        elif reason:
            yield self._skipped(shown, *reason)
        else:
            yield self._upload(shown, FileSource(str(path)))

    def _archive(self, path: Path) -> Rows:
        shown, before = _shown(path), self._of_note
        try:
            members = list_members(str(path))
        except PhotoError as error:
            yield self._unreadable(shown, error)
            return
        for member in members:
            yield self._member(f"{shown}/{valid_text(member.name)}", member)
        if self._of_note == before:
            yield self._skipped(shown, SkipReason.NO_PHOTOS)

    def _member(self, shown: str, member: ArchiveMember) -> Upload | Skipped | Unreadable:
        parts = _SEPARATOR.split(member.name)
        if any(map(is_hidden, parts)):
            return self._skipped(shown, SkipReason.HIDDEN)
        if reason := _reason_by_name(parts[-1]):
            return self._skipped(shown, *reason)
        try:
            check_member(member)
        except PhotoError as error:
            return self._unreadable(shown, error)
        return self._upload(shown, member)

    def _upload(self, shown: str, source: FileSource | ArchiveMember) -> Upload:
        self._of_note += 1
        return Upload(next(self._indices), shown, source)

    def _skipped(self, shown: str, reason: SkipReason) -> Skipped:
        return Skipped(next(self._indices), shown, reason)

    def _unreadable(self, shown: str, error: PhotoError) -> Unreadable:
        self._of_note += 1
        return Unreadable(next(self._indices), shown, error.kind, str(error))


def _exists(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):  # ValueError: a NUL, which no name can hold
        return False
    except OSError:
        return True  # it may be; a row will say what is wrong with it
    return True


def _resolved(path: Path) -> Path:
    """The one path of a file or folder, a link's own and not its target's."""
    try:
        return path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, up to Python 3.12
        return path.absolute()


def _mode(entry: os.DirEntry[str]) -> int:
    """What kind of file it is, in most file systems without a look at the file."""
    try:
        if entry.is_symlink():
            return stat.S_IFLNK
        if entry.is_dir(follow_symlinks=False):
            return stat.S_IFDIR
        if entry.is_file(follow_symlinks=False):
            return stat.S_IFREG
        return entry.stat(follow_symlinks=False).st_mode
    except OSError:
        return stat.S_IFREG  # whoever loads it will find out why


def _shown(path: Path) -> str:
    return valid_text(path.as_posix())


def _reason_by_name(name: str) -> tuple[SkipReason, ...]:
    if is_archive(name):
        return (SkipReason.ARCHIVE,)
    return (SkipReason.NOT_A_PHOTO_BY_NAME,) if is_no_photo(name) else ()
