"""A scan: from files to records, in the order of the input.

    first   every file -> faces and templates in memory, hands where they may be needed   (workers)
    then    the population of all faces -> matching -> missing hands -> findings -> records

Two passes, because who looks like a candidate is seen against the population of the whole scan. The result does not
depend on the number of workers or on which of them was faster. An interrupt ends the first pass; what was read until
then is finished and written.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from candidates.election import Election
from candidates.gallery import Gallery
from screening.executors import Executor, executor_for
from screening.finish import Finish, Phase, Progress, Sink, Summary, no_progress, worker_died
from screening.gathered import Gathered
from screening.known import NOTHING_KNOWN, Background
from screening.reading import Failure, HandsMode, PhotoReading, ReadPlan, ScanSettings, read_photo
from screening.rulebook import Rulebook
from screening.uploads import Row, Upload

# Hands are searched at once in photos with a face this much below `possible`. Only time depends on it: a photo that
# the whole population brings up to `possible` is opened once more. Of the 73 invented uploads that can be read, 47 with
# a candidate, one worker lets 53 through and misses none; at 0.15 55, at 0 50.
GATE_BELOW: Final = 0.10


def scan(
    rows: Iterable[Row],
    election: Election,
    gallery: Gallery,
    rulebook: Rulebook,
    settings: ScanSettings,
    sink: Sink,
    progress: Progress = no_progress,
    background: Background = NOTHING_KNOWN,
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
    )
    executor = executor_for(settings.workers)
    try:
        gathered = Gathered(gallery)
        interrupted = _read_all(rows, plan, executor, gathered, progress)
        finish = Finish(election, gallery, rulebook, settings, plan, gathered, background)
        return finish.write_all(executor, sink, progress, interrupted)
    finally:
        executor.close()


def _read_all(rows: Iterable[Row], plan: ReadPlan, executor: Executor, gathered: Gathered, progress: Progress) -> bool:
    """Read every upload; True where that was interrupted."""
    passed: list[Row] = []  # rows that need no reading, waiting for the uploads before them

    def uploads() -> Iterator[Upload]:
        for row in rows:
            if isinstance(row, Upload):
                yield row
            else:
                passed.append(row)

    def keep(row: Row, *outcomes: PhotoReading | Failure) -> None:
        gathered.add(row, *outcomes)
        progress(Phase.READING, len(gathered.met))

    def keep_passed(before: int | None) -> None:
        while passed and (before is None or passed[0].index < before):
            keep(passed.pop(0))

    try:
        work = partial(_read_one, plan=plan)
        for upload, outcome in executor.map(work, uploads(), _died_reading):
            keep_passed(upload.index)
            keep(upload, outcome)
        keep_passed(None)
    except KeyboardInterrupt:
        return True
    return False


def _read_one(upload: Upload, plan: ReadPlan) -> tuple[Upload, PhotoReading | Failure]:
    return upload, read_photo(upload, plan)


def _died_reading(upload: Upload) -> tuple[Upload, Failure]:
    return upload, worker_died(upload)
