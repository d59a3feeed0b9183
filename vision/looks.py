"""A look: a part of the picture at one scale, as a detector of a fixed reach in pixels sees it."""

from dataclasses import dataclass

import cv2
import numpy as np

from vision.pyramid import Level, Pyramid
from vision.types import Floats, Image

MULTIPLE = 32  # MediaPipe's detectors halve their input five times


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A part of the picture, and the scale at which something is searched in it.

    Attributes:
        box_xyxy: (4,) float32, pixels of the picture; it may reach beyond the picture, where its edge goes on.
        scale: canvas pixels for one picture pixel.
    """

    box_xyxy: Floats
    scale: float

    @property
    def canvas_size(self) -> tuple[int, int]:
        """(height, width), multiples of what the detectors need."""
        width, height = (self.box_xyxy[2:] - self.box_xyxy[:2]) * self.scale
        rows, columns = (max(1, -(-round(float(side)) // MULTIPLE)) * MULTIPLE for side in (height, width))
        return rows, columns

    @property
    def canvas_scale(self) -> float:
        """Canvas pixels for one picture pixel once the part fills the canvas: ``scale`` or a little more."""
        width, height = self.box_xyxy[2:] - self.box_xyxy[:2]
        return float(min(self.canvas_size[0] / height, self.canvas_size[1] / width))

    def cut(self, pyramid: Pyramid) -> "Cutting":
        """The part, from the smallest level of the picture that has all the detail the canvas can show."""
        level = pyramid.at(self.canvas_scale)
        return Cutting(*cut_out(level.image, self.box_xyxy / np.float32(level.step)), level)


@dataclass(frozen=True, slots=True, eq=False)
class Cutting:
    """A part of one level of the picture.

    Attributes:
        image: (h, w, 3) uint8 RGB.
        corner_xy: (2,) float32, where its top left corner lies in the level.
        level: what it was cut from.
    """

    image: Image
    corner_xy: Floats
    level: Level

    def back(self, points_xy: Floats) -> Floats:
        """(..., 2) points of the part -> points of the picture."""
        return self.level.back(points_xy + self.corner_xy)


def cut_out(image: Image, box_xyxy: Floats) -> tuple[Image, Floats]:
    """The part of a picture in a box, its edge going on where the box reaches beyond it, and the part's corner (2,)."""
    height, width = image.shape[:2]
    x0, y0 = np.floor(box_xyxy[:2]).astype(int)
    x1, y1 = np.maximum(np.ceil(box_xyxy[2:]).astype(int), [x0 + 1, y0 + 1])
    inside = image[max(0, y0) : min(height, y1), max(0, x0) : min(width, x1)]
    outside = (max(0, -y0), max(0, y1 - height), max(0, -x0), max(0, x1 - width))
    if any(outside):
        inside = np.asarray(cv2.copyMakeBorder(inside, *outside, cv2.BORDER_REPLICATE), np.uint8)
    return inside, np.array([x0, y0], np.float32)
