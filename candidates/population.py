"""The local population: the mean face of everybody else and how faces vary, from the unlabelled faces of a scan.

Centring on it takes away what all local faces share, and with it most of the likeness between strangers that dlib's
model sees; whitening then counts a difference for less where local people differ much anyway (design section 4). Of the
people scanned, nothing is kept but how many they were, their mean, their covariance, and counts of how alike pairs of
them are.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from candidates.gallery import Doubles, Gallery, centred_cosine
from candidates.people import deviations, one_face_each, shares, value_order
from candidates.prior import WEIGHT, Prior, priors_for
from candidates.space import Space, space_of, whitening_of
from candidates.tail import PARTS, Tail, count_pairs
from vision.types import Floats

LEAVE_OUT_FROM: Final = 0.55
"""Centred cosine to an enrolled person from which a face among few people is left out of the population."""

LEAVE_OUT_FROM_FEW: Final = 0.40
FEW_AND_MANY: Final = (20, 60)
"""The same while there are at most 20 people; between 20 and 60 it rises. One photo of a candidate that is taken for a
stranger's then moves the mean towards the candidate: of 24 look-alike photos, one enrolled, 98% of his others were at
least possible so, and 57% when left out from 0.55 on. Among 42 people 0.42 already left out a quarter of them. From 60
people on a face is left out where it would be one person with a reference (``candidates.people``): 0.55 left out 23 of
168 rendered people for 20 candidates with three references, and what strangers look like near a candidate with them, so
that E-values were 1.2 to 1.7 times too small."""

VERSION: Final = 2
"""Of the method; a stored population of another one is refused."""

Flags = NDArray[np.bool_]

ROUNDS: Final = 3
"""How often the mean is taken again without those who then look like a candidate; the second round moves it little."""

MOST_FACES: Final = 20_000
"""More faces than this are thinned to so many before people are told apart (pairs grow with the square); the mean of
20,000 faces is known to well under a hundredth of the distance between two people."""

MOST_COMPARED: Final = 2_000
"""People whose pairs are compared for the tail: two million pairs, more than any tail here can be trusted for."""

CENSORED_FROM: Final = 0.9
"""Of the likeness from which two faces are one person (``candidates.people``): over it pairs of strangers are missing.
Less than all of it, since a pair is seen a little differently by the people of the other parts."""

FEWEST_COMPARED: Final = 16
"""With fewer people the parts of the population have a single person, and a tail means nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """How many people a scan saw besides candidates, their mean face, how they vary, and how alike pairs of them are.

    Attributes:
        count: people, however many photos each has; 0 or more.
        mean: (D,) float64 mean template; zeros where count is 0.
        covariance: (D, D) float64 of the templates around the mean; (0, 0) where it is not known.
        tails: one, of how alike strangers are; none where there were too few people.
        priors: one, what was believed before; none where nothing is known of the face model.
        model_id: of the model that made the templates, or empty.
    """

    count: float
    mean: Doubles = field(repr=False)
    covariance: Doubles = field(repr=False, default_factory=lambda: np.zeros((0, 0)))
    tails: tuple[Tail, ...] = ()
    priors: tuple[Prior, ...] = ()
    model_id: str = ""

    def __post_init__(self) -> None:
        mean = np.array(self.mean, np.float64)
        if not np.isfinite(self.count) or self.count < 0:
            raise ValueError(f"count: expected 0 or more, got {self.count}")
        if mean.ndim != 1 or not np.isfinite(mean).all():
            raise ValueError(f"mean: expected (D,) finite numbers, got shape {mean.shape}")
        covariance = np.array(self.covariance, np.float64)
        if covariance.size and (covariance.shape != (mean.size, mean.size) or not np.isfinite(covariance).all()):
            raise ValueError(f"covariance: expected {mean.size} x {mean.size} finite numbers, got {covariance.shape}")
        if len(self.tails) > 1 or len(self.priors) > 1:
            raise ValueError(f"expected at most one tail and one prior, got {len(self.tails)} and {len(self.priors)}")
        if any(prior.mean.shape != mean.shape for prior in self.priors):
            raise ValueError(f"priors: expected a mean of {mean.size} numbers, got {self.priors[0].mean.size}")
        for name, array in (("mean", mean), ("covariance", covariance)):
            array.setflags(write=False)
            object.__setattr__(self, name, array)

    @property
    def version(self) -> str:
        """Of the method, and of the prior where there is one: ``2+prior1``."""
        return "+".join([str(VERSION), *(f"prior{prior.version}" for prior in self.priors)])

    def people(self, gallery: Gallery) -> float:
        """How many people ``centre`` is the mean of, besides the prior."""
        return self.count + len(gallery.people)

    def centre(self, gallery: Gallery) -> Doubles:
        """(D,) float64: the mean of the scanned people, the enrolled ones and the prior, each person counting once.

        Candidates and decoys are local people as well, and the only ones known when a scan is small. Counting each
        like anybody else needs no tuned weight: they decide in a scan of one photo and vanish in one of thousands.
        Measured on the look-alike and Indonesian photos (2 to 5 people enrolled by 2 photos, 300 draws, before each
        face was left out of its own centre): in a scan of
        12 photos the AUC is 0.9948 without them, 0.9998 with this weight, 0.9996 as if they were always 10 people; in
        one of 3 photos 0.954, 0.996 and 0.9997.
        """
        total = self.count * self.mean + gallery.means.sum(axis=0)
        for prior in self.priors:
            total = total + WEIGHT * prior.mean
        return np.asarray(total / (self.people(gallery) + WEIGHT * len(self.priors)))

    def whitening(self) -> Doubles:
        """(D, D) float64: multiply a centred template by it from the right; the identity where nothing is known."""
        covariance = self.covariance if self.covariance.size else np.zeros((self.mean.size, self.mean.size))
        return whitening_of(covariance, self.count)

    def space(self, gallery: Gallery) -> Space:
        """How templates are compared as seen from this population, with these people enrolled."""
        size = self.mean.size
        centre, whitening = self.centre(gallery), self.whitening()
        people, mean, spread = self.count, self.count * self.mean, np.zeros((size, size))
        if self.covariance.size:
            spread = self.covariance * self.count / max(self.count - 1, 1) * self.count
        for prior in self.priors:
            people, mean = people + WEIGHT, mean + WEIGHT * prior.mean
            spread = spread + WEIGHT * prior.variance / size * np.eye(size)
        if people <= 0:
            return Space(centre, whitening, np.zeros(size), spread, 0.0)
        offset = (mean / people - centre) @ whitening
        return Space(centre, whitening, offset, whitening @ (spread / people) @ whitening, people)


def no_population(gallery: Gallery) -> Population:
    """Nobody scanned yet: matching then centres on the enrolled people and the prior alone."""
    return Population(
        0.0, np.zeros(gallery.templates.shape[1]), priors=priors_for(gallery.model_id), model_id=gallery.model_id
    )


def measure_population(templates: Floats, gallery: Gallery, priors: tuple[Prior, ...] | None = None) -> Population:
    """The population behind the faces of a scan, whoever they are.

    Faces that look like a candidate or decoy are left out. Leaving out less alike ones too would run away: it removes
    the local people first, the mean moves off, and more of them look like candidates. Measured with Asian candidates
    among as many Western as Asian faces (200 draws of 2 to 5 candidates): leaving out from 0.35 on kept 24 people and
    put 18% of strangers' faces above 0.55, from 0.55 on 41 people and 2%.

    Each person counts once, however many photos they have (``candidates.people``).

    Args:
        templates: (N, D), one row a face; N may be 0. Their order changes nothing.
        gallery: who is enrolled, with templates of the same model.
        priors: at most one; None for the shipped one where it is of the gallery's model.

    Raises:
        ValueError: the templates are not (N, D) with the gallery's D, or not finite.
    """
    priors = priors_for(gallery.model_id) if priors is None else priors
    faces = np.asarray(templates, np.float64)
    size = gallery.templates.shape[1]
    nobody = Population(0.0, np.zeros(size), priors=priors, model_id=gallery.model_id)
    if faces.size == 0:
        return nobody
    if faces.ndim != 2 or faces.shape[1] != size or not np.isfinite(faces).all():
        raise ValueError(f"templates: expected (N, {size}) finite numbers, got shape {faces.shape}")
    faces = faces[value_order(faces)[:MOST_FACES]]
    people, kept = one_face_each(faces), np.ones(len(faces), bool)
    for _ in range(ROUNDS):
        strangers = faces[people[kept[people]]]
        if len(strangers) >= FEW_AND_MANY[1]:
            kept = ~_is_enrolled(faces, strangers, gallery)
        else:
            kept = _likeness_to_enrolled(faces, strangers, gallery, priors) < _leave_out_from(len(strangers))
    faces = faces[kept]
    if not len(faces):
        return nobody
    people = one_face_each(faces)
    share = shares(faces, people)
    # All photos of a person together give a steadier mean than one of them: strangers' highest similarity to the six
    # candidates of the invented uploads is 0.38 so and 0.46 with one face each.
    mean = share @ faces / share.sum()
    spread = (faces - mean) * np.sqrt(share / share.sum())[:, None]
    tails = _tails(faces[people], len(faces))
    return Population(float(len(people)), mean, spread.T @ spread, tails, priors, gallery.model_id)


def _is_enrolled(faces: Doubles, strangers: Doubles, gallery: Gallery) -> Flags:
    """(N,) whether a face would be taken for one person with a reference."""
    space = space_of(strangers)
    likeness = (space.directions(faces) @ space.directions(gallery.templates).T).max(axis=1)
    return np.asarray(likeness >= deviations(len(faces)) * np.sqrt(space.usual_variance))


def _likeness_to_enrolled(faces: Doubles, strangers: Doubles, gallery: Gallery, priors: tuple[Prior, ...]) -> Doubles:
    """(N,) centred cosine to the nearest reference, each face seen from a centre without one person like itself: among
    few a face hides behind its own share of the mean.
    """
    own = 1.0 if len(strangers) else 0.0
    total = strangers.sum(axis=0) + gallery.means.sum(axis=0)
    for prior in priors:
        total = total + WEIGHT * prior.mean
    number = len(strangers) + len(gallery.people) + WEIGHT * len(priors)
    centres = (total - own * faces) / (number - own)
    return np.asarray(centred_cosine(faces, gallery.templates, centres).max(axis=1))


def _leave_out_from(strangers: int) -> float:
    return float(np.interp(strangers, FEW_AND_MANY, (LEAVE_OUT_FROM_FEW, LEAVE_OUT_FROM)))


def _tails(strangers: Doubles, faces: int) -> tuple[Tail, ...]:
    """How alike strangers are, each pair seen from a population without the parts that the two are of.

    Seen from a population that they helped to make, people are less alike than they will be to strangers: promises
    were 6 to 40 times too small.
    """
    people = strangers[:MOST_COMPARED]
    if len(people) < FEWEST_COMPARED:
        return ()
    part = np.arange(len(people)) % PARTS
    z: list[tuple[int, int, NDArray[np.float32]]] = []
    for one in range(PARTS):
        for other in range(one, PARTS):
            space = space_of(people[(part != one) & (part != other)])
            left, right = space.directions(people[part == one]), space.directions(people[part == other])
            pairs = np.triu(np.ones((len(left), len(right)), bool), 1) if one == other else slice(None)
            z.append((one, other, space.z_values(left, right)[pairs].ravel().astype(np.float32)))
    return (count_pairs(z, len(people) * (len(people) - 1) / 2, CENSORED_FROM * deviations(faces)),)
