"""A hand in numbers that say its shape: the same for a left and a right hand, wherever in the photo and however large.

A left hand is mirrored to a right one. The shape is measured in the network's world coordinates, in a frame of the
hand's own: y from the wrist to the middle knuckle, x across the palm towards the thumb's side, z out of the palm;
lengths in palms. How the hand is turned comes beside it: a thumb up and a thumb down are one shape.
"""

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.types import Floats, Hand

WRIST, THUMB_TIP, INDEX_KNUCKLE, MIDDLE_KNUCKLE, LITTLE_KNUCKLE = 0, 4, 5, 9, 17
TIPS: Final = (4, 8, 12, 16, 20)
KNUCKLES: Final = (5, 9, 13, 17)
CHAINS: Final = ((0, 1, 2, 3, 4), (0, 5, 6, 7, 8), (0, 9, 10, 11, 12), (0, 13, 14, 15, 16), (0, 17, 18, 19, 20))
# Lengths between these points tell touching tips, spread fingers and where the thumb lies.
PAIRS: Final = (
    *combinations(TIPS, 2),
    *((THUMB_TIP, joint) for joint in (5, 6, 9, 10, 13, 14, 17, 18)),
    *((WRIST, tip) for tip in TIPS),
)
COLUMNS: Final = 60 + 15 + len(PAIRS) + 9 + 14 + 3
# Above this many pixels the network's landmarks get no better, so larger hands count as this large: what tells
# close-ups from far ones shall not tell symbols apart.
FULL_SIZE: Final = 48.0
Numbers = NDArray[np.float64]
_TINY = 1e-6


def hand_size(hand: Hand) -> float:
    """The longer side of the hand's box, in pixels of the photo."""
    return float((hand.box_xyxy[2:] - hand.box_xyxy[:2]).max())


def features(hands: Sequence[Hand]) -> Floats:
    """(N, 139) float32, the geometry of each hand's joints.

    20 points, 15 bends, the lengths of ``PAIRS``, 9 of the frame's axes, 14 in the photo, and presence, side score and
    size.
    """
    if not hands:
        return np.zeros((0, COLUMNS), np.float32)
    mirror = np.array([1.0 if hand.side == "right" else -1.0 for hand in hands])
    world = np.stack([hand.world_xyz for hand in hands]).astype(np.float64)
    flat = np.stack([hand.keypoints_xy for hand in hands]).astype(np.float64)
    world[:, :, 0] *= mirror[:, None]
    flat[:, :, 0] *= mirror[:, None]
    axes, palm = _own_frame(world)
    local = np.einsum("nij,nkj->nki", axes, world - world[:, :1]) / palm[:, None, None]
    size = np.array([hand_size(hand) for hand in hands])
    parts = (
        local[:, 1:].reshape(len(hands), -1),
        _bends(world),
        np.stack([np.linalg.norm(local[:, a] - local[:, b], axis=1) for a, b in PAIRS], axis=1),
        axes.reshape(len(hands), -1),
        _in_photo(flat, size),
        np.array([[hand.presence, hand.side_score] for hand in hands]),
        np.minimum(np.log2(np.maximum(size, 1.0) / FULL_SIZE), 0.0)[:, None],
    )
    return np.asarray(np.concatenate(parts, axis=1), np.float32)


def _own_frame(world: Numbers) -> tuple[Numbers, Numbers]:
    """((N, 3, 3) axes x, y, z of each hand, one a row, (N,) the length of the palm)."""
    along = world[:, MIDDLE_KNUCKLE] - world[:, WRIST]
    y = _unit(along)
    across = world[:, INDEX_KNUCKLE] - world[:, LITTLE_KNUCKLE]
    x = _unit(across - y * (across * y).sum(1, keepdims=True))
    palm = np.linalg.norm(world[:, KNUCKLES] - world[:, :1], axis=2).mean(1)
    return np.stack([x, y, np.cross(x, y)], axis=1), np.maximum(palm, _TINY)


def _bends(world: Numbers) -> Numbers:
    """(N, 15): how far each of the five fingers bends at each of its three joints, in quarter turns."""
    bends = []
    for chain in CHAINS:
        bones = [_unit(world[:, b] - world[:, a]) for a, b in pairwise(chain)]
        bends += [np.arccos(np.clip((a * b).sum(1), -1, 1)) / (np.pi / 2) for a, b in pairwise(bones)]
    return np.stack(bends, axis=1)


def _in_photo(flat: Numbers, size: Numbers) -> Numbers:
    """(N, 14): where palm, fingers and thumb point in the photo, how long they look, and how broad the palm."""
    scale = np.maximum(size, _TINY)[:, None]
    along = (flat[:, MIDDLE_KNUCKLE] - flat[:, WRIST]) / scale
    across = (flat[:, LITTLE_KNUCKLE] - flat[:, INDEX_KNUCKLE]) / scale
    turn = across[:, :1] * along[:, 1:] - across[:, 1:] * along[:, :1]  # its sign: palm or back; its size: broadside
    fingers = [(flat[:, tip] - flat[:, tip - 3]) / scale for tip in TIPS[1:]]
    thumb = (flat[:, THUMB_TIP] - flat[:, 2]) / scale
    broad = np.linalg.norm(across, axis=1) / np.maximum(np.linalg.norm(along, axis=1), 0.1)
    return np.concatenate([along, turn, *fingers, thumb, broad[:, None]], axis=1)


def _unit(vectors: Numbers) -> Numbers:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), _TINY), np.float64)
