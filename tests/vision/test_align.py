from pathlib import Path
from typing import Any

import cv2
import dlib
import numpy as np
import pytest
from face_recognition_models import pose_predictor_five_point_model_location
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from vision.align import BOX_SIDE, PADDING, Aligner, PointAligner, similarity
from vision.engine.dlib_net import CHIP_SIDE
from vision.face_model import ARCFACE_112
from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.types import Floats, Image, Photo

InventedPhotos = list[tuple[Path, dict[str, Any]]]


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner()


@pytest.fixture(scope="module")
def portrait(invented_photos: InventedPhotos) -> tuple[Image, Floats]:
    """A photo of one invented person, and the box of the face."""
    path = next(path for path, truth in invented_photos if len(truth["people"]) == 1)
    pixels = load_photo(path).pixels
    height, width = pixels.shape[:2]
    (face,) = FaceDetector()(Photo(pixels, width, height, "sha256:" + "0" * 64, "PNG"))
    return pixels, face.box_xyxy


def picture(rng: np.random.Generator) -> Image:
    """Cloudy colours; dlib's points lie anywhere in it, but always the same."""
    small = rng.integers(0, 256, (15, 20, 3), dtype=np.uint8)
    return np.asarray(cv2.resize(small, (400, 300), interpolation=cv2.INTER_CUBIC), np.uint8)


def box(x: float, y: float, half: float) -> Floats:
    return np.array([x - half, y - half, x + half, y + half], np.float32)


def test_no_boxes_give_no_crops(aligner: Aligner, rng: np.random.Generator) -> None:
    assert aligner(picture(rng), []).shape == (0, CHIP_SIDE, CHIP_SIDE, 3)


def test_crops_are_dlibs_own(aligner: Aligner, rng: np.random.Generator) -> None:
    predictor = dlib.shape_predictor(pose_predictor_five_point_model_location())
    image = picture(rng)
    for _ in range(12):
        x, y, half = (int(value) for value in rng.integers([50, 50, 15], [350, 250, 60]))
        points = predictor(image, dlib.rectangle(x - half, y - half, x + half, y + half))
        expected = dlib.get_face_chip(image, points, CHIP_SIDE, PADDING)
        assert np.array_equal(aligner(image, [box(x, y, half / BOX_SIDE)])[0], expected)


def test_crops_come_in_the_order_of_the_boxes(aligner: Aligner, rng: np.random.Generator) -> None:
    image = picture(rng)
    places = [box(100, 100, 40), box(250, 180, 25), box(320, 60, 50)]
    together = aligner(image, places)
    for index, place in enumerate(places):
        assert np.array_equal(aligner(image, [place])[0], together[index])


@pytest.mark.parametrize("centre_xy", [(0, 0), (399, 299), (200, -20), (-30, 150), (460, 150)])
def test_a_box_may_reach_beyond_the_picture(
    aligner: Aligner, rng: np.random.Generator, centre_xy: tuple[float, float]
) -> None:
    assert aligner(picture(rng), [box(*centre_xy, 60)]).shape == (1, CHIP_SIDE, CHIP_SIDE, 3)


def test_a_picture_that_is_a_view_or_read_only_will_do(aligner: Aligner, rng: np.random.Generator) -> None:
    image = picture(rng)
    image.setflags(write=False)
    view = image[:, ::-1]
    assert np.array_equal(aligner(view, [box(150, 150, 40)]), aligner(view.copy(), [box(150, 150, 40)]))


@pytest.mark.parametrize("degrees", [-20, 12, 25])
def test_a_tilted_head_gives_the_crop_of_the_upright_one(
    aligner: Aligner, portrait: tuple[Image, Floats], degrees: float
) -> None:
    pixels, face_xyxy = portrait
    middle = (face_xyxy[:2] + face_xyxy[2:]) / 2
    turn = cv2.getRotationMatrix2D((float(middle[0]), float(middle[1])), degrees, 1)
    tilted = np.asarray(cv2.warpAffine(pixels, turn, pixels.shape[1::-1], borderMode=cv2.BORDER_REPLICATE), np.uint8)
    before, after = (aligner(image, [face_xyxy])[0].astype(np.float32) for image in (pixels, tilted))
    inner = slice(CHIP_SIDE // 6, -CHIP_SIDE // 6)
    likeness = np.corrcoef(before[inner, inner].ravel(), after[inner, inner].ravel())[0, 1]
    assert likeness > 0.85


def test_a_box_somewhat_off_gives_nearly_the_same_crop(aligner: Aligner, portrait: tuple[Image, Floats]) -> None:
    pixels, face_xyxy = portrait
    side = float(face_xyxy[2] - face_xyxy[0])
    shift = np.array([0.05, -0.04, 0.05, -0.04], np.float32) * side
    before, after = (aligner(pixels, [each])[0].astype(np.float32) for each in (face_xyxy, face_xyxy + shift))
    assert np.corrcoef(before.ravel(), after.ravel())[0, 1] > 0.9


def test_crops_of_another_side_show_the_same(portrait: tuple[Image, Floats]) -> None:
    pixels, face_xyxy = portrait
    (usual,), (small,) = Aligner()(pixels, [face_xyxy]), Aligner(75)(pixels, [face_xyxy])
    assert small.shape == (75, 75, 3)
    half = cv2.resize(usual, (75, 75), interpolation=cv2.INTER_AREA).astype(np.float32)
    assert np.corrcoef(half.ravel(), small.astype(np.float32).ravel())[0, 1] > 0.98


# --- eyes, nose and mouth where a network wants them --------------------------------------------------------------

PLACES = np.array(ARCFACE_112)
FOUR_PLACES: NDArray[np.float64] = np.vstack([PLACES[:3], PLACES[3:].mean(axis=0)])
MIDDLE = st.floats(-500, 1500)
POINTS = st.lists(st.tuples(MIDDLE, MIDDLE), min_size=4, max_size=4)


def put(transform: NDArray[np.float64], points: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(points @ transform[:, :2].T + transform[:, 2])


def keypoints(points: NDArray[np.float64]) -> Floats:
    """BlazeFace's six of its first four; the ears play no part."""
    return np.vstack([points, np.full((2, 2), 1e4)]).astype(np.float32)


@pytest.fixture
def aligner_112() -> PointAligner:
    return PointAligner(ARCFACE_112, 112, 112)


@given(st.floats(-3.1, 3.1), st.floats(0.05, 20), MIDDLE, MIDDLE)
def test_points_that_fit_come_to_lie_in_their_places(turn: float, scale: float, x: float, y: float) -> None:
    matrix = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    points = FOUR_PLACES @ matrix.T + (x, y)
    transform = similarity(points, FOUR_PLACES)
    assert put(transform, points) == pytest.approx(FOUR_PLACES, abs=1e-6)
    assert np.linalg.det(transform[:, :2]) > 0, "a face is never mirrored"


@given(POINTS, st.floats(-0.3, 0.3), st.floats(0.8, 1.2), st.floats(-5, 5), st.floats(-5, 5))
def test_no_other_turn_scale_and_shift_comes_nearer(
    points: list[tuple[float, float]], turn: float, scale: float, x: float, y: float
) -> None:
    """Counted as five points: the two corners of the mouth lie at one place."""
    array = np.array(points)
    found = similarity(array, FOUR_PLACES)
    matrix = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    other = np.column_stack([matrix @ found[:, :2], matrix @ found[:, 2] + (x, y)])

    def error(transform: NDArray[np.float64]) -> float:
        squares = ((put(transform, array) - FOUR_PLACES) ** 2).sum(axis=1)
        return float(squares[:3].sum() + 2 * squares[3])

    if np.ptp(array, axis=0).max() > 1e-3:
        assert error(found) <= error(other) * (1 + 1e-6) + 1e-6


def test_a_face_already_in_place_is_copied(aligner_112: PointAligner, rng: np.random.Generator) -> None:
    image = picture(rng)
    moved = keypoints(FOUR_PLACES + np.array([40.0, 60.0]))
    (crop,) = aligner_112(image, [moved])
    inner = slice(2, -2)
    difference = crop.astype(int) - image[60:172, 40:152].astype(int)
    assert np.abs(difference[inner, inner]).max() <= 1


@pytest.mark.parametrize("times", [2.0, 3.0, 5.0, 7.3])
def test_a_larger_picture_gives_the_same_crop(
    aligner_112: PointAligner, portrait: tuple[Image, Floats], times: float
) -> None:
    pixels, face_xyxy = portrait
    corner, side = face_xyxy[:2], float(face_xyxy[2] - face_xyxy[0])
    points = corner + side * np.array([[0.3, 0.4], [0.7, 0.42], [0.5, 0.6], [0.51, 0.8]])
    large = np.asarray(cv2.resize(pixels, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), np.uint8)
    ratio = np.array(large.shape[1::-1]) / pixels.shape[1::-1]
    (small_crop,), (large_crop,) = (
        aligner_112(image, [keypoints(each)])
        for image, each in ((pixels, points), (large, (points + 0.5) * ratio - 0.5))
    )
    assert np.abs(small_crop.astype(int) - large_crop.astype(int)).mean() < 1.5


def test_a_large_face_is_averaged_rather_than_sampled(aligner_112: PointAligner, rng: np.random.Generator) -> None:
    """Noise of single pixels is gone from a crop that shows ten of them as one."""
    noise = rng.integers(0, 256, (1200, 1200, 3), dtype=np.uint8)
    (crop,) = aligner_112(noise, [keypoints(FOUR_PLACES * 10.0)])
    assert crop[5:-5, 5:-5].std() < 15


@pytest.mark.parametrize("shift", [(-60, 0), (360, 20), (0, -70), (100, 280), (5000, 5000)])
@pytest.mark.parametrize("times", [1, 6])
def test_beyond_the_picture_it_is_black(
    aligner_112: PointAligner, rng: np.random.Generator, shift: tuple[int, int], times: int
) -> None:
    image = np.full((300, 400, 3), 200, np.uint8)
    points = FOUR_PLACES * float(times) + np.array(shift, np.float64)
    (crop,) = aligner_112(image, [keypoints(points)])
    inside = put(similarity(points, FOUR_PLACES), np.array([[0, 0], [399, 0], [0, 299], [399, 299]], float))
    grid = np.stack(np.meshgrid(np.arange(112), np.arange(112)), axis=-1)
    within = ((grid > inside.min(axis=0) + 1) & (grid < inside.max(axis=0) - 1)).all(axis=2)
    without = ((grid < inside.min(axis=0) - 1) | (grid > inside.max(axis=0) + 1)).any(axis=2)
    assert (crop[within] > 190).all()
    assert (crop[without] == 0).all()


def test_points_that_are_all_one_give_some_crop(aligner_112: PointAligner, rng: np.random.Generator) -> None:
    assert aligner_112(picture(rng), [np.full((6, 2), 50, np.float32)]).shape == (1, 112, 112, 3)


def test_crops_by_points_have_the_size_asked_for(rng: np.random.Generator) -> None:
    image = picture(rng)
    image.setflags(write=False)
    tall = PointAligner(ARCFACE_112, 96, 128)
    assert tall(image, []).shape == (0, 128, 96, 3)
    assert tall(image[:, ::-1], [keypoints(FOUR_PLACES)] * 2).shape == (2, 128, 96, 3)
    with pytest.raises(ValueError, match="points_xy"):
        PointAligner(ARCFACE_112[:4], 112, 112)


def test_eyes_nose_and_mouth_of_invented_faces_lie_near_their_places(
    aligner_112: PointAligner, invented_photos: InventedPhotos
) -> None:
    """A crop is right if a detector that looks at it alone finds eyes, nose and mouth near the template."""
    detector, off = FaceDetector(), []
    for path, truth in invented_photos[::4]:
        if not truth["people"]:
            continue
        photo = load_photo(path)
        faces = detector(photo)[:2]
        for crop in aligner_112(photo.pixels, [face.keypoints_xy / photo.scale_xy for face in faces]):
            wide = cv2.copyMakeBorder(crop, 56, 56, 56, 56, cv2.BORDER_REPLICATE)
            seen = detector(Photo(np.asarray(wide, np.uint8), 224, 224, "sha256:" + "0" * 64, "PNG"))[:1]
            off += [np.linalg.norm(each.keypoints_xy[:4] - 56 - FOUR_PLACES, axis=1).mean() for each in seen]
    assert len(off) >= 10
    assert np.median(off) < 8
