"""Signs of both hands, on made-up landmarks: a right hand of chosen points, and its mirror image."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.two_hands import read_pairs, sign_of
from vision.types import Hand, Side, Symbol

Point = tuple[float, float]


def hand(side: Side, wrist: Point, knuckle: Point, thumb: Point, index: Point, middle: Point) -> Hand:
    """The five points that signs are told by; the others lie at the knuckle."""
    points = np.tile(np.array(knuckle, np.float32), (21, 1))
    points[[0, 4, 8, 12]] = [wrist, thumb, index, middle]
    box = np.concatenate([points.min(0), points.max(0)])
    return Hand(box, points, np.zeros((21, 3), np.float32), side, 0.9, 0.9)


def mirrored(one: Hand, about_x: float) -> Hand:
    points = one.keypoints_xy * [-1, 1] + [2 * about_x, 0]
    box = np.concatenate([points.min(0), points.max(0)])
    return replace(one, box_xyxy=box, keypoints_xy=points, side="left" if one.side == "right" else "right")


# Pixels, y down: a heart's half leans to the middle at x = 200, its index tip above its thumb tip; a palm of ``holy``
# stands upright beside it.
HALF_HEART = hand("right", (120, 300), (150, 230), (198, 270), (196, 215), (190, 210))
PALM = hand("right", (190, 300), (190, 240), (175, 230), (195, 200), (197, 190))


def test_two_halves_are_a_heart_and_two_palms_a_salam() -> None:
    assert sign_of(HALF_HEART, mirrored(HALF_HEART, 200)) == "hand_heart"
    assert sign_of(PALM, mirrored(PALM, 200)) == "holy"


@pytest.mark.parametrize(("one", "apart"), [(HALF_HEART, 60), (PALM, 60)])
def test_hands_that_are_apart_are_no_sign(one: Hand, apart: float) -> None:
    assert sign_of(one, mirrored(one, 200 + apart)) == ""


@pytest.mark.parametrize("one", [HALF_HEART, PALM])
def test_two_right_hands_are_no_sign_of_one_person(one: Hand) -> None:
    assert sign_of(one, replace(mirrored(one, 200), side="right")) == ""


@given(st.floats(0.3, 20), st.floats(-500, 500), st.floats(-500, 500), st.booleans())
def test_place_scale_and_order_do_not_matter(scale: float, x: float, y: float, swap: bool) -> None:
    for one, label in ((HALF_HEART, "hand_heart"), (PALM, "holy")):
        pair = [moved(each, scale, x, y) for each in (one, mirrored(one, 200))]
        assert sign_of(*(reversed(pair) if swap else pair)) == label


def moved(one: Hand, scale: float, x: float, y: float) -> Hand:
    points = np.asarray(one.keypoints_xy * scale + [x, y], np.float32)
    return replace(one, box_xyxy=np.concatenate([points.min(0), points.max(0)]), keypoints_xy=points)


def test_both_hands_of_a_sign_show_it_whatever_they_were_alone_and_others_keep_theirs() -> None:
    other = moved(PALM, 1, 500, 0)
    hands = (HALF_HEART, other, mirrored(HALF_HEART, 200))
    alone = ((Symbol("ok", 0.9),), (Symbol("one", 0.8),), ())
    first, second, third = read_pairs(hands, alone)
    assert [each.label for each in (*first, *second, *third)] == ["hand_heart", "one", "hand_heart"]


def test_hands_too_small_to_read_are_no_sign() -> None:
    pair = [moved(each, 0.1, 0, 0) for each in (HALF_HEART, mirrored(HALF_HEART, 200))]
    assert read_pairs(pair, ((), ())) == ((), ())
