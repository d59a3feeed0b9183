"""The hand symbols that netra knows: HaGRID's labels, what people call them, and the ballot number each is read as.

The one table that vision, candidates and screening share. Which symbols a ticket uses and which poses an office has
put on a list is data of the election file and of the rulebooks; this table only says what a label means.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

HIGHEST_NUMBER_OF_ONE_HAND: Final = 5

TwoHands = tuple[str, str]
"""What the two hands of one person show together: two labels, in the order of ``two_hands``."""


@dataclass(frozen=True, slots=True)
class SymbolMeaning:
    """What one label means.

    Attributes:
        label: HaGRID's name of the gesture (hukenovs/hagrid, version 2), or ``finger_heart``, which HaGRID lacks.
        indonesian: what people call it in Indonesian.
        english: what it is, in English.
        number: the ballot number it is read as, 1 to 5; 0 where it stands for none.
        hands: 1, or 2 for a sign that takes both hands.
    """

    label: str
    indonesian: str
    english: str
    number: int = 0
    hands: int = 1

    def __post_init__(self) -> None:
        if not self.label.isidentifier() or not self.label.islower():
            raise ValueError(f"label: expected lower-case words joined by underscores, got {self.label!r}")
        if not self.indonesian or not self.english:
            raise ValueError(f"{self.label}: expected a name in both languages")
        if not 0 <= self.number <= HIGHEST_NUMBER_OF_ONE_HAND:
            raise ValueError(f"{self.label}: number: expected 0 to {HIGHEST_NUMBER_OF_ONE_HAND}, got {self.number}")
        if self.hands not in (1, 2):
            raise ValueError(f"{self.label}: hands: expected 1 or 2, got {self.hands}")


# Numbers as read in practice: the pose lists of 2023/24 (research/peers.md section 5); the pistol as 2 comes from
# the Situbondo case of 2020. A number belongs to the fingers that are up, so `ok` is a three and `call` a two.
_TABLE: Final = (
    SymbolMeaning("one", "telunjuk", "index finger", 1),
    SymbolMeaning("like", "jempol", "thumb up", 1),
    SymbolMeaning("peace", "dua jari", "two fingers spread (V)", 2),
    SymbolMeaning("peace_inverted", "dua jari terbalik", "two fingers spread, back of the hand", 2),
    SymbolMeaning("two_up", "dua jari rapat", "two fingers together", 2),
    SymbolMeaning("two_up_inverted", "dua jari rapat terbalik", "two fingers together, back of the hand", 2),
    SymbolMeaning("thumb_index", "pistol", "thumb and index finger (pistol)", 2),
    SymbolMeaning("call", "telepon", "thumb and little finger (telephone)", 2),
    SymbolMeaning("finger_heart", "saranghaeyo", "finger heart", 2),
    SymbolMeaning("three", "tiga jari", "index, middle and ring finger", 3),
    SymbolMeaning("three2", "tiga jari dengan jempol", "thumb, index and middle finger", 3),
    SymbolMeaning("three3", "tiga jari dengan kelingking", "index, middle and little finger", 3),
    SymbolMeaning("ok", "OK", "OK sign", 3),
    SymbolMeaning("rock", "metal", "horns (metal)", 3),
    SymbolMeaning("four", "empat jari", "four fingers", 4),
    SymbolMeaning("palm", "lima jari", "five fingers, open hand", 5),
    SymbolMeaning("stop", "lima jari rapat", "open hand, fingers together", 5),
    SymbolMeaning("fist", "kepal", "fist"),
    SymbolMeaning("dislike", "jempol ke bawah", "thumb down"),
    SymbolMeaning("little_finger", "kelingking", "little finger"),
    SymbolMeaning("middle_finger", "jari tengah", "middle finger"),
    SymbolMeaning("three_gun", "pistol dua laras", "pistol with two fingers"),
    SymbolMeaning("hand_heart", "hati dua tangan", "heart made with both hands", hands=2),
    SymbolMeaning("holy", "salam", "palms together", hands=2),
    SymbolMeaning("thumb_index2", "pistol dua tangan", "thumb and index finger of both hands", hands=2),
)

SYMBOLS: Final[Mapping[str, SymbolMeaning]] = MappingProxyType({meaning.label: meaning for meaning in _TABLE})
"""Every known label, in the order of the table: by number, then those without one."""

_ORDER: Final = {label: place for place, label in enumerate(SYMBOLS)}


def symbols_for_number(number: int) -> tuple[str, ...]:
    """The labels that one hand can show for a ballot number, in table order; none from 6 on.

    Args:
        number: a ballot number, 1 or more.

    Raises:
        ValueError: the number is under 1.
    """
    if number < 1:
        raise ValueError(f"number: expected a ballot number from 1, got {number}")
    return tuple(meaning.label for meaning in _TABLE if meaning.number == number)


def two_hands(one: str, other: str) -> TwoHands:
    """A pair of labels that both hands of a person show, whichever hand shows which.

    Returns:
        The two labels, the higher number first and then by the order of the table, so that each pair is written in one
        way only: ``("palm", "one")``.

    Raises:
        ValueError: a label is unknown, or stands for a sign that takes both hands by itself.
    """
    wrong = [label for label in (one, other) if label not in SYMBOLS or SYMBOLS[label].hands != 1]
    if wrong:
        raise ValueError(f"expected two known symbols of one hand each, got {one!r} and {other!r}")
    first, second = sorted((one, other), key=lambda label: (-SYMBOLS[label].number, _ORDER[label]))
    return first, second


def number_of_two_hands(pair: TwoHands) -> int:
    """What the numbers of both hands add up to; 0 where one of them stands for none."""
    numbers = [SYMBOLS[label].number for label in pair]
    return sum(numbers) if all(numbers) else 0
