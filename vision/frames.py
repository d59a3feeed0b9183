"""Rectangles that hold a face: the edge of a banner, a frame, a phone, a screen.

Sides are straight edges on the four sides of the face. A rectangle counts where enough of each side is to be seen, and
where its lower side runs on below the face: a picture cuts a body off there, while somebody who stands before a window
or a board hides the part of its lower edge that is behind the body.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.straight_lines import Edges, Mask, Places, Rows, edges, pieces
from vision.types import Floats, Image

FACE_SIZE: Final = 36.0
"""Pixels across a face that larger ones are shrunk to: the edges of a picture are then found in one piece."""
REACH: Final = (9.0, 5.0, 9.0, 6.0)
"""How far from the face is looked, in faces: to its left, above, to its right, below. Nobody's feet are nearer."""
SHOULDERS: Final = 1.2
"""Half of how wide a body is below its face, in faces."""
BESIDE: Final = 0.3
"""Faces between a face and the sides of its picture, at least: nearer lines are those of hair and veils."""
CHEST: Final = 0.6
"""The same of what is right below the face, where nobody's edge can be guessed behind somebody else."""
IN_ONE: Final = 1.0
"""Length of one piece of the lower edge right below the face, in faces; folds and collars make shorter ones."""
VISIBLE: Final = 0.55
"""Least share of each side that must be open to view: with less, the sides of different things pass for one's."""
OPEN: Final = 0.4
"""Share of the end of a side that must be open to view for the end to be known."""
MEETS: Final = 0.25
"""How well the sides must end at each corner that can be seen: the edge of a table, a folder or a sill runs on."""
SAME_LIGHT: Final = 30.0
"""Levels of L in 8-bit Lab between two rows of the same clothes, in folds and shadow; and of a and b:"""
SAME_COLOUR: Final = 7.0
Points = tuple[Places, Places]


@dataclass(frozen=True, slots=True, eq=False)
class Rectangle:
    """A closed rectangle around a face.

    Attributes:
        quad_xy: (4, 2) float32 pixels of the picture, from its upper left corner clockwise.
        sides: (4,) float64, top, right, bottom, left: the share of what could be seen of the side that is an edge.
        visible: (4,) how much of each could be seen.
        under: the share of the lower side that is an edge below the body, and how much of it could be seen there.
        corners: (4,) how well the sides end where they meet, -1 to 1, from the upper left one clockwise.
        goes_on: the share of what lies below it, under the face, that has the colour of the clothes in it: somebody
            who holds up a frame goes on below it.
        score: 0 to 1, how sure that this is a rectangle and that it cuts the body off.
    """

    quad_xy: Floats
    sides: NDArray[np.float64]
    visible: NDArray[np.float64]
    under: tuple[float, float]
    corners: NDArray[np.float64]
    goes_on: float
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """The surroundings of a face, shrunk."""

    pixels: Image
    hidden: Mask
    box: NDArray[np.float64]
    scale: float
    origin: NDArray[np.float64]


def rectangle_around(pixels: Image, box_xyxy: Floats, others_xyxy: Sequence[Floats]) -> tuple[Rectangle, ...]:
    """The surest rectangle that holds a face, or none.

    Args:
        pixels: (h, w, 3) RGB.
        box_xyxy: of the face, in ``pixels``.
        others_xyxy: the other faces in the photo; their bodies may hide edges.
    """
    look = _look(pixels, box_xyxy, others_xyxy)
    x0, y0, x1, y1 = look.box
    x, y, size = (x0 + x1) / 2, (y0 + y1) / 2, max(x1 - x0, y1 - y0)
    lines = pieces(look.pixels)
    left = edges(lines, True, look.hidden, (-np.inf, x0 - BESIDE * size), y)
    right = edges(lines, True, look.hidden, (x1 + BESIDE * size, np.inf), y)
    top = edges(lines, False, look.hidden, (-np.inf, y0), x)
    bottom = edges(lines, False, look.hidden, (y1 + 0.3 * size, np.inf), x)
    if not (len(left) and len(right) and len(bottom)):
        return ()
    if not len(top):  # the photo's own upper border: never a side, but where the other three end
        nothing = np.zeros((1, look.pixels.shape[1] + 1))
        top = Edges(np.zeros(1), np.zeros(1), nothing, nothing, nothing[:, 1:])
    t, r, b, le = (
        each.ravel() for each in np.meshgrid(*(np.arange(len(e)) for e in (top, right, bottom, left)), indexing="ij")
    )
    tl, tr, br, bl = (
        _meet(left, le, top, t),
        _meet(right, r, top, t),
        _meet(right, r, bottom, b),
        _meet(left, le, bottom, b),
    )
    fits = (np.abs(left.slopes[le] - right.slopes[r]) < 0.25) & (np.abs(top.slopes[t] - bottom.slopes[b]) < 0.35)
    fits &= (tl[0] < tr[0] - size) & (bl[0] < br[0] - size) & (tl[1] < bl[1] - size) & (tr[1] < br[1] - size)
    kept = np.flatnonzero(fits)
    if not kept.size:
        return ()
    t, r, b, le = t[kept], r[kept], b[kept], le[kept]
    tl, tr, br, bl = ((c[0][kept], c[1][kept]) for c in (tl, tr, br, bl))
    spans = ((top, t, tl[0], tr[0]), (right, r, tr[1], br[1]), (bottom, b, bl[0], br[0]), (left, le, tl[1], bl[1]))
    sides, visible = (np.stack(each) for each in zip(*(e.seen(*rest) for e, *rest in spans), strict=True))
    middle = np.full(len(kept), x)
    low, high = np.maximum(middle - SHOULDERS * size, bl[0]), np.minimum(middle + SHOULDERS * size, br[0])
    under = bottom.seen(b, low, high)
    chest = bottom.seen(b, middle - CHEST * size, middle + CHEST * size)
    near = bottom.longest[:, max(0, int(x - 0.3 * size)) : max(1, int(x + 0.3 * size) + 1)].max(1)[b]
    under = np.where((near > IN_ONE * size) & (chest[0] > 0.7) & (chest[1] > 0.6), under[0], 0.0), under[1]
    starts, ends = zip(*(_ends(*each) for each in spans), strict=True)
    met = ((starts[0], starts[3]), (ends[0], starts[1]), (ends[2], ends[1]), (starts[2], ends[3]))
    corners = np.stack([_corner(*each) for each in met])
    height, width = look.pixels.shape[:2]
    inside = np.stack([(cx > 0) & (cx < width) & (cy > 0) & (cy < height) for cx, cy in (tl, tr, br, bl)])
    score = _score(sides, visible, under, np.where(inside, corners, np.nan))
    best = int(np.argmax(score))
    quad = np.array([[c[0][best], c[1][best]] for c in (tl, tr, br, bl)]) / look.scale + look.origin
    return (
        Rectangle(
            quad.astype(np.float32),
            sides[:, best],
            visible[:, best],
            (float(under[0][best]), float(under[1][best])),
            corners[:, best],
            _goes_on(look, np.array([[c[0][best], c[1][best]] for c in (bl, br)])),
            float(score[best]),
        ),
    )


def _score(sides: Places, visible: Places, under: Points, corners: Places) -> Places:
    """0 to 1; edges of different things that happen to cross do not end where they meet.

    corners: not a number where one lies outside the photo.
    """
    ordered = np.sort(sides, 0)
    edges_there = 0.4 * ordered[0] + 0.3 * ordered[1] + 0.15 * ordered[2:].sum(0)
    ends = np.sort(np.clip(corners, 0, 1), 0)  # unknown ones, outside the photo, come last
    known = np.isfinite(ends).sum(0)
    worst = np.where(known > 2, ends[0], 0.0)  # a finger or a round corner may hide one
    met = (np.nansum(ends, axis=0) - worst) / np.maximum(known - (known > 2), 1)
    score = np.where(known > 2, 0.7 * edges_there + 0.3 * met, 0.0)
    low = corners[2:]
    meet = np.isfinite(low).any(0) & np.where(np.isfinite(corners), corners > MEETS, True).all(0)
    allowed = meet & (under[0] > 0.6) & (under[1] > 0.5) & (visible.min(0) > VISIBLE)
    # Of a banner that leaves the photo at its top three sides remain: they have to be the better for it.
    three = (sides[1:].min(0) > 0.88) & (np.nan_to_num(low).min(0) > 0.75) & (under[0] > 0.9) & (under[1] > 0.75)
    three &= (visible[2] > 0.75) & (np.minimum(visible[1], visible[3]) > VISIBLE)
    return np.asarray(np.maximum(np.where(allowed, score, 0.0), np.where(three, 0.76 + 0.14 * sides[1:].mean(0), 0.0)))


def _goes_on(look: _Look, bottom: NDArray[np.float64]) -> float:
    """The share of the rows below the lower side, (2, 2) its ends, that look like the clothes above it."""
    x0, _, x1, y1 = look.box
    size, x = max(look.box[2:] - look.box[:2]), (x0 + x1) / 2
    (ax, ay), (bx, by) = bottom
    y = ay + (by - ay) * (x - ax) / max(bx - ax, 1)
    h, w = look.pixels.shape[:2]
    left, right = int(max(0, x - 0.6 * size)), int(min(w, x + 0.6 * size)) + 1
    clothes = look.pixels[int(min(y1 + 0.35 * size, y - 0.15 * size)) : int(min(y, y1 + 1.2 * size)), left:right]
    below = look.pixels[int(y + 0.1 * size) : int(min(h, y + 1.2 * size)), left:right]
    if clothes.size == 0 or len(below) < 0.3 * size:
        return 0.0
    rows, worn = (cv2.cvtColor(part, cv2.COLOR_RGB2LAB).astype(np.float32).mean(1) for part in (below, clothes))
    away = np.abs(rows - np.median(worn, axis=0))
    return float(((away[:, 0] < SAME_LIGHT) & (away[:, 1:].max(1) < SAME_COLOUR)).mean())


def _look(pixels: Image, box_xyxy: Floats, others_xyxy: Sequence[Floats]) -> _Look:
    height, width = pixels.shape[:2]
    fx0, fy0, fx1, fy1 = (float(v) for v in box_xyxy)
    size = max(fx1 - fx0, fy1 - fy0)
    wanted = (fx0 - REACH[0] * size, fy0 - REACH[1] * size, fx1 + REACH[2] * size, fy1 + REACH[3] * size)
    x0, y0 = max(0, int(wanted[0])), max(0, int(wanted[1]))
    x1, y1 = min(width, int(wanted[2])), min(height, int(wanted[3]))
    scale = min(1.0, FACE_SIZE / size)
    part = pixels[y0:y1, x0:x1]
    if scale < 1:
        part = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)
    origin = np.array([x0, y0], float)
    hidden = np.zeros(part.shape[:2], np.uint8)
    for other in others_xyxy:
        a, b, c, d = (np.asarray(other, float) - np.tile(origin, 2)) * scale
        wide, tall = c - a, d - b
        cv2.rectangle(hidden, (int(a - 0.35 * wide), int(b - 0.6 * tall)), (int(c + 0.35 * wide), int(d)), (1,), -1)
        body = (int(a - 1.2 * wide), int(d)), (int(c + 1.2 * wide), part.shape[0])
        cv2.rectangle(hidden, *body, (1,), -1)
    box = (box_xyxy.astype(float) - np.tile(origin, 2)) * scale
    return _Look(np.ascontiguousarray(part), hidden.astype(bool), box, scale, origin)


def _meet(upright: Edges, i: Rows, level: Edges, j: Rows) -> Points:
    """Where edges cross: x and y."""
    m, n, p, q = upright.slopes[i], upright.offsets[i], level.slopes[j], level.offsets[j]
    x = (m * q + n) / (1 - m * p)
    return x, p * x + q


def _ends(edge: Edges, rows: Rows, start: Places, end: Places) -> Points:
    """How well an edge ends at its two corners: there up to it, and gone beyond; -1 to 1 each, NaN where hidden."""
    reach = np.maximum(np.abs(end - start) * 0.15, 6)
    before, beyond = edge.seen(rows, start - reach, start - 2), edge.seen(rows, end + 2, end + reach)
    first, last = edge.seen(rows, start + 1, start + reach), edge.seen(rows, end - reach, end - 1)
    return (
        np.where(first[1] > OPEN, first[0] - before[0], np.nan),
        np.where(last[1] > OPEN, last[0] - beyond[0], np.nan),
    )


def _corner(one: Places, other: Places) -> Places:
    """Of two sides that meet: the mean of what is known."""
    both = np.stack([one, other])
    known = np.isfinite(both)
    total = np.where(known, both, 0).sum(0)
    return np.asarray(np.where(known.any(0), total / np.maximum(known.sum(0), 1), np.nan))
