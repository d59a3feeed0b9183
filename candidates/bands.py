"""What a similarity is worth: the bands ``match`` and ``possible``, with where their limits come from."""

from dataclasses import dataclass
from enum import StrEnum


class Band(StrEnum):
    """How sure a sighting is; the values are part of the schema ``netra.photo/1``."""

    MATCH = "match"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True)
class BandTable:
    """The limits of the bands, on the centred and whitened cosine.

    Round numbers from the scores on the evaluation photos (dlib's model), over 60 draws of the reference photos. Shares
    in per cent; for the intervals (Wilson, 95%) each photo or face counts once.

    =============================================  ====  =====================================  ====================
    candidates among ...                           refs  their photos: match, at least poss.    strangers: match, poss.
    =============================================  ====  =====================================  ====================
    9 Indonesian men; 4 Japanese actors            1     68 [48, 83] of 24, 95                  0 [0, 28] of 10, 0
    the same                                       3     95 [79, 99] of 24, 100                 0 [0, 28] of 10, 0
    114 people, mostly Western; the same actors    1     91 [73, 97] of 24, 100                 0 [0, 2.8] of 131, 0.5
    the same                                       3     99 [84, 100] of 24, 100                0 [0, 2.8] of 131, 1.3
    104 people, mostly Western; 1 Western man      1, 3  100 [68, 100] of 8                     0.9 [0.2, 5] of 113, 0.9
    =============================================  ====  =====================================  ====================

    The one stranger of the last row may be a photo of the same man that nobody labelled. Without whitening the third
    and fourth row put 4 and 6% of strangers over the limit of a match and 10 and 14% over that of possible. So few
    people are behind these figures that no fixed limit can be trusted everywhere: that is what E-values are for.

    Attributes:
        match: from here on a sighting is a ``match``, if the margins hold.
        possible: from here on it is ``possible``; below, there is none.
        margin_to_second: a ``match`` is this far above every other candidate.
        margin_to_decoy: a ``match`` is this far above every decoy.
        least_people: with fewer people to centre on, the centre is mostly the compared people themselves and the
            best band is ``possible``.
    """

    match: float = 0.50
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
