"""Ways to say how alike a face and an enrolled person are: netra's own and the others it is compared with.

A method scores the faces that a draw searches, mates and strangers, against everybody enrolled; higher is more alike.
What netra ships comes from ``candidates``; the others are the few lines they are.
"""

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.identity_draws import Draw, gallery_of
from candidates.gallery import Doubles, centred_cosine
from candidates.match import Matcher
from vision.types import Floats

Scores = tuple[Doubles, Doubles]
"""(M, P) of the mates and (S, P) of the strangers."""
Method = Callable[[Draw], Scores]

SIMILARITY: Final = "centred + whitened (netra, uncalibrated)"
SHIPPED: Final = "the same + s-norm in closed form (netra)"
E_VALUE: Final = "netra's E-value"
COHORTS: Final = (10, 30, 100)
SD_FLOOR: Final = 1e-3  # so that a cohort of nearly equal scores divides nothing by zero


def raw_distance(draw: Draw) -> Scores:
    """dlib's Euclidean distance to the nearest reference, negated."""
    return _best(draw, _minus_distance)


def raw_cosine(draw: Draw) -> Scores:
    """The cosine to the best reference, nothing taken away."""
    return _best(draw, lambda x, r: centred_cosine(x, r, np.zeros(r.shape[1])))


def centred(draw: Draw) -> Scores:
    """The cosine from the mean of the population and the enrolled, each face once; no whitening."""
    means = np.array([rows.mean(axis=0) for rows in draw.references], np.float64)
    centre = np.concatenate([draw.population.astype(np.float64), means]).mean(axis=0)
    return _best(draw, lambda x, r: centred_cosine(x, r, centre))


def similarity(draw: Draw) -> Scores:
    """netra's similarity, to the mean of the references: what decides while a scan is uncalibrated."""
    return draw.similarities


def e_value(draw: Draw) -> Scores:
    """netra's E-value, best estimate, as minus its logarithm: candidates with unlike tails become comparable."""
    return _searched(draw, lambda x: -np.log(np.maximum(draw.matcher.e_values_middle(x), 1e-300)))


def z_norm(draw: Draw, top: int = 0) -> Scores:
    """netra's similarity in standard deviations of the cohort's scores against the same candidate."""
    cohort = draw.cohort_scores.T
    mates, strangers = draw.similarities
    return _in_deviations(mates.T, cohort, top).T, _in_deviations(strangers.T, cohort, top).T


def s_norm(draw: Draw, top: int = 0) -> Scores:
    """Half the sum of the z-norm and of the same seen from the face: how alike it is to the cohort.

    Args:
        draw: whose population is the cohort.
        top: adaptive: only so many highest scores of each side; 0 for all.
    """
    from_enrolled = z_norm(draw, top)
    mates, strangers = (
        (z + _in_deviations(scores, against, top)) / 2
        for z, scores, against in zip(from_enrolled, draw.similarities, draw.faces_to_cohort, strict=True)
    )
    return mates, strangers


def shipped(draw: Draw) -> Scores:
    """netra's z-value, which E-values are made of: s-norm without a cohort, mean and deviation of both sides from the
    population's mean and covariance alone.
    """
    space = draw.measured.space(draw.gallery)
    people = space.directions(draw.gallery.means)
    return _searched(draw, lambda x: space.z_values(space.directions(x), people))


def mean_of_references(draw: Draw) -> Scores:
    """netra's similarity to each reference alone, and the mean of these."""
    scores, starts = _by_reference(draw)
    counts = np.array([len(rows) for rows in draw.references])
    mates, strangers = (np.add.reduceat(each, starts, axis=1) / counts for each in scores)
    return mates, strangers


def best_reference(draw: Draw) -> Scores:
    """netra's similarity to each reference alone, and the best of these."""
    scores, starts = _by_reference(draw)
    mates, strangers = (np.maximum.reduceat(each, starts, axis=1) for each in scores)
    return mates, strangers


def better_of_both(draw: Draw) -> Scores:
    """netra's similarity to the best reference or to the mean of all, whichever is higher."""
    mates, strangers = (np.maximum(*pair) for pair in zip(similarity(draw), best_reference(draw), strict=True))
    return mates, strangers


METHODS: Final[dict[str, Method]] = {
    "raw distance": raw_distance,
    "raw cosine": raw_cosine,
    "centred": centred,
    SIMILARITY: similarity,
    SHIPPED: shipped,
    "the same + z-norm by a cohort": z_norm,
    "the same + s-norm by a cohort": s_norm,
    **{f"the same + adaptive s-norm, {top} highest": partial(s_norm, top=top) for top in COHORTS},
    E_VALUE: e_value,
}
NORMALISED: Final = frozenset(name for name in METHODS if "-norm" in name)
LEAST_COHORT: Final = 30
"""People in the population, for z-norm and s-norm: the mean of fewer scores is noise."""
FUSIONS: Final[dict[str, Method]] = {
    "best reference": best_reference,
    "mean of the references' scores": mean_of_references,
    "mean of the references' templates (netra)": similarity,
    "the better of best and mean template": better_of_both,
}


def _by_reference(draw: Draw) -> tuple[Scores, NDArray[np.intp]]:
    """Each reference as a person of its own, and where those of each enrolled person begin."""
    every = gallery_of([row[None] for rows in draw.references for row in rows])
    starts = np.concatenate([[0], np.cumsum([len(rows) for rows in draw.references])[:-1]]).astype(np.intp)
    return _searched(draw, Matcher(every, draw.measured).similarities), starts


def _searched(draw: Draw, score: Callable[[Floats], Doubles]) -> Scores:
    return score(draw.mates.templates), score(draw.strangers.templates)


def _in_deviations(rows: Doubles, cohort: Doubles, top: int) -> Doubles:
    """Rows of scores in standard deviations from the mean of the same row of ``cohort``, where nan is nobody."""
    if 0 < top < cohort.shape[1]:
        ordered = np.sort(np.where(np.isnan(cohort), -np.inf, cohort), axis=1)[:, -top:]
        cohort = np.where(np.isinf(ordered), np.nan, ordered)
    mean, deviation = np.nanmean(cohort, axis=1, keepdims=True), np.nanstd(cohort, axis=1, keepdims=True)
    return np.asarray((rows - mean) / np.maximum(deviation, SD_FLOOR))


def _best(draw: Draw, likeness: Callable[[Doubles, Doubles], Doubles]) -> Scores:
    def score(templates: Floats) -> Doubles:
        faces = np.asarray(templates, np.float64)
        return np.array([likeness(faces, np.asarray(rows, np.float64)).max(axis=1) for rows in draw.references]).T

    return _searched(draw, score)


def _minus_distance(faces: Doubles, references: Doubles) -> Doubles:
    squares = (faces**2).sum(axis=1)[:, None] - 2 * faces @ references.T + (references**2).sum(axis=1)
    return np.asarray(-np.sqrt(np.maximum(squares, 0)))
