"""Shares of hands: Wilson's interval where nobody is known, people drawn anew where somebody is."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.shares import Shares, wilson

EVERY = np.ones(100, bool)


@pytest.mark.parametrize(
    ("events", "of", "expected"),
    [(0, 10, (0.0, 0.2775)), (10, 10, (0.7225, 1.0)), (5, 10, (0.2366, 0.7634)), (81, 263, (0.2553, 0.3662))],
)
def test_wilsons_interval_as_published(events: int, of: int, expected: tuple[float, float]) -> None:
    assert wilson(events, of) == pytest.approx(expected, abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_itself_lies_in_its_interval(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] <= high <= 1


def test_nothing_to_count_is_no_share() -> None:
    for owners in ([], ["a"]):
        rate = Shares(owners, [""] * len(owners)).rate(np.zeros(len(owners), bool), np.zeros(len(owners), bool))
        assert math.isnan(rate.value)
        assert rate.searches == 0


def test_hands_of_nobody_count_for_themselves() -> None:
    shares = Shares([""] * 100, ["a.jpg"] * 100)
    rate = shares.rate(np.arange(100) < 90, EVERY)
    assert (rate.events, rate.searches, rate.people, shares.people) == (90, 100, 0, 0)
    assert (rate.low, rate.high) == wilson(90, 100)


def test_many_hands_of_few_people_say_little() -> None:
    hits = np.arange(100) < 50
    one_each = Shares([str(i) for i in range(100)], [""] * 100).rate(hits, EVERY)
    of_four = Shares([str(i // 25) for i in range(100)], [""] * 100).rate(hits, EVERY)
    assert (of_four.people, one_each.people) == (4, 100)
    assert of_four.high - of_four.low > 3 * (one_each.high - one_each.low)


def test_a_hand_without_a_name_among_named_ones_counts_by_its_photo() -> None:
    shares = Shares(["sari", "sari", "", "", ""], ["a", "b", "c", "c", "d"])
    assert shares.people == 3
