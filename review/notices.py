"""Sentences that are shown after something was done; an address names them by a word, never by their text."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from review.language import marked

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "keluar": marked("Anda sudah keluar."),
        "tersimpan": marked("Sudah disimpan."),
    }
)
