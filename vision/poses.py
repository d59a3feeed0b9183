"""Where the arms of people are: MediaPipe's pose landmark network on a square around each person.

The square follows from the face, so that no pose detector is needed. Source: Bazarevsky et al., BlazePose, 2020; of the
three sizes only the full one is in the wheel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from vision.engine import runtime, weights
from vision.pyramid import Pyramid
from vision.roi import Roi
from vision.types import Face, Floats, Photo, frozen_array

SIDE: Final = 256  # the network's input
# MediaPipe's own square is 1.25 times as wide as a standing person is tall, with the hips in its middle: 11 face sizes
# and 4.2 below the middle of the face. Of 167 visible hands of 20 rendered groups its wrists were then within 0.7 face
# sizes for 59%; with squares of 8, 7, 6 and 5 face sizes, placed higher, for 51%, 44%, 34% and 20%.
ROI_SIDE: Final = 11.0
ROI_DOWN: Final = 4.2
ELBOWS: Final = slice(14, 12, -1)  # among the 39 landmarks: the right one, then the left one
WRISTS: Final = slice(16, 14, -1)
VALUES: Final = 5  # of each landmark: x, y, z, visibility, presence
PLACES: Final = 0  # which output holds them; leaving the mask and the heat maps out halves the time


@dataclass(frozen=True, slots=True, eq=False)
class Arms:
    """Where a person's arms are, as the network has it; it answers for hidden arms too.

    Attributes:
        elbows_xy: (2, 2) float32, the person's right one first.
        wrists_xy: (2, 2) float32, likewise.
    """

    elbows_xy: Floats
    wrists_xy: Floats

    def __post_init__(self) -> None:
        for name in ("elbows_xy", "wrists_xy"):
            object.__setattr__(self, name, frozen_array(name, getattr(self, name), (2, 2)))


def roi_of_face(face: Face, scale_xy: Floats) -> Roi:
    """The square around the person of a face: the body stands below the face, along the head's own axis.

    Args:
        face: in pixels of the full photo.
        scale_xy: (2,) from pixels of the picture to those of the full photo.
    """
    box, eyes = face.box_xyxy / np.tile(scale_xy, 2), face.keypoints_xy[:2] / scale_xy
    middle, size = (box[:2] + box[2:]) / 2, float((box[2:] - box[:2]).max())
    across = eyes[1] - eyes[0]
    angle = float(np.arctan2(across[1], across[0]))
    centre = middle + ROI_DOWN * size * np.array([-np.sin(angle), np.cos(angle)])
    return Roi((float(centre[0]), float(centre[1])), ROI_SIDE * size, angle)


class PoseLandmarker:
    """The compiled network; ``threads`` is how many it may use."""

    def __init__(self, threads: int = 1) -> None:
        path = weights.find(weights.POSE_LANDMARKS)
        self._network = runtime.tflite(path, threads, outputs=5, kept=(PLACES,))

    def __call__(self, photo: Photo, faces: Sequence[Face]) -> list[Arms]:
        """The arms of the people with those faces, which were found in that photo; in pixels of the full photo."""
        pyramid, scale_xy = Pyramid(photo.pixels), photo.scale_xy
        return [self._read(pyramid, roi_of_face(face, scale_xy), scale_xy) for face in faces]

    def _read(self, pyramid: Pyramid, roi: Roi, scale_xy: Floats) -> Arms:
        matrix = roi.matrix(SIDE)
        level = pyramid.at(SIDE / roi.side)
        shrunk = matrix / np.float32(level.step)
        shrunk[:, 2] = level.to(matrix[:, 2])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        # Beyond the picture it is black, as in MediaPipe.
        seen = cv2.warpAffine(level.image, shrunk, (SIDE, SIDE), flags=flags)
        # One by one: batches of four were no faster a person.
        (found,) = self._network(np.asarray(seen, np.float32)[None] / np.float32(255))
        places = (found.reshape(-1, VALUES)[:, :2] @ matrix[:, :2].T + matrix[:, 2]) * scale_xy
        return Arms(places[ELBOWS], places[WRISTS])
