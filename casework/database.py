"""The door to a case database: a file (SQLite) or a server (PostgreSQL).

    with open_database("netra.db", create=True) as database:
        with database.begin() as connection:  # one writer at a time; all or nothing
            ...
        with database.read() as connection:  # one moment's view, whatever is written meanwhile
            ...

Nothing is ever repaired here: a file that is damaged, foreign or newer than this program is refused and left as it is.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection, Engine, inspect, select

from casework import migrations, sqlite
from casework.postgresql import server_engine, server_url, wait_for_turn
from casework.refusals import refused, told
from casework.tables import about
from netra.errors import DatabaseErrorKind as Kind

WAIT_S: Final = 30.0
"""So long one waits for another writer: a batch of a scan is written in well under a second."""


class Database:
    """An opened case database; made by ``open_database``.

    Args:
        engine: connections to it.
        name: what messages call it: the file, or the address without its password.
        files: the path of the file, or none for a server.
    """

    def __init__(self, engine: Engine, name: str, files: tuple[Path, ...] = ()) -> None:
        self.name, self.files = name, files
        self._engine = engine
        self._writing = engine.execution_options(netra_writes=True)
        self._reading = engine if files else engine.execution_options(isolation_level="REPEATABLE READ")

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._engine.dialect.name

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction that may write: committed at the end, undone by any exception. One at a time; others wait.

        Raises:
            DatabaseError: what the database refuses; nothing of the transaction was then written.
        """
        with told(self.name), self._writing.begin() as connection:
            if not self.files:
                wait_for_turn(connection)
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A view of one moment, for reading.

        Raises:
            DatabaseError: what the database refuses.
        """
        with told(self.name), self._reading.connect() as connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Let go of it."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_database(place: str | Path, *, create: bool, wait_s: float = WAIT_S, check: bool = True) -> Database:
    """Open a case database, and bring its tables up to date.

    Args:
        place: a file, or an address ``postgresql://...``.
        create: whether a new one is made where there is none; on a server, the tables in an empty database.
        wait_s: how long to wait for another writer.
        check: whether every page of a file is looked at for damage.

    Raises:
        DatabaseError: it is missing, no database, of another program, of a newer netra, damaged, locked or cannot be
            written; or the server cannot be reached.
        UsageError: the address is none.
    """
    if isinstance(place, str) and "://" in place:
        url = server_url(place)
        name = url.set(drivername="postgresql").render_as_string(hide_password=True)
        database = Database(server_engine(url, wait_s), name)
    else:
        path = Path(place).absolute()
        sqlite.check_place(path, create=create)
        database = Database(sqlite.sqlite_engine(path, wait_s), str(place), (path,))
    with ExitStack() as unless_opened:
        unless_opened.callback(database.close)
        _bring_up_to_date(database, create=create, check=check)
        unless_opened.pop_all()
    return database


def _bring_up_to_date(database: Database, *, create: bool, check: bool) -> None:
    with database.read() as connection:
        if database.files:
            sqlite.check_content(connection, database.name, thorough=check)
        revision = _revision(connection, database.name)
    if revision == migrations.REVISIONS[-1]:
        return
    if not revision and not create:
        raise refused(database.name, Kind.MISSING, "the database is empty")
    with database.begin() as connection:
        _revision(connection, database.name)  # another program may have been quicker
        if database.files:
            sqlite.mark(connection)
        migrations.upgrade(connection)


def _revision(connection: Connection, name: str) -> str:
    """Up to which revision the tables are there; empty where there are none yet.

    Raises:
        DatabaseError: there are tables of another program, or of a newer netra.
    """
    tables = inspect(connection).get_table_names()
    if not tables:
        return ""
    if about.name not in tables or "alembic_version" not in tables:
        raise refused(name, Kind.FOREIGN)
    whose = connection.execute(select(about.c.value).where(about.c.name == "program")).scalar()
    if whose != "netra":
        raise refused(name, Kind.FOREIGN)
    revision = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar())
    if revision not in migrations.REVISIONS:
        raise refused(name, Kind.NEWER, f"revision {revision}, known up to {migrations.REVISIONS[-1]}")
    return revision
