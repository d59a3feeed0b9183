"""Reviewers at work on a small filled database: each step a transaction of its own, a second after the one before."""

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import select

from casework.audit import AuditLog
from casework.clock import moment, stamp
from casework.database import Database, open_database
from casework.decisions import Decision, Verdict
from casework.looks import Look, answer_look, next_look, open_look
from casework.queries import Filter
from casework.review_settings import set_settings
from casework.reviewing import ask_another, decide_reviewed, is_open_for, undo_own, visible_decisions
from casework.tables import metadata
from tests.review.office_sample import fill_office

FITTING = {
    Verdict.CONFIRMED: "as-shown",
    Verdict.REJECTED: "not-the-candidate",
    Verdict.CANNOT_TELL: "face-unclear",
    Verdict.IGNORED: "duplicate",
}
ANY = Filter()
NEVER = 0.999
"""Of ``draw``: no look is planted."""


@cache
def _filled() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kasus.db"
        with open_database(path, create=True) as database:
            fill_office(database)
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path.read_bytes()


@contextmanager
def desk_in(folder: Path) -> Iterator["Desk"]:
    """A desk over a file that is filled as ``tests.review.office_sample`` says; nothing is planted or drawn."""
    path = folder / "kasus.db"
    path.write_bytes(_filled())
    with open_database(path, create=False, check=False) as database:
        made = Desk(database)
        made.settings()
        yield made


@dataclass
class Desk:
    """Where reviewers work.

    Attributes:
        database: filled.
        at: this moment.
        draws: what the next draws give; then ``NEVER``.
    """

    database: Database
    at: str = "2024-11-04T02:00:00.000000Z"
    draws: list[float] = field(default_factory=list)

    def tick(self, seconds: float = 1) -> str:
        self.at = stamp(moment(self.at) + timedelta(seconds=seconds))
        return self.at

    def settings(self, control_share: float = 0.0, second_share: float = 0.0) -> None:
        with self.database.begin() as connection:
            set_settings(
                connection, AuditLog(connection), "sinta", control_share=control_share, second_share=second_share
            )

    def open(self, finding: int, who: str) -> Look:
        with self.database.begin() as connection:
            return open_look(connection, AuditLog(connection), finding, who, self.tick())

    def next(self, who: str, wanted: Filter = ANY) -> tuple[Look, ...]:
        with self.database.begin() as connection:
            return next_look(connection, AuditLog(connection), who, wanted, self.tick(), self._draw)

    def _draw(self) -> float:
        return self.draws.pop(0) if self.draws else NEVER

    def answer(self, look: Look, person: str = "same", symbol: str = "one") -> Look:
        with self.database.begin() as connection:
            log = AuditLog(connection)
            said = person if look.person else "", symbol if look.hand else ""
            return answer_look(connection, log, look.id, look.reviewer, *said, self.tick())

    def look(self, finding: int, who: str, person: str = "same", symbol: str = "one") -> Look:
        look = self.open(finding, who)
        return look if look.answered else self.answer(look, person, symbol)

    def decide(self, finding: int, who: str, verdict: Verdict, reason: str = "", note: str = "") -> Decision:
        with self.database.begin() as connection:
            log, why = AuditLog(connection), reason or FITTING[verdict]
            return decide_reviewed(connection, log, finding, who, verdict, why, note, self.tick())

    def say(self, finding: int, who: str, verdict: Verdict, reason: str = "") -> Decision:
        """Look, and decide."""
        self.look(finding, who)
        return self.decide(finding, who, verdict, reason)

    def undo(self, finding: int, who: str) -> Decision:
        with self.database.begin() as connection:
            return undo_own(connection, AuditLog(connection), finding, who, self.tick())

    def ask(self, finding: int, why: str = "berbeda pendapat") -> None:
        with self.database.begin() as connection:
            ask_another(connection, AuditLog(connection), finding, "sinta", why)

    def is_open(self, finding: int, who: str) -> bool:
        with self.database.read() as connection:
            return is_open_for(connection, finding, who)

    def seen(self, finding: int, who: str) -> list[tuple[str, Verdict]]:
        """Whose words somebody may see, and which."""
        with self.database.read() as connection:
            return [(one.reviewer, one.verdict) for one in visible_decisions(connection, finding, who)]

    def row(self, finding: int) -> dict[str, Any]:
        return next(row for row in self.rows("findings") if row["id"] == finding)

    def rows(self, table: str) -> list[dict[str, Any]]:
        found = metadata.tables[table]
        with self.database.read() as connection:
            query = select(found).order_by(*found.primary_key.columns)
            return [dict(row._asdict()) for row in connection.execute(query)]

    def actions(self) -> Sequence[str]:
        with self.database.read() as connection:
            return [str(entry.draft.action) for entry in AuditLog(connection).entries()]
