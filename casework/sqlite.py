"""A case database in one file: how it is opened, and what is looked at before anything is written."""

import os
import re
import sqlite3
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event

from casework.refusals import refused
from netra.errors import DatabaseErrorKind as Kind

APPLICATION: Final = int.from_bytes(b"ntra", "big")
"""Says in the file's header whose it is (https://sqlite.org/fileformat2.html, offset 68)."""

_HEADER: Final = b"SQLite format 3\0"
_NETWORK: Final = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|ncpfs|afs|coda|9p|ceph|glusterfs|lustre|gpfs|beegfs|webdav|davfs2?"
    r"|fuse\.(sshfs|rclone|gcsfuse|s3fs|davfs2?|glusterfs|ceph|curlftpfs)"
)
_AT_OPENING: Final = (
    "PRAGMA trusted_schema=OFF",  # no function of the schema runs by itself in a file that somebody else changed
    "PRAGMA cell_size_check=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # what is deleted at the end of its time is overwritten, not left in free pages
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a decision that was confirmed is on the disk, whatever happens to the power
)


def check_place(path: Path, *, create: bool) -> None:
    """See before opening that this can be a case database.

    Raises:
        DatabaseError: it is missing and may not be made, it is no database, or it lies on a network drive.
    """
    name = str(path)
    if drive := network_drive(path):
        raise refused(name, Kind.NETWORK_DRIVE, drive)
    if path.is_dir():
        raise refused(name, Kind.NOT_A_DATABASE, "it is a folder")
    try:
        with path.open("rb") as file:
            start = file.read(len(_HEADER))
    except FileNotFoundError:
        if not create:
            raise refused(name, Kind.MISSING) from None
        _make(path)
        return
    except OSError as error:
        raise refused(name, Kind.READ_ONLY, error.strerror or str(error)) from error
    if start and start != _HEADER:
        raise refused(name, Kind.NOT_A_DATABASE)
    if not start and not create:
        raise refused(name, Kind.NOT_A_DATABASE, "it is empty")


def _make(path: Path) -> None:
    """An empty file that its owner alone may read: it will say who uploaded what."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise refused(str(path), Kind.READ_ONLY, error.strerror or str(error)) from error


def network_drive(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """The kind of network drive a file lies on; empty for a disk, and where that cannot be told.

    Args:
        path: of the file, which need not be there yet.
        mounts: where Linux tells what is mounted.
    """
    if str(path).startswith(("\\\\", "//")):
        return "UNC"
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
        place = path.resolve()
    except OSError:
        return ""
    found = (0, "")
    for line in lines:
        before, _, after = line.partition(" - ")
        point = Path(re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), before.split()[4]))
        if place.is_relative_to(point) and len(point.parts) >= found[0]:
            found = len(point.parts), after.split()[0]
    return found[1] if _NETWORK.fullmatch(found[1]) else ""


def sqlite_engine(path: Path, wait_s: float) -> Engine:
    """Connections to a file; transactions begin where SQLAlchemy says so and nowhere else."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        connect_args={"timeout": wait_s, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None
        for statement in _AT_OPENING:
            connection.execute(statement)

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("netra_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def check_content(connection: Connection, name: str, *, thorough: bool) -> None:
    """See that an opened file is netra's and whole.

    Args:
        connection: to it.
        name: what messages call it.
        thorough: whether every page is looked at.

    Raises:
        DatabaseError: it belongs to another program, or is damaged.
    """
    whose = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema").scalar_one()
    if whose != APPLICATION and (whose or tables):
        raise refused(name, Kind.FOREIGN)
    if thorough:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
        if found != "ok":
            raise refused(name, Kind.DAMAGED, str(found))


def mark(connection: Connection) -> None:
    """Say in the header whose file this is."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION}")
