"""The tail: probabilities that fall, are never smaller than what was seen allows, and are right for known laws."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candidates.tail import BEYOND, PARTS, Fit, Tail, count_pairs


def parts_of(values: Any, parts: int = PARTS) -> list[tuple[int, int, Any]]:
    """Values dealt out over the pairs of parts."""
    each = np.array_split(np.asarray(values, np.float32), parts * (parts + 1) // 2)
    return [(i, j, each.pop()) for i in range(parts) for j in range(i, parts)]


def tail_of(values: Any, pairs: float = 0.0, censored_from: float = 4.0) -> Tail:
    return count_pairs(parts_of(values), pairs or len(values), censored_from)


NORMAL = tail_of(np.random.default_rng(1).normal(size=100_000))


@pytest.mark.parametrize(("z", "truth"), [(1.0, 0.1587), (2.0, 0.02275), (3.0, 1.35e-3), (3.7, 1.08e-4)])
def test_a_normal_tail_is_right_within_a_factor_of_two(z: float, truth: float) -> None:
    middle, upper = NORMAL.survival(np.array([z]))
    assert 0.5 < middle[0] / truth < 2
    assert upper[0] >= middle[0]


@pytest.mark.parametrize("shape", [-0.2, -0.1, 1e-12, 0.05])
def test_the_fit_is_the_generalised_pareto_law(shape: float) -> None:
    # Against its density, integrated: independent of how the survival is written.
    fit = Fit(1.5, 0.05, shape, 0.4)
    grid = np.linspace(1.5, 1.5 + (0.4 / 0.2 if shape < -0.01 else 12), 400_001)
    over = (grid - 1.5) / 0.4
    density = 0.05 / 0.4 * (np.exp(-over) if abs(shape) < 1e-9 else np.maximum(1 + shape * over, 0) ** (-1 / shape - 1))
    inside = np.concatenate([[0], np.cumsum((density[1:] + density[:-1]) / 2 * np.diff(grid))])
    for at in (0, 50_000, 150_000, 300_000):
        assert fit.survival(grid[at : at + 1])[0] == pytest.approx(0.05 - inside[at], abs=2e-5)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 1000), count=st.integers(40, 3000), scale=st.floats(0.3, 3))
def test_probabilities_fall_and_are_bounded(seed: int, count: int, scale: float) -> None:
    tail = tail_of(np.random.default_rng(seed).normal(size=count) * scale, censored_from=3.5 * scale)
    middle, upper = tail.survival(np.linspace(-5, 12, 200) * scale)
    for each in (middle, upper):
        assert ((each > 0) & (each <= 1)).all()
        assert each.min() >= 1 / (BEYOND * count)
    assert (np.diff(middle) <= 1e-12).all()
    assert (upper >= middle).all()


def test_nothing_is_rarer_than_the_pairs_allow() -> None:
    middle, upper = NORMAL.survival(np.array([50.0]))
    assert middle[0] == 1 / (BEYOND * 100_000)
    assert upper[0] >= middle[0]


def test_photos_of_one_person_among_the_pairs_do_not_lift_the_tail() -> None:
    random = np.random.default_rng(2)
    strangers, mates = random.normal(size=30_000), random.normal(5.0, 1.2, size=150)
    clean = tail_of(strangers, censored_from=3.4).survival(np.array([4.0]))[0][0]
    mixed = tail_of(random.permutation(np.concatenate([strangers, mates])), censored_from=3.4)
    assert mixed.survival(np.array([4.0]))[0][0] < 6 * clean
    counted = (np.concatenate([strangers, mates]) >= 4).mean()
    assert counted > 60 * 3.2e-5  # what counting them would have said


def test_the_pessimistic_end_lies_over_the_truth_more_often_than_the_best_estimate() -> None:
    random, truth = np.random.default_rng(4), 2.3e-4  # of a normal law at 3.5
    over = np.zeros(2, int)
    for _ in range(24):
        found = tail_of(random.normal(size=4000)).survival(np.array([3.5]))
        over += [each[0] >= truth for each in found]
    assert over[1] >= 14
    assert over[1] > over[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"edges": np.array([1.0, 0.5, 2.0])},
        {"edges": np.array([1.0, 2.0])},
        {"counts": np.ones((2, 3, 4))},
        {"counts": -np.ones((2, 2, 4))},
        {"counts": np.zeros((2, 2, 4))},
        {"pairs": 0.0},
        {"pairs": float("nan")},
    ],
)
def test_a_tail_that_cannot_be_is_not_made(wrong: dict[str, Any]) -> None:
    good: dict[str, Any] = {"edges": np.array([0.0, 1.0, 2.0]), "counts": np.ones((2, 2, 4)), "pairs": 9.0}
    Tail(**good)
    with pytest.raises(ValueError, match="expected"):
        Tail(**(good | wrong))


def test_no_pairs_make_no_tail() -> None:
    with pytest.raises(ValueError, match="expected at least one pair"):
        count_pairs([(0, 0, np.zeros(0, np.float32))], 1, 3)
