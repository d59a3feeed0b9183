"""The square of a photo that a landmark network looks at, turned to how its hand or person stands."""

from dataclasses import dataclass

import numpy as np

from vision.types import Floats


@dataclass(frozen=True, slots=True)
class Roi:
    """A turned square; "region of interest" in MediaPipe's graphs.

    Attributes:
        centre_xy: pixels of the picture.
        side: pixels of the picture.
        angle: radians by which the square is turned clockwise against the picture.
    """

    centre_xy: tuple[float, float]
    side: float
    angle: float

    def mirrored(self, width: int) -> "Roi":
        """The same square in the mirror image of a picture that is so many pixels wide."""
        return Roi((width - 1 - self.centre_xy[0], self.centre_xy[1]), self.side, -self.angle)

    def matrix(self, pixels: int) -> Floats:
        """(2, 3) float32: from pixels of a crop of so many a side to pixels of the picture."""
        scale = self.side / pixels
        cos, sin = np.cos(self.angle) * scale, np.sin(self.angle) * scale
        x, y = self.centre_xy
        half = pixels / 2
        return np.array([[cos, -sin, x - (cos - sin) * half], [sin, cos, y - (sin + cos) * half]], np.float32)
