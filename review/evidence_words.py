"""What the page of a finding says in sentences: of each person, of a likeness, of a first look, of what once failed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from babel.dates import format_date
from babel.numbers import format_decimal

from casework.evidence_parts import Evidence, SeenAs, SeenFace, SeenHand
from casework.looks import NO_SYMBOL, OTHER_SYMBOL, UNCLEAR_SYMBOL, Look, SamePerson
from casework.marks import Mark, MarkKind
from casework.reasons import BY_CODE
from netra.both import Language
from review.finding_words import symbol_name
from review.language import marked, say

DEPICTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "reference-photo": marked("gambar yang sama dengan foto rujukan"),
        "print": marked("gambar cetak (spanduk, poster, bingkai)"),
        "screen": marked("gambar pada layar"),
    }
)
DOUBTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "contradicting-hands": marked("Tangan lain orang yang sama menunjukkan simbol nomor lain."),
        "part-of-a-pair": marked("Bersama tangan lain orang yang sama, simbol ini milik nomor lain."),
        "unsure-pair": marked("Tidak pasti kedua tangan itu milik satu orang."),
    }
)
SAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        SamePerson.SAME.value: marked("orang yang sama"),
        SamePerson.DIFFERENT.value: marked("orang yang berbeda"),
        SamePerson.CANNOT_TELL.value: marked("orangnya tidak dapat dipastikan"),
    }
)
SYMBOL_ANSWERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        NO_SYMBOL: marked("tidak ada simbol"),
        OTHER_SYMBOL: marked("simbol lain"),
        UNCLEAR_SYMBOL: marked("simbol tidak dapat dipastikan"),
    }
)
MARKS: Final[Mapping[MarkKind, str]] = MappingProxyType(
    {
        MarkKind.FACE: marked("wajah yang terlewat"),
        MarkKind.HAND: marked("tangan yang terlewat"),
        MarkKind.DEPICTION: marked("gambar orang"),
    }
)
PICTURED: Final = "unggah-foto-calon"  # the finding that a candidate alone, or their picture, was posted
_GOOD: Final = 0.7
_LOCALES: Final = {"id": "id_ID", "en": "en_GB"}


def locale_of(language: Language) -> str:
    """For babel."""
    return _LOCALES[language]


def decimal(language: Language, value: float) -> str:
    """Two decimals, in the language's way."""
    return str(format_decimal(value, format="0.00", locale=locale_of(language)))


def clauses_of(sentence: str) -> tuple[str, ...]:
    """A finding's sentence in its parts, which semicolons divide; those in brackets divide nothing.

    A sentence of a dozen lines is not read, its parts are. ``"; ".join`` puts them together again.
    """
    parts, depth, begin = [], 0, 0
    for place, letter in enumerate(sentence):
        depth = max(0, depth + (letter == "(") - (letter == ")"))
        if depth == 0 and sentence.startswith("; ", place):
            parts.append(sentence[begin:place])
            begin = place + len("; ")
    return (*parts, sentence[begin:])


def chance_said(language: Language, seen: SeenAs) -> str:
    """How often such a likeness comes by chance, with the number of faces that it is for."""
    faces, times = seen.chance(language)
    if times and faces != "0":
        text = marked(
            "Di antara %(faces)s wajah orang lain, kemiripan setinggi ini diperkirakan muncul %(times)s kali karena "
            "kebetulan."
        )
        return say(language, text, faces=faces, times=times)
    if seen.e_value:
        text = marked("Kemiripan setinggi ini diperkirakan muncul %(times)s kali karena kebetulan dalam pindaian ini.")
        return say(language, text, times=decimal(language, seen.e_value[0]))
    return say(
        language,
        marked("Belum terkalibrasi: seberapa sering kemiripan setinggi ini muncul karena kebetulan tidak diketahui."),
    )


def second_said(language: Language, seen: SeenAs) -> str:
    """Whom else the face is like."""
    for second in seen.second:
        text = marked("Calon termirip kedua: %(name)s, kemiripan %(second)s (yang pertama %(first)s).")
        values = {"second": decimal(language, second.similarity), "first": decimal(language, seen.similarity)}
        return say(language, text, name=second.candidate.called, **values)
    return say(language, marked("Tidak ada calon lain yang mirip."))


def quality_said(language: Language, face: SeenFace) -> str:
    """How well a face can be compared."""
    value = decimal(language, face.quality)
    if not face.assessable:
        return say(language, marked("Mutu wajah terlalu rendah untuk dibandingkan (%(value)s dari 1)."), value=value)
    if face.quality < _GOOD:
        return say(language, marked("Mutu wajah cukup (%(value)s dari 1)."), value=value)
    return say(language, marked("Mutu wajah baik (%(value)s dari 1)."), value=value)


def depicted_said(language: Language, face: SeenFace) -> str:
    """That a face is a picture of somebody; empty of somebody who is there."""
    for one in face.depicted:
        kind = say(language, DEPICTIONS.get(one.kind, one.kind))
        return say(language, marked("Menurut mesin ini %(kind)s, bukan orang yang hadir."), kind=kind)
    return ""


def figures_said(language: Language, seen: SeenAs) -> str:
    """The machine's own numbers, by their names."""
    text = marked("Kesamaan kosinus terpusat %(similarity)s, golongan %(band)s, foto rujukan terdekat %(reference)s.")
    band = marked("cocok") if seen.band == "match" else marked("mungkin")
    return say(
        language,
        text,
        similarity=decimal(language, seen.similarity),
        band=say(language, band),
        reference=seen.reference or "–",
    )


def person_said(language: Language, finding: Evidence, face: SeenFace) -> str:
    """A person in one line: whom they are like, how well their face can be compared, what their hands show."""
    parts = [_like(language, face), quality_said(language, face)]
    parts += [text for text in (depicted_said(language, face),) if text]
    parts += [hand_said(language, hand) for hand in finding.hands if face.number in hand.person]
    return " ".join(parts)


def _like(language: Language, face: SeenFace) -> str:
    for seen in face.seen_as:
        text = marked("Mirip %(name)s (nomor urut %(ticket)s).")
        return say(language, text, name=seen.candidate.called, ticket=seen.ticket)
    if face.assessable:
        return say(language, marked("Tidak mirip calon mana pun."))
    return say(language, marked("Siapa orangnya tidak diketahui."))


def hand_said(language: Language, hand: SeenHand) -> str:
    """What a hand shows."""
    side = say(language, marked("Tangan kiri") if hand.side == "left" else marked("Tangan kanan"))
    if not hand.readable:
        return say(language, marked("%(side)s: terlalu kecil untuk dibaca."), side=side)
    if not hand.symbol:
        return say(language, marked("%(side)s: tidak ada simbol."), side=side)
    sure = "".join(decimal(language, value) for value in hand.confidence) or "–"
    text = marked("%(side)s: %(symbol)s (keyakinan mesin %(sure)s dari 1).")
    return say(language, text, side=side, symbol=symbol_name(language, hand.symbol), sure=sure)


def look_said(language: Language, look: Look) -> str:
    """What somebody answered in a first look."""
    parts = [say(language, SAME.get(look.same_person, look.same_person))] if look.same_person else []
    if look.symbol:
        known = SYMBOL_ANSWERS.get(look.symbol)
        parts.append(say(language, known) if known else symbol_name(language, look.symbol))
    return "; ".join(parts)


def mark_said(language: Language, finding: Evidence, mark: Mark, reader: str) -> str:
    """A mark in one line."""
    who = say(language, marked("Anda")) if mark.made_by == reader else mark.made_by
    what = [say(language, MARKS[mark.kind])]
    what += [finding.name_of(mark.candidate)] if mark.candidate else []
    if mark.symbol:
        known = SYMBOL_ANSWERS.get(mark.symbol)
        what.append(say(language, known) if known else symbol_name(language, mark.symbol))
    note = f": {mark.note}" if mark.note else ""
    return f"{who}: {', '.join(what)}{note}"


def reason_said(language: Language, code: str) -> str:
    """A reason in words; a word that the table has no more stays as it is."""
    reason = BY_CODE.get(code)
    if reason is None:
        return code
    return reason.text if language == "id" else reason.english


def day_said(language: Language, day: str) -> str:
    """``2024-10-21`` in words."""
    return str(format_date(date.fromisoformat(day), "d MMM yyyy", locale=locale_of(language)))


@dataclass(frozen=True, slots=True)
class Check:
    """A reason for which reports failed before.

    Attributes:
        code: of ``casework.reasons``.
        text: in words.
        known: what is known of it here.
    """

    code: str
    text: str
    known: str


def checks_of(language: Language, finding: Evidence, look: tuple[Look, ...]) -> tuple[Check, ...]:
    """The checklist, each with what is known.

    Args:
        language: of the page.
        finding: whose.
        look: the reader's own, if they had one.
    """
    known: Mapping[str, Callable[[], str]] = {
        "not-the-candidate": lambda: _not_the_candidate(language, finding, look),
        "taken-before-registration": lambda: _beside(language, finding, "candidates_official"),
        "number-not-drawn": lambda: _beside(language, finding, "numbers_drawn"),
        "outside-period": lambda: _element(language, finding, "within-period"),
        "sign-means-other": lambda: _sign(language, finding),
        "symbol-misread": lambda: _misread(language, finding, look),
        "not-asn": lambda: _not_asn(language, finding),
        "screenshot-only": lambda: _screenshot(language, finding),
        "depiction": lambda: _depiction(language, finding),
    }
    asked = [code for code in known if _concerns(finding, code)]
    return tuple(Check(code, reason_said(language, code), known[code]()) for code in asked)


def _concerns(finding: Evidence, code: str) -> bool:
    if code == "depiction" and finding.category == PICTURED:
        return False  # it is what the finding says, and no reason against it
    if code in ("not-the-candidate", "depiction", "taken-before-registration"):
        return bool(finding.candidates)
    if code in ("sign-means-other", "symbol-misread", "number-not-drawn"):
        return bool(finding.symbol)
    return True


def _not_the_candidate(language: Language, finding: Evidence, look: tuple[Look, ...]) -> str:
    del finding
    for one in look:
        if one.same_person:
            answered = say(language, SAME[one.same_person])
            return say(language, marked("Pada tinjauan pertama Anda menjawab: %(answer)s."), answer=answered)
    return say(language, marked("Bandingkan sendiri wajahnya dengan foto rujukan."))


_TAKEN: Final = {
    "candidates_official": marked("Calon ditetapkan %(day)s; foto diambil %(taken)s (%(source)s)."),
    "numbers_drawn": marked("Nomor urut diundi %(day)s; foto diambil %(taken)s (%(source)s)."),
}
_UNTAKEN: Final = {
    "candidates_official": marked("Calon ditetapkan %(day)s; hari pengambilan foto tidak diketahui."),
    "numbers_drawn": marked("Nomor urut diundi %(day)s; hari pengambilan foto tidak diketahui."),
}


def _beside(language: Language, finding: Evidence, name: str) -> str:
    """A day of the election beside the day on which the photo was taken."""
    days = dict(finding.election_days)
    if not days.get(name):
        return say(language, marked("Hari itu tidak tercatat dalam berkas pemilihan."))
    said = {"day": day_said(language, days[name])}
    for upload in finding.uploads[:1]:
        taken = [one for one in upload.statements if one.kind == "taken"]
        for one in sorted(taken, key=lambda each: not each.decides)[:1]:
            said |= {"taken": day_said(language, one.day), "source": one.source_text.of(language)}
            text = say(language, _TAKEN[name], **said)
            weak = say(language, marked("Itu petunjuk saja: cari hari yang pasti."))
            return f"{text} {weak}" if one.weak else text
    return say(language, _UNTAKEN[name], **said)


def _element(language: Language, finding: Evidence, key: str) -> str:
    for one in finding.elements:
        if one.key == key:
            return one.evidence.of(language)
    return say(language, marked("Aturan ini tidak memintanya; periksa sendiri."))


def _sign(language: Language, finding: Evidence) -> str:
    doubt = DOUBTS.get(finding.doubt, "")
    parts = [say(language, doubt)] if doubt else []
    parts.append(
        say(language, marked("Foto tidak menunjukkan maksud. Bandingkan dengan acara dan tulisan pada unggahannya."))
    )
    return " ".join(parts)


def _misread(language: Language, finding: Evidence, look: tuple[Look, ...]) -> str:
    machine = " + ".join(symbol_name(language, label) for label in finding.symbols)
    for one in look:
        if one.symbol:
            known = SYMBOL_ANSWERS.get(one.symbol)
            own = say(language, known) if known else symbol_name(language, one.symbol)
            return say(language, marked("Anda membaca %(own)s; mesin membaca %(machine)s."), own=own, machine=machine)
    return say(language, marked("Mesin membaca %(machine)s; lihat tangannya sendiri."), machine=machine)


def _not_asn(language: Language, finding: Evidence) -> str:
    for upload in finding.uploads[:1]:
        who = ", ".join(part for part in (upload.uploader_name or upload.uploader_id, upload.agency) if part)
        if who:
            text = marked("Tercatat: %(who)s. Foto tidak menunjukkan status kepegawaian; periksa data kepegawaian.")
            return say(language, text, who=who)
    return say(language, marked("Pengunggah tidak tercatat; cari tahu siapa, lalu periksa data kepegawaian."))


def _screenshot(language: Language, finding: Evidence) -> str:
    shot = (
        marked("Mesin mengenali tangkapan layar.")
        if finding.screenshot
        else marked("Bukan tangkapan layar menurut mesin.")
    )
    linked = any(one.post_url for one in finding.uploads)
    post = marked("Alamat unggahan tercatat.") if linked else marked("Alamat unggahan tidak tercatat.")
    return f"{say(language, shot)} {say(language, post)}"


def _depiction(language: Language, finding: Evidence) -> str:
    said: Iterator[str] = (depicted_said(language, one) for one in finding.people if one.in_question)
    found = " ".join(text for text in said if text)
    return found or say(language, marked("Mesin tidak menemukan wajah itu pada poster atau layar; lihat sendiri."))
