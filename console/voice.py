"""A message in both languages, and who says it in the chosen one."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import Final, Literal

from vision.photo_file import printable

Language = Literal["id", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")


@dataclass(frozen=True, slots=True)
class Message:
    """One thing to say. Both texts have the same placeholders, so either serves wherever the other does.

    Attributes:
        id: Indonesian.
        en: English.
    """

    id: str
    en: str

    def __post_init__(self) -> None:
        if not self.id.strip() or not self.en.strip():
            raise ValueError(f"expected a text in both languages, got {self.id!r} and {self.en!r}")
        if placeholders(self.id) != placeholders(self.en):
            raise ValueError(f"expected the same placeholders, got {self.id!r} and {self.en!r}")


def messages(entries: dict[str, Message]) -> Mapping[str, Message]:
    """Messages by the value that they put in words; nobody can change them."""
    return MappingProxyType(entries)


def placeholders(text: str) -> frozenset[str]:
    """The names in braces of a format text."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


@dataclass(frozen=True, slots=True)
class Voice:
    """Says messages in one language.

    Attributes:
        language: ``id`` or ``en``.
    """

    language: Language = "id"

    def __call__(self, message: Message, **values: object) -> str:
        """The message with its placeholders filled in.

        Whole numbers get the language's thousands separator. Whatever else is filled in may be a name from a file, so
        it is made harmless for a terminal (``printable``).
        """
        text = message.id if self.language == "id" else message.en
        return text.format(**{name: self._shown(value) for name, value in values.items()})

    def either(self, indonesian: str, english: str) -> str:
        """The one of two texts that is in this language."""
        return indonesian if self.language == "id" else english

    def decimal(self, value: float, digits: int = 2) -> str:
        """A number with a fixed count of decimals; a decimal comma in Indonesian."""
        text = f"{value:,.{digits}f}"
        return text.translate(str.maketrans(",.", ".,")) if self.language == "id" else text

    def _shown(self, value: object) -> str:
        return self.decimal(value, 0) if isinstance(value, int) else printable(str(value))
