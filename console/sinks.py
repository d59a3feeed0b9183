"""Where the records of a scan go: lines of JSON, what the closing report needs, or several of these at once."""

import errno
import io
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from candidates.match import Sighting
from console import texts
from console.errors import ReaderGoneError
from console.voice import Voice
from netra.errors import OutputError, UsageError
from screening.findings import Finding
from screening.finish import Sink
from screening.record import PhotoRecord, Status
from screening.uploads import Row, Skipped


class JsonLines:
    """One record a line, UTF-8, handed to the system line by line, so that an end at any moment leaves whole lines.

    Args:
        stream: open for writing bytes.
        name: what messages call it.
        voice: says what went wrong.
    """

    def __init__(self, stream: BinaryIO, name: str, voice: Voice) -> None:
        self._stream, self._name, self._voice = stream, name, voice

    def write(self, row: Row, record: PhotoRecord) -> None:  # noqa: ARG002 - the record says all
        """Write one line.

        Raises:
            OutputError: the disk is full, or the file cannot be written to.
            ReaderGoneError: the other end of the pipe was closed.
        """
        try:
            # One call for the whole line: what is left of it after an interrupt goes out when the stream is closed.
            self._stream.write(record.to_json().encode() + b"\n")
            self._stream.flush()
        except OSError as error:
            raise writing_failed(error, self._name, self._voice) from error


def writing_failed(error: OSError, name: str, voice: Voice) -> OutputError | ReaderGoneError:
    """The error for what the system refused while writing."""
    if error.errno == errno.EPIPE or (os.name == "nt" and error.errno == errno.EINVAL):
        return ReaderGoneError(name)
    return OutputError(voice(texts.CANNOT_WRITE, path=name, reason=error.strerror or error))


def check_different(names: Iterable[str], voice: Voice) -> None:
    """See early that no result of a command would replace another one of it.

    Args:
        names: of the files and folders that the command writes; an empty one is not written.
        voice: says what is wrong.

    Raises:
        UsageError: two of them are one place, however each is spelt.
    """
    places: set[str] = set()
    for name in filter(None, names):
        place = os.path.normcase(Path(name).resolve())
        if place in places:
            raise UsageError(voice(texts.SAME_OUTPUT, path=name))
        places.add(place)


def check_not_read(names: Iterable[str | Path], read: Iterable[str | Path], voice: Voice) -> None:
    """See early that no result would replace what the command reads: a photo is evidence, whatever is asked.

    Args:
        names: of the files that the command writes; an empty one is not written.
        read: of the files it reads; one that is no file of its own, as a member of a ZIP, is passed over.
        voice: says what is wrong.

    Raises:
        UsageError: one of them is such a file, however it is spelt or linked.
    """
    written = {place: name for name in names if name for place in _place(name)}
    if not written:
        return
    for path in read:
        for place in _place(path):
            if place in written:
                raise UsageError(voice(texts.OUTPUT_IS_INPUT, path=written[place]))


def _place(path: str | Path) -> tuple[tuple[int, int], ...]:
    """Device and number of a file; nothing where there is none."""
    try:
        status = Path(path).stat()
    except (OSError, ValueError):
        return ()
    return ((status.st_dev, status.st_ino),)


def check_new_file(path: Path, overwrite: bool, voice: Voice) -> None:
    """See early, before minutes of work, that a file can be made.

    Raises:
        OutputError: it exists and must not be overwritten, it is a folder, or its folder is missing.
    """
    if path.is_dir():
        raise OutputError(voice(texts.CANNOT_WRITE, path=path, reason=os.strerror(errno.EISDIR)))
    if os.path.lexists(path) and not overwrite:
        raise OutputError(voice(texts.FILE_EXISTS, path=path))
    if not path.parent.is_dir():
        raise OutputError(voice(texts.CANNOT_WRITE, path=path, reason=os.strerror(errno.ENOENT)))


def open_new_file(path: Path, overwrite: bool, voice: Voice) -> io.BufferedWriter:
    """Make a file, or empty one where ``overwrite`` says so.

    Raises:
        OutputError: as ``check_new_file``, or the system refuses.
    """
    try:
        return path.open("wb" if overwrite else "xb")
    except FileExistsError as error:
        raise OutputError(voice(texts.FILE_EXISTS, path=path)) from error
    except OSError as error:
        raise OutputError(voice(texts.CANNOT_WRITE, path=path, reason=error.strerror or error)) from error


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One finding with the photo it is about.

    Attributes:
        number: of the photo: its place in the input, from 1; annotated pictures begin with it.
        path: of the photo.
        finding: the finding.
        sightings: the best sighting of each of its candidates, in the finding's order.
    """

    number: int
    path: str
    finding: Finding
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class FailedRow:
    """A file that could not be read: its number, path, the kind of ``PhotoErrorKind``, and the message."""

    number: int
    path: str
    kind: str
    message: str


class Collector:
    """Keeps what the closing report needs, and nothing of photos without finding.

    Attributes:
        found: every finding, in input order.
        failed: every unreadable file, in input order.
        skipped: every file that was not looked into, in input order.
        sighted: in how many photos each candidate was sighted.
        hands_searched: in how many photos hands were searched.
    """

    def __init__(self) -> None:
        self.found: list[FoundRow] = []
        self.failed: list[FailedRow] = []
        self.skipped: list[Skipped] = []
        self.sighted: Counter[str] = Counter()
        self.hands_searched = 0

    def write(self, row: Row, record: PhotoRecord) -> None:
        """Keep what matters of a record."""
        number = row.index + 1
        if record.status is Status.ERROR:
            self.failed.append(FailedRow(number, record.path, record.error_kind[0].value, record.message))
        if isinstance(row, Skipped):
            self.skipped.append(row)
        best: dict[str, Sighting] = {}
        for person in record.people:
            for one in person.sightings:
                if one.candidate not in best or best[one.candidate].similarity < one.similarity:
                    best[one.candidate] = one
        self.sighted.update(best.keys())
        self.hands_searched += record.hands_searched
        for finding in record.findings:
            sightings = tuple(best[candidate] for candidate in finding.candidates)
            self.found.append(FoundRow(number, record.path, finding, sightings))


class Several:
    """Hands each record to several sinks, in their order."""

    def __init__(self, sinks: Sequence[Sink]) -> None:
        self._sinks = tuple(sinks)

    def write(self, row: Row, record: PhotoRecord) -> None:
        """Hand one record on."""
        for sink in self._sinks:
            sink.write(row, record)


class _Closable(Protocol):
    def close(self) -> None: ...


class Closing:
    """Closes a stream at the end, and tells a full disk that only shows then.

    Args:
        stream: what to close.
        name: what messages call it.
        voice: says what went wrong.
    """

    def __init__(self, stream: _Closable, name: str, voice: Voice) -> None:
        self._stream, self._name, self._voice = stream, name, voice

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._stream.close()
        except OSError as failure:
            if error is None:
                raise writing_failed(failure, self._name, self._voice) from failure
