"""The yardstick of owners, on answers that are known."""

import numpy as np
import pytest

from benchmarks.hand_owners import (
    HIDDEN_ARMS,
    NOBODY,
    OPEN,
    RIGHT,
    RIGHTLY_OPEN,
    SHOWN_ARMS,
    WRONG,
    Read,
    counted,
    main,
    outcome,
    print_counts,
    wilson,
)
from benchmarks.owner_recipe import GROUPS, OwnerSet, group_of, recipe_hash
from benchmarks.owners_fit import Choice, fit


@pytest.mark.parametrize(
    ("answer", "truth", "expected"),
    [(1, 1, RIGHT), (0, 1, WRONG), (NOBODY, 1, OPEN), (NOBODY, NOBODY, RIGHTLY_OPEN), (0, NOBODY, WRONG)],
)
def test_outcomes(answer: int, truth: int, expected: int) -> None:
    assert outcome(answer, truth) == expected


def read(kinds: tuple[str, ...], truth: tuple[int, ...], answers: tuple[int, ...], hidden: tuple[bool, ...]) -> Read:
    given = dict.fromkeys(("before", "today", "50%", "70%", "80%", "85%", "90%", "95%"), answers)
    return Read((), (), kinds, truth, given, hidden, (), (), (), (0.0, 0.0, 0.0))


def test_counts_leave_out_hands_without_a_truth_and_keep_hidden_arms_apart() -> None:
    one = read(("row", "", "cut off"), (0, NOBODY, NOBODY), (0, 1, 2), (False, False, True))
    assert counted([one], "today") == {
        "row": [1, 0, 0, 0],
        "cut off": [0, 0, 1, 0],
        "all": [1, 0, 1, 0],
        SHOWN_ARMS: [1, 0, 0, 0],
        HIDDEN_ARMS: [0, 0, 1, 0],
    }


def test_the_tables_have_all_answers_and_the_share_of_right_names(capsys: pytest.CaptureFixture[str]) -> None:
    print_counts([read(("row",) * 4, (0, 0, 0, NOBODY), (0, 1, NOBODY, NOBODY), (False,) * 4)])
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  row")]
    assert len(lines) == 2
    assert lines[0].split()[1:6] == ["4", "1", "1", "1", "1"]
    assert lines[0].endswith("50.0% [9.5%, 90.5%]")


def test_intervals() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    low, high = wilson(99, 100)
    assert (low, high) == pytest.approx((0.9455, 0.9982), abs=1e-3)


def test_weights_follow_the_cue_that_tells() -> None:
    rng = np.random.default_rng(3)
    choices = []
    for _ in range(60):
        cues = np.column_stack([np.ones(3), rng.uniform(0, 3, 3), rng.uniform(0, 3, 3)])
        right = np.arange(4) == cues[:, 1].argmin()
        choices.append(Choice(np.concatenate([cues, np.zeros((1, 3))]), np.zeros(4), right))
    weights = fit(choices)
    assert weights[1] < -1
    assert abs(weights[2]) < abs(weights[1]) / 2
    assert np.array_equal(weights, fit(choices))


def test_one_of_several_right_ways_is_enough() -> None:
    cues = np.array([[1.0, 0.0], [1.0, 3.0], [1.0, 3.0], [0.0, 0.0]])
    choices = [Choice(cues, np.array([0.0, -9.0, 0.0, 0.0]), np.array([False, True, True, False]))] * 20
    assert fit(choices)[1] > 0


def test_every_kind_of_group_takes_its_turn_and_sets_differ() -> None:
    assert [group_of(index) for index in range(len(GROUPS))] == list(GROUPS)
    assert recipe_hash(OwnerSet("a", 1, 1)) != recipe_hash(OwnerSet("a", 1, 2))


def test_a_number_of_photos_below_zero_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--photos", "-1"]) == 2
    assert "--photos" in capsys.readouterr().err
