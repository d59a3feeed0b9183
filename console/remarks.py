"""What enrolment remarked, as a sentence in the user's language."""

import re

from candidates.report import Remark, RemarkKind
from console import texts
from console.voice import Voice
from netra.photo_errors import PHOTO_ERRORS

NUMBERS = re.compile(r"[-\d.< ]+")


def remark_in_words(remark: Remark, voice: Voice) -> str:
    """The sentence of a remark; in Indonesian by its kind, with the names and numbers it is about."""
    if voice.language == "en":
        return remark.text
    if remark.kind is RemarkKind.UNREADABLE:
        about = [voice(PHOTO_ERRORS[one]) for one in remark.about]
    else:
        about = [re.sub(r"(?<=\d)\.(?=\d)", ",", one) if NUMBERS.fullmatch(one) else one for one in remark.about]
    short = voice(texts.REMARKS[remark.kind])
    return f"{short} ({', '.join(about)})." if about else f"{short}."
