"""What is pressed twice is sent once."""

from playwright.sync_api import Route, expect

from casework.decisions import Verdict
from casework.reviewing import decide_reviewed
from review.office import Office
from tests.review.browser.conftest import Serve
from tests.review.browser.steps import logged_in, look_at

FINDING = 3


def test_pressing_twice_asks_for_one_more_reviewer_and_is_told_so(serve: Serve, office: Office) -> None:
    for name, verdict, why in (("rina", Verdict.CONFIRMED, "as-shown"), ("budi", Verdict.REJECTED, "not-asn")):
        look_at(office, FINDING, name, answered=True)
        with office.database.begin() as connection:
            decide_reviewed(connection, office.log_of(connection), FINDING, name, verdict, why, "", office.now)
    page = logged_in(serve(office), office, "sinta")
    page.goto("/mutu")
    held: list[Route] = []

    def hold(route: Route) -> None:  # a slow answer
        held.append(route)

    page.route("**/mutu/minta", hold)
    page.get_by_label("Mengapa").first.fill("Dua suara berbeda")
    for _ in range(2):
        page.keyboard.press("Enter")
        page.wait_for_timeout(200)
    assert len(held) == 1
    held[0].continue_()
    expect(page.get_by_text("Satu peninjau lagi diminta untuk temuan ini.")).to_be_visible()


def test_a_dialog_closes_as_often_as_it_is_opened(serve: Serve, office: Office) -> None:
    page = logged_in(serve(office), office, "rina")
    page.goto("/")
    for _ in range(2):
        page.keyboard.press("?")
        page.get_by_role("dialog").get_by_role("button", name="Tutup").click()
        expect(page.get_by_role("dialog")).to_be_hidden()
