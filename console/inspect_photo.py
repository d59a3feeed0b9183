"""One photo in words: who is in it, what hands show, and why it is worth a look."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from candidates.election import Election
from candidates.match import Sighting
from console import manifest_texts, texts
from console.pictures import Painter
from console.report import STRENGTH_STYLES, err_console, out_console
from console.run import EXIT_UNREADABLE, Run
from console.sinks import check_new_file, check_not_read
from console.uploads_known import lines_about, unlisted
from console.voice import Voice
from netra.errors import OutputError, UsageError
from netra.photo_errors import PHOTO_ERRORS
from netra.symbols import SYMBOLS
from screening.record import PhotoRecord, SeenPerson, Status
from screening.uploads import FileSource, Row, Skipped, Upload, find_uploads
from screening.words import chance_in_words
from vision.picture_file import save_picture
from vision.types import HandReading


def inspect_photo(run: Run, path: str, out: str) -> int:
    """Scan one file, tell what was seen, draw it; the exit code.

    Args:
        run: ready but for its sink.
        path: of the photo.
        out: of the annotated picture; empty for the place beside the photo.

    Raises:
        UsageError: the path is no single file.
        OutputError: the picture cannot be written.
        PhotoError: the photo is gone since it was scanned.
        KeyboardInterrupt: interrupted before the photo was read.
    """
    voice = run.voice
    check_is_one_photo(path, voice)
    target = Path(out) if out else picture_beside(path)
    check_not_read([target], [path, run.contest.path], voice)
    check_picture_path(target, run.outputs.overwrite, voice)
    keep = KeepOne()
    run.outputs = replace(run.outputs, sinks=(keep,))
    run([path])
    if not keep.kept:
        raise KeyboardInterrupt
    row, record = keep.kept[0]
    for line in unlisted(run.background, row, voice):
        run.notes.print(voice(texts.WARNING, text=line), soft_wrap=True)
    if not isinstance(row, Upload) or record.status is not Status.OK:
        reason = voice(PHOTO_ERRORS[record.error_kind[0]])
        err_console().print(f"{voice(texts.PHOTO_ERROR, reason=reason)} {record.message}", soft_wrap=True)
        return EXIT_UNREADABLE
    Telling(out_console(), voice, run.contest.election, run.population).tell(record)
    painter = Painter(run.contest.election, run.settings.limits, voice)
    save_picture(target, painter.paint(row, record), overwrite=run.outputs.overwrite)
    run.notes.print(voice(texts.WRITTEN, path=target), soft_wrap=True)
    return 0


class KeepOne:
    """A sink for a scan of one file.

    Attributes:
        kept: the row and its record, once written.
    """

    def __init__(self) -> None:
        self.kept: list[tuple[Row, PhotoRecord]] = []

    def write(self, row: Row, record: PhotoRecord) -> None:
        """Keep it."""
        self.kept.append((row, record))


def check_is_one_photo(path: str, voice: Voice) -> None:
    """A folder or an archive is something for ``netra scan``.

    Raises:
        UsageError: it is one, or there is no such file.
    """
    is_folder = Path(path).is_dir() and not Path(path).is_symlink()  # a link is a row that says so
    rows = [] if is_folder else list(find_uploads([path]))
    is_archive = any(isinstance(row, Skipped) or (isinstance(row, Upload) and _is_packed(row)) for row in rows)
    if len(rows) != 1 or is_archive:
        raise UsageError(voice(texts.ONE_PHOTO, path=path))


def _is_packed(upload: Upload) -> bool:
    return not isinstance(upload.source, FileSource)


def picture_beside(path: str) -> Path:
    """Where the annotated picture of a photo goes unless told otherwise: ``foto.jpg`` -> ``foto.netra.jpg``."""
    return Path(path).with_suffix(".netra.jpg")


@dataclass(frozen=True, slots=True)
class Telling:
    """Tells of one record.

    Attributes:
        console: where to.
        voice: in which language.
        election: for the candidates' names.
        population: path of the population that similarity was seen against; empty for the people in the photo.
    """

    console: Console
    voice: Voice
    election: Election
    population: str = ""

    def tell(self, record: PhotoRecord) -> None:
        """People, hands, findings, and what to keep in mind."""
        voice = self.voice
        self.console.print(voice(texts.INSPECT_PHOTO, path=record.path, width=record.width, height=record.height))
        people = [self._person(number, person) for number, person in enumerate(record.people, 1)]
        self._part(voice(texts.INSPECT_PEOPLE, count=len(people)), people or [voice(texts.INSPECT_NOBODY)])
        hands = [self._hand(number, hand) for number, hand in enumerate(record.hands, 1)]
        if record.hands_searched:
            self._part(voice(texts.INSPECT_HANDS, count=len(hands)), hands or [voice(texts.INSPECT_NO_HANDS)])
        self._part(voice(manifest_texts.UPLOAD), [*lines_about(record.facts, voice)])
        self._part(voice(texts.FINDINGS, count=len(record.findings)), list(self._findings(record)))
        self.console.print()
        against = voice(texts.INSPECT_AGAINST, path=self.population)
        self.console.print(against if self.population else voice(texts.INSPECT_ALONE))
        self.console.print(voice(texts.REMINDER))

    def _part(self, heading: str, lines: list[str | Text]) -> None:
        self.console.print()
        self.console.print(Text(heading, "bold"))
        for line in lines:
            self.console.print(Padding(line if isinstance(line, Text) else Text(line), (0, 0, 0, 2), expand=False))

    def _person(self, number: int, person: SeenPerson) -> str | Text:
        voice, quality = self.voice, self.voice.decimal(person.quality.value)
        for one in person.sightings:
            said = voice(
                texts.INSPECT_SIGHTED,
                number=number,
                name=self.election.candidate(one.candidate).name,
                ticket=one.ticket,
                similarity=voice.decimal(one.similarity),
                band=voice(texts.BANDS[one.band]),
                quality=quality,
                reference=one.reference,
            )
            return Text(said + self._chance(one), "bold")
        return voice(
            texts.INSPECT_OTHER if person.quality.assessable else texts.INSPECT_POOR, number=number, quality=quality
        )

    def _chance(self, sighting: Sighting) -> str:
        voice = self.voice
        for value in sighting.e_value:
            faces, times = chance_in_words(sighting.faces, value, voice.language)
            return voice(texts.INSPECT_CHANCE, faces=faces, times=times)
        return voice(texts.INSPECT_UNCALIBRATED)

    def _hand(self, number: int, reading: HandReading) -> str | Text:
        voice = self.voice
        owner = voice(texts.INSPECT_NO_OWNER)
        for person in reading.people:
            owner = voice(texts.INSPECT_OWNER, number=person + 1)
        for symbol in reading.symbols:
            meaning = SYMBOLS[symbol.label]
            return voice(
                texts.INSPECT_SYMBOL,
                number=number,
                symbol=voice.either(meaning.indonesian, meaning.english),
                label=symbol.label,
                confidence=voice.decimal(symbol.confidence),
                owner=owner,
            )
        return voice(texts.INSPECT_NO_SYMBOL, number=number, owner=owner)

    def _findings(self, record: PhotoRecord) -> Iterator[str | Text]:
        if not record.findings:
            yield self.voice(texts.NO_FINDINGS)
        for finding in record.findings:
            reason = self.voice.either(finding.reason_id, finding.reason_en)
            said = self.voice(
                texts.INSPECT_REASON, strength=self.voice(texts.STRENGTHS[finding.strength]), reason=reason
            )
            yield Text(said, STRENGTH_STYLES[finding.strength])


def check_picture_path(path: Path, overwrite: bool, voice: Voice) -> None:
    """See early that the picture can be written.

    Raises:
        OutputError: the name is no JPEG's, a file is there, or the folder is missing.
    """
    if path.suffix.lower() not in (".jpg", ".jpeg"):
        raise OutputError(voice(texts.NOT_A_JPEG_NAME, path=path))
    check_new_file(path, overwrite, voice)
