"""Sessions: how long they last, what ends them, and how seldom they are written."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from casework.clock import moment, stamp
from casework.database import Database
from casework.logins import IDLE, LONGEST, account_of, begin_login, end_login, end_logins_of
from casework.tables import accounts, logins

NOW = "2024-11-04T02:00:00.000000Z"
SECOND = timedelta(seconds=1)


def later(much: timedelta) -> str:
    return stamp(moment(NOW) + much)


@pytest.fixture
def rina(database: Database) -> int:
    values = {"name": "rina", "role": "reviewer", "password_hash": "-", "active": True, "made_at": NOW}
    with database.begin() as connection:
        made = connection.execute(insert(accounts).values(values).returning(accounts.c.id)).scalar_one()
        begin_login(connection, made, "kunci", NOW)
    return int(made)


def names(database: Database, token: str, now: str) -> list[str]:
    return [one.name for one in account_of(database, token, now)]


def seen_at(database: Database) -> str:
    with database.read() as connection:
        return str(connection.execute(select(logins.c.seen_at)).scalars().one())


@pytest.mark.usefixtures("rina")
def test_a_session_is_known_by_its_token_alone(database: Database) -> None:
    assert names(database, "kunci", NOW) == ["rina"]
    for token in ("", "kunc", "kunci ", "Kunci", "\udcff", "x" * 10_000, "' OR 1=1 --"):
        assert names(database, token, NOW) == [], token


@pytest.mark.usefixtures("rina")
def test_the_token_stands_nowhere(database: Database) -> None:
    with database.read() as connection:
        row = connection.execute(select(logins)).one()
    assert "kunci" not in str(tuple(row))
    assert len(row.token_hash) == 64


@pytest.mark.usefixtures("rina")
def test_half_an_hour_without_a_request_ends_it(database: Database) -> None:
    assert names(database, "kunci", later(IDLE - SECOND)) == ["rina"]
    assert names(database, "kunci", later(2 * IDLE - 2 * SECOND)) == ["rina"]
    assert names(database, "kunci", later(3 * IDLE)) == []


@pytest.mark.usefixtures("rina")
def test_twelve_hours_end_it_however_busy(database: Database) -> None:
    step = timedelta(minutes=20)
    at = timedelta()
    while at + step < LONGEST:
        at += step
        assert names(database, "kunci", later(at)) == ["rina"], at
    assert names(database, "kunci", later(LONGEST)) == []


@pytest.mark.usefixtures("rina")
def test_it_is_written_once_a_minute_at_most(database: Database) -> None:
    account_of(database, "kunci", later(timedelta(seconds=59)))
    assert seen_at(database) == NOW
    account_of(database, "kunci", later(timedelta(seconds=60)))
    assert seen_at(database) == later(timedelta(seconds=60))
    account_of(database, "kunci", later(timedelta(seconds=90)))
    assert seen_at(database) == later(timedelta(seconds=60))


@pytest.mark.usefixtures("rina")
def test_a_clock_that_goes_back_does_not_lengthen_it(database: Database) -> None:
    account_of(database, "kunci", later(timedelta(minutes=5)))
    assert names(database, "kunci", later(timedelta(minutes=1))) == ["rina"]
    assert seen_at(database) == later(timedelta(minutes=5))


@pytest.mark.usefixtures("rina")
def test_what_was_ended_stays_ended(database: Database) -> None:
    with database.begin() as connection:
        end_login(connection, "kunci", later(SECOND))
        end_login(connection, "tidak ada", later(SECOND))
    assert names(database, "kunci", later(2 * SECOND)) == []


def test_every_session_of_an_account_but_one(database: Database, rina: int) -> None:
    with database.begin() as connection:
        begin_login(connection, rina, "rumah", NOW)
        begin_login(connection, rina, "kantor", NOW)
        assert end_logins_of(connection, rina, NOW, but="rumah") == 2
    assert [names(database, token, NOW) for token in ("kunci", "rumah", "kantor")] == [[], ["rina"], []]
