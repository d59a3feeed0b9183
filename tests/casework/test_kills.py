"""A scan that was killed at any moment, or found the disk full, and is run again leaves what an unbroken one does."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection

from casework import readings, sqlite
from casework.database import open_database
from netra.errors import DatabaseError, DatabaseErrorKind
from screening import reading, stamps
from tests.casework.conftest import NewPlace
from tests.casework.contents import check_earlier_runs, check_whole, contents
from tests.casework.made_up import Office, StandIn, made_up_photo, nothing_asked, quick_fingerprint

ROOT = Path(__file__).resolve().parents[2]


def driver(*arguments: object) -> float:
    command = [sys.executable, "-m", "tests.casework.scan_driver", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return float(done.stdout)


def photos(folder: Path, count: int) -> Path:
    for number in range(count):
        made_up_photo(folder / f"{number % 7}" / f"{number:04}.png", number)
    made_up_photo(folder / "lagi.png", 3)
    (folder / "potong.jpg").write_bytes(b"\xff\xd8\xff")
    (folder / "catatan.txt").write_text("x")
    return folder


def kills(new_place: NewPlace, folder: Path, wanted: int) -> int:
    """Kill scans until so many were killed, comparing each database with that of an unbroken scan."""
    whole = new_place()
    took = driver(whole, folder)
    with open_database(whole, create=False) as database:
        expected = contents(database)
    killed = rounds = 0
    while killed < wanted:
        place = new_place()
        rounds += 1
        killed += int(driver(place, folder, rounds, 0.2 * took))
        with open_database(place, create=False) as database:
            check_whole(database)
            check_earlier_runs(database)
            found = contents(database)
            assert found.keys() == expected.keys()
            for table, rows in expected.items():
                assert found[table] == rows, table
    return killed


def test_a_killed_scan_goes_on_to_the_same_end(new_place: NewPlace, tmp_path: Path) -> None:
    assert kills(new_place, photos(tmp_path / "foto", 60), 3) >= 3


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_two_hundred_kills_of_a_scan_of_500_photos(new_place: NewPlace, tmp_path: Path) -> None:
    assert kills(new_place, photos(tmp_path / "foto", 500), 200) >= 200


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    monkeypatch.setattr("casework.store.BATCH", 10)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.reading.fingerprint", quick_fingerprint)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    return stand_in


def tried(place: str | Path, folder: Path) -> list[DatabaseError]:
    """A scan as a process of its own begins it, and what the database refused of it."""
    reading._GATES.clear()  # which decides nothing but which hands are searched early
    try:
        with open_database(place, create=True) as database:
            Office(database, folder).scan()
    except DatabaseError as error:
        return [error]
    return []


def test_a_full_disk_loses_nothing(tmp_path: Path, eyes: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = photos(tmp_path / "foto", 60)
    reading._GATES.clear()
    with open_database(tmp_path / "utuh.db", create=True) as database:
        Office(database, folder).scan()
        expected = contents(database)
    place = tmp_path / "penuh.db"
    open_database(place, create=True).close()
    usual, refused = sqlite._AT_OPENING, 0
    pages = _pages(place)
    while True:
        pages += 15
        monkeypatch.setattr(sqlite, "_AT_OPENING", (*usual, f"PRAGMA max_page_count={pages}"))
        said = tried(place, folder)
        if not said:
            break
        (error,) = said
        assert error.kind is DatabaseErrorKind.FULL
        assert str(place) in str(error)
        assert "make room" in str(error)
        refused += 1
    assert refused > 5
    monkeypatch.setattr(sqlite, "_AT_OPENING", usual)
    with open_database(place, create=False) as database:
        check_whole(database)
        _same(contents(database), expected)
    looked = {sha256: eyes.detected.count(sha256) for sha256 in eyes.detected}
    assert max(looked.values()) < refused, "what was read before the disk was full is not read again each time"


def _pages(place: Path) -> int:
    with open_database(place, create=False) as database, database.read() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def _same(found: dict[str, list[str]], expected: dict[str, list[str]]) -> None:
    assert {table: rows for table, rows in found.items() if rows != expected[table]} == {}


def test_a_lost_server_loses_nothing(
    new_place: NewPlace, tmp_path: Path, eyes: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server ends the connection in the first, the second, ... transaction of a scan."""
    place = new_place()
    if not place.startswith("postgresql"):
        pytest.skip("about servers")
    folder = photos(tmp_path / "foto", 30)
    reading._GATES.clear()
    with open_database(tmp_path / "utuh.db", create=True) as database:
        Office(database, folder).scan()
        expected = contents(database)
    usual, left = readings.write_readings, [0]

    def lose(connection: Connection, key: str, read: Sequence[readings.Read]) -> None:
        left[0] -= 1
        if not left[0]:
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        usual(connection, key, read)

    monkeypatch.setattr("casework.store.write_readings", lose)
    lost = 0
    for after in range(1, 100):
        left[0] = after
        said = tried(place, folder)
        if not said:
            break
        assert said[0].kind is DatabaseErrorKind.UNREACHABLE
        lost += 1
    assert lost >= 3
    with open_database(place, create=False) as database:
        _same(contents(database), expected)
