"""What reviewing refuses, each with the sentence that is shown."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from netra.both import Both
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


SENTENCES: Final[Mapping[Refusal, Both]] = MappingProxyType(
    {
        Refusal.NO_FINDING: Both("Temuan ini tidak ada.", "There is no such finding."),
        Refusal.NO_LOOK: Both(
            "Tinjauan pertama ini tidak ada, atau bukan milik Anda.", "There is no such first look, or it is not yours."
        ),
        Refusal.NOT_LOOKED: Both(
            "Jawab dulu tinjauan pertama untuk temuan ini.", "Answer the first look at this finding first."
        ),
        Refusal.ANSWERED: Both(
            "Tinjauan pertama ini sudah dijawab; jawabannya tidak diubah lagi.",
            "This first look was answered already; the answer is not changed any more.",
        ),
        Refusal.INCOMPLETE: Both("Jawab setiap pertanyaan yang diajukan.", "Answer every question that is asked."),
        Refusal.WRONG_REASON: Both(
            "Pilih alasan yang cocok dengan putusannya.", "Choose a reason that fits the decision."
        ),
        Refusal.NO_NOTE: Both("Tulis alasannya di catatan.", "Write the reason in the note."),
        Refusal.ENOUGH: Both(
            "Temuan ini sudah selesai diputuskan oleh peninjau lain.",
            "Other reviewers have decided this finding already.",
        ),
        Refusal.STANDS: Both(
            "Peninjau lain sudah memutuskan temuan ini juga, jadi keputusan Anda tidak diubah lagi.",
            "Another reviewer has decided this finding too, so your decision is not changed any more.",
        ),
        Refusal.NOTHING_TO_UNDO: Both(
            "Tidak ada keputusan Anda yang dapat dibatalkan.", "There is no decision of yours that can be undone."
        ),
        Refusal.NOT_NOW: Both(
            "Peninjau lagi baru dapat diminta setelah yang sekarang memutuskan, dan paling banyak tiga.",
            "One more reviewer can be asked for only after those asked so far have decided, and three at most.",
        ),
        Refusal.NO_WHY: Both("Tulis mengapa peninjau lagi diminta.", "Write why one more reviewer is asked for."),
        Refusal.NO_SHARE: Both(
            "Tulis bagian dalam persen, dari 0 sampai batas yang disebut.",
            "Write the share in percent, from 0 to the limit that is named.",
        ),
    }
)


class ReviewError(UsageError):
    """It is refused; the message is the sentence.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(SENTENCES[refusal])
        self.refusal = refusal
