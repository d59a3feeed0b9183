"""Where an officer works: which database, who, in which time zone and language. All commands of case files have one."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from rich.console import Console

from casework.audit import AuditLog
from casework.case_file import CaseError
from casework.cases import Cases
from casework.clock import stamp
from casework.database import Database, open_database
from console import case_texts
from console.session import Session
from console.voice import Voice
from netra.errors import UsageError
from netra.zones import Zone


@dataclass(frozen=True, slots=True)
class Desk:
    """Where an officer works.

    Attributes:
        db: the database as named.
        actor: who works, for the audit log.
        zone: of the office: what day it is.
        voice: says everything.
        quiet: no notes beside the data.
        now: this moment.
    """

    db: str
    actor: str
    zone: Zone
    voice: Voice
    quiet: bool
    now: datetime

    @classmethod
    def at(cls, session: Session, db: str, operator: str, zone: str) -> "Desk":
        """The desk of a command."""
        return cls(db, operator.strip() or _user(), Zone(zone), session.voice, session.quiet, datetime.now(UTC))

    @property
    def today(self) -> date:
        """The office's day."""
        return self.zone.day(self.now)

    def log_of(self, connection: Any) -> AuditLog:
        """The audit log of a transaction, with the office's clock."""
        return AuditLog(connection, lambda: datetime.now(UTC).astimezone(self.zone.clock))

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The database, opened; what a case refuses is told in the officer's language.

        Raises:
            UsageError: something cannot be done with a case.
            DatabaseError: the database cannot be used.
        """
        with open_database(self.db, create=False) as database, self.telling():
            yield database

    @contextmanager
    def cases(self) -> Iterator[Cases]:
        """The cases, in one transaction that may write."""
        with self.database() as database, database.begin() as connection:
            yield Cases(connection, self.log_of(connection), self.actor, self.today, stamp(self.now))

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn what a case refuses into a sentence.

        Raises:
            UsageError: the sentence.
        """
        try:
            yield
        except CaseError as error:
            values = {name: self._said(name, value) for name, value in error.values.items()}
            raise UsageError(self.voice(case_texts.REFUSALS[error.kind.value], **values)) from error

    def _said(self, name: str, value: str) -> str:
        if name in ("field", "other"):
            return flag(value)
        return ", ".join(map(flag, value.split(","))) if name == "fields" else value

    def say(self, text: str) -> None:
        """A note beside the data, on standard error."""
        if not self.quiet:
            Console(stderr=True, highlight=False, markup=False).print(text, soft_wrap=True)


def _user() -> str:
    """Who is logged in; a computer need not know."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name in the environment and none in the system's list of users
        return "?"


def flag(field: str) -> str:
    """The option of a field."""
    return "--" + field.replace("_", "-")
