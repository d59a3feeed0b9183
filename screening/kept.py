"""What was read of a photo as bytes and texts for keeping, and back: exactly the same numbers, and no template.

Faces and hands are packed one after the other, little-endian: boxes and points as the float32 that they are, scores as
float64, words as UTF-8 behind their length.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from screening.gathered import MetFace, MetPhoto
from screening.pictures import Pictured
from vision.exif import ExifFacts
from vision.fingerprint import Fingerprint
from vision.types import Face, FaceQuality, Floats, Hand, HandReading, Symbol

VERSION: Final = 1
"""Of the packing; what another one packed is read again from the photo."""

_FACE_SCALARS: Final = struct.Struct("<5d")  # score; size, sharpness, frontality, value
_HAND_SCALARS: Final = struct.Struct("<2d?bh")  # side score, presence; readable; left or right; owner or -1
_SYMBOL: Final = struct.Struct("<dB")  # confidence, length of the label
_POINTS: Final = {"face": 4 + 12, "hand": 4 + 42 + 63}


class NotKeptError(ValueError):
    """The bytes are not what ``keep`` makes: of another version, or damaged."""


@dataclass(frozen=True, slots=True)
class KeptReading:
    """A reading as a database keeps it.

    Attributes:
        faces, hands: packed.
        hands_searched: whether hands were looked for.
        exif: JSON of ``vision.exif.ExifFacts``, or empty.
        pictures: JSON of ``screening.pictures.Pictured``, or empty.
        pdq, pdq_quality, features: of ``vision.fingerprint.Fingerprint``; empty where there is none.
    """

    faces: bytes
    hands: bytes
    hands_searched: bool
    exif: str
    pdq: bytes = b""
    pdq_quality: int = 0
    features: bytes = b""
    pictures: str = ""


def fingerprint_of(pdq: bytes, quality: int, features: bytes) -> Fingerprint:
    """A fingerprint out of its columns."""
    return Fingerprint(pdq, quality, features)


def keep(photo: MetPhoto) -> KeptReading:
    """Pack a reading."""
    exif = photo.exif.to_dict()
    return KeptReading(
        bytes([VERSION]) + b"".join(map(_face, photo.faces)),
        b"".join(map(_hand, photo.hands)),
        photo.hands_searched,
        json.dumps(exif, ensure_ascii=False, sort_keys=True) if exif else "",
        b"".join(each.pdq for each in photo.fingerprints),
        sum(each.quality for each in photo.fingerprints),
        b"".join(each.features for each in photo.fingerprints),
        "".join(each.to_json() for each in photo.pictures),
    )


def unpack(sha256: str, width: int, height: int, kept: KeptReading) -> MetPhoto:
    """The reading again.

    Args:
        sha256: of the photo.
        width: of the full upright photo.
        height: of the same.
        kept: what ``keep`` made.

    Raises:
        NotKeptError: it is something else.
    """
    if kept.faces[:1] != bytes([VERSION]):
        raise NotKeptError(f"{sha256}: expected faces packed by version {VERSION}, got {kept.faces[:1]!r}")
    try:
        return MetPhoto(
            sha256,
            width,
            height,
            tuple(_faces(kept.faces)),
            tuple(_hands(kept.hands)),
            kept.hands_searched,
            exif=ExifFacts.from_dict(json.loads(kept.exif or "{}")),
            fingerprints=(Fingerprint(kept.pdq, kept.pdq_quality, kept.features),) if kept.pdq else (),
            pictures=(Pictured.from_json(kept.pictures),) if kept.pictures else (),
        )
    except (ValueError, struct.error, LookupError, TypeError, AttributeError) as error:
        raise NotKeptError(f"{sha256}: expected a packed reading, got something else ({error})") from error


def _packed(*arrays: Floats) -> bytes:
    return b"".join(array.astype("<f4", copy=False).tobytes() for array in arrays)


def _face(met: MetFace) -> bytes:
    face, quality = met.face, met.quality
    scalars = face.score, quality.size, quality.sharpness, quality.frontality, quality.value
    return _packed(face.box_xyxy, face.keypoints_xy) + _FACE_SCALARS.pack(*scalars)


def _faces(data: bytes) -> Iterator[MetFace]:
    count = _POINTS["face"]
    size = 4 * count + _FACE_SCALARS.size
    if (len(data) - 1) % size:
        raise ValueError(f"faces: expected a multiple of {size} bytes, got {len(data) - 1}")
    for start in range(1, len(data), size):
        points = np.frombuffer(data, "<f4", count, start)
        score, *quality = _FACE_SCALARS.unpack_from(data, start + 4 * count)
        yield MetFace(Face(points[:4], points[4:].reshape(6, 2), score), FaceQuality(*quality))


def _hand(reading: HandReading) -> bytes:
    hand = reading.hand
    symbol, confidence = (
        (reading.symbols[0].label.encode(), reading.symbols[0].confidence) if reading.symbols else (b"", 0)
    )
    return (
        _packed(hand.box_xyxy, hand.keypoints_xy, hand.world_xyz)
        + _HAND_SCALARS.pack(
            hand.side_score,
            hand.presence,
            reading.readable,
            hand.side == "right",
            reading.people[0] if reading.people else -1,
        )
        + _SYMBOL.pack(confidence, len(symbol))
        + symbol
    )


def _hands(data: bytes) -> Iterator[HandReading]:
    at, count = 0, _POINTS["hand"]
    while at < len(data):
        points = np.frombuffer(data, "<f4", count, at)
        at += 4 * count
        side_score, presence, readable, is_right, owner = _HAND_SCALARS.unpack_from(data, at)
        at += _HAND_SCALARS.size
        confidence, length = _SYMBOL.unpack_from(data, at)
        at += _SYMBOL.size + length
        label = data[at - length : at].decode()
        hand = Hand(
            points[:4],
            points[4:46].reshape(21, 2),
            points[46:].reshape(21, 3),
            "right" if is_right else "left",
            side_score,
            presence,
        )
        symbols = (Symbol(label, confidence),) if label else ()
        yield HandReading(hand, symbols, (owner,) if owner >= 0 else (), readable)
