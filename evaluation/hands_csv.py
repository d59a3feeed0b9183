"""A dataset of hands as a truth file, ``hands.csv``: a line for each hand, with its box where a photo has several."""

from pathlib import Path
from typing import Final

from evaluation.errors import DatasetError
from evaluation.files import rows
from evaluation.hands_folders import unknown_label
from evaluation.hands_truth import (
    BACK,
    NO_GESTURE,
    NOTHING,
    PALM,
    UNKNOWN_VIEW,
    HandDataset,
    TrueHand,
    TruePhoto,
    View,
    is_box,
)
from netra.symbols import SYMBOLS

COLUMNS: Final = ("photo", "label")
FURTHER: Final = ("x", "y", "width", "height", "person", "view")
_VIEWS: Final[dict[str, View]] = {PALM: "palm", BACK: "back", UNKNOWN_VIEW: ""}


def find_truth_file(path: Path) -> HandDataset:
    """Read a truth file; its photos lie relative to it and are not opened yet.

    A line is ``photo,label,x,y,width,height,person,view``; all but the first two may be left out. Without a box the
    largest hand of the photo is meant, and the photo has no other line; without a label as well the photo shows no
    hand at all.

    Raises:
        DatasetError: one line for each thing that is not as expected.
    """
    problems: list[str] = []
    hands: dict[str, list[TrueHand]] = {}
    bare: dict[str, int] = {}  # the line of a photo that has a line without a box
    for line, (photo, label, *numbers, person, view) in rows(path, COLUMNS, problems, FURTHER):
        if photo in bare or (photo in hands and not any(numbers)):
            problems.append(f"{path}:{line}: {photo}: expected a box in each of its lines, as it has several.")
        known, box = _label(label), _box(numbers)
        said = [
            "photo: expected a name, got none." if not photo else "",
            f"label: {unknown_label(label)}" if label and not known else "",
            "label: expected one for this box, got none." if not label and any(numbers) else "",
            f"x,y,width,height: expected four numbers in pixels, got '{','.join(numbers)}'."
            if any(numbers) and not box
            else "",
            f"view: expected {PALM}, {BACK} or nothing, got '{view}'." if view not in _VIEWS else "",
        ]
        problems += [f"{path}:{line}: {each}" for each in said if each]
        if not any(numbers):
            bare[photo] = line
        if any(said):
            hands.setdefault(photo, [])
            continue
        hands.setdefault(photo, []).extend([TrueHand(known, box, person, _VIEWS[view])] if known else [])
    if not hands and not problems:
        problems.append(f"{path}: no photo. Write a line photo,label,x,y,width,height for each hand.")
    problems += [
        f"{path}: {name}: no such photo beside it." for name in hands if name and not (path.parent / name).is_file()
    ]
    if problems:
        raise DatasetError(problems)
    photos = tuple(TruePhoto(name, path.parent / name, tuple(shown)) for name, shown in hands.items())
    return HandDataset(path, photos, files=(path,))


def _label(text: str) -> str:
    """A label, or nothing where it is unknown or empty."""
    if text == NO_GESTURE:
        return NOTHING
    return text if text == NOTHING or text in SYMBOLS else ""


def _box(numbers: list[str]) -> tuple[float, ...]:
    """Four numbers, or nothing where they are none; Indonesian decimal commas are understood."""
    try:
        box = tuple(float(number.replace(",", ".")) for number in numbers)
    except ValueError:
        return ()
    return box if is_box(box) else ()
