"""Turns and scales a face into the crop that a face network was trained on.

For dlib's own network dlib places five points, the corners of the eyes and the base of the nose, with its free 5-point
model, and fits them to a mean shape by a similarity transform (Umeyama 1991). (The 68-point model is not used: its
training data excludes commercial use.)

Other networks want eyes, nose tip and mouth corners at points of their own. The face detector gives eyes, nose tip and
the centre of the mouth, and these are fitted by least squares (``PointAligner``).
"""

from collections.abc import Sequence

import cv2
import dlib
import numpy as np
from numpy.typing import NDArray

from vision.engine import dlib_net, weights
from vision.types import Floats, Image

PADDING = 0.25  # face_recognition's and dlib's own for this network
# The 5-point model expects a box like dlib's own detectors give. On 71 faces that both found (medians over groups,
# celebrities and portraits) the box of dlib's HOG detector is BlazeFace's with the same middle and 0.93 of its side.
BOX_SIDE = 0.93


class Aligner:
    """Cuts faces out of a picture as dlib's face network wants them.

    Args:
        side: of the crops, in pixels; dlib's own network takes 150.
    """

    def __init__(self, side: int = dlib_net.CHIP_SIDE) -> None:
        self._side = side
        self._points = dlib.shape_predictor(str(weights.find(weights.FACE_POINTS)))

    def __call__(self, image: Image, boxes_xyxy: Sequence[Floats]) -> Image:
        """Upright crops of faces.

        Args:
            image: (h, w, 3) uint8 RGB.
            boxes_xyxy: BlazeFace's boxes, in pixels of ``image``; they may reach beyond it.

        Returns:
            (N, side, side, 3) uint8 RGB, in the order of the boxes.
        """
        chips = np.empty((len(boxes_xyxy), self._side, self._side, 3), np.uint8)
        picture = np.ascontiguousarray(image)
        for index, box in enumerate(boxes_xyxy):
            points = self._points(picture, _dlib_box(box))
            chips[index] = dlib.get_face_chip(picture, points, self._side, PADDING)
        return chips


def _dlib_box(box_xyxy: Floats) -> dlib.rectangle:
    centre, half = (box_xyxy[:2] + box_xyxy[2:]) / 2, float((box_xyxy[2:] - box_xyxy[:2]).mean()) * BOX_SIDE / 2
    left, top, right, bottom = (round(float(v)) for v in (*(centre - half), *(centre + half)))
    return dlib.rectangle(left, top, right, bottom)


# How much each of BlazeFace's first four keypoints counts: right eye, left eye, nose tip, mouth centre. With the two
# corners of the mouth at centre +- d and their places at centre +- D, the squares of five points are those of the four
# with the centre counted twice, plus 2 |turned and scaled d - D|^2, the width of the mouth, which is not known here.
POINT_WEIGHTS = np.array([1, 1, 1, 2], np.float64)
FOUR_OF_FIVE = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0], [0, 0, 0, 0.5, 0.5]])
"""Five points to four: the corners of the mouth to its centre."""
# A face this many times larger than its crop is first made smaller by averaging whole areas: sampling single points
# would keep only some of its pixels, and noise with them.
LARGEST_STEP = 2.0


class PointAligner:
    """Cuts faces out of a picture so that eyes, nose and mouth lie where a network wants them.

    Args:
        points_xy: five points in the crop: right eye, left eye, nose tip, right and left corner of the mouth.
        width, height: of the crop, in pixels.
    """

    def __init__(self, points_xy: Sequence[tuple[float, float]], width: int, height: int) -> None:
        places = np.array(points_xy, np.float64)
        if places.shape != (5, 2):
            raise ValueError(f"points_xy: expected (5, 2), got {places.shape}")
        self._places = FOUR_OF_FIVE @ places
        self._size = width, height

    def __call__(self, image: Image, keypoints_xy: Sequence[Floats]) -> Image:
        """Crops of faces.

        Args:
            image: (h, w, 3) uint8 RGB.
            keypoints_xy: (6, 2) of each face as ``Face`` has them, in pixels of ``image``; they may lie beyond it.

        Returns:
            (N, height, width, 3) uint8 RGB, in the order of the faces; black beyond the picture.
        """
        width, height = self._size
        crops = np.zeros((len(keypoints_xy), height, width, 3), np.uint8)
        for index, keypoints in enumerate(keypoints_xy):
            crops[index] = self._crop(image, similarity(np.asarray(keypoints[:4], np.float64), self._places))
        return crops

    def _crop(self, image: Image, transform: NDArray[np.float64]) -> Image:
        width, height = self._size
        step = 1 / max(float(np.hypot(*transform[:, 0])), 1e-6)
        if step > LARGEST_STEP:
            image, transform = _smaller(image, transform, self._size, step)
        cut = cv2.warpAffine(image, transform, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
        return np.asarray(cut, np.uint8)


def similarity(
    points_xy: NDArray[np.float64], places_xy: NDArray[np.float64], weights: NDArray[np.float64] = POINT_WEIGHTS
) -> NDArray[np.float64]:
    """The turn, scale and shift that brings points nearest to their places, by weighted least squares.

    Args:
        points_xy: (n, 2) in the picture.
        places_xy: (n, 2) in the crop, in the same order.
        weights: (n,) how much each counts.

    Returns:
        (2, 3) float64, as OpenCV's warpAffine takes it; where the points are all one, a shift alone.
    """
    share = weights / weights.sum()
    points, places = (array[:, 0] + 1j * array[:, 1] for array in (points_xy, places_xy))
    middle, goal = share @ points, share @ places
    spread = float(share @ np.abs(points - middle) ** 2)
    turn = complex(share @ (np.conj(points - middle) * (places - goal))) / spread if spread else 1 + 0j
    shift = goal - turn * middle
    return np.array([[turn.real, -turn.imag, shift.real], [turn.imag, turn.real, shift.imag]])


def _smaller(
    image: Image, transform: NDArray[np.float64], size: tuple[int, int], step: float
) -> tuple[Image, NDArray[np.float64]]:
    """The part of the picture that the crop shows, made smaller by areas, and the transform from there."""
    corners = np.array([[0, 0], [size[0], 0], [0, size[1]], [size[0], size[1]]], np.float64) - 0.5
    back = np.linalg.inv(transform[:, :2])
    seen = (corners - transform[:, 2]) @ back.T
    limits = np.array(image.shape[1::-1])
    low = np.clip(np.floor(seen.min(axis=0) - step), 0, limits).astype(int)
    high = np.clip(np.ceil(seen.max(axis=0) + step), 0, limits).astype(int)
    if (high <= low).any():
        return image, transform
    part = image[low[1] : high[1], low[0] : high[0]]
    fewer = np.maximum(1, np.round((high - low) / step)).astype(int)
    part = np.asarray(cv2.resize(part, (int(fewer[0]), int(fewer[1])), interpolation=cv2.INTER_AREA), np.uint8)
    # A pixel's middle is its whole number: x in the part lies at (x + 0.5) * ratio - 0.5 + low in the picture.
    ratio = (high - low) / fewer
    shift = low + ratio / 2 - 0.5
    inner = np.column_stack([transform[:, :2] * ratio, transform[:, :2] @ shift + transform[:, 2]])
    return part, inner
