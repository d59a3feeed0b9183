"""Depictions and layouts are checked when they are made."""

import numpy as np
import pytest

from vision.types import Depiction, DepictionKind, PhotoLayout, PictureReading

QUAD = np.array([[0, 0], [10, 0], [10, 20], [0, 20]], np.float32)


def test_a_depiction_keeps_a_read_only_quad() -> None:
    found = Depiction(DepictionKind.PRINT, QUAD, 0.8)
    assert found.quad_xy.shape == (4, 2)
    with pytest.raises(ValueError, match="read-only"):
        found.quad_xy[0, 0] = 5


def test_only_a_reference_photo_names_one() -> None:
    assert Depiction(DepictionKind.REFERENCE, QUAD, 0.9, "photos/sari-1.jpg").reference == "photos/sari-1.jpg"
    with pytest.raises(ValueError, match="reference"):
        Depiction(DepictionKind.REFERENCE, QUAD, 0.9)
    with pytest.raises(ValueError, match="reference"):
        Depiction(DepictionKind.SCREEN, QUAD, 0.9, "photos/sari-1.jpg")


@pytest.mark.parametrize("quad", [QUAD[:3], QUAD * np.nan])
def test_a_quad_has_four_finite_corners(quad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="quad_xy"):
        Depiction(DepictionKind.PRINT, quad, 0.5)


def test_a_score_is_from_0_to_1() -> None:
    with pytest.raises(ValueError, match="score"):
        Depiction(DepictionKind.PRINT, QUAD, 1.5)


def test_a_box_is_in_the_panel_that_holds_its_middle_or_is_nearest() -> None:
    layout = PhotoLayout(False, (np.array([0, 0, 100, 100]), np.array([110, 0, 200, 100])))
    assert layout.panel_of([10, 10, 50, 50]) == 0
    assert layout.panel_of([90, 10, 140, 50]) == 1
    assert layout.panel_of([300, 300, 340, 350]) == 1
    assert PhotoLayout().panel_of([10, 10, 50, 50]) == 0


def test_panels_are_boxes() -> None:
    with pytest.raises(ValueError, match=r"panels_xyxy\[0\]"):
        PhotoLayout(False, (np.array([10, 0, 0, 100]),))


def test_a_reading_has_no_layout_to_speak_of_unless_told() -> None:
    reading = PictureReading(((), ()))
    assert not reading.layout.screenshot
    assert not reading.layout.panels_xyxy
