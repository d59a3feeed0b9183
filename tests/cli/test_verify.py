"""``netra verify`` and ``netra checkpoint``: what they say, and their exit codes."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casework.audit import AuditLog
from casework.checkpoint import open_signer
from tests.casework.audit_samples import export, filled, key_file, write

Netra = Callable[..., Result]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    place = tmp_path / "kasus.db"
    filled(place).close()
    return place


def changed(place: Path, statement: str) -> None:
    """Change the file as somebody would who knows SQLite: the triggers are gone meanwhile."""
    connection = sqlite3.connect(place, isolation_level=None)
    asked = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    triggers = connection.execute(asked).fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(statement)
    for _, made in triggers:
        connection.execute(made)
    connection.close()


def test_a_checkpoint_is_written_and_vouches_for_the_log(netra: Netra, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "luar" / "checkpoint.txt"
    out.parent.mkdir()
    made = netra("--lang", "en", "checkpoint", place, "--out", out, "--operator", "tarno", "--reason", "bulanan")
    assert made.exit_code == 0, made.stderr
    assert "7 entries" in made.stderr
    assert "kasus.db.key" in made.stderr
    assert out.read_text(encoding="utf-8").split("\n")[1] == "7"
    whole = netra("--lang", "en", "verify", place, "--checkpoint", out)
    assert whole.exit_code == 0, whole.output
    assert "WHOLE" in whole.stdout
    assert "Entries 0 to 6" in whole.stdout
    assert "Not seen" not in whole.stdout
    assert netra("checkpoint", place, "--out", out).exit_code == 1, "nothing is overwritten unasked"
    alone = netra("verify", place)
    assert (alone.exit_code, "Tanpa --checkpoint" in alone.stdout) == (0, True)


def test_a_checkpoint_goes_to_stdout_as_it_is(netra: Netra, place: Path) -> None:
    made = netra("-q", "checkpoint", place)
    assert made.exit_code == 0
    assert re.fullmatch(r"netra/\w+\n7\n[\w+/]{43}=\n\n— netra/\w+ [\w+/=]+\n", made.stdout)
    assert made.stderr == ""


def test_damage_is_located_in_words(netra: Netra, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "checkpoint.txt"
    netra("checkpoint", place, "--out", out)
    changed(place, "UPDATE audit SET leaf_hash = 'sha256:' || hex(zeroblob(32)) WHERE seq = 2")
    said = netra("--lang", "en", "verify", place, "--checkpoint", out)
    assert said.exit_code == 1
    assert "entry 2 does not match the hash" in said.stdout
    assert "entry 2 itself is as it was signed" in said.stdout
    assert "The first wrong entry: 2." in said.stdout
    changed(place, "DELETE FROM audit WHERE seq >= 4")
    said = netra("verify", place, "--checkpoint", out)
    assert said.exit_code == 1
    assert "checkpoint dari luar: catatan 4 sampai 6 pernah ada" in said.stdout
    assert "Jangan perbaiki apa pun" in said.stdout


def test_an_export_is_checked_by_the_program_that_lies_in_it(netra: Netra, place: Path, tmp_path: Path) -> None:
    out = tmp_path / "checkpoint.txt"
    netra("checkpoint", place, "--out", out)
    with filled(tmp_path / "lain.db") as database, database.begin() as connection:
        foreign = AuditLog(connection).checkpoint(open_signer(connection, key_file(tmp_path / "lain.db"))).note
        folder = write(
            export(connection, open_signer(connection, key_file(tmp_path / "lain.db"))), tmp_path / "--ekspor"
        )
    (tmp_path / "lain.txt").write_text(foreign, encoding="utf-8")
    whole = netra("verify", folder, "--checkpoint", tmp_path / "lain.txt")
    assert (whole.exit_code, "UTUH / WHOLE" in whole.stdout) == (0, True)
    assert netra("verify", folder, "--checkpoint", out).exit_code == 1, "of another log"
    (folder / "data" / "kasus.csv").write_bytes(b"x")
    damaged = netra("verify", folder)
    assert (damaged.exit_code, "RUSAK / DAMAGED  data/kasus.csv" in damaged.stdout) == (1, True)


def test_wrong_use(netra: Netra, place: Path, tmp_path: Path) -> None:
    assert netra("verify", tmp_path / "tidak-ada.db").exit_code == 2
    (tmp_path / "bukan.db").write_text("x" * 100)
    assert netra("verify", tmp_path / "bukan.db").exit_code == 2
    assert netra("verify", place, "--checkpoint", tmp_path / "tidak-ada.txt").exit_code == 2
    assert netra("checkpoint", tmp_path / "tidak-ada.db").exit_code == 2
    key_file(place).unlink()
    lost = netra("--lang", "en", "checkpoint", place)
    assert lost.exit_code == 1
    assert "kasus.db.key" in lost.stderr
    assert "backup" in lost.stderr
