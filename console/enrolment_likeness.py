"""Who is like whom, and how well each is found by the photos given: as tables and sentences."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_high
from typing import Final

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from candidates.bands import Band
from candidates.gallery import Enrolled
from candidates.likeness import Outlook, Pair, middle
from console import enrolment_texts, texts
from console.voice import Voice
from screening.words import chance_in_words
from vision.photo_file import printable

FULL_MATRIX: Final = 12
"""People whose matrix is printed whole: a number takes 7 columns, so that it fits beside names into 120."""

NUMBER_COLUMNS, NAME_COLUMNS = 8, 34

MOST_PAIRS, MOST_ALIKE = 10, 40
"""Pairs of a large election that are told though they are not alike, and of those that are."""

MARKS: Final = {Band.MATCH: enrolment_texts.MARK_MATCH, Band.POSSIBLE: enrolment_texts.MARK_POSSIBLE}
STYLES: Final = {Band.MATCH: "bold red", Band.POSSIBLE: "yellow"}


@dataclass(frozen=True, slots=True)
class LikenessPage:
    """Prints who is like whom.

    Attributes:
        console: where to.
        voice: in which language.
    """

    console: Console
    voice: Voice

    def print(self, outlook: Outlook, population: str) -> None:
        """The matrix of a small election, the most alike pairs of a large one, and what they were seen against.

        Args:
            outlook: what matching would make of the people enrolled.
            population: path of the population; empty for the people enrolled.
        """
        people = outlook.gallery.people
        self.console.print()
        self.console.print(Text(self.voice(enrolment_texts.ALIKE), "bold"))
        if not outlook.can_be_judged:
            self._indented(_unknown(outlook, self.voice))
        elif len(people) <= FULL_MATRIX and NAME_COLUMNS + NUMBER_COLUMNS * len(people) <= self.console.width:
            self._matrix(outlook)
        elif outlook.pairs:
            self._pairs(outlook)
        for said in against_in_words(outlook, population, self.voice):
            self._indented(said)

    def _matrix(self, outlook: Outlook) -> None:
        people = outlook.gallery.people
        reached = {frozenset((pair.one.id, pair.other.id)): pair.bands for pair in outlook.pairs}
        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        table.add_column("", justify="right")
        table.add_column("", max_width=NAME_COLUMNS - 4, overflow="ellipsis", no_wrap=True)
        for number in range(1, len(people) + 1):
            table.add_column(str(number), justify="right", no_wrap=True)
        for i, person in enumerate(people):
            cells = [
                self._own(outlook, person, float(outlook.likeness[i, i]))
                if i == j
                else self._cell(float(outlook.likeness[i, j]), reached.get(frozenset((person.id, other.id)), ()))
                for j, other in enumerate(people)
            ]
            table.add_row(str(i + 1), Text(printable(person.name)), *cells)
        self.console.print(Padding(table, (0, 0, 0, 2), expand=False))
        self._indented(self.voice(enrolment_texts.ALIKE_NOTE))
        self._marks(outlook)

    def _own(self, outlook: Outlook, person: Enrolled, value: float) -> Text:
        tried = bool(outlook.of(person.id))
        return Text(likeness_number(value, self.voice) if tried else self.voice(enrolment_texts.NO_TRIAL), "dim")

    def _cell(self, value: float, bands: Sequence[Band]) -> Text:
        cell = Text(likeness_number(value, self.voice))
        for band in bands:
            return Text(f"{self.voice(MARKS[band])} {cell.plain}", STYLES[band])
        return cell

    def _pairs(self, outlook: Outlook) -> None:
        shown = pairs_that_matter(outlook)
        said = self.voice(enrolment_texts.ALIKE_PAIRS, total=len(outlook.pairs), shown=len(shown))
        self._indented(said)
        table = Table.grid(padding=(0, 2))
        for pair in shown:
            names = (Text(printable(person.name)) for person in (pair.one, pair.other))
            table.add_row("", self._cell(pair.similarity, pair.bands), *names)
        self.console.print(table)
        self._marks(outlook)

    def _marks(self, outlook: Outlook) -> None:
        self._indented(self.voice(enrolment_texts.ALIKE_MARKS))
        for said in advice_in_words(outlook, self.voice):
            self.console.print(Padding(Text(said, STYLES[Band.POSSIBLE]), (0, 0, 0, 2), expand=False))

    def _indented(self, said: str) -> None:
        self.console.print(Padding(Text(said), (0, 0, 0, 2), expand=False))


def likeness_number(value: float, voice: Voice) -> str:
    """With two decimals, and no minus before 0,00."""
    return voice.decimal(round(value, 2) + 0.0)


def _unknown(outlook: Outlook, voice: Voice) -> str:
    return voice(enrolment_texts.ALIKE_UNKNOWN, people=round(outlook.people), least=outlook.least_people)


def pairs_that_matter(outlook: Outlook) -> tuple[Pair, ...]:
    """Those that could be mistaken for each other, up to ``MOST_ALIKE``, or the next alike up to ``MOST_PAIRS``; the
    most alike first.
    """
    alike = sum(Band.MATCH in pair.bands for pair in outlook.pairs)
    return outlook.pairs[: max(MOST_PAIRS, min(alike, MOST_ALIKE))]


def advice_in_words(outlook: Outlook, voice: Voice) -> tuple[str, ...]:
    """What to do about those who could be mistaken for each other; nothing where there are none."""
    count = sum(Band.MATCH in pair.bands for pair in outlook.pairs)
    return (voice(enrolment_texts.ALIKE_ADVICE, count=count),) if count else ()


def against_in_words(outlook: Outlook, population: str, voice: Voice) -> tuple[str, ...]:
    """What similarity was seen against, and what to keep in mind."""
    people = round(outlook.people)
    if outlook.calibrated:
        said = voice(enrolment_texts.AGAINST_PEOPLE, path=population, faces=round(outlook.faces))
    elif population:
        said = voice(enrolment_texts.AGAINST_SMALL, path=population, people=people, needed=outlook.calibrated_from)
    else:
        said = voice(enrolment_texts.AGAINST_ENROLLED, people=people)
    return (said, voice(enrolment_texts.FLATTERED)) if outlook.trials else (said,)


def trials_in_words(outlook: Outlook, person_id: str, voice: Voice) -> tuple[str, ...]:
    """How well one person's photos agree, what a typical match of theirs would reach."""
    trials = outlook.of(person_id)
    if not outlook.can_be_judged:
        return ()
    if not trials:
        return (voice(enrolment_texts.ONE_REFERENCE),)
    people = {person.id: person for person in outlook.gallery.people}
    similarities = [trial.similarity for trial in trials]
    said = [
        voice(
            enrolment_texts.AGREEMENT,
            middle=voice.decimal(middle(similarities)),
            least=voice.decimal(min(similarities)),
        )
    ]
    if not people[person_id].is_decoy:
        found = Counter(band for trial in trials for band in trial.bands)
        match, possible = found[Band.MATCH], found[Band.POSSIBLE]
        missed = len(trials) - match - possible
        said.append(voice(enrolment_texts.FOUND, match=match, possible=possible, missed=missed))
        if e_values := [value for trial in trials for value in trial.e_value]:
            typical, worst = median_high(e_values), max(e_values)  # high, since a high E-value is the bad one
            faces, e = chance_in_words(outlook.faces, typical, voice.language)
            said.append(
                voice(enrolment_texts.CHANCE, e=e, worst=chance_in_words(0, worst, voice.language)[1], faces=faces)
            )
    return tuple(said)


def taken_in_words(outlook: Outlook, person_id: str, voice: Voice) -> tuple[str, ...]:
    """Whom a scan would see in one person's photos instead; nothing where it sees nobody else."""
    if not outlook.can_be_judged:
        return ()
    people = {person.id: person for person in outlook.gallery.people}
    wrong = [trial.sightings[0].candidate for trial in outlook.of(person_id) if trial.is_somebody_else]
    names = [voice(texts.CANDIDATE, name=people[one].name, ticket=people[one].ticket) for one in dict.fromkeys(wrong)]
    return (voice(enrolment_texts.TAKEN_FOR, count=len(wrong), names=", ".join(names)),) if wrong else ()
