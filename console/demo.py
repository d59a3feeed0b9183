"""The demo: scan the built-in invented election and compare what was found with what is truly in its photos."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from console import texts
from console.errors import DemoFilesMissingError
from console.run import EXIT_INTERRUPTED, Run, print_done
from console.voice import Voice
from fixtures import ELECTION, MANIFEST, TRUTH, UPLOADS
from netra.symbols import SYMBOLS
from screening.record import PhotoRecord, Status
from screening.uploads import Row

ELECTION_FILE: Final = ELECTION
MANIFEST_FILE: Final = MANIFEST
FindingKey = tuple[str, str, int, str]
"""Category, strength, ballot number or 0, symbol or empty."""


@dataclass(frozen=True, slots=True)
class PhotoTruth:
    """What must come out for one file.

    Attributes:
        status: its status in the record.
        error: the kind of ``PhotoErrorKind``, or empty.
        findings: its findings.
    """

    status: str
    error: str
    findings: Counter[FindingKey]


def read_truth(path: Path, voice: Voice) -> dict[str, PhotoTruth]:
    """The key: file below the uploads' folder -> its truth.

    Raises:
        DemoFilesMissingError: it is not there.
    """
    try:
        photos = json.loads(path.read_text(encoding="utf-8"))["photos"]
    except OSError as error:
        raise DemoFilesMissingError(voice(texts.NO_FIXTURES, path=path)) from error
    return {photo["path"]: _truth_of(photo) for photo in photos}


def _truth_of(photo: Mapping[str, Any]) -> PhotoTruth:
    # The key says what a copy shows as well; in a scan the findings stand at the first file with these bytes.
    findings = photo["findings"] if photo["status"] == Status.OK else ()
    return PhotoTruth(photo["status"], photo.get("error", ""), Counter(map(_key, findings)))


class Outcomes:
    """A sink that keeps, for each file, what the key speaks of.

    Args:
        root: what every path begins with.

    Attributes:
        files: as the key has them.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self.files: dict[str, PhotoTruth] = {}

    def write(self, row: Row, record: PhotoRecord) -> None:  # noqa: ARG002 - the record says all
        """Keep what matters of a record."""
        found = Counter(
            (each.category.value, each.strength.value, each.ticket, each.symbol) for each in record.findings
        )
        error = record.error_kind[0].value if record.error_kind else ""
        self.files[record.path.removeprefix(self._root)] = PhotoTruth(record.status.value, error, found)


class Demo:
    """One showing of the demo.

    Args:
        voice: in which language.

    Attributes:
        outcomes: to be among the sinks of the run that is shown.

    Raises:
        DemoFilesMissingError: the files of the demo are not there.
    """

    def __init__(self, voice: Voice) -> None:
        self._voice, self._truth = voice, read_truth(TRUTH, voice)
        self.outcomes = Outcomes(f"{UPLOADS.as_posix()}/")

    def show(self, run: Run, reasons: bool) -> int:
        """Scan, print what was found and how it compares; the exit code, 0 only where nothing differs."""
        run.notes.print(self._voice(texts.DEMO_TITLE))
        done = run([str(UPLOADS)])
        print_done(run, done, reasons, f"{UPLOADS.as_posix()}/")
        if done.outcome.summary.interrupted:
            return EXIT_INTERRUPTED
        different = differences(self._truth, self.outcomes.files, self._voice)
        if not different:
            count = sum(photo.findings.total() for photo in self._truth.values())
            run.notes.print(self._voice(texts.DEMO_EQUAL, count=count, files=len(self._truth)))
            return 0
        run.notes.print(self._voice(texts.DEMO_DIFFERENT, count=len(different)))
        for line in different:
            run.notes.print(f"  - {line}")
        return 1


def differences(truth: Mapping[str, PhotoTruth], got: Mapping[str, PhotoTruth], voice: Voice) -> list[str]:
    """Each difference in words, by file; nothing where the two are equal."""
    lines = []
    for path in sorted(truth.keys() | got.keys()):
        lines += [f"{path}: {said}" for said in _of_file(truth.get(path), got.get(path), voice)]
    return lines


def _of_file(expected: PhotoTruth | None, got: PhotoTruth | None, voice: Voice) -> Iterator[str]:
    shown = [_status(one, voice) for one in (got, expected)]
    if shown[0] != shown[1]:
        yield voice(texts.DEMO_STATUS, got=shown[0], expected=shown[1])
    wanted = expected.findings if expected else Counter[FindingKey]()
    found = got.findings if got else Counter[FindingKey]()
    for message, keys in ((texts.DEMO_MISSED, wanted - found), (texts.DEMO_EXTRA, found - wanted)):
        for key in sorted(keys.elements()):
            yield f"{voice(message)}: {_in_words(key, voice)}"


def _status(one: PhotoTruth | None, voice: Voice) -> str:
    if one is None:
        return voice(texts.NONE)
    return voice(texts.STATUSES[one.status]) + (f" ({one.error})" if one.error else "")


def _in_words(key: FindingKey, voice: Voice) -> str:
    category, strength, ticket, symbol = key
    none = voice(texts.NONE)
    return voice(
        texts.DEMO_FINDING,
        category=voice(texts.CATEGORIES[category]),
        strength=voice(texts.STRENGTHS[strength]),
        ticket=ticket or none,
        symbol=voice.either(SYMBOLS[symbol].indonesian, SYMBOLS[symbol].english) if symbol else none,
    )


def _key(finding: Mapping[str, Any]) -> FindingKey:
    return finding["category"], finding["strength"], finding["ticket"] or 0, finding["symbol"] or ""
