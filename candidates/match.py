"""Is this face a candidate? Similarity, band and the sighting that says so."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from candidates.bands import BANDS, Band, BandTable
from candidates.gallery import Doubles, Gallery, centred_cosine
from candidates.population import Population
from vision.types import Floats


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """The second-best candidate of a sighting.

    Attributes:
        candidate: the candidate's id.
        similarity: centred cosine, -1 to 1.
    """

    candidate: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face that looks like a candidate.

    Attributes:
        candidate: the candidate's id.
        ticket: the ballot number.
        similarity: centred and whitened cosine, -1 to 1, of the best reference; no percentage and no probability.
        band: how sure it is.
        reference: name of the reference photo that matched best.
        second: the next-best other candidate, or none where the election has one candidate.
        depiction: the face lies in a poster, banner or screen; False until such places are looked for.
        e_value: the number of strangers of this population expected to look as alike by chance, or none while it is
            not estimated.
    """

    candidate: str
    ticket: int
    similarity: float
    band: Band
    reference: str
    second: tuple[RunnerUp, ...] = ()
    depiction: bool = False
    e_value: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        if not -1 <= self.similarity <= 1:
            raise ValueError(f"similarity: expected a cosine from -1 to 1, got {self.similarity}")
        if self.ticket < 1:
            raise ValueError(f"ticket: expected a ballot number from 1, got {self.ticket}")
        if len(self.second) > 1 or len(self.e_value) > 1:
            raise ValueError(f"expected at most one second and one E-value, got {self.second} and {self.e_value}")


@dataclass(frozen=True)
class Matcher:
    """Compares faces with everybody enrolled, as seen from one population.

    A person's similarity is the best over their references, which also says which photo to lay beside the face. The
    cosine to the mean of the references is no better: with 2 and 3 references, AUC 0.9997 to 1.0000 for both, on
    Asian and on Western faces.

    Attributes:
        gallery: who is enrolled.
        population: the people scanned.
        bands: the limits in use.
    """

    gallery: Gallery
    population: Population
    bands: BandTable = BANDS

    @cached_property
    def _centre(self) -> Doubles:
        return self.population.centre(self.gallery)

    @cached_property
    def _whitening(self) -> Doubles:
        return self.population.whitening()

    @cached_property
    def _can_be_sure(self) -> bool:
        return self.population.people(self.gallery) >= self.bands.least_people

    def similarities(self, templates: Floats) -> Doubles:
        """(N, P) float64: each face's similarity to each enrolled person.

        Args:
            templates: (N, D), of the model that made the gallery.

        Raises:
            ValueError: the templates are not (N, D) with the gallery's D, or not finite.
        """
        return np.asarray(np.maximum.reduceat(self._by_reference(templates), self.gallery.starts, axis=1))

    def match(self, templates: Floats) -> tuple[tuple[Sighting, ...], ...]:
        """For each face one sighting, or none.

        A face is nobody's where its best candidate is under ``possible``, or where a decoy is as near. It is a
        ``match`` from ``bands.match`` on, if no other candidate and no decoy is within its margin and there are
        enough people to centre on; otherwise it is ``possible``.

        Args:
            templates: (N, D), of the model that made the gallery.

        Raises:
            ValueError: the templates are not (N, D) with the gallery's D, or not finite.
        """
        by_reference = self._by_reference(templates)
        by_person = np.maximum.reduceat(by_reference, self.gallery.starts, axis=1)
        return tuple(self._decide(face, people) for face, people in zip(by_reference, by_person, strict=True))

    def _by_reference(self, templates: Floats) -> Doubles:
        faces, size = np.asarray(templates, np.float64), self.gallery.templates.shape[1]
        if faces.size == 0:
            return np.zeros((0, len(self.gallery.references)))
        if faces.ndim != 2 or faces.shape[1] != size or not np.isfinite(faces).all():
            raise ValueError(f"templates: expected (N, {size}) finite numbers, got shape {faces.shape}")
        centre, whitening = self._centre, self._whitening
        nowhere = np.zeros(size)
        return centred_cosine((faces - centre) @ whitening, (self.gallery.templates - centre) @ whitening, nowhere)

    def _decide(self, by_reference: Doubles, by_person: Doubles) -> tuple[Sighting, ...]:
        people = self.gallery.people
        # Ids break ties, so that the order of the election file decides nothing.
        ranked = sorted(range(len(people)), key=lambda i: (-by_person[i], people[i].id))
        candidates = [i for i in ranked if not people[i].is_decoy]
        decoy = max((float(by_person[i]) for i in ranked if people[i].is_decoy), default=-np.inf)
        first, others = candidates[0], candidates[1:2]
        similarity = float(by_person[first])
        if similarity < self.bands.possible or decoy >= similarity:
            return ()
        second = tuple(RunnerUp(people[i].id, float(by_person[i])) for i in others)
        is_match = (
            self._can_be_sure
            and similarity >= self.bands.match
            and similarity - decoy >= self.bands.margin_to_decoy
            and all(similarity - other.similarity >= self.bands.margin_to_second for other in second)
        )
        start = int(self.gallery.starts[first])
        own = by_reference[start : start + len(people[first].references)]
        return (
            Sighting(
                candidate=people[first].id,
                ticket=people[first].ticket,
                similarity=similarity,
                band=Band.MATCH if is_match else Band.POSSIBLE,
                reference=people[first].references[int(np.argmax(own))].photo,
                second=second,
            ),
        )


def match_face(
    template: Floats, gallery: Gallery, population: Population, bands: BandTable = BANDS
) -> tuple[Sighting, ...]:
    """One face's sighting, or none; for many faces make one ``Matcher``.

    Args:
        template: (D,), of the model that made the gallery.
        gallery: who is enrolled.
        population: the people scanned.
        bands: the limits in use.
    """
    return Matcher(gallery, population, bands).match(template[None])[0]
