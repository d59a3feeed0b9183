"""Who is enrolled, who is the population and who a stranger: drawn again and again from a set of faces.

The three never share a person, and no stranger is a relative of anybody enrolled: relatives are what decoys are for,
and they are counted apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from benchmarks.identity_faces import FaceSet
from candidates.gallery import Doubles, Enrolled, Gallery, Reference
from candidates.match import Matcher
from candidates.people import one_face_each
from candidates.population import LEAVE_OUT_FROM, Population, measure_population
from candidates.prior import Prior
from vision.types import FaceQuality, Floats

MODEL = "the benchmark's one face model"
SAME = 0.9999  # a similarity over it is a face's to itself
GOOD = FaceQuality(size=100, sharpness=1, frontality=1, value=1)


class Source(StrEnum):
    """Where the population of a draw comes from."""

    OWN = "other people of the set"
    SCAN = "the scan itself: these and all faces searched"
    ANOTHER = "another set"


@dataclass(frozen=True, slots=True)
class Plan:
    """How a set is drawn from.

    Attributes:
        enrolled: how many people at the most; only those with a photo beyond their references can be.
        references: photos that each is enrolled with.
        population: how many of the other people are the population; 0 for half of them. Those who have
            ``photos_each`` photos come first.
        photos_each: how many faces of a person the population has; 0 for all.
        draws: how often.
        seed: of the draws.
        among: the beginning of the names of those who may be enrolled.
    """

    enrolled: int
    references: int
    population: int = 0
    photos_each: int = 0
    draws: int = 60
    seed: int = 3
    among: str = ""


@dataclass(frozen=True)
class Draw:
    """One draw. Strangers have no relative among the enrolled.

    Attributes:
        enrolled: (P,) who.
        references: for each of them, (R, D) float32.
        population: (N, D) float32, N may be 0.
        mates: faces of the enrolled that are no references.
        mate_of: for each mate, its place among the enrolled.
        strangers: faces of the others.
        relatives: faces of people who are relatives of an enrolled one, of nobody else.
        priors: at most one, of people of another set: netra's own was made from the evaluation photos themselves.
    """

    enrolled: tuple[str, ...]
    references: tuple[Floats, ...]
    population: Floats
    mates: FaceSet
    mate_of: NDArray[np.intp]
    strangers: FaceSet
    relatives: FaceSet
    priors: tuple[Prior, ...] = ()

    @cached_property
    def gallery(self) -> Gallery:
        """The enrolled as netra keeps them."""
        return gallery_of(self.references)

    @cached_property
    def measured(self) -> Population:
        """The population as netra measures it."""
        return measure_population(self.population, self.gallery, self.priors)

    @cached_property
    def matcher(self) -> Matcher:
        """netra's own, for a scan of as many faces as the population has."""
        return Matcher(self.gallery, self.measured, faces=float(max(len(self.population), 1)))

    @cached_property
    def similarities(self) -> tuple[Doubles, Doubles]:
        """netra's: (M, P) of the mates and (S, P) of the strangers."""
        return self.matcher.similarities(self.mates.templates), self.matcher.similarities(self.strangers.templates)

    @cached_property
    def cohort(self) -> Floats:
        """(C, D): who is left of the population as a cohort for score normalisation.

        One face of each person, as netra tells them apart, and nobody who looks like an enrolled one: a cohort in which
        the enrolled are hides them.
        """
        faces = self.population.astype(np.float64)
        one_each = self.population[one_face_each(faces)] if len(faces) else self.population
        if not len(one_each):
            return one_each
        return np.asarray(one_each[self.matcher.similarities(one_each).max(axis=1) < LEAVE_OUT_FROM], np.float32)

    @cached_property
    def cohort_scores(self) -> Doubles:
        """(C, P): the cohort's similarity to the enrolled."""
        return self.matcher.similarities(self.cohort)

    @cached_property
    def faces_to_cohort(self) -> tuple[Doubles, Doubles]:
        """(M, C) and (S, C): the similarity of mates and strangers to the cohort; nan where one is the other."""
        everybody = Matcher(gallery_of([row[None] for row in self.cohort]), self.measured)
        mates, strangers = (everybody.similarities(each.templates) for each in (self.mates, self.strangers))
        return np.where(mates > SAME, np.nan, mates), np.where(strangers > SAME, np.nan, strangers)


def gallery_of(references: "tuple[Floats, ...] | list[Floats]") -> Gallery:
    """One candidate for each (R, D) array of references."""
    people = tuple(
        Enrolled(
            f"candidate-{i:04d}",
            "",
            i + 1,
            tuple(Reference(f"{i}-{k}.jpg", "sha256:" + "0" * 64, row, GOOD) for k, row in enumerate(rows)),
        )
        for i, rows in enumerate(references)
    )
    return Gallery(MODEL, people)


def draws(faces: FaceSet, plan: Plan, source: Source = Source.OWN, another: Sequence[FaceSet] = ()) -> Iterator[Draw]:
    """Draws of a set, the same for the same plan: who is enrolled and who a stranger does not depend on ``source``.

    Args:
        faces: the set.
        plan: how.
        source: where the population comes from.
        another: the set that ``Source.ANOTHER`` takes it from, and that the prior is made of.

    Raises:
        ValueError: nobody has more photos than the references.
    """
    names, counts = np.unique(faces.people, return_counts=True)
    able = names[(counts > plan.references) & np.char.startswith(names, plan.among)]
    if not able.size:
        raise ValueError(f"{faces.name}: nobody has more than {plan.references} photos")
    priors = tuple(prior_of(each) for each in another[:1])
    for number in range(plan.draws):
        rng = np.random.default_rng([plan.seed, number])
        enrolled = rng.permutation(able)[: plan.enrolled]
        rest = rng.permutation(names[~np.isin(names, enrolled)])
        enough = np.isin(rest, names[counts >= plan.photos_each])
        rest = np.concatenate([rest[enough], rest[~enough]])
        half = min(-(-len(rest) // 2), max(len(rest) - 1, 0))
        own, others = np.split(rest, [min(plan.population or half, len(rest))])
        chosen = [rng.permutation(np.flatnonzero(faces.people == who)) for who in enrolled]
        mates = faces.rows(np.concatenate([rows[plan.references :] for rows in chosen]))
        strangers = faces.of(others)
        families = np.unique(faces.families[np.isin(faces.people, enrolled)])
        related = np.unique(strangers.people[np.isin(strangers.families, families)])
        if source is Source.ANOTHER:
            everybody = another[0].names
            population = another[0].of(rng.permutation(everybody)[: plan.population or len(everybody)])
        else:
            population = faces.of(own)
        seen = _some_of(population, plan.photos_each, rng)
        if source is Source.SCAN:
            seen = np.concatenate([seen, mates.templates, strangers.templates])
        yield Draw(
            enrolled=tuple(str(who) for who in enrolled),
            references=tuple(faces.templates[rows[: plan.references]] for rows in chosen),
            population=seen,
            mates=mates,
            mate_of=np.repeat(np.arange(len(enrolled)), [len(rows) - plan.references for rows in chosen]),
            strangers=strangers.of(np.setdiff1d(strangers.names, related)),
            relatives=strangers.of(related),
            priors=priors,
        )


def prior_of(faces: FaceSet) -> Prior:
    """A prior as netra's is made: the mean of the people of a set, each counting once, and how far they lie from it."""
    means = np.array([faces.of([who]).templates.mean(axis=0) for who in faces.names], np.float64)
    firsts = np.array([faces.of([who]).templates[0] for who in faces.names], np.float64)
    variance = float(((firsts - means.mean(axis=0)) ** 2).sum(axis=1).mean())
    return Prior(MODEL, 1, len(means), means.mean(axis=0), variance)


def _some_of(faces: FaceSet, each: int, rng: np.random.Generator) -> Floats:
    """(N, D): so many faces of each person, 0 for all."""
    order = rng.permutation(len(faces))
    people, seen = faces.people[order], dict.fromkeys(faces.names.tolist(), 0)
    kept = []
    for row, who in zip(order, people.tolist(), strict=True):
        seen[who] += 1
        if not each or seen[who] <= each:
            kept.append(row)
    return faces.templates[np.sort(np.array(kept, np.intp))]
