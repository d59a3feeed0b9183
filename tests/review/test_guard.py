"""What stands around every answer: headers, hosts, cookies, sizes, and what happens when something breaks."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from casework.roles import Role
from review.app import make_app
from review.cookies import SESSION_COOKIE
from review.guard import HEADERS, POLICY
from review.office import Office
from review.page import Page
from review.routes import PAGES
from review.serve import hosts_of
from review.tokens import Seal, new_session_token
from review.visit import Visit
from tests.review.conftest import HOST, ORIGIN, PASSWORD, Browser, Browsers


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    """Of a page with three more pages, which go wrong in their own ways."""

    def breaks(visit: Visit) -> PlainTextResponse:
        return PlainTextResponse(str({}[visit.path]))  # type: ignore[index]  # a mistake, made on purpose

    def shouts(visit: Visit) -> PlainTextResponse:
        return PlainTextResponse(visit.query.get("apa", ""))

    extra = (
        Page("GET", "/uji/rusak", breaks, open=True),
        Page("GET", "/uji/gema", shouts, open=True),
        Page("GET", "/uji/nomor/{finding:int}", shouts, open=True),
    )
    app = make_app(office, (*PAGES, *extra), hosts_of("127.0.0.1", 8460, "http"))
    with TestClient(app, base_url=ORIGIN, raise_server_exceptions=False) as made:
        yield made


@pytest.mark.parametrize(
    "path",
    ["/masuk", "/", "/entah", "/aset/base.css", "/aset/tidak-ada.css", "/uji/rusak", "/temuan/1", "/aset/../app.py"],
)
def test_every_answer_carries_the_headers(client: TestClient, path: str) -> None:
    answer = client.get(path, follow_redirects=False)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.status_code


def test_refused_ones_carry_them_too(client: TestClient) -> None:
    for answer in (
        client.get("/masuk", headers={"Host": "lain.example"}),
        client.put("/masuk", headers={"Origin": ORIGIN}),
    ):
        assert answer.headers["Content-Security-Policy"] == POLICY


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"):
        assert part in POLICY


def test_a_mistake_of_the_program_is_told_without_its_details(client: TestClient) -> None:
    answer = client.get("/uji/rusak")
    assert answer.status_code == 500
    assert "terminal" in answer.text
    assert "KeyError" not in answer.text
    client.cookies.set("netra_bahasa", "en")
    assert "mistake in this program" in client.get("/uji/rusak").text


@pytest.mark.parametrize(
    "number", ["9223372036854775808", "9" * 60, "00", "-1", "1e3", "1.0", "%31%00", "\N{FULLWIDTH DIGIT ONE}"]
)
def test_a_number_that_is_no_row(client: TestClient, number: str) -> None:
    assert client.get(f"/uji/nomor/{number}").status_code in (200, 400, 404)


def test_a_number_too_large_for_a_row_is_missing(client: TestClient) -> None:
    assert client.get("/uji/nomor/9223372036854775808").status_code == 404
    assert client.get("/uji/nomor/9223372036854775807").status_code == 200


def test_thousands_of_digits_are_refused(client: TestClient) -> None:
    assert client.get(f"/uji/nomor/{'9' * 5000}").status_code == 414
    assert client.get(f"/uji/nomor/{'9' * 900}").status_code == 404


def test_a_null_character_is_refused_before_a_view_sees_it(client: TestClient, browser_of: Browsers) -> None:
    assert client.get("/uji/gema?apa=a%00b").status_code == 400
    assert client.get("/uji/gema?a%00b=c").status_code == 400
    sinta = browser_of(Role.SUPERVISOR)
    assert sinta.post("/akun", nama="ru\0di", sandi=PASSWORD, peran="reviewer").status_code == 400


def test_the_cookie_is_out_of_reach(client: TestClient) -> None:
    said = client.get("/masuk").headers["set-cookie"].lower()
    assert said.startswith(f"{SESSION_COOKIE}=")
    assert "httponly" in said
    assert "samesite=strict" in said
    assert "secure" not in said
    assert "expires" not in said
    assert "max-age" not in said


def test_by_https_it_is_for_https_alone(office: Office) -> None:
    app = make_app(office, PAGES, hosts_of("netra.kantor.example", 443, "https"), "https")
    with TestClient(app, base_url="https://netra.kantor.example") as client:
        assert "secure" in client.get("/masuk").headers["set-cookie"].lower()


def test_a_page_after_login_sets_no_cookie_anew(browser_of: Browsers) -> None:
    assert "set-cookie" not in browser_of(Role.AUDITOR).get("/sandi").headers


def test_hosts_are_the_addresses_of_this_computer() -> None:
    assert set(hosts_of("127.0.0.1", 8460, "http")) == {HOST, "localhost:8460", "[::1]:8460"}
    assert "127.0.0.1" in hosts_of("localhost", 80, "http")


def test_two_hosts_in_one_request_are_none(client: TestClient) -> None:
    headers = [("Host", HOST), ("Host", "lain.example")]
    assert client.get("/masuk", headers=headers).status_code == 421


@pytest.mark.parametrize(("said", "status"), [(None, 411), ("viele", 411), ("-1", 411), ("99999999", 413)])
def test_a_form_says_how_large_it_is(browser_of: Browsers, said: str | None, status: int) -> None:
    rina = browser_of(Role.REVIEWER)
    request = rina.client.build_request("POST", "/sandi", content=iter([b"a=b"]), headers={"Origin": ORIGIN})
    request.headers.pop("transfer-encoding", None)
    if said is not None:
        request.headers["content-length"] = said
    assert rina.client.send(request).status_code == status


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x\r\n"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(200))),
        ("application/x-www-form-urlencoded", b"csrf=%ff%fe&%zz"),
        ("application/json", b'{"csrf": "x"}'),
        ("text/plain", b"csrf=x"),
    ],
)
def test_a_broken_form_is_refused(browser_of: Browsers, kind: str, body: bytes) -> None:
    rina = browser_of(Role.REVIEWER)
    answer = rina.client.post("/sandi", content=body, headers={"Origin": ORIGIN, "Content-Type": kind})
    assert answer.status_code in (400, 403)


def test_tokens_fit_one_session_of_one_start() -> None:
    seal, session = Seal(), new_session_token()
    token, ticket = seal.form_token(session), seal.ticket(session, "form")
    assert seal.is_form_token(session, token)
    assert seal.is_ticket(session, "form", ticket)
    for wrong in (ticket, "", token[:-1], token.upper() + "x", "ü"):
        assert not seal.is_form_token(session, wrong)
    assert not seal.is_form_token(new_session_token(), token)
    assert not seal.is_form_token("", seal.form_token(""))
    assert not Seal().is_form_token(session, token)
    assert not seal.is_ticket(session, "other", ticket)
    assert token not in repr(seal)
    assert seal.key.hex() not in repr(seal)


def test_sessions_are_256_random_bits() -> None:
    made = {new_session_token() for _ in range(100)}
    assert len(made) == 100
    assert all(len(one) == 43 for one in made)


def test_an_unknown_page_says_so_in_both_languages(stranger: Browser) -> None:
    assert "Halaman ini tidak ada" in stranger.get("/entah").text
    assert "There is no such page" in stranger.as_english().get("/entah").text


def test_the_language_goes_back_to_a_path_of_ours_alone(stranger: Browser) -> None:
    for back in ("/masuk", "//jahat.example", "https://jahat.example", "/\\jahat", "/a\nb", ""):
        stranger.get("/masuk")
        answer = stranger.post("/bahasa", bahasa="en", kembali=back)
        assert (answer.status_code, answer.headers["location"]) == (303, back if back == "/masuk" else "/")


def test_the_language_changes_on_a_page_that_is_not_there(stranger: Browser) -> None:
    stranger.get("/entah")
    assert stranger.post("/bahasa", bahasa="en", kembali="/entah").headers["location"] == "/entah"
    assert "There is no such page" in stranger.get("/entah").text


def test_the_language_changes_and_the_filter_stays(browser_of: Browsers) -> None:
    page = browser_of(Role.AUDITOR).get("/log?tindakan=login&pelaku=rina").text
    assert 'name="kembali" value="/log?tindakan=login&amp;pelaku=rina"' in page


def test_a_database_that_fails_is_told(office: Office, browser_of: Browsers) -> None:
    rina = browser_of(Role.REVIEWER)
    office.database.close()
    for file in office.database.files:
        file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096)
        for more in ("-wal", "-shm"):
            file.with_name(file.name + more).unlink(missing_ok=True)
    answer = rina.get("/sandi")
    assert answer.status_code == 503
    assert "Basis data sedang tidak dapat dipakai" in answer.text


def test_offices_do_not_share_tries(office: Office) -> None:
    assert replace(office).name_tries is office.name_tries
    assert Office(office.database, office.pictures, office.packages).name_tries is not office.name_tries
