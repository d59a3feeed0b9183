"""What a similarity is worth: the bands ``match`` and ``possible``, with where their limits come from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Band(StrEnum):
    """How sure a sighting is; the values are part of the schema ``netra.photo/1``."""

    MATCH = "match"
    POSSIBLE = "possible"


DLIB: Final = "recipe:9e75f7154c9cad2f"
"""dlib's model as it comes with netra: on it the fixed limits were measured."""


@dataclass(frozen=True, slots=True)
class BandTable:
    """The limits of the bands.

    With enough people a sighting is judged by its E-value (``candidates.match``), whatever the face model. Until then
    it is *uncalibrated*, and fixed limits of similarity stand in. They are round numbers from the scores on the
    evaluation photos (dlib's model), over 60 draws of the reference photos. Shares in per cent; for the intervals
    (Wilson, 95%) each photo or face counts once.

    =============================================  ====  =====================================  ====================
    candidates among ...                           refs  their photos: match, at least poss.    strangers: match, poss.
    =============================================  ====  =====================================  ====================
    9 Indonesian men; 4 Japanese actors            1     68 [48, 83] of 24, 95                  0 [0, 28] of 10, 0
    the same                                       3     95 [79, 99] of 24, 100                 0 [0, 28] of 10, 0
    114 people, mostly Western; the same actors    1     91 [73, 97] of 24, 100                 0 [0, 2.8] of 131, 0.5
    the same                                       3     99 [84, 100] of 24, 100                0 [0, 2.8] of 131, 1.3
    104 people, mostly Western; 1 Western man      1, 3  100 [68, 100] of 8                     0.9 [0.2, 5] of 113, 0.9
    =============================================  ====  =====================================  ====================

    The one stranger of the last row may be a photo of the same man that nobody labelled. These were measured once,
    before chance was taken from the similarity (which changes little among so many people, and much among three) and
    before several references were joined by their mean. What holds today is held by
    ``tests/accuracy/test_identity.py``, with one reference.

    Attributes:
        match: uncalibrated, from this similarity on a sighting is a ``match``, if the margins hold.
        possible: uncalibrated, from here on it is ``possible``; below, there is none.
        margin_to_second: a ``match`` is this far above every other candidate, in similarity.
        margin_to_decoy: a ``match`` is this far above every decoy.
        least_people: uncalibrated with fewer people to centre on, the centre is mostly the compared people themselves
            and the best band is ``possible``.
        model_id: of the model that ``match`` and ``possible`` were measured on; uncalibrated on another one, the best
            band is ``possible``.
        calibrated_from: so many people in the population make E-values. Over held-out strangers, with 54 to 73 people
            counted, false alarms at E = 0.01 were 3.6 to 14 times those of the best estimate, with 104 and 110 people
            1.5 and 3.4 times, with 126 and 127 0.9 times, with 166 to 190 0.5 to 1.7 times
            (``python -m benchmarks.identity --part promises``).
        e_match: up to this E-value a sighting is a ``match``, if the margins hold.
        e_possible: up to this one it is ``possible``.
        least_faces: E-values are for so many faces at the least, since among three E is under 1 for nearly any
            likeness.
    """

    match: float = 0.50
    possible: float = 0.40
    margin_to_second: float = 0.05
    margin_to_decoy: float = 0.05
    least_people: int = 4
    model_id: str = DLIB
    calibrated_from: int = 120
    e_match: float = 0.01
    e_possible: float = 1.0
    least_faces: int = 100

    def __post_init__(self) -> None:
        if not -1 <= self.possible <= self.match <= 1:
            raise ValueError(f"expected -1 <= possible <= match <= 1, got {self.possible} and {self.match}")
        if self.margin_to_second < 0 or self.margin_to_decoy < 0:
            raise ValueError(f"margins: expected 0 or more, got {self.margin_to_second} and {self.margin_to_decoy}")
        if self.least_people < 1 or self.calibrated_from < 1 or self.least_faces < 1:
            raise ValueError("least_people, calibrated_from, least_faces: expected 1 or more")
        if not 0 < self.e_match <= self.e_possible:
            raise ValueError(f"expected 0 < e_match <= e_possible, got {self.e_match} and {self.e_possible}")


BANDS = BandTable()
"""The limits in use."""
