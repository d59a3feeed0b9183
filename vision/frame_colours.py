"""What colours say of rectangles around a face: is one ground around it, and does a body end at its lower side?"""

from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.straight_lines import Mask
from vision.types import Image

Doubles = NDArray[np.float64]
NAMES: Final = ("contrast", "one ground", "alien", "goes on")
"""In this order, each 0 to 1: the mean contrast of the sides; how alike the grounds are that lie outside of different
sides; the share of what is right below the lower side, under the face, whose colour is nowhere else beside the
rectangle; and the share of the rows below it that have the colour of the clothes in it."""
SAME_LIGHT: Final = 30.0
"""Levels of L in 8-bit Lab between two rows of the same clothes, in folds and shadow; and of a and b:"""
SAME_COLOUR: Final = 7.0
FULL: Final = 25.0
"""Levels of a contrast that count in full; of L half as many."""
SHOULDERS: Final = 1.2
CHEST: Final = 0.9
_PLACES = np.linspace(0.04, 0.96, 32)  # along each side
_LOWER = 2


def colour_cues(pixels: Image, hidden: Mask, box: Doubles, quads: Doubles, borders: Mask) -> tuple[Doubles, Doubles]:
    """The cues of ``NAMES`` for each of several rectangles, (K, 4), and the contrast of its lower side under the face.

    Args:
        pixels: (h, w, 3) RGB.
        hidden: (h, w), where somebody else may stand.
        box: (4,) of the face.
        quads: (K, 4, 2), from the upper left corner clockwise.
        borders: (K, 4), which sides (top, right, bottom, left) are the photo's own border.
    """
    x, size = float(box[0] + box[2]) / 2, float(max(box[2:] - box[:2]))
    lab = cv2.cvtColor(pixels, cv2.COLOR_RGB2LAB).astype(np.float32)
    even = cv2.GaussianBlur(lab, (0, 0), 0.8) * np.array([0.5, 1, 1], np.float32)
    ends = np.roll(quads, -1, axis=1)
    along = ends - quads
    outward = np.stack([along[..., 1], -along[..., 0]], -1)
    outward /= np.maximum(np.linalg.norm(outward, axis=-1, keepdims=True), 1e-6)
    places = quads[:, :, None] + _PLACES[:, None] * along[:, :, None]  # (K, 4, T, 2)
    step = max(2.5, 0.08 * size) * outward[:, :, None]
    outside, seen_out = _at(even, hidden, places + step)
    inside, seen_in = _at(even, hidden, places - step)
    far = np.abs(places[..., 0] - x) / size
    under = far[:, _LOWER] < CHEST
    steps = np.abs(outside - inside).max(-1)
    cut = _median(steps[:, _LOWER], under & seen_out[:, _LOWER] & seen_in[:, _LOWER], 2, 0.0)
    below = under & seen_out[:, _LOWER]
    seen_out[:, _LOWER] &= far[:, _LOWER] > SHOULDERS
    seen = seen_in & seen_out
    contrast = np.minimum(_median(steps, seen & ~borders[..., None], 3, np.nan), FULL) / FULL
    known = np.isfinite(contrast)
    mean = np.where(known, contrast, 0).sum(1) / np.maximum(known.sum(1), 1)
    beside = seen_out & ~borders[..., None]
    beside[:, 0] = False  # above is often another wall, or the sky
    cues = np.stack(
        [
            mean,
            [_one_ground(colours, which) for colours, which in zip(outside, beside, strict=True)],
            [_alien(c[_LOWER][u], c[b]) for c, u, b in zip(outside, below, beside, strict=True)],
            _goes_on(lab, box, quads),
        ],
        axis=1,
    )
    return cues, np.minimum(cut, FULL) / FULL


def _at(lab: NDArray[np.float32], hidden: Mask, places: Doubles) -> tuple[NDArray[np.float32], Mask]:
    """The colours at places, and whether they are open to view there."""
    h, w = hidden.shape
    x, y = np.rint(places[..., 0]).astype(np.intp), np.rint(places[..., 1]).astype(np.intp)
    there = (x >= 0) & (x < w) & (y >= 0) & (y < h)
    x, y = np.clip(x, 0, w - 1), np.clip(y, 0, h - 1)
    return lab[y, x], there & ~hidden[y, x]


def _median(values: NDArray[np.float32], which: Mask, fewest: int, otherwise: float) -> Doubles:
    """Along the last axis, of those that count, or something else where they are too few."""
    count = which.sum(-1)
    ordered = np.sort(np.where(which, values, np.inf), -1)
    middle = np.take_along_axis(ordered, (np.maximum(count - 1, 0) // 2)[..., None], -1)[..., 0]
    return np.where(count >= fewest, middle, otherwise).astype(np.float64)


def _one_ground(colours: NDArray[np.float32], which: Mask) -> float:
    """How alike the two most similar grounds outside of different sides are; a half where only one is known."""
    grounds = [np.median(side[chosen], axis=0) for side, chosen in zip(colours, which, strict=True) if chosen.sum() > 3]
    if len(grounds) < 2:
        return 0.5
    apart = min(float(np.abs(a - b).max()) for i, a in enumerate(grounds) for b in grounds[:i])
    return max(0.0, 1 - apart / 20)


def _alien(under: NDArray[np.float32], beside: NDArray[np.float32]) -> float:
    if len(under) < 3 or len(beside) < 6:
        return 0.5
    off = np.abs(beside[:, None] - under[None])
    alike = (off[..., 0] < SAME_LIGHT / 2) & (off[..., 1:].max(2) < SAME_COLOUR)
    return 1 - float((alike.mean(0) > 0.05).mean())


def _goes_on(lab: NDArray[np.float32], box: Doubles, quads: Doubles) -> Doubles:
    """The share of the rows below each lower side that look like the clothes above it."""
    x0, _, x1, y1 = box
    size, x = max(box[2:] - box[:2]), (x0 + x1) / 2
    h, w = lab.shape[:2]
    rows = lab[:, int(max(0, x - 0.6 * size)) : int(min(w, x + 0.6 * size)) + 1].mean(1)
    found = np.zeros(len(quads))
    for i, ((bx, by), (ax, ay)) in enumerate(quads[:, 2:]):
        y = ay + (by - ay) * (x - ax) / max(bx - ax, 1)
        worn = rows[max(0, int(min(y1 + 0.35 * size, y - 0.15 * size))) : max(0, int(min(y, y1 + 1.2 * size)))]
        below = rows[max(0, int(y + 0.1 * size)) : max(0, int(min(h, y + 1.2 * size)))]
        if len(worn) and len(below) >= 0.3 * size:
            away = np.abs(below - np.median(worn, axis=0))
            found[i] = ((away[:, 0] < SAME_LIGHT) & (away[:, 1:].max(1) < SAME_COLOUR)).mean()
    return found
