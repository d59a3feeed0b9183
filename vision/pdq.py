"""PDQ, Meta's perceptual hash for photos, written out in OpenCV: the package pdqhash has to be compiled on Linux.

A quarter kilobit that hardly changes when a photo is compressed again, resized or slightly recoloured: brightness,
smoothed twice in each direction, at 64 x 64 places; the 16 x 16 lowest frequencies of these but the constant; one bit
each, whether it is over their median. Method and constants: "PDQ and TMK + PDQF", Facebook 2019 (the ThreatExchange
project). ``tests/vision/test_pdq.py`` holds it to hashes that pdqhash 0.2.8 gave.
"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Image

PLACES: Final = 64
FREQUENCIES: Final = 16
PASSES: Final = 2
_LUMA: Final = (0.299, 0.587, 0.114)  # ITU-R BT.601
_GRADIENTS_OF_BEST: Final = 90  # the sum of gradients, in per cent of full contrast, that PDQ counts as one of quality
_BEST: Final = 100

_Doubles = NDArray[np.float64]
_BASIS: Final[_Doubles] = np.sqrt(2 / PLACES) * np.cos(
    np.pi / (2 * PLACES) * np.outer(np.arange(1, FREQUENCIES + 1), 2 * np.arange(PLACES) + 1)
)


def pdq(pixels: Image) -> tuple[bytes, int]:
    """The hash of a picture, and how much there is in it to be told by.

    Args:
        pixels: (h, w, 3) uint8 RGB.

    Returns:
        32 bytes, the highest frequency first as pdqhash gives its bits, and PDQ's quality from 0 to 100.
    """
    luma = np.asarray(cv2.transform(pixels.astype(np.float32), np.array([_LUMA], np.float32)), np.float32)
    grid = _decimated(_smoothed(luma))
    spectrum = _BASIS @ grid @ _BASIS.T
    flat = spectrum.ravel()
    # PDQ's median is the lower of the two in the middle.
    bits = flat > np.sort(flat)[(flat.size - 1) // 2]
    return np.packbits(bits[::-1]).tobytes(), _quality(grid)


def _smoothed(luma: NDArray[np.float32]) -> NDArray[np.float32]:
    """Box filters as wide as half the way from place to place; at an edge, of what there is."""
    rows, columns = luma.shape
    size = _window(columns), _window(rows)
    anchor = _left(size[0]), _left(size[1])
    inside = cv2.boxFilter(np.ones_like(luma), -1, size, anchor=anchor, normalize=False, borderType=cv2.BORDER_CONSTANT)
    for _ in range(PASSES):
        total = cv2.boxFilter(luma, -1, size, anchor=anchor, normalize=False, borderType=cv2.BORDER_CONSTANT)
        luma = np.asarray(total / inside, np.float32)
    return luma


def _window(length: int) -> int:
    return (length + 2 * PLACES - 1) // (2 * PLACES)


def _left(window: int) -> int:
    """How far a window reaches back; an even one reaches further forward."""
    return window - (window + 2) // 2


def _decimated(luma: NDArray[np.float32]) -> _Doubles:
    places = (np.arange(PLACES) + 0.5) / PLACES
    rows, columns = ((places * length).astype(int) for length in luma.shape)
    return np.asarray(luma[np.ix_(rows, columns)], np.float64)


def _quality(grid: _Doubles) -> int:
    steps = (np.diff(grid, axis=0), np.diff(grid, axis=1))
    total = sum(int(np.abs(np.trunc(step * 100 / 255)).sum()) for step in steps)
    return min(_BEST, total // _GRADIENTS_OF_BEST)
