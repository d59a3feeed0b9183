"""One scan at a time writes into a database: a row says which, and whether it still lives can be told.

On the same Linux computer the process is looked up; elsewhere its last sign of life counts, given with every batch.
A scan that was taken for dead and wakes up again (a laptop that slept) finds the row to be another's and stops.
"""

import json
import os
import platform
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from casework.clock import moment, now
from casework.refusals import refused
from casework.tables import about
from netra.errors import DatabaseErrorKind

NAME: Final = "scan"
SILENT_FOR: Final = timedelta(minutes=30)
"""A scan on another computer that gave no sign for so long is taken for dead: no photo takes a tenth of that."""


_HERE: Final = set[str]()
"""Of scans in this process: one whose end could not be written, on a full disk, has ended all the same."""


@dataclass(frozen=True, slots=True)
class Sign:
    """The last sign of life of the scan that holds the lock.

    Attributes:
        lives: the scan is still there, as far as can be told from here.
        alive_at: when it was given, ISO 8601 in UTC.
        run: number of its run, or 0 where none was told.
        read: photos it has read or known so far.
        written: files it has written results of.
    """

    lives: bool
    alive_at: str
    run: int = 0
    read: int = 0
    written: int = 0


def last_sign(connection: Connection) -> tuple[Sign, ...]:
    """Of the scan that is writing, or of one that died; none where the last one ended as it should."""
    held = _held(connection)
    if not held:
        return ()
    told = (int(held.get(name, 0)) for name in ("run", "read", "written"))
    return (Sign(_lives(held), str(held["alive_at"]), *told),)


class ScanLock:
    """The right to write a scan's results.

    Args:
        database: what messages call it.
    """

    def __init__(self, database: str) -> None:
        self._database = database
        self._told: dict[str, int] = {}
        self._mine = {"pid": os.getpid(), "host": _host(), "began": _began(os.getpid()), "token": secrets.token_hex(8)}

    def take(self, connection: Connection) -> None:
        """Take it, also from a scan that is dead.

        Raises:
            DatabaseError: another scan lives; RUNNING.
        """
        held = _held(connection)
        if held and _lives(held):
            who = f"process {held['pid']} on {held['host'].split(' ')[0]}, last sign of life {held['alive_at']}"
            raise refused(self._database, DatabaseErrorKind.RUNNING, who)
        connection.execute(delete(about).where(about.c.name == NAME))
        connection.execute(insert(about).values(name=NAME, value=self._text()))
        _HERE.add(str(self._mine["token"]))

    def renew(self, connection: Connection, **told: int) -> None:
        """Give a sign of life, in the transaction of a batch, with what ``Sign`` has besides.

        Raises:
            DatabaseError: another scan took it meanwhile; RUNNING.
        """
        held = _held(connection)
        if held.get("token") != self._mine["token"]:
            raise refused(self._database, DatabaseErrorKind.RUNNING, "it took this one for dead")
        self._told |= told
        connection.execute(update(about).where(about.c.name == NAME).values(value=self._text()))

    def leave(self, connection: Connection) -> None:
        """Give it back."""
        if _held(connection).get("token") == self._mine["token"]:
            connection.execute(delete(about).where(about.c.name == NAME))

    def forget(self) -> None:
        """This scan has ended, whether or not that could be written."""
        _HERE.discard(str(self._mine["token"]))

    def _text(self) -> str:
        return json.dumps(self._mine | self._told | {"alive_at": now()}, sort_keys=True)


def _held(connection: Connection) -> dict[str, Any]:
    text = connection.execute(select(about.c.value).where(about.c.name == NAME)).scalar()
    return dict(json.loads(text)) if text else {}


def _lives(held: dict[str, Any]) -> bool:
    if held["host"] != _host() or not held["began"]:
        return datetime.now(UTC) - moment(held["alive_at"]) < SILENT_FOR
    if held["pid"] == os.getpid():
        return held["token"] in _HERE
    return _began(int(held["pid"])) == str(held["began"])


def _host() -> str:
    """This computer since it was started, and the space in which process numbers count."""
    try:
        started = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        started = space = ""
    return f"{platform.node() or '?'} {started} {space}"


def _began(pid: int) -> str:
    """When a process was started, in ticks of Linux; empty where there is no such process, and on other systems."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] in "ZX" else fields[19]  # proc(5): state is field 3, starttime field 22
