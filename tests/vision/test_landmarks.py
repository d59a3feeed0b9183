import math
from pathlib import Path
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision import landmarks, palms
from vision.hands import HandFinder
from vision.landmarks import SIDE, HandLandmarker, roi_of_hand
from vision.looks import cut_out
from vision.palms import PalmDetector
from vision.photo import load_photo
from vision.roi import Roi
from vision.types import Floats, Hand, Image

InventedPhotos = list[tuple[Path, dict[str, Any]]]
ANGLES = st.floats(-math.pi, math.pi)
HALF = SIDE / 2
GRAPH_MIN_SCORE = 0.5  # of palms, in MediaPipe's graph


@pytest.fixture(scope="module")
def detector() -> PalmDetector:
    return PalmDetector()


@pytest.fixture(scope="module")
def landmarker() -> HandLandmarker:
    return HandLandmarker()


@pytest.fixture(scope="module")
def reference() -> Any:
    with mp.solutions.hands.Hands(static_image_mode=True, max_num_hands=8) as hands:
        yield hands


def at(roi: Roi, x: float, y: float) -> Floats:
    """Where a point of the crop lies in the picture."""
    point: Floats = roi.matrix(SIDE) @ np.array([x, y, 1], np.float32)
    return point


def spot(width: int, height: int, x: float, y: float, radius: float) -> Image:
    """A soft bright spot on black."""
    columns, rows = np.arange(width) - x, np.arange(height)[:, None] - y
    grey = 250 * np.exp(-(columns**2 + rows**2) / (2 * radius**2))
    return np.repeat(grey.round().astype(np.uint8)[..., None], 3, axis=2)


def middle_of_light(image: Image) -> tuple[float, float]:
    grey = image[..., 0].astype(np.float64)
    x, y = np.arange(grey.shape[1]), np.arange(grey.shape[0])
    return float(grey.sum(axis=0) @ x / grey.sum()), float(grey.sum(axis=1) @ y / grey.sum())


def sampled(image: Image, points_xy: Floats) -> Floats:
    """Bilinear samples (N, 3) at points (N, 2), the picture's edge going on: a plain reference."""
    height, width = image.shape[:2]
    x = np.clip(points_xy[:, 0], 0, width - 1)
    y = np.clip(points_xy[:, 1], 0, height - 1)
    left, top = np.minimum(x.astype(int), max(0, width - 2)), np.minimum(y.astype(int), max(0, height - 2))
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    across, down = (x - left)[:, None], (y - top)[:, None]
    pixels = image.astype(np.float64)
    upper = pixels[top, left] * (1 - across) + pixels[top, right] * across
    lower = pixels[bottom, left] * (1 - across) + pixels[bottom, right] * across
    return np.asarray(upper * (1 - down) + lower * down, np.float32)


def grid(step: int = 9) -> Floats:
    x, y = np.meshgrid(np.arange(0, SIDE, step), np.arange(0, SIDE, step))
    return np.asarray(np.stack([x.ravel(), y.ravel()], axis=1), np.float32)


@given(st.floats(-500, 4000), st.floats(-500, 4000), st.floats(5, 4000), ANGLES)
def test_the_crop_is_a_square_of_that_side_turned_about_its_centre(
    x: float, y: float, side: float, angle: float
) -> None:
    roi = Roi((x, y), side, angle)
    near = 2e-3 * max(1.0, side / 100)
    assert at(roi, HALF, HALF) == pytest.approx([x, y], abs=near)
    corners = np.stack([at(roi, *corner) for corner in ((0, 0), (SIDE, 0), (SIDE, SIDE), (0, SIDE))])
    edges = np.roll(corners, -1, axis=0) - corners
    assert np.linalg.norm(edges, axis=1) == pytest.approx([side] * 4, rel=1e-3, abs=near)
    up = at(roi, HALF, 0) - at(roi, HALF, HALF)
    assert up == pytest.approx([math.sin(angle) * side / 2, -math.cos(angle) * side / 2], rel=1e-3, abs=near)


def palm_pointing(angle: float, x: float, y: float, side: float) -> Floats:
    """A palm whose middle finger points ``angle`` radians clockwise from up, in a square box."""
    towards = np.array([math.sin(angle), -math.cos(angle)]) * side * 0.4
    wrist, middle = np.array([x, y]) - towards, np.array([x, y]) + towards
    points = np.tile(np.array([x, y]), (7, 1))
    points[0], points[2] = wrist, middle
    half = side / 2
    return np.array([x - half, y - half, x + half, y + half, *points.ravel(), 0.9], np.float32)


@given(st.floats(-3.1, 3.1), st.floats(0, 500), st.floats(0, 500), st.floats(10, 300))
def test_a_palm_gives_a_larger_square_moved_towards_its_fingers(angle: float, x: float, y: float, side: float) -> None:
    roi = landmarks.roi_of_palm(palm_pointing(angle, x, y, side))
    assert roi.angle == pytest.approx(angle, abs=1e-3)
    assert roi.side == pytest.approx(2.6 * side, rel=1e-3)
    moved = np.array(roi.centre_xy) - np.array([x, y])
    assert moved == pytest.approx([math.sin(angle) * side / 2, -math.cos(angle) * side / 2], abs=2e-3 * side)


@settings(max_examples=40)
@given(
    st.integers(2, 90),
    st.integers(2, 90),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(10, 2 * SIDE - 1),
    ANGLES,
    st.integers(0, 2**32 - 1),
)
def test_a_crop_holds_the_samples_of_the_picture(
    width: int, height: int, across: float, down: float, side: float, angle: float, seed: int
) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    roi = Roi((across * width, down * height), side, angle)
    found = landmarks.crop(image, roi)
    assert found.shape == (SIDE, SIDE, 3)
    places = grid()
    expected = sampled(image, np.stack([at(roi, *place) for place in places]))
    columns, rows = places.astype(int).T
    # OpenCV places samples on a grid of 1/32 of a pixel, and noise changes by 255 from one pixel to the next.
    assert np.abs(found[rows, columns] - expected).max() <= 255 * 2 / 32 + 1


@settings(max_examples=20)
@given(
    st.integers(400, 700),
    st.integers(400, 700),
    st.floats(1.2, 8),
    ANGLES,
    st.tuples(st.floats(-0.2, 0.2), st.floats(-0.2, 0.2)),
)
def test_a_crop_of_any_size_shows_everything_in_its_place(
    width: int, height: int, shrunk: float, angle: float, off_xy: tuple[float, float]
) -> None:
    x, y = width / 2, height / 2
    roi = Roi((x + off_xy[0] * shrunk * SIDE, y + off_xy[1] * shrunk * SIDE), SIDE * shrunk, angle)
    found = landmarks.crop(spot(width, height, x, y, radius=4 * shrunk), roi)
    assert found.shape == (SIDE, SIDE, 3)
    assert at(roi, *middle_of_light(found)) == pytest.approx([x, y], abs=0.12 * shrunk)


def test_a_large_crop_is_averaged_down(rng: np.random.Generator) -> None:
    noise = rng.integers(0, 256, (1600, 1600, 3), dtype=np.uint8)
    plain = landmarks.crop(noise, Roi((800, 800), 200, 0.4))
    shrunk = landmarks.crop(noise, Roi((800, 800), 1500, 0.4))
    assert shrunk.std() < plain.std() / 3
    assert shrunk.mean() == pytest.approx(noise.mean(), abs=2)


@pytest.mark.parametrize("centre_xy", [(0, 0), (99, 0), (50, 79), (-40, 40)])
def test_beyond_the_picture_its_edge_goes_on(centre_xy: tuple[float, float]) -> None:
    picture = np.full((80, 100, 3), 77, np.uint8)
    for side in (30, 1000):
        assert (landmarks.crop(picture, Roi(centre_xy, side, 0.5)) == 77).all()


def hands_of(image: Image, detector: PalmDetector, landmarker: HandLandmarker) -> list[Hand]:
    found = detector(image, 192, 192)
    return landmarker(image, palms.merge(found[found[:, -1] > GRAPH_MIN_SCORE]))


def differences(
    image: Image, detector: PalmDetector, landmarker: HandLandmarker, reference: Any
) -> tuple[int, list[float]]:
    """How many hands MediaPipe finds, and how far ours lie from those that both find, in sizes of the hand."""
    ours = hands_of(image, detector, landmarker)
    theirs = reference.process(image).multi_hand_landmarks or []
    size_xy = np.array([image.shape[1], image.shape[0]])
    found = []
    for hand in theirs:
        points = np.array([[point.x, point.y] for point in hand.landmark]) * size_xy
        hand_size = float((points.max(0) - points.min(0)).max())
        apart = [float(np.linalg.norm(other.keypoints_xy - points, axis=1).max()) / hand_size for other in ours]
        found += [min(apart)] if apart and min(apart) < 0.5 else []
    return len(theirs), found


def around(keypoints_xy: Floats, image: Image) -> Image:
    """The part of a photo around a hand, at the size of MediaPipe's detector, so that neither side has to shrink it."""
    low, high = keypoints_xy.min(0), keypoints_xy.max(0)
    corner = np.floor((low + high) / 2 - 1.3 * float((high - low).max()))
    side = float(np.ceil(2.6 * float((high - low).max())))
    part, _ = cut_out(image, np.concatenate([corner, corner + side]).astype(np.float32))
    return np.asarray(cv2.resize(part, (192, 192), interpolation=cv2.INTER_AREA), np.uint8)


def test_landmarks_of_invented_hands_lie_where_mediapipe_finds_them(
    invented_photos: InventedPhotos, detector: PalmDetector, landmarker: HandLandmarker, reference: Any
) -> None:
    shown = [(path, hand) for path, truth in invented_photos for hand in truth["hands"] if hand["symbol"]][::5]
    parts = [around(np.array(hand["keypoints"], np.float32), load_photo(path).pixels) for path, hand in shown]
    results = [differences(part, detector, landmarker, reference) for part in parts]
    found = [value for _, values in results for value in values]
    assert len(found) >= 5
    assert len(found) == sum(count for count, _ in results)
    assert max(found) < 0.02


@pytest.mark.data
@pytest.mark.slow
def test_landmarks_of_posed_hands_lie_where_mediapipe_finds_them(
    shared_data: Path,
    detector: PalmDetector,
    landmarker: HandLandmarker,
    reference: Any,
) -> None:
    paths = sorted((shared_data / "hands" / "digits").glob("*/*.JPG"))[::7]
    results = [differences(load_photo(path).pixels, detector, landmarker, reference) for path in paths]
    found = [value for _, values in results for value in values]
    theirs = sum(count for count, _ in results)
    assert theirs >= 190
    assert len(found) == theirs
    assert max(found) < 0.02


def test_no_palms_give_no_hands(landmarker: HandLandmarker) -> None:
    assert landmarker(np.zeros((50, 50, 3), np.uint8), np.empty((0, 19), np.float32)) == []


def test_where_the_network_sees_no_hand_there_is_none(landmarker: HandLandmarker) -> None:
    nothing = np.full((300, 300, 3), 120, np.uint8)
    many = np.stack([palm_pointing(0.3 * index, 150, 150, 60) for index in range(11)])
    assert landmarker(nothing, many) == []


@given(st.floats(-500, 500), st.floats(-500, 500), st.floats(10, 400), st.floats(-3.1, 3.1))
def test_a_hand_gives_a_square_that_holds_it_with_its_fingers_up(x: float, y: float, size: float, angle: float) -> None:
    """Wrist, thumb and lower joints of an open hand, seen upright in the crop wherever and however it lies."""
    upright = np.zeros((21, 2))
    for finger, across in enumerate((-0.45, -0.2, 0.0, 0.2, 0.4)):
        for joint in range(4):
            upright[1 + 4 * finger + joint] = (across, -0.5 - 0.15 * joint)
    cos, sin = math.cos(angle), math.sin(angle)
    points = np.asarray(upright @ np.array([[cos, sin], [-sin, cos]]) * size + [x, y], np.float32)
    roi = roi_of_hand(points)
    back = np.linalg.inv(np.vstack([roi.matrix(SIDE), [0, 0, 1]]))[:2]
    inside = points @ back[:, :2].T + back[:, 2]
    assert (inside > 0).all()
    assert (inside < 224).all()
    assert inside[0][1] > inside[9][1]
    assert inside[0][0] == pytest.approx(inside[9][0], abs=12)


@pytest.mark.parametrize("label", ["palm", "one", "three"])
def test_the_further_looks_see_the_same_hand_and_its_mirror_image(label: str) -> None:
    path = Path(__file__).resolve().parents[2] / "docs" / "symbols" / f"{label}.webp"
    photo = load_photo(path)
    (hand, *_) = HandFinder()(photo, ())
    straight, mirrored = HandLandmarker().again(photo.pixels, hand.keypoints_xy)
    size = float(np.ptp(hand.keypoints_xy, axis=0).max())
    unmirrored = [photo.pixels.shape[1] - 1, 0] + mirrored.keypoints_xy * [-1, 1]
    for points in (straight.keypoints_xy, unmirrored):
        assert np.linalg.norm(points - hand.keypoints_xy, axis=1).mean() < 0.15 * size
    assert {straight.side, mirrored.side} == {"left", "right"}
