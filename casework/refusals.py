"""What a database refuses, as an error for the user: which file, what is wrong, and what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy.exc import DBAPIError

from netra.both import Both, Message
from netra.errors import DatabaseError, DatabaseErrorKind

Kind = DatabaseErrorKind

_SQLITE: Final = {
    sqlite3.SQLITE_BUSY: Kind.LOCKED,
    sqlite3.SQLITE_LOCKED: Kind.LOCKED,
    sqlite3.SQLITE_FULL: Kind.FULL,
    sqlite3.SQLITE_READONLY: Kind.READ_ONLY,
    sqlite3.SQLITE_PERM: Kind.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: Kind.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Kind.DAMAGED,
    sqlite3.SQLITE_NOTADB: Kind.NOT_A_DATABASE,
    sqlite3.SQLITE_IOERR: Kind.FAILED,
    sqlite3.SQLITE_NOMEM: Kind.FAILED,
    sqlite3.SQLITE_PROTOCOL: Kind.LOCKED,
}
"""By primary result code, https://sqlite.org/rescode.html; what is missing here is a mistake of this program."""

_POSTGRESQL: Final = (
    ("53100", Kind.FULL),  # disk_full
    ("55P03", Kind.LOCKED),  # lock_not_available
    ("40P01", Kind.LOCKED),  # deadlock_detected
    ("42501", Kind.READ_ONLY),  # insufficient_privilege
    ("25006", Kind.READ_ONLY),  # read_only_sql_transaction
    ("XX001", Kind.DAMAGED),  # data_corrupted
    ("XX002", Kind.DAMAGED),  # index_corrupted
    ("28", Kind.UNREACHABLE),  # invalid authorization
    ("3D", Kind.UNREACHABLE),  # no such database
    ("08", Kind.UNREACHABLE),  # connection exceptions
    ("57P", Kind.UNREACHABLE),  # shut down, or not yet up
    ("53", Kind.FAILED),  # insufficient resources
    ("58", Kind.FAILED),  # system errors
)
"""By SQLSTATE or its beginning, https://www.postgresql.org/docs/current/errcodes-appendix.html; the first that fits."""

_SAID: Final = {
    Kind.MISSING: Both(
        "basis data ini tidak ada. Periksa namanya; `netra scan --db` membuatnya.",
        "there is no such database. Check its name; `netra scan --db` makes one.",
    ),
    Kind.NOT_A_DATABASE: Both(
        "ini bukan basis data. Sebutkan basis data perkara, atau berkas baru untuknya.",
        "this is no database. Name the case database, or a new file for one.",
    ),
    Kind.FOREIGN: Both(
        "basis data ini milik program lain. Sebutkan basis data perkara netra, atau berkas baru untuknya.",
        "this database belongs to another program. Name netra's case database, or a new file for one.",
    ),
    Kind.NEWER: Both(
        "basis data ini dibuat oleh netra yang lebih baru. Pakai versi itu; tidak ada yang berubah.",
        "this database was made by a newer netra. Use that version; nothing was changed.",
    ),
    Kind.NETWORK_DRIVE: Both(
        "terletak di disk jaringan, tempat berkas basis data dapat rusak bila dua komputer menulis bersamaan. Taruh di "
        "disk komputer ini, atau pakai PostgreSQL.",
        "lies on a network drive, where a database file can be damaged by two computers writing at once. Put it on a "
        "disk of this computer, or use PostgreSQL.",
    ),
    Kind.NO_DRIVER: Both(
        'PostgreSQL memerlukan pustaka yang belum terpasang. Pasang netra dengan tambahan "postgresql".',
        'PostgreSQL needs a library that is not installed. Install netra with its extra "postgresql".',
    ),
    Kind.LOCKED: Both(
        "program lain sedang menulis ke basis data ini. Tunggu sampai selesai, lalu coba lagi; tidak ada yang berubah.",
        "another program is writing into this database. Wait until it has finished, and try again; nothing was "
        "changed.",
    ),
    Kind.RUNNING: Both(
        "pemindaian lain sedang menulis ke basis data ini. Tunggu sampai selesai, atau hentikan; tidak ada yang "
        "berubah.",
        "another scan is writing into this database. Wait until it has finished, or stop it; nothing was changed.",
    ),
    Kind.DAMAGED: Both(
        "basis data ini rusak. Tidak ada yang diperbaiki atau diubah: biarkan berkasnya apa adanya, periksa disknya, "
        "dan lanjutkan dari salinan cadangan.",
        "this database is damaged. Nothing was repaired or changed: keep the file as it is, check the disk, and go on "
        "from a backup.",
    ),
    Kind.READ_ONLY: Both(
        "basis data ini tidak dapat ditulisi. netra perlu menulis berkas dan foldernya: periksa milik siapa keduanya, "
        "atau salin basis datanya ke folder lain.",
        "this database cannot be written to. netra needs to write the file and its folder: see whose they are, or copy "
        "the database to another folder.",
    ),
    Kind.FULL: Both(
        "disk sudah penuh. Yang tertulis sebelumnya aman; kosongkan ruang, lalu ulangi.",
        "there is no room left on the disk. What was written before is safe; make room and run the same again.",
    ),
    Kind.UNREACHABLE: Both(
        "server basis data tidak mengizinkan netra masuk. Pastikan server berjalan, dan periksa alamat, nama, dan kata "
        "sandinya.",
        "the database server does not let netra in. See that it runs, and check address, name and password.",
    ),
    Kind.FAILED: Both(
        "sistem tidak dapat membaca atau menulis basis data ini. Yang tertulis sebelumnya aman; periksa disknya, lalu "
        "ulangi.",
        "the system could not read or write this database. What was written before is safe; check the disk, and run "
        "the same again.",
    ),
}


_REFUSED: Final = Message("{name}: {said}{detail}", "{name}: {said}{detail}")


def refused(name: str, kind: DatabaseErrorKind, detail: str = "") -> DatabaseError:
    """The error for one kind of trouble.

    Args:
        name: the file, or the address without its password.
        kind: what is wrong.
        detail: what the database itself says, for people who know it.
    """
    said = " ".join(detail.split())
    return DatabaseError(kind, _REFUSED.filled(name=name, said=_SAID[kind], detail=f" ({said})" if said else ""))


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turn what the database refuses inside into an error for the user; mistakes of this program stay what they are.

    Raises:
        DatabaseError: one of the kinds above.
    """
    try:
        yield
    except DBAPIError as error:
        kind = kind_of(error.orig)
        if kind is None:
            raise
        raise refused(name, kind, str(error.orig)) from error
    except sqlite3.Error as error:
        kind = kind_of(error)
        if kind is None:
            raise
        raise refused(name, kind, str(error)) from error


def kind_of(error: Any) -> DatabaseErrorKind | None:
    """What a driver's error means to the user; None where it is a mistake of this program."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return None if code is None else _SQLITE.get(code & 0xFF)
    state = getattr(error, "sqlstate", None)
    if state is None:  # psycopg: no answer of a server, so there was none
        return Kind.UNREACHABLE if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None
    return next((kind for start, kind in _POSTGRESQL if state.startswith(start)), None)
