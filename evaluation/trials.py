"""All searches of all splits: what each method scores, whom netra names, and which E-values strangers reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from candidates.bands import BANDS
from candidates.gallery import Doubles
from evaluation.compare import NOBODY, Compare, compare_by_netra, distances, gallery_of
from evaluation.samples import Progress, Samples
from evaluation.splits import SEED, Indices, Split

Bools = NDArray[np.bool_]


class Method(StrEnum):
    """What a face is compared by."""

    RAW = "raw-distance"
    SIMILARITY = "similarity"
    E_VALUE = "e-value"


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """One method's scores of S searches; higher is more alike, whatever the method.

    Attributes:
        top: (S,) of the most alike enrolled person.
        top_person: (S,) who that is, an index of people.
        mate: (S,) of the searched person's own references; nan where that person is not enrolled.
    """

    top: Doubles
    top_person: Indices
    mate: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class StrangerPairs:
    """Pairs of a stranger's face and an enrolled person, those with a small E-value.

    Attributes:
        person, enrolled: (K,) indices of people.
        e_values, e_values_middle: (K,).
    """

    person: Indices
    enrolled: Indices
    e_values: Doubles
    e_values_middle: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class Trials:
    """S searches.

    Attributes:
        person: (S,) who is searched, an index of people.
        split: (S,) index of the split.
        mated: (S,) whether that person is enrolled in it.
        scores: by method.
        named: (S,) whom netra names, or NOBODY.
        is_match: (S,) whether it names them at ``match``.
        calibrated: (S,) whether E-values were calibrated.
        pairs: strangers' pairs with E-values up to LARGEST_E.
        enrolled: of each split, indices of people.
        faces: of each split, how many faces E-values were told of.
    """

    person: Indices
    split: Indices
    mated: Bools
    scores: dict[Method, Scores]
    named: Indices
    is_match: Bools
    calibrated: Bools
    pairs: StrangerPairs
    enrolled: tuple[Indices, ...]
    faces: tuple[float, ...]


BUDGETS: Final = (BANDS.e_match, 0.1, BANDS.e_possible)
"""E-values whose promise is checked; two are where the bands ``match`` and ``possible`` end."""

LARGEST_E: Final = max(BUDGETS)
"""Pairs above it are not kept."""


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """The searches of one fold of one split; fields as in Trials."""

    person: Indices
    split: int
    mated: Bools
    scores: dict[Method, Scores]
    named: Indices
    is_match: Bools
    calibrated: bool
    pairs: StrangerPairs


def run_trials(
    samples: Samples, splits: Sequence[Split], progress: Progress, compare: Compare = compare_by_netra
) -> Trials:
    """Score every search of every split.

    Args:
        samples: the faces.
        splits: at least one.
        progress: told after each split.
        compare: what scores a scan.
    """
    templates = np.array([face.template for face in samples.faces], np.float32)
    person_of = np.array([face.person for face in samples.faces], np.intp)
    parts: list[_Part] = []
    for number, split in enumerate(splits):
        progress(number, len(splits))
        gallery, enrolled = gallery_of(split, samples), np.array(split.enrolled, np.intp)
        for searched, scanned in split.folds(person_of, SEED + number):
            compared = compare(gallery, templates[scanned], templates[searched], float(len(split.scanned)))
            who = person_of[searched]
            by_method = {
                Method.RAW: -distances(gallery, templates[searched]),
                Method.SIMILARITY: compared.similarities,
                Method.E_VALUE: -np.log10(np.maximum(compared.e_values, np.finfo(np.float64).tiny)),
            }
            names = np.where(compared.named == NOBODY, NOBODY, enrolled[compared.named])
            is_enrolled = np.isin(who, enrolled)
            close = np.nonzero(~is_enrolled[:, None] & (compared.e_values_middle <= LARGEST_E))
            near = StrangerPairs(
                who[close[0]], enrolled[close[1]], compared.e_values[close], compared.e_values_middle[close]
            )
            scores = {method: _scores(table, who, enrolled) for method, table in by_method.items()}
            parts.append(_Part(who, number, is_enrolled, scores, names, compared.is_match, compared.calibrated, near))
    progress(len(splits), len(splits))
    return _together(parts, splits)


def _scores(table: Doubles, who: Indices, enrolled: Indices) -> Scores:
    best = table.argmax(axis=1)
    own = who[:, None] == enrolled
    mate = np.where(own.any(axis=1), np.where(own, table, -np.inf).max(axis=1), np.nan)
    return Scores(table[np.arange(len(table)), best], enrolled[best], mate)


def _together(parts: Sequence[_Part], splits: Sequence[Split]) -> Trials:
    sizes = [len(part.person) for part in parts]
    scores = {
        method: Scores(
            np.concatenate([part.scores[method].top for part in parts]),
            np.concatenate([part.scores[method].top_person for part in parts]),
            np.concatenate([part.scores[method].mate for part in parts]),
        )
        for method in Method
    }
    pairs = StrangerPairs(
        np.concatenate([part.pairs.person for part in parts]),
        np.concatenate([part.pairs.enrolled for part in parts]),
        np.concatenate([part.pairs.e_values for part in parts]),
        np.concatenate([part.pairs.e_values_middle for part in parts]),
    )
    return Trials(
        person=np.concatenate([part.person for part in parts]),
        split=np.repeat([part.split for part in parts], sizes),
        mated=np.concatenate([part.mated for part in parts]),
        scores=scores,
        named=np.concatenate([part.named for part in parts]),
        is_match=np.concatenate([part.is_match for part in parts]),
        calibrated=np.repeat([part.calibrated for part in parts], sizes),
        pairs=pairs,
        enrolled=tuple(np.array(split.enrolled, np.intp) for split in splits),
        faces=tuple(float(len(split.scanned)) for split in splits),
    )
