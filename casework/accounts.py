"""Accounts of the review page: made, changed, locked, logged in. None is ever deleted: decisions and the log name them.

After ``WRONG_IN_A_ROW`` wrong passwords an account is locked for ``LOCKED_FOR``, which a supervisor can end sooner:
never more than 20 tries an hour, where NIST SP 800-63B-4, section 3.2.2, wants an end after 100 in a row and OWASP's
ASVS 4.0.3 (2.2.1) allows 100 an hour. It is not locked for good, so that nobody can shut out an office's only
supervisor by typing nonsense.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from casework.access import PEOPLE, Log, keyed_hash
from casework.account_refusals import AccountError, Refusal
from casework.account_rows import account_of_row
from casework.audit import Action
from casework.clock import moment, stamp
from casework.database import Database
from casework.logins import begin_login, end_login, end_logins_of
from casework.passwords import PasswordFlaw, hashed, is_password, password_flaws, wants_new_hash
from casework.roles import Account, Role
from casework.tables import accounts

WRONG_IN_A_ROW: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
THE_PAGE: Final = "netra review"
"""Who writes an entry of the log where nobody is logged in."""

LONGEST_FULL_NAME: Final = 100
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,38}[a-z0-9])")
_NOBODYS: Final = ("netra", "root", "system", "petugas")  # stand in the log as programs and as whoever ran a scan


_FLAWS: Final = {
    PasswordFlaw.TOO_SHORT: Refusal.SHORT,
    PasswordFlaw.TOO_LONG: Refusal.LONG,
    PasswordFlaw.OBVIOUS: Refusal.OBVIOUS,
}


def as_name(typed: str) -> str:
    """A name as it is kept, whatever its letters' case was when it was typed."""
    return typed.strip().casefold()


def account_subject(name: str) -> str:
    """How the log names an account."""
    return f"account:{name}"


def has_accounts(connection: Connection) -> bool:
    """Whether the page has been set up."""
    return connection.execute(select(accounts.c.id).limit(1)).first() is not None


def all_accounts(connection: Connection) -> tuple[Account, ...]:
    """Everybody, by name, those who may no longer log in last."""
    query = select(accounts).order_by(accounts.c.active.desc(), accounts.c.name)
    return tuple(account_of_row(row) for row in connection.execute(query))


def account_by_id(connection: Connection, account_id: int) -> tuple[Account, ...]:
    """An account, or nobody."""
    row = connection.execute(select(accounts).where(accounts.c.id == account_id)).first()
    return (account_of_row(row),) if row else ()


def add_account(  # noqa: PLR0913 - an account is what it is
    connection: Connection,
    log: Log,
    name: str,
    full_name: str,
    role: Role,
    password: str,
    made_by: str,
    now: str,
    *,
    must_change: bool = True,
) -> Account:
    """Make an account.

    Args:
        connection: may write.
        log: of the same transaction.
        name: to log in with; case does not matter.
        full_name: as shown; may be empty.
        role: what it is for.
        password: the first one.
        made_by: name of whoever makes it; empty for the first account of all, which makes itself.
        now: as ``casework.clock`` writes it.
        must_change: whether the password has to be changed at the first login.

    Raises:
        AccountError: a name or password that is not taken, or a second "first" account.
    """
    name, full_name = as_name(name), full_name.strip()
    if not _NAME.fullmatch(name) or name in _NOBODYS:
        raise AccountError(Refusal.NAME)
    if len(full_name) > LONGEST_FULL_NAME or not full_name.isprintable():
        raise AccountError(Refusal.FULL_NAME)
    if not made_by and has_accounts(connection):
        raise AccountError(Refusal.NOT_FIRST)
    if connection.execute(select(accounts.c.id).where(accounts.c.name == name)).first():
        raise AccountError(Refusal.NAME_TAKEN)
    _check_password(password, name, full_name)
    values = {
        "name": name,
        "full_name": full_name,
        "role": role.value,
        "password_hash": hashed(password),
        "must_change": must_change,
        "active": True,
        "made_at": now,
        "made_by": made_by,
    }
    row = connection.execute(insert(accounts).values(values).returning(accounts)).one()
    log.append(made_by or name, Action.ACCOUNT_ADD, account_subject(name), "", {"role": role.value})
    return account_of_row(row)


class Login(StrEnum):
    """How a try to log in ended."""

    IN = "in"
    WRONG = "wrong"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Tried:
    """A try to log in.

    Attributes:
        login: how it ended.
        accounts: who is in; nobody unless ``login`` is ``IN``.
        until: ISO 8601 in UTC; when it may be tried again, where it is locked.
        known: somebody may log in by this name; nobody outside must learn it.
    """

    login: Login
    accounts: tuple[Account, ...] = ()
    until: str = ""
    known: bool = True


def log_in(
    database: Database, log_of: Callable[[Connection], Log], typed_name: str, password: str, token: str, now: str
) -> Tried:
    """Try to log in. A name that nobody has costs the same time as one that somebody has.

    The password is compared outside the transaction, which would make a scan wait.

    Args:
        database: of the accounts.
        log_of: the log of a transaction.
        typed_name: as typed.
        password: as typed; stands nowhere afterwards.
        token: new and random, for the session.
        now: as ``casework.clock`` writes it.
    """
    name = as_name(typed_name)
    with database.read() as connection:
        row = connection.execute(select(accounts).where(accounts.c.name == name)).first()
    known = row is not None and row.active
    if row is not None and known and row.locked_until > now:
        return Tried(Login.LOCKED, until=row.locked_until)
    kept = row.password_hash if row is not None and known else ""
    right = is_password(kept, password)
    new_hash = hashed(password) if right and wants_new_hash(kept) else kept
    with database.begin() as connection:
        log = log_of(connection)
        if row is None or not known:
            subject = account_subject(name) if row is not None else f"name:{keyed_hash(connection, PEOPLE, name)}"
            log.append(THE_PAGE, Action.LOGIN_FAIL, subject, "", {"known": row is not None})
            return Tried(Login.WRONG, known=False)
        there = connection.execute(select(accounts).where(accounts.c.id == row.id)).one()
        if there.locked_until > now:  # somebody else's tries have locked it since
            return Tried(Login.LOCKED, until=there.locked_until)
        if not right or not there.active or there.password_hash != kept:
            return _wrong(connection, log, there, now)
        values = {"failures": 0, "locked_until": "", "password_hash": new_hash}
        connection.execute(update(accounts).where(accounts.c.id == row.id).values(values))
        begin_login(connection, row.id, token, now)
        log.append(name, Action.LOGIN, account_subject(name))
        return Tried(Login.IN, account_by_id(connection, row.id))


def _wrong(connection: Connection, log: Log, row: Row[Any], now: str) -> Tried:
    failures = row.failures + 1
    until = stamp(moment(now) + LOCKED_FOR) if failures % WRONG_IN_A_ROW == 0 else ""
    values = {"failures": failures, "locked_until": until}
    connection.execute(update(accounts).where(accounts.c.id == row.id).values(values))
    detail = {"known": True, "failures": failures, "locked": bool(until)}
    log.append(THE_PAGE, Action.LOGIN_FAIL, account_subject(row.name), "", detail)
    return Tried(Login.LOCKED, until=until) if until else Tried(Login.WRONG)


def change_own_password(
    database: Database, log_of: Callable[[Connection], Log], account: Account, old: str, new: str, token: str, now: str
) -> None:
    """Change a password by whoever knows it. Their other sessions end; this one goes on with a new token.

    Args:
        database: of the accounts.
        log_of: the log of a transaction.
        account: whose.
        old: the password until now, as typed.
        new: the one from now on.
        token: new and random, for the session that goes on.
        now: as ``casework.clock`` writes it.

    Raises:
        AccountError: the old one is wrong, or the new one is not taken.
    """
    with database.read() as connection:
        kept = connection.execute(select(accounts.c.password_hash).where(accounts.c.id == account.id)).scalar_one()
    if not is_password(kept, old):
        with database.begin() as connection:
            row = connection.execute(select(accounts).where(accounts.c.id == account.id)).one()
            if _wrong(connection, log_of(connection), row, now).login is Login.LOCKED:
                end_logins_of(connection, account.id, now)  # whoever guesses at an open session is put out of it
        raise AccountError(Refusal.WRONG)
    _check_password(new, account.name, account.full_name)
    if is_password(kept, new):
        raise AccountError(Refusal.SAME)
    made = hashed(new)
    with database.begin() as connection:
        values = {"password_hash": made, "must_change": False, "failures": 0, "locked_until": ""}
        _set(connection, account.id, values)
        end_logins_of(connection, account.id, now)
        begin_login(connection, account.id, token, now)
        log_of(connection).append(
            account.name, Action.ACCOUNT_SET, account_subject(account.name), "", {"password": True}
        )


def give_password(connection: Connection, log: Log, account_id: int, password: str, made_by: str, now: str) -> Account:
    """Give somebody else a password that they have to change; all their sessions end, and a lock with them.

    Raises:
        AccountError: no such account, one's own, or a password that is not taken.
    """
    account = _other(connection, account_id, made_by)
    _check_password(password, account.name, account.full_name)
    values = {"password_hash": hashed(password), "must_change": True, "failures": 0, "locked_until": ""}
    _set(connection, account_id, values)
    end_logins_of(connection, account_id, now)
    log.append(made_by, Action.ACCOUNT_SET, account_subject(account.name), "", {"password": True, "must_change": True})
    return account


def set_role(connection: Connection, log: Log, account_id: int, role: Role, made_by: str, now: str) -> None:
    """Make an account something else; its sessions end.

    Raises:
        AccountError: no such account, one's own, or the last active supervisor's.
    """
    account = _other(connection, account_id, made_by)
    if account.role is role:
        return
    _check_not_last(connection, account)
    _set(connection, account_id, {"role": role.value})
    end_logins_of(connection, account_id, now)
    detail = {"role": role.value, "before": account.role.value}
    log.append(made_by, Action.ACCOUNT_SET, account_subject(account.name), "", detail)


def set_active(connection: Connection, log: Log, account_id: int, made_by: str, now: str, *, active: bool) -> None:
    """Let somebody log in again, or no longer; then their sessions end.

    Raises:
        AccountError: no such account, one's own, or the last active supervisor's.
    """
    account = _other(connection, account_id, made_by)
    if account.active is active:
        return
    if not active:
        _check_not_last(connection, account)
        end_logins_of(connection, account_id, now)
    _set(connection, account_id, {"active": active, "failures": 0, "locked_until": ""})
    action = Action.ACCOUNT_SET if active else Action.ACCOUNT_REMOVE
    log.append(made_by, action, account_subject(account.name), "", {"active": active})


def unlock(connection: Connection, log: Log, account_id: int, made_by: str) -> None:
    """Let an account try its password again at once.

    Raises:
        AccountError: no such account.
    """
    account = _there(connection, account_id)
    _set(connection, account_id, {"failures": 0, "locked_until": ""})
    log.append(made_by, Action.ACCOUNT_SET, account_subject(account.name), "", {"unlocked": True})


def log_out(connection: Connection, log: Log, account: Account, token: str, now: str) -> None:
    """End a session, and write down that somebody left."""
    end_login(connection, token, now)
    log.append(account.name, Action.LOGOUT, account_subject(account.name))


def _check_password(password: str, *names: str) -> None:
    for flaw in password_flaws(password, *names):
        raise AccountError(_FLAWS[flaw])


def _there(connection: Connection, account_id: int) -> Account:
    for account in account_by_id(connection, account_id):
        return account
    raise AccountError(Refusal.MISSING)


def _other(connection: Connection, account_id: int, made_by: str) -> Account:
    account = _there(connection, account_id)
    if account.name == made_by:
        raise AccountError(Refusal.OWN)
    return account


def _check_not_last(connection: Connection, account: Account) -> None:
    if account.role is not Role.SUPERVISOR or not account.active:
        return
    others = (accounts.c.role == Role.SUPERVISOR.value) & accounts.c.active & (accounts.c.id != account.id)
    if not connection.execute(select(func.count()).select_from(accounts).where(others)).scalar_one():
        raise AccountError(Refusal.LAST_SUPERVISOR)


def _set(connection: Connection, account_id: int, values: dict[str, Any]) -> None:
    connection.execute(update(accounts).where(accounts.c.id == account_id).values(values))
