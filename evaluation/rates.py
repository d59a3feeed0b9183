"""FPIR and FNIR, NIST's words for open-set search, with intervals.

FPIR (false positive identification rate): the share of searches for people who are not enrolled that bring back at
least one enrolled person at or above the threshold T. FNIR (false negative identification rate): the share of searches
for enrolled people that do not bring back the right one at or above T; TPIR = 1 - FNIR. Both belong to a number N of
enrolled people. (NIST FRTE 1:N; ISO/IEC 19795-1.)
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles
from evaluation.compare import NOBODY
from evaluation.resampling import Rate, draw_people, middle, rate
from evaluation.splits import Indices
from evaluation.trials import Bools, Scores, Trials

STRANGERS_FOR_ONE: Final = 3.0
"""An FPIR of f is measured on at least 3/f different strangers (rule of three): on fewer, a threshold with no false
alarm at all would be no evidence that its rate is under f."""

_ROUNDING: Final = 1e-12


def strangers_needed(fpir: float) -> int:
    """How many different strangers it takes to measure this FPIR."""
    return math.ceil(STRANGERS_FOR_ONE / fpir - _ROUNDING)


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """FPIR and FNIR at every threshold that matters.

    Attributes:
        thresholds: (G,) falling, from inf; scores, where higher is more alike.
        fpir: (G,) rising.
        fnir: (G,) falling.
    """

    thresholds: Doubles
    fpir: Doubles
    fnir: Doubles

    def at_fpir(self, fpir: float) -> int:
        """Where the threshold is as low as it can be without more false alarms than this."""
        return int(np.searchsorted(self.fpir, fpir + _ROUNDING, side="right")) - 1

    def best(self) -> int:
        """Where FPIR + FNIR is least; the highest such threshold."""
        return int(np.argmin(self.fpir + self.fnir))


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A rate with its resampled values, for figures that are made of several."""

    rate: Rate
    resampled: Doubles


class Tally:
    """Counts searches of trials, as they were and resampled.

    Args:
        trials: all searches.
        people: how many people the dataset has.
    """

    def __init__(self, trials: Trials, people: int) -> None:
        self._trials = trials
        self._drawn = draw_people(people)
        self._everything = np.ones(len(trials.person), bool)
        # Of each resample and split, how often its enrolled people were drawn on average.
        self._enrolled_drawn = np.array([self._drawn[:, who].mean(axis=1) for who in trials.enrolled]).T

    def strangers(self, among: Bools | None = None) -> int:
        """How many different people are searched without being enrolled."""
        return len(np.unique(self._trials.person[self._unmated(among)]))

    def fpir(self, named: Indices, among: Bools | None = None) -> Measured:
        """The false positive identification rate.

        Args:
            named: (S,) whom each search names, or NOBODY.
            among: (S,) which searches to count; all where it is left out.
        """
        searches = self._unmated(among)
        events = searches & (named != NOBODY)
        resampled = self.pair_counts(self._trials.person[events], named[events]) / self.base(searches)
        people = len(np.unique(self._trials.person[searches]))
        return Measured(rate(int(events.sum()), int(searches.sum()), people, resampled), resampled)

    def fnir(self, missed: Bools, among: Bools | None = None, unusable: Indices | None = None) -> Measured:
        """The false negative identification rate.

        Args:
            missed: (S,) whether the right person is not named.
            among: as in ``fpir``.
            unusable: (people,) further searches of each person that could not be made and count as misses.
        """
        searches = self._trials.mated & (self._everything if among is None else among)
        return self.mated_share(searches & missed, searches, unusable)

    def mated_share(self, events: Bools, searches: Bools, unusable: Indices | None = None) -> Measured:
        """The share of some searches in which something happened, people counting by themselves."""
        size = self._drawn.shape[1]
        extra = np.zeros(size, np.intp) if unusable is None else unusable
        hit = np.bincount(self._trials.person[events], minlength=size) + extra
        all_of = np.bincount(self._trials.person[searches], minlength=size) + extra
        with np.errstate(invalid="ignore", divide="ignore"):
            resampled = (self._drawn @ hit) / (self._drawn @ all_of)
        people = int((all_of > 0).sum())
        return Measured(rate(int(hit.sum()), int(all_of.sum()), people, resampled), resampled)

    def pair_counts(self, person: Indices, enrolled: Indices) -> Doubles:
        """(RESAMPLES,) how many of these pairs of people there are in each resample."""
        if not len(person):
            return np.zeros(len(self._drawn))
        rows, row = np.unique(person, return_inverse=True)
        columns, column = np.unique(enrolled, return_inverse=True)
        counts = np.zeros((len(rows), len(columns)))
        np.add.at(counts, (row, column), 1)
        return np.asarray(((self._drawn[:, rows] @ counts) * self._drawn[:, columns]).sum(axis=1))

    def base(self, searches: Bools, per_split: Doubles | None = None) -> Doubles:
        """(RESAMPLES,) how many searches there are in each resample; nan where none.

        Args:
            searches: (S,) which to count.
            per_split: what a search of each split counts for; 1 where it is left out.
        """
        size = self._drawn.shape[1]
        total = np.zeros(len(self._drawn))
        splits, people = self._trials.split[searches], self._trials.person[searches]
        for split in np.unique(splits):
            drawn = self._drawn @ np.bincount(people[splits == split], minlength=size)
            total += drawn * self._enrolled_drawn[:, split] * (1 if per_split is None else per_split[split])
        return np.where(total > 0, total, np.nan)

    def curve(self, scores: Scores) -> Curve:
        """The curve of the searches as they were."""
        grid, of_top, of_mate = _grid(scores, self._trials.mated)
        return _curve(grid, of_top, np.ones(len(of_top)), float(len(of_top)), of_mate, np.ones(len(of_mate)))

    def fnir_at_fpir(self, scores: Scores, targets: tuple[float, ...]) -> tuple[tuple[float, float], ...]:
        """The interval of FNIR at each FPIR, the threshold being set anew in each resample."""
        mated, person = self._trials.mated, self._trials.person
        grid, of_top, of_mate = _grid(scores, mated)
        searched, found, own = person[~mated], scores.top_person[~mated], person[mated]
        bases = self.base(~mated)
        values = np.full((len(self._drawn), len(targets)), np.nan)
        for row, (drawn, base) in enumerate(zip(self._drawn, bases, strict=True)):
            weights = drawn[own]
            if np.isfinite(base) and weights.sum() > 0:
                curve = _curve(grid, of_top, drawn[searched] * drawn[found], float(base), of_mate, weights)
                values[row] = [curve.fnir[curve.at_fpir(target)] for target in targets]
        return tuple(middle(column) for column in values.T)

    def _unmated(self, among: Bools | None) -> Bools:
        return ~self._trials.mated & (self._everything if among is None else among)


def named_at(scores: Scores, threshold: float) -> Indices:
    """(S,) the most alike enrolled person where the score is at or above a threshold, else NOBODY."""
    return np.where(scores.top >= threshold, scores.top_person, NOBODY)


def missed_at(scores: Scores, threshold: float) -> Bools:
    """(S,) whether the mate is below a threshold; True where nobody is enrolled."""
    return ~np.asarray(scores.mate >= threshold, bool)


def _grid(scores: Scores, mated: Bools) -> tuple[Doubles, NDArray[np.intp], NDArray[np.intp]]:
    """Thresholds, falling, and where on them strangers' best scores and mates' scores lie; len(grid) for never."""
    tops, mates = scores.top[~mated], scores.mate[mated]
    both = np.concatenate([tops, mates])
    rising = np.unique(both[np.isfinite(both)])
    grid = np.concatenate([[np.inf], rising[::-1]])

    def place(values: Doubles) -> NDArray[np.intp]:
        return np.where(np.isfinite(values), len(rising) - np.searchsorted(rising, values), len(grid))

    return grid, place(tops), place(mates)


def _curve(grid: Doubles, of_top: Indices, tops: Doubles, base: float, of_mate: Indices, mates: Doubles) -> Curve:
    size = len(grid)
    alarms = np.bincount(of_top, tops, size + 1)[:size].cumsum()
    hits = np.bincount(of_mate, mates, size + 1)[:size].cumsum()
    fpir = np.minimum(alarms / base, 1) if base else np.zeros(size)
    everybody = float(mates.sum())
    return Curve(grid, fpir, 1 - hits / everybody if everybody else np.ones(size))
