import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.identity_quality.spoil import COVERS, GOOD, Clipping, Spoiling, clip, spoil, spoilings
from vision.types import Face, Floats, Image

KEYPOINTS = np.array([[40, 50], [80, 50], [60, 75], [60, 95], [20, 55], [100, 55]], np.float32)


def picture(height: int = 120, width: int = 120, seed: int = 0) -> Image:
    rng = np.random.default_rng(seed)
    small = rng.integers(60, 200, (height // 4 + 1, width // 4 + 1, 3), np.uint8)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.uint8)


def clipping(scale: int = 1) -> Clipping:
    pixels = np.asarray(cv2.resize(picture(), None, fx=scale, fy=scale), np.uint8)
    return Clipping(pixels, scale * np.array([20, 20, 100, 116], np.float32), scale * KEYPOINTS)


def detail(image: Image) -> float:
    return float(cv2.Laplacian(image.astype(np.float32), cv2.CV_32F).std())


def spoilt(spoiling: Spoiling, seed: int = 0) -> tuple[Image, Floats]:
    return spoil(clipping(), spoiling, np.random.default_rng(seed))


@settings(max_examples=30)
@given(st.integers(-60, 100), st.integers(-60, 100), st.integers(8, 60), st.integers(8, 60))
def test_a_face_is_cut_out_where_it_is_even_at_the_edge(left: int, top: int, width: int, height: int) -> None:
    pixels = picture(90, 110)
    box = np.array([left, top, left + width, top + height], np.float32)
    if left > 100 or top > 80 or left + width < 10 or top + height < 10:
        return
    cut = clip(pixels, Face(box, KEYPOINTS, 0.9))
    shift = (cut.box_xyxy - box)[:2]
    assert cut.side == max(width, height)
    np.testing.assert_allclose(cut.keypoints_xy - KEYPOINTS, np.tile(shift, (6, 1)), atol=1e-4)
    for y, x in ((10, 10), (45, 55), (80, 100)):  # a pixel of the photo lies where the shift says
        to_x, to_y = round(float(x + shift[0])), round(float(y + shift[1]))
        if 0 <= to_x < cut.pixels.shape[1] and 0 <= to_y < cut.pixels.shape[0]:
            np.testing.assert_array_equal(cut.pixels[to_y, to_x], pixels[y, x])


@pytest.mark.parametrize("spoiling", spoilings(), ids=str)
def test_the_face_has_the_size_asked_for_and_stays_where_it_is(spoiling: Spoiling) -> None:
    image, box = spoilt(spoiling)
    assert (box[2:] - box[:2]).max() == pytest.approx(spoiling.side, rel=1e-5)
    assert image.shape[0] == pytest.approx(120 * spoiling.side / 96, abs=1)
    np.testing.assert_allclose(box / spoiling.side, clipping().box_xyxy / 96, rtol=1e-5)


def test_conditions_are_told_apart_by_their_names() -> None:
    names = [str(each) for each in spoilings()]
    assert len(set(names)) == len(names)
    assert names[0] == str(GOOD) == "good"


@pytest.mark.parametrize("kind", ["blur", "shake", "enlarged", "noise", "dark", "backlight"])
def test_each_step_of_a_kind_is_worse_than_the_one_before(kind: str) -> None:
    levels = [each for each in spoilings() if each.kind == kind]
    if kind == "enlarged":
        levels.reverse()
    good = spoilt(GOOD)[0].astype(float)
    loss = [float(np.abs(spoilt(each)[0] - good)[30:100, 30:90].mean()) for each in levels]
    assert loss == sorted(loss)
    assert loss[-1] > loss[0] > 0


def test_blur_is_measured_in_faces_not_in_pixels() -> None:
    image, _ = spoilt(Spoiling("blur", "0.04"))
    larger, _ = spoil(clipping(3), Spoiling("blur", "0.04"), np.random.default_rng(0))
    assert float(np.abs(image.astype(float) - larger).mean()) < 2


def test_an_enlarged_face_is_as_large_as_before_and_has_no_more_detail_than_a_small_one() -> None:
    enlarged, _ = spoilt(Spoiling("enlarged", "16"))
    assert enlarged.shape == spoilt(GOOD)[0].shape
    assert detail(enlarged) < 0.3 * detail(spoilt(GOOD)[0])


@pytest.mark.parametrize("cover", COVERS)
def test_a_cover_hides_part_of_the_face_and_leaves_the_rest(cover: str) -> None:
    image, _ = spoilt(Spoiling("covered", cover))
    changed = np.abs(image.astype(int) - spoilt(GOOD)[0]).max(axis=2) > 30
    face = changed[20:116, 20:100]
    assert 0.05 < face.mean() < 0.65
    eyes, mouth = changed[44:56, 34:86].mean(), changed[90:100, 52:68].mean()
    assert (eyes > mouth) == (cover == "sunglasses") or cover == "half"


def test_an_unknown_cover_is_refused() -> None:
    with pytest.raises(ValueError, match="covered: expected one of"):
        spoilt(Spoiling("covered", "hat"))


def test_chance_is_the_seeds_alone() -> None:
    for spoiling in (Spoiling("noise", "20"), Spoiling("shake", "0.2"), Spoiling("covered", "hand")):
        np.testing.assert_array_equal(spoilt(spoiling, 3)[0], spoilt(spoiling, 3)[0])
    assert (spoilt(Spoiling("noise", "20"), 3)[0] != spoilt(Spoiling("noise", "20"), 4)[0]).any()
