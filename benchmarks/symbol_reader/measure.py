"""How often the reader is right, and whether its confidence means what it says, on hands it was not trained on."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.symbol_reader import reading
from benchmarks.symbol_reader.observe import CURVE
from benchmarks.symbol_reader.seen import Looks, join_looks
from fixtures.hand_variety import IDLE
from vision.symbol_network import NONE, SymbolNetwork
from vision.types import Floats

BINS = 10
Z = 1.959964  # of a normal distribution 95% lies within this many standard deviations
READ_FROM = 24.0  # pixels, the smallest that issue 4 sets a goal for
LEGIBLE = 40.0  # pixels from which on issue 4 wants 97%


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What the reader says of hands that were found, one a row.

    Attributes:
        label: what the hand shows, or ``none``.
        said: what the reader says.
        best: the likeliest label, whatever its confidence.
        confidence: the probability of ``best``.
    """

    label: NDArray[np.str_]
    said: NDArray[np.str_]
    best: NDArray[np.str_]
    confidence: Floats

    @property
    def right(self) -> NDArray[np.bool_]:
        """(N,) where the answer is the truth."""
        return np.asarray(self.said == self.label, bool)

    @property
    def false(self) -> NDArray[np.bool_]:
        """(N,) where a symbol is named that is not shown."""
        return np.asarray(~self.right & (self.said != NONE), bool)


def answers(network: SymbolNetwork, hands: Looks) -> Answers:
    """Read the hands that were found."""
    found = hands.take(hands.first.found)
    probabilities = reading.probabilities(network, found)
    best = np.array(network.labels)[probabilities.argmax(1)]
    confidence = probabilities.max(1)
    said = np.array(network.answers(probabilities))
    return Answers(found.first.label, said, best, confidence)


def lines(network: SymbolNetwork, rendered: Looks, real: Looks) -> Iterator[str]:
    """All figures, each with its sample and its 95% interval."""
    test = rendered.take(rendered.first.part == "test")
    yield f"temperature {network.temperature:.2f}, thresholds {_thresholds(network)}"
    yield "symbols shown to the camera, by size in pixels (of the hands found):"
    for size in CURVE:
        part = (
            rendered.take(rendered.first.part == "large") if size == CURVE[-1] else test.take(test.first.size == size)
        )
        if not len(part):
            continue
        yield f"  {size:4.0f}: {_line(network, part.take(part.first.label != NONE))}"
    legible = join_looks([test.take(test.first.size >= LEGIBLE), rendered.take(rendered.first.part == "large")])
    yield f"  from {LEGIBLE:.0f} on: {_line(network, legible.take(legible.first.label != NONE))}"
    wide = rendered.take((rendered.first.part == "wide") & (rendered.first.size >= LEGIBLE))
    yield f"  turned far, from {LEGIBLE:.0f} on: {_line(network, wide.take(wide.first.label != NONE))}"
    yield f"what each is taken for, {READ_FROM:.0f} pixels and more:"
    shown = test.take((test.first.size >= READ_FROM) & (test.first.label != NONE))
    for label in sorted(set(shown.first.label)):
        said = answers(network, shown.take(shown.first.label == label))
        yield f"  {label}: {_share(int(said.right.sum()), len(said.label))} {_wrong(said)}"
    yield "hands that show nothing, 20 pixels and more: false symbols"
    nothing = rendered.take(np.isin(rendered.first.part, ("test", "wide")) & (rendered.first.label == NONE))
    for kind in sorted(set(nothing.first.kind)):
        said = answers(network, nothing.take((nothing.first.kind == kind) & (nothing.first.size >= 20)))
        yield f"  {kind}: {_share(int(said.false.sum()), len(said.label))}"
    resting = nothing.take(np.isin(nothing.first.kind, IDLE) & (nothing.first.size >= 20) & nothing.first.found)
    said, people = answers(network, resting), set(resting.first.person)
    wrong = set(resting.first.person[said.false])
    yield f"  the six idle kinds together: {_share(int(said.false.sum()), len(said.label))}"
    yield f"  different hands of these kinds with a symbol at any size: {_share(len(wrong), len(people))}"
    yield "digits of people held out:"
    for share in sorted(set(real.first.size), reverse=True):
        part = real.take((real.first.part == "test") & (real.first.size == share))
        yield f"  {share:.0f} pixels, symbols: {_line(network, part.take(part.first.label != NONE))}"
        for kind in sorted(set(part.first.kind)):
            of_kind = part.take(part.first.kind == kind)
            said = answers(network, of_kind)
            yield f"    {kind}: {_share(int(said.right.sum()), len(said.label))} {_wrong(said)}"
    every = answers(network, join_looks([test.take(test.first.size >= 20), real.take(real.first.part == "test")]))
    yield f"expected calibration error, {BINS} bins: {calibration_error(every):.3f} over {len(every.label)} readings"


def _line(network: SymbolNetwork, hands: Looks) -> str:
    said = answers(network, hands)
    errors = int((~said.right).sum())
    quiet = errors - int(said.false.sum())
    found = f"found {int(hands.first.found.sum())} of {len(hands)}"
    return f"right {_share(int(said.right.sum()), len(said.label))}; {quiet} of {errors} errors are none; {found}"


def _thresholds(network: SymbolNetwork) -> str:
    pairs = zip(network.labels, network.thresholds, strict=True)
    return ", ".join(f"{label} {threshold:.2f}" for label, threshold in pairs if label != NONE)


def _share(hits: int, n: int) -> str:
    """A share in words, with its interval after Wilson 1927."""
    if not n:
        return "none seen"
    rate = hits / n
    middle = (rate + Z**2 / (2 * n)) / (1 + Z**2 / n)
    half = Z / (1 + Z**2 / n) * math.sqrt(rate * (1 - rate) / n + Z**2 / (4 * n**2))
    return f"{hits} of {n} ({rate:.1%}; {max(0.0, middle - half):.1%} to {min(1.0, middle + half):.1%})"


def _wrong(said: Answers) -> str:
    wrong = Counter(str(each) for each in said.said[~said.right])
    return str(dict(wrong.most_common(4))) if wrong else ""


def bins(said: Answers) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, how many) of the likeliest label, by confidence, empty bins left out."""
    place = np.minimum((said.confidence * BINS).astype(int), BINS - 1)
    right = said.best == said.label
    return [
        (float(said.confidence[place == i].mean()), float(right[place == i].mean()), int((place == i).sum()))
        for i in range(BINS)
        if (place == i).any()
    ]


def calibration_error(said: Answers) -> float:
    """How far confidence and share of right answers lie apart, on average over the readings (Naeini et al., 2015)."""
    rows = bins(said)
    return sum(n * abs(sure - right) for sure, right, n in rows) / max(1, sum(n for _, _, n in rows))


def reliability_picture(said: Answers, path: Path) -> None:
    """Draw share right against confidence."""
    from matplotlib.figure import Figure

    rows = bins(said)
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1)
    axes.plot([sure for sure, _, _ in rows], [right for _, right, _ in rows], "o-", color="#0072B2")
    for sure, right, n in rows:
        axes.annotate(str(n), (sure, right), textcoords="offset points", xytext=(6, -10), fontsize=8)
    axes.set(xlabel="confidence", ylabel="share right", xlim=(0, 1), ylim=(0, 1))
    figure.savefig(path, dpi=120)
