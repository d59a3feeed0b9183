from casework.roles import Role
from tests.review.conftest import Browser, Browsers


def test_whoever_is_logged_in_is_known(browser_of: Browsers) -> None:
    rina = browser_of(Role.REVIEWER, "rina")
    answer = rina.post("/bahasa", bahasa="en", kembali="/")
    assert answer.status_code == 303
    assert "Rina Kusumawardani" in rina.get("/entah").text


def test_a_stranger_is_not(stranger: Browser) -> None:
    assert stranger.get("/entah").status_code == 404
