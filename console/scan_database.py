"""``netra scan --db``: the case database beside the other results of a scan."""

import getpass
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from candidates.gallery import Gallery
from casework.database import Database, open_database
from casework.election_places import keep_election_place
from casework.runs import ScanAbout
from casework.store import CaseScan
from console.prepare import Contest
from screening.keys import scan_keys
from screening.reading import ScanSettings


@dataclass(frozen=True, slots=True)
class CaseOutput:
    """The database that a scan writes into.

    Attributes:
        place: a file, or an address; empty for none.
        operator: who scans, for the audit log; empty for the user of the computer.
        rehash: read every file, whatever its stamp says.
    """

    place: str = ""
    operator: str = ""
    rehash: bool = False

    def open(self, stack: ExitStack) -> tuple[Database, ...]:
        """The database, made where there is none; none where none was asked for.

        Raises:
            DatabaseError: it cannot be used.
            UsageError: its address is none.
        """
        if not self.place:
            return ()
        return (stack.enter_context(open_database(self.place, create=True)),)

    def begin(
        self,
        stack: ExitStack,
        databases: Sequence[Database],
        contest: Contest,
        gallery: Gallery,
        settings: ScanSettings,
        roots: Sequence[str],
    ) -> tuple[CaseScan, ...]:
        """A scan into each of them.

        Raises:
            DatabaseError: another scan is writing, or it cannot be written.
        """
        if not databases:
            return ()
        keys = scan_keys(contest.election, gallery, contest.rulebook, settings)
        told: dict[str, Any] = {"hands": settings.hands.value, "workers": settings.workers, "rehash": self.rehash}
        about = ScanAbout(
            contest.election, gallery, contest.rulebook, keys, tuple(roots), told, self.operator or getpass.getuser()
        )
        scans = tuple(
            stack.enter_context(CaseScan(one, about, settings.limits.max_bytes, rehash=self.rehash))
            for one in databases
        )
        for one in databases:
            with one.begin() as connection:
                keep_election_place(connection, contest.election.id, contest.path)
        return scans
