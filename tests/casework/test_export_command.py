"""``netra export`` as an officer types it: exit codes, and what is said."""

import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import cli
from casework.database import open_database
from tests.casework.export_samples import NUMBER, fill_case


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with open_database(tmp_path / "kasus.db", create=True) as database:
        fill_case(database, tmp_path / "unggahan", case={"known_on": "2024-10-18"})
    return tmp_path


@pytest.fixture(autouse=True)
def _without_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paper has tests of its own, and takes most of the time."""
    monkeypatch.setattr("casework.export.package.make_paper", lambda *_: b"%PDF-1.4 nothing")


def netra(place: Path, *arguments: str, **options: Any) -> Result:
    told = ["export", *arguments, "--db", str(place / "kasus.db"), "--operator", "ratna"]
    return CliRunner().invoke(cli.main, told, **options)


def test_a_case_is_exported_and_all_that_matters_is_said(place: Path) -> None:
    out = place / "paket"
    done = netra(place, NUMBER, "--out", str(out), "--reason", "diminta", "--organization", "Kantor Contoh")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"Perkara {NUMBER} diekspor ke {out}: 3 temuan pada 3 foto.\n"
    assert "--purpose, --legal-basis, --officer, --ends-on, --dpia-number" in done.stderr
    assert "--election" in done.stderr
    assert re.search(r"^netra/[0-9a-f]{32}\n\d+\n", done.stderr, re.MULTILINE), "the checkpoint"
    info = (out / "bag-info.txt").read_text("utf-8")
    assert "Source-Organization: Kantor Contoh\n" in info
    assert "Contact-Name: ratna\n" in info
    assert netra(place, "run-1", "--out", str(place / "lagi"), "--reason", "arsip").exit_code == 0


def test_a_reason_is_required(place: Path) -> None:
    done = netra(place, NUMBER, "--out", str(place / "paket"))
    assert done.exit_code == 2
    assert "--reason" in done.stderr
    assert not (place / "paket").exists()


def test_what_is_not_there_and_what_is_there_already(place: Path) -> None:
    nothing = netra(place, "tidak-ada", "--out", str(place / "paket"), "--reason", "x")
    assert nothing.exit_code == 2
    assert NUMBER in nothing.stderr
    (place / "paket").mkdir()
    taken = netra(place, NUMBER, "--out", str(place / "paket"), "--reason", "x")
    assert taken.exit_code == 1
    assert str(place / "paket") in taken.stderr


def test_a_lost_original_is_told_in_full_and_can_be_left_out(place: Path) -> None:
    lost = next((place / "unggahan").glob("*.jpg"))
    lost.unlink()
    refused = netra(place, NUMBER, "--out", str(place / "paket"), "--reason", "x")
    assert refused.exit_code == 2
    assert lost.name in refused.stderr
    allowed = netra(place, NUMBER, "--out", str(place / "paket"), "--reason", "x", "--allow-missing")
    assert allowed.exit_code == 0
    assert "1 foto asli tidak ada atau berubah" in allowed.stderr


def test_a_package_among_the_originals_is_warned_of(place: Path) -> None:
    done = netra(place, NUMBER, "--out", str(place / "unggahan" / "paket"), "--reason", "x")
    assert done.exit_code == 0
    assert "berada di antara foto asli" in done.stderr
