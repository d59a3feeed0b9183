"""A dataset of hands with known truth, in any of three forms. Found on disk, not yet read.

A folder for each symbol::

    like/a.jpg               HaGRID's name of the symbol (netra.symbols); the largest hand of a photo is meant
    peace/sari/b.jpg         a folder inside it is a person
    none/c.jpg, grip/d.jpg   none, or any other name: a hand that must be read as nothing

or a folder with the truth file ``hands.csv`` (or that file itself)::

    photo,label,x,y,width,height,person,view

or HaGRID's own photos with its ``annotations/``. Names that begin with a dot are passed over, links are not followed.
"""

from pathlib import Path
from typing import Final

from evaluation.errors import DatasetError
from evaluation.hands_csv import find_truth_file
from evaluation.hands_folders import find_folders
from evaluation.hands_hagrid import ANNOTATIONS, find_hagrid
from evaluation.hands_truth import HandDataset

TRUTH_FILE: Final = "hands.csv"


def find_hands(path: Path, names: str = "") -> HandDataset:
    """Look at a dataset without opening its photos.

    Args:
        path: a folder, or a truth file.
        names: a CSV file with the columns folder,label for a dataset of folders; empty for none.

    Raises:
        DatasetError: one line for each thing that is not as expected.
    """
    if not path.exists():
        raise DatasetError([f"{path}: not found. Name a folder with a folder for each symbol, or with {TRUTH_FILE}."])
    truth = path if path.is_file() else path / TRUTH_FILE
    if not truth.is_file() and not (path / ANNOTATIONS).is_dir():
        return find_folders(path, names)
    if names:
        where = truth.name if truth.is_file() else f"{ANNOTATIONS}/"
        raise DatasetError([f"{names}: names folders, but the truth of {path} is in {where}. Leave --names out."])
    return find_truth_file(truth) if truth.is_file() else find_hagrid(path)
