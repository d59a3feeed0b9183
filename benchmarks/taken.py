"""What one side did with one photo."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Taken:
    """What one side did with one photo.

    Attributes:
        seconds: from the file on the disk to the result.
        faces: how many it found.
        hands: how many it found.
        hands_searched: False where it did not look for any.
    """

    seconds: float
    faces: int
    hands: int
    hands_searched: bool = True

    def __post_init__(self) -> None:
        if self.seconds <= 0 or self.faces < 0 or self.hands < 0:
            raise ValueError(f"expected a time above 0 and counts from 0, got {self}")


Side = Callable[[Path], Taken]
