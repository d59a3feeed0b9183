"""Fits the weights of ``vision.frame_cues`` to the part ``fit``: ``python -m benchmarks.depiction.fit``.

Nobody says which of a face's rectangles is its picture's, so it is found in turns: the likeliest rectangle of each
picture and the likeliest ones of each face that is there make a logistic model, which says anew which are the
likeliest. Prints the weights, and what they say of the parts ``fit`` and ``second``.
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

from benchmarks.depiction.actors import FIT, SECOND, Part
from benchmarks.depiction.cases import Kind
from benchmarks.depiction.files import OUT, Maker
from vision.depiction import SMALLEST, counts
from vision.frame_cues import NAMES
from vision.frames import KEPT, rectangles_around

Doubles = NDArray[np.float64]
CASES: Final = {Kind.BANNER: 300, Kind.SCREEN: 120, Kind.PRESENT: 200}
"""Cases of each kind that the weights were fitted to."""
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
    for kind, count in CASES.items():
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
        scaled, free = _logistic(np.concatenate(cues), np.array(truth, float))
        weights, bias = scaled / spread, float(free - (scaled / spread) @ mean)
        score = lambda cues, weights=weights: np.asarray(cues @ weights)  # type: ignore[misc]  # noqa: E731
    return weights, bias


def _logistic(cues: Doubles, truth: Doubles) -> tuple[Doubles, float]:
    """By Newton's method, with a ridge on all but the bias."""
    known = np.column_stack([cues, np.ones(len(cues))])
    ridge = np.diag([RIDGE] * cues.shape[1] + [1e-6])
    found = np.zeros(known.shape[1])
    for _ in range(30):
        said = 1 / (1 + np.exp(-np.clip(known @ found, -30, 30)))
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
    of_fit = examples(FIT, options.cache)
    weights, bias = fit(of_fit)
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"    {weight:.2f},  # {name}")
    print(f"bias {bias:.2f}")
    for part, faces in (("fit", of_fit), ("second", examples(SECOND, options.cache))):
        best = np.array([float((each.cues @ weights).max() + bias) if len(each.cues) else -30.0 for each in faces])
        there = np.array([not each.picture for each in faces])
        pictures = np.array([each.picture and each.target for each in faces])
        for limit in np.arange(1.0, 4.01, 0.5):
            called = best >= limit
            print(
                f"{part}, from {1 / (1 + np.exp(-limit)):.3f} on: {int((called & pictures).sum())} of "
                f"{int(pictures.sum())} pictures, {int((called & there).sum())} of {int(there.sum())} who are there"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
