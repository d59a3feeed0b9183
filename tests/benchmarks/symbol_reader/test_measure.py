import numpy as np
import pytest

pytest.importorskip("numba", reason="the renderer needs numba: uv sync --group fixtures")

from benchmarks.symbol_reader.measure import Answers, bins, calibration_error


def answers(label: list[str], best: list[str], confidence: list[float], threshold: float = 0.5) -> Answers:
    sure = np.array(confidence, np.float32)
    return Answers(np.array(label), np.where(sure >= threshold, np.array(best), "none"), np.array(best), sure)


def test_a_symbol_that_is_not_shown_is_false_and_a_missed_one_is_not() -> None:
    said = answers(["one", "one", "none", "none", "peace"], ["one", "fist", "one", "none", "peace"], [0.9] * 4 + [0.2])
    assert said.right.tolist() == [True, False, False, True, False]
    assert said.false.tolist() == [False, True, True, False, False]


def test_a_reader_that_is_right_as_often_as_it_says_has_no_calibration_error() -> None:
    said = answers(["one"] * 10, ["one"] * 8 + ["fist"] * 2, [0.8] * 10)
    assert calibration_error(said) == pytest.approx(0, abs=1e-6)
    ((sure, right, count),) = bins(said)
    assert (sure, right, count) == pytest.approx((0.8, 0.8, 10))


def test_a_reader_that_is_too_sure_has_the_difference_as_its_error() -> None:
    said = answers(["one"] * 10, ["one"] * 5 + ["fist"] * 5, [1.0] * 10)
    assert calibration_error(said) == pytest.approx(0.5)
