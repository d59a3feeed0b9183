"""What reviewing refuses, marked for translation; the sentences are those of ``casework.review_refusals``."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from casework.review_refusals import Refusal
from review.language import marked

REVIEW_REFUSALS: Final[Mapping[Refusal, str]] = MappingProxyType(
    {
        Refusal.NO_FINDING: marked("Temuan ini tidak ada."),
        Refusal.NO_LOOK: marked("Tinjauan pertama ini tidak ada, atau bukan milik Anda."),
        Refusal.NOT_LOOKED: marked("Jawab dulu tinjauan pertama untuk temuan ini."),
        Refusal.ANSWERED: marked("Tinjauan pertama ini sudah dijawab; jawabannya tidak diubah lagi."),
        Refusal.INCOMPLETE: marked("Jawab setiap pertanyaan yang diajukan."),
        Refusal.WRONG_REASON: marked("Pilih alasan yang cocok dengan putusannya."),
        Refusal.NO_NOTE: marked("Tulis alasannya di catatan."),
        Refusal.ENOUGH: marked("Temuan ini sudah selesai diputuskan oleh peninjau lain."),
        Refusal.STANDS: marked(
            "Peninjau lain sudah memutuskan temuan ini juga, jadi keputusan Anda tidak diubah lagi."
        ),
        Refusal.NOTHING_TO_UNDO: marked("Tidak ada keputusan Anda yang dapat dibatalkan."),
        Refusal.NOT_NOW: marked(
            "Peninjau lagi baru dapat diminta setelah yang sekarang memutuskan, dan paling banyak tiga."
        ),
        Refusal.NO_WHY: marked("Tulis mengapa peninjau lagi diminta."),
        Refusal.NO_SHARE: marked("Tulis bagian dalam persen, dari 0 sampai batas yang disebut."),
    }
)
