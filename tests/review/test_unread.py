"""Files that could not be read and people who could not be assessed: all of them, in their order, adding up."""

from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select, update

from casework.database import Database, open_database
from casework.queries import UnusedFile
from casework.roles import Role
from casework.scan_lock import ScanLock
from casework.tables import findings, people, runs, seen, uploads
from casework.unread import not_assessed_page, unread_page
from screening import stamps
from tests.casework.made_up import Office as Scanner
from tests.casework.made_up import StandIn, made_up_photo, nothing_asked
from tests.review.conftest import Browsers, Clock, add_everybody, office_over, page_of
from tests.review.office_sample import AT, ELECTION, ELECTION_NAME
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


def test_pages_of_people_hold_everything_once_and_add_up_with_the_runs_summary(
    database: Database, scanned: int
) -> None:
    files: list[UnusedFile] = []
    after = -1
    with database.read() as connection:
        while True:
            page = not_assessed_page(connection, scanned, after, 2)
            files += page.files
            after = page.after
            if after < 0:
                break
    assert [one.path for one in files] == sorted({one.path for one in files})
    assert len(files) > 2
    assert (sum(one.people for one in files),) == (page.total,) == page.counted


@pytest.mark.parametrize("count", [0, 501])
def test_a_page_has_a_size(database: Database, count: int) -> None:
    with database.read() as connection:
        with pytest.raises(ValueError, match="count"):
            not_assessed_page(connection, 1, -1, count)
        with pytest.raises(ValueError, match="count"):
            unread_page(connection, 0, "", count)


@pytest.mark.parametrize("who", [(Role.REVIEWER, "rina"), (Role.SUPERVISOR, "sinta"), (Role.AUDITOR, "ani")])
def test_all_that_is_unread_is_shown_and_a_run_can_be_chosen(
    browser_of: Browsers, scanned: int, who: tuple[Role, str]
) -> None:
    browser = browser_of(*who)
    every = Seen(browser.get("/tak-terbaca"))
    of_first = Seen(browser.get("/tak-terbaca?run=1"))
    assert every.main.split("</table>")[0].count("<tr>") == BROKEN + of_first.main.split("</table>")[0].count("<tr>")
    assert "potong-0.jpg" in every.text
    assert "foto terpotong; salin ulang dari asalnya" in every.text
    assert ELECTION_NAME in every.text
    assert ELECTION not in every.text
    assert "potong-" not in of_first.main
    assert f"Belum terbaca sampai kini, dari semua pindaian: {BROKEN + 1} berkas" in Seen(browser.get("/")).text
    assert browser.get(f"/tak-terbaca?run={scanned + 1}").status_code == 404
    for wrong in ("x", "-1", "9" * 30, "%C2%B2"):
        assert browser.get(f"/tak-terbaca?run={wrong}").status_code == 400
        assert browser.get(f"/tak-ternilai?setelah={wrong}").status_code == 400
    for wrong in ("x", "1-", "-1", "1-" + "9" * 30, "%C2%B2-1"):
        assert browser.get(f"/tak-terbaca?setelah={wrong}").status_code == 400


def test_causes_are_in_the_pages_language_and_what_netra_has_no_words_for_stays_whole(
    browser_of: Browsers, database: Database, scanned: int
) -> None:
    with database.begin() as connection:
        (one,) = connection.execute(
            select(func.min(seen.c.position)).where(seen.c.run_id == scanned, seen.c.status == "error")
        ).scalars()
        values = {"error_kind": "newer-kind", "message": "x.jpg: a <new> thing. Do that."}
        connection.execute(update(seen).where(seen.c.run_id == scanned, seen.c.position == one).values(values))
    indonesian = Seen(browser_of(Role.AUDITOR).get("/tak-terbaca"))
    english = Seen(browser_of(Role.AUDITOR).as_english().get("/tak-terbaca"))
    assert "foto terpotong; salin ulang dari asalnya" in indonesian.text
    assert "cut off; copy it again" in english.text
    assert "cut off" not in indonesian.text
    for page in (indonesian, english):
        assert "x.jpg: a <new> thing. Do that." in unescape(page.text)
        assert "a <new> thing" not in page.main


def test_of_very_many_scans_the_earlier_ones_are_summed_up(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        for number in range(60):
            (upload,) = connection.execute(
                insert(uploads).returning(uploads.c.id), {"place": f"/lama/{number}.jpg", "path": f"lama/{number}.jpg"}
            ).scalars()
            row = {"id": 100 + number, "election_id": ELECTION, "started_at": AT, "state": "finished"}
            connection.execute(insert(runs).values(row | {"counts": '{"unreadable": 1}'}))
            row = {"run_id": 100 + number, "position": 0, "upload_id": upload, "status": "error"}
            connection.execute(insert(seen).values(row))
    page = Seen(browser_of(Role.AUDITOR).get("/tak-terbaca"))
    figures = page.main.split("pindaian sebelumnya")[1].split('<td class="number">')
    assert [one.split("<")[0] for one in figures[1:6]] == ["11", "0", "0", "0", "11"]
    assert [one.split("<")[0] for one in figures[6:11]] == ["61", "0", "0", "0", "61"]


def test_pages_are_turned(browser_of: Browsers, database: Database, scanned: int) -> None:
    with database.begin() as connection:
        made = [{"place": f"/lama/{number}.jpg", "path": f"lama/{number}.jpg"} for number in range(60)]
        numbers = connection.execute(insert(uploads).returning(uploads.c.id), made).scalars().all()
        first = {"run_id": scanned, "status": "error", "error_kind": "damaged", "message": "m"}
        connection.execute(
            insert(seen), [first | {"position": 1000 + place, "upload_id": one} for place, one in enumerate(numbers)]
        )
    browser = browser_of(Role.AUDITOR)
    page = Seen(browser.get("/tak-terbaca"))
    (following,) = [link for link, text in page.links.items() if "Halaman berikutnya" in text]
    rest = Seen(browser.get(following))
    rows = [one.main.split("</table>")[0].count("<tr>") - 1 for one in (page, rest)]
    assert sum(rows) == 60 + BROKEN + 1
    assert not any("Halaman berikutnya" in text for text in rest.links.values())
    assert "foto rusak" in rest.text


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


def test_where_such_a_photo_lies_is_told_and_its_finding_only_to_who_may_know(
    browser_of: Browsers, database: Database, scanned: int
) -> None:
    with database.begin() as connection:
        (first, *_) = not_assessed_page(connection, scanned).files
        (photo,) = connection.execute(select(uploads.c.photo_id).where(uploads.c.place == first.place)).scalars()
        connection.execute(update(findings).where(findings.c.id == 1).values(photo_id=photo, current=True))
        (first, *_) = not_assessed_page(connection, scanned).files
    assert 1 in first.findings
    for role in (Role.SUPERVISOR, Role.AUDITOR):
        page = Seen(browser_of(role).get("/tak-ternilai"))
        assert first.place in page.text
        assert "/temuan/1" in page.links
        assert "<img" not in page.main
    blind = Seen(browser_of(Role.REVIEWER).get("/tak-ternilai"))
    assert first.place in blind.text
    assert not [link for link in blind.links if link.startswith("/temuan/")]
    assert "tidak menampilkan fotonya" in blind.text


@pytest.mark.parametrize("state", ["running", "interrupted"])
def test_a_run_without_an_end_says_so(browser_of: Browsers, database: Database, state: str) -> None:
    with database.begin() as connection:
        connection.execute(insert(runs).values(id=9, election_id=ELECTION, started_at=AT, state=state))
    for path in ("/tak-terbaca", "/tak-ternilai"):
        assert "Pindaian 9 terputus" in Seen(browser_of(Role.REVIEWER).get(path)).text


def test_a_run_that_goes_on_says_so(browser_of: Browsers, database: Database) -> None:
    lock = ScanLock("kasus.db")
    with database.begin() as connection:
        connection.execute(insert(runs).values(id=9, election_id=ELECTION, started_at=AT, state="running"))
        lock.take(connection)
    for path in ("/tak-terbaca", "/tak-ternilai"):
        assert "Pindaian 9 masih berjalan" in Seen(browser_of(Role.REVIEWER).get(path)).text
    lock.forget()


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
