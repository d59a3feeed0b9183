"""Recalls what is known of uploads: by their stamps where files are as they were, else by their content."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from candidates.bands import Band
from candidates.match import RunnerUp, Sighting
from casework.tables import evaluations, photos, readings, seen, sightings, uploads
from netra.errors import PhotoError
from screening.gathered import MetPhoto
from screening.kept import KeptReading, NotKeptError, unpack
from screening.memory import Recalled, Sightings
from screening.stamps import Stamp, stamp_of
from screening.uploads import Upload, read_upload

_Found = tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Recall:
    """Looks uploads up for one scan.

    Attributes:
        election_id: whose sightings.
        reading_key: readings under another one are not used.
        base: the run whose sightings stand, or none.
        sizes: of every photo known, in bytes: only a file of such a size can be one of them.
        max_bytes: of a file that is read to see whether its content is known.
        rehash: every file is read, whatever its stamp says.
    """

    election_id: str
    reading_key: str
    base: tuple[int, ...]
    sizes: frozenset[int]
    max_bytes: int
    rehash: bool = False

    def __call__(self, connection: Connection, wanted: Sequence[tuple[Upload, Stamp]]) -> dict[int, Recalled]:
        """What is known of some uploads, by index."""
        by_index = self._photo_ids(connection, wanted)
        known = self._photos(connection, sorted(set(by_index.values())))
        stand = self._standing(connection, known)
        return {
            index: Recalled(known[photo], stand.get(photo, ())) for index, photo in by_index.items() if photo in known
        }

    def _photo_ids(self, connection: Connection, wanted: Sequence[tuple[Upload, Stamp]]) -> dict[int, int]:
        if not self.sizes:
            return {}
        found: dict[int, int] = {}
        rows = {row.place: row for row in _uploads(connection, [stamp.place for _, stamp in wanted])}
        hashed: dict[int, str] = {}
        for upload, stamp in wanted:
            row = rows.get(stamp.place)
            if row is not None and row.photo_id is not None and not self.rehash and stamp.same(_stamp(row)):
                found[upload.index] = row.photo_id
            elif stamp.size_bytes in self.sizes:
                hashed.update((upload.index, sha256) for sha256 in _hash(upload, self.max_bytes))
        if hashed:
            query = select(photos.c.sha256, photos.c.id).where(photos.c.sha256.in_(sorted(set(hashed.values()))))
            ids = {row.sha256: row.id for row in connection.execute(query)}
            found.update((index, ids[sha256]) for index, sha256 in hashed.items() if sha256 in ids)
        return found

    def _photos(self, connection: Connection, ids: Sequence[int]) -> dict[int, MetPhoto]:
        query = (
            select(
                photos.c.id,
                photos.c.sha256,
                photos.c.width,
                photos.c.height,
                photos.c.exif,
                photos.c.pdq,
                photos.c.pdq_quality,
                readings.c.faces,
                readings.c.hands,
                readings.c.hands_searched,
                readings.c.pictures,
            )
            .join(readings, readings.c.photo_id == photos.c.id)
            .where(readings.c.reading_key == self.reading_key, photos.c.id.in_(ids))
        )
        found = {}
        for row in connection.execute(query):
            try:
                found[row.id] = unpack(
                    row.sha256,
                    row.width,
                    row.height,
                    KeptReading(
                        row.faces,
                        row.hands,
                        row.hands_searched,
                        row.exif,
                        row.pdq,
                        row.pdq_quality,
                        pictures=row.pictures,
                    ),
                )
            except NotKeptError:  # packed by another version: it is read again
                continue
        return found

    def _standing(self, connection: Connection, known: Mapping[int, MetPhoto]) -> dict[int, tuple[Sightings, ...]]:
        """For photos that the base run evaluated, for each face its sighting or none."""
        standing: dict[int, tuple[Sightings, ...]] = {}
        for run in self.base:
            # Not a join: SQLite, which knows nothing of the tables' sizes, would walk the whole run for each batch.
            met = select(seen.c.run_id).where(seen.c.evaluation_id == evaluations.c.id, seen.c.run_id == run).exists()
            query = select(evaluations.c.photo_id, evaluations.c.id).where(
                evaluations.c.photo_id.in_(sorted(known)), evaluations.c.election_id == self.election_id, met
            )
            of = {row.id: row.photo_id for row in connection.execute(query)}
            found: dict[int, dict[int, _Found]] = defaultdict(dict)
            for row in connection.execute(select(sightings).where(sightings.c.evaluation_id.in_(sorted(of)))):
                found[row.evaluation_id][row.person] = (_sighting(row),)
            for evaluation, photo in of.items():
                faces = range(len(known[photo].faces))
                standing[photo] = (tuple(found[evaluation].get(face, ()) for face in faces),)
        return standing


def stamps_of(uploads_: Sequence[Upload]) -> list[tuple[Upload, Stamp]]:
    """Each upload with its stamp as it is now."""
    return [(upload, stamp_of(upload)) for upload in uploads_]


def _uploads(connection: Connection, places: Sequence[str]) -> list[Row[Any]]:
    columns = (uploads.c.place, uploads.c.photo_id, uploads.c.size_bytes, uploads.c.mtime_ns, uploads.c.stamp)
    return list(connection.execute(select(*columns).where(uploads.c.place.in_(places))))


def _stamp(row: Row[Any]) -> Stamp:
    return Stamp(row.place, row.size_bytes, row.mtime_ns, row.stamp)


def _hash(upload: Upload, max_bytes: int) -> tuple[str, ...]:
    """The content of a file, or nothing where it cannot be read: whoever loads it will say why."""
    try:
        data = read_upload(upload, max_bytes)
    except (PhotoError, MemoryError):
        return ()
    return (f"sha256:{hashlib.sha256(data).hexdigest()}",)


def _sighting(row: Row[Any]) -> Sighting:
    return Sighting(
        row.candidate,
        row.ticket,
        row.similarity,
        Band(row.band),
        row.reference,
        (RunnerUp(row.second_candidate, row.second_similarity),) if row.second_candidate else (),
        row.depiction,
        () if row.e_value is None else (row.e_value,),
        row.faces,
    )
