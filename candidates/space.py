"""How templates are compared: centred on the local population, whitened, and what a stranger's similarity would be.

direction  a = W (template - centre), made 1 long
cosine     s = a_face . a_reference
chance     m = what s is expected to be for a stranger, v = its variance, both in closed form from the population:
           a stranger's W (x - centre) has mean d = W (mean - centre) and covariance C = W S W, so
           m = a . d / sqrt(tr C + d . d)      v = a . C a / tr C
similarity (s - m) / (1 - m): 0 is what a stranger reaches, 1 the same picture
z          (s - m) / sqrt(v), the mean of its two values with m and v of the reference and of the face: comparable
           between candidates and between faces, whatever they are like (s-norm, Kenny 2010, without a cohort)
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles

LEAST_SHRINKAGE: Final = 0.7
"""How far the covariance is drawn towards a sphere at the least; with few people it is drawn further, by
dimensions / (dimensions + people). On 450 rendered people, the share of photos found at one false pair in a thousand
is 84% centred. Whitened it is, with 10 people, 83% at 0.9 and 81% at 0.5; with 30 people 86% at 0.9; with 100 people
87.5% at 0.7; with 300 people 88% at 0.7 and 87.5% at 0.5. Look-alike Asian actors whitened by Western people lose from
0.7 down, so the covariance is never trusted alone."""

SPREAD_PEOPLE: Final = 10.0
"""As how many people the spread of all references counts in that of one. A candidate's own spread from n people has an
error of about sqrt(2 / n); on 250 rendered people 0, 10 and 40 gave the same false alarms within their errors."""

_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """The view on faces that one population gives.

    Attributes:
        centre: (D,) float64.
        whitening: (D, D) float64; multiply a centred template by it from the right.
        offset: (D,) float64: where strangers' mean lies, centred and whitened; 0 where it is not known.
        spread: (D, D) float64: strangers' covariance, whitened; zeros where it is not known.
        people: how many are behind ``spread``.
    """

    centre: Doubles
    whitening: Doubles
    offset: Doubles
    spread: Doubles
    people: float

    def directions(self, templates: NDArray[np.floating[Any]]) -> Doubles:
        """(N, D) templates -> (N, D) float64, each 1 long; zeros where a template is the centre itself."""
        points = (np.asarray(templates, np.float64) - self.centre) @ self.whitening
        lengths = np.linalg.norm(points, axis=1, keepdims=True)
        return np.asarray(np.divide(points, lengths, out=np.zeros_like(points), where=lengths > _TINY))

    def chance(self, references: Doubles) -> tuple[Doubles, Doubles]:
        """What strangers' cosines to references are like.

        Args:
            references: (R, D) directions.

        Returns:
            (R,) the mean, -1 to 1, and (R,) the standard deviation; 0 and 0 where strangers are not known.
        """
        total = float(np.trace(self.spread))
        if total <= _TINY:
            return np.zeros(len(references)), np.zeros(len(references))
        mean = references @ self.offset / np.sqrt(total + self.offset @ self.offset)
        own = np.einsum("rd,rd->r", references @ self.spread, references) / total
        variance = (self.people * own + SPREAD_PEOPLE * self.usual_variance) / (self.people + SPREAD_PEOPLE)
        return np.asarray(mean), np.sqrt(variance)

    def z_values(self, faces: Doubles, references: Doubles) -> Doubles:
        """How far each cosine lies above chance, in standard deviations of chance.

        Args:
            faces: (N, D) directions.
            references: (R, D) directions.

        Returns:
            (N, R) float64; 0 where strangers are not known. Faces and references can change places.
        """
        cosines = np.clip(faces @ references.T, -1, 1)
        (of_face, by_face), (of_reference, by_reference) = self.chance(faces), self.chance(references)
        by_face, by_reference = (np.where(each > 0, each, np.inf) for each in (by_face, by_reference))
        from_face = (cosines - of_face[:, None]) / by_face[:, None]
        return np.asarray((from_face + (cosines - of_reference) / by_reference) / 2)

    @property
    def usual_variance(self) -> float:
        """Of the cosine of two strangers: tr C C / (tr C)^2, which a sample of n people makes 1 / n too much."""
        total = float(np.trace(self.spread))
        if total <= _TINY:
            return 0.0
        return max(float((self.spread**2).sum()) / total**2 - 1 / max(self.people, 1.0), 1 / len(self.centre))


def whitening_of(covariance: Doubles, people: float) -> Doubles:
    """(D, D) float64, the inverse square root of a covariance drawn towards a sphere of the same mean variance (Ledoit
    and Wolf 2004, with the share of ``LEAST_SHRINKAGE``); the identity where there is no variance. Only directions
    matter for a cosine, so its scale is free.
    """
    size = len(covariance)
    variance = float(np.trace(covariance)) / size
    if variance <= 0:
        return np.eye(size)
    share = max(LEAST_SHRINKAGE, size / (size + people))
    values, vectors = np.linalg.eigh((1 - share) * covariance / variance + share * np.eye(size))
    return np.asarray((vectors * values**-0.5) @ vectors.T)


def space_of(faces: Doubles) -> Space:
    """The view of a sample of strangers alone, one row a person; at least two."""
    people, centre = len(faces), faces.mean(axis=0)
    centred = faces - centre
    covariance = centred.T @ centred / people
    whitening = whitening_of(covariance, people)
    spread = whitening @ covariance @ whitening * (people / max(people - 1, 1))
    return Space(centre, whitening, np.zeros(len(centre)), spread, float(people))
