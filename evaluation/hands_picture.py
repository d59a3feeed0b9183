"""Two pictures of an evaluation of hands: what is taken for what, and whether confidences keep their word.

As ``evaluation.picture``, it draws with matplotlib's Agg part only, which needs no screen and sets nothing global.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from evaluation.hands_reliability import Reliability
from evaluation.hands_results import LabelRow, Outcome
from evaluation.hands_truth import NOTHING
from netra.symbols import SYMBOLS

BLUE, ORANGE, GREY = "#0072b2", "#d55e00", "#7a7a7a"
"""Okabe and Ito's colours, which people with any colour vision can tell apart."""

LAST_COLUMNS: Final = (Outcome.NONE.value, Outcome.CANNOT_READ.value, Outcome.NOT_FOUND.value)
_DOTS = 150
_CELL, _LETTER, _REST = 0.42, 0.067, 0.9  # inches of a cell, of a letter of its names, of the axes' own words
_TURNED = 60  # degrees of the names below
_LEAST_TINT: Final = 0.2  # one hand of hundreds is seen as well
_LIGHT_FROM: Final = 0.55  # share from which a number is white on its blue


@dataclass(frozen=True, slots=True)
class ConfusionLabels:
    """What the confusion picture says, in the language of the user.

    Attributes:
        title, across, up: the picture and its axes.
        answers: of each label, NOTHING and the last columns.
    """

    title: str
    across: str
    up: str
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReliabilityLabels:
    """What the reliability picture says, in the language of the user.

    Attributes:
        title, across, up: the picture and its axes.
        ideal, seen: the diagonal, and what was measured.
        ticks: how each tenth of both axes is written.
    """

    title: str
    across: str
    up: str
    ideal: str
    seen: str
    ticks: Mapping[float, str]


def draw_confusion(rows: tuple[LabelRow, ...], labels: ConfusionLabels, stream: BinaryIO) -> None:
    """Write the confusion matrix as PNG: a row for what is shown, a column for what was read, numbers of hands.

    Shades are shares of the row: blue and framed what is as it should be, orange another symbol, grey no symbol.

    Args:
        rows: the confusion table.
        labels: what to say.
        stream: open for writing bytes.

    Raises:
        OSError: the stream cannot be written to.
    """
    read = {answer for row in rows for answer in row.answers} | {row.label for row in rows}
    columns = [*(label for label in SYMBOLS if label in read), *LAST_COLUMNS]
    counts = np.array([[row.answers.get(column, 0) for column in columns] for row in rows], float)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    beside = [f"{labels.answers[row.label]} ({row.figures.hands})" for row in rows]
    below = [labels.answers[column] for column in columns]
    words = _LETTER * max(map(len, beside)), _LETTER * max(map(len, below)) * np.sin(np.radians(_TURNED))
    size = (len(columns) * _CELL + words[0] + _REST, len(rows) * _CELL + words[1] + _REST)
    figure = Figure(figsize=size, dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    right = [columns.index(Outcome.NONE.value if row.label == NOTHING else row.label) for row in rows]
    symbols = len(columns) - len(LAST_COLUMNS)
    full = np.array([[_colour(x == place, x < symbols) for x in range(len(columns))] for place in right])
    tints = np.where(counts > 0, np.maximum(shares, _LEAST_TINT), 0)
    axes.imshow(1 - tints[:, :, None] * (1 - full))
    for (y, x), count in np.ndenumerate(counts):
        if x == right[y]:
            axes.plot([x - 0.5, x + 0.5, x + 0.5, x - 0.5, x - 0.5], [y - 0.5, y - 0.5, y + 0.5, y + 0.5, y - 0.5], "k")
        if count:
            colour = "white" if shares[y, x] >= _LIGHT_FROM else "black"
            axes.text(x, y, f"{count:.0f}", ha="center", va="center", fontsize=8, color=colour)
    axes.axvline(symbols - 0.5, color=GREY, linewidth=0.8)
    axes.set_xticks(range(len(columns)), below, rotation=_TURNED, ha="right")
    axes.set_yticks(range(len(rows)), beside)
    axes.set_xticks(np.arange(len(columns) + 1) - 0.5, minor=True)
    axes.set_yticks(np.arange(len(rows) + 1) - 0.5, minor=True)
    axes.grid(which="minor", linewidth=0.4, color="#dddddd")
    axes.tick_params(which="both", length=0, labelsize=8)
    axes.set_xlabel(labels.across)
    axes.set_ylabel(labels.up)
    figure.suptitle(labels.title, fontsize=10)
    figure.savefig(stream, format="png", metadata={"Software": None})


def _colour(is_right: bool, is_symbol: bool) -> tuple[float, float, float]:
    return to_rgb(BLUE if is_right else ORANGE if is_symbol else GREY)


def draw_reliability(reliability: Reliability, labels: ReliabilityLabels, stream: BinaryIO) -> None:
    """Write the reliability picture as PNG: the share right over the confidence, with intervals and counts.

    Args:
        reliability: bins of confidence.
        labels: what to say.
        stream: open for writing bytes.

    Raises:
        OSError: the stream cannot be written to.
    """
    figure = Figure(figsize=(5.5, 5.2), dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, label=labels.ideal)
    bins = reliability.bins
    across = [each.confidence for each in bins]
    right = np.array([each.right.value for each in bins])
    away = np.abs([[each.right.low for each in bins], [each.right.high for each in bins]] - right)
    axes.errorbar(across, right, away, fmt="o", color=BLUE, capsize=3, markersize=5, label=labels.seen)
    for each in bins:
        below = each.right.low > 0.12
        place = (each.confidence, each.right.low - 0.02 if below else each.right.high + 0.02)
        axes.annotate(str(each.right.searches), place, ha="center", va="top" if below else "bottom", fontsize=7)
    axes.set_xlim(0, 1.02)
    axes.set_ylim(0, 1.02)
    axes.set_xticks(list(labels.ticks), list(labels.ticks.values()))
    axes.set_yticks(list(labels.ticks), list(labels.ticks.values()))
    axes.grid(linewidth=0.4, color="#cccccc")
    axes.set_xlabel(labels.across)
    axes.set_ylabel(labels.up)
    axes.set_title(labels.title, fontsize=10)
    axes.legend(loc="upper left", fontsize=8)
    figure.savefig(stream, format="png", metadata={"Software": None})
