"""The features of a fingerprint as bytes: what a database keeps. The order of bytes is little-endian everywhere.

magic "nf", version, icon width, icon height, 0, points N (uint16), width, height of the photo (uint32 each)
icon: a byte a pixel, row by row
levels: N bytes;  x, y: N x 2 uint16, 65535 for the right and the lower edge;  words: N x 8 uint16
"""

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np

from vision.fingerprint_points import LEVELS, MOST, WORDS, Grey, Points

VERSION: Final = 1
_HEAD: Final = struct.Struct("<2s4BHII")
_MAGIC: Final = b"nf"
_EDGE: Final = 65535
_POINT_BYTES: Final = 1 + 2 * 2 + WORDS * 2


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """What is kept of a picture to find it again in another.

    Attributes:
        width, height: of the full upright photo.
        icon: (h, w) uint8, the picture in grey and very small.
    """

    width: int
    height: int
    icon: Grey
    points: Points


def to_bytes(features: Features) -> bytes:
    """The features as bytes."""
    points, (rows, columns) = features.points, features.icon.shape
    head = _HEAD.pack(
        _MAGIC, VERSION, columns, rows, 0, len(points.levels), min(features.width, 2**32 - 1), features.height
    )
    places = np.rint(points.shares_xy.astype(np.float64) * _EDGE).astype("<u2")
    return b"".join(
        (head, features.icon.tobytes(), points.levels.tobytes(), places.tobytes(), points.words.astype("<u2").tobytes())
    )


def from_bytes(data: bytes) -> Features:
    """The features that ``to_bytes`` wrote.

    Raises:
        ValueError: other bytes, or bytes of a later version.
    """
    if len(data) < _HEAD.size or data[:2] != _MAGIC:
        raise ValueError(f"features: expected at least {_HEAD.size} bytes that begin with {_MAGIC!r}")
    _, version, columns, rows, _, count, width, height = _HEAD.unpack_from(data)
    if version != VERSION:
        raise ValueError(f"features: expected version {VERSION}, got {version}")
    expected = _HEAD.size + columns * rows + count * _POINT_BYTES
    if len(data) != expected or count > MOST or not (columns and rows and width and height):
        raise ValueError(f"features: expected {expected} bytes and {MOST} points at most, got {len(data)} and {count}")
    icon_end = _HEAD.size + columns * rows
    icon = np.frombuffer(data, np.uint8, columns * rows, _HEAD.size).reshape(rows, columns)
    levels = np.frombuffer(data, np.uint8, count, icon_end)
    if count and int(levels.max()) >= LEVELS:
        raise ValueError(f"features: expected levels under {LEVELS}, got {int(levels.max())}")
    places = np.frombuffer(data, "<u2", count * 2, icon_end + count).reshape(count, 2)
    words = np.frombuffer(data, "<u2", count * WORDS, icon_end + 5 * count).reshape(count, WORDS)
    points = Points((places / _EDGE).astype(np.float32), levels, words.astype(np.uint16))
    return Features(width, height, icon, points)
