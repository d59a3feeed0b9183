"""Numbers, days and counts in words, the Indonesian way and the English way."""

import math
from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

Language = Literal["id", "en"]

LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")

_MONTHS: Final = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_AND: Final = {"id": (" dan ", ", dan "), "en": (" and ", ", and ")}


def number(value: float, language: Language) -> str:
    """Two decimals, or two digits where the value is smaller; a decimal comma in Indonesian."""
    text = f"{value:.2f}" if value == 0 or abs(value) >= 0.01 else f"{value:.1g}"
    return text.replace(".", ",") if language == "id" else text


def whole(value: int, language: Language) -> str:
    """A count with its thousands apart: 12.400 in Indonesian, 12,400 in English."""
    return f"{value:,}".replace(",", "." if language == "id" else ",")


def chance_in_words(faces: float, e_value: float, language: Language) -> tuple[str, str]:
    """How many faces were compared and how many of them would look as alike: 12.400 and 0,02.

    The second is rounded up, since it is the pessimistic end that is told.
    """
    times = f"{_rounded_up(e_value):.2g}"
    return whole(round(faces), language), times.replace(".", ",") if language == "id" else times


def day(value: date, language: Language) -> str:
    """14 Agustus 2024, 14 August 2024."""
    return f"{value.day} {_MONTHS[language][value.month - 1]} {value.year}"


def listed(parts: Sequence[str], language: Language) -> str:
    """``a``, ``a and b``, ``a, b, and c``."""
    two, last = _AND[language]
    if len(parts) < 3:
        return two.join(parts)
    return ", ".join(parts[:-1]) + last + parts[-1]


def one_line(text: str) -> str:
    """Text that people wrote, without its line breaks."""
    return " ".join(text.split())


def _rounded_up(value: float) -> float:
    """To two digits, never below 0.0001: smaller numbers say nothing more to a reader."""
    least = max(value, 1e-4)
    step = 10.0 ** (math.floor(math.log10(least)) - 1)
    return math.ceil(least / step - 1e-9) * step
