"""Who is enrolled when, and who is searched against which population."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.dataset import Dataset, Pair, Person, PhotoFile
from evaluation.errors import DatasetError
from evaluation.samples import Sample, Samples
from evaluation.splits import LEAST_SPLITS, Split, make_splits
from evaluation.splits import _turns as turns
from vision.types import FaceQuality

Make = Callable[..., tuple[Dataset, Samples]]
SMALL = FaceQuality(20.0, 0.8, 0.9, 0.1)


def of(counts: list[int]) -> list[list[list[float]]]:
    return [[[float(i), float(k)] for k in range(count)] for i, count in enumerate(counts)]


def test_references_are_the_first_good_photos_and_are_not_searched(made_up: Make) -> None:
    dataset, samples = made_up(of([4, 4]))
    faces = list(samples.faces)
    faces[0] = replace(faces[0], quality=SMALL)  # too small to enrol, good enough to search with
    samples = replace(samples, faces=tuple(faces))
    for split in make_splits(dataset, samples, references=2, enrolled=1):
        assert split.references == ((1, 2),) if split.enrolled == (0,) else ((4, 5),)
        assert set(split.searched) == set(range(8)) - set(split.references[0])
        assert split.searched.tolist() == split.scanned.tolist()


def test_strangers_and_people_with_too_few_photos_are_never_enrolled(made_up: Make) -> None:
    dataset, samples = made_up(of([2, 1, 2, 5]), turns=3)
    splits = make_splits(dataset, samples)
    assert {person for split in splits for person in split.enrolled} == {0, 2}
    assert len(splits) >= LEAST_SPLITS


@given(st.integers(2, 17), st.data())
def test_everybody_takes_as_many_turns_give_or_take_the_last_group(people: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(1, people))
    groups = list(turns(tuple(range(people)), count))
    assert all(len(set(group)) == len(group) == count for group in groups)
    times = Counter(person for group in groups for person in group)
    rounds = len(groups) // -(-people // count)
    assert set(times) == set(range(people))
    assert all(rounds <= number <= 2 * rounds for number in times.values())


@given(st.integers(2, 12), st.integers(0, 99))
def test_no_face_is_scored_by_a_population_with_its_own_person(people: int, seed: int) -> None:
    person_of = np.repeat(np.arange(people), 3).astype(np.intp)
    everything = np.arange(3 * people, dtype=np.intp)
    split = Split((0,), ((0,),), everything[1:], everything[1:])
    folds = list(split.folds(person_of, seed))
    assert sorted(index for searched, _ in folds for index in searched) == everything[1:].tolist()
    for searched, scanned in folds:
        assert not set(person_of[searched]) & set(person_of[scanned])
        assert sorted([*searched, *scanned]) == everything[1:].tolist(), "everybody else is in the population"


@pytest.mark.parametrize(
    ("counts", "references", "enrolled", "expected"),
    [
        ([1, 1], 1, None, "0 people have 1 good"),
        ([3, 3], 3, None, "0 people have 3 good"),
        ([3, 3, 3], 1, 4, "at least 4 are needed"),
        ([3, 3], 1, 2, "nobody is left for a stranger"),
    ],
)
def test_too_few_people_are_told(
    made_up: Make, counts: list[int], references: int, enrolled: int | None, expected: str
) -> None:
    dataset, samples = made_up(of(counts))
    with pytest.raises(DatasetError, match=expected):
        make_splits(dataset, samples, references, enrolled)


def pairs(*rows: tuple[str, str, bool]) -> tuple[Dataset, Samples]:
    names = sorted({name for row in rows for name in row[:2]})
    people = tuple(Person(name[0], (PhotoFile(name, Path(name)),), True) for name in names)
    good = FaceQuality(120.0, 0.8, 0.9, 0.8)
    faces = tuple(Sample(i, name, np.array([i], np.float32), good) for i, name in enumerate(names))
    dataset = Dataset(Path("p.csv"), people, tuple(Pair(*row) for row in rows))
    return dataset, Samples("m", people, faces, len(faces), len(faces), {}, (0,) * len(people))


def test_only_pairs_that_somebody_labelled_are_searched() -> None:
    dataset, samples = pairs(("a", "b", True), ("a", "c", False), ("b", "c", False), ("a", "b", True))
    first, second = make_splits(dataset, samples)
    assert (first.references, first.searched.tolist(), first.scanned.tolist()) == (((0,),), [1, 2], [1, 2])
    assert (second.references, second.searched.tolist(), second.scanned.tolist()) == (((1,),), [2], [0, 2])


def test_pairs_of_which_no_photo_is_left_are_told() -> None:
    dataset, samples = pairs(("a", "b", True))
    with pytest.raises(DatasetError, match="no pair is left"):
        make_splits(dataset, replace(samples, faces=samples.faces[:1]))


@pytest.mark.parametrize(("references", "enrolled"), [(2, None), (1, 2)])
def test_pairs_enrol_one_person_by_one_photo(references: int, enrolled: int | None) -> None:
    dataset, samples = pairs(("a", "b", True))
    with pytest.raises(DatasetError, match="Leave --references and --enrolled out"):
        make_splits(dataset, samples, references, enrolled)


@given(st.integers(2, 150))
def test_small_datasets_leave_few_people_out_of_a_population(people: int) -> None:
    person_of, everything = np.arange(people, dtype=np.intp), np.arange(people, dtype=np.intp)
    split = Split((0,), ((0,),), everything[1:], everything[1:])
    for searched, scanned in split.folds(person_of, 1):
        assert len(searched) <= max(5, people / 5 + 1)
        assert len(scanned) == people - 1 - len(searched)
