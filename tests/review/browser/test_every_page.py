"""Every page there is, in a browser: no violation of WCAG 2.2 AA that axe can see, and nothing wider than the window.

The list is ``review.routes``; a new page is looked at without being named here.
"""

from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as BrowserPage

from casework.roles import Role
from review.office import Office
from review.routes import PAGES
from tests.review.addresses import SAMPLES, sample_of
from tests.review.browser.conftest import Serve, Site
from tests.review.browser.steps import logged_in, look_at, opened_case

RULES: Final = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
WINDOWS: Final = {"laptop": (1366, 768), "laptop at 125%": (1093, 614), "telephone": (390, 844)}
ROLES: Final = {Role.REVIEWER: "rina", Role.SUPERVISOR: "sinta", Role.AUDITOR: "ani", Role.ENROLLER: "edi"}
NO_PAGE: Final = ("/gambar/", ".json")  # pictures and data, which nobody reads by themselves

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def paths(role: Role, look: int) -> Iterator[str]:
    """The addresses of every page that is for a role."""
    for page in PAGES:
        if page.method == "GET" and not page.open and role in page.roles and not any(x in page.path for x in NO_PAGE):
            yield page.path.replace("{look:int}", str(look)) if "{look" in page.path else sample_of(page.path)


@pytest.fixture
def look(office: Office) -> int:
    """What addresses name is there: an evidence page that may be seen, a look to be answered, a case."""
    look_at(office, int(SAMPLES["finding"]), "rina", answered=True)
    opened_case(office)
    return look_at(office, 2, "rina", answered=False)


def check(page: BrowserPage, path: str, name: str) -> None:
    for window, (width, height) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide[0] <= wide[1], f"{path} ({name}) is {wide[0]} pixels wide in a window of {window}"
        found = Axe().run(page, options=RULES).response["violations"]
        told = [
            f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found for node in each["nodes"]
        ]
        assert told == [], f"{path} ({name}, {window}):\n" + "\n".join(told)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("role", ROLES, ids=str)
def test_every_page_of_a_role(serve: Serve, office: Office, look: int, role: Role, scheme: str) -> None:
    site: Site = serve(office)
    page = logged_in(site, office, ROLES[role], color_scheme=scheme)
    seen = []
    for path in paths(role, look):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        check(page, path, f"{role}, {scheme}")
        seen.append(path)
    assert len(seen) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_strangers_see(serve: Serve, office: Office, scheme: str) -> None:
    page = serve(office).visitor(color_scheme=scheme)
    for path in ("/masuk", "/tidak-ada"):
        page.goto(path)
        check(page, path, f"stranger, {scheme}")
