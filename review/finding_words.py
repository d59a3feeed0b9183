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
PHOTO_ERRORS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "empty": marked("berkas kosong; salin ulang dari asalnya"),
        "not-a-photo": marked("isinya bukan foto"),
        "unsupported-format": marked("jenis foto ini tidak didukung; simpan sebagai JPEG"),
        "truncated": marked("foto terpotong; salin ulang dari asalnya"),
        "damaged": marked("foto rusak; salin ulang dari asalnya"),
        "too-many-bytes": marked("berkas terlalu besar; simpan lebih kecil"),
        "too-many-pixels": marked("gambar terlalu besar; simpan lebih kecil"),
        "too-many-frames": marked("animasi panjang, bukan foto; lihat sendiri"),
        "too-small": marked("gambar terlalu kecil; cari salinan yang lebih besar"),
        "not-readable": marked("tidak boleh atau tidak dapat dibuka; periksa izinnya"),
        "vanished": marked("berkas hilang atau berubah saat dipindai; pindai lagi"),
        "not-a-file": marked("bukan berkas biasa (folder, pipa, perangkat)"),
        "link": marked("tautan tidak diikuti; sebutkan berkas aslinya"),
        "too-little-memory": marked("memori tidak cukup untuk foto ini; lihat sendiri"),
        "worker-died": marked("pembacaan berhenti di tengah jalan; pindai lagi"),
    }
)


def symbol_name(language: Language, label: str) -> str:
    """What people call a symbol; a label that netra does not know stays as it is."""
    known = SYMBOLS.get(label)
    if known is None:
        return label
    return known.indonesian if language == "id" else known.english
