"""Finds the hands of a photo: around every person at the person's own scale, and cheaply over the whole picture.

MediaPipe's palm detector sees one scale at a time, and its scores swing with the scale: one hand got 0.17 and 0.96 at
two. So what it answers weakly is looked at again, closer and in the middle of the look, before the landmark network,
which costs more, has the last word.
"""

from collections.abc import Sequence

import numpy as np

from vision import boxes, hand_looks, palms
from vision.landmarks import HandLandmarker
from vision.looks import Look
from vision.palms import PalmDetector
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Hand, Photo

SAME_HAND = 0.5  # intersection over union of two hands' boxes
_SCORE = -1


class HandFinder:
    """The two compiled networks; ``threads`` is how many they may use."""

    def __init__(self, threads: int = 1) -> None:
        self._palms = PalmDetector(threads)
        self._landmarks = HandLandmarker(threads)

    def __call__(self, photo: Photo, faces: Sequence[Face]) -> tuple[Hand, ...]:
        """All hands of a photo, from left to right."""
        image, scale_xy = photo.pixels, photo.scale_xy
        height, width = image.shape[:2]
        faces_xyxy = [face.box_xyxy / np.tile(scale_xy, 2) for face in faces]
        looks = hand_looks.looks_for(width, height, faces_xyxy)
        pyramid = Pyramid(image)
        least = hand_looks.ASKS_AT_A_HANDS_SIZE
        answers = palms.merge(np.concatenate([self._look(pyramid, look, least) for look in looks]))
        closer = hand_looks.closer_looks(answers, faces_xyxy)
        again = [self._look(pyramid, look, palms.MIN_SCORE) for look in closer]
        found = palms.merge(np.concatenate([answers[answers[:, _SCORE] >= palms.MIN_SCORE], *again]))
        hands = distinct(self._landmarks(image, found))
        return tuple(_scaled(hand, scale_xy) for hand in sorted(hands, key=lambda hand: float(hand.box_xyxy[0])))

    def again(self, photo: Photo, hand: Hand) -> tuple[Hand, ...]:
        """The same hand by two more looks, as ``HandLandmarker.again`` gives them."""
        found = self._landmarks.again(photo.pixels, np.asarray(hand.keypoints_xy / photo.scale_xy, np.float32))
        return tuple(_scaled(each, photo.scale_xy) for each in found)

    def _look(self, pyramid: Pyramid, look: Look, least: float) -> Floats:
        cutting = look.cut(pyramid)
        found = self._palms(cutting.image, *look.canvas_size, least)
        values = found.shape[1] - 1
        found[:, :values] = cutting.back(found[:, :values].reshape(-1, values // 2, 2)).reshape(-1, values)
        return found


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
