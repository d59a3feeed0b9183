"""Turns and scales a face into the square crop that dlib's network was trained on.

dlib places five points, the corners of the eyes and the base of the nose, with its free 5-point model, and fits them
to a mean shape by a similarity transform (Umeyama 1991). (The 68-point model is not used: its training data excludes
commercial use.)
"""

from collections.abc import Sequence

import dlib
import numpy as np

from vision.engine import dlib_net, weights
from vision.types import Floats, Image

PADDING = 0.25  # face_recognition's and dlib's own for this network
# The 5-point model expects a box like dlib's own detectors give. On 71 faces that both found (medians over groups,
# celebrities and portraits) the box of dlib's HOG detector is BlazeFace's with the same middle and 0.93 of its side.
BOX_SIDE = 0.93


class Aligner:
    """Cuts faces out of a picture as dlib's face network wants them."""

    def __init__(self) -> None:
        self._points = dlib.shape_predictor(str(weights.find(weights.FACE_POINTS)))

    def __call__(self, image: Image, boxes_xyxy: Sequence[Floats]) -> Image:
        """Upright crops of faces.

        Args:
            image: (h, w, 3) uint8 RGB.
            boxes_xyxy: BlazeFace's boxes, in pixels of ``image``; they may reach beyond it.

        Returns:
            (N, 150, 150, 3) uint8 RGB, in the order of the boxes.
        """
        chips = np.empty((len(boxes_xyxy), dlib_net.CHIP_SIDE, dlib_net.CHIP_SIDE, 3), np.uint8)
        picture = np.ascontiguousarray(image)
        for index, box in enumerate(boxes_xyxy):
            points = self._points(picture, _dlib_box(box))
            chips[index] = dlib.get_face_chip(picture, points, dlib_net.CHIP_SIDE, PADDING)
        return chips


def _dlib_box(box_xyxy: Floats) -> dlib.rectangle:
    centre, half = (box_xyxy[:2] + box_xyxy[2:]) / 2, float((box_xyxy[2:] - box_xyxy[:2]).mean()) * BOX_SIDE / 2
    left, top, right, bottom = (round(float(v)) for v in (*(centre - half), *(centre + half)))
    return dlib.rectangle(left, top, right, bottom)
