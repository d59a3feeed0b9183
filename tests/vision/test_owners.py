"""Whose a hand is, among made-up people of plain proportions."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.owners import misfit, owner_of, pixels_per_metre
from vision.types import Face, Floats, Hand, Side

FACE = 0.13  # metres: the side of a face box on the scale of a hand


def face(x: float, y: float, size: float) -> Face:
    half = size / 2
    points = np.tile(np.array([x, y], np.float32), (6, 1))
    return Face(np.array([x - half, y - half, x + half, y + half], np.float32), points, 0.9)


def hand(
    wrist_xy: tuple[float, float],
    direction_xy: tuple[float, float],
    scale: float,
    side: Side = "right",
    side_score: float = 0.95,
) -> Hand:
    """A flat hand of 0.18 m, seen from the front; scale in pixels for a metre; the direction is the fingers'."""
    along = np.array(direction_xy) / math.hypot(*direction_xy)
    across = np.array([-along[1], along[0]])
    lengths = np.array([0, *np.tile([0.085, 0.125, 0.15, 0.175], 5)])
    widths = np.array([0, *np.repeat([0.05, 0.025, 0, -0.02, -0.04], 4)])
    flat = lengths[:, None] * along + widths[:, None] * across
    keypoints = np.asarray(flat * scale + np.array(wrist_xy), np.float32)
    world = np.asarray(np.concatenate([flat - flat.mean(0), np.zeros((21, 1))], axis=1), np.float32)
    return Hand(np.concatenate([keypoints.min(0), keypoints.max(0)]), keypoints, world, side, side_score, 0.9)


def own(side: int) -> Side:
    """Which hand a person who faces the camera has on the left (-1) or the right (1) of the picture."""
    return "right" if side < 0 else "left"


def raised(person: Face, side: int = -1) -> Hand:
    """A hand that the person raises beside the shoulder, fingers up."""
    size = float(person.box_xyxy[2] - person.box_xyxy[0])
    x, y = (person.box_xyxy[:2] + person.box_xyxy[2:]) / 2
    return hand((float(x) + side * 1.7 * size, float(y) + 1.2 * size), (0.1 * side, -1), size / FACE, own(side))


def hanging(person: Face, side: int = -1) -> Hand:
    """A hand that hangs beside the hip, fingers down."""
    size = float(person.box_xyxy[2] - person.box_xyxy[0])
    x, y = (person.box_xyxy[:2] + person.box_xyxy[2:]) / 2
    return hand((float(x) + side * 1.5 * size, float(y) + 4.6 * size), (0, 1), size / FACE, own(side))


def moved(points: Floats, scale: float, shift: Floats) -> Floats:
    return np.asarray(points * scale + shift, np.float32)


sizes = st.floats(20, 300)
sides = st.sampled_from([-1, 1])


@given(sizes, sides)
def test_a_raised_hand_belongs_to_the_only_person(size: float, side: int) -> None:
    person = face(800, 400, size)
    assert owner_of(raised(person, side), [person]) == (0,)


def test_without_faces_a_hand_is_nobodys() -> None:
    assert owner_of(raised(face(800, 400, 100)), []) == ()


def test_a_hand_out_of_everybodys_reach_is_nobodys() -> None:
    person = face(200, 200, 60)
    assert math.isinf(misfit(hand((900, 700), (0, -1), 60 / FACE), person))
    assert owner_of(hand((900, 700), (0, -1), 60 / FACE), [person]) == ()


@given(sizes, sides, st.floats(3.2, 8), st.integers(0, 2))
def test_in_a_row_raised_and_hanging_hands_find_their_people(size: float, side: int, gap: float, who: int) -> None:
    row = [face(100 + index * gap * size, 300, size) for index in range(3)]
    assert owner_of(raised(row[who], side), row) in {(who,), ()}
    assert owner_of(hanging(row[who], side), row) in {(who,), ()}
    outer = row[0] if side < 0 else row[-1]
    assert owner_of(raised(outer, side), row) == (0 if side < 0 else 2,)


@given(sizes)
def test_a_hand_midway_between_two_people_is_nobodys(size: float) -> None:
    left, right = face(500 - 1.6 * size, 300, size), face(500 + 1.6 * size, 300, size)
    between = hand((500, 300 + 1.5 * size), (0, -1), size / FACE, side_score=0.5)
    assert owner_of(between, [left, right]) == owner_of(between, [right, left]) == ()


@given(sizes)
def test_which_hand_it_is_tells_neighbours_apart(size: float) -> None:
    left, right = face(500 - 1.6 * size, 300, size), face(500 + 1.6 * size, 300, size)
    place = ((500, 300 + 1.5 * size), (0, -1), size / FACE)
    assert owner_of(hand(*place, "right"), [left, right]) == (1,)
    assert owner_of(hand(*place, "left"), [left, right]) == (0,)


def test_an_arm_from_the_right_beats_the_nearer_face_on_the_left() -> None:
    left, right = face(300, 300, 100), face(800, 300, 100)
    # The wrist is nearer to the left face, but the forearm comes from the right.
    reaching = hand((520, 420), (-1, -0.3), 100 / FACE, "right")
    assert np.linalg.norm([520 - 300, 420 - 300]) < np.linalg.norm([520 - 800, 420 - 300])
    assert owner_of(reaching, [left, right]) == (1,)


def test_a_small_hand_belongs_to_the_person_far_away() -> None:
    near, far = face(300, 300, 160), face(480, 260, 50)
    assert owner_of(raised(far), [near, far]) == (1,)


@given(sizes, sides, st.floats(0.05, 20), st.floats(-900, 5000), st.floats(-900, 5000))
def test_scale_and_place_of_the_photo_do_not_matter(size: float, side: int, scale: float, x: float, y: float) -> None:
    one, other = face(0, 0, size), face(4 * size, 0.5 * size, 0.8 * size)
    shown, shift = raised(one, side), np.array([x, y], np.float32)
    boxes = [moved(each.box_xyxy, scale, np.tile(shift, 2)) for each in (one, other)]
    others = [Face(box, np.tile(box[:2], (6, 1)), 0.9) for box in boxes]
    points = moved(shown.keypoints_xy, scale, shift)
    elsewhere = replace(shown, box_xyxy=np.concatenate([points.min(0), points.max(0)]), keypoints_xy=points)
    for before, after in zip((one, other), others, strict=True):
        assert misfit(elsewhere, after) == pytest.approx(misfit(shown, before), abs=0.02 + 0.02 / scale)


@given(st.permutations(range(4)), st.integers(0, 3), sides)
def test_the_order_of_faces_only_renames_the_owner(order: list[int], who: int, side: int) -> None:
    people = [face(200, 300, 80), face(560, 310, 90), face(900, 280, 60), face(1400, 300, 100)]
    shown = raised(people[who], side)
    found = owner_of(shown, [people[index] for index in order])
    assert tuple(order[index] for index in found) == owner_of(shown, people)


@given(st.floats(1, 1e5))
def test_the_scale_of_a_hand_is_that_it_was_drawn_with(scale: float) -> None:
    assert pixels_per_metre(hand((0, 0), (0.3, -1), scale)) == pytest.approx(scale, rel=1e-3)


def test_a_hand_without_extent_has_a_scale_above_zero() -> None:
    keypoints = np.zeros((21, 2), np.float32)
    flat = Hand(np.array([0, 0, 1, 1], np.float32), keypoints, np.zeros((21, 3), np.float32), "left", 0.9, 0.9)
    assert pixels_per_metre(flat) > 0
    assert misfit(flat, face(0, 0, 50)) > 0
