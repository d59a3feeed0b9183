"""One scan of an evaluation: faces against a gallery, by netra and by its peers.

The only file of this room that knows how matching is called.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from candidates.bands import Band
from candidates.gallery import Doubles, Enrolled, Gallery, Reference
from candidates.match import Matcher
from candidates.population import measure_population
from evaluation.samples import Sample, Samples
from evaluation.splits import Split
from vision.types import Floats

NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """What netra says of N faces and P enrolled people.

    Attributes:
        similarities: (N, P).
        e_values: (N, P), the pessimistic end, which the bands use; inf where it is not calibrated.
        e_values_middle: (N, P), the best estimate.
        named: (N,) the index of the enrolled person who is sighted, or NOBODY.
        is_match: (N,) whether that sighting is a ``match``; else it is ``possible``.
        calibrated: whether the population was large enough for E-values.
    """

    similarities: Doubles
    e_values: Doubles
    e_values_middle: Doubles
    named: NDArray[np.intp]
    is_match: NDArray[np.bool_]
    calibrated: bool


Compare = Callable[[Gallery, Floats, Floats, float], Compared]
"""(gallery, templates of the population, templates to search, how many faces the scan compares)."""


def compare_by_netra(gallery: Gallery, scanned: Floats, searched: Floats, faces: float) -> Compared:
    """As a scan does it."""
    matcher = Matcher(gallery, measure_population(scanned, gallery), faces=faces)
    index = {person.id: i for i, person in enumerate(gallery.people)}
    sightings = matcher.match(searched)
    return Compared(
        matcher.similarities(searched),
        matcher.e_values(searched),
        matcher.e_values_middle(searched),
        np.array([index[seen[0].candidate] if seen else NOBODY for seen in sightings], np.intp),
        np.array([bool(seen) and seen[0].band is Band.MATCH for seen in sightings], bool),
        matcher.calibrated,
    )


def distances(gallery: Gallery, searched: Floats) -> Doubles:
    """(N, P) float64: the raw distance of each face to the nearest reference of each enrolled person.

    dlib's, and face_recognition's ``face_distance``: Euclidean, between templates as the network gave them.
    """
    faces = np.asarray(searched, np.float64)
    by_reference = np.array([np.linalg.norm(faces - one, axis=1) for one in gallery.templates]).T
    return np.asarray(np.minimum.reduceat(by_reference, gallery.starts, axis=1))


def gallery_of(split: Split, samples: Samples) -> Gallery:
    """The enrolled people of a split, in its order."""
    people = [
        Enrolled(
            f"person-{person}", samples.people[person].name, i + 1, tuple(_reference(samples.faces[k]) for k in own)
        )
        for i, (person, own) in enumerate(zip(split.enrolled, split.references, strict=True))
    ]
    return Gallery(samples.model_id, tuple(people))


def _reference(sample: Sample) -> Reference:
    return Reference(sample.photo, "", sample.template, sample.quality)
