"""Says whose a hand is: the person whose arm can end there, or nobody where that cannot be told.

A first reading from faces and hands alone. The forearm runs on from the wrist, away from the fingers, and its elbow
must lie within an upper arm of the shoulder of the hand's own side: a left hand seldom hangs from a right shoulder, so
that of two neighbours the right one is known by which hand it is. Hand and face must also agree in scale. Lengths are
in face sizes, the larger side of the face box.
"""

from collections.abc import Sequence

import numpy as np

from vision.types import Face, Floats, Hand

# The side of a face box on a hand's metric scale: median of 48 hands and their owners in real photos (quartiles 0.12
# and 0.15).
FACE_METRES = 0.13
# Rough proportions of an adult's upper body; arms seldom lie flat in the picture, so lengths are on the short side.
SHOULDER_SIDE, SHOULDER_DOWN = 1.0, 1.6  # from the middle of the face
FOREARM = 1.5  # wrist to elbow
FORESHORTENED = np.array([[0.2], [0.6], [1.0]])  # shares of it that may show: an arm can point at the camera
UPPER_ARM = 2.0
REACH = 5.0  # shoulder to wrist
WRIST, MIDDLE_KNUCKLE = 0, 9
SCALE_WEIGHT, REACH_WEIGHT, SIDE_WEIGHT = 1.0, 0.2, 1.0
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
    elbows = wrist + FORESHORTENED * FOREARM * back / (float(np.linalg.norm(back)) + np.finfo(np.float32).tiny)
    # Seen from the front, a person's right shoulder is on the left.
    outwards = -SHOULDER_SIDE if hand.side == "right" else SHOULDER_SIDE
    own, other = np.array([[outwards, SHOULDER_DOWN], [-outwards, SHOULDER_DOWN]], np.float32)
    doubt = SIDE_WEIGHT * (2 * hand.side_score - 1)
    arm = min(_stretch(wrist, elbows, own), _stretch(wrist, elbows, other) + doubt)
    return arm + SCALE_WEIGHT * abs(float(np.log(pixels_per_metre(hand) * FACE_METRES / size)))


def _stretch(wrist: Floats, elbows: Floats, shoulder: Floats) -> float:
    to_wrist = float(np.linalg.norm(shoulder - wrist))
    if to_wrist > REACH:
        return float("inf")
    to_elbow = float(np.linalg.norm(shoulder - elbows, axis=1).min())
    return max(0.0, to_elbow - UPPER_ARM) + REACH_WEIGHT * to_wrist


def pixels_per_metre(hand: Hand) -> float:
    """The scale of the photo at the hand's distance, from its landmarks in pixels and in metres."""
    pixels = _spread(hand.keypoints_xy)
    return max(pixels / max(_spread(hand.world_xyz[:, :2]), float(np.finfo(np.float32).tiny)), 1e-6)


def _spread(points: Floats) -> float:
    return float(np.linalg.norm(points - points.mean(0)))
