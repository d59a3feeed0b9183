"""Made-up people: people as points, photos of one person around theirs, all of them around a common mean."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from candidates.gallery import Enrolled, Gallery, Reference
from vision.types import FaceQuality

Floats = NDArray[np.float32]
QUALITY = FaceQuality(120.0, 0.8, 0.9, 0.8)
SIZE = 128
# As measured on dlib's templates of look-alikes: length 1.45, of which most is common to all; photos of one person
# 0.4 apart, different people 0.6.
COMMON, BETWEEN, WITHIN = 1.3, 0.4, 0.22


class World:
    """People of one population, as points in ``size`` dimensions."""

    def __init__(self, seed: int, size: int = SIZE) -> None:
        self.random, self.size = np.random.default_rng(seed), size
        common = self.random.normal(size=size)
        self.common = COMMON * common / np.linalg.norm(common)

    def person(self) -> NDArray[np.float64]:
        return np.asarray(self.common + self.random.normal(size=self.size) * BETWEEN / np.sqrt(self.size))

    def near(self, person: NDArray[np.float64], distance: float) -> NDArray[np.float64]:
        return np.asarray(person + self.random.normal(size=self.size) * distance / np.sqrt(self.size))

    def photos(self, person: NDArray[np.float64], count: int) -> Floats:
        noise = self.random.normal(size=(count, self.size)) * WITHIN / np.sqrt(self.size)
        return np.asarray(person + noise, np.float32)

    def strangers(self, count: int) -> Floats:
        return np.concatenate([self.photos(self.person(), 1) for _ in range(count)])

    def enrolled(self, name: str, ticket: int, templates: Floats) -> Enrolled:
        references = [
            Reference(f"photos/{name}-{i}.jpg", f"sha256:{name}{i}", one, QUALITY) for i, one in enumerate(templates)
        ]
        return Enrolled(name, name.title(), ticket, tuple(references))

    def gallery(self, *people: Enrolled) -> Gallery:
        return Gallery("made-up", people)


@pytest.fixture(scope="session")
def new_world() -> Callable[..., World]:
    """A population from a seed: ``new_world(seed, size=32)``. What holds of any points is shown as well, and at a
    fraction of the cost, in fewer dimensions than dlib's.
    """
    return World


@pytest.fixture
def world() -> World:
    return World(7)
