"""Accounts, for the supervisor; an auditor sees them."""

from collections.abc import Callable
from typing import Any, Final

from starlette.responses import Response

from casework.account_refusals import AccountError
from casework.accounts import (
    account_by_id,
    add_account,
    all_accounts,
    give_password,
    set_active,
    set_role,
    unlock,
)
from casework.roles import Account, Role
from netra.errors import UsageError
from review.account_words import ROLES, ROLES_TOLD
from review.language import marked
from review.page import Page
from review.render import go, render
from review.visit import MissingPageError, Visit

_SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
_READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})


def show_accounts(visit: Visit) -> Response:
    """Everybody, and a form for one more."""
    return _list(visit)


def make_account(visit: Visit) -> Response:
    """Make one; whoever gets it has to change its password."""
    try:
        with visit.office.database.begin() as connection:
            add_account(
                connection,
                visit.office.log_of(connection),
                visit.form.get("nama", ""),
                visit.form.get("nama_lengkap", ""),
                _role(visit),
                visit.form.get("sandi", ""),
                visit.actor,
                visit.office.now,
            )
    except AccountError as error:
        return _list(visit, error.said(visit.language))
    return go("/akun", "akun-dibuat")


def show_account(visit: Visit) -> Response:
    """One of them, and what can be done with it."""
    return _one(visit)


def change_role(visit: Visit) -> Response:
    """Make it something else."""
    return _changed(
        visit,
        lambda connection, log, number: set_role(connection, log, number, _role(visit), visit.actor, visit.office.now),
    )


def new_password(visit: Visit) -> Response:
    """Give it a password that has to be changed."""
    return _changed(
        visit,
        lambda connection, log, number: give_password(
            connection, log, number, visit.form.get("sandi", ""), visit.actor, visit.office.now
        ),
    )


def end_lock(visit: Visit) -> Response:
    """Let it try again at once."""
    return _changed(visit, lambda connection, log, number: unlock(connection, log, number, visit.actor))


def change_active(visit: Visit) -> Response:
    """Let it log in again, or no longer."""
    active = visit.form.get("aktif", "") == "ya"
    return _changed(
        visit,
        lambda connection, log, number: set_active(
            connection, log, number, visit.actor, visit.office.now, active=active
        ),
    )


def _changed(visit: Visit, change: Callable[[Any, Any, int], object]) -> Response:
    account = _asked_for(visit)
    try:
        with visit.office.database.begin() as connection:
            change(connection, visit.office.log_of(connection), account.id)
    except AccountError as error:
        return _one(visit, error.said(visit.language))
    return go(f"/akun/{account.id}", "tersimpan")


def _asked_for(visit: Visit) -> Account:
    with visit.office.database.read() as connection:
        for account in account_by_id(connection, visit.params["account"]):
            return account
    raise MissingPageError


def _role(visit: Visit) -> Role:
    try:
        return Role(visit.form.get("peran", ""))
    except ValueError as error:
        raise UsageError(marked("Peran ini tidak dikenal.")) from error


def _list(visit: Visit, trouble: str = "") -> Response:
    with visit.office.database.read() as connection:
        everybody = all_accounts(connection)
    return render(
        visit,
        "accounts.html",
        400 if trouble else 200,
        everybody=everybody,
        trouble=trouble,
        typed=visit.form,
        now=visit.office.now,
        roles=ROLES,
        told=ROLES_TOLD,
        may_change=visit.has_role(Role.SUPERVISOR),
    )


def _one(visit: Visit, trouble: str = "") -> Response:
    account = _asked_for(visit)
    return render(
        visit,
        "account.html",
        400 if trouble else 200,
        account=account,
        trouble=trouble,
        locked=account.locked_until > visit.office.now,
        own=account.name == visit.actor,
        roles=ROLES,
        told=ROLES_TOLD,
    )


PAGES: Final = (
    Page("GET", "/akun", show_accounts, _READERS),
    Page("POST", "/akun", make_account, _SUPERVISORS),
    Page("GET", "/akun/{account:int}", show_account, _SUPERVISORS),
    Page("POST", "/akun/{account:int}/peran", change_role, _SUPERVISORS),
    Page("POST", "/akun/{account:int}/sandi", new_password, _SUPERVISORS),
    Page("POST", "/akun/{account:int}/buka", end_lock, _SUPERVISORS),
    Page("POST", "/akun/{account:int}/aktif", change_active, _SUPERVISORS),
)
