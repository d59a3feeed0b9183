"""Why somebody decided as they did: one table for the page, the packages and the counts.

Most reasons are those for which reports of this kind failed before (``docs/panduan.md`` has the cases): each is a thing
to look for, and each is said by a word that stays the same over the years.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from casework.decisions import Verdict

NOTE_NEEDED: Final = "other"
"""The one reason that says nothing by itself."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason for a verdict.

    Attributes:
        code: the word that is kept.
        verdicts: what can be decided for this reason.
        text, english: as people read it.
    """

    code: str
    verdicts: frozenset[Verdict]
    text: str
    english: str

    @property
    def needs_note(self) -> bool:
        """Whether something has to be written besides."""
        return self.code == NOTE_NEEDED


def _reason(code: str, text: str, english: str, *verdicts: Verdict) -> Reason:
    return Reason(code, frozenset(verdicts), text, english)


_YES, _NO, _UNSURE, _ASIDE = Verdict.CONFIRMED, Verdict.REJECTED, Verdict.CANNOT_TELL, Verdict.IGNORED

REASONS: Final[tuple[Reason, ...]] = (
    _reason("as-shown", "Foto memperlihatkan apa yang dikatakan temuan", "The photo shows what the finding says", _YES),
    _reason("not-the-candidate", "Orang di foto bukan calon itu", "The person in the photo is not the candidate", _NO),
    _reason(
        "taken-before-registration", "Foto diambil sebelum pendaftaran calon",
        "The photo was taken before candidates registered", _NO,
    ),
    _reason("sign-means-other", "Isyarat tangan bermakna lain", "The hand sign means something else", _NO),
    _reason("number-not-drawn", "Nomor urut belum diundi", "Ballot numbers were not drawn yet", _NO),
    _reason("outside-period", "Di luar masa yang diatur", "Outside the period of the rule", _NO, _ASIDE),
    _reason("not-asn", "Pengunggah atau orangnya bukan ASN", "The uploader or person is no civil servant", _NO, _ASIDE),
    _reason("screenshot-only", "Hanya tangkapan layar", "Only a screenshot", _NO, _ASIDE),
    _reason(
        "depiction", "Calon hanya tampak pada gambar, misalnya poster atau layar",
        "The candidate is only on a picture, such as a poster or screen", _NO,
    ),
    _reason("symbol-misread", "Simbol tangan salah dibaca", "The hand symbol was misread", _NO),
    _reason("face-unclear", "Wajah tidak cukup jelas", "The face is not clear enough", _UNSURE),
    _reason("hand-unclear", "Tangan tidak cukup jelas", "The hand is not clear enough", _UNSURE),
    _reason("photo-poor", "Mutu foto terlalu rendah", "The photo's quality is too low", _UNSURE, _ASIDE),
    _reason("duplicate", "Foto yang sama sudah diperiksa", "The same photo was looked at already", _NO, _ASIDE),
    _reason(
        NOTE_NEEDED, "Alasan lain (tulis di catatan)", "Another reason (write it in the note)",
        _YES, _NO, _UNSURE, _ASIDE,
    ),
)  # fmt: skip

BY_CODE: Final[Mapping[str, Reason]] = MappingProxyType({reason.code: reason for reason in REASONS})


def reasons_for(verdict: Verdict) -> tuple[Reason, ...]:
    """The reasons that fit a verdict, in the order of the table."""
    return tuple(reason for reason in REASONS if verdict in reason.verdicts)
