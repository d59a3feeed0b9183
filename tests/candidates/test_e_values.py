"""E-values: what they promise holds, and bands follow them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.bands import BANDS, Band
from candidates.gallery import centred_cosine
from candidates.match import Matcher, Sighting
from candidates.population import Population, measure_population
from candidates.prior import Prior, priors_for, shipped_prior

quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10, deadline=None)
BANDS_HERE = replace(BANDS, model_id="made-up")


def matcher_of(world: Any, people: int, candidates: int = 4, references: int = 1, faces: float = 0.0) -> Matcher:
    persons = [world.person() for _ in range(candidates)]
    enrolled = [world.enrolled(f"c-{i}", i + 1, world.photos(one, references)) for i, one in enumerate(persons)]
    gallery = world.gallery(*enrolled)
    return Matcher(gallery, measure_population(world.strangers(people), gallery), BANDS_HERE, faces)


@pytest.mark.parametrize(("people", "references"), [(150, 1), (600, 1), (600, 3)])
def test_promises_hold_over_strangers_never_seen(world: Any, people: int, references: int) -> None:
    matcher = matcher_of(world, people, candidates=20, references=references)
    strangers = world.strangers(4000)
    comparisons = len(strangers) * 20
    for found, highest in ((matcher.e_values_middle(strangers), 2.0), (matcher.e_values(strangers), 1.5)):
        for budget in (1.0, 10.0):
            promised = budget / matcher.compared * comparisons
            assert (found <= budget).sum() < highest * promised
    promised = 10.0 / matcher.compared * comparisons
    assert (matcher.e_values_middle(strangers) <= 10.0).sum() > promised / 3  # and are no empty caution


def test_more_faces_make_chance_likelier(world: Any) -> None:
    one = matcher_of(world, 150, faces=100.0)
    ten = replace(one, faces=1000.0)
    strangers = world.strangers(50)
    assert ten.e_values(strangers) == pytest.approx(10 * one.e_values(strangers))
    assert (one.e_values(strangers) >= one.e_values_middle(strangers)).all()
    assert one.e_values(strangers).shape == (50, 4)


@quick
@given(seed=st.integers(0, 10_000))
def test_the_more_alike_the_rarer(new_world: Callable[..., Any], seed: int) -> None:
    matcher = matcher_of(new_world(seed, size=32), 200, candidates=1)
    reference, stranger = matcher.gallery.templates[0], matcher.population.mean
    way = np.linspace(0, 1, 30)[:, None]
    faces = (stranger + way * (reference - stranger) + 0.01).astype(np.float32)
    similarities, e_values = matcher.similarities(faces)[:, 0], matcher.e_values(faces)[:, 0]
    order = np.argsort(similarities)
    assert (np.diff(e_values[order]) <= 1e-9).all()


def test_too_few_people_say_nothing(world: Any) -> None:
    matcher = matcher_of(world, BANDS.calibrated_from // 2)
    faces = world.strangers(3)
    assert not matcher.calibrated
    assert np.isinf(matcher.e_values(faces)).all()
    assert np.isinf(matcher.e_values_middle(faces)).all()
    own = matcher.gallery.templates[:1].astype(np.float32)
    (found,) = matcher.match(own)[0]
    assert (found.e_value, found.calibrated) == ((), False)


def test_with_enough_people_the_bands_follow_the_e_values(world: Any) -> None:
    matcher = matcher_of(world, 300, faces=300.0)
    person = matcher.gallery.templates[0]
    noise = world.random.normal(size=(300, 128)) / np.sqrt(128)
    faces = (person + np.linspace(0.05, 1.2, 300)[:, None] * noise).astype(np.float32)
    e_values = matcher.e_values(faces)[:, 0]
    bands = [[one.band for one in found if one.candidate == "c-0"] for found in matcher.match(faces)]
    expected = [
        [Band.MATCH] if value <= BANDS.e_match else [Band.POSSIBLE] if value <= BANDS.e_possible else []
        for value in e_values
    ]
    assert bands == expected
    assert {band for each in bands for band in each} == set(Band)
    for found in matcher.match(faces):
        for one in found:
            assert one.faces == 300
            assert one.calibrated


def test_a_scan_of_three_faces_is_held_to_the_limits_of_a_hundred(world: Any) -> None:
    many = matcher_of(world, 200, faces=100.0)
    few = replace(many, faces=3.0)
    faces = np.concatenate([world.strangers(300), many.gallery.templates.astype(np.float32)])
    assert [[one.band for one in found] for found in few.match(faces)] == [
        [one.band for one in found] for found in many.match(faces)
    ]
    assert (few.e_values(faces) == many.e_values(faces)).all()
    assert {one.faces for found in few.match(faces) for one in found} == {100.0}
    bare = replace(few, bands=replace(few.bands, least_faces=1))
    assert (bare.e_values(faces) <= 1).sum() > 10 + (few.e_values(faces) <= 1).sum()  # these it kept out


def test_another_model_has_no_match_until_it_is_calibrated(world: Any) -> None:
    small, large = (replace(matcher_of(world, people), bands=BANDS) for people in (20, 300))
    for matcher, band in ((small, Band.POSSIBLE), (large, Band.MATCH)):
        (found,) = matcher.match(matcher.gallery.templates[:1].astype(np.float32))[0]
        assert found.band is band


def test_chance_is_taken_from_the_similarity(world: Any) -> None:
    """With one candidate and few people, the centre leans towards the candidate: strangers lie opposite."""
    gallery = world.gallery(world.enrolled("a", 1, world.photos(world.person(), 1)))
    strangers = world.strangers(6)
    matcher = Matcher(gallery, measure_population(strangers, gallery), BANDS_HERE)
    centre = matcher.population.centre(gallery)
    assert float(centred_cosine(strangers, gallery.templates, centre).mean()) < -0.1
    assert abs(float(matcher.similarities(strangers).mean())) < 0.03
    assert float(matcher.similarities(gallery.templates.astype(np.float32))[0, 0]) == pytest.approx(1)


def test_the_shipped_prior_is_of_the_model_that_the_limits_are_of() -> None:
    prior = shipped_prior()
    assert prior.model_id == BANDS.model_id
    assert priors_for(prior.model_id) == (prior,)
    assert priors_for("another") == ()
    assert prior.mean.shape == (128,)
    assert 1.1 < float(np.linalg.norm(prior.mean)) < 1.45  # dlib's templates are 1.45 long; most of it is common


def test_a_prior_counts_as_one_person(world: Any) -> None:
    gallery = world.gallery(world.enrolled("a", 1, world.photos(world.person(), 1)))
    prior = Prior("made-up", 1, 50, world.common, 0.2)
    population = measure_population(np.zeros((0, 128), np.float32), gallery, (prior,))
    assert population.centre(gallery) == pytest.approx((world.common + gallery.templates[0]) / 2)
    many = measure_population(world.strangers(300), gallery, (prior,))
    without = measure_population(world.strangers(300), gallery, ())
    assert np.linalg.norm(many.centre(gallery) - without.centre(gallery)) < 0.06


@pytest.mark.parametrize(
    "make",
    [
        lambda: Prior("m", 0, 1, np.zeros(3), 1.0),
        lambda: Prior("m", 1, 0, np.zeros(3), 1.0),
        lambda: Prior("m", 1, 1, np.zeros(3), 0.0),
        lambda: Prior("m", 1, 1, np.full(3, np.nan), 1.0),
        lambda: Population(1.0, np.zeros(4), priors=(Prior("m", 1, 1, np.zeros(3), 1.0),)),
        lambda: Sighting("sari", 1, 0.5, Band.MATCH, "a.jpg", e_value=(float("inf"),)),
        lambda: Sighting("sari", 1, 0.5, Band.MATCH, "a.jpg", e_value=(-1.0,)),
        lambda: replace(BANDS, e_match=2.0),
        lambda: replace(BANDS, calibrated_from=0),
    ],
)
def test_types_are_checked_at_birth(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()
