"""What no scan has read yet: one list over all scans, which adds up with what each of them counted."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete

from casework.database import Database
from casework.run_list import run_lines
from casework.tables import seen
from casework.unread import Later, UnreadFile, UnreadPage, count_unread, unread_page
from screening import stamps
from tests.casework.made_up import Office as Scanner
from tests.casework.made_up import StandIn, made_up_photo, nothing_asked


def all_unread(database: Database, run: int = 0) -> tuple[list[UnreadFile], UnreadPage]:
    """Two at a time, so that pages begin in the middle of a scan and between two."""
    files: list[UnreadFile] = []
    after = ""
    with database.read() as connection:
        while True:
            page = unread_page(connection, run, after, 2)
            files += page.files
            after = page.after
            if not after:
                return files, page


@dataclass
class Three:
    """Three folders, scanned one after the other; the second has files that are cut off in a zip and a sub-folder."""

    database: Database
    folder: Path

    def __post_init__(self) -> None:
        for name in ("a", "b", "c"):
            made_up_photo(self.folder / name / "baik.png", ord(name))
            for number in range(2):
                self.cut(f"{name}/potong-{number}.jpg")
        self.cut("b/banyak.zip")
        self.runs = [self.scan(name) for name in ("a", "b", "c")]

    def cut(self, name: str) -> None:
        (self.folder / name).write_bytes(b"\xff\xd8\xff" + name.encode())

    def scan(self, name: str) -> int:
        Scanner(self.database, self.folder / name).scan()
        with self.database.read() as connection:
            return run_lines(connection, 0, 1)[0].id

    def mend(self, name: str, number: int) -> None:
        made_up_photo(self.folder / "baru.png", number).rename(self.folder / name)

    def names(self) -> list[str]:
        return [one.path.removeprefix(f"{self.folder}/") for one in all_unread(self.database)[0]]

    def adds_up(self) -> None:
        files, page = all_unread(self.database)
        with self.database.read() as connection:
            lines = {one.id: one.counts.get("unreadable", 0) for one in run_lines(connection, 0, 500)}
            assert count_unread(connection) == len(files) == page.total == sum(one.left for one in page.sums)
        assert {one.run: one.counted for one in page.sums} == {run: n for run, n in lines.items() if n}
        for one in page.sums:
            of_run, its = all_unread(self.database, one.run)
            assert len(of_run) == its.total == one.counted - one.deleted
            still = [each for each in of_run if each.later in (Later.NOTHING, Later.MISSED)]
            assert still == [each for each in files if each.run == one.run]


@pytest.fixture
def three(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Three:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    return Three(database, tmp_path / "unggahan")


def test_what_three_scans_could_not_read_stays_on_the_list_the_newest_first(three: Three) -> None:
    c, b, a = (sorted(f"{name}/potong-{number}.jpg" for number in range(2)) for name in "cba")
    assert three.names() == [*c, "b/banyak.zip", *b, *a]
    three.adds_up()


def test_what_a_later_scan_read_is_gone_and_what_it_could_not_is_counted_once(three: Three) -> None:
    three.mend("a/potong-0.jpg", 7)
    run = three.scan("a")
    assert three.names()[0] == "a/potong-1.jpg"
    assert three.names().count("a/potong-1.jpg") == 1
    assert "a/potong-0.jpg" not in three.names()
    three.adds_up()
    old = {Path(one.path).name: (one.later, one.later_run) for one in all_unread(three.database, three.runs[0])[0]}
    assert old == {"potong-0.jpg": (Later.READ, run), "potong-1.jpg": (Later.UNREAD, run)}


def test_an_archive_that_can_be_opened_by_now_is_gone(three: Three) -> None:
    photo = made_up_photo(three.folder / "lepas.png", 99)
    with zipfile.ZipFile(three.folder / "b" / "banyak.zip", "w") as archive:
        archive.write(photo, "dalam.png")
    run = three.scan("b")
    assert not [name for name in three.names() if name.endswith(".zip")]
    three.adds_up()
    (old,) = [one for one in all_unread(three.database, three.runs[1])[0] if one.path.endswith(".zip")]
    assert (old.later, old.later_run) == (Later.READ, run)


def test_a_file_that_is_not_in_its_folder_any_more_says_so(three: Three) -> None:
    (three.folder / "c" / "potong-0.jpg").unlink()
    run = three.scan("c")
    told = {
        Path(one.path).name: (one.later, one.later_run) for one in all_unread(three.database)[0] if "/c/" in one.path
    }
    assert told == {"potong-0.jpg": (Later.MISSED, run), "potong-1.jpg": (Later.NOTHING, 0)}
    three.adds_up()


def test_a_scan_of_an_other_folder_says_nothing_of_a_file(three: Three) -> None:
    (three.folder / "c" / "potong-0.jpg").unlink()
    three.scan("a")
    assert {one.later for one in all_unread(three.database)[0]} == {Later.NOTHING}


def test_what_was_deleted_since_is_counted_as_that(three: Three) -> None:
    with three.database.begin() as connection:
        connection.execute(delete(seen).where(seen.c.run_id == three.runs[0], seen.c.status == "error"))
    three.adds_up()
    with three.database.read() as connection:
        (first,) = [one for one in unread_page(connection).sums if one.run == three.runs[0]]
    assert (first.left, first.deleted, first.counted) == (0, 2, 2)
