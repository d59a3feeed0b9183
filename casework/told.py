"""What columns of JSON tell, read so that a version which wrote less of it, or other things, is no error."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple

Language = Literal["id", "en"]


class Both(NamedTuple):
    """A text that came with what it is about, in both languages."""

    indonesian: str
    english: str

    def of(self, language: Language) -> str:
        """In one of them; the Indonesian one where the other was never written."""
        return (self.english if language == "en" else "") or self.indonesian


NOTHING_SAID: Final = Both("", "")


def table_of(text: str) -> Mapping[str, Any]:
    """JSON of a column; nothing where it holds nothing, or no object."""
    told = json.loads(text) if text else {}
    return told if isinstance(told, Mapping) else {}


def inner(told: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """An object within an object; an empty one where there is none."""
    value = told.get(key)
    return value if isinstance(value, Mapping) else {}


def listed(told: Mapping[str, Any], key: str) -> Sequence[Any]:
    """A list within an object; an empty one where there is none."""
    value = told.get(key)
    return value if isinstance(value, list) else ()


def texts(told: Mapping[str, Any], key: str) -> Iterator[str]:
    """The texts of a list within an object."""
    return (one for one in listed(told, key) if isinstance(one, str))


def wholes(told: Mapping[str, Any], key: str) -> Iterator[int]:
    """The whole numbers of a list within an object."""
    return (one for one in listed(told, key) if isinstance(one, int))


def mappings(told: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """The objects of a list within an object."""
    return (one for one in listed(told, key) if isinstance(one, Mapping))


def text(told: Mapping[str, Any], key: str) -> str:
    """A text within an object, or an empty one."""
    value = told.get(key)
    return value if isinstance(value, str) else ""


def both(told: Mapping[str, Any], key: str) -> Both:
    """A text that stands there once for each language: as ``reason_id`` and ``reason_en`` for ``reason``."""
    return Both(text(told, f"{key}_id"), text(told, f"{key}_en"))


def number(value: Any) -> float:
    """A number, or 0."""
    return float(value) if isinstance(value, int | float) else 0.0


def whole(value: Any) -> int:
    """A whole number, or 0."""
    return value if isinstance(value, int) else 0
