"""Where one picture lies in another: points that look alike, and a scale and a shift on which they agree.

A copy is cut, scaled, mirrored or turned by quarters, always along its edges. The next shot of a burst is not: the
camera turns a little and people move. So no other rotation is fitted, and what does not lie along the edges is no copy.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.fingerprint_bytes import Features
from vision.fingerprint_points import STEP, TURNS, lying, working_size

Doubles = NDArray[np.float64]

ALIKE: Final = 26
"""Bits of 128 in which two points may differ. Points of a copy differ in 1 to 6 at the median, of strangers in 64."""
NEAR: Final = 3.0  # pixels of the working picture within which points agree; corners of the largest scale are 3.6 wide
TRIES: Final = 1500  # pairs of points from which scale and shift are taken
WORK: Final = 60_000  # points that are looked at, of all tries together
SKEW: Final = 0.03  # how far from parallel two such pairs may lie, in radians
SHORTEST: Final = 24.0  # pixels between the points of a pair
LARGEST: Final = 6.0  # times that one picture may be scaled against the other
SQUASHED: Final = 1.05  # how much more a picture may be scaled in one direction than in the other


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Where the first picture lies in the second, in pixels of their working pictures.

    Attributes:
        turn: (2, 2), how it lies.
        scale_xy: (2,), by how much it is scaled, after it was turned.
        shift_xy: (2,), how far it is moved, after that.
    """

    turn: Doubles
    scale_xy: Doubles
    shift_xy: Doubles

    def to(self, points_xy: Doubles) -> Doubles:
        """(N, 2) points of the first -> of the second."""
        return np.asarray(points_xy @ self.turn.T * self.scale_xy + self.shift_xy)

    def back(self, points_xy: Doubles) -> Doubles:
        """(N, 2) points of the second -> of the first."""
        return np.asarray((points_xy - self.shift_xy) / self.scale_xy @ self.turn)

    @property
    def scale(self) -> float:
        """By how much it is scaled, both directions taken together."""
        return float(np.sqrt(self.scale_xy.prod()))


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Points of two pictures that agree on a mapping.

    Attributes:
        first, second: (N,) their indices.
        errors: (N,) pixels from where each should be in the second.
    """

    mapping: Mapping
    first: NDArray[np.intp]
    second: NDArray[np.intp]
    errors: Doubles


def working_xy(features: Features) -> Doubles:
    """(N, 2) where the points are, in pixels of the working picture."""
    return features.points.shares_xy.astype(np.float64) * working_size(features.width, features.height)


def whole(first: Features, second: Features, way: int) -> Mapping:
    """The mapping of a picture onto the whole of another."""
    turn = TURNS[way].astype(np.float64)
    corners = np.array([(0, 0), working_size(first.width, first.height)], np.float64) @ turn.T
    size = np.array(working_size(second.width, second.height), np.float64)
    scale_xy = size / (corners.max(axis=0) - corners.min(axis=0))
    return Mapping(turn, scale_xy, -corners.min(axis=0) * scale_xy)


def agreement(first: Features, second: Features, way: int) -> tuple[Agreement, ...]:
    """One, or none where fewer than three points agree; of the same pictures always the same.

    The first lies in the second as ``TURNS[way]`` says.
    """
    pairs = _alike(first, second, way)
    if len(pairs) < 3:
        return ()
    turn = TURNS[way].astype(np.float64)
    one, other = working_xy(first)[pairs[:, 0]] @ turn.T, working_xy(second)[pairs[:, 1]]
    found = _scale_and_shift(one, other)
    for _ in range(3):
        if not found:
            return ()
        scale_xy, shift_xy = found[0]
        errors = np.linalg.norm(one * scale_xy + shift_xy - other, axis=1)
        near = errors < NEAR
        found = _fitted(one[near], other[near])
    mapping = Mapping(turn, scale_xy, shift_xy)
    return (Agreement(mapping, pairs[near, 0], pairs[near, 1], errors[near]),) if near.sum() >= 3 else ()


def _alike(first: Features, second: Features, way: int) -> NDArray[np.intp]:
    """(N, 2) indices of points that are each other's most alike."""
    ours, theirs = lying(first.points.words, way).view(np.uint8), second.points.words.view(np.uint8)
    if not (len(ours) and len(theirs)):
        return np.zeros((0, 2), np.intp)
    matches = cv2.BFMatcher(cv2.NORM_HAMMING, crossCheck=True).match(ours, theirs)
    close = [(match.queryIdx, match.trainIdx) for match in matches if match.distance < ALIKE]
    return np.array(close, np.intp).reshape(-1, 2)


def _scale_and_shift(one: Doubles, other: Doubles) -> tuple[tuple[Doubles, Doubles], ...]:
    """The scale and shift, of those that two points give, on which most points agree."""
    rng = np.random.default_rng(len(one))  # of the same points always the same pairs
    i, j = rng.integers(len(one), size=(2, TRIES))
    ours, theirs = one[j] - one[i], other[j] - other[i]
    lengths = np.linalg.norm(ours, axis=1), np.linalg.norm(theirs, axis=1)
    dot, cross = (ours * theirs).sum(axis=1), ours[:, 0] * theirs[:, 1] - ours[:, 1] * theirs[:, 0]
    long = (lengths[0] > SHORTEST) & (lengths[1] > SHORTEST / 2)
    good = long & (dot > 0) & (np.abs(cross) < (SKEW + 2 / np.maximum(lengths[1], 1)) * dot)
    if not good.any():
        return ()
    scale = lengths[1][good] / lengths[0][good]
    shift = other[i[good]] - one[i[good]] * scale[:, None]
    within = (scale < LARGEST) & (scale > 1 / LARGEST)
    if not within.any():
        return ()
    enough = max(1, WORK // len(one))
    scale, shift = scale[within][:enough], shift[within][:enough]
    off = one[None] * scale[:, None, None] + shift[:, None] - other[None]
    agree = (np.square(off).sum(axis=2) < NEAR**2).sum(axis=1)
    best = int(agree.argmax())
    return ((np.full(2, scale[best]), shift[best]),)


def _fitted(one: Doubles, other: Doubles) -> tuple[tuple[Doubles, Doubles], ...]:
    """Least squares, each direction by itself where there are points enough."""
    if len(one) < 3:
        return ()
    ours, theirs = one - one.mean(axis=0), other - other.mean(axis=0)
    spread, along = np.square(ours).sum(axis=0), (ours * theirs).sum(axis=0)
    if spread.min() < 1:
        return ()
    scale_xy = along / spread
    both = along.sum() / spread.sum()
    if len(one) < 12 or scale_xy.min() <= 0 or scale_xy.max() > scale_xy.min() * SQUASHED:
        scale_xy = np.full(2, both)
    return ((scale_xy, other.mean(axis=0) - one.mean(axis=0) * scale_xy),) if both > 0 else ()


def level_shift(mapping: Mapping) -> float:
    """By how many levels points of the first are found higher in the second."""
    return float(np.log(mapping.scale) / np.log(STEP))
