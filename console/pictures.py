"""Annotated pictures: who was recognised, what hands show, and the findings in words, one JPEG a photo worth a look."""

import errno
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from candidates.bands import Band
from candidates.election import Election
from candidates.match import Sighting
from console import texts
from console.voice import Voice
from netra.errors import OutputError, PhotoError, PhotoErrorKind
from netra.photo_errors import PHOTO_ERRORS
from netra.symbols import SYMBOLS
from screening.record import PhotoRecord, SeenPerson
from screening.uploads import Row, Upload, open_upload
from vision.draw import annotate
from vision.marks import FaceMark, HandMark, Tone
from vision.photo_file import printable
from vision.photo_limits import PhotoLimits
from vision.picture_file import save_picture
from vision.types import HandReading, Image

LONGEST_SIDE: Final = 2000  # twice what an office screen shows; a quarter of the time of a phone's full size
NAME_LENGTH: Final = 60  # of the readable part; with number and ending far below the 255 bytes of file systems


def is_worth_a_picture(record: PhotoRecord) -> bool:
    """Whether somebody looks like a candidate, a hand shows a symbol, or there is a finding."""
    return (
        bool(record.findings)
        or any(person.sightings for person in record.people)
        or any(hand.symbols for hand in record.hands)
    )


def picture_name(row: Row, digits: int) -> str:
    """``0007-dinas-IMG_1.jpg``: the photo's number, then the last two parts of its path, in harmless letters.

    Two photos never share a name, since no two share a number.
    """
    parts = row.path.split("/")
    stems = [*parts[-2:-1], PurePosixPath(parts[-1]).stem]
    readable = "".join(
        letter if letter.isalnum() or letter in "._-" else "_" for letter in "-".join(filter(None, stems))
    )
    encoded = readable.strip("._-").encode()[-NAME_LENGTH:]  # the end of a name tells photos apart
    return f"{row.index + 1:0{digits}}-{encoded.decode(errors='ignore').strip('._-') or 'foto'}.jpg"


def digits_for(count: int) -> int:
    """How many digits numbers up to ``count`` are written with, so that names sort: at least 4."""
    return max(4, len(str(count)))


def check_folder(folder: Path, rows: Sequence[Row], overwrite: bool, voice: Voice) -> None:
    """Make the folder, and see early that no picture would replace another.

    Raises:
        OutputError: the folder cannot be made or written to, or pictures of these names are there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        there = set(os.listdir(folder))
    except OSError as error:
        raise OutputError(voice(texts.CANNOT_WRITE, path=folder, reason=error.strerror or error)) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(voice(texts.CANNOT_WRITE, path=folder, reason=os.strerror(errno.EACCES)))
    digits = digits_for(len(rows))
    taken = sum(picture_name(row, digits) in there for row in rows if isinstance(row, Upload)) if there else 0
    if taken and not overwrite:
        raise OutputError(voice(texts.PICTURES_EXIST, path=folder, count=taken))


@dataclass(frozen=True, slots=True)
class Painter:
    """Draws what a record says into its photo.

    Attributes:
        election: for the candidates' names.
        limits: what a photo may cost.
        voice: the language of labels and sentences.
    """

    election: Election
    limits: PhotoLimits
    voice: Voice

    def paint(self, upload: Upload, record: PhotoRecord) -> Image:
        """The picture, (h, w, 3) uint8 RGB.

        Raises:
            PhotoError: the photo cannot be opened again, or is another one by now.
        """
        photo = open_upload(upload, self.limits, LONGEST_SIDE)
        if photo.sha256 != record.sha256:
            reason = self.voice(PHOTO_ERRORS[PhotoErrorKind.VANISHED])
            raise PhotoError(PhotoErrorKind.VANISHED, f"{printable(record.path)}: {reason}")
        faces = [self._face(person) for person in record.people]
        hands = [self._hand(hand) for hand in record.hands]
        return annotate(photo.pixels, faces, hands, self._sentences(record), photo.scale_xy)

    def _face(self, person: SeenPerson) -> FaceMark:
        for sighting in person.sightings:
            is_match = sighting.band is Band.MATCH
            label = self.voice(
                texts.LABEL_MATCH if is_match else texts.LABEL_POSSIBLE,
                name=self.election.candidate(sighting.candidate).name,
                similarity=self.voice.decimal(sighting.similarity),
            )
            return FaceMark(person.face.box_xyxy, label, Tone.CANDIDATE if is_match else Tone.POSSIBLE)
        return FaceMark(person.face.box_xyxy)

    def _hand(self, reading: HandReading) -> HandMark:
        for symbol in reading.symbols:
            meaning = SYMBOLS[symbol.label]
            label = self.voice(
                texts.LABEL_SYMBOL,
                symbol=self.voice.either(meaning.indonesian, meaning.english),
                confidence=self.voice.decimal(symbol.confidence),
            )
            return HandMark(reading.hand.keypoints_xy, label, Tone.SYMBOL)
        if not reading.readable:
            return HandMark(reading.hand.keypoints_xy, self.voice(texts.LABEL_UNREADABLE), Tone.UNREADABLE)
        return HandMark(reading.hand.keypoints_xy)

    def _sentences(self, record: PhotoRecord) -> list[str]:
        reasons = [printable(self.voice.either(finding.reason_id, finding.reason_en)) for finding in record.findings]
        unread = [self.voice(texts.HANDS_UNREADABLE, count=record.cannot_read)] if record.cannot_read else []
        return [f"{record.index + 1}. {printable(record.path)}", *(reasons or [self._no_finding(record)]), *unread]

    def _no_finding(self, record: PhotoRecord) -> str:
        """That nothing was found, beside what can be seen in the picture all the same."""
        voice = self.voice
        best: dict[str, Sighting] = {}
        for one in sorted((one for who in record.people for one in who.sightings), key=lambda one: -one.similarity):
            best.setdefault(one.candidate, one)
        shown = Counter(symbol.label for hand in record.hands for symbol in hand.symbols)
        what = [*map(self._candidate, best.values()), *(self._symbol(label, shown[label]) for label in shown)]
        seen = voice(texts.SEEN, what=", ".join(what)) if what else voice(texts.SEEN_NOTHING)
        if not record.hands_searched:
            seen = voice(texts.HANDS_NOT_SEARCHED, seen=seen)
        return voice(texts.NO_FINDING, seen=seen)

    def _candidate(self, sighting: Sighting) -> str:
        name, band = self.election.candidate(sighting.candidate).name, self.voice(texts.BANDS[sighting.band])
        return self.voice(texts.SEEN_CANDIDATE, name=name, ticket=sighting.ticket, band=band)

    def _symbol(self, label: str, count: int) -> str:
        symbol = self.voice.either(SYMBOLS[label].indonesian, SYMBOLS[label].english)
        return self.voice(texts.SEEN_SYMBOLS if count > 1 else texts.SEEN_SYMBOL, symbol=symbol, count=count)


class PictureFolder:
    """The sink of ``--annotate``: a picture for each record that is worth one.

    Args:
        folder: as ``check_folder`` left it.
        painter: draws.
        digits: of the numbers in names.
        overwrite: whether a picture of the same name is replaced.

    Attributes:
        written: how many pictures there are by now.
        warnings: why others are missing, one line each.
    """

    def __init__(self, folder: Path, painter: Painter, digits: int, overwrite: bool) -> None:
        self._folder, self._painter, self._digits, self._overwrite = folder, painter, digits, overwrite
        self.written = 0
        self.warnings: list[str] = []

    def write(self, row: Row, record: PhotoRecord) -> None:
        """Draw and save; a photo that is gone by now leaves a warning.

        Raises:
            OutputError: the picture cannot be written.
        """
        if not isinstance(row, Upload) or not is_worth_a_picture(record):
            return
        try:
            picture = self._painter.paint(row, record)
        except PhotoError as error:
            self.warnings.append(self._painter.voice(texts.PICTURE_LEFT_OUT, error=error))
            return
        save_picture(self._folder / picture_name(row, self._digits), picture, overwrite=self._overwrite)
        self.written += 1
