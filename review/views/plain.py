"""What every browser may ask for: the other language; and, of who is logged in, to stay so."""

from typing import Final

from starlette.responses import JSONResponse, Response

from review.language import COOKIE, LANGUAGES
from review.page import Page
from review.render import go
from review.visit import Visit

_YEAR_S: Final = 365 * 24 * 3600


def change_language(visit: Visit) -> Response:
    """Remember a language in this browser and go back to the page it was asked for on."""
    wanted, back = visit.form.get("bahasa", ""), visit.form.get("kembali", "")
    answer = go(own_path(back))
    if wanted in LANGUAGES:
        answer.set_cookie(COOKIE, wanted, max_age=_YEAR_S, path="/", httponly=True, samesite="strict")
    return answer


def stay(visit: Visit) -> Response:
    """Whoever asks has a session, which goes on as after every request."""
    del visit
    return JSONResponse({})


def own_path(path: str) -> str:
    """A path of this page; ``/`` for whatever might lead elsewhere."""
    is_ours = path.startswith("/") and not path.startswith("//") and "\\" not in path and path.isprintable()
    return path if is_ours else "/"


PAGES: Final = (Page("POST", "/bahasa", change_language, open=True), Page("GET", "/sesi.json", stay))
