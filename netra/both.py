"""A text in the two languages of netra's users. Errors carry one, so that whoever shows it chooses the language."""

from dataclasses import dataclass
from string import Formatter
from typing import Literal

Language = Literal["id", "en"]


@dataclass(frozen=True, slots=True)
class Both:
    """A text.

    Attributes:
        id: Indonesian.
        en: English.
    """

    id: str
    en: str

    def __str__(self) -> str:
        """English, where nobody chooses."""
        return self.en

    def said(self, language: Language) -> str:
        """The text in one language."""
        return self.id if language == "id" else self.en


@dataclass(frozen=True, slots=True)
class Message(Both):
    """A text with placeholders (``{name}``), the same in both languages, so that either serves where the other does."""

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.en.strip():
            raise ValueError(f"expected a text in both languages, got {self.id!r} and {self.en!r}")
        if placeholders(self.id) != placeholders(self.en):
            raise ValueError(f"expected the same placeholders, got {self.id!r} and {self.en!r}")

    def filled(self, **values: object) -> Both:
        """The text with values; one that is itself in both languages stands in each in its own."""
        return Both(
            self.id.format(**{name: one.id if isinstance(one, Both) else one for name, one in values.items()}),
            self.en.format(**{name: one.en if isinstance(one, Both) else one for name, one in values.items()}),
        )


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a format text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def both(text: str | Both) -> Both:
    """A text that is there in one language only stands for both."""
    return text if isinstance(text, Both) else Both(text, text)
