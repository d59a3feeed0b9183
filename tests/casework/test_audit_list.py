"""The audit log page by page, by actor, action and subject."""

import pytest
from sqlalchemy import insert

from casework.audit import Action, AuditError, AuditLog
from casework.audit_list import LogFilter, list_log
from casework.database import Database
from casework.tables import audit


def test_every_entry_is_on_some_page_once(database: Database) -> None:
    with database.begin() as connection:
        for number in range(23):
            AuditLog(connection).append("rina", Action.SEARCH, f'ab"{number}%_\\', "karena", {"n": number})
    with database.read() as connection:
        whole = list_log(connection, LogFilter(actor="rina"), count=10_000)
        before: tuple[int, ...] = ()
        found = []
        while True:
            page = list_log(connection, LogFilter(actor="rina"), before, 5)
            found += [entry.seq for entry in page.entries]
            before = page.before
            if not before:
                break
        only = list_log(connection, LogFilter(subject='ab"7%_\\'))
    assert found == [entry.seq for entry in whole.entries]
    assert found == sorted(found, reverse=True)
    assert len(found) == 23
    assert [entry.draft.detail["n"] for entry in only.entries] == [7]
    assert whole.before == ()


def test_a_detail_is_no_actor(database: Database) -> None:
    with database.begin() as connection:
        AuditLog(connection).append("rina", Action.SEARCH, "log", detail={"actor": "budi", "subject": "case:1"})
    with database.read() as connection:
        assert list_log(connection, LogFilter(actor="budi")).entries == ()
        assert list_log(connection, LogFilter(subject="case:1")).entries == ()
        assert len(list_log(connection, LogFilter(actor="rina", action="search", subject="log")).entries) == 1


def test_a_log_without_entries(database: Database) -> None:
    with database.read() as connection:
        page = list_log(connection)
    assert (page.entries, page.before, page.total) == ((), (), 0)


def test_an_entry_that_cannot_be_read_is_told(database: Database) -> None:
    with database.begin() as connection:
        AuditLog(connection).append("rina", Action.SEARCH)
        connection.execute(insert(audit).values(seq=1, entry="{}", leaf_hash="sha256:" + "0" * 64))
    with database.read() as connection, pytest.raises(AuditError, match="netra verify"):
        list_log(connection)
