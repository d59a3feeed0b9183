"""The manifest at the border: CSV to entries, every mistake named at once with its line and column.

What office programs make of CSV is taken as it is: UTF-8 with or without a mark, commas or (Excel in Indonesian)
semicolons, a first line ``sep=;``, quotes, CRLF, empty lines and empty columns at the end.
"""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from netra.toml_file import shown, suggestion
from netra.zones import Zone
from screening.errors import ManifestError
from screening.manifest import ManifestEntry, place_of
from screening.manifest_times import moment_of
from screening.upload_facts import Moment, TimeKind, UploadFacts

MAX_BYTES: Final = 64 * 2**20
"""Some 300,000 lines as offices write them; what is larger is some other file, named by mistake."""

MAX_TOLD: Final = 200
"""So many mistakes are told one by one; a column that is wrong throughout is understood by then."""

WORDS: Final[Mapping[str, int]] = {
    # column -> the most letters it may have
    "path": 4096,
    "uploader_id": 200,
    "uploader_name": 200,
    "agency": 200,
    "platform": 100,
    "post_url": 2048,  # what browsers take for an address
}
TIMES: Final[Mapping[str, TimeKind]] = {
    "posted_at": TimeKind.POSTED,
    "taken_at": TimeKind.TAKEN,
    "captured_at": TimeKind.CAPTURED,
    "known_at": TimeKind.KNOWN,
}
COLUMNS: Final = (*WORDS, *TIMES)

EARLIEST_YEAR: Final = 1900
"""Of what people write: a print may be older than digital cameras, and a year 24 is a 2024 cut short."""

_JOINERS: Final = "\u200c\u200d"  # of emoji and of some scripts
_MARKS: Final = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_SAVE_AS: Final = 'in a spreadsheet, save it as "CSV UTF-8"'
_AHEAD: Final = timedelta(days=1)  # somebody else's zone


def read_manifest(path: Path, zone: Zone, now: datetime) -> list[ManifestEntry]:
    """What ``screening.manifest.load_manifest`` promises, without its places."""
    reader = _Reader(path, zone, now)
    entries = list(reader.entries(_text(path)))
    if reader.problems:
        told, rest = reader.problems[:MAX_TOLD], len(reader.problems) - MAX_TOLD
        more = [f"{path}: {rest:,} more mistakes, expected none; correct these first"] if rest > 0 else []
        raise ManifestError([*told, *more])
    return entries


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            what = "a folder" if path.is_dir() else "no such file"
            raise ManifestError([f"{path}: expected the manifest, a CSV file, got {what}; check the name"])
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ManifestError([f"{path}: the manifest cannot be read ({reason}); check who may open it"]) from error
    if len(data) > MAX_BYTES:
        most = MAX_BYTES // 2**20
        raise ManifestError([f"{path}: expected a manifest of at most {most} MiB, got more; is it this file?"])
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise ManifestError([f"{path}: expected a manifest in UTF-8, got {name}; {_SAVE_AS}"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        got = f"byte 0x{data[error.start]:02x}"
        raise ManifestError([f"{path}:{line}: expected a manifest in UTF-8, got {got}; {_SAVE_AS}"]) from error


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    cells: list[str]


class _Reader:
    """Reads one manifest; ``problems`` fills as ``entries`` are taken."""

    def __init__(self, path: Path, zone: Zone, now: datetime) -> None:
        self._path, self._zone, self._now = path, zone, now
        self.problems: list[str] = []

    def entries(self, text: str) -> Iterator[ManifestEntry]:
        lines = self._lines(text)
        header = next(lines, None)
        if header is None:
            self._problem(1, "", f"an empty file, expected a first line with the columns {', '.join(COLUMNS)}")
            return
        columns = self._columns(header)
        first: dict[str, int] = {}
        for line in lines:
            cells = line.cells[: len(columns)]
            if len(cells) < len(columns) or any(line.cells[len(columns) :]):
                advice = "put quotes around text that holds the separator, and keep the separators of empty cells"
                got = f"{len(line.cells)} cell{'s' * (len(line.cells) != 1)}"
                what = f"{got}, expected {len(columns)} as in the first line; {advice}"
                self._problem(line.number, "", what)
            else:
                yield from self._entry(line.number, dict(zip(columns, cells, strict=True)), first)

    def _lines(self, text: str) -> Iterator[_Line]:
        """Every line that is not empty, with the number it begins on."""
        start, separator = 0, _separator(text)
        if text[:4].casefold() == "sep=":
            start = text.find("\n") + 1 or len(text)
        offset = text.count("\n", 0, start)
        reader = csv.reader(io.StringIO(text[start:], newline=""), delimiter=separator, strict=True)
        while True:
            number = offset + reader.line_num + 1
            try:
                cells = [cell.strip() for cell in next(reader)]
            except StopIteration:
                return
            except csv.Error as error:
                said = str(error).replace("field limit", "limit of letters")
                self._problem(number, "", f"a line that cannot be parted into cells ({said}), expected CSV")
                continue
            if any(cells):
                yield _Line(number, cells)

    def _columns(self, header: _Line) -> list[str]:
        """A name for each cell of the first line; of a column that is not used, a name nothing asks for."""
        names = [cell.casefold() for cell in header.cells]
        while names and not names[-1]:
            names[-1:] = []
        for number, name in enumerate(names):
            if name not in COLUMNS:
                what = f"an unknown column {shown(header.cells[number])}"
                self._problem(header.number, "", f"{what}, expected known ones; {suggestion(name, COLUMNS)}")
            elif name in names[:number]:
                self._problem(header.number, name, "a column that stands there twice, expected once")
        if "path" not in names:
            self._problem(header.number, "path", "no such column, expected it: it names the photo of each line")
        return names

    def _entry(self, line: int, cells: Mapping[str, str], first: dict[str, int]) -> Iterator[ManifestEntry]:
        before = len(self.problems)
        words = {name: cells.get(name, "") for name in WORDS}
        for name, text in words.items():
            for what in _wrong_with(name, text):
                self._problem(line, name, what)
        path = words["path"]
        if "path" in cells:
            self._check_path(line, path, first)
        times = {kind: self._moments(line, name, cells.get(name, "")) for name, kind in TIMES.items()}
        for moment in times[TimeKind.TAKEN]:
            self._check_order(line, moment, times)
        if len(self.problems) == before:
            facts = UploadFacts(
                words["uploader_id"],
                words["uploader_name"],
                words["agency"],
                words["platform"],
                words["post_url"],
                taken=times[TimeKind.TAKEN],
                posted=times[TimeKind.POSTED],
                captured=times[TimeKind.CAPTURED],
                known=times[TimeKind.KNOWN],
            )
            yield ManifestEntry(line, path, facts)

    def _check_path(self, line: int, path: str, first: dict[str, int]) -> None:
        if not path:
            self._problem(line, "path", "an empty cell, expected the path of a photo")
            return
        if "\0" in path:
            return  # told already, and no system takes it
        place = place_of(self._path.parent, path)
        if place in first:
            self._problem(
                line, "path", f"{shown(path)} a second time, expected each photo once; see line {first[place]}"
            )
        first.setdefault(place, line)

    def _moments(self, line: int, name: str, written: str) -> tuple[Moment, ...]:
        if not written:
            return ()
        try:
            moment = moment_of(written, self._zone)
        except ValueError as error:
            self._problem(line, name, f"{shown(written)} is {error}")
            return ()
        if moment.day - self._zone.day(self._now) > _AHEAD:
            self._problem(line, name, f"{shown(written)} lies in the future, expected a day that has come")
        elif moment.day.year < EARLIEST_YEAR:
            self._problem(line, name, f"{shown(written)} lies before {EARLIEST_YEAR}, expected a later day")
        return (moment,)

    def _check_order(self, line: int, taken: Moment, times: Mapping[TimeKind, tuple[Moment, ...]]) -> None:
        for name, kind in TIMES.items():
            if kind is not TimeKind.TAKEN and any(_later(taken, other) for other in times[kind]):
                day = times[kind][0].day
                what = (
                    f"{taken.day} is later than {name} ({day}), expected the same day or before; correct one of the two"
                )
                self._problem(line, "taken_at", what)

    def _problem(self, line: int, column: str, what: str) -> None:
        place = f"{column}: " if column else ""
        self.problems.append(f"{self._path}:{line}: {place}{what}")


def _separator(text: str) -> str:
    """What parts the cells: that by which the first line holds most known columns."""
    lines = (line for line in text[:10_000].splitlines() if line.strip() and not line.casefold().startswith("sep="))
    header = next(lines, "")

    def known(separator: str) -> int:
        return sum(name.strip(' "').casefold() in COLUMNS for name in header.split(separator))

    return max(",;\t", key=known)


def _wrong_with(name: str, text: str) -> Iterator[str]:
    if len(text) > WORDS[name]:
        yield f"{len(text):,} letters, expected at most {WORDS[name]:,}"
    # A file's name is what it is; elsewhere characters nobody sees, such as bidi overrides, forge what is read.
    unseen = ("Cc", "Zl", "Zp") if name == "path" else ("Cc", "Cf", "Cs", "Zl", "Zp")
    for character in "" if text.isprintable() else text:
        if unicodedata.category(character) in unseen and character not in _JOINERS:
            yield f"the character U+{ord(character):04X}, which cannot be seen, expected letters that can be seen"
            return
    if name == "post_url" and text and not text.casefold().startswith(("https://", "http://")):
        yield f"{shown(text)} is no address, expected it whole, such as https://example.org/p/1"


def _later(one: Moment, other: Moment) -> bool:
    for first, second in zip(one.at, other.at, strict=False):
        return first > second
    return one.day > other.day
