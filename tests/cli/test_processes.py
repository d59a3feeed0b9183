"""The command in a process of its own: exit codes, Ctrl+C, closed pipes, bad files, bugs."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from fixtures import UPLOADS

Start = Callable[..., "subprocess.Popen[str]"]
CANDIDATE_ALONE = UPLOADS / "dinas-kesehatan" / "IMG_20241014_080000.jpg"


def read_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_bad_files_are_rows_in_a_real_run_and_the_exit_code_is_3(
    election: Path, photos: Path, tmp_path: Path, start: Start
) -> None:
    huge = (UPLOADS / "rusak" / "raksasa.png").read_bytes()
    (photos / "besar.png").write_bytes(huge)
    (photos / "kosong.jpg").touch()
    (photos / "teks.jpg").write_text("bukan foto")
    (photos / "potong.jpg").write_bytes(CANDIDATE_ALONE.read_bytes()[:9000])
    (photos / "tautan.jpg").symlink_to(photos / "a calon.jpg")
    os.mkfifo(photos / "pipa.jpg")
    (photos / "pesta 🎉\nbaru.jpg").touch()
    target = tmp_path / "hasil.jsonl"
    command = ["scan", photos, "--election", election, "--jsonl", target, "--workers", "2", "--hands", "never"]
    with start(*command) as process:
        out, errors = process.communicate(timeout=120)
    assert process.returncode == 3, errors
    assert "Traceback" not in errors
    records = read_lines(target.read_text(encoding="utf-8"))
    kinds = {Path(one["path"]).name: one["error"]["kind"] for one in records if one["status"] == "error"}
    assert kinds == {
        "besar.png": "too-many-pixels",
        "kosong.jpg": "empty",
        "teks.jpg": "not-a-photo",
        "potong.jpg": "truncated",
        "tautan.jpg": "link",
        "pipa.jpg": "not-a-file",
        "pesta 🎉\nbaru.jpg": "empty",
    }
    assert "10 dilihat = 2 terbaca + 7 tidak terbaca + 0 salinan + 1 dilewati" in out
    assert "pesta 🎉\\nbaru.jpg" in out


def test_ctrl_c_in_the_middle_of_a_real_scan_leaves_whole_lines(election: Path, tmp_path: Path, start: Start) -> None:
    rng, count = np.random.default_rng(5), 150
    many = tmp_path / "banyak"
    many.mkdir()
    for i in range(count):
        Image.fromarray(rng.integers(0, 255, (48, 48, 3), dtype=np.uint8)).save(many / f"{i}.png")
    target = tmp_path / "hasil.jsonl"
    command = ["scan", many, "--election", election, "--jsonl", target, "--workers", "2"]
    with start(*command) as process:
        for _ in range(1200):
            if target.exists() or process.poll() is not None:
                break
            time.sleep(0.05)
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the command gets it
        out, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    text = target.read_text(encoding="utf-8")
    assert not text or text.endswith("\n")
    records = read_lines(text)
    assert len(records) < count
    assert f"{len(records)} dari {count} berkas" in out


def test_a_reader_that_goes_away_ends_the_command_quietly(election: Path, photos: Path, start: Start) -> None:
    command = ["-q", "scan", photos / "b kosong.gif", "--election", election, "--jsonl", "-"]
    with start(*command) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (1, "")


def test_a_closed_pipe_ends_a_table_quietly(election: Path, start: Start) -> None:
    with start("candidates", "list", election) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (1, "")


@pytest.mark.parametrize("verbose", [False, True])
def test_a_bug_says_where_to_report_and_shows_its_traceback_on_request_only(start: Start, verbose: bool) -> None:
    program = (
        "import cli, console.prepare\n"
        "def broken(path): raise ZeroDivisionError('rusak')\n"
        "console.prepare.load_contest = broken\n"
        "cli.main()"
    )
    with start(*(["-v"] if verbose else []), "candidates", "list", "E.toml", program=program) as process:
        out, errors = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, "")
    assert "ZeroDivisionError: rusak" in errors
    assert "Ini bukan salah Anda" in errors
    assert ("Traceback" in errors) is verbose


@pytest.mark.skipif(os.name == "nt", reason="counts processor time as POSIX does")
def test_help_answers_at_once(start: Start) -> None:
    spent = []
    for _ in range(3):  # processor time and the best of three, since other tests run beside this one
        before = os.times()
        with start("--help") as process:
            process.communicate(timeout=60)
        after = os.times()
        spent.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert min(spent) < 0.5, spent
