"""Where labels go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vision.labels import Wish, overlaps, place
from vision.types import Floats

NONE = np.zeros((0, 4), np.float32)


def box(x0: float, y0: float, x1: float, y1: float) -> Floats:
    return np.array([x0, y0, x1, y1], np.float32)


def test_overlaps_are_in_square_pixels() -> None:
    others = np.stack([box(5, 5, 15, 15), box(10, 10, 20, 20), box(-5, -5, 1, 100)])
    assert overlaps(box(0, 0, 10, 10)[None], others).tolist() == [[25, 0, 10]]


def test_a_label_stands_above_its_face() -> None:
    face = box(100, 100, 150, 160)
    assert place([Wish(face, (80, 20), (0,))], face[None], NONE, (400, 300)).tolist() == [[100, 80, 180, 100]]


def test_at_the_upper_edge_it_stands_below() -> None:
    face = box(100, 2, 150, 62)
    assert place([Wish(face, (80, 20), (0,))], face[None], NONE, (400, 300)).tolist() == [[100, 62, 180, 82]]


def test_between_a_face_above_and_one_below_it_stands_beside() -> None:
    faces = np.stack([box(100, 100, 150, 160), box(90, 40, 190, 99), box(90, 161, 190, 220)])
    (label,) = place([Wish(faces[0], (40, 20), (0,))], faces, NONE, (400, 300))
    assert overlaps(label[None], faces).sum() == 0
    assert label[0] == 150


def test_the_first_label_has_the_choice_and_the_second_gives_way() -> None:
    face = box(100, 100, 150, 160)
    wishes = [Wish(face, (80, 20), (0,))] * 2
    first, second = place(wishes, face[None], NONE, (400, 300))
    assert first.tolist() == [100, 80, 180, 100]
    assert overlaps(second[None], first[None]).sum() == 0


def test_where_there_is_no_room_its_own_face_is_covered_before_anothers() -> None:
    faces = np.stack([box(0, 0, 50, 60), box(50, 0, 100, 60)])
    (label,) = place([Wish(faces[1], (40, 10), (1,))], faces, NONE, (100, 60))
    assert overlaps(label[None], faces)[0, 0] == 0


def test_a_label_larger_than_the_picture_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        place([Wish(box(0, 0, 5, 5), (11, 5))], NONE, NONE, (10, 10))


boxes = st.builds(
    lambda x, y, w, h: box(x, y, x + w, y + h),
    *[st.floats(-50, 450, width=32)] * 2,
    *[st.floats(1, 200, width=32)] * 2,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(boxes, min_size=1, max_size=12), st.tuples(st.integers(1, 100), st.integers(1, 30)))
def test_labels_keep_their_size_and_stay_inside_the_picture(faces: list[Floats], size_wh: tuple[int, int]) -> None:
    wishes = [Wish(face, size_wh, (i,)) for i, face in enumerate(faces)]
    placed = place(wishes, np.stack(faces), NONE, (400, 300))
    assert (placed[:, :2] >= 0).all()
    assert (placed[:, 2:] <= (400, 300)).all()
    assert (placed[:, 2:] - placed[:, :2] == size_wh).all()
    assert np.array_equal(placed, place(wishes, np.stack(faces), NONE, (400, 300))), "not the same twice"
