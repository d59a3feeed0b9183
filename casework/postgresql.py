"""A case database on a PostgreSQL server, for offices with several officers at once."""

import importlib.util
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from casework.refusals import refused
from netra.errors import DatabaseErrorKind as Kind
from netra.errors import UsageError

WRITER: Final = 0x6E74_7261
"""The number of the advisory lock that each writer holds: one writes at a time, as into a file."""


def server_url(address: str) -> URL:
    """Read an address ``postgresql://name:password@host/database``.

    Raises:
        UsageError: it is no address, or of another kind of database.
        DatabaseError: the library for PostgreSQL is not installed.
    """
    try:
        url = make_url(address)
    except (ArgumentError, ValueError) as error:
        scheme = address.partition("://")[0]
        raise UsageError(f"{scheme}://...: this is no address. Write postgresql://name@host/database.") from error
    shown = url.render_as_string(hide_password=True)
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise UsageError(f"{shown}: expected a file, or an address that begins with postgresql://")
    if not url.database:
        raise UsageError(f"{shown}: the address names no database. Write postgresql://name@host/database.")
    if importlib.util.find_spec("psycopg") is None:
        raise refused(shown, Kind.NO_DRIVER)
    return url.set(drivername="postgresql+psycopg")


def server_engine(url: URL, wait_s: float) -> Engine:
    """Connections to a server; a connection that was lost meanwhile is made anew."""
    arguments: dict[str, Any] = {
        "connect_timeout": max(2, round(wait_s)),
        "application_name": "netra",
        "options": f"-c lock_timeout={max(1, round(wait_s * 1000))} -c timezone=UTC {url.query.get('options', '')}",
    }
    return create_engine(
        url.difference_update_query(["options"]),
        connect_args=arguments,
        pool_pre_ping=True,
    )


def wait_for_turn(connection: Connection) -> None:
    """Hold the one writer's place until the transaction ends."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITER})")
