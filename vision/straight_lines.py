"""Long straight edges around a face, and how much of each is really there."""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Image

Places = NDArray[np.float64]
Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

STEEPEST: Final = 32.0
"""Degrees that an edge may lean from the upright or the level and still be a side of a picture."""
SHORTEST: Final = 10.0
"""Pixels of a piece of an edge; shorter ones are texture."""
_APART: Final = 2.2  # pixels between a piece and the edge it is part of
_TURNED: Final = 0.14  # slope between the two
_KEPT: Final = 10  # edges kept for each side of a face; more only finds the same quads again


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Edges that run the same way: across = slope x along + offset.

    For upright edges ``along`` is y and ``across`` is x, for level ones the other way round.

    Attributes:
        slopes, offsets: (N,) float64.
        covered: (N, L + 1) float64, how many of the first i pixels along hold a piece of the edge.
        longest: (N, L) float64, the length of the longest piece at each pixel along.
        hidden: (N, L + 1) float64, how many of them hold none and lie where something may stand before the edge.
    """

    slopes: NDArray[np.float64]
    offsets: NDArray[np.float64]
    covered: NDArray[np.float64]
    hidden: NDArray[np.float64]
    longest: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.slopes)

    def where(self, kept: Mask) -> "Edges":
        """Some of them."""
        return Edges(self.slopes[kept], self.offsets[kept], self.covered[kept], self.hidden[kept], self.longest[kept])

    def seen(self, rows: Rows, start: Places, end: Places) -> tuple[Places, Places]:
        """Of edges from ``start`` to ``end`` along: the share that is there of what could be seen, and how much could.

        All of one shape. What lies outside the picture cannot be seen, nor what is hidden.
        """
        low, high = np.minimum(start, end), np.maximum(start, end)
        last = self.covered.shape[1] - 1
        a, b = np.clip(np.rint(low), 0, last).astype(np.intp), np.clip(np.rint(high), 0, last).astype(np.intp)
        found = self.covered[rows, b] - self.covered[rows, a]
        open_to_view = (b - a) - (self.hidden[rows, b] - self.hidden[rows, a])
        return found / np.maximum(open_to_view, 1), open_to_view / np.maximum(high - low, 1)


def pieces(image: Image) -> NDArray[np.float64]:
    """Straight pieces of edges of an RGB picture, (N, 4): x0, y0, x1, y1, longer than ``SHORTEST``."""
    detector = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD)
    lab = cv2.cvtColor(image, cv2.COLOR_RGB2LAB)
    found = [np.zeros((0, 4))]
    # Sheets as bright as the wall behind them still differ in colour, which is half as fine in a JPEG.
    for channel, gain in ((0, 1.0), (1, 2.0), (2, 2.0)):
        plane = lab[..., channel]
        if gain > 1:
            plane = np.clip((plane.astype(np.float32) - 128) * gain + 128, 0, 255).astype(np.uint8)
        lines = detector.detect(np.ascontiguousarray(plane))[0]
        if lines is not None:
            found.append(np.asarray(lines, np.float64).reshape(-1, 4))
    every = np.concatenate(found)
    return every[np.hypot(every[:, 2] - every[:, 0], every[:, 3] - every[:, 1]) >= SHORTEST]


def edges(lines: NDArray[np.float64], upright: bool, hidden: Mask, reach: tuple[float, float], at: float) -> Edges:
    """The longest edges that run one way and cross a part of the picture.

    Args:
        lines: as ``pieces`` gives them.
        upright: those that run up and down; else those that run across.
        hidden: (h, w) bool, where something may stand before an edge.
        reach: from where to where they have to lie across, seen at one place along.
        at: that place.
    """
    along, across = (lines[:, 1::2], lines[:, 0::2]) if upright else (lines[:, 0::2], lines[:, 1::2])
    run = along[:, 1] - along[:, 0]
    step = across[:, 1] - across[:, 0]
    fits = np.abs(step) <= np.abs(run) * np.tan(np.radians(STEEPEST))
    along, across, run, step = along[fits], across[fits], run[fits], step[fits]
    slopes = step / np.where(run == 0, 1, run)
    offsets = across[:, 0] - slopes * along[:, 0]
    here = slopes * at + offsets
    chosen = (here >= reach[0]) & (here <= reach[1])
    along, across, slopes, offsets = along[chosen], across[chosen], slopes[chosen], offsets[chosen]
    lengths = np.abs(along[:, 1] - along[:, 0])
    plane = hidden if upright else hidden.T  # (along, across)
    total = plane.shape[0]
    made: list[tuple[float, float, NDArray[np.float64]]] = []
    left = np.ones(len(lengths), bool)
    for first in np.argsort(-lengths, kind="stable"):
        if not left[first]:
            continue
        slope, offset = slopes[first], offsets[first]
        for _ in range(2):
            away = np.abs(across - slope * along - offset)
            off = np.maximum(away[:, 0], away[:, 1])
            of_it = (off < _APART) & (np.abs(slopes - slope) < _TURNED)
            of_it[first] = True
            weights = np.repeat(lengths[of_it], 2)
            slope, offset = _line(along[of_it].ravel(), across[of_it].ravel(), weights, (slope, offset))
        left[of_it] = False
        marks = np.zeros(total)
        for a, b in np.clip(np.sort(along[of_it], axis=1), 0, total).astype(int):
            marks[a:b] = np.maximum(marks[a:b], b - a)
        made.append((float(slope), float(offset), marks))
    made = sorted(made, key=lambda each: -int((each[2] > 0).sum()))[:_KEPT]
    covered, behind = np.zeros((len(made), total + 1)), np.zeros((len(made), total + 1))
    places = np.arange(total)
    for i, (slope, offset, marks) in enumerate(made):
        across_here = np.clip(np.rint(slope * places + offset), 0, plane.shape[1] - 1).astype(np.intp)
        covered[i, 1:] = np.cumsum(marks > 0)
        behind[i, 1:] = np.cumsum(plane[places, across_here] & (marks == 0))
    slopes, offsets = np.array([each[0] for each in made]), np.array([each[1] for each in made])
    longest = np.array([each[2] for each in made]).reshape(len(made), total)
    return Edges(slopes, offsets, covered, behind, longest)


def with_border(found: Edges, length: int, offset: float) -> Edges:
    """The same edges, and after them the photo's own border: a side that never shows.

    Args:
        found: edges of one way.
        length: pixels along.
        offset: where the border runs across.
    """
    nothing = np.zeros((1, length + 1))
    return Edges(
        np.append(found.slopes, 0.0),
        np.append(found.offsets, offset),
        np.concatenate([found.covered, nothing]),
        np.concatenate([found.hidden, nothing]),
        np.concatenate([found.longest, nothing[:, 1:]]),
    )


def _line(x: Places, y: Places, weights: Places, otherwise: tuple[float, float]) -> tuple[float, float]:
    """Slope and offset of the line nearest to points; what was known where they do not tell."""
    if np.ptp(x) <= SHORTEST:
        return otherwise
    whole = weights.sum()
    mx, my = float(weights @ x) / whole, float(weights @ y) / whole
    away = x - mx
    slope = float((weights * away) @ (y - my)) / float((weights * away) @ away)
    return slope, my - slope * mx
