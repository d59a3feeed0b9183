"""From pixels to a fingerprint."""

from typing import Final

import cv2
import numpy as np
import pdqhash  # type: ignore[import-untyped]  # ships no types

from vision.fingerprint import Fingerprint
from vision.fingerprint_bytes import Features, to_bytes
from vision.fingerprint_points import Grey, find_points, working_picture
from vision.types import Photo

ICON_SIDE: Final = 48  # pixels, the longer side


def make(photo: Photo) -> Fingerprint:
    """The fingerprint of a photo."""
    picture = working_picture(photo.pixels)
    grey = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    bits, quality = pdqhash.compute(picture)
    features = Features(photo.width, photo.height, _icon(grey), find_points(grey))
    return Fingerprint(np.packbits(bits.astype(bool)).tobytes(), int(quality), to_bytes(features))


def _icon(grey: Grey) -> Grey:
    rows, columns = grey.shape
    scale = ICON_SIDE / max(rows, columns)
    size = (max(1, round(columns * scale)), max(1, round(rows * scale)))
    return np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
