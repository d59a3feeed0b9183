"""What the page works with; made once, when it is started."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from casework.audit import AuditLog
from casework.clock import stamp
from casework.database import Database
from casework.deadlines import NO_HOLIDAYS, Holidays
from netra.zones import Zone
from review.doors import Enrolment, Packages, Pictures
from review.tries import Tries


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Office:
    """One office's page.

    Attributes:
        database: the case database.
        pictures: pixels of its photos.
        packages: writes exports.
        enrolments: election files whose reference photos can be kept from the page.
        zone: of the office.
        holidays: of the office, for deadlines.
        setup_code: what whoever makes the first account has to know; printed where the page was started.
        another_supervisor: the code makes one though there are accounts: nobody who could help can log in.
        clock: this moment, aware.
        code_tries: wrong tries at the set-up code.
        name_tries: at names that nobody has.
    """

    database: Database
    pictures: Pictures
    packages: Packages
    enrolments: tuple[Enrolment, ...] = ()
    zone: Zone = Zone.WIB
    holidays: Holidays = field(default_factory=lambda: NO_HOLIDAYS)
    setup_code: str = ""
    another_supervisor: bool = False
    clock: Callable[[], datetime] = _now
    code_tries: Tries = field(default_factory=Tries)
    name_tries: Tries = field(default_factory=Tries)

    @property
    def today(self) -> date:
        """The office's day."""
        return self.zone.day(self.clock())

    @property
    def now(self) -> str:
        """This moment as the tables have it: ISO 8601 in UTC."""
        return stamp(self.clock())

    def log_of(self, connection: Any) -> AuditLog:
        """The audit log of a transaction, with the office's clock."""
        return AuditLog(connection, lambda: self.clock().astimezone(self.zone.clock))
