from pathlib import Path

import pytest

from benchmarks.identity_quality.__main__ import main


def test_without_people_the_files_are_written_all_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["--people", "0", "--turned", "0", "--data", str(tmp_path / "none"), "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "conditions.csv",
        "values.csv",
        "faces.csv",
        "curves.png",
    }
    assert "written:" in capsys.readouterr().out


def test_a_number_under_zero_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--people", "-1"]) == 2
    assert "expected 0" in capsys.readouterr().err
