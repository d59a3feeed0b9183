"""What the rules look at in a photo: who is there, who is only pictured, and what hands show. No pixels, no files.

People are together where they are in the same part of the picture and none of them is only pictured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from candidates.match import Sighting
from vision.types import HandReading, Symbol


@dataclass(frozen=True, slots=True)
class Person:
    """One human in a photo.

    Attributes:
        index: their number among the photo's people.
        sightings: one where they look like a candidate, else none.
        assessable: False where the face is too poor to be compared, so that no sighting says nothing.
        depicted: they are not there: the face is in a poster, on a screen, or is a known portrait.
        panel: the part of a collage that they are in, from 0; 0 where the photo is no collage.
    """

    index: int
    sightings: tuple[Sighting, ...] = ()
    assessable: bool = True
    depicted: bool = False
    panel: int = 0

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
        readable: False where it is too small to be read, so that no symbol says nothing.
        panel: the part of a collage that it is in, from 0; the hand of a person is where the person is.
    """

    index: int
    symbols: tuple[Symbol, ...] = ()
    people: tuple[int, ...] = ()
    side: str = ""
    readable: bool = True
    panel: int = 0

    def __post_init__(self) -> None:
        if len(self.symbols) > 1 or len(self.people) > 1:
            raise ValueError(f"hand {self.index}: expected one symbol and one person at most, got {self}")
        if self.side not in ("", "left", "right"):
            raise ValueError(f"hand {self.index}: side: expected left, right or nothing, got {self.side!r}")
        if self.symbols and not self.readable:
            raise ValueError(f"hand {self.index}: expected no symbol of a hand that cannot be read, got {self.symbols}")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is put together.

    Attributes:
        screenshot: it shows a screen: a status bar, the frame of an app, a caption.
        panels: of how many pictures it is made; 1 where it is no collage.
    """

    screenshot: bool = False
    panels: int = 1

    def __post_init__(self) -> None:
        if self.panels < 1:
            raise ValueError(f"panels: expected 1 or more, got {self.panels}")


@dataclass(frozen=True, slots=True)
class Scene:
    """A photo as the rules see it.

    Attributes:
        people: everybody in it, with unique indexes.
        hands: every hand found, with unique indexes; owners are among ``people``.
        hands_searched: False where hands were not looked for or could not be read, so that none means nothing.
        layout: how the file is put together.
    """

    people: tuple[Person, ...]
    hands: tuple[ShownHand, ...] = ()
    hands_searched: bool = True
    layout: Layout = Layout()

    def __post_init__(self) -> None:
        people = {person.index for person in self.people}
        if len(people) != len(self.people) or len({hand.index for hand in self.hands}) != len(self.hands):
            raise ValueError("expected unique indexes of people and of hands")
        if unknown := {owner for hand in self.hands for owner in hand.people} - people:
            raise ValueError(f"hands: expected owners among the people, got {sorted(unknown)}")
        if self.hands and not self.hands_searched:
            raise ValueError("hands: expected none where hands were not searched")
        parts = {person.panel for person in self.people} | {hand.panel for hand in self.hands}
        if wrong := [part for part in parts if not 0 <= part < self.layout.panels]:
            raise ValueError(f"panel: expected 0 to {self.layout.panels - 1}, got {sorted(wrong)}")

    @classmethod
    def of(
        cls,
        sightings: Sequence[tuple[Sighting, ...]],
        hands: Sequence[HandReading] = (),
        hands_searched: bool = True,
        assessable: Sequence[bool] = (),
        *,
        depicted: Sequence[bool] = (),
        panels: Sequence[int] = (),
        hand_panels: Sequence[int] = (),
        layout: Layout = Layout(),
    ) -> "Scene":
        """The scene of a scanned photo.

        Args:
            sightings: for each face of the photo its sighting, or none, in the order of the faces.
            hands: the hands that vision read; their owners count in the same order.
            hands_searched: whether hands were looked for.
            assessable: for each face whether it could be compared; empty where all could.
            depicted: for each face whether it is only a picture of somebody; empty where none is. The sighting's
                ``depiction`` is set from it.
            panels: for each face the part of a collage that it is in; empty where all are in one.
            hand_panels: for each hand the same; of a hand that is somebody's it does not count.
            layout: how the file is put together.
        """
        count = len(sightings)
        people = tuple(
            Person(i, tuple(replace(one, depiction=is_picture) for one in seen), can, is_picture, part)
            for i, (seen, can, is_picture, part) in enumerate(
                zip(
                    sightings,
                    assessable or [True] * count,
                    depicted or [False] * count,
                    panels or [0] * count,
                    strict=True,
                )
            )
        )
        shown = tuple(
            ShownHand(i, hand.symbols, hand.people, hand.hand.side, hand.readable, part)
            for i, (hand, part) in enumerate(zip(hands, hand_panels or [0] * len(hands), strict=True))
        )
        return cls(people, shown, hands_searched, layout)
