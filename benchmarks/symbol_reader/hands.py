"""The rendered hands that the reader learns from and is measured on, kept as files so that they are traced once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fixtures.hand_photos import HandPhoto, hand_photo
from fixtures.hand_variety import IDLE, kind_of
from vision.types import Image

# Sides of the pictures. A hand fills half of one, so these are hands of 72 and 132 pixels; smaller ones are shrunk.
SIDE, LARGE_SIDE = 144, 264
# Every seed is another person with another hand, and each list has seeds of its own.
WIDE_SEEDS, POSED_SEEDS, IDLE_SEEDS, LARGE_SEEDS, UNPOSED_SEEDS = 0, 200_000, 500_000, 600_000, 700_000
# What ten seeds in a row serve for.
WIDE_PARTS = ("train",) * 8 + ("wide",) * 2
POSED_PARTS = ("train",) * 5 + ("calibration",) * 2 + ("test",) * 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """One hand to render."""

    seed: int
    kind: str
    side: int
    part: str
    posed: bool


def wide(count: int) -> Iterator[Wanted]:
    """Symbols and nothing, mixed, turned as far as hands are: to learn from, and two in ten to test (``wide``)."""
    for i in range(count):
        seed = WIDE_SEEDS + i
        yield Wanted(seed, kind_of(seed), SIDE, WIDE_PARTS[i % len(WIDE_PARTS)], posed=False)


def posed(count: int) -> Iterator[Wanted]:
    """Symbols shown to the camera and nothing, mixed: to learn from, to calibrate and to test."""
    for i in range(count):
        seed = POSED_SEEDS + i
        yield Wanted(seed, kind_of(seed), SIDE, POSED_PARTS[i % len(POSED_PARTS)], posed=True)


def idle(count: int) -> Iterator[Wanted]:
    """More hands of the six kinds that issue 4 counts false symbols in, to find the threshold with."""
    for i in range(count):
        yield Wanted(IDLE_SEEDS + i, IDLE[i % len(IDLE)], SIDE, "idle", posed=True)


def unposed(count: int) -> Iterator[Wanted]:
    """More hands of those six kinds to learn from: most false symbols were theirs."""
    for i in range(count):
        yield Wanted(UNPOSED_SEEDS + i, IDLE[i % len(IDLE)], SIDE, "train", posed=True)


def large(count: int) -> Iterator[Wanted]:
    """Symbols shown to the camera at 128 pixels, for the test alone."""
    for i in range(count):
        seed = LARGE_SEEDS + i
        yield Wanted(seed, kind_of(seed, nothing_share=0.0), LARGE_SIDE, "large", posed=True)


def render(wanted: Iterable[Wanted], folder: Path) -> int:
    """Render what the folder lacks; how many that were."""
    folder.mkdir(parents=True, exist_ok=True)
    made = 0
    for each in wanted:
        path = _path(folder, each)
        if not path.exists():
            _write(path, hand_photo(each.kind, each.seed, each.side, posed=each.posed))
            made += 1
    return made


def read(folder: Path, wanted: Wanted) -> HandPhoto:
    """A hand that was rendered before."""
    with np.load(_path(folder, wanted), allow_pickle=False) as file:
        pixels: Image = file["pixels"]
        return HandPhoto(
            str(file["label"]),
            str(file["kind"]),
            str(file["side"]),
            pixels,
            np.asarray(file["keypoints_xy"], np.float64),
            float(file["visible"]),
        )


def _path(folder: Path, wanted: Wanted) -> Path:
    return folder / f"{wanted.seed:06d}-{wanted.side}.npz"


def _write(path: Path, photo: HandPhoto) -> None:
    partial = path.with_suffix(".part.npz")  # a run that is stopped leaves no half file under the final name
    np.savez_compressed(
        partial,
        pixels=photo.pixels,
        label=photo.label,
        kind=photo.kind,
        side=photo.side,
        keypoints_xy=photo.keypoints_xy,
        visible=photo.visible,
    )
    partial.replace(path)
