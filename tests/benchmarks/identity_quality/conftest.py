from collections.abc import Callable

import numpy as np
import pytest

from benchmarks.identity_quality.figures import search
from benchmarks.identity_quality.measure import Measured
from benchmarks.identity_quality.people import Subject
from benchmarks.identity_quality.spoil import GOOD, Spoiling
from vision.types import Face, FaceQuality, FaceReading

PEOPLE = 40
POINTS = np.array([[35, 40], [65, 40], [50, 58], [50, 75], [20, 45], [80, 45]], np.float32)


@pytest.fixture
def measured() -> Callable[[str], Measured]:
    """Forty people in 32 dimensions: good photos, and spoilt ones of which every second face is found."""

    def make(name: str) -> Measured:
        rng = np.random.default_rng(1)
        middles = rng.normal(0, 1, (PEOPLE, 1, 32)) + 2
        photos = (middles + 0.3 * rng.normal(0, 1, (PEOPLE, 3, 32))).astype(np.float32)
        subjects = [Subject(each[:2], each[0], ()) for each in photos]
        spoilt = photos[::2, 2] + rng.normal(0, 3, (PEOPLE // 2, 32)).astype(np.float32)
        templates = np.concatenate([photos[:, 2], spoilt])
        values = [*np.linspace(0.55, 1, PEOPLE), *np.linspace(0, 0.45, PEOPLE // 2)]
        readings = tuple(
            FaceReading(
                Face(np.array([0, 0, 80, 100], np.float32), POINTS, 0.9), FaceQuality(100, 1, 1, float(value)), template
            )
            for value, template in zip(values, templates, strict=True)
        )
        owners = [*range(PEOPLE), *range(0, PEOPLE, 2)]
        return Measured(
            name,
            (GOOD, Spoiling("blur", "0.04")),
            (PEOPLE, PEOPLE),
            np.array([0] * PEOPLE + [1] * (PEOPLE // 2)),
            readings,
            search(subjects, owners, templates, 3),
        )

    return make
