"""The second pass of a scan: population, matching, the hands still missing, findings, records."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import partial
from typing import Any, Protocol

from candidates.election import Election
from candidates.gallery import Gallery
from candidates.match import Matcher, Sighting
from candidates.population import Population, measure_population, no_population
from netra import __version__
from netra.errors import PhotoErrorKind
from screening.executors import Executor
from screening.gathered import Gathered, Met, MetPhoto
from screening.known import NOTHING_KNOWN, Background
from screening.many_uploads import KnownUpload, judge_uploads
from screening.memory import NO_MEMORY, Kept, Memory
from screening.pictures import Pictured, question, scene_of
from screening.reading import (
    Failure,
    HandsMode,
    ReadPlan,
    ScanSettings,
    SecondLook,
    Wanted,
    about_face_model,
    look_again,
)
from screening.record import PhotoRecord, SeenPerson, Status
from screening.rulebook import Rulebook
from screening.upload_facts import UploadFacts
from screening.uploads import Row, Skipped, Unreadable, Upload
from vision.exif import NO_EXIF, ExifFacts
from vision.photo_file import refusal


class Phase(StrEnum):
    """What a scan is at."""

    READING = "reading"
    FINISHING = "finishing"


class Sink(Protocol):
    """Where records go: a file, a database, a list."""

    def write(self, row: Row, record: PhotoRecord) -> None:
        """Keep one record. Records come in the order of the input."""


Progress = Callable[[Phase, int], None]
"""Told, after each file, the phase and how many files it has done."""


def no_progress(phase: Phase, done: int) -> None:
    """For a scan that nobody watches."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a scan did. ``seen`` is always the sum of the four after it.

    Attributes:
        findings: how many of each (category, strength).
        population: how many different people similarity was seen against.
        interrupted: the scan was ended early; the numbers are of what was written.
        cannot_assess: how many of ``people`` have a face too poor to be compared with anybody.
        cannot_read: how many of ``hands`` are too small to be read.
        calibrated: whether there were enough people for E-values.
        measured: the population, to be kept where that was asked for.
        faces: how many the population was measured with.
        faces_added: how many were seen since against one that was kept from an earlier scan.
    """

    ok: int
    unreadable: int
    duplicate: int
    skipped: int
    people: int
    hands: int
    findings: Mapping[tuple[str, str], int]
    population: float
    interrupted: bool
    cannot_assess: int = 0
    cannot_read: int = 0
    calibrated: bool = False
    measured: tuple[Population, ...] = field(default=(), compare=False, repr=False)
    faces: int = 0
    faces_added: int = 0

    @property
    def seen(self) -> int:
        """Files met."""
        return self.ok + self.unreadable + self.duplicate + self.skipped

    @property
    def compared(self) -> int:
        """How many faces were compared with the candidates."""
        return self.people - self.cannot_assess


@dataclass(frozen=True, slots=True)
class _Job:
    """A photo on its way to its record.

    Attributes:
        earlier: the path of an earlier file with the same bytes, or empty.
        needs_hands: its hands have still to be read.
        asked: what is asked about pictures, as ``question`` says it; empty where nothing is.
    """

    row: Row
    found: MetPhoto
    earlier: str
    sightings: tuple[tuple[Sighting, ...], ...]
    needs_hands: bool
    asked: str

    @property
    def needs_pictures(self) -> bool:
        """Whether pictures have still to be told from people."""
        return bool(self.asked) and not self.earlier and all(each.asked != self.asked for each in self.found.pictures)

    @property
    def needs_look(self) -> bool:
        """Whether the photo has to be opened once more."""
        return self.needs_hands or self.needs_pictures


class Finish:
    """Everything of a scan that comes after reading.

    Args:
        gathered: every row of the input so far, and the templates of their faces.
        background: what is known of uploads besides the files.
        memory: told of hands that were read in this pass.
        kept: the population that standing sightings rest on, where new photos are seen against it too; else none.
    """

    def __init__(  # noqa: PLR0913, PLR0917 - what a scan was told, once
        self,
        election: Election,
        gallery: Gallery,
        rulebook: Rulebook,
        settings: ScanSettings,
        plan: ReadPlan,
        gathered: Gathered,
        background: Background = NOTHING_KNOWN,
        memory: Memory = NO_MEMORY,
        kept: tuple[Kept, ...] = (),
    ) -> None:
        self._election, self._rulebook, self._settings, self._plan = election, rulebook, settings, plan
        self._background = background
        self._met = gathered.met
        self._memory = memory
        self._population = _population(gathered, gallery, settings, kept)
        self._faces = sum(one.faces for one in kept) or gathered.templates.faces
        self._faces_added = sum(one.faces_added + gathered.templates.faces for one in kept)
        compared = float(self._faces + self._faces_added)
        self._matcher = Matcher(gallery, self._population, settings.bands, compared)
        self._sightings = _sightings(gathered, self._matcher)
        self._remembered = memory.remembered([met.row for met in gathered.met])
        self._known: dict[int, UploadFacts] = {}
        self._uploads_of = self._uploads()
        self._run: dict[str, Any] = {
            "netra": __version__,
            "face_model": gallery.model_id,
            "face_model_file": about_face_model(settings.face_models),
            "election": election.id,
            "rulebook": rulebook.id,
            "rulebook_version": rulebook.version,
            "hands": settings.hands.value,
            "bands": asdict(settings.bands),
            "population": round(self._population.count, 1),
            "population_version": self._population.version,
            "population_given": bool(settings.populations),
            "population_kept": bool(kept),
            "faces_compared": self._faces + self._faces_added,
            "calibrated": self._matcher.calibrated,
        }

    def write_all(self, executor: Executor, sink: Sink, progress: Progress, interrupted: bool) -> Summary:
        """Write one record for each row, in order.

        Args:
            executor: where photos are opened once more.
            sink: takes the records.
            progress: told after each; where it raises KeyboardInterrupt, no more photos are opened, and those that
                have to be opened once more have no record.
            interrupted: the rows are not all there were. Those there are, are finished: few need another look, and
                they are the ones with a candidate.
        """
        statuses, findings = Counter[Status](), Counter[tuple[str, str]]()
        people = hands = cannot_assess = cannot_read = 0
        jobs, opens = list(self._jobs()), True
        missing = executor.map(partial(look_again, plan=self._plan), _needing(jobs), _died)
        for met, job in zip(self._met, jobs, strict=True):
            try:
                if job is not None and job.needs_look:
                    if not opens:
                        continue
                    record = self._with_look(job, next(missing))
                else:
                    record = self._plain(met) if job is None else self._judged(job)
            except KeyboardInterrupt:
                interrupted, opens = True, False
                continue
            sink.write(met.row, record)
            statuses[record.status] += 1
            people, hands = people + len(record.people), hands + len(record.hands)
            cannot_assess += record.cannot_assess
            cannot_read += record.cannot_read
            findings.update((each.category.value, each.strength.value) for each in record.findings)
            try:
                progress(Phase.FINISHING, statuses.total())
            except KeyboardInterrupt:
                interrupted, opens = True, False
        return Summary(
            ok=statuses[Status.OK],
            unreadable=statuses[Status.ERROR],
            duplicate=statuses[Status.DUPLICATE],
            skipped=statuses[Status.SKIPPED],
            people=people,
            hands=hands,
            findings=dict(findings),
            population=self._population.count,
            interrupted=interrupted,
            cannot_assess=cannot_assess,
            cannot_read=cannot_read,
            calibrated=self._matcher.calibrated,
            measured=(self._population,),
            faces=self._faces,
            faces_added=self._faces_added,
        )

    def _jobs(self) -> Iterator[_Job | None]:
        """A job for each photo that was read, None for every other row."""
        first_with: dict[str, int] = {}
        for number, met in enumerate(self._met):
            found = met.outcomes[0] if met.outcomes else None
            if not isinstance(found, MetPhoto):
                yield None
                continue
            first = first_with.setdefault(found.sha256, number)
            earlier = "" if first == number else self._met[first].row.path
            sightings = tuple(self._sightings.get((first, face), ()) for face in range(len(found.faces)))
            wanted = self._plan.hands_everywhere or (self._settings.hands is HandsMode.AUTO and any(sightings))
            needs_hands = wanted and not earlier and not found.hands_searched
            yield _Job(met.row, found, earlier, sightings, needs_hands, question(sightings, self._plan.candidates))

    def _plain(self, met: Met) -> PhotoRecord:
        row = met.row
        if isinstance(row, Skipped):
            return PhotoRecord(
                row.index, row.path, Status.SKIPPED, message=row.message, run=self._run, facts=self._facts(row)
            )
        if isinstance(row, Unreadable):
            return self._error(row, Failure(row.kind, row.message))
        return self._error(row, next(each for each in met.outcomes if isinstance(each, Failure)))

    def _error(self, row: Row, failure: Failure) -> PhotoRecord:
        return PhotoRecord(
            row.index,
            row.path,
            Status.ERROR,
            error_kind=(failure.kind,),
            message=failure.message,
            run=self._run,
            facts=self._facts(row),
        )

    def _uploads(self) -> dict[str, list[KnownUpload]]:
        """By the hash of a photo, every upload of it: those of this scan, then those remembered from others."""
        found = defaultdict[str, list[KnownUpload]](list)
        for met in self._met:
            for photo in met.outcomes:
                if isinstance(photo, MetPhoto):
                    facts = self._known[met.row.index] = self._facts(met.row, photo.exif)
                    found[photo.sha256].append(KnownUpload(met.row.path, facts))
        for sha256, others in self._memory.other_uploads(list(found)).items():
            found[sha256] += others
        return dict(found)

    def _facts(self, row: Row, exif: ExifFacts = NO_EXIF) -> UploadFacts:
        remembered = tuple(self._remembered[index] for index in (row.index,) if index in self._remembered)
        return self._background.facts(row, exif, self._election.timezone, remembered)

    def _with_look(self, job: _Job, look: SecondLook | Failure) -> PhotoRecord:
        if isinstance(look, Failure):
            return self._error(job.row, look)
        found = job.found
        if job.needs_hands:
            found = replace(found, hands=look.hands, hands_searched=True)
        if look.pictures:
            found = replace(found, pictures=tuple(Pictured(job.asked, each) for each in look.pictures))
        if isinstance(job.row, Upload):
            self._memory.keep(job.row, found)
        return self._judged(replace(job, found=found))

    def _judged(self, job: _Job) -> PhotoRecord:
        row, found = job.row, job.found
        facts = self._known[row.index]
        if job.earlier:
            message = f"{row.path}: the same bytes as {job.earlier}, which has the result"
            return PhotoRecord(
                row.index,
                row.path,
                Status.DUPLICATE,
                found.sha256,
                message=message,
                duplicate_of=job.earlier,
                run=self._run,
                facts=facts,
            )
        # Hands that the gate let through for a photo without a sighting would make the result depend on the gate, and
        # those that an earlier scan had searched on the memory.
        asked = self._plan.hands_everywhere or (self._settings.hands is HandsMode.AUTO and any(job.sightings))
        searched = found.hands_searched and asked
        hands = found.hands if searched else ()
        pictures = tuple(each.reading for each in found.pictures if each.asked == job.asked)
        assessable, faces = [each.quality.assessable for each in found.faces], [each.face for each in found.faces]
        scene = scene_of(job.sightings, faces, assessable, hands, searched, pictures)
        depictions = pictures[0].depictions if pictures else ((),) * len(faces)
        people = tuple(
            SeenPerson(each.face, each.quality, person.sightings, why)
            for each, person, why in zip(found.faces, scene.people, depictions, strict=True)
        )
        return PhotoRecord(
            row.index,
            row.path,
            Status.OK,
            found.sha256,
            found.width,
            found.height,
            people,
            hands,
            searched,
            judge_uploads(scene, self._uploads_of[found.sha256], self._election, self._rulebook),
            run=self._run,
            facts=facts,
            fingerprints=found.fingerprints,
            layouts=tuple(each.layout for each in pictures),
        )


def _population(gathered: Gathered, gallery: Gallery, settings: ScanSettings, kept: tuple[Kept, ...]) -> Population:
    """The one that was given, else one kept from before, else that of this scan."""
    for population in settings.populations:
        return population
    for one in kept:
        if one.populations:
            return one.populations[0]
        if not gathered.templates.faces:  # nothing is seen against it; how many they were is known
            return replace(no_population(gallery), count=one.people)
    return measure_population(gathered.templates.sample(), gallery)


def _sightings(gathered: Gathered, matcher: Matcher) -> dict[tuple[int, int], tuple[Sighting, ...]]:
    """For each (number of a photo, number of a face in it) its sighting, where there is one."""
    standing = {
        (photo, face): found for photo, faces in gathered.standing.items() for face, found in enumerate(faces) if found
    }
    suspects = gathered.templates.suspects()
    matches = matcher.match(suspects.templates)
    places = zip(suspects.photos.tolist(), suspects.faces.tolist(), strict=True)
    return standing | {place: found for place, found in zip(places, matches, strict=True) if found}


def _needing(jobs: Iterable[_Job | None]) -> Iterator[Wanted]:
    for job in jobs:
        if job is not None and job.needs_look and isinstance(job.row, Upload):
            names = tuple(seen[0].candidate if seen else "" for seen in job.sightings) if job.needs_pictures else ()
            faces = tuple(each.face for each in job.found.faces)
            yield Wanted(job.row, job.found.sha256, faces, job.needs_hands, names)


def _died(wanted: Wanted) -> Failure:
    return worker_died(wanted.upload)


def worker_died(upload: Upload) -> Failure:
    """What is said of a photo that its worker died of, twice."""
    what = "the worker that read it died, twice; expected it to be read or refused"
    advice = "Look at this file by hand, and see that no other program takes the memory"
    return Failure.of(refusal(PhotoErrorKind.WORKER_DIED, upload.path, what, advice))
