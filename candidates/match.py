"""Is this face a candidate? Similarity, band and the sighting that says so."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from candidates.bands import BANDS, Band, BandTable
from candidates.gallery import Doubles, Gallery
from candidates.population import Population
from candidates.space import Space
from vision.types import Floats


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The second-best candidate of a sighting.

    Attributes:
        candidate: the candidate's id.
        similarity: as in ``Sighting``.
    """

    candidate: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face that looks like a candidate.

    Attributes:
        candidate: the candidate's id.
        ticket: the ballot number.
        similarity: centred and whitened cosine to the mean of the references, less what is chance: 0 for a
            stranger on average, 1 for the same picture; no percentage and no probability.
        band: how sure it is.
        reference: name of the reference photo that matched best.
        second: the next-best other candidate, or none where the election has one candidate.
        depiction: the face lies in a poster, banner or screen; False until such places are looked for.
        e_value: how many of ``faces``, were they all strangers of this population, are expected to look as alike by
            chance, at the pessimistic end; none where the sighting is uncalibrated.
        faces: how many faces ``e_value`` is for: those compared in the scan, a hundred at the least.
    """

    candidate: str
    ticket: int
    similarity: float
    band: Band
    reference: str
    second: tuple[RunnerUp, ...] = ()
    depiction: bool = False
    e_value: tuple[float, ...] = ()
    faces: float = 0.0

    def __post_init__(self) -> None:
        if not -1 <= self.similarity <= 1:
            raise ValueError(f"similarity: expected a cosine from -1 to 1, got {self.similarity}")
        if self.ticket < 1:
            raise ValueError(f"ticket: expected a ballot number from 1, got {self.ticket}")
        if len(self.second) > 1 or len(self.e_value) > 1:
            raise ValueError(f"expected at most one second and one E-value, got {self.second} and {self.e_value}")
        if any(not 0 <= value < np.inf for value in self.e_value):
            raise ValueError(f"e_value: expected a number from 0, got {self.e_value}")

    @property
    def calibrated(self) -> bool:
        """Whether there were enough people to say how likely such a likeness is by chance."""
        return bool(self.e_value)


@dataclass(frozen=True)
class Matcher:
    """Compares faces with everybody enrolled, as seen from one population.

    A person's similarity is that to the mean template of their references, which keeps what the photos share and
    averages out what each has of its own. With three references it finds, at one false alarm in a hundred strangers,
    94% of the mates in a population of invented people and 57% in one of families, the best single reference 88% and
    47% (``python -m benchmarks.identity``). The single reference that is nearest is named for the reviewer.

    Attributes:
        gallery: who is enrolled.
        population: the people scanned.
        bands: the limits in use.
        faces: how many faces are compared in the whole scan; 0 stands for one of each person of the population.
    """

    gallery: Gallery
    population: Population
    bands: BandTable = BANDS
    faces: float = 0.0

    def __post_init__(self) -> None:
        if not np.isfinite(self.faces) or self.faces < 0:
            raise ValueError(f"faces: expected 0 or more, got {self.faces}")

    @property
    def calibrated(self) -> bool:
        """Whether the population is large enough for E-values."""
        return bool(self.population.tails) and self.population.count >= self.bands.calibrated_from

    @property
    def compared(self) -> float:
        """How many faces E-values are for, ``least_faces`` of the bands at the least."""
        return max(self.faces or self.population.count, float(self.bands.least_faces))

    @cached_property
    def _space(self) -> Space:
        return self.population.space(self.gallery)

    @cached_property
    def _references(self) -> Doubles:
        return self._space.directions(self.gallery.templates)

    @cached_property
    def _people(self) -> Doubles:
        return self._space.directions(self.gallery.means)

    @cached_property
    def _chance(self) -> Doubles:
        return self._space.chance(self._people)[0]

    @cached_property
    def _can_be_sure(self) -> bool:
        known = self.gallery.model_id == self.bands.model_id
        return known and self.population.people(self.gallery) >= self.bands.least_people

    def similarities(self, templates: Floats) -> Doubles:
        """(N, P) float64, -1 to 1: each face's similarity to each enrolled person; a stranger's is 0 on average.

        Args:
            templates: (N, D), of the model that made the gallery.

        Raises:
            ValueError: the templates are not (N, D) with the gallery's D, or not finite.
        """
        return self._similarities(self._faces(templates))

    def e_values(self, templates: Floats) -> Doubles:
        """(N, P) float64: how many of the faces compared are expected to look at least this much like each enrolled
        person by chance, where all of them are strangers; the pessimistic end of its interval, which bands use. +inf
        where there are too few people to say.

        Args:
            templates: (N, D), of the model that made the gallery.

        Raises:
            ValueError: the templates are not (N, D) with the gallery's D, or not finite.
        """
        return self._e_values(self._faces(templates))[1]

    def e_values_middle(self, templates: Floats) -> Doubles:
        """The best estimate of the same; see ``e_values``."""
        return self._e_values(self._faces(templates))[0]

    def match(self, templates: Floats) -> tuple[tuple[Sighting, ...], ...]:
        """For each face one sighting, or none; ``candidates.bands`` says which.

        A face is nobody's where a decoy is as near as its best candidate.

        Args:
            templates: (N, D), of the model that made the gallery.

        Raises:
            ValueError: the templates are not (N, D) with the gallery's D, or not finite.
        """
        faces = self._faces(templates)
        similarities, e_values = self._similarities(faces), self._e_values(faces)[1]
        return tuple(
            self._decide(*face) if self._may_be_somebody(*face[1:]) else ()
            for face in zip(faces, similarities, e_values, strict=True)
        )

    def _faces(self, templates: Floats) -> Doubles:
        """(N, D) directions of faces."""
        faces, size = np.asarray(templates, np.float64), self.gallery.templates.shape[1]
        if faces.size == 0:
            return np.zeros((0, size))
        if faces.ndim != 2 or faces.shape[1] != size or not np.isfinite(faces).all():
            raise ValueError(f"templates: expected (N, {size}) finite numbers, got shape {faces.shape}")
        return self._space.directions(faces)

    def _similarities(self, faces: Doubles) -> Doubles:
        cosines = np.clip(faces @ self._people.T, -1, 1)
        return np.asarray(np.clip((cosines - self._chance) / (1 - self._chance), -1, 1))

    def _e_values(self, faces: Doubles) -> tuple[Doubles, Doubles]:
        shape = (len(faces), len(self.gallery.people))
        if not self.calibrated:
            return np.full(shape, np.inf), np.full(shape, np.inf)
        middle, upper = self.population.tails[0].survival(self._space.z_values(faces, self._people))
        return self.compared * middle, self.compared * upper

    def reached(self, similarity: float, e_value: float) -> tuple[Band, ...]:
        """The band that this alone is worth, or none: before margins, and before it is asked who there is to centre on.

        Args:
            similarity: -1 to 1.
            e_value: of the same face and person; not looked at where this is uncalibrated.
        """
        bands = self.bands
        if self.calibrated:
            is_match, is_possible = e_value <= bands.e_match, e_value <= bands.e_possible
        else:
            is_match, is_possible = similarity >= bands.match, similarity >= bands.possible
        return (Band.MATCH,) if is_match else (Band.POSSIBLE,) if is_possible else ()

    def _may_be_somebody(self, by_person: Doubles, e_values: Doubles) -> bool:
        """Cheap, since nearly every face is a stranger's."""
        return bool(self.reached(float(by_person.max()), float(e_values.min())))

    def _decide(self, face: Doubles, by_person: Doubles, e_values: Doubles) -> tuple[Sighting, ...]:
        people = self.gallery.people
        # Ids break ties, so that the order of the election file decides nothing.
        ranked = sorted(range(len(people)), key=lambda i: (-by_person[i], people[i].id))
        candidates = [i for i in ranked if not people[i].is_decoy]
        decoy = max((float(by_person[i]) for i in ranked if people[i].is_decoy), default=-np.inf)
        first, others = candidates[0], candidates[1:2]
        similarity, e_value = float(by_person[first]), float(e_values[first])
        reached = self.reached(similarity, e_value)
        if not reached or decoy >= similarity:
            return ()
        second = tuple(RunnerUp(people[i].id, float(by_person[i])) for i in others)
        is_match = (
            Band.MATCH in reached
            and (self.calibrated or self._can_be_sure)
            and similarity - decoy >= self.bands.margin_to_decoy
            and all(similarity - other.similarity >= self.bands.margin_to_second for other in second)
        )
        start = int(self.gallery.starts[first])
        own = self._references[start : start + len(people[first].references)] @ face
        return (
            Sighting(
                candidate=people[first].id,
                ticket=people[first].ticket,
                similarity=similarity,
                band=Band.MATCH if is_match else Band.POSSIBLE,
                reference=people[first].references[int(np.argmax(own))].photo,
                second=second,
                e_value=(e_value,) if self.calibrated else (),
                faces=self.compared if self.calibrated else self.faces,
            ),
        )
