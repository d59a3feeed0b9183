"""The rule for whose a hand is until issue 4, from faces and hands alone: kept to be measured beside today's."""

from collections.abc import Sequence

import numpy as np

from vision.owners_trace import FACE_METRES, pixels_per_metre
from vision.types import Face, Floats, Hand

SHOULDER_SIDE, SHOULDER_DOWN = 1.0, 1.6
FOREARM, UPPER_ARM, REACH = 1.5, 2.0, 5.0
SHOWN_SHARES = np.array([[0.2], [0.6], [1.0]])
CLEAR_MARGIN = 0.4


def owner_before(hand: Hand, faces: Sequence[Face]) -> tuple[int, ...]:
    """The index of the face whose person the hand belongs to, or nothing where no one or more than one fits."""
    misfits = sorted((_misfit(hand, face), index) for index, face in enumerate(faces))
    fitting = [(value, index) for value, index in misfits if np.isfinite(value)]
    if not fitting or (len(fitting) > 1 and fitting[1][0] - fitting[0][0] < CLEAR_MARGIN):
        return ()
    return (fitting[0][1],)


def _misfit(hand: Hand, face: Face) -> float:
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    wrist = (hand.keypoints_xy[0] - (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2) / size
    back = hand.keypoints_xy[0] - hand.keypoints_xy[9]
    elbows = wrist + SHOWN_SHARES * FOREARM * back / (float(np.linalg.norm(back)) + np.finfo(np.float32).tiny)
    outwards = -SHOULDER_SIDE if hand.side == "right" else SHOULDER_SIDE
    own, other = np.array([[outwards, SHOULDER_DOWN], [-outwards, SHOULDER_DOWN]], np.float32)
    arm = min(_stretch(wrist, elbows, own), _stretch(wrist, elbows, other) + 2 * hand.side_score - 1)
    return arm + abs(float(np.log(pixels_per_metre(hand) * FACE_METRES / size)))


def _stretch(wrist: Floats, elbows: Floats, shoulder: Floats) -> float:
    to_wrist = float(np.linalg.norm(shoulder - wrist))
    if to_wrist > REACH:
        return float("inf")
    return max(0.0, float(np.linalg.norm(shoulder - elbows, axis=1).min()) - UPPER_ARM) + 0.2 * to_wrist
