"""The cookie of a session: for this page alone, out of reach of scripts, gone when the browser is closed."""

from typing import Final

from starlette.responses import Response

SESSION_COOKIE: Final = "netra_sesi"


def set_session(answer: Response, token: str, *, secure: bool) -> None:
    """Give a browser its session's cookie; it ends with the browser, and sooner by what ``casework.logins`` says."""
    answer.set_cookie(SESSION_COOKIE, token, path="/", secure=secure, httponly=True, samesite="strict")


def drop_session(answer: Response, *, secure: bool) -> None:
    """Take it away."""
    answer.delete_cookie(SESSION_COOKIE, path="/", secure=secure, httponly=True, samesite="strict")
