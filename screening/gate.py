"""Which photos may hold a candidate, asked while a photo is open and the scan's population is not yet known.

A worker answers from the faces it has seen itself so far, kept as count, sum and sum of products, never as templates.
Only time depends on the answer: the scan opens a photo once more whose hands turn out to be needed, and drops hands
that turn out not to be.
"""

import numpy as np

from candidates.bands import BandTable
from candidates.gallery import Doubles, Gallery
from candidates.match import Matcher
from candidates.population import LEAVE_OUT_FROM, Population, no_population
from vision.types import Floats

# The population is taken anew each time it has grown by half: whitening costs a few milliseconds.
GROWTH = 1.5


class Gate:
    """One worker's running view of the population.

    Args:
        gallery: who is enrolled.
        bands: the limits in use.
        least: the similarity to a candidate from which a photo may hold one.
    """

    def __init__(self, gallery: Gallery, bands: BandTable, least: float) -> None:
        size = gallery.templates.shape[1]
        self._gallery, self._bands, self._least = gallery, bands, least
        self._candidates = [not person.is_decoy for person in gallery.people]
        self._count, self._sum, self._products = 0, np.zeros(size), np.zeros((size, size))
        self._matcher, self._matcher_count = Matcher(gallery, no_population(gallery), bands), 0

    def may_hold_candidate(self, templates: Floats) -> bool:
        """Whether a photo with these faces, (N, D), may hold a candidate; they count for the photos after it."""
        if not len(templates):
            return False
        similarities = self._matcher.similarities(templates)
        self._add(np.asarray(templates, np.float64)[similarities.max(axis=1) < LEAVE_OUT_FROM])
        return bool((similarities[:, self._candidates] >= self._least).any())

    def _add(self, faces: Doubles) -> None:
        self._count += len(faces)
        self._sum += faces.sum(axis=0)
        self._products += faces.T @ faces
        if self._count > GROWTH * self._matcher_count:
            mean = self._sum / self._count
            covariance = self._products / self._count - np.outer(mean, mean)
            population = Population(float(self._count), mean, covariance)
            self._matcher, self._matcher_count = Matcher(self._gallery, population, self._bands), self._count
