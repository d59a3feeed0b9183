"""Who is enrolled: the references of each candidate and decoy, as one matrix."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vision.types import FaceQuality, Floats

Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """The one face of one accepted reference photo.

    Attributes:
        photo: the photo's name in the election file.
        sha256: of the photo's bytes, ``sha256:`` and 64 hex digits.
        template: (D,) float32, as the face model gave it.
        quality: how well the face can be compared.
    """

    photo: str
    sha256: str
    template: Floats
    quality: FaceQuality

    def __post_init__(self) -> None:
        template = np.array(self.template, np.float32)
        if template.ndim != 1 or not template.size or not np.isfinite(template).all():
            raise ValueError(f"template: expected (D,) finite numbers, got shape {template.shape}")
        template.setflags(write=False)
        object.__setattr__(self, "template", template)


@dataclass(frozen=True, slots=True, eq=False)
class Enrolled:
    """A candidate or a decoy with at least one reference.

    Attributes:
        id: the candidate's id, or ``decoy-1`` and so on.
        name: for people.
        ticket: the ballot number; 0 for a decoy.
        references: at least one.
    """

    id: str
    name: str
    ticket: int
    references: tuple[Reference, ...]

    def __post_init__(self) -> None:
        if self.ticket < 0:
            raise ValueError(f"{self.id}: ticket: expected a ballot number or 0, got {self.ticket}")
        if not self.references:
            raise ValueError(f"{self.id}: expected at least one reference, got none")

    @property
    def is_decoy(self) -> bool:
        """A decoy is compared with, and never reported."""
        return self.ticket == 0


@dataclass(frozen=True)
class Gallery:
    """Everybody that a face is compared with.

    Attributes:
        model_id: what made the templates; templates of another model cannot be compared with them.
        people: candidates and decoys; ids are unique and all templates have the same length.
    """

    model_id: str
    people: tuple[Enrolled, ...]

    def __post_init__(self) -> None:
        ids = [person.id for person in self.people]
        if len(set(ids)) != len(ids):
            raise ValueError(f"people: expected unique ids, got {ids}")
        if not any(not person.is_decoy for person in self.people):
            raise ValueError("people: expected at least one candidate, got none")
        lengths = {reference.template.size for person in self.people for reference in person.references}
        if len(lengths) != 1:
            raise ValueError(f"people: expected templates of one length, got {sorted(lengths)}")

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All references, person after person."""
        return tuple(reference for person in self.people for reference in person.references)

    @cached_property
    def templates(self) -> Doubles:
        """(R, D) float64, the templates of ``references``."""
        return np.array([reference.template for reference in self.references], np.float64)

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """(P,) where each person's references begin in ``references``."""
        counts = [len(person.references) for person in self.people]
        return np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(np.intp)

    @cached_property
    def means(self) -> Doubles:
        """(P, D) float64: the mean template of each person; however many photos, one row each."""
        counts = np.array([len(person.references) for person in self.people], np.float64)
        return np.asarray(np.add.reduceat(self.templates, self.starts, axis=0) / counts[:, None])


def centred_cosine(templates: Doubles, references: Doubles, centres: Doubles) -> Doubles:
    """Cosine of (template - centre) and (reference - centre).

    Args:
        templates: (N, D) float64.
        references: (R, D) float64.
        centres: (D,) for one centre, or (N, D) for a centre of its own for each template.

    Returns:
        (N, R) float64, -1 to 1; 0 where a template or a reference is its centre, which has no direction.
    """
    if centres.ndim == 1:
        left, right = templates - centres, references - centres
        dots = left @ right.T
        lengths = np.linalg.norm(left, axis=1)[:, None] * np.linalg.norm(right, axis=1)
    else:
        # The same with the products taken apart, so that no (N, R, D) array is needed.
        across = centres @ references.T
        squares = np.einsum("nd,nd->n", centres, centres)[:, None]
        dots = templates @ references.T - np.einsum("nd,nd->n", templates, centres)[:, None] - across + squares
        right_squares = np.einsum("rd,rd->r", references, references) - 2 * across + squares
        lengths = np.linalg.norm(templates - centres, axis=1)[:, None] * np.sqrt(np.maximum(right_squares, 0))
    result = np.zeros_like(dots)
    np.divide(dots, lengths, out=result, where=lengths > 1e-9)
    return np.clip(result, -1, 1)
