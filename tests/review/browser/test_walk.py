"""The way of a finding through the page, in a real browser, in both languages."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response, expect

from casework.database import open_database
from casework.decisions import decisions_of
from casework.evidence import read_evidence
from casework.review_settings import set_settings
from review.evidence_words import clauses_of
from review.office import Office
from tests.review.browser.conftest import Serve, Site
from tests.review.browser.steps import logged_in
from tests.review.conftest import PASSWORD, SETUP_CODE, Clock, office_over
from tests.review.office_sample import fill_office

LANGUAGES = ("id", "en")
IN_BOTH = ["id", pytest.param("en", marks=pytest.mark.slow)]
NEW_PASSWORD = "tujuh belas payung di beranda"
MACHINE = ("e_value", "E-value", "nilai-E", "similarity", "kemiripan", "strong", "kuat", "possible", "band")


@pytest.fixture
def certain(office: Office) -> Office:
    """The office without planted looks, and with a second look at everything: what comes next is known."""
    with office.database.begin() as connection:
        set_settings(connection, office.log_of(connection), "sinta", control_share=0.0, second_share=1.0)
    return office


def in_language(page: Page, language: str) -> None:
    if language == "en":
        page.locator("form[action='/bahasa'] button").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def sent(page: Page, step: Callable[[], object]) -> Response:
    """Do what sends a form and wait for the page after it."""
    with page.expect_navigation() as done:
        step()
    return done.value


def fill(page: Page, form: str, **fields: str) -> None:
    for name, value in fields.items():
        page.locator(f"{form} [name='{name}']").first.fill(value)


def log_in(page: Page, name: str, password: str) -> None:
    page.goto("/masuk")
    fill(page, "main form", nama=name, sandi=password)
    sent(page, page.locator("main form button").first.click)


def log_out(page: Page) -> None:
    sent(page, page.locator("form[action='/keluar'] button").click)
    assert page.url.split("?")[0].endswith("/masuk")


@pytest.mark.parametrize("language", IN_BOTH)
def test_set_up_and_accounts(serve: Serve, tmp_path: Path, language: str) -> None:
    with open_database(tmp_path / "kasus.db", create=True) as database:
        fill_office(database)
        site = serve(office_over(database, tmp_path, Clock()))
        page = site.visitor()
        page.goto("/")
        in_language(page, language)
        assert page.url.endswith("/mulai")
        fill(page, "main form", kode="BUKANKODEX", nama="sinta", sandi=PASSWORD, sandi_lagi=PASSWORD)
        sent(page, page.locator("main form button").first.click)
        expect(page.get_by_role("alert")).to_be_visible()
        fill(page, "main form", kode=SETUP_CODE, nama="sinta", sandi=PASSWORD, sandi_lagi=PASSWORD)
        sent(page, page.locator("main form button").first.click)
        assert "/akun" in page.url
        fill(page, "main form[action='/akun']", nama="rina", sandi=PASSWORD)
        page.locator("main form[action='/akun'] [name='peran'][value='reviewer']").check()
        sent(page, page.locator("main form[action='/akun'] button").first.click)
        expect(page.get_by_text("rina").first).to_be_visible()
        log_out(page)

        log_in(page, "rina", PASSWORD)
        assert "/sandi" in page.url  # somebody else gave it
        fill(page, "main form", sandi_lama=PASSWORD, sandi=NEW_PASSWORD, sandi_lagi=NEW_PASSWORD)
        sent(page, page.locator("main form button").first.click)
        assert page.url.split("?")[0] == site.address + "/"
        expect(page.locator("a[href='/akun']")).to_have_count(0)
        refused = page.goto("/akun")
        assert refused is not None
        assert refused.status == 403
        log_out(page)
        page.go_back()
        page.reload()
        assert "/masuk" in page.url  # what was seen before cannot be called back


def test_wrong_passwords_lock_an_account(serve: Serve, office: Office) -> None:
    page = serve(office).visitor()
    for _ in range(6):
        log_in(page, "budi", "ini bukan kata sandinya")
    log_in(page, "budi", PASSWORD)
    assert page.url.endswith("/masuk")
    expect(page.get_by_role("alert")).to_contain_text("terkunci")


def begin(page: Page) -> None:
    """From the list to the next first look."""
    page.goto("/temuan")
    sent(page, lambda: page.keyboard.press("n"))
    assert "/tinjau/" in page.url


def answer(page: Page, same: str = "y", symbol: str = "0") -> None:
    """The first look's questions, by keys, and send."""
    for name, key in (("same_person", same), ("symbol", symbol)):
        if page.locator(f"[name='{name}']").count():
            page.keyboard.press(key)
            expect(page.locator(f"[name='{name}'][data-key='{key}']")).to_be_checked()
    sent(page, lambda: page.keyboard.press("s"))


def decide(page: Page, key: str, reason: str = "") -> None:
    page.keyboard.press(key)
    expect(page.locator(f"[name='verdict'][data-key='{key}']")).to_be_checked()
    if reason:
        page.locator("select[name^='reason-']:visible").select_option(reason)
    sent(page, lambda: page.keyboard.press("s"))


def number_of(page: Page) -> int:
    found = re.search(r"/temuan/(\d+)", page.url)
    assert found, page.url
    return int(found[1])


@pytest.mark.parametrize("language", IN_BOTH)
def test_two_people_and_a_disagreement(serve: Serve, certain: Office, language: str) -> None:
    site: Site = serve(certain)
    rina = logged_in(site, certain, "rina")
    rina.goto("/")
    in_language(rina, language)

    begin(rina)
    first_look = rina.content()
    for word in MACHINE:
        assert word not in first_look, word
    answer(rina)
    finding = number_of(rina)
    with certain.database.read() as connection:
        truth = read_evidence(connection, finding)[0]
    for clause in clauses_of(truth.sentence.indonesian if language == "id" else truth.sentence.english):
        expect(rina.locator("main")).to_contain_text(clause)
    decide(rina, "k")
    assert "/tinjau/" in rina.url  # on to the next one
    expect(rina.locator(f"form[action='/temuan/{finding}/batal']")).to_be_visible()

    budi = logged_in(site, certain, "budi")
    budi.goto(f"/temuan/{finding}")
    assert "/tinjau/" in budi.url
    assert "rina" not in budi.content().casefold()
    answer(budi, same="t")
    assert number_of(budi) == finding
    assert "rina" not in budi.content().casefold()
    decide(budi, "j", "not-the-candidate")

    sent(rina, lambda: rina.keyboard.press("u"))  # somebody else has decided by now
    with certain.database.read() as connection:
        assert [one.undone for one in decisions_of(connection, finding)] == [False, False]

    sinta = logged_in(site, certain, "sinta")
    sinta.goto("/mutu")
    expect(sinta.locator(f"a[href^='/temuan/{finding}']").first).to_be_visible()
    sinta.goto(f"/temuan/{finding}")
    expect(sinta.locator("main")).to_contain_text(re.compile("rina", re.IGNORECASE))
    expect(sinta.locator("main")).to_contain_text(re.compile("budi", re.IGNORECASE))
    assert sinta.locator("[name='verdict']").count() == 0


@pytest.mark.parametrize("language", IN_BOTH)
def test_a_decision_is_taken_back_from_the_next_page(serve: Serve, certain: Office, language: str) -> None:
    page = logged_in(serve(certain), certain, "rina")
    page.goto("/")
    in_language(page, language)
    begin(page)
    answer(page)
    finding = number_of(page)
    decide(page, "k")
    assert "/tinjau/" in page.url
    sent(page, lambda: page.keyboard.press("u"))
    assert number_of(page) == finding
    expect(page.locator("[name='verdict']").first).to_be_attached()
    with certain.database.read() as connection:
        assert [one.undone for one in decisions_of(connection, finding)] == [True]


@pytest.mark.parametrize("language", IN_BOTH)
def test_a_filter_stays_in_the_address(serve: Serve, certain: Office, language: str) -> None:
    page = logged_in(serve(certain), certain, "sinta")
    page.goto("/")
    in_language(page, language)
    page.goto("/temuan?kekuatan=kuat&giliran=semua")
    rows = page.locator("[data-rows] [data-row]").count()
    assert rows > 0
    page.locator("[data-rows] [data-row]").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.url.endswith("/temuan?kekuatan=kuat&giliran=semua")
    page.reload()
    assert page.locator("[data-rows] [data-row]").count() == rows
