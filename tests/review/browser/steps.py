"""What the tests in a browser do again and again."""

from typing import Any

from playwright.sync_api import Page

from casework.accounts import all_accounts
from casework.cases import Cases
from casework.logins import begin_login
from casework.looks import SamePerson, answer_look, open_look
from review.cookies import SESSION_COOKIE
from review.office import Office
from review.tokens import new_session_token
from tests.review.browser.conftest import Site
from tests.review.office_sample import ELECTION


def token_of(office: Office, name: str) -> str:
    """A session of an account."""
    token = new_session_token()
    with office.database.begin() as connection:
        account = next(one for one in all_accounts(connection) if one.name == name)
        begin_login(connection, account.id, token, office.now)
    return token


def logged_in(site: Site, office: Office, name: str, **settings: Any) -> Page:
    """A browser of somebody who is logged in."""
    page = site.visitor(**settings)
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token_of(office, name), "url": site.address}])
    return page


def look_at(office: Office, finding: int, reviewer: str, *, answered: bool) -> int:
    """A reviewer's first look at a finding, answered or not; its number."""
    with office.database.begin() as connection:
        log = office.log_of(connection)
        look = open_look(connection, log, finding, reviewer, office.now)
        if answered:
            same = SamePerson.SAME if look.person else ""
            answer_look(connection, log, look.id, reviewer, same, "none" if look.hand else "", office.now)
    return look.id


def opened_case(office: Office, number: str = "001/TM/2024") -> str:
    """A case with every duty filled in; its number."""
    values = {
        "purpose": "Menelusuri unggahan foto bersama calon",
        "legal_basis": "UU 7/2017 Pasal 93",
        "officer": "Sinta Maharatna",
        "ends_on": "2024-12-31",
        "known_on": "2024-10-21",
        "dpia_number": "DPIA-1/2024",
    }
    with office.database.begin() as connection:
        cases = Cases(connection, office.log_of(connection), "sinta", office.today, office.now)
        cases.open(number, ELECTION, values)
    return number
