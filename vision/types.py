"""What vision hands to the rooms above it. Every type is frozen and checked at birth.

Boxes are ``xyxy`` and points ``xy``: float32 pixels of the full upright photo, origin at its top left corner,
x to the right, y down. Images are RGB uint8 of shape (H, W, 3).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vision.exif import NO_EXIF, ExifFacts

Image = NDArray[np.uint8]
Floats = NDArray[np.float32]
Side = Literal["left", "right"]

FLOOR: Final = 0.5
"""A face whose ``FaceQuality.value`` is under this cannot be assessed: a "no" would be wrong too often.

Half of what good photos find is lost between 0.3 and 0.4 on real photos and at 0.7 on rendered ones. Misses decide it:
strangers in good photos are ``possible`` in 4.1% of searches, from 0.4 to 0.5 in 1.5%, under 0.1 in 1.0%. See
docs/identity-quality.md.
"""


def frozen_array(name: str, array: ArrayLike, shape: tuple[int, ...]) -> Floats:
    """A read-only float32 copy.

    Args:
        name: what the error calls it.
        array: finite numbers.
        shape: the shape they must have.

    Raises:
        ValueError: another shape, or a number that is not finite.
    """
    copy = np.array(array, dtype=np.float32)
    if copy.shape != shape:
        raise ValueError(f"{name}: expected shape {shape}, got {copy.shape}")
    if not np.isfinite(copy).all():
        raise ValueError(f"{name}: expected finite numbers, got {copy}")
    copy.setflags(write=False)
    return copy


def _unit(name: str, value: float) -> float:
    if not 0 <= value <= 1:
        raise ValueError(f"{name}: expected a number from 0 to 1, got {value}")
    return float(value)


def frozen_box(name: str, box_xyxy: ArrayLike) -> Floats:
    """A read-only float32 copy of a box, (4,) with x0 < x1 and y0 < y1.

    Raises:
        ValueError: the numbers are no such box.
    """
    box = frozen_array(name, box_xyxy, (4,))
    if box[2] <= box[0] or box[3] <= box[1]:
        raise ValueError(f"{name}: expected x0 < x1 and y0 < y1, got {box}")
    return box


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """One decoded photo.

    Attributes:
        pixels: (h, w, 3) uint8 RGB, upright; smaller than the full photo where that was far larger than needed.
        width: pixels across the full upright photo.
        height: pixels down the full upright photo.
        sha256: ``sha256:`` and 64 hex digits, of the file's bytes as they are on disk.
        format: Pillow's name of the file format, for example ``JPEG``.
        exif: what the file says of when and with what it was made.
    """

    pixels: Image
    width: int
    height: int
    sha256: str
    format: str
    exif: ExifFacts = NO_EXIF

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.shape[2] != 3 or self.pixels.dtype != np.uint8:
            raise ValueError(f"pixels: expected (h, w, 3) uint8, got {self.pixels.shape} {self.pixels.dtype}")
        if self.width < self.pixels.shape[1] or self.height < self.pixels.shape[0]:
            raise ValueError(f"pixels {self.pixels.shape[:2]} are larger than the photo {self.height, self.width}")

    @property
    def scale_xy(self) -> Floats:
        """(2,) float32: multiply a point of ``pixels`` by it to get a point of the full upright photo."""
        height, width = self.pixels.shape[:2]
        return np.array([self.width / width, self.height / height], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One detected face.

    Attributes:
        box_xyxy: (4,) float32.
        keypoints_xy: (6, 2) float32: the eye, then the other eye (the person's right one first), nose tip, mouth
            centre, right ear, left ear: BlazeFace's order.
        score: the detector's score, 0 to 1.
    """

    box_xyxy: Floats
    keypoints_xy: Floats
    score: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "box_xyxy", frozen_box("box_xyxy", self.box_xyxy))
        object.__setattr__(self, "keypoints_xy", frozen_array("keypoints_xy", self.keypoints_xy, (6, 2)))
        object.__setattr__(self, "score", _unit("score", self.score))


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """How well a face can be compared.

    Attributes:
        size: the larger side of the face box in pixels of the full photo.
        sharpness: 0 (a smear, noise or darkness) to 1, the worst of three grades of the aligned crop: detail against
            contrast, in the direction that has least of it; noise; and contrast itself.
        frontality: 0 (a profile, or a face turned as far up or down) to 1 (facing the camera): yaw from where the nose
            lies between the eyes, pitch from how far down ears and nose lie; the worse one counts.
        value: 0 to 1, all in one number: the smallest grade of size, sharpness, frontality and of how bare the mouth
            is, which is not kept by itself. ``vision.quality`` has the grades.
    """

    size: float
    sharpness: float
    frontality: float
    value: float

    def __post_init__(self) -> None:
        for name in ("sharpness", "frontality", "value"):
            _unit(name, getattr(self, name))

    @property
    def assessable(self) -> bool:
        """Whether the face is good enough to be compared; where it is not, it is unknown who it is."""
        return self.value >= FLOOR


@dataclass(frozen=True, slots=True, eq=False)
class FaceReading:
    """A face with what the face model made of it. It lives in memory only: see design, "What it never does".

    Attributes:
        template: (D,) float32, as the network gave it; D is 128 for dlib's model.
    """

    face: Face
    quality: FaceQuality
    template: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "template", frozen_array("template", self.template, (self.template.size,)))


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """One detected hand.

    Attributes:
        box_xyxy: (4,) float32, around the keypoints.
        keypoints_xy: (21, 2) float32, MediaPipe's order: wrist, then thumb, index, middle, ring and little finger
            from base to tip.
        world_xyz: (21, 3) float32, metres, origin at the hand's centre, axes as in the photo, z away from the camera.
        side: whose side of the body the hand is, in a photo that is not mirrored.
        side_score: 0.5 to 1, how sure the network is of ``side``.
        presence: 0 to 1, how sure the network is that this is a hand.
    """

    box_xyxy: Floats
    keypoints_xy: Floats
    world_xyz: Floats
    side: Side
    side_score: float
    presence: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "box_xyxy", frozen_box("box_xyxy", self.box_xyxy))
        object.__setattr__(self, "keypoints_xy", frozen_array("keypoints_xy", self.keypoints_xy, (21, 2)))
        object.__setattr__(self, "world_xyz", frozen_array("world_xyz", self.world_xyz, (21, 3)))
        object.__setattr__(self, "side_score", _unit("side_score", self.side_score))
        object.__setattr__(self, "presence", _unit("presence", self.presence))


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a hand shows: HaGRID's label, with how sure the reader is. A hand that shows nothing has no Symbol."""

    label: str
    confidence: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", _unit("confidence", self.confidence))


@dataclass(frozen=True, slots=True, eq=False)
class HandReading:
    """A hand, what it shows and whose it is.

    Attributes:
        symbols: one Symbol, or none for an idle hand or one that cannot be read.
        people: the index of the face in the photo's faces that the hand belongs to, or none where it cannot be told.
        readable: False where the hand is too small to be read: then it is unknown what it shows.
    """

    hand: Hand
    symbols: tuple[Symbol, ...]
    people: tuple[int, ...]
    readable: bool = True

    def __post_init__(self) -> None:
        if len(self.symbols) > 1 or len(self.people) > 1:
            raise ValueError(f"expected at most one symbol and one person, got {self.symbols} and {self.people}")
        if self.symbols and not self.readable:
            raise ValueError(f"symbols: expected none of a hand that cannot be read, got {self.symbols}")


class DepictionKind(StrEnum):
    """What makes a face a picture of somebody instead of somebody present."""

    REFERENCE = "reference-photo"
    """A reference photo of a candidate was found again in the photo: the same picture, however it got there."""
    PRINT = "print"
    """The face lies in a printed rectangle: a banner, a poster, a picture in a frame, a card."""
    SCREEN = "screen"
    """The face lies in the picture of a phone, a tablet, a television or a projection."""


@dataclass(frozen=True, slots=True, eq=False)
class Depiction:
    """Why a face is taken for a picture.

    Attributes:
        kind: what was found.
        quad_xy: (4, 2) float32, the corners of the picture (of what was found again of a reference photo), in order
            around it; they may lie outside the photo.
        score: 0 to 1, how sure.
        reference: what the caller calls the reference photo that was found again; empty for the other kinds.
    """

    kind: DepictionKind
    quad_xy: Floats
    score: float
    reference: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "quad_xy", frozen_array("quad_xy", self.quad_xy, (4, 2)))
        object.__setattr__(self, "score", _unit("score", self.score))
        if bool(self.reference) != (self.kind is DepictionKind.REFERENCE):
            raise ValueError(f"reference: expected one for a reference photo and none else, got {self.reference!r}")


@dataclass(frozen=True, slots=True, eq=False)
class PhotoLayout:
    """How a file is put together.

    Attributes:
        screenshot: it is a picture of a screen: bars of an app or a phone around a picture or more.
        panels_xyxy: the boxes, (4,) float32 each, of the pictures that the file is put together from: the content of a
            screenshot, the parts of a collage, in reading order; none where the whole file is one picture.
    """

    screenshot: bool = False
    panels_xyxy: tuple[Floats, ...] = ()

    def __post_init__(self) -> None:
        boxes = tuple(frozen_box(f"panels_xyxy[{i}]", box) for i, box in enumerate(self.panels_xyxy))
        object.__setattr__(self, "panels_xyxy", boxes)

    def panel_of(self, box_xyxy: ArrayLike) -> int:
        """Which panel holds the middle of a box, else the panel nearest to it; 0 where there is at most one."""
        x0, y0, x1, y1 = frozen_box("box_xyxy", box_xyxy)
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        away = [max(a - x, x - c, 0) + max(b - y, y - d, 0) for a, b, c, d in self.panels_xyxy]
        return int(np.argmin(away)) if away else 0


@dataclass(frozen=True, slots=True, eq=False)
class PictureReading:
    """Which faces of a photo are pictures, and how the photo is put together.

    Attributes:
        depictions: for each face, in the order they were given, what makes it a picture; the surest first, none for a
            face that nothing was found for, which is not proof of presence.
        layout: see ``PhotoLayout``.
    """

    depictions: tuple[tuple[Depiction, ...], ...]
    layout: PhotoLayout = PhotoLayout()
