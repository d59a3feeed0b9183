"""The real hands to learn from and to be measured on: the digits of Sign Language Digits (Apache-2.0), by person."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from vision.symbol_network import NONE

# What the ten signs are by HaGRID's labels. 7 has the shape of three3, which is not read; 0 and 8 are no symbols.
LABELS: Final = {
    0: NONE,
    1: "one",
    2: "peace",
    3: "three2",
    4: "four",
    5: "palm",
    6: "three",
    7: NONE,
    8: NONE,
    9: "ok",
}
SPLIT_SEED: Final = 4
TRAIN, CALIBRATION = 0.45, 0.60  # shares of the people: to learn from, to calibrate, and the rest to test


@dataclass(frozen=True, slots=True)
class Digit:
    """One photo: which sign, by whom, and what it serves for (``train``, ``calibration`` or ``test``)."""

    path: Path
    digit: int
    person: int
    part: str


def digits(folder: Path) -> Iterator[Digit]:
    """All photos of the set, in the order they were taken.

    Everybody was photographed from 0 to 9 in one go, and the camera numbered the files, so a person ends where the
    signs start again. A person who was photographed twice counts as two.
    """
    taken = sorted((path.stem, int(path.parent.name), path) for path in folder.glob("[0-9]/*.JPG"))
    people, last, person = [], 10, -1
    for _, digit, _ in taken:
        person += digit <= last
        last = digit
        people.append(person)
    draw = np.random.default_rng(SPLIT_SEED).random(person + 1)
    for (_, digit, path), who in zip(taken, people, strict=True):
        share = draw[who]
        yield Digit(path, digit, who, "train" if share < TRAIN else "calibration" if share < CALIBRATION else "test")
