"""Points of a picture that are found again after it was saved anew, resized, cropped or mirrored.

The corners that OpenCV finds for ORB (Rublee et al., 2011), at eight scales; of each scale the strongest, spread over
the picture. What is around a corner becomes 128 bits, each of which says which of two places is brighter (BRIEF,
Calonder et al., 2010). Unlike ORB's, the places are not turned by an angle measured in the picture: copies of a photo
stand upright or on their side. The sixteen pairs of places come in the eight ways in which a square can be turned and
mirrored, so that the bits of the mirrored picture are the same bits in another order and need not be stored.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.pyramid import Pyramid
from vision.types import Floats, Image

Grey = NDArray[np.uint8]
Words = NDArray[np.uint16]

WORKING_AREA: Final = 512 * 384
"""Pixels to which a picture is brought first: by area, so that the tall frame of a screenshot does not shrink the photo
in it more than it must."""
MOST: Final = 256
"""Points of a picture; with 192 a crop that leaves a quarter of a photo shares a third fewer with it."""
LEVELS: Final = 8
STEP: Final = 1.2  # from one scale to the next, as in ORB; eight of them reach 3.6 times
CANDIDATES: Final = 800  # corners to choose from
WEAKEST: Final = 8  # FAST's threshold in grey levels, low enough for dull pictures: the strongest are taken anyway
MARGIN: Final = 16  # pixels from the edge of a level: the places around a corner lie up to 14 away
SMALLEST_SIDE: Final = 48  # pixels; a picture is made no narrower than this
CELLS: Final = (8, 8, 8, 6, 6, 6, 6, 6)  # a level is divided into n x n parts, which give as many points each

# Two places x, y, x, y each, drawn once from a normal distribution of 6 pixels cut at 14, at least 5 apart.
_PAIRS: Final = np.array(
    [
        *((2, 5, 2, -8), (5, 3, -3, 3), (-4, -1, -3, 4), (0, -2, -5, -2), (0, -2, 8, 6), (-14, -11, -1, -3)),
        *((1, 1, 13, -7), (-2, 12, 4, 4), (-3, -10, 1, 1), (-7, -4, 0, -6), (-1, 1, 0, -3), (4, 5, 2, -5)),
        *((5, 0, -7, -2), (0, 2, -6, -7), (1, -3, 1, 5), (-10, 2, 7, -2)),
    ]
)
TURNS: Final = np.array(
    [
        *([[1, 0], [0, 1]], [[-1, 0], [0, 1]], [[1, 0], [0, -1]], [[-1, 0], [0, -1]]),
        *([[0, 1], [1, 0]], [[0, -1], [1, 0]], [[0, 1], [-1, 0]], [[0, -1], [-1, 0]]),
    ]
)
"""(8, 2, 2): what each way in which a picture can lie does to its x and y. The first four keep width and height; 1 is
the mirror."""
WORDS: Final = len(TURNS)
_PLACES: Final = np.concatenate([np.concatenate([_PAIRS[:, :2] @ t.T, _PAIRS[:, 2:] @ t.T], axis=1) for t in TURNS])
# Of the picture that lies as ``way``, word k is word _ORDER[way][k] of the picture as it is.
_ORDER: Final = tuple(
    tuple(next(j for j, turn in enumerate(TURNS) if (turn == way.T @ other).all()) for other in TURNS) for way in TURNS
)


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Where the points of a picture are and what is around them.

    Attributes:
        shares_xy: (N, 2) float32, where in the picture, as shares of its width and height.
        levels: (N,) uint8, at which scale: ``STEP`` to that power.
        words: (N, 8) uint16, the 128 bits.
    """

    shares_xy: Floats
    levels: NDArray[np.uint8]
    words: Words


def lying(words: Words, way: int) -> Words:
    """(N, 8) uint16: the words that the picture would have if it lay as ``TURNS[way]`` says."""
    return np.ascontiguousarray(words[:, _ORDER[way]])


def working_size(width: int, height: int) -> tuple[int, int]:
    """Width and height in pixels at which a picture of that size is looked at."""
    scale = (WORKING_AREA / (width * height)) ** 0.5
    return max(SMALLEST_SIDE, round(width * scale)), max(SMALLEST_SIDE, round(height * scale))


def working_picture(image: Image) -> Image:
    """(h, w, 3) uint8 RGB at the size at which a picture is looked at."""
    height, width = image.shape[:2]
    size = working_size(width, height)
    level = Pyramid(image).at(min(1.0, max(size[0] / width, size[1] / height)))
    return np.asarray(cv2.resize(level.image, size, interpolation=cv2.INTER_LINEAR), np.uint8)


def find_points(grey: Grey) -> Points:
    """The points of a picture, (h, w) uint8 at its working size: ``MOST`` at most, none in an empty one."""
    height, width = grey.shape
    found = _detector().detect(grey)
    table = np.array([(*point.pt, point.octave, point.response) for point in found], np.float64).reshape(-1, 4)
    kept = _spread(table, width, height)
    levels = kept[:, 2].astype(np.uint8)
    words = np.zeros((len(kept), WORDS), np.uint16)
    shares = np.zeros((len(kept), 2), np.float32)
    for level in np.unique(levels):
        mine = np.flatnonzero(levels == level)
        scale = STEP ** int(level)
        image = grey
        if level:
            size = (round(width / scale), round(height / scale))
            image = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_LINEAR_EXACT), np.uint8)
        at_xy = np.rint(kept[mine, :2] / scale).astype(np.intp)
        # BRIEF compares places smoothed by a Gaussian of 2 pixels.
        words[mine] = _words(np.asarray(cv2.GaussianBlur(image, (7, 7), 2), np.uint8), at_xy)
        # The middle of a pixel is half a pixel from its corner, where a picture begins.
        rows, columns = image.shape
        shares[mine] = (at_xy + 0.5) / (columns, rows)
    return Points(shares, levels, words)


@lru_cache(maxsize=1)
def _detector() -> cv2.ORB:
    return cv2.ORB.create(CANDIDATES, scaleFactor=STEP, nlevels=LEVELS, edgeThreshold=MARGIN, fastThreshold=WEAKEST)


def _spread(table: NDArray[np.float64], width: int, height: int) -> NDArray[np.float64]:
    """Of each level as many as its share of ``MOST``: first the strongest of every part, then every second one."""
    weights = np.array([STEP**-level for level in range(LEVELS)])
    shares = np.rint(MOST * weights / weights.sum()).astype(int)
    kept = []
    for level, (cells, share) in enumerate(zip(CELLS, shares, strict=True)):
        mine = table[table[:, 2] == level]
        part = (mine[:, 0] * cells // width).astype(int) + cells * (mine[:, 1] * cells // height).astype(int)
        order = np.lexsort((mine[:, 0], mine[:, 1], -mine[:, 3], part))
        starts = np.searchsorted(part[order], part[order])
        rank = np.arange(len(order)) - starts
        kept.append(mine[order[np.lexsort((-mine[order, 3], rank))][:share]])
    return np.asarray(np.concatenate(kept)[:MOST])


def _words(image: Grey, at_xy: NDArray[np.intp]) -> Words:
    """(N, 8): of points at least ``MARGIN`` from the edges of a smoothed picture."""
    columns = image.shape[1]
    x, y = at_xy.T
    places = (y * columns + x)[:, None]
    flat = np.ascontiguousarray(image).ravel()
    first, second = (flat.take(places + (dy * columns + dx)) for dx, dy in (_PLACES[:, :2].T, _PLACES[:, 2:].T))
    packed = np.packbits(first < second, axis=1, bitorder="little")
    return np.asarray(packed.view("<u2"), np.uint16)
