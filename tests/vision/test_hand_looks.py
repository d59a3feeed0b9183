import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision import hand_looks, looks
from vision.looks import Look
from vision.types import Floats


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


@given(pictures_with_faces())
def test_the_reach_of_every_person_lies_in_some_look(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case
    found = hand_looks.looks_for(width, height, faces)
    picture = np.array([0, 0, width, height], np.float32)
    for face in faces:
        reach = window(face)
        seen = np.concatenate([np.maximum(reach[:2], picture[:2]), np.minimum(reach[2:], picture[2:])])
        near = 1e-3 * max(width, height)
        assert any(
            (look.box_xyxy[:2] <= seen[:2] + near).all() and (look.box_xyxy[2:] >= seen[2:] - near).all()
            for look in found
        )


@given(pictures_with_faces())
def test_looks_show_faces_at_a_size_at_which_palms_are_found(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case
    found = hand_looks.looks_for(width, height, faces)
    for face in faces:
        size, reach = float((face[2:] - face[:2]).max()), window(face)
        inside = [
            look
            for look in found
            if (look.box_xyxy[:2] <= np.maximum(reach[:2], 0) + 1).all()
            and (look.box_xyxy[2:] >= np.minimum(reach[2:], [width, height]) - 1).all()
        ]
        shown = [look.scale * size for look in inside]
        enlarged = [look.scale >= hand_looks.LARGEST_SCALE for look in inside]
        wanted = hand_looks.FACE_IN_CANVAS
        assert any(wanted / 1.51 <= pixels <= wanted * 1.51 for pixels in shown) or any(enlarged), shown


@given(pictures_with_faces())
def test_looks_are_bounded_and_fit_the_detector(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case
    found = hand_looks.looks_for(width, height, faces)
    assert 1 <= len(found) <= len(faces) + 1
    room = hand_looks.WHOLE_MARGIN * max(width, height) + max(
        [float((face[2:] - face[:2]).max()) for face in faces] + [0]
    )
    for look in found:
        assert (look.box_xyxy[2:] > look.box_xyxy[:2]).all()
        assert (look.box_xyxy[:2] >= -room - 1).all()
        assert (look.box_xyxy[2:] <= np.array([width, height]) + room + 1).all()
        assert 0 < look.scale <= max(hand_looks.LARGEST_SCALE, hand_looks.WHOLE_SIDE / max(width, height))
        for canvas, side in zip(look.canvas_size[::-1], look.box_xyxy[2:] - look.box_xyxy[:2], strict=True):
            assert canvas % looks.MULTIPLE == 0
            assert canvas >= side * look.scale - 1
            assert canvas < side * look.scale + looks.MULTIPLE + 1


@given(pictures_with_faces())
def test_people_together_cost_no_more_than_each_alone(case: tuple[int, int, list[Floats]]) -> None:
    width, height, faces = case

    def pixels(found: list[Look]) -> int:
        return sum(rows * columns for rows, columns in (look.canvas_size for look in found))

    whole = pixels(hand_looks.looks_for(width, height, []))
    alone = sum(pixels(hand_looks.looks_for(width, height, [face])) for face in faces)
    # Faces may be shown up to half as large again as alone, to share a look with larger ones.
    assert pixels(hand_looks.looks_for(width, height, faces)) <= whole + 1.5**2 * alone


def test_a_row_of_people_shares_one_look() -> None:
    row = [np.array([x, 200, x + 60, 260], np.float32) for x in range(100, 1500, 150)]
    found = hand_looks.looks_for(1600, 700, row)
    assert len([look for look in found if look.scale > 0.3]) == 1


def test_without_people_the_whole_picture_is_searched_with_room_around_it() -> None:
    (look,) = hand_looks.looks_for(640, 480, [])
    assert look.box_xyxy == pytest.approx([-192, -144, 832, 624])
    assert look.canvas_size == (96, 128)


def palm(x: float, y: float, side: float, score: float) -> Floats:
    """A palm's row around a middle."""
    corners = [x - side / 2, y - side / 2, x + side / 2, y + side / 2]
    return np.array([*corners, *([x, y] * 7), score], np.float32)


def closer(*palms: Floats, faces: tuple[Floats, ...] = ()) -> list[Look]:
    return hand_looks.closer_looks(np.array(palms, np.float32).reshape(-1, 19), faces)


FACE = np.array([200, 100, 260, 160], np.float32)


def test_a_doubtful_palm_is_looked_at_in_the_middle_and_large() -> None:
    (look,) = closer(palm(300, 400, 56, 0.3))
    assert look.box_xyxy.reshape(2, 2).mean(0) == pytest.approx([300, 400])
    assert look.scale * 56 == pytest.approx(hand_looks.PALM_IN_CANVAS)
    assert look.canvas_size == (hand_looks.CLOSER_SIDE, hand_looks.CLOSER_SIDE)


def test_a_sure_palm_needs_no_closer_look_and_neither_do_its_other_answers() -> None:
    assert closer(palm(300, 400, 50, 0.9)) == []
    assert closer(palm(300, 400, 50, 0.9), palm(310, 420, 70, 0.3)) == []
    assert len(closer(palm(300, 400, 50, 0.9), palm(420, 400, 50, 0.3))) == 1


@pytest.mark.parametrize(("side", "score", "looks_at"), [(36, 0.1, 1), (12, 0.1, 0), (90, 0.1, 0), (90, 0.2, 1)])
def test_a_very_weak_answer_counts_where_it_has_the_size_of_a_hand(side: float, score: float, looks_at: int) -> None:
    assert len(closer(palm(300, 300, side, score), faces=(FACE,))) == looks_at


def test_a_very_weak_answer_out_of_everybodys_reach_is_nobodys() -> None:
    assert closer(palm(900, 300, 36, 0.1), faces=(FACE,)) == []


@given(
    st.lists(
        st.tuples(st.floats(0, 4000), st.floats(0, 3000), st.floats(4, 900), st.floats(0.15, 0.39)),
        max_size=12,
    )
)
def test_every_doubtful_palm_lies_in_a_closer_look_of_its_scale(rows: list[tuple[float, float, float, float]]) -> None:
    found = closer(*(palm(*row) for row in rows))
    assert len(found) <= len(rows)
    for x, y, side, _ in rows:
        holds = [look for look in found if (look.box_xyxy[:2] <= (x, y)).all() and (look.box_xyxy[2:] >= (x, y)).all()]
        wanted = min(hand_looks.LARGEST_SCALE, hand_looks.PALM_IN_CANVAS / side)
        assert any(wanted * 0.99 <= look.scale <= wanted * hand_looks.SAME_SCALE * 1.01 for look in holds)
