"""The peer: mediapipe's ready-made hands on the whole photo, with a plain count of fingers.

The only file that runs mediapipe itself; netra takes nothing but the weights from its package.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from evaluation.hands_fingers import fingers_up
from evaluation.hands_pairing import SeenHand
from vision.types import Photo

MOST_HANDS: Final = 60
"""More than a group photo has; mediapipe's own default is 2."""


class MediaPipeHands:
    """mediapipe's hands for single pictures, with its own confidences. Loading it takes seconds."""

    def __init__(self) -> None:
        with _muted():
            import mediapipe

            self._hands: Any = mediapipe.solutions.hands.Hands(static_image_mode=True, max_num_hands=MOST_HANDS)
            # Its parts start on threads of their own and write their notes then; an answer means that all have.
            self._hands.process(np.zeros((64, 64, 3), np.uint8))

    def __call__(self, photo: Photo) -> tuple[SeenHand, ...]:
        """The hands of a photo, each with its count of fingers; pixels of the full upright photo."""
        with _muted():
            found = self._hands.process(photo.pixels).multi_hand_landmarks or ()
        size = np.array([photo.width, photo.height])
        seen = []
        for each in found:
            points = np.array([[point.x, point.y] for point in each.landmark]) * size
            box = np.concatenate([points.min(0), points.max(0)]).astype(np.float32)
            seen.append(SeenHand(box, fingers=fingers_up(points.astype(np.float32))))
        return tuple(seen)


@contextlib.contextmanager
def _muted() -> Iterator[None]:
    """mediapipe's libraries write notes for their makers straight to the process's standard error; nobody can turn
    them off. Mistakes come back as exceptions all the same.
    """
    sys.stderr.flush()
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)
