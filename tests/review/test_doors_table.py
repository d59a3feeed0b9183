"""Every page, asked for in every way by everybody who may not have it: denied, and nothing changes.

The table is made of ``review.routes.PAGES`` and checked against what Starlette's own router has, so that a page that
is added tomorrow is in it; a new name of a parameter needs a sample value here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import func, insert, select, update
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from casework.database import Database
from casework.roles import EVERYBODY, Role
from casework.tables import accounts, looks, marks, metadata
from review.cookies import SESSION_COOKIE
from review.office import Office
from review.page import Page
from review.routes import PAGES
from review.tokens import new_session_token
from tests.review.addresses import sample_of
from tests.review.conftest import ACCOUNTS, HOST, ORIGIN, Browser, Browsers, page_of

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
UNCHANGED_BUT = {"audit", "about", "logins"}  # the log; its keys; when a session was last seen
DENIED = frozenset({301, 303, 307, 400, 401, 403, 404, 405, 411, 413, 421})
BY_PATH = sorted({page.path for page in PAGES})


def pages_of(path: str) -> dict[str, Page]:
    return {page.method: page for page in PAGES if page.path == path}


def counts(database: Database) -> dict[str, int]:
    with database.read() as connection:
        return {
            name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in metadata.tables.items()
            if name not in UNCHANGED_BUT
        }


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Of the tables that the page writes to."""
    with database.read() as connection:
        return {
            name: [tuple(row) for row in connection.execute(select(metadata.tables[name])).all()]
            for name in ("accounts", "decisions", "looks", "marks", "findings", "cases", "case_findings")
        }


@dataclass
class Asked:
    """Asks, and keeps what was not denied.

    Attributes:
        table: lines of what was asked for and how that ended.
    """

    client: TestClient
    table: list[tuple[str, str, int]] = field(default_factory=list)
    let_in: list[str] = field(default_factory=list)

    def ask(
        self, method: str, path: str, headers: dict[str, str] | None = None, csrf: str = "", *, also: int = 0
    ) -> None:
        given = {"Origin": ORIGIN, **(headers or {})}
        data = {"csrf": csrf} if method in ("POST", "PUT", "PATCH") else None
        answer = self.client.request(method, path, headers=given, data=data, follow_redirects=False)
        self.table.append((method, path, answer.status_code))
        if answer.status_code not in DENIED and answer.status_code != also:
            self.let_in.append(f"{method} {path}: {answer.status_code}")
        if answer.status_code in (301, 303, 307) and answer.headers["location"].split("?")[0] not in (
            "/masuk",
            "/sandi",
        ):
            self.let_in.append(f"{method} {path}: sent to {answer.headers['location']}")
        if method != "HEAD" and answer.status_code in DENIED:
            assert "data-photo" not in answer.text


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with TestClient(page_of(office), base_url=ORIGIN) as made:
        yield made


@pytest.fixture
def unchanged(database: Database) -> Iterator[None]:
    """Nothing but the log is other than before."""
    before, rows = counts(database), contents(database)
    yield
    assert counts(database) == before
    assert contents(database) == rows


def log_in_as(client: TestClient, office: Office, name: str) -> Browser:
    browser = Browsers(page_of(office), office)(ACCOUNTS[name][0], name)
    client.cookies.set(SESSION_COOKIE, browser.session, domain="127.0.0.1", path="/")
    return browser


def token_of(client: TestClient) -> str:
    """The form token of a client's session, from a page that everybody has."""
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', client.get("/sandi", follow_redirects=True).text)
    assert found
    return found[1]


def is_public(page: Page | None) -> bool:
    return page is not None and page.open


def test_the_table_has_what_the_router_has(office: Office) -> None:
    routes = page_of(office).routes
    served = {
        (method, one.path)
        for one in routes
        if isinstance(one, Route)
        for method in (one.methods or ())
        if method != "HEAD"
    }
    assert served == {(page.method, page.path) for page in PAGES}
    mounts = [one for one in routes if not isinstance(one, Route)]
    assert [one.path for one in mounts if isinstance(one, Mount)] == ["/aset"]
    assert len(mounts) == 1


def test_every_parameter_has_a_sample() -> None:
    assert all("{" not in sample_of(path) for path in BY_PATH)


def test_what_is_open_to_strangers_is_little() -> None:
    assert {(page.method, page.path) for page in PAGES if page.open} == {
        *(("GET", "/masuk"), ("POST", "/masuk"), ("GET", "/mulai"), ("POST", "/mulai"), ("POST", "/bahasa")),
    }


@pytest.mark.usefixtures("unchanged")
def test_nobody_who_is_not_logged_in(client: TestClient) -> None:
    asked = Asked(client)
    for path in BY_PATH:
        for method in METHODS:
            page = pages_of(path).get("GET" if method == "HEAD" else method)
            if not is_public(page):
                asked.ask(method, sample_of(path), csrf="0" * 64)
    assert len(asked.table) > 100
    assert not asked.let_in


@pytest.mark.usefixtures("unchanged")
def test_nobody_with_a_session_that_is_none(client: TestClient) -> None:
    client.cookies.set(SESSION_COOKIE, new_session_token(), domain="127.0.0.1", path="/")
    token = token_of(client)
    asked = Asked(client)
    for page in PAGES:
        if not page.open:
            asked.ask(page.method, sample_of(page.path), csrf=token)
    assert not asked.let_in


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("name", ["rina", "sinta", "edi", "ani"])
def test_nobody_of_another_role(client: TestClient, office: Office, name: str) -> None:
    role = ACCOUNTS[name][0]
    log_in_as(client, office, name)
    token = token_of(client)
    asked = Asked(client)
    for page in PAGES:
        if role not in page.roles and not page.open:
            asked.ask(page.method, sample_of(page.path), csrf=token)
            if page.method == "GET":
                asked.ask("HEAD", sample_of(page.path))
    assert all(status == 403 for _, _, status in asked.table), asked.table
    assert asked.table or role is Role.SUPERVISOR
    assert not asked.let_in


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("name", ["rina", "sinta", "edi", "ani"])
def test_no_method_that_no_page_has(client: TestClient, office: Office, name: str) -> None:
    log_in_as(client, office, name)
    token = token_of(client)
    asked = Asked(client)
    for path in BY_PATH:
        for method in METHODS:
            if ("GET" if method == "HEAD" else method) not in pages_of(path):
                asked.ask(method, sample_of(path), csrf=token)
    assert len(asked.table) > 100
    assert {status for _, _, status in asked.table} <= {405}, [one for one in asked.table if one[2] != 405]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "host",
    [
        "jahat.example",
        "127.0.0.1",
        "127.0.0.1:8461",
        "localhost.jahat.example:8460",
        "",
        "127.0.0.1:8460.jahat.example",
    ],
)
def test_no_other_host(client: TestClient, office: Office, host: str) -> None:
    log_in_as(client, office, "sinta")
    token = token_of(client)
    asked = Asked(client)
    for page in PAGES:
        asked.ask(page.method, sample_of(page.path), {"Host": host}, token)
    asked.ask("GET", "/aset/base.css", {"Host": host})
    asked.ask("GET", "/entah", {"Host": host})
    assert {status for _, _, status in asked.table} == {421}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://jahat.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": f"https://{HOST}"},
        {"Origin": f"http://{HOST}.jahat.example"},
        {"Origin": ""},
    ],
)
def test_no_other_origin(client: TestClient, office: Office, headers: dict[str, str]) -> None:
    log_in_as(client, office, "sinta")
    token = token_of(client)
    asked = Asked(client)
    for page in PAGES:
        for method in (page.method, "OPTIONS"):
            asked.ask(method, sample_of(page.path), headers, token)
    assert {status for _, _, status in asked.table} == {403}


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", ""])
def test_no_form_that_does_not_say_it_comes_from_here(client: TestClient, office: Office, site: str) -> None:
    log_in_as(client, office, "sinta")
    token = token_of(client)
    for page in PAGES:
        if page.method == "POST":
            headers = {"Sec-Fetch-Site": site} if site else {}
            answer = client.post(sample_of(page.path), data={"csrf": token}, headers=headers, follow_redirects=False)
            assert answer.status_code == 403, page.path


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("mode", ["cors", "no-cors", "same-origin", "websocket"])
def test_no_part_of_another_page(client: TestClient, office: Office, mode: str) -> None:
    """Another page of the same computer may link here, but not show a picture of ours."""
    log_in_as(client, office, "sinta")
    for page in PAGES:
        if page.method == "GET":
            for site in ("same-site", "cross-site"):
                headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": "image"}
                answer = client.get(sample_of(page.path), headers=headers, follow_redirects=False)
                assert answer.status_code == 403, page.path


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("name", ["rina", "sinta", "edi"])
@pytest.mark.parametrize(
    "kind", ["none", "empty", "made up", "of another session", "of nobody's session", "as a ticket"]
)
def test_no_form_without_its_token(client: TestClient, office: Office, name: str, kind: str) -> None:
    other = TestClient(client.app, base_url=ORIGIN)
    log_in_as(other, office, "ani")
    stranger = TestClient(client.app, base_url=ORIGIN)
    stranger.get("/masuk")
    log_in_as(client, office, name)
    own = token_of(client)
    token = {
        "none": None,
        "empty": "",
        "made up": "0" * 64,
        "of another session": token_of(other),
        "of nobody's session": token_of(stranger),
        "as a ticket": own[:-1] + ("0" if own[-1] != "0" else "1"),
    }[kind]
    role = ACCOUNTS[name][0]
    for page in PAGES:
        if page.method == "POST" and (role in page.roles or page.open):
            data = {} if token is None else {"csrf": token}
            answer = client.post(sample_of(page.path), data=data, headers={"Origin": ORIGIN}, follow_redirects=False)
            assert answer.status_code == 403, f"{page.path}: {answer.status_code}"


@pytest.mark.usefixtures("unchanged")
def test_no_token_in_an_address(client: TestClient, office: Office) -> None:
    """A token counts in the form's body alone: an address lands in logs and histories."""
    log_in_as(client, office, "sinta")
    token = token_of(client)
    for page in PAGES:
        if page.method == "POST" and Role.SUPERVISOR in page.roles:
            path = f"{sample_of(page.path)}?csrf={token}"
            answer = client.post(path, data={}, headers={"Origin": ORIGIN}, follow_redirects=False)
            assert answer.status_code == 403, page.path


@pytest.mark.parametrize("name", ["rina", "sinta", "edi", "ani"])
def test_nobody_who_has_to_change_the_password(
    client: TestClient, office: Office, database: Database, name: str
) -> None:
    with database.begin() as connection:
        connection.execute(update(accounts).values(must_change=True))
    before, rows = counts(database), contents(database)
    log_in_as(client, office, name)
    token = token_of(client)
    role = ACCOUNTS[name][0]
    for page in PAGES:
        if page.open or page.path in ("/sandi", "/keluar") or role not in page.roles:
            continue
        for method in (page.method, *(["HEAD"] if page.method == "GET" else [])):
            data = {"csrf": token} if method == "POST" else None
            answer = client.request(
                method, sample_of(page.path), data=data, headers={"Origin": ORIGIN}, follow_redirects=False
            )
            assert (answer.status_code, answer.headers.get("location")) == (303, "/sandi"), page.path
    assert counts(database) == before
    assert contents(database) == rows


@pytest.mark.usefixtures("unchanged")
def test_a_file_of_nobody_is_not_read(client: TestClient, office: Office) -> None:
    """Megabytes of a stranger are refused before they are read; those of whoever may send them, by their size."""
    for page in PAGES:
        if page.method == "POST" and not page.open:
            answer = client.post(
                sample_of(page.path), content=b"x" * 10, headers={"Origin": ORIGIN, "Content-Length": "10"}
            )
            assert answer.status_code == 401, page.path
    name = {Role.REVIEWER: "rina", Role.SUPERVISOR: "sinta", Role.ENROLLER: "edi", Role.AUDITOR: "ani"}
    for page in PAGES:
        if page.method == "POST":
            role = next(role for role in name if role in page.roles)
            log_in_as(client, office, name[role])
            headers = {"Origin": ORIGIN, "Content-Length": str(page.largest_body + 1)}
            assert client.post(sample_of(page.path), content=b"", headers=headers).status_code == 413, page.path


def test_reading_changes_nothing_but_what_was_seen(client: TestClient, office: Office, database: Database) -> None:
    """A GET, by everybody who may: besides the log, only a look that was opened, and never answered, is written."""
    before, rows = counts(database), contents(database)
    for name in ("rina", "sinta", "edi", "ani"):
        log_in_as(client, office, name)
        for page in PAGES:
            if page.method == "GET" and ACCOUNTS[name][0] in page.roles:
                answer = client.get(sample_of(page.path), follow_redirects=False)
                assert answer.status_code < 500, page.path
    with database.read() as connection:
        opened = connection.execute(select(looks.c.reviewer, looks.c.answered_at)).all()
    assert all((row.reviewer, row.answered_at) == ("rina", "") for row in opened)
    seen = {"looks": before["looks"] + len(opened)}
    assert counts(database) == before | seen
    assert {**contents(database), "looks": []} == {**rows, "looks": []}


def test_every_role_has_something_and_nobody_everything() -> None:
    for role in EVERYBODY:
        mine = [page for page in PAGES if role in page.roles]
        assert mine
        assert len(mine) < len(PAGES) or len(PAGES) < 20


def test_only_reviewers_decide() -> None:
    deciding = [page for page in PAGES if re.search(r"/(putusan|batal|tinjau)", page.path) and page.method == "POST"]
    assert all(page.roles <= {Role.REVIEWER} for page in deciding), [page.path for page in deciding]


def test_auditors_change_nothing() -> None:
    changing = {page.path for page in PAGES if page.method == "POST" and Role.AUDITOR in page.roles}
    assert changing == {"/bahasa", "/keluar", "/masuk", "/mulai", "/sandi"}


def test_what_is_somebody_elses(client: TestClient, office: Office, database: Database) -> None:
    """The same role is not the same person: another reviewer's look and mark are missing, or refused."""
    at = "2024-11-01T01:00:00.000000Z"
    look = {"reviewer": "rina", "finding_id": 3, "candidate": "", "opened_at": at, "control": False, "person": 0}
    mark = {"photo_id": 3, "finding_id": 3, "kind": "face", "box": "[1, 2, 30, 40]", "made_by": "rina", "made_at": at}
    with database.begin() as connection:
        connection.execute(insert(looks).values(look))
        connection.execute(insert(marks).values(mark))
    log_in_as(client, office, "budi")
    token = token_of(client)
    rows = contents(database)
    answers = {"same_person": "same", "symbol": "one", "orang": "sama", "simbol": "one", "csrf": token}
    asked = [page for page in PAGES if re.search(r"\{(look|mark)\b", page.path) and Role.REVIEWER in page.roles]
    assert len(asked) > 2
    for page in asked:
        data = answers if page.method == "POST" else None
        answer = client.request(page.method, sample_of(page.path), data=data, headers={"Origin": ORIGIN})
        assert answer.status_code in (400, 403, 404), f"{page.method} {page.path}"
    assert contents(database) == rows
