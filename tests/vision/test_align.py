from pathlib import Path
from typing import Any

import cv2
import dlib
import numpy as np
import pytest
from face_recognition_models import pose_predictor_five_point_model_location

from vision.align import BOX_SIDE, PADDING, Aligner
from vision.engine.dlib_net import CHIP_SIDE
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
