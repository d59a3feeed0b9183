"""Symbols read from a made-up hand: bones of plain lengths, bent at its joints by angles that each test chooses."""

import math
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netra.symbols import SYMBOLS
from vision import symbols
from vision.symbols import can_be_read, read_symbol, shape_of, symbol_scores
from vision.types import Floats, Hand, Side

PALM = 0.09  # metres from the wrist to the middle knuckle
PIXELS = 600.0  # for a metre
KNUCKLES = np.array([[0.028, -0.088], [0.005, -0.09], [-0.017, -0.085], [-0.036, -0.076]])
BONES = np.array([[0.040, 0.025, 0.022], [0.044, 0.028, 0.024], [0.040, 0.026, 0.023], [0.032, 0.020, 0.019]])
OPEN, FOLDED = (5.0, 5.0, 5.0), (80.0, 95.0, 60.0)  # degrees at knuckle, first and second joint


@dataclass(frozen=True)
class Pose:
    """A right hand seen from the palm with its fingers up; ``out`` holds thumb, index, middle, ring, little.

    Attributes:
        spread: degrees between neighbouring fingers; negative where they touch, since knuckles are wider than tips.
        turn: degrees by which the whole hand is turned clockwise in the photo.
        pinch: the tips of thumb and index touch.
        folded: degrees at the three joints of a finger that is not out.
    """

    out: tuple[bool, bool, bool, bool, bool]
    spread: float = 12.0
    turn: float = 0.0
    pinch: bool = False
    folded: tuple[float, float, float] = FOLDED


def hand_of(pose: Pose, presence: float = 0.9) -> Hand:
    points = np.zeros((21, 3))
    for finger in range(4):
        lean = math.radians((1.5 - finger) * pose.spread)
        forward = np.array([math.sin(lean), -math.cos(lean), 0.0])
        place = np.array([*KNUCKLES[finger], 0.0])
        points[5 + 4 * finger] = place
        bend = 0.0
        for joint, degrees in enumerate(OPEN if pose.out[finger + 1] else pose.folded):
            bend += math.radians(degrees)
            towards_camera = np.array([0.0, 0.0, -1.0])
            place = place + BONES[finger, joint] * (math.cos(bend) * forward + math.sin(bend) * towards_camera)
            points[6 + 4 * finger + joint] = place
    out = [[0.026, -0.020, -0.008], [0.052, -0.042, -0.014], [0.076, -0.058, -0.016], [0.098, -0.072, -0.016]]
    across = [[0.026, -0.022, -0.016], [0.040, -0.050, -0.032], [0.022, -0.070, -0.042], [0.000, -0.076, -0.044]]
    points[1:5] = out if pose.out[0] else across
    if pose.pinch:
        points[2:5] = [[0.046, -0.050, -0.030], [0.050, -0.078, -0.045], [0.040, -0.098, -0.052]]
        points[6:9] = [[0.034, -0.122, -0.020], [0.038, -0.118, -0.044], [0.040, -0.104, -0.052]]
    world = np.asarray(points, np.float32)
    return turned(
        Hand(np.array([0, 0, 1, 1], np.float32), world[:, :2] * np.float32(PIXELS), world, "right", 0.95, presence),
        pose.turn,
    )


def with_points(hand: Hand, keypoints_xy: Floats, world_xyz: Floats, side: Side | None = None) -> Hand:
    flat = np.asarray(keypoints_xy, np.float32)
    box = np.concatenate([flat.min(0), flat.max(0)])
    return replace(hand, box_xyxy=box, keypoints_xy=flat, world_xyz=world_xyz, side=side or hand.side)


def turned(hand: Hand, degrees: float) -> Hand:
    """The hand turned clockwise in the photo."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
    return with_points(hand, hand.keypoints_xy @ turn[:2, :2].T, hand.world_xyz @ turn.T)


def mirrored(hand: Hand) -> Hand:
    flip: Side = "left" if hand.side == "right" else "right"
    return with_points(hand, hand.keypoints_xy * [-1, 1], hand.world_xyz * np.array([-1, 1, 1]), flip)


def from_behind(hand: Hand) -> Hand:
    """The same hand with its back to the camera: turned half round its upright axis."""
    half = np.array([-1, 1, -1])
    return with_points(hand, hand.keypoints_xy * half[:2], hand.world_xyz * half)


def label_of(hand: Hand) -> str:
    found = read_symbol(hand)
    return found[0].label if found else "nothing"


T, F = True, False
POSES = {
    "one": Pose((F, T, F, F, F)),
    "peace": Pose((F, T, T, F, F), spread=20),
    "two_up": Pose((F, T, T, F, F), spread=-6),
    "thumb_index": Pose((T, T, F, F, F)),
    "three": Pose((F, T, T, T, F)),
    "three2": Pose((T, T, T, F, F), spread=20),
    "three_gun": Pose((T, T, T, F, F), spread=3, turn=100),
    "four": Pose((F, T, T, T, T), spread=14),
    "palm": Pose((T, T, T, T, T), spread=14),
    "stop": Pose((F, T, T, T, T), spread=-6),
    "ok": Pose((T, F, T, T, T), pinch=True),
    "rock": Pose((F, T, F, F, T)),
    "call": Pose((T, F, F, F, T)),
    "little_finger": Pose((F, F, F, F, T)),
    "middle_finger": Pose((F, F, T, F, F)),
    "like": Pose((T, F, F, F, F), turn=-60),
    "dislike": Pose((T, F, F, F, F), turn=120),
    "fist": Pose((F, F, F, F, F)),
}
poses = st.builds(
    Pose,
    out=st.tuples(*[st.booleans()] * 5),
    spread=st.sampled_from([-6.0, 0.0, 4.0, 14.0, 20.0]),
    turn=st.floats(-180, 180),
    pinch=st.booleans(),
)


@pytest.mark.parametrize("label", POSES)
def test_a_clear_hand_is_read(label: str) -> None:
    assert label_of(hand_of(POSES[label])) == label


@pytest.mark.parametrize("label", POSES)
def test_a_left_hand_shows_what_the_right_one_shows(label: str) -> None:
    assert label_of(mirrored(hand_of(POSES[label]))) == label


@pytest.mark.parametrize(("label", "inverted"), [("peace", "peace_inverted"), ("two_up", "two_up_inverted")])
def test_two_fingers_from_the_back_of_the_hand_are_inverted(label: str, inverted: str) -> None:
    behind = from_behind(hand_of(POSES[label]))
    assert label_of(behind) == inverted
    assert label_of(mirrored(behind)) == inverted


@pytest.mark.parametrize("label", ["one", "three", "three2", "four", "palm", "rock", "call", "fist"])
def test_other_symbols_read_the_same_from_the_back(label: str) -> None:
    assert label_of(from_behind(hand_of(POSES[label]))) == label


@pytest.mark.parametrize("label", ["one", "peace", "three", "three2", "four", "palm", "stop", "ok", "rock"])
@pytest.mark.parametrize("turn", [-25.0, 25.0])
def test_a_raised_symbol_may_lean(label: str, turn: float) -> None:
    assert label_of(hand_of(replace(POSES[label], turn=turn))) == label


@pytest.mark.parametrize("label", ["one", "peace", "two_up", "three", "four", "palm", "stop", "rock"])
@pytest.mark.parametrize("turn", [180.0, 150.0, -140.0])
def test_fingers_that_point_down_are_idle(label: str, turn: float) -> None:
    assert label_of(hand_of(replace(POSES[label], turn=turn))) == "nothing"


@pytest.mark.parametrize("out", [(F, F, F, F, F), (F, T, F, F, F), (F, T, T, F, F), (T, T, T, T, F)])
def test_half_bent_fingers_show_nothing(out: tuple[bool, bool, bool, bool, bool]) -> None:
    assert label_of(hand_of(Pose(out, folded=(30.0, 35.0, 20.0)))) == "nothing"


def test_a_hand_too_small_shows_nothing() -> None:
    clear = hand_of(POSES["peace"])
    scale = (symbols.MIN_HAND_SIZE - 1) / symbols.hand_size(clear)
    assert label_of(with_points(clear, clear.keypoints_xy * scale, clear.world_xyz)) == "nothing"
    assert label_of(with_points(clear, clear.keypoints_xy * scale * 1.2, clear.world_xyz)) == "peace"
    assert can_be_read(clear)
    assert not can_be_read(with_points(clear, clear.keypoints_xy * scale, clear.world_xyz))


@given(poses)
def test_at_most_one_known_symbol_is_read_and_no_weaker_than_promised(pose: Pose) -> None:
    hand = hand_of(pose)
    scores = symbol_scores(shape_of(hand))
    assert set(scores) <= set(SYMBOLS)
    assert all(0 <= score <= 1 for score in scores.values())
    for symbol in read_symbol(hand):
        assert symbol.confidence >= symbols.MIN_CONFIDENCE
        assert scores[symbol.label] == max(scores.values())
        assert symbol.confidence == pytest.approx(scores[symbol.label] * hand.side_score)


def test_a_hand_whose_side_cannot_be_told_is_read_with_less_confidence() -> None:
    clear = hand_of(POSES["peace"])
    (sure,) = read_symbol(replace(clear, side_score=1.0))
    (unsure,) = read_symbol(replace(clear, side_score=0.8))
    assert unsure.confidence == pytest.approx(0.8 * sure.confidence)
    assert read_symbol(replace(clear, side_score=0.6)) == ()


@given(poses)
def test_symbols_exclude_one_another(pose: Pose) -> None:
    ranked = sorted(symbol_scores(shape_of(hand_of(pose))).values(), reverse=True)
    assert ranked[0] < symbols.MIN_CONFIDENCE or ranked[1] <= 0.5


@given(poses)
def test_the_other_hand_of_a_mirror_reads_the_same(pose: Pose) -> None:
    hand = hand_of(pose)
    scores = symbol_scores(shape_of(hand))
    assert symbol_scores(shape_of(mirrored(hand))) == pytest.approx(scores, abs=1e-4)


@given(poses, st.floats(0.2, 30), st.floats(0.3, 3), st.floats(-500, 4000), st.floats(-500, 4000))
def test_size_and_place_do_not_matter(pose: Pose, pixels: float, metres: float, x: float, y: float) -> None:
    hand = hand_of(pose)
    moved = with_points(hand, hand.keypoints_xy * pixels + np.array([x, y]), hand.world_xyz * metres)
    assert symbol_scores(shape_of(moved)) == pytest.approx(symbol_scores(shape_of(hand)), abs=2e-2)


@given(poses, st.tuples(*[st.floats(-math.pi, math.pi)] * 3))
def test_turning_the_world_points_changes_nothing(pose: Pose, angles: tuple[float, float, float]) -> None:
    hand = hand_of(pose)
    turn = np.eye(3)
    for angle, (one, other) in zip(angles, ((0, 1), (1, 2), (0, 2)), strict=True):
        plane = np.eye(3)
        plane[[one, other], [one, other]] = math.cos(angle)
        plane[one, other], plane[other, one] = -math.sin(angle), math.sin(angle)
        turn = turn @ plane
    other_hand = replace(hand, world_xyz=hand.world_xyz @ turn.T)
    assert symbol_scores(shape_of(other_hand)) == pytest.approx(symbol_scores(shape_of(hand)), abs=1e-3)


@given(poses, st.floats(-180, 180))
def test_turning_a_hand_in_the_photo_changes_only_where_it_points(pose: Pose, degrees: float) -> None:
    before, after = shape_of(hand_of(pose)), shape_of(turned(hand_of(pose), degrees))
    same = ("extended", "thumb_out", "touching", "spread", "apart")
    for name in same:
        assert getattr(after, name) == pytest.approx(getattr(before, name), abs=1e-3)
    assert after.palm_to_camera == before.palm_to_camera
    assert 0 <= after.fingers_from_up <= 180
    assert abs(after.fingers_from_up - before.fingers_from_up) <= abs(degrees) + 1e-3


def test_points_that_all_fall_together_are_read_without_error() -> None:
    hand = hand_of(POSES["one"])
    shape = shape_of(replace(hand, world_xyz=np.zeros((21, 3), np.float32)))
    assert all(np.isfinite(value) for value in symbol_scores(shape).values())
