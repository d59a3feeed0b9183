"""One face for each person among unlabelled faces, so that nobody counts for more because of many photos.

Greedy: in an order that depends on the faces' values only, a face is somebody new unless it is near somebody already
there. No chain of look-alikes can grow this way, and whoever is repeated stays one or a few rows.
"""

from collections.abc import Callable
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles
from candidates.space import space_of

FIRST_DISTANCE: Final = 0.3
"""Of a template's length (dlib's are 1.45 long, so 0.435): faces nearer than this count once for the first centre. That
is too coarse to tell people apart, but it spreads the first sample evenly over all faces, so that 500 photos of one
stranger among 60 others do not become the centre; at 0.2 they do. See ``ROUNDS``."""

FALSE_LINKS: Final = 0.2
"""Two faces are taken for one person where fewer than this many strangers of the scan would be that alike to one
face. On rendered people: 450 people with one photo each become 321, 200 with ten photos each 215, 60 others and 500
photos of one stranger 47 with 3 of the stranger; the 67 people in 158 real faces become 81. At 0.05 fewer look-alikes
are taken for one person (402 of 450), but more people count twice (87 of 67)."""

ROUNDS: Final = 2
"""How often people are told apart anew by the centre and spread of those found before."""

_BLOCK: Final = 256
_WIDER: Final = 1.1  # strangers' similarities spread this much more than in the sample that gave centre and spread


def value_order(faces: Doubles) -> NDArray[np.intp]:
    """(N,) an order of rows by their values, so that the order of photos plays no part."""
    # The fraction of a scaled coordinate is as good as random, and the same for the same face in every run.
    keys = np.modf(np.abs(faces[:, :2]) * 65536)[0]
    return np.asarray(np.lexsort((faces[:, 0], keys[:, -1], keys[:, 0])))


def one_face_each(faces: Doubles) -> NDArray[np.intp]:
    """Rows of ``faces``, (N, D), one for each person, in the order of ``value_order``."""
    order = value_order(faces)
    if not len(faces):
        return order
    ordered = faces[order]
    squares = np.einsum("nd,nd->n", ordered, ordered)
    limit = FIRST_DISTANCE**2 * float(np.median(squares))

    def near(left: NDArray[np.intp], right: NDArray[np.intp]) -> NDArray[np.bool_]:
        distances = squares[left, None] - 2 * ordered[left] @ ordered[right].T + squares[right]
        return np.asarray(distances < limit)

    found = _leaders(len(faces), near)
    for _ in range(ROUNDS):
        if len(found) < 2:
            break
        space = space_of(ordered[found])
        directions = np.asarray(space.directions(ordered), np.float32)
        limit = deviations(len(faces)) * float(np.sqrt(space.usual_variance))

        def alike(
            left: NDArray[np.intp], right: NDArray[np.intp], at: NDArray[np.float32] = directions, least: float = limit
        ) -> NDArray[np.bool_]:
            return np.asarray(at[left] @ at[right].T >= least)

        found = _leaders(len(faces), alike)
    return order[found]


def shares(faces: Doubles, people: NDArray[np.intp]) -> Doubles:
    """(N,) how much of a person each face is: it belongs to the nearest of those chosen, and theirs share 1 equally.

    Args:
        faces: (N, D).
        people: the rows that ``one_face_each`` chose, at least one.
    """
    if len(people) < 2:
        return np.full(len(faces), 1 / len(faces))
    space = space_of(faces[people])
    chosen = np.asarray(space.directions(faces[people]).T, np.float32)
    nearest = np.concatenate(
        [
            (np.asarray(space.directions(faces[start : start + _BLOCK]), np.float32) @ chosen).argmax(axis=1)
            for start in range(0, len(faces), _BLOCK)
        ]
    )
    return np.asarray(1 / np.bincount(nearest, minlength=len(people))[nearest])


def deviations(faces: int) -> float:
    """The likeness from which two of so many faces are one person, in standard deviations of strangers' likeness: from
    here on fewer than FALSE_LINKS of them would be that alike.
    """
    return _WIDER * NormalDist().inv_cdf(1 - min(FALSE_LINKS / max(faces, 1), FALSE_LINKS))


def _leaders(count: int, same: Callable[[NDArray[np.intp], NDArray[np.intp]], NDArray[np.bool_]]) -> NDArray[np.intp]:
    """Indexes of those who are the same as nobody chosen before them."""
    chosen = np.zeros(0, np.intp)
    for start in range(0, count, _BLOCK):
        block = np.arange(start, min(start + _BLOCK, count))
        block = block[~same(block, chosen).any(axis=1)]
        alike, new = same(block, block), np.zeros(len(block), bool)
        for i in range(len(block)):
            new[i] = not (alike[i, :i] & new[:i]).any()
        chosen = np.concatenate([chosen, block[new]])
    return chosen
