"""The door: what cannot be used is refused in plain words and left as it was."""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from casework.database import Database, open_database
from casework.sqlite import network_drive
from casework.tables import about, photos, seen
from netra.errors import DatabaseError, DatabaseErrorKind, UsageError

Kind = DatabaseErrorKind


def refusal(place: str | Path, *, create: bool = False, wait_s: float = 0.2) -> DatabaseError:
    with pytest.raises(DatabaseError) as caught:
        open_database(place, create=create, wait_s=wait_s)
    assert str(place) in str(caught.value)
    return caught.value


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A database with 200 photos."""
    path = tmp_path / "netra.db"
    with open_database(path, create=True) as database, database.begin() as connection:
        connection.execute(insert(photos), [{"sha256": f"sha256:{n:064x}", "size_bytes": n} for n in range(200)])
    return path


def test_a_transaction_is_whole_or_nothing(database: Database) -> None:
    def breaks() -> None:
        with database.begin() as connection:
            connection.execute(insert(photos).values(sha256="sha256:1", size_bytes=1))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks()
    with database.read() as connection:
        assert connection.execute(select(photos)).all() == []


def test_a_view_stays_as_it_was_while_others_write(database: Database) -> None:
    with database.read() as before:
        assert before.execute(select(photos)).all() == []
        with database.begin() as connection:
            connection.execute(insert(photos).values(sha256="sha256:1", size_bytes=1))
        assert before.execute(select(photos)).all() == []
    with database.read() as after:
        assert len(after.execute(select(photos)).all()) == 1


def test_rows_that_point_nowhere_are_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(insert(seen).values(run_id=1, position=0, upload_id=1, status="ok"))


def test_a_second_writer_waits_and_is_told(place: str) -> None:
    with open_database(place, create=True) as one, open_database(place, create=False, wait_s=0.2) as other:
        with one.begin() as connection:
            connection.execute(insert(about).values(name="a", value="1"))
            with pytest.raises(DatabaseError, match="another program is writing") as caught, other.begin():
                pass
        assert caught.value.kind is Kind.LOCKED
        with other.begin() as connection:
            connection.execute(insert(about).values(name="b", value="2"))


def test_a_file_is_for_its_owner_alone_and_in_wal_with_full_sync(made: Path) -> None:
    assert made.stat().st_mode & 0o777 == 0o600
    with open_database(made, create=False) as database, database.read() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }


def test_a_missing_database_is_made_only_where_that_is_asked(tmp_path: Path) -> None:
    error = refusal(tmp_path / "tidak-ada.db")
    assert (error.kind, error.exit_code) == (Kind.MISSING, 2)
    assert not (tmp_path / "tidak-ada.db").exists()
    assert refusal(tmp_path / "tidak" / "ada.db", create=True).kind is Kind.READ_ONLY


@pytest.mark.parametrize("content", [b"bukan basis data " * 100, b"x", b"SQLite format 3", b"\x00" * 4096])
def test_something_else_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "lain.db"
    path.write_bytes(content)
    assert refusal(path, create=True).kind is Kind.NOT_A_DATABASE
    assert path.read_bytes() == content


def test_an_empty_file_becomes_one_only_where_that_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "kosong.db"
    path.touch()
    assert refusal(path).kind is Kind.NOT_A_DATABASE
    open_database(path, create=True).close()
    open_database(path, create=False).close()
    assert refusal(tmp_path, create=True).kind is Kind.NOT_A_DATABASE


@pytest.mark.parametrize("application", [0, 4711])
def test_another_program_s_database_is_left_alone(tmp_path: Path, application: int) -> None:
    path = tmp_path / "peramban.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE moz_places (id INTEGER)")
    connection.execute(f"PRAGMA application_id={application}")
    connection.commit()
    connection.close()
    error = refusal(path, create=True)
    assert (error.kind, error.exit_code) == (Kind.FOREIGN, 2)
    connection = sqlite3.connect(path)
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("moz_places",)]
    connection.close()


def test_damage_is_told_and_never_repaired(made: Path) -> None:
    data = bytearray(made.read_bytes())
    page = 4096
    told = 0
    for number in range(1, len(data) // page):
        damaged = bytearray(data)
        damaged[number * page : number * page + 64] = b"\xff" * 64
        made.write_bytes(damaged)
        error = refusal(made)
        assert error.kind is Kind.DAMAGED
        assert "backup" in str(error)
        assert made.read_bytes() == damaged
        told += 1
    assert told > 20


def test_a_file_that_breaks_off_is_told(made: Path) -> None:
    data = made.read_bytes()
    for part in (0.3, 0.6, 0.9):
        made.write_bytes(data[: int(len(data) * part) // 4096 * 4096])
        assert refusal(made).kind is Kind.DAMAGED


def write(path: Path) -> None:
    with open_database(path, create=True) as database, database.begin() as connection:
        connection.execute(insert(about).values(name="a", value="1"))


@contextmanager
def nobody() -> Iterator[None]:
    """Root may write everywhere: be somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="about Unix permissions")
@pytest.mark.parametrize("what", ["folder", "file", "new"])
def test_where_nothing_can_be_written_it_is_said(made: Path, what: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="netra-ro-"))
    try:
        path = folder / "netra.db"
        if what != "new":
            shutil.copy(made, path)
            path.chmod(0o444 if what == "file" else 0o666)
        folder.chmod(0o777 if what == "file" else 0o555)
        with nobody(), pytest.raises(DatabaseError, match="whose they") as caught:
            write(path)
        assert caught.value.kind is Kind.READ_ONLY
        assert str(path) in str(caught.value)
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_full_disk_is_told_and_what_was_there_stays(made: Path) -> None:
    def fill(database: Database) -> None:
        with database.begin() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1")
            rows = [{"sha256": f"sha256:{n:064x}", "size_bytes": n} for n in range(1000, 9000)]
            connection.execute(insert(photos), rows)

    with open_database(made, create=False) as database:
        with pytest.raises(DatabaseError, match="make room") as caught:
            fill(database)
        assert caught.value.kind is Kind.FULL
    with open_database(made, create=False) as database, database.read() as connection:
        assert len(connection.execute(select(photos)).all()) == 200


MOUNTS = """22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/root rw
30 22 0:25 / {share} rw,relatime shared:2 - {kind} server:/foto rw
31 30 0:26 / {share}/lokal rw - tmpfs tmpfs rw
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs"])
def test_a_network_drive_is_refused(tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    share = tmp_path / "bagi pakai"
    (share / "lokal").mkdir(parents=True)
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS.format(share=str(share).replace(" ", "\\040"), kind=kind))
    assert network_drive(share / "netra.db", mounts) == kind
    assert network_drive(share / "lokal" / "netra.db", mounts) == ""
    assert network_drive(tmp_path / "netra.db", mounts) == ""
    monkeypatch.setattr("casework.sqlite.network_drive", lambda path: network_drive(path, mounts))
    assert refusal(share / "netra.db", create=True).kind is Kind.NETWORK_DRIVE
    assert not (share / "netra.db").exists()


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgresql://a@b", "http://a", "postgresql:///"])
def test_an_address_that_is_none_is_told(address: str) -> None:
    with pytest.raises(UsageError, match="postgresql://"):
        open_database(address, create=True)


def test_a_password_is_never_told(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://sari:sangat-rahasia@127.0.0.1:9/kasus"
    with pytest.raises(DatabaseError) as caught:
        open_database(address, create=True, wait_s=2)
    assert caught.value.kind is Kind.UNREACHABLE
    assert "rahasia" not in str(caught.value)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(DatabaseError, match='extra "postgresql"') as missing:
        open_database(address, create=True)
    assert missing.value.kind is Kind.NO_DRIVER
    assert "rahasia" not in str(missing.value)


def test_opening_needs_no_alembic(made: Path) -> None:
    code = f"import sys; from casework.database import open_database as o; o({str(made)!r}, create=False).close(); "
    code += "print('alembic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
