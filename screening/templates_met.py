"""The templates of a scan, in bounded memory: a fair sample for the population, and those that may be a candidate's.

Both choices depend on the faces alone, never on their order, on the number of workers or on the gate:

    sample     the MOST_FACES faces with the smallest key, a hash of the photo's sha256 and the face's place in it
    suspects   the MOST_SUSPECTS faces most like some candidate as seen from the enrolled people and the prior

Up to MOST_SUSPECTS faces nothing is left out. In a larger scan a face outside both is a stranger's: it was less like
every candidate than so many others, before the population was known; it is counted and not compared again.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles, Gallery
from candidates.population import MOST_FACES, no_population
from candidates.space import Space
from vision.types import Floats

MOST_SUSPECTS: Final = 100_000
"""50 MB of dlib's templates. Of a million faces it is the top tenth."""

Keys = NDArray[np.uint64]

_GOLDEN: Final = np.uint64(0x9E3779B97F4A7C15)  # Steele, Lea and Flood 2014, splitmix64
_MIX: Final = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def face_keys(sha256: str, count: int) -> Keys:
    """(count,) a number for each face of a photo, as good as random and the same in every run.

    Args:
        sha256: ``sha256:`` and 64 hex digits, of the photo.
        count: how many faces it has.
    """
    start = np.uint64(int(sha256.removeprefix("sha256:")[:16], 16))
    with np.errstate(over="ignore"):
        mixed = start + _GOLDEN * np.arange(1, count + 1, dtype=np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * _MIX[0]
        mixed = (mixed ^ (mixed >> np.uint64(27))) * _MIX[1]
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


@dataclass(frozen=True, slots=True, eq=False)
class Suspects:
    """Faces that may be a candidate's.

    Attributes:
        photos: (N,) the number that each one's photo was added with.
        faces: (N,) its place among the photo's faces.
        templates: (N, D) float32.
    """

    photos: NDArray[np.int64]
    faces: NDArray[np.int64]
    templates: Floats


class _Lowest:
    """The rows with the lowest (rank, key), at most ``most`` at the end and twice as many on the way."""

    def __init__(self, most: int, size: int) -> None:
        self._most, self._count = most, 0
        self._ranks, self._keys = np.zeros(0), np.zeros(0, np.uint64)
        self._places = np.zeros((0, 2), np.int64)
        self._templates = np.zeros((0, size), np.float32)

    def add(self, ranks: Doubles, keys: Keys, places: NDArray[np.int64], templates: Floats) -> None:
        """Take rows in; those that can no longer be among the lowest are let go."""
        for start in range(0, len(keys), self._most):
            part = slice(start, start + self._most)
            self._append(ranks[part], keys[part], places[part], templates[part])

    def _append(self, ranks: Doubles, keys: Keys, places: NDArray[np.int64], templates: Floats) -> None:
        if self._count + len(keys) > 2 * self._most:
            self._cut()
        end = self._count + len(keys)
        if end > len(self._keys):
            self._grow(min(max(end, 2 * len(self._keys), 256), 2 * self._most))
        fresh = slice(self._count, end)
        self._ranks[fresh], self._keys[fresh], self._places[fresh] = ranks, keys, places
        self._templates[fresh] = templates
        self._count = end

    def _grow(self, room: int) -> None:
        for name in ("_ranks", "_keys", "_places", "_templates"):
            old = getattr(self, name)
            new = np.zeros((room, *old.shape[1:]), old.dtype)
            new[: self._count] = old[: self._count]
            setattr(self, name, new)

    def _cut(self) -> None:
        here = slice(0, self._count)
        keep = np.lexsort((self._keys[here], self._ranks[here]))[: self._most]
        self._count = len(keep)
        for array in (self._ranks, self._keys, self._places, self._templates):
            array[: self._count] = array[keep]

    def rows(self) -> tuple[NDArray[np.int64], Floats]:
        """(N, 2) places and (N, D) templates, lowest first."""
        self._cut()
        return self._places[: self._count], self._templates[: self._count]


class TemplatesMet:
    """Takes in the faces of each photo once.

    Args:
        gallery: who is enrolled.

    Attributes:
        faces: how many were taken in.
    """

    def __init__(self, gallery: Gallery, most_faces: int = MOST_FACES, most_suspects: int = MOST_SUSPECTS) -> None:
        size = gallery.templates.shape[1]
        self._space = _first_view(gallery)
        candidates = [not one.is_decoy for one in gallery.people]
        self._candidates = self._space.directions(gallery.means[candidates]).T  # as matching compares
        self._sample, self._suspects = _Lowest(most_faces, size), _Lowest(most_suspects, size)
        self.faces = 0

    def add(self, photo: int, sha256: str, faces: NDArray[np.int64], templates: Floats) -> None:
        """Take in some faces of a photo.

        Args:
            photo: any number that ``Suspects`` shall call it by.
            sha256: of the photo.
            faces: (N,) their places among its faces.
            templates: (N, D) float32.
        """
        if not len(faces):
            return
        keys = face_keys(sha256, int(faces.max()) + 1)[faces]
        places = np.column_stack([np.full(len(faces), photo, np.int64), faces])
        self._sample.add(np.zeros(len(faces)), keys, places, templates)
        likeness = (self._space.directions(templates) @ self._candidates).max(axis=1)
        self._suspects.add(-likeness, keys, places, templates)
        self.faces += len(faces)

    def sample(self) -> Floats:
        """(N, D) float32 templates for the population."""
        return self._sample.rows()[1].copy()

    def suspects(self) -> Suspects:
        """Those to be compared."""
        places, templates = self._suspects.rows()
        return Suspects(places[:, 0].copy(), places[:, 1].copy(), templates.copy())


def _first_view(gallery: Gallery) -> Space:
    """What can be seen before the population is known; from nowhere in particular where even that is one person."""
    nobody = no_population(gallery)
    if nobody.people(gallery) + len(nobody.priors) >= 2:
        return nobody.space(gallery)
    size = gallery.templates.shape[1]
    return Space(np.zeros(size), np.eye(size), np.zeros(size), np.zeros((size, size)), 0.0)
