"""The working copy of a photo: what matters marked, everybody else's face made unrecognisable.

A case file is read by many people. Who stands beside a candidate is no business of most of them, so the head of
everybody who is not marked is replaced by a few flat colours. The untouched original goes with the file for those who
must look.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image as PillowImage

from vision.draw import HEAD, annotate
from vision.marks import FaceMark, HandMark, Tone
from vision.photo import load_photo_bytes
from vision.photo_limits import DEFAULT_LIMITS, PhotoLimits
from vision.picture_file import QUALITY
from vision.types import Floats, Image, Photo, frozen_box

LONGEST_SIDE: Final = 2000
"""Pixels: twice what an office screen shows and enough for half a page of print at 300 dots an inch."""

CELLS: Final = 2
"""A hidden head is made of 2 x 2 averages. Faces behind finer mosaics can be told apart by a network trained on them
(McPherson, Shokri and Shmatikov, "Defeating image obfuscation with deep learning", arXiv 1609.00408); of four smeared
colours of hair, skin and background no feature of a face is left. ``tests/vision/test_working_copy.py`` asks netra's
own detector and face model."""

AROUND_HEAD: Final = np.array([-0.15, -0.15, 0.15, 0.25], np.float32)
"""More than ``HEAD``, in shares of the box's sides: ears, scarves and chins go as well, and boxes are not exact."""

LEVELS: Final = 16
"""Steps of each colour in a hidden head, so that not even the averages stand there exactly."""

FACE_AROUND: Final = 0.6
HAND_AROUND: Final = 0.35
"""How much a crop shows around a face or a hand: shares of the longer side of its box, by eye."""

CROP_SIDE_AT_LEAST: Final = 240
"""Pixels: smaller crops are enlarged, so that a page of paper shows them without a viewer's own smoothing."""


@dataclass(frozen=True, slots=True, eq=False)
class WorkingCopy:
    """The copy with its details, all JPEG without metadata.

    Attributes:
        jpeg: the whole picture.
        width, height: its size in pixels.
        face_jpegs: one for each face asked for, in that order.
        hand_jpegs: one for each hand asked for, in that order.
    """

    jpeg: bytes
    width: int
    height: int
    face_jpegs: tuple[bytes, ...]
    hand_jpegs: tuple[bytes, ...]


def make_working_copy(
    data: bytes,
    name: str,
    faces: Sequence[FaceMark],
    hands: Sequence[HandMark],
    limits: PhotoLimits = DEFAULT_LIMITS,
) -> WorkingCopy:
    """Draw a photo again for a case file: the same bytes for the same photo and marks.

    Args:
        data: the file.
        name: what messages call it.
        faces: every face of the photo; those with the tone ``OTHER`` are hidden, the others marked and cut out.
        hands: every hand of the photo; those that show a symbol are marked and cut out.
        limits: what the photo may cost.

    Raises:
        PhotoError: the photo cannot be used.
    """
    photo = load_photo_bytes(data, name, limits, LONGEST_SIDE)
    hidden = hide_bystanders(photo, faces, hands)
    shown_faces = [mark for mark in faces if mark.tone is not Tone.OTHER]
    shown_hands = [mark for mark in hands if mark.tone is Tone.SYMBOL]
    picture = annotate(hidden, shown_faces, shown_hands, (), photo.scale_xy)
    scale = np.tile(photo.scale_xy, 2)
    return WorkingCopy(
        jpeg_of(picture),
        picture.shape[1],
        picture.shape[0],
        tuple(jpeg_of(_crop(hidden, mark.box_xyxy / scale, FACE_AROUND)) for mark in shown_faces),
        tuple(jpeg_of(_crop(hidden, _around(mark.keypoints_xy) / scale, HAND_AROUND)) for mark in shown_hands),
    )


def make_portrait(data: bytes, name: str, box_xyxy: ArrayLike = (), limits: PhotoLimits = DEFAULT_LIMITS) -> bytes:
    """A reference photo of a candidate, or the part around the face in it, to lay beside a face: JPEG.

    Args:
        data: the file.
        name: what messages call it.
        box_xyxy: of the candidate's face, in pixels of the full upright photo; empty for the whole photo.
        limits: what the photo may cost.

    Raises:
        PhotoError: the photo cannot be used.
    """
    photo = load_photo_bytes(data, name, limits, LONGEST_SIDE)
    if not np.size(box_xyxy):
        return jpeg_of(_at_most(photo.pixels, 2 * CROP_SIDE_AT_LEAST))
    box = frozen_box("box_xyxy", box_xyxy) / np.tile(photo.scale_xy, 2)
    return jpeg_of(_crop(photo.pixels, box, FACE_AROUND))


def hide_bystanders(photo: Photo, faces: Sequence[FaceMark], hands: Sequence[HandMark]) -> Image:
    """The photo's pixels with the heads of bystanders made unrecognisable, (h, w, 3) uint8 RGB.

    What must be seen keeps its pixels where it lies before a bystander's hair or neck, never where it lies before
    their face.
    """
    height, width = photo.pixels.shape[:2]
    scale = np.tile(photo.scale_xy, 2)
    hidden: NDArray[np.bool_] = np.zeros((height, width), bool)
    smeared: Image = photo.pixels.copy()
    tight: list[tuple[slice, slice]] = []
    for mark in faces:
        if mark.tone is not Tone.OTHER:
            continue
        box = mark.box_xyxy / scale
        where = _slices(box + (HEAD + AROUND_HEAD) * np.tile(box[2:] - box[:2], 2), width, height)
        if photo.pixels[where].size == 0:
            continue
        smeared[where] = _smeared(photo.pixels[where])
        hidden[where] = True
        tight.append(_slices(box, width, height))
    boxes = [mark.box_xyxy / scale for mark in faces if mark.tone is not Tone.OTHER]
    boxes += [_around(mark.keypoints_xy) / scale for mark in hands if mark.tone is Tone.SYMBOL]
    for box in boxes:
        hidden[_slices(box, width, height)] = False
    for where in tight:
        hidden[where] = True
    return np.where(hidden[:, :, None], smeared, photo.pixels)


def jpeg_of(pixels: Image) -> bytes:
    """A JPEG of quality 90 in full colour resolution, without EXIF, profile, comment or thumbnail."""
    encoded = BytesIO()
    PillowImage.fromarray(pixels).save(encoded, "JPEG", quality=QUALITY, subsampling="4:4:4")
    return encoded.getvalue()


def _smeared(head: Image) -> Image:
    """The same size, out of 2 x 2 rough averages."""
    averages = cv2.resize(head, (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    step = 256 // LEVELS
    rough = (averages // step * step + step // 2).astype(np.uint8)
    size_wh = (head.shape[1], head.shape[0])
    return np.asarray(cv2.resize(rough, size_wh, interpolation=cv2.INTER_LINEAR), np.uint8)


def _around(points_xy: Floats) -> Floats:
    return np.concatenate([points_xy.min(axis=0), points_xy.max(axis=0)])


def _slices(box_xyxy: Floats, width: int, height: int) -> tuple[slice, slice]:
    """Rows and columns of whole pixels around a box, inside the picture."""
    x0, y0 = np.floor(box_xyxy[:2]).astype(int)
    x1, y1 = np.ceil(box_xyxy[2:]).astype(int)
    rows = slice(int(np.clip(y0, 0, height)), int(np.clip(y1, 0, height)))
    return rows, slice(int(np.clip(x0, 0, width)), int(np.clip(x1, 0, width)))


def _crop(pixels: Image, box_xyxy: Floats, around: float) -> Image:
    """A square around a box, as far as the picture reaches, at least ``CROP_SIDE_AT_LEAST`` on its longer side."""
    height, width = pixels.shape[:2]
    middle = (box_xyxy[:2] + box_xyxy[2:]) / 2
    half = float((box_xyxy[2:] - box_xyxy[:2]).max()) * (0.5 + around)
    where = _slices(np.concatenate([middle - half, middle + half]).astype(np.float32), width, height)
    part = pixels[where]
    if part.size == 0:  # a box outside the picture: the whole is all there is to show
        part = pixels
    return _at_most(_at_least(part, CROP_SIDE_AT_LEAST), 3 * CROP_SIDE_AT_LEAST)


def _at_least(part: Image, side: int) -> Image:
    factor = side / max(part.shape[:2])
    return part if factor <= 1 else _scaled(part, factor, cv2.INTER_CUBIC)


def _at_most(part: Image, side: int) -> Image:
    factor = side / max(part.shape[:2])
    return part if factor >= 1 else _scaled(part, factor, cv2.INTER_AREA)


def _scaled(part: Image, factor: float, how: int) -> Image:
    size_wh = (max(1, round(part.shape[1] * factor)), max(1, round(part.shape[0] * factor)))
    return np.asarray(cv2.resize(part, size_wh, interpolation=how), np.uint8)
