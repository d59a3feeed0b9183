"""What differs between two very small pictures of the same thing, one lying in the other, whatever was done to light.

The coarser of the two is the grid. The other is averaged over each of its pixels, the tones of both are brought
together by a curve, and what still differs more than noise, and more than an edge can by a shift too small to be seen,
is counted.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.fingerprint_bytes import Features
from vision.fingerprint_places import Doubles, Mapping
from vision.fingerprint_points import working_size

Mask = NDArray[np.bool_]

PARTS: Final = 3  # places across a pixel of the grid at which the finer picture is looked at
SOFT: Final = 0.8  # pixels: both are blurred by this, since where the pixels of a small picture begin is chance
NOISE: Final = 6.0  # grey levels: noise, and what saving as JPEG does
EDGE: Final = 0.1  # of the range around a pixel
CUT: Final = (6, 249)  # tones near black and white, which brightening cuts off
CUT_OFF: Final = 40  # grey levels that they may differ
WHOLE_PIXELS: Final = 2.0  # of the working picture, a fifth of an icon's: the whole of both is in common
LEAST: Final = 40  # pixels that must be compared


@dataclass(frozen=True, slots=True, eq=False)
class Difference:
    """What differs in the part that two pictures have in common.

    Attributes:
        compared: pixels of the grid.
        share: how much of them differs, 0 to 1.
        largest: how much of them lies in the largest spot that differs, 0 to 1.
        elsewhere: how much of what is not in or beside that spot differs, 0 to 1.
        error: grey levels, root mean square there.
        contrast: grey levels, standard deviation there.
        spot: (h, w) where the grid has that spot, and what lies beside it.
        of_first: whether the grid is the first picture's.
    """

    compared: int
    share: float
    largest: float
    elsewhere: float
    error: float
    contrast: float
    spot: Mask
    of_first: bool


def difference(first: Features, second: Features, mapping: Mapping) -> tuple[Difference, ...]:
    """One, or none where too little is common to both."""
    to_icon = [np.array(each.icon.shape[::-1]) / working_size(each.width, each.height) for each in (first, second)]
    larger = mapping.scale * float(np.sqrt((to_icon[1] / to_icon[0]).prod()))  # a pixel of the first in the second's
    of_first = larger >= 1
    own, other = (first, second) if of_first else (second, first)
    own_step, other_step = to_icon if of_first else to_icon[::-1]
    rows, columns = own.icon.shape
    places = (np.arange(max(rows, columns) * PARTS) + 0.5) / PARTS
    x, y = np.meshgrid(places[: columns * PARTS], places[: rows * PARTS])
    points = np.stack([x.ravel(), y.ravel()], axis=1) / own_step
    there = (mapping.to(points) if of_first else mapping.back(points)) * other_step
    inside = ((there >= 0) & (there <= other.icon.shape[::-1])).all(axis=1).reshape(x.shape)
    common = _blocks(inside).all(axis=(1, 3))
    if _off_whole(first, second, mapping) > WHOLE_PIXELS:
        # Where one picture goes on and the other ends, a pixel of the one holds what is beside the other.
        common = cv2.erode(np.pad(common, 1).astype(np.uint8), np.ones((3, 3), np.uint8))[1:-1, 1:-1] > 0
    if common.sum() < LEAST:
        return ()
    u, v = (there.T.reshape(2, *x.shape) - 0.5).astype(np.float32)
    seen = cv2.remap(other.icon.astype(np.float32), u, v, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    theirs = _blocks(np.asarray(seen)).mean(axis=(1, 3)).astype(np.float32)
    finer = min(1.0, max(larger, 1 / larger) ** -1)
    # What averaging and looking between pixels blurs in the other: a quarter of its pixel's square, as a variance.
    ours = np.asarray(cv2.GaussianBlur(own.icon.astype(np.float32), (5, 5), max(0.05, finer / 2)), np.float32)
    return (_compare(_soft(ours, common), _soft(theirs, common), common, of_first),)


def _off_whole(first: Features, second: Features, mapping: Mapping) -> float:
    """Pixels of the working picture by which the corners of the first lie off those of the second."""
    ends = np.sort(mapping.to(np.array([(0, 0), working_size(first.width, first.height)], np.float64)), axis=0)
    return float(np.abs(ends - np.array([(0, 0), working_size(second.width, second.height)])).max())


def _blocks(values: NDArray[np.generic]) -> NDArray[np.generic]:
    rows, columns = values.shape
    return values.reshape(rows // PARTS, PARTS, columns // PARTS, PARTS)


def _soft(values: NDArray[np.float32], common: Mask) -> Doubles:
    """Blurred, by what lies in the common part alone."""
    weights = common.astype(np.float32)
    blurred = cv2.GaussianBlur(values * weights, (5, 5), SOFT) / np.maximum(
        1e-3, cv2.GaussianBlur(weights, (5, 5), SOFT)
    )
    return np.asarray(blurred, np.float64)


def _compare(ours: Doubles, theirs: Doubles, common: Mask, of_first: bool) -> Difference:
    cut = _cut(ours) | _cut(theirs)
    mapped = _same_tones(theirs, ours, common & ~cut if (common & ~cut).sum() >= LEAST else common)
    off = np.abs(ours - mapped)
    differs = common & (off > NOISE + EDGE * np.maximum(_range(ours), _range(mapped))) & ~(cut & (off < CUT_OFF))
    count, labels, table, _ = cv2.connectedComponentsWithStats(differs.astype(np.uint8), connectivity=8)
    spot = labels == 1 + int(table[1:, cv2.CC_STAT_AREA].argmax()) if count > 1 else np.zeros_like(common)
    beside = np.asarray(cv2.dilate(spot.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    rest = common & ~beside & ~cut
    compared = int(common.sum())
    some = bool(rest.any())
    return Difference(
        compared,
        float(differs.sum()) / compared,
        float((spot & common).sum()) / compared,
        float((differs & ~beside).sum()) / max(1, int((common & ~beside).sum())),
        float(np.sqrt(np.square(off[rest]).mean())) if some else 0.0,
        float(ours[rest].std()) if some else 0.0,
        beside,
        of_first,
    )


def _cut(values: Doubles) -> Mask:
    return np.asarray((values < CUT[0]) | (values > CUT[1]))


def _range(values: Doubles) -> Doubles:
    square = np.ones((3, 3), np.uint8)
    return np.asarray(cv2.dilate(values, square) - cv2.erode(values, square))


def _same_tones(values: Doubles, wanted: Doubles, where: Mask) -> Doubles:
    """The values, brought to the tones of ``wanted`` by the parabola that most of them agree on."""
    x, y = values[where] / 255, wanted[where]
    weights = np.ones(len(x))
    powers = np.zeros(3)
    for step in range(12):
        terms = 2 if step < 4 else 3  # a line first: a parabola would bend to a sticker at once
        base = np.stack([x**power for power in range(terms)], axis=1)
        bend = np.diag([1e-9, 1e-9, 1e-4][:terms]) * len(x)
        powers = np.linalg.solve((base * weights[:, None]).T @ base + bend, (base * weights[:, None]).T @ y)
        off = y - base @ powers
        typical = max(1.0, 1.4826 * float(np.median(np.abs(off))))
        weights = 1 / (1 + (off / (2 * typical)) ** 2) ** 2  # Geman and McClure's
    x = values / 255
    return np.asarray(np.clip(powers[0] + powers[1] * x + powers[2] * x * x, 0, 255))
