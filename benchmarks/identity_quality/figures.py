"""From templates to figures: how often a mate is found and a stranger taken for a candidate, in NIST's words.

TPIR: share of mated searches whose mate is at or above a threshold. FPIR: share of non-mated searches with anybody at
or above it. A search is one face against one gallery of ``ENROLLED`` candidates. Thresholds come from good pictures
and stay the same for spoilt ones, as they do in a scan.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.identity_quality.people import Subject
from candidates.bands import Band
from candidates.gallery import Doubles, Enrolled, Gallery, Reference
from candidates.match import Matcher
from candidates.population import measure_population
from vision.types import FaceQuality, Floats

ENROLLED: Final = 5
Z: Final = 1.959964  # of a normal distribution 95% lies within this many standard deviations
_GOOD_QUALITY: Final = FaceQuality(100.0, 1.0, 1.0, 1.0)
_BANDS: Final = (Band.POSSIBLE, Band.MATCH)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its interval after Wilson 1927, 95%; each person counts once, however many searches it took.

    Attributes:
        value: 0 to 1; 0 where there are no people.
        people: how many.
    """

    value: float
    people: int

    @property
    def interval(self) -> tuple[float, float]:
        if not self.people:
            return 0.0, 1.0
        n, rate = self.people, self.value
        middle = (rate + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * math.sqrt(max(0.0, rate * (1 - rate)) / n + Z**2 / (4 * n**2))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:.1f} [{100 * low:.0f}, {100 * high:.0f}]"


@dataclass(frozen=True, slots=True, eq=False)
class Searches:
    """What became of N faces of known people.

    Attributes:
        owners: (N,) which subject a face is.
        mate: (N,) similarity to the own person; NaN for one who is not enrolled.
        mate_band: (N,) 0 no sighting of the mate, 1 possible, 2 match; -1 for one who is not enrolled.
        wrong_band: (N,) the same of a sighting of anybody else in the gallery that holds the mate.
        stranger: (N, G) the highest similarity to anybody of each gallery without the mate; NaN where not searched.
        stranger_band: (N, G) the band of that search's sighting, as above; -1 where not searched.
    """

    owners: NDArray[np.intp]
    mate: Doubles
    mate_band: NDArray[np.int8]
    wrong_band: NDArray[np.int8]
    stranger: Doubles
    stranger_band: NDArray[np.int8]

    def threshold(self, chosen: NDArray[np.bool_], fpir: float) -> float:
        """The least similarity that at most that share of the chosen faces' non-mated searches reaches."""
        scores = np.sort(self.stranger[chosen][np.isfinite(self.stranger[chosen])])
        allowed = int(fpir * scores.size)
        return float(np.nextafter(scores[scores.size - allowed - 1], np.inf))

    def tpir(self, chosen: NDArray[np.bool_], threshold: float) -> Share:
        mated = chosen & np.isfinite(self.mate)
        return self._share(mated, self.mate >= threshold)

    def fpir(self, chosen: NDArray[np.bool_], threshold: float) -> Share:
        return self._over_strangers(chosen, self.stranger >= threshold)

    def tpir_in_band(self, chosen: NDArray[np.bool_], band: Band) -> Share:
        return self._share(chosen & (self.mate_band >= 0), self.mate_band > _BANDS.index(band))

    def fpir_in_band(self, chosen: NDArray[np.bool_], band: Band) -> Share:
        return self._over_strangers(chosen, self.stranger_band > _BANDS.index(band))

    def wrong_names(self, chosen: NDArray[np.bool_], band: Band) -> int:
        """How many searches, mated ones too, name somebody else in that band or a higher one."""
        least = _BANDS.index(band)
        return int((self.wrong_band[chosen] > least).sum() + (self.stranger_band[chosen] > least).sum())

    def _over_strangers(self, chosen: NDArray[np.bool_], hit: NDArray[np.bool_]) -> Share:
        searched = self.stranger_band >= 0
        counts = searched.sum(axis=1)
        rates = np.where(searched, hit, False).sum(axis=1) / np.maximum(counts, 1)
        return self._share(chosen & (counts > 0), rates)

    def _share(self, chosen: NDArray[np.bool_], rates: NDArray[np.generic]) -> Share:
        """The mean over people of the mean over their faces."""
        owners = self.owners[chosen]
        people = np.unique(owners)
        if not people.size:
            return Share(0.0, 0)
        totals = np.bincount(owners, np.asarray(rates, np.float64)[chosen])
        counts = np.bincount(owners)
        return Share(float((totals[people] / counts[people]).mean()), int(people.size))


def search(subjects: Sequence[Subject], owners: Sequence[int], templates: Floats, seed: int) -> Searches:
    """Look for every face in every gallery of its half of the people, with the other half as the population.

    Args:
        subjects: who there is.
        owners: (N,) which of them each face is.
        templates: (N, D), of the faces.
        seed: of the halves and the galleries.
    """
    rows, count = np.asarray(owners, np.intp), len(templates)
    order = np.random.default_rng(seed).permutation(len(subjects))
    halves = (order[::2], order[1::2])
    galleries = [
        (half, gallery)
        for half in (0, 1)
        for gallery in _galleries([i for i in halves[half] if len(subjects[i].references)])
    ]
    mate, stranger = np.full(count, np.nan), np.full((count, len(galleries)), np.nan)
    mate_band, wrong_band = np.full(count, -1, np.int8), np.full(count, -1, np.int8)
    stranger_band = np.full((count, len(galleries)), -1, np.int8)
    for column, (half, members) in enumerate(galleries):
        searched = np.flatnonzero(np.isin(rows, halves[half]))
        matcher = _matcher([subjects[i] for i in members], [subjects[i].clean for i in halves[1 - half]])
        similarities, sightings = matcher.similarities(templates[searched]), matcher.match(templates[searched])
        for place, face in enumerate(searched):
            mates = np.flatnonzero(np.asarray(members) == rows[face])
            named = [(int(each.candidate), 1 + _BANDS.index(each.band)) for each in sightings[place]]
            if mates.size:
                mate[face] = similarities[place, mates[0]]
                mate_band[face] = max((band for who, band in named if who == mates[0]), default=0)
                wrong_band[face] = max((band for who, band in named if who != mates[0]), default=0)
            else:
                stranger[face, column] = similarities[place].max()
                stranger_band[face, column] = max((band for _, band in named), default=0)
    return Searches(rows, mate, mate_band, wrong_band, stranger, stranger_band)


def _galleries(people: Sequence[int]) -> Iterator[list[int]]:
    """``ENROLLED`` people each; the last few, too few for a gallery, join the one before."""
    whole = max(1, len(people) // ENROLLED)
    for part in np.array_split(np.array(people, int), whole):
        if part.size:
            yield [int(i) for i in part]


def _matcher(people: Sequence[Subject], others: Sequence[Floats]) -> Matcher:
    enrolled = tuple(
        Enrolled(
            str(place),
            str(place),
            1 + place,
            tuple(Reference(f"{place}-{i}", "", template, _GOOD_QUALITY) for i, template in enumerate(each.references)),
        )
        for place, each in enumerate(people)
    )
    gallery = Gallery("", enrolled)
    return Matcher(gallery, measure_population(np.array(others, np.float32), gallery))
