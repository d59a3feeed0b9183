"""Reads the signs that take both hands, from how two hands lie to each other; each alone looks like something else.

Found again by these limits: 7 of 35 hearts and 8 of 14 pairs of laid-together palms among rendered hands whose both
hands were found, and 1 of 26 clapping and folded pairs; most rendered hearts have landmarks too poor to tell. In the
photo a clap at the moment of touch is the same picture as ``holy``. ``thumb_index2`` is not read: each of its hands is
a ``thumb_index``, and counts as one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from vision.hand_shape import hand_size
from vision.symbols import can_be_read
from vision.types import Floats, Hand, Symbol

WRIST, THUMB_TIP, INDEX_TIP, MIDDLE_KNUCKLE, MIDDLE_TIP = 0, 4, 8, 9, 12
LEAST_RATIO: Final = 0.6  # the two hands of one person are about equally large
# Lengths in sizes of the larger hand, directions as cosines.
HEART_TIPS: Final = 0.35  # index tip to index tip, and thumb tip to thumb tip, at most
HEART_WRISTS: Final = 1.0  # apart at least
HEART_HOLE: Final = 0.25  # from index tips to thumb tips, at least
HEART_UP: Final = 0.4
HEART_ALONG: Final = 0.75  # the hands lean towards each other: no more parallel than this
CONFIDENCE: Final = 0.9  # 15 of 16 pairs that were read as one were one, among the same hands
HOLY_TIPS: Final = 0.25
HOLY_WRISTS: Final = 0.6
HOLY_UP: Final = 0.8
HOLY_ALONG: Final = 0.9


@dataclass(frozen=True, slots=True)
class Lie:
    """How two hands lie to each other.

    Attributes:
        index, thumb, middle, wrist: between the same points of both, in sizes of the larger hand.
        hole: from between the index tips to between the thumb tips, in the same.
        along: the cosine between the directions from wrist to knuckles.
        up: how far both point up in the photo, -1 to 1.
        ratio: the smaller size in the larger one's.
    """

    index: float
    thumb: float
    middle: float
    wrist: float
    hole: float
    along: float
    up: float
    ratio: float


def read_pairs(hands: Sequence[Hand], shown: Sequence[tuple[Symbol, ...]]) -> tuple[tuple[Symbol, ...], ...]:
    """What each hand shows once signs of both hands are known: theirs, or what it was read as alone.

    Args:
        hands: all of a photo.
        shown: what each was read as alone.
    """
    signs = list(shown)
    taken: set[int] = set()
    near = sorted(
        (float(np.linalg.norm(_middle(hands[a]) - _middle(hands[b]))), a, b)
        for a, b in combinations(range(len(hands)), 2)
        if can_be_read(hands[a]) and can_be_read(hands[b])
    )
    for _, a, b in near:
        if a in taken or b in taken:
            continue
        label = sign_of(hands[a], hands[b])
        if label:
            taken |= {a, b}
            signs[a] = signs[b] = (Symbol(label, CONFIDENCE),)
    return tuple(signs)


def sign_of(one: Hand, other: Hand) -> str:
    """``hand_heart``, ``holy``, or nothing."""
    if one.side == other.side:
        return ""
    lie = lie_of(one, other)
    if lie.ratio < LEAST_RATIO:
        return ""
    if max(lie.index, lie.thumb) <= HEART_TIPS and _like_a_heart(lie):
        return "hand_heart"
    together = lie.middle <= HOLY_TIPS and lie.wrist <= HOLY_WRISTS
    return "holy" if together and lie.along >= HOLY_ALONG and lie.up >= HOLY_UP else ""


def _like_a_heart(lie: Lie) -> bool:
    apart = lie.wrist >= HEART_WRISTS and lie.hole >= HEART_HOLE
    return apart and lie.along <= HEART_ALONG and lie.up >= HEART_UP


def lie_of(one: Hand, other: Hand) -> Lie:
    """Measure two hands in the photo."""
    a, b = one.keypoints_xy, other.keypoints_xy
    sizes = hand_size(one), hand_size(other)
    size = max(*sizes, 1e-6)
    ways = [_unit(points[MIDDLE_KNUCKLE] - points[WRIST]) for points in (a, b)]
    index, thumb, middle, wrist = (
        float(np.linalg.norm(a[point] - b[point])) / size for point in (INDEX_TIP, THUMB_TIP, MIDDLE_TIP, WRIST)
    )
    across = (a[INDEX_TIP] + b[INDEX_TIP] - a[THUMB_TIP] - b[THUMB_TIP]) / 2
    return Lie(
        index,
        thumb,
        middle,
        wrist,
        hole=float(np.linalg.norm(across)) / size,
        along=float(ways[0] @ ways[1]),
        up=-float(ways[0][1] + ways[1][1]) / 2,
        ratio=min(sizes) / size,
    )


def _middle(hand: Hand) -> Floats:
    return np.asarray((hand.box_xyxy[:2] + hand.box_xyxy[2:]) / 2, np.float32)


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-6), np.float32)
