"""Whose a hand is, among made-up people of plain proportions."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.owners import MOST_POSES, SURE, cues_of, likelihoods, make_room, owners_of, sides_of, softmax
from vision.owners_trace import FACE_METRES, pixels_per_metre
from vision.poses import Arms
from vision.types import Face, Floats, Hand, Photo, Side

FACE = FACE_METRES


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
    return Hand(
        np.concatenate([keypoints.min(0), keypoints.max(0)]),
        keypoints,
        world,
        side,
        side_score,
        0.9,
    )


WIDE = Photo(np.full((300, 400, 3), 128, np.uint8), 4000, 3000, "sha256:" + "0" * 64, "JPEG")  # a plain wall


def no_poses(_: Sequence[Face]) -> list[Arms]:
    raise AssertionError("no pose should have been asked for")


def owner_of(shown: Hand, faces: Sequence[Face]) -> tuple[int, ...]:
    """By faces and hands alone."""
    (found,) = owners_of([shown], faces, WIDE, no_poses, [False])
    return found


def owner_by_arms(shown: Hand, faces: Sequence[Face], arms: Sequence[Arms]) -> tuple[int, ...]:
    known = {id(each): arm for each, arm in zip(faces, arms, strict=True)}
    (found,) = owners_of([shown], faces, WIDE, lambda who: [known[id(each)] for each in who], [True])
    return found


def middle_of(person: Face) -> tuple[float, float, float]:
    size = float(person.box_xyxy[2] - person.box_xyxy[0])
    x, y = (person.box_xyxy[:2] + person.box_xyxy[2:]) / 2
    return float(x), float(y), size


def hanging_arms(person: Face) -> Arms:
    x, y, size = middle_of(person)
    elbows = [[x - 1.4 * size, y + 3.2 * size], [x + 1.4 * size, y + 3.2 * size]]
    wrists = [[x - 1.5 * size, y + 4.7 * size], [x + 1.5 * size, y + 4.7 * size]]
    return Arms(np.array(elbows, np.float32), np.array(wrists, np.float32))


def reaching_arms(person: Face, shown: Hand) -> Arms:
    """Arms of which the one of the hand's side ends in it, the forearm running on from the hand."""
    _, _, size = middle_of(person)
    hanging = hanging_arms(person)
    elbows, wrists = hanging.elbows_xy.copy(), hanging.wrists_xy.copy()
    back = shown.keypoints_xy[0] - shown.keypoints_xy[9]
    side = 0 if shown.side == "right" else 1
    wrists[side] = shown.keypoints_xy[0]
    elbows[side] = shown.keypoints_xy[0] + 1.4 * size * back / np.linalg.norm(back)
    return Arms(elbows, wrists)


def own(side: int) -> Side:
    """Which hand a person who faces the camera has on the left (-1) or the right (1) of the picture."""
    return "right" if side < 0 else "left"


def raised(person: Face, side: int = -1) -> Hand:
    """A hand that the person raises beside the shoulder, fingers up."""
    x, y, size = middle_of(person)
    return hand((x + side * 1.7 * size, y + 1.2 * size), (0.1 * side, -1), size / FACE, own(side))


def between(left: Face, right: Face, side: Side = "right", side_score: float = 0.5) -> Hand:
    """A hand midway between two people of a size, fingers up."""
    (x0, y, size), (x1, _, _) = middle_of(left), middle_of(right)
    return hand(((x0 + x1) / 2, y + 1.5 * size), (0, -1), size / FACE, side, side_score)


def neighbours(size: float, apart: float = 3.2) -> tuple[Face, Face]:
    return face(1500, 900, size), face(1500 + apart * size, 900, size)


sizes = st.floats(20, 300)
sides = st.sampled_from([-1, 1])


@given(sizes, sides)
def test_a_raised_hand_belongs_to_the_only_person(size: float, side: int) -> None:
    person = face(2000, 900, size)
    assert owner_of(raised(person, side), [person]) == (0,)


def test_without_faces_or_hands_nothing_is_asked_and_nobody_owns_anything() -> None:
    shown = raised(face(800, 400, 100))
    assert owners_of([shown], [], WIDE, no_poses, [True]) == ((),)
    assert owners_of([], [face(800, 400, 100)], WIDE, no_poses, []) == ()


def test_a_hand_out_of_everybodys_reach_is_nobodys_and_no_pose_is_asked_for_it() -> None:
    person, far = face(200, 200, 60), hand((900, 700), (0, -1), 60 / FACE)
    assert math.isinf(cues_of(far, person)[1])
    assert owners_of([far], [person], WIDE, no_poses, [True]) == ((),)


@given(sizes)
def test_a_hand_midway_between_two_people_is_nobodys(size: float) -> None:
    left, right = neighbours(size)
    shown = between(left, right)
    assert owner_of(shown, [left, right]) == owner_of(shown, [right, left]) == ()


@settings(max_examples=25, deadline=None)  # the arm is followed in the picture
@given(sizes, st.integers(0, 1), st.sampled_from(["left", "right"]))
def test_the_arm_tells_whose_a_hand_midway_is(size: float, who: int, side: Side) -> None:
    people = neighbours(size)
    shown = between(*people, side, 0.75)
    arms = [reaching_arms(each, shown) if i == who else hanging_arms(each) for i, each in enumerate(people)]
    assert owner_by_arms(shown, people, arms) in {(who,), ()}
    if side == own(1 if who == 0 else -1):  # the hand of that side, too
        assert owner_by_arms(shown, people, arms) == (who,)


@settings(max_examples=25, deadline=None)  # the arm is followed in the picture
@given(sizes)
def test_where_two_arms_end_in_a_hand_it_is_nobodys(size: float) -> None:
    people = neighbours(size)
    shown = between(*people)
    assert owner_by_arms(shown, people, [reaching_arms(each, shown) for each in people]) == ()


def test_a_small_hand_belongs_to_the_person_far_away() -> None:
    near, far = face(300, 300, 160), face(480, 260, 50)
    assert owner_of(raised(far), [near, far]) == (1,)


def test_a_pose_is_asked_only_for_hands_that_matter() -> None:
    people = neighbours(100)
    assert owners_of([between(*people)], people, WIDE, no_poses, [False]) == ((),)


def test_hands_of_the_same_people_are_judged_by_the_arm_too_and_others_are_not() -> None:
    """What an idle hand leaves to its person decides whose the shown one is."""
    left, right, others = *neighbours(100), (face(6000, 900, 100), face(6320, 900, 100))
    people = (left, right, *others)
    hands = [between(left, right), between(left, right, "left", 0.75), between(*others)]
    asked: list[tuple[Face, ...]] = []

    def ask(who: Sequence[Face]) -> list[Arms]:
        asked.append(tuple(who))
        return [hanging_arms(each) for each in who]

    shown = likelihoods(hands, people, WIDE, ask, [True, False, False])
    alone = likelihoods(hands[:2], people, WIDE, ask, [True, True])
    assert shown[:2] == pytest.approx(alone, abs=1e-6)
    assert all(each is left or each is right for each in asked[0])


def test_in_a_crowd_no_more_poses_are_asked_for_than_a_photo_may_cost() -> None:
    crowd = [face(200 + 130 * (i % 20), 300 + 150 * (i // 20), 60) for i in range(60)]
    hands = [between(one, other) for one, other in itertools.pairwise(crowd[:20])]
    asked: list[int] = []

    def ask(who: Sequence[Face]) -> list[Arms]:
        asked.append(len(who))
        return [hanging_arms(each) for each in who]

    owners_of(hands, crowd, WIDE, ask, [True] * len(hands))
    assert len(asked) == 1
    assert 0 < asked[0] <= MOST_POSES


def test_a_person_has_one_hand_of_a_side() -> None:
    two = [raised(face(800, 400, 100)), raised(face(800, 400, 100))]
    shares = np.array([[0.9, 0.05, 0.05], [0.6, 0.35, 0.05]])
    fitted = make_room(two, shares)
    assert fitted[0, 0] > fitted[1, 0]
    assert fitted[1, 0] < shares[1, 0]
    assert fitted[1].argmax() == 1
    left_and_right = [raised(face(800, 400, 100), -1), raised(face(800, 400, 100), 1)]
    assert make_room(left_and_right, shares)[1].argmax() == 0


@given(st.integers(1, 6), st.integers(1, 5), st.integers(0, 1000))
def test_shares_stay_shares(hands: int, people: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    shown = [raised(face(800, 400, 100), int(rng.choice([-1, 1]))) for _ in range(hands)]
    fitted = make_room(shown, softmax(rng.normal(0, 3, (hands, people + 1))))
    assert fitted.min() >= 0
    assert fitted.sum(axis=1) == pytest.approx(np.ones(hands))


@given(st.floats(0.5, 1), st.sampled_from(["left", "right"]))
def test_the_side_of_a_hand_is_known_as_well_as_its_score_says(score: float, side: Side) -> None:
    shares = np.exp(sides_of(hand((0, 0), (0, -1), 300, side, score)))
    assert shares.sum() == pytest.approx(1)
    assert shares[0 if side == "right" else 1] >= 0.5
    assert shares.min() >= 0.009


@given(sizes, sides)
def test_an_owner_is_named_where_one_is_likely_enough(size: float, side: int) -> None:
    people = neighbours(size)
    shown = raised(people[0], side)
    (shares,) = likelihoods([shown], people, WIDE, no_poses, [False])
    assert shares.sum() == pytest.approx(1)
    named = owner_of(shown, people)
    assert named == ((int(shares.argmax()),) if shares.max() >= SURE else ())


@given(sizes, sides, st.floats(0.05, 20), st.floats(-900, 5000), st.floats(-900, 5000))
def test_scale_and_place_of_the_photo_do_not_matter(size: float, side: int, scale: float, x: float, y: float) -> None:
    one, other = face(0, 0, size), face(4 * size, 0.5 * size, 0.8 * size)
    shown, shift = raised(one, side), np.array([x, y], np.float32)
    boxes = [moved(each.box_xyxy, scale, np.tile(shift, 2)) for each in (one, other)]
    others = [Face(box, np.tile(box[:2], (6, 1)), 0.9) for box in boxes]
    points = moved(shown.keypoints_xy, scale, shift)
    elsewhere = replace(shown, box_xyxy=np.concatenate([points.min(0), points.max(0)]), keypoints_xy=points)
    for before, after in zip((one, other), others, strict=True):
        assert cues_of(elsewhere, after) == pytest.approx(cues_of(shown, before), abs=0.02 + 0.02 / scale)


@given(st.permutations(range(4)), st.integers(0, 3), sides)
def test_the_order_of_faces_only_renames_the_owner(order: list[int], who: int, side: int) -> None:
    people = [face(500, 600, 80), face(860, 610, 90), face(1200, 580, 60), face(1700, 600, 100)]
    shown = raised(people[who], side)
    found = owner_of(shown, [people[index] for index in order])
    assert tuple(order[index] for index in found) == owner_of(shown, people)


@given(st.floats(1, 1e5))
def test_the_scale_of_a_hand_is_that_it_was_drawn_with(scale: float) -> None:
    assert pixels_per_metre(hand((0, 0), (0.3, -1), scale)) == pytest.approx(scale, rel=1e-3)


def test_a_hand_without_extent_has_a_scale_above_zero() -> None:
    keypoints = np.zeros((21, 2), np.float32)
    flat = Hand(
        np.array([0, 0, 1, 1], np.float32),
        keypoints,
        np.zeros((21, 3), np.float32),
        "left",
        0.9,
        0.9,
    )
    assert pixels_per_metre(flat) > 0
    assert min(cues_of(flat, face(0, 0, 50))) > 0


def moved(points: Floats, scale: float, shift: Floats) -> Floats:
    return np.asarray(points * scale + shift, np.float32)
