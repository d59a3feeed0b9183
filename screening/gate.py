"""Which photos may hold a candidate, asked while a photo is open and the scan's population is not yet known.

A worker answers from the faces it has seen itself so far, kept as count, sum and sum of products, never as templates.
Only time depends on the answer: the scan opens a photo once more whose hands turn out to be needed, and drops hands
that turn out not to be.
"""

from dataclasses import replace

import numpy as np

from candidates.gallery import Doubles, Gallery
from candidates.match import Matcher
from candidates.population import LEAVE_OUT_FROM, no_population
from vision.types import Floats

# The population is taken anew each time it has grown by half: whitening costs a few milliseconds.
GROWTH = 1.5


class Gate:
    """One worker's running view of the population.

    Args:
        gallery: who is enrolled.
        least: the similarity to a candidate from which a photo may hold one.
    """

    def __init__(self, gallery: Gallery, least: float) -> None:
        size = gallery.templates.shape[1]
        self._gallery, self._least = gallery, least
        self._candidates = [not person.is_decoy for person in gallery.people]
        self._count, self._sum, self._products = 0, np.zeros(size), np.zeros((size, size))
        self._nobody = no_population(gallery)
        self._matcher, self._matcher_count = Matcher(gallery, self._nobody), 0

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
            population = replace(self._nobody, count=float(self._count), mean=mean, covariance=covariance)
            self._matcher, self._matcher_count = Matcher(self._gallery, population), self._count
