"""Shares of things that may belong to people, with intervals that know it.

Several hands of one person are no independent evidence, so where people are known they are drawn anew, as faces are
(``evaluation.resampling``). Where nobody is, each thing counts for itself and the interval is Wilson's.
(E. B. Wilson, Journal of the American Statistical Association 22, 1927.)
"""

from collections.abc import Sequence
from statistics import NormalDist
from typing import Final

import numpy as np

from evaluation.resampling import CONFIDENCE, Rate, draw_people, rate
from evaluation.trials import Bools

_Z: Final = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


def wilson(events: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share of independent things; nan where there are none."""
    if of == 0:
        return float("nan"), float("nan")
    share, spread = events / of, _Z * _Z / of
    middle = share + spread / 2
    away = (spread * share * (1 - share) + spread * spread / 4) ** 0.5
    # The ends are exact at none and all; rounding must not put the share itself outside.
    low, high = (middle - away) / (1 + spread), (middle + away) / (1 + spread)
    return min(max(0.0, low), share), max(min(1.0, high), share)


class Shares:
    """Counts shares among a fixed list of things.

    Args:
        owners: whose each thing is, by name; empty where it is not known.
        places: where each thing is from, which stands for its owner where only some are known.
    """

    def __init__(self, owners: Sequence[str], places: Sequence[str]) -> None:
        self._known = any(owners)
        names = [(owner, "") if owner else ("", place) for owner, place in zip(owners, places, strict=True)]
        indices = {name: index for index, name in enumerate(dict.fromkeys(names))}
        self._owner = np.array([indices[name] for name in names], np.intp)
        self._drawn = draw_people(len(indices)) if self._known else np.zeros((0, 0))

    @property
    def people(self) -> int:
        """How many owners there are, those unknown by where they are from; 0 where none is known."""
        return self._drawn.shape[1]

    def rate(self, events: Bools, among: Bools) -> Rate:
        """The share of some things that something is true of.

        Args:
            events: (N,) of which it is true; counted where ``among`` is too.
            among: (N,) which things.
        """
        hits, of = int((events & among).sum()), int(among.sum())
        if not self._known:
            value = hits / of if of else float("nan")
            return Rate(value, *wilson(hits, of), hits, of, 0)
        size = self.people
        hit = np.bincount(self._owner[events & among], minlength=size)
        every = np.bincount(self._owner[among], minlength=size)
        with np.errstate(invalid="ignore", divide="ignore"):
            resampled = (self._drawn @ hit) / (self._drawn @ every)
        return rate(hits, of, int((every > 0).sum()), resampled)
