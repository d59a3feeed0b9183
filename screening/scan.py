"""A scan: from files to records, in the order of the input.

    first   every file -> faces and templates in memory, hands where they may be needed   (workers)
    then    the population of all faces -> matching -> missing hands -> findings -> records

Two passes, because who looks like a candidate is seen against the population of the whole scan. The result does not
depend on the number of workers or on which of them was faster. An interrupt ends the first pass; what was read until
then is finished and written.
"""

import gc
import itertools
import math
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from candidates.election import Election
from candidates.gallery import Gallery
from screening.again import Before, Step, all_again, step_for
from screening.executors import Executor, executor_for
from screening.finish import Finish, Phase, Progress, Sink, Summary, no_progress, worker_died
from screening.gathered import Gathered, Met, MetPhoto
from screening.known import NOTHING_KNOWN, Background
from screening.memory import NO_MEMORY, Kept, Memory, Recalled
from screening.pictures import candidate_photos
from screening.reading import Earlier, Failure, HandsMode, PhotoReading, ReadPlan, ScanSettings, read_photo
from screening.rulebook import Rulebook
from screening.uploads import Row, Upload

# Hands are searched at once in photos with a face this much below `possible`. Only time depends on it: a photo that
# the whole population brings up to `possible` is opened once more. Of the 73 invented uploads that can be read, 47 with
# a candidate, one worker lets 53 through and misses none; at 0.15 55, at 0 50.
GATE_BELOW: Final = 0.10

RECALLED_AT_ONCE: Final = 256
"""Files looked up in the memory together: one query for all of them."""


COLLECT_FROM: Final = 200_000
"""Objects made before Python looks for circles among them, 700 usually. A scan makes many that live to its end: looking
through them again and again took a tenth of the time of 50,000 files that nothing had changed in."""


def scan(  # noqa: PLR0913 - what a scan is told
    rows: Iterable[Row],
    election: Election,
    gallery: Gallery,
    rulebook: Rulebook,
    settings: ScanSettings,
    sink: Sink,
    progress: Progress = no_progress,
    background: Background = NOTHING_KNOWN,
    *,
    memory: Memory = NO_MEMORY,
) -> Summary:
    """Scan files and write one record for each.

    Args:
        rows: what ``find_uploads`` met; read lazily.
        election: whose candidates and symbols count.
        gallery: the enrolled candidates and decoys.
        rulebook: what is looked for.
        settings: how.
        sink: takes the records, in the order of the rows.
        progress: told after each file; it may raise KeyboardInterrupt, which ends the scan between two files.
        background: what is known of uploads besides the files.
        memory: what is known of them from earlier scans; ``screening.again`` says what need not be done again.

    Raises:
        ModelError: a model file is missing or damaged.
        OutputError: the sink cannot write.
        KeyboardInterrupt: interrupted once more while what had been read was being finished.
    """
    everywhere = settings.hands is HandsMode.ALWAYS or (
        settings.hands is HandsMode.AUTO and rulebook.hands_can_matter_without_candidate
    )
    gated = settings.hands is HandsMode.AUTO and not everywhere
    plan = ReadPlan(
        limits=settings.limits,
        hands_everywhere=everywhere,
        gate=settings.bands.possible - GATE_BELOW,
        galleries=(gallery,) if gated else (),
        face_models=settings.face_models,
        candidates=candidate_photos(election),
    )
    executor = executor_for(settings.workers)
    thresholds = gc.get_threshold()
    gc.set_threshold(COLLECT_FROM, *thresholds[1:])
    try:
        gathered = Gathered(gallery)
        first = _FirstPass(plan, executor, gathered, memory, progress)
        interrupted = first.read_all(rows)
        kept = memory.kept if gathered.standing else ()
        if not settings.populations and not interrupted and _all_again(gathered, kept):
            interrupted, kept = first.compare_all(), ()
        finish = Finish(election, gallery, rulebook, settings, plan, gathered, background, memory, kept)
        return finish.write_all(executor, sink, progress, interrupted)
    finally:
        gc.set_threshold(*thresholds)
        executor.close()


def _all_again(gathered: Gathered, kept: tuple[Kept, ...]) -> bool:
    new = gathered.templates.faces
    return any(all_again(new + one.faces_added * (new > 0), one.faces, one.calibrated) for one in kept)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A photo to be read, with what is known of it."""

    upload: Upload
    earlier: tuple[Earlier, ...] = ()
    number: int = 0


class _FirstPass:
    """Reads every upload that has to be, and gathers the others as they are known."""

    def __init__(
        self, plan: ReadPlan, executor: Executor, gathered: Gathered, memory: Memory, progress: Progress
    ) -> None:
        self._plan, self._executor, self._gathered = plan, executor, gathered
        self._memory, self._progress = memory, progress
        self._passed = deque[tuple[Row, tuple[Recalled, ...]]]()  # need no reading, wait for the uploads before them
        self._under_way = 0

    def read_all(self, rows: Iterable[Row]) -> bool:
        """True where it was interrupted."""
        work = partial(_read_one, plan=self._plan)
        try:
            for wanted, outcome in self._executor.map(work, self._wanted(rows), _died_reading):
                self._under_way -= 1
                self._gather_passed(wanted.upload.index)
                self._gathered.add(wanted.upload, outcome)
                self._remember(wanted.upload, len(self._gathered.met) - 1)
                self._progress(Phase.READING, len(self._gathered.met))
            self._gather_passed()
        except KeyboardInterrupt:
            return True
        return False

    def compare_all(self) -> bool:
        """Embed the faces of photos that stood once more, so that all are compared together; True if interrupted."""
        work, done = partial(_read_one, plan=self._plan), 0
        numbers = sorted(self._gathered.standing)
        try:
            while numbers:
                again = list(self._again(numbers))
                numbers = []
                for wanted, outcome in self._executor.map(work, again, _died_reading):
                    done += 1
                    numbers += self._gathered.replace(wanted.number, outcome)
                    self._remember(wanted.upload, wanted.number)
                    self._progress(Phase.READING, done)
        except KeyboardInterrupt:
            return True
        return False

    def _again(self, numbers: Sequence[int]) -> Iterator[_Wanted]:
        for number in numbers:
            met = self._gathered.met[number]
            if isinstance(met.row, Upload):
                yield _Wanted(met.row, tuple(map(_earlier, _photos(met))), number)

    def _wanted(self, rows: Iterable[Row]) -> Iterator[_Wanted]:
        for some in _batches(rows):
            known = self._memory.recall([row for row in some if isinstance(row, Upload)])
            for row in some:
                recalled = (known[row.index],) if row.index in known else ()
                if isinstance(row, Upload) and self._step(recalled) in (Step.READ, Step.EMBED):
                    self._under_way += 1
                    yield _Wanted(row, tuple(_earlier(one.photo) for one in recalled))
                else:
                    self._passed.append((row, recalled))
            if not self._under_way:
                self._gather_passed()

    def _step(self, recalled: tuple[Recalled, ...]) -> Step:
        for one in recalled:
            return step_for(
                Before(
                    reading=True,
                    sightings=bool(one.sightings),
                    hands=one.photo.hands_searched,
                    assessable=one.assessable,
                    wants_hands=self._plan.hands_everywhere,
                )
            )
        return Step.READ

    def _gather_passed(self, before: float = math.inf) -> None:
        while self._passed and self._passed[0][0].index < before:
            row, recalled = self._passed.popleft()
            for one in recalled:
                self._gathered.add_known(row, one.photo, one.sightings)
            if not recalled:
                self._gathered.add(row)
            self._progress(Phase.READING, len(self._gathered.met))

    def _remember(self, upload: Upload, number: int) -> None:
        for photo in _photos(self._gathered.met[number]):
            self._memory.keep(upload, photo)
        self._gathered.let_go(number)


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rows = iter(rows)
    while some := list(itertools.islice(rows, RECALLED_AT_ONCE)):
        yield some


def _photos(met: Met) -> Iterator[MetPhoto]:
    return (one for one in met.outcomes if isinstance(one, MetPhoto))


def _earlier(photo: MetPhoto) -> Earlier:
    return Earlier(photo.sha256, tuple(each.face for each in photo.faces), photo.hands, photo.hands_searched)


def _read_one(wanted: _Wanted, plan: ReadPlan) -> tuple[_Wanted, PhotoReading | Failure]:
    return wanted, read_photo(wanted.upload, plan, wanted.earlier)


def _died_reading(wanted: _Wanted) -> tuple[_Wanted, Failure]:
    return wanted, worker_died(wanted.upload)
