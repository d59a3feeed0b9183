"""A dataset of hands as HaGRID is delivered: photos in folders, and ``annotations/`` with JSON files.

Each file maps a photo's name without its ending to ``bboxes`` (left, top, width, height, in shares of the photo's
sides), ``labels`` (as many, ``no_gesture`` for an idle hand) and ``user_id``. Further keys are passed
over. (hukenovs/hagrid, README, "Annotations".)
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from evaluation.errors import DatasetError
from evaluation.files import entries, is_photo
from evaluation.hands_truth import NOBODY_KNOWN, NOTHING, HandDataset, TrueHand, TruePhoto, is_box, label_of

ANNOTATIONS: Final = "annotations"


def find_hagrid(root: Path) -> HandDataset:
    """Look at HaGRID's photos and annotations, or a part of them: only photos that are there count.

    Raises:
        DatasetError: an annotation is not as expected, or no photo has any.
    """
    files = [path for path, _ in _walk(root / ANNOTATIONS, "") if path.suffix.lower() == ".json"]
    entries_of = {name: entry for path in files for name, entry in _annotations(path)}
    found = {path.stem: (path, name) for path, name in _walk(root, "", leave_out=ANNOTATIONS) if is_photo(path.name)}
    photos = [
        TruePhoto(name, path, entries_of[stem][1], shares=True)
        for stem, (path, name) in found.items()
        if stem in entries_of
    ]
    if not photos:
        raise DatasetError(
            [f"{root}: no photo is named in {ANNOTATIONS}/*.json. Put HaGRID's photos beside that folder."]
        )
    idle = {label for photo in photos for label in entries_of[photo.path.stem][0] if label_of(label) == NOTHING}
    return HandDataset(
        root,
        tuple(photos),
        no_symbol=tuple(sorted(idle)),
        without_truth=tuple(name for stem, (_, name) in found.items() if stem not in entries_of),
        without_photo=tuple(name for name in entries_of if name not in found),
        files=tuple(files),
    )


def _walk(folder: Path, name: str, leave_out: str = "") -> Iterator[tuple[Path, str]]:
    """Each file with its name from the first folder; links and names that begin with a dot are passed over."""
    for entry in entries(folder):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != leave_out:
                yield from _walk(Path(entry.path), f"{name}{entry.name}/")
        else:
            yield Path(entry.path), f"{name}{entry.name}"


def _annotations(path: Path) -> Iterator[tuple[str, tuple[tuple[str, ...], tuple[TrueHand, ...]]]]:
    """Name of a photo -> labels as they are written, hands."""
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise DatasetError([f"{path}: cannot be opened ({error.strerror}). Check its rights."]) from error
    except ValueError as error:
        raise DatasetError([f"{path}: expected JSON ({error}). Download it again."]) from error
    if not isinstance(document, dict):
        raise DatasetError([f"{path}: expected HaGRID's annotations, an object with a photo's name as each key."])
    for name, entry in document.items():
        boxes, labels = (entry.get("bboxes"), entry.get("labels")) if isinstance(entry, dict) else (None, None)
        if not isinstance(boxes, list) or not isinstance(labels, list) or not _fit(boxes, labels):
            what = "bboxes and labels, as many of both, each box four numbers"
            raise DatasetError([f"{path}: {name}: expected {what}. Download it again, or take the photo out of it."])
        person = str(entry.get("user_id") or NOBODY_KNOWN)
        hands = (
            TrueHand(label_of(label), tuple(map(float, box)), person) for box, label in zip(boxes, labels, strict=True)
        )
        yield name, (tuple(labels), tuple(hands))


def _fit(boxes: list[Any], labels: list[Any]) -> bool:
    shaped = all(isinstance(box, list) and all(isinstance(each, int | float) for each in box) for box in boxes)
    fitting = shaped and all(is_box(tuple(box)) for box in boxes)
    return fitting and len(boxes) == len(labels) and all(isinstance(label, str) for label in labels)
