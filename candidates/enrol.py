"""Turns the photos of an election into a gallery, and says of every photo what became of it.

A reference that is blurred, holds two faces or shows somebody else names wrong people later, so enrolment refuses
rather than guesses, and tells the officer what to do.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from candidates.bands import BANDS, BandTable
from candidates.election import Election, ReferencePhoto
from candidates.gallery import Enrolled, Gallery, Reference
from candidates.likeness import ENOUGH_PHOTOS, Trial, alike, trials_of
from candidates.population import Population, no_population
from candidates.report import Enrolment, EnrolmentReport, FoundFace, PhotoRow, Remark, RemarkKind, Severity
from candidates.templates import TemplateStore
from netra.errors import PhotoError
from vision.types import FaceQuality, FaceReading, Photo

LEAST_FACE_SIDE: Final = 48
"""Pixels. From here on the face model loses next to nothing to size: a face of 47 pixels in a JPEG of quality 75 finds
its mate 95 times of the 100 that one of 93 pixels does (``python -m benchmarks.identity_quality``)."""

LEAST_SHARPNESS: Final = 0.5
LEAST_FRONTALITY: Final = 0.4
"""On the scales of ``vision.types.FaceQuality``, 0 to 1, about where half of the mates are lost (``vision.quality``): a
blur of 2 to 3% of the face, a head turned by 29 degrees. Of 91 reference photos, 71 of real people, the lowest have a
sharpness of 0.79 and a frontality of 0.54."""

FAR_LARGER: Final = 6.0
"""A face with this many times the area of every other, in the middle, is who the photo is of; it is still refused,
because the other faces would have to be ignored by guessing."""

LEAST_FIT: Final = 0.25
"""Similarity to the person's other photos under which a photo is somebody else's. With three photos each among 4 to 12
enrolled, 0 to 0.2% of the right ones are under it (1,800 trials of 24 real look-alikes' photos, 6,900 of rendered
people); of photos of somebody else among the three 98% of 150 (look-alikes) and 68 to 81% of 100 (rendered), and
nearly all others are under ``possible``, so that they are pointed out. The photo of somebody else is the least alike of
the three in all draws of look-alikes and in 98 to 100 of 100 others."""

SAME_TEMPLATE: Final = 1e-3
"""Distance of two templates of one picture saved twice without loss, as a share of their length."""


class FaceReader(Protocol):
    """Reads the faces of a photo; vision's analyser fits it.

    Attributes:
        model_id: a hash that names the weights of the detector and of the face model, and the alignment.
        reading_id: names all of what a reading of a photo rests on, the code that finds and grades faces too.
    """

    @property
    def model_id(self) -> str:
        """Templates of one id can be compared."""

    @property
    def reading_id(self) -> str:
        """Of one id, a photo need not be read again."""

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


def enrol(
    election: Election,
    reader: FaceReader,
    cache: TemplateStore,
    bands: BandTable = BANDS,
    populations: tuple[Population, ...] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Enrolment:
    """Read every reference photo of an election and check it, alone and against the others.

    Args:
        election: whose photos.
        reader: finds faces and makes their templates.
        cache: templates of photos read before; ``NoTemplateCache`` reads all anew.
        bands: the limits of the similarity that matching uses.
        populations: the people to see similarity against, of the reader's face model; none for those enrolled alone.
        progress: told after each photo how many of how many are read.
    """
    people = [
        _Person(candidate.id, candidate.name, ticket.number, candidate.photos)
        for ticket in election.tickets
        for candidate in ticket.candidates
    ]
    people += [_Person(decoy.id, decoy.name, 0, decoy.photos) for decoy in election.decoys]
    given = [(person, photo) for person in people for photo in person.photos]
    reads = []
    for done, (person, photo) in enumerate(given, 1):
        reads.append(_read(person, photo, reader, cache))
        progress(done, len(given))
    reads = _without_misfits(people, _without_repeats(reads), reader.model_id, populations, bands)
    for read in reads:
        if read.references and read.fresh:  # only now: what was refused may be somebody else's face
            cache.store(read.references[0].sha256, reader.reading_id, read.fresh[0])
    galleries = _galleries(reader.model_id, _enrolled(people, reads))
    remarks = [*_photo_remarks(people, reads), *_alike(galleries, populations, bands)]
    return Enrolment(EnrolmentReport(tuple(read.row for read in reads), tuple(remarks)), galleries)


def _galleries(model_id: str, enrolled: tuple[Enrolled, ...]) -> tuple[Gallery, ...]:
    return () if all(person.is_decoy for person in enrolled) else (Gallery(model_id, enrolled),)


def _seen_against(
    galleries: tuple[Gallery, ...], populations: tuple[Population, ...]
) -> list[tuple[Gallery, Population]]:
    return [(gallery, one) for gallery in galleries for one in populations or (no_population(gallery),)]


def _enrolled(people: Iterable[_Person], reads: Sequence[_Read]) -> tuple[Enrolled, ...]:
    gathered = []
    for person in people:
        references = tuple(one for read in reads if read.person is person for one in read.references)
        if references:
            gathered.append(Enrolled(person.id, person.name, person.ticket, references))
    return tuple(gathered)


def _read(person: _Person, photo: ReferencePhoto, reader: FaceReader, cache: TemplateStore) -> _Read:
    sha256 = _sha256(photo.path)
    readings = cache.load(sha256, reader.reading_id) if sha256 else ()
    fresh: tuple[FaceReading, ...] = ()
    width = 0
    if not readings:
        try:
            picture, fresh = reader.read_file(photo.path)
        except PhotoError as error:
            text = f"The photo cannot be read. {error}"
            remark = Remark(Severity.WARNING, RemarkKind.UNREADABLE, text, (error.kind.value,))
            return _Read(person, PhotoRow(person.id, photo.name, False, (), (remark,), photo.path))
        readings, sha256, width = fresh, picture.sha256, picture.width
    faces = tuple(map(_found, readings)) if len(readings) == 1 else ()
    if problems := _face_problems(readings, width):
        return _Read(person, PhotoRow(person.id, photo.name, False, faces, problems, photo.path, sha256))
    reference = Reference(photo.name, sha256, readings[0].template, readings[0].quality)
    row = PhotoRow(person.id, photo.name, True, faces, (), photo.path, sha256)
    return _Read(person, row, (reference,), fresh)


def _found(reading: FaceReading) -> FoundFace:
    x0, y0, x1, y1 = map(float, reading.face.box_xyxy)
    return FoundFace((x0, y0, x1, y1), reading.quality)


def _sha256(path: Path) -> str:
    """As in ``Photo.sha256``; empty where the file cannot be read, which the reader then explains."""
    try:
        with path.open("rb") as file:
            return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _face_problems(readings: Sequence[FaceReading], width: int) -> tuple[Remark, ...]:
    """Why the photo's face cannot be used; nothing where it can."""
    if not readings:
        text = "No face was found. Use a photo that shows the face from the front, without a mask, in good light."
        return (_refuse(RemarkKind.NO_FACE, text),)
    if len(readings) > 1:
        text = f"{len(readings)} faces were found, and one is needed. Crop the photo so that only this person is in it."
        if _is_portrait_of_one(readings, width):
            text += " The large face in the middle is probably the one that is meant; the others are far smaller."
        return (_refuse(RemarkKind.SEVERAL_FACES, text, str(len(readings))),)
    return _quality_problems(readings[0].quality)


def can_enrol(quality: FaceQuality) -> bool:
    """Whether a face is good enough for a reference."""
    return not _quality_problems(quality)


def _quality_problems(quality: FaceQuality) -> tuple[Remark, ...]:
    problems = []
    if quality.size < LEAST_FACE_SIDE:
        text = f"The face is {quality.size:.0f} pixels large, and {LEAST_FACE_SIDE} are needed. Use a larger photo."
        problems.append(_refuse(RemarkKind.SMALL_FACE, text, f"{quality.size:.0f} < {LEAST_FACE_SIDE}"))
    if quality.sharpness < LEAST_SHARPNESS:
        said = f"sharpness {quality.sharpness:.2f} of at least {LEAST_SHARPNESS}"
        text = f"The face is blurred, grainy or too dark ({said}). Use a sharp photo in good light."
        problems.append(_refuse(RemarkKind.BLURRED, text, f"{quality.sharpness:.2f} < {LEAST_SHARPNESS}"))
    if quality.frontality < LEAST_FRONTALITY:
        text = f"The face is turned away (frontality {quality.frontality:.2f} of at least {LEAST_FRONTALITY})."
        text += " Use a photo from the front."
        problems.append(_refuse(RemarkKind.TURNED_AWAY, text, f"{quality.frontality:.2f} < {LEAST_FRONTALITY}"))
    if not problems and not quality.assessable:  # what is left is the mouth
        problems.append(_refuse(RemarkKind.COVERED, "The mouth is covered. Use a photo without a mask or a hand."))
    return tuple(problems)


def _refuse(kind: RemarkKind, text: str, *about: str) -> Remark:
    return Remark(Severity.WARNING, kind, text, about)


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
            remark = Remark(Severity.NOTE, RemarkKind.REPEATED, text, (result[same[0]].row.photo,))
            read = read.refused(remark)  # noqa: PLW2901 - as above
        result.append(read)
    for i, other in shared.items():
        result[i] = result[i].refused(_shared(other))
    return result


def _shared(other: _Read) -> Remark:
    text = (
        f"The same picture is also given for {other.person.name} ({other.row.photo}). Take it away where it is wrong."
    )
    return Remark(Severity.ERROR, RemarkKind.SHARED, text, (other.person.name, other.row.photo))


def _is_repeat(read: _Read, other: _Read) -> bool:
    return any(
        mine.sha256 == theirs.sha256
        or np.linalg.norm(mine.template - theirs.template) < SAME_TEMPLATE * np.linalg.norm(mine.template)
        for mine in read.references
        for theirs in other.references
    )


def _without_misfits(
    people: Sequence[_Person],
    reads: Sequence[_Read],
    model_id: str,
    populations: tuple[Population, ...],
    bands: BandTable,
) -> list[_Read]:
    """A photo of somebody else among a person's references: under ``LEAST_FIT`` beside the other ones.

    Refused where others are left that agree with each other; where nobody can say which of them is wrong, or a photo is
    only less alike than ``possible``, it stays and the officer is asked to look. It takes ``least_people`` people to
    be seen against.
    """
    result = list(reads)
    trials = _trials(people, result, model_id, populations, bands)
    while misfits := _misfits(result, trials):
        fewer = [replace(read, references=()) if i in misfits else read for i, read in enumerate(result)]
        after = _trials(people, fewer, model_id, populations, bands)
        sure = {i for i in misfits if any(one.is_found for one in after.values() if one.person == result[i].person.id)}
        for i in sure:
            read = result[i]
            text = f"This face does not fit the other photos of {read.person.name} ({_said(trials[i], bands)}). Is it"
            text += " somebody else? Replace it."
            result[i] = read.refused(_unlike(text, trials[i], bands))
        if not sure:
            break
        trials = _trials(people, result, model_id, populations, bands)
    for i, trial in trials.items():
        if trial.is_found:
            continue
        name, said = result[i].person.name, _said(trial, bands)
        if any(other.is_found for other in trials.values() if other.person == trial.person):
            text = f"This face fits the other photos of {name} badly ({said}). Check who it is; an old photo is better"
            text += " replaced."
        else:
            text = f"The photos of {name} do not fit each other ({said}). Check who is on them, and add newer ones."
        result[i] = result[i].remarked(_unlike(text, trial, bands))
    return result


def _trials(
    people: Sequence[_Person],
    reads: Sequence[_Read],
    model_id: str,
    populations: tuple[Population, ...],
    bands: BandTable,
) -> dict[int, Trial]:
    """By place in ``reads``; none of a person's only reference, and none where too few people can be seen against."""
    found: dict[tuple[str, str], Trial] = {}
    galleries = _galleries(model_id, _enrolled(people, reads))
    for gallery, population in _seen_against(galleries, populations):
        if population.people(gallery) >= bands.least_people:
            found = {(trial.person, trial.photo): trial for trial in trials_of(gallery, population, bands)}
    at = {i: found.get((read.person.id, read.row.photo)) for i, read in enumerate(reads) if read.references}
    return {i: trial for i, trial in at.items() if trial is not None}


def _misfits(reads: Sequence[_Read], trials: dict[int, Trial]) -> set[int]:
    """The least alike photo of each person with three or more; one at a time, since it spoils the figures of others."""
    found = set()
    for person in {trial.person for trial in trials.values()}:
        own = [i for i in trials if reads[i].person.id == person]
        least = min(own, key=lambda i: trials[i].similarity)
        if len(own) > 2 and trials[least].similarity < LEAST_FIT:
            found.add(least)
    return found


def _unlike(text: str, trial: Trial, bands: BandTable) -> Remark:
    value = f"{trial.similarity:.2f}"
    about = value if trial.e_value else f"{value} < {bands.possible}"
    return Remark(Severity.WARNING, RemarkKind.UNLIKE_THE_OTHERS, text, (about,))


def _said(trial: Trial, bands: BandTable) -> str:
    said = f"similarity {trial.similarity:.2f}"
    return said if trial.e_value else f"{said}, expected at least {bands.possible:.2f}"


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
            remarks.append(Remark(Severity.ERROR, RemarkKind.NO_PHOTO, text, (person.name,)))
        elif count < ENOUGH_PHOTOS and person.ticket:
            text = f"The candidate {person.name} has {count} usable photo{'s' if count > 1 else ''};"
            text += f" {ENOUGH_PHOTOS} or more, taken on different days, are recognised better."
            remarks.append(Remark(Severity.NOTE, RemarkKind.ONE_PHOTO, text, (person.name, str(count))))
    return remarks


def _alike(galleries: tuple[Gallery, ...], populations: tuple[Population, ...], bands: BandTable) -> Iterable[Remark]:
    """Pairs of people whom matching would take for each other."""
    for gallery, population in _seen_against(galleries, populations):
        if population.people(gallery) < bands.least_people:
            text = f"Only {len(gallery.people)} people are enrolled, so whether they look alike cannot be judged, nor"
            text += f" whether photos of one person fit each other ({bands.least_people} are needed). Check the photos"
            counts = f"{len(gallery.people)} < {bands.least_people}"
            yield Remark(Severity.NOTE, RemarkKind.FEW_PEOPLE, f"{text} by eye.", (counts,))
            continue
        for pair in alike(gallery, population, bands):
            about = pair.one.name, pair.other.name, f"{pair.similarity:.2f}"
            said = f"{pair.one.name} and {pair.other.name} look alike (similarity {pair.similarity:.2f})."
            if pair.other.is_decoy:
                text = f"{said} A face between the two is reported as 'possible' at most."
                yield Remark(Severity.NOTE, RemarkKind.ALIKE, text, about)
            else:
                text = f"{said} They may be taken for each other: check their photos, and add more of both."
                yield Remark(Severity.WARNING, RemarkKind.ALIKE, text, about)
