"""Fits the reader's network with scikit-learn and calibrates it; needs the dependency group ``training``."""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.symbol_reader import reading
from benchmarks.symbol_reader.seen import Looks, Seen, join, join_looks
from fixtures.hand_variety import IDLE
from vision.hand_shape import features
from vision.symbol_network import FAR, NONE, SymbolNetwork
from vision.types import Floats

if TYPE_CHECKING:
    from sklearn.neural_network import MLPClassifier

# Chosen on rendered hands held back (the part "test" of 2,300 hands), before any real photo was read with the result.
MEMBERS, HIDDEN, EPOCHS, BATCH, RATE = 8, (128, 64), 14, 128, 1e-3
PENALTY = 0.3
REAL_WEIGHT = 2.0  # of a real hand, against 1 for a rendered one
LEAST_SIZE = 16.0  # pixels; hands below it are not read, so nothing is learned from them
LEAST_SURE = 0.5  # what is more likely wrong than right is never said
STEP = 1e-3
# Of idle hands, for the thresholds. Issue 4 allows 1 in 200; among other hands than those that the thresholds are
# fitted on false symbols were twice as frequent.
FALSE_SYMBOLS = 1 / 500
QUIET = 0.8  # share of the errors that must be ``none`` rather than a wrong name


def train(drawn: Seen, rendered: Looks, real: Looks, seed: int) -> SymbolNetwork:
    """A network from hands to learn from and hands to calibrate on; every other part is left out.

    Args:
        drawn: rendered hands to learn from.
        rendered: rendered hands as a scan sees them; the parts ``calibration`` and ``idle`` are used.
        real: the digits as a scan sees them, each look of which is a hand to learn from.
        seed: of all that is drawn.
    """
    learn = [drawn.take(drawn.found & (drawn.size >= LEAST_SIZE)), *_readable(real, "train").each()]
    every = join(learn)
    weights = np.repeat([1.0, *[REAL_WEIGHT] * 3], [len(part) for part in learn])
    x = features(every.hands())
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-3)
    standard = np.clip((x - mean) / scale, -FAR, FAR).astype(np.float32)
    labels = tuple(str(each) for each in sorted(set(every.label)))
    none = np.zeros(len(labels), np.float32)
    layers = tuple(_layers(_member(standard, every.label, weights, seed + m)) for m in range(MEMBERS))
    plain = SymbolNetwork(labels, mean, scale, layers, 1.0, none)
    held = join_looks([_readable(part, "calibration") for part in (rendered, real)])
    _, second, third = reading.each_look(plain, held)
    temperature = fit_temperature(second, third, truth_of(held.first.label, labels))
    warm = SymbolNetwork(labels, mean, scale, layers, temperature, none)
    idle = join_looks([held, _readable(rendered, "idle")])
    thresholds = fit_thresholds(warm, reading.probabilities(warm, idle), idle.first)
    return SymbolNetwork(labels, mean, scale, layers, temperature, thresholds)


def _readable(hands: Looks, part: str) -> Looks:
    first = hands.first
    return hands.take(first.found & (first.part == part) & (first.size >= LEAST_SIZE))


def _member(x: Floats, labels: NDArray[np.str_], weights: NDArray[np.float64], seed: int) -> "MLPClassifier":
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    member = MLPClassifier(
        HIDDEN,
        alpha=PENALTY,
        batch_size=BATCH,
        learning_rate_init=RATE,
        max_iter=EPOCHS,
        tol=0.0,
        n_iter_no_change=EPOCHS,
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # it stops after EPOCHS, as meant
        member.fit(x, labels, sample_weight=weights)
    return member


def _layers(member: "MLPClassifier") -> tuple[tuple[Floats, Floats], ...]:
    return tuple(
        (np.asarray(w, np.float32), np.asarray(b, np.float32))
        for w, b in zip(member.coefs_, member.intercepts_, strict=True)
    )


def truth_of(label: NDArray[np.str_], labels: Sequence[str]) -> NDArray[np.int64]:
    """(N,) the index of each label."""
    place = {name: i for i, name in enumerate(labels)}
    return np.array([place[name] for name in label], np.int64)


def fit_temperature(one: Floats, other: Floats, truth: NDArray[np.int64]) -> float:
    """The temperature at which the true answers are likeliest (Guo et al., 2017).

    Args:
        one, other: (N, labels) probabilities at two looks, of whose mean the likelihood counts.
        truth: (N,) the index of each true label.
    """
    logs = [np.log(each.astype(np.float64) + 1e-9) for each in (one, other)]
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        warm = [np.exp(each / temperature) for each in logs]
        mean = sum(each / each.sum(1, keepdims=True) for each in warm) / 2
        return float(-np.log(np.asarray(mean)[rows, truth] + 1e-9).mean())

    return float(min(np.arange(0.5, 3.01, 0.02), key=loss))


def fit_thresholds(network: SymbolNetwork, probabilities: Floats, hands: Seen) -> Floats:
    """(labels,) the lowest thresholds at which idle hands hardly ever get a symbol, and most errors are ``none``.

    All begin at ``LEAST_SURE``; as long as there are too many false symbols, that threshold is raised above its next
    false one which loses fewest right ones by it.
    """
    labels = network.labels
    best, sure = probabilities.argmax(1), network.fingers(probabilities)
    names = np.array(labels)[best]
    idle, wrong, shown = np.isin(hands.kind, IDLE), names != hands.label, hands.label != NONE
    thresholds = np.full(len(labels), LEAST_SURE, np.float32)
    while True:
        named = (names != NONE) & (sure >= thresholds[best])
        quiet = int((~named & shown).sum())
        if (named & idle).sum() > FALSE_SYMBOLS * idle.sum():
            false = named & idle
        elif quiet < QUIET * (quiet + (named & wrong).sum()):
            false = named & wrong
        else:
            return thresholds
        raised = {
            label: min(1.0, float(sure[false & (best == label)].min()) + STEP) for label in sorted(set(best[false]))
        }
        lost = {
            label: int((named & ~wrong & (best == label) & (sure < above)).sum()) for label, above in raised.items()
        }
        cheapest = min(lost, key=lambda label: (lost[label], raised[label]))
        thresholds[cheapest] = raised[cheapest]
