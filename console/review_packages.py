"""Packages of cases as the review page asks for them: each in a folder of its own, none is overwritten."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Protocol

from candidates.election import Election
from casework.audit import AuditLog
from casework.checkpoint import key_file_beside
from casework.database import Database
from casework.deadlines import NO_HOLIDAYS, Holidays
from casework.export.package import Order, export
from casework.export.reading import read_dossier
from console import review_texts as texts
from console.export import candidate_names, model_files, references_of
from console.export_painter import RecordPainter
from netra.errors import OutputError, UsageError
from netra.zones import Zone
from review.doors import Package

FOLDER: Final = "paket"
_LONGEST: Final = 80  # of a name's part that comes from a case's number, which has 64 signs at most
_MOST_A_SECOND: Final = 100


class ElectionFile(Protocol):
    """An election file whose reference photos can be shown beside faces."""

    @property
    def election_id(self) -> str:
        """Of the election."""

    def election(self) -> Election:
        """The election as its file is now."""


def _now() -> datetime:
    return datetime.now(UTC)


class PackageFolder:
    """A ``review.doors.Packages`` that writes into one folder.

    Args:
        database: of the cases.
        folder: where packages are put; ``Path()`` means a folder ``paket`` beside the database.
        elections: election files that are at hand.
        zone: of the office.
        holidays: of the office, for the last days that a package names.
        clock: this moment, aware.
    """

    def __init__(
        self,
        database: Database,
        folder: Path,
        elections: Sequence[ElectionFile] = (),
        zone: Zone = Zone.WIB,
        holidays: Holidays = NO_HOLIDAYS,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._database, self._elections, self._zone, self._holidays = database, tuple(elections), zone, holidays
        self._clock = clock
        beside = next((file.parent for file in database.files), Path())
        self.folder = folder if folder != Path() else beside / FOLDER

    def export(self, number: str, actor: str, reason: str, *, allow_missing: bool) -> Package:
        """Write a case's package.

        Raises:
            UsageError: no such case, no reason, originals are missing or changed, or the database lies on a server,
                whose key no page knows.
            OutputError: it cannot be written; nothing of it is left.
            DatabaseError: the database cannot be used.
        """
        if not reason.strip():
            raise UsageError(texts.NO_REASON.filled(number=number))
        at = self._clock().astimezone(self._zone.clock)
        with self._database.read() as connection:
            dossier = read_dossier(connection, number)
        mine = [one.election() for one in self._elections if one.election_id == dossier.election.id]
        order = Order(
            number,
            self._place(number, at),
            actor,
            reason.strip(),
            at,
            allow_missing=allow_missing,
            holidays=self._holidays,
            models=model_files(),
        )
        painter = RecordPainter(candidate_names(dossier), references_of(mine))
        done = export(self._database, order, painter, self._key_file(), self._log_of)
        return Package(done.place, len(done.dossier.photos), len(done.dossier.findings), done.missing)

    def _place(self, number: str, at: datetime) -> Path:
        """A folder that is not there yet, named after the case and the office's time."""
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(texts.NO_PACKAGE_FOLDER.filled(path=self.folder, reason=error.strerror)) from error
        name = f"{folder_name(number)}-{at:%Y%m%d-%H%M%S}"
        wanted = (name, *(f"{name}-{count}" for count in range(2, _MOST_A_SECOND)))
        for each in wanted:
            if not (self.folder / each).exists():
                return (self.folder / each).absolute()
        raise OutputError(texts.TOO_MANY_PACKAGES.filled(path=self.folder / name))

    def _key_file(self) -> Path:
        for file in self._database.files:
            return key_file_beside(file)
        raise UsageError(texts.NO_KEY.filled(name=self._database.name))

    def _log_of(self, connection: Any) -> AuditLog:
        return AuditLog(connection, lambda: self._clock().astimezone(self._zone.clock))


def folder_name(number: str) -> str:
    """A case's number as the name of a folder on every system: letters, digits, underscores and hyphens.

    Two numbers may get the same name; the time behind it and ``_place`` keep their folders apart.
    """
    plain = re.sub(r"[^A-Za-z0-9_]+", "-", number).strip("-")[:_LONGEST].rstrip("-")
    return f"paket-{plain}" if plain else "paket"  # never a name that Windows keeps for itself, such as CON
