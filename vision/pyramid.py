"""A picture at a half, a quarter and so on, so that a large photo is averaged down once and not for every network.

Halving 12 megapixels takes a tenth of the time of averaging them down to a network's input in one step.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from vision.types import Floats, Image

_SMALLEST_SIDE = 2  # of what can still be halved


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The picture at one size.

    Attributes:
        image: (h, w, 3) uint8 RGB; each pixel is the average of ``step`` x ``step`` of the picture. A last row or
            column that is left over is not in it.
        step: 1, 2, 4 and so on.
    """

    image: Image
    step: int

    def to(self, points_xy: Floats) -> Floats:
        """(..., 2) points of the picture -> points of this level."""
        return np.asarray((points_xy - self._middle) / np.float32(self.step), np.float32)

    def back(self, points_xy: Floats) -> Floats:
        """(..., 2) points of this level -> points of the picture."""
        return np.asarray(points_xy * np.float32(self.step) + self._middle, np.float32)

    @property
    def _middle(self) -> np.float32:
        """Where in the picture pixel 0 of this level lies: in the middle of those it was made from."""
        return np.float32((self.step - 1) / 2)


class Pyramid:
    """The levels of one picture, each made when it is first asked for."""

    def __init__(self, image: Image) -> None:
        self._levels = [Level(image, 1)]

    def at(self, scale: float) -> Level:
        """The smallest level with at least as many pixels as the picture has at that scale.

        Args:
            scale: above 0; 0.25 for a quarter of the picture's width and height. Above 0.5 it is the picture itself.
        """
        if scale <= 0:
            raise ValueError(f"scale: expected a number above 0, got {scale}")
        index = 0
        while scale * 2 ** (index + 1) <= 1:
            if index + 1 == len(self._levels):
                last = self._levels[index]
                rows, columns = (side // 2 for side in last.image.shape[:2])
                if min(rows, columns) < _SMALLEST_SIDE:
                    break
                even = last.image[: rows * 2, : columns * 2]
                half = cv2.resize(even, (columns, rows), interpolation=cv2.INTER_AREA)
                self._levels.append(Level(np.asarray(half, np.uint8), last.step * 2))
            index += 1
        return self._levels[index]
