"""Set-up, logging in and out, sessions and one's own password, as a browser meets them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from casework.accounts import LOCKED_FOR, WRONG_IN_A_ROW, all_accounts, has_accounts
from casework.audit import Action, AuditEntry, AuditLog
from casework.database import Database, open_database
from casework.logins import IDLE, LONGEST
from casework.roles import Role
from casework.tables import logins
from review.cookies import SESSION_COOKIE
from review.office import Office
from review.render import address
from review.tries import Tries
from tests.review.conftest import ORIGIN, PASSWORD, SETUP_CODE, Browser, Browsers, Clock, office_over, page_of

OTHER = "tujuh kapal menuju pulau"


def log_of(database: Database) -> list[AuditEntry]:
    with database.read() as connection:
        return list(AuditLog(connection).entries())


def log_in(browser: Browser, name: str, password: str = PASSWORD, **more: str) -> tuple[int, str]:
    browser.get("/masuk")
    answer = browser.post("/masuk", nama=name, sandi=password, **more)
    return answer.status_code, answer.headers.get("location", "")


@pytest.fixture
def empty_office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office whose page nobody has set up."""
    with open_database(tmp_path / "baru.db", create=True) as database:
        yield office_over(database, tmp_path, clock)


@pytest.fixture
def first(empty_office: Office) -> Iterator[Browser]:
    with TestClient(page_of(empty_office), base_url=ORIGIN) as client:
        yield Browser(client)


SET_UP = {"kode": SETUP_CODE, "nama": "sinta", "nama_lengkap": "Sinta", "sandi": PASSWORD, "sandi_lagi": PASSWORD}


def test_before_the_set_up_every_way_leads_to_it(first: Browser) -> None:
    for path in ("/", "/masuk", "/temuan"):
        answer = first.get(path, follow=True)
        assert answer.url.path == "/mulai", path
        assert "Belum ada akun" in answer.text


def test_the_first_supervisor_is_made_and_is_in(first: Browser, empty_office: Office) -> None:
    first.get("/mulai")
    before = first.session
    answer = first.post("/mulai", **{**SET_UP, "kode": f" {SETUP_CODE[:5].lower()}-{SETUP_CODE[5:]} "})
    assert (answer.status_code, answer.headers["location"]) == (303, "/akun?pesan=siap")
    assert first.session != before
    assert "Halaman ini siap dipakai" in first.get("/akun?pesan=siap").text
    with empty_office.database.read() as connection:
        (account,) = all_accounts(connection)
    assert (account.name, account.role, account.must_change) == ("sinta", Role.SUPERVISOR, False)
    assert [entry.draft.action for entry in log_of(empty_office.database)] == [Action.ACCOUNT_ADD]


@pytest.mark.parametrize(
    ("changes", "status", "words"),
    [
        ({"kode": "SALAH"}, 403, "Kode ini tidak benar"),
        ({"kode": ""}, 403, "Kode ini tidak benar"),
        ({"sandi_lagi": OTHER}, 400, "tidak sama"),
        ({"sandi": "pendek", "sandi_lagi": "pendek"}, 400, "terlalu pendek"),
        ({"sandi": "sintasintasinta", "sandi_lagi": "sintasintasinta"}, 400, "mudah ditebak"),
        ({"nama": "Si Nta"}, 400, "Nama untuk masuk"),
    ],
)
def test_a_set_up_that_is_not_made(
    first: Browser, empty_office: Office, changes: dict[str, str], status: int, words: str
) -> None:
    first.get("/mulai")
    answer = first.post("/mulai", **{**SET_UP, **changes})
    assert answer.status_code == status
    assert words in answer.text
    assert PASSWORD not in answer.text
    with empty_office.database.read() as connection:
        assert not has_accounts(connection)


def test_guessing_at_the_code_is_ended(first: Browser, clock: Clock) -> None:
    first.get("/mulai")
    said = [first.post("/mulai", **{**SET_UP, "kode": f"SALAH{n}"}).status_code for n in range(WRONG_IN_A_ROW)]
    assert said == [403] * (WRONG_IN_A_ROW - 1) + [429]
    assert first.post("/mulai", **SET_UP).status_code == 429
    clock.at += LOCKED_FOR
    assert first.post("/mulai", **SET_UP).status_code == 303


def test_without_a_code_there_is_no_right_one(tmp_path: Path, clock: Clock) -> None:
    with open_database(tmp_path / "tanpa.db", create=True) as database:
        office = office_over(database, tmp_path, clock)
        bare = Office(office.database, office.pictures, office.packages, clock=clock)
        with TestClient(page_of(bare), base_url=ORIGIN) as client:
            browser = Browser(client)
            browser.get("/mulai")
            assert browser.post("/mulai", **{**SET_UP, "kode": ""}).status_code == 403


def test_one_more_supervisor_where_the_page_was_started_for_it(office: Office) -> None:
    again = replace(office, another_supervisor=True)
    with TestClient(page_of(again), base_url=ORIGIN) as client:
        browser = Browser(client)
        assert "satu akun penyelia lagi" in browser.get("/mulai").text
        assert browser.post("/mulai", **{**SET_UP, "nama": "dewi", "kode": "SALAH"}).status_code == 403
        assert browser.post("/mulai", **{**SET_UP, "nama": "dewi"}).headers["location"].startswith("/akun")
    with office.database.read() as connection:
        (dewi,) = (one for one in all_accounts(connection) if one.name == "dewi")
        last = [entry.draft for entry in AuditLog(connection).entries() if entry.draft.action == Action.ACCOUNT_ADD][-1]
    assert (dewi.role, dewi.made_by, last.actor) == (Role.SUPERVISOR, "netra review", "netra review")


def test_after_the_set_up_there_is_none(stranger: Browser, database: Database) -> None:
    assert stranger.get("/mulai").headers["location"] == "/masuk"
    stranger.get("/masuk")
    assert stranger.post("/mulai", **{**SET_UP, "nama": "penyusup"}).headers["location"] == "/masuk"
    with database.read() as connection:
        assert "penyusup" not in {one.name for one in all_accounts(connection)}


@pytest.mark.parametrize("name", ["rina", " RINA "])
def test_whoever_logs_in_is_in(stranger: Browser, database: Database, name: str) -> None:
    assert log_in(stranger, name) == (303, "/")
    assert "Rina Kusumawardani" in stranger.get("/sandi").text
    last = log_of(database)[-1].draft
    assert (last.actor, last.action, last.subject) == ("rina", Action.LOGIN, "account:rina")


def test_logging_in_gives_a_new_session(stranger: Browser, database: Database) -> None:
    """Whoever put a session into somebody's browser before has nothing of it (session fixation)."""
    stranger.client.cookies.set(SESSION_COOKIE, "titipan-penyerang", domain="127.0.0.1", path="/")
    stranger.get("/masuk")
    assert log_in(stranger, "rina")[0] == 303
    assert stranger.session != "titipan-penyerang"
    attacker = Browser(TestClient(stranger.client.app, base_url=ORIGIN))
    attacker.client.cookies.set(SESSION_COOKIE, "titipan-penyerang", domain="127.0.0.1", path="/")
    assert attacker.get("/sandi").headers["location"].startswith("/masuk")
    with database.read() as connection:
        assert stranger.session not in str(connection.execute(select(logins)).all())


def test_one_comes_back_to_where_one_wanted_to_go(stranger: Browser) -> None:
    asked = stranger.get("/temuan?calon=damar&turn=mine")
    assert asked.headers["location"] == "/masuk?ke=%2Ftemuan%3Fcalon%3Ddamar%26turn%3Dmine"
    form = stranger.get(asked.headers["location"])
    assert 'name="ke" value="/temuan?calon=damar&amp;turn=mine"' in form.text
    assert log_in(stranger, "rina", ke="/temuan?calon=damar&turn=mine") == (303, "/temuan?calon=damar&turn=mine")


@pytest.mark.parametrize(
    "back", ["//jahat.example", "https://jahat.example/", "/\\jahat.example", "javascript:alert(1)"]
)
def test_and_nowhere_else(stranger: Browser, back: str) -> None:
    assert log_in(stranger, "rina", ke=back) == (303, "/")


def test_a_wrong_name_and_a_wrong_password_are_one_message(stranger: Browser) -> None:
    texts = []
    for name, password in (("rina", OTHER), ("entah", PASSWORD)):
        stranger.get("/masuk")
        answer = stranger.post("/masuk", nama=name, sandi=password)
        texts.append(answer.text.replace(name, "NAMA").replace(stranger.csrf, ""))
        assert answer.status_code == 403
        assert password not in answer.text
    assert texts[0] == texts[1]


def test_known_and_unknown_names_lock_alike(stranger: Browser, clock: Clock) -> None:
    said: dict[str, list[tuple[int, str]]] = {"rina": [], "entah": []}
    for name, answers in said.items():
        for _ in range(WRONG_IN_A_ROW + 1):
            stranger.get("/masuk")
            answer = stranger.post("/masuk", nama=name, sandi=OTHER)
            answers.append((answer.status_code, answer.text.replace(name, "NAMA").replace(stranger.csrf, "")))
    assert [status for status, _ in said["rina"]] == [403] * (WRONG_IN_A_ROW - 1) + [429, 429]
    assert said["rina"] == said["entah"]
    assert "terkunci sampai 4 Nov 2024 09:15 WIB" in said["rina"][-1][1]
    assert log_in(stranger, "rina")[0] == 429
    clock.at += LOCKED_FOR
    assert log_in(stranger, "rina") == (303, "/")


def test_failures_are_logged_without_what_was_typed(stranger: Browser, database: Database) -> None:
    log_in(stranger, "rina", OTHER)
    log_in(stranger, "nama orang lain", OTHER)
    known, unknown = (entry.draft for entry in log_of(database)[-2:])
    assert (known.action, known.subject) == (Action.LOGIN_FAIL, "account:rina")
    assert (unknown.action, unknown.subject[:17]) == (Action.LOGIN_FAIL, "name:hmac-sha256:")
    assert OTHER not in str((known, unknown))
    assert "orang lain" not in str((known, unknown))


def test_whoever_leaves_is_out(browser_of: Browsers, database: Database) -> None:
    rina, elsewhere = browser_of(Role.REVIEWER, "rina"), browser_of(Role.REVIEWER, "rina")
    rina.get("/sandi")
    token = rina.session
    assert rina.post("/keluar").headers["location"] == "/masuk?pesan=keluar"
    assert not rina.session
    rina.client.cookies.set(SESSION_COOKIE, token, domain="127.0.0.1", path="/")
    assert rina.get("/sandi").status_code == 303
    assert elsewhere.get("/sandi").status_code == 200
    assert log_of(database)[-1].draft.action == Action.LOGOUT


@pytest.mark.parametrize("much", [IDLE, LONGEST])
def test_a_session_ends_by_itself(browser_of: Browsers, clock: Clock, much: timedelta) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    assert rina.get("/sandi").status_code == 200
    clock.at += much
    assert rina.get("/sandi").headers["location"] == "/masuk?ke=%2Fsandi"
    answer = rina.post("/sandi", sandi=OTHER)
    assert answer.status_code == 401
    assert "sesi Anda sudah berakhir" in answer.text


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("/temuan/3?kekuatan=kuat", "/temuan/3?kekuatan=kuat"),
        ("/temuan/3/putusan", "/temuan/3"),
        ("/tidak/ada", ""),
        ("//jahat.example/temuan", ""),
    ],
)
def test_whoever_was_logged_out_comes_back_to_the_page_of_the_form(
    browser_of: Browsers, clock: Clock, said: str, back: str
) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    rina.get("/sandi")
    rina.client.headers["Referer"] = ORIGIN + said
    refused = rina.client.post("/temuan/3/putusan", headers={"Origin": ORIGIN}, data={"csrf": "0"})
    assert refused.status_code == 403
    assert (f'<a href="{back}">Kembali ke halaman tadi</a>' in refused.text) == bool(back)
    clock.at += IDLE
    page = rina.post("/temuan/3/putusan", verdict="confirmed").text
    assert f'<a href="{address("/masuk", ke=back)}">Masuk</a>' in page


@pytest.mark.parametrize("said", ["http://jahat.example/temuan/3", "http://[rusak", "tak ada"])
def test_a_referer_of_elsewhere_leads_nowhere(browser_of: Browsers, clock: Clock, said: str) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    rina.get("/sandi")
    clock.at += IDLE
    rina.client.headers["Referer"] = said
    assert '<a href="/masuk">Masuk</a>' in rina.post("/temuan/3/putusan", verdict="confirmed").text


def test_own_password(browser_of: Browsers, stranger: Browser) -> None:
    rina, elsewhere = browser_of(Role.REVIEWER, "rina"), browser_of(Role.REVIEWER, "rina")
    rina.get("/sandi")
    before = rina.session
    answer = rina.post("/sandi", sandi_lama=PASSWORD, sandi=OTHER, sandi_lagi=OTHER)
    assert answer.headers["location"] == "/?pesan=sandi"
    assert rina.session != before
    assert rina.get("/sandi").status_code == 200
    assert elsewhere.get("/sandi").status_code == 303
    assert log_in(stranger, "rina", PASSWORD)[0] == 403
    assert log_in(stranger, "rina", OTHER) == (303, "/")


@pytest.mark.parametrize(
    ("old", "new", "again", "words"),
    [
        (OTHER, OTHER, OTHER, "yang sekarang tidak benar"),
        (PASSWORD, OTHER, PASSWORD, "tidak sama"),
        (PASSWORD, PASSWORD, PASSWORD, "sama dengan yang lama"),
        (PASSWORD, "pendek", "pendek", "terlalu pendek"),
    ],
)
def test_own_password_that_is_not_changed(browser_of: Browsers, old: str, new: str, again: str, words: str) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    rina.get("/sandi")
    answer = rina.post("/sandi", sandi_lama=old, sandi=new, sandi_lagi=again)
    assert answer.status_code == 400
    assert words in answer.text
    assert old not in answer.text


def test_tries_are_forgotten_the_oldest_first() -> None:
    tries, now = Tries(), "2024-11-04T02:00:00.000000Z"
    for _ in range(WRONG_IN_A_ROW):
        tries.wrong("lama", now)
    assert tries.locked_until("lama", now)
    for number in range(10_000):
        tries.wrong(str(number), now)
    assert not tries.locked_until("lama", now)
    assert len(tries._wrong) == 10_000
