"""An export as a whole: the same each time, valid for others' programs, and nothing of the office's is touched."""

import errno
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from typing import Any

import bagit  # type: ignore[import-untyped]  # it ships no types
import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

import fixtures
from candidates.election import load_election
from casework import tables
from casework.audit import AuditError, AuditLog
from casework.database import Database, open_database
from casework.export import bag as bag_module
from casework.export import package
from casework.export.dossier import ExportError
from casework.export.package import VARYING, Exported, Order, export
from casework.export.painter import Painted
from casework.export.paper import make_paper
from console.export_painter import RecordPainter
from netra.errors import OutputError, PhotoError, PhotoErrorKind
from tests.casework.export_samples import ARCHIVED, FULL_CASE, NUMBER, DotPainter, Sample, fill_case, truths

WIB = timezone(timedelta(hours=7))
AT = datetime(2024, 10, 21, 9, 30, tzinfo=WIB)


def real_painter() -> RecordPainter:
    election = load_election(fixtures.ELECTION)
    references = {photo.name: photo.path for who in election.candidates for photo in who.photos}
    return RecordPainter({who.id: who.name for who in election.candidates}, references)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """In a file: what depends on the kind of database is tested in test_export_reading.py."""
    with open_database(tmp_path / "netra.db", create=True) as opened:
        yield opened


@pytest.fixture
def sample(database: Database, tmp_path: Path) -> Sample:
    return fill_case(database, tmp_path / "unggahan")


Export = Callable[..., Exported]


@pytest.fixture
def run_export(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Export:
    """Exports without paper, which takes most of the time, unless it is asked for."""

    def run(
        name: str = "paket", painter: Any = None, wanted: str = NUMBER, paper: bool = False, **order: Any
    ) -> Exported:
        monkeypatch.setattr(package, "make_paper", make_paper if paper else lambda *_: b"%PDF-1.4 nothing")
        asked = Order(wanted, tmp_path / name, "ratna", "diminta Bawaslu", **({"at": AT} | order))
        return export(database, asked, painter or DotPainter(), tmp_path / "netra.key")

    return run


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def actions(database: Database) -> list[tuple[str, str, dict[str, Any]]]:
    with database.read() as connection:
        drafts = [entry.draft for entry in AuditLog(connection).entries()]
    return [(one.action, one.reason, dict(one.detail)) for one in drafts]


def state_of(folder: Path) -> dict[str, tuple[str, int]]:
    """Hash and time of every file, time of every folder."""
    return {
        str(path): (sha256(path.read_bytes()).hexdigest() if path.is_file() else "", path.stat().st_mtime_ns)
        for path in [folder, *folder.rglob("*")]
    }


def check_alone(folder: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-I", folder / "data" / "periksa" / "periksa.py", folder, *more]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


def test_the_library_finds_it_valid_and_the_verifier_inside_finds_it_whole(sample: Sample, run_export: Export) -> None:
    done = run_export(painter=real_painter(), paper=True)
    opened = bagit.Bag(str(done.place))
    opened.validate()
    assert opened.info["External-Identifier"] == NUMBER
    assert opened.info["Netra-Checkpoint-Size"] == str(done.checkpoint.size)
    checked = check_alone(done.place)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert "UTUH" in checked.stdout


def test_the_same_case_twice_is_the_same_to_the_byte_but_for_named_files(sample: Sample, run_export: Export) -> None:
    painter = real_painter()
    first = files_of(run_export("satu", painter, paper=True).place)
    again = files_of(run_export("dua", painter, paper=True, at=AT + timedelta(days=1)).place)
    assert set(first) == set(again)
    different = {name for name in first if first[name] != again[name]}
    assert different <= set(VARYING), f"not named: {sorted(different - set(VARYING))}"
    assert {"bag-info.txt", "data/audit/checkpoint.txt"} <= different
    assert len(first) > 30
    assert first["data/audit/public-key.txt"] == again["data/audit/public-key.txt"]


def test_files_that_differ_do_so_in_named_fields_alone(sample: Sample, run_export: Export) -> None:
    first = files_of(run_export("satu", paper=True).place)
    again = files_of(run_export("dua", paper=True, at=AT + timedelta(days=1)).place)

    fields = "Bagging-Date|Netra-Exported-At|Netra-Checkpoint-Size|Netra-Checkpoint-Root|Payload-Oxum"
    info = [
        re.sub(rf"^({fields}): .*$", r"\1", each["bag-info.txt"].decode(), flags=re.MULTILINE)
        for each in (first, again)
    ]
    assert info[0] == info[1]

    custody = [each["data/penguasaan.csv"].decode() for each in (first, again)]
    assert custody[1].startswith(custody[0])
    (added,) = custody[1][len(custody[0]) :].splitlines()
    assert ",export," in added

    log = [each["data/audit/log.jsonl"].splitlines() for each in (first, again)]
    assert log[1][: len(log[0])] == log[0]
    hashes = [each["data/audit/hashes.txt"] for each in (first, again)]
    assert hashes[1].startswith(hashes[0])

    pages = [paper_text(each["data/kasus.pdf"]) for each in (first, again)]
    assert pages[0] == pages[1]


def paper_text(pdf: bytes) -> str:
    """The text of the paper without the fields that differ: when it was made, the log's state, custody of exports."""
    from io import BytesIO

    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    text = re.sub(r"dibuat [0-9: +-]+", "dibuat", text)
    text = re.sub(r"Log audit sebelum ekspor: \d+ catatan, akar [0-9a-f]+", "Log audit", text)
    text = re.sub(r"ditampilkan \d+ dari \d+ catatan", "ditampilkan", text)
    text = re.sub(r"Halaman \d+ dari \d+", "Halaman", text)
    kept = [line for line in text.split("\n") if not re.search(r"\bexport\b|diminta|Bawaslu$|^XI/2024", line)]
    start = next(i for i, line in enumerate(kept) if line.startswith("Penguasaan barang bukti"))
    end = next(i for i, line in enumerate(kept) if line.startswith("Cara memeriksa paket ini"))
    return "\n".join(kept[:start] + kept[end:])


def test_originals_keep_hash_and_time_and_their_folder_is_untouched(sample: Sample, run_export: Export) -> None:
    for path in sample.folder.rglob("*"):
        path.chmod(0o400)
    sample.folder.chmod(0o500)
    before = state_of(sample.folder)
    try:
        done = run_export()
        assert state_of(sample.folder) == before
    finally:
        sample.folder.chmod(0o700)
    copies = {path.read_bytes(): path for path in (done.place / "data" / "foto" / "asli").iterdir()}
    assert {f"sha256:{sha256(data).hexdigest()}" for data in copies} == set(sample.originals)
    for photo in done.dossier.photos:
        copy = next(path for data, path in copies.items() if sha256(data).hexdigest() == photo.digits)
        assert copy.stem == photo.digits[:16]
        assert copy.stat().st_mtime_ns == photo.uploads[0].mtime_ns


def test_a_photo_of_an_archive_is_unpacked_and_the_archive_named(sample: Sample, run_export: Export) -> None:
    place = run_export().place
    lines = [json.loads(line) for line in (place / "data" / "temuan.jsonl").read_text("utf-8").splitlines()]
    archives = [line["files"].get("archive", "") for line in lines]
    assert [bool(archive) for archive in archives] == [False, True, False]
    assert archives[1].endswith(ARCHIVED)


@pytest.mark.parametrize("how", ["gone", "changed", "longer"])
def test_an_original_that_is_not_as_it_was_stops_the_export(
    sample: Sample, run_export: Export, database: Database, tmp_path: Path, how: str
) -> None:
    path = next(iter(sample.originals.values()))
    if how == "gone":
        path.unlink()
    else:
        data = bytearray(path.read_bytes())
        data[-10] ^= 1
        path.write_bytes(bytes(data) + b"x" * (how == "longer"))
    before = len(actions(database))
    with pytest.raises(ExportError, match=re.escape(path.name)) as told:
        run_export()
    assert "--allow-missing" in str(told.value)
    assert not [each for each in tmp_path.iterdir() if "paket" in each.name or each.name.startswith(".netra-")]
    assert len(actions(database)) == before


def test_without_an_original_it_is_said_in_the_bag_and_on_the_first_page(sample: Sample, run_export: Export) -> None:
    next(iter(sample.originals.values())).unlink()
    done = run_export(allow_missing=True, paper=True)
    assert done.missing == 1
    assert "Netra-Missing-Originals: 1\n" in (done.place / "bag-info.txt").read_text("utf-8")
    assert "1 foto asli tidak ada" in (done.place / "data" / "periksa" / "BACA-SAYA.txt").read_text("utf-8")
    first = PdfReader(done.place / "data" / "kasus.pdf").pages[0].extract_text()
    assert "FOTO ASLI TIDAK ADA: 1 dari 3 foto" in first
    assert len(list((done.place / "data" / "foto" / "asli").iterdir())) == 2
    bagit.Bag(str(done.place)).validate()


def test_another_file_of_the_same_photo_serves_where_the_first_is_gone(
    sample: Sample, run_export: Export, database: Database, tmp_path: Path
) -> None:
    path = next(iter(sample.originals.values()))
    other = tmp_path / "di-tempat-lain.jpg"
    path.rename(other)
    with database.begin() as connection:
        row = connection.execute(select(tables.uploads).where(tables.uploads.c.id == 1)).one()._asdict()
        connection.execute(tables.uploads.insert().values(row | {"id": 99, "place": str(other), "path": "lain.jpg"}))
    assert run_export().missing == 0


def test_every_export_is_an_entry_and_bears_the_checkpoint_after_it(
    sample: Sample, run_export: Export, database: Database
) -> None:
    done = run_export()
    action, reason, detail = actions(database)[-1]
    assert (action, reason, detail["photos"], detail["findings"]) == ("export", "diminta Bawaslu", 3, 3)
    assert done.checkpoint.size == len(actions(database))
    note = (done.place / "data" / "audit" / "checkpoint.txt").read_text("utf-8")
    assert note == done.checkpoint.note
    shown = [json.loads(line) for line in (done.place / "data" / "audit" / "log.jsonl").read_text().splitlines()]
    assert shown[-1]["action"] == "export"
    assert all("perkara-lain" not in json.dumps(entry) for entry in shown), "an entry of another case is shown"


def test_a_run_is_exported_with_its_findings_and_without_the_page_of_a_case(sample: Sample, run_export: Export) -> None:
    done = run_export(wanted="run-1", paper=True)
    names = set(files_of(done.place))
    assert "data/temuan.pdf" in names
    assert not {"data/kasus.pdf", "data/perkara.json"} & names
    text = PdfReader(done.place / "data" / "temuan.pdf").pages[0].extract_text()
    assert "Daftar Temuan Pemindaian" in text
    assert "Formulir Model A" not in text
    bagit.Bag(str(done.place)).validate()
    assert check_alone(done.place).returncode == 0


@pytest.mark.parametrize("wanted", ["999", "run-999", "tidak ada", "run-", "1" * 40])
def test_what_is_not_there_is_told_with_what_there_is(sample: Sample, run_export: Export, wanted: str) -> None:
    with pytest.raises(ExportError, match=r"007/PM/Kota-Contoh/XI/2024, run-1"):
        run_export(wanted=wanted)


def test_nothing_is_ever_replaced(sample: Sample, run_export: Export, tmp_path: Path) -> None:
    (tmp_path / "paket").mkdir()
    with pytest.raises(OutputError, match="already"):
        run_export()
    assert not list((tmp_path / "paket").iterdir())


def test_a_missing_folder_is_told(sample: Sample, run_export: Export) -> None:
    with pytest.raises(OutputError, match="Make the folder around it first"):
        run_export("tidak/ada/paket")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS])
@pytest.mark.parametrize("which", [1, 12, "audit", "manifest", "rename"])
def test_a_full_disk_or_a_read_only_one_leaves_nothing_half(
    sample: Sample, run_export: Export, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    code: int, which: int | str,
) -> None:  # fmt: skip
    written: list[str] = []

    def failing_open(path: str, flags: int) -> int:
        written.append(path)
        at = {"audit": "/data/audit/", "manifest": "tagmanifest"}.get(str(which), "\0")
        if len(written) == which or at in path:
            raise OSError(code, os.strerror(code))
        return os.open(path, flags, 0o600)

    def failing_rename(self: Path, target: Path) -> None:
        raise OSError(code, os.strerror(code))

    if which == "rename":
        monkeypatch.setattr(Path, "rename", failing_rename)
    else:
        monkeypatch.setattr(bag_module, "_private", failing_open)
    before = {each.name for each in tmp_path.iterdir()}
    with pytest.raises(OutputError, match="Nothing of it was left behind"):
        run_export()
    assert {each.name for each in tmp_path.iterdir()} - before <= {"netra.key"}
    told = [(action, "failed" in detail) for action, _, detail in actions(database) if action == "export"]
    assert told == ([] if isinstance(which, int) else [("export", False), ("export", True)])
    monkeypatch.undo()
    assert check_alone(run_export("lagi").place).returncode == 0


def test_a_photo_that_cannot_be_drawn_is_told_and_the_rest_goes_on(sample: Sample, run_export: Export) -> None:
    class Refusing(DotPainter):
        def paint(self, data: bytes, name: str, record: Mapping[str, Any], hide: frozenset[str]) -> Painted:
            if record["sha256"] == next(iter(sample.originals)):
                raise PhotoError(PhotoErrorKind.DAMAGED, f"{name}: the JPEG picture is damaged")
            return super().paint(data, name, record, hide)

    done = run_export(painter=Refusing(), paper=True)
    assert len(done.unpainted) == 1
    text = "".join(page.extract_text() for page in PdfReader(done.place / "data" / "kasus.pdf").pages)
    assert "Salinan kerja tidak dapat dibuat" in text


def test_a_damaged_log_is_not_signed_and_nothing_is_left(
    sample: Sample, run_export: Export, database: Database, tmp_path: Path
) -> None:
    if not database.files:
        pytest.skip("the guard of the server's tables would have to be lifted first")
    import sqlite3

    with sqlite3.connect(database.files[0]) as raw:
        triggers = raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE audit SET leaf_hash = 'sha256:00' WHERE seq = 1")
    raw.close()
    with pytest.raises(AuditError, match="Entry 1"):
        run_export()
    assert not (tmp_path / "paket").exists()


def test_a_deleted_case_has_nothing_to_export(sample: Sample, run_export: Export, database: Database) -> None:
    with database.begin() as connection:
        connection.execute(update(tables.cases).values(state="deleted"))
    with pytest.raises(ExportError, match="deleted"):
        run_export()


def test_who_was_not_the_candidate_is_a_bystander(sample: Sample, run_export: Export, database: Database) -> None:
    asked: list[frozenset[str]] = []

    class Asking(DotPainter):
        def paint(self, data: bytes, name: str, record: Mapping[str, Any], hide: frozenset[str]) -> Painted:
            asked.append(hide)
            return super().paint(data, name, record, hide)

    with database.begin() as connection:
        connection.execute(
            tables.decisions.insert().values(
                finding_id=2, reviewer="ani", decided_at="2024-10-20T01:02:03.000000Z", round=1, decision="rejected",
                reason_code="not-the-candidate", snapshot="{}",
            )
        )  # fmt: skip
    run_export(painter=Asking())
    candidate = truths()[1]["findings"][0]["candidates"][0]
    assert asked == [frozenset(), frozenset({candidate}), frozenset()]


def test_no_template_and_no_key_of_the_office_is_in_it(sample: Sample, run_export: Export, tmp_path: Path) -> None:
    place = run_export().place
    private = (tmp_path / "netra.key").read_bytes().split(b"\n")[1]
    everything = b"".join(files_of(place).values())
    assert private not in everything
    assert not re.search(rb'"(template|embedding|descriptor)"', everything)


def test_times_need_a_zone(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="zone"):
        Order(NUMBER, tmp_path, "a", "b", AT.replace(tzinfo=None))
    assert Order(NUMBER, tmp_path, "a", "b", AT.astimezone(UTC)).at == AT


def test_the_case_is_there_as_data(sample: Sample, run_export: Export) -> None:
    place = run_export().place
    case = json.loads((place / "data" / "perkara.json").read_text("utf-8"))
    assert case["officer"] == FULL_CASE["officer"]
    assert case["lacks"] == []
    decisions = [json.loads(line) for line in (place / "data" / "keputusan.jsonl").read_text("utf-8").splitlines()]
    assert [(one["number"], one["undoes"]) for one in decisions] == [(1, 0), (2, 1), (3, 0), (4, 0)]
    records = (place / "data" / "catatan-foto.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["schema"] for line in records] == ["netra.photo/1"] * 3
