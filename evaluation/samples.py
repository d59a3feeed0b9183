"""The faces of a dataset: each photo read once, as a scan reads it, and every photo accounted for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from candidates.enrol import FaceReader, can_enrol
from evaluation.dataset import Dataset, Person
from netra.errors import PhotoError
from vision.types import FaceQuality, FaceReading, Floats

Progress = Callable[[int, int], None]
"""Told how many of how many are done; it may raise KeyboardInterrupt."""


class LeftOut(StrEnum):
    """Why a photo gives no face to compare."""

    UNREADABLE = "unreadable"
    OTHER_FILE = "other-file"
    DUPLICATE = "duplicate"
    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    CANNOT_ASSESS = "cannot-assess"


MISSED: Final = (LeftOut.NO_FACE, LeftOut.CANNOT_ASSESS)
"""Photos that netra itself could do nothing with, though a person is on them: NIST counts such a search as a miss."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One face that can be compared.

    Attributes:
        person: index into the people.
        photo: the photo's name.
        template: (D,) float32, in memory only.
        quality: how well it can be compared.
    """

    person: int
    photo: str
    template: Floats
    quality: FaceQuality

    @property
    def can_enrol(self) -> bool:
        """Whether enrolment would take it for a reference."""
        return can_enrol(self.quality)


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """All faces of a dataset.

    Attributes:
        model_id: what made the templates.
        people: names, groups and who takes turns, as in the dataset.
        faces: in the order of the dataset.
        seen: how many files there are; used + those left out.
        used: how many photos gave at least one face.
        left_out: the names of the others, by reason.
        missed: of each person, how many photos were left out for a reason in MISSED.
    """

    model_id: str
    people: tuple[Person, ...]
    faces: tuple[Sample, ...]
    seen: int
    used: int
    left_out: Mapping[LeftOut, tuple[str, ...]]
    missed: tuple[int, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.seen != self.used + sum(map(len, self.left_out.values())):
            raise ValueError(f"expected every photo to be used or left out, got {self.used} of {self.seen} used")
        if len(self.missed) != len(self.people):
            raise ValueError(f"missed: expected one number a person ({len(self.people)}), got {len(self.missed)}")


def read_samples(dataset: Dataset, reader: FaceReader, progress: Progress) -> Samples:
    """Read every photo of a dataset.

    A photo of somebody who takes turns must show one face: with several, nobody says which one is meant. Of photos
    of strangers every face is a stranger's, so all are used. The same bytes a second time are left out.

    Args:
        dataset: whose photos.
        reader: finds faces and makes their templates.
        progress: told after each photo.
    """
    left_out: dict[LeftOut, list[str]] = {reason: [] for reason in LeftOut}
    left_out[LeftOut.OTHER_FILE] += dataset.other_files
    faces: list[Sample] = []
    met: set[str] = set()
    missed = [0] * len(dataset.people)
    total = sum(len(person.photos) for person in dataset.people)
    used = done = 0
    for index, person in enumerate(dataset.people):
        for file in person.photos:
            progress(done, total)
            done += 1
            try:
                photo, readings = reader.read_file(file.path)
            except PhotoError:
                left_out[LeftOut.UNREADABLE].append(file.name)
                continue
            wanted = [reading for reading in readings if reading.quality.assessable]
            if reasons := _reasons(person, photo.sha256 in met, readings, wanted):
                left_out[reasons[0]].append(file.name)
                missed[index] += reasons[0] in MISSED
                continue
            met.add(photo.sha256)
            used += 1
            faces += [Sample(index, file.name, reading.template, reading.quality) for reading in wanted]
    progress(total, total)
    reasons_met = {reason: tuple(names) for reason, names in left_out.items() if names}
    seen = total + len(dataset.other_files)
    return Samples(reader.model_id, dataset.people, tuple(faces), seen, used, reasons_met, tuple(missed))


def _reasons(
    person: Person, met_before: bool, readings: tuple[FaceReading, ...], wanted: list[FaceReading]
) -> tuple[LeftOut, ...]:
    """Why a photo is left out; nothing where it is used."""
    if met_before:
        return (LeftOut.DUPLICATE,)
    if not readings:
        return (LeftOut.NO_FACE,)
    if person.takes_turns and len(readings) > 1:
        return (LeftOut.SEVERAL_FACES,)
    return () if wanted else (LeftOut.CANNOT_ASSESS,)
