"""The stand-alone verifier: every bit of an export, every way to forge its log, and what nobody can see from inside."""

import ast
import functools
import hashlib
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from casework import verifier
from casework.audit import AuditLog, Draft
from casework.checkpoint import open_signer
from casework.database import Database
from casework.verifier import HASHES, KEY, LOG, MANIFEST, NOTE, TAGS
from tests.casework.audit_samples import DRAFTS, Files, bag, check, clock, export, filled, key_file, rebagged, write

PROGRAM = Path(verifier.__file__)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same question to the same signature is answered once: in Python it takes hundredths of a second."""
    monkeypatch.setattr(verifier, "signed", _signed_once)


_signed_once = functools.lru_cache(maxsize=1000)(verifier.signed)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kasus") / "kasus.db"


@pytest.fixture(scope="module")
def database(place: Path) -> Iterator[Database]:
    with filled(place) as made:
        yield made


def checkpoint(database: Database, place: Path) -> bytes:
    with database.begin() as connection:
        return AuditLog(connection, clock()).checkpoint(open_signer(connection, key_file(place))).note.encode()


@pytest.fixture(scope="module")
def early(database: Database, place: Path) -> bytes:
    """A checkpoint kept elsewhere before the export."""
    return checkpoint(database, place)


@pytest.fixture(scope="module")
def files(database: Database, place: Path, early: bytes) -> Files:
    with database.begin() as connection:
        return export(connection, open_signer(connection, key_file(place)))


@pytest.fixture(scope="module")
def part(database: Database, place: Path, files: Files) -> Files:
    """A later export that shows two entries and its own."""
    with database.begin() as connection:
        return export(connection, open_signer(connection, key_file(place)), shown=[2, 4])


def places(found: list[tuple[str, ...]]) -> set[str]:
    return {each[0] for each in found}


# --- what is whole -----------------------------------------------------------------------------------------------


def test_a_whole_export_is_whole(files: Files, part: Files, early: bytes) -> None:
    for each in (files, part, rebagged(files)):
        assert check(each) == check(each, early) == check(each, each[NOTE]) == []
    assert part[LOG].count(b"\n") == 3
    assert part[HASHES].count(b"\n") == 8


def test_the_bag_is_one_for_the_bagit_library(files: Files, tmp_path: Path) -> None:
    bagit = pytest.importorskip("bagit")
    bagit.Bag(str(write(files, tmp_path))).validate()


# --- every bit ---------------------------------------------------------------------------------------------------


def assert_every_bit_is_found_and_located(files: Files) -> int:
    """Flip each bit of each file of a bag in turn, and return how many there were.

    Found: there is a damage. Located: one names the file, and in the log or its hashes the line.
    """
    lines = {name: data.split(b"\n") for name, data in files.items()}
    bits = 0
    for name, data in files.items():
        line, ends = 1, len(lines[name][0])
        for offset in range(len(data)):
            if offset > ends:
                line, ends = line + 1, ends + 1 + len(lines[name][line])
            for bit in range(8):
                changed = data[:offset] + bytes([data[offset] ^ 1 << bit]) + data[offset + 1 :]
                found = check({**files, name: changed})
                assert any(name in words for each in found for words in each), (name, offset, bit, found)
                if name in (LOG, HASHES):
                    assert f"{name}:{line}" in places(found), (name, line, offset, bit, found)
                bits += 1
    return bits


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_bit_of_an_export_is_found_and_located(files: Files) -> None:
    assert assert_every_bit_is_found_and_located(files) == 8 * sum(map(len, files.values())) > 100_000


def test_some_bits_of_every_file_are_found_and_located(files: Files) -> None:
    """Every 97th byte; the whole of it is a slow test."""
    for name, data in files.items():
        for offset in range(0, len(data), 97):
            changed = data[:offset] + bytes([data[offset] ^ 1 << offset % 8]) + data[offset + 1 :]
            found = check({**files, name: changed})
            assert any(name in words for each in found for words in each), (name, offset, found)


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [LOG, HASHES, NOTE, KEY, MANIFEST, TAGS, "bagit.txt", "bag-info.txt", "verifier.py",
                                  "data/kasus.csv"])  # fmt: skip
def test_a_missing_file_is_named(files: Files, name: str) -> None:
    assert name in places(check({each: data for each, data in files.items() if each != name}))


@pytest.mark.parametrize("name", ["data/tambahan.txt", "catatan.txt", "data/audit/log2.jsonl"])
def test_an_extra_file_is_named(files: Files, name: str) -> None:
    assert name in places(check({**files, name: b"x"}))


def test_two_files_that_changed_places_are_both_named(files: Files) -> None:
    one, other = "data/foto/rapat.jpg", "data/kasus.csv"
    assert {one, other} <= places(check({**files, one: files[other], other: files[one]}))


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text + text.split(b"\n")[0] + b"\n",  # a file listed twice
        lambda text: text + b"0" * 128 + b"  bagit.txt\n",  # of another manifest
        lambda text: text.replace(b"  ", b" *"),
        lambda text: text.upper(),
        lambda text: text + b"\n",
        lambda text: text + b"0" * 128 + b"  data/../../luar.txt\n",
    ],
)
def test_a_malformed_manifest_is_told(files: Files, change: Callable[[bytes], bytes]) -> None:
    assert any(
        place.startswith((MANIFEST, "data/..")) for place in places(check({**files, MANIFEST: change(files[MANIFEST])}))
    )


def test_a_manifest_made_anew_around_a_changed_photo_does_not_help(files: Files, part: Files) -> None:
    for each in (files, part):
        forged = rebagged({**each, "data/foto/rapat.jpg": b"another photo"})
        assert [each[0] for each in check(forged)] == [MANIFEST], "the log says what was exported"
        assert MANIFEST in places(check(rebagged({**each, "data/tambahan.jpg": b"x"})))


# --- the log, with manifests made anew around each forgery -------------------------------------------------------


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def relisted(files: Files, log: list[bytes], hashes: list[bytes]) -> Files:
    return rebagged({**files, LOG: b"".join(log), HASHES: b"".join(hashes)})


def test_a_deleted_entry_is_located(files: Files) -> None:
    log, hashes = lines_of(files[LOG]), lines_of(files[HASHES])
    for gone in range(len(log)):
        kept = log[:gone] + log[gone + 1 :]
        assert check(relisted(files, kept, hashes)), gone
        found = check(relisted(files, kept, hashes[:gone] + hashes[gone + 1 :]))
        assert HASHES in places(found), gone
        assert gone == len(log) - 1 or any(place.startswith(f"{LOG}:{gone + 1}") for place in places(found)), found


def test_an_inserted_a_repeated_and_two_swapped_entries_are_located(files: Files) -> None:
    log, hashes = lines_of(files[LOG]), lines_of(files[HASHES])
    for at in range(len(log) - 1):
        for made in ([*log[:at], log[at], *log[at:]], [*log[:at], b'{"seq":%d}\n' % at, *log[at:]],
                     [*log[:at], log[at + 1], log[at], *log[at + 2:]]):  # fmt: skip
            found = places(check(relisted(files, made, hashes)))
            assert found & {f"{LOG}:{at + 1}", f"{LOG}:{at + 2}"}, (at, found)


def test_an_entry_written_anew_with_its_hash_is_found(files: Files) -> None:
    log, hashes = lines_of(files[LOG]), lines_of(files[HASHES])
    log[4] = log[4].replace(b"cannot-tell", b"confirmed")
    assert places(check(relisted(files, log, hashes))) == {f"{LOG}:5"}
    hashes[4] = hashlib.sha256(b"\0" + log[4][:-1]).hexdigest().encode() + b"\n"
    assert places(check(relisted(files, log, hashes))) == {HASHES}


def test_an_entry_hidden_from_a_part_of_the_log_is_found(part: Files) -> None:
    log = lines_of(part[LOG])
    assert places(check(rebagged({**part, LOG: b"".join(log[1:])}))) == {MANIFEST}
    assert f"{LOG}:1" in places(check(rebagged({**part, LOG: b"".join(log[:-1])}))), "then all have to be there"


def test_a_wrong_hash_of_an_entry_that_is_not_shown_is_found(part: Files) -> None:
    hashes = lines_of(part[HASHES])
    hashes[0] = b"0" * 64 + b"\n"
    assert places(check(rebagged({**part, HASHES: b"".join(hashes)}))) == {HASHES}


# --- what only a checkpoint kept elsewhere can show --------------------------------------------------------------


def forged(tmp_path: Path, drafts: list[Draft], key: Path | None = None) -> Files:
    """An export of another database with the same or a changed history, signed by a copy of the key or by a new one."""
    place = tmp_path / secrets.token_hex(4) / "kasus.db"
    place.parent.mkdir()
    with filled(place, drafts) as database, database.begin() as connection:
        if key is not None:
            shutil.copy(key, key_file(place))
        return export(connection, open_signer(connection, key_file(place)))


def resigned(files: Files, place: Path, size: int) -> Files:
    """The first entries of a log with a checkpoint of their own, by the holder of the key."""
    from casework.merkle import Frontier

    log, hashes = lines_of(files[LOG])[:size], lines_of(files[HASHES])[:size]
    root = Frontier(bytes.fromhex(each.decode().strip()) for each in hashes).root()
    with filled(place.parent / f"kosong-{secrets.token_hex(4)}.db", []) as other, other.begin() as connection:
        shutil.copy(key_file(place), place.parent / "salinan.key")
        public = files[KEY].decode().strip()
        connection.execute(text("UPDATE about SET value = :key WHERE name = 'log-key'"), {"key": public})
        signer = open_signer(connection, place.parent / "salinan.key")
    return relisted({**files, NOTE: signer.sign(size, root).note.encode()}, log, hashes)


def test_a_cut_tail_and_a_roll_back_show_against_a_checkpoint_alone(files: Files, place: Path, early: bytes) -> None:
    late = files[NOTE]
    cut = resigned(files, place, 4)
    assert check(cut) == [], "an older state of the log is whole in itself: this cannot be seen from inside"
    assert places(check(cut, early)) == places(check(cut, late)) == {"--checkpoint"}
    back = rebagged({**files, NOTE: early, LOG: b"".join(lines_of(files[LOG])[:6]),
                     HASHES: b"".join(lines_of(files[HASHES])[:6])})  # fmt: skip
    assert check(back) == check(back, early) == [], "nor can an older checkpoint that was really signed"
    assert places(check(back, late)) == {"--checkpoint"}


def test_a_history_written_anew_with_the_key_shows_against_a_checkpoint_alone(
    files: Files, place: Path, early: bytes
) -> None:
    from casework.audit import AuditEntry
    from casework.merkle import leaf_hash

    log = lines_of(files[LOG])
    log[1] = log[1].replace(b'"findings":2', b'"findings":0')
    AuditEntry.read(log[1].decode().strip())
    hashes = [leaf_hash(line[:-1]).hex().encode() + b"\n" for line in log]
    rewritten = resigned({**files, LOG: b"".join(log), HASHES: b"".join(hashes)}, place, len(log))
    assert check(rewritten) == [], "who holds the key can write everything anew"
    assert places(check(rewritten, early)) == places(check(rewritten, files[NOTE])) == {"--checkpoint"}


def test_a_log_of_another_key_shows_against_a_checkpoint_alone(files: Files, tmp_path: Path, early: bytes) -> None:
    other = forged(tmp_path, list(DRAFTS))
    assert check(other) == [], "a log that somebody made up is whole in itself"
    assert places(check(other, early)) == {"--checkpoint"}
    assert places(check(files, other[NOTE])) == {"--checkpoint"}, "a checkpoint of another log is not taken"
    assert NOTE in places(check(rebagged({**files, NOTE: other[NOTE]})))
    assert NOTE in places(check(rebagged({**files, KEY: other[KEY]})))


@pytest.mark.slow
def test_no_bit_of_the_checkpoint_kept_elsewhere_that_matters_can_be_other(files: Files, early: bytes) -> None:
    silent = []
    for bit in range(len(early) * 8):
        flipped = bytearray(early)
        flipped[bit // 8] ^= 1 << bit % 8
        if not check(files, bytes(flipped)):
            silent.append(bit)
    assert len(silent) <= 2, "two bits of the base64 of a signature mean nothing"


# --- as a program ------------------------------------------------------------------------------------------------


def pythons() -> list[str]:
    """This Python, and an older one where there is one."""
    return [sys.executable, *filter(None, [shutil.which("python3.9")])]


def ran(python: str, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [python, "-I", *map(str, arguments)]
    return subprocess.run(command, cwd="/", capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("python", pythons())
def test_it_runs_alone(python: str, files: Files, early: bytes, tmp_path: Path) -> None:
    folder = write(files, tmp_path / "ekspor")
    if ran(python, "-c", "pass").returncode:
        pytest.skip(f"{python} does not start")
    (tmp_path / "luar.txt").write_bytes(early)
    whole = ran(python, folder / "verifier.py", folder, "--checkpoint", tmp_path / "luar.txt")
    assert (whole.returncode, whole.stderr) == (0, b"")
    assert whole.stdout.decode() == "UTUH / WHOLE: 11 berkas / files, 7 dari / of 7 catatan / log entries\n"
    alone = ran(python, folder / "verifier.py", folder)
    assert alone.returncode == 0
    assert b"Tanpa --checkpoint" in alone.stdout
    (folder / "data" / "kasus.csv").write_bytes(b"diubah")
    (folder / "data" / "foto" / "\x1b[2Jjahat.jpg").write_bytes(b"")
    (folder / "data" / "tautan").symlink_to("kasus.csv")
    damaged = ran(python, folder / "verifier.py", folder)
    assert damaged.returncode == 1
    said = damaged.stdout.decode()
    assert "RUSAK / DAMAGED  data/kasus.csv\n" in said
    assert "manifest-sha512.txt:" in said
    assert r"data/foto/\x1b[2Jjahat.jpg" in said, "a name does nothing to a terminal"
    assert "data/tautan\n  hilang, tautan" in said


def test_wrong_use_is_told(files: Files, tmp_path: Path) -> None:
    folder = write(files, tmp_path / "ekspor")
    for arguments in ([], [tmp_path / "tidak-ada"], [folder, "--checkpoint", tmp_path / "tidak-ada"], [folder, "x"],
                      [folder, "--lain"], [folder / "bagit.txt"]):  # fmt: skip
        done = ran(sys.executable, PROGRAM, *arguments)
        assert done.returncode == 2, arguments
        assert b"Traceback" not in done.stderr


def test_a_folder_that_is_no_export_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    done = ran(sys.executable, PROGRAM, tmp_path)
    assert done.returncode == 1
    assert b"bagit.txt" in done.stdout


@pytest.mark.parametrize(
    "log",
    [
        b"[]\n",
        b"null\n",
        b'{"seq":true}\n',
        b'{"seq":"0"}\n',
        b"\xff\n",
        b"[" * 99999 + b"\n",
        b'{"seq":0,"action":"export","detail":{"payload_sha512":[]}}\n',
    ],
)
def test_whatever_stands_in_the_log_is_told_and_not_stumbled_over(files: Files, log: bytes) -> None:
    assert f"{LOG}:1" in places(check(bag({**{n: d for n, d in files.items() if n.startswith("data/")}, LOG: log})))


def test_it_is_short_and_needs_the_standard_library_alone() -> None:
    source = PROGRAM.read_text(encoding="utf-8")
    assert source.count("\n") < 200
    names = {alias.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
    ast.parse(source, feature_version=(3, 9))
