"""From pixels to a fingerprint."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from vision.fingerprint import Fingerprint
from vision.fingerprint_bytes import Features, to_bytes
from vision.fingerprint_points import Grey, find_points, working_picture
from vision.pdq import pdq
from vision.types import Face, Photo

ICON_SIDE: Final = 48  # pixels at most, the longer side
FACE_SIDE: Final = 7
"""Pixels that a face may have in the icon. At 14 and more the face model knew people again from enlarged icons as from
photos; docs/copies.md has the figures."""
SMALLEST_ICON: Final = 12  # pixels, the longer side


def make(photo: Photo, faces: Sequence[Face]) -> Fingerprint:
    """See ``fingerprint.fingerprint``."""
    picture = working_picture(photo.pixels)
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    hashed, quality = pdq(picture)
    features = Features(photo.width, photo.height, _icon(grey, icon_side(photo, faces)), find_points(grey))
    return Fingerprint(hashed, quality, to_bytes(features))


def icon_side(photo: Photo, faces: Sequence[Face]) -> int:
    """Pixels of the icon's longer side: as many as leave the largest face unknowable."""
    largest = max((float((face.box_xyxy[2:] - face.box_xyxy[:2]).max()) for face in faces), default=0.0)
    share = largest / max(photo.width, photo.height)
    return ICON_SIDE if share * ICON_SIDE <= FACE_SIDE else max(SMALLEST_ICON, int(FACE_SIDE / share))


def _icon(grey: Grey, side: int) -> Grey:
    rows, columns = grey.shape
    scale = side / max(rows, columns)
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
