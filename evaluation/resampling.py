"""Intervals by drawing people anew.

Photos of one person are no independent evidence, and one person who looks like many others is no accident of one
photo. So each resample draws as many *people* as there are, with replacement, and every search counts as often as the
person searched was drawn; a false alarm also as often as the enrolled person it names was drawn, and its base as often
as those enrolled were on average (the pigeonhole bootstrap: A. B. Owen, Annals of Applied Statistics 1(2), 2007). The
interval is the middle 95% of 1,000 resamples, the seed is fixed.

Resampling cannot see kinds of people that were never met. Of n people, any kind that more than u = 1 - 0.05^(1/n) of
all people are of would have been met with 95% confidence (the rule of three in its exact form). If a share u of others
always failed or never did, a rate of v would be v + u (1 - v) or v (1 - u); no interval is narrower than that. With few
people this decides, with hundreds hardly.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from candidates.gallery import Doubles
from evaluation.splits import SEED

RESAMPLES: Final = 1000
CONFIDENCE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with what it rests on.

    Attributes:
        value: events / searches; nan where there are no searches.
        low, high: the 95% interval.
        events, searches: counts.
        people: how many different people were searched.
    """

    value: float
    low: float
    high: float
    events: int
    searches: int
    people: int

    def __post_init__(self) -> None:
        if not 0 <= self.events <= self.searches:
            raise ValueError(f"events: expected 0 to {self.searches}, got {self.events}")


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio of two counts with its 95% interval; nan where it is not defined."""

    value: float
    low: float
    high: float


def draw_people(people: int) -> Doubles:
    """(RESAMPLES, people) float64: how often each person was drawn."""
    random = np.random.default_rng(SEED)
    return random.multinomial(people, np.full(people, 1 / people), size=RESAMPLES).astype(np.float64)


def middle(values: Doubles) -> tuple[float, float]:
    """The interval of resampled values, without those that are not defined."""
    kept = values[np.isfinite(values)]
    if not len(kept):
        return float("nan"), float("nan")
    low, high = np.quantile(kept, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return float(low), float(high)


def unseen(people: int) -> float:
    """The share of all people that a kind may be of which none of so many people is."""
    return 1.0 - float((1 - CONFIDENCE) ** (1 / people))


def interval_of(value: float, people: int, resampled: tuple[float, float]) -> tuple[float, float]:
    """The interval of a share seen on so many people: the resampled one, and no narrower than they can tell."""
    low, high = resampled if np.isfinite(resampled).all() else (value, value)
    others = unseen(people)
    return min(low, value * (1 - others)), max(high, value + others * (1 - value))


def rate(events: int, searches: int, people: int, resampled: Doubles) -> Rate:
    """A rate from its counts and its resampled values.

    Args:
        events: how often it happened.
        searches: how often it could have.
        people: how many different people were searched.
        resampled: (RESAMPLES,) the rate in each resample.
    """
    if searches == 0:
        return Rate(float("nan"), float("nan"), float("nan"), 0, 0, people)
    value = events / searches
    return Rate(value, *interval_of(value, people, middle(np.clip(resampled, 0, 1))), events, searches, people)
