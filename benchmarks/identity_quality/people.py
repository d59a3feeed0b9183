"""Who is measured: invented people, invented people who turn their heads, and real people where photos are present."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.identity_quality.spoil import BASE_SIDE, Clipping, clip
from benchmarks.identity_quality.turned import PITCHES, REFERENCES, YAWS
from vision.analyse import Analyser
from vision.photo import load_photo
from vision.types import FaceReading, Floats, Image, Photo

LEAST_SIDE: Final = 0.8 * BASE_SIDE  # a smaller face would have to be enlarged before it is spoilt
MOST_REFERENCES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A person with good photos.

    Attributes:
        references: (R, D) float32 templates of the photos that would be enrolled; R is 0 for one who never is.
        clean: (D,) float32, one good template, for a population.
        probes: by view, photos of the person other than the references; the view is empty for an ordinary photo.
    """

    references: Floats
    clean: Floats
    probes: tuple[tuple[str, Clipping], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Take:
    clipping: Clipping
    reading: FaceReading


def rendered(analyser: Analyser, photos: Sequence[Sequence[Path]]) -> tuple[Subject, ...]:
    """Invented people from files of one face each: the last is the probe, the others are references."""
    found = []
    for paths in photos:
        takes = [take for path in paths for take in _alone(analyser, path)]
        if len(takes) == len(paths):
            found.append(_subject([takes[:-1], takes[-1:]]))
    return tuple(found)


def turned(analyser: Analyser, people: Sequence[Mapping[str, Image]]) -> tuple[Subject, ...]:
    """Invented people by view. A view whose face is not found in the good picture is cut out where the head is."""
    found = []
    for views in people:
        takes = {view: _largest(analyser, pixels) for view, pixels in views.items()}
        references = [take for view in REFERENCES for take in takes[view]]
        if not references:
            continue
        usual = references[0]
        turns = [f"yaw-{yaw}" for yaw in YAWS] + [f"pitch-{pitch}" for pitch in PITCHES]
        probes = tuple((view, _there(views[view], takes[view], usual)) for view in turns)
        templates = np.array([take.reading.template for take in references], np.float32)
        found.append(Subject(templates, templates[0], probes))
    return tuple(found)


def real(analyser: Analyser, data: Path) -> tuple[Subject, ...]:
    """The labelled people of the evaluation photos, and the faces of group photos as people seen once."""
    faces = data / "faces"
    named: dict[str, list[_Take]] = {}
    for who, take in (*_pairs(analyser, faces / "pairs"), *_others(analyser, faces)):
        named.setdefault(who, []).append(take)
    subjects = [_subject(_references_first(takes)) for takes in named.values()]
    for path in sorted((faces / "group").glob("*.jpg")):
        subjects += [_subject([[], [take]]) for take in _all(analyser, path)]
    return tuple(each for each in subjects if each.probes)


def _subject(takes: Sequence[Sequence[_Take]]) -> Subject:
    references, probes = takes
    size = (references or probes)[0].reading.template.size
    templates = np.array([take.reading.template for take in references], np.float32).reshape(-1, size)
    large = tuple(("", take.clipping) for take in probes if take.clipping.side >= LEAST_SIDE)
    return Subject(templates, (references or probes)[0].reading.template, large)


def _references_first(takes: Sequence[_Take]) -> list[list[_Take]]:
    """Half of a person's photos, the best ones, are references; one photo alone is a probe."""
    best = sorted(takes, key=lambda take: -take.reading.quality.value)
    count = min(MOST_REFERENCES, len(takes) // 2)
    return [best[:count], best[count:]]


def _pairs(analyser: Analyser, folder: Path) -> Iterator[tuple[str, _Take]]:
    """Photos of one face; those that a row calls the same person, or that a chain of such rows links, are one."""
    with (folder / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    person = {name: name for row in rows for name in (row["file_x"], row["file_y"])}
    for row in rows:
        if row["Decision"] == "Yes":
            old, new = person[row["file_x"]], person[row["file_y"]]
            person = {name: new if who == old else who for name, who in person.items()}
    for name, who in sorted(person.items()):
        for take in _alone(analyser, folder / name):
            yield f"pairs {who}", take


def _others(analyser: Analyser, faces: Path) -> Iterator[tuple[str, _Take]]:
    for path in sorted((faces / "named").glob("*.jpg")):
        for take in _alone(analyser, path):
            yield f"named {path.stem.rstrip('0123456789')}", take
    labels = json.loads((faces / "paslon" / "labels.json").read_text(encoding="utf-8"))
    for name, people in labels.items():
        if name.startswith("_"):
            continue
        takes = sorted(_all(analyser, faces / "paslon" / name), key=lambda take: float(take.reading.face.box_xyxy[0]))
        if len(takes) == len(people):
            yield from ((f"paslon {who}", take) for who, take in zip(people, takes, strict=True))
    montage = list(_all(analyser, faces / "lookalikes" / "montage.jpg"))
    people = json.loads((faces / "lookalikes" / "people.json").read_text(encoding="utf-8"))
    for who, points in people.items():
        for x, y in points:
            for take in montage:
                x0, y0, x1, y1 = take.reading.face.box_xyxy
                if x0 < x < x1 and y0 < y < y1:
                    yield f"lookalikes {who}", take


def _alone(analyser: Analyser, path: Path) -> list[_Take]:
    """The face of a photo of one person; nothing where there are several or none."""
    takes = _all(analyser, path)
    return takes if len(takes) == 1 else []


def _all(analyser: Analyser, path: Path) -> list[_Take]:
    return _takes(analyser, load_photo(path))


def _largest(analyser: Analyser, pixels: Image) -> list[_Take]:
    height, width = pixels.shape[:2]
    return _takes(analyser, Photo(pixels, width, height, "sha256:" + "0" * 64, "JPEG"))[:1]


def _takes(analyser: Analyser, photo: Photo) -> list[_Take]:
    return [_Take(clip(photo.pixels, each.face), each) for each in analyser.read_faces(photo)]


def _there(pixels: Image, takes: Sequence[_Take], usual: _Take) -> Clipping:
    """The clipping of a turned head, by the box it has when it looks ahead: a turned head's box may be none."""
    if takes:
        return takes[0].clipping
    return clip(pixels, usual.reading.face)
