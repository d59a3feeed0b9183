"""Says whose a hand is: the person whose arm can end there, or nobody where that cannot be told.

A first reading from faces and hands alone: the forearm runs on from the wrist, away from the fingers, and its elbow
must lie near a shoulder of its owner; and hand and face must agree in scale. Lengths are in face sizes, the larger side
of the face box.
"""

from collections.abc import Sequence

import numpy as np

from vision.types import Face, Floats, Hand

# The side of a face box on a hand's metric scale: median of 48 hands and their owners in real photos (quartiles 0.12
# and 0.15).
FACE_METRES = 0.13
# Rough proportions of an adult's upper body; arms seldom lie flat in the picture, so lengths are on the short side.
SHOULDERS = np.array([[-1.0, 1.5], [1.0, 1.5]], np.float32)  # from the middle of the face
FOREARM = 1.5  # wrist to elbow
REACH = 5.0  # shoulder to wrist
UPPER_ARM = 2.0
WRIST, MIDDLE_KNUCKLE = 0, 9
SCALE_WEIGHT, REACH_WEIGHT = 1.5, 0.2
CLEAR_MARGIN = 0.4  # how much worse the second person must fit


def owner_of(hand: Hand, faces: Sequence[Face]) -> tuple[int, ...]:
    """The index of the face whose person the hand belongs to, or nothing where no one or more than one fits."""
    misfits = sorted((misfit(hand, face), index) for index, face in enumerate(faces))
    fitting = [(value, index) for value, index in misfits if np.isfinite(value)]
    if not fitting or (len(fitting) > 1 and fitting[1][0] - fitting[0][0] < CLEAR_MARGIN):
        return ()
    return (fitting[0][1],)


def misfit(hand: Hand, face: Face) -> float:
    """How badly the hand fits that face's person: 0 is perfect, infinite is out of reach."""
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    middle = (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2
    wrist = (hand.keypoints_xy[WRIST] - middle) / size
    back = hand.keypoints_xy[WRIST] - hand.keypoints_xy[MIDDLE_KNUCKLE]
    elbow = wrist + FOREARM * back / (float(np.linalg.norm(back)) + np.finfo(np.float32).tiny)
    to_wrist = float(np.linalg.norm(SHOULDERS - wrist, axis=1).min())
    if to_wrist > REACH:
        return float("inf")
    to_elbow = float(np.linalg.norm(SHOULDERS - elbow, axis=1).min())
    stretch = max(0.0, to_elbow - UPPER_ARM) + REACH_WEIGHT * to_wrist
    return stretch + SCALE_WEIGHT * abs(float(np.log(pixels_per_metre(hand) * FACE_METRES / size)))


def pixels_per_metre(hand: Hand) -> float:
    """The scale of the photo at the hand's distance, from its landmarks in pixels and in metres."""
    pixels = _spread(hand.keypoints_xy)
    return max(pixels / max(_spread(hand.world_xyz[:, :2]), float(np.finfo(np.float32).tiny)), 1e-6)


def _spread(points: Floats) -> float:
    return float(np.linalg.norm(points - points.mean(0)))
