"""The yardstick of crops, on points of which the answer is known."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.crop_places import WEIGHTS, main, medians, places_off
from vision.align import FOUR_OF_FIVE
from vision.face_model import ARCFACE_112

FIVE: NDArray[np.float64] = np.array(ARCFACE_112)


@pytest.mark.parametrize("scale", [0.3, 1.0, 8.0])
def test_the_same_face_seen_right_is_not_off(scale: float) -> None:
    turn = scale * np.array([[0.9, -np.sqrt(1 - 0.81)], [np.sqrt(1 - 0.81), 0.9]])
    five = FIVE @ turn.T + np.array([300.0, -20.0])
    off = places_off(FOUR_OF_FIVE @ five, five)
    assert off[:3] == pytest.approx(0, abs=1e-9)


def test_points_seen_too_far_down_move_the_crop_by_as_much() -> None:
    five = FIVE * 4
    assert places_off(FOUR_OF_FIVE @ five + np.array([0.0, 8.0]), five)[:3] == pytest.approx(2, abs=1e-9)


def test_eyes_alone_are_off_where_a_face_is_longer_than_usual() -> None:
    longer = FIVE * np.array([1.0, 1.2])
    off = dict(zip(WEIGHTS, places_off(FOUR_OF_FIVE @ longer, longer), strict=True))
    assert off["eyes alone"] > off["eyes, nose, mouth twice (netra)"] + 1


def test_the_median_lies_in_its_interval() -> None:
    off = np.random.default_rng(1).gamma(2, size=(40, 4))
    middle, low, high = medians(off)
    assert ((low <= middle) & (middle <= high)).all()
    assert ((high - low) > 0).all()


def test_a_folder_without_faces_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "surat.jpg").write_text("bukan foto")
    assert main([str(tmp_path)]) == 0
    assert "0 faces" in capsys.readouterr().out
