"""The commands in one process: arguments, exit codes, which stream says what, interrupts."""

import json
import shutil
import signal
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from fixtures import ELECTION, UPLOADS
from screening.finish import Phase

PORTRAITS = ELECTION.parent / "photos"
CANDIDATE_ALONE = UPLOADS / "dinas-kesehatan" / "IMG_20241014_080000.jpg"
EMPTY_ROOM = UPLOADS / "kecamatan-utara" / "20241019_060340.gif"
Netra = Callable[..., Result]


def read_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# --- help and wrong use -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [[], ["scan"], ["inspect"], ["candidates"], ["candidates", "check"], ["candidates", "list"], ["demo"], ["doctor"]],
    ids=lambda words: " ".join(words) or "netra",
)
def test_every_help_page_is_indonesian_with_an_example_and_an_english_line(netra: Netra, command: list[str]) -> None:
    result = netra(*command, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Pemakaian: {' '.join(['netra', *command])}")
    for words in ("Pilihan:", "Contoh:", "English:", f"netra {' '.join(command)}".strip()):
        assert words in result.stdout
    for words in ("Usage", "Options", "Show this", "[required]"):
        assert words not in result.stdout


def test_the_version_is_told(netra: Netra) -> None:
    assert netra("--version").stdout.startswith("netra ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["scan"],
        ["scan", "a.jpg"],
        ["scan", "--tidak-ada"],
        ["tidak-ada"],
        ["--lang", "fr", "doctor"],
        ["scan", "a.jpg", "--election", "E.toml", "--hands", "kadang"],
        ["scan", "a", "--election", "E", "--workers", "0"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_two_lines_and_exit_2(netra: Netra, arguments: list[str]) -> None:
    result = netra(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Perintah belum benar: ")
    assert result.stderr.splitlines()[-1].startswith("Bantuan: netra")


def test_the_language_is_chosen_by_flag_then_by_environment(netra: Netra, election: Path) -> None:
    assert "Nomor urut 1" in netra("candidates", "list", election).stdout
    assert "Ballot number 1" in netra("candidates", "list", election, NETRA_LANG="en").stdout
    assert "Nomor urut 1" in netra("--lang", "id", "candidates", "list", election, NETRA_LANG="en").stdout
    assert netra("--lang", "en", "scan").stderr.startswith("The command is not right:")


def test_a_missing_photo_is_wrong_use(netra: Netra, election: Path) -> None:
    result = netra("scan", "tidak-ada.jpg", "--election", election)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "tidak-ada.jpg" in result.stderr


def test_each_mistake_of_an_election_file_is_a_line(netra: Netra, tmp_path: Path, election_text: str) -> None:
    wrong = tmp_path / "E.toml"
    wrong.write_text(election_text.replace("number = 2", "number = 1").replace('office = "calon wali kota"\n', "", 1))
    result = netra("scan", tmp_path, "--election", wrong)
    assert (result.exit_code, result.stdout) == (2, "")
    heading, *problems = result.stderr.splitlines()
    assert heading == f"Berkas pemilihan atau kumpulan aturan belum benar ({len(problems)} hal):"
    assert len(problems) >= 2
    assert all(line.startswith(f"  - {wrong}:") for line in problems)


def test_a_candidate_without_a_usable_photo_keeps_the_scan_from_starting(
    netra: Netra, tmp_path: Path, election_text: str
) -> None:
    shutil.copy(PORTRAITS / "damar-wicaksatya-1.jpg", tmp_path / "damar.jpg")
    (tmp_path / "kirana.jpg").write_text("bukan foto")
    (tmp_path / "E.toml").write_text(election_text)
    result = netra("scan", tmp_path, "--election", tmp_path / "E.toml", "--jsonl", tmp_path / "hasil.jsonl")
    assert result.exit_code == 2
    assert "Kirana Suryalaga" in result.stderr
    assert "kirana.jpg" in result.stderr
    assert not (tmp_path / "hasil.jsonl").exists()
    checked = netra("candidates", "check", tmp_path / "E.toml")
    assert checked.exit_code == 2
    assert "Kirana Suryalaga (no. 2): 0 dari 1 foto dipakai" in checked.stdout


def test_candidates_that_can_be_recognised_end_with_0(netra: Netra, election: Path) -> None:
    result = netra("candidates", "check", election)
    assert result.exit_code == 0, result.output
    assert "Damar Wicaksatya (no. 1): 1 dari 1 foto dipakai" in result.stdout


# --- scan ---------------------------------------------------------------------------------------------------------


def test_the_table_goes_to_stdout_and_the_exit_code_is_0(netra: Netra, election: Path, photos: Path) -> None:
    result = netra("scan", photos, "--election", election)
    assert result.exit_code == 0, result.output
    assert "foto calon saja" in result.stdout
    assert "Damar Wicaksatya (no. 1)" in result.stdout
    assert "3 dilihat = 2 terbaca + 0 tidak terbaca + 0 salinan + 1 dilewati" in result.stdout
    assert result.stderr == ""


def test_records_go_to_stdout_and_the_table_to_stderr(netra: Netra, election: Path, photos: Path) -> None:
    result = netra("scan", photos, "--election", election, "--jsonl", "-")
    records = read_lines(result.stdout)
    assert [record["status"] for record in records] == ["ok", "ok", "skipped"]
    assert records[0]["run"]["hands"] == "auto"
    assert "foto calon saja" in result.stderr
    quiet = netra("-q", "scan", photos, "--election", election, "--jsonl", "-", "--hands", "never")
    assert quiet.stderr == ""
    assert [record["run"]["hands"] for record in read_lines(quiet.stdout)] == ["never"] * 3


def test_records_go_to_a_file_that_is_never_overwritten_unasked(
    netra: Netra, election: Path, photos: Path, tmp_path: Path
) -> None:
    target = tmp_path / "hasil.jsonl"
    command = ("scan", photos / "b kosong.gif", "--election", election, "--jsonl", target)
    first = netra(*command)
    assert first.exit_code == 0
    assert f"Ditulis: {target}" in first.stderr
    assert len(read_lines(target.read_text())) == 1
    target.write_text("milik orang lain")
    again = netra(*command)
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr
    assert target.read_text() == "milik orang lain"
    assert netra("-q", *command, "--overwrite").output == ""
    assert len(read_lines(target.read_text())) == 1


def test_settings_come_from_flags_then_from_the_environment(netra: Netra, election: Path, photos: Path) -> None:
    command = ("-q", "scan", photos / "b kosong.gif", "--jsonl", "-")
    by_environment = netra(*command, NETRA_ELECTION=str(election), NETRA_HANDS="always")
    assert read_lines(by_environment.stdout)[0]["run"]["hands"] == "always"
    by_flag = netra(*command, "--hands", "never", NETRA_ELECTION=str(election), NETRA_HANDS="always")
    assert read_lines(by_flag.stdout)[0]["run"]["hands"] == "never"
    assert netra(*command, NETRA_ELECTION=str(election), NETRA_WORKERS="banyak").exit_code == 2


def test_findings_can_be_an_exit_code(netra: Netra, election: Path, photos: Path) -> None:
    assert netra("scan", photos / "b kosong.gif", "--election", election, "--fail-on-finding").exit_code == 0
    (photos / "rusak.jpg").touch()
    assert netra("scan", photos, "--election", election).exit_code == 3
    assert netra("scan", photos, "--election", election, "--fail-on-finding").exit_code == 10


def test_pictures_are_drawn_of_what_is_worth_a_look(netra: Netra, election: Path, photos: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gambar"
    result = netra("scan", photos, "--election", election, "--annotate", folder)
    assert result.exit_code == 0
    assert [path.name for path in folder.iterdir()] == ["0001-foto-a_calon.jpg"]
    assert "Gambar beranotasi: 1" in result.stderr
    again = netra("scan", photos, "--election", election, "--annotate", folder)
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr
    assert netra("scan", photos, "--election", election, "--annotate", folder, "--overwrite").exit_code == 0


def test_pictures_inside_a_scanned_folder_are_warned_of(netra: Netra, election: Path, photos: Path) -> None:
    (photos / "a calon.jpg").unlink()
    result = netra("scan", photos, "--election", election, "--annotate", photos / "gambar")
    assert result.exit_code == 0
    assert "terletak di dalam folder yang dipindai" in " ".join(result.stderr.split())


def test_with_v_each_reason_is_given(netra: Netra, election: Path, photos: Path) -> None:
    assert "dasar: pilkada-2018" in " ".join(netra("-v", "scan", photos, "--election", election).stdout.split())


def test_a_folder_without_photos_is_finished_and_said(netra: Netra, election: Path, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    result = netra("scan", tmp_path / "kosong", "--election", election)
    assert result.exit_code == 0
    assert "1 dilihat = 0 terbaca + 0 tidak terbaca + 0 salinan + 1 dilewati" in result.stdout


def test_ctrl_c_while_candidates_are_read_is_one_line(
    netra: Netra, election: Path, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.run.enrol_election", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    result = netra("scan", photos, "--election", election)
    assert (result.exit_code, result.stdout) == (130, "")
    assert result.stderr.split("\n") == ["", "Dihentikan oleh pengguna.", ""]  # the first ends the terminal's ^C


def test_ctrl_c_between_two_photos_writes_what_was_read(
    netra: Netra, election: Path, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from console.progress import ScanProgress

    usual = ScanProgress.__call__

    def interrupt(self: ScanProgress, phase: Phase, done: int) -> None:
        if phase is Phase.READING and done == 1:
            signal.raise_signal(signal.SIGINT)
        usual(self, phase, done)

    monkeypatch.setattr(ScanProgress, "__call__", interrupt)
    result = netra("scan", photos, "--election", election, "--jsonl", tmp_path / "hasil.jsonl")
    assert result.exit_code == 130
    assert len(read_lines((tmp_path / "hasil.jsonl").read_text())) == 1
    assert "1 dari 3 berkas" in result.stdout
    assert "Ctrl+C sekali lagi" in result.stderr


# --- inspect ------------------------------------------------------------------------------------------------------


def test_one_photo_in_words_with_its_picture_beside_it(netra: Netra, election: Path, photos: Path) -> None:
    result = netra("inspect", photos / "a calon.jpg", "--election", election)
    assert result.exit_code == 0, result.output
    text = " ".join(result.stdout.split())
    assert "1. " in text
    assert "mirip Damar Wicaksatya (no. 1): kemiripan" in text
    assert "Tangan (" in text
    assert "hanya dilihat terhadap calon terdaftar" in text
    assert "manusia memutuskan" in text
    assert (photos / "a calon.netra.jpg").is_file()
    again = netra("inspect", photos / "a calon.jpg", "--election", election)
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr


@pytest.mark.parametrize("command", [["inspect", "--out"], ["scan", "--jsonl"]])
def test_the_photo_itself_is_never_replaced(netra: Netra, election: Path, photos: Path, command: list[str]) -> None:
    photo = photos / "a calon.jpg"
    before = photo.read_bytes()
    result = netra(command[0], photo, "--election", election, command[1], photo, "--overwrite")
    assert result.exit_code == 2
    assert "tidak boleh ditimpa" in result.stderr
    assert photo.read_bytes() == before


def test_a_photo_that_cannot_be_read_is_exit_3(netra: Netra, election: Path, photos: Path) -> None:
    (photos / "teks.jpg").write_text("bukan foto")
    result = netra("inspect", photos / "teks.jpg", "--election", election)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "isinya bukan foto" in result.stderr
    assert "teks.jpg" in result.stderr
    assert not (photos / "teks.netra.jpg").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["."], "netra scan"),
        (["arsip.zip"], "netra scan"),
        (["kosong.zip"], "netra scan"),
        (["tidak-ada.jpg"], "tidak-ada.jpg"),
        (["b kosong.gif", "--out", "x.png"], ".jpg"),
    ],
)
def test_inspect_is_for_one_photo_and_writes_a_jpeg(
    netra: Netra, election: Path, photos: Path, arguments: list[str], words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(photos)
    for name, members in (("arsip.zip", ["b kosong.gif"]), ("kosong.zip", [])):
        with zipfile.ZipFile(name, "w") as archive:
            for member in members:
                archive.write(member)
    result = netra("inspect", *arguments, "--election", election)
    assert result.exit_code in (1, 2)
    assert words in result.stderr


# --- demo ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_demo(tmp_path: Path, election: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "contoh"
    (folder / "dalam").mkdir(parents=True)
    shutil.copy(EMPTY_ROOM, folder / "dalam" / "ruang.gif")
    (folder / "kosong.jpg").touch()
    truth = [
        {"path": "dalam/ruang.gif", "status": "ok", "findings": []},
        {"path": "kosong.jpg", "status": "error", "error": "empty", "findings": []},
    ]
    (tmp_path / "kunci.json").write_text(json.dumps({"photos": truth}))
    monkeypatch.setattr("console.demo.UPLOADS", folder)
    monkeypatch.setattr("console.demo.TRUTH", tmp_path / "kunci.json")
    monkeypatch.setattr("console.demo.ELECTION_FILE", election)
    (tmp_path / "uploads.csv").write_text("path\ncontoh/dalam/ruang.gif\ncontoh/kosong.jpg\n")
    monkeypatch.setattr("console.demo.MANIFEST_FILE", tmp_path / "uploads.csv")
    return folder


def test_the_demo_is_0_where_the_key_is_met(netra: Netra, small_demo: Path) -> None:
    result = netra("demo")
    assert result.exit_code == 0, result.output
    assert str(small_demo) not in result.stdout
    assert "kosong.jpg" in result.stdout
    assert "Sesuai kunci: semua 0 temuan" in result.stderr


def test_the_demo_lists_each_difference(netra: Netra, small_demo: Path) -> None:
    shutil.copy(CANDIDATE_ALONE, small_demo / "dalam" / "ruang.gif")
    result = netra("demo")
    assert result.exit_code == 1
    assert "  - dalam/ruang.gif: berlebih: foto calon saja" in result.stderr


@pytest.mark.slow
def test_the_whole_demo_meets_its_key(netra: Netra) -> None:
    result = netra("demo")
    assert result.exit_code == 0, result.stderr
