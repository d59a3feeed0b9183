"""Logging in and out, and one's own password."""

from typing import Final

from starlette.responses import Response

from casework.account_refusals import AccountError
from casework.accounts import Login, change_own_password, has_accounts, log_in, log_out
from review.account_words import ROLES, ROLES_TOLD
from review.cookies import drop_session, set_session
from review.language import marked, say
from review.page import Page
from review.render import go, moment, render
from review.tokens import new_session_token
from review.views.plain import own_path
from review.visit import Visit


def show_login(visit: Visit) -> Response:
    """Ask for name and password; before there is any account, for the set-up."""
    if visit.accounts:
        return go(own_path(visit.query.get("ke", "")))
    with visit.office.database.read() as connection:
        if not has_accounts(connection):
            return go("/mulai")
    return _form(visit, visit.query.get("ke", ""))


def enter(visit: Visit) -> Response:
    """Let somebody in, with a new session's token: one that the browser had before is worth nothing."""
    name, now, tries = visit.form.get("nama", ""), visit.office.now, visit.office.name_tries
    back, unknown = visit.form.get("ke", ""), name.strip().casefold()
    if until := tries.locked_until(unknown, now):
        return _locked(visit, back, until)
    token = new_session_token()
    tried = log_in(visit.office.database, visit.office.log_of, name, visit.form.get("sandi", ""), token, now)
    if tried.login is Login.IN:
        answer = go(own_path(back))
        set_session(answer, token, secure=visit.secure)
        return answer
    until = tried.until if tried.known else tries.wrong(unknown, now)
    if until:
        return _locked(visit, back, until)
    return _form(visit, back, marked("Nama atau kata sandi tidak benar."), 403)


def leave(visit: Visit) -> Response:
    """End this session."""
    with visit.office.database.begin() as connection:
        log_out(connection, visit.office.log_of(connection), visit.account, visit.session, visit.office.now)
    answer = go("/masuk", "keluar")
    drop_session(answer, secure=visit.secure)
    return answer


def show_password(visit: Visit) -> Response:
    """Ask for the old password and a new one."""
    return _own(visit)


def change_password(visit: Visit) -> Response:
    """Change one's own password; every other session of the account ends."""
    old, new = visit.form.get("sandi_lama", ""), visit.form.get("sandi", "")
    if new != visit.form.get("sandi_lagi", ""):
        return _own(visit, marked("Kedua isian kata sandi tidak sama."))
    token, office = new_session_token(), visit.office
    try:
        change_own_password(office.database, office.log_of, visit.account, old, new, token, office.now)
    except AccountError as error:
        return _own(visit, error.said(visit.language))
    answer = go("/", "sandi")
    set_session(answer, token, secure=visit.secure)
    return answer


def _form(visit: Visit, back: str, trouble: str = "", status: int = 200, when: str = "") -> Response:
    said = say(visit.language, trouble, **({"when": when} if when else {})) if trouble else ""
    return render(visit, "login.html", status, back=back, trouble=said, name=visit.form.get("nama", ""))


def _locked(visit: Visit, back: str, until: str) -> Response:
    text = marked("Terlalu banyak percobaan yang salah. Akun ini terkunci sampai %(when)s; penyelia dapat membukanya.")
    return _form(visit, back, text, 429, moment(visit, until))


def _own(visit: Visit, trouble: str = "") -> Response:
    role = visit.account.role
    status = 400 if trouble else 200
    return render(visit, "password.html", status, trouble=trouble, role=ROLES[role], told=ROLES_TOLD[role])


PAGES: Final = (
    Page("GET", "/masuk", show_login, open=True),
    Page("POST", "/masuk", enter, open=True),
    Page("POST", "/keluar", leave),
    Page("GET", "/sandi", show_password),
    Page("POST", "/sandi", change_password),
)
