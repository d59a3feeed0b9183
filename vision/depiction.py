"""Which faces of a photo are pictures of somebody, and how the photo is put together.

What is not found to be a picture is taken for present: that is the error that a person who looks can put right, while
somebody who is there and was called a picture would not be looked at again.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from vision.frame_cues import NAMES
from vision.frames import Rectangle, rectangles_around
from vision.layout import layout_of
from vision.on_body import on_body
from vision.reference_copy import LEAST, ReferencePicture, find_copy, view_of
from vision.types import Depiction, DepictionKind, Face, Floats, Image, Photo, PhotoLayout, PictureReading

SURE: Final = 0.93
"""Least score of a rectangle. By weights that were fitted to three of the four parts which they come from, none of
4,001 people who are there in the fourth is at 0.94, and one at 0.924."""
SURE_WITH_COPY: Final = 0.7
"""The same where a reference photo seems to lie there: of 39 of them who look like it the highest has 0.68."""
GOES_ON: Final = 0.40
"""Share of the rows below a rectangle, in the colour of the clothes in it, from which the body goes on below it: of 60
people who look through a frame held up before them 38 were called pictures without this limit."""
MISSING: Final = 0.7
"""Share of a side that is open to view and no edge, from which it is no side: rooms are full of lines that happen to
cross."""
DARK: Final = 70
"""Grey level, of 255, under which a rim is that of a screen."""
MOST_FACES: Final = 12
"""Faces of a photo that are looked at without looking like a candidate, the largest first."""
EXACT: Final = 0.003
"""Slope of all four sides under which a rectangle was not photographed; a camera is not held so straight."""
NEAR_BORDER: Final = 0.02
"""Share of a picture's width or height from its border within which a side is that of the picture itself."""
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
    layout = layout_of(photo.pixels, boxes)
    found = [
        _of_face(photo.pixels, i, boxes, references[i], layout, scale) if i in judged and sizes[i] >= SMALLEST else ()
        for i in range(len(faces))
    ]
    # Who is in a picture wears nothing: a face before it belongs to somebody who stands there.
    wearers = [i for i in range(len(faces)) if not found[i]]
    for i in judged & set(wearers):
        if references[i] and sizes[i] >= SMALLEST:
            others = [boxes[j] for j in wearers if j != i and layout.panel_of(boxes[j]) == layout.panel_of(boxes[i])]
            found[i] = _worn(boxes[i], others, scale)
    panels = tuple(box * np.tile(scale, 2) for box in layout.panels_xyxy)
    return PictureReading(tuple(found), PhotoLayout(layout.screenshot, panels))


def _worn(box: Floats, others: Sequence[Floats], scale: Floats) -> tuple[Depiction, ...]:
    """A print on somebody's clothes."""
    sure = on_body(box, others)
    if not sure:
        return ()
    x0, y0, x1, y1 = box
    quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32)
    return (Depiction(DepictionKind.PRINT, quad * scale, sure),)


def _of_face(
    pixels: Image,
    i: int,
    boxes: Sequence[Floats],
    references: Sequence[ReferencePicture],
    layout: PhotoLayout,
    scale: Floats,
) -> tuple[Depiction, ...]:
    # Each part of a collage is a photo of its own, whose border makes nobody a picture.
    panel = layout.panel_of(boxes[i])
    x0, y0, x1, y1 = 0, 0, pixels.shape[1], pixels.shape[0]
    for part in layout.panels_xyxy[panel : panel + 1]:
        x0, y0, x1, y1 = (round(float(v)) for v in part)
    pixels, origin = pixels[y0:y1, x0:x1], np.array([x0, y0], np.float32)
    corner = np.tile(origin, 2)
    box = boxes[i] - corner
    others = [other - corner for j, other in enumerate(boxes) if j != i and layout.panel_of(other) == panel]
    if not _inside(box, pixels):
        return ()
    found = []
    sure = SURE
    if references:
        view, size = view_of(pixels, box), float((box[2:] - box[:2]).max())
        for reference in references:
            for copy in find_copy(view, reference.view, size):
                sure = min(sure, SURE_WITH_COPY) if copy.rough else sure
                if copy.score > LEAST:
                    kind = DepictionKind.REFERENCE
                    found.append(Depiction(kind, (copy.quad_xy + origin) * scale, copy.score, reference.name))
    # A print on somebody's clothes ends below the wearer's face as a picture of the wearer would.
    prints = [other for other in others if on_body(other, [box])]
    for rectangle in rectangles_around(pixels, box, others):
        if rectangle.score < sure:
            break
        if any(_is_below(rectangle, each) for each in prints):
            continue
        if counts(rectangle, pixels, 0 if layout.panels_xyxy else 1):
            kind = DepictionKind.SCREEN if _dark_rim(pixels, rectangle) else DepictionKind.PRINT
            found.append(Depiction(kind, (rectangle.quad_xy + origin) * scale, rectangle.score))
            break
    order = {DepictionKind.REFERENCE: 0, DepictionKind.SCREEN: 1, DepictionKind.PRINT: 1}
    return tuple(sorted(found, key=lambda each: (order[each.kind], -each.score)))


def _inside(box: Floats, pixels: Image) -> bool:
    """Whether the middle of a box lies in the picture."""
    height, width = pixels.shape[:2]
    x, y = (box[:2] + box[2:]) / 2
    return bool(0 <= x < width and 0 <= y < height)


def counts(rectangle: Rectangle, pixels: Image, borders: int = 1) -> bool:
    """Whether a rectangle may be a picture's.

    No body goes on below it, no side is missing, it was not put in by a program, and not more than ``borders`` sides
    are the photo's own.
    """
    cues = dict(zip(NAMES, rectangle.cues.tolist(), strict=True))
    if cues["goes on"] > GOES_ON or cues["gap"] > MISSING or _is_pasted(rectangle):
        return False
    return _on_border(rectangle, pixels) <= borders


def _is_pasted(rectangle: Rectangle) -> bool:
    """Whether its sides run exactly along the pixels: put in by a program, as the parts of a collage are."""
    sides = np.roll(rectangle.quad_xy, -1, axis=0) - rectangle.quad_xy
    lengths = np.maximum(np.abs(sides).max(1), 1)
    return bool((np.abs(sides).min(1) / lengths < EXACT).all())


def _is_below(rectangle: Rectangle, box: Floats) -> bool:
    """Whether the middle of a face lies below its lower side."""
    (bx, by), (ax, ay) = rectangle.quad_xy[2:]
    x, y = (box[:2] + box[2:]) / 2
    return bool(y > ay + (by - ay) * (x - ax) / max(bx - ax, 1e-6))


def _on_border(rectangle: Rectangle, pixels: Image) -> int:
    """How many of its sides lie along the border of the picture that it is in."""
    height, width = pixels.shape[:2]
    following = np.roll(rectangle.quad_xy, -1, axis=0)
    both = np.stack([rectangle.quad_xy, following])  # (2, 4, 2): the ends of each side
    x, y = both[..., 0] / width, both[..., 1] / height
    along = [(place < NEAR_BORDER).all(0) | (place > 1 - NEAR_BORDER).all(0) for place in (x, y)]
    return int((along[0] | along[1]).sum())


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
