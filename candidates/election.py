"""An election: its dates, its tickets and candidates with their reference photos, and the decoys.

``load_election`` reads the TOML that an officer writes; everything it returns is frozen and was checked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from netra.symbols import SYMBOLS, TwoHands, two_hands
from netra.zones import Zone

HIGHEST_TICKET_NUMBER: Final = 99
"""Two digits: the largest field so far, of parties in a Pemilu, has 24 numbers."""

PHOTO_ENDINGS: Final = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp", ".heic", ".heif")
"""What counts as a photo in a folder or behind a glob; a file named outright is always taken."""

SLUG: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"
"""Ids stand in file names, addresses and JSON, so they are kebab-case ASCII."""


def _slug(name: str, value: str) -> None:
    if not re.fullmatch(SLUG, value):
        raise ValueError(f"{name}: expected small letters, digits and single hyphens, got {value!r}")


DAYS: Final = (
    "candidates_official",
    "numbers_drawn",
    "campaign_first",
    "campaign_last",
    "quiet_first",
    "voting_day",
)
"""The days of an election that its file names, in the order in which they come."""


def is_rulebook_path(rulebook: str) -> bool:
    """Whether what an election calls its rulebook is the path of a file, not the name of a built-in one."""
    return rulebook.endswith(".toml") or "/" in rulebook or "\\" in rulebook


def _unique(name: str, values: Collection[object]) -> None:
    if len(set(values)) != len(values):
        raise ValueError(f"{name}: expected each once, got {sorted(map(str, values))}")


@dataclass(frozen=True, slots=True)
class ReferencePhoto:
    """A photo to learn a face from.

    Attributes:
        name: how the election file and every report call it, with slashes: ``photos/sari-1.jpg``.
        path: where it is.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Candidate:
    """An official candidate.

    Attributes:
        id: kebab-case, unique in the election, for example ``sari-dewi``.
        name: as written on the ballot.
        office: what they stand for, for example ``calon wali kota``.
        photos: at least one.
        spouse_ids: uploader ids of the candidate's husband or wife.
        uploader_ids: uploader ids of the candidate.
    """

    id: str
    name: str
    office: str
    photos: tuple[ReferencePhoto, ...]
    spouse_ids: tuple[str, ...] = ()
    uploader_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _slug("id", self.id)
        if not self.name.strip() or not self.office.strip():
            raise ValueError(f"{self.id}: expected a name and an office, got {self.name!r} and {self.office!r}")
        if not self.photos:
            raise ValueError(f"{self.id}: expected at least one photo, got none")


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ballot number (*nomor urut*) with one or two candidates and the hand symbols it uses.

    Attributes:
        number: 1 to 99.
        candidates: one or two.
        symbols: labels of ``netra.symbols``; empty where the ticket uses none.
        two_hands: symbols that take both hands of one person, such as ``("palm", "one")`` for number 6; each as
            ``netra.symbols.two_hands`` writes it.
    """

    number: int
    candidates: tuple[Candidate, ...]
    symbols: tuple[str, ...]
    two_hands: tuple[TwoHands, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.number <= HIGHEST_TICKET_NUMBER:
            raise ValueError(f"number: expected 1 to {HIGHEST_TICKET_NUMBER}, got {self.number}")
        if len(self.candidates) not in (1, 2):
            raise ValueError(f"ticket {self.number}: expected one or two candidates, got {len(self.candidates)}")
        if unknown := [label for label in self.symbols if label not in SYMBOLS]:
            raise ValueError(f"ticket {self.number}: expected known symbols, got {unknown}")
        if wrong := [pair for pair in self.two_hands if pair != two_hands(*pair)]:
            raise ValueError(f"ticket {self.number}: expected pairs as two_hands writes them, got {wrong}")


@dataclass(frozen=True, slots=True)
class Decoy:
    """A look-alike or relative of a candidate, enrolled so that matching can prefer it; never reported.

    Attributes:
        id: ``decoy-1`` for the first of the file, and so on.
        name: for the enrolment report only.
        photos: at least one.
    """

    id: str
    name: str
    photos: tuple[ReferencePhoto, ...]

    def __post_init__(self) -> None:
        _slug("id", self.id)
        if not self.photos:
            raise ValueError(f"{self.id}: expected at least one photo, got none")


@dataclass(frozen=True)
class Election:
    """One Pilkada or Pemilu in one area.

    Attributes:
        id: kebab-case.
        name: for people.
        rulebook: the name of a built-in rulebook, or the path of a rulebook file.
        candidates_official: the day the candidates became official (*penetapan calon*).
        numbers_drawn: the day the ballot numbers were drawn; before it a number is no symbol.
        voting_day: the day of the vote.
        tickets: in file order, at least one.
        decoys: in file order.
        campaign_first, campaign_last: the first and the last day of the campaign (*masa kampanye*), or nothing where
            the file does not say.
        quiet_first: the first day of the quiet period (*masa tenang*), likewise.
        timezone: of the office: which day it was, and what a time without a zone means.
    """

    id: str
    name: str
    rulebook: str
    candidates_official: date
    numbers_drawn: date
    voting_day: date
    tickets: tuple[Ticket, ...]
    decoys: tuple[Decoy, ...] = ()
    campaign_first: tuple[date, ...] = ()
    campaign_last: tuple[date, ...] = ()
    quiet_first: tuple[date, ...] = ()
    timezone: Zone = Zone.WIB

    def __post_init__(self) -> None:
        _slug("id", self.id)
        if max(len(self.campaign_first), len(self.campaign_last), len(self.quiet_first)) > 1:
            raise ValueError("campaign_first, campaign_last, quiet_first: expected one day at most")
        known = [day for name in DAYS for day in self.day(name)]
        if known != sorted(known):
            raise ValueError(f"expected {' <= '.join(DAYS)}, got {', '.join(map(str, known))}")
        if not self.tickets:
            raise ValueError("tickets: expected at least one, got none")
        _unique("ticket numbers", [ticket.number for ticket in self.tickets])
        _unique("ids", [*(one.id for one in self.candidates), *(one.id for one in self.decoys)])

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Every candidate, in file order."""
        return tuple(candidate for ticket in self.tickets for candidate in ticket.candidates)

    @cached_property
    def symbols(self) -> frozenset[str]:
        """Every label that some ticket uses for one hand."""
        return frozenset(label for ticket in self.tickets for label in ticket.symbols)

    @cached_property
    def two_hands(self) -> frozenset[TwoHands]:
        """Every pair of labels that some ticket uses for both hands of a person."""
        return frozenset(pair for ticket in self.tickets for pair in ticket.two_hands)

    def day(self, name: str) -> tuple[date, ...]:
        """One of ``DAYS``, or nothing where the file does not say.

        Raises:
            KeyError: there is no day of this name.
        """
        if name not in DAYS:
            raise KeyError(f"no day {name!r}; known are {', '.join(DAYS)}")
        value: date | tuple[date, ...] = getattr(self, name)
        return value if isinstance(value, tuple) else (value,)

    def ticket(self, number: int) -> Ticket:
        """The ticket with this ballot number.

        Raises:
            KeyError: no ticket has it.
        """
        for ticket in self.tickets:
            if ticket.number == number:
                return ticket
        raise KeyError(f"no ticket {number}; known are {[ticket.number for ticket in self.tickets]}")

    def candidate(self, candidate_id: str) -> Candidate:
        """The candidate with this id.

        Raises:
            KeyError: nobody has it.
        """
        for candidate in self.candidates:
            if candidate.id == candidate_id:
                return candidate
        raise KeyError(f"no candidate {candidate_id!r}; known are {[candidate.id for candidate in self.candidates]}")


def load_election(path: Path, *, rulebooks: Collection[str] = ()) -> Election:
    """Read an election file.

    Args:
        path: the TOML file; photos in it are relative to its folder.
        rulebooks: names of the built-in rulebooks (``screening.rulebook.BUILT_IN``, which this room cannot see); left
            empty, a rulebook that is named and not a path is not checked here.

    Raises:
        netra.errors.ConfigError: one line for each mistake, in file order, each with its line and key.
    """
    from candidates.election_file import read_election

    return read_election(path, rulebooks)
