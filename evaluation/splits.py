"""Who is enrolled when: repeated, seeded splits of a dataset into enrolled people and strangers.

One split is one scan. Of a folder: some people are enrolled by their first photos that enrolment would take, in the
order of the names; everybody else's photos are strangers', and the enrolled people's other photos are searched too.
Whoever takes turns is enrolled equally often, give or take one. Of pairs: the first photo of a pair is enrolled alone
(N = 1) and searched for in the second photos of its pairs, so that no pair that nobody labelled is counted.

The population of a scan is all of its faces. Here each face is scored with the population of the *other* people's
faces, by folds of people: in a real scan of thousands a face hardly shapes the population it is seen against, and in a
small dataset it would.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evaluation.dataset import Dataset
from evaluation.errors import DatasetError
from evaluation.samples import Samples

FOLDS: Final = 5
"""So each population holds four fifths of the people; every fold is one more population to measure."""

MANY, FOLDS_OF_FEW = 100, 10
"""With fewer people than MANY a fifth of them would be missed, most of all where a group has two or three people in the
whole dataset; so then it is so many folds, or one for each person."""

MOST_ENROLLED: Final = 10
"""Five tickets of two, a large field of a Pilkada; with fewer than twice as many people, half of them."""

LEAST_SPLITS: Final = 20
"""Whole rounds, in each of which everybody takes a turn, until there are so many splits."""

SEED: Final = 20241127

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """One scan.

    Attributes:
        enrolled: indices of people, in the order of the gallery.
        references: of each of them, indices of samples.
        scanned: indices of the samples that make the population, without the references.
        searched: those of them that are searched.
    """

    enrolled: tuple[int, ...]
    references: tuple[tuple[int, ...], ...]
    scanned: Indices
    searched: Indices

    def folds(self, person_of: Indices, seed: int) -> Iterator[tuple[Indices, Indices]]:
        """Pairs of (samples to search, samples that make their population), which share no person."""
        people = np.unique(person_of[self.scanned])
        count = FOLDS if len(people) >= MANY else FOLDS_OF_FEW
        fold_of = np.zeros(int(person_of.max()) + 1, np.intp)
        fold_of[people] = np.random.default_rng(seed).permutation(len(people)) % count
        for fold in range(count):
            here = self.searched[fold_of[person_of[self.searched]] == fold]
            if len(here):
                yield here, self.scanned[fold_of[person_of[self.scanned]] != fold]


def make_splits(
    dataset: Dataset, samples: Samples, references: int = 1, enrolled: int | None = None
) -> tuple[Split, ...]:
    """The splits of a dataset.

    Args:
        dataset: a folder or pairs.
        samples: its faces.
        references: how many photos enrol a person; of pairs always one.
        enrolled: how many people are enrolled at a time, or None for half of those who can be, at most MOST_ENROLLED.

    Raises:
        DatasetError: too few people or photos for it.
    """
    if dataset.pairs and (references != 1 or enrolled not in (None, 1)):
        text = "one photo enrols one person, the other is searched. Leave --references and --enrolled out."
        raise DatasetError([f"{dataset.path}: of pairs, {text}"])
    splits = _of_pairs(dataset, samples) if dataset.pairs else _of_folder(dataset, samples, references, enrolled)
    if not splits:
        raise DatasetError([f"{dataset.path}: no pair is left whose two photos can be compared."])
    return splits


def _by_person(samples: Samples) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in samples.people]
    for index, face in enumerate(samples.faces):
        found[face.person].append(index)
    return found


def _of_folder(dataset: Dataset, samples: Samples, references: int, enrolled: int | None) -> tuple[Split, ...]:
    first: dict[int, tuple[int, ...]] = {}
    for person, faces in enumerate(_by_person(samples)):
        good = [index for index in faces if samples.faces[index].can_enrol][:references]
        if samples.people[person].takes_turns and len(good) == references and len(faces) > references:
            first[person] = tuple(good)
    everybody = len({face.person for face in samples.faces})
    count = min(MOST_ENROLLED, max(1, len(first) // 2)) if enrolled is None else enrolled
    if len(first) < count or not first:
        text = f"{len(first)} people have {references} good photo(s) to enrol and one more to search with; "
        text += f"at least {count} are needed. Add photos, or lower --references or --enrolled."
        raise DatasetError([f"{dataset.path}: {text}"])
    if everybody <= count:
        text = f"all {everybody} people would be enrolled, and nobody is left for a stranger. Add people."
        raise DatasetError([f"{dataset.path}: {text}"])
    splits = []
    for people in _turns(tuple(first), count):
        taken = {index for person in people for index in first[person]}
        scanned = np.array([index for index in range(len(samples.faces)) if index not in taken], np.intp)
        splits.append(Split(people, tuple(first[person] for person in people), scanned, scanned))
    return tuple(splits)


def _turns(people: Sequence[int], count: int) -> Iterator[tuple[int, ...]]:
    """Who is enrolled in each split: rounds of shuffled people, the last group filled up from the round's first."""
    random = np.random.default_rng(SEED)
    groups = -(-len(people) // count)
    for _ in range(-(-LEAST_SPLITS // groups)):
        order = [int(person) for person in random.permutation(people)]
        circle = order + order
        for group in range(groups):
            yield tuple(circle[group * count : (group + 1) * count])


def _of_pairs(dataset: Dataset, samples: Samples) -> tuple[Split, ...]:
    by_name = {face.photo: index for index, face in enumerate(samples.faces)}
    partners: dict[str, list[str]] = {}
    for pair in dataset.pairs:
        if pair.second not in partners.setdefault(pair.first, []):
            partners[pair.first].append(pair.second)
    splits = []
    for first, others in partners.items():
        if first not in by_name or not samples.faces[by_name[first]].can_enrol:
            continue
        reference = by_name[first]
        searched = np.array([by_name[name] for name in others if name in by_name], np.intp)
        if not len(searched):
            continue
        scanned = np.delete(np.arange(len(samples.faces)), reference)
        splits.append(Split((samples.faces[reference].person,), ((reference,),), scanned, searched))
    return tuple(splits)
