"""Writes down what was read of photos, and which files they are."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from casework.clock import now
from casework.tables import photos, readings, uploads
from casework.upsert import upsert
from screening.gathered import MetPhoto
from screening.kept import keep
from screening.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Read:
    """One upload that was read.

    Attributes:
        stamp: of the file, from before it was read.
        path: as named.
        photo: what was read.
    """

    stamp: Stamp
    path: str
    photo: MetPhoto


def write_readings(connection: Connection, reading_key: str, read: Sequence[Read]) -> None:
    """Add photos and their readings; what was known of a photo and is read again takes the new reading."""
    if not read:
        return
    latest = {one.photo.sha256: one for one in read}
    kept = {sha256: keep(one.photo) for sha256, one in latest.items()}
    at = now()
    upsert(
        connection,
        photos,
        [
            {
                "sha256": sha256,
                "size_bytes": one.stamp.size_bytes,
                "width": one.photo.width,
                "height": one.photo.height,
                "exif": kept[sha256].exif,
                "first_seen_at": at,
            }
            for sha256, one in latest.items()
        ],
        ["sha256"],
        ["exif"],
    )
    _write_fingerprints(connection, read)
    ids = photo_ids(connection, list(latest))
    upsert(
        connection,
        readings,
        [
            {
                "photo_id": ids[sha256],
                "reading_key": reading_key,
                "faces": one.faces,
                "hands_searched": one.hands_searched,
                "hands": one.hands,
                "pictures": one.pictures,
            }
            for sha256, one in kept.items()
        ],
        ["photo_id", "reading_key"],
        ["faces", "hands_searched", "hands", "pictures"],
    )
    places = {one.stamp.place: one for one in read}
    upsert(
        connection,
        uploads,
        [
            {
                "place": place,
                "path": one.path,
                "photo_id": ids[one.photo.sha256],
                "size_bytes": one.stamp.size_bytes,
                "mtime_ns": one.stamp.mtime_ns,
                "stamp": one.stamp.mark,
            }
            for place, one in places.items()
        ],
        ["place"],
        ["path", "photo_id", "size_bytes", "mtime_ns", "stamp"],
    )


def _write_fingerprints(connection: Connection, read: Sequence[Read]) -> None:
    """What a scan lets go of once it was told; a photo told again when hands were added has the hash alone."""
    rows: dict[str, dict[str, object]] = {}
    for one in read:
        for each in one.photo.fingerprints:
            row = rows.setdefault(one.photo.sha256, {})
            row |= {"pdq": each.pdq, "pdq_quality": each.quality} | (
                {"features": each.features} if each.features else {}
            )
    for sha256, row in rows.items():
        connection.execute(photos.update().where(photos.c.sha256 == sha256).values(**row))


def photo_ids(connection: Connection, hashes: Sequence[str]) -> dict[str, int]:
    """The row of each photo, by its sha256."""
    query = select(photos.c.sha256, photos.c.id).where(photos.c.sha256.in_(hashes))
    return {row.sha256: row.id for row in connection.execute(query)}
