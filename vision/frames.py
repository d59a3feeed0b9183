"""Rectangles that hold a face: the edge of a banner, a frame, a phone, a screen.

Sides are straight edges on the four sides of the face; one of them may be the photo's own border. Many lines cross
behind people who are there too, so that cues are taken of every rectangle that comes about: how much of each side is
there, whether its corners are, whether its lower side runs on below the face (a picture cuts a body off there, while
somebody who stands before a window or a board hides the part of its lower edge that is behind the body), what the
colours beside it say, and whether the others in the photo can stand where they stand. ``vision.frame_cues`` weighs
them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision import frame_colours
from vision.frame_cues import likelihoods
from vision.on_body import on_body
from vision.straight_lines import Edges, Mask, Places, Rows, edges, pieces, with_border
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
SEEN: Final = 0.5
"""Share of a side that must be open to view for what is seen of it to count in full."""
OPEN: Final = 0.4
"""Share of the end of a side that must be open to view for the end to be known."""
KEPT: Final = 24
"""Rectangles of a face that are weighed, of the ``FIRST`` likeliest by their sides alone, no two of them alike."""
FIRST: Final = 400
APART: Final = 0.35
"""Faces that one corner at least is off between two of them."""
RUNS_ON: Final = (1.5, 0.6)
"""Faces beyond a corner that are looked at, and the share of them that is an edge where a side runs on."""
STANDING: Final = (2.0, 5.0)
"""Faces by which one head is above another: so far people in rows may be; from there on it counts no further."""
TILTED: Final = 0.12
"""Slope above which a lean counts no further: photos are taken askew, and lines that happen to cross lean more."""
SMALLER: Final = 0.5
"""How much smaller a head before a body is, as a logarithm, from which it counts no further: that head may be a picture
too."""
AT_END: Final = 0.985
"""Share of the photo's height below which a line is that of the photo's own lower end."""
Points = tuple[Places, Places]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Rectangle:
    """A rectangle around a face.

    Attributes:
        quad_xy: (4, 2) float32 pixels of the picture, from its upper left corner clockwise.
        cues: (N,) float64, those that ``vision.frame_cues`` names.
        score: 0 to 1, how likely the face is a picture in it.
    """

    quad_xy: Floats
    cues: Doubles
    score: float


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """The surroundings of a face, shrunk."""

    pixels: Image
    hidden: Mask
    box: Doubles
    scale: float
    origin: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class _Quads:
    """Four edges each: rows into ``edges`` (top, right, bottom, left), the corners, which sides are the border."""

    edges: tuple[Edges, Edges, Edges, Edges]
    rows: NDArray[np.intp]  # (4, N)
    corners: Doubles  # (N, 4, 2)
    borders: Mask  # (4, N)

    def __getitem__(self, kept: NDArray[np.intp]) -> "_Quads":
        return _Quads(self.edges, self.rows[:, kept], self.corners[kept], self.borders[:, kept])

    def spans(self) -> tuple[tuple[Edges, Rows, Places, Places], ...]:
        """Each side with where it starts and ends along."""
        tl, tr, br, bl = self.corners.transpose(1, 2, 0)
        ends = (tl[0], tr[0]), (tr[1], br[1]), (bl[0], br[0]), (tl[1], bl[1])
        return tuple((e, r, *two) for e, r, two in zip(self.edges, self.rows, ends, strict=True))


def rectangles_around(
    pixels: Image, box_xyxy: Floats, others_xyxy: Sequence[Floats], keep: int = 3
) -> tuple[Rectangle, ...]:
    """The likeliest rectangles that hold a face, the likeliest first; none where no edges are around it.

    Args:
        pixels: (h, w, 3) RGB.
        box_xyxy: of the face, in ``pixels``.
        others_xyxy: the other faces in the photo; their bodies may hide edges.
        keep: how many at the most.
    """
    look = _look(pixels, box_xyxy, others_xyxy)
    quads = _quads(look, pixels.shape)
    if not len(quads.corners):
        return ()
    quads = _likeliest(look, quads)
    if not len(quads.corners):
        return ()
    colours, cut = frame_colours.colour_cues(look.pixels, look.hidden, look.box, quads.corners, quads.borders.T)
    _, _, under, _ = _seen(look, quads)
    alien, goes_on = colours[:, frame_colours.NAMES.index("alien")], colours[:, frame_colours.NAMES.index("goes on")]
    cut_off = under[0] * np.minimum(1, under[1] / SEEN) * (1 - alien) * cut * (1 - goes_on)
    people = np.tile(_among(box_xyxy, others_xyxy), (len(colours), 1))
    cues = np.concatenate([_shape_cues(look, quads), colours, people, cut_off[:, None]], axis=1)
    scores = likelihoods(cues)
    places = quads.corners / look.scale + look.origin
    order = np.argsort(-scores, kind="stable")[:keep]
    return tuple(Rectangle(places[i].astype(np.float32), cues[i], float(scores[i])) for i in order)


def _quads(look: _Look, shape: tuple[int, ...]) -> _Quads:
    """Every four edges that make a rectangle around the face."""
    x0, y0, x1, y1 = look.box
    x, y, size = (x0 + x1) / 2, (y0 + y1) / 2, max(look.box[2:] - look.box[:2])
    height, width = look.hidden.shape
    lines = pieces(look.pixels)
    found = [
        edges(lines, False, look.hidden, (-np.inf, y0), x),
        edges(lines, True, look.hidden, (x1 + BESIDE * size, np.inf), y),
        edges(lines, False, look.hidden, (y1 + 0.3 * size, np.inf), x),
        edges(lines, True, look.hidden, (-np.inf, x0 - BESIDE * size), y),
    ]
    end = (AT_END * shape[0] - look.origin[1]) * look.scale
    found[2] = found[2].where(found[2].slopes * x + found[2].offsets < end)
    real = [len(each) for each in found]
    right_end = look.origin[0] + width / look.scale
    for i, is_border, length, offset in (
        (0, look.origin[1] == 0, width, 0.0),
        (1, right_end >= shape[1] - 2, height, float(width)),
        (3, look.origin[0] == 0, height, 0.0),
    ):
        if is_border:
            found[i] = with_border(found[i], length, offset)
    rows = np.stack([each.ravel() for each in np.meshgrid(*(np.arange(len(e)) for e in found), indexing="ij")])
    borders = rows >= np.array(real)[:, None]
    rows, borders = rows[:, borders.sum(0) <= 1], borders[:, borders.sum(0) <= 1]
    slopes = [e.slopes[r] for e, r in zip(found, rows, strict=True)]
    fits = (np.abs(slopes[3] - slopes[1]) < 0.25) | borders[1] | borders[3]
    fits &= (np.abs(slopes[0] - slopes[2]) < 0.35) | borders[0]
    rows, borders = rows[:, fits], borders[:, fits]
    top, right, bottom, left = zip(found, rows, strict=True)
    meets = [_meet(*left, *top), _meet(*right, *top), _meet(*right, *bottom), _meet(*left, *bottom)]
    corners = np.array(meets).transpose(2, 0, 1)
    tl, tr, br, bl = corners.transpose(1, 2, 0)
    fits = (tl[0] < tr[0] - size) & (bl[0] < br[0] - size) & (tl[1] < bl[1] - size) & (tr[1] < br[1] - size)
    return _Quads((found[0], found[1], found[2], found[3]), rows, corners, borders)[np.flatnonzero(fits)]


def _likeliest(look: _Look, quads: _Quads) -> _Quads:
    """Some that differ, by their sides and corners alone."""
    size = max(look.box[2:] - look.box[:2])
    sides, visible, under, _ = _seen(look, quads)
    there = np.sort(np.where(quads.borders, 0.3, sides * np.minimum(1, visible / 0.4)), 0)
    rough = np.array([0.35, 0.3, 0.15, 0.15]) @ there + 0.25 * under[0] * np.minimum(1, under[1] / SEEN)
    first = np.argsort(-rough, kind="stable")[:FIRST]
    first = first[~_runs_on(quads[first], size)]
    if not len(first):
        return quads[first]
    quads, rough = quads[first], rough[first]
    corners = _corners(look, quads)
    known = np.isfinite(corners)
    met = np.where(known, corners, 0).sum(0) / np.maximum(known.sum(0), 1)
    rough = rough + 0.3 * met + 0.02 * known.sum(0)
    chosen: list[int] = []
    left = np.ones(len(rough), bool)
    for i in np.argsort(-rough, kind="stable").tolist():
        if left[i]:
            chosen.append(i)
            left &= np.abs(quads.corners - quads.corners[i]).max((1, 2)) > APART * size
            if len(chosen) == KEPT:
                break
    return quads[np.array(chosen, np.intp)]


def _runs_on(quads: _Quads, size: float) -> Mask:
    """Whether the lower side runs on beyond both its corners, or the one that is open to view: a table's, a wall's."""
    bottom, rows, start, end = quads.spans()[2]
    ways = bottom.seen(rows, start - RUNS_ON[0] * size, start - 2), bottom.seen(rows, end + 2, end + RUNS_ON[0] * size)
    known = np.stack([there[1] > SEEN for there in ways])
    there = np.stack([there[0] > RUNS_ON[1] for there in ways])
    return np.asarray(known.any(0) & (there | ~known).all(0))


def _seen(look: _Look, quads: _Quads) -> tuple[Places, Places, Points, Points]:
    """Of each side the share that is there and how much is open to view; the same below the body, and the chest."""
    spans = quads.spans()
    sides, visible = (
        np.stack(each) for each in zip(*(e.seen(rows, start, end) for e, rows, start, end in spans), strict=True)
    )
    bottom, rows, start, end = spans[2]
    x, size = (look.box[0] + look.box[2]) / 2, max(look.box[2:] - look.box[:2])
    middle = np.full(len(start), x)
    under = bottom.seen(rows, np.maximum(middle - SHOULDERS * size, start), np.minimum(middle + SHOULDERS * size, end))
    return sides, visible, under, bottom.seen(rows, middle - CHEST * size, middle + CHEST * size)


def _shape_cues(look: _Look, quads: _Quads) -> Doubles:
    """(N, 12), those that ``vision.frame_cues`` names first."""
    x0, y0, x1, y1 = look.box
    x, y, size = (x0 + x1) / 2, (y0 + y1) / 2, max(look.box[2:] - look.box[:2])
    borders = quads.borders
    sides, visible, _, chest = _seen(look, quads)
    open_to_view = np.minimum(1, visible / SEEN)
    there, gaps = sides * open_to_view, (1 - sides) * open_to_view
    ordered = np.sort(np.where(borders, 1.0, there), 0)
    corners = _corners(look, quads)
    known = np.isfinite(corners)
    ends = np.where(known, corners, 0)
    bottom, rows, _, _ = quads.spans()[2]
    near = bottom.longest[:, max(0, int(x - 0.3 * size)) : max(1, int(x + 0.3 * size) + 1)].max(1)[rows] / size
    tl, tr, br, bl = quads.corners.transpose(1, 2, 0)
    wide, tall = (tr[0] - tl[0] + br[0] - bl[0]) / 2, (bl[1] - tl[1] + br[1] - tr[1]) / 2
    top = (tl[1] + tr[1]) / 2
    slope = [e.slopes[r] for e, r in zip(quads.edges, quads.rows, strict=True)]
    upright = np.where(borders[3], slope[1], np.where(borders[1], slope[3], (slope[1] + slope[3]) / 2))
    level = np.where(borders[0], slope[2], (slope[0] + slope[2]) / 2)
    cues = (
        ordered[1],
        np.where(borders, 0, gaps).max(0),
        1 - np.where(borders, 1, open_to_view).mean(0),
        (1 - chest[0]) * np.minimum(1, chest[1] / SEEN),
        np.minimum(near, 2) / 2,
        ends.sum(0) / np.maximum(known.sum(0), 1),
        known.mean(0),
        borders[1] | borders[3],
        np.abs(x - quads.corners[..., 0].mean(1)) / wide,
        (y - top) / tall,
        np.abs(upright + level),
        np.minimum(np.abs(level), TILTED),
    )
    return np.stack([np.asarray(cue, np.float64) for cue in cues], axis=1)


def _corners(look: _Look, quads: _Quads) -> Doubles:
    """(4, N): how well the sides end where they meet, -1 to 1, not a number where that is hidden or outside."""
    starts, ends = zip(*(_ends(*each) for each in quads.spans()), strict=True)
    met = ((starts[0], starts[3]), (ends[0], starts[1]), (ends[2], ends[1]), (starts[2], ends[3]))
    height, width = look.hidden.shape
    x, y = quads.corners.transpose(2, 1, 0)
    inside = (x > 0) & (x < width) & (y > 0) & (y < height)
    return np.where(inside, np.stack([_corner(*each) for each in met]), np.nan)


def _among(box_xyxy: Floats, others_xyxy: Sequence[Floats]) -> Doubles:
    """(3,): whether somebody smaller is before this body, as a logarithm; how far above the others this head is; alone.

    Who stands before somebody is nearer to the camera, and no grown-up's head is smaller there. A print on the chest
    is: that is another cue.
    """
    x0, y0, x1, y1 = (float(v) for v in box_xyxy)
    size, x, y = max(x1 - x0, y1 - y0), (x0 + x1) / 2, (y0 + y1) / 2
    before, above = 0.0, 0.0
    for other in others_xyxy:
        a, b, c, d = (float(v) for v in other)
        own, down = max(c - a, d - b), (b + d) / 2 - y
        if (b + d) / 2 > y1 and abs((a + c) / 2 - x) < 1.3 * size and not on_body(other, [box_xyxy]):
            before = max(before, min(SMALLER, float(np.log(size / own))))
        above = max(above, down / max(size, own))
    low, high = STANDING
    return np.array([before, min(1.0, max(0.0, (above - low) / (high - low))), float(not len(others_xyxy))])


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
