"""Rectangles around faces and what is seen of them, on pictures drawn here."""

import cv2
import numpy as np
import pytest

from vision.depiction import SURE, counts
from vision.frame_colours import NAMES as COLOURS
from vision.frame_colours import colour_cues
from vision.frame_cues import NAMES, WEIGHTS, likelihoods
from vision.frames import SMALLER, TILTED, rectangles_around
from vision.types import Floats, Image

WALL = (196, 188, 176)
SKIN, CLOTHES, GROUND = (170, 120, 96), (40, 60, 120), (224, 232, 240)
FACE = np.array([260, 150, 300, 190], np.float32)


def somebody(pixels: Image, x: int, y: int, size: int, end: int) -> None:
    """A head at a place and a body below it, down to a row."""
    cv2.rectangle(pixels, (x - int(1.1 * size), y + size), (x + int(1.1 * size), end), CLOTHES, -1)
    cv2.ellipse(pixels, (x, y), (size // 2, int(0.62 * size)), 0, 0, 360, SKIN, -1)


def seen(pixels: Image, seed: int = 1) -> Image:
    noise = np.random.default_rng(seed).normal(0, 2, pixels.shape)
    return np.asarray(np.clip(cv2.GaussianBlur(pixels, (0, 0), 0.8) + noise, 0, 255), np.uint8)


def a_sheet(tilt: float = 0.0) -> Image:
    """A sheet on a wall with a picture of somebody, cut off at its lower side."""
    sheet = np.full((480, 640, 3), GROUND, np.uint8)
    somebody(sheet, 280, 170, 40, 290)
    inside = np.zeros((480, 640), np.uint8)
    corners = cv2.boxPoints(((280, 200), (150, 180), tilt)).astype(np.int32)
    cv2.fillConvexPoly(inside, corners, (255,))
    wall = np.full((480, 640, 3), WALL, np.uint8)
    wall[inside > 0] = sheet[inside > 0]
    return seen(wall)


def before_a_board() -> Image:
    """Somebody who stands before a board that hangs on the wall."""
    wall = np.full((480, 640, 3), WALL, np.uint8)
    cv2.rectangle(wall, (190, 90), (390, 300), (110, 70, 40), 8)
    somebody(wall, 280, 170, 40, 480)
    return seen(wall)


@pytest.mark.parametrize("tilt", [3.0, 6.0, 9.0])
def test_a_sheet_that_cuts_a_body_off_is_a_picture(tilt: float) -> None:
    (best, *_) = rectangles_around(a_sheet(tilt), FACE, [])
    assert best.score > SURE
    assert np.abs(best.quad_xy.mean(0) - [280, 200]).max() < 6
    assert counts(best, a_sheet(tilt))


def test_a_board_behind_somebody_makes_no_picture() -> None:
    assert all(each.score < SURE for each in rectangles_around(before_a_board(), FACE, []))


def test_the_likeliest_comes_first_and_every_cue_has_a_name() -> None:
    found = rectangles_around(a_sheet(5.0), FACE, [], keep=5)
    assert 1 < len(found) <= 5
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    assert all(each.cues.shape == (len(NAMES),) == WEIGHTS.shape for each in found)
    assert np.allclose(likelihoods(np.stack([each.cues for each in found])), [each.score for each in found])


def test_a_smaller_head_before_a_body_speaks_for_a_picture() -> None:
    pixels = a_sheet(5.0)
    alone, among = NAMES.index("nobody else"), NAMES.index("somebody smaller before")
    smaller: Floats = np.array([300, 250, 330, 280], np.float32)
    (by_itself, *_), (with_one, *_) = rectangles_around(pixels, FACE, []), rectangles_around(pixels, FACE, [smaller])
    assert (by_itself.cues[alone], with_one.cues[alone]) == (1, 0)
    assert by_itself.cues[among] == 0
    assert with_one.cues[among] == pytest.approx(np.log(4 / 3))
    tiny: Floats = np.array([300, 250, 312, 262], np.float32)
    (with_tiny, *_) = rectangles_around(pixels, FACE, [tiny])
    assert with_tiny.cues[among] == SMALLER
    larger: Floats = np.array([290, 240, 350, 300], np.float32)
    (behind, *_) = rectangles_around(pixels, FACE, [larger])
    assert behind.cues[among] == 0


def test_the_edge_of_a_table_is_no_lower_side() -> None:
    wall = np.full((480, 640, 3), WALL, np.uint8)
    cv2.rectangle(wall, (190, 60), (390, 420), (110, 70, 40), 8)
    somebody(wall, 280, 170, 40, 480)
    wall[300:] = (60, 90, 60)
    assert all(each.quad_xy[2:, 1].mean() < 290 for each in rectangles_around(seen(wall), FACE, [], keep=24))


def test_a_body_that_goes_on_below_is_seen() -> None:
    quad = np.array([[[200, 100], [360, 100], [360, 300], [200, 300]]], float)
    hidden, sides = np.zeros((480, 640), bool), np.zeros((1, 4), bool)
    standing = np.full((480, 640, 3), WALL, np.uint8)
    somebody(standing, 280, 170, 40, 480)
    on, _ = colour_cues(standing, hidden, FACE.astype(float), quad, sides)
    off, cut = colour_cues(a_sheet(), hidden, FACE.astype(float), quad - 10.0 * np.eye(2)[1], sides)
    assert on[0, COLOURS.index("goes on")] == 1
    assert off[0, COLOURS.index("goes on")] == 0
    assert cut[0] > 0.5
    assert off[0, COLOURS.index("alien")] == 0


def test_nothing_is_around_a_face_on_a_plain_ground() -> None:
    assert (
        rectangles_around(np.full((300, 300, 3), 128, np.uint8), np.array([100, 100, 160, 160], np.float32), []) == ()
    )


@pytest.mark.parametrize(("name", "most"), [("tilted", TILTED), ("somebody smaller before", SMALLER)])
def test_what_hangs_on_how_people_pose_never_outweighs_the_sides(name: str, most: float) -> None:
    assert most * WEIGHTS[NAMES.index(name)] <= 2.5
    assert 0 < WEIGHTS[NAMES.index("above the others")] <= 2.5
    assert 0 < WEIGHTS[NAMES.index("nobody else")] <= 1
