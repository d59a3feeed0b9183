"""Everything that the sentence and the elements of a finding are made of: plain values, no words."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from candidates.election import Candidate
from candidates.match import Sighting
from screening.days import DaysTold
from screening.scene import Layout
from screening.signs import Sign


class Seen(StrEnum):
    """What hands show, as far as it matters for one finding."""

    OTHERS_SHOW = "others-show"
    UNCLEAR_OWNER = "unclear-owner"
    ON_THE_LIST = "on-the-list"
    OTHER_TICKET = "other-ticket"
    ONLY_CANDIDATES = "only-candidates"
    CANDIDATES_OTHER = "candidates-other-ticket"
    BEFORE_DRAW = "before-draw"
    ALLOWED = "allowed"
    NOTHING = "nothing"
    NOT_SEARCHED = "not-searched"


COUNTS = frozenset({Seen.OTHERS_SHOW, Seen.UNCLEAR_OWNER, Seen.ON_THE_LIST})
"""What speaks for somebody having followed a symbol."""


class Note(StrEnum):
    """What a reviewer has to know besides."""

    TAKEN_UNKNOWN = "taken-unknown"
    TAKEN_BEFORE_OFFICIAL = "taken-before-official"
    POSTED_BEFORE_OFFICIAL = "posted-before-official"
    UPLOADER_IS_CANDIDATE = "uploader-is-candidate"
    SPOUSE = "spouse"
    SPOUSE_WITH_SYMBOL = "spouse-with-symbol"
    SPOUSE_TOO_EARLY = "spouse-too-early"
    SPOUSE_NO_EXCEPTION = "spouse-no-exception"
    SCREENSHOT = "screenshot"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file the people of a finding are.

    Attributes:
        layout: how the file is put together.
        panel: the part that the finding is about, from 0.
        elsewhere: how many people are in its other parts.
        pictures: how many people of this part are only pictured, the finding's candidates left out.
        cannot_assess: how many faces of the photo are too poor to be compared.
        cannot_read: how many hands of this part are too small to be read.
    """

    layout: Layout = field(default_factory=Layout)
    panel: int = 0
    elsewhere: int = 0
    pictures: int = 0
    cannot_assess: int = 0
    cannot_read: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """Everything a finding's sentence is made of.

    Attributes:
        sightings: the candidates seen, the best first; empty for a pose alone.
        others: how many other people are there; of a pose alone, how many people there are.
        seen: what hands show.
        showing: how many of the others show it.
        shown: the sign shown, where ``seen`` is about one.
        symbol_ticket: the ballot number the symbol belongs to, or 0.
        notes: what to know besides, in this order.
        numbers_drawn: the day numbers were drawn.
        candidates_official: the day candidates became official.
        days: what is told of when it was taken and posted.
        disputed: days that contradict each other lead to different findings, so this one is a step lower.
        spouse_since: from when the exception for spouses is written, or nothing.
        spouse_source: where it is written, or empty.
        rule: the rule's full id.
        source: what the rule rests on.
        pictured: the candidates are only pictured.
        rivals: candidates of other tickets among the others, each with the ballot number.
        showing_rivals: those of them who show what is shown, where nobody else does.
        place: where in the file they are.
        allowed_source: where what is shown is named as allowed, or empty.
    """

    sightings: tuple[tuple[Candidate, Sighting], ...]
    others: int
    seen: Seen
    showing: int
    shown: tuple[Sign, ...]
    symbol_ticket: int
    notes: tuple[Note, ...]
    numbers_drawn: date
    candidates_official: date
    days: DaysTold
    disputed: bool
    spouse_since: tuple[date, ...]
    spouse_source: str
    rule: str
    source: str
    pictured: bool = False
    rivals: tuple[tuple[Candidate, int], ...] = ()
    showing_rivals: tuple[tuple[Candidate, int], ...] = ()
    place: Place = field(default_factory=Place)
    allowed_source: str = ""
