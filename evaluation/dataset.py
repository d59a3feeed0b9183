"""A dataset of faces with known truth: who is on which photo. Found on disk, not yet read.

A folder::

    people/<name>/...      one folder a person; they take turns being enrolled and being strangers
    strangers/...          people who are never enrolled: a folder each, or single photos, each of somebody else
    groups.csv             person,group; optional

or a file of pairs, CSV with the columns ``photo_a,photo_b,same`` and paths relative to it; ``groups.csv`` beside it
then names photos. Names that begin with a dot are passed over, links are not followed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from evaluation.errors import DatasetError
from evaluation.files import entries, is_photo, rows

PEOPLE, STRANGERS, GROUPS = "people", "strangers", "groups.csv"
PAIR_COLUMNS, GROUP_COLUMNS = ("photo_a", "photo_b", "same"), ("person", "group")
UNKNOWN: Final = ""
"""The group of a person of whom the dataset names none."""

YES, NO = ("yes", "true", "1", "ya"), ("no", "false", "0", "tidak")


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """A photo of the dataset.

    Attributes:
        name: its path from the dataset's folder, with slashes.
        path: where it is.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the dataset.

    Attributes:
        name: the folder's name, or of a single photo the photo's.
        photos: in the order of their names; at least one.
        takes_turns: may be enrolled; False for those under ``strangers``.
        group: as ``groups.csv`` names it, or UNKNOWN.
    """

    name: str
    photos: tuple[PhotoFile, ...]
    takes_turns: bool
    group: str = UNKNOWN

    def __post_init__(self) -> None:
        if not self.photos:
            raise ValueError(f"{self.name}: expected at least one photo, got none")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photos by name, and whether they show one person."""

    first: str
    second: str
    same: bool


@dataclass(frozen=True, slots=True)
class Dataset:
    """People with their photos, or pairs of photos.

    Attributes:
        path: as the user named it.
        people: of a folder, those who take turns, then the strangers; of pairs, those whom ``same`` joins.
        pairs: empty for a folder.
        other_files: names of files that are no photos by their ending.
    """

    path: Path
    people: tuple[Person, ...]
    pairs: tuple[Pair, ...] = ()
    other_files: tuple[str, ...] = field(default=())


def find_dataset(path: Path) -> Dataset:
    """Look at a dataset without opening its photos.

    Args:
        path: a folder, or a CSV file of pairs.

    Raises:
        DatasetError: one line for each thing that is not as expected.
    """
    if path.is_dir():
        return _folder(path)
    if path.is_file():
        return _pairs(path)
    raise DatasetError([f"{path}: not found. Name a folder with the folder {PEOPLE}/ in it, or a CSV file of pairs."])


def _folder(root: Path) -> Dataset:
    if not (root / PEOPLE).is_dir():
        raise DatasetError([f"{root}: expected a folder {PEOPLE}/ with one folder for each person, got none."])
    problems: list[str] = []
    others: list[str] = []
    people: list[Person] = []
    for kind in (PEOPLE, STRANGERS):
        for entry in entries(root / kind):
            name = f"{kind}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                photos = tuple(_photos(Path(entry.path), name, others))
            elif not is_photo(entry.name):
                others.append(name)
                continue
            elif kind == PEOPLE:
                problems.append(f"{root / PEOPLE}: {entry.name}: expected a folder for each person, got a photo.")
                continue
            else:
                photos = (PhotoFile(name, Path(entry.path)),)
            if photos:
                people.append(Person(entry.name, photos, kind == PEOPLE))
    enrollable = {person.name for person in people if person.takes_turns}
    twice = sorted(person.name for person in people if not person.takes_turns and person.name in enrollable)
    problems += [f"{root}: {name}: in {PEOPLE}/ and in {STRANGERS}/. Take it away from one of them." for name in twice]
    if not enrollable:
        problems.append(f"{root / PEOPLE}: no photo of anybody. Put each person's photos into a folder of their own.")
    groups = _groups(root / GROUPS, {person.name for person in people}, problems)
    if problems:
        raise DatasetError(problems)
    return Dataset(root, tuple(_grouped(people, groups)), (), tuple(others))


def _photos(folder: Path, name: str, others: list[str]) -> Iterator[PhotoFile]:
    for entry in entries(folder):
        inside = f"{name}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _photos(Path(entry.path), inside, others)
        elif is_photo(entry.name):
            yield PhotoFile(inside, Path(entry.path))
        else:
            others.append(inside)


def _grouped(people: list[Person], groups: dict[str, str]) -> Iterator[Person]:
    for person in people:
        yield Person(person.name, person.photos, person.takes_turns, groups.get(person.name, UNKNOWN))


def _groups(path: Path, names: set[str], problems: list[str]) -> dict[str, str]:
    groups: dict[str, str] = {}
    if not path.is_file():
        return groups
    for line, (name, group) in rows(path, GROUP_COLUMNS, problems):
        if name not in names:
            problems.append(f"{path}:{line}: person: expected somebody of the dataset, got '{name}'.")
        elif groups.get(name, group) != group:
            problems.append(f"{path}:{line}: {name}: expected one group, got '{groups[name]}' and '{group}'.")
        groups[name] = group
    return groups


def _pairs(path: Path) -> Dataset:
    problems: list[str] = []
    pairs: list[Pair] = []
    lines: list[int] = []
    for line, (first, second, same) in rows(path, PAIR_COLUMNS, problems):
        if same.lower() not in YES + NO:
            problems.append(f"{path}:{line}: same: expected yes or no, got '{same}'.")
        elif not first or not second or first == second:
            problems.append(f"{path}:{line}: expected two photos, got '{first}' and '{second}'.")
        else:
            lines.append(line)
            pairs.append(Pair(first, second, same.lower() in YES))
    if not pairs and not problems:
        problems.append(f"{path}: no pair. Write a line photo_a,photo_b,same for each.")
    names = dict.fromkeys(name for pair in pairs for name in (pair.first, pair.second))
    problems += [f"{path}: {name}: no such photo beside it." for name in names if not (path.parent / name).is_file()]
    leaders = _joined(pairs)
    problems += [
        f"{path}:{line}: {pair.first} and {pair.second}: 'no', but pairs with 'yes' join them. Correct one of them."
        for line, pair in zip(lines, pairs, strict=True)
        if not pair.same and leaders[pair.first] == leaders[pair.second]
    ]
    members: dict[str, list[str]] = {}
    for name in names:
        members.setdefault(leaders[name], []).append(name)
    groups = _groups(path.parent / GROUPS, set(names), problems)
    people = []
    for together in members.values():
        named = sorted({groups[name] for name in together if name in groups})
        if len(named) > 1:
            problems.append(f"{path.parent / GROUPS}: {together[0]}: one person, but in the groups {', '.join(named)}.")
        photos = tuple(PhotoFile(name, path.parent / name) for name in together)
        people.append(Person(together[0], photos, True, named[0] if named else UNKNOWN))
    if problems:
        raise DatasetError(problems)
    return Dataset(path, tuple(people), tuple(pairs))


def _joined(pairs: list[Pair]) -> dict[str, str]:
    """Photo -> one photo that stands for everybody whom pairs with ``same`` join to it."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for pair in pairs:
        first, second = find(pair.first), find(pair.second)
        if pair.same:
            leader[second] = first
    return {name: find(name) for name in list(leader)}
