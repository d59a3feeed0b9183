import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.pyramid import Pyramid


@given(st.integers(1, 300), st.integers(1, 300), st.floats(0.001, 3))
def test_a_level_has_the_pixels_that_were_asked_for_and_not_many_more(height: int, width: int, scale: float) -> None:
    level = Pyramid(np.zeros((height, width, 3), np.uint8)).at(scale)
    assert level.step * scale <= 1 or level.step == 1
    assert level.image.shape == (height // level.step, width // level.step, 3)
    assert 2 * level.step * scale > 1 or min(level.image.shape[:2]) < 4


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 2, 4]), st.integers(0, 2**32 - 1))
def test_a_pixel_is_the_average_of_those_it_covers(rows: int, columns: int, step: int, seed: int) -> None:
    height, width = (max(4, each) * step + extra for each, extra in ((rows, seed % step), (columns, seed % step)))
    image = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    level = Pyramid(image).at(1 / step)
    assert level.step == step
    whole = image[: height // step * step, : width // step * step].astype(np.float64)
    mean = whole.reshape(height // step, step, width // step, step, 3).mean(axis=(1, 3))
    assert np.abs(level.image - mean).max() <= 1.01, "each halving rounds once"


def test_a_spot_lies_where_its_level_says() -> None:
    image = np.zeros((160, 240, 3), np.uint8)
    image[88:104, 120:136] = 255  # its middle is at 127.5, 95.5
    level = Pyramid(image).at(1 / 8)
    y, x = np.argwhere(level.image[..., 0] > 0).mean(axis=0)
    assert level.back(np.array([x, y], np.float32)) == pytest.approx([127.5, 95.5])


def test_a_level_is_made_once() -> None:
    pyramid = Pyramid(np.zeros((64, 64, 3), np.uint8))
    assert pyramid.at(0.25).image is pyramid.at(0.2).image
    assert pyramid.at(1).image is pyramid.at(0.6).image


@pytest.mark.parametrize("scale", [0, -1])
def test_no_scale_is_refused(scale: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Pyramid(np.zeros((8, 8, 3), np.uint8)).at(scale)
