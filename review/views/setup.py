"""The first account of all: a supervisor, made by whoever has the code that the terminal printed.

Also one more, where the page was started for that (``--another-supervisor``): nobody who could help can log in.
"""

import hmac
from typing import Final

from starlette.responses import Response

from casework.account_refusals import AccountError
from casework.accounts import THE_PAGE, add_account, has_accounts
from casework.logins import begin_login
from casework.roles import Role
from review.cookies import set_session
from review.language import marked, say
from review.page import Page
from review.render import go, moment, render
from review.tokens import new_session_token
from review.visit import Visit

_CODE: Final = "code"


def show_setup(visit: Visit) -> Response:
    """Ask for the code, a name and a password."""
    if _is_set_up(visit):
        return go("/masuk")
    return _form(visit)


def set_up(visit: Visit) -> Response:
    """Make the supervisor and let them in."""
    if _is_set_up(visit):
        return go("/masuk")
    now, tries = visit.office.now, visit.office.code_tries
    until = tries.locked_until(_CODE, now)
    if not until and not _is_code(visit.office.setup_code, visit.form.get("kode", "")):
        until = tries.wrong(_CODE, now)
        if not until:
            return _form(visit, marked("Kode ini tidak benar. Kode dicetak di terminal tempat netra dijalankan."), 403)
    if until:
        text = marked("Terlalu banyak kode yang salah. Coba lagi pada %(when)s.")
        return _form(visit, text, 429, moment(visit, until))
    if visit.form.get("sandi", "") != visit.form.get("sandi_lagi", ""):
        return _form(visit, marked("Kedua isian kata sandi tidak sama."), 400)
    token = new_session_token()
    try:
        with visit.office.database.begin() as connection:
            account = add_account(
                connection,
                visit.office.log_of(connection),
                visit.form.get("nama", ""),
                visit.form.get("nama_lengkap", ""),
                Role.SUPERVISOR,
                visit.form.get("sandi", ""),
                THE_PAGE if has_accounts(connection) else "",
                now,
                must_change=False,
            )
            begin_login(connection, account.id, token, now)
    except AccountError as error:
        return _form(visit, error.said(visit.language), 400)
    answer = go("/akun", "siap")
    set_session(answer, token, secure=visit.secure)
    return answer


def _is_set_up(visit: Visit) -> bool:
    return not visit.office.another_supervisor and _has_accounts(visit)


def _has_accounts(visit: Visit) -> bool:
    with visit.office.database.read() as connection:
        return has_accounts(connection)


def _is_code(code: str, typed: str) -> bool:
    """Compared in a time that tells nothing; without a code there is no right one."""
    tidy = "".join(typed.split()).replace("-", "").upper()
    return bool(code) and hmac.compare_digest(code.encode(), tidy.encode())


def _form(visit: Visit, trouble: str = "", status: int = 200, when: str = "") -> Response:
    said = say(visit.language, trouble, **({"when": when} if when else {})) if trouble else ""
    return render(visit, "setup.html", status, trouble=said, form=visit.form, first=not _has_accounts(visit))


PAGES: Final = (
    Page("GET", "/mulai", show_setup, open=True),
    Page("POST", "/mulai", set_up, open=True),
)
