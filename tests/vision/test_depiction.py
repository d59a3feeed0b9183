"""Pictures told from people, on photos put together from the portraits of invented candidates."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest

from fixtures.paths import ELECTION, POSTER_SCENE, UPLOADS
from vision.depiction import read_picture
from vision.faces import FaceDetector
from vision.frames import rectangles_around
from vision.on_body import on_body
from vision.photo import load_photo
from vision.reference_copy import ReferencePicture, find_copy, view_of
from vision.types import DepictionKind, Face, Image, Photo

PORTRAITS = ELECTION.parent / "photos"
WHO = "damar-wicaksatya"


@cache
def detector() -> FaceDetector:
    return FaceDetector(1)


@cache
def opened(path: Path) -> tuple[Photo, tuple[Face, ...]]:
    photo = load_photo(path)
    return photo, tuple(detector()(photo))


def as_photo(pixels: Image) -> tuple[Photo, tuple[Face, ...]]:
    photo = Photo(pixels, pixels.shape[1], pixels.shape[0], "sha256:" + "0" * 64, "PNG")
    return photo, tuple(detector()(photo))


def portrait(who: str, number: int) -> tuple[Image, Face]:
    photo, faces = opened(PORTRAITS / f"{who}-{number}.jpg")
    return photo.pixels, faces[0]


def reference(who: str, number: int) -> ReferencePicture:
    pixels, face = portrait(who, number)
    return ReferencePicture.of(f"photos/{who}-{number}.jpg", pixels, face.box_xyxy)


def on_a_wall(pixels: Image, width: float, lean: float = 0.0) -> Image:
    """A picture hung on a plain wall, seen from the side by ``lean`` of its height."""
    h, w = pixels.shape[:2]
    tall = width * h / w
    x, y = 350.0, 110.0
    corners = np.array([[x, y], [x + width, y + lean * tall], [x + width, y + tall * (1 - lean)], [x, y + tall]])
    wall = np.full((720, 960, 3), (188, 176, 160), np.uint8)
    matrix = cv2.getPerspectiveTransform(
        np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32), corners.astype(np.float32)
    )
    laid = cv2.warpPerspective(pixels, matrix, (960, 720), flags=cv2.INTER_AREA)
    covered = cv2.warpPerspective(np.full((h, w), 255, np.uint8), matrix, (960, 720)) > 127
    wall[covered] = laid[covered]
    rng = np.random.default_rng(3)
    noisy = cv2.GaussianBlur(wall, (0, 0), 0.7).astype(np.float32) + rng.normal(0, 2, wall.shape)
    return np.asarray(np.clip(noisy, 0, 255), np.uint8)


@pytest.mark.parametrize(("width", "lean"), [(300, 0.0), (240, 0.06), (160, 0.03)])
def test_a_reference_photo_is_found_again(width: float, lean: float) -> None:
    pixels, _ = portrait(WHO, 1)
    photo, faces = as_photo(on_a_wall(pixels, width, lean))
    (found,) = read_picture(photo, faces[:1], [(reference(WHO, 2), reference(WHO, 1))]).depictions
    assert found[0].kind is DepictionKind.REFERENCE
    assert found[0].reference == f"photos/{WHO}-1.jpg"
    middle = found[0].quad_xy.mean(0)
    assert 350 < middle[0] < 350 + width


@pytest.mark.parametrize("number", [2, 3])
def test_another_photo_of_the_same_person_is_no_copy(number: int) -> None:
    pixels, face = portrait(WHO, 1)
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    copies = find_copy(view_of(pixels, face.box_xyxy), reference(WHO, number).view, size)
    assert not any(each.sure for each in copies)


def test_a_photo_is_a_copy_of_itself() -> None:
    pixels, face = portrait(WHO, 1)
    (copy,) = find_copy(view_of(pixels, face.box_xyxy), reference(WHO, 1).view, 200.0)
    assert copy.sure
    assert copy.score > 0.95


def test_a_plain_picture_has_nothing_to_find() -> None:
    flat = np.full((200, 200, 3), 128, np.uint8)
    box = np.array([60, 60, 140, 140], np.float32)
    assert find_copy(view_of(flat, box), reference(WHO, 1).view, 80.0) == ()
    assert rectangles_around(flat, box, []) == ()


def test_another_picture_of_a_candidate_lies_in_a_rectangle() -> None:
    pixels, _ = portrait(WHO, 2)
    photo, faces = as_photo(on_a_wall(pixels, 260, 0.05))
    (found,) = read_picture(photo, faces[:1], [()]).depictions
    assert found[0].kind is DepictionKind.PRINT
    assert found[0].reference == ""
    assert np.abs(found[0].quad_xy[0] - [350, 110]).max() < 12


def test_the_poster_on_the_wall_is_a_picture_and_the_people_beside_it_are_not() -> None:
    photo, faces = opened(POSTER_SCENE)
    largest = reference(WHO, 1)
    reading = read_picture(photo, faces, [(largest,)] * len(faces))
    where = {bool(why): float(face.box_xyxy[0]) for face, why in zip(faces, reading.depictions, strict=True)}
    assert sum(bool(why) for why in reading.depictions) == 1
    assert where[True] > where[False]
    assert len(reading.layout.panels_xyxy) == 0


@pytest.mark.parametrize("name", ["dinas-kesehatan/IMG_20240925_081502.jpg", "unggahan/IMG-20241012-WA0002.jpg"])
def test_people_who_are_there_are_no_pictures(name: str) -> None:
    photo, faces = opened(UPLOADS / name)
    candidates = tuple(reference(who, 1) for who in (WHO, "tegar-lintangbuana"))
    reading = read_picture(photo, faces, [candidates] * len(faces))
    assert len(faces) >= 2
    assert not any(reading.depictions)
    assert not reading.layout.screenshot


def test_a_smaller_face_on_a_chest_is_a_print() -> None:
    above = np.array([100, 100, 200, 200], np.float32)
    on_chest = np.array([125, 330, 175, 380], np.float32)
    assert on_body(on_chest, [above]) > 0.5
    assert on_body(above, [on_chest]) == 0
    assert on_body(on_chest + np.array([150, 0, 150, 0], np.float32), [above]) == 0
    in_front = np.array([90, 330, 210, 450], np.float32)  # nearer to the camera, so larger
    assert on_body(in_front, [above]) == 0


def test_a_print_is_told_of_a_face_that_looks_like_a_candidate_only() -> None:
    pixels = np.random.default_rng(5).integers(90, 110, (500, 400, 3)).astype(np.uint8)
    photo = Photo(pixels, 400, 500, "sha256:" + "0" * 64, "PNG")
    keypoints = np.zeros((6, 2), np.float32)
    faces = [Face(np.array(box), keypoints, 0.9) for box in ([100, 100, 200, 200], [125, 330, 175, 380])]
    assert read_picture(photo, faces, [(), ()]).depictions == ((), ())
    _, found = read_picture(photo, faces, [(), (reference(WHO, 1),)]).depictions
    assert found[0].kind is DepictionKind.PRINT


def test_who_is_in_a_picture_wears_nothing() -> None:
    pixels, _ = portrait(WHO, 2)
    photo, faces = as_photo(on_a_wall(pixels, 260, 0.05))
    x0, _, x1, y1 = faces[0].box_xyxy
    middle, size = (x0 + x1) / 2, x1 - x0
    box = np.array([middle - 0.2 * size, y1 + size, middle + 0.2 * size, y1 + 1.4 * size], np.float32)
    visitor = Face(box, np.zeros((6, 2), np.float32), 0.9)
    assert on_body(visitor.box_xyxy, [faces[0].box_xyxy]) > 0.5
    banner, before_it = read_picture(
        photo, [faces[0], visitor], [(reference(WHO, 2),), (reference(WHO, 1),)]
    ).depictions
    assert banner[0].kind is DepictionKind.REFERENCE
    assert before_it == ()


def test_there_is_an_answer_for_every_face() -> None:
    photo, faces = opened(POSTER_SCENE)
    with pytest.raises(ValueError, match="references"):
        read_picture(photo, faces, [()])
    assert read_picture(photo, [], []).depictions == ()
