"""Runs: counts that add up, progress without an invented total, and everything that results rest on."""

import json
import os
import platform
import re
from typing import Any

import pytest
from sqlalchemy import insert, update

from casework import scan_lock
from casework.database import Database
from casework.roles import Role
from casework.scan_lock import ScanLock
from casework.tables import about, runs
from tests.review.conftest import Browsers
from tests.review.office_sample import ELECTION
from tests.review.test_overview import text_of

AT = "2024-11-04T01:00:00.000000Z"
READERS = (Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR)


def begin_run(database: Database, number: int = 2, **values: Any) -> None:
    row = {"id": number, "election_id": ELECTION, "started_at": AT, "state": "running", "operator": "ratna"}
    with database.begin() as connection:
        connection.execute(insert(runs).values(row | values))


def test_a_finished_run_tells_what_became_of_every_file(browser_of: Browsers, database: Database) -> None:
    outcomes = {"seen": 3456, "ok": 3400, "unreadable": 30, "duplicate": 20, "skipped": 6}
    found = {"foto-bersama strong": 12, "foto-bersama-simbol medium": 5}
    counts = outcomes | {"people": 9000, "hands": 700, "cannot_assess": 80, "findings": found}
    with database.begin() as connection:
        connection.execute(update(runs).values(counts=json.dumps(counts), roots='["/foto/2024", "/foto/lain"]'))
    for role in READERS:
        listed = text_of(browser_of(role).get("/pindaian"))
        assert "3.456 dilihat = 3.400 terbaca + 30 tidak terbaca + 20 isi yang sama lagi + 6 dilewati 17" in listed
        page = browser_of(role).get("/pindaian/1")
        said = text_of(page)
        assert "Dilihat 3.456" in said
        assert "foto bersama, kuat 12" in said
        assert "Jumlah 17" in said
        assert "/foto/2024 /foto/lain" in said
        assert 'href="/tak-terbaca?run=1"' in page.text
        assert 'href="/tak-ternilai?run=1"' in page.text


def test_models_and_settings_are_folded_away_and_there(browser_of: Browsers) -> None:
    page = browser_of(Role.AUDITOR).get("/pindaian/1")
    details = page.text.split("<details", 1)[1].split("</details>")[0]
    assert "wajah.dat" in details
    assert "sha256:" + "3" * 64 in details
    assert "faces_compared" in details


def test_a_run_that_goes_on_shows_how_far_it_is_and_no_total(browser_of: Browsers, database: Database) -> None:
    begin_run(database)
    lock = ScanLock("kasus.db")
    with database.begin() as connection:
        lock.take(connection)
        lock.renew(connection, run=2, read=1234, written=56)
    try:
        page = browser_of(Role.REVIEWER).get("/pindaian/2")
        said = text_of(page)
        assert "sedang berjalan" in said
        assert "Foto dibaca sejauh ini 1.234" in said
        assert "ratna" in said
        assert not re.search(r"1\.234 (dari|/)|%", said)
        assert 'data-refresh="5"' in page.text
        assert "/aset/runs.js" in page.text
        assert '<a href="/pindaian/2">Muat ulang</a>' in page.text, "for who has no script"
        listed = browser_of(Role.REVIEWER).get("/pindaian")
        assert "1.234 foto dibaca, 56 hasil ditulis sampai" in text_of(listed)
        assert "data-refresh" in listed.text
    finally:
        lock.forget()
    assert "terputus" in text_of(browser_of(Role.REVIEWER).get("/pindaian/2")), "its process no longer has it"


def test_a_run_whose_computer_died_is_not_shown_as_running(browser_of: Browsers, database: Database) -> None:
    begin_run(database)
    held = {"pid": os.getpid(), "host": f"{platform.node()} x y", "began": "", "token": "t", "alive_at": AT}
    with database.begin() as connection:
        connection.execute(insert(about).values(name=scan_lock.NAME, value=json.dumps(held)))
    page = browser_of(Role.SUPERVISOR).get("/pindaian/2")
    assert "jalankan lagi pindaian yang sama" in text_of(page)
    assert "data-refresh" not in page.text


def test_older_runs_are_a_page_further(browser_of: Browsers, database: Database) -> None:
    for number in range(2, 26):
        begin_run(database, number, state="interrupted")
    browser = browser_of(Role.AUDITOR)
    first = browser.get("/pindaian")
    assert 'href="/pindaian/25"' in first.text
    assert 'href="/pindaian/1"' not in first.text
    second = browser.get(re.findall(r'href="(/pindaian\?sebelum=\d+)"', first.text)[0])
    assert 'href="/pindaian/1"' in second.text
    assert 'href="/pindaian/25"' not in second.text


@pytest.mark.parametrize("path", ["/pindaian/99", f"/pindaian/{2**70}"])
def test_a_run_that_is_not_there(browser_of: Browsers, path: str) -> None:
    assert browser_of(Role.AUDITOR).get(path).status_code == 404


def test_a_page_before_nonsense_is_the_first_one(browser_of: Browsers) -> None:
    answer = browser_of(Role.AUDITOR).get("/pindaian?sebelum=abc")
    assert answer.status_code == 200
    assert 'href="/pindaian/1"' in answer.text


def test_enrollers_have_no_list_of_runs(browser_of: Browsers) -> None:
    assert browser_of(Role.ENROLLER).get("/pindaian").status_code == 403
