"""Where the labels of an annotated picture go: inside the picture, off faces and hands, off each other.

Pure geometry on boxes: (n, 4) float32 ``xyxy`` in pixels of the picture that is drawn on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from vision.types import Floats

# What covering something with a label costs, per covered pixel. Another label must stay readable; a face is what the
# picture is looked at for, and a candidate's own face a little less, since the label at least speaks of it.
_OVER_LABEL = 20.0
_OVER_FACE = 10.0
_OVER_OWN = 6.0
_OVER_HAND = 3.0
# What each pixel between a label and its box costs.
_AWAY = 6.0
_STEPS = 4  # how many label heights a label may move away from its box


@dataclass(frozen=True, slots=True, eq=False)
class Wish:
    """A label that wants a place.

    Attributes:
        box_xyxy: (4,) float32, what the label names.
        size_wh: width and height of the label in pixels.
        own: which of the faces the label names, or none where it names a hand.
    """

    box_xyxy: Floats
    size_wh: tuple[int, int]
    own: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.box_xyxy.shape != (4,):
            raise ValueError(f"box_xyxy: expected shape (4,), got {self.box_xyxy.shape}")
        if min(self.size_wh) < 1:
            raise ValueError(f"size_wh: expected at least 1 x 1, got {self.size_wh}")


def overlaps(boxes_xyxy: Floats, others_xyxy: Floats) -> Floats:
    """(n, m) float32: the square pixels each of ``boxes_xyxy`` (n, 4) shares with each of ``others_xyxy`` (m, 4)."""
    low = np.maximum(boxes_xyxy[:, None, :2], others_xyxy[None, :, :2])
    high = np.minimum(boxes_xyxy[:, None, 2:], others_xyxy[None, :, 2:])
    return np.asarray(np.maximum(high - low, 0).prod(axis=2), np.float32)


def _corners(wish: Wish) -> Iterator[tuple[float, float]]:
    """Top left corners to try, the liked ones first: above, below, beside, inside, then further away."""
    x0, y0, x1, y1 = (float(v) for v in wish.box_xyxy)
    width, height = wish.size_wh
    columns = (x0, x1 - width, (x0 + x1 - width) / 2)
    for x in columns:
        yield x, y0 - height
    for x in columns:
        yield x, y1
    for x in (x1, x0 - width):
        yield from ((x, y0), (x, y1 - height))
    for x in columns:
        yield from ((x, y1 - height), (x, y0))
    for step in range(1, _STEPS + 1):
        for x in columns:
            yield from ((x, y0 - height * (step + 1)), (x, y1 + height * step))


def _distances(boxes_xyxy: Floats, box_xyxy: Floats) -> Floats:
    """(n,) float32: the gap between each of ``boxes_xyxy`` (n, 4) and ``box_xyxy`` (4,), 0 where they touch."""
    gaps = np.maximum(boxes_xyxy[:, :2] - box_xyxy[2:], box_xyxy[:2] - boxes_xyxy[:, 2:])
    return np.asarray(np.maximum(gaps, 0).max(axis=1), np.float32)


def place(wishes: Sequence[Wish], faces_xyxy: Floats, hands_xyxy: Floats, picture_wh: tuple[int, int]) -> Floats:
    """Give each label its place, in the order of ``wishes``: who comes first has the choice.

    Args:
        wishes: the labels, none wider or higher than the picture.
        faces_xyxy: (n, 4) float32, every face, also those without a label.
        hands_xyxy: (m, 4) float32, every hand.
        picture_wh: width and height of the picture.

    Returns:
        (len(wishes), 4) float32 boxes, each of its label's size and inside the picture. They cover each other, or a
        face, only where the picture leaves no other place near what they name.

    Raises:
        ValueError: a label is larger than the picture.
    """
    placed = np.zeros((len(wishes), 4), np.float32)
    for i, wish in enumerate(wishes):
        room = np.subtract(picture_wh, wish.size_wh)
        if room.min() < 0:
            raise ValueError(f"wishes[{i}]: expected a label of at most {picture_wh} pixels, got {wish.size_wh}")
        weights = np.full(len(faces_xyxy), _OVER_FACE, np.float32)
        weights[list(wish.own)] = _OVER_OWN
        at = np.clip(np.round(list(_corners(wish))), 0, room)
        tries = np.concatenate([at, at + wish.size_wh], axis=1).astype(np.float32)
        cost = (
            overlaps(tries, placed[:i]).sum(axis=1) * _OVER_LABEL
            + overlaps(tries, faces_xyxy) @ weights
            + overlaps(tries, hands_xyxy).sum(axis=1) * _OVER_HAND
            + _distances(tries, wish.box_xyxy) * _AWAY
        )
        placed[i] = tries[cost.argmin()]  # the first of equals: the liked ones come first
    return placed
