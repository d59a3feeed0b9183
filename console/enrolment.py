"""What ``netra candidates`` prints: the enrolment report, photo by photo, and the list of tickets."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from candidates.election import Candidate, Decoy, Election
from candidates.report import EnrolmentReport, Remark, Severity
from console import texts
from console.prepare import Contest
from console.voice import Message, Voice
from netra.symbols import SYMBOLS
from vision.photo_file import printable

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: ""}


@dataclass(frozen=True, slots=True)
class EnrolmentPage:
    """Prints about an election's candidates.

    Attributes:
        console: where to.
        voice: in which language.
    """

    console: Console
    voice: Voice

    def check(self, election: Election, report: EnrolmentReport) -> bool:
        """The enrolment report; False where something keeps a scan from starting."""
        self._bold(self.voice(texts.CHECK_TITLE, name=printable(election.name)))
        for ticket in election.tickets:
            for candidate in ticket.candidates:
                self._person(candidate, self.voice(texts.CANDIDATE, name=candidate.name, ticket=ticket.number), report)
        for decoy in election.decoys:
            self._person(decoy, f"{decoy.name} ({self.voice(texts.CHECK_DECOY)})", report)
        if report.remarks:
            self.console.print()
            self._remarks(report.remarks, 0)
        errors = len(report.of(Severity.ERROR))
        self.console.print()
        self.console.print(self.voice(texts.CHECK_BAD, count=errors) if errors else self.voice(texts.CHECK_GOOD))
        return not errors

    def list(self, contest: Contest) -> None:
        """Dates, rulebook, tickets with their candidates and symbols."""
        election, voice = contest.election, self.voice
        self._bold(f"{printable(election.name)} [{election.id}]")
        rulebook = voice.either(contest.rulebook.name_id, contest.rulebook.name_en)
        facts: list[tuple[Message, str]] = [
            (texts.LIST_RULEBOOK, f"{rulebook} [{contest.rulebook.id}]"),
            (texts.LIST_OFFICIAL, _day(election.candidates_official)),
            (texts.LIST_DRAWN, _day(election.numbers_drawn)),
            (texts.LIST_VOTING, _day(election.voting_day)),
        ]
        grid = Table.grid(padding=(0, 2))
        for heading, said in facts:
            grid.add_row("", Text(voice(heading)), Text(said))
        self.console.print(grid)
        for ticket in election.tickets:
            self.console.print()
            self._bold(voice(texts.LIST_TICKET, number=ticket.number))
            for one in ticket.candidates:
                said = voice(
                    texts.LIST_CANDIDATE,
                    name=printable(one.name),
                    office=printable(one.office),
                    id=one.id,
                    count=len(one.photos),
                )
                self._indented(Text(said), 2)
            names = [self._symbol(label) for label in ticket.symbols]
            said = voice(texts.LIST_SYMBOLS, symbols=", ".join(names)) if names else voice(texts.LIST_NO_SYMBOLS)
            self._indented(Text(said), 2)
        if election.decoys:
            self.console.print()
            self._bold(voice(texts.LIST_DECOYS))
            for decoy in election.decoys:
                self._indented(Text(f"{printable(decoy.name)} [{decoy.id}]"), 2)

    def _person(self, person: Candidate | Decoy, heading: str, report: EnrolmentReport) -> None:
        rows = [row for row in report.rows if row.person == person.id]
        used = sum(row.accepted for row in rows)
        self.console.print()
        count = self.voice(texts.CHECK_COUNT, used=used, given=len(rows))
        self.console.print(Text.assemble((printable(heading), "bold"), ": ", count))
        for row in rows:
            verb = self.voice(texts.CHECK_USED if row.accepted else texts.CHECK_REFUSED)
            quality = self.voice(texts.CHECK_QUALITY, quality=self.voice.decimal(row.quality))
            parts = [verb, printable(row.photo), *([quality] if row.quality else [])]
            self._indented(Text("  ".join(parts), "" if row.accepted else STYLES[Severity.WARNING]), 2)
            self._remarks(row.remarks, 6)

    def _remarks(self, remarks: Iterable[Remark], indent: int) -> None:
        """In Indonesian by kind, since the sentence itself comes in English; it holds the numbers and names."""
        for remark in remarks:
            severity = self.voice(texts.SEVERITIES[remark.severity])
            short = f"{self.voice(texts.REMARKS[remark.kind])}." if self.voice.language == "id" else ""
            said = " ".join(part for part in (f"{severity}:", short, remark.text) if part)
            self._indented(Text(printable(said), STYLES[remark.severity]), indent)

    def _symbol(self, label: str) -> str:
        return self.voice.either(SYMBOLS[label].indonesian, SYMBOLS[label].english)

    def _bold(self, text: str) -> None:
        self.console.print(Text(text, "bold"))

    def _indented(self, text: Text, columns: int) -> None:
        self.console.print(Padding(text, (0, 0, 0, columns), expand=False))


def _day(day: date) -> str:
    return day.isoformat()
