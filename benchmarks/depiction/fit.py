"""Fits the weights of ``vision.frame_cues`` to all parts but ``test``: ``python -m benchmarks.depiction.fit``.

Nobody says which of a face's rectangles is its picture's, so it is found in turns: the likeliest rectangle of each
picture and the likeliest ones of each face that is there make a logistic model, which says anew which are the
likeliest. Prints the weights, and what is said of each part by weights that were fitted to the others.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.depiction.actors import FIT, FOURTH, SECOND, THIRD, Part
from benchmarks.depiction.cases import Kind
from benchmarks.depiction.files import OUT, Maker
from vision.depiction import SMALLEST, counts
from vision.frame_cues import NAMES
from vision.frames import KEPT, rectangles_around

Doubles = NDArray[np.float64]
CASES: Final = {
    FIT: {Kind.BANNER: 300, Kind.SCREEN: 120, Kind.PRESENT: 200},
    SECOND: {Kind.BANNER: 300, Kind.SCREEN: 300, Kind.PRESENT: 300},
    THIRD: {Kind.BANNER: 300, Kind.SCREEN: 300, Kind.PRESENT: 300},
    FOURTH: {Kind.BANNER: 200, Kind.SCREEN: 200, Kind.PRESENT: 200},
}
"""Cases of each part and kind that the weights are fitted to."""
FOR: Final = (
    "second side", "lower side in one", "corners", "corners known", "contrast", "one ground", "body cut off",
)  # fmt: skip
"""Cues that can only speak for a picture, whatever the cases say; those of ``MOST`` too, all others only against."""
MOST: Final = {"tilted": 10.0, "somebody smaller before": 4.0, "above the others": 2.5, "nobody else": 1.0}
"""The most that cues may weigh which depend on how people pose and hang things: the cases are simpler in that than real
photos. Without these bounds 3 of 152 people in 100 real photos were called pictures."""
TURNS: Final = 10
RIDGE: Final = 1.0
OF_PRESENT: Final = 3
"""Rectangles of a face that is there which count against pictures."""
FIRST: Final = ("body cut off", "corners", "second side")
"""Their sum says in the first turn which rectangle is the likeliest."""


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A face. cues: (N, len(NAMES)) of the rectangles around it."""

    cues: Doubles
    picture: bool
    target: bool


def examples(part: Part, cache: Path) -> list[Example]:
    """The faces of the first cases of each kind."""
    maker, found = Maker(part, cache), []
    for kind, count in CASES[part].items():
        for case in maker.cases(kind, count):
            pixels = case.photo().pixels
            for i, (true, face) in enumerate(case.faces):
                if float((face.box_xyxy[2:] - face.box_xyxy[:2]).max()) < SMALLEST:
                    continue
                others = [other.box_xyxy for j, (_, other) in enumerate(case.faces) if j != i]
                around = rectangles_around(pixels, face.box_xyxy, others, KEPT)
                cues = [each.cues for each in around if counts(each, pixels)]
                found.append(Example(np.array(cues).reshape(-1, len(NAMES)), true.depicted, true.target))
    return found


def fit(faces: Sequence[Example]) -> tuple[Doubles, float]:
    """Weights and bias."""
    faces = [each for each in faces if len(each.cues)]
    every = np.concatenate([each.cues for each in faces])
    mean, spread = every.mean(0), every.std(0) + 1e-3
    columns = [NAMES.index(name) for name in FIRST]
    weights, bias = np.zeros(len(NAMES)), 0.0
    score: Callable[[Doubles], Doubles] = lambda cues: np.asarray(cues[:, columns].sum(1))  # noqa: E731  # replaced
    for _ in range(TURNS):
        cues, truth = [], []
        for each in faces:
            likeliest = np.argsort(-score(each.cues))[: 1 if each.picture else OF_PRESENT]
            cues.append((each.cues[likeliest] - mean) / spread)
            truth += [each.picture] * len(likeliest)
        scaled, free = _bounded(np.concatenate(cues), np.array(truth, float), spread)
        weights, bias = scaled / spread, float(free - (scaled / spread) @ mean)
        score = lambda cues, weights=weights: np.asarray(cues @ weights)  # type: ignore[misc]  # noqa: E731
    return weights, bias


def _bounded(cues: Doubles, truth: Doubles, spread: Doubles) -> tuple[Doubles, float]:
    """The same within bounds: a weight beyond its own is held there, and the others are fitted anew."""
    low = np.array([0.0 if name in FOR or name in MOST else -np.inf for name in NAMES]) * spread
    high = np.array([MOST.get(name, np.inf if name in FOR else 0.0) for name in NAMES]) * spread
    weights, held = np.zeros(len(NAMES)), np.zeros(len(NAMES), bool)
    while True:
        weights[~held], bias = _logistic(cues[:, ~held], truth, cues[:, held] @ weights[held])
        beyond = ~held & ((weights < low) | (weights > high))
        if not beyond.any():
            return weights, bias
        weights[beyond], held = np.clip(weights, low, high)[beyond], held | beyond


def _logistic(cues: Doubles, truth: Doubles, known_part: Doubles) -> tuple[Doubles, float]:
    """By Newton's method, with a ridge on all but the bias; ``known_part`` is what held weights say of each row."""
    known = np.column_stack([cues, np.ones(len(cues))])
    ridge = np.diag([RIDGE] * cues.shape[1] + [1e-6])
    found = np.zeros(known.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-np.clip(known @ found + known_part, -30, 30)))
        slope = known.T @ (said - truth) + ridge @ found
        bend = (known * (said * (1 - said))[:, None]).T @ known + ridge
        step = np.linalg.solve(bend, slope)
        found -= step
        if np.abs(step).max() < 1e-4:
            break
    return found[:-1], float(found[-1])


def main(arguments: Sequence[str]) -> int:
    """Fit and print; always 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.depiction.fit", description=__doc__)
    parser.add_argument("--cache", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    known = {part.name: examples(part, options.cache) for part in CASES}
    weights, bias = fit([each for faces in known.values() for each in faces])
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"    {weight:.2f},  # {name}")
    print(f"bias {bias:.2f}")
    best, truth = [], []
    for held, faces in known.items():
        weights, bias = fit([each for name, others in known.items() if name != held for each in others])
        best += [float((each.cues @ weights).max() + bias) if len(each.cues) else -30.0 for each in faces]
        truth += faces
    called, there = np.array(best), np.array([not each.picture for each in truth])
    pictures = np.array([each.picture and each.target for each in truth])
    for limit in np.arange(1.0, 4.01, 0.25):
        print(
            f"from {1 / (1 + np.exp(-limit)):.3f} on: {int(((called >= limit) & pictures).sum())} of "
            f"{int(pictures.sum())} pictures, {int(((called >= limit) & there).sum())} of {int(there.sum())} there"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
