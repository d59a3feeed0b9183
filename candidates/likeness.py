"""How alike the enrolled people are, and how well each is found by the photos given: what matching would make of them.

Every reference is searched as if it came from a scan, while its person is enrolled by the other photos only. So the
figures say what a new photo of the candidate may reach; photos of one day flatter them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Final

import numpy as np

from candidates.bands import BANDS, Band, BandTable
from candidates.gallery import Doubles, Enrolled, Gallery
from candidates.match import Matcher, Sighting
from candidates.population import Population, no_population

ENOUGH_PHOTOS: Final = 3
"""Of a candidate: with more references more photos are found, see the table of ``BandTable``."""


class Need(StrEnum):
    """Why a candidate needs more photos."""

    FEW_PHOTOS = "few-photos"
    AGREE_BADLY = "agree-badly"


@dataclass(frozen=True, slots=True)
class Trial:
    """One reference, searched among everybody enrolled without it.

    Attributes:
        person: id of whose photo it is.
        photo: the photo's name in the election file.
        similarity: to that person's other references, as in ``Sighting``.
        e_value: as in ``Sighting``; none where it is uncalibrated.
        is_found: whether that is enough for ``possible``, were nobody else enrolled.
        sightings: what a scan would say of it: one sighting, perhaps of somebody else, or none.
    """

    person: str
    photo: str
    similarity: float
    e_value: tuple[float, ...]
    is_found: bool
    sightings: tuple[Sighting, ...]

    @property
    def bands(self) -> tuple[Band, ...]:
        """The band that the right person gets; none where nobody or somebody else is seen."""
        return tuple(one.band for one in self.sightings if one.candidate == self.person)

    @property
    def is_somebody_else(self) -> bool:
        """Whether a scan would name another candidate."""
        return any(one.candidate != self.person for one in self.sightings)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people enrolled, at least one of them a candidate.

    Attributes:
        one: a candidate.
        other: another candidate, or a decoy.
        similarity: the highest of a reference of one of them to the other person.
        bands: the band that a face as alike as that gets where margins are left aside, or none.
    """

    one: Enrolled
    other: Enrolled
    similarity: float
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True)
class Outlook:
    """What matching would make of the people enrolled, as seen from one population.

    Attributes:
        gallery: who is enrolled.
        likeness: (P, P) float64, -1 to 1, symmetric: the highest similarity of a reference of one of two people to
            the other person; on the diagonal the middle one of a person's own trials, 0 where there is none.
        pairs: the most alike first.
        trials: of all who have two references or more, in the order of the gallery.
        calibrated: whether E-values are known.
        faces: E-values are for a scan of so many faces.
        people: how many people similarity is seen against, those enrolled among them.
        least_people: with fewer, likeness says nothing.
        calibrated_from: so many people of a population make E-values.
    """

    gallery: Gallery
    likeness: Doubles = field(repr=False)
    pairs: tuple[Pair, ...]
    trials: tuple[Trial, ...]
    calibrated: bool
    faces: float
    people: float
    least_people: int
    calibrated_from: int

    @property
    def can_be_judged(self) -> bool:
        """Whether there are enough people for likeness to mean anything."""
        return self.people >= self.least_people

    @cached_property
    def _trials(self) -> dict[str, tuple[Trial, ...]]:
        return {
            person.id: tuple(trial for trial in self.trials if trial.person == person.id)
            for person in self.gallery.people
        }

    def of(self, person_id: str) -> tuple[Trial, ...]:
        """The trials of a person; none for somebody who is not enrolled or has one reference."""
        return self._trials.get(person_id, ())

    def needs(self, person: Enrolled) -> tuple[Need, ...]:
        """Why a candidate needs more photos; nothing where they suffice, and for a decoy."""
        if person.is_decoy:
            return ()
        trials, needs = self.of(person.id), []
        if len(person.references) < ENOUGH_PHOTOS:
            needs.append(Need.FEW_PHOTOS)
        if self.can_be_judged and 2 * sum(trial.is_found for trial in trials) < len(trials):
            needs.append(Need.AGREE_BADLY)
        return tuple(needs)


def middle(values: Sequence[float]) -> float:
    """The one in the middle; of an even number the lower of the two, so that it is one that was measured.

    Raises:
        ValueError: there are none.
    """
    if not values:
        raise ValueError("values: expected at least one, got none")
    return sorted(values)[(len(values) - 1) // 2]


def outlook_of(gallery: Gallery, populations: tuple[Population, ...] = (), bands: BandTable = BANDS) -> Outlook:
    """What matching would make of a gallery.

    Args:
        gallery: who is enrolled.
        populations: the people to see similarity against, of the gallery's face model; none for those enrolled alone.
        bands: the limits in use.
    """
    (population,) = populations or (no_population(gallery),)
    matcher = Matcher(gallery, population, bands)
    trials = trials_of(gallery, population, bands)
    likeness, pairs = _compared(matcher)
    for i, person in enumerate(gallery.people):
        own = [trial.similarity for trial in trials if trial.person == person.id]
        likeness[i, i] = middle(own) if own else 0.0
    likeness.setflags(write=False)
    people = population.people(gallery)
    faces = matcher.compared if matcher.calibrated else 0.0
    return Outlook(
        gallery,
        likeness,
        pairs,
        trials,
        matcher.calibrated,
        faces,
        people,
        bands.least_people,
        bands.calibrated_from,
    )


def alike(gallery: Gallery, population: Population, bands: BandTable = BANDS) -> tuple[Pair, ...]:
    """Pairs so alike that one could be a ``match`` for the other, the most alike first."""
    pairs = _compared(Matcher(gallery, population, bands))[1]
    return tuple(pair for pair in pairs if Band.MATCH in pair.bands)


def trials_of(gallery: Gallery, population: Population, bands: BandTable = BANDS) -> tuple[Trial, ...]:
    """Each reference of whoever has two or more, searched without it, in the order of the gallery.

    The first references of all people are left out together, then the second ones, and so on: a few galleries instead
    of one for each photo, and each person still one photo short at most.
    """
    found: dict[tuple[int, int], Trial] = {}
    for turn in range(max(len(person.references) for person in gallery.people)):
        out = [i for i, person in enumerate(gallery.people) if turn < len(person.references) > 1]
        if not out:
            continue
        people = [_without(person, turn) if i in out else person for i, person in enumerate(gallery.people)]
        matcher = Matcher(Gallery(gallery.model_id, tuple(people)), population, bands)
        templates = np.array([gallery.people[i].references[turn].template for i in out])
        similarities, e_values = matcher.similarities(templates), matcher.e_values(templates)
        for row, (i, sightings) in enumerate(zip(out, matcher.match(templates), strict=True)):
            person, similarity, e_value = gallery.people[i], float(similarities[row, i]), float(e_values[row, i])
            found[i, turn] = Trial(
                person.id,
                person.references[turn].photo,
                similarity,
                (e_value,) if matcher.calibrated else (),
                bool(matcher.reached(similarity, e_value)),
                sightings,
            )
    return tuple(found[at] for at in sorted(found))


def _without(person: Enrolled, turn: int) -> Enrolled:
    return replace(person, references=person.references[:turn] + person.references[turn + 1 :])


def _compared(matcher: Matcher) -> tuple[Doubles, tuple[Pair, ...]]:
    people, starts = matcher.gallery.people, matcher.gallery.starts
    templates = np.asarray(matcher.gallery.templates, np.float32)
    # Best of all references of one person as the face and the other as the candidate, and the other way round.
    similarity = np.maximum.reduceat(matcher.similarities(templates), starts, axis=0)
    similarity = np.maximum(similarity, similarity.T)
    e_value = np.minimum.reduceat(matcher.e_values(templates), starts, axis=0)
    e_value = np.minimum(e_value, e_value.T)
    pairs = []
    for i, one in enumerate(people):
        for j in range(i + 1, len(people)):
            first, second = (people[j], one) if one.is_decoy else (one, people[j])
            if not first.is_decoy:
                value = float(similarity[i, j])
                pairs.append(Pair(first, second, value, matcher.reached(value, float(e_value[i, j]))))
    ranked = sorted(pairs, key=lambda pair: (-pair.similarity, pair.one.id, pair.other.id))
    return np.array(similarity), tuple(ranked)
