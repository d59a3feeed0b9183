"""Fits the weights of ``vision.owners`` and ``vision.owners_trace``: where a forearm ends, and whose a hand is.

Each is a conditional logit: of several ways that exclude each other, some are right. Where an elbow is: ways are the
bands that leave the wrist. Whose a hand is: ways are the people in reach, over each likely elbow and each shoulder,
and nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.hand_owners import Read
from vision import owners_trace
from vision.owners import cues_of, sides_of
from vision.owners_trace import CUES, PIXELS_PER_METRE, arm_cues

Doubles = NDArray[np.float64]
SHRINKING: Final = 1.0  # ridge penalty on weights of cues of spread one, but for the constant
STEPS: Final = 600
RATE: Final = 0.05
NEAR: Final = 0.03  # metres: so near the elbow a band's end counts as right, or as near as the nearest is
NOT_NEAR: Final = 0.07  # and from here on as wrong


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Ways that exclude each other.

    Attributes:
        cues: (N, K); a way of zeros only, such as nobody, scores 0.
        given: (N,) what is added to the scores.
        right: (N,) bool, True for one at least.
    """

    cues: Doubles
    given: Doubles
    right: NDArray[np.bool_]


def print_fitted(reads: Sequence[Read]) -> None:
    """Fit all, and print the weights as ``vision.owners`` and ``vision.owners_trace`` have them."""
    forearms = [choice for read in reads for choice in _forearms(read)]
    weights = fit(forearms)
    print(f"BY_FOREARM = {np.round(weights, 2).tolist()}  # {len(forearms)} forearms")
    owners_trace.BY_FOREARM[:] = weights
    for name, with_arms in (("BY_GEOMETRY", False), ("BY_ARM", True)):
        choices = [choice for read in reads for choice in owner_choices(read, with_arms)]
        print(f"{name} = {np.round(fit(choices), 2).tolist()}  # {len(choices)} hands")


def _forearms(read: Read) -> Iterator[Choice]:
    for kind, hidden, elbow, traced in zip(read.kinds, read.hidden, read.elbows_xy, read.traced, strict=True):
        if not kind or hidden:
            continue
        off = np.linalg.norm(traced.elbows_xy - traced.to(elbow), axis=1) / PIXELS_PER_METRE
        right = off <= max(NEAR, float(off.min()))
        told = right | (off > NOT_NEAR)
        yield Choice(traced.cues[told], np.zeros(int(told.sum())), right[told])


def owner_choices(read: Read, with_arms: bool) -> Iterator[Choice]:
    """Of each hand with a truth: the people in reach by all ways, and nobody at last."""
    for index, (hand, kind, truth) in enumerate(zip(read.hands, read.kinds, read.truth, strict=True)):
        cues, given, right = [], [], []
        for person, face in enumerate(read.faces):
            own = [1.0, *cues_of(hand, face)]
            if not kind or not np.isfinite(own).all():
                continue
            ways, likely = np.zeros((1, 0)), np.zeros(1)
            if with_arms:
                elbows, shares = read.traced[index].likeliest()
                ways = arm_cues(read.traced[index], elbows, face, read.arms[person]).reshape(-1, len(CUES))
                likely = (sides_of(hand)[:, None] + shares).ravel()
            cues.append(np.hstack([np.tile(own, (len(ways), 1)), ways]))
            given.append(likely)
            right.append(np.full(len(ways), person == truth))
        if cues:
            nobody = np.zeros((1, cues[0].shape[1]))
            known = np.concatenate(right)
            yield Choice(
                np.concatenate([*cues, nobody]), np.concatenate([*given, [0.0]]), np.append(known, not known.any())
            )


def fit(choices: Sequence[Choice]) -> Doubles:
    """The weights under which right ways are likeliest, by Adam; the same choices give the same weights."""
    most, count = max(len(each.given) for each in choices), choices[0].cues.shape[1]
    cues, right = np.zeros((len(choices), most, count)), np.zeros((len(choices), most), bool)
    given = np.full((len(choices), most), -np.inf)
    for row, each in enumerate(choices):
        cues[row, : len(each.given)], given[row, : len(each.given)] = each.cues, each.given
        right[row, : len(each.given)] = each.right
    every = np.concatenate([each.cues[each.cues.any(axis=1)] for each in choices])
    constant = np.ptp(every, axis=0) == 0
    spread = np.where(constant, 1.0, every.std(axis=0) + np.finfo(np.float64).tiny)
    cues /= spread
    weights = np.zeros(count)
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = cues @ weights + given
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        hoped = shares * right
        off = shares / shares.sum(axis=1, keepdims=True) - hoped / hoped.sum(axis=1, keepdims=True)
        slope = np.einsum("cw,cwk->k", off, cues) + SHRINKING * np.where(constant, 0.0, weights)
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return np.asarray(weights / spread, np.float64)
