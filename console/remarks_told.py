"""What enrolment remarked, as whole sentences for whoever looks after reference photos: what is wrong, what to do.

A terminal has the short form with its bare figures (``console.remarks``).
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from candidates.likeness import ENOUGH_PHOTOS
from candidates.report import Remark, RemarkKind, Severity
from netra.both import Both, Message
from netra.photo_errors import PHOTO_ERRORS

M = Message


def _measured(said: str) -> dict[str, object]:
    """``31 < 48``: what there is, and what it takes."""
    value, _, least = said.partition(" < ")
    return {"value": _number(value), "least": _number(least)}


def _number(said: str) -> Both:
    """With a comma in Indonesian."""
    return Both(re.sub(r"(?<=\d)\.(?=\d)", ",", said), said)


_SENTENCES: Final[Mapping[RemarkKind, tuple[Message, Callable[..., dict[str, object]]]]] = MappingProxyType(
    {
        RemarkKind.UNREADABLE: (
            M("Foto ini tidak dapat dibaca: {why}.", "This photo cannot be read: {why}."),
            lambda kind: {"why": PHOTO_ERRORS[kind]},
        ),
        RemarkKind.NO_FACE: (
            M(
                "Tidak ada wajah yang ditemukan. Pakai foto dari depan, terang, tanpa masker.",
                "No face was found. Use a photo from the front, in good light, without a mask.",
            ),
            dict,
        ),
        RemarkKind.SEVERAL_FACES: (
            M(
                "Ada {count} wajah di foto ini, padahal hanya boleh satu. Potong foto sampai tinggal orang ini.",
                "This photo has {count} faces, and only one is needed. Crop it until only this person is left.",
            ),
            lambda count: {"count": count},
        ),
        RemarkKind.SMALL_FACE: (
            M(
                "Wajahnya terlalu kecil: {value} piksel, padahal perlu sedikitnya {least}. Cari foto yang lebih besar, "
                "misalnya berkas aslinya.",
                "The face is too small: {value} pixels, and {least} are needed at least. Look for a larger photo, such "
                "as the original file.",
            ),
            _measured,
        ),
        RemarkKind.BLURRED: (
            M(
                "Wajahnya buram, berbintik, atau gelap (ketajaman {value}; perlu sedikitnya {least}). Pakai foto yang "
                "tajam dan terang.",
                "The face is blurred, grainy or dark (sharpness {value}; {least} is needed at least). Use a sharp "
                "photo in good light.",
            ),
            _measured,
        ),
        RemarkKind.TURNED_AWAY: (
            M(
                "Wajahnya menoleh (arah ke depan {value}; perlu sedikitnya {least}). Pakai foto dari depan.",
                "The face is turned away (frontality {value}; {least} is needed at least). Use a photo from the front.",
            ),
            _measured,
        ),
        RemarkKind.COVERED: (
            M(
                "Mulutnya tertutup. Pakai foto tanpa masker atau tangan di depan wajah.",
                "The mouth is covered. Use a photo without a mask or a hand before the face.",
            ),
            dict,
        ),
        RemarkKind.REPEATED: (
            M(
                "Gambarnya sama dengan {photo}, maka tidak dipakai dua kali. Pilih foto lain bila ingin menambah.",
                "It is the same picture as {photo}, so it is not used twice. Choose another photo to add one.",
            ),
            lambda photo: {"photo": photo},
        ),
        RemarkKind.SHARED: (
            M(
                "Gambar yang sama juga diberikan untuk {name} ({photo}). Pastikan siapa orangnya, lalu keluarkan dari "
                "berkas pemilihan di tempat yang salah.",
                "The same picture is also given for {name} ({photo}). Make sure who it is, and take it out of the "
                "election file where it is wrong.",
            ),
            lambda name, photo: {"name": name, "photo": photo},
        ),
        RemarkKind.UNLIKE_THE_OTHERS: (
            M(
                "Wajah ini kurang mirip dengan foto lain orang ini (kemiripan {value}). Periksa siapa di foto; ganti "
                "bila orang lain, atau bila fotonya lama.",
                "This face is not much like the other photos of this person (similarity {value}). Check who it is; "
                "replace it if it is somebody else, or if the photo is old.",
            ),
            lambda said: {"value": _number(said.partition(" < ")[0])},
        ),
        RemarkKind.ALIKE: (
            M(
                "{one} dan {other} mirip (kemiripan {value}), sehingga yang satu dapat dikira yang lain. Periksa foto "
                "keduanya, dan tambah foto.",
                "{one} and {other} look alike (similarity {value}), so that one may be taken for the other. Check the "
                "photos of both, and add more.",
            ),
            lambda one, other, value: {"one": one, "other": other, "value": _number(value)},
        ),
        RemarkKind.ONE_PHOTO: (
            M(
                "{name}: baru {count} foto yang dapat dipakai. Tambah sampai {enough} atau lebih, dari hari yang "
                "berbeda.",
                "{name}: {count} usable so far. Add photos until there are {enough} or more, from different days.",
            ),
            lambda name, count: {"name": name, "count": count, "enough": ENOUGH_PHOTOS},
        ),
        RemarkKind.NO_PHOTO: (
            M(
                "{name}: tidak ada foto yang dapat dipakai, dan pindaian tidak dapat dimulai. Tambah satu foto tajam "
                "dari depan.",
                "{name}: no photo can be used, and no scan can start. Add one sharp photo from the front.",
            ),
            lambda name: {"name": name},
        ),
        RemarkKind.FEW_PEOPLE: (
            M(
                "Baru {value} orang terdaftar; perlu {least} agar kemiripan dapat diperiksa. Periksa foto-fotonya "
                "dengan mata sendiri.",
                "Only {value} people are enrolled; it takes {least} to judge how alike they are. Check the photos by "
                "eye.",
            ),
            _measured,
        ),
    }
)
_ALIKE_DECOY: Final = M(
    "{one} dan pembanding {other} mirip (kemiripan {value}). Wajah di antara keduanya paling jauh disebut mungkin; "
    "bandingkan sendiri dengan teliti.",
    "{one} and the decoy {other} look alike (similarity {value}). A face between the two is called possible at most; "
    "compare closely yourself.",
)


def remark_told(remark: Remark) -> Both:
    """A remark as sentences in both languages."""
    message, values = _SENTENCES[remark.kind]
    if remark.kind is RemarkKind.ALIKE and remark.severity is Severity.NOTE:  # enrolment's way to say so of a decoy
        message = _ALIKE_DECOY
    return message.filled(**values(*remark.about))
