"""The untouched originals: found again, checked against the database, copied with bytes and time as they were."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Final

from casework.export import refusals
from casework.export.dossier import ExportError, PhotoRow, UploadRow
from casework.export.plain import one_line
from netra.both import Both
from netra.errors import PhotoError, PhotoErrorKind
from netra.photo_errors import PHOTO_ERRORS
from screening.archive import list_members, read_member
from screening.file_names import is_zip
from screening.uploads import FileSource, Upload, read_upload

ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".heif")
_NAME_DIGITS: Final = 16
"""64 bits: two photos of one database that share them are not met by chance; should they, both get all their digits."""


@dataclass(frozen=True, slots=True)
class Original:
    """A photo's content as it was found.

    Attributes:
        upload: the file it was read from.
        data: its bytes.
        archive: path of the archive it was unpacked from, or empty.
        mtime_ns: of the file, or of the archive.
    """

    upload: UploadRow
    data: bytes
    archive: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A photo of which no original was found; one line for each place that was looked at."""

    photo: PhotoRow
    reasons: tuple[Both, ...]


def find_original(photo: PhotoRow) -> Original | Missing:
    """The first of a photo's files that still holds it; nothing is changed, not even in the folder."""
    reasons = []
    for upload in photo.uploads:
        if upload.gone:
            reasons.append(refusals.DELETED_FILE.filled(place=one_line(upload.place)))
            continue
        try:
            data, archive, mtime_ns = _read(upload, photo.size_bytes)
        except PhotoError as error:
            changed = error.kind is PhotoErrorKind.TOO_MANY_BYTES
            reasons.append(_changed(upload, photo) if changed else _unread(upload, error))
            continue
        if f"sha256:{sha256(data).hexdigest()}" == photo.sha256:
            return Original(upload, data, archive, mtime_ns)
        reasons.append(_changed(upload, photo))
    return Missing(photo, tuple(reasons) or (refusals.NO_FILE_KNOWN.filled(sha256=photo.sha256),))


def refuse_missing(missing: list[Missing]) -> None:
    """Say which originals are not there any more.

    Raises:
        ExportError: there is one.
    """
    if not missing:
        return
    shown = [reason for one in missing[:10] for reason in one.reasons]
    more = [refusals.MORE.filled(count=len(missing) - 10)] if len(missing) > 10 else []
    lines = [refusals.NOT_AS_SCANNED.filled(count=len(missing)), *shown, *more]
    raise ExportError(Both("\n".join(line.id for line in lines), "\n".join(line.en for line in lines)))


def names_of(photos: tuple[PhotoRow, ...]) -> dict[str, tuple[str, str]]:
    """sha256 -> the name without ending, and the ending, that a photo's files get: nothing of its own name is kept."""
    counts: dict[str, int] = {}
    for photo in photos:
        counts[photo.digits[:_NAME_DIGITS]] = counts.get(photo.digits[:_NAME_DIGITS], 0) + 1
    return {
        photo.sha256: (
            photo.digits[:_NAME_DIGITS] if counts[photo.digits[:_NAME_DIGITS]] == 1 else photo.digits,
            _ending(photo),
        )
        for photo in photos
    }


def _ending(photo: PhotoRow) -> str:
    for upload in photo.uploads:
        ending = PurePosixPath(upload.path).suffix.lower()
        if ending in ENDINGS:
            return ending
    return ".bin"


def _changed(upload: UploadRow, photo: PhotoRow) -> Both:
    return refusals.CHANGED.filled(place=one_line(upload.place), sha256=photo.sha256)


def _unread(upload: UploadRow, error: PhotoError) -> Both:
    return Both(f"{one_line(upload.place)}: {PHOTO_ERRORS[error.kind].id}", one_line(str(error)))


def _read(upload: UploadRow, size_bytes: int) -> tuple[bytes, str, int]:
    """Bytes, archive and time of one file.

    Raises:
        PhotoError: it is gone, cannot be read, or is larger than the photo was.
    """
    limit = max(1, size_bytes)
    archive = next(_archives(upload.place), "")
    if not archive:
        time = _time(upload.place, upload.mtime_ns)
        return read_upload(Upload(0, "original", FileSource(upload.place)), limit), "", time
    inner = upload.place[len(archive) + 1 :]
    found: list[PhotoError] = []
    for member in list_members(archive):
        if member.name == inner and member.unpacked_bytes == size_bytes:
            try:
                return read_member(member, limit), archive, _time(archive, upload.mtime_ns)
            except PhotoError as error:
                found.append(error)
    if found:
        raise found[0]
    raise PhotoError(PhotoErrorKind.VANISHED, f"{one_line(upload.place)}: no such photo is in the archive any more")


def _archives(place: str) -> Iterator[str]:
    """The archive on the way to a place, where there is one."""
    if Path(place).is_file():
        return
    for index, letter in enumerate(place):
        if letter == "/" and is_zip(place[:index]) and Path(place[:index]).is_file():
            yield place[:index]


def _time(path: str, known_ns: int) -> int:
    """The time of a file as it was scanned; where that is not known, as it is."""
    if known_ns:
        return known_ns
    try:
        return Path(path).stat().st_mtime_ns
    except OSError:
        return 0
