"""The log: what an entry holds, that it is kept with what was done, and that nobody can make a gap or a fork."""

import json
import multiprocessing
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from casework.audit import Action, AuditEntry, AuditError, AuditLog, Draft, canonical, hash_text
from casework.checkpoint import open_signer, read_checkpoint
from casework.database import Database, open_database
from casework.merkle import EMPTY_ROOT, Tree, leaf_hash
from casework.tables import about, audit, checkpoints
from casework.verify import verify_log
from tests.casework.audit_samples import DRAFTS, clock, filled, signed

TEXTS = st.text(st.characters(codec="utf-8"))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


def test_an_entry_says_who_when_what_and_why(database: Database) -> None:
    with database.begin() as connection:
        log = AuditLog(connection, clock())
        assert (log.size(), log.root()) == (0, EMPTY_ROOT)
        first = log.append("tarno", "run.start", "run:1", "laporan – warga", {"photos": 12})
        second = log.append("lilis", Action.LOGIN)
        assert [one.text for one in log.entries()] == [first.text, second.text]
        assert [one.text for one in log.entries(1)] == [second.text]
        rows = connection.execute(select(audit).order_by(audit.c.seq)).all()
    assert [row.seq for row in rows] == [first.seq, second.seq] == [0, 1]
    assert rows[0].entry == first.text
    assert rows[0].leaf_hash == hash_text(first.leaf) == "sha256:" + leaf_hash(rows[0].entry.encode()).hex()
    values = json.loads(first.text)
    assert len(values.pop("salt")) == 32
    assert values == {
        "seq": 0,
        "at_utc": "2024-10-21T01:02:03.456789Z",
        "at_local": "2024-10-21T09:02:03.456789+08:00",
        "actor": "tarno",
        "action": "run.start",
        "subject": "run:1",
        "reason": "laporan – warga",
        "detail": {"photos": 12},
    }
    assert first.text == json.dumps(json.loads(first.text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert AuditEntry.read(first.text) == first


def test_the_same_entry_twice_has_another_hash(database: Database) -> None:
    still = datetime(2024, 10, 21, tzinfo=UTC)
    with database.begin() as connection:
        log = AuditLog(connection, lambda: still)
        one, other = log.append("a", "login"), log.append("a", "login")
    salts = {json.loads(each.text)["salt"] for each in (one, other)}
    assert len(salts) == 2, "what is not shown cannot be guessed from its hash"
    assert not other.clock_back


def test_a_clock_that_went_back_is_noted(database: Database) -> None:
    times = iter([datetime(2024, 10, 21, 3, tzinfo=UTC), datetime(2024, 10, 21, 2, tzinfo=UTC),
                  datetime(2024, 10, 21, 2, 30, tzinfo=UTC)])  # fmt: skip
    with database.begin() as connection:
        log = AuditLog(connection, lambda: next(times))
        assert [log.append("a", "login").clock_back for _ in range(2)] == [False, True]
        assert not log.append("a", "login").clock_back
        assert [json.loads(each.text).get("clock") for each in log.entries()] == [None, "back", None]
        assert [each.clock_back for each in log.entries()] == [False, True, False]


def test_the_office_clock_is_local_and_now(database: Database) -> None:
    with database.begin() as connection:
        entry = AuditLog(connection).append("a", "login")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(entry.at_utc)) < timedelta(minutes=1)
    assert datetime.fromisoformat(entry.at_local) == datetime.fromisoformat(entry.at_utc)


@given(PLAIN, TEXTS)
def test_whatever_plain_is_written_reads_back(value: Any, reason: str) -> None:
    draft = Draft("a", "login", reason=reason, detail={"value": value})
    entry = AuditEntry.made(3, datetime(2024, 10, 21, tzinfo=UTC), draft, "")
    assert "\n" not in entry.text
    read = AuditEntry.read(entry.text)
    assert json.loads(canonical(read.draft.detail)) == json.loads(canonical({"value": value}))
    assert (read.seq, read.draft.reason, read.leaf) == (3, reason, entry.leaf)


@pytest.mark.parametrize(
    ("actor", "action", "detail"),
    [
        ("", "login", {}),
        (" ", "login", {}),
        ("a", "hack", {}),
        ("a", "", {}),
        ("a\ud800", "login", {}),
        ("a", "login", {"x": float("nan")}),
        ("a", "login", {"x": [float("inf")]}),
        ("a", "login", {"x": {1: 2}}),
        ("a", "login", {"x": b"bytes"}),
        ("a", "login", {"\ud800": 1}),
        ("a", "login", {"x": {"y": datetime(2024, 1, 1, tzinfo=UTC)}}),
    ],
)
def test_what_cannot_be_written_is_refused(actor: str, action: str, detail: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"expected|is not a valid Action"):
        Draft(actor, action, detail=detail)


@pytest.mark.parametrize("line", ["", "[]", "{}", "{", '{"seq":1}', "null", '{"seq":0,"actor":1}'])
def test_what_is_no_entry_is_not_read(line: str) -> None:
    with pytest.raises(ValueError, match=r"no entry|Expecting|expected"):
        AuditEntry.read(line)


def test_an_entry_is_kept_with_what_was_done_or_neither_is(database: Database) -> None:
    with database.begin() as connection:
        AuditLog(connection).append("a", "login")
    with database.begin() as connection:
        connection.execute(insert(about).values(name="x", value="y"))
        AuditLog(connection).append("a", "logout")
        connection.rollback()
    with database.read() as connection:
        assert AuditLog(connection).size() == 1
        assert connection.execute(select(about).where(about.c.name == "x")).first() is None


def test_the_root_is_that_of_the_tree_and_grows_with_it(database: Database) -> None:
    with database.begin() as connection:
        log, tree = AuditLog(connection, clock()), Tree()
        for count in (1, 2, 5, 9):
            for entry in log.append_all([Draft("a", "login")] * count):
                tree.append(entry.leaf)
            assert (log.size(), log.root()) == (tree.size, tree.root())
        assert log.append_all([]) == ()


@pytest.mark.parametrize(
    "change",
    [
        update(audit).where(audit.c.seq == 1).values(entry="{}"),
        update(audit).where(audit.c.seq == 1).values(seq=99),
        delete(audit).where(audit.c.seq == 1),
        delete(audit),
        insert(audit).values(seq=99, entry="{}", leaf_hash=""),
        insert(audit).values(seq=1, entry="{}", leaf_hash=""),
        insert(audit).values(seq=-1, entry="{}", leaf_hash=""),
        update(checkpoints).values(size=1),
        delete(checkpoints),
    ],
)
def test_the_database_itself_refuses_changes(database: Database, tmp_path: Path, change: Any) -> None:
    with database.begin() as connection:
        AuditLog(connection, clock()).append_all(DRAFTS)
        AuditLog(connection, clock()).checkpoint(open_signer(connection, tmp_path / "log.key"))
    with pytest.raises(IntegrityError), database.begin() as connection:
        connection.execute(change)
    with database.read() as connection:
        assert verify_log(connection).whole


def test_sqlite_replaces_no_entry(tmp_path: Path) -> None:
    with filled(tmp_path / "x.db") as database:
        with pytest.raises(IntegrityError), database.begin() as connection:
            connection.execute(text("INSERT OR REPLACE INTO audit (seq, entry, leaf_hash) VALUES (1, '{}', '')"))
        with database.read() as connection:
            assert verify_log(connection).whole


def test_nothing_is_added_after_damage_and_nothing_damaged_is_signed(tmp_path: Path) -> None:
    with filled(tmp_path / "x.db") as database:
        key = tmp_path / "x.db.key"
        signed(database, key)
        with database.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER audit_no_update")
            connection.execute(update(audit).where(audit.c.seq == 5).values(entry="{"))
        with pytest.raises(AuditError, match=r"Entry 5 .* damaged"), database.begin() as connection:
            AuditLog(connection).append("a", "login")
        with database.begin() as connection:
            connection.execute(update(audit).where(audit.c.seq == 2).values(leaf_hash="sha256:" + 64 * "0"))
        with pytest.raises(AuditError, match="no longer begins with the 6 entries"):
            signed(database, key)
        with database.begin() as connection:
            connection.execute(update(audit).where(audit.c.seq == 2).values(leaf_hash="x"))
        with pytest.raises(AuditError, match=r"Entry 2 .* missing or damaged"):
            signed(database, key)
        with database.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER audit_no_delete")
            connection.execute(delete(audit).where(audit.c.seq >= 2))
        with pytest.raises(AuditError, match="no longer begins with the 6 entries"):
            signed(database, key)


def test_a_checkpoint_is_kept_once(tmp_path: Path) -> None:
    with filled(tmp_path / "x.db") as database:
        key = tmp_path / "x.db.key"
        made = signed(database, key)
        assert signed(database, key) == made
        with database.begin() as connection:
            AuditLog(connection, clock()).append("a", "login")
        assert signed(database, key).size == made.size + 1 == 7
        with database.begin() as connection:
            rows = connection.execute(select(checkpoints).order_by(checkpoints.c.id)).all()
            public = open_signer(connection, key).public
            assert [row.size for row in rows] == [6, 7]
            assert read_checkpoint(rows[0].note.encode(), public) == made
            assert rows[0].root_hash == hash_text(made.root)
            assert rows[0].made_at == "2024-10-21T01:02:03.456789Z"


def appending(place: str, actor: str, rounds: int) -> None:
    with open_database(place, create=False, check=False) as database:
        for number in range(rounds):
            with database.begin() as connection:
                AuditLog(connection).append(actor, "login", detail={"round": number})
                if number % 5 == 0:
                    AuditLog(connection).append_all([Draft(actor, "logout")] * 3)


def test_two_processes_make_neither_gap_nor_fork(place: str) -> None:
    rounds = 40
    open_database(place, create=True).close()
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=appending, args=(place, actor, rounds)) for actor in ("a", "b")]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
        assert process.exitcode == 0
    with open_database(place, create=False) as database, database.read() as connection:
        entries = list(AuditLog(connection).entries())
        assert verify_log(connection).whole
    assert [one.seq for one in entries] == list(range(2 * (rounds + 3 * rounds // 5)))
    for actor in ("a", "b"):
        mine = [one.draft.detail["round"] for one in entries if one.draft.actor == actor and one.draft.detail]
        assert mine == list(range(rounds))


def test_two_that_both_saw_the_same_end_do_not_both_write(tmp_path: Path) -> None:
    """A caller that began without the writer's place: its entry is refused, not written beside the other one."""
    with filled(tmp_path / "x.db") as database:
        with database.read() as late:
            assert AuditLog(late).size() == 6
            with database.begin() as connection:
                AuditLog(connection).append("a", "login")
            with pytest.raises(Exception, match="locked"):
                AuditLog(late).append("b", "login")
        with database.read() as connection:
            assert AuditLog(connection).size() == 7
            assert verify_log(connection).whole


@pytest.mark.slow
def test_many_entries_are_written_quickly(database: Database) -> None:
    """10,000 a second at least in one batch, of this process's own time; the best of five batches of 10,000."""
    drafts, speeds = [DRAFTS[4]] * 10_000, []
    for _ in range(5):
        with database.begin() as connection:
            before = time.process_time()
            AuditLog(connection).append_all(drafts)
            speeds.append(len(drafts) / (time.process_time() - before))
    assert max(speeds) > 10_000, speeds
