import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.looks import MULTIPLE, Look, cut_out
from vision.pyramid import Pyramid
from vision.types import Floats


def box(*values: float) -> Floats:
    return np.array(values, np.float32)


@given(
    st.integers(1, 40),
    st.integers(1, 40),
    st.floats(-15, 39),
    st.floats(-15, 39),
    st.floats(0.5, 60),
    st.floats(0.5, 60),
    st.integers(0, 2**32 - 1),
)
def test_a_part_is_the_picture_there_or_its_nearest_pixel(
    width: int, height: int, x: float, y: float, across: float, down: float, seed: int
) -> None:
    x0, y0 = min(x, width - 1), min(y, height - 1)
    box = np.array([x0, y0, max(x0 + across, 1), max(y0 + down, 1)], np.float32)
    image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    part, corner = cut_out(image, box)
    assert (corner <= box[:2]).all()
    assert (corner + np.array(part.shape[1::-1]) >= box[2:]).all()
    assert (np.array(part.shape[1::-1]) <= box[2:] - box[:2] + 2).all()
    rows = np.clip(np.arange(part.shape[0]) + int(corner[1]), 0, height - 1)
    columns = np.clip(np.arange(part.shape[1]) + int(corner[0]), 0, width - 1)
    assert np.array_equal(part, image[rows][:, columns])


@given(st.floats(0, 900), st.floats(0, 700), st.floats(20, 900), st.floats(20, 900), st.floats(0.05, 1.5))
def test_the_canvas_holds_the_part_in_steps_that_the_detectors_take(
    x: float, y: float, across: float, down: float, scale: float
) -> None:
    look = Look(box(x, y, x + across, y + down), scale)
    for canvas, side in zip(look.canvas_size, (down, across), strict=True):
        assert canvas % MULTIPLE == 0
        assert side * scale - 1 <= canvas < side * scale + MULTIPLE + 1
    assert look.canvas_scale >= scale * 0.9 or min(across, down) * scale < MULTIPLE


@pytest.mark.parametrize("scale", [1.2, 0.9, 0.5, 0.3, 0.11])
def test_what_is_cut_out_lies_where_it_did(scale: float) -> None:
    rows, columns = np.mgrid[0:480, 0:640]
    ramps = np.stack([columns / 640 * 255, rows / 480 * 255, np.zeros_like(rows)], axis=2).astype(np.uint8)
    cutting = Look(box(200, 160, 360, 320), scale).cut(Pyramid(ramps))
    height, width = cutting.image.shape[:2]
    middle = cutting.image[height // 2, width // 2, :2] / 255 * (640, 480)
    assert cutting.back(np.array([width // 2, height // 2], np.float32)) == pytest.approx(middle, abs=3 / scale)


def test_a_small_scale_is_cut_from_a_small_level() -> None:
    cutting = Look(box(0, 0, 1600, 1200), 0.1).cut(Pyramid(np.zeros((1200, 1600, 3), np.uint8)))
    assert cutting.level.step == 8
    assert cutting.image.shape == (150, 200, 3)
