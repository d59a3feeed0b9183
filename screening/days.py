"""The days a decision rests on: which are firm, how they can be read where they contradict each other, what is told.

A weak hint (the name of a file, a day that says only "not later than this") never decides; it is told. Where two firm
statements differ, each is followed to its end, and where the ends differ a finding says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from candidates.election import Election
from screening.stages import Stage, stage_of
from screening.upload_facts import Moment, TimeKind, UploadFacts


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the firm days.

    Attributes:
        taken: the day it was taken, or nothing.
        posted: the day it was posted, or nothing.
        seen: where nobody says when it was posted, a day on which it had been, since the office had it; or nothing.
    """

    taken: tuple[date, ...] = ()
    posted: tuple[date, ...] = ()
    seen: tuple[date, ...] = ()

    @property
    def acted_by(self) -> tuple[date, ...]:
        """The day of the act, posting, or else the last day on which it can have been."""
        return self.posted or self.seen

    def is_before(self, day: date) -> bool:
        """Whether the picture is older than that day: one posted or seen earlier was taken no later."""
        return any(known < day for known in (*self.taken, *self.posted, *self.seen))


@dataclass(frozen=True, slots=True)
class Told:
    """A statement about a day that a sentence tells.

    Attributes:
        kind: what happened then.
        moment: the statement.
        stage: the stage of the election that the day falls into, or nothing.
    """

    kind: TimeKind
    moment: Moment
    stage: tuple[Stage, ...] = ()


@dataclass(frozen=True, slots=True)
class DaysTold:
    """What a sentence tells of days.

    Attributes:
        firm: the firmest statement of when it was taken and of when it was posted, where there is one; without the
            second, of when the office saved it or learned of it.
        hints: weak statements that say something else than ``firm``.
        against: firm statements that say something else than the firmest one of their kind.
        out_of_order: it is said to have been taken after it was posted.
    """

    firm: tuple[Told, ...] = ()
    hints: tuple[Told, ...] = ()
    against: tuple[Told, ...] = ()
    out_of_order: bool = False

    @property
    def contradict(self) -> bool:
        """Whether firm statements contradict each other."""
        return bool(self.against) or self.out_of_order


def readings_of(facts: UploadFacts) -> tuple[Reading, ...]:
    """Every way to read the firm days, by the firmest statements first; one where nothing contradicts.

    A picture cannot be taken after it was posted: of two such days each is followed without the other.
    """
    seen = facts.captured_at or facts.known_at
    found: dict[Reading, None] = {}
    for taken, posted in product(_choices(facts.taken), _choices(facts.posted)):
        if taken and posted and taken > posted:
            found.setdefault(Reading(taken))
            found.setdefault(Reading(posted=posted))
        elif posted or (taken and seen and taken > seen):
            found.setdefault(Reading(taken, posted))
        else:
            found.setdefault(Reading(taken, (), seen))
    return tuple(found)


def days_told(facts: UploadFacts, stages: tuple[Stage, ...], election: Election) -> DaysTold:
    """What is to be told of the days an upload has."""

    def told(kind: TimeKind, moments: Iterable[Moment]) -> list[Told]:
        return [Told(kind, moment, stage_of(moment.day, stages, election)) for moment in moments]

    firm, hints, against = [], [], []
    for kind in (TimeKind.TAKEN, TimeKind.POSTED):
        moments = facts.of(kind)
        known = [moment for moment in moments if not moment.weak]
        firm += told(kind, known[:1])
        against += told(kind, _others(known, known[:1]))
        hints += told(kind, _others([one for one in moments if one.weak and not _fits(one, known[:1])], known[:1]))
    taken, posted = facts.taken_at, facts.posted_at
    for kind in () if posted else [kind for kind in (TimeKind.CAPTURED, TimeKind.KNOWN) if facts.of(kind)][:1]:
        firm += told(kind, [moment for moment in facts.of(kind) if not moment.weak][:1])
    return DaysTold(tuple(firm), tuple(hints), tuple(against), bool(taken and posted and taken > posted))


def _choices(moments: Iterable[Moment]) -> list[tuple[date, ...]]:
    firm = dict.fromkeys(moment.day for moment in moments if not moment.weak)
    return [(day,) for day in firm] or [()]


def _fits(hint: Moment, firm: Iterable[Moment]) -> bool:
    """A day that says only "not later than this" agrees with every earlier one."""
    return hint.is_latest and any(moment.day <= hint.day for moment in firm)


def _others(moments: Iterable[Moment], but: Iterable[Moment]) -> list[Moment]:
    """The first statement of each other day."""
    days = {moment.day for moment in but}
    first: dict[date, Moment] = {}
    for moment in moments:
        if moment.day not in days:
            first.setdefault(moment.day, moment)
    return list(first.values())
