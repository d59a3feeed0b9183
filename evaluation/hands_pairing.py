"""Which hand that was read is which hand of the truth.

People and programs draw boxes differently: HaGRID's hold the whole hand, those around landmarks end inside the finger
tips, and those of a fist lie well inside it. So the overlap of boxes, at the usual 0.5 (PASCAL VOC), would call hands
missed that were found. Instead, as keypoints are scored (PCKh: M. Andriluka et al., 2D human pose estimation, CVPR
2014: right within half of the head's size), a hand lies on one of the truth if its middle is no farther from the true
middle than half of the true hand's longer side, and its size within a factor of two. Nearest first, each hand once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from vision.types import Floats, frozen_box

NEAR: Final = 0.5
ALIKE: Final = 2.0


@dataclass(frozen=True, slots=True, eq=False)
class SeenHand:
    """A hand as somebody read it.

    Attributes:
        box_xyxy: (4,) float32, pixels of the full upright photo, around the landmarks.
        label: the symbol, or empty for none.
        confidence: of the symbol, 0 to 1; 0 where there is none.
        readable: False where it is too small to be read.
        fingers: how many are stretched, of one who counts fingers; -1 of one who reads symbols.
    """

    box_xyxy: Floats
    label: str = ""
    confidence: float = 0.0
    readable: bool = True
    fingers: int = -1

    def __post_init__(self) -> None:
        object.__setattr__(self, "box_xyxy", frozen_box("box_xyxy", self.box_xyxy))

    @property
    def size(self) -> float:
        """The longer side of its box, pixels."""
        return side_of(self.box_xyxy)


def side_of(box_xyxy: Floats) -> float:
    """The longer side of a box."""
    return float((box_xyxy[2:] - box_xyxy[:2]).max())


def pair(true_xyxy: Sequence[Floats], seen_xyxy: Sequence[Floats]) -> tuple[int, ...]:
    """For each hand of the truth, the index of the hand that lies on it, or -1.

    Args:
        true_xyxy: boxes, each (4,).
        seen_xyxy: boxes, each (4,), in the same pixels.
    """
    distances = []
    for true, box in enumerate(true_xyxy):
        for seen, other in enumerate(seen_xyxy):
            away = float(np.linalg.norm(_middle(box) - _middle(other))) / side_of(box)
            if away <= NEAR and 1 / ALIKE <= side_of(other) / side_of(box) <= ALIKE:
                distances.append((away, true, seen))
    found = [-1] * len(true_xyxy)
    for _, true, seen in sorted(distances):
        if found[true] < 0 and seen not in found:
            found[true] = seen
    return tuple(found)


def largest(seen: Sequence[SeenHand]) -> int:
    """The index of the largest hand, or -1 where there is none."""
    return max(range(len(seen)), key=lambda index: seen[index].size, default=-1)


def _middle(box_xyxy: Floats) -> Floats:
    return np.asarray((box_xyxy[:2] + box_xyxy[2:]) / 2, np.float32)
