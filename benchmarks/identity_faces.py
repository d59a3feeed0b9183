"""The faces that identity is measured on: templates with whose they are.

Templates of real people stay in memory. Those of invented people, who do not exist, lie beside their photos.
"""

import csv
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.photo_sets import EVALUATION
from benchmarks.population import RECIPES, VIEWS, RenderedPerson, progress_line, rendered_crowd, rendered_people
from netra.errors import UsageError
from vision.types import FLOOR, Floats

if TYPE_CHECKING:
    from vision.analyse import Analyser
    from vision.types import FaceReading

# The code that a template of a known photo follows from, besides the face model.
READ_BY: Final = ("align.py", "embed.py", "faces.py", "photo.py", "quality.py")


@dataclass(frozen=True, slots=True, eq=False)
class FaceSet:
    """Faces with whose they are.

    Attributes:
        name: for people.
        templates: (N, D) float32.
        people: (N,) whose each is.
        families: (N,) who is a relative of whom; the person itself where nothing is known.
    """

    name: str
    templates: Floats
    people: NDArray[np.str_]
    families: NDArray[np.str_]

    def __post_init__(self) -> None:
        if self.templates.ndim != 2 or not len(self.templates) == len(self.people) == len(self.families):
            raise ValueError(f"{self.name}: expected a template, a person and a family for each face")

    def __len__(self) -> int:
        return len(self.templates)

    @property
    def names(self) -> NDArray[np.str_]:
        """(P,) everybody, in order."""
        return np.unique(self.people)

    def of(self, people: Sequence[str] | NDArray[np.str_]) -> "FaceSet":
        """Only the faces of these people."""
        return self.rows(np.flatnonzero(np.isin(self.people, people)))

    def rows(self, chosen: NDArray[np.intp]) -> "FaceSet":
        """Only these rows, in this order."""
        return FaceSet(self.name, self.templates[chosen], self.people[chosen], self.families[chosen])

    def named_rows(self) -> Iterator[tuple[str, str, Floats]]:
        """(person, family, template) of each face."""
        for template, person, family in zip(self.templates, self.people, self.families, strict=True):
            yield str(person), str(family), template


def face_set(name: str, rows: Sequence[tuple[str, str, Floats]], size: int = 128) -> FaceSet:
    """A set from (person, family, template) rows."""
    templates = np.array([row[2] for row in rows], np.float32).reshape(len(rows), -1 if rows else size)
    return FaceSet(name, templates, np.array([row[0] for row in rows]), np.array([row[1] for row in rows]))


def everybody_else(name: str, templates: Floats) -> FaceSet:
    """A set of faces that nobody labelled; each is taken for a person."""
    return face_set(name, [(f"{i:04d}", f"{i:04d}", template) for i, template in enumerate(templates)])


def joined(name: str, sets: Sequence[FaceSet]) -> FaceSet:
    """One set of several; people of different sets are different people."""
    rows = ((each.name, row) for each in sets for row in each.named_rows())
    return face_set(name, [(f"{of} {person}", f"{of} {family}", template) for of, (person, family, template) in rows])


# ------------------------------------------------------------------------------------------------ invented people


@cache
def invented(name: str, count: int = 0, views: int = VIEWS) -> FaceSet:
    """A rendered population's templates; kept beside the photos until the code that reads them changes.

    A photo without a face, or with one under the quality floor, has no row.

    Raises:
        UsageError: photos have to be rendered and numba is missing.
        ModelError: a model file is missing or damaged.
    """
    recipe = RECIPES[name]
    return _read(name, rendered_people(count, views, recipe, progress=progress_line(name)))


@cache
def with_crowd(name: str) -> FaceSet:
    """The same, and all those with one photo."""
    crowd = _read(name, rendered_crowd(RECIPES[name], progress=progress_line(name)))
    return face_set(name, [row for each in (invented(name), crowd) for row in each.named_rows()])


def _read(name: str, people: Sequence[RenderedPerson]) -> FaceSet:
    from vision.analyse import Analyser

    analyser = Analyser()
    kept = people[0].photos[0].parent / "templates.npz"
    made_by = f"{analyser.model_id} {FLOOR} {_reader_hash()}"
    known = _kept(kept, made_by)
    missing = [(each, photo) for each in people for photo in each.photos if photo.name not in known]
    for each in missing:
        known[each[1].name] = _largest(analyser, each[1])
    if missing:
        _keep(kept, made_by, known)
    return face_set(name, list(_invented_rows(people, known)))


def _invented_rows(people: Sequence[RenderedPerson], known: dict[str, Floats]) -> Iterator[tuple[str, str, Floats]]:
    for each in people:
        for photo in each.photos:
            for template in known[photo.name]:
                yield each.id, each.family, template


def _reader_hash() -> str:
    digest = hashlib.sha256()
    for name in READ_BY:
        digest.update((Path(__file__).resolve().parents[1] / "vision" / name).read_bytes())
    return digest.hexdigest()


def _kept(path: Path, made_by: str) -> dict[str, Floats]:
    """Photo name -> (0 or 1, D) templates; nothing where something else made them."""
    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as file:
        if str(file["made_by"]) != made_by:
            return {}
        names, seen, templates = file["photos"], file["seen"], file["templates"]
    return {str(names[i]): templates[i : i + int(seen[i])] for i in range(len(names))}


def _keep(path: Path, made_by: str, known: dict[str, Floats]) -> None:
    size = max(each.shape[1] for each in known.values())
    rows = np.array([each[0] if len(each) else np.zeros(size, np.float32) for each in known.values()], np.float32)
    seen = np.array([len(each) > 0 for each in known.values()])
    half = path.with_name(f"templates.{os.getpid()}.half.npz")
    np.savez(half, made_by=np.array(made_by), photos=np.array(list(known)), seen=seen, templates=rows)
    half.replace(path)


# ---------------------------------------------------------------------------------------------------- real people


@cache
def real_sets(evaluation: Path = EVALUATION) -> dict[str, FaceSet]:
    """The evaluation photos' labelled faces, those of the sets that are present."""
    readers = {"pairs": _pairs, "named": _named, "paslon": _paslon, "lookalikes": _lookalikes}
    present = [name for name in readers if (evaluation / "faces" / name).is_dir()]
    if not present:
        return {}
    from vision.analyse import Analyser

    analyser = Analyser()
    return {
        name: face_set(name, [(who, who, t) for who, t in readers[name](analyser, evaluation / "faces" / name)])
        for name in present
    }


@cache
def unlabelled(evaluation: Path = EVALUATION) -> tuple[Floats, ...]:
    """Templates (N, D) of faces that nobody labelled, mostly of Western people: good for a population only."""
    folder = evaluation / "faces"
    if not folder.is_dir():
        return ()
    from vision.analyse import Analyser

    analyser = Analyser()
    labelled = {row for pair in _decisions(folder / "pairs") for row in pair[:2]}
    photos = [path for path in _photos(folder / "pairs") if path.name not in labelled] + _photos(folder / "group")
    found = [reading.template for path in photos for reading in _good(analyser, path)]
    return (np.array(found, np.float32),) if found else ()


def _photos(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("*") if path.suffix in (".jpg", ".png"))


def _good(analyser: "Analyser", path: Path) -> "list[FaceReading]":
    """The faces that are good enough to be compared, largest first."""
    return [each for each in analyser.read_file(path)[1] if each.quality.value >= FLOOR]


def _largest(analyser: "Analyser", path: Path) -> Floats:
    """(0 or 1, D): the template of the largest face."""
    found = analyser.read_file(path)[1]
    good = [each.template for each in found[:1] if each.quality.value >= FLOOR]
    return np.array(good, np.float32).reshape(len(good), -1 if good else 128)


def _decisions(folder: Path) -> list[tuple[str, str, bool]]:
    path = folder / "pairs.csv"
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["file_x"], row["file_y"], row["Decision"] == "Yes") for row in csv.DictReader(file)]


def people_of_pairs(decisions: Sequence[tuple[str, str, bool]]) -> dict[str, str]:
    """Photo -> person, from what is known of pairs: same goes on from pair to pair.

    Raises:
        UsageError: the decisions contradict each other.
    """
    person = {photo: photo for pair in decisions for photo in pair[:2]}
    for first, second, same in decisions:
        if same and person[first] != person[second]:
            old, new = sorted((person[first], person[second]), reverse=True)
            person = {photo: new if who == old else who for photo, who in person.items()}
    for first, second, same in decisions:
        if not same and person[first] == person[second]:
            raise UsageError(f"pairs.csv says both that {first} and {second} are one person and that they are not")
    return person


def _pairs(analyser: "Analyser", folder: Path) -> Iterator[tuple[str, Floats]]:
    for photo, person in sorted(people_of_pairs(_decisions(folder)).items()):
        for template in _largest(analyser, folder / photo):
            yield person, template


def _named(analyser: "Analyser", folder: Path) -> Iterator[tuple[str, Floats]]:
    """The file name without digits is the person; photos of two people do not say who stands where."""
    for path in _photos(folder):
        found = _good(analyser, path)
        if len(found) == 1:
            yield path.stem.rstrip("0123456789"), found[0].template


def _paslon(analyser: "Analyser", folder: Path) -> Iterator[tuple[str, Floats]]:
    for photo, names in json.loads((folder / "labels.json").read_text(encoding="utf-8")).items():
        if not photo.startswith("_"):
            found = sorted(_good(analyser, folder / photo)[: len(names)], key=lambda each: float(each.face.box_xyxy[0]))
            if len(found) != len(names):
                raise UsageError(f"{folder / photo}: expected {len(names)} faces, found {len(found)}")
            for who, each in zip(names, found, strict=True):
                yield who, each.template


def _lookalikes(analyser: "Analyser", folder: Path) -> Iterator[tuple[str, Floats]]:
    people = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    found = _good(analyser, folder / "montage.jpg")
    for who, point in chain.from_iterable(((who, np.array(p)) for p in points) for who, points in people.items()):
        for each in found:
            box = each.face.box_xyxy
            if (box[:2] < point).all() and (point < box[2:]).all():
                yield who, each.template
