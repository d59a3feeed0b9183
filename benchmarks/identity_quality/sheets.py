"""Spoilt faces laid out on sheets, as in a large group photo, and found again as a scan finds them."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image as PillowImage

from benchmarks.identity_quality.spoil import Clipping, Spoiling, spoil
from vision.analyse import Analyser
from vision.boxes import iou
from vision.types import FaceReading, Floats, Image, Photo

# A common size of a photo that was sent through a messenger. How small a face is still found depends on the photo's
# size, since the detector's work is bounded (``vision.faces``).
SHEET_WIDTH: Final = 1280
SHEET_HEIGHT: Final = 960
GAP: Final = 0.3  # of the face's side, between the pictures
PAPER: Final = 128
MOST_FACES: Final = 30  # of a large group photo; how many looks the detector takes at small faces is bounded too
SAME_FACE: Final = 0.3  # overlap from which a found face is the one that was laid there


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A photo of many faces.

    Attributes:
        pixels: (h, w, 3) uint8 RGB, as it comes out of its JPEG file.
        boxes_xyxy: (N, 4) float32, where the faces are, in the order of the clippings.
    """

    pixels: Image
    boxes_xyxy: Floats


def sheets(clippings: Sequence[Clipping], spoiling: Spoiling, seed: int) -> Iterator[Sheet]:
    """Lay spoilt faces out in rows, in order, on as many sheets as it takes.

    Args:
        clippings: good pictures.
        spoiling: what is done to each.
        seed: of everything that chance decides.
    """
    boxes: list[Floats] = []
    page = _paper()
    gap = max(2, round(GAP * spoiling.side))
    x = y = gap
    row = 0
    for index, clipping in enumerate(clippings):
        picture, box = spoil(clipping, spoiling, np.random.default_rng([seed, index]))
        height, width = picture.shape[:2]
        if x + width + gap > SHEET_WIDTH:
            x, y, row = gap, y + row + gap, 0
        if (y + height + gap > SHEET_HEIGHT or len(boxes) == MOST_FACES) and boxes:
            yield Sheet(_saved(page, spoiling.jpeg), np.array(boxes, np.float32))
            page, boxes = _paper(), []
            x, y, row = gap, gap, 0
        page[y : y + height, x : x + width] = picture
        boxes.append(box + np.array([x, y, x, y], np.float32))
        x, row = x + width + gap, max(row, height)
    if boxes:
        yield Sheet(_saved(page, spoiling.jpeg), np.array(boxes, np.float32))


def read(
    analyser: Analyser, clippings: Sequence[Clipping], spoiling: Spoiling, seed: int
) -> tuple[tuple[FaceReading, ...], ...]:
    """For each clipping the face found where it lies, or nothing where none was found."""
    found: list[tuple[FaceReading, ...]] = []
    for sheet in sheets(clippings, spoiling, seed):
        height, width = sheet.pixels.shape[:2]
        faces = analyser.read_faces(Photo(sheet.pixels, width, height, "sha256:" + "0" * 64, "JPEG"))
        boxes = np.array([each.face.box_xyxy for each in faces], np.float32).reshape(-1, 4)
        for box in sheet.boxes_xyxy:
            overlaps = iou(box, boxes)
            best = int(np.argmax(overlaps)) if len(boxes) else -1
            found.append((faces[best],) if best >= 0 and overlaps[best] > SAME_FACE else ())
    return tuple(found)


def _paper() -> Image:
    return np.full((SHEET_HEIGHT, SHEET_WIDTH, 3), PAPER, np.uint8)


def _saved(page: Image, quality: int) -> Image:
    coded = io.BytesIO()
    PillowImage.fromarray(page).save(coded, "JPEG", quality=quality)
    with PillowImage.open(coded) as picture:
        return np.array(picture.convert("RGB"))
