"""Fits the reader's network with scikit-learn and calibrates it; needs the dependency group ``training``."""

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from benchmarks.symbol_reader.features import features
from benchmarks.symbol_reader.network import FAR, NONE, SymbolNetwork
from benchmarks.symbol_reader.seen import Seen, join, turned
from fixtures.hand_variety import IDLE
from vision.types import Floats

if TYPE_CHECKING:
    from sklearn.neural_network import MLPClassifier

MEMBERS, HIDDEN, EPOCHS, BATCH, RATE = 4, (128, 64), 18, 128, 2e-3
PENALTY = 0.3
TURN_DEGREES = 8.0  # a second copy of every hand is turned by about this much in the picture
REAL_WEIGHT = 2.0  # of a real hand, against 1 for a rendered one
# A hand that no network has seen counts for this much, and its features are shaken by this many standard deviations.
# Without such hands the likelihood of rendered hands held back was 0.97 a reading, with 20,000 of them 0.80.
GEOMETRY_WEIGHT, GEOMETRY_NOISE = 0.3, 0.3
LEAST_SIZE = 16.0  # pixels; hands below it are not read, so nothing is learned from them
THRESHOLDS = np.arange(0.3, 0.96, 0.01)
FALSE_SYMBOLS = 1 / 250  # of idle hands, for the threshold; issue 4 allows 1 in 200
QUIET = 0.8  # share of the errors that must be ``none`` rather than a wrong name


def train(rendered: Seen, flat: Seen, real: Seen, seed: int) -> SymbolNetwork:
    """A network from hands to learn from and hands to calibrate on; every other part is left out.

    Args:
        rendered: rendered hands as the network sees them.
        flat: hands by geometry alone.
        real: the digits as the network sees them.
        seed: of all that is drawn.
    """
    rng = np.random.default_rng(seed)
    learn = [_readable(part, "train") for part in (rendered, real)]
    sizes = [len(part) for part in learn]
    every = join([*learn, *(turned(part, rng.normal(0, TURN_DEGREES, len(part))) for part in learn)])
    weights = np.tile(np.repeat([1.0, REAL_WEIGHT], sizes), 2)
    x, x_flat = features(every.hands()), features(flat.hands())
    mean, scale = x.mean(0), np.maximum(x.std(0), 1e-3)
    shaken = (x_flat - mean) / scale + rng.normal(0, GEOMETRY_NOISE, x_flat.shape)
    standard = np.clip(np.concatenate([(x - mean) / scale, shaken]), -FAR, FAR).astype(np.float32)
    label = np.concatenate([every.label, flat.label])
    weights = np.concatenate([weights, np.full(len(flat), GEOMETRY_WEIGHT)])
    labels = tuple(str(each) for each in sorted(set(label)))
    layers = tuple(_layers(_member(standard, label, weights, seed + m)) for m in range(MEMBERS))
    plain = SymbolNetwork(labels, mean, scale, layers, 1.0, 0.0)
    held = join([_readable(part, "calibration") for part in (rendered, real)])
    x_held = features(held.hands())
    temperature = fit_temperature(plain(x_held), truth_of(held.label, labels))
    warm = SymbolNetwork(labels, mean, scale, layers, temperature, 0.0)
    idle = join([held, _readable(rendered, "idle")])
    threshold = fit_threshold(warm(features(idle.hands())), idle, labels)
    return SymbolNetwork(labels, mean, scale, layers, temperature, threshold)


def _readable(hands: Seen, part: str) -> Seen:
    return hands.take(hands.found & (hands.part == part) & (hands.size >= LEAST_SIZE))


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


def fit_temperature(probabilities: Floats, truth: NDArray[np.int64]) -> float:
    """The temperature at which the true answers are likeliest (Guo et al., 2017)."""
    logs = np.log(probabilities.astype(np.float64) + 1e-9)
    rows = np.arange(len(truth))

    def loss(temperature: float) -> float:
        z = logs / temperature
        z -= z.max(1, keepdims=True)
        return float((np.log(np.exp(z).sum(1)) - z[rows, truth]).mean())

    return float(min(np.arange(0.5, 3.01, 0.02), key=loss))


def fit_threshold(probabilities: Floats, hands: Seen, labels: Sequence[str]) -> float:
    """The lowest threshold at which idle hands hardly ever get a symbol, and most errors are ``none``."""
    names = np.array(labels)[probabilities.argmax(1)]
    sure = np.where(names == NONE, 0.0, probabilities.max(1))
    idle = np.isin(hands.kind, IDLE)
    for threshold in THRESHOLDS:
        named = sure >= threshold
        wrong, quiet = named & (names != hands.label), ~named & (hands.label != NONE)
        if (named & idle).sum() <= FALSE_SYMBOLS * idle.sum() and quiet.sum() >= QUIET * (wrong | quiet).sum():
            return float(threshold)
    return float(THRESHOLDS[-1])
