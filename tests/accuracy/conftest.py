"""What figures from real photos share. They are few photos, so a figure comes with its interval."""

import math
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from vision.analyse import Analyser
from vision.types import FaceReading, HandReading, Photo

Reading = tuple[Photo, tuple[FaceReading, ...], tuple[HandReading, ...]]
Z = 1.959964  # of a normal distribution 95% lies within this many standard deviations


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    return Analyser()


@pytest.fixture(scope="session")
def read(analyser: Analyser) -> Callable[[Path], Reading]:
    """A photo with its faces and hands, as a scan reads it."""

    def reading(path: Path) -> Reading:
        photo, faces = analyser.read_file(path)
        return photo, faces, analyser.read_hands(photo, [each.face for each in faces])

    return reading


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Shows a measured figure, also where the test passes."""

    def line(text: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{text}\n")

    return line


@pytest.fixture(scope="session")
def share() -> Callable[[int, int], str]:
    """A share in words, with its interval after Wilson 1927."""

    def in_words(hits: int, n: int) -> str:
        rate = hits / n
        middle = (rate + Z**2 / (2 * n)) / (1 + Z**2 / n)
        half = Z / (1 + Z**2 / n) * math.sqrt(rate * (1 - rate) / n + Z**2 / (4 * n**2))
        low, high = max(0.0, middle - half), min(1.0, middle + half)
        return f"{hits} of {n} ({rate:.1%}; 95% interval {low:.1%} to {high:.1%})"

    return in_words
