"""Which hand read is which hand of the truth, and what is claimed on none."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.hands_pairing import SeenHand, largest, pair
from evaluation.hands_samples import judge
from evaluation.hands_truth import NOTHING, TrueHand, TruePhoto
from vision.types import Floats


def box(x: float, y: float, width: float, height: float) -> Floats:
    return np.array([x, y, x + width, y + height], np.float32)


BOXES = st.lists(
    st.tuples(st.floats(0, 500), st.floats(0, 500), st.floats(5, 200), st.floats(5, 200)).map(lambda each: box(*each)),
    max_size=6,
)


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (box(110, 110, 40, 40), 0),  # landmarks end inside the finger tips
        (box(129, 100, 60, 60), 0),  # half a side away
        (box(131, 100, 60, 60), -1),  # farther
        (box(115, 115, 29, 29), -1),  # less than half its size
        (box(100, 100, 121, 121), -1),  # more than twice its size
    ],
)
def test_a_hand_lies_on_another_if_near_and_alike_in_size(seen: Floats, expected: int) -> None:
    assert pair([box(100, 100, 60, 60)], [seen]) == (expected,)


def test_of_two_the_nearer_is_taken_and_the_other_left() -> None:
    true = [box(100, 100, 60, 60), box(120, 100, 60, 60)]
    assert pair(true, [box(118, 100, 60, 60)]) == (-1, 0)
    assert pair(true, [box(118, 100, 60, 60), box(112, 100, 60, 60)]) == (1, 0)


@given(BOXES, BOXES)
def test_each_hand_is_paired_once_at_the_most(true: list[Floats], seen: list[Floats]) -> None:
    found = pair(true, seen)
    assert len(found) == len(true)
    used = [index for index in found if index >= 0]
    assert len(set(used)) == len(used)
    assert all(0 <= index < len(seen) for index in used)


@given(BOXES)
def test_hands_read_where_they_are_are_all_found(true: list[Floats]) -> None:
    assert -1 not in pair(true, true)


def test_without_boxes_the_largest_hand_is_meant() -> None:
    seen = (SeenHand(box(0, 0, 20, 30), "one", 0.9), SeenHand(box(0, 0, 10, 50), "like", 0.8))
    assert largest(seen) == 1
    ((hand,), claims) = judge(TruePhoto("a", Path("a"), (TrueHand("like"),)), (100, 100), seen)
    assert (hand.seen[0].label, hand.size, claims) == ("like", 50.0, [])
    ((hand,), _) = judge(TruePhoto("a", Path("a"), (TrueHand("like"),)), (100, 100), ())
    assert (hand.seen, hand.size) == ((), 0.0)


def test_symbols_on_no_hand_of_the_truth_are_claims_of_their_own() -> None:
    true = (TrueHand("one", (0.1, 0.1, 0.2, 0.2)), TrueHand(NOTHING, (0.7, 0.1, 0.2, 0.2)))
    seen = (
        SeenHand(box(10, 20, 18, 38), "one", 0.9),
        SeenHand(box(40, 150, 20, 40), "fist", 0.7),
        SeenHand(box(70, 20, 20, 40)),
        SeenHand(box(40, 90, 20, 40), fingers=0),
    )
    hands, claims = judge(TruePhoto("a", Path("a"), true, shares=True), (100, 200), seen)
    assert [hand.seen[0].label for hand in hands] == ["one", ""]
    assert [hand.size for hand in hands] == [40, 40]
    assert [claim.on_a_hand for claim in claims] == [True, False]


def test_in_a_photo_without_hands_every_symbol_is_on_none() -> None:
    seen = (SeenHand(box(0, 0, 20, 30), "one", 0.9), SeenHand(box(0, 0, 20, 30), fingers=2))
    hands, claims = judge(TruePhoto("a", Path("a"), ()), (100, 100), seen)
    assert (hands, [claim.on_a_hand for claim in claims]) == ([], [False, False])
