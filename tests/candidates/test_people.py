"""One face for each person."""

from collections.abc import Callable
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.people import deviations, one_face_each, value_order

quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)


def groups(rows: Any, sizes: list[int]) -> list[int]:
    """How many chosen rows fall into each run of rows."""
    ends = np.cumsum(sizes)
    return [int(((rows >= end - size) & (rows < end)).sum()) for end, size in zip(ends, sizes, strict=True)]


def test_strangers_with_one_photo_each_stay(world: Any) -> None:
    assert len(one_face_each(world.strangers(200).astype(np.float64))) >= 198


def test_nobody_is_nobody_and_one_is_one() -> None:
    assert len(one_face_each(np.zeros((0, 8)))) == 0
    assert one_face_each(np.ones((1, 8))).tolist() == [0]
    assert len(one_face_each(np.ones((50, 8)))) == 1


def test_many_photos_of_each_are_one_face_each(world: Any) -> None:
    faces = np.concatenate([world.photos(world.person(), 8) for _ in range(60)]).astype(np.float64)
    counts = groups(one_face_each(faces), [8] * 60)
    assert min(counts) == 1
    assert sum(counts) <= 66


def test_one_stranger_500_times_stays_one_or_a_few(world: Any) -> None:
    faces = np.concatenate([world.strangers(60), world.photos(world.person(), 500)]).astype(np.float64)
    others, repeated = groups(one_face_each(faces), [60, 500])
    assert others >= 58
    assert 1 <= repeated <= 5


@quick
@given(seed=st.integers(0, 10_000), data=st.data())
def test_the_order_of_photos_does_not_matter(new_world: Callable[..., Any], seed: int, data: st.DataObject) -> None:
    world = new_world(seed, size=32)
    faces = np.concatenate([world.strangers(20), *(world.photos(world.person(), 3) for _ in range(4))])
    faces = faces.astype(np.float64)
    order = np.array(data.draw(st.permutations(range(len(faces)))))
    assert (faces[one_face_each(faces)] == faces[order][one_face_each(faces[order])]).all()
    assert (faces[value_order(faces)] == faces[order][value_order(faces[order])]).all()


def test_the_more_faces_the_more_alike_two_must_be() -> None:
    needed = [deviations(faces) for faces in (1, 10, 1000, 20_000, 10**6)]
    assert needed == sorted(needed)
    assert 0 < needed[0] < needed[-1] < 7
