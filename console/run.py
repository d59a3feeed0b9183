"""A scan as the command line runs it: count, scan into the sinks with progress, report, exit code."""

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from rich.console import Console

from candidates.population_file import save_population
from candidates.report import Enrolment, Severity
from candidates.templates import TemplateStore
from console import database_texts, texts
from console.face_model import face_model_line
from console.pictures import Painter, PictureFolder, check_folder, digits_for
from console.prepare import (
    Asked,
    Contest,
    enrol_election,
    gallery_of,
    load_contest,
    populations_of,
    scan_settings,
    template_store,
)
from console.progress import ScanProgress
from console.report import Outcome, Report, err_console, out_console
from console.scan_database import CaseOutput
from console.sinks import (
    Closing,
    Collector,
    JsonLines,
    Several,
    check_different,
    check_new_file,
    check_not_read,
    open_new_file,
)
from console.uploads_known import Contradictions, background_of, compare
from console.voice import Voice
from screening.finish import Sink, Summary
from screening.known import NOTHING_KNOWN, Background
from screening.memory import NO_MEMORY
from screening.reading import ScanSettings
from screening.scan import scan
from screening.uploads import Row, find_uploads

EXIT_UNREADABLE, EXIT_FINDING, EXIT_INTERRUPTED = 3, 10, 130
STDOUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where results go besides the report.

    Attributes:
        jsonl: a file for the records, ``-`` for standard output, or empty.
        annotate: a folder for annotated pictures, or empty.
        overwrite: whether what is there is replaced.
        sinks: more of them.
        population: a file for the population, or empty.
        case: a case database.
    """

    jsonl: str = ""
    annotate: str = ""
    overwrite: bool = False
    sinks: tuple[Sink, ...] = ()
    population: str = ""
    case: CaseOutput = field(default_factory=CaseOutput)


@dataclass(frozen=True, slots=True)
class Done:
    """What a run leaves: the outcome, how many pictures were drawn, what to warn of, and what was kept where."""

    outcome: Outcome
    pictures: int = 0
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class Run:
    """One scan.

    Attributes:
        contest: election and rulebook.
        settings: how.
        store: where the templates of reference photos are kept.
        voice: the language.
        notes: console of standard error, silent where asked.
        outputs: where results go.
        population: path of a population to see similarity against; empty for the people scanned.
        background: what is known of uploads besides the files.
    """

    contest: Contest
    settings: ScanSettings
    store: TemplateStore
    voice: Voice
    notes: Console
    outputs: Outputs = field(default_factory=Outputs)
    population: str = ""
    background: Background = NOTHING_KNOWN

    def __call__(self, paths: Iterable[str]) -> Done:
        """Scan files and folders.

        Raises:
            UsageError: a path does not exist, two results have one name, the population is none of this face model, or
                the manifest is about none of the files.
            NotEnrolledError: a candidate has no usable reference photo.
            FaceModelError: the user's own face model cannot be used.
            ModelError: a model file is missing or damaged.
            OutputError: a result cannot be written.
            DatabaseError: the case database cannot be used.
            ReaderGoneError: nobody reads standard output any more.
            KeyboardInterrupt: interrupted before the scan began, or twice.
        """
        paths = list(paths)
        with (
            ScanProgress(self.voice, self.notes, self.notes.is_terminal and not self.notes.quiet) as progress,
            ExitStack() as opened,
        ):
            for model in self.settings.face_models:
                self.notes.print(face_model_line(model, self.voice), soft_wrap=True)
            progress.begin(texts.LOOKING)
            rows = list(find_uploads(paths))
            self._check_outputs(rows, paths)
            unmatched = compare(self.background, rows, self.voice)
            progress.begin(database_texts.OPENING_DATABASE)
            databases = self.outputs.case.open(opened)
            progress.begin(texts.ENROLLING)
            models = self.settings.face_models
            settings = replace(self.settings, populations=populations_of(self.population, models))
            enrolment = enrol_election(self.contest.election, self.store, models, settings.populations, progress.tell)
            gallery = gallery_of(enrolment, self.voice)
            progress.expect(len(rows))
            collector, contradictions = Collector(), Contradictions()
            with ExitStack() as stack:
                pictures = self._pictures(len(rows))
                stack.enter_context(progress.interrupts)
                cases = self.outputs.case.begin(stack, databases, self.contest, gallery, settings, paths)
                sinks = [*cases, *self._records(stack), collector, contradictions, *self.outputs.sinks, *pictures]
                summary = scan(
                    rows,
                    self.contest.election,
                    gallery,
                    self.contest.rulebook,
                    settings,
                    Several(sinks),
                    progress,
                    background=self.background,
                    memory=next(iter(cases), NO_MEMORY),
                )
                for one in cases:
                    one.finish(summary)
        outcome = self._outcome(summary, collector, len(rows), len(gallery.people))
        warnings = [*self._about_references(enrolment), *unmatched, *contradictions.warnings(self.voice)]
        warnings += [line for one in pictures for line in one.warnings]
        notes = tuple(
            self.voice(
                database_texts.KEPT_IN_DATABASE, name=base.name, run=one.run_id, known=one.known, seen=summary.seen
            )
            for base, one in zip(databases, cases, strict=True)
        )
        return Done(outcome, sum(one.written for one in pictures), tuple(warnings), notes)

    def _check_outputs(self, rows: Sequence[Row], paths: Sequence[str]) -> None:
        """Before minutes of work rather than after."""
        files = [name for name in (self.outputs.jsonl, self.outputs.population) if name not in ("", STDOUT)]
        check_different([*files, self.outputs.annotate], self.voice)
        manifests = [one.path for one in self.background.manifests]
        check_not_read(files, [self.contest.path, *manifests, *paths, *(row.path for row in rows)], self.voice)
        for name in files:
            check_new_file(Path(name), self.outputs.overwrite, self.voice)
        if self.outputs.annotate:
            folder = Path(self.outputs.annotate)
            check_folder(folder, rows, self.outputs.overwrite, self.voice)
            if any(folder.resolve().is_relative_to(Path(path).resolve()) for path in paths):
                inside = self.voice(texts.PICTURES_INSIDE, path=folder)
                self.notes.print(self.voice(texts.WARNING, text=inside))

    def _records(self, stack: ExitStack) -> list[Sink]:
        if not self.outputs.jsonl:
            return []
        if self.outputs.jsonl == STDOUT:
            return [JsonLines(sys.stdout.buffer, "stdout", self.voice)]
        stream = open_new_file(Path(self.outputs.jsonl), self.outputs.overwrite, self.voice)
        stack.enter_context(Closing(stream, self.outputs.jsonl, self.voice))
        return [JsonLines(stream, self.outputs.jsonl, self.voice)]

    def _pictures(self, count: int) -> list[PictureFolder]:
        if not self.outputs.annotate:
            return []
        painter = Painter(self.contest.election, self.settings.limits, self.voice)
        folder = Path(self.outputs.annotate)
        return [PictureFolder(folder, painter, digits_for(count), self.outputs.overwrite)]

    def _outcome(self, summary: Summary, collector: Collector, total: int, enrolled: int) -> Outcome:
        return Outcome(
            summary,
            tuple(collector.found),
            tuple(collector.failed),
            tuple(collector.skipped),
            collector.sighted,
            collector.hands_searched,
            total,
            enrolled,
            self.settings.bands,
        )

    def _about_references(self, enrolment: Enrolment) -> list[str]:
        count = len(enrolment.report.of(Severity.WARNING))
        return [self.voice(texts.REFERENCES_TO_SEE, count=count, path=self.contest.path)] if count else []


def prepare_run(asked: Asked, outputs: Outputs, voice: Voice, quiet: bool) -> Run:
    """A run from what the user asked for.

    Args:
        asked: what to scan with, and how.
        outputs: where results go.
        voice: the language.
        quiet: whether notes are silenced.

    Raises:
        ConfigError: the election file, the rulebook or the manifest has mistakes.
        FaceModelError: the user's own face model is missing, or its description has mistakes.
    """
    contest = load_contest(asked.election)
    store = template_store(asked.cache, asked.use_cache)
    background = background_of(asked.manifest, contest.election)
    return Run(contest, scan_settings(asked), store, voice, err_console(quiet), outputs, asked.population, background)


def print_done(run: Run, done: Done, reasons: bool, root: str = "") -> None:
    """The report and where results are.

    It goes to standard output, unless the records do; then to standard error. Where the user wants quiet, it is
    printed only if no records were asked for, since then it is the only result.

    Args:
        run: what ran.
        done: what came of it.
        reasons: whether each finding's sentence is printed too.
        root: what paths begin with and is not shown.
    """
    asked = run.outputs.jsonl
    if not (run.notes.quiet and asked):
        console = err_console() if asked == STDOUT else out_console()
        Report(console, run.voice, run.contest.election, reasons, root).print(done.outcome)
    elif done.outcome.summary.interrupted:
        summary = done.outcome.summary
        err_console().print(run.voice(texts.STOPPED_EARLY, done=summary.seen, total=done.outcome.total))
    for line in done.warnings:
        run.notes.print(run.voice(texts.WARNING, text=line), soft_wrap=True)
    for line in done.notes:
        run.notes.print(line, soft_wrap=True)
    if asked not in ("", STDOUT):
        run.notes.print(run.voice(texts.WRITTEN, path=asked), soft_wrap=True)
    if run.outputs.annotate:
        said = run.voice(texts.PICTURES_WRITTEN, count=done.pictures, path=run.outputs.annotate)
        run.notes.print(said, soft_wrap=True)


def keep_population(run: Run, summary: Summary) -> None:
    """Write the population where that was asked for; that of nobody, or of an interrupted scan, is only warned of.

    Raises:
        OutputError: it cannot be written.
    """
    if not run.outputs.population:
        return
    path = Path(run.outputs.population)
    (population,) = summary.measured
    if summary.interrupted or population.count <= 0:
        said = run.voice(texts.POPULATION_NOT_KEPT, path=path)
        run.notes.print(run.voice(texts.WARNING, text=said), soft_wrap=True)
        return
    save_population(path, population, overwrite=run.outputs.overwrite)
    run.notes.print(run.voice(texts.WRITTEN, path=path), soft_wrap=True)


def exit_code(outcome: Outcome, fail_on_finding: bool) -> int:
    """Interrupted before findings before unreadable files: the first that holds."""
    if outcome.summary.interrupted:
        return EXIT_INTERRUPTED
    if fail_on_finding and outcome.found:
        return EXIT_FINDING
    return EXIT_UNREADABLE if outcome.failed else 0
