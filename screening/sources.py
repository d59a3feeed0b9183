"""Where a line of a rulebook is written, and from when to when it counts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """Where something is written.

    Attributes:
        key: how the rulebook's lines call it.
        title: what people call it, short enough for a sentence.
        address: a page, or empty where none is known.
        secondary: a news page or another retelling, not the regulation's own text.
        note: what to know of it, or empty.
    """

    key: str
    title: str
    address: str
    secondary: bool
    note: str

    def __post_init__(self) -> None:
        if not self.key or not self.title:
            raise ValueError(f"expected a key and a title, got {self.key!r} and {self.title!r}")


@dataclass(frozen=True, slots=True)
class Period:
    """From when to when something counts; an end that no source gives stays open.

    Attributes:
        first: the first day, or none.
        last: the last day, or none.
        sources: where the days are from.
    """

    first: tuple[date, ...] = ()
    last: tuple[date, ...] = ()
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        if len(self.first) > 1 or len(self.last) > 1 or (self.first and self.last and self.first > self.last):
            raise ValueError(f"expected at most one first and one last day, in order, got {self.first} and {self.last}")
        if (self.first or self.last) and not self.sources:
            raise ValueError("sources: expected one for the days, got none")

    def ended_before(self, day: date) -> bool:
        """Whether the period was over on that day."""
        return any(last < day for last in self.last)

    def begins_after(self, day: date) -> bool:
        """Whether the period had not begun on that day."""
        return any(day < first for first in self.first)
