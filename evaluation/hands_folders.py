"""A dataset of hands as folders, one for each symbol; one hand is meant in each photo, the largest."""

import os
from collections.abc import Iterator
from pathlib import Path

from evaluation.errors import DatasetError
from evaluation.files import entries, is_photo, rows
from evaluation.hands_truth import NOBODY_KNOWN, NOTHING, HandDataset, TrueHand, TruePhoto, label_of
from netra.symbols import SYMBOLS

NAME_COLUMNS = ("folder", "label")


def find_folders(root: Path, names: Path | str) -> HandDataset:
    """Look at ``<root>/<label>/photo.jpg`` and ``<root>/<label>/<person>/photo.jpg``.

    Args:
        root: the dataset.
        names: a CSV file with the columns folder,label for folders that are not named after what they show; or empty.

    Raises:
        DatasetError: one line for each thing that is not as expected.
    """
    problems: list[str] = []
    others: list[str] = []
    photos: list[TruePhoto] = []
    folders = [entry for entry in entries(root) if entry.is_dir(follow_symlinks=False)]
    labels = _named(Path(names), {folder.name for folder in folders}, problems) if names else {}
    no_symbol = []
    for folder in folders:
        label = labels.get(folder.name, label_of(folder.name))
        found = [*_photos(folder, label, others)]
        if label == NOTHING and found:
            no_symbol.append(folder.name)
        photos += found
    others += [entry.name for entry in entries(root) if _is_other(entry, names)]
    if not photos and not problems:
        problems.append(
            f"{root}: no photo in a folder. Make a folder for each symbol ({', '.join(list(SYMBOLS)[:4])} ..., or none "
            "for hands that show nothing) with its photos, or write hands.csv with the columns photo,label."
        )
    if problems:
        raise DatasetError(problems)
    files = (Path(names),) if names else ()
    return HandDataset(root, tuple(photos), tuple(no_symbol), tuple(others), files=files)


def _is_other(entry: "os.DirEntry[str]", names: Path | str) -> bool:
    """Lies beside the folders, where no photo is looked for, and is not the file of names itself."""
    if entry.is_dir(follow_symlinks=False):
        return False
    return not (names and Path(names).exists() and Path(entry.path).exists() and Path(names).samefile(entry.path))


def _named(path: Path, folders: set[str], problems: list[str]) -> dict[str, str]:
    labels: dict[str, str] = {}
    for line, (folder, label) in rows(path, NAME_COLUMNS, problems):
        if folder not in folders:
            problems.append(f"{path}:{line}: folder: expected a folder of the dataset, got '{folder}'.")
        elif label != NOTHING and label not in SYMBOLS:
            problems.append(f"{path}:{line}: label: {unknown_label(label)}")
        elif labels.get(folder, label) != label:
            problems.append(f"{path}:{line}: {folder}: expected one label, got '{labels[folder]}' and '{label}'.")
        else:
            labels[folder] = label
    return labels


def unknown_label(label: str) -> str:
    """What to say of a label that netra does not know."""
    return f"expected {NOTHING} or one of {', '.join(SYMBOLS)}; got '{label}'."


def _photos(folder: "os.DirEntry[str]", label: str, others: list[str]) -> Iterator[TruePhoto]:
    yield from _inside(Path(folder.path), folder.name, TrueHand(label), others)


def _inside(folder: Path, name: str, hand: TrueHand, others: list[str]) -> Iterator[TruePhoto]:
    for entry in entries(folder):
        inside = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            person = entry.name if hand.person == NOBODY_KNOWN else hand.person
            yield from _inside(Path(entry.path), inside, TrueHand(hand.label, (), person), others)
        elif is_photo(entry.name):
            yield TruePhoto(inside, Path(entry.path), (hand,))
        else:
            others.append(inside)
