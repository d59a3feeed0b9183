"""Squares around boxes and photos at a screen's size."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.square import BESIDE, at_most, square_around
from vision.types import Image, Photo


def photo(pixels: Image, times: int = 1) -> Photo:
    """A photo that is ``times`` as large as the pixels that were decoded of it."""
    return Photo(pixels, pixels.shape[1] * times, pixels.shape[0] * times, "sha256:" + "0" * 64, "JPEG")


def checks(width: int, height: int, cell: int = 10) -> Image:
    """Cells whose red is their column and whose green is their row."""
    y, x = np.mgrid[:height, :width]
    return np.asarray(np.stack([x // cell * 8, y // cell * 8, np.zeros_like(x)], axis=2), np.uint8)


def test_a_square_shows_its_box_in_the_middle() -> None:
    pixels = checks(200, 100)
    square = square_around(photo(pixels), (60, 40, 20, 10), 0.5, 40)
    assert square.shape == (40, 40, 3)
    assert np.array_equal(square, pixels[25:65, 50:90])


def test_boxes_are_of_the_full_photo_however_it_was_decoded() -> None:
    pixels = checks(200, 100)
    square = square_around(photo(pixels, times=4), (240, 160, 80, 40), 0.5, 40)
    assert np.array_equal(square, pixels[25:65, 50:90])


@pytest.mark.parametrize("box", [(-30, -30, 20, 20), (190, 90, 30, 30), (400, 400, 20, 20)])
def test_what_lies_outside_the_photo_is_plain(box: tuple[int, ...]) -> None:
    pixels = np.full((100, 200, 3), 7, np.uint8)
    square = square_around(photo(pixels), box, 0.5, 60)
    reach = square_around(photo(np.zeros((100, 200, 3), np.uint8)), box, 0.5, 60)
    beside = (square == BESIDE).all(axis=2)
    assert beside.any()
    assert np.array_equal(beside, (reach == BESIDE).all(axis=2))  # whatever the photo shows


def test_proportions_stay_natural_at_the_edge() -> None:
    disc = np.zeros((100, 200, 3), np.uint8)
    y, x = np.mgrid[:100, :200]
    disc[(x - 10) ** 2 + (y - 50) ** 2 <= 64] = 255, 0, 0
    square = square_around(photo(disc), (2, 42, 16, 16), 1.0, 96)
    shown = square[..., 0].astype(int) - square[..., 1] > 128
    rows, columns = np.flatnonzero(shown.any(axis=1)), np.flatnonzero(shown.any(axis=0))
    assert abs(len(rows) - len(columns)) <= 2
    assert abs(int(rows.mean()) - 48) <= 2
    assert abs(int(columns.mean()) - 48) <= 2


@settings(max_examples=60, deadline=None)
@given(
    box=st.tuples(st.floats(-300, 500), st.floats(-300, 500), st.floats(0.1, 400), st.floats(0.1, 400)),
    around=st.floats(0, 2),
    side=st.integers(1, 90),
)
def test_every_box_has_a_square(box: tuple[float, ...], around: float, side: int) -> None:
    square = square_around(photo(checks(200, 100)), box, around, side)
    assert square.shape == (side, side, 3)
    assert square.dtype == np.uint8


@pytest.mark.parametrize(("box", "around", "side"), [((0, 0, 0, 5), 0, 9), ((0, 0, 5, 5), -1, 9), ((0, 0, 5, 5), 0, 0)])
def test_what_is_no_square_is_refused(box: tuple[int, ...], around: float, side: int) -> None:
    with pytest.raises(ValueError, match="expected a box"):
        square_around(photo(checks(20, 10)), box, around, side)


@settings(max_examples=60, deadline=None)
@given(width=st.integers(16, 300), height=st.integers(16, 300), times=st.integers(1, 3), longest=st.integers(16, 500))
def test_a_photo_is_shrunk_by_one_factor_and_never_enlarged(width: int, height: int, times: int, longest: int) -> None:
    made = at_most(photo(checks(width, height), times), longest)
    factor = min(1.0, longest / max(width * times, height * times))
    assert made.shape == (max(1, round(height * times * factor)), max(1, round(width * times * factor)), 3)
    assert max(made.shape[:2]) <= max(longest, 1)
