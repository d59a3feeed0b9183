"""The DET picture: misses against false alarms at every threshold, both on normal-deviate axes.

The only file that draws with matplotlib. Its Agg part needs no screen, and is used directly, so that nothing global is
set. (A. Martin et al., The DET curve in assessment of detection task performance, Eurospeech 1997.)
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import BinaryIO, Final

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from candidates.gallery import Doubles
from evaluation.results import FaceEvaluation
from evaluation.trials import Method

TICKS: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99)
MARKED: Final = ("face-recognition", "match", "possible")
COLOURS: Final = {Method.RAW: "#7a7a7a", Method.SIMILARITY: "#0072b2", Method.E_VALUE: "#d55e00"}
SHAPES: Final = {"face-recognition": "x", "match": "o", "possible": "s"}
"""Okabe and Ito's colours, which people with any colour vision can tell apart; shapes tell the points apart."""

_INCHES, _DOTS = (7.0, 6.5), 150


@dataclass(frozen=True, slots=True)
class Labels:
    """What the picture says, in the language of the user.

    Attributes:
        title, across, up: the picture and its axes.
        methods: of each line.
        points: of each mark.
        ticks: how each share on the axes is written.
    """

    title: str
    across: str
    up: str
    methods: Mapping[Method, str]
    points: Mapping[str, str]
    ticks: Mapping[float, str]


def draw_det(evaluation: FaceEvaluation, labels: Labels, stream: BinaryIO) -> None:
    """Write the picture as PNG.

    A rate of 0 cannot be drawn on these axes; it lies on the edge, at half of one search or
    half the first tick.

    Args:
        evaluation: with its curves.
        labels: what to say.
        stream: open for writing bytes.

    Raises:
        OSError: the stream cannot be written to.
    """
    figure = Figure(figsize=_INCHES, dpi=_DOTS, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    across = _edge(point.fpir.searches for point in evaluation.points)
    up = _edge(point.fnir.searches for point in evaluation.points)
    for method, curve in evaluation.curves.items():
        fpir, fnir = _corners(curve.fpir, curve.fnir)
        line, colour = (_deviates(fpir, across), _deviates(fnir, up)), COLOURS[method]
        axes.plot(*line, color=colour, label=labels.methods[method], linewidth=1.8)
    for point in evaluation.points:
        if point.name in MARKED:
            mark = _deviates([point.fpir.value], across), _deviates([point.fnir.value], up)
            label, shape = labels.points[point.name], SHAPES[point.name]
            axes.plot(*mark, shape, color="black", markersize=8, fillstyle="none", label=label, clip_on=False)
    for edge, limit, set_ticks, turned in (
        (across, axes.set_xlim, axes.set_xticks, 60),
        (up, axes.set_ylim, axes.set_yticks, 0),
    ):
        ticks = [tick for tick in TICKS if edge <= tick <= 1 - edge]
        set_ticks(_deviates(ticks, edge), [labels.ticks[tick] for tick in ticks], rotation=turned)
        limit(*_deviates([edge, 1 - edge], edge))
    axes.grid(linewidth=0.4, color="#cccccc")
    axes.set_xlabel(labels.across)
    axes.set_ylabel(labels.up)
    axes.set_title(labels.title, fontsize=10)
    axes.legend(loc="upper right", fontsize=8)
    figure.savefig(stream, format="png", metadata={"Software": None})


def _corners(fpir: Doubles, fnir: Doubles) -> tuple[Doubles, Doubles]:
    """A staircase, so that no line is drawn through rates that no threshold has."""
    return np.repeat(fpir, 2)[1:], np.repeat(fnir, 2)[:-1]


def _edge(searches: Iterable[int]) -> float:
    return min(0.05, max(0.5 / max(searches), TICKS[0] / 2))


def _deviates(rates: Iterable[float], edge: float) -> list[float]:
    """The normal deviate of each rate, kept ``edge`` away from 0 and 1."""
    inverse = NormalDist().inv_cdf
    return [inverse(float(np.clip(rate, edge, 1 - edge))) for rate in rates]
