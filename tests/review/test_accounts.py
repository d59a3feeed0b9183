"""Accounts on the page, and the audit log as it is read there."""

import re

import pytest

from casework.accounts import WRONG_IN_A_ROW, all_accounts
from casework.audit import Action, AuditLog
from casework.audit_list import list_log
from casework.database import Database
from casework.roles import Account, Role
from review.account_words import ACTIONS, ROLES, ROLES_TOLD
from tests.review.conftest import PASSWORD, Browser, Browsers

FIRST = "awan di atas jembatan tua"


def account(database: Database, name: str) -> Account:
    with database.read() as connection:
        return next(one for one in all_accounts(connection) if one.name == name)


def last(database: Database) -> tuple[str, str, str]:
    with database.read() as connection:
        draft = list_log(connection).entries[0].draft
    return draft.actor, str(draft.action), draft.subject


def test_every_word_is_there() -> None:
    assert set(ACTIONS) == set(Action)
    assert set(ROLES) == set(ROLES_TOLD) == set(Role)


def test_a_supervisor_makes_an_account_that_has_to_change_its_password(
    browser_of: Browsers, stranger: Browser, database: Database
) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    sinta.get("/akun")
    answer = sinta.post("/akun", nama="Yuni", nama_lengkap="Yuni Rahmasari", peran="reviewer", sandi=FIRST)
    assert answer.headers["location"] == "/akun?pesan=akun-dibuat"
    assert last(database) == ("sinta", "account.add", "account:yuni")
    assert "Yuni Rahmasari" in sinta.get("/akun").text
    stranger.get("/masuk")
    assert stranger.post("/masuk", nama="yuni", sandi=FIRST).status_code == 303
    assert stranger.get("/").headers["location"] == "/sandi"
    assert "diberikan oleh orang lain" in stranger.get("/sandi").text
    stranger.post("/sandi", sandi_lama=FIRST, sandi=PASSWORD, sandi_lagi=PASSWORD)
    assert stranger.get("/sandi").status_code == 200
    assert not account(database, "yuni").must_change


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nama": "rina"}, "sudah dipakai"),
        ({"nama": "Y!"}, "Nama untuk masuk terdiri"),
        ({"sandi": "pendek"}, "terlalu pendek"),
        ({"peran": "raja"}, "Peran ini tidak dikenal"),
    ],
)
def test_an_account_that_is_not_made(
    browser_of: Browsers, database: Database, changes: dict[str, str], words: str
) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    sinta.get("/akun")
    fields = {"nama": "yuni", "nama_lengkap": "Yuni R", "peran": "auditor", "sandi": FIRST} | changes
    answer = sinta.post("/akun", **fields)
    assert answer.status_code == 400
    assert words in answer.text
    assert FIRST not in answer.text
    with database.read() as connection:
        assert "yuni" not in {one.name for one in all_accounts(connection)}


def test_another_role_puts_somebody_out(browser_of: Browsers, database: Database) -> None:
    sinta, rina = browser_of(Role.SUPERVISOR), browser_of(Role.REVIEWER, "rina")
    number = account(database, "rina").id
    sinta.get(f"/akun/{number}")
    assert sinta.post(f"/akun/{number}/peran", peran="enroller").status_code == 303
    assert account(database, "rina").role is Role.ENROLLER
    assert rina.get("/sandi").status_code == 303
    assert last(database) == ("sinta", "account.set", "account:rina")


def test_a_new_password_puts_somebody_out(browser_of: Browsers, database: Database) -> None:
    sinta, rina = browser_of(Role.SUPERVISOR), browser_of(Role.REVIEWER, "rina")
    number = account(database, "rina").id
    assert sinta.post(f"/akun/{number}/sandi", sandi=FIRST).status_code == 303
    assert rina.get("/sandi").status_code == 303
    assert account(database, "rina").must_change


def test_an_account_is_taken_away_and_given_back(browser_of: Browsers, stranger: Browser, database: Database) -> None:
    sinta, rina = browser_of(Role.SUPERVISOR), browser_of(Role.REVIEWER, "rina")
    number = account(database, "rina").id
    assert sinta.post(f"/akun/{number}/aktif", aktif="tidak").status_code == 303
    assert rina.get("/sandi").status_code == 303
    assert last(database) == ("sinta", "account.remove", "account:rina")
    assert "nonaktif" in sinta.get("/akun").text
    stranger.get("/masuk")
    assert stranger.post("/masuk", nama="rina", sandi=PASSWORD).status_code == 403
    assert sinta.post(f"/akun/{number}/aktif", aktif="ya").status_code == 303
    assert stranger.post("/masuk", nama="rina", sandi=PASSWORD).status_code == 303


def test_a_lock_is_shown_and_ended(browser_of: Browsers, stranger: Browser, database: Database) -> None:
    stranger.get("/masuk")
    for _ in range(WRONG_IN_A_ROW):
        stranger.post("/masuk", nama="rina", sandi=FIRST)
    sinta = browser_of(Role.SUPERVISOR)
    number = account(database, "rina").id
    assert "terkunci sampai 4 Nov 2024 09:15 WIB" in sinta.get("/akun").text
    assert "Buka kunci" in sinta.get(f"/akun/{number}").text
    sinta.post(f"/akun/{number}/buka")
    assert "Buka kunci" not in sinta.get(f"/akun/{number}").text
    assert stranger.post("/masuk", nama="rina", sandi=PASSWORD).status_code == 303


def test_nobody_takes_their_own_account_away(browser_of: Browsers, database: Database) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    number = account(database, "sinta").id
    assert "Ubah peran" not in sinta.get(f"/akun/{number}").text
    for path, fields in (("peran", {"peran": "reviewer"}), ("aktif", {"aktif": "tidak"}), ("sandi", {"sandi": FIRST})):
        answer = sinta.post(f"/akun/{number}/{path}", **fields)
        assert answer.status_code == 400
        assert "oleh penyelia lain" in answer.text
    assert account(database, "sinta").role is Role.SUPERVISOR


def test_an_account_that_is_not_there(browser_of: Browsers) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    assert sinta.get("/akun/999").status_code == 404
    assert sinta.post("/akun/999/buka").status_code == 404


def test_an_auditor_sees_accounts_and_no_forms(browser_of: Browsers) -> None:
    page = browser_of(Role.AUDITOR).get("/akun")
    assert page.status_code == 200
    assert 'action="/akun"' not in page.text


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.AUDITOR])
def test_the_log_is_read_and_that_is_logged(browser_of: Browsers, database: Database, role: Role) -> None:
    browser = browser_of(role)
    page = browser.get("/log?tentang=uploader:u-1987&pelaku=petugas").text
    with database.read() as connection:
        draft = list_log(connection).entries[0].draft
    assert (draft.actor, draft.action, draft.subject) == (browser_name(role), Action.SEARCH, "log")
    assert draft.detail == {"what": "log", "filters": ["actor", "subject"]}
    assert "Tidak ada catatan yang cocok" in page


def browser_name(role: Role) -> str:
    return {Role.SUPERVISOR: "sinta", Role.AUDITOR: "ani"}[role]


def test_no_salt_is_shown(browser_of: Browsers, database: Database) -> None:
    page = browser_of(Role.AUDITOR).get("/log").text
    with database.read() as connection:
        entries = list(AuditLog(connection).entries())
    assert len(entries) > 5
    salts = [one.text.partition('"salt":"')[2][:32] for one in entries]
    assert all(len(salt) == 32 for salt in salts)
    assert not any(salt in page for salt in salts)


def test_what_an_entry_says_besides_is_names_and_values_and_inert(browser_of: Browsers, database: Database) -> None:
    detail = {
        "photo": "<b>x</b>\u202egpj",
        "old": {"share": 0.05, "on": True},
        "filters": ["actor", "subject"],
        "no": [],
    }
    with database.begin() as connection:
        AuditLog(connection).append("rina", Action.SETTING_SET, "settings", "", detail)
    page = browser_of(Role.AUDITOR).get("/log?tindakan=setting.set").text
    told = re.findall(r'<li><span class="soft">(.*?):</span> <span class="said">(.*?)</span></li>', page)
    assert told == [
        ("filters", "actor, subject"),
        ("no", "[]"),
        ("old.on", "true"),
        ("old.share", "0.05"),
        ("photo", "&lt;b&gt;x&lt;/b&gt;[U+202E]gpj"),
    ]
    assert "{&#34;" not in page


def test_the_log_page_by_page(browser_of: Browsers, database: Database) -> None:
    with database.begin() as connection:
        for number in range(250):
            AuditLog(connection).append("rina", Action.FACE_VIEW, f"finding:{number % 7}", detail={"actor": "budi"})
    ani = browser_of(Role.AUDITOR)
    first = ani.get("/log?tindakan=face.view").text
    assert first.count("<tr>") == 101
    place = first.partition("sebelum=")[2].partition('"')[0]
    second = ani.get(f"/log?tindakan=face.view&sebelum={place}").text
    assert second.count("<tr>") == 101
    assert ani.get("/log?pelaku=budi&tindakan=face.view").text.count("<tr>") == 0
    for odd in ("sebelum=-1", "sebelum=x", "sebelum=99999999999999999999", "tindakan=%25", "tindakan=entah"):
        assert ani.get(f"/log?{odd}").status_code == 200
