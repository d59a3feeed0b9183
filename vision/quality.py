"""How well a face can be compared: its size, how sharp it is and how far it is turned."""

import cv2
import numpy as np

from vision.types import Face, FaceQuality, Floats, Image

# Sizes in pixels of the photo that grade from 0 to 1: at 16 the aligned crop is nine parts in ten made up by
# enlarging; from 80 on dlib's crop of 150 with its padding shows all there is to see.
SIZE_GRADE = (16.0, 80.0)
# Detail against contrast in the crop at 75 pixels, graded from 0 to 1: a Gaussian blur of 6 pixels of the crop of 150
# leaves 0.15 at most, one of 4 pixels 0.18 (median), and of 129 faces over 100 pixels 95% have more than 0.5.
DETAIL_GRADE = (0.1, 0.5)
DETAIL_SIDE = 75
_FACE_IN_CROP = slice(12, 63)  # without the padding, where hair and background are
RIGHT_EYE, LEFT_EYE, NOSE = 0, 1, 2


def quality_of(face: Face, chip: Image) -> FaceQuality:
    """Grade a face.

    Args:
        face: its keypoints say how far it is turned.
        chip: (n, n, 3) uint8 RGB, the aligned crop of it.
    """
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    sharpness, frontality = _grade(_detail(chip), DETAIL_GRADE), _frontality(face.keypoints_xy)
    return FaceQuality(size, sharpness, frontality, min(_grade(size, SIZE_GRADE), sharpness, frontality))


def _grade(value: float, ends: tuple[float, float]) -> float:
    return float(np.clip((value - ends[0]) / (ends[1] - ends[0]), 0, 1))


def _detail(chip: Image) -> float:
    grey = cv2.resize(cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY), (DETAIL_SIDE, DETAIL_SIDE), interpolation=cv2.INTER_AREA)
    inner = grey.astype(np.float32)[_FACE_IN_CROP, _FACE_IN_CROP]
    return float(cv2.Laplacian(inner, cv2.CV_32F).std() / max(float(inner.std()), 1.0))


def _frontality(keypoints_xy: Floats) -> float:
    """1 where the nose lies midway between the eyes, 0 where it lies under one of them or beyond."""
    eyes = keypoints_xy[LEFT_EYE] - keypoints_xy[RIGHT_EYE]
    apart = float(eyes @ eyes)
    if apart == 0:
        return 0.0
    along = float((keypoints_xy[NOSE] - keypoints_xy[RIGHT_EYE]) @ eyes) / apart
    return float(np.clip(1 - 2 * abs(along - 0.5), 0, 1))
