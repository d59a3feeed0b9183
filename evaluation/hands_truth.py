"""What a dataset of hands says: which photos there are, and which hand in them shows what."""

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from netra.symbols import SYMBOLS

NOTHING: Final = "none"
"""The label of a hand that must be read as no symbol."""

NO_GESTURE: Final = "no_gesture"
"""HaGRID's own word for it."""

View = Literal["palm", "back", ""]
PALM: Final = "palm"
BACK: Final = "back"
UNKNOWN_VIEW: Final = ""
NOBODY_KNOWN: Final = ""
"""The person of a hand where the dataset names none."""


@dataclass(frozen=True, slots=True)
class TrueHand:
    """One hand of the truth.

    Attributes:
        label: a label of ``netra.symbols``, or NOTHING.
        box_xywh: left, top, width and height, in pixels of the upright photo or in shares of its sides as the photo
            says; empty where the largest hand of the photo is meant.
        person: whose hand, by any name, or NOBODY_KNOWN.
        view: which side of the hand is seen.
    """

    label: str
    box_xywh: tuple[float, ...] = ()
    person: str = NOBODY_KNOWN
    view: View = UNKNOWN_VIEW

    def __post_init__(self) -> None:
        if self.label != NOTHING and self.label not in SYMBOLS:
            raise ValueError(f"label: expected a symbol of netra or {NOTHING}, got {self.label!r}")
        if self.box_xywh and not is_box(self.box_xywh):
            raise ValueError(f"box_xywh: expected x, y and a width and height above 0, got {self.box_xywh}")


def is_box(numbers: tuple[float, ...]) -> bool:
    """Whether these are left, top, width and height of something."""
    return len(numbers) == 4 and all(map(math.isfinite, numbers)) and min(numbers[2:]) > 0


@dataclass(frozen=True, slots=True)
class TruePhoto:
    """A photo with its hands.

    Attributes:
        name: as the dataset names it, with slashes.
        path: where it is.
        hands: all hands with boxes, or one without; none where the photo shows no hand.
        shares: boxes are shares of the photo's sides, as HaGRID has them, not pixels.
    """

    name: str
    path: Path
    hands: tuple[TrueHand, ...]
    shares: bool = False

    def __post_init__(self) -> None:
        if len(self.hands) > 1 and not all(hand.box_xywh for hand in self.hands):
            raise ValueError(f"{self.name}: expected a box for each of several hands")

    @property
    def is_complete(self) -> bool:
        """Whether the truth says where every hand is, so that a symbol elsewhere is claimed on no hand."""
        return all(hand.box_xywh for hand in self.hands)


@dataclass(frozen=True, slots=True)
class HandDataset:
    """Photos with the truth about their hands, found on disk and not yet read.

    Attributes:
        path: as the user named it.
        photos: in the order in which they are read.
        no_symbol: folders or labels that were taken for "no symbol", by name.
        other_files: names of files in it that are no photos.
        without_truth: names of photos of which the truth says nothing.
        without_photo: names in the truth of which there is no photo.
        files: what else was read of it: truth files, the file of names.
    """

    path: Path
    photos: tuple[TruePhoto, ...]
    no_symbol: tuple[str, ...] = ()
    other_files: tuple[str, ...] = ()
    without_truth: tuple[str, ...] = ()
    without_photo: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of its hands, in the order of ``netra.symbols``, NOTHING last."""
        met = {hand.label for photo in self.photos for hand in photo.hands}
        return tuple(label for label in (*SYMBOLS, NOTHING) if label in met)


def label_of(name: str) -> str:
    """The label that a folder or an annotation of this name stands for; NOTHING for any name that is no symbol."""
    return name if name in SYMBOLS else NOTHING
