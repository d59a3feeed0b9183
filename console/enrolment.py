"""What ``netra candidates`` prints: the enrolment report, photo by photo, and the list of tickets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from candidates.election import Candidate, Decoy, Election
from candidates.likeness import Need, Outlook
from candidates.report import Enrolment, EnrolmentReport, PhotoRow, Remark, RemarkKind, Severity
from console import enrolment_texts, texts
from console.enrolment_likeness import LikenessPage, taken_in_words, trials_in_words
from console.face_model import face_model_line
from console.prepare import Contest
from console.remarks import remark_in_words
from console.voice import Message, Voice
from netra.symbols import SYMBOLS
from vision.face_model import FaceModel
from vision.photo_file import printable
from vision.quality import worst_part

TOLD_BY_OUTLOOK = (RemarkKind.ONE_PHOTO, RemarkKind.ALIKE)
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

    def check(
        self,
        election: Election,
        enrolment: Enrolment,
        outlooks: Sequence[Outlook] = (),
        population: str = "",
        models: Sequence[FaceModel] = (),
    ) -> bool:
        """The enrolment report; False where something keeps a scan from starting.

        Args:
            election: whose photos.
            enrolment: what became of them.
            outlooks: what matching would make of them, or none where nobody is enrolled.
            population: path of the population it is seen against; empty for the people enrolled.
            models: the user's own face model, or none for the one that comes with netra.
        """
        report = enrolment.report
        self._bold(self.voice(enrolment_texts.TITLE, name=election.name))
        self._models(models)
        for ticket in election.tickets:
            for candidate in ticket.candidates:
                heading = self.voice(texts.CANDIDATE, name=candidate.name, ticket=ticket.number)
                self._person(candidate, heading, report, outlooks)
        for decoy in election.decoys:
            heading = f"{decoy.name} ({self.voice(enrolment_texts.DECOY)})"
            self._person(decoy, heading, report, outlooks)
        for outlook in outlooks:
            LikenessPage(self.console, self.voice).print(outlook, population)
            self._needs(outlook)
        # What the outlook tells is not told again.
        remarks = [one for one in report.remarks if not (outlooks and one.kind in TOLD_BY_OUTLOOK)]
        if remarks:
            self.console.print()
            self._remarks(remarks, 0)
        errors = len(report.of(Severity.ERROR))
        self.console.print()
        said = self.voice(enrolment_texts.BAD, count=errors) if errors else self.voice(enrolment_texts.GOOD)
        self.console.print(said)
        return not errors

    def list(self, contest: Contest, models: Sequence[FaceModel] = ()) -> None:
        """Dates, rulebook, tickets with their candidates and symbols; ``models`` as in ``check``."""
        election, voice = contest.election, self.voice
        self._bold(f"{printable(election.name)} [{election.id}]")
        self._models(models)
        rulebook = voice.either(contest.rulebook.name_id, contest.rulebook.name_en)
        facts: list[tuple[Message, str]] = [
            (texts.LIST_RULEBOOK, f"{rulebook} [{contest.rulebook.id}]"),
            (texts.LIST_OFFICIAL, _day(election.candidates_official)),
            (texts.LIST_DRAWN, _day(election.numbers_drawn)),
            (texts.LIST_VOTING, _day(election.voting_day)),
        ]
        grid = Table.grid(padding=(0, 2))
        for heading, said in facts:
            grid.add_row("", Text(voice(heading)), Text(printable(said)))
        self.console.print(grid)
        for ticket in election.tickets:
            self.console.print()
            self._bold(voice(texts.LIST_TICKET, number=ticket.number))
            for one in ticket.candidates:
                said = voice(
                    texts.LIST_CANDIDATE,
                    name=one.name,
                    office=one.office,
                    id=one.id,
                    count=len(one.photos),
                )
                self._indented(Text(said), 2)
            names = [self._symbol(label) for label in ticket.symbols]
            names += [" + ".join(map(self._symbol, pair)) for pair in ticket.two_hands]
            said = voice(texts.LIST_SYMBOLS, symbols=", ".join(names)) if names else voice(texts.LIST_NO_SYMBOLS)
            self._indented(Text(said), 2)
        if election.decoys:
            self.console.print()
            self._bold(voice(texts.LIST_DECOYS))
            for decoy in election.decoys:
                self._indented(Text(f"{printable(decoy.name)} [{decoy.id}]"), 2)

    def _models(self, models: Sequence[FaceModel]) -> None:
        for model in models:
            self._indented(Text(face_model_line(model, self.voice)), 2)

    def _person(
        self, person: Candidate | Decoy, heading: str, report: EnrolmentReport, outlooks: Sequence[Outlook]
    ) -> None:
        rows = [row for row in report.rows if row.person == person.id]
        used = sum(row.accepted for row in rows)
        self.console.print()
        count = self.voice(enrolment_texts.COUNT, used=used, given=len(rows))
        self.console.print(Text.assemble((printable(heading), "bold"), ": ", count))
        for row in rows:
            verb = self.voice(enrolment_texts.USED if row.accepted else enrolment_texts.REFUSED)
            parts = [verb, printable(row.photo), *quality_in_words(row, self.voice)]
            self._indented(Text("  ".join(parts), "" if row.accepted else STYLES[Severity.WARNING]), 2)
            self._remarks(row.remarks, 6)
        for outlook in outlooks if used else ():
            for said in trials_in_words(outlook, person.id, self.voice):
                self._indented(Text(printable(said)), 2)
            for said in taken_in_words(outlook, person.id, self.voice):
                self._indented(Text(printable(said), STYLES[Severity.WARNING]), 2)

    def _needs(self, outlook: Outlook) -> None:
        needing = [(person, needs) for person in outlook.gallery.people if (needs := outlook.needs(person))]
        if not needing:
            return
        self.console.print()
        self._bold(self.voice(enrolment_texts.NEED_PHOTOS, count=len(needing)))
        for person, needs in needing:
            said = self.voice(enrolment_texts.ONE_NEEDS, name=person.name, reasons=needs_in_words(needs, self.voice))
            self._indented(Text(printable(said)), 2)

    def _remarks(self, remarks: Iterable[Remark], indent: int) -> None:
        for remark in remarks:
            severity = self.voice(texts.SEVERITIES[remark.severity])
            said = f"{severity}: {remark_in_words(remark, self.voice)}"
            self._indented(Text(printable(said), STYLES[remark.severity]), indent)

    def _symbol(self, label: str) -> str:
        return self.voice.either(SYMBOLS[label].indonesian, SYMBOLS[label].english)

    def _bold(self, text: str) -> None:
        self.console.print(Text(text, "bold"))

    def _indented(self, text: Text, columns: int) -> None:
        self.console.print(Padding(text, (0, 0, 0, columns), expand=False))


def quality_in_words(
    row: PhotoRow, voice: Voice, with_worst: Message = enrolment_texts.QUALITY_WORST
) -> tuple[str, ...]:
    """How well the face of a photo can be compared, with its worst part; nothing where there is no face to judge."""
    for face in row.faces:
        quality = voice.decimal(face.quality.value)
        for part in worst_part(face.quality):
            return (voice(with_worst, quality=quality, part=voice(enrolment_texts.PARTS[part])),)
        return (voice(enrolment_texts.QUALITY, quality=quality),)
    return ()


def needs_in_words(needs: Iterable[Need], voice: Voice) -> str:
    """Why more photos are needed."""
    return ", ".join(voice(enrolment_texts.NEEDS[need]) for need in needs)


def _day(day: date) -> str:
    return day.isoformat()
