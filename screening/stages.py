"""The stages of an election: which one a day falls into, by the dates of the election file and of the rulebook."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from candidates.election import DAYS, Election
from screening.sources import Source

_BEGIN: Final = re.compile(r"(?P<name>[a-z_]+)(?:\s*(?P<sign>[+-])\s*(?P<count>\d{1,3}))?")


@dataclass(frozen=True, slots=True)
class Begin:
    """When a stage begins: a day of its own, or one that the election file names, some days earlier or later.

    Attributes:
        day: the day, or nothing where the election file names it.
        name: one of ``candidates.election.DAYS``, or empty.
        days_after: how many days after it; below 0, before it.
    """

    day: tuple[date, ...] = ()
    name: str = ""
    days_after: int = 0

    def __post_init__(self) -> None:
        if len(self.day) > 1 or bool(self.day) == bool(self.name):
            raise ValueError(f"expected a day or the name of one, got {self.day} and {self.name!r}")
        if self.name and self.name not in DAYS:
            raise ValueError(f"name: expected one of {', '.join(DAYS)}, got {self.name!r}")

    @classmethod
    def of(cls, written: date | str) -> "Begin":
        """As a rulebook writes it: a date, ``voting_day`` or ``campaign_last + 1``.

        Raises:
            ValueError: it is neither.
        """
        if isinstance(written, date):
            return cls((written,))
        found = _BEGIN.fullmatch(written.strip())
        if found is None:
            raise ValueError(f"expected the name of a day, got {written!r}")
        count = int(found["count"] or 0)
        return cls((), found["name"], -count if found["sign"] == "-" else count)

    def on(self, election: Election) -> tuple[date, ...]:
        """The day, or nothing where the election file does not name it."""
        known = self.day or election.day(self.name)
        return tuple(day + timedelta(days=self.days_after) for day in known)

    def __str__(self) -> str:
        if self.day:
            return self.day[0].isoformat()
        sign = "-" if self.days_after < 0 else "+"
        return f"{self.name} {sign} {abs(self.days_after)}" if self.days_after else self.name


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage (*tahapan*) of an election, from the day it begins to the day before the next known one.

    Attributes:
        id: kebab-case.
        name_id, name_en: as a sentence calls it, in Indonesian and English.
        begins: the first of them that is known counts; empty for the first stage, which has no beginning.
        sources: at least one.
    """

    id: str
    name_id: str
    name_en: str
    begins: tuple[Begin, ...]
    sources: tuple[Source, ...]

    def __post_init__(self) -> None:
        if not (self.id and self.name_id and self.name_en and self.sources):
            raise ValueError(f"{self.id}: expected an id, a name in both languages and a source, got an empty one")

    def first_day(self, election: Election) -> tuple[date, ...]:
        """The day it begins; the beginning of time for a stage without one; nothing where no date of it is known."""
        if not self.begins:
            return (date.min,)
        return next((known for begin in self.begins if (known := begin.on(election))), ())


def stage_of(day: date, stages: tuple[Stage, ...], election: Election) -> tuple[Stage, ...]:
    """The stage a day falls into: the last, in the rulebook's order, that has begun; nothing where none has.

    A stage whose dates the election file leaves out is passed over, so the one before it lasts longer.
    """
    begun = [stage for stage in stages for first in stage.first_day(election) if first <= day]
    return tuple(begun[-1:])


def stages_between(
    first: tuple[date, ...], last: tuple[date, ...], stages: tuple[Stage, ...], election: Election
) -> tuple[Stage, ...]:
    """Every stage that some day from ``first`` to ``last`` falls into; an end that is not known is open."""
    known = [stage for stage in stages if stage.first_day(election)]
    from_here = [known.index(stage) for day in first for stage in stage_of(day, stages, election)]
    to_here = [known.index(stage) for day in last for stage in stage_of(day, stages, election)]
    return tuple(known[(from_here or [0])[0] : (to_here or [len(known)])[0] + 1])
