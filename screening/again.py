"""What a scan does with a photo that was scanned before, and when all are compared again: the decision table.

    what there is                                              what is done              the photo is opened
    ---------------------------------------------------------  ------------------------  -------------------
    nothing kept: a new photo, changed bytes, another reader   READ    everything        yes
    a reading; candidates, references, bands or model changed  EMBED   faces, compare    where a face can be compared
    the same, and a sighting now asks for hands                        and hands         yes
    sightings; hands are asked for and were not searched       HANDS   hands             yes
    sightings; the rules, dates or the manifest may differ     JUDGE   nothing but       no
               or nothing changed at all                               judging

Sightings rest on the population of the scan that made them, so they stand only beside photos seen against the same one:
``all_again`` says when the new photos are too many for that. Judging takes no pixel and is done again each time: where
nothing changed it says what it said, and the stored evaluation stands.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

FEW: Final = 0.1
"""New faces under this share of those that the kept population was measured with are seen against it. The mean and the
tail of a population move with the share of its people that is new; a tenth moves them by less than its interval."""


class Step(StrEnum):
    """What is done with one photo."""

    READ = "read"
    EMBED = "embed"
    HANDS = "hands"
    JUDGE = "judge"


@dataclass(frozen=True, slots=True)
class Before:
    """What is kept of a photo, and what the scan at hand asks for.

    Attributes:
        reading: faces, read by the same networks and code from the same bytes.
        sightings: found with the same references, bands and face model, against the population in use.
        hands: they were searched.
        assessable: some face can be compared.
        wants_hands: the scan searches hands in every photo.
    """

    reading: bool = False
    sightings: bool = False
    hands: bool = False
    assessable: bool = True
    wants_hands: bool = False


def step_for(before: Before) -> Step:
    """The first row of the table that fits."""
    if not before.reading:
        return Step.READ
    if not before.sightings and before.assessable:
        return Step.EMBED
    if before.wants_hands and not before.hands:
        return Step.HANDS
    return Step.JUDGE


def all_again(new_faces: int, kept_faces: int, calibrated: bool) -> bool:
    """Whether old photos are compared again together with the new ones.

    Args:
        new_faces: how many faces that can be compared the new photos have.
        kept_faces: how many the kept population was measured with.
        calibrated: whether the kept population is large enough for E-values.
    """
    return new_faces > 0 and not (calibrated and new_faces < FEW * kept_faces)
