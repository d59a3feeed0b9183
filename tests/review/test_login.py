from casework.roles import Role
from tests.review.conftest import PASSWORD, Browser, Browsers


def test_whoever_logs_in_is_in(stranger: Browser) -> None:
    stranger.get("/masuk")
    answer = stranger.post("/masuk", nama="Rina", sandi=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Rina Kusumawardani" in stranger.get("/sandi").text


def test_every_page_of_accounts_is_shown(browser_of: Browsers) -> None:
    sinta = browser_of(Role.SUPERVISOR)
    for path in ("/akun", "/akun/1", "/akun/4", "/log", "/log?tindakan=search", "/sandi"):
        assert sinta.get(path).status_code == 200, path
        assert sinta.as_english().get(path).status_code == 200, path
