"""What is kept of a photo to know it again: recompressed, resized, cropped, mirrored, in a frame. See docs/copies.md.

It is taken over the whole picture, holds no template of a face, and its picture is too small for one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vision.types import Face, Photo

PDQ_BYTES: Final = 32
PDQ_QUALITY: Final = 100  # the best


class CopyRelation(StrEnum):
    """What a copy is, beside the photo that stands for its group."""

    SAME_BYTES = "same-bytes"
    RECOMPRESSED = "recompressed"
    RESIZED = "resized"
    MIRRORED = "mirrored"  # or turned, whole or in part
    CROPPED = "cropped"
    FRAMED = "framed"  # with something around it: a screenshot, a caption, or the larger photo it was cut from


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A photo's fingerprint.

    Attributes:
        pdq: 32 bytes, Meta's PDQ hash of the whole picture.
        quality: 0 to 100, PDQ's own: how much there is in the picture to be told by.
        features: what ``vision.fingerprint_bytes`` reads, points and a very small picture; empty where the hash alone
            is kept.
    """

    pdq: bytes
    quality: int
    features: bytes

    def __post_init__(self) -> None:
        if len(self.pdq) != PDQ_BYTES:
            raise ValueError(f"pdq: expected {PDQ_BYTES} bytes, got {len(self.pdq)}")
        if not 0 <= self.quality <= PDQ_QUALITY:
            raise ValueError(f"quality: expected 0 to {PDQ_QUALITY}, got {self.quality}")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two photos that show the same exposure.

    Attributes:
        relation: what the second is, beside the first; never ``same-bytes``, which pixels cannot tell.
        mirrored: the second shows left and right exchanged.
        share_of_first: how much of the first photo's area the second shows, 0 to 1.
        share_of_second: how much of the second photo's area shows the first, 0 to 1.
        points: how many points of both agree about where the one lies in the other; 0 where only the whole pictures
            could be compared.
        differs: share of what they have in common that differs, 0 to 1: a sticker, a caption, a retouched place.
    """

    relation: CopyRelation
    mirrored: bool
    share_of_first: float
    share_of_second: float
    points: int
    differs: float


def fingerprint(photo: Photo, faces: Sequence[Face] = ()) -> Fingerprint:
    """The fingerprint of a photo already decoded.

    Args:
        photo: the photo.
        faces: those found in it: the larger they are, the smaller is the picture that is kept, so that nobody can be
            known by it.
    """
    from vision.fingerprint_make import make

    return make(photo, faces)


def same_photo(first: Fingerprint, second: Fingerprint) -> tuple[Likeness, ...]:
    """One likeness where both are the same exposure, else none.

    Raises:
        ValueError: the features of one are damaged.
    """
    from vision.fingerprint_likeness import compare

    return compare(first, second)
