import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision import face_looks
from vision.face_looks import Answer
from vision.looks import Look

SIDES = st.integers(16, 20_000)


@given(SIDES, SIDES)
def test_looks_at_the_whole_reach_from_a_face_that_fills_it_to_the_smallest(width: int, height: int) -> None:
    looks = face_looks.whole_looks(width, height)
    sides = [look.scale * max(width, height) for look in looks]
    assert face_looks.COARSEST_SIDE - 1 <= sides[0] <= face_looks.COARSEST_SIDE / face_looks.STEP**0.5 + 1
    assert sides == sorted(sides)
    assert sides[-1] <= face_looks.FINEST_SIDE + 0.5
    assert all(larger <= 3 * smaller for smaller, larger in itertools.pairwise(sides)), "no gap between two looks"
    finest = face_looks.SMALLEST_FACE_IN_PICTURE * looks[-1].scale
    assert finest >= face_looks.SMALLEST_ANSWER - 0.1 or sides[-1] == pytest.approx(face_looks.FINEST_SIDE)
    assert all(look.box_xyxy == pytest.approx([0, 0, width, height]) for look in looks)


@st.composite
def answered(draw: st.DrawFn) -> tuple[int, int, list[Answer]]:
    width, height = draw(st.integers(64, 4000)), draw(st.integers(64, 4000))
    answers = [
        Answer(
            (draw(st.floats(0, 1)) * width, draw(st.floats(0, 1)) * height),
            draw(st.floats(0.01, 0.4)) * max(width, height),
            draw(st.floats(0.1, 1)),
        )
        for _ in range(draw(st.integers(0, 12)))
    ]
    return width, height, answers


@given(answered())
def test_every_weak_answer_is_looked_at_once_more_large_enough(case: tuple[int, int, list[Answer]]) -> None:
    width, height, answers = case
    finest = face_looks.whole_looks(width, height)[-1].scale
    looks = face_looks.closer_looks(answers, width, height, finest)
    for answer in answers:
        if answer.score >= face_looks.SURE:
            continue
        centre = np.clip(answer.centre_xy, 0, (width, height))
        holds = [
            look
            for look in looks
            if (look.box_xyxy[:2] <= centre + 1).all() and (look.box_xyxy[2:] >= centre - 1).all()
        ]
        wanted = min(1.0, face_looks.CLOSER_FACE / answer.side, face_looks.MOST_CLOSER * finest)
        assert any(look.scale >= wanted / face_looks.ALIKE - 1e-6 for look in holds)


@given(answered())
def test_closer_looks_are_bounded(case: tuple[int, int, list[Answer]]) -> None:
    width, height, answers = case
    finest = face_looks.whole_looks(width, height)[-1].scale
    looks = face_looks.closer_looks(answers, width, height, finest)
    assert len(looks) <= len(answers) + 1
    assert all(look.scale <= 1.0 for look in looks)
    assert all(
        look.scale * max(width, height) <= face_looks.LARGEST_CLOSER + 1 for look in looks if _is_whole(look, width)
    )


def _is_whole(look: Look, width: int) -> bool:
    return bool(look.box_xyxy[0] == 0 and look.box_xyxy[2] == width)


def test_sure_faces_of_a_good_size_need_no_closer_look() -> None:
    assert face_looks.closer_looks([Answer((300, 200), 120, 0.9)], 960, 720, 0.29) == ()
    assert face_looks.closer_looks([], 960, 720, 0.29) == ()


def test_a_weak_answer_comes_into_the_middle_of_a_small_look() -> None:
    (look,) = face_looks.closer_looks([Answer((500, 400), 56, 0.3)], 960, 720, 0.29)
    assert look.box_xyxy.reshape(2, 2).mean(0) == pytest.approx([500, 400])
    assert look.scale * 56 == pytest.approx(face_looks.CLOSER_FACE)
    assert look.canvas_size == (face_looks.CLOSER_SIDE, face_looks.CLOSER_SIDE)


def test_a_look_at_the_edge_is_moved_into_the_picture() -> None:
    (look,) = face_looks.closer_looks([Answer((5, 5), 56, 0.3)], 960, 720, 0.29)
    assert look.box_xyxy[:2] == pytest.approx([0, 0])


def test_neighbours_share_a_look() -> None:
    row = [Answer((400 + 60 * place, 300), 40, 0.4) for place in range(2)]
    assert len(face_looks.closer_looks(row, 1600, 1200, 0.29)) == 1
    far = [Answer((400 + 600 * place, 300), 40, 0.4) for place in range(2)]
    assert len(face_looks.closer_looks(far, 1600, 1200, 0.29)) == 2


def test_where_people_stand_far_off_everything_is_looked_at_closer() -> None:
    looks = face_looks.closer_looks([Answer((400, 300), 36, 0.9)], 1600, 1200, 0.29)
    assert any(look.box_xyxy == pytest.approx([0, 0, 1600, 1200]) and look.scale > 0.29 for look in looks)


@pytest.mark.parametrize(("count", "looks"), [(face_looks.CROWD_OF_WHISPERS, 1), (face_looks.CROWD_OF_WHISPERS - 1, 0)])
def test_many_whispers_make_a_crowd(count: int, looks: int) -> None:
    whispers = [Answer((40.0 * place, 300), 50, 0.06) for place in range(count)]
    assert len(face_looks.closer_looks([], 1600, 1200, 0.29, whispers)) == looks
