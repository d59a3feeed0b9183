"""Accounts: which names and passwords are taken, how tries are counted, who may change what."""

import secrets
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Literal
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from casework import passwords
from casework.account_refusals import AccountError, Refusal
from casework.accounts import (
    LOCKED_FOR,
    WRONG_IN_A_ROW,
    Login,
    Tried,
    add_account,
    all_accounts,
    change_own_password,
    give_password,
    has_accounts,
    log_in,
    set_active,
    set_role,
    unlock,
)
from casework.audit import AuditLog
from casework.clock import moment, stamp
from casework.database import Database
from casework.logins import account_of, begin_login
from casework.passwords import is_password
from casework.roles import Account, Role
from casework.tables import accounts, audit

NOW = "2024-11-04T02:00:00.000000Z"
GOOD, OTHER = "sepeda biru di bawah hujan", "tujuh kapal menuju pulau"


@pytest.fixture(autouse=True)
def quick() -> Iterator[None]:
    """Argon2 with hardly any memory, as these tests are about something else; one test below is not."""
    with patch.object(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)):
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()


def made(database: Database, name: str, role: Role = Role.REVIEWER, by: str = "sinta", password: str = GOOD) -> Account:
    with database.begin() as connection:
        return add_account(connection, AuditLog(connection), name, "", role, password, by, NOW, must_change=False)


def tried(database: Database, name: str, password: str, now: str = NOW, token: str = "") -> Tried:
    return log_in(database, AuditLog, name, password, token or secrets.token_hex(), now)


def later(much: timedelta) -> str:
    return stamp(moment(NOW) + much)


def log_texts(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(audit.c.entry).order_by(audit.c.seq)).scalars())


def everybody(database: Database) -> dict[str, Account]:
    with database.read() as connection:
        return {one.name: one for one in all_accounts(connection)}


def refusal(error: pytest.ExceptionInfo[AccountError]) -> Refusal:
    return error.value.refusal


def test_an_account_is_as_it_was_made(database: Database) -> None:
    with database.read() as connection:
        assert not has_accounts(connection)
    account = made(database, " Rina.K ", Role.ENROLLER)
    assert (account.name, account.role, account.must_change, account.active) == ("rina.k", Role.ENROLLER, False, True)
    assert everybody(database) == {"rina.k": account}
    with database.read() as connection:
        assert has_accounts(connection)
        assert connection.execute(select(accounts.c.password_hash)).scalar_one().startswith("$argon2id$")
    assert GOOD not in "".join(log_texts(database))


@pytest.mark.parametrize(
    "name", ["", "a", "-rina", "rina-", "ri na", "ri\nna", "rina<b>", "réna", "a" * 41, "netra", "petugas", "../x"]
)
def test_a_name_that_is_not_taken(database: Database, name: str) -> None:
    with pytest.raises(AccountError) as error:
        made(database, name)
    assert refusal(error) is Refusal.NAME
    assert not everybody(database)


def test_a_name_is_taken_once_whatever_its_case(database: Database) -> None:
    made(database, "rina")
    with pytest.raises(AccountError) as error:
        made(database, "RINA")
    assert refusal(error) is Refusal.NAME_TAKEN


@pytest.mark.parametrize("full_name", ["x" * 101, "Rina\u202eaniR", "Rina\x00"])
def test_a_full_name_that_is_not_taken(database: Database, full_name: str) -> None:
    with pytest.raises(AccountError) as error, database.begin() as connection:
        add_account(connection, AuditLog(connection), "rina", full_name, Role.REVIEWER, GOOD, "sinta", NOW)
    assert refusal(error) is Refusal.FULL_NAME


def test_only_the_first_account_makes_itself(database: Database) -> None:
    made(database, "sinta", Role.SUPERVISOR, by="")
    with pytest.raises(AccountError) as error:
        made(database, "penyusup", Role.SUPERVISOR, by="")
    assert refusal(error) is Refusal.NOT_FIRST


def test_a_password_is_the_same_however_it_was_composed(database: Database) -> None:
    made(database, "rina", password="caf\N{LATIN SMALL LETTER E WITH ACUTE} di tepi danau")
    assert tried(database, "rina", "cafe\N{COMBINING ACUTE ACCENT} di tepi danau").login is Login.IN


def test_a_hash_of_before_is_made_anew_at_the_next_login(database: Database) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(GOOD)
    account = made(database, "rina")
    with database.begin() as connection:
        connection.execute(update(accounts).values(password_hash=old))
    assert tried(database, "rina", OTHER).login is Login.WRONG
    assert kept_of(database, account) == old
    assert tried(database, "rina", GOOD).login is Login.IN
    assert kept_of(database, account) != old
    assert is_password(kept_of(database, account), GOOD)


def kept_of(database: Database, account: Account) -> str:
    with database.read() as connection:
        query = select(accounts.c.password_hash).where(accounts.c.id == account.id)
        return str(connection.execute(query).scalar_one())


def test_whoever_has_the_password_is_in(database: Database) -> None:
    account = made(database, "rina")
    assert tried(database, " RINA", GOOD, token="t") == Tried(Login.IN, (account,))
    assert account_of(database, "t", NOW) == (account,)


@pytest.mark.parametrize(
    ("name", "password"), [("rina", OTHER), ("entah", GOOD), ("rina", ""), ("", ""), ("rina", "x" * 5000)]
)
def test_nobody_else_is(database: Database, name: str, password: str) -> None:
    made(database, "rina")
    assert tried(database, name, password, token="t").login is Login.WRONG
    assert account_of(database, "t", NOW) == ()


def test_an_unknown_name_costs_a_hash_too(database: Database) -> None:
    """Compared by what is done, not by a clock: a verification with today's parameters, of a hash that nothing fits."""
    made(database, "rina")
    done: list[str] = []
    verify = passwords._HASHER.verify

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
            done.append(str(hash).rpartition("$")[0].rpartition("$")[0])
            return verify(hash, password)

    with patch.object(passwords, "_HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1)):
        for name in ("rina", "entah"):
            tried(database, name, OTHER)
    assert len(done) == 2
    assert done[0] == done[1]


def test_neither_a_typed_password_nor_an_unknown_name_stands_in_the_log(database: Database) -> None:
    made(database, "rina")
    tried(database, "rina", "salah ketik sekali ini")
    tried(database, "sandi saya di kotak nama", OTHER)
    text = "".join(log_texts(database))
    assert "salah ketik" not in text
    assert "kotak nama" not in text
    assert '"subject":"account:rina"' in text
    assert "name:hmac-sha256:" in text


def test_five_wrong_in_a_row_lock_for_a_quarter_of_an_hour(database: Database) -> None:
    made(database, "rina")
    for _ in range(WRONG_IN_A_ROW - 1):
        assert tried(database, "rina", OTHER).login is Login.WRONG
    until = later(LOCKED_FOR)
    assert tried(database, "rina", OTHER) == Tried(Login.LOCKED, until=until)
    assert tried(database, "rina", GOOD) == Tried(Login.LOCKED, until=until)
    before = later(LOCKED_FOR - timedelta(seconds=1))
    assert tried(database, "rina", GOOD, before).login is Login.LOCKED
    assert tried(database, "rina", GOOD, later(LOCKED_FOR)).login is Login.IN
    assert sum('"locked":true' in text for text in log_texts(database)) == 1


def test_a_right_one_in_between_starts_the_count_anew(database: Database) -> None:
    made(database, "rina")
    for _ in range(2):
        for _ in range(WRONG_IN_A_ROW - 1):
            assert tried(database, "rina", OTHER).login is Login.WRONG
        assert tried(database, "rina", GOOD).login is Login.IN


def test_wrong_ones_after_a_lock_lock_again(database: Database) -> None:
    made(database, "rina")
    for _ in range(WRONG_IN_A_ROW):
        tried(database, "rina", OTHER)
    again = later(LOCKED_FOR)
    for _ in range(WRONG_IN_A_ROW - 1):
        assert tried(database, "rina", OTHER, again).login is Login.WRONG
    assert tried(database, "rina", OTHER, again).login is Login.LOCKED


def test_a_supervisor_unlocks(database: Database) -> None:
    rina = made(database, "rina")
    for _ in range(WRONG_IN_A_ROW):
        tried(database, "rina", OTHER)
    assert everybody(database)["rina"].locked_until
    with database.begin() as connection:
        unlock(connection, AuditLog(connection), rina.id, "sinta")
    assert tried(database, "rina", GOOD).login is Login.IN
    assert '"unlocked":true' in log_texts(database)[-2]


def test_an_account_that_was_taken_away_is_as_unknown(database: Database) -> None:
    made(database, "sinta", Role.SUPERVISOR)
    rina = made(database, "rina")
    with database.begin() as connection:
        begin_login(connection, rina.id, "offen", NOW)
        set_active(connection, AuditLog(connection), rina.id, "sinta", NOW, active=False)
    assert account_of(database, "offen", NOW) == ()
    assert tried(database, "rina", GOOD) == Tried(Login.WRONG, known=False)
    with database.begin() as connection:
        set_active(connection, AuditLog(connection), rina.id, "sinta", NOW, active=True)
    assert account_of(database, "offen", NOW) == ()
    assert tried(database, "rina", GOOD).login is Login.IN


def test_the_last_supervisor_stays(database: Database) -> None:
    sinta, dewi = made(database, "sinta", Role.SUPERVISOR), made(database, "dewi", Role.SUPERVISOR)
    with database.begin() as connection:
        set_role(connection, AuditLog(connection), dewi.id, Role.AUDITOR, "sinta", NOW)
    changes: tuple[Callable[[Any], object], ...] = (
        lambda c: set_active(c, AuditLog(c), sinta.id, "dewi", NOW, active=False),
        lambda c: set_role(c, AuditLog(c), sinta.id, Role.REVIEWER, "dewi", NOW),
    )
    for change in changes:
        with pytest.raises(AccountError) as error, database.begin() as connection:
            change(connection)
        assert refusal(error) is Refusal.LAST_SUPERVISOR
    assert everybody(database)["sinta"].role is Role.SUPERVISOR


def test_one_of_two_inactive_supervisors_does_not_count(database: Database) -> None:
    sinta, dewi = made(database, "sinta", Role.SUPERVISOR), made(database, "dewi", Role.SUPERVISOR)
    with database.begin() as connection:
        set_active(connection, AuditLog(connection), dewi.id, "sinta", NOW, active=False)
    with pytest.raises(AccountError) as error, database.begin() as connection:
        set_active(connection, AuditLog(connection), sinta.id, "dewi", NOW, active=False)
    assert refusal(error) is Refusal.LAST_SUPERVISOR


def test_nobody_changes_their_own_role(database: Database) -> None:
    sinta = made(database, "sinta", Role.SUPERVISOR)
    made(database, "dewi", Role.SUPERVISOR)
    changes: tuple[Callable[[Any], object], ...] = (
        lambda c: set_active(c, AuditLog(c), sinta.id, "sinta", NOW, active=False),
        lambda c: give_password(c, AuditLog(c), sinta.id, OTHER, "sinta", NOW),
        lambda c: set_role(c, AuditLog(c), sinta.id, Role.REVIEWER, "sinta", NOW),
    )
    for change in changes:
        with pytest.raises(AccountError) as error, database.begin() as connection:
            change(connection)
        assert refusal(error) is Refusal.OWN


def test_another_role_ends_every_session(database: Database) -> None:
    made(database, "sinta", Role.SUPERVISOR)
    rina = made(database, "rina")
    with database.begin() as connection:
        begin_login(connection, rina.id, "a", NOW)
        begin_login(connection, rina.id, "b", NOW)
        set_role(connection, AuditLog(connection), rina.id, Role.AUDITOR, "sinta", NOW)
    assert [account_of(database, token, NOW) for token in "ab"] == [(), ()]
    assert everybody(database)["rina"].role is Role.AUDITOR
    assert '"before":"reviewer"' in log_texts(database)[-1]


def test_a_password_that_was_given_has_to_be_changed(database: Database) -> None:
    made(database, "sinta", Role.SUPERVISOR)
    rina = made(database, "rina")
    for _ in range(WRONG_IN_A_ROW):
        tried(database, "rina", OTHER)
    with database.begin() as connection:
        begin_login(connection, rina.id, "a", NOW)
        give_password(connection, AuditLog(connection), rina.id, OTHER, "sinta", NOW)
    assert account_of(database, "a", NOW) == ()
    inside = tried(database, "rina", OTHER, token="t")
    assert inside.login is Login.IN
    assert inside.accounts[0].must_change
    change_own_password(database, AuditLog, inside.accounts[0], OTHER, GOOD, "baru", NOW)
    assert account_of(database, "t", NOW) == ()
    assert not account_of(database, "baru", NOW)[0].must_change


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (OTHER, GOOD, Refusal.WRONG),
        (GOOD, GOOD, Refusal.SAME),
        (GOOD, "pendek", Refusal.SHORT),
        (GOOD, "rinarinarinarina", Refusal.OBVIOUS),
        (GOOD, "x" * 300, Refusal.LONG),
    ],
)
def test_a_change_that_is_not_made(database: Database, old: str, new: str, why: Refusal) -> None:
    rina = made(database, "rina")
    with database.begin() as connection:
        begin_login(connection, rina.id, "a", NOW)
    with pytest.raises(AccountError) as error:
        change_own_password(database, AuditLog, rina, old, new, "baru", NOW)
    assert refusal(error) is why
    assert account_of(database, "a", NOW)
    assert not account_of(database, "baru", NOW)
    assert tried(database, "rina", GOOD).login is Login.IN


def test_guessing_at_an_open_session_ends_it(database: Database) -> None:
    rina = made(database, "rina")
    with database.begin() as connection:
        begin_login(connection, rina.id, "a", NOW)
    for count in range(WRONG_IN_A_ROW):
        assert bool(account_of(database, "a", NOW)), count
        with pytest.raises(AccountError):
            change_own_password(database, AuditLog, rina, OTHER, GOOD, "baru", NOW)
    assert account_of(database, "a", NOW) == ()
    assert tried(database, "rina", GOOD).login is Login.LOCKED


def test_somebody_who_is_not_there(database: Database) -> None:
    made(database, "sinta", Role.SUPERVISOR)
    with pytest.raises(AccountError) as error, database.begin() as connection:
        set_role(connection, AuditLog(connection), 99, Role.AUDITOR, "sinta", NOW)
    assert refusal(error) is Refusal.MISSING
