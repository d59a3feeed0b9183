"""The pipeline that people build today."""

import time
from pathlib import Path
from typing import Any

import cv2
import face_recognition
import mediapipe
import numpy as np

from benchmarks.taken import Taken


class Peer:
    """face_recognition with its defaults, then mediapipe's hands for single pictures."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)
        self._hands: Any = mediapipe.solutions.hands.Hands(static_image_mode=True, max_num_hands=2)

    def __call__(self, path: Path) -> Taken:
        start = time.perf_counter()
        pixels = np.asarray(face_recognition.load_image_file(path))
        places = face_recognition.face_locations(pixels)
        face_recognition.face_encodings(pixels, places)
        hands = self._hands.process(pixels).multi_hand_landmarks or ()
        return Taken(time.perf_counter() - start, len(places), len(hands))
