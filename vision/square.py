"""Parts of a photo for eyes: a square around a box, the whole photo at a screen's size. Pixels only, nothing drawn."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from vision.types import Image, Photo

BESIDE: Final = (90, 100, 112)
"""RGB of what lies beside the photo: one plain slate, darker than walls and portraits' backgrounds are."""


def square_around(photo: Photo, box_xywh: Sequence[float], around: float, side: int) -> Image:
    """A square around a box, in natural proportions; what would lie outside the photo is ``BESIDE``.

    Args:
        photo: to cut from.
        box_xywh: ``[x, y, width, height]``, pixels of the full upright photo.
        around: how much more is shown on each side, in shares of the box's longer side; 0 or more.
        side: pixels of the square.

    Returns:
        (side, side, 3) uint8 RGB. Enlarged by cubic interpolation, shrunk by averages.

    Raises:
        ValueError: a side of the box or of the square is not over 0, or ``around`` is under 0.
    """
    x, y, width, height = (float(value) for value in box_xywh)
    if min(width, height) <= 0 or around < 0 or side < 1:
        raise ValueError(
            f"expected a box with sides, around from 0 and a side from 1, got {box_xywh}, {around}, {side}"
        )
    factor_x, factor_y = (float(value) for value in photo.scale_xy)
    half = max(width, height) * (0.5 + around)
    left, right = (x + width / 2 - half) / factor_x, (x + width / 2 + half) / factor_x
    top, bottom = (y + height / 2 - half) / factor_y, (y + height / 2 + half) / factor_y
    rows, columns = _span(top, bottom), _span(left, right)
    return _resized(_cut(photo.pixels, rows, columns), side, side)


def at_most(photo: Photo, longest: int) -> Image:
    """The whole photo, shrunk so that its longer side has ``longest`` pixels; a smaller one stays as it is.

    Both sides are the full photo's times the same factor, rounded: what a page can say before the picture arrives.
    """
    factor = min(1.0, longest / max(photo.width, photo.height))
    return _resized(photo.pixels, max(1, round(photo.width * factor)), max(1, round(photo.height * factor)))


def _span(start: float, end: float) -> tuple[int, int]:
    """Whole pixels, one at least."""
    first = round(start)
    return first, max(first + 1, round(end))


def _cut(pixels: Image, rows: tuple[int, int], columns: tuple[int, int]) -> Image:
    height, width = pixels.shape[:2]
    cut = np.empty((rows[1] - rows[0], columns[1] - columns[0], 3), np.uint8)
    cut[:] = BESIDE
    y0, y1 = max(rows[0], 0), min(rows[1], height)
    x0, x1 = max(columns[0], 0), min(columns[1], width)
    if y0 < y1 and x0 < x1:
        cut[y0 - rows[0] : y1 - rows[0], x0 - columns[0] : x1 - columns[0]] = pixels[y0:y1, x0:x1]
    return cut


def _resized(pixels: Image, width: int, height: int) -> Image:
    if pixels.shape[:2] == (height, width):
        return pixels
    grows = width > pixels.shape[1] or height > pixels.shape[0]
    how = cv2.INTER_CUBIC if grows else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=how), np.uint8)
