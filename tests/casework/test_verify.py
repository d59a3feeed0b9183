"""The check of a database: every bit of every row, every way to change the log, and the verifier's own judgement."""

import functools
import random
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from casework import verifier
from casework.audit import AuditLog, Draft
from casework.audit_export import whole_log
from casework.checkpoint import open_signer
from casework.database import Database
from casework.merkle import leaf_hash
from casework.verifier import HASHES, LOG
from casework.verify import GUARDS, Damage, Fault, Verdict, verify_log
from netra.errors import DatabaseError
from tests.casework.audit_samples import bag, check, clock, filled, key_file

Row = tuple[int, bytes, bytes]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "kasus.db"


@pytest.fixture
def log(place: Path) -> "Log":
    return Log(filled(place), key_file(place))


class Log:
    """A log to be damaged: its rows are read and written as bytes, past the triggers."""

    def __init__(self, database: Database, key: Path) -> None:
        self.database, self.key = database, key
        self.note = self.sign()

    def sign(self) -> bytes:
        with self.database.begin() as connection:
            return AuditLog(connection, clock()).checkpoint(open_signer(connection, self.key)).note.encode()

    def append(self, count: int = 1) -> None:
        with self.database.begin() as connection:
            AuditLog(connection, clock(datetime(2024, 10, 23, tzinfo=UTC))).append_all([Draft("a", "login")] * count)

    def rows(self) -> list[Row]:
        asked = "SELECT seq, CAST(entry AS BLOB), CAST(leaf_hash AS BLOB) FROM audit ORDER BY seq"
        with self.database.read() as connection:
            return [(row[0], row[1], row[2]) for row in connection.execute(text(asked))]

    def write(self, rows: Sequence[Row]) -> None:
        with self.database.begin() as connection:
            put(connection, rows)

    def verdict(self, *outside: bytes) -> Verdict:
        with self.database.read() as connection:
            return verify_log(connection, outside)

    def damaged(self, rows: Sequence[Row], *outside: bytes) -> Verdict:
        """What would be found if these were the rows; nothing is kept."""
        with self.database.begin() as connection:
            put(connection, rows)
            verdict = verify_log(connection, outside)
            connection.rollback()
        return verdict

    def cut(self) -> None:
        """Every checkpoint is deleted, as somebody would who means to rewrite the log."""
        with self.database.begin() as connection:
            dropped(connection)
            connection.exec_driver_sql("DELETE FROM checkpoints")
            restored(connection)


def dropped(connection: Connection) -> None:
    for name in GUARDS:
        connection.exec_driver_sql(f"DROP TRIGGER {name}")


def restored(connection: Connection) -> None:
    for statement in import_module("casework.migrations.versions.0002_audit_guard")._SQLITE:
        connection.exec_driver_sql(statement)


def put(connection: Connection, rows: Sequence[Row]) -> None:
    dropped(connection)
    connection.exec_driver_sql("DELETE FROM audit")
    for seq, entry, stored in rows:
        connection.exec_driver_sql(
            "INSERT INTO audit VALUES (?, CAST(? AS TEXT), CAST(? AS TEXT))", (seq, entry, stored)
        )
    restored(connection)


def row(seq: int, entry: bytes) -> Row:
    return seq, entry, b"sha256:" + leaf_hash(entry).hex().encode()


def faults(verdict: Verdict) -> set[Fault]:
    return {one.fault for one in verdict.damages}


def test_a_log_as_it_was_written_is_whole(log: Log) -> None:
    for verdict in (log.verdict(), log.verdict(log.note), log.damaged(log.rows(), log.note)):
        assert verdict.whole
        assert (verdict.size, verdict.covered, verdict.first_wrong) == (6, 6, (-1, -1))
    assert (log.verdict().outside, log.verdict(log.note).outside) == (0, 6)
    assert (log.verdict().checkpoints, log.verdict(log.note).checkpoints) == (1, 2)


def test_a_new_database_is_whole(database: Database) -> None:
    with database.read() as connection:
        verdict = verify_log(connection)
        assert verdict == Verdict((), 0, 0, 0, 0)
        assert faults(verify_log(connection, (b"x",))) == {Fault.NO_KEY}


def flips(data: bytes) -> list[bytes]:
    return [
        bytes([*data[: bit // 8], data[bit // 8] ^ 1 << bit % 8, *data[bit // 8 + 1 :]]) for bit in range(len(data) * 8)
    ]


@pytest.mark.parametrize("columns", ["some", pytest.param("all", marks=[pytest.mark.slow, pytest.mark.timeout(900)])])
def test_every_bit_of_every_row_is_found_and_located_without_any_checkpoint(log: Log, columns: str) -> None:
    """Entry, hash and place of each row, in one transaction that is undone; a changed place is another number."""
    log.cut()
    rows, bits = log.rows(), 0
    with log.database.begin() as connection:
        dropped(connection)
        change = "UPDATE audit SET seq = ?, entry = CAST(? AS TEXT), leaf_hash = CAST(? AS TEXT) WHERE seq = ?"
        for seq, entry, stored in rows:
            places = [seq ^ 1 << bit for bit in range(63)] + [seq - (1 << 63)]
            changed = [
                *((seq, each, stored) for each in flips(entry)),
                *((seq, entry, each) for each in flips(stored)),
                *((other, entry, stored) for other in places if not 0 <= other < len(rows)),
            ]
            for now in changed[:: 1 if columns == "all" else 40]:
                connection.exec_driver_sql(change, (*now, seq))
                verdict = verify_log(connection)
                connection.exec_driver_sql(change, (seq, entry, stored, now[0]))
                assert verdict.first_wrong[0] == (seq if now[0] >= 0 else 0), (seq, now)
                bits += 1
        connection.rollback()
    assert bits > (15_000 if columns == "all" else 300)


@pytest.mark.parametrize("seq", range(6))
def test_a_deleted_entry_is_located_but_at_the_end(log: Log, seq: int) -> None:
    rows = log.rows()
    kept = rows[:seq] + rows[seq + 1 :]
    assert log.damaged(kept).first_wrong == ((seq, seq) if seq < 5 else (5, 5))
    closed = [row(at, entry) for at, (_, entry, _) in enumerate(kept)]
    assert not log.damaged(closed).whole
    assert log.damaged(closed, log.note).damages


@pytest.mark.parametrize("seq", range(5))
def test_insertion_repetition_and_swap_are_located(log: Log, seq: int) -> None:
    rows = log.rows()
    moved = [(at + 1, entry, stored) for at, entry, stored in rows[seq:]]
    for made in (b'{"seq":%d}' % seq, rows[0][1]):
        found = log.damaged([*rows[:seq], row(seq, made), *moved])
        assert not found.whole
        assert found.first_wrong[0] in (seq, seq + 1)
    one, other = rows[seq], rows[seq + 1]
    swapped = [*rows[:seq], (seq, *other[1:]), (seq + 1, *one[1:]), *rows[seq + 2 :]]
    assert log.damaged(swapped).first_wrong == (seq, seq)


def test_an_entry_written_anew_with_its_hash_lies_between_two_checkpoints(log: Log) -> None:
    log.append(4)
    log.sign()
    rows = log.rows()
    rows[7] = row(7, rows[7][1].replace(b'"actor":"a"', b'"actor":"b"'))
    found = log.damaged(rows)
    assert (faults(found), found.first_wrong, found.covered) == ({Fault.REWRITTEN}, (6, 9), 6)
    assert [(one.checkpoint, one.first, one.last) for one in found.damages] == [(2, 6, 9)]


def test_a_hash_that_changed_is_told_from_an_entry_that_changed(log: Log) -> None:
    rows = log.rows()
    seq, entry, stored = rows[3]
    rows[3] = (seq, entry, stored[:-1] + b"x")
    found = log.damaged(rows)
    assert (found.first_wrong, found.covered) == ((3, 3), 6), "the checkpoint says that the entry is right"
    rows[3] = (seq, entry + b" ", stored)
    found = log.damaged(rows)
    assert (found.first_wrong, found.covered) == ((3, 3), 0)


def test_what_only_a_checkpoint_kept_elsewhere_shows(log: Log, tmp_path: Path) -> None:
    log.append(3)
    kept = log.sign()
    rows = log.rows()
    log.cut()
    cut = rows[:6]
    assert log.damaged(cut).whole, "a tail that was cut off cannot be seen from inside"
    assert log.damaged(cut, kept).damages == (Damage(Fault.SHORTER, 6, 8, 0),)
    anew = [*rows[:4], row(4, rows[4][1].replace(b"cannot-tell", b"confirmed")), *rows[5:]]
    assert log.damaged(anew).whole, "nor can entries that were written anew where no checkpoint is left"
    assert log.damaged(anew, kept).damages == (Damage(Fault.REWRITTEN, 0, 8, 0),)
    assert log.damaged(anew, log.note, kept).first_wrong == (0, 5)


def test_an_older_copy_of_the_database_shows_against_a_checkpoint_kept_elsewhere(log: Log, place: Path) -> None:
    log.database.close()
    shutil.copy(place, place.with_name("dulu.db"))
    log.append(2)
    kept = log.sign()
    assert log.verdict(kept).whole
    log.database.close()
    for rest in ("-wal", "-shm"):
        place.with_name(place.name + rest).unlink(missing_ok=True)
    shutil.copy(place.with_name("dulu.db"), place)
    assert log.verdict().whole, "an older copy is whole in itself"
    assert log.verdict(log.note).whole, "and so it is for a checkpoint that is older still"
    assert log.verdict(kept).damages == (Damage(Fault.SHORTER, 6, 7, 0),)


def test_another_log_another_key_and_a_damaged_checkpoint_are_told(log: Log, tmp_path: Path) -> None:
    with filled(tmp_path / "lain.db") as other:
        foreign = Log(other, key_file(tmp_path / "lain.db")).note
    assert faults(log.verdict(foreign)) == {Fault.OTHER_LOG}
    assert faults(log.verdict(b"x")) == {Fault.MALFORMED}
    assert faults(log.verdict(log.note.replace(b"\n6\n", b"\n5\n"))) == {Fault.NOT_SIGNED}
    with log.database.begin() as connection:
        public = connection.exec_driver_sql("SELECT value FROM about WHERE name = 'log-key'").scalar_one()
        for value in (public[:-1], public.replace("netra/", "netra!"), public[:-2] + "AA"):
            connection.exec_driver_sql("UPDATE about SET value = ? WHERE name = 'log-key'", (value,))
            assert faults(verify_log(connection)) == {Fault.NO_KEY}
        connection.exec_driver_sql("DELETE FROM about WHERE name = 'log-key'")
        assert faults(verify_log(connection)) == {Fault.NO_KEY}
        connection.rollback()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE checkpoints SET size = 5", Fault.ROW),
        ("UPDATE checkpoints SET root_hash = 'sha256:00'", Fault.ROW),
        (
            "UPDATE checkpoints SET note = replace(note, char(10) || '6' || char(10), char(10) || '7' || char(10))",
            Fault.NOT_SIGNED,
        ),
        ("UPDATE checkpoints SET note = ''", Fault.MALFORMED),
        ("DROP TRIGGER audit_no_gap", Fault.GUARD),
    ],
)
def test_what_else_can_be_wrong_in_a_database(log: Log, change: str, fault: Fault) -> None:
    with log.database.begin() as connection:
        if "UPDATE" in change:
            dropped(connection)
        connection.exec_driver_sql(change)
        if "UPDATE" in change:
            restored(connection)
        assert fault in faults(verify_log(connection))
        connection.rollback()


def test_damage_is_located_on_either_kind_of_database(database: Database) -> None:
    server = database.dialect == "postgresql"
    with database.begin() as connection:
        AuditLog(connection, clock()).append_all([Draft("a", "login")] * 5)
        off = "ALTER TABLE audit DISABLE TRIGGER audit_no_update" if server else "DROP TRIGGER audit_no_update"
        connection.exec_driver_sql(off)
        connection.exec_driver_sql("UPDATE audit SET entry = replace(entry, 'login', 'log–n') WHERE seq = 3")
        verdict = verify_log(connection)
    expected = {Damage(Fault.GUARD, detail="audit_no_update"), Damage(Fault.HASH, 3, 3)}
    assert (set(verdict.damages), verdict.first_wrong, verdict.size) == (expected, (3, 3), 5)


def spoil(log: Log, place: Path, name: str, byte: int, bit: int) -> None:
    """Change a bit of the header of a table's or an index's first page (https://sqlite.org/fileformat2.html, 1.6)."""
    with log.database.begin() as connection:
        asked = f"SELECT rootpage FROM sqlite_schema WHERE name = '{name}'"
        page = connection.exec_driver_sql(asked).scalar_one()
        size = connection.exec_driver_sql("PRAGMA page_size").scalar_one()
    log.database.close()  # the last connection writes everything into the file
    data = bytearray(place.read_bytes())
    data[(page - 1) * size + byte] ^= bit
    place.write_bytes(data)


def test_a_damaged_page_is_told(log: Log, place: Path) -> None:
    spoil(log, place, "ix_uploads_agency", 7, 1)  # free bytes that are none
    assert faults(log.verdict()) == {Fault.PAGES}


def test_a_log_whose_pages_cannot_be_read_is_refused(log: Log, place: Path) -> None:
    spoil(log, place, "audit", 3, 0x40)  # rows that are none
    with pytest.raises(DatabaseError, match="damaged"):
        log.verdict()


# --- the same judgement, made twice ---------------------------------------------------------------------------------


def random_damage(rows: list[Row], chance: random.Random) -> list[Row]:
    """Rows with one to three changes of any kind, or none."""
    rows = list(rows)
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        at = chance.randrange(len(rows))
        seq, entry, stored = rows[at]
        kind = chance.randrange(7)
        if kind == 0:
            rows[at] = (seq, chance.choice(flips(entry)), stored)
        elif kind == 1:
            rows[at] = (seq, entry, chance.choice(flips(stored)[7 * 8 :]))
        elif kind == 2:
            del rows[at]
        elif kind == 3:
            del rows[max(at, 1) :]
        elif kind == 4:
            rows[at] = row(seq, entry.replace(b'"actor":"', b'"actor":"x'))
        elif kind == 5:
            rows[at] = (seq, *rows[chance.randrange(len(rows))][1:])
        else:
            rows.insert(at, (seq, entry, stored))
        if not rows:
            break
    return [(at, entry, stored) for at, (_, entry, stored) in enumerate(rows)]


def in_an_export(rows: Sequence[Row], files: dict[str, bytes], outside: bytes) -> bool:
    """Whether the verifier finds a bag whole that has these rows, and manifests to fit."""
    log = b"".join(entry + b"\n" for _, entry, _ in rows)
    hashes = b"".join(stored.removeprefix(b"sha256:") + b"\n" for _, _, stored in rows)
    return not check(bag({**files, LOG: log, HASHES: hashes}), outside)


@pytest.mark.slow
def test_the_verifier_and_the_check_of_a_database_agree_on_a_thousand_damages(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifier, "signed", functools.lru_cache(verifier.signed))
    with log.database.begin() as connection:
        files = whole_log(connection, open_signer(connection, log.key))
    rows, chance, wholes = log.rows(), random.Random(20241021), 0
    with log.database.begin() as connection:
        for number in range(1000):
            damaged = random_damage(rows, chance)
            put(connection, damaged)
            verdict = verify_log(connection, (log.note,))
            assert verdict.whole is in_an_export(damaged, files, log.note) is (damaged == rows), (number, verdict)
            wholes += verdict.whole
        connection.rollback()
    assert 100 < wholes < 400
