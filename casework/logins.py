"""Sessions of the review page.

A session ends after 30 minutes without a request and 12 hours in any case: the reauthentication of NIST SP 800-63B-3,
section 4.2.3 (revision 4, section 2.2.3, allows an hour and a day); OWASP's Session Management Cheat Sheet asks for 15
to 30 minutes of idleness. The database has the SHA-256 of a session's token, never the token.
"""

import hashlib
from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, insert, select, update

from casework.account_rows import account_of_row
from casework.clock import moment, stamp
from casework.database import Database
from casework.roles import Account
from casework.tables import accounts, logins

IDLE: Final = timedelta(minutes=30)
LONGEST: Final = timedelta(hours=12)
WRITTEN_EVERY: Final = timedelta(minutes=1)
"""So seldom is written when a session was last seen: reading a page then writes nothing."""


def account_of(database: Database, token: str, now: str) -> tuple[Account, ...]:
    """Who a session belongs to; nobody where there is none or it has ended.

    Args:
        database: of the accounts.
        token: the cookie's.
        now: as ``casework.clock`` writes it.
    """
    if not token:
        return ()
    at = moment(now)
    query = (
        select(logins.c.id.label("login_id"), logins.c.seen_at, *accounts.c)
        .join(accounts, accounts.c.id == logins.c.account_id)
        .where(
            logins.c.token_hash == token_hash(token),
            logins.c.ended_at == "",
            logins.c.started_at > stamp(at - LONGEST),
            logins.c.seen_at > stamp(at - IDLE),
            accounts.c.active,
        )
    )
    with database.read() as connection:
        row = connection.execute(query).first()
    if row is None:
        return ()
    if row.seen_at <= stamp(at - WRITTEN_EVERY):
        with database.begin() as connection:
            connection.execute(
                update(logins).where(logins.c.id == row.login_id, logins.c.seen_at < now).values(seen_at=now)
            )
    return (account_of_row(row),)


def begin_login(connection: Connection, account_id: int, token: str, now: str) -> None:
    """Begin a session.

    Args:
        connection: may write.
        account_id: whose.
        token: new and random; one that was a browser's before it logged in must not be used.
        now: as ``casework.clock`` writes it.
    """
    values = {"token_hash": token_hash(token), "account_id": account_id, "started_at": now, "seen_at": now}
    connection.execute(insert(logins).values(values))


def end_login(connection: Connection, token: str, now: str) -> None:
    """End a session; nothing happens where there is none."""
    connection.execute(
        update(logins).where(logins.c.token_hash == token_hash(token), logins.c.ended_at == "").values(ended_at=now)
    )


def end_logins_of(connection: Connection, account_id: int, now: str, but: str = "") -> int:
    """End every session of an account.

    Args:
        connection: may write.
        account_id: whose.
        now: as ``casework.clock`` writes it.
        but: token of a session that goes on.

    Returns:
        How many there were.
    """
    open_ones = (logins.c.account_id == account_id) & (logins.c.ended_at == "")
    if but:
        open_ones &= logins.c.token_hash != token_hash(but)
    return connection.execute(update(logins).where(open_ones).values(ended_at=now)).rowcount


def token_hash(token: str) -> str:
    """A session's token as the database has it: of 256 random bits, so that one quick hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
