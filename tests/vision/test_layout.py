"""Collages and screenshots, drawn here."""

from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image as PillowImage

from vision.layout import layout_of
from vision.types import Floats, Image


def scene(seed: int, width: int, height: int) -> Image:
    """Something as uneven as a photo."""
    rng = np.random.default_rng(seed)
    rough = rng.uniform(20, 235, (6, 8, 3)).astype(np.float32)
    smooth = cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(smooth + rng.normal(0, 3, smooth.shape), 0, 255), np.uint8)


def jpeg(pixels: Image, quality: int = 80) -> Image:
    out = BytesIO()
    PillowImage.fromarray(pixels).save(out, "JPEG", quality=quality)
    return np.asarray(PillowImage.open(out).convert("RGB"))


def face(x: float, y: float, size: float = 60) -> Floats:
    return np.array([x - size / 2, y - size / 2, x + size / 2, y + size / 2], np.float32)


@pytest.mark.parametrize("gutter", [0, 3, 12])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_photos_side_by_side_are_apart(gutter: int, seed: int) -> None:
    both = np.full((500, 800 + gutter, 3), 255, np.uint8)
    both[:, :400], both[:, 400 + gutter :] = scene(seed, 400, 500), scene(seed + 50, 400, 500)
    faces = [face(200, 250), face(600 + gutter, 250), face(700 + gutter, 200)]
    layout = layout_of(jpeg(both), faces)
    assert not layout.screenshot
    assert len(layout.panels_xyxy) == 2
    assert [layout.panel_of(each) for each in faces] == [0, 1, 1]


def test_four_photos_are_four_parts() -> None:
    grid = np.full((610, 810, 3), 255, np.uint8)
    for i, (x, y) in enumerate([(0, 0), (410, 0), (0, 310), (410, 310)]):
        grid[y : y + 300, x : x + 400] = scene(i, 400, 300)
    faces = [face(200, 150), face(610, 150), face(200, 460), face(610, 460)]
    layout = layout_of(jpeg(grid), faces)
    assert [layout.panel_of(each) for each in faces] == [0, 1, 2, 3]


def test_a_part_in_which_no_face_was_found_hides_no_seam() -> None:
    sheet = np.full((610, 820, 3), 255, np.uint8)
    sheet[:300] = scene(1, 820, 300)
    for i, x in enumerate([0, 280, 560]):
        sheet[310:, x : x + 260] = scene(10 + i, 260, 300)
    faces = [face(130, 460), face(410, 460), face(690, 460)]
    assert [layout_of(jpeg(sheet), faces).panel_of(each) for each in faces] == [0, 1, 2]


@pytest.mark.parametrize("seed", range(6))
def test_one_photo_is_one_part(seed: int) -> None:
    assert layout_of(jpeg(scene(seed, 800, 600)), [face(200, 300), face(600, 300)]).panels_xyxy == ()


def test_the_edge_of_a_wall_that_people_stand_before_is_no_seam() -> None:
    room = np.full((600, 800, 3), (200, 190, 170), np.uint8)
    room[330:] = (90, 70, 60)
    for x in (200, 600):
        room[200:600, x - 70 : x + 70] = scene(x, 140, 400)
    noise = np.random.default_rng(1).normal(0, 2, room.shape)
    photo = jpeg(np.clip(room + noise, 0, 255).astype(np.uint8))
    assert layout_of(photo, [face(200, 240), face(600, 420)]).panels_xyxy == ()


def test_a_photo_with_one_face_is_not_cut() -> None:
    both = np.hstack([scene(1, 400, 500), scene(2, 400, 500)])
    assert layout_of(both, [face(200, 250)]).panels_xyxy == ()


def screen(ground: tuple[int, int, int], ink: tuple[int, int, int]) -> Image:
    """A phone's screen with a bar, a name, a photo and a caption."""
    pixels = np.full((1280, 720, 3), ground, np.uint8)
    cv2.putText(pixels, "09.41", (28, 32), cv2.FONT_HERSHEY_SIMPLEX, 0.8, ink, 2)
    for x in (600, 640, 680):
        cv2.rectangle(pixels, (x, 14), (x + 20, 32), ink, -1)
    cv2.circle(pixels, (70, 100), 30, (120, 40, 160), -1)
    cv2.putText(pixels, "Wirabumi", (130, 110), cv2.FONT_HERSHEY_SIMPLEX, 1, ink, 2)
    pixels[200:740] = scene(9, 720, 540)
    cv2.putText(pixels, "rapat kerja hari ini", (30, 820), cv2.FONT_HERSHEY_SIMPLEX, 1, ink, 2)
    return pixels


@pytest.mark.parametrize(("ground", "ink"), [((255, 255, 255), (20, 20, 20)), ((11, 20, 26), (235, 235, 235))])
@pytest.mark.parametrize("quality", [50, 90])
def test_a_screenshot_holds_its_picture(ground: tuple[int, int, int], ink: tuple[int, int, int], quality: int) -> None:
    layout = layout_of(jpeg(screen(ground, ink), quality), [face(300, 450)])
    assert layout.screenshot
    (content,) = layout.panels_xyxy
    assert np.abs(content - [0, 200, 720, 740]).max() < 12


def test_a_page_whose_picture_is_as_high_as_the_screen_is_a_screenshot() -> None:
    pixels = np.full((768, 1366, 3), (12, 19, 29), np.uint8)
    cv2.putText(pixels, "09.41", (20, 20), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (235, 235, 235), 1)
    for x in (1260, 1290, 1320):
        cv2.rectangle(pixels, (x, 8), (x + 14, 20), (235, 235, 235), -1)
    cv2.putText(pixels, "Wirabumi", (90, 60), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (235, 235, 235), 1)
    pixels[80:, 400:1000] = scene(9, 600, 688)
    layout = layout_of(jpeg(pixels), [face(700, 400)])
    assert layout.screenshot
    assert np.abs(layout.panels_xyxy[0] - [400, 80, 1000, 768]).max() < 20


def test_a_coloured_band_that_jpeg_has_run_into_is_a_seam() -> None:
    both = np.full((500, 811, 3), (80, 60, 120), np.uint8)
    both[:, :400], both[:, 411:] = scene(1, 400, 500), scene(51, 400, 500)
    faces = [face(200, 250), face(611, 250)]
    layout = layout_of(jpeg(both, 50), faces)
    assert [layout.panel_of(each) for each in faces] == [0, 1]


def test_a_photo_with_a_white_border_is_no_screenshot() -> None:
    pixels = np.full((800, 600, 3), 255, np.uint8)
    pixels[60:700, 40:560] = scene(4, 520, 640)
    assert not layout_of(jpeg(pixels), [face(300, 300)]).screenshot


def test_boxes_are_in_the_pixels_that_were_given() -> None:
    """A large picture is looked at smaller."""
    both = np.hstack([scene(1, 1500, 2000), scene(2, 1500, 2000)])
    layout = layout_of(both, [face(700, 900, 200), face(2300, 900, 200)])
    assert len(layout.panels_xyxy) == 2
    assert abs(layout.panels_xyxy[0][2] - 1500) < 8
    assert layout.panels_xyxy[1][2] == 3000
