"""Files that could not be read and people who could not be assessed: all of them, in their order, adding up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from casework.database import Database, open_database
from casework.queries import UnusedFile
from casework.roles import Role
from casework.tables import findings, people, runs, seen, uploads
from casework.unread import UnusedPage, not_assessed_page, unreadable_page
from screening import stamps
from tests.casework.made_up import Office as Scanner
from tests.casework.made_up import StandIn, made_up_photo, nothing_asked
from tests.review.conftest import Browsers, Clock, add_everybody, office_over, page_of
from tests.review.office_sample import AT, ELECTION
from tests.review.test_queue import Seen

BROKEN = 7


@pytest.fixture
def scanned(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A run of 24 made-up photos and some that are cut off; its number."""
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    for number in range(24):
        made_up_photo(tmp_path / "foto" / f"{number:02}.png", number)
    for number in range(BROKEN):
        (tmp_path / "foto" / f"potong-{number}.jpg").write_bytes(b"\xff\xd8\xff" + bytes([number]))
    Scanner(database, tmp_path / "foto").scan()
    with database.read() as connection:
        return int(connection.execute(select(runs.c.id).order_by(runs.c.id.desc()).limit(1)).scalar_one())


@pytest.mark.parametrize("read", [unreadable_page, not_assessed_page])
def test_pages_hold_everything_once_and_add_up_with_the_runs_summary(
    database: Database, scanned: int, read: Callable[..., UnusedPage]
) -> None:
    files: list[UnusedFile] = []
    after = -1
    with database.read() as connection:
        while True:
            page = read(connection, scanned, after, 2)
            files += page.files
            after = page.after
            if after < 0:
                break
    assert len({one.path for one in files}) == len(files) > 2
    assert [one.path for one in files] == sorted(one.path for one in files)
    number = sum(one.people for one in files) or len(files)
    assert (number,) == (page.total,) == page.counted


@pytest.mark.parametrize("count", [0, 501])
def test_a_page_has_a_size(database: Database, count: int) -> None:
    with database.read() as connection:
        for read in (unreadable_page, not_assessed_page):
            with pytest.raises(ValueError, match="count"):
                read(connection, 1, -1, count)


@pytest.mark.parametrize("who", [(Role.REVIEWER, "rina"), (Role.SUPERVISOR, "sinta"), (Role.AUDITOR, "ani")])
def test_the_latest_run_is_shown_and_others_can_be_chosen(
    browser_of: Browsers, scanned: int, who: tuple[Role, str]
) -> None:
    browser = browser_of(*who)
    latest = Seen(browser.get("/tak-terbaca"))
    assert latest.main.count("<tr>") == BROKEN + 1
    assert "potong-0.jpg" in latest.text
    assert "foto terpotong; salin ulang dari asalnya" in latest.text
    assert "potong-" not in Seen(browser.get("/tak-terbaca?run=1")).main
    assert browser.get(f"/tak-terbaca?run={scanned + 1}").status_code == 404
    for wrong in ("x", "-1", "9" * 30, "%C2%B2"):
        assert browser.get(f"/tak-terbaca?run={wrong}").status_code == 400
        assert browser.get(f"/tak-ternilai?setelah={wrong}").status_code == 400


def test_pages_are_turned(browser_of: Browsers, database: Database, scanned: int) -> None:
    with database.begin() as connection:
        (upload,) = connection.execute(select(seen.c.upload_id).where(seen.c.status == "error").limit(1)).scalars()
        first = {"run_id": scanned, "upload_id": upload, "status": "error", "error_kind": "damaged", "message": "m"}
        connection.execute(insert(seen), [first | {"position": 1000 + number} for number in range(60)])
    browser = browser_of(Role.AUDITOR)
    page = Seen(browser.get("/tak-terbaca"))
    (following,) = [link for link, text in page.links.items() if "Halaman berikutnya" in text]
    rest = Seen(browser.get(following))
    assert page.main.count("<tr>") + rest.main.count("<tr>") == 60 + BROKEN + 2
    assert not any("Halaman berikutnya" in text for text in rest.links.values())
    assert "foto rusak" in rest.text


def test_what_was_deleted_since_is_said(browser_of: Browsers, database: Database, scanned: int) -> None:
    with database.begin() as connection:
        connection.execute(delete(seen).where(seen.c.run_id == scanned, seen.c.status == "error"))
    page = Seen(browser_of(Role.REVIEWER).get("/tak-terbaca"))
    assert f"{BROKEN} lagi ada dalam ringkasan pindaian, tetapi sudah dihapus sejak itu." in page.text


def test_people_who_could_not_be_assessed(browser_of: Browsers, database: Database) -> None:
    page = Seen(browser_of(Role.REVIEWER).get("/tak-ternilai"))
    with database.read() as connection:
        poor = connection.execute(select(people).where(people.c.assessable.is_(False))).all()
        (path,) = connection.execute(
            select(uploads.c.path)
            .join(seen, seen.c.upload_id == uploads.c.id)
            .where(seen.c.evaluation_id == poor[0].evaluation_id)
        ).scalars()
    assert f"{len(poor)} orang" in page.text
    assert path in page.text


@pytest.mark.parametrize(("state", "said"), [("running", "masih berjalan"), ("interrupted", "terputus")])
def test_a_run_without_an_end_says_so(browser_of: Browsers, database: Database, state: str, said: str) -> None:
    with database.begin() as connection:
        connection.execute(insert(runs).values(id=9, election_id=ELECTION, started_at=AT, state=state))
    for path in ("/tak-terbaca", "/tak-ternilai"):
        page = Seen(browser_of(Role.REVIEWER).get(path))
        assert said in page.text


def test_an_office_without_a_run_says_so(tmp_path: Path, clock: Clock) -> None:
    with open_database(tmp_path / "baru.db", create=True) as empty:
        with empty.begin() as connection:
            add_everybody(connection)
        office = office_over(empty, tmp_path, clock)
        browser = Browsers(page_of(office), office)(Role.REVIEWER)
        for path in ("/tak-terbaca", "/tak-ternilai"):
            assert "Belum ada pindaian." in Seen(browser.get(path)).text
        assert "Tidak ada temuan yang menunggu Anda." in Seen(browser.get("/temuan")).text


def test_findings_that_have_changed_are_one_link_away(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        values = {"changed": True, "first_reviewer": "rina", "state": "rejected"}
        connection.execute(update(findings).where(findings.c.id == 1).values(values))
    page = Seen(browser_of(Role.REVIEWER, "budi").get("/tak-ternilai"))
    (link,) = [link for link, text in page.links.items() if "berubah sejak diputuskan: 1" in text]
    assert Seen(browser_of(Role.REVIEWER, "budi").get(link)).findings == [1]
