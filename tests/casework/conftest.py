"""A case database for each test: once in a file, once on a PostgreSQL server of the test session's own."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casework.database import Database, open_database

NewPlace = Callable[[], str]


def server_programs() -> Path:
    """The folder of Debian's newest PostgreSQL, or of the one on the path.

    Raises:
        LookupError: there is none.
    """
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = [*map(str, installed), *filter(None, [shutil.which("initdb")])]
    if not found:
        raise LookupError("needs a PostgreSQL server (Debian, Ubuntu: apt install postgresql)")
    return Path(found[-1]).parent


class Server:
    """A PostgreSQL server on a unix socket in a folder of its own, without fsync: it is thrown away."""

    def __init__(self, folder: Path) -> None:
        programs = server_programs()
        self.folder = folder
        self._count = 0
        # The server refuses to be root's; Debian's package made a user for it.
        self._as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        if self._as:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        self._run(programs / "initdb", "-D", data, "-U", "netra", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        options = f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off -c shared_buffers=32MB"
        start: list[str | Path] = [programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"]
        self._stop: list[str | Path] = [programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"]
        self._run(*start)

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run([*self._as, *map(str, command)], cwd="/", capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def address(self, name: str) -> str:
        return f"postgresql://netra@/{name}?host={self.folder}"

    def new_database(self) -> str:
        """The address of a database with nothing in it."""
        import psycopg

        self._count += 1
        name = f"test_{self._count}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}".encode())
        return self.address(name)

    def stop(self) -> None:
        self._run(*self._stop)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    try:
        server_programs()
    except LookupError as error:
        pytest.skip(str(error))
    pytest.importorskip("psycopg", reason="needs psycopg, netra's extra postgresql")
    folder = Path(tempfile.mkdtemp(prefix="netra-pg-"))  # a socket's path has room for 107 letters
    try:
        server = Server(folder)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    """Makes names of databases that are not there yet (on a server: empty), of each kind in turn.

    Every day on SQLite, in the long run on both.
    """
    if request.param == "sqlite":
        names = iter(f"{tmp_path}/netra-{i}.db" for i in range(1000))
        return lambda: next(names)
    server = request.getfixturevalue("postgresql_server")
    made: NewPlace = server.new_database
    return made


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """The name of a database that is not there yet."""
    return new_place()


@pytest.fixture
def database(place: str) -> Iterator[Database]:
    """A new case database."""
    with open_database(place, create=True) as opened:
        yield opened
