"""The photo under a reviewer's hands: closer, aside, without what is drawn on it, and a mark by the keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from casework.tables import marks
from review.office import Office
from tests.review.browser.steps import logged_in, look_at

FINDING = 3
Serve = Callable[[Office], Any]


def _view(page: Page) -> list[float]:
    said = page.get_attribute("[data-viewer] svg", "viewBox")
    assert said
    return [float(value) for value in said.split()]


def _box(page: Page) -> list[float]:
    names = ("x", "y", "width", "height")
    return [float(page.locator(f".mark-form [name={name}]").input_value()) for name in names]


def _evidence(serve: Serve, office: Office, **settings: Any) -> Page:
    look_at(office, FINDING, "rina", answered=True)
    page = logged_in(serve(office), office, "rina", **settings)
    page.goto(f"/temuan/{FINDING}")
    page.wait_for_function("document.querySelector('[data-viewer] svg').style.getPropertyValue('--unit') !== ''")
    return page


def test_closer_aside_and_back_with_the_drawing_off(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office)
    whole = _view(page)
    page.keyboard.press("+")
    page.keyboard.press("+")
    near = _view(page)
    assert near[2] < whole[2]
    page.keyboard.press("o")
    assert page.locator(".drawn[data-drawn-on]").is_hidden()
    assert page.locator("[data-drawn]").get_attribute("aria-pressed") == "false"
    assert _view(page) == near, "the same part of the photo, with and without"
    page.locator("[data-frame]").focus()
    page.keyboard.press("ArrowRight")
    assert _view(page)[0] > near[0]
    page.keyboard.press("0")
    assert _view(page) == whole
    where = page.locator("[data-frame]").bounding_box()
    assert where
    x, y = where["x"] + where["width"] / 4, where["y"] + where["height"] / 3
    page.mouse.move(x, y)
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"document.querySelector('[data-viewer] svg').viewBox.baseVal.width < {whole[2] - 1}")
    wheeled = _view(page)
    page.mouse.down()
    page.mouse.move(x - 60, y - 40, steps=3)
    page.mouse.up()
    assert _view(page)[0] > wheeled[0], "what is dragged to the left shows what is to the right of it"


def test_arrows_move_and_choose_nothing(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office)
    chosen = "document.querySelector('[data-decide]').elements.verdict.value"
    page.keyboard.press("k")
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        assert page.evaluate(chosen) == "confirmed"
    assert page.evaluate("document.activeElement.value") == "rejected", "the focus went on"
    page.keyboard.press("Space")
    assert page.evaluate(chosen) == "rejected"
    page.keyboard.press("2")
    assert page.evaluate("document.querySelector('[name=\"reason-rejected\"]').value") == "taken-before-registration"
    assert page.url.endswith(f"/temuan/{FINDING}"), "nothing was sent"


def test_a_hand_is_marked_by_the_keyboard_alone(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office)
    page.keyboard.press("m")
    page.locator("[data-place]").press("Enter")
    form = page.locator(".mark-form")
    before = _box(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    x, y, width, height = (
        float(form.locator(f"[name={name}]").input_value()) for name in ("x", "y", "width", "height")
    )
    assert x > before[0]
    assert (y, width) == (before[1], before[2])
    assert height > before[3]
    page.keyboard.press("Escape")
    assert page.locator(".mark-form").is_hidden()
    page.keyboard.press("m")
    form.locator("[name=kind][value=hand]").press("Space")
    form.locator("[name=symbol]").select_option("peace")
    form.locator("[name=note]").press("Enter")
    page.wait_for_url("**pesan=tanda-disimpan")
    with office.database.read() as connection:
        row = connection.execute(select(marks)).one()
    assert (row.kind, row.symbol, row.box) == ("hand", "peace", f"[{x}, {y}, {width}, {height}]")
    assert page.locator(".drawn .marked").count() >= 1


def test_photo_and_form_of_a_mark_are_seen_together(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office)
    told = page.get_by_text("Tarik kotak di foto, lalu isi apa yang terlewat.")
    expect(told).to_be_hidden()
    page.keyboard.press("m")
    expect(told).to_be_in_viewport()
    expect(page.locator("[data-frame]")).to_be_in_viewport()
    expect(page.locator(".mark-form [name=kind]").first).to_be_in_viewport()


def test_a_box_drawn_with_a_finger_leads_on_to_its_form(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office, viewport={"width": 390, "height": 844}, has_touch=True)
    page.get_by_text("Tandai wajah atau tangan yang terlewat").tap()
    expect(page.locator("[data-frame]")).to_be_in_viewport()
    where = page.locator("[data-frame]").bounding_box()
    assert where
    page.touchscreen.tap(where["x"] + where["width"] / 2, where["y"] + where["height"] / 2)
    expect(page.locator(".mark-form [name=kind]").first).to_be_in_viewport()
    assert _box(page)[2] > 0


def test_two_fingers_bring_the_photo_closer_and_the_page_stays_as_it_is(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office, viewport={"width": 390, "height": 844}, has_touch=True)
    whole = _view(page)
    where = page.locator("[data-frame]").bounding_box()
    assert where
    x, y = where["x"] + where["width"] / 2, where["y"] + where["height"] / 2
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": at[0], "y": at[1], "id": number} for number, at in enumerate(places)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def pinch(ends: range) -> None:
        for number, half in enumerate(ends):
            touch("touchMove" if number else "touchStart", (x - half, y), (x + half, y))
        touch("touchEnd")

    pinch(range(30, 100, 10))
    near = _view(page)
    assert whole[2] / near[2] == pytest.approx(3, rel=0.15), "fingers three times as far apart"
    assert near[0] + near[2] / 2 == pytest.approx(whole[0] + whole[2] / 2, abs=whole[2] / 20), "around their middle"
    assert page.evaluate("visualViewport.scale") == 1
    touch("touchStart", (x, y))
    for step in range(10, 90, 10):
        touch("touchMove", (x - step, y))
    touch("touchEnd")
    assert _view(page)[0] > near[0]
    assert page.evaluate("scrollY") == 0
    pinch(range(150, 20, -10))
    assert _view(page) == whole


def test_two_fingers_are_not_needed_on_a_phone(serve: Serve, office: Office) -> None:
    page = _evidence(serve, office, viewport={"width": 390, "height": 844}, has_touch=True)
    whole = _view(page)
    page.locator("[data-look]").first.tap()
    near = _view(page)
    assert near[2] < whole[2]
    page.locator("[data-whole]").tap()
    assert _view(page) == whole
