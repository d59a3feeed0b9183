"""How often the reader is right, and whether its confidence means what it says, on hands it was not trained on."""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.symbol_reader.features import features
from benchmarks.symbol_reader.network import NONE, SymbolNetwork
from benchmarks.symbol_reader.observe import CURVE
from benchmarks.symbol_reader.seen import Seen, join
from fixtures.hand_variety import IDLE
from vision.types import Floats

BINS = 10
Z = 1.959964  # of a normal distribution 95% lies within this many standard deviations
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


def answers(network: SymbolNetwork, hands: Seen) -> Answers:
    """Read the hands that were found."""
    found = hands.take(hands.found)
    probabilities = network(features(found.hands()))
    best = np.array(network.labels)[probabilities.argmax(1)]
    confidence = probabilities.max(1)
    said = np.where(confidence >= network.threshold, best, NONE)
    return Answers(found.label, said, best, confidence)


def lines(network: SymbolNetwork, rendered: Seen, real: Seen) -> Iterator[str]:
    """All figures, each with its sample and its 95% interval."""
    test = rendered.take(rendered.part == "test")
    yield f"threshold {network.threshold:.2f}, temperature {network.temperature:.2f}"
    yield "symbols shown to the camera, by size in pixels (of the hands found):"
    for size in CURVE:
        part = rendered.take(rendered.part == "large") if size == CURVE[-1] else test.take(test.size == size)
        if not len(part):
            continue
        yield f"  {size:4.0f}: {_line(network, part.take(part.label != NONE))}"
    legible = join([test.take(test.size >= LEGIBLE), rendered.take(rendered.part == "large")])
    yield f"  from {LEGIBLE:.0f} on: {_line(network, legible.take(legible.label != NONE))}"
    wide = rendered.take((rendered.part == "wide") & (rendered.size >= LEGIBLE))
    yield f"  turned far, from {LEGIBLE:.0f} on: {_line(network, wide.take(wide.label != NONE))}"
    yield "hands that show nothing, 20 pixels and more: false symbols"
    nothing = rendered.take(np.isin(rendered.part, ("test", "wide")) & (rendered.label == NONE))
    for kind in sorted(set(nothing.kind)):
        said = answers(network, nothing.take((nothing.kind == kind) & (nothing.size >= 20)))
        yield f"  {kind}: {_share(int(said.false.sum()), len(said.label))}"
    resting = nothing.take(np.isin(nothing.kind, IDLE) & (nothing.size >= 20) & nothing.found)
    said, people = answers(network, resting), set(resting.person)
    wrong = set(resting.person[said.false])
    yield f"  the six idle kinds together: {_share(int(said.false.sum()), len(said.label))}"
    yield f"  different hands of these kinds with a symbol at any size: {_share(len(wrong), len(people))}"
    yield "digits of people held out:"
    for share in sorted(set(real.size), reverse=True):
        part = real.take((real.part == "test") & (real.size == share))
        yield f"  {share:.0f} pixels, symbols: {_line(network, part.take(part.label != NONE))}"
        for kind in sorted(set(part.kind)):
            of_kind = part.take(part.kind == kind)
            said = answers(network, of_kind)
            yield f"    {kind}: {_share(int(said.right.sum()), len(said.label))} {_wrong(said)}"
    every = answers(network, join([test.take(test.size >= 20), real.take(real.part == "test")]))
    yield f"expected calibration error, {BINS} bins: {calibration_error(every):.3f} over {len(every.label)} readings"


def _line(network: SymbolNetwork, hands: Seen) -> str:
    said = answers(network, hands)
    errors = int((~said.right).sum())
    quiet = errors - int(said.false.sum())
    found = f"found {int(hands.found.sum())} of {len(hands)}"
    return f"right {_share(int(said.right.sum()), len(said.label))}; {quiet} of {errors} errors are none; {found}"


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
