"""Who says a message in the chosen language; what a message is stands in ``netra.both``."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from netra.both import Language, Message, placeholders
from vision.photo_file import printable

__all__ = ["LANGUAGES", "Language", "Message", "Voice", "messages", "placeholders"]

LANGUAGES: Final[tuple[Language, ...]] = ("id", "en")


def messages(entries: dict[str, Message]) -> Mapping[str, Message]:
    """Messages by the value that they put in words; nobody can change them."""
    return MappingProxyType(entries)


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
