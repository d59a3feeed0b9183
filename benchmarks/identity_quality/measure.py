"""Reads every spoilt picture of a set of people and searches for every face that was found."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.identity_quality.figures import Searches, search
from benchmarks.identity_quality.people import Subject
from benchmarks.identity_quality.sheets import read
from benchmarks.identity_quality.spoil import GOOD, Spoiling
from vision.analyse import Analyser
from vision.types import FaceReading

Told = Callable[[int, int], None]
"""Told how many ways of spoiling of how many are read."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A set of people, read in every condition.

    Attributes:
        name: of the set.
        spoilings: the conditions, the good picture first.
        laid: (S,) how many faces each condition laid out.
        conditions: (N,) of each face found, the index of its condition.
        readings: N of them.
        searches: what became of them.
    """

    name: str
    spoilings: tuple[Spoiling, ...]
    laid: tuple[int, ...]
    conditions: NDArray[np.intp]
    readings: tuple[FaceReading, ...]
    searches: Searches

    def faces_of(self, spoiling: Spoiling) -> NDArray[np.bool_]:
        """(N,) which faces are of that condition."""
        return np.asarray(self.conditions == self.spoilings.index(spoiling))

    @property
    def good(self) -> NDArray[np.bool_]:
        """(N,) which faces are of good pictures."""
        return np.asarray(self.conditions == 0)

    @property
    def values(self) -> NDArray[np.float64]:
        """(N,) the quality of each face, 0 to 1."""
        return np.array([each.quality.value for each in self.readings])


def measure(
    analyser: Analyser, name: str, subjects: Sequence[Subject], spoilings: Sequence[Spoiling], seed: int, told: Told
) -> Measured:
    """Read and search.

    Args:
        analyser: reads faces as a scan does.
        name: of the set.
        subjects: who is in it.
        spoilings: the conditions, the good picture first.
        seed: of all chance.
        told: called after each condition.
    """
    laid: list[int] = []
    conditions: list[int] = []
    owners: list[int] = []
    readings: list[FaceReading] = []
    for place, spoiling in enumerate(spoilings):
        wanted = _view(spoiling)
        shown = [(i, clipping) for i, each in enumerate(subjects) for view, clipping in each.probes if view == wanted]
        found = read(analyser, [clipping for _, clipping in shown], spoiling, seed)
        for (owner, _), faces in zip(shown, found, strict=True):
            conditions += [place for _ in faces]
            owners += [owner for _ in faces]
            readings += faces
        laid.append(len(shown))
        told(place + 1, len(spoilings))
    templates = np.array([each.template for each in readings], np.float32)
    return Measured(
        name,
        tuple(spoilings),
        tuple(laid),
        np.array(conditions, np.intp),
        tuple(readings),
        search(subjects, owners, templates, seed),
    )


def turning() -> tuple[Spoiling, ...]:
    """The conditions of people who turn their heads; the first looks ahead."""
    from benchmarks.identity_quality.turned import PITCHES, YAWS

    return (*(Spoiling("yaw", str(yaw)) for yaw in YAWS), *(Spoiling("pitch", str(pitch)) for pitch in PITCHES))


def _view(spoiling: Spoiling) -> str:
    return f"{spoiling.kind}-{spoiling.level}" if spoiling.kind in {"yaw", "pitch"} else GOOD.level
