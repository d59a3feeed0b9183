import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision import boxes, palms
from vision.palms import PalmDetector
from vision.types import Floats


def palm(x0: float, y0: float, side: float, score: float) -> Floats:
    return np.array([x0, y0, x0 + side, y0 + side, *([x0, y0] * 7), score], np.float32)


@given(
    st.integers(1, 6),
    st.integers(1, 6),
    st.sampled_from([2, 6]),
    st.sampled_from(palms.STRIDES),
    st.integers(0, 2**32 - 1),
    st.sampled_from([0.25, 1.0, 3.5]),
)
def test_decoding_gives_each_anchor_over_the_limit_its_row(
    height: int, width: int, anchors: int, stride: int, seed: int, scale: float
) -> None:
    rng = np.random.default_rng(seed)
    values = rng.uniform(-30, 30, (height, width, anchors * 18)).astype(np.float32)
    logits = rng.uniform(-4, 4, (height, width, anchors)).astype(np.float32)
    offset = np.array([7.0, -3.0])
    expected = []
    for row, column, which in itertools.product(range(height), range(width), range(anchors)):
        score = 1 / (1 + np.exp(-float(logits[row, column, which])))
        if score <= palms.MIN_SCORE:
            continue
        numbers = values[row, column, which * 18 : (which + 1) * 18].astype(np.float64).reshape(9, 2)
        centre = np.array([column + 0.5, row + 0.5]) * stride
        middle, size = numbers[0] + centre, numbers[1]
        points = [middle - size / 2, middle + size / 2, *(numbers[2:] + centre)]
        expected.append([*((np.array(points) - offset) / scale).ravel(), score])
    found = palms.decode(values, logits, stride, boxes.Letterbox(scale, (7.0, -3.0)))
    assert found.dtype == np.float32
    assert found.shape == (len(expected), 19)
    assert found == pytest.approx(np.array(expected).reshape(-1, 19), abs=1e-3)


def test_palms_that_overlap_become_one_with_the_best_score() -> None:
    merged = palms.merge(np.stack([palm(10, 10, 20, 0.6), palm(80, 80, 20, 0.95), palm(12, 10, 20, 0.9)]))
    assert merged.shape == (2, 19)
    assert merged[:, -1] == pytest.approx([0.95, 0.9]), "best first"
    assert merged[1, 0] == pytest.approx((10 * 0.6 + 12 * 0.9) / 1.5, abs=1e-4)


def test_no_palms_stay_none() -> None:
    assert palms.merge(np.empty((0, 19), np.float32)).shape == (0, 19)


@pytest.mark.parametrize("size", [(192, 192), (32, 96), (256, 64)])
def test_there_is_no_palm_in_a_picture_of_nothing(size: tuple[int, int]) -> None:
    picture = np.full((120, 90, 3), 127, np.uint8)
    assert PalmDetector()(picture, *size).shape == (0, 19)
