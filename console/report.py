"""The closing report of a scan for people: findings, strongest first, then unreadable and skipped files, then sums
that add up.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from candidates.bands import BandTable
from candidates.election import Election
from console import texts
from console.sinks import FailedRow, FoundRow
from console.voice import Message, Voice
from netra.photo_errors import PHOTO_ERRORS
from netra.symbols import SYMBOLS
from screening.findings import Category, Strength
from screening.finish import Summary
from screening.uploads import Skipped, SkipReason
from vision.photo_file import printable

WIDE_FROM: Final = 110
"""Columns. From here on each thing has a column of its own and a path of 40 letters still fits; below, a row has up to
three lines. Looked at with 80, 100, 120 and 160."""

WIDTH_OF_FILES: Final = 160
"""Columns where the report goes into a file or a pipe, which nobody's window limits."""

SKIPPED_SHOWN: Final = 5
"""So many skipped files are named for each reason, unless everything is asked for: a folder may hold thousands."""

STRENGTH_STYLES: Final = {Strength.STRONG: "bold", Strength.MEDIUM: "", Strength.WEAK: "dim"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the report says.

    Attributes:
        summary: the scan's own numbers.
        found: in any order.
        failed: in input order.
        skipped: in input order.
        sighted: in how many photos each candidate was sighted.
        hands_searched: in how many photos hands were searched.
        total: how many files there were to scan.
        enrolled: how many people are enrolled, candidates and decoys.
        bands: the limits in use.
    """

    summary: Summary
    found: tuple[FoundRow, ...]
    failed: tuple[FailedRow, ...]
    skipped: tuple[Skipped, ...]
    sighted: Counter[str]
    hands_searched: int
    total: int
    enrolled: int
    bands: BandTable

    @property
    def people_to_compare(self) -> float:
        """How many people similarity is seen against."""
        return self.summary.population + self.enrolled


def plain_console(stream: TextIO, quiet: bool = False) -> Console:
    """A console that takes names of files as they are: no markup, no emoji codes, no guessed highlights."""
    known = stream.isatty() or "COLUMNS" in os.environ
    width = None if known else WIDTH_OF_FILES
    return Console(file=stream, markup=False, emoji=False, highlight=False, quiet=quiet, width=width)


def out_console() -> Console:
    """Of standard output."""
    return plain_console(sys.stdout)


def err_console(quiet: bool = False) -> Console:
    """Of standard error."""
    return plain_console(sys.stderr, quiet)


def strongest_first(found: Iterable[FoundRow]) -> list[FoundRow]:
    """By strength, then category, then input order."""
    strengths, categories = list(Strength), list(Category)
    return sorted(
        found,
        key=lambda row: (strengths.index(row.finding.strength), categories.index(row.finding.category), row.number),
    )


class Report:
    """Prints an outcome.

    Args:
        console: where to.
        voice: in which language.
        election: for the candidates' names.
        reasons: whether each finding's sentence and every skipped file are printed too.
        root: what every path begins with and is not shown, or empty.
    """

    def __init__(
        self, console: Console, voice: Voice, election: Election, reasons: bool = False, root: str = ""
    ) -> None:
        self._console, self._voice, self._election, self._reasons, self._root = console, voice, election, reasons, root

    def print(self, outcome: Outcome) -> None:
        """Everything, in the order in which an officer needs it."""
        self._findings(strongest_first(outcome.found))
        self._failed(outcome.failed)
        self._skipped(outcome.skipped)
        self._summary(outcome)

    def path(self, path: str) -> str:
        """A path as it is shown."""
        return printable(path.removeprefix(self._root))

    def candidate(self, candidate_id: str) -> str:
        """A candidate's name and ballot number."""
        ticket = next(one.number for one in self._election.tickets for who in one.candidates if who.id == candidate_id)
        return self._voice(texts.CANDIDATE, name=self._election.candidate(candidate_id).name, ticket=ticket)

    def _findings(self, found: Sequence[FoundRow]) -> None:
        if not found:
            self._console.print(self._voice(texts.NO_FINDINGS))
            self._console.print()
            return
        self._title(texts.FINDINGS, len(found))
        wide = self._console.width >= WIDE_FROM
        columns = [texts.COLUMN_NUMBER, texts.COLUMN_STRENGTH, texts.COLUMN_FINDING, texts.COLUMN_CANDIDATE]
        columns += [texts.COLUMN_SIMILARITY, texts.COLUMN_SYMBOL] if wide else []
        table = self._table([*columns, texts.COLUMN_PHOTO])
        for row in found:
            table.add_row(*(self._wide(row) if wide else self._narrow(row)))
        self._console.print(table)
        if self._reasons:
            for row in found:
                heading = f"{row.number}. {self.path(row.path)}"
                reason = self._voice.either(row.finding.reason_id, row.finding.reason_en)
                self._console.print(Text(heading, "bold"))
                self._console.print(Padding(Text(printable(reason)), (0, 0, 1, 3), expand=False))

    def _wide(self, row: FoundRow) -> list[Text]:
        finding, style = row.finding, STRENGTH_STYLES[row.finding.strength]
        cells = [
            str(row.number),
            self._voice(texts.STRENGTHS[finding.strength]),
            self._voice(texts.CATEGORIES[finding.category]),
            "\n".join(map(self.candidate, finding.candidates)) or self._voice(texts.NONE),
            "\n".join(self._similarities(row)) or self._voice(texts.NONE),
            self.symbols(finding.symbols),
            self.path(row.path),
        ]
        return [Text(cell, style) for cell in cells]

    def _narrow(self, row: FoundRow) -> list[Text]:
        finding, style = row.finding, STRENGTH_STYLES[row.finding.strength]
        what = [
            self._voice(texts.CATEGORIES[finding.category]),
            *([self.symbols(finding.symbols)] * bool(finding.symbols)),
        ]
        pairs = zip(finding.candidates, self._similarities(row), strict=True)
        who = [f"{self.candidate(candidate)}\n{similarity}" for candidate, similarity in pairs]
        cells = [
            str(row.number),
            self._voice(texts.STRENGTHS[finding.strength]),
            "\n".join(what),
            "\n".join(who) or self._voice(texts.NONE),
            self.path(row.path),
        ]
        return [Text(cell, style) for cell in cells]

    def symbols(self, labels: Sequence[str]) -> str:
        """A symbol's name, both where it takes both hands, or a dash for none."""
        names = [self._voice.either(SYMBOLS[label].indonesian, SYMBOLS[label].english) for label in labels]
        return " + ".join(names) or self._voice(texts.NONE)

    def _similarities(self, row: FoundRow) -> list[str]:
        return [
            self._voice(
                texts.SIMILARITY,
                similarity=self._voice.decimal(one.similarity),
                band=self._voice(texts.BANDS[one.band]),
            )
            for one in row.sightings
        ]

    def _failed(self, failed: Sequence[FailedRow]) -> None:
        if not failed:
            return
        self._title(texts.UNREADABLE, len(failed))
        table = self._table([texts.COLUMN_NUMBER, texts.COLUMN_REASON, texts.COLUMN_PHOTO])
        for row in failed:
            reason = self._voice(PHOTO_ERRORS[row.kind])
            table.add_row(str(row.number), Text(reason), Text(self.path(row.path)))
        self._console.print(table)
        if self._reasons:
            for row in failed:
                self._console.print(Padding(Text(row.message), (0, 0, 0, 3), expand=False))
            self._console.print()

    def _skipped(self, skipped: Sequence[Skipped]) -> None:
        if not skipped:
            return
        voice = self._voice
        self._title(texts.SKIPPED, len(skipped))
        for reason in SkipReason:
            paths = [row.path for row in skipped if row.reason is reason]
            if not paths:
                continue
            said = voice(texts.SKIPPED_FOR, count=len(paths), reason=voice(texts.SKIP_REASONS[reason]))
            self._console.print(Padding(Text(said), (0, 0, 0, 2), expand=False))
            shown = paths if self._reasons else paths[:SKIPPED_SHOWN]
            rest = len(paths) - len(shown)
            lines = [*map(self.path, shown), *([voice(texts.SKIPPED_REST, count=rest)] if rest else [])]
            for line in lines:
                self._console.print(Padding(Text(line, overflow="fold"), (0, 0, 0, 4), expand=False))
        self._console.print()

    def _summary(self, outcome: Outcome) -> None:
        summary, voice = outcome.summary, self._voice
        numbers = {"ok": summary.ok, "unreadable": summary.unreadable, "duplicate": summary.duplicate}
        counts = texts.SUMMARY_COUNTS if outcome.hands_searched or summary.hands else texts.SUMMARY_HANDS_NOT_SEARCHED
        rows = [
            (texts.SUMMARY_FILES, voice(texts.SUMMARY_SUM, seen=summary.seen, skipped=summary.skipped, **numbers)),
            (texts.SUMMARY_PEOPLE, voice(counts, people=summary.people, hands=summary.hands)),
            *self._unassessed(summary),
            *self._unread(summary),
            (texts.SUMMARY_SIGHTED, "\n".join(self._sighted(outcome.sighted)) or voice(texts.SUMMARY_NOBODY)),
        ]
        for category in Category:
            by = {strength: summary.findings.get((category.value, strength.value), 0) for strength in Strength}
            if total := sum(by.values()):
                said = voice(texts.SUMMARY_STRENGTHS, total=total, **{each.value: by[each] for each in Strength})
                rows.append((texts.CATEGORIES[category], said))
        self._console.print(Text(voice(texts.SUMMARY), "bold"))
        grid = Table.grid(padding=(0, 2))
        for heading, said in rows:
            grid.add_row("", Text(voice(heading)), Text(said))
        self._console.print(grid)
        self._console.print()
        for line in self._closing(outcome):
            self._console.print(line)

    def _unassessed(self, summary: Summary) -> list[tuple[Message, str]]:
        if not summary.cannot_assess:
            return []
        said = self._voice(texts.SUMMARY_UNASSESSED, count=summary.cannot_assess, people=summary.people)
        return [(texts.SUMMARY_CANNOT_ASSESS, said)]

    def _unread(self, summary: Summary) -> list[tuple[Message, str]]:
        if not summary.cannot_read:
            return []
        said = self._voice(texts.SUMMARY_UNREAD, count=summary.cannot_read, hands=summary.hands)
        return [(texts.SUMMARY_CANNOT_READ, said)]

    def _sighted(self, sighted: Counter[str]) -> list[str]:
        return [
            self._voice(texts.SUMMARY_ONE_SIGHTED, name=one.name, ticket=ticket.number, count=sighted[one.id])
            for ticket in self._election.tickets
            for one in ticket.candidates
            if sighted[one.id]
        ]

    def _closing(self, outcome: Outcome) -> list[str]:
        voice, summary = self._voice, outcome.summary
        lines = []
        if summary.interrupted:
            lines.append(voice(texts.STOPPED_EARLY, done=summary.seen, total=outcome.total))
        lines += self._few_people(outcome)
        if outcome.found and not self._reasons:
            lines.append(voice(texts.MORE))
        return [*lines, voice(texts.REMINDER)]

    def _few_people(self, outcome: Outcome) -> list[str]:
        """How far similarity can be relied on, where anybody was compared; it concerns those not sighted as well."""
        summary, bands = outcome.summary, outcome.bands
        if summary.calibrated or not summary.compared:
            return []
        if outcome.people_to_compare < bands.least_people:
            people = int(outcome.people_to_compare)
            return [self._voice(texts.SMALL_POPULATION, people=people, least=bands.least_people)]
        people = int(summary.population)
        return [self._voice(texts.UNCALIBRATED, people=people, least=bands.calibrated_from)]

    def _title(self, message: Message, count: int) -> None:
        self._console.print(Text(self._voice(message, count=count), "bold"))

    def _table(self, columns: Sequence[Message]) -> Table:
        # Nothing is cut off: what does not fit goes on in the next line.
        table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1), collapse_padding=True, pad_edge=False)
        for message in columns:
            is_path, is_number = message is texts.COLUMN_PHOTO, message is texts.COLUMN_NUMBER
            table.add_column(
                self._voice(message),
                overflow="fold",
                justify="right" if is_number else "left",
                ratio=1 if is_path else None,
                no_wrap=message in (texts.COLUMN_STRENGTH, texts.COLUMN_NUMBER),
            )
        return table
