"""Sentences that are shown after something was done; an address names them by a word, never by their text."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from review.language import marked

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "rujukan-ditambah": marked(
            "Foto rujukan ditambahkan. Berkas pemilihan yang lama tersimpan di sampingnya (berakhiran .bak). Foto baru "
            "dipakai mulai pindaian berikutnya."
        ),
        "keluar": marked("Anda sudah keluar."),
        "tersimpan": marked("Sudah disimpan."),
    }
)
