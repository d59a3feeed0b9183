import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.identity_quality.figures import ENROLLED, Searches, Share, search
from benchmarks.identity_quality.people import Subject
from candidates.bands import Band

ALL = np.ones(6, bool)
NAN = np.nan
BY_HAND = Searches(
    owners=np.array([0, 0, 1, 2, 3, 3]),
    mate=np.array([0.9, 0.1, 0.6, NAN, NAN, NAN]),
    mate_band=np.array([2, 0, 1, -1, -1, -1], np.int8),
    wrong_band=np.array([0, 2, 0, -1, -1, -1], np.int8),
    stranger=np.array([[NAN, 0.1], [NAN, 0.2], [NAN, 0.3], [0.5, 0.3], [0.2, 0.7], [0.1, 0.1]]),
    stranger_band=np.array([[-1, 0], [-1, 0], [-1, 0], [1, 0], [0, 2], [0, 0]], np.int8),
)


def test_figures_of_a_small_table_are_those_counted_by_hand() -> None:
    # Person 0 is found in one of two photos, person 1 in one of one.
    assert BY_HAND.tpir(ALL, 0.5) == Share(0.75, 2)
    # Of 2 searches of person 2 one reaches 0.4, of 4 of person 3 one; persons 0 and 1 none.
    assert BY_HAND.fpir(ALL, 0.4) == Share((0 + 0 + 1 / 2 + 1 / 4) / 4, 4)
    assert BY_HAND.tpir_in_band(ALL, Band.MATCH) == Share(0.25, 2)
    assert BY_HAND.tpir_in_band(ALL, Band.POSSIBLE) == Share(0.75, 2)
    assert BY_HAND.fpir_in_band(ALL, Band.POSSIBLE) == Share((1 / 2 + 1 / 4) / 4, 4)
    assert BY_HAND.wrong_names(ALL, Band.MATCH) == 2
    assert BY_HAND.wrong_names(ALL, Band.POSSIBLE) == 3
    assert BY_HAND.wrong_names(np.arange(6) == 3, Band.MATCH) == 0


def test_only_chosen_faces_count() -> None:
    first = np.arange(6) < 1
    assert BY_HAND.tpir(first, 0.5) == Share(1.0, 1)
    assert BY_HAND.tpir(~ALL, 0.5) == Share(0.0, 0)


@given(st.lists(st.floats(-1, 1), min_size=2, max_size=60), st.floats(0, 0.5))
def test_no_more_strangers_than_allowed_reach_the_threshold(scores: list[float], fpir: float) -> None:
    count = len(scores)
    searches = Searches(
        np.arange(count),
        np.full(count, NAN),
        np.full(count, -1, np.int8),
        np.full(count, -1, np.int8),
        np.array(scores)[:, None],
        np.zeros((count, 1), np.int8),
    )
    chosen = np.ones(count, bool)
    threshold = searches.threshold(chosen, fpir)
    assert searches.fpir(chosen, threshold).value <= fpir + 1e-9
    # The next one down would be too many, unless several are equal.
    below = np.sort(scores)[: count - int(fpir * count)]
    assert threshold > below[-1]


@given(st.floats(-1, 1), st.floats(0, 1))
def test_a_higher_threshold_finds_fewer(threshold: float, more: float) -> None:
    assert BY_HAND.tpir(ALL, threshold + more).value <= BY_HAND.tpir(ALL, threshold).value
    assert BY_HAND.fpir(ALL, threshold + more).value <= BY_HAND.fpir(ALL, threshold).value


def test_intervals_are_wilsons() -> None:
    assert Share(0.5, 10).interval == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert Share(0.0, 20).interval == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert Share(0.0, 0).interval == (0.0, 1.0)


def subjects(count: int, seed: int, spread: float) -> tuple[tuple[Subject, ...], "np.ndarray"]:
    """People in 32 dimensions with two references, and one more photo of each."""
    rng = np.random.default_rng(seed)
    middles = rng.normal(0, 1, (count, 32)) + 2
    photos = (middles[:, None] + spread * rng.normal(0, 1, (count, 3, 32))).astype(np.float32)
    return tuple(Subject(each[:2], each[0], ()) for each in photos), photos[:, 2]


def test_people_far_apart_are_found_and_never_taken_for_each_other() -> None:
    people, probes = subjects(60, 1, 0.2)
    found = search(people, range(60), probes, seed=3)
    assert found.tpir(np.ones(60, bool), 0.8) == Share(1.0, 60)
    assert found.fpir(np.ones(60, bool), 0.8).value == 0
    assert found.wrong_names(np.ones(60, bool), Band.MATCH) == 0


def test_a_face_meets_each_gallery_of_its_half_once_and_its_mate_in_one() -> None:
    people, probes = subjects(41, 2, 0.5)
    bystander = Subject(np.empty((0, 32), np.float32), probes[0], ())
    found = search((*people, bystander), [*range(41), 41], np.concatenate([probes, probes[:1]]), seed=3)
    galleries = np.isfinite(found.stranger).sum(axis=1)
    assert np.isfinite(found.mate).sum() == 41
    assert np.isnan(found.mate[41])
    assert found.mate_band[41] == -1
    half = 20 // ENROLLED
    assert set(galleries[:41]) == {half - 1}
    assert galleries[41] == half


def test_spoilt_faces_are_found_less() -> None:
    people, probes = subjects(80, 4, 0.3)
    rng = np.random.default_rng(5)
    noisy = probes + rng.normal(0, 2, probes.shape).astype(np.float32)
    found = search(people, [*range(80), *range(80)], np.concatenate([probes, noisy]), seed=6)
    good = np.arange(160) < 80
    threshold = found.threshold(good, 0.01)
    assert found.tpir(good, threshold).value > found.tpir(~good, threshold).value + 0.3
