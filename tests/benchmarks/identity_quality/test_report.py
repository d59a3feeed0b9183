import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from benchmarks.identity_quality import curves, report
from benchmarks.identity_quality.measure import Measured
from vision.types import FLOOR


def test_a_line_says_what_was_found_and_what_is_under_the_floor(measured: Callable[[str], Measured]) -> None:
    good, spoilt = report.by_condition(measured("invented"))
    assert (good.condition, good.faces, good.laid, good.found.value) == ("good", 40, 40, 1.0)
    assert (spoilt.condition, spoilt.faces, spoilt.laid, spoilt.found.value) == ("blur 0.04", 20, 40, 0.5)
    assert good.under_floor == 0
    assert spoilt.under_floor == pytest.approx(sum(0.45 * i / 19 < FLOOR for i in range(20)) / 20)
    assert good.tpir.value > 0.9
    assert spoilt.tpir.value < 0.5
    assert good.fpir.value <= report.FPIR


def test_tenths_of_quality_hold_every_face_once(measured: Callable[[str], Measured]) -> None:
    lines = list(report.by_value(measured("invented")))
    assert len(lines) == 10
    assert sum(line.faces for line in lines) == 60
    assert lines[-1].faces > 0, "a value of 1 belongs to the last"
    assert lines[-1].tpir.value > lines[0].tpir.value


def test_files_hold_what_the_table_shows(tmp_path: Path, measured: Callable[[str], Measured]) -> None:
    each = measured("invented")
    lines = list(report.by_condition(each))
    report.write_lines(tmp_path / "c.csv", lines)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "c.csv").read_text(encoding="utf-8"))))
    assert [row["condition"] for row in rows] == ["good", "blur 0.04"]
    for row, line in zip(rows, lines, strict=True):
        assert float(row["tpir"]) == pytest.approx(line.tpir.value, abs=1e-4)
        assert float(row["tpir_low"]) <= float(row["tpir"]) <= float(row["tpir_high"])
        assert int(row["tpir_people"]) == line.tpir.people
    report.write_faces(tmp_path / "f.csv", [each])
    faces = list(csv.DictReader(io.StringIO((tmp_path / "f.csv").read_text(encoding="utf-8"))))
    assert len(faces) == 60
    assert tuple(faces[0]) == report.FACE_COLUMNS
    assert all(float(row["mate"]) <= 1 and row["person"].isdigit() for row in faces)
    console = Console(width=200, file=io.StringIO(), record=True)
    console.print(report.table("title", lines))
    shown = console.export_text()
    assert "20/40" in shown
    assert str(lines[1].tpir) in shown


def test_curves_are_drawn_for_every_set(tmp_path: Path, measured: Callable[[str], Measured]) -> None:
    sets = [measured("invented"), measured("real")]
    conditions = [line for each in sets for line in report.by_condition(each)]
    values = [line for each in sets for line in report.by_value(each)]
    curves.draw(tmp_path / "curves.png", conditions, values)
    curves.draw(tmp_path / "empty.png", [], [])
    with Image.open(tmp_path / "curves.png") as full, Image.open(tmp_path / "empty.png") as empty:
        assert full.size == empty.size
        assert full.convert("L").histogram() != empty.convert("L").histogram()
