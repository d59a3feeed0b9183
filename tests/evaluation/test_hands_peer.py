"""The plain count of fingers, and mediapipe itself on one invented photo."""

import numpy as np
import pytest

from evaluation.hands_fingers import FINGERS_UP, fingers_up
from evaluation.hands_peer import MediaPipeHands
from evaluation.hands_truth import NOTHING
from fixtures import ONE_HAND
from netra.symbols import SYMBOLS
from vision.photo import load_photo
from vision.types import Floats


def drawn(thumb: bool, *fingers: bool) -> Floats:
    """A hand upright: the wrist below, four fingers up or bent back to the palm, a thumb out or across."""
    points = np.zeros((21, 2), np.float32)
    points[0] = (0, 0)
    points[1:5] = [(-20, -15), (-35, -30), (-48, -45), (-60, -58) if thumb else (-15, -45)]
    for index, up in enumerate(fingers):
        x = -25 + 17 * index
        tip = (x, -130) if up else (x, -60)
        points[5 + 4 * index : 9 + 4 * index] = [(x, -80), (x, -105), (x, -118 if up else -85), tip]
    return points


@pytest.mark.parametrize("turn", [0, 90, 180, 250])
@pytest.mark.parametrize(
    ("thumb", "fingers", "expected"),
    [
        (False, (False, False, False, False), 0),
        (False, (True, False, False, False), 1),
        (False, (True, True, False, False), 2),
        (True, (True, True, False, False), 3),
        (False, (True, True, True, True), 4),
        (True, (True, True, True, True), 5),
        (True, (False, False, False, False), 1),
    ],
)
def test_fingers_are_counted_however_the_hand_is_turned(
    thumb: bool, fingers: tuple[bool, ...], expected: int, turn: float
) -> None:
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    points = drawn(thumb, *fingers) @ np.array([[cos, -sin], [sin, cos]]).T
    assert fingers_up(np.asarray(points + 300, np.float32)) == expected


def test_counts_belong_to_labels_of_netra() -> None:
    assert set(FINGERS_UP) - {NOTHING} <= set(SYMBOLS)
    assert all(SYMBOLS[label].number == count for label, count in FINGERS_UP.items() if count)


def test_mediapipe_finds_the_invented_hand_and_keeps_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    photo = load_photo(ONE_HAND)
    (seen,) = MediaPipeHands()(photo)
    assert seen.label == ""
    assert 0 <= seen.fingers <= 5
    assert (seen.box_xyxy[:2] >= 0).all()
    assert (seen.box_xyxy[2:] <= (photo.width, photo.height)).all()
    assert capfd.readouterr().err == ""
