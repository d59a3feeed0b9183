"""The gate: what a worker may know of a photo before the scan's population is known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from candidates.bands import BANDS
from candidates.gallery import Enrolled, Gallery, Reference
from candidates.match import Matcher
from candidates.population import measure_population
from candidates.prior import Prior
from screening.gate import Gate
from vision.types import FaceQuality

SIZE = 64


class Town:
    """People around one shared face: a template is the town's face, the person's own and a little of the photo's."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(7)
        self.common = 3 * self.rng.normal(size=SIZE)

    def person(self) -> NDArray[np.float64]:
        return self.rng.normal(size=SIZE)

    def photo(self, *people: NDArray[np.float64]) -> NDArray[np.float32]:
        noise = 0.3 * self.rng.normal(size=(len(people), SIZE))
        return np.asarray(self.common + np.array(people) + noise, np.float32)


def enrolled(town: Town, name: str, person: NDArray[np.float64], ticket: int) -> Enrolled:
    photo = f"{name}.jpg"
    return Enrolled(
        name, name, ticket, (Reference(photo, f"sha256:{name}", town.photo(person)[0], FaceQuality(90, 0.9, 0.9, 0.9)),)
    )


@pytest.fixture
def town() -> Town:
    return Town()


def test_once_it_knows_the_town_it_lets_candidates_through_and_few_others(town: Town) -> None:
    people = [town.person() for _ in range(3)]
    gallery = Gallery("made-up", tuple(enrolled(town, f"calon-{i}", who, i + 1) for i, who in enumerate(people)))
    gate = Gate(gallery, BANDS.possible)
    for _ in range(60):
        gate.may_hold_candidate(town.photo(town.person(), town.person()))
    assert sum(gate.may_hold_candidate(town.photo(town.person())) for _ in range(200)) <= 10
    assert all(gate.may_hold_candidate(town.photo(town.person(), who)) for who in people for _ in range(10))


def test_a_photo_without_faces_is_not_let_through(town: Town) -> None:
    gallery = Gallery("made-up", (enrolled(town, "calon", town.person(), 1),))
    assert not Gate(gallery, -1).may_hold_candidate(np.zeros((0, SIZE), np.float32))


def test_a_decoy_alone_is_no_candidate(town: Town) -> None:
    candidate, decoy = town.person(), town.person()
    gallery = Gallery("made-up", (enrolled(town, "calon", candidate, 1), enrolled(town, "decoy-1", decoy, 0)))
    gate = Gate(gallery, BANDS.possible)
    for _ in range(60):
        gate.may_hold_candidate(town.photo(town.person()))
    assert not gate.may_hold_candidate(town.photo(decoy))
    assert gate.may_hold_candidate(town.photo(candidate))


def test_candidates_in_every_photo_do_not_become_the_town(town: Town) -> None:
    candidate, other = town.person(), town.person()
    gallery = Gallery("made-up", (enrolled(town, "calon", candidate, 1), enrolled(town, "lawan", other, 2)))
    gate = Gate(gallery, BANDS.possible)
    for _ in range(40):
        gate.may_hold_candidate(town.photo(candidate, town.person()))
    assert gate.may_hold_candidate(town.photo(candidate))


def test_what_was_believed_before_counts_after_the_first_photo_too(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    prior = Prior("made-up", 1, 500, town.common, float(SIZE))
    monkeypatch.setattr("candidates.population.priors_for", lambda _: (prior,))
    least, answers = 0.2, set()
    for _ in range(40):
        gallery = Gallery("made-up", (enrolled(town, "calon", town.person(), 1),))
        gate, first, second = Gate(gallery, least), town.photo(town.person()), town.photo(town.person())
        gate.may_hold_candidate(first)
        as_a_scan = Matcher(gallery, measure_population(first, gallery)).similarities(second) >= least
        assert gate.may_hold_candidate(second) == as_a_scan.any()
        answers.add(bool(as_a_scan.any()))
    assert answers == {False, True}
