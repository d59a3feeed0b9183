"""What the rules look at in a photo: who is in it and what hands show. No pixels, no files."""

from collections.abc import Sequence
from dataclasses import dataclass

from candidates.match import Sighting
from vision.types import HandReading, Symbol


@dataclass(frozen=True, slots=True)
class Person:
    """One human in a photo.

    Attributes:
        index: their number among the photo's people.
        sightings: one where they look like a candidate, else none.
        assessable: False where the face is too poor to be compared, so that no sighting says nothing.
    """

    index: int
    sightings: tuple[Sighting, ...] = ()
    assessable: bool = True

    def __post_init__(self) -> None:
        if len(self.sightings) > 1:
            raise ValueError(f"person {self.index}: expected at most one sighting, got {self.sightings}")
        if self.sightings and not self.assessable:
            raise ValueError(f"person {self.index}: expected no sighting of a face that cannot be assessed")


@dataclass(frozen=True, slots=True)
class ShownHand:
    """One hand in a photo.

    Attributes:
        index: its number among the photo's hands.
        symbols: what it shows, or none.
        people: the index of the person it belongs to, or none where that cannot be told.
        side: ``left`` or ``right``, as vision read it; empty where that is not known.
    """

    index: int
    symbols: tuple[Symbol, ...] = ()
    people: tuple[int, ...] = ()
    side: str = ""

    def __post_init__(self) -> None:
        if len(self.symbols) > 1 or len(self.people) > 1:
            raise ValueError(f"hand {self.index}: expected one symbol and one person at most, got {self}")
        if self.side not in ("", "left", "right"):
            raise ValueError(f"hand {self.index}: side: expected left, right or nothing, got {self.side!r}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A photo as the rules see it.

    Attributes:
        people: everybody in it, with unique indexes.
        hands: every hand found, with unique indexes; owners are among ``people``.
        hands_searched: False where hands were not looked for or could not be read, so that none means nothing.
    """

    people: tuple[Person, ...]
    hands: tuple[ShownHand, ...] = ()
    hands_searched: bool = True

    def __post_init__(self) -> None:
        people = {person.index for person in self.people}
        if len(people) != len(self.people) or len({hand.index for hand in self.hands}) != len(self.hands):
            raise ValueError("expected unique indexes of people and of hands")
        if unknown := {owner for hand in self.hands for owner in hand.people} - people:
            raise ValueError(f"hands: expected owners among the people, got {sorted(unknown)}")
        if self.hands and not self.hands_searched:
            raise ValueError("hands: expected none where hands were not searched")

    @classmethod
    def of(
        cls,
        sightings: Sequence[tuple[Sighting, ...]],
        hands: Sequence[HandReading] = (),
        hands_searched: bool = True,
        assessable: Sequence[bool] = (),
    ) -> "Scene":
        """The scene of a scanned photo.

        Args:
            sightings: for each face of the photo its sighting, or none, in the order of the faces.
            hands: the hands that vision read; their owners count in the same order.
            hands_searched: whether hands were looked for.
            assessable: for each face whether it could be compared; empty where all could.
        """
        can = assessable or [True] * len(sightings)
        people = tuple(Person(i, *each) for i, each in enumerate(zip(sightings, can, strict=True)))
        shown = tuple(ShownHand(i, hand.symbols, hand.people, hand.hand.side) for i, hand in enumerate(hands))
        return cls(people, shown, hands_searched)
