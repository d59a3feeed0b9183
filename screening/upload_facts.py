"""What is known of an upload: who, where, and when it was taken, posted, captured and known, each with its source.

The four times answer different questions and are never taken for each other:

    taken      the camera made the picture         was the candidate official, were the numbers drawn?
    posted     it was put where others see it      does the rulebook hold?
    captured   the office saved it                 what was there to be seen, and when
    known      the office learned of it            the days for a report count from here

Nothing is chosen silently: every statement stays, the firmest first, and what contradicts it stays beside it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final, Self

_WORDS: Final = ("uploader_id", "uploader_name", "agency", "platform", "post_url", "camera", "editor")

EARLIEST: Final = date(1995, 1, 1)
"""The first day that a date found in a file or its name is taken for: EXIF and digital cameras for sale began in 1995.
Earlier ones are clocks that were never set (1970, 1980, 1990)."""

MORE_THAN: Final = timedelta(days=1)
"""Two statements that differ by more contradict each other; less may be the clock's zone."""


class TimeSource(StrEnum):
    """Who says so, the firmest first: a person, the camera, the name of the file."""

    MANIFEST = "manifest"
    EXIF = "exif"
    FILE_NAME = "file-name"


class TimeNote(StrEnum):
    """What has to be known of a statement to use it; each in words in ``screening.time_notes``."""

    SENT = "sent-or-received"
    SAVED = "saved-by-app"
    DIGITISED = "digitised"
    CHANGED = "last-changed"
    GPS = "gps"
    NAMED_IN_UTC = "named-in-utc"
    ZONE_ASSUMED = "zone-assumed"


_FIRMNESS: Final = tuple(TimeSource)

AT_THE_LATEST: Final = frozenset({TimeNote.SENT, TimeNote.SAVED, TimeNote.DIGITISED, TimeNote.CHANGED})
"""Notes of days on which a picture was there already: it was taken then or before, nobody knows when."""


class Flaw(StrEnum):
    """Why a date that was found is not used; each in words in ``screening.time_notes``."""

    NO_DATE = "no-date"
    TOO_EARLY = "too-early"
    IN_THE_FUTURE = "in-the-future"
    AFTER_POSTED = "after-posted"


class TimeKind(StrEnum):
    """The four times of an upload."""

    TAKEN = "taken"
    POSTED = "posted"
    CAPTURED = "captured"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Moment:
    """One statement of when something happened.

    Attributes:
        day: the local calendar day that counts, in the zone of the office.
        source: who says so.
        at: with its zone, where the time of day is known too; else nothing.
        note: a ``TimeNote``, or empty.
    """

    day: date
    source: TimeSource
    at: tuple[datetime, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if type(self.day) is not date:  # a datetime is a date too, and compares with none
            raise ValueError(f"day: expected a day without a time, got {self.day!r}")
        if len(self.at) > 1 or any(at.tzinfo is None for at in self.at):
            raise ValueError(f"at: expected one time with its zone at most, got {self.at}")
        # Zones reach from UTC-12 to UTC+14: two of them call one instant by days that are 2 apart at most.
        if any(abs(at.date() - self.day) > timedelta(days=2) for at in self.at):
            raise ValueError(f"day: expected the day of {self.at[0]} in some zone, got {self.day}")
        if self.note and self.note not in set(TimeNote):
            raise ValueError(f"note: expected one of {[one.value for one in TimeNote]}, got {self.note!r}")

    @property
    def is_latest(self) -> bool:
        """It says only "not later than this"."""
        return self.note in AT_THE_LATEST

    @property
    def weak(self) -> bool:
        """It is told and never decides: the name of a file, or a day that says only "not later than this"."""
        return self.source is TimeSource.FILE_NAME or self.is_latest

    def to_dict(self) -> dict[str, str]:
        """For records and databases; days and times as ISO 8601, what is not known left out."""
        at = "".join(at.isoformat() for at in self.at)
        every = {"day": self.day.isoformat(), "source": self.source.value, "at": at, "note": str(self.note)}
        return {key: value for key, value in every.items() if value}

    @classmethod
    def from_dict(cls, written: Mapping[str, str]) -> Self:
        """What ``to_dict`` wrote.

        Raises:
            KeyError, ValueError: it is something else.
        """
        at = tuple(datetime.fromisoformat(written[key]) for key in ("at",) if key in written)
        return cls(date.fromisoformat(written["day"]), TimeSource(written["source"]), at, written.get("note", ""))


@dataclass(frozen=True, slots=True)
class Unusable:
    """A date that stands somewhere and cannot be true.

    Attributes:
        source: where it stands.
        written: as it stands there, in letters that can be seen.
        flaw: why it is not used.
    """

    source: TimeSource
    written: str
    flaw: Flaw

    def to_dict(self) -> dict[str, str]:
        """For records and databases."""
        return {"source": self.source.value, "written": self.written, "flaw": self.flaw.value}

    @classmethod
    def from_dict(cls, written: Mapping[str, str]) -> Self:
        """What ``to_dict`` wrote.

        Raises:
            KeyError, ValueError: it is something else.
        """
        return cls(TimeSource(written["source"]), written["written"], Flaw(written["flaw"]))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements about one thing that cannot both be true."""

    kind: TimeKind
    firmer: Moment
    other: Moment


@dataclass(frozen=True, slots=True)
class UploadFacts:
    """What is known of an upload; what is not known is empty and not used.

    Attributes:
        uploader_id, uploader_name, agency, platform, post_url: as in the manifest.
        taken, posted, captured, known: every statement, the firmest source first.
        unusable: dates that were found and are not used.
        camera: make and model, where the file names them; a picture without may be of a camera all the same.
        editor: the program that changed or made the picture, where the file names one.
    """

    uploader_id: str = ""
    uploader_name: str = ""
    agency: str = ""
    platform: str = ""
    post_url: str = ""
    taken: tuple[Moment, ...] = ()
    posted: tuple[Moment, ...] = ()
    captured: tuple[Moment, ...] = ()
    known: tuple[Moment, ...] = ()
    unusable: tuple[Unusable, ...] = ()
    camera: str = ""
    editor: str = ""

    def __post_init__(self) -> None:
        for kind, moments in (
            (TimeKind.TAKEN, self.taken),
            (TimeKind.POSTED, self.posted),
            (TimeKind.CAPTURED, self.captured),
            (TimeKind.KNOWN, self.known),
        ):
            if len(moments) < 2:
                continue
            ranks = [_FIRMNESS.index(moment.source) for moment in moments]
            if ranks != sorted(ranks):
                raise ValueError(f"{kind}: expected moments, the firmest source first, got {moments}")

    @property
    def told(self) -> Self:
        """What people said of it, without what the file and its name say."""
        return type(self)(
            self.uploader_id,
            self.uploader_name,
            self.agency,
            self.platform,
            self.post_url,
            taken=_said_by_people(self.taken),
            posted=_said_by_people(self.posted),
            captured=_said_by_people(self.captured),
            known=_said_by_people(self.known),
        )

    def of(self, kind: TimeKind) -> tuple[Moment, ...]:
        """Every statement about one of the four times."""
        moments: tuple[Moment, ...] = getattr(self, kind.value)
        return moments

    def adding(self, kind: TimeKind, *moments: Moment) -> Self:
        """These facts and more statements about one of the four times.

        Raises:
            ValueError: a statement is firmer than one that is there.
        """
        added: dict[str, Any] = {kind.value: (*self.of(kind), *moments)}
        return replace(self, **added)

    @property
    def taken_at(self) -> tuple[date, ...]:
        """The day it was taken, by the firmest statement that may decide, or nothing."""
        return _deciding(self.taken)

    @property
    def posted_at(self) -> tuple[date, ...]:
        """The day it was posted, by the firmest statement that may decide, or nothing."""
        return _deciding(self.posted)

    @property
    def captured_at(self) -> tuple[date, ...]:
        """The day the office saved it, by the firmest statement that may decide, or nothing."""
        return _deciding(self.captured)

    @property
    def known_at(self) -> tuple[date, ...]:
        """The day the office learned of it, by the firmest statement that may decide, or nothing."""
        return _deciding(self.known)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """Statements about one time that are more than a day apart, each against the firmest it contradicts."""
        return tuple(
            Contradiction(kind, firmer, other)
            for kind in TimeKind
            for i, other in enumerate(self.of(kind))
            for firmer in [one for one in self.of(kind)[:i] if _contradict(one, other)][:1]
        )

    def to_dict(self) -> dict[str, Any]:
        """For records and databases; what is not known is left out."""
        words = {name: value for name in _WORDS if (value := getattr(self, name))}
        times = {kind.value: [one.to_dict() for one in self.of(kind)] for kind in TimeKind if self.of(kind)}
        return words | times | ({"unusable": [one.to_dict() for one in self.unusable]} if self.unusable else {})

    @classmethod
    def from_dict(cls, written: Mapping[str, Any]) -> Self:
        """What ``to_dict`` wrote; keys that it does not know are left alone.

        Raises:
            KeyError, ValueError: it is something else.
        """
        words: dict[str, Any] = {name: str(written[name]) for name in _WORDS if name in written}
        times: dict[str, Any] = {
            kind.value: tuple(map(Moment.from_dict, written.get(kind.value, ()))) for kind in TimeKind
        }
        return cls(**words, **times, unusable=tuple(map(Unusable.from_dict, written.get("unusable", ()))))


def _said_by_people(moments: Iterable[Moment]) -> tuple[Moment, ...]:
    return tuple(one for one in moments if one.source is TimeSource.MANIFEST)


def _deciding(moments: Iterable[Moment]) -> tuple[date, ...]:
    return next(((moment.day,) for moment in moments if not moment.weak), ())


def _contradict(one: Moment, other: Moment) -> bool:
    """A day that is only the latest possible one contradicts a later day, never an earlier one."""
    apart = _apart(one, other)
    if one.is_latest and other.is_latest:
        return False
    if one.is_latest:
        return apart > MORE_THAN
    if other.is_latest:
        return -apart > MORE_THAN
    return abs(apart) > MORE_THAN


def _apart(one: Moment, other: Moment) -> timedelta:
    """How much later the other one is; to the second where both times of day are known."""
    for first, second in zip(one.at, other.at, strict=False):
        return second - first
    return other.day - one.day
