"""What the supervisor sees of how reviewing works, and what can be done there."""

from casework.roles import Role
from tests.review.conftest import Browsers


def test_an_office_without_decisions_says_so(browser_of: Browsers) -> None:
    for sinta in (browser_of(Role.SUPERVISOR), browser_of(Role.AUDITOR).as_english()):
        page = sinta.get("/mutu")
        assert page.status_code == 200
        assert ("Tidak ada." in page.text) != ("None." in page.text)
