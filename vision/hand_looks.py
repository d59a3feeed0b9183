"""Where to search hands, and at what scale: around people first, then what answered weakly once more and closer."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from vision.looks import Look
from vision.types import Floats

# How far hands reach from the middle of a face, in face sizes: to each side, up, down (design section 5; measured on a
# montage of 28 people).
REACH_SIDE: Final = 3.2
REACH_UP: Final = 1.5
REACH_DOWN: Final = 4.9
FACE_IN_CANVAS: Final = 24  # pixels
LARGEST_SCALE: Final = 1.5  # enlarging further adds no detail
SAME_SCALE: Final = 1.5  # people whose faces differ less in size may share one look
# The one look at the whole picture. A hand that fills the picture is found only with some room around it: of 250
# close-ups 87% were found without a margin, 98% with a quarter of the picture on every side, all with half.
WHOLE_MARGIN: Final = 0.3
WHOLE_SIDE: Final = 128
COVERED: Final = 0.8  # a picture that people's looks cover this far needs no look of its own
# The palm detector's scores swing with the size of a hand in its input. Of its answers in 182 photos that no sure palm
# explains, a look at each of them found hands behind 39% of 46 at 0.3 to 0.4, 16% of 131 at 0.15 to 0.3, 9% of 458 at
# 0.06 to 0.15 and 6% of 753 at 0.03 to 0.06; behind 37% of those half to 0.7 of a face large, 5% of the others.
SURE: Final = 0.4
ASKS: Final = 0.15
ASKS_AT_A_HANDS_SIZE: Final = 0.05
PALM_OF_FACE: Final = (0.4, 1.1)  # sides of a palm's box in sides of the face
SAME_PLACE: Final = 0.5  # sides of the larger box
PALM_IN_CANVAS: Final = 28  # pixels of a closer look
CLOSER_SIDE: Final = 96  # of a closer look's square canvas; one size, so that its kernels are made once
_REACH: Final = 1.0  # sides of a palm, from its middle, that a closer look must hold: it and the roots of the fingers


def closer_looks(answers: Floats, faces_xyxy: Sequence[Floats]) -> list[Look]:
    """Looks that show doubtful palms larger and in the middle; near ones of one size share a look.

    Args:
        answers: (N, 19) palms as ``palms.PalmDetector`` gives them, weak ones among them.
        faces_xyxy: the faces found, each (4,), in the same pixels.
    """
    sure = answers[answers[:, -1] >= SURE]
    left = sorted((palm[:4] for palm in answers if _doubtful(palm, sure, faces_xyxy)), key=_size)
    looks = []
    while left:
        first = left.pop(0)
        scale = min(LARGEST_SCALE, PALM_IN_CANVAS / _size(first))
        side = CLOSER_SIDE / scale
        corner = _middle(first) - side / 2
        box = np.concatenate([corner, corner + side]).astype(np.float32)
        left = [other for other in left if not _holds(box, other) or _size(other) > SAME_SCALE * _size(first)]
        looks.append(Look(box, scale))
    return looks


def _doubtful(palm: Floats, sure: Floats, faces_xyxy: Sequence[Floats]) -> bool:
    """Neither sure, nor another answer to a sure palm, nor so weak and of such a size that it is hardly ever one."""
    if palm[-1] >= SURE or any(_same_place(palm, other) for other in sure):
        return False
    if palm[-1] >= ASKS:
        return True
    sizes = [_size(face) for face in faces_xyxy if _inside(_middle(palm), _window(face))]
    return any(PALM_OF_FACE[0] <= _size(palm) / size <= PALM_OF_FACE[1] for size in sizes)


def _same_place(one: Floats, other: Floats) -> bool:
    return float(np.abs(_middle(one) - _middle(other)).max()) < SAME_PLACE * max(_size(one), _size(other))


def _inside(point_xy: Floats, box_xyxy: Floats) -> bool:
    return bool((point_xy > box_xyxy[:2]).all() and (point_xy < box_xyxy[2:]).all())


def _middle(box_xyxy: Floats) -> Floats:
    return np.asarray((box_xyxy[:2] + box_xyxy[2:4]) / 2, np.float32)


def _holds(box_xyxy: Floats, palm_xyxy: Floats) -> bool:
    centre, reach = _middle(palm_xyxy), _REACH * _size(palm_xyxy)
    return bool((centre - reach >= box_xyxy[:2]).all() and (centre + reach <= box_xyxy[2:]).all())


def _size(box_xyxy: Floats) -> float:
    return float((box_xyxy[2:4] - box_xyxy[:2]).max())


def looks_for(width: int, height: int, faces_xyxy: Sequence[Floats]) -> list[Look]:
    """Where and at what scale to search a picture of that size, in which those faces were found."""
    looks = [look for group in _groups(faces_xyxy) for look in _shared(group, width, height)]
    if _covered(looks, width, height) < COVERED:
        margin = WHOLE_MARGIN * np.array([-width, -height, width, height], np.float32)
        picture = np.array([0, 0, width, height], np.float32)
        looks.append(Look(picture + margin, WHOLE_SIDE / (max(width, height) * (1 + 2 * WHOLE_MARGIN))))
    return looks


def _window(face_xyxy: Floats) -> Floats:
    centre, size = (face_xyxy[:2] + face_xyxy[2:]) / 2, float((face_xyxy[2:] - face_xyxy[:2]).max())
    reach = np.array([-REACH_SIDE, -REACH_UP, REACH_SIDE, REACH_DOWN], np.float32)
    return np.asarray(np.tile(centre, 2) + reach * size, np.float32)


def _groups(faces_xyxy: Sequence[Floats]) -> list[list[Floats]]:
    """Faces of about one size whose windows touch, directly or through others; largest faces first."""
    left = sorted(faces_xyxy, key=lambda face: -float((face[2:] - face[:2]).max()))
    groups = []
    while left:
        group = [left.pop(0)]
        size = float((group[0][2:] - group[0][:2]).max())
        for member in group:  # grows while it is walked
            window = _window(member)
            near = [
                face
                for face in left
                if (face[2:] - face[:2]).max() * SAME_SCALE >= size and _touch(window, _window(face))
            ]
            group.extend(near)
            left = [face for face in left if not any(face is other for other in near)]
        groups.append(group)
    return groups


def _touch(one: Floats, other: Floats) -> bool:
    return bool((np.minimum(one[2:], other[2:]) > np.maximum(one[:2], other[:2])).all())


def _shared(group: Sequence[Floats], width: int, height: int) -> list[Look]:
    """One look for the whole group, or one each where that takes fewer pixels."""
    single = [_look_at([face], width, height) for face in group]
    together = _look_at(group, width, height)
    return [together] if _cost([together]) <= _cost(single) else single


def _look_at(group: Sequence[Floats], width: int, height: int) -> Look:
    windows = np.stack([_window(face) for face in group])
    sizes = np.array([(face[2:] - face[:2]).max() for face in group])
    scale = min(LARGEST_SCALE, FACE_IN_CANVAS / float(np.exp(np.log(sizes).mean())))
    around = np.concatenate([windows[:, :2].min(0), windows[:, 2:].max(0)])
    # Beyond the edge only so much is kept that a hand cut off there still has room around it.
    room = np.float32(sizes.max())
    limits = np.array([-room, -room, width + room, height + room], np.float32)
    box = np.concatenate([np.maximum(around[:2], limits[:2]), np.minimum(around[2:], limits[2:])])
    return Look(box.astype(np.float32), scale)


def _cost(looks: Sequence[Look]) -> int:
    return sum(rows * columns for rows, columns in (look.canvas_size for look in looks))


def _covered(looks: Sequence[Look], width: int, height: int) -> float:
    """The share of the picture that the looks cover, on a coarse grid."""
    steps = 16
    x, y = np.meshgrid((np.arange(steps) + 0.5) * width / steps, (np.arange(steps) + 0.5) * height / steps)
    inside = np.zeros(x.shape, bool)
    for look in looks:
        x0, y0, x1, y1 = look.box_xyxy
        inside |= (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
    return float(inside.mean())
