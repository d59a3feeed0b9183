"""How a file is put together: one photo, several side by side, or a picture of a screen.

What counts is who is together in one picture, so a file is cut only between faces.
"""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.screenshot import content_of
from vision.types import Floats, Image, PhotoLayout

LONGEST: Final = 1600
"""Pixels of the longer side that are looked at; the seam between two pictures is a pixel wide at any size."""
SMALLEST: Final = 0.1
"""A part's shorter side, of the whole picture's: smaller ones are stripes."""
STEP: Final = 8.0
"""Levels of 255 between one side of a seam and the other that count as a step; JPEG's own noise is about 3."""
SEAMS: Final = ((0.955, 0.80, 0.15), (0.74, 0.60, 0.30), (0.60, 0.45, 0.40))
"""Where two pictures meet without a band: the least share of the seam's length with a step; the highest correlation of
the edges that run into it from both sides; and how much the steps must differ, as a share of their mean size.

People who stand before the edge of a lawn or a wall are seen on both sides of it, while what is in one photo ends at
its seam. And the edge of a table is one and the same step all along; two photos meet in steps up and down."""
EVEN: Final = (1 / 2, 1 / 3, 2 / 3)
"""Shares of a part's height or width where programs that make collages cut it, and less has to be seen of a seam:"""
EVEN_SEAMS: Final = ((0.70, 0.85, 0.60), (0.45, 0.65, 0.80))
LATER_SEAMS: Final = ((0.55, 0.80, 0.60),)
"""More of these within what is known to be put together already: there a seam is no surprise."""
FLAT: Final = 7.0
"""Standard deviation, in levels, of the pixels along a band between two pictures; JPEG makes thin ones uneven."""
DRIFT: Final = 24.0
"""Levels between the first row of a band and any other: the colours of JPEG run over its edges."""
SHARPER: Final = 3.0
"""The step at a seam over those between the rows around it."""
_DEPTH = 5
_COLUMNS = 320  # so many of them tell how much of a row is a step
Box = tuple[int, int, int, int]
Limits = tuple[tuple[float, float, float], ...]


def layout_of(pixels: Image, boxes_xyxy: Sequence[Floats]) -> PhotoLayout:
    """The layout of a picture.

    Args:
        pixels: (h, w, 3) uint8 RGB.
        boxes_xyxy: of the faces, in ``pixels``.

    Returns:
        With boxes in ``pixels``; every panel of a collage holds a face.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, LONGEST / max(height, width))
    small = pixels
    if scale < 1:
        # the nearest pixel: an average would smear seams
        size = round(width * scale), round(height * scale)
        small = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST), np.uint8)
    back = np.array([width / small.shape[1], height / small.shape[0]] * 2)
    faces = np.array(boxes_xyxy, np.float64).reshape(-1, 4) / back
    for box in content_of(small):
        return PhotoLayout(True, (_scaled(box, back),))
    if len(faces) < 2:
        return PhotoLayout()
    colours = small.astype(np.float32)
    parts = _parts(colours, (0, 0, small.shape[1], small.shape[0]), faces, _DEPTH)
    if len(parts) < 2:
        return PhotoLayout()
    return PhotoLayout(False, tuple(_scaled(part, back) for part in sorted(parts, key=lambda p: (p[1], p[0]))))


def _scaled(box: Box, back: NDArray[np.float64]) -> Floats:
    return np.asarray(np.array(box) * back, np.float32)


def _parts(colours: Floats, area: Box, faces: NDArray[np.float64], depth: int) -> list[Box]:
    """An area cut along its seams, so that every part holds a face."""
    x0, y0, x1, y1 = area
    if not depth or len(faces) < 2:
        return [area]
    part = colours[y0:y1, x0:x1]
    local = faces - [x0, y0, x0, y0]
    even = EVEN_SEAMS if depth == _DEPTH else EVEN_SEAMS + LATER_SEAMS
    across = _seam(part, local[:, 1::2], colours.shape[0], even)
    down = _seam(part.transpose(1, 0, 2), local[:, 0::2], colours.shape[1], even)
    if not across and not down:
        return _without_empty(colours, area, faces, depth)
    if across and (not down or across[0][0] >= down[0][0]):
        _, first, second = across[0]
        halves: tuple[Box, Box] = (x0, y0, x1, y0 + first), (x0, y0 + second, x1, y1)
        before = local[:, 1::2].mean(1) < first
    else:
        _, first, second = down[0]
        halves = (x0, y0, x0 + first, y1), (x0 + second, y0, x1, y1)
        before = local[:, 0::2].mean(1) < first
    return [
        box
        for half, held in zip(halves, (faces[before], faces[~before]), strict=True)
        for box in _parts(colours, half, held, depth - 1)
    ]


def _without_empty(colours: Floats, area: Box, faces: NDArray[np.float64], depth: int) -> list[Box]:
    """An area that no seam cuts between faces: perhaps one does once a part in which no face was found is off."""
    x0, y0, x1, y1 = area
    part, local = colours[y0:y1, x0:x1], faces - [x0, y0, x0, y0]
    for upright in (False, True):
        rows = part.transpose(1, 0, 2) if upright else part
        spans = local[:, 0::2] if upright else local[:, 1::2]
        for _, first, second in _seam(rows, spans, colours.shape[int(upright)], (), True):
            start, end = (0, first) if spans.mean() < first else (second, len(rows))
            rest = (x0 + start, y0, x0 + end, y1) if upright else (x0, y0 + start, x1, y0 + end)
            cut = _parts(colours, rest, faces, depth - 1)
            if len(cut) > 1:
                return cut
    return [area]


def _seam(
    part: Floats, spans: NDArray[np.float64], whole: int, even_limits: Limits, empty: bool = False
) -> list[tuple[float, int, int]]:
    """The surest seam across an area: (how sure, where the first picture ends, where the second begins), or none.

    Args:
        part: (h, w, 3).
        spans: (N, 2), from which row to which each face goes.
        whole: rows of the whole picture.
        even_limits: of seams without a band where programs cut.
        empty: cut off what holds no face, instead of between faces.
    """
    rows = part.shape[0]
    least = max(24, int(SMALLEST * whole))
    if rows < 2 * least or part.shape[1] < 24:
        return []
    middles, reach = spans.mean(1), 0.2 * (spans[:, 1] - spans[:, 0])
    allowed = np.zeros(rows + 1, bool)
    allowed[max(least, int(middles.min())) : min(rows - least, int(middles.max())) + 1] = True
    if empty:
        allowed = ~allowed
        allowed[:least] = allowed[rows - least + 1 :] = False
    for middle, around in zip(middles, reach, strict=True):
        allowed[max(0, int(middle - around)) : max(0, int(middle + around) + 1)] = False
    if not allowed.any():
        return []
    few = np.ascontiguousarray(part[:, :: max(1, part.shape[1] // _COLUMNS)])
    even = np.zeros(rows + 1, bool)
    for share in EVEN:
        even[max(0, round(share * rows) - 2) : round(share * rows) + 2] = True
    found = [(sure, y, y + 1) for sure, y in _sharp(part, few, even, even_limits) if allowed[y]]
    found += [(sure, start, end) for sure, start, end in _bands(few) if allowed[start] and allowed[end]]
    return [max(found)] if found else []


def _sharp(part: Floats, few: Floats, even: NDArray[np.bool_], even_limits: Limits) -> list[tuple[float, int]]:
    """Rows after which another picture begins, at once; ``few`` are some of the columns, ``even`` likely places."""
    steps = (few[2:-1] + few[3:] - few[1:-2] - few[:-3]) / 2  # between row i + 1 and i + 2
    sizes = np.einsum("ijk,ijk->ij", steps, steps)
    # of a seam most of the step is between two neighbouring rows
    at_once = np.einsum("ijk,ijk->ij", few[2:-1] - few[1:-2], steps)
    share = ((sizes > STEP * STEP) & (at_once > 0.55 * sizes)).mean(1)
    found = []
    for i in np.flatnonzero(share >= min(least for least, _, _ in SEAMS + even_limits)).tolist():
        limits = SEAMS + even_limits if even[i + 2] else SEAMS
        if share[i] < min(least for least, _, _ in limits) or not _stands_out(few, i + 1, i + 2):
            continue
        mixed = float(np.sqrt(steps[i].var(0).sum()) / max(float(np.sqrt(sizes[i]).mean()), 1e-6))
        through = _through(part[i] + part[i + 1], part[i + 2] + part[i + 3])
        if any(share[i] >= least and through < most and mixed >= apart for least, most, apart in limits):
            found.append((float(share[i]), i + 2))
    return found


def _stands_out(part: Floats, above: int, below: int) -> bool:
    """Whether the step from one row to another is sharper than those around it: no fold, no blurred edge."""
    apart = below - above
    step = np.abs(part[below] - part[above]).mean()
    starts = [*range(max(0, above - 3 - apart), above - apart), *range(below + 1, below + 4)]
    around = [np.abs(part[i + apart] - part[i]).mean() for i in starts if i + apart < len(part)]
    return bool(around) and bool(step > SHARPER * np.median(around))


def _through(above: Floats, below: Floats) -> float:
    """How alike the edges are that run into a seam from both sides, -1 to 1. Each (w, 3)."""
    a, b = (cv2.GaussianBlur(np.abs(np.diff(row, axis=0)).sum(1)[None], (0, 0), 1.5)[0] for row in (above, below))
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(float(np.sqrt((a * a).sum() * (b * b).sum())), 1e-6))


def _bands(part: Floats) -> list[tuple[float, int, int]]:
    """Bands of one colour between two pictures: from the last row of the first to the first row of the second."""
    grey = part.mean(2)
    spread, level = grey.std(1), grey.mean(1)
    flat = spread <= FLAT
    widest = 0.06 * max(part.shape) + 4
    found = []
    starts = np.flatnonzero(flat[1:] & ~flat[:-1]) + 1
    for start in starts.tolist():
        end = start
        while end < len(flat) and flat[end] and abs(level[end] - level[start]) < DRIFT:
            end += 1
        if end - start > widest or start < 5 or end > len(flat) - 6:
            continue
        # the folds of a curtain are even along their length too, but turn uneven slowly
        quiet, calm = float(np.median(spread[start:end])), float(np.median(level[start:end]))
        if any(spread[row] < quiet + STEP and abs(level[row] - calm) < STEP for row in (start - 3, end + 2)):
            continue
        if not _stands_out(part, start - 2, start) or not _stands_out(part, end - 1, end + 1):
            continue
        # the pictures begin at once on both sides, and are not plain themselves there
        inside = part[start:end].mean((0, 1))
        sides = part[start - 4 : start - 1].mean(0), part[end + 1 : end + 4].mean(0)
        differs = sorted(float((np.abs(side - inside).max(1) > STEP).mean()) for side in sides)
        if differs[0] > 0.5 and differs[1] > 0.85:
            found.append((1.0 + differs[0], start, end))
    return found
