"""Open-set figures in NIST's words, with intervals by bootstrap over people.

A search compares one face with everybody enrolled. A mated search is one of a face that is enrolled; a threshold's
FPIR is the share of non-mated searches with anybody at or above it, TPIR the share of mated searches whose mate is.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles

RESAMPLES: Final = 200
SEED: Final = 20241127
SURE: Final = 0.95
ALARMS: Final = 10
"""False alarms that must stand behind a threshold for its TPIR to be said."""
FPIRS: Final = (0.01, 0.001)
_CHUNK: Final = 25


@dataclass(frozen=True, slots=True, eq=False)
class Searches:
    """What came of many searches.

    Attributes:
        mated: (M,) the mate's score.
        mate: (M,) who it is.
        non_mated: (S,) the best score of a stranger.
        stranger: (S,) who that is.
    """

    mated: Doubles
    mate: NDArray[np.str_]
    non_mated: Doubles
    stranger: NDArray[np.str_]

    def __post_init__(self) -> None:
        if self.mated.shape != self.mate.shape or self.non_mated.shape != self.stranger.shape:
            raise ValueError("expected a person for each score")
        if not self.mated.size or not self.non_mated.size:
            raise ValueError("expected at least one search of either kind")


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """A figure with its interval and the resamples behind it, for differences between methods."""

    value: float
    low: float
    high: float
    resampled: Doubles

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"

    def signed(self) -> str:
        """A difference: with its sign."""
        return f"{self.value:+.3f} [{self.low:+.3f}, {self.high:+.3f}]"


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one method on one set.

    Attributes:
        auc: how probably a mate scores higher than the best score of a stranger.
        tpirs: for each of ``FPIRS`` a figure, or none where fewer than ``ALARMS`` false alarms stand behind it.
        mated, people: how many mated searches, of how many people.
        non_mated, strangers: the same of the others.
    """

    auc: Figure
    tpirs: tuple[tuple[Figure, ...], ...]
    mated: int
    people: int
    non_mated: int
    strangers: int


def figures(searches: Searches, resamples: int = RESAMPLES) -> Figures:
    """AUC and TPIR at each FPIR; resampled people carry all their searches with them, mated or not.

    Two methods on the same searches are resampled alike, so that their resamples can be subtracted.
    """
    names = np.unique(np.concatenate([searches.mate, searches.stranger]))
    mates, strangers = (np.searchsorted(names, who) for who in (searches.mate, searches.stranger))
    order = np.argsort(-searches.non_mated, kind="stable")
    ranked, ranked_people = searches.non_mated[order], strangers[order]
    upward = np.argsort(searches.mated, kind="stable")
    found, found_people = searches.mated[upward], mates[upward]
    rng = np.random.default_rng(SEED)
    weights = np.concatenate(
        [np.ones((1, names.size)), rng.multinomial(names.size, np.full(names.size, 1 / names.size), resamples)]
    )
    rows = [
        _rows(weights[start : start + _CHUNK], ranked, ranked_people, found, found_people)
        for start in range(0, len(weights), _CHUNK)
    ]
    auc, *tpirs = np.concatenate(rows, axis=1)
    supported = [len(ranked) * fpir >= ALARMS for fpir in FPIRS]
    return Figures(
        auc=figure_of(auc),
        tpirs=tuple((figure_of(row),) if enough else () for row, enough in zip(tpirs, supported, strict=True)),
        mated=len(found),
        people=len(np.unique(searches.mate)),
        non_mated=len(ranked),
        strangers=len(np.unique(searches.stranger)),
    )


def difference(ours: Figure, theirs: Figure) -> Figure:
    """Ours less theirs, of the same searches."""
    return figure_of(np.concatenate([[ours.value - theirs.value], ours.resampled - theirs.resampled]))


def _rows(
    weights: Doubles,
    ranked: Doubles,
    ranked_people: NDArray[np.intp],
    found: Doubles,
    found_people: NDArray[np.intp],
) -> Doubles:
    """(1 + len(FPIRS), B): AUC and TPIRs of each row of people's weights.

    ranked falls, found rises. A resample without a mated or without a non-mated search has no figures: nan.
    """
    alarms = np.cumsum(weights[:, ranked_people], axis=1)
    below = np.cumsum(weights[:, found_people], axis=1)
    all_alarms, all_found = alarms[:, -1:], below[:, -1:]
    alarms_at = np.concatenate([np.zeros((len(weights), 1)), alarms], axis=1)
    found_at = np.concatenate([np.zeros((len(weights), 1)), below], axis=1)
    rising = ranked[::-1]
    higher = len(ranked) - np.searchsorted(rising, found, side="right")  # strangers strictly above each mate
    as_high = len(ranked) - np.searchsorted(rising, found, side="left")
    lost = (alarms_at[:, higher] + alarms_at[:, as_high]) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        auc = 1 - (weights[:, found_people] * lost).sum(axis=1) / (all_found * all_alarms)[:, 0]
        rows = [auc]
        for fpir in FPIRS:
            # The highest scores that may be alarms; a mate must score above the first that may not.
            allowed = (alarms <= fpir * all_alarms + 1e-9).sum(axis=1)
            limit = np.where(allowed < len(ranked), ranked[np.minimum(allowed, len(ranked) - 1)], -np.inf)
            missed = found_at[np.arange(len(weights)), np.searchsorted(found, limit, side="right")]
            rows.append(1 - missed / all_found[:, 0])
    return np.array(rows)


def figure_of(row: Doubles) -> Figure:
    """A figure from (1 + B,) its value and its resamples; those that are nan, for want of a search, are left out."""
    resampled = row[1:]
    seen = resampled[np.isfinite(resampled)]
    low, high = np.quantile(seen, [(1 - SURE) / 2, (1 + SURE) / 2]) if seen.size else (np.nan, np.nan)
    return Figure(float(row[0]), float(low), float(high), resampled)
