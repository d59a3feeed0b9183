"""Made-up datasets: faces as points that hold their person's number, so that figures can be worked out by hand."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from evaluation.dataset import Dataset, Person, PhotoFile
from evaluation.samples import Sample, Samples
from vision.types import FaceQuality

GOOD = FaceQuality(120.0, 0.8, 0.9, 0.8)
MadeUp = tuple[Dataset, Samples]


@pytest.fixture(scope="session")
def made_up() -> Callable[..., MadeUp]:
    """A folder of people from templates: ``made_up([person0's photos, ...], turns=2, groups="AAB")``."""

    def make(
        photos: list[list[list[float]]], turns: int | None = None, groups: str = "", missed: tuple[int, ...] = ()
    ) -> MadeUp:
        turns = len(photos) if turns is None else turns
        people, faces = [], []
        for i, templates in enumerate(photos):
            names = [f"people/{i}/{k}.jpg" for k in range(len(templates))]
            files = tuple(PhotoFile(name, Path(name)) for name in names)
            people.append(Person(str(i), files, i < turns, groups[i : i + 1].strip()))
            faces += [
                Sample(i, name, np.array(template, np.float32), GOOD)
                for name, template in zip(names, templates, strict=True)
            ]
        dataset = Dataset(Path("kumpulan"), tuple(people))
        missed = missed or (0,) * len(people)
        return dataset, Samples("made-up", tuple(people), tuple(faces), len(faces), len(faces), {}, missed)

    return make


@pytest.fixture(scope="session")
def nobody_watches() -> Callable[[int, int], None]:
    return lambda done, total: None
