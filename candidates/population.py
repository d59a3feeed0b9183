"""The local population: the mean face of everybody else and how faces vary, from the unlabelled faces of a scan.

Centring on it takes away what all local faces share, and with it most of the likeness between strangers that dlib's
model sees; whitening then counts a difference for less where local people differ much anyway (design section 4). Of the
people scanned, nothing is kept but how many they were, their mean and their covariance.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from candidates.gallery import Doubles, Gallery, centred_cosine
from vision.types import Floats

ROUNDS: Final = 3
"""How often the mean is taken again without those who then look like a candidate; the second round moves it little."""

COPY_DISTANCE: Final = 0.2
"""Faces nearer than this share of a template's length are one person seen again: the same picture resized, cropped or
compressed anew, or frames of one burst. dlib's templates are 1.45 long, so it is 0.29. Of the 500 pairs of different
East and South-East Asian people in the evaluation photos, the hardest for dlib, none is that near."""

MOST_FACES: Final = 20_000
"""More faces than this are thinned to so many before copies are looked for (pairs grow with the square); the mean of
20,000 faces is known to well under a hundredth of the distance between two people."""

LEAVE_OUT_FROM: Final = 0.55
"""Centred cosine to an enrolled person from which a face is left out of the population; see ``measure_population``."""

LEAST_SHRINKAGE: Final = 0.7
"""How far the covariance is drawn towards a sphere at the least; with few people it is drawn further, by
dimensions / (dimensions + people). On 450 rendered people, the share of photos found at one false pair in a thousand
is 84% centred. Whitened it is, with 10 people, 83% at 0.9 and 81% at 0.5; with 30 people 86% at 0.9; with 100 people
87.5% at 0.7; with 300 people 88% at 0.7 and 87.5% at 0.5. Look-alike Asian actors whitened by Western people lose from
0.7 down, so the covariance is never trusted alone."""

_BLOCK: Final = 1024


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """How many people a scan saw besides candidates, and their mean face.

    Attributes:
        count: people, copies of one face counted once; 0 or more, a share where copies overlap only in part.
        mean: (D,) float64 mean template; zeros where count is 0.
        covariance: (D, D) float64 of the templates around the mean; (0, 0) where it is not known.
    """

    count: float
    mean: Doubles = field(repr=False)
    covariance: Doubles = field(repr=False, default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        mean = np.array(self.mean, np.float64)
        if not np.isfinite(self.count) or self.count < 0:
            raise ValueError(f"count: expected 0 or more, got {self.count}")
        if mean.ndim != 1 or not np.isfinite(mean).all():
            raise ValueError(f"mean: expected (D,) finite numbers, got shape {mean.shape}")
        covariance = np.array(self.covariance, np.float64)
        if covariance.size and (covariance.shape != (mean.size, mean.size) or not np.isfinite(covariance).all()):
            raise ValueError(f"covariance: expected {mean.size} x {mean.size} finite numbers, got {covariance.shape}")
        for name, array in (("mean", mean), ("covariance", covariance)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    def people(self, gallery: Gallery) -> float:
        """How many people ``centre`` is the mean of."""
        return self.count + len(gallery.people)

    def centre(self, gallery: Gallery) -> Doubles:
        """(D,) float64: the mean of the scanned people and the enrolled ones, each person counting once.

        Candidates and decoys are local people as well, and the only ones known when a scan is small. Counting each
        like anybody else needs no tuned weight: they decide in a scan of one photo and vanish in one of thousands.
        Measured on the look-alike and Indonesian photos (2 to 5 people enrolled by 2 photos, 300 draws, before each
        face was left out of its own centre): in a scan of
        12 photos the AUC is 0.9948 without them, 0.9998 with this weight, 0.9996 as if they were always 10 people; in
        one of 3 photos 0.954, 0.996 and 0.9997.
        """
        total = self.count * self.mean + gallery.means.sum(axis=0)
        return np.asarray(total / self.people(gallery))

    def whitening(self) -> Doubles:
        """(D, D) float64: multiply a centred template by it from the right; the identity where nothing is known.

        The inverse square root of the covariance, shrunk towards a sphere of the same mean variance (Ledoit and Wolf
        2004, with the share of ``LEAST_SHRINKAGE``). Only directions matter for a cosine, so its scale is free.
        """
        size = self.mean.size
        variance = float(np.trace(self.covariance)) / size if self.covariance.size else 0.0
        if variance <= 0:
            return np.eye(size)
        share = max(LEAST_SHRINKAGE, size / (size + self.count))
        values, vectors = np.linalg.eigh((1 - share) * self.covariance / variance + share * np.eye(size))
        return np.asarray((vectors * values**-0.5) @ vectors.T)


def no_population(gallery: Gallery) -> Population:
    """Nobody scanned yet: matching then centres on the enrolled people alone."""
    return Population(0.0, np.zeros(gallery.templates.shape[1]))


def measure_population(templates: Floats, gallery: Gallery) -> Population:
    """The population behind the faces of a scan, whoever they are.

    Faces that look like a candidate or decoy are left out, by a centre that leaves the face itself out (else one face
    among few hides behind its own share of the mean). Leaving out less alike ones too would run away: it removes the
    local people first, the mean moves off, and more of them look like candidates. Measured with Asian candidates among
    as many Western as Asian faces (200 draws of 2 to 5 candidates): leaving out from 0.35 on kept 24 people and put 18%
    of strangers' faces above 0.55, from 0.55 on 41 people and 2%.

    Args:
        templates: (N, D), one row a face; N may be 0. The order does not matter beyond float64 rounding.
        gallery: who is enrolled, with templates of the same model.

    Raises:
        ValueError: the templates are not (N, D) with the gallery's D, or not finite.
    """
    faces = np.asarray(templates, np.float64)
    size = gallery.templates.shape[1]
    if faces.size == 0:
        return no_population(gallery)
    if faces.ndim != 2 or faces.shape[1] != size or not np.isfinite(faces).all():
        raise ValueError(f"templates: expected (N, {size}) finite numbers, got shape {faces.shape}")
    faces = _thinned(faces)
    weights = 1 / _copies(faces)
    enrolled_sum, enrolled = gallery.means.sum(axis=0), len(gallery.people)
    kept = np.ones(len(faces), bool)
    for _ in range(ROUNDS):
        share = weights * kept
        own = share[:, None]
        centres = (share @ faces - own * faces + enrolled_sum) / (share.sum() - own + enrolled)
        kept = centred_cosine(faces, gallery.templates, centres).max(axis=1) < LEAVE_OUT_FROM
    share = weights * kept
    count = float(share.sum())
    if not kept.any():
        return no_population(gallery)
    mean = share @ faces / count
    spread = (faces - mean) * np.sqrt(share / count)[:, None]
    return Population(count, mean, spread.T @ spread)


def _thinned(faces: Doubles) -> Doubles:
    """At most MOST_FACES rows, chosen by their values, so that the order of photos plays no part."""
    if len(faces) <= MOST_FACES:
        return faces
    # The fraction of a scaled coordinate is as good as random, and the same for the same face in every run.
    keys = np.modf(np.abs(faces[:, :2]) * 65536)[0]
    order = np.lexsort((faces[:, 0], keys[:, 1], keys[:, 0]))
    return np.asarray(faces[order[:MOST_FACES]])


def _copies(faces: Doubles) -> Doubles:
    """(N,) how many faces, itself included, are nearer to each face than COPY_DISTANCE times its length."""
    squares = np.einsum("nd,nd->n", faces, faces)
    counts = np.zeros(len(faces))
    limit = COPY_DISTANCE**2 * float(np.median(squares))
    for start in range(0, len(faces), _BLOCK):
        block = slice(start, start + _BLOCK)
        distances = squares[block, None] - 2 * faces[block] @ faces.T + squares
        counts[block] = (distances < limit).sum(axis=1)
    return np.asarray(np.maximum(counts, 1))
