"""What everybody begins with: counts that add up, last days, the log's checkpoint, and one next step for each role."""

import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from sqlalchemy import delete, insert, update

from casework.audit import AuditLog
from casework.checkpoint import open_signer
from casework.database import Database
from casework.decisions import Verdict, decide
from casework.review_queue import list_queue
from casework.review_settings import set_settings
from casework.roles import Role
from casework.tables import cases, findings, runs
from review.office import Office
from review.queue_filter import asked_of
from tests.review.conftest import Browsers, Clock
from tests.review.office_sample import CASE, FINDINGS

LISTED = FINDINGS - 1  # the copy stands inside its original


@pytest.fixture(autouse=True)
def no_second_looks_by_chance(office: Office) -> None:
    """Whether somebody rejected is looked at again hangs on a key that each log has of its own."""
    with office.database.begin() as connection:
        set_settings(connection, office.log_of(connection), "sinta", control_share=0.0, second_share=0.0)


def text_of(answer: Any) -> str:
    """A page's words, without marks."""
    plain = re.sub(r"<(script|style)[^>]*>.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", plain))


def numbers_after(answer: Any, heading: str) -> list[int]:
    """The numbers of the first table below a heading."""
    part = answer.text.split(heading, 1)[1].split("</table>", 1)[0]
    return [int(one.replace(".", "")) for one in re.findall(r'<td class="number">([\d.]+)</td>', part)]


def test_what_was_found_and_decided_adds_up_for_a_supervisor(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        decide(connection, 2, "rina", Verdict.REJECTED)
        decide(connection, 3, "rina", Verdict.CONFIRMED)
        decide(connection, 3, "budi", Verdict.CONFIRMED)
    page = browser_of(Role.SUPERVISOR).get("/")
    assert page.status_code == 200
    for heading in ("Temuan menurut kekuatan", "Temuan menurut kategori", "Temuan menurut keputusan"):
        *parts, total = numbers_after(page, heading)
        assert sum(parts) == total == LISTED, heading
    assert numbers_after(page, "Temuan menurut keputusan")[:4] == [LISTED - 2, 0, 1, 1]
    assert "Ditambah 1 temuan pada salinan foto" in text_of(page)


def test_files_seen_are_told_with_what_became_of_each(browser_of: Browsers, database: Database) -> None:
    counts = '{"seen": 1234, "ok": 1200, "unreadable": 20, "duplicate": 10, "skipped": 4}'
    with database.begin() as connection:
        connection.execute(update(runs).values(counts=counts))
    seen, *rest = numbers_after(browser_of(Role.REVIEWER).get("/"), "Dipindai</h2>")
    assert (seen, rest) == (1234, [1200, 20, 10, 4])
    assert sum(rest) == seen


def test_a_reviewer_sees_whose_turn_it_is_and_nothing_that_others_said(
    browser_of: Browsers, database: Database
) -> None:
    with database.begin() as connection:
        decide(connection, 2, "budi", Verdict.REJECTED)
        decide(connection, 3, "rina", Verdict.CONFIRMED)
    page = browser_of(Role.REVIEWER, "rina").get("/")
    assert numbers_after(page, "Temuan menurut keputusan") == [LISTED - 2, 1, 1, LISTED]
    said = text_of(page)
    assert f"{LISTED - 2} temuan menunggu Anda" in said
    for word in ("ditolak", "dikonfirmasi", "perbedaan pendapat", CASE, "Checkpoint", "Tenggat"):
        assert word.lower() not in said.lower(), word


def test_a_reviewers_main_button_goes_to_the_next_first_look(browser_of: Browsers) -> None:
    page = browser_of(Role.REVIEWER).get("/")
    form = re.search(r'<form method="post" action="/tinjau/berikut">.*?</form>', page.text, re.DOTALL)
    assert form
    assert 'name="csrf"' in form[0]
    assert 'data-key="n"' in form[0]


def test_a_reviewer_with_nothing_left_is_told_so(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(findings).values(first_reviewer="rina", state="rejected"))
    page = browser_of(Role.REVIEWER, "rina").get("/")
    assert "Tidak ada temuan yang menunggu Anda" in page.text
    assert "/tinjau/berikut" not in page.text


def test_an_enroller_gets_counts_without_ways_to_findings_or_cases(browser_of: Browsers) -> None:
    page = browser_of(Role.ENROLLER).get("/")
    assert page.status_code == 200
    assert numbers_after(page, "Temuan menurut kekuatan")[-1] == LISTED
    links = re.findall(r'href="(/[^"#?]*)', page.text)
    assert not [one for one in links if one.startswith(("/temuan", "/perkara", "/pindaian", "/mutu", "/log"))]
    assert "/rujukan" in links
    assert CASE not in page.text


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"disagreed": True, "state": "cannot-tell", "first_reviewer": "rina", "second_reviewer": "budi"}, "/mutu"),
        ({"state": "confirmed", "first_reviewer": "rina", "second_reviewer": "budi"}, "/perkara/1#tambah"),
        ({}, "/perkara/1#ekspor"),
    ],
)
def test_a_supervisors_next_step_is_what_is_most_pressing(
    browser_of: Browsers, database: Database, change: dict[str, Any], path: str
) -> None:
    if change:
        with database.begin() as connection:
            connection.execute(update(findings).where(findings.c.id == 5).values(change))
    page = browser_of(Role.SUPERVISOR).get("/")
    assert re.findall(r'<a class="button main" href="([^"]+)"', page.text) == [path]


def test_confirmed_findings_without_any_open_case_ask_for_one(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(cases).values(state="closed"))
        connection.execute(update(findings).where(findings.c.id == 5).values(state="confirmed", first_reviewer="rina"))
    assert 'class="button main" href="/perkara/baru"' in browser_of(Role.SUPERVISOR).get("/").text


def test_the_next_last_day_of_open_cases_with_its_source(browser_of: Browsers, clock: Clock) -> None:
    clock.at = datetime(2024, 10, 23, 2, tzinfo=UTC)  # known on the 18th: to be reported by the 25th
    for role in (Role.SUPERVISOR, Role.AUDITOR):
        said = text_of(browser_of(role).get("/"))
        assert f"{CASE} ·" in said
        assert "25 Okt 2024 sisa 2 hari : laporan disampaikan" in said
        assert "Pasal 134 ayat (4)" in said
        assert "periksa kembali pada peraturan yang berlaku hari ini" in said


def test_a_case_whose_clock_is_unknown_is_told(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(cases).values(known_on=""))
    assert "tanpa hari diketahui, jadi tanpa tenggat: 1" in text_of(browser_of(Role.SUPERVISOR).get("/"))


def test_the_logs_checkpoint_ages(browser_of: Browsers, database: Database, tmp_path: Path, clock: Clock) -> None:
    supervisor = browser_of(Role.SUPERVISOR)
    assert "Belum ada checkpoint" in supervisor.get("/").text
    with database.begin() as connection:
        log = AuditLog(connection, clock)
        log.checkpoint(open_signer(connection, tmp_path / "kasus.db.key"))
    clock.forward(minutes=5)
    fresh = text_of(supervisor.get("/"))
    assert "Checkpoint terakhir: 4 Nov 2024 09:00 WIB (0 hari yang lalu)" in fresh
    assert "Buat checkpoint baru" not in fresh
    with database.begin() as connection:
        AuditLog(connection, clock).append("sinta", "search")
    clock.forward(days=8)
    old = text_of(browser_of(Role.SUPERVISOR).get("/"))
    assert "(8 hari yang lalu)" in old
    assert "Buat checkpoint baru" in old


def test_without_any_scan_it_says_how_to_begin(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        for table in reversed(findings.metadata.sorted_tables):
            if table.name not in ("accounts", "logins", "about", "audit", "elections"):
                connection.execute(delete(table))
    page = browser_of(Role.SUPERVISOR).get("/")
    assert page.status_code == 200
    assert "netra scan --db" in page.text


def test_in_english_nothing_stays_indonesian(browser_of: Browsers, clock: Clock) -> None:
    clock.at = datetime(2024, 10, 23, 2, tzinfo=UTC)
    said = text_of(browser_of(Role.SUPERVISOR).as_english().get("/"))
    assert "Overview" in said
    assert "2 days left" in said
    assert not re.search(r"\b(temuan|tenggat|berkas|belum|hari)\b", said)


def test_a_run_that_goes_on_is_refreshed_and_others_are_not(browser_of: Browsers, database: Database) -> None:
    browser = browser_of(Role.REVIEWER)
    assert "data-refresh" not in browser.get("/").text
    row = {"election_id": "pilkada-kota-contoh-2024", "started_at": "2024-11-04T01:00:00.000000Z", "state": "running"}
    with database.begin() as connection:
        connection.execute(insert(runs).values(row | {"id": 2}))
    dead = browser.get("/")
    assert "terputus" in dead.text, "nobody holds the lock"
    assert "data-refresh" not in dead.text
    assert date(2024, 11, 4).isoformat() not in dead.text


@pytest.mark.parametrize(("role", "name"), [(Role.SUPERVISOR, ""), (Role.REVIEWER, "rina")])
def test_each_figure_is_what_its_link_lists(browser_of: Browsers, database: Database, role: Role, name: str) -> None:
    with database.begin() as connection:
        decide(connection, 2, "budi", Verdict.REJECTED)
        decide(connection, 3, "rina", Verdict.CONFIRMED)
        decide(connection, 5, "rina", Verdict.CONFIRMED)
        decide(connection, 5, "budi", Verdict.CONFIRMED)
    page = unescape(browser_of(role).get("/").text)
    linked = re.findall(r'href="/temuan\?([^"]+)">[^<]+</a></th><td class="number">(\d+)</td>', page)
    assert len(linked) == (9 if role is Role.SUPERVISOR else 6)
    with database.read() as connection:
        for query, number in linked:
            asked = asked_of(dict(parse_qsl(query)))
            assert not asked.wrong, query
            assert list_queue(connection, asked.wanted, name, asked.turn).total == int(number), query
