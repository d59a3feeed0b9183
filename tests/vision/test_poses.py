"""Where arms are seen: the square around a person, and the network on an invented one."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.poses import ROI_SIDE, SIDE, Arms, PoseLandmarker, roi_of_face
from vision.types import Face, Photo

UPLOADS = Path(__file__).resolve().parents[2] / "fixtures" / "uploads"
ONE = np.ones(2, np.float32)


def upright(x: float, y: float, size: float) -> Face:
    box = np.array([x, y, x + size, y + size], np.float32)
    points = np.tile(np.array([x, y], np.float32) + size / 2, (6, 1))
    points[1, 0] += size / 3
    return Face(box, points, 0.9)


@given(st.floats(-50, 3000), st.floats(-50, 3000), st.floats(8, 900))
def test_the_square_hangs_below_an_upright_face(x: float, y: float, size: float) -> None:
    face = upright(x, y, size)
    roi = roi_of_face(face, ONE)
    assert roi.side == pytest.approx(ROI_SIDE * size, rel=1e-2)
    assert roi.centre_xy[0] == pytest.approx(x + size / 2, abs=0.01 * size + 0.01)
    corners = np.array([[0, 0, 1], [SIDE, SIDE, 1]], np.float32) @ roi.matrix(SIDE).T
    assert (corners[0] < face.box_xyxy[:2]).all()
    assert (corners[1] > face.box_xyxy[2:]).all()


def test_the_square_is_in_pixels_of_the_picture() -> None:
    whole, half = roi_of_face(upright(400, 200, 60), ONE), roi_of_face(upright(400, 200, 60), 2 * ONE)
    assert half.side == pytest.approx(whole.side / 2)
    assert half.centre_xy == pytest.approx((whole.centre_xy[0] / 2, whole.centre_xy[1] / 2))


def test_arms_are_checked_at_birth() -> None:
    with pytest.raises(ValueError, match="wrists_xy"):
        Arms(np.zeros((2, 2), np.float32), np.zeros((3, 2), np.float32))


def test_the_hanging_arms_of_an_invented_person() -> None:
    photo = load_photo(UPLOADS / "dinas-kesehatan" / "IMG_20241018_161200.jpg")
    (face,) = FaceDetector()(photo)[:1]
    (arms,) = PoseLandmarker()(photo, [face])
    middle = (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2
    assert arms.elbows_xy[0, 0] < middle[0] < arms.elbows_xy[1, 0]  # the right one is on the left
    assert (arms.elbows_xy[:, 1] > face.box_xyxy[3]).all()
    # A photo that was decoded at half its size has its arms at the same places.
    small = Photo(np.ascontiguousarray(photo.pixels[::2, ::2]), photo.width, photo.height, photo.sha256, photo.format)
    (again,) = PoseLandmarker()(small, [face])
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    assert np.abs(again.elbows_xy - arms.elbows_xy).max() < size / 2
