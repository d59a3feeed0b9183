import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.quality import quality_of
from vision.types import Face, Floats, Image

FRONTAL = np.array([[35, 40], [65, 40], [50, 58], [50, 75], [20, 45], [80, 45]], np.float32)


def face(size: float = 100, keypoints_xy: Floats = FRONTAL) -> Face:
    return Face(np.array([0, 0, 0.8 * size, size], np.float32), keypoints_xy * np.float32(size / 100), 0.9)


def chip(seed: int = 0) -> Image:
    """Blocks, lines and grain: detail of several sizes, as a face has."""
    rng = np.random.default_rng(seed)
    blocks = rng.integers(60, 200, (10, 10, 3)).repeat(15, axis=0).repeat(15, axis=1)
    grain = rng.normal(0, 25, (75, 75, 1)).repeat(2, axis=0).repeat(2, axis=1)
    return np.asarray(np.clip(blocks + grain, 0, 255), np.uint8)


def blurred(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8) if sigma else image


def nose_at(share: float) -> Floats:
    """Keypoints with the nose that far on the way from the right eye to the left one."""
    points = FRONTAL.copy()
    points[2, 0] = 35 + 30 * share
    return points


def test_a_large_sharp_frontal_face_is_as_good_as_can_be() -> None:
    quality = quality_of(face(200), chip())
    assert (quality.size, quality.sharpness, quality.frontality, quality.value) == (200, 1, 1, 1)


@given(st.integers(0, 99), st.floats(4, 900), st.floats(0, 20), st.floats(-1, 2))
def test_grades_lie_from_0_to_1_and_the_worst_counts(seed: int, size: float, sigma: float, share: float) -> None:
    quality = quality_of(face(size, nose_at(share)), blurred(chip(seed), sigma))
    assert quality.size == pytest.approx(size, rel=1e-5)
    assert 0 <= quality.value <= min(quality.sharpness, quality.frontality)


def test_blur_makes_a_face_worse_and_worse() -> None:
    grades = [quality_of(face(200), blurred(chip(), sigma)).sharpness for sigma in (0, 3, 4, 5, 6)]
    assert grades == sorted(grades, reverse=True)
    assert grades[-1] < 0.2 < grades[0]


@pytest.mark.parametrize("value", [0, 120, 255])
def test_a_crop_of_one_colour_has_no_detail(value: int) -> None:
    assert quality_of(face(200), np.full((150, 150, 3), value, np.uint8)).sharpness == 0


def test_half_the_contrast_or_other_light_hardly_matter() -> None:
    image = chip().astype(np.float32)
    grades = [
        quality_of(face(200), blurred(np.asarray((image * gain + shift).round(), np.uint8), 2)).sharpness
        for gain, shift in ((1, 0), (0.5, 0), (0.5, 100), (0.7, 40))
    ]
    assert max(grades) - min(grades) < 0.05


@given(st.floats(4, 900), st.floats(0, 200))
def test_a_larger_face_is_never_worse(size: float, more: float) -> None:
    larger, smaller = quality_of(face(size + more), chip()), quality_of(face(size), chip())
    assert larger.value >= smaller.value - 1e-6


@given(st.floats(-0.5, 1.5), st.floats(-3.1, 3.1))
def test_frontality_does_not_change_with_the_side_or_a_tilt_of_the_head(share: float, angle: float) -> None:
    level = quality_of(face(200, nose_at(share)), chip()).frontality
    other_side = quality_of(face(200, nose_at(1 - share)), chip()).frontality
    cos, sin = np.cos(angle), np.sin(angle)
    tilted = np.asarray(nose_at(share) @ np.array([[cos, sin], [-sin, cos]]), np.float32)
    assert other_side == pytest.approx(level, abs=1e-4)
    assert quality_of(face(200, tilted), chip()).frontality == pytest.approx(level, abs=1e-3)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 1.0), (0.25, 0.5), (0.75, 0.5), (0.0, 0.0), (1.4, 0.0)])
def test_a_turned_head_is_less_frontal(share: float, expected: float) -> None:
    assert quality_of(face(200, nose_at(share)), chip()).frontality == pytest.approx(expected, abs=1e-5)


def test_eyes_on_one_point_are_a_profile() -> None:
    assert quality_of(face(200, np.full((6, 2), 50, np.float32)), chip()).frontality == 0
