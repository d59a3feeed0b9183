"""A reviewer's day on real pixels: photos that were scanned with the real networks, pages as officers see them."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from candidates.election import load_election
from casework.database import Database, open_database
from casework.decisions import Verdict, decisions_of
from casework.explained import decisions_explained
from casework.queries import Filter, list_findings
from casework.review_settings import set_settings
from casework.reviewing import decide_reviewed
from console.review_enrolment import enrolments_of
from console.review_packages import PackageFolder
from console.review_pictures import OriginalPictures
from fixtures import ELECTION, MANIFEST, UPLOADS
from netra.zones import Zone
from review.office import Office
from tests.review.browser.conftest import Serve
from tests.review.browser.steps import logged_in, look_at
from tests.review.browser.test_walk import LANGUAGES, answer, begin, decide, fill, in_language, number_of, sent
from tests.review.conftest import add_everybody

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

ROOT = Path(__file__).resolve().parents[3]
FINDINGS = 20
SHIFTS = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifts.push(each.value);
}).observe({type: "layout-shift", buffered: true});
"""


@pytest.fixture
def database(scanned: Path, tmp_path: Path) -> Iterator[Database]:
    place = tmp_path / "kasus.db"
    shutil.copyfile(scanned, place)
    with open_database(place, create=False) as opened:
        with opened.begin() as connection:
            add_everybody(connection)
        yield opened


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    enrolments = enrolments_of([str(ELECTION)])
    made = Office(
        database,
        OriginalPictures(database, enrolments),
        PackageFolder(database, tmp_path / "paket", enrolments, Zone.WIB),
        enrolments,
    )
    with database.begin() as connection:
        set_settings(connection, made.log_of(connection), "sinta", control_share=0.0, second_share=1.0)
    return made


def decided(office: Office, by: str) -> int:
    with office.database.read() as connection:
        found = list_findings(connection, Filter(), count=200).findings
        return sum(any(one.reviewer == by for one in decisions_of(connection, each.id)) for each in found)


def test_twenty_findings_by_keyboard_alone(serve: Serve, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    page = logged_in(serve(office), office, "rina")
    for name in ("click", "dblclick", "down", "move", "wheel"):  # whoever uses the mouse here fails
        monkeypatch.delattr(f"playwright.sync_api.Mouse.{name}")
    begin(page)
    for number in range(FINDINGS):
        for _ in range(3):
            page.keyboard.press("ArrowDown")
            page.keyboard.press("ArrowRight")
        assert page.locator("input[type='radio']:checked").count() == 0  # arrows have answered nothing
        answer(page, same="yt"[number % 2])
        page.keyboard.press("ArrowDown")
        assert page.locator("[name='verdict']:checked").count() == 0
        assert decided(office, "rina") == number
        if number % 2:
            decide(page, "j", "not-the-candidate")
        else:
            decide(page, "k")
        assert decided(office, "rina") == number + 1
    with office.database.read() as connection:
        assert decisions_explained(connection).whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_becomes_a_package(serve: Serve, office: Office, tmp_path: Path, language: str) -> None:
    for name in ("rina", "budi"):
        look_at(office, 1, name, answered=True)
        with office.database.begin() as connection:
            decide_reviewed(
                connection, office.log_of(connection), 1, name, Verdict.CONFIRMED, "as-shown", "", office.now
            )
    page = logged_in(serve(office), office, "sinta")
    page.goto("/perkara/baru")
    in_language(page, language)
    days = {"known_on": "2024-10-21", "ends_on": "2099-12-31"}
    texts = {"purpose": "Menelusuri unggahan", "legal_basis": "UU 7/2017", "officer": "Sinta", "dpia_number": "DPIA-1"}
    fill(page, "main form", nomor="001/TM/2024", **texts, **days)
    sent(page, page.locator("main form button.main").click)
    page.locator("form[action$='/tambah'] [name='temuan-1']").check()
    sent(page, page.locator("form[action$='/tambah'] button.main").click)
    page.locator("form[action$='/ekspor'] [name='alasan']").fill("diminta Bawaslu")
    sent(page, page.locator("form[action$='/ekspor'] button.main").click)
    page.wait_for_selector("#paket:not([data-refresh])", timeout=120_000)
    (package,) = (tmp_path / "paket").iterdir()
    expect(page.locator("#paket")).to_contain_text(str(package))
    checker = package / "data" / "periksa" / "periksa.py"
    done = subprocess.run([sys.executable, checker, package], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (package / "data" / "kasus.pdf").stat().st_size > 10_000


def slow_pictures(page: Page) -> None:
    def late(route: Route) -> None:
        time.sleep(0.4)
        route.continue_()

    page.route("**/gambar/**", late)


def shifted(page: Page) -> float:
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return float(page.evaluate("window.shifts.reduce((sum, value) => sum + value, 0)"))


@pytest.mark.parametrize("window", [(1366, 768), (390, 844)], ids=["laptop", "telephone"])
def test_nothing_moves_when_a_picture_arrives(serve: Serve, office: Office, window: tuple[int, int]) -> None:
    size = {"width": window[0], "height": window[1]}
    page = logged_in(serve(office), office, "rina", viewport=size)
    page.add_init_script(SHIFTS)
    slow_pictures(page)
    page.goto(f"/tinjau/{look_at(office, 1, 'rina', answered=False)}")
    assert page.locator("img").count() >= 2
    assert shifted(page) == 0.0
    look_at(office, 1, "rina", answered=True)
    page.goto("/temuan/1")
    assert shifted(page) == 0.0
    widths = page.evaluate("[...document.images].map((each) => each.naturalWidth)")
    assert min(widths) > 0  # they did arrive


def test_a_scan_runs_while_two_reviewers_work(serve: Serve, office: Office, tmp_path: Path) -> None:
    """Another election file, so that findings are made anew, while decisions arrive through two browsers."""
    site = serve(office)
    people = {name: logged_in(site, office, name) for name in ("rina", "budi")}
    for page in people.values():
        begin(page)
    path = office.database.files[0]
    folder = tmp_path / "pemilihan"
    shutil.copytree(ELECTION.parent, folder)
    election = folder / ELECTION.name
    text = election.read_text(encoding="utf-8")
    election.write_text(text.replace(load_election(ELECTION).name, "Nama baru"), encoding="utf-8")
    asked = ["-q", "scan", UPLOADS, "--election", election, "--manifest", MANIFEST, "--db", path, "--workers", "1"]
    command = [sys.executable, "-c", "import cli; cli.main()", *map(str, asked)]
    scanning = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    made: dict[str, set[int]] = {name: set() for name in people}
    rounds = 0
    while scanning.poll() is None or rounds < 4:
        for name, page in people.items():
            if "/tinjau/" not in page.url:
                continue
            answer(page)
            made[name].add(number_of(page))
            decide(page, "k" if rounds % 2 else "r", "" if rounds % 2 else "photo-poor")
        rounds += 1
        if rounds >= 25:
            break
    _, told = scanning.communicate(timeout=400)
    assert scanning.returncode in {0, 3}, told
    with office.database.read() as connection:
        states = {one.id: one for one in list_findings(connection, Filter(current=False), count=300).findings}
        for name, findings in made.items():
            for finding in findings:
                said = [one for one in decisions_of(connection, finding) if one.reviewer == name and not one.undone]
                assert len(said) == 1
                assert states[finding].state != "suggested"
        assert decisions_explained(connection).whole
    for name, page in people.items():
        page.goto("/temuan?giliran=menunggu")
        waiting = {int(href.split("/")[2].split("?")[0]) for href in links(page)}
        assert not waiting & made[name]


def links(page: Page) -> list[str]:
    found = page.locator("a[data-row]").evaluate_all("(all) => all.map((each) => each.getAttribute('href'))")
    return [href for href in found if href.startswith("/temuan/")]
