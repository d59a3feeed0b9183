"""Which faces of a photo are pictures of somebody, and how the photo is put together.

What is not found to be a picture is taken for present: that is the error that a person who looks can put right, while
somebody who is there and was called a picture would not be looked at again.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from vision.frames import Rectangle, rectangle_around
from vision.layout import layout_of
from vision.on_body import on_body
from vision.reference_copy import LEAST, ReferencePicture, find_copy, view_of
from vision.types import Depiction, DepictionKind, Face, Floats, Image, Photo, PictureReading

SURE: Final = 0.80
"""Least score of a rectangle; docs/depiction.md has what lower ones would find and cost."""
GOES_ON: Final = 0.35
"""Share of the rows below a rectangle, in the colour of the clothes in it, from which the body goes on below it."""
DARK: Final = 70
"""Grey level, of 255, under which a rim is that of a screen."""
MOST_FACES: Final = 12
"""Faces of a photo that are looked at without looking like a candidate, the largest first."""
SMALLEST: Final = 20.0
"""Pixels of the photo across a face that can be judged."""


def read_picture(
    photo: Photo, faces: Sequence[Face], references: Sequence[Sequence[ReferencePicture]]
) -> PictureReading:
    """Which faces are pictures.

    Args:
        photo: the photo.
        faces: all faces in it.
        references: for each face the reference photos of the candidate it looks like; none for a face that looks like
            nobody.

    Raises:
        ValueError: not one entry of ``references`` for each face.
    """
    if len(references) != len(faces):
        raise ValueError(f"references: expected {len(faces)}, one for each face, got {len(references)}")
    scale = photo.scale_xy
    boxes = [face.box_xyxy / np.tile(scale, 2) for face in faces]
    sizes = [float((box[2:] - box[:2]).max()) for box in boxes]
    unknown = [i for i in np.argsort([-size for size in sizes], kind="stable").tolist() if not references[i]]
    judged = {i for i, wanted in enumerate(references) if wanted} | set(unknown[:MOST_FACES])
    found = [
        _of_face(photo.pixels, i, boxes, references[i], scale) if i in judged and sizes[i] >= SMALLEST else ()
        for i in range(len(faces))
    ]
    layout = layout_of(photo.pixels, boxes)
    panels = tuple(box * np.tile(scale, 2) for box in layout.panels_xyxy)
    return PictureReading(tuple(found), type(layout)(layout.screenshot, panels))


def _of_face(
    pixels: Image, i: int, boxes: Sequence[Floats], references: Sequence[ReferencePicture], scale: Floats
) -> tuple[Depiction, ...]:
    box, others = boxes[i], [*boxes[:i], *boxes[i + 1 :]]
    found = []
    if references:
        view, size = view_of(pixels, box), float((box[2:] - box[:2]).max())
        for reference in references:
            for copy in find_copy(view, reference.view, size):
                if copy.score > LEAST:
                    kind = DepictionKind.REFERENCE
                    found.append(Depiction(kind, copy.quad_xy * scale, copy.score, reference.name))
    for rectangle in rectangle_around(pixels, box, others):
        if rectangle.score >= SURE and rectangle.goes_on <= GOES_ON:
            kind = DepictionKind.SCREEN if _dark_rim(pixels, rectangle) else DepictionKind.PRINT
            found.append(Depiction(kind, rectangle.quad_xy * scale, min(1.0, rectangle.score)))
    worn = on_body(box, others) if references else 0.0
    if worn and not found:
        x0, y0, x1, y1 = box
        quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
        found.append(Depiction(DepictionKind.PRINT, quad * scale, worn))
    order = {DepictionKind.REFERENCE: 0, DepictionKind.SCREEN: 1, DepictionKind.PRINT: 1}
    return tuple(sorted(found, key=lambda each: (order[each.kind], -each.score)))


def _dark_rim(pixels: Image, rectangle: Rectangle) -> bool:
    """Whether a dark rim runs along at least three sides, just inside or outside: a phone's, a television's."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    quad, middle = rectangle.quad_xy, rectangle.quad_xy.mean(0)
    size = float(np.sqrt(max(cv2.contourArea(quad), 1.0)))
    dark = 0
    for a, b in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = a + (b - a) * np.linspace(0.1, 0.9, 24)[:, None]
        inward = (middle - along) / np.maximum(np.linalg.norm(middle - along, axis=1, keepdims=True), 1)
        seen = [
            cv2.remap(grey, (along + inward * size * step).astype(np.float32)[:, None], np.empty(0), cv2.INTER_LINEAR)
            for step in (-0.03, -0.015, 0.015, 0.03)
        ]
        dark += min(float(np.percentile(each, 75)) for each in seen) < DARK
    return dark >= 3
