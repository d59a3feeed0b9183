"""Photo by photo in turns, and what follows from it: how many times as fast, and how sure that is."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.taken import Side, Taken

RESAMPLES = 5000
SEED = 20241127
SURE = 0.95


@dataclass(frozen=True, slots=True)
class Row:
    """One photo.

    Attributes:
        megapixels: of the file.
        always: netra with hands searched in every photo.
        gated: netra with hands searched only where a candidate is possible.
        peer: the pipeline of today.
    """

    photo: Path
    megapixels: float
    always: Taken
    gated: Taken
    peer: Taken


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as fast, with the ends of its interval: 0.95 of the resampled sets lie between them."""

    value: float
    low: float
    high: float


def in_turns(
    photos: Iterable[Path], always: Side, gated: Side, peer: Side, megapixels: Callable[[Path], float]
) -> Iterator[Row]:
    """Measure each photo with all sides before the next one, so that a slow minute of the machine slows all alike.

    The sides take turns in being first.
    """
    sides = {"always": always, "gated": gated, "peer": peer}
    names = list(sides)
    for index, photo in enumerate(photos):
        first = index % len(names)
        taken = {name: sides[name](photo) for name in (*names[first:], *names[:first])}
        yield Row(photo, megapixels(photo), **taken)


def times_as_fast(ours: Sequence[Taken], peers: Sequence[Taken]) -> Ratio:
    """The peer's whole time by ours, with a paired bootstrap over the photos (percentiles).

    Raises:
        ValueError: no photo, or not the same number of photos on both sides.
    """
    if not ours or len(ours) != len(peers):
        raise ValueError(f"expected as many photos on both sides, at least one, got {len(ours)} and {len(peers)}")
    seconds = np.array([[taken.seconds for taken in side] for side in (ours, peers)])
    chosen = np.random.default_rng(SEED).integers(0, len(ours), (RESAMPLES, len(ours)))
    resampled: NDArray[np.float64] = seconds[1][chosen].sum(axis=1) / seconds[0][chosen].sum(axis=1)
    low, high = np.quantile(resampled, [(1 - SURE) / 2, (1 + SURE) / 2])
    return Ratio(float(seconds[1].sum() / seconds[0].sum()), float(low), float(high))
