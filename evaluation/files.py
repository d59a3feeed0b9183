"""Folders, photos and CSV files as people make them: what is in them, and what is wrong with them in words."""

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from candidates.election import PHOTO_ENDINGS
from evaluation.errors import DatasetError


def entries(folder: Path) -> list["os.DirEntry[str]"]:
    """What is in a folder, by name, without what begins with a dot; nothing where it is no folder.

    Raises:
        DatasetError: it cannot be opened.
    """
    if not folder.is_dir():
        return []
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError as error:
        raise DatasetError([f"{folder}: cannot be opened ({error.strerror}). Check its rights."]) from error


def is_photo(name: str) -> bool:
    """Whether a file's name ends like that of a photo."""
    return PurePosixPath(name).suffix.lower() in PHOTO_ENDINGS


def rows(
    path: Path, columns: tuple[str, ...], problems: list[str], optional: tuple[str, ...] = ()
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Line number and the wanted columns of each row of a CSV file; further columns are allowed.

    Args:
        path: of the file, UTF-8, with commas or semicolons.
        columns: that it must have.
        problems: gets a line for what is wrong with it.
        optional: further columns wanted; empty texts where the file has them not.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        problems.append(f"{path}: cannot be opened ({error.strerror}). Check its rights.")
        return
    except UnicodeDecodeError:
        problems.append(f"{path}: expected a CSV text in UTF-8. Save it again as CSV UTF-8.")
        return
    delimiter = ";" if ";" in text.partition("\n")[0] else ","  # Indonesian Excel writes semicolons
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        given = tuple(name.strip() for name in reader.fieldnames or ())
        if missing := [column for column in columns if column not in given]:
            problems.append(f"{path}:1: expected the columns {', '.join(columns)}; missing: {', '.join(missing)}.")
            return
        reader.fieldnames = list(given)
        for row in reader:
            values = tuple((row.get(column) or "").strip() for column in (*columns, *optional))
            if any(values):
                yield reader.line_num, values
    except csv.Error as error:
        problems.append(f"{path}:{reader.line_num}: not a row of CSV ({error}).")
