"""Matching: bands, margins, decoys, and what must not change the answer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.bands import BANDS, Band, BandTable
from candidates.gallery import Enrolled, Gallery, Reference, centred_cosine
from candidates.match import Matcher, RunnerUp, Sighting
from candidates.population import Population, measure_population, no_population
from vision.types import FaceQuality

QUALITY = FaceQuality(120.0, 0.8, 0.9, 0.8)
quick = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)


def flat(*people: tuple[str, int, list[tuple[float, float, float]]]) -> Gallery:
    """A gallery of templates in three dimensions; the population's mean is the origin unless said otherwise."""
    return Gallery(
        "flat",
        tuple(
            Enrolled(
                name,
                name,
                ticket,
                tuple(
                    Reference(f"{name}-{i}.jpg", "sha256:", np.array(one, np.float32), QUALITY)
                    for i, one in enumerate(references)
                ),
            )
            for name, ticket, references in people
        ),
    )


def centred_at_origin(gallery: Gallery) -> Population:
    """A population that outweighs the enrolled people, with its mean at the origin."""
    return Population(1e9, np.zeros(3))


def match_one(
    template: np.ndarray[Any, np.dtype[np.float32]], gallery: Gallery, population: Population, bands: BandTable = BANDS
) -> tuple[Sighting, ...]:
    return Matcher(gallery, population, bands).match(template[None])[0]


def at(similarity: float) -> np.ndarray[Any, np.dtype[np.float32]]:
    """A template with this cosine to (1, 0, 0) and none to (0, 0, 1)."""
    return np.array([similarity, np.sqrt(1 - similarity**2), 0], np.float32)


FLAT = replace(BANDS, model_id="flat")
ONE = flat(("sari", 1, [(1, 0, 0)]))
FAR_SECOND = flat(("sari", 1, [(1, 0, 0)]), ("budi", 2, [(0, 0, 1)]))


@pytest.mark.parametrize(
    ("similarity", "band"),
    [(1.0, ["match"]), (0.51, ["match"]), (0.49, ["possible"]), (0.41, ["possible"]), (0.39, []), (-1.0, [])],
)
def test_bands_begin_at_their_limits(similarity: float, band: list[str]) -> None:
    found = match_one(at(similarity), FAR_SECOND, centred_at_origin(FAR_SECOND), FLAT)
    assert [one.band for one in found] == band
    assert [one.similarity for one in found] == pytest.approx([similarity] * len(band), abs=1e-5)


def test_a_sighting_names_the_best_reference_and_the_second() -> None:
    gallery = flat(("sari", 1, [(0, 1, 0), (1, 0.1, 0)]), ("budi", 2, [(0.5, -1, 0)]))
    (found,) = match_one(np.array([1, 0, 0], np.float32), gallery, centred_at_origin(gallery), FLAT)
    assert (found.candidate, found.ticket, found.reference) == ("sari", 1, "sari-1.jpg")
    (second,) = found.second
    assert second.candidate == "budi"
    assert second.similarity == pytest.approx(0.447, abs=1e-3)
    assert (found.depiction, found.e_value) == (False, ())


def test_the_only_candidate_has_no_second() -> None:
    (found,) = match_one(at(0.9), ONE, centred_at_origin(ONE))
    assert found.second == ()


def test_two_candidates_as_near_are_only_possible() -> None:
    gallery = flat(("sari", 1, [(1, 0, 0)]), ("budi", 2, [(1, 0.02, 0)]))
    (found,) = match_one(np.array([1, 0, 0], np.float32), gallery, centred_at_origin(gallery), FLAT)
    assert (found.candidate, found.band) == ("sari", Band.POSSIBLE)


def test_a_tie_goes_to_the_same_candidate_in_any_order() -> None:
    people = (("sari", 1, [(1.0, 0.0, 0.0)]), ("budi", 2, [(1.0, 0.0, 0.0)]))
    for gallery in (flat(*people), flat(*people[::-1])):
        (found,) = match_one(at(0.9), gallery, centred_at_origin(gallery), FLAT)
        assert (found.candidate, found.band) == ("budi", Band.POSSIBLE)


@pytest.mark.parametrize(
    ("decoy", "band"),
    [
        ((0, 0, 1), ["match"]),
        ((1, 0.25, 0), ["possible"]),
        ((1, 0, 0), []),
        ((2, 0, 0), []),
    ],
    ids=["far", "within the margin", "as near", "as near, another length"],
)
def test_a_decoy_is_preferred(decoy: tuple[float, float, float], band: list[str]) -> None:
    gallery = flat(("sari", 1, [(1, 0, 0)]), ("decoy-1", 0, [decoy]))
    found = match_one(np.array([1, 0, 0], np.float32), gallery, centred_at_origin(gallery), FLAT)
    assert [one.band for one in found] == band


def test_a_decoy_that_is_ahead_hides_the_candidate_and_is_never_named() -> None:
    gallery = flat(("sari", 1, [(1, 0, 0)]), ("decoy-1", 0, [(1, 1, 0)]))
    assert match_one(np.array([1, 0.9, 0], np.float32), gallery, centred_at_origin(gallery), FLAT) == ()


def test_with_too_few_people_nothing_is_a_match() -> None:
    assert [one.band for one in match_one(at(0.9), FAR_SECOND, Population(1.9, np.zeros(3)), FLAT)] == [Band.POSSIBLE]
    few = Population(2.0, np.array([-0.5, 0, -0.5]))  # with the two enrolled, centred on the origin
    assert [one.band for one in match_one(at(0.9), FAR_SECOND, few, FLAT)] == [Band.MATCH]


def test_a_face_that_is_the_centre_is_nobody() -> None:
    gallery = flat(("sari", 1, [(1, 0, 0)]), ("budi", 2, [(-1, 0, 0)]))
    assert match_one(np.zeros(3, np.float32), gallery, no_population(gallery)) == ()


def test_no_faces_have_no_sightings() -> None:
    assert Matcher(ONE, centred_at_origin(ONE)).match(np.zeros((0, 3), np.float32)) == ()


@pytest.mark.parametrize("templates", [np.ones((2, 4)), np.ones(3), np.full((1, 3), np.nan)])
def test_wrong_templates_are_refused(templates: np.ndarray[Any, np.dtype[np.float64]]) -> None:
    with pytest.raises(ValueError, match=r"expected \(N, 3\)"):
        Matcher(ONE, centred_at_origin(ONE)).match(templates.astype(np.float32))


@quick
@given(seed=st.integers(0, 10_000))
def test_candidates_are_found_among_strangers(new_world: Callable[..., Any], seed: int) -> None:
    world = new_world(seed)
    persons = [world.person() for _ in range(4)]
    people = [world.enrolled(f"c-{i}", i + 1, world.photos(person, 3)) for i, person in enumerate(persons)]
    gallery = world.gallery(*people)
    probes = np.concatenate([world.photos(person, 5) for person in persons])
    scan = np.concatenate([world.strangers(80), probes])
    found = Matcher(gallery, measure_population(scan, gallery)).match(scan)
    assert all(one.band is not Band.MATCH for sightings in found[:80] for one in sightings)
    named = [[one.candidate for one in sightings] for sightings in found[80:]]
    assert named == [[f"c-{i // 5}"] for i in range(20)]


@quick
@given(seed=st.integers(0, 10_000), data=st.data())
def test_orders_change_nothing(new_world: Callable[..., Any], seed: int, data: st.DataObject) -> None:
    world = new_world(seed, size=32)
    persons = [world.person() for _ in range(3)]
    people = [world.enrolled(f"c-{i}", i + 1, world.photos(person, 2)) for i, person in enumerate(persons)]
    people.append(world.enrolled("decoy-1", 0, world.photos(world.near(persons[0], 0.3), 2)))
    scan = np.concatenate([world.strangers(20), *(world.photos(person, 2) for person in persons)])
    usual = world.gallery(*people)
    expected = Matcher(usual, measure_population(scan, usual)).match(scan)
    order = data.draw(st.permutations(range(len(scan))))
    shuffled = world.gallery(*data.draw(st.permutations(people)))
    found = Matcher(shuffled, measure_population(scan[list(order)], shuffled)).match(scan)
    for mine, theirs in zip(found, expected, strict=True):
        assert [(one.candidate, one.band, one.reference) for one in mine] == [
            (one.candidate, one.band, one.reference) for one in theirs
        ]
        assert [one.similarity for one in mine] == pytest.approx([one.similarity for one in theirs], abs=1e-9)


@quick
@given(seed=st.integers(0, 10_000))
def test_adding_a_decoy_never_adds_a_sighting(new_world: Callable[..., Any], seed: int) -> None:
    world = new_world(seed, size=32)
    candidate = world.person()
    people = [world.enrolled(f"c-{i}", i + 1, world.photos(world.person(), 2)) for i in range(3)]
    people.append(world.enrolled("sari", 9, world.photos(candidate, 2)))
    decoy = world.enrolled("decoy-1", 0, world.photos(world.near(candidate, 0.3), 2))
    population = Population(1000.0, world.common)
    faces = np.concatenate([world.photos(candidate, 5), world.strangers(10)])
    before = Matcher(world.gallery(*people), population).match(faces)
    after = Matcher(world.gallery(*people, decoy), population).match(faces)
    for old, new in zip(before, after, strict=True):
        assert len(new) <= len(old)
        assert not any(one.band is Band.MATCH for one in new) or any(one.band is Band.MATCH for one in old)


@quick
@given(
    seed=st.integers(0, 10_000),
    shared=st.booleans(),
    n=st.integers(0, 5),
    r=st.integers(1, 5),
    scale=st.floats(0.1, 10),
)
def test_centred_cosine_is_the_cosine(seed: int, shared: bool, n: int, r: int, scale: float) -> None:
    random = np.random.default_rng(seed)
    faces, references = random.normal(size=(n, 6)), random.normal(size=(r, 6))
    centres = random.normal(size=6) if shared else random.normal(size=(n, 6))
    found = centred_cosine(faces * scale, references * scale, centres * scale)
    assert found.shape == (n, r)
    for i in range(n):
        centre = centres if shared else centres[i]
        for j in range(r):
            a, b = faces[i] - centre, references[j] - centre
            assert found[i, j] == pytest.approx(a @ b / np.linalg.norm(a) / np.linalg.norm(b), abs=1e-6)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Sighting("sari", 1, 1.5, Band.MATCH, "a.jpg"),
        lambda: Sighting("sari", 0, 0.5, Band.MATCH, "a.jpg"),
        lambda: Sighting("sari", 1, 0.5, Band.MATCH, "a.jpg", (RunnerUp("b", 0.1), RunnerUp("c", 0.1))),
        lambda: BandTable(match=0.3, possible=0.4),
        lambda: BandTable(margin_to_decoy=-0.1),
        lambda: BandTable(least_people=0),
        lambda: flat(("decoy-1", 0, [(1, 0, 0)])),
        lambda: flat(("sari", 1, [(1, 0, 0)]), ("sari", 2, [(0, 1, 0)])),
        lambda: flat(("sari", 1, [])),
        lambda: flat(("sari", -1, [(1, 0, 0)])),
        lambda: Population(-1, np.zeros(3)),
        lambda: Population(1, np.full(3, np.inf)),
    ],
)
def test_types_are_checked_at_birth(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()


def test_the_bands_are_those_that_were_measured() -> None:
    assert (BANDS.match, BANDS.possible) == (0.50, 0.40)
