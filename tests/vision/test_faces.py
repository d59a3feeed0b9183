import itertools
from pathlib import Path
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision import boxes, faces
from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.types import Floats, Image, Photo

InventedPhotos = list[tuple[Path, dict[str, Any]]]
NATIVE = 192  # the size that MediaPipe's detector was released for
GRAPH_MIN_SCORE = 0.6  # what its full-range graph keeps, even where min_detection_confidence asks for less


@pytest.fixture(scope="module")
def detector() -> FaceDetector:
    return FaceDetector()


@pytest.fixture(scope="module")
def reference() -> Any:
    with mp.solutions.face_detection.FaceDetection(model_selection=1, min_detection_confidence=0.5) as detection:
        yield detection


def photo_of(pixels: Image, times: int = 1) -> Photo:
    """A photo decoded at one part in ``times`` of its size."""
    height, width = pixels.shape[:2]
    return Photo(pixels, width * times, height * times, "sha256:" + "0" * 64, "PNG")


def squeezed(path: Path) -> Image:
    """A picture squeezed into the size of the released detector, so that neither side has anything to scale."""
    return np.asarray(cv2.resize(load_photo(path).pixels, (NATIVE, NATIVE), interpolation=cv2.INTER_AREA), np.uint8)


def differences(image: Image, detector: FaceDetector, reference: Any) -> list[float]:
    """How far the corners and keypoints of each face lie from MediaPipe's, in sides of the face box."""
    rows = detector.at_size(image, NATIVE, NATIVE)
    seen = rows[rows[:, -1] > GRAPH_MIN_SCORE]
    ours = faces.merge([seen, seen], [1.0, 2.0])  # as of two scales, since the graph asks no second one
    theirs = reference.process(image).detections or []
    assert len(ours) == len(theirs)
    found = []
    for detection in theirs:
        place = detection.location_data
        box = place.relative_bounding_box
        corners = [box.xmin, box.ymin, box.xmin + box.width, box.ymin + box.height]
        points = [value for point in place.relative_keypoints for value in (point.x, point.y)]
        values = np.array(corners + points, np.float32) * NATIVE
        near = ours[int(np.abs(ours[:, :-1] - values).max(axis=1).argmin())]
        assert near[-1] == pytest.approx(detection.score[0], abs=1e-4)
        found.append(float(np.abs(near[:-1] - values).max() / (box.width * NATIVE)))
    return found


@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.25, 1.0, 3.5]),
    st.tuples(st.integers(-20, 20), st.integers(-20, 20)),
)
def test_decoding_gives_each_cell_over_the_limit_its_row(
    height: int, width: int, seed: int, scale: float, offset: tuple[int, int]
) -> None:
    rng = np.random.default_rng(seed)
    regressed = rng.uniform(-30, 30, (height, width, 16)).astype(np.float32)
    logits = rng.uniform(-4, 4, (height, width)).astype(np.float32)
    expected = []
    for row, column in itertools.product(range(height), range(width)):
        score = 1 / (1 + np.exp(-float(logits[row, column])))
        if score <= faces.MIN_SCORE:
            continue
        cell = regressed[row, column].astype(np.float64).reshape(8, 2)
        centre = np.array([column + 0.5, row + 0.5]) * 4
        middle, size = cell[0] + centre, cell[1]
        points = [middle - size / 2, middle + size / 2, *(cell[2:] + centre)]
        expected.append([*((np.array(points) - offset) / scale).ravel(), score])
    found = faces.decode(regressed, logits, boxes.Letterbox(scale, offset))
    assert found.dtype == np.float32
    assert found.shape == (len(expected), 17)
    assert found == pytest.approx(np.array(expected).reshape(-1, 17), abs=1e-3)


def test_decoding_stays_finite_at_any_logit() -> None:
    logits = np.array([[-1e30, -200, 200, 1e30]], np.float32)
    found = faces.decode(np.zeros((1, 4, 16), np.float32), logits, boxes.Letterbox(1, (0, 0)))
    assert np.isfinite(found).all()
    assert found[:, -1] == pytest.approx([1, 1])


def detection(x0: float, y0: float, side: float, score: float) -> Floats:
    corners = [x0, y0, x0 + side, y0 + side]
    return np.array([*corners, *(corners * 3), score], np.float32)


def test_detections_that_overlap_become_one_with_the_best_score() -> None:
    rows = np.stack([detection(10, 10, 20, 0.6), detection(12, 10, 20, 0.9), detection(80, 80, 20, 0.8)])
    merged = faces.merge([rows], [1.0])
    assert merged.shape == (2, 17)
    assert merged[0, 0] == pytest.approx((10 * 0.6 + 12 * 0.9) / 1.5, abs=1e-4)
    assert merged[:, -1] == pytest.approx([0.9, 0.8])


def test_a_look_twice_as_fine_counts_twice_as_much() -> None:
    coarse, fine = detection(10, 10, 20, 0.8)[None], detection(13, 10, 20, 0.8)[None]
    assert faces.merge([coarse, fine], [0.2, 0.4])[0, 0] == pytest.approx(12, abs=1e-4)
    assert faces.merge([fine, coarse], [0.4, 0.8])[0, 0] == pytest.approx(11, abs=1e-4)


def test_a_face_seen_once_must_be_seen_better_than_one_seen_twice() -> None:
    rows = detection(10, 10, 20, 0.6)[None]
    assert len(faces.merge([rows], [0.2])) == 0
    assert len(faces.merge([rows, rows], [0.2, 0.2])) == 0, "one scale is one look, however often it is taken"
    assert len(faces.merge([rows, rows], [0.2, 0.5])) == 1
    weak = detection(10, 10, 20, 0.45)[None]
    assert len(faces.merge([rows, weak], [0.2, 0.5])) == 1
    assert len(faces.merge([weak, weak], [0.2, 0.5])) == 0
    assert len(faces.merge([detection(10, 10, 20, 0.75)[None]], [0.2])) == 1


def test_no_detections_are_no_faces() -> None:
    nothing = np.empty((0, 17), np.float32)
    assert faces.merge([nothing, nothing], [0.1, 0.2]).shape == (0, 17)
    assert faces.answers([nothing, nothing]) == []


def test_answers_of_several_looks_to_one_face_are_one() -> None:
    looks = [detection(10, 10, 20, 0.2)[None], detection(12, 10, 20, 0.4)[None]]
    (answer,) = faces.answers(looks)
    assert answer.score == pytest.approx(0.4)
    assert answer.side == pytest.approx(20)
    assert answer.centre_xy == pytest.approx(((20 * 0.2 + 22 * 0.4) / 0.6, 20), abs=1e-4)


@pytest.mark.parametrize("size_wh", [(16, 16), (400, 16), (16, 400), (640, 480), (1200, 1600)])
def test_nobody_is_found_in_a_picture_of_nothing(detector: FaceDetector, size_wh: tuple[int, int]) -> None:
    width, height = size_wh
    assert detector(photo_of(np.full((height, width, 3), 90, np.uint8))) == ()


def test_nobody_is_found_in_a_slope_of_light(detector: FaceDetector) -> None:
    y, x = np.mgrid[0:300, 0:400]
    slope = np.stack([255 * x / 399, 255 * y / 299, np.full(x.shape, 128)], axis=2).astype(np.uint8)
    assert detector(photo_of(slope)) == ()


def test_every_invented_person_is_found_once(invented_photos: InventedPhotos, detector: FaceDetector) -> None:
    missed, doubled, wanted = [], [], 0
    for path, truth in invented_photos[::6]:
        found = detector(load_photo(path))
        rows = np.array([face.box_xyxy for face in found], np.float32).reshape(-1, 4)
        for person in truth["people"]:
            x, y, width, height = person["box"]
            if max(width, height) < 24:
                continue
            wanted += 1
            middle = np.array([x + width / 2, y + height / 2], np.float32)
            over = int(((rows[:, :2] < middle) & (middle < rows[:, 2:])).all(axis=1).sum())
            missed += [(truth["path"], person["person"])] * (over == 0)
            doubled += [(truth["path"], person["person"])] * (over > 1)
    assert wanted
    assert (missed, doubled) == ([], [])


def test_faces_come_largest_first_in_pixels_of_the_full_photo(
    invented_photos: InventedPhotos, detector: FaceDetector
) -> None:
    path = max(invented_photos, key=lambda photo: len(photo[1]["people"]))[0]
    pixels = load_photo(path).pixels
    once, thrice = detector(photo_of(pixels)), detector(photo_of(pixels, times=3))
    areas = [float(np.prod(face.box_xyxy[2:] - face.box_xyxy[:2])) for face in once]
    assert areas == sorted(areas, reverse=True)
    assert len(areas) > 1
    for small, large in zip(once, thrice, strict=True):
        assert large.box_xyxy == pytest.approx(small.box_xyxy * 3, rel=1e-5)
        assert large.keypoints_xy == pytest.approx(small.keypoints_xy * 3, rel=1e-5)


def test_a_mirrored_photo_has_mirrored_faces(invented_photos: InventedPhotos, detector: FaceDetector) -> None:
    path = next(path for path, truth in invented_photos if len(truth["people"]) == 1)
    pixels = load_photo(path).pixels
    (face,) = detector(photo_of(pixels))
    (other,) = detector(photo_of(np.ascontiguousarray(pixels[:, ::-1])))
    side = float(face.box_xyxy[2] - face.box_xyxy[0])
    mirrored = face.keypoints_xy[[1, 0, 2, 3, 5, 4]] * np.array([-1, 1]) + np.array([pixels.shape[1], 0])
    assert np.abs(other.keypoints_xy - mirrored).max() < 0.15 * side
    assert face.keypoints_xy[0, 0] < face.keypoints_xy[1, 0], "the person's right eye is on the left"


def test_faces_lie_where_mediapipe_finds_them(
    invented_photos: InventedPhotos, detector: FaceDetector, reference: Any
) -> None:
    found = [value for path, _ in invented_photos[::5] for value in differences(squeezed(path), detector, reference)]
    assert len(found) >= 5
    assert max(found) < 1e-3


@pytest.mark.data
@pytest.mark.slow  # the same is held to on invented photos every day
def test_faces_of_real_photos_lie_where_mediapipe_finds_them(
    shared_data: Path, detector: FaceDetector, reference: Any
) -> None:
    paths = sorted(path for path in (shared_data / "faces").glob("*/*") if path.suffix in {".jpg", ".png"})
    found = [value for path in paths for value in differences(squeezed(path), detector, reference)]
    assert len(found) >= 60
    assert max(found) < 1e-3
