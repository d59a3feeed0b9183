"""What a scan keeps of each photo between its two passes: everything but the templates, which lie apart and bounded."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from candidates.gallery import Gallery
from candidates.match import Sighting
from screening.pictures import Pictured
from screening.reading import Failure, PhotoReading
from screening.templates_met import TemplatesMet
from screening.uploads import Row
from vision.exif import NO_EXIF, ExifFacts
from vision.fingerprint import Fingerprint
from vision.types import Face, FaceQuality, HandReading


@dataclass(frozen=True, slots=True, eq=False)
class MetFace:
    """A face without its template."""

    face: Face
    quality: FaceQuality


@dataclass(frozen=True, slots=True, eq=False)
class MetPhoto:
    """A photo that was read, without the templates of its faces; see ``PhotoReading``.

    Attributes:
        fingerprints: one, or none of a photo kept without; without features once ``Gathered`` let go of them.
        pictures: which faces are pictures, where that was asked.
    """

    sha256: str
    width: int
    height: int
    faces: tuple[MetFace, ...]
    hands: tuple[HandReading, ...]
    hands_searched: bool
    exif: ExifFacts = NO_EXIF
    fingerprints: tuple[Fingerprint, ...] = ()
    pictures: tuple[Pictured, ...] = ()


@dataclass(frozen=True, slots=True)
class Met:
    """One row of the input with what became of it; rows that are no uploads have no outcome."""

    row: Row
    outcomes: tuple[MetPhoto | Failure, ...] = field(default=(), repr=False)


class Gathered:
    """Everything that the first pass has met.

    Args:
        gallery: who is enrolled.

    Attributes:
        met: every row so far, in order.
        standing: of photos that need not be compared again, by their place in ``met``: for each face its sighting.
        templates: of the faces good enough to be compared, of every photo once however often its bytes were met.
    """

    def __init__(self, gallery: Gallery) -> None:
        self.met: list[Met] = []
        self.standing: dict[int, tuple[tuple[Sighting, ...], ...]] = {}
        self.templates = TemplatesMet(gallery)
        self._once: set[str] = set()

    def add(self, row: Row, *outcomes: PhotoReading | Failure) -> None:
        """Keep a row and what became of it."""
        self.met.append(Met(row, tuple(self._kept(outcomes, len(self.met)))))

    def add_known(self, row: Row, photo: MetPhoto, sightings: tuple[tuple[tuple[Sighting, ...], ...], ...]) -> None:
        """Keep a photo that was not opened: its sightings stand; where it has none, no face of it can be compared."""
        if photo.sha256 not in self._once:
            self._once.add(photo.sha256)
            self.standing.update((len(self.met), each) for each in sightings)
        self.met.append(Met(row, (photo,)))

    def replace(self, number: int, outcome: PhotoReading | Failure) -> tuple[int, ...]:
        """Put a photo that stood, read again to be compared with the others, in its place.

        Returns:
            Where it could not be read, the place of the next file with its bytes, which is to be read instead.
        """
        self.standing.pop(number, None)
        hashes = self._hashes(number)
        self._once -= hashes
        self.met[number] = Met(self.met[number].row, tuple(self._kept((outcome,), number)))
        if isinstance(outcome, PhotoReading) and outcome.sha256 in hashes:
            return ()
        later = (place for place in range(number + 1, len(self.met)) if hashes & self._hashes(place))
        return tuple(itertools.islice(later, 1))

    def let_go(self, number: int) -> None:
        """Keep of a photo's fingerprint its hash alone: 100,000 photos' features would fill most of a gigabyte."""
        met = self.met[number]
        self.met[number] = Met(
            met.row, tuple(_light(one) if isinstance(one, MetPhoto) else one for one in met.outcomes)
        )

    def _hashes(self, number: int) -> set[str]:
        return {one.sha256 for one in self.met[number].outcomes if isinstance(one, MetPhoto)}

    def _kept(self, outcomes: tuple[PhotoReading | Failure, ...], number: int) -> Iterator[MetPhoto | Failure]:
        for found in outcomes:
            yield self._photo(found, number) if isinstance(found, PhotoReading) else found

    def _photo(self, found: PhotoReading, number: int) -> MetPhoto:
        faces = tuple(MetFace(each.face, each.quality) for each in found.faces)
        if found.sha256 not in self._once:
            self._once.add(found.sha256)
            good = np.flatnonzero([each.quality.assessable for each in faces])
            if good.size:
                self.templates.add(number, found.sha256, good, found.templates[good])
        return MetPhoto(
            found.sha256,
            found.width,
            found.height,
            faces,
            found.hands,
            found.hands_searched,
            found.exif,
            found.fingerprints,
        )


def _light(photo: MetPhoto) -> MetPhoto:
    return replace(photo, fingerprints=tuple(replace(each, features=b"") for each in photo.fingerprints))
