import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.quality import SIZE_GRADE, quality_of
from vision.types import FLOOR, Face, FaceQuality, Floats, Image

EYES = 30.0  # pixels between the eyes of the level, frontal face below
FRONTAL = np.array([[35, 40], [65, 40], [50, 57.7], [50, 75], [20, 47.5], [80, 47.5]], np.float32)


def face(size: float = 100, keypoints_xy: Floats = FRONTAL) -> Face:
    return Face(np.array([0, 0, 0.8 * size, size], np.float32), keypoints_xy * np.float32(size / 100), 0.9)


def chip(seed: int = 0) -> Image:
    """Patches of all sizes, the larger ones the stronger, as in photos."""
    rng = np.random.default_rng(seed)
    image = np.full((150, 150), 120, np.float32)
    for side in (2, 4, 8, 16, 32):
        patches = rng.normal(0, 2.6 * side**0.6, (150 // side + 2, 150 // side + 2)).astype(np.float32)
        image += cv2.resize(patches, None, fx=side, fy=side, interpolation=cv2.INTER_CUBIC)[:150, :150]
    return np.asarray(np.clip(image, 0, 255)[..., None].repeat(3, axis=2), np.uint8)


def blurred(image: Image, sigma: float) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8) if sigma else image


def shaken(image: Image, length: int, across: bool) -> Image:
    size = (length, 1) if across else (1, length)
    return np.asarray(cv2.blur(image, size), np.uint8)


def noisy(image: Image, sigma: float) -> Image:
    noise = np.random.default_rng(1).normal(0, sigma, image.shape)
    return np.asarray(np.clip(image + noise, 0, 255), np.uint8)


def lit(image: Image, gain: float, shift: float = 0) -> Image:
    return np.asarray(np.clip((image.astype(np.float32) * gain + shift).round(), 0, 255), np.uint8)


def nose_at(share: float) -> Floats:
    """Keypoints with the nose that far on the way from the right eye to the left one."""
    points = FRONTAL.copy()
    points[2, 0] = 35 + EYES * share
    return points


def bowed(ears: float, nose: float) -> Floats:
    """Keypoints with ears and nose lower by these shares of the distance between the eyes."""
    points = FRONTAL.copy()
    points[4:, 1] += EYES * ears
    points[2, 1] += EYES * nose
    return points


def turned(points: Floats, angle: float) -> Floats:
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(points @ np.array([[cos, sin], [-sin, cos]]), np.float32)


def frontality(points: Floats) -> float:
    return quality_of(face(200, points), chip()).frontality


@pytest.mark.parametrize("seed", range(5))
def test_a_large_sharp_frontal_face_is_as_good_as_can_be(seed: int) -> None:
    quality = quality_of(face(200), chip(seed))
    assert quality.size == 200
    assert quality.frontality == pytest.approx(1, abs=1e-5)
    assert quality.value == pytest.approx(1, abs=0.03)
    assert quality.sharpness == pytest.approx(1, abs=0.03)


@settings(max_examples=40)
@given(st.integers(0, 99), st.floats(4, 900), st.floats(0, 20), st.floats(-1, 2), st.floats(-1, 1), st.floats(0, 1))
def test_grades_lie_from_0_to_1(seed: int, size: float, sigma: float, share: float, ears: float, gain: float) -> None:
    points = nose_at(share) + bowed(ears, 0) - FRONTAL
    quality = quality_of(face(size, points), lit(blurred(chip(seed), sigma), gain))
    assert quality.size == pytest.approx(size, rel=1e-5)
    assert 0 <= quality.value <= quality.sharpness <= 1
    assert 0 <= quality.frontality <= 1


def falls(grades: list[float]) -> bool:
    return grades == sorted(grades, reverse=True) and grades[0] >= 0.9 and grades[-1] < FLOOR


def test_blur_makes_a_face_worse_and_worse() -> None:
    assert falls([quality_of(face(200), blurred(chip(), sigma)).value for sigma in (0, 1, 2, 3, 4, 5)])


@pytest.mark.parametrize("across", [True, False])
def test_a_shaken_face_is_worse_though_it_is_sharp_across_the_way(across: bool) -> None:
    assert falls([quality_of(face(200), shaken(chip(), length, across)).value for length in (1, 5, 11, 17, 31)])


def test_noise_is_no_detail() -> None:
    assert falls([quality_of(face(200), noisy(chip(), sigma)).value for sigma in (0, 30, 60, 90)])


def test_a_face_in_its_own_shadow_is_worse_and_worse() -> None:
    assert falls([quality_of(face(200), lit(chip(), gain, 20)).value for gain in (1, 0.3, 0.2, 0.1, 0.05)])


def test_half_the_contrast_or_other_light_hardly_matter() -> None:
    image = blurred(chip(), 2.5)
    grades = [
        quality_of(face(200), lit(image, gain, shift)).sharpness
        for gain, shift in ((1, 0), (0.5, 0), (0.5, 100), (0.7, 40))
    ]
    assert 0 < min(grades) < 1
    assert max(grades) - min(grades) < 0.1


@pytest.mark.parametrize("value", [0, 120, 255])
def test_a_crop_of_one_colour_is_nothing_to_compare(value: int) -> None:
    quality = quality_of(face(200), np.full((150, 150, 3), value, np.uint8))
    assert (quality.sharpness, quality.value) == (0, 0)


def test_a_plain_cloth_over_the_mouth_cannot_be_assessed() -> None:
    masked = chip()
    masked[85:140, 30:120] = (140, 185, 205)
    quality = quality_of(face(200), masked)
    assert quality.value == 0
    assert quality.sharpness > FLOOR, "the rest of it is sharp"
    hat = chip()
    hat[:40] = (140, 185, 205)
    assert quality_of(face(200), hat).value > FLOOR


@given(st.floats(4, 900), st.floats(0, 200))
def test_a_larger_face_is_never_worse(size: float, more: float) -> None:
    larger, smaller = quality_of(face(size + more), chip()), quality_of(face(size), chip())
    assert larger.value >= smaller.value - 1e-6


def test_size_crosses_the_floor_between_the_ends_of_its_grade() -> None:
    def value(size: float) -> float:
        return quality_of(face(size), chip()).value

    low, high = SIZE_GRADE
    assert value(low) == 0
    assert value(high) == pytest.approx(1, abs=1e-5)
    assert value(24) < FLOOR < value(28)


@settings(max_examples=50)
@given(st.floats(-0.5, 1.5), st.floats(-3.1, 3.1), st.floats(-0.5, 0.5), st.floats(-0.3, 0.3))
def test_frontality_does_not_change_with_the_side_or_a_tilt_of_the_head(
    share: float, angle: float, ears: float, nose: float
) -> None:
    points = nose_at(share) + bowed(ears, nose) - FRONTAL
    mirrored = nose_at(1 - share) + bowed(ears, nose) - FRONTAL
    assert frontality(mirrored) == pytest.approx(frontality(points), abs=1e-4)
    assert frontality(turned(points, angle)) == pytest.approx(frontality(points), abs=1e-3)


@pytest.mark.parametrize(("share", "expected"), [(0.5, 1.0), (0.25, 0.5), (0.75, 0.5), (0.0, 0.0), (1.4, 0.0)])
def test_a_turned_head_is_less_frontal(share: float, expected: float) -> None:
    assert frontality(nose_at(share)) == pytest.approx(expected, abs=1e-5)


def test_a_head_bowed_or_raised_far_is_less_frontal() -> None:
    down = [frontality(bowed(-step, 0.6 * step)) for step in (0, 0.15, 0.3, 0.45, 0.6)]
    up = [frontality(bowed(step, -step / 2)) for step in (0, 0.15, 0.3, 0.45, 0.6)]
    for grades in (down, up):
        assert grades == sorted(grades, reverse=True)
        assert grades[0] == pytest.approx(1, abs=1e-5)
        assert grades[-1] < 0.5


def test_low_ears_alone_are_how_somebody_is_made() -> None:
    assert frontality(bowed(0.4, 0)) == pytest.approx(1, abs=1e-5)
    assert frontality(bowed(0, 0.1)) == pytest.approx(1, abs=1e-5)


def test_points_that_are_no_face_are_not_frontal() -> None:
    assert frontality(np.full((6, 2), 50, np.float32)) == 0
    upside_down = FRONTAL.copy()
    upside_down[3, 1] = 20
    assert frontality(upside_down) == 0


def test_the_floor_is_a_value() -> None:
    assert FaceQuality(100, 1, 1, FLOOR).assessable
    assert not FaceQuality(100, 1, 1, np.nextafter(FLOOR, 0)).assessable
    assert 0 < FLOOR < 1
