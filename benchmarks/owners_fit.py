"""Fits the weights of ``vision.owners``: which of the people in reach, or nobody, a hand belongs to."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.hand_owners import NOBODY, Read
from vision.owners import arm_cues, cues_of, leaving, softmax

Doubles = NDArray[np.float64]
SHRINKING: Final = 0.3  # ridge penalty, but for the constant
STEPS: Final = 400
RATE: Final = 0.05


def print_fitted(reads: Sequence[Read]) -> None:
    """Fit with and without poses, and print the weights in the order of ``vision.owners``."""
    for name, with_arms in (("BY_GEOMETRY", False), ("BY_ARM", True)):
        choices = [choice for read in reads for choice in _choices(read, with_arms)]
        print(f"{name} = {np.round(fit(choices), 2).tolist()}  # {len(choices)} hands")


def _choices(read: Read, with_arms: bool) -> list[tuple[Doubles, int]]:
    """Of each hand with a truth: (people in reach, cues), and which row is the owner's; NOBODY for none of them."""
    found = []
    for hand, kind, truth in zip(read.hands, read.kinds, read.truth, strict=True):
        rows: list[list[float]] = []
        owner = NOBODY
        for index, face in enumerate(read.faces):
            pair = cues_of(hand, face)
            if not kind or not np.isfinite(pair[1]):
                continue
            owner = len(rows) if index == truth else owner
            arms = arm_cues(hand, face, read.arms[index]) if with_arms else ()
            rows.append([1.0, *pair, leaving(hand, read.picture_wh), *arms])
        if rows:
            found.append((np.array(rows), owner))
    return found


def fit(choices: Sequence[tuple[Doubles, int]]) -> Doubles:
    """Weights of a conditional logit in which nobody scores 0, by Adam; the same choices give the same weights."""
    weights = np.zeros(choices[0][0].shape[1])
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        slope = SHRINKING * weights
        slope[0] = 0.0
        for cues, owner in choices:
            shares = softmax(np.append(cues @ weights, 0.0)[None])[0]
            shares[owner] -= 1  # NOBODY is the last one
            slope = slope + cues.T @ shares[:-1]
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights
