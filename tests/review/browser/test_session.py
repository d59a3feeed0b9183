"""A session that ends while somebody types: told before, and nothing that was typed is lost."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from casework.logins import IDLE
from review.cookies import SESSION_COOKIE
from review.office import Office
from tests.review.browser.conftest import Serve, Site
from tests.review.browser.steps import logged_in, look_at, token_of
from tests.review.conftest import Clock

FINDING = 3
NOTE = "Ditanyakan kepada camat: acara keluarga."


def typing(serve: Serve, office: Office) -> tuple[Site, Page]:
    """Somebody who has chosen a verdict and typed a note, and not sent it; the page's clock is in the test's hand."""
    look_at(office, FINDING, "rina", answered=True)
    site = serve(office)
    page = logged_in(site, office, "rina")
    page.clock.install()
    page.goto(f"/temuan/{FINDING}?kekuatan=kuat")
    page.keyboard.press("j")
    page.get_by_label("Alasan untuk: Tolak").select_option("other")
    page.get_by_label("Isyarat tangan bermakna lain").check()
    page.get_by_label("Catatan, tanpa nama orang").fill(NOTE)
    return site, page


def expect_typed(page: Page) -> None:
    expect(page.get_by_text("Isian Anda yang belum terkirim dipulihkan.")).to_be_visible()
    expect(page.get_by_role("radio", name="Tolak")).to_be_checked()
    expect(page.get_by_label("Isyarat tangan bermakna lain")).to_be_checked()
    expect(page.get_by_label("Alasan untuk: Tolak")).to_have_value("sign-means-other")
    expect(page.get_by_label("Catatan, tanpa nama orang")).to_have_value(NOTE)


def test_it_is_told_before_and_goes_on_when_asked(serve: Serve, office: Office, clock: Clock) -> None:
    _, page = typing(serve, office)
    warning = page.get_by_role("dialog", name="Sesi Anda segera berakhir")
    page.clock.run_for(26 * 60_000)
    expect(warning).to_be_hidden()
    page.clock.run_for(90_000)
    expect(warning).to_be_visible()
    clock.at += timedelta(minutes=28)
    page.get_by_role("button", name="Tetap masuk").click()
    expect(warning).to_be_hidden()
    clock.at += timedelta(minutes=28)
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**terakhir=3")


def test_no_face_stays_and_what_was_typed_comes_back(serve: Serve, office: Office, clock: Clock) -> None:
    site, page = typing(serve, office)
    clock.at += IDLE
    page.clock.run_for(30 * 60_000)
    page.wait_for_url("**/masuk?ke=*")
    expect(page.get_by_text("Sesi Anda sudah berakhir. Masuklah lagi")).to_be_visible()
    expect(page.get_by_role("img")).to_have_count(0)
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token_of(office, "rina"), "url": site.address}])
    page.reload()
    page.wait_for_url(f"**/temuan/{FINDING}?kekuatan=kuat")
    expect_typed(page)
    page.get_by_role("button", name="Kirim").click()
    page.wait_for_url("**terakhir=3")
    page.get_by_role("button", name="Batalkan keputusan terakhir: temuan 3").click()
    expect(page.get_by_role("radio", name="Tolak")).not_to_be_checked()


def test_what_came_too_late_comes_back_after_the_login(serve: Serve, office: Office, clock: Clock) -> None:
    site, page = typing(serve, office)
    clock.at += IDLE
    page.get_by_role("button", name="Kirim").click()
    page.get_by_role("main").get_by_role("link", name="Masuk").click()
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token_of(office, "rina"), "url": site.address}])
    page.reload()
    expect_typed(page)


def test_nobody_else_meets_it(serve: Serve, office: Office) -> None:
    site, page = typing(serve, office)
    look_at(office, FINDING, "budi", answered=True)
    for name in ("budi", "rina"):
        page.context.add_cookies([{"name": SESSION_COOKIE, "value": token_of(office, name), "url": site.address}])
        page.goto(f"/temuan/{FINDING}")
        expect(page.get_by_role("radio", name="Tolak")).not_to_be_checked()
        expect(page.get_by_label("Catatan, tanpa nama orang")).to_have_value("")
