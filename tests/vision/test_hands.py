from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netra.symbols import SYMBOLS
from vision import hands, palms
from vision.boxes import iou
from vision.hands import HandFinder
from vision.photo import load_photo
from vision.types import Face, Floats, Hand, Image, Photo

InventedPhotos = list[tuple[Path, dict[str, Any]]]


@st.composite
def pictures_with_faces(draw: st.DrawFn) -> tuple[int, int, list[Floats]]:
    """A picture's size, and boxes of faces whose middles lie in it."""
    width, height = draw(st.integers(64, 4000)), draw(st.integers(64, 4000))
    found = []
    for _ in range(draw(st.integers(0, 14))):
        x, y = draw(st.floats(0, 1)) * width, draw(st.floats(0, 1)) * height
        half = draw(st.floats(0.01, 0.35)) * max(width, height) / 2
        narrow = draw(st.floats(0.7, 1))
        found.append(np.array([x - half * narrow, y - half, x + half * narrow, y + half], np.float32))
    return width, height, found


def window(face_xyxy: Floats) -> Floats:
    """Where the hands of that face's person can be: the figures of the design, section 5."""
    x, y = (face_xyxy[:2] + face_xyxy[2:]) / 2
    size = float((face_xyxy[2:] - face_xyxy[:2]).max())
    return np.array([x - 3.2 * size, y - 1.5 * size, x + 3.2 * size, y + 4.9 * size], np.float32)


def hand(x: float, y: float, size: float, presence: float) -> Hand:
    keypoints = np.stack([np.linspace(x, x + size, 21), np.linspace(y, y + size, 21)], axis=1).astype(np.float32)
    box = np.array([x, y, x + size, y + size], np.float32)
    return Hand(box, keypoints, np.zeros((21, 3), np.float32), "right", 0.9, presence)


@given(pictures_with_faces())
def test_the_reach_of_every_person_lies_in_some_look(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case
    looks = hands.looks_for(width, height, faces)
    picture = np.array([0, 0, width, height], np.float32)
    for face in faces:
        reach = window(face)
        seen = np.concatenate([np.maximum(reach[:2], picture[:2]), np.minimum(reach[2:], picture[2:])])
        near = 1e-3 * max(width, height)
        assert any(
            (look.box_xyxy[:2] <= seen[:2] + near).all() and (look.box_xyxy[2:] >= seen[2:] - near).all()
            for look in looks
        )


@given(pictures_with_faces())
def test_looks_show_faces_at_a_size_at_which_palms_are_found(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case
    looks = hands.looks_for(width, height, faces)
    for face in faces:
        size, reach = float((face[2:] - face[:2]).max()), window(face)
        inside = [
            look
            for look in looks
            if (look.box_xyxy[:2] <= np.maximum(reach[:2], 0) + 1).all()
            and (look.box_xyxy[2:] >= np.minimum(reach[2:], [width, height]) - 1).all()
        ]
        shown = [look.scale * size for look in inside]
        enlarged = [look.scale >= hands.LARGEST_SCALE for look in inside]
        wanted = hands.FACE_IN_CANVAS
        assert any(wanted / 1.51 <= pixels <= wanted * 1.51 for pixels in shown) or any(enlarged), shown


@given(pictures_with_faces())
def test_looks_are_bounded_and_fit_the_detector(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case
    looks = hands.looks_for(width, height, faces)
    assert 1 <= len(looks) <= len(faces) + 1
    room = hands.WHOLE_MARGIN * max(width, height) + max([float((face[2:] - face[:2]).max()) for face in faces] + [0])
    for look in looks:
        assert (look.box_xyxy[2:] > look.box_xyxy[:2]).all()
        assert (look.box_xyxy[:2] >= -room - 1).all()
        assert (look.box_xyxy[2:] <= np.array([width, height]) + room + 1).all()
        assert 0 < look.scale <= max(hands.LARGEST_SCALE, hands.WHOLE_SIDE / max(width, height))
        for canvas, side in zip(look.canvas_size[::-1], look.box_xyxy[2:] - look.box_xyxy[:2], strict=True):
            assert canvas % palms.MULTIPLE == 0
            assert canvas >= side * look.scale - 1
            assert canvas < side * look.scale + palms.MULTIPLE + 1


@given(pictures_with_faces())
def test_people_together_cost_no_more_than_each_alone(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case

    def pixels(looks: list[hands.Look]) -> int:
        return sum(rows * columns for rows, columns in (look.canvas_size for look in looks))

    whole = pixels(hands.looks_for(width, height, []))
    alone = sum(pixels(hands.looks_for(width, height, [face])) for face in faces)
    # Faces may be shown up to half as large again as alone, to share a look with larger ones.
    assert pixels(hands.looks_for(width, height, faces)) <= whole + 1.5**2 * alone


def test_a_row_of_people_shares_one_look() -> None:
    row = [np.array([x, 200, x + 60, 260], np.float32) for x in range(100, 1500, 150)]
    looks = hands.looks_for(1600, 700, row)
    assert len([look for look in looks if look.scale > 0.3]) == 1


def test_without_people_the_whole_picture_is_searched_with_room_around_it() -> None:
    (look,) = hands.looks_for(640, 480, [])
    assert look.box_xyxy == pytest.approx([-192, -144, 832, 624])
    assert look.canvas_size == (160, 192)


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
    part, corner = hands.cut_out(image, box)
    assert (corner <= box[:2]).all()
    assert (corner + np.array(part.shape[1::-1]) >= box[2:]).all()
    assert (np.array(part.shape[1::-1]) <= box[2:] - box[:2] + 2).all()
    rows = np.clip(np.arange(part.shape[0]) + int(corner[1]), 0, height - 1)
    columns = np.clip(np.arange(part.shape[1]) + int(corner[0]), 0, width - 1)
    assert np.array_equal(part, image[rows][:, columns])


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
