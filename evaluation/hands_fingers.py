"""Counting fingers: what tools without trained symbols do, and by what their answers are scored."""

from typing import Final

import numpy as np

from evaluation.hands_truth import NOTHING
from vision.types import Floats

FINGERS_UP: Final = {
    NOTHING: 0,
    "fist": 0,
    "one": 1,
    "peace": 2,
    "peace_inverted": 2,
    "two_up": 2,
    "two_up_inverted": 2,
    "three": 3,
    "three2": 3,
    "three3": 3,
    "ok": 3,
    "four": 4,
    "palm": 5,
    "stop": 5,
}
"""How many fingers a symbol stretches. Of the labels that are missing here (a thumb, a telephone, horns) a count says
nothing, so hands that show them are not asked of one who only counts."""

WRIST, LITTLE_KNUCKLE = 0, 17
_FINGERS: Final = ((6, 8), (10, 12), (14, 16), (18, 20))  # middle joint and tip of index to little finger
_THUMB_JOINT, _THUMB_TIP = 3, 4


def fingers_up(keypoints_xy: Floats) -> int:
    """How many fingers a hand stretches, by the plain rule that tools of today use, made free of the hand's turn.

    A finger is up if its tip is farther from the wrist than its middle joint; the thumb, if its tip is farther from the
    little finger's knuckle than its own last joint.

    Args:
        keypoints_xy: (21, 2) pixels, MediaPipe's order.
    """

    def farther(tip: int, joint: int, centre: int) -> bool:
        away = np.linalg.norm(keypoints_xy[[tip, joint]] - keypoints_xy[centre], axis=1)
        return bool(away[0] > away[1])

    fingers = sum(farther(tip, joint, WRIST) for joint, tip in _FINGERS)
    return fingers + farther(_THUMB_TIP, _THUMB_JOINT, LITTLE_KNUCKLE)
