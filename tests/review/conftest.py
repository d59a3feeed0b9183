"""An office with its page, its people and their browsers, over a filled database that each test has for itself."""

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from casework.accounts import add_account, all_accounts
from casework.audit import AuditLog
from casework.database import Database, open_database
from casework.logins import begin_login
from casework.roles import Role
from review.app import make_app
from review.cookies import SESSION_COOKIE
from review.doors import EnrolledCandidate, EnrolledPhoto
from review.language import COOKIE as LANGUAGE_COOKIE
from review.office import Office
from review.routes import PAGES
from review.serve import hosts_of
from review.tokens import new_session_token
from tests.review.doors import DotPictures, PaperEnrolment, PaperPackages
from tests.review.office_sample import ELECTION, ELECTION_NAME, candidates, fill_office

HOST = "127.0.0.1:8460"
ORIGIN = f"http://{HOST}"
PASSWORD = "sepeda biru di bawah hujan"
SETUP_CODE = "KODE23UJIX"
ACCOUNTS = {
    "rina": (Role.REVIEWER, "Rina Kusumawardani"),
    "budi": (Role.REVIEWER, "Budi Santikarma"),
    "tono": (Role.REVIEWER, "Tono Wibisana"),
    "sinta": (Role.SUPERVISOR, "Sinta Maharatna"),
    "edi": (Role.ENROLLER, "Edi Prasaja"),
    "ani": (Role.AUDITOR, "Ani Lestariningrum"),
}


@dataclass
class Clock:
    """The office's clock, which stands until a test moves it."""

    at: datetime = datetime(2024, 11, 4, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **much: float) -> None:
        self.at += timedelta(**much)


@dataclass
class Browser:
    """Somebody at the page. Redirects are not followed unless asked.

    Attributes:
        client: of Starlette.
        csrf: the token of the last page with a form.
    """

    client: TestClient
    csrf: str = ""

    def get(self, path: str, *, follow: bool = False) -> Any:
        return self._kept(self.client.get(path, follow_redirects=follow))

    def post(self, path: str, *, follow: Any = False, files: Any = None, **fields: str) -> Any:
        if not self.csrf:
            self.get("/", follow=True)
        data = {"csrf": self.csrf, **fields}
        answer = self.client.post(path, data=data, files=files, headers={"Origin": ORIGIN}, follow_redirects=follow)
        return self._kept(answer)

    def as_english(self) -> "Browser":
        self.client.cookies.set(LANGUAGE_COOKIE, "en", domain="127.0.0.1", path="/")
        return self

    @property
    def session(self) -> str:
        return next((one.value or "" for one in self.client.cookies.jar if one.name == SESSION_COOKIE), "")

    def _kept(self, answer: Any) -> Any:
        if found := re.search(r'name="csrf" value="([0-9a-f]+)"', answer.text):
            self.csrf = found[1]
        return answer


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with findings and everybody's account; copied, never written."""
    path = tmp_path_factory.mktemp("kantor") / "kasus.db"
    with open_database(path, create=True) as database:
        fill_office(database)
        with database.begin() as connection:
            add_everybody(connection)
    return path


def add_everybody(connection: Any) -> None:
    for name, (role, full_name) in ACCOUNTS.items():
        made_at = "2024-10-21T01:00:00.000000Z"
        log = AuditLog(connection)
        add_account(connection, log, name, full_name, role, PASSWORD, "sinta", made_at, must_change=False)


@pytest.fixture
def database(filled: Path, tmp_path: Path) -> Iterator[Database]:
    place = tmp_path / "kasus.db"
    shutil.copyfile(filled, place)
    with open_database(place, create=False, check=False) as opened:
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(database: Database, tmp_path: Path, clock: Clock) -> Office:
    return office_over(database, tmp_path, clock)


def office_over(database: Database, folder: Path, clock: Callable[[], datetime]) -> Office:
    """An office of a database, with stand-ins at its doors."""
    people = tuple(
        EnrolledCandidate(
            name,
            name.replace("-", " ").title(),
            "calon wali kota",
            ticket,
            (
                EnrolledPhoto(f"photos/{name}-1.jpg", usable=True),
                EnrolledPhoto(f"photos/{name}-2.jpg", usable=False, remarks=(("wajah kecil", "a small face"),)),
            ),
        )
        for name, ticket in candidates()
    )
    enrolment = PaperEnrolment(ELECTION, ELECTION_NAME, people)
    return Office(database, DotPictures(), PaperPackages(folder), (enrolment,), setup_code=SETUP_CODE, clock=clock)


@pytest.fixture
def app(office: Office) -> Starlette:
    return page_of(office)


def page_of(office: Office) -> Starlette:
    """The whole page of an office, as ``netra review`` serves it."""
    return make_app(office, PAGES, hosts_of("127.0.0.1", 8460, "http"))


@pytest.fixture
def stranger(app: Starlette) -> Iterator[Browser]:
    """Somebody who is not logged in."""
    with TestClient(app, base_url=ORIGIN) as client:
        yield Browser(client)


@dataclass
class Browsers:
    """Makes browsers of people who are logged in: ``browser_of(Role.REVIEWER, "rina")``."""

    app: Starlette
    office: Office
    clients: list[TestClient] = field(default_factory=list)

    def __call__(self, role: Role = Role.REVIEWER, name: str = "") -> Browser:
        name = name or next(one for one, (has, _) in ACCOUNTS.items() if has is role)
        with self.office.database.begin() as connection:
            account = next(one for one in all_accounts(connection) if one.name == name)
            assert account.role is role
            token = new_session_token()
            begin_login(connection, account.id, token, self.office.now)
        client = TestClient(self.app, base_url=ORIGIN)
        client.cookies.set(SESSION_COOKIE, token, domain="127.0.0.1", path="/")
        self.clients.append(client)
        return Browser(client)


@pytest.fixture
def browser_of(app: Starlette, office: Office) -> Browsers:
    return Browsers(app, office)
