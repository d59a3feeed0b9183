"""Whether a confidence keeps its word: of symbols claimed with 0.9, nine in ten should be right.

The expected calibration error is the mean gap between confidence and share right over ten equal bins, weighted by how
many claims lie in each (M. P. Naeini et al., Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015;
C. Guo et al., On calibration of modern neural networks, ICML 2017). With few claims it is too high: chance alone makes
gaps.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from candidates.gallery import Doubles
from evaluation.resampling import Rate
from evaluation.shares import Shares
from evaluation.trials import Bools

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class ConfidenceBin:
    """Claims of about one confidence.

    Attributes:
        low, high: of the confidence; ``high`` belongs to the next bin, except 1.
        confidence: its mean.
        right: the share of the claims that are right.
    """

    low: float
    high: float
    confidence: float
    right: Rate


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well confidences keep their word.

    Attributes:
        bins: rising, those with claims.
        error: the expected calibration error; nan without claims.
        claims: how many.
    """

    bins: tuple[ConfidenceBin, ...]
    error: float
    claims: int


def reliability_of(confidences: Doubles, right: Bools, shares: Shares, among: Bools) -> Reliability:
    """Sort claims by confidence.

    Args:
        confidences: (N,) 0 to 1.
        right: (N,) whether the claim is.
        shares: counts among these N things.
        among: (N,) which of them are claims.
    """
    place = np.minimum((confidences * BINS).astype(int), BINS - 1)
    bins = [_bin(index, confidences, right, shares, among & (place == index)) for index in np.unique(place[among])]
    claims = int(among.sum())
    return Reliability(tuple(bins), _error(bins, claims), claims)


def _bin(index: int, confidences: Doubles, right: Bools, shares: Shares, among: Bools) -> ConfidenceBin:
    mean = float(confidences[among].mean())
    return ConfidenceBin(float(index / BINS), float((index + 1) / BINS), mean, shares.rate(right, among))


def _error(bins: Sequence[ConfidenceBin], claims: int) -> float:
    if not claims:
        return float("nan")
    return sum(each.right.searches * abs(each.confidence - each.right.value) for each in bins) / claims
