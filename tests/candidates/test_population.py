"""The local population: what its mean is made of, and what must not move it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import candidates.population
from candidates.population import Population, measure_population, no_population

quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20, deadline=None)


def four_candidates(world: Any) -> tuple[Any, list[Any]]:
    persons = [world.person() for _ in range(4)]
    people = [world.enrolled(f"c-{i}", i + 1, world.photos(person, 2)) for i, person in enumerate(persons)]
    return world.gallery(*people), persons


def test_strangers_count_one_each(world: Any) -> None:
    gallery, _ = four_candidates(world)
    population = measure_population(world.strangers(60), gallery)
    assert population.count == 60
    assert np.linalg.norm(population.mean - world.common) < 0.1


def test_candidates_and_decoys_are_left_out(world: Any) -> None:
    gallery, persons = four_candidates(world)
    decoy = world.person()
    gallery = world.gallery(*gallery.people, world.enrolled("decoy-1", 0, world.photos(decoy, 2)))
    strangers = world.strangers(60)
    theirs = np.concatenate([world.photos(person, 10) for person in [*persons, decoy]])
    alone, mixed = (measure_population(faces, gallery) for faces in (strangers, np.concatenate([strangers, theirs])))
    assert mixed.count == alone.count == 60
    assert mixed.mean == pytest.approx(alone.mean)


def test_one_face_among_few_does_not_hide_behind_itself(world: Any) -> None:
    gallery, persons = four_candidates(world)
    assert measure_population(world.photos(persons[0], 1), gallery).count == 0


def test_a_stranger_repeated_500_times_moves_nothing_much(world: Any) -> None:
    gallery, _ = four_candidates(world)
    strangers = world.strangers(60)
    stranger = world.person()
    copies = np.array([world.near(stranger, 0.1) for _ in range(500)], np.float32)
    clean = measure_population(np.concatenate([strangers, copies[:1]]), gallery)
    poisoned = measure_population(np.concatenate([strangers, copies]), gallery)
    assert poisoned.count == pytest.approx(61)
    assert np.linalg.norm(poisoned.mean - clean.mean) < 0.01
    counted_each = np.concatenate([strangers, copies]).mean(axis=0)
    assert np.linalg.norm(counted_each - clean.mean) > 0.2  # what the copies would have done


def test_exact_copies_count_once(world: Any) -> None:
    gallery, _ = four_candidates(world)
    strangers = world.strangers(30)
    once, often = (measure_population(np.repeat(strangers, times, axis=0), gallery) for times in (1, 7))
    assert often.count == pytest.approx(once.count)
    assert often.mean == pytest.approx(once.mean)


@quick
@given(seed=st.integers(0, 10_000), data=st.data())
def test_the_order_of_photos_does_not_matter(new_world: Callable[..., Any], seed: int, data: st.DataObject) -> None:
    world = new_world(seed, size=32)
    gallery, persons = four_candidates(world)
    scan = np.concatenate([world.strangers(25), world.photos(persons[0], 5)])
    order = data.draw(st.permutations(range(len(scan))))
    one, other = measure_population(scan, gallery), measure_population(scan[list(order)], gallery)
    assert one.count == pytest.approx(other.count)
    assert one.mean == pytest.approx(other.mean, abs=1e-12)


def test_an_empty_scan_has_no_population_and_centres_on_the_enrolled(world: Any) -> None:
    gallery, _ = four_candidates(world)
    population = measure_population(np.zeros((0, 128), np.float32), gallery)
    assert (population.count, population.people(gallery)) == (0, 4)
    assert population.centre(gallery) == pytest.approx(gallery.means.mean(axis=0))


def test_each_person_counts_once_in_the_centre(world: Any) -> None:
    few, many = world.enrolled("a", 1, world.photos(world.person(), 1)), world.photos(world.person(), 9)
    gallery = world.gallery(few, world.enrolled("b", 2, many))
    expected = (2.0 * world.common + few.references[0].template + many.mean(axis=0)) / 4
    assert Population(2.0, world.common).centre(gallery) == pytest.approx(expected, abs=1e-6)


def test_more_faces_than_can_be_paired_are_thinned_alike_in_any_order(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(candidates.population, "MOST_FACES", 50)
    gallery, _ = four_candidates(world)
    strangers = world.strangers(200)
    one, other = measure_population(strangers, gallery), measure_population(strangers[::-1], gallery)
    assert one.count == other.count == 50
    assert one.mean == pytest.approx(other.mean, abs=1e-12)


@pytest.mark.parametrize("wrong", [np.ones((2, 4)), np.ones(128), np.full((1, 128), np.nan)])
def test_wrong_templates_are_refused(world: Any, wrong: Any) -> None:
    gallery, _ = four_candidates(world)
    with pytest.raises(ValueError, match=r"expected \(N, 128\)"):
        measure_population(wrong.astype(np.float32), gallery)


def test_a_population_holds_sums_over_people_and_no_face(world: Any) -> None:
    gallery, _ = four_candidates(world)
    population = measure_population(world.strangers(10), gallery)
    assert set(population.__slots__) == {"count", "mean", "covariance", "tails", "priors", "model_id"}
    assert population.mean.shape == (128,)
    with pytest.raises(ValueError, match="read-only"):
        population.mean[0] = 1
    assert no_population(gallery).count == 0


def test_whitening_makes_local_variation_round_and_shrinks_it_for_few() -> None:
    rng = np.random.default_rng(5)
    spread = np.diag([4.0, 1.0, 0.25])
    for count, share in ((3.0, 0.7), (1e6, 0.7)):
        whitening = Population(count, np.zeros(3), spread).whitening()
        rounded = whitening @ spread @ whitening
        expected = [v / ((1 - share) * v + share * np.trace(spread) / 3) for v in (4.0, 1.0, 0.25)]
        assert np.diag(rounded) / rounded[0, 0] == pytest.approx(np.array(expected) / expected[0])
    points = rng.normal(size=(2000, 3)) @ np.sqrt(spread)
    wide, narrow = (points @ Population(2000, np.zeros(3), spread).whitening()).std(axis=0)[[0, 2]]
    assert 1 < wide / narrow < 4 / np.sqrt(1.0)


def test_with_fewer_people_than_dimensions_the_covariance_counts_for_less() -> None:
    spread = np.diag(np.linspace(1, 9, 64))

    def roundness(count: float) -> float:
        values = np.linalg.eigvalsh(Population(count, np.zeros(64), spread).whitening())
        return float(values.max() / values.min())

    assert roundness(2) < roundness(10) < roundness(40) <= roundness(1e9)


@pytest.mark.parametrize("covariance", [np.zeros((0, 0)), np.zeros((3, 3))], ids=["unknown", "no variation"])
def test_nothing_is_whitened_where_nothing_varies(covariance: Any) -> None:
    assert Population(5, np.zeros(3), covariance).whitening() == pytest.approx(np.eye(3))


def test_a_covariance_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="covariance: expected 3 x 3"):
        Population(5, np.zeros(3), np.eye(4))
