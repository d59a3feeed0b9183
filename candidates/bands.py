"""What a similarity is worth: the bands ``match`` and ``possible``, with where their limits come from."""

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """How sure a sighting is; the values are part of the schema ``netra.photo/1``."""

    MATCH = "match"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class BandTable:
    """The limits of the bands, on the centred cosine.

    Chosen as round numbers from the scores on the evaluation photos (dlib's model, BlazeFace boxes, 60 draws of 2 to 6
    candidates, every other face scanned as one set; each photo counts once, intervals are Wilson's at 95%, in per
    cent). "Named wrongly" (a photo of one candidate taken for another) was 0 of 26 and 0 of 28 in every row but the
    mismatched population with one reference (0.9% of 26).

    ================================================  ====  ==========================  ========================
    candidates among ...                              refs  their photos: match         strangers' faces: match
    ================================================  ====  ==========================  ========================
    their own population, 12 East and SE Asian men    1     59 [40, 75] of 26           0 [0, 10] of 34
    the same                                          3     91 [75, 98] of 26           0 [0, 10] of 34
    their own population, about 30 Western people     1, 3  93 [77, 98] of 28           0 [0, 9] of 37
    a mixed population                                3     96 [87, 99] of 54           1.5 [0.4, 6.3] of 101
    a wrong one: Asian candidates, mostly Western     3     100 [87, 100] of 26         6.3 [3.0, 12.8] of 101
    ================================================  ====  ==========================  ========================

    What is missing from ``match`` in these rows is ``possible``, except for one reference (14% of the first row is
    below). Strangers' faces reach ``possible`` in 0.1 to 1.1% of their own population, 11% of the mixed and 21% of the
    wrong one. So the limits hold where the scan's people are like the candidates, and no fixed limit holds where they
    are not: that is what E-values are for. A ``match`` from 0.50 on would find 94% in the second row and
    99% in the fourth, and take 4.1% of strangers in the fourth and 10.7% in the last; the wrong name is worse.

    Attributes:
        match: from here on a sighting is a ``match``, if the margins hold.
        possible: from here on it is ``possible``; below, there is none.
        margin_to_second: a ``match`` is this far above every other candidate.
        margin_to_decoy: a ``match`` is this far above every decoy.
        least_people: with fewer people to centre on, the centre is mostly the compared people themselves and the
            best band is ``possible``.
    """

    match: float = 0.55
    possible: float = 0.40
    margin_to_second: float = 0.05
    margin_to_decoy: float = 0.05
    least_people: int = 4

    def __post_init__(self) -> None:
        if not -1 <= self.possible <= self.match <= 1:
            raise ValueError(f"expected -1 <= possible <= match <= 1, got {self.possible} and {self.match}")
        if self.margin_to_second < 0 or self.margin_to_decoy < 0:
            raise ValueError(f"margins: expected 0 or more, got {self.margin_to_second} and {self.margin_to_decoy}")
        if self.least_people < 1:
            raise ValueError(f"least_people: expected 1 or more, got {self.least_people}")


BANDS = BandTable()
"""The first fixed table; E-values take its place once the tail of each candidate's scores is fitted."""
