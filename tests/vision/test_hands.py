from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netra.symbols import SYMBOLS
from vision import hands
from vision.boxes import iou
from vision.hands import HandFinder
from vision.photo import load_photo
from vision.types import Face, Hand, Image, Photo

InventedPhotos = list[tuple[Path, dict[str, Any]]]


def hand(x: float, y: float, size: float, presence: float) -> Hand:
    keypoints = np.stack([np.linspace(x, x + size, 21), np.linspace(y, y + size, 21)], axis=1).astype(np.float32)
    box = np.array([x, y, x + size, y + size], np.float32)
    return Hand(box, keypoints, np.zeros((21, 3), np.float32), "right", 0.9, presence)


def test_a_hand_seen_twice_is_kept_once_where_it_is_surest() -> None:
    twice = [hand(10, 10, 50, 0.7), hand(12, 11, 50, 0.9), hand(200, 10, 50, 0.6)]
    kept = hands.distinct(twice)
    assert [each.presence for each in kept] == pytest.approx([0.9, 0.6])


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(5, 60), st.floats(0.5, 1)), max_size=12))
def test_distinct_hands_overlap_little_and_stand_for_all(rows: list[tuple[int, int, int, float]]) -> None:
    found = [hand(*row) for row in rows]
    kept = hands.distinct(found)
    for index, one in enumerate(kept):
        others = np.array([other.box_xyxy for other in kept[:index]], np.float32).reshape(-1, 4)
        assert (iou(one.box_xyxy, others) <= hands.SAME_HAND).all()
    for one in found:
        near = iou(one.box_xyxy, np.array([other.box_xyxy for other in kept], np.float32))
        stands = [other.presence >= one.presence for other, overlap in zip(kept, near, strict=True) if overlap > 0.5]
        assert any(stands)


@pytest.fixture(scope="module")
def finder() -> HandFinder:
    return HandFinder()


def photo_of(pixels: Image, times: int = 1) -> Photo:
    height, width = pixels.shape[:2]
    return Photo(pixels, width * times, height * times, "sha256:" + "0" * 64, "PNG")


@pytest.mark.parametrize("size_wh", [(16, 16), (900, 40), (40, 900), (640, 480)])
def test_there_are_no_hands_in_a_picture_of_nothing(finder: HandFinder, size_wh: tuple[int, int]) -> None:
    picture = np.full((size_wh[1], size_wh[0], 3), 127, np.uint8)
    box = np.array([0, 0, 12, 12], np.float32)
    somebody = Face(box, np.full((6, 2), 6, np.float32), 0.9)
    assert finder(photo_of(picture), [somebody]) == ()
    assert finder(photo_of(picture), []) == ()


def faces_of(truth: dict[str, Any]) -> list[Face]:
    found = []
    for person in truth["people"]:
        x, y, width, height = person["box"]
        middle = np.array([x + width / 2, y + height / 2], np.float32)
        found.append(Face(np.array([x, y, x + width, y + height], np.float32), np.tile(middle, (6, 1)), 1.0))
    return found


def nearest(keypoints: list[list[float]], found: tuple[Hand, ...]) -> float:
    """The mean distance of the nearest hand found, in sizes of the true hand."""
    points = np.array(keypoints, np.float32)
    size = float((points.max(0) - points.min(0)).max())
    apart = [float(np.linalg.norm(hand.keypoints_xy - points, axis=1).mean()) / size for hand in found]
    return min(apart, default=np.inf)


def test_hands_that_show_a_symbol_are_found_where_they_are(invented_photos: InventedPhotos, finder: HandFinder) -> None:
    apart: list[tuple[float, str, str]] = []
    missed: list[tuple[float, str, str]] = []
    for path, truth in invented_photos[::3]:
        # MediaPipe sees one hand at a time; of two that touch it seldom finds either.
        shown = [each for each in truth["hands"] if each["symbol"] and SYMBOLS[each["symbol"]].hands == 1]
        if not shown:
            continue
        found = finder(load_photo(path), faces_of(truth))
        for each in shown:
            distance = nearest(each["keypoints"], found)
            (apart if distance < 0.3 else missed).append((distance, truth["path"], each["symbol"]))
    assert len(apart) >= 8
    # A guard against getting worse: when it was written, 75% were found, at a median distance of 0.04.
    assert len(apart) >= 0.6 * (len(apart) + len(missed)), missed
    assert float(np.median([distance for distance, *_ in apart])) < 0.08


def test_hands_come_from_left_to_right_in_pixels_of_the_full_photo(
    invented_photos: InventedPhotos, finder: HandFinder
) -> None:
    path, truth = max(invented_photos, key=lambda photo: sum(each["symbol"] is not None for each in photo[1]["hands"]))
    pixels = load_photo(path).pixels
    small = finder(photo_of(pixels), faces_of(truth))
    larger_truth = {"people": [{"box": [3 * side for side in person["box"]]} for person in truth["people"]]}
    large = finder(photo_of(pixels, times=3), faces_of(larger_truth))
    assert small
    assert [float(one.box_xyxy[0]) for one in small] == sorted(float(one.box_xyxy[0]) for one in small)
    for one, other in zip(small, large, strict=True):
        assert other.keypoints_xy == pytest.approx(one.keypoints_xy * 3, rel=1e-4)
        assert other.world_xyz == pytest.approx(one.world_xyz)
