"""What marking refuses, in the words of ``casework.marks``: here so that their English is asked for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.marks import MarkRefusal
from review.language import marked

MARK_REFUSALS: Final[Mapping[MarkRefusal, str]] = MappingProxyType(
    {
        MarkRefusal.NO_FINDING: marked("Temuan ini tidak ada."),
        MarkRefusal.NO_BOX: marked("Gambar kotaknya dulu: kiri, atas, lebar, dan tinggi dalam piksel."),
        MarkRefusal.TOO_SMALL: marked("Kotak itu terlalu kecil; gambar lebih besar."),
        MarkRefusal.OUTSIDE: marked("Kotak itu keluar dari foto; gambar di dalam foto."),
        MarkRefusal.NO_CANDIDATE: marked("Pilih calon dari daftar, atau kosongkan."),
        MarkRefusal.NO_SYMBOL: marked("Pilih simbol dari daftar, atau kosongkan."),
        MarkRefusal.LONG_NOTE: marked("Catatan itu terlalu panjang; tulis lebih pendek."),
        MarkRefusal.TOO_MANY: marked("Anda sudah membuat terlalu banyak tanda di foto ini; hapus salah satu dulu."),
        MarkRefusal.NOT_YOURS: marked("Tanda ini tidak ada, atau bukan milik Anda."),
        MarkRefusal.GONE: marked("Tanda ini sudah dihapus."),
    }
)
