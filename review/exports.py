"""Packages that are being written: one at a time, in a thread of its own, so that no reload of a page stops it.

What is under way is kept in memory; where a finished package lies is written into the database. The program ends after
its thread has: a package is whole, or is not there.
"""

import threading
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from weakref import WeakKeyDictionary

from casework.case_list import WrittenPackage, note_package
from casework.database import Database
from netra.both import Both
from netra.errors import NetraError
from review.doors import Package
from review.office import Office


class ExportState(StrEnum):
    """How far an export is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Export:
    """One export.

    Attributes:
        case_id, number: of the case.
        actor, reason: who, and why.
        allow_missing: whether originals may be missing.
        started_at: ISO 8601 in UTC.
        state: how far it is.
        trouble: why it failed; nothing where it did not, or where nobody knows.
        packages: what was written, once it is.
    """

    case_id: int
    number: str
    actor: str
    reason: str
    allow_missing: bool
    started_at: str
    state: ExportState = ExportState.RUNNING
    trouble: tuple[Both, ...] = ()
    packages: tuple[WrittenPackage, ...] = ()


class Exports:
    """The exports of a database since the page was started; the last one of each case."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: dict[int, Export] = {}
        self._threads: dict[int, threading.Thread] = {}

    def start(self, office: Office, export: Export) -> tuple[Export, ...]:
        """Begin to write a package; the one that is under way where there is one, which is then not begun."""
        with self._lock:
            if running := self.running:
                return running
            self._last[export.case_id] = export
            thread = threading.Thread(target=self._write, args=(office, export), name=f"export-{export.case_id}")
            self._threads[export.case_id] = thread
            thread.start()
        return ()

    @property
    def running(self) -> tuple[Export, ...]:
        """What is being written; nothing or one."""
        return tuple(one for one in self._last.values() if one.state is ExportState.RUNNING)

    def of(self, case_id: int) -> tuple[Export, ...]:
        """The last export of a case; none where there was none since the page was started."""
        return (self._last[case_id],) if case_id in self._last else ()

    def wait(self, case_id: int, seconds: float) -> None:
        """Until the export of a case has ended."""
        self._threads[case_id].join(seconds)

    def _write(self, office: Office, export: Export) -> None:
        ended = replace(export, state=ExportState.FAILED)
        try:
            package = office.packages.export(
                export.number, export.actor, export.reason, allow_missing=export.allow_missing
            )
            written = _written(office, export, package)
            ended = replace(export, state=ExportState.DONE, packages=(written,))
            with office.database.begin() as connection:
                note_package(connection, export.case_id, written)
        except NetraError as error:
            ended = replace(ended, trouble=(error.text,))
        finally:  # also where the program has a mistake: its trace is printed, and the page does not wait for ever
            self._last[export.case_id] = ended


def _written(office: Office, export: Export, package: Package) -> WrittenPackage:
    return WrittenPackage(
        str(package.place), office.now, export.actor, package.photos, package.findings, package.missing
    )


_OF: Final[WeakKeyDictionary[Database, Exports]] = WeakKeyDictionary()
_MAKING = threading.Lock()


def exports_of(database: Database) -> Exports:
    """The exports of a database."""
    with _MAKING:
        return _OF.setdefault(database, Exports())
