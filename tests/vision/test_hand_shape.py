"""Hands in numbers, on the made-up hands of a rendered pose's joints."""

from dataclasses import replace

import numpy as np
import pytest

from vision.hand_shape import COLUMNS, features
from vision.types import Hand, Side

RNG = np.random.default_rng(5)


def any_hand(side: Side) -> Hand:
    """Joints at random, about a hand's size: what must hold for every hand holds for these."""
    world = RNG.normal(0, 0.05, (21, 3)).astype(np.float32)
    flat = world[:, :2] * np.float32(400) + RNG.normal(0, 2, (21, 2)).astype(np.float32)
    box = np.concatenate([flat.min(0), flat.max(0)])
    return Hand(box, flat, world, side, 0.9, 0.9)


HANDS = [any_hand("left" if i % 2 else "right") for i in range(40)]


def moved(hand: Hand, pixels: float, metres: float, x: float, y: float) -> Hand:
    flat = hand.keypoints_xy * np.float32(pixels) + np.array([x, y], np.float32)
    box = np.concatenate([flat.min(0), flat.max(0)])
    return replace(hand, box_xyxy=box, keypoints_xy=flat, world_xyz=hand.world_xyz * np.float32(metres))


def mirrored(hand: Hand) -> Hand:
    flat = hand.keypoints_xy * np.array([-1, 1], np.float32)
    box = np.concatenate([flat.min(0), flat.max(0)])
    world = hand.world_xyz * np.array([-1, 1, 1], np.float32)
    return replace(
        hand, box_xyxy=box, keypoints_xy=flat, world_xyz=world, side="left" if hand.side == "right" else "right"
    )


def test_they_are_as_many_as_said_and_of_no_hands_none() -> None:
    assert features(HANDS).shape == (40, COLUMNS)
    assert features([]).shape == (0, COLUMNS)


def test_left_and_right_are_one() -> None:
    assert features([mirrored(hand) for hand in HANDS]) == pytest.approx(features(HANDS), abs=1e-4)


def test_place_and_scale_do_not_matter_but_for_how_small_the_hand_is() -> None:
    other = features([moved(hand, 3.0, 0.7, 400, 90) for hand in HANDS])
    assert other[:, :-1] == pytest.approx(features(HANDS)[:, :-1], abs=1e-2)


def test_points_that_all_fall_together_are_still_numbers() -> None:
    nothing = replace(HANDS[0], world_xyz=np.zeros((21, 3), np.float32))
    assert np.isfinite(features([nothing])).all()
