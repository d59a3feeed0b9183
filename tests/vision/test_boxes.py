from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision import boxes
from vision.types import Floats, Image

SIDES = st.integers(1, 400)


@st.composite
def many_boxes(draw: st.DrawFn, least: int = 0, most: int = 12) -> Floats:
    """(N, 4) boxes on a grid of quarters, so that overlaps are common and exact in float32."""
    count = draw(st.integers(least, most))
    corners = [(draw(st.integers(-40, 40)), draw(st.integers(-40, 40))) for _ in range(count)]
    sizes = [(draw(st.integers(1, 60)), draw(st.integers(1, 60))) for _ in range(count)]
    rows = [(x / 4, y / 4, (x + w) / 4, (y + h) / 4) for (x, y), (w, h) in zip(corners, sizes, strict=True)]
    return np.array(rows, np.float32).reshape(-1, 4)


def spot(width: int, height: int, x: float, y: float, radius: float) -> Image:
    """A soft bright spot on black, centred between pixels if need be."""
    columns, rows = np.meshgrid(np.arange(width), np.arange(height))
    grey = 250 * np.exp(-((columns - x) ** 2 + (rows - y) ** 2) / (2 * radius**2))
    return np.repeat(grey.round().astype(np.uint8)[..., None], 3, axis=2)


def middle_of_light(image: Image) -> Floats:
    grey = image[..., 0].astype(np.float64)
    rows, columns = np.mgrid[0 : grey.shape[0], 0 : grey.shape[1]]
    return np.array([(grey * columns).sum(), (grey * rows).sum()], np.float32) / np.float32(grey.sum())


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ((0, 0, 2, 2), 1.0),
        ((1, 0, 3, 2), 1 / 3),
        ((1, 1, 3, 3), 1 / 7),
        ((0, 0, 1, 1), 1 / 4),
        ((2, 0, 4, 2), 0.0),  # they touch
        ((5, 5, 6, 6), 0.0),
    ],
)
def test_iou_of_simple_boxes(other: tuple[float, ...], expected: float) -> None:
    found = boxes.iou(np.array([0, 0, 2, 2], np.float32), np.array([other], np.float32))
    assert found == pytest.approx([expected], abs=1e-6)


def test_iou_with_no_boxes_is_empty() -> None:
    assert boxes.iou(np.array([0, 0, 2, 2], np.float32), np.empty((0, 4), np.float32)).shape == (0,)


@given(many_boxes(1))
def test_iou_is_symmetric_and_from_0_to_1(rows: Floats) -> None:
    table = np.stack([boxes.iou(row, rows) for row in rows])
    assert table.dtype == np.float32
    assert ((table >= 0) & (table <= 1)).all()
    assert np.array_equal(table, table.T)
    assert (np.diag(table) == 1).all()


@given(many_boxes(2), st.integers(-9, 9), st.integers(-9, 9), st.sampled_from([0.5, 2.0, 4.0]))
def test_iou_does_not_depend_on_place_or_scale(rows: Floats, x: int, y: int, scale: float) -> None:
    moved = (rows + np.array([x, y, x, y], np.float32)) * np.float32(scale)
    assert boxes.iou(moved[0], moved) == pytest.approx(boxes.iou(rows[0], rows), abs=1e-6)


@given(many_boxes(), st.sampled_from([0.0, 0.3, 0.5]), st.randoms(use_true_random=False))
def test_groups_are_greedy_suppression_that_forgets_nobody(rows: Floats, overlap: float, random: Random) -> None:
    scores = np.array([random.choice([0.5, 0.6, 0.7, 0.9]) for _ in rows], np.float32)
    groups = boxes.group_by_overlap(rows, scores, overlap)
    assert sorted(index for group in groups for index in group) == list(range(len(rows)))
    heads = [int(group[0]) for group in groups]
    assert [scores[head] for head in heads] == sorted((scores[head] for head in heads), reverse=True)
    for place, group in enumerate(groups):
        assert scores[group[0]] == scores[group].max()
        assert (boxes.iou(rows[group[0]], rows[group[1:]]) > overlap).all()
        for earlier in heads[:place]:
            assert (boxes.iou(rows[earlier], rows[group]) <= overlap).all()


def test_a_box_without_area_still_makes_a_group() -> None:
    rows = np.array([[1, 1, 1, 1], [1, 1, 1, 1]], np.float32)
    groups = boxes.group_by_overlap(rows, np.array([0.9, 0.8], np.float32), 0.3)
    assert [group.tolist() for group in groups] == [[0], [1]]


@given(SIDES, SIDES, SIDES, SIDES)
def test_a_letterboxed_picture_touches_two_sides_of_its_canvas(
    width: int, height: int, columns: int, rows: int
) -> None:
    canvas, placed = boxes.letterbox(np.full((height, width, 3), 200, np.uint8), rows, columns)
    assert canvas.shape == (rows, columns, 3)
    assert canvas.dtype == np.uint8
    assert placed.scale == pytest.approx(min(columns / width, rows / height))
    lit = np.argwhere(canvas[..., 0] > 0)
    size = lit.max(0) + 1 - lit.min(0)
    # Where it grows, its edge fades out over one pixel of the picture.
    edge = max(1.0, placed.scale) + 1
    assert np.abs(size - np.array([height, width]) * placed.scale).max() <= edge
    left_over = np.array([rows, columns]) - size
    assert np.abs(lit.min(0) - left_over / 2).max() <= edge, "in the middle"


@given(
    st.integers(60, 300),
    st.integers(60, 300),
    st.integers(48, 400),
    st.integers(48, 400),
    st.floats(0.3, 0.7),
    st.floats(0.3, 0.7),
)
def test_what_is_found_in_the_canvas_comes_back_to_its_place(
    width: int, height: int, columns: int, rows: int, across: float, down: float
) -> None:
    x, y = width * across, height * down
    scale = min(columns / width, rows / height)
    radius = max(3.0, 1.5 / scale)
    canvas, placed = boxes.letterbox(spot(width, height, x, y, radius), rows, columns)
    found = placed.back(middle_of_light(canvas))
    # The light's middle shifts where the spot runs over the picture's edge, and by the rounding of the canvas.
    expected = middle_of_light(spot(width, height, x, y, radius))
    assert np.abs(found - expected).max() < 0.25 + 0.5 / scale


@given(st.floats(0.05, 8), st.floats(-50, 50), st.floats(-50, 50))
def test_back_undoes_scale_and_offset(scale: float, x: float, y: float) -> None:
    points = np.array([[[0, 0], [3, 4]], [[100, -5], [0.5, 0.25]]], np.float32)
    there = points * np.float32(scale) + np.array([x, y], np.float32)
    back = boxes.Letterbox(scale, (x, y)).back(there)
    assert back.shape == points.shape
    assert back.dtype == np.float32
    assert back == pytest.approx(points, abs=2e-5 * 150 / scale)
