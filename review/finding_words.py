"""What the page calls the values of findings and of files, in Indonesian; English is in ``locale/en/queue.po``.

In a template ``{{ words.STATES[finding.state]|text }}``, where a view gives it this module as ``words``.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from netra.both import Language
from netra.symbols import SYMBOLS
from review.language import marked

CATEGORIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "foto-bersama-simbol": marked("foto bersama dengan simbol"),
        "foto-bersama": marked("foto bersama"),
        "unggah-foto-calon": marked("foto atau gambar calon"),
        "pose-terlarang": marked("pose dalam daftar"),
    }
)
STRENGTHS: Final[Mapping[str, str]] = MappingProxyType(
    {"strong": marked("kuat"), "medium": marked("sedang"), "weak": marked("lemah")}
)
STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "suggested": marked("belum diputuskan"),
        "confirmed-once": marked("dikonfirmasi satu orang"),
        "confirmed": marked("dikonfirmasi"),
        "rejected": marked("ditolak"),
        "cannot-tell": marked("tidak dapat dipastikan"),
        "ignored": marked("diabaikan"),
    }
)


def symbol_name(language: Language, label: str) -> str:
    """What people call a symbol; a label that netra does not know stays as it is."""
    known = SYMBOLS.get(label)
    if known is None:
        return label
    return known.indonesian if language == "id" else known.english
