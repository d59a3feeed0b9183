"""How an arm is followed, in plain drawings: a wall, shirts, sleeves and a hand's wrist."""

import math
from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.owners import likelihoods
from vision.owners_trace import CUES, ELBOWS, FACE_METRES, PIXELS_PER_METRE, Traced, arm_cues, distance, trace
from vision.poses import Arms
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Hand, Image, Photo, Side

ONE = np.ones(2, np.float32)
WALL, SKIN, RED, BLUE = (200, 200, 195), (150, 100, 80), (150, 40, 40), (40, 50, 140)
METRE = 300.0  # pixels
SIZE = METRE * FACE_METRES


def hand(wrist_xy: tuple[float, float], angle: float, side: Side = "right", metre: float = METRE) -> Hand:
    """A flat hand of 0.18 m whose fingers point at an angle, as drawings have it: 0 to the right, then clockwise."""
    along, across = (np.array([math.cos(a), math.sin(a)]) for a in (angle, angle + math.pi / 2))
    lengths = np.array([0, *np.tile([0.085, 0.125, 0.15, 0.175], 5)])
    widths = np.array([0, *np.repeat([0.05, 0.025, 0, -0.02, -0.04], 4)])
    flat = lengths[:, None] * along + widths[:, None] * across
    points = np.asarray(flat * metre + np.array(wrist_xy), np.float32)
    world = np.asarray(np.concatenate([flat - flat.mean(0), np.zeros((21, 1))], axis=1), np.float32)
    box = np.concatenate([points.min(0), points.max(0)])
    return Hand(box, points, world, side, 0.6, 0.9)


def face(x: float, y: float) -> Face:
    half = SIZE / 2
    box = np.array([x - half, y - half, x + half, y + half], np.float32)
    return Face(box, np.tile(np.array([x, y], np.float32), (6, 1)), 0.9)


def draw(image: Image, points: Sequence[tuple[float, float]], colour: tuple[int, int, int], metres: float) -> None:
    path = np.round(np.array(points)).astype(np.int32)
    cv2.polylines(image, [path], False, colour, round(metres * METRE), cv2.LINE_AA)


def wall(width: int = 900, height: int = 700) -> Image:
    noise = np.random.default_rng(1).normal(0, 3, (height, width, 3))
    return np.asarray(np.clip(np.array(WALL) + noise, 0, 255), np.uint8)


def photo_of(image: Image) -> Photo:
    height, width = image.shape[:2]
    return Photo(image, width, height, "sha256:" + "0" * 64, "PNG")


def end_of(traced: Traced) -> Floats:
    """Where the likeliest forearm ends, in pixels of the drawing."""
    best = traced.likeliest()[0][0]
    inverse = cv2.invertAffineTransform(traced.matrix)
    return np.asarray(inverse[:, :2] @ traced.elbows_xy[best] + inverse[:, 2], np.float32)


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 2 * math.pi), st.floats(-1.2, 1.2))
def test_a_drawn_forearm_is_found_in_every_direction(angle: float, bend: float) -> None:
    wrist, back = (450.0, 350.0), angle + math.pi + bend
    elbow = (wrist[0] + 0.21 * METRE * math.cos(back), wrist[1] + 0.21 * METRE * math.sin(back))
    image = wall()
    draw(image, [wrist, elbow], BLUE, 0.08)
    off = end_of(trace(Pyramid(image), ONE, hand(wrist, angle))) - np.array(wrist)
    turned = math.remainder(math.atan2(off[1], off[0]) - back, 2 * math.pi)
    assert abs(turned) < math.radians(12)


def test_shares_of_elbows_are_shares() -> None:
    best, shares = trace(Pyramid(wall()), ONE, hand((450, 350), -1.5)).likeliest()
    assert len(set(best.tolist())) == ELBOWS
    assert np.exp(shares).sum() <= 1 + 1e-9
    assert (np.diff(shares) <= 0).all()


def test_the_piece_is_the_same_whatever_the_size_the_photo_was_decoded_at() -> None:
    image = wall()
    draw(image, [(450, 350), (470, 420)], RED, 0.08)
    shown = hand((450, 350), -1.5)
    whole = trace(Pyramid(image), ONE, shown)
    half = trace(Pyramid(np.ascontiguousarray(cv2.resize(image, None, fx=0.5, fy=0.5))), 2 * ONE, shown)
    assert whole.lab.shape == half.lab.shape
    points = np.array([[455.0, 380.0], [462.0, 400.0], [400.0, 300.0]])
    assert whole.to(points) == pytest.approx(half.to(points))
    assert distance(whole.colours(whole.to(points)), half.colours(half.to(points))).max() < 0.3
    step = whole.to(np.array([[METRE, 0.0]])) - whole.to(np.zeros((1, 2)))
    assert float(np.linalg.norm(step)) == pytest.approx(PIXELS_PER_METRE, rel=1e-3)


def hanging(person: Face) -> Arms:
    (x, y), down = (person.box_xyxy[:2] + person.box_xyxy[2:]) / 2, SIZE
    elbows = [[x - 1.2 * down, y + 3.0 * down], [x + 1.2 * down, y + 3.0 * down]]
    return Arms(np.array(elbows, np.float32), np.array(elbows, np.float32) + np.array([0, 1.5 * down], np.float32))


def two_people(reaches: int) -> tuple[Image, list[Face], Hand]:
    """A red and a blue shirt, and a hand midway whose sleeve runs to one of them."""
    image, people = wall(), [face(300, 250), face(300 + 3.6 * SIZE, 250)]
    (x0, y0), (x1, _) = ((each.box_xyxy[:2] + each.box_xyxy[2:]) / 2 for each in people)
    for x, shirt in ((x0, RED), (x1, BLUE)):
        draw(image, [(x, y0 + 2.0 * SIZE), (x, y0 + 5 * SIZE)], shirt, 0.3)
        cv2.circle(image, (round(x), round(y0)), round(0.7 * SIZE), SKIN, -1)
    wrist = ((x0 + x1) / 2, y0 + 0.8 * SIZE)
    x, outwards, shirt = ((x0, 1, RED), (x1, -1, BLUE))[reaches]
    elbow = (wrist[0] - 0.3 * outwards * SIZE, wrist[1] + 1.5 * SIZE)
    draw(image, [wrist, elbow, (x + outwards * 0.95 * SIZE, y0 + 1.2 * SIZE)], shirt, 0.08)
    shown = hand(wrist, -math.pi / 2, "left" if reaches == 0 else "right")
    cv2.polylines(image, [shown.keypoints_xy.astype(np.int32)], False, SKIN, 6)
    return image, people, shown


@pytest.mark.parametrize("reaches", [0, 1])
def test_clothes_along_the_arm_speak_for_their_owner(reaches: int) -> None:
    image, people, shown = two_people(reaches)
    traced = trace(Pyramid(image), ONE, shown)
    best, _ = traced.likeliest()
    cues = [arm_cues(traced, best[:1], each, hanging(each)) for each in people]
    clothes = [found[:, 0, CUES.index("clothes of the forearm")].min() for found in cues]
    assert clothes[reaches] < clothes[1 - reaches]
    assert cues[0].shape == (2, 1, len(CUES))
    assert np.isfinite(np.concatenate(cues)).all()


@pytest.mark.parametrize("reaches", [0, 1])
def test_the_arm_in_the_picture_tells_whose_a_hand_is_where_poses_do_not(reaches: int) -> None:
    image, people, shown = two_people(reaches)
    (shares,) = likelihoods([shown], people, photo_of(image), lambda who: [hanging(each) for each in who], [True])
    assert shares[reaches] > 2 * shares[1 - reaches]


def test_a_hand_at_the_edge_of_a_tiny_picture_is_traced() -> None:
    traced = trace(Pyramid(wall(6, 5)), ONE, hand((0, 4), 0.3, metre=20))
    assert np.isfinite(traced.cues).all()
