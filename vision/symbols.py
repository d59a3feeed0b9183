"""Reads the symbol that a hand shows from its 21 landmarks, by joint geometry; or nothing.

Each finger is extended or folded with a probability, from how far it bends in the network's world coordinates. A
symbol asks for a state of every finger, and some for more: touching tips, spread, direction, the side towards the
camera. Its confidence is the product of what it asks for, so one doubtful finger makes a doubtful symbol, and below
``MIN_CONFIDENCE`` nothing is read: a bystander's idle hand must stay idle.

The numbers are midpoints, rounded, between the 2nd and 98th percentiles of extended and folded fingers in 1,636
close-ups of ten signs by about 170 people (Sign Language Digits, Apache-2.0); the gaps there are wide: an extended
finger bends 80 degrees at the most, a folded one 110 at the least.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vision.types import Hand, Symbol

MIN_CONFIDENCE = 0.65
MIN_HAND_SIZE = 20.0  # pixels of the photo, as `hand_size`; below it fingers are not told apart
WRIST, THUMB_BASE, THUMB_TIP, INDEX_KNUCKLE, INDEX_TIP = 0, 1, 4, 5, 8
MIDDLE_KNUCKLE, MIDDLE_TIP, LITTLE_KNUCKLE = 9, 12, 17
FINGERS = ((5, 6, 8), (9, 10, 12), (13, 14, 16), (17, 18, 20))  # knuckle, first joint, tip; index to little
FINGER_TIPS = (8, 12, 16, 20)
Points = NDArray[np.float64]
UP = np.array([0.0, -1.0])  # in the photo, whose y runs down

# (midpoint, width) of logistic curves. Bends in degrees, lengths in palms (wrist to middle knuckle).
EXTENDED_BEND = (100.0, 9.0)
# How far the thumb stands off: its tip's distance from the little finger's knuckle, less what it bends at its base and
# at its joint. A logistic fit to four signs with the thumb in and two with it out, rounded; 99% right.
THUMB_TIP_AWAY, THUMB_BASE_BEND, THUMB_JOINT_BEND, THUMB_OUT = 6.5, 0.07, 0.1, (1.6, 0.7)
TIPS_TOUCH = (0.6, 0.05)  # thumb tip to index tip: 0.13..0.56 for `ok`; beyond 0.6 on open hands
SPREAD = (0.29, 0.03)  # index tip to middle tip: 0.32..0.74 for `peace`, 0.20..0.26 for `two_up`
# Knuckle of index to knuckle of little finger against wrist to middle knuckle, in the photo. A sign is shown: palm or
# back face the camera, 0.49 at the least (1st percentile). Hands laid together, a heart of two hands, a grip and a
# hanging hand are seen from the edge: 0.36 at the most in HaGRID's chart and in the digits' zero.
BROADSIDE = (0.42, 0.03)
# Degrees from straight up of wrist to knuckles between which a thumb is shown: the hand does not hang.
LYING = ((22.0, 4.0), (145.0, 8.0))
UPRIGHT = (70.0, 8.0)  # degrees from straight up; idle hands hang, and a raised sign points up
STEEP = (45.0, 8.0)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a hand's geometry says, each a probability from 0 to 1 or an angle in degrees.

    Attributes:
        extended: index, middle, ring, little finger.
        thumb_out: the thumb stands off the palm.
        palm_up: wrist to knuckles points up.
        palm_lying: wrist to knuckles points to the side, neither straight up nor down.
        touching: the tips of thumb and index touch.
        spread: index and middle finger stand apart.
        apart: the tips of the four fingers stand apart.
        broadside: palm or back, not the edge of the hand, is turned to the camera.
        fingers_from_up: degrees between the extended fingers and straight up in the photo.
        thumb_from_up: degrees between the thumb and straight up in the photo.
        palm_to_camera: the palm faces the camera, not the back of the hand.
    """

    extended: tuple[float, float, float, float]
    thumb_out: float
    palm_up: float
    palm_lying: float
    touching: float
    spread: float
    apart: float
    broadside: float
    fingers_from_up: float
    thumb_from_up: float
    palm_to_camera: bool


def read_symbol(hand: Hand) -> tuple[Symbol, ...]:
    """The symbol that the hand shows, or nothing: an idle hand, an unknown sign, or one too small to read."""
    if not can_be_read(hand):
        return ()
    scores = symbol_scores(shape_of(hand))
    label = max(scores, key=lambda name: scores[name])
    # A network that cannot tell the left hand from the right sees the fingers badly too: of 72 symbols read in
    # the invented uploads 3 of the 68 right ones were of a side under 0.9, and 2 of the 4 wrong ones.
    confidence = scores[label] * hand.side_score
    return (Symbol(label, confidence),) if confidence >= MIN_CONFIDENCE else ()


def can_be_read(hand: Hand) -> bool:
    """Whether the hand is large enough for its fingers to be told apart."""
    return hand_size(hand) >= MIN_HAND_SIZE


def hand_size(hand: Hand) -> float:
    """The longer side of the hand's box, in pixels of the photo."""
    return float((hand.box_xyxy[2:] - hand.box_xyxy[:2]).max())


def shape_of(hand: Hand) -> Shape:
    """Measure a hand."""
    points = hand.world_xyz.astype(np.float64)
    palm = float(np.linalg.norm(points[MIDDLE_KNUCKLE] - points[WRIST])) + float(np.finfo(np.float32).tiny)

    def length(one: int, other: int) -> float:
        return float(np.linalg.norm(points[one] - points[other])) / palm

    extended = [_logistic(_bend(points, *finger), EXTENDED_BEND, falling=True) for finger in FINGERS]
    gaps = [length(one, other) for one, other in pairwise(FINGER_TIPS)]
    flat = hand.keypoints_xy.astype(np.float64)
    weights = np.array(extended) + np.finfo(np.float32).eps
    fingers = np.average([flat[tip] - flat[knuckle] for knuckle, _, tip in FINGERS], axis=0, weights=weights)
    across, along = flat[LITTLE_KNUCKLE] - flat[INDEX_KNUCKLE], flat[MIDDLE_KNUCKLE] - flat[WRIST]
    turn = float(across[0] * along[1] - across[1] * along[0])
    return Shape(
        extended=(extended[0], extended[1], extended[2], extended[3]),
        thumb_out=_logistic(
            THUMB_TIP_AWAY * length(THUMB_TIP, LITTLE_KNUCKLE)
            - THUMB_BASE_BEND * _angle(points[THUMB_BASE] - points[WRIST], points[THUMB_TIP] - points[THUMB_BASE])
            - THUMB_JOINT_BEND * _angle(points[2] - points[THUMB_BASE], points[THUMB_TIP] - points[2]),
            THUMB_OUT,
        ),
        palm_up=_logistic(_angle(along, UP), UPRIGHT, falling=True),
        palm_lying=_logistic(_angle(along, UP), LYING[0]) * _logistic(_angle(along, UP), LYING[1], falling=True),
        touching=_logistic(length(THUMB_TIP, INDEX_TIP), TIPS_TOUCH, falling=True),
        spread=_logistic(length(INDEX_TIP, MIDDLE_TIP), SPREAD),
        apart=_logistic(float(np.mean(gaps)), SPREAD),
        broadside=_logistic(float(np.linalg.norm(across)) / max(float(np.linalg.norm(along)), 1e-6), BROADSIDE),
        fingers_from_up=_angle(fingers, UP),
        thumb_from_up=_angle(flat[THUMB_TIP] - flat[2], UP),
        # Seen from the palm, a right hand with its fingers up has the little finger on the left.
        palm_to_camera=(turn > 0) == (hand.side == "right"),
    )


def symbol_scores(shape: Shape) -> dict[str, float]:
    """The confidence of every symbol this reader knows, 0 to 1."""
    index, middle, ring, little = shape.extended
    thumb, touch, spread, apart = shape.thumb_out, shape.touching, shape.spread, shape.apart
    up = _logistic(shape.fingers_from_up, UPRIGHT, falling=True)
    thumb_up = _logistic(shape.thumb_from_up, STEEP, falling=True)
    thumb_down = _logistic(180 - shape.thumb_from_up, STEEP, falling=True)

    def fingers(*wanted: int) -> float:
        return float(np.prod([p if want else 1 - p for p, want in zip(shape.extended, wanted, strict=True)]))

    two, three_fingers, all_four = fingers(1, 1, 0, 0), fingers(1, 1, 1, 0), fingers(1, 1, 1, 1)
    folded = fingers(0, 0, 0, 0)
    v, joined = ("peace", "two_up") if shape.palm_to_camera else ("peace_inverted", "two_up_inverted")
    shown = {
        "one": fingers(1, 0, 0, 0) * (1 - thumb) * up,
        "thumb_index": fingers(1, 0, 0, 0) * thumb * up,
        v: two * (1 - thumb) * spread * up,
        joined: two * (1 - thumb) * (1 - spread) * up,
        "three": three_fingers * (1 - thumb) * up,
        "three2": two * thumb * up,
        "three_gun": two * thumb * (1 - up),
        "four": all_four * (1 - thumb) * apart * up,
        "palm": all_four * thumb * apart * up,
        "stop": all_four * (1 - apart) * up,
        "rock": fingers(1, 0, 0, 1) * up,
        "call": fingers(0, 0, 0, 1) * thumb,
        "little_finger": fingers(0, 0, 0, 1) * (1 - thumb) * up,
        "middle_finger": fingers(0, 1, 0, 0) * up,
        "like": folded * thumb * shape.palm_lying * thumb_up,
        "dislike": folded * thumb * shape.palm_lying * thumb_down,
        "fist": folded * (1 - thumb) * shape.palm_up,
    }
    # The ring of an OK sign is shown as often from the edge.
    return {"ok": (1 - index) * middle * ring * little * touch * up} | {
        label: score * shape.broadside for label, score in shown.items()
    }


def _bend(points: Points, knuckle: int, joint: int, tip: int) -> float:
    """Degrees a finger bends from the palm to its tip: at the knuckle and at the joint after it."""
    at_knuckle = _angle(points[knuckle] - points[WRIST], points[tip] - points[knuckle])
    return at_knuckle + _angle(points[joint] - points[knuckle], points[tip] - points[joint])


def _angle(one: Points, other: Points) -> float:
    lengths = float(np.linalg.norm(one) * np.linalg.norm(other)) + np.finfo(np.float32).tiny
    return float(np.degrees(np.arccos(np.clip(float(one @ other) / lengths, -1, 1))))


def _logistic(value: float, curve: tuple[float, float], *, falling: bool = False) -> float:
    midpoint, width = curve
    z = np.clip((value - midpoint) / width, -50, 50)
    return float(1 / (1 + np.exp(z if falling else -z)))
