"""How likely a stranger's likeness is, far out: peaks over threshold with a generalised Pareto tail.

    P(Z >= z) = r (1 + xi (z - u) / sigma)^(-1 / xi)     for z over the threshold u, of which there is a share r

Pickands 1975; the limit law for the highest of many values of almost any kind. It is fitted to z-values
(``candidates.space``) of pairs of strangers, pooled over everybody. What is kept is a histogram for each part of the
population, out of which the fit, its error and any later fit can be made: sufficient, and no face.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles

PARTS: Final = 8
"""Parts of the population: each is left out in turn for the error of the fit (delete-a-group jackknife), and pairs are
scored by the people of the other parts."""

BINS: Final = 96
BODY: Final = 0.95
"""The threshold u is this quantile: over it the shape is that of a tail, and of the 1,770 pairs of 60 people 88
are left."""

LIKELY_SHAPE: Final = (-0.12, 0.02)
"""Mean and standard deviation of what is believed of the shape xi beforehand. A cosine is bounded, so xi is under 0
(-2 / (D - 1) for random directions in D dimensions). Fitted to all searches of held-out strangers, 200,000 to 350,000
in each of six trials on two invented populations, it is -0.14 to -0.18 over the 95% quantile and -0.10 to -0.14 over
the 99% quantile, from where it is extrapolated. What a few hundred people alone say of it, seen through unrecognised
photos of one person, was -0.12 to -0.19, and promises were up to 5 times too small; believed to 0.01 it is the same."""

MATES: Final = (3.0, 0.8)
"""Mean and standard deviation, in thresholds u, of the z-values of two photos of one person: some of them were too
unlike to be told (``candidates.people``) and lie among the highest pairs of strangers. On dlib's templates u is about
0.2 and photos of one person 0.6 alike, 0.15 more or less."""

FEW_MATES: Final = 30.0
"""As how many pairs of strangers, seen and none of them of one person, the belief that such pairs are few counts.
Without it the highest pairs of strangers are taken for photos of one person, and promises were up to 15 times too
small."""

BEYOND: Final = 10.0
"""Nothing is said to be rarer than one in this many times the pairs that were seen."""

LEAST_WINDOW: Final = 1.5
"""The tail is fitted to at least so many thresholds u, however early strangers may be missing."""

PESSIMISTIC: Final = 1.0
"""Standard errors of log P to the upper end of the interval: 84% of truths lie under it, if errors are normal."""

_REFINEMENTS, _MIXINGS, _TINY = 6, 5, 1e-12
_STEPS_OUT: Final = (12.0, 241)  # standard deviations beyond the threshold, where chance has ended, and how many steps
_STEPS: Final = np.linspace(-1, 1, 7)
_SHAPES: Final = (-0.4, 0.1)


@dataclass(frozen=True, slots=True)
class Fit:
    """One generalised Pareto tail: threshold u, the share r over it, shape xi, scale sigma."""

    threshold: float
    share: float
    shape: float
    scale: float

    def survival(self, z: Doubles) -> Doubles:
        """P(Z >= z) for z at or over the threshold; below it the share."""
        over = np.maximum(z - self.threshold, 0) / self.scale
        if abs(self.shape) < 1e-9:
            return np.asarray(self.share * np.exp(-over))
        inside = np.maximum(1 + self.shape * over, 0)
        return np.asarray(self.share * inside ** (-1 / self.shape))


@dataclass(frozen=True, eq=False)
class Tail:
    """What pairs of strangers say of chance likeness.

    Attributes:
        edges: (B,) z-values between which pairs are counted; from the last on only their number is known.
        counts: (parts, parts, B + 1): for each two parts of the population, z-values under the first edge, between two
            edges, and from the last edge on. Symmetric.
        pairs: of strangers that were compared.
    """

    edges: Doubles = field(repr=False)
    counts: Doubles = field(repr=False)
    pairs: float

    def __post_init__(self) -> None:
        edges, counts = np.array(self.edges, np.float64), np.array(self.counts, np.float64)
        if edges.ndim != 1 or len(edges) < 3 or not (np.diff(edges) > 0).all() or not np.isfinite(edges).all():
            raise ValueError(f"edges: expected 3 or more rising numbers, got shape {edges.shape}")
        if counts.ndim != 3 or counts.shape[0] != counts.shape[1] or counts.shape[2] != len(edges) + 1:
            raise ValueError(f"counts: expected (parts, parts, {len(edges) + 1}), got {counts.shape}")
        if not np.isfinite(counts).all() or (counts < 0).any() or counts.sum() <= 0:
            raise ValueError("counts: expected 0 or more, and some over 0")
        if not np.isfinite(self.pairs) or self.pairs < 1:
            raise ValueError(f"pairs: expected 1 or more, got {self.pairs}")
        for name, array in (("edges", edges), ("counts", counts)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @cached_property
    def fit(self) -> Fit:
        """Of all pairs."""
        return self._fit(self.counts.sum(axis=(0, 1)))

    @cached_property
    def without_a_part(self) -> tuple[Fit, ...]:
        """Of the pairs without each part in turn, where enough are left to fit to."""
        total = self.counts.sum(axis=(0, 1))
        both = self.counts.sum(axis=1) + self.counts.sum(axis=0)
        left = [total - both[i] + self.counts[i, i] for i in range(len(self.counts))]
        return tuple(self._fit(each) for each in left if each[1:-1].sum() > 0)

    @property
    def least(self) -> float:
        """The smallest probability that is ever said: 1 / (BEYOND x pairs)."""
        return 1 / (BEYOND * self.pairs)

    def survival(self, z: NDArray[np.floating[Any]]) -> tuple[Doubles, Doubles]:
        """How likely a stranger's z-value is at least this.

        Returns:
            The best estimate and the pessimistic end of its interval, both of the shape of ``z``, in (0, 1].
        """
        values = np.asarray(z, np.float64)
        middle = np.where(values >= self.fit.threshold, self.fit.survival(values), self._body(values))
        steps, logs = self._pessimistic
        upper = np.maximum(np.exp(np.interp(values, steps, logs)), middle)
        return np.clip(middle, self.least, 1), np.clip(upper, self.least, 1)

    @cached_property
    def _pessimistic(self) -> tuple[Doubles, Doubles]:
        """z-values from the threshold on, and log P at the pessimistic end of its interval at each of them."""
        steps = np.linspace(self.fit.threshold, self.fit.threshold + _STEPS_OUT[0], _STEPS_OUT[1])
        # What is rarer than `least` is not told apart; and where one bounded tail has ended, log P has no bound.
        logs = np.log(np.maximum([each.survival(steps) for each in self.without_a_part], self.least))
        parts = len(logs)
        spread = logs - logs.mean(axis=0) if parts else np.zeros((1, steps.size))
        error = np.sqrt((parts - 1) / max(parts, 1) * (spread**2).sum(axis=0))
        upper = np.log(np.maximum(self.fit.survival(steps), self.least)) + PESSIMISTIC * error
        # Further out never is likelier, so the upper end at a value is the lowest of those up to it.
        return steps, np.minimum.accumulate(upper)

    def _body(self, z: Doubles) -> Doubles:
        """Under the threshold: the counts themselves, straight lines between; 1 under the first edge."""
        counts = self.counts.sum(axis=(0, 1))
        over = np.append(counts[1:][::-1].cumsum()[::-1], 0.0)[: len(self.edges)] / counts.sum()
        return np.where(z < self.edges[0], 1.0, np.maximum(np.interp(z, self.edges, over), self.fit.share))

    def _fit(self, counts: Doubles) -> Fit:
        total, inside = counts.sum(), counts[1:-1]
        over = counts[1:][::-1].cumsum()[::-1] / total
        start = min(int(np.searchsorted(-over, -(1 - BODY))), len(inside) - 2)
        threshold = float(self.edges[start])
        edges, tail = self.edges[start:] - threshold, inside[start:]
        shape, scale, mates = _most_likely(edges, tail, threshold)
        # The whole tail of strangers, with those out where counting is censored, is as large as what is seen says.
        strangers = (1 - mates) * tail.sum() / float(_within(edges[-1], shape, scale))
        share = strangers / (total - tail.sum() - counts[-1] + strangers)
        return Fit(threshold, float(max(share, 1 / total)), shape, scale)


def count_pairs(z: Sequence[tuple[int, int, NDArray[np.float32]]], pairs: float, censored_from: float) -> Tail:
    """The tail of the z-values of pairs.

    Args:
        z: some values, with the two parts of the population, 0 to PARTS - 1, that the pairs are of.
        pairs: how many pairs there are in all.
        censored_from: the z-value from which on strangers may be missing, since they were taken for one person.

    Raises:
        ValueError: there are none.
    """
    pool = np.concatenate([values for _, _, values in z])
    if pool.size < 2:
        raise ValueError("z: expected at least one pair, got none")
    first, threshold = np.quantile(pool, [0.5, BODY])
    threshold = max(float(threshold), float(first) + 1e-3)
    under = np.linspace(float(first), threshold, BINS // 3, endpoint=False)
    edges = np.concatenate([under, np.linspace(threshold, max(censored_from, LEAST_WINDOW * threshold), BINS)])
    counts = np.zeros((PARTS, PARTS, len(edges) + 1))
    for one, other, values in z:
        found = np.bincount(np.searchsorted(edges, values, side="right"), minlength=len(edges) + 1)
        counts[one, other] += found / 2
        counts[other, one] += found / 2
    return Tail(edges, counts, pairs)


def _within(distance: float | Doubles, shape: float | Doubles, scale: float | Doubles) -> Doubles:
    """The share of a generalised Pareto tail nearer to its threshold than a distance."""
    shape = np.where(np.abs(shape) < 1e-9, 1e-9, shape)
    return np.asarray(1 - np.maximum(1 + shape * distance / scale, 0) ** (-1 / shape))


def _most_likely(edges: Doubles, counts: Doubles, threshold: float) -> tuple[float, float, float]:
    """Shape and scale of the tail, and the share of the counts that are photos of one person, of most likelihood.

    Args:
        edges: (B + 1,) from 0, over the threshold; nothing is known beyond the last.
        counts: (B,) between them.
        threshold: the z-value that ``edges`` begin at.
    """
    number = max(float(counts.sum()), 1.0)
    mean = max(float(counts @ (edges[:-1] + edges[1:])) / 2 / number, 1e-6)
    middle, width = (MATES[0] - 1) * threshold, MATES[1] * threshold
    normal = np.array([NormalDist(middle, width).cdf(edge) for edge in edges])
    mates = np.diff(normal) / (normal[-1] - normal[0])
    # A grid of shapes and of scales, each time finer around the best; the share of mates follows for each of them.
    shape, scale, widths = LIKELY_SHAPE[0], 0.0, (0.25, 1.5)
    share = 0.01
    for _ in range(_REFINEMENTS):
        shapes = np.clip(shape + widths[0] * _STEPS, *_SHAPES)[:, None]
        scales = scale + widths[1] * _STEPS[None, :]
        below = _within(edges, shapes[..., None], mean * np.exp(scales)[..., None])
        strangers = np.diff(below) / np.maximum(below[..., -1:], _TINY)
        shares = np.full(strangers.shape[:2], max(share, 1e-4))
        for _ in range(_MIXINGS):  # expectation and maximisation, Dempster, Laird and Rubin 1977
            both = (1 - shares)[..., None] * strangers + shares[..., None] * mates
            shares = shares * ((counts * mates / np.maximum(both, _TINY)).sum(axis=-1)) / (number + FEW_MATES)
        both = (1 - shares)[..., None] * strangers + shares[..., None] * mates
        belief = FEW_MATES * np.log(1 - shares) - ((shapes - LIKELY_SHAPE[0]) / LIKELY_SHAPE[1]) ** 2 / 2
        likelihood = (counts * np.log(np.maximum(both, _TINY))).sum(axis=-1) + belief
        row, column = np.unravel_index(int(np.argmax(likelihood)), likelihood.shape)
        shape, scale, share = float(shapes[row, 0]), float(scales[0, column]), float(shares[row, column])
        widths = widths[0] / 2.5, widths[1] / 2.5
    return shape, float(mean * np.exp(scale)), share
