"""What reviewing refuses, each with the sentence that is shown; its English is in ``review/locale/en``."""

from enum import StrEnum
from typing import Final

from netra.errors import UsageError


class Refusal(StrEnum):
    """Why something cannot be done."""

    NO_FINDING = "no-finding"
    NO_LOOK = "no-look"
    NOT_LOOKED = "not-looked"
    ANSWERED = "answered"
    INCOMPLETE = "incomplete"
    WRONG_REASON = "wrong-reason"
    NO_NOTE = "no-note"
    ENOUGH = "enough"
    STANDS = "stands"
    NOTHING_TO_UNDO = "nothing-to-undo"
    NOT_NOW = "not-now"
    NO_WHY = "no-why"
    NO_SHARE = "no-share"


SENTENCES: Final = {
    Refusal.NO_FINDING: "Temuan ini tidak ada.",
    Refusal.NO_LOOK: "Tinjauan pertama ini tidak ada, atau bukan milik Anda.",
    Refusal.NOT_LOOKED: "Jawab dulu tinjauan pertama untuk temuan ini.",
    Refusal.ANSWERED: "Tinjauan pertama ini sudah dijawab; jawabannya tidak diubah lagi.",
    Refusal.INCOMPLETE: "Jawab setiap pertanyaan yang diajukan.",
    Refusal.WRONG_REASON: "Pilih alasan yang cocok dengan putusannya.",
    Refusal.NO_NOTE: "Tulis alasannya di catatan.",
    Refusal.ENOUGH: "Temuan ini sudah selesai diputuskan oleh peninjau lain.",
    Refusal.STANDS: "Peninjau lain sudah memutuskan temuan ini juga, jadi keputusan Anda tidak diubah lagi.",
    Refusal.NOTHING_TO_UNDO: "Tidak ada keputusan Anda yang dapat dibatalkan.",
    Refusal.NOT_NOW: "Peninjau lagi baru dapat diminta setelah yang sekarang memutuskan, dan paling banyak tiga.",
    Refusal.NO_WHY: "Tulis mengapa peninjau lagi diminta.",
    Refusal.NO_SHARE: "Tulis bagian dalam persen, dari 0 sampai batas yang disebut.",
}


class ReviewError(UsageError):
    """It is refused; the message is the sentence.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(SENTENCES[refusal])
        self.refusal = refusal
