"""Finds the hands of a photo: around every person at the person's own scale, and cheaply over the whole picture.

MediaPipe's palm detector sees one scale at a time. People who stand together at one scale share one look, so a row of
ten costs little more than its width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from vision import boxes, palms
from vision.landmarks import HandLandmarker
from vision.palms import PalmDetector
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Hand, Image, Photo

# How far hands reach from the middle of a face, in face sizes: to each side, up, down (design section 5; measured on a
# montage of 28 people).
REACH_SIDE, REACH_UP, REACH_DOWN = 3.2, 1.5, 4.9
# Pixels. A compromise: of 77 shown hands of the invented uploads (their first version) 62 were found at 24, 66 at 32
# and 69 at 40, where the looks cost twice as much as at 24.
FACE_IN_CANVAS = 30
LARGEST_SCALE = 1.5  # enlarging further adds no detail
SAME_SCALE = 1.5  # people whose faces differ less in size may share one look
# The one look at the whole picture. A hand that fills the picture is found only with some room around it: of 250
# close-ups 87% were found without a margin, 98% with a quarter of the picture on every side, all with half.
WHOLE_MARGIN, WHOLE_SIDE = 0.3, 192
COVERED = 0.8  # a picture that people's looks cover this far needs no look of its own
FINER = 4  # pixels a side, at least, that are averaged into one of a look; at 2 a hand of 59 was lost (see faces.FINER)
SAME_HAND = 0.5  # intersection over union of two hands' boxes


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """A part of the picture, and the scale at which palms are searched in it.

    Attributes:
        box_xyxy: (4,) float32, pixels of the picture; it may reach beyond the picture, where its edge goes on.
        scale: canvas pixels for one picture pixel.
    """

    box_xyxy: Floats
    scale: float

    @property
    def canvas_size(self) -> tuple[int, int]:
        """(height, width), multiples of what the detector needs."""
        width, height = (self.box_xyxy[2:] - self.box_xyxy[:2]) * self.scale
        rows, columns = (max(1, -(-round(float(side)) // palms.MULTIPLE)) * palms.MULTIPLE for side in (height, width))
        return rows, columns

    @property
    def canvas_scale(self) -> float:
        """Canvas pixels for one picture pixel once the part fills the canvas: ``scale`` or a little more."""
        width, height = self.box_xyxy[2:] - self.box_xyxy[:2]
        return float(min(self.canvas_size[0] / height, self.canvas_size[1] / width))


class HandFinder:
    """The two compiled networks; ``threads`` is how many they may use."""

    def __init__(self, threads: int = 1) -> None:
        self._palms = PalmDetector(threads)
        self._landmarks = HandLandmarker(threads)

    def __call__(self, photo: Photo, faces: Sequence[Face]) -> tuple[Hand, ...]:
        """All hands of a photo, from left to right."""
        image, scale_xy = photo.pixels, photo.scale_xy
        looks = looks_for(image.shape[1], image.shape[0], [face.box_xyxy / np.tile(scale_xy, 2) for face in faces])
        pyramid = Pyramid(image)
        found = palms.merge(np.concatenate([self._look(pyramid, look) for look in looks]))
        hands = distinct(self._landmarks(image, found))
        return tuple(_scaled(hand, scale_xy) for hand in sorted(hands, key=lambda hand: float(hand.box_xyxy[0])))

    def _look(self, pyramid: Pyramid, look: Look) -> Floats:
        level = pyramid.at(FINER * look.canvas_scale)
        part, corner_xy = cut_out(level.image, level.to(look.box_xyxy))
        found = self._palms(part, *look.canvas_size)
        found[:, :-1] = level.back(found[:, :-1] + np.tile(corner_xy, (found.shape[1] - 1) // 2))
        return found


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


def cut_out(image: Image, box_xyxy: Floats) -> tuple[Image, Floats]:
    """The part of a picture in a box, its edge going on where the box reaches beyond it, and the part's corner (2,)."""
    height, width = image.shape[:2]
    x0, y0 = np.floor(box_xyxy[:2]).astype(int)
    x1, y1 = np.maximum(np.ceil(box_xyxy[2:]).astype(int), [x0 + 1, y0 + 1])
    inside = image[max(0, y0) : min(height, y1), max(0, x0) : min(width, x1)]
    outside = (max(0, -y0), max(0, y1 - height), max(0, -x0), max(0, x1 - width))
    if any(outside):
        inside = np.asarray(cv2.copyMakeBorder(inside, *outside, cv2.BORDER_REPLICATE), np.uint8)
    return inside, np.array([x0, y0], np.float32)


def distinct(hands: Sequence[Hand]) -> list[Hand]:
    """Each hand once: of those whose boxes overlap by half, the one the network is surest of."""
    kept: list[Hand] = []
    for hand in sorted(hands, key=lambda hand: -hand.presence):
        others = np.array([other.box_xyxy for other in kept], np.float32).reshape(-1, 4)
        if not (boxes.iou(hand.box_xyxy, others) > SAME_HAND).any():
            kept.append(hand)
    return kept


def _scaled(hand: Hand, scale_xy: Floats) -> Hand:
    return Hand(
        hand.box_xyxy * np.tile(scale_xy, 2),
        hand.keypoints_xy * scale_xy,
        hand.world_xyz,
        hand.side,
        hand.side_score,
        hand.presence,
    )
