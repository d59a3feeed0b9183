"""Turns the photos of an election into a gallery, and says of every photo what became of it.

A reference that is blurred, holds two faces or shows somebody else names wrong people later, so enrolment refuses
rather than guesses, and tells the officer what to do.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from candidates.bands import BANDS, BandTable
from candidates.election import Election, ReferencePhoto
from candidates.gallery import Enrolled, Gallery, Reference, centred_cosine
from candidates.report import Enrolment, EnrolmentReport, PhotoRow, Remark, RemarkKind, Severity
from candidates.templates import TemplateStore
from netra.errors import PhotoError
from vision.types import FaceReading, Photo

LEAST_FACE_SIDE: Final = 48
"""Pixels. dlib's model sees 150 x 150 of the face and some of its surroundings; from under a third of that, more of
the picture is made up by enlarging than was seen."""

LEAST_SHARPNESS: Final = 0.2
LEAST_FRONTALITY: Final = 0.3
"""On the scales of ``vision.types.FaceQuality``, 0 to 1. As vision grades them, a blur of 4 pixels of dlib's 150 is a
sharpness of 0.2 and most sharp photos are 1; at a frontality of 0.3 the nose is a sixth of the eyes' distance away from
lying under one of them. The lowest of 18 posed portraits was 0.54."""

FAR_LARGER: Final = 6.0
"""A face with this many times the area of every other, in the middle, is who the photo is of; it is still refused,
because the other faces would have to be ignored by guessing."""

ENOUGH_PHOTOS: Final = 3
SAME_TEMPLATE: Final = 1e-3
"""Distance of two templates of one picture saved twice without loss; dlib's are 1.45 long."""


class FaceReader(Protocol):
    """Reads the faces of a photo; vision's analyser fits it.

    Attributes:
        model_id: a hash that names the weights of the detector and of the face model.
    """

    @property
    def model_id(self) -> str:
        """Names everything that made the templates."""

    def read_file(self, path: Path) -> tuple[Photo, tuple[FaceReading, ...]]:
        """The photo and its faces.

        Raises:
            netra.errors.PhotoError: the photo cannot be used.
        """


@dataclass(frozen=True, slots=True)
class _Person:
    id: str
    name: str
    ticket: int
    photos: tuple[ReferencePhoto, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A photo on its way: its row, its reference while it is accepted, and its face where it was read just now."""

    person: _Person
    row: PhotoRow
    references: tuple[Reference, ...] = ()
    fresh: tuple[FaceReading, ...] = ()

    def refused(self, remark: Remark) -> "_Read":
        return replace(self, row=replace(self.row, accepted=False, remarks=(*self.row.remarks, remark)), references=())

    def remarked(self, remark: Remark) -> "_Read":
        return replace(self, row=replace(self.row, remarks=(*self.row.remarks, remark)))


def enrol(election: Election, reader: FaceReader, cache: TemplateStore, bands: BandTable = BANDS) -> Enrolment:
    """Read every reference photo of an election and check it, alone and against the others.

    Args:
        election: whose photos.
        reader: finds faces and makes their templates.
        cache: templates of photos read before; ``NoTemplateCache`` reads all anew.
        bands: the limits of the similarity that matching uses.
    """
    people = [
        _Person(candidate.id, candidate.name, ticket.number, candidate.photos)
        for ticket in election.tickets
        for candidate in ticket.candidates
    ]
    people += [_Person(decoy.id, decoy.name, 0, decoy.photos) for decoy in election.decoys]
    reads = [_read(person, photo, reader, cache) for person in people for photo in person.photos]
    reads = _without_misfits(_without_repeats(reads), bands)
    for read in reads:
        if read.references and read.fresh:  # only now: what was refused may be somebody else's face
            cache.store(read.references[0].sha256, reader.model_id, read.fresh[0])
    enrolled = _enrolled(people, reads)
    remarks = [*_photo_remarks(people, reads), *_alike(enrolled, bands)]
    report = EnrolmentReport(tuple(read.row for read in reads), tuple(remarks))
    if all(person.is_decoy for person in enrolled):
        return Enrolment(report, ())
    return Enrolment(report, (Gallery(reader.model_id, enrolled),))


def _enrolled(people: Iterable[_Person], reads: Sequence[_Read]) -> tuple[Enrolled, ...]:
    gathered = []
    for person in people:
        references = tuple(one for read in reads if read.person is person for one in read.references)
        if references:
            gathered.append(Enrolled(person.id, person.name, person.ticket, references))
    return tuple(gathered)


def _read(person: _Person, photo: ReferencePhoto, reader: FaceReader, cache: TemplateStore) -> _Read:
    sha256 = _sha256(photo.path)
    readings = cache.load(sha256, reader.model_id) if sha256 else ()
    fresh: tuple[FaceReading, ...] = ()
    width = 0
    if not readings:
        try:
            picture, fresh = reader.read_file(photo.path)
        except PhotoError as error:
            remark = Remark(Severity.WARNING, RemarkKind.UNREADABLE, f"The photo cannot be read. {error}")
            return _Read(person, PhotoRow(person.id, photo.name, False, 0.0, (remark,)))
        readings, sha256, width = fresh, picture.sha256, picture.width
    quality = readings[0].quality.value if len(readings) == 1 else 0.0
    if problems := _face_problems(readings, width):
        return _Read(person, PhotoRow(person.id, photo.name, False, quality, problems))
    reference = Reference(photo.name, sha256, readings[0].template, readings[0].quality)
    return _Read(person, PhotoRow(person.id, photo.name, True, quality), (reference,), fresh)


def _sha256(path: Path) -> str:
    """As in ``Photo.sha256``; empty where the file cannot be read, which the reader then explains."""
    try:
        with path.open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _face_problems(readings: Sequence[FaceReading], width: int) -> tuple[Remark, ...]:
    """Why the photo's face cannot be used; nothing where it can."""

    def refuse(kind: RemarkKind, text: str) -> Remark:
        return Remark(Severity.WARNING, kind, text)

    if not readings:
        text = "No face was found. Use a photo that shows the face from the front, without a mask, in good light."
        return (refuse(RemarkKind.NO_FACE, text),)
    if len(readings) > 1:
        text = f"{len(readings)} faces were found, and one is needed. Crop the photo so that only this person is in it."
        if _is_portrait_of_one(readings, width):
            text += " The large face in the middle is probably the one that is meant; the others are far smaller."
        return (refuse(RemarkKind.SEVERAL_FACES, text),)
    quality = readings[0].quality
    problems = []
    if quality.size < LEAST_FACE_SIDE:
        text = f"The face is {quality.size:.0f} pixels large, and {LEAST_FACE_SIDE} are needed. Use a larger photo."
        problems.append(refuse(RemarkKind.SMALL_FACE, text))
    if quality.sharpness < LEAST_SHARPNESS:
        text = (
            f"The face is blurred (sharpness {quality.sharpness:.2f} of at least {LEAST_SHARPNESS}). Use a sharp photo."
        )
        problems.append(refuse(RemarkKind.BLURRED, text))
    if quality.frontality < LEAST_FRONTALITY:
        text = f"The face is turned away (frontality {quality.frontality:.2f} of at least {LEAST_FRONTALITY})."
        problems.append(refuse(RemarkKind.TURNED_AWAY, text + " Use a photo from the front."))
    return tuple(problems)


def _is_portrait_of_one(readings: Sequence[FaceReading], width: int) -> bool:
    boxes = np.array([reading.face.box_xyxy for reading in readings])
    areas = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    largest = int(np.argmax(areas))
    centre = float(boxes[largest, [0, 2]].mean())
    return bool((areas[largest] > FAR_LARGER * np.delete(areas, largest)).all() and 0.25 <= centre / width <= 0.75)


def _without_repeats(reads: Sequence[_Read]) -> list[_Read]:
    """The same picture twice adds nothing to one person, and belongs to one of two people at most."""
    result: list[_Read] = []
    shared: dict[int, _Read] = {}
    for read in reads:
        same = [i for i, other in enumerate(result) if read.references and _is_repeat(read, other)]
        strangers = [i for i in same if result[i].person is not read.person]
        if strangers:
            for i in strangers:
                shared.setdefault(i, read)
            first = result[strangers[0]]
            read = read.refused(_shared(first))  # noqa: PLW2901 - the row goes on with its remark
        elif same:
            text = f"It is the same picture as {result[same[0]].row.photo}, so it is not used twice."
            read = read.refused(Remark(Severity.NOTE, RemarkKind.REPEATED, text))  # noqa: PLW2901 - as above
        result.append(read)
    for i, other in shared.items():
        result[i] = result[i].refused(_shared(other))
    return result


def _shared(other: _Read) -> Remark:
    text = (
        f"The same picture is also given for {other.person.name} ({other.row.photo}). Take it away where it is wrong."
    )
    return Remark(Severity.ERROR, RemarkKind.SHARED, text)


def _is_repeat(read: _Read, other: _Read) -> bool:
    return any(
        mine.sha256 == theirs.sha256 or np.linalg.norm(mine.template - theirs.template) < SAME_TEMPLATE
        for mine in read.references
        for theirs in other.references
    )


def _without_misfits(reads: Sequence[_Read], bands: BandTable) -> list[_Read]:
    """A photo of somebody else among a person's references: under ``possible`` with every other one of them.

    Refused where two or more others agree with each other; where nobody can say which of them is wrong, they stay
    and the officer is asked to look. It takes ``least_people`` enrolled people to have a centre.
    """
    result = list(reads)
    used = [i for i, read in enumerate(reads) if read.references]
    owners = list(dict.fromkeys(reads[i].person.id for i in used))
    if len(owners) < bands.least_people:
        return result
    templates = np.array([reads[i].references[0].template for i in used], np.float64)
    groups = [np.array([k for k, i in enumerate(used) if reads[i].person.id == owner]) for owner in owners]
    centre = np.array([templates[group].mean(axis=0) for group in groups]).mean(axis=0)
    for group in groups:
        likeness = centred_cosine(templates[group], templates[group], centre)
        np.fill_diagonal(likeness, -1)
        best = likeness.max(axis=1)
        fits = best >= bands.possible
        for row, k in enumerate(group):
            if fits[row] or len(group) == 1:
                continue
            i = used[k]
            who = reads[i].person.name
            said = f"likeness {best[row]:.2f}, expected at least {bands.possible:.2f}"
            if fits.any():
                text = f"This face does not fit the other photos of {who} ({said}). Is it somebody else? Replace it."
                result[i] = result[i].refused(Remark(Severity.WARNING, RemarkKind.UNLIKE_THE_OTHERS, text))
            else:
                text = f"The photos of {who} do not fit each other ({said}). Check who is on them, and add newer ones."
                result[i] = result[i].remarked(Remark(Severity.WARNING, RemarkKind.UNLIKE_THE_OTHERS, text))
    return result


def _photo_remarks(people: Iterable[_Person], reads: Sequence[_Read]) -> list[Remark]:
    remarks = []
    for person in people:
        count = sum(len(read.references) for read in reads if read.person is person)
        what = "decoy" if person.ticket == 0 else "candidate"
        if count == 0:
            refused = sum(read.person is person for read in reads)
            text = (
                f"The {what} {person.name} ({person.id}) has no usable photo: all {refused} were refused. Add a photo"
            )
            text += " with one sharp face from the front."
            remarks.append(Remark(Severity.ERROR, RemarkKind.NO_PHOTO, text))
        elif count < ENOUGH_PHOTOS and person.ticket:
            text = f"The candidate {person.name} has {count} usable photo{'s' if count > 1 else ''};"
            text += f" {ENOUGH_PHOTOS} or more, taken on different days, are recognised better."
            remarks.append(Remark(Severity.NOTE, RemarkKind.ONE_PHOTO, text))
    return remarks


def _alike(enrolled: Sequence[Enrolled], bands: BandTable) -> list[Remark]:
    """Pairs of people whom matching would take for each other."""
    if len(enrolled) < bands.least_people:
        text = f"Only {len(enrolled)} people are enrolled, so whether they look alike cannot be judged, nor whether"
        text += f" photos of one person fit each other ({bands.least_people} are needed). Check the photos by eye."
        return [Remark(Severity.NOTE, RemarkKind.FEW_PEOPLE, text)]
    means = np.array([np.mean([one.template for one in person.references], axis=0) for person in enrolled], np.float64)
    centre = means.mean(axis=0)
    remarks = []
    for i, person in enumerate(enrolled):
        mine = np.array([one.template for one in person.references], np.float64)
        for other in enrolled[i + 1 :]:
            theirs = np.array([one.template for one in other.references], np.float64)
            likeness = float(centred_cosine(mine, theirs, centre).max())
            if likeness < bands.match or (person.is_decoy and other.is_decoy):
                continue
            pair = f"{person.name} and {other.name} look alike (likeness {likeness:.2f})."
            if other.is_decoy:
                text = f"{pair} A face between the two is reported as 'possible' at most."
                remarks.append(Remark(Severity.NOTE, RemarkKind.ALIKE, text))
            else:
                text = f"{pair} They may be taken for each other: check their photos, and add more of both."
                remarks.append(Remark(Severity.WARNING, RemarkKind.ALIKE, text))
    return remarks
