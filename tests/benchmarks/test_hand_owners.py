"""The yardstick of owners, on answers that are known."""

import numpy as np
import pytest

from benchmarks.hand_owners import NOBODY, OPEN, RIGHT, RIGHTLY_OPEN, WRONG, Read, counted, main, outcome, wilson
from benchmarks.owner_recipe import GROUPS, OwnerSet, group_of, recipe_hash
from benchmarks.owners_fit import fit


@pytest.mark.parametrize(
    ("answer", "truth", "expected"),
    [(1, 1, RIGHT), (0, 1, WRONG), (NOBODY, 1, OPEN), (NOBODY, NOBODY, RIGHTLY_OPEN), (0, NOBODY, WRONG)],
)
def test_outcomes(answer: int, truth: int, expected: int) -> None:
    assert outcome(answer, truth) == expected


def test_counts_leave_out_hands_without_a_truth() -> None:
    read = Read((), (), (1, 1), ("row", "", "cut off"), (0, NOBODY, NOBODY), {"today": (0, 1, 2)}, (), (0.0, 0.0, 0.0))
    assert counted([read], "today") == {"row": [1, 0, 0, 0], "cut off": [0, 0, 1, 0], "all": [1, 0, 1, 0]}


def test_intervals() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(99, 100)
    assert (low, high) == pytest.approx((0.9455, 0.9982), abs=1e-3)


def test_weights_follow_the_cue_that_tells() -> None:
    rng = np.random.default_rng(3)
    choices = []
    for _ in range(60):
        cues = np.column_stack([np.ones(3), rng.uniform(0, 3, 3), rng.uniform(0, 3, 3)])
        choices.append((cues, int(cues[:, 1].argmin())))
    weights = fit(choices)
    assert weights[1] < -1
    assert abs(weights[2]) < abs(weights[1]) / 2
    assert np.array_equal(weights, fit(choices))


def test_every_kind_of_group_takes_its_turn_and_sets_differ() -> None:
    assert [group_of(index) for index in range(len(GROUPS))] == list(GROUPS)
    assert recipe_hash(OwnerSet("a", 1, 1)) != recipe_hash(OwnerSet("a", 1, 2))


def test_a_number_of_photos_below_zero_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--photos", "-1"]) == 2
    assert "--photos" in capsys.readouterr().err
