"""``netra candidates check --picture``: the report for people who would rather look.

Faces are cut again from the photos for the picture, since nothing but templates of references is kept.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from candidates.bands import Band
from candidates.election import Election
from candidates.likeness import Outlook
from candidates.report import Enrolment, PhotoRow
from console import enrolment_texts, texts
from console.enrolment import needs_in_words, quality_in_words
from console.enrolment_likeness import (
    advice_in_words,
    against_in_words,
    likeness_number,
    taken_in_words,
    trials_in_words,
)
from console.enrolment_sheet import HeatMap, Line, PersonRow, Sheet, Tile, draw_sheet
from console.remarks import remark_in_words
from console.voice import Voice
from netra.errors import PhotoError
from vision.align import Aligner
from vision.photo import load_photo
from vision.photo_file import printable
from vision.photo_limits import LONGEST_SIDE
from vision.types import FLOOR, Image

MOST_ROWS: Final = 200
"""People in one picture: 200 rows are about 40,000 pixels high, which viewers still open."""

MOST_TILES: Final = 14
MOST_IN_MAP: Final = 23  # cells get 43 pixels, which a negative number needs

FRAMES: Final = {Band.POSSIBLE: 1, Band.MATCH: 2}

Person = tuple[str, str, str, int]  # id, name, what they are, ticket


def draw_enrolment(
    election: Election,
    enrolment: Enrolment,
    outlooks: Sequence[Outlook],
    population: str,
    voice: Voice,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Image:
    """The picture, (h, 1366, 3) uint8 RGB.

    Args:
        election: whose photos.
        enrolment: what became of them.
        outlooks: what matching would make of them, or none where nobody is enrolled.
        population: path of the population it was seen against; empty for the people enrolled.
        voice: in which language.
        progress: told after each person how many of how many are drawn.
    """
    people = _people(election, voice)
    shown = _shown(people, enrolment, outlooks)
    lines = [voice(enrolment_texts.BARS, floor=voice.decimal(FLOOR, 1))]
    if len(shown) < len(people):
        lines.append(voice(enrolment_texts.MORE_PEOPLE, shown=len(shown), total=len(people)))
    cutter, rows = _Cutter(voice), []
    for done, number in enumerate(shown, 1):
        rows.append(_row(number + 1, people[number], enrolment, outlooks, voice, cutter))
        progress(done, len(shown))
    against = [said for outlook in outlooks for said in against_in_words(outlook, population, voice)]
    return draw_sheet(
        Sheet(
            voice(enrolment_texts.TITLE, name=election.name),
            tuple(lines),
            tuple(rows),
            tuple(heat for outlook in outlooks for heat in _maps(outlook, people, voice)),
            (*against, voice(enrolment_texts.KEEP_SAFE)),
            FLOOR,
        )
    )


def _people(election: Election, voice: Voice) -> list[Person]:
    people: list[Person] = [
        (one.id, one.name, one.office, ticket.number) for ticket in election.tickets for one in ticket.candidates
    ]
    return people + [(one.id, one.name, voice(enrolment_texts.DECOY), 0) for one in election.decoys]


def _shown(people: Sequence[Person], enrolment: Enrolment, outlooks: Sequence[Outlook]) -> list[int]:
    """Places of the people who get a row: all, or those to be looked at first."""
    wanting = {row.person for row in enrolment.report.rows if row.remarks or not row.accepted}
    for outlook in outlooks:
        wanting |= {person.id for person in outlook.gallery.people if outlook.needs(person)}
        wanting |= {one.id for pair in outlook.pairs if pair.bands for one in (pair.one, pair.other)}
    first = sorted(range(len(people)), key=lambda place: people[place][0] not in wanting)
    return sorted(first[:MOST_ROWS])


def _row(
    number: int, person: Person, enrolment: Enrolment, outlooks: Sequence[Outlook], voice: Voice, cutter: "_Cutter"
) -> PersonRow:
    person_id, name, role, ticket = person
    rows = [row for row in enrolment.report.rows if row.person == person_id]
    used = sum(row.accepted for row in rows)
    count = voice(enrolment_texts.COUNT, used=used, given=len(rows))
    lines = [Line(voice(texts.CANDIDATE, name=role, ticket=ticket) if ticket else role)]
    lines.append(Line(f"{count}.", not used))
    for outlook in outlooks:
        for enrolled in outlook.gallery.people:
            if enrolled.id == person_id:
                if needs := outlook.needs(enrolled):
                    reasons = needs_in_words(needs, voice)
                    lines.append(Line(voice(enrolment_texts.NEED_PHOTO, reasons=reasons), True))
                lines += [Line(said) for said in trials_in_words(outlook, person_id, voice)]
                lines += [Line(said, True) for said in taken_in_words(outlook, person_id, voice)]
    for row in rows:
        lines += [Line(said, True) for said in _remarks(row, voice)]
    tiles = [cutter.tile(row) for row in rows[:MOST_TILES]]
    if len(rows) > MOST_TILES:
        lines.append(Line(voice(enrolment_texts.MORE_PHOTOS, count=len(rows) - MOST_TILES)))
    return PersonRow(f"{number}  {printable(name)}", tuple(lines), tuple(tiles))


def _remarks(row: PhotoRow, voice: Voice) -> list[str]:
    photo = printable(row.photo)
    return [f"{photo}: {printable(remark_in_words(one, voice))}" for one in row.remarks]


class _Cutter:
    """Cuts the faces of a picture out of the photos."""

    def __init__(self, voice: Voice) -> None:
        self._voice, self._align = voice, Aligner()

    def tile(self, row: PhotoRow) -> Tile:
        """A photo's face with its quality; why there is none where there is none."""
        voice = self._voice
        captions = list(quality_in_words(row, voice, enrolment_texts.QUALITY_TILE))
        if not row.accepted:
            captions.insert(0, voice(enrolment_texts.REFUSED))
        grades = tuple(face.quality.value for face in row.faces)
        crops = self._crops(row)
        instead = ""
        if not row.faces:
            instead = " ".join(voice(texts.REMARKS[one.kind]) for one in row.remarks[:1])
        elif not crops:
            instead = voice(enrolment_texts.GONE)
        return Tile(crops, grades, ", ".join(captions), row.accepted, instead)

    def _crops(self, row: PhotoRow) -> tuple[Image, ...]:
        if not row.faces:
            return ()
        try:
            photo = load_photo(row.path, longest_side=LONGEST_SIDE)
        except PhotoError:
            return ()
        if photo.sha256 != row.sha256:  # it is another photo by now, and the box is of the one that was judged
            return ()
        boxes = [np.array(face.box_xyxy, np.float32) / np.tile(photo.scale_xy, 2) for face in row.faces]
        return tuple(self._align(photo.pixels, boxes))


def _maps(outlook: Outlook, people: Sequence[Person], voice: Voice) -> list[HeatMap]:
    enrolled = outlook.gallery.people
    if not outlook.can_be_judged or len(enrolled) < 2:
        return []
    numbers = {person[0]: number for number, person in enumerate(people, 1)}
    chosen = _in_map(outlook)
    likeness = np.array(outlook.likeness[np.ix_(chosen, chosen)])
    for i, place in enumerate(chosen):
        if not outlook.of(enrolled[place].id):
            likeness[i, i] = np.nan
    places = {enrolled[place].id: i for i, place in enumerate(chosen)}
    frames = np.zeros((len(chosen), len(chosen)), int)
    for pair in outlook.pairs:
        if pair.bands and pair.one.id in places and pair.other.id in places:
            i, j = places[pair.one.id], places[pair.other.id]
            frames[i, j] = frames[j, i] = FRAMES[pair.bands[0]]
    lines = [voice(enrolment_texts.ALIKE_NOTE), voice(enrolment_texts.ALIKE_FRAMES), *advice_in_words(outlook, voice)]
    if len(chosen) < len(enrolled):
        lines.append(voice(enrolment_texts.ALIKE_SOME, total=len(enrolled), shown=len(chosen)))
    return [
        HeatMap(
            voice(enrolment_texts.ALIKE),
            tuple(numbers[enrolled[place].id] for place in chosen),
            tuple(printable(enrolled[place].name) for place in chosen),
            likeness,
            frames,
            tuple(lines),
            lambda value: likeness_number(value, voice),
        )
    ]


def _in_map(outlook: Outlook) -> list[int]:
    """Places in the gallery of those in the map: all, or those who are most like somebody else."""
    enrolled = outlook.gallery.people
    if len(enrolled) <= MOST_IN_MAP:
        return list(range(len(enrolled)))
    places = {person.id: place for place, person in enumerate(enrolled)}
    chosen: dict[int, None] = {}
    for pair in outlook.pairs:
        both = [places[pair.one.id], places[pair.other.id]]
        if len(chosen.keys() | set(both)) > MOST_IN_MAP:
            break
        chosen |= dict.fromkeys(both)
    return sorted(chosen)
