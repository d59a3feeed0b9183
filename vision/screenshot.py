"""A picture of a screen: a ground of one exact colour, small signs along its top, and a picture in it."""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Image

Box = tuple[int, int, int, int]
Mask = NDArray[np.bool_]
EXACT: Final = 2
"""Levels of 255 that the pixels of an empty row of a screen differ after JPEG; no photographed wall is so even."""
NEAR: Final = 12
"""Levels that a pixel of the ground may be off beside letters, where JPEG leaves ripples."""
EMPTY_ROWS: Final = 0.02
"""Share of the rows that are empty rows of one ground."""
MARGIN: Final = 0.125
"""Share of the width, at its left and its right, in which rows are empty too beside a picture as high as the page."""
PICTURE: Final = (0.2, 0.06)
"""Least share of the width, and of the whole picture, that the picture in it takes."""
FULL: Final = 0.75
"""Share of the picture's box that is not ground."""
SIGNS: Final = 6
"""Letters, icons and the like outside the picture."""
BAR: Final = 0.06
"""Share of the height within which a phone's or a browser's bar ends."""


def content_of(pixels: Image) -> tuple[Box, ...]:
    """The picture in a screenshot, (h, w, 3) uint8 RGB, or nothing where this is no screenshot."""
    if min(pixels.shape[:2]) < 160:
        return ()
    whole = _grounds(pixels, pixels, [])
    for box in _content(pixels, whole):
        return (box,)
    # Where a picture fills a page's height, rows are plain beside it only.
    width, margin = pixels.shape[1], max(8, int(MARGIN * pixels.shape[1]))
    beside = _grounds(pixels, pixels[:, -margin:], _grounds(pixels, pixels[:, :margin], whole))
    if len(beside) == len(whole):
        return ()
    return tuple(box for box in _content(pixels, beside) if box[0] > margin and box[2] < width - margin)


def _content(pixels: Image, grounds: list[NDArray[np.int16]]) -> tuple[Box, ...]:
    """The picture on grounds of some colours."""
    height = len(pixels)
    if not grounds or not _has_bar(_off(pixels[: int(height * BAR)], grounds)):
        return ()
    off = _off(pixels, grounds)
    for box in _picture(off):
        x0, y0, x1, y1 = box
        outside = off.copy()
        outside[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2] = False
        if y0 > 0.012 * height and _signs(outside) >= SIGNS:
            return (box,)
    return ()


def _off(pixels: Image, grounds: list[NDArray[np.int16]]) -> Mask:
    """Which pixels are of none of the colours."""
    off = np.ones(pixels.shape[:2], bool)
    for ground in grounds:
        off &= np.abs(pixels.astype(np.int16) - ground).max(2) > NEAR
    return off


def _grounds(pixels: Image, part: Image, known: list[NDArray[np.int16]]) -> list[NDArray[np.int16]]:
    """The colours that are known, then those that whole rows of a part are made of, the most frequent first."""
    part = np.ascontiguousarray(part)
    low, high = (cv2.reduce(part, 1, how)[:, 0].astype(np.int16) for how in (cv2.REDUCE_MIN, cv2.REDUCE_MAX))
    plain = ((low + high) // 2)[(high - low).max(1) <= 2 * EXACT]
    for ground in known:
        plain = plain[np.abs(plain - ground).max(1) > 2 * EXACT]
    found = list(known)
    while len(plain) and len(found) < 4:
        near = np.abs(plain[:, None] - plain[None]).max(2) <= 2 * EXACT
        best = int(np.argmax(near.sum(1)))
        if near[best].sum() < max(4, (EMPTY_ROWS if not found else 0.004) * len(pixels)):
            break
        found.append(np.median(plain[near[best]], axis=0).astype(np.int16))
        plain = plain[~near[best]]
    return found


def _has_bar(off: Mask) -> bool:
    """Whether the top of a picture is ground with some small signs, at its left and at its right."""
    if not off.size or off[:2].mean() > 0.02:
        return False
    full = np.flatnonzero(off.mean(1) > 0.6)  # below the bar the picture may begin
    strip = off[: full[0]] if full.size else off
    third = off.shape[1] // 3
    return bool(0.002 < strip.mean() < 0.25 and strip[:, :third].any() and strip[:, -third:].any())


def _picture(off: Mask) -> tuple[Box, ...]:
    """The box of the largest thing that fills its box."""
    height, width = off.shape
    unit = max(5, width // 40)
    solid = cv2.morphologyEx(off.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((unit // 2 * 2 + 1,) * 2, np.uint8))
    solid = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((unit * 2 + 1,) * 2, np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(solid)
    found = []
    for i in range(1, count):
        x, y, w, h, area = (int(v) for v in stats[i])
        if w >= PICTURE[0] * width and w * h >= PICTURE[1] * width * height and area >= FULL * w * h:
            found.append((area, (x, y, x + w, y + h)))
    return (max(found)[1],) if found else ()


def _signs(outside: Mask) -> int:
    """How many small things there are."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(outside.astype(np.uint8))
    small = (stats[1:, cv2.CC_STAT_WIDTH] < 0.12 * outside.shape[1]) & (stats[1:, cv2.CC_STAT_AREA] >= 6)
    return int(small.sum())
