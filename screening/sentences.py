"""Every sentence of a finding, in Indonesian and English: what was seen, what to know of it, and the rule it rests on.

A sentence reports what a picture shows and how sure netra is of it. It never says that somebody broke a rule: that is
for people to decide, after they have looked.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from candidates.bands import Band
from candidates.election import Candidate
from candidates.match import Sighting
from netra.symbols import SYMBOLS, number_of_two_hands
from screening.findings import Doubt
from screening.signs import Sign
from vision.types import Symbol

Language = Literal["id", "en"]


class Seen(StrEnum):
    """What hands show, as far as it matters for one finding."""

    OTHERS_SHOW = "others-show"
    UNCLEAR_OWNER = "unclear-owner"
    ON_THE_LIST = "on-the-list"
    OTHER_TICKET = "other-ticket"
    ONLY_CANDIDATES = "only-candidates"
    BEFORE_DRAW = "before-draw"
    NOTHING = "nothing"
    NOT_SEARCHED = "not-searched"


class Note(StrEnum):
    """What a reviewer has to know besides."""

    TAKEN_UNKNOWN = "taken-unknown"
    TAKEN_BEFORE_OFFICIAL = "taken-before-official"
    POSTED_BEFORE_OFFICIAL = "posted-before-official"
    SPOUSE = "spouse"


@dataclass(frozen=True, slots=True)
class Reason:
    """Everything a finding's sentence is made of.

    Attributes:
        sightings: the candidates seen, the best first; empty for a pose alone.
        others: how many other people are in the photo; of a pose alone, how many people there are.
        seen: what hands show.
        showing: how many of the others show it.
        shown: the sign shown, where ``seen`` is about one.
        symbol_ticket: the ballot number the symbol belongs to, or 0.
        notes: what to know besides, in this order.
        numbers_drawn: the day numbers were drawn.
        candidates_official: the day candidates became official.
        taken_at: the day the photo was taken, or none.
        posted_at: the day it was posted, or none.
        spouse_source: where the exception for spouses is written, or empty.
        rule: the rule's full id.
        source: what the rule rests on.
        cannot_assess: how many faces of the photo are too poor to be compared.
    """

    sightings: tuple[tuple[Candidate, Sighting], ...]
    others: int
    seen: Seen
    showing: int
    shown: tuple[Sign, ...]
    symbol_ticket: int
    notes: tuple[Note, ...]
    numbers_drawn: date
    candidates_official: date
    taken_at: tuple[date, ...]
    posted_at: tuple[date, ...]
    spouse_source: str
    rule: str
    source: str
    cannot_assess: int = 0


_FACE: Final = {
    "id": "{name} ({office}, nomor urut {ticket}; {band}, kemiripan {similarity}{chance})",
    "en": "{name} ({office}, ballot number {ticket}; {band}, similarity {similarity}{chance})",
}
_BANDS: Final[dict[Language, dict[Band, str]]] = {
    "id": {Band.MATCH: "cocok", Band.POSSIBLE: "mungkin"},
    "en": {Band.MATCH: "match", Band.POSSIBLE: "possible"},
}
_CHANCE: Final = {
    "id": ", di antara {faces} wajah orang lain kemiripan setinggi ini diperkirakan muncul {times} kali secara "
    "kebetulan",
    "en": ", among {faces} faces of other people a likeness this high is expected {times} times by chance",
}
_UNCALIBRATED: Final = {
    "id": "kemiripan belum terkalibrasi: orang dalam pindaian terlalu sedikit untuk mengatakan seberapa sering "
    "kemiripan setinggi ini muncul secara kebetulan",
    "en": "similarity is uncalibrated: the scan has too few people to say how often a likeness this high comes by "
    "chance",
}
_CANNOT_ASSESS: Final = {
    "id": "{count} wajah tidak dapat dinilai (terlalu kecil, buram, gelap, menoleh, atau tertutup), jadi siapa "
    "orangnya tidak diketahui",
    "en": "{count} {faces} cannot be assessed (too small, blurred, dark, turned or covered), and {they} unknown",
}
_TOGETHER: Final = {
    "id": "Foto memuat wajah yang mirip {faces} bersama {others} orang lain",
    "en": "The photo has a face that looks like {faces} together with {others} other {people}",
}
_ALONE: Final = {
    "id": "Foto memuat wajah yang mirip {faces} tanpa orang lain yang terlihat",
    "en": "The photo has a face that looks like {faces} and nobody else who can be seen",
}
_POSE: Final = {
    "id": "Foto tanpa calon yang dikenali memuat {who} {pose}, yang ada dalam daftar pose terlarang",
    "en": "In a photo without a recognised candidate, {who} {pose}, which is on the list of forbidden poses",
}
_POSE_WHO: Final = {
    "id": {1: "{showing} orang yang menunjukkan", 0: "sebuah tangan, pemiliknya tidak jelas, yang menunjukkan"},
    "en": {1: "{showing} {people} {show}", 0: "a hand of unclear owner shows"},
}
_WHO: Final = {
    "id": {"only": "orang itu menunjukkan", "some": "{showing} di antaranya menunjukkan"},
    "en": {"only": "that person shows", "some": "{showing} of them {show}"},
}
_SYMBOL: Final = {
    "id": "'{symbol}' ({label}, keyakinan {confidence})",
    "en": "'{symbol}' ({label}, confidence {confidence})",
}
_SIGN: Final = {
    "id": {"symbol": "simbol {shown}", "pose": "pose {shown}"},
    "en": {"symbol": "the symbol {shown}", "pose": "the pose {shown}"},
}
_BOTH: Final = {"id": " dengan kedua tangan", "en": " with both hands"}
_SUM: Final = {"id": ", bersama {number}", "en": ", together {number}"}
_NUMBERS: Final = {
    "id": ("dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh"),
    "en": ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}  # what two hands of at least one each can add up to, from 2
_DOUBTS: Final[dict[Language, dict[Doubt, str]]] = {
    "id": {
        Doubt.CONTRADICTION: "orang yang sama juga menunjukkan {rival}, simbol nomor urut {rival_ticket}: kedua tangan "
        "bertentangan, jadi nomor mana yang dimaksud tidak dipastikan",
        Doubt.PART_OF_PAIR: "bersama tangan lain orang yang sama, yaitu {rival}, itu juga simbol nomor urut "
        "{rival_ticket}: kedua artinya bertentangan, jadi nomor mana yang dimaksud tidak dipastikan",
        Doubt.UNSURE_PAIR: "tidak dipastikan bahwa kedua tangan itu tangan kiri dan tangan kanan orang yang sama",
    },
    "en": {
        Doubt.CONTRADICTION: "the same person also shows {rival}, a symbol of ballot number {rival_ticket}: the hands "
        "contradict each other, so which number is meant is left open",
        Doubt.PART_OF_PAIR: "together with the same person's other hand, {rival}, it is also a symbol of ballot number "
        "{rival_ticket}: the two contradict each other, so which number is meant is left open",
        Doubt.UNSURE_PAIR: "whether the two are the left and the right hand of one person is left open",
    },
}
_SEEN: Final[dict[Language, dict[Seen, str]]] = {
    "id": {
        Seen.OTHERS_SHOW: "{who} {shown}, simbol nomor urut {symbol_ticket}",
        Seen.UNCLEAR_OWNER: "sebuah tangan yang pemiliknya tidak jelas menunjukkan {shown}, simbol nomor urut "
        "{symbol_ticket}",
        Seen.ON_THE_LIST: "{who} {shown}, yang ada dalam daftar pose terlarang tetapi bukan simbol nomor urut mana pun",
        Seen.OTHER_TICKET: "{who} {shown}, yaitu simbol nomor urut {symbol_ticket}, bukan simbol calon ini",
        Seen.ONLY_CANDIDATES: "hanya calon itu sendiri yang menunjukkan {shown}, simbol nomor urut {symbol_ticket}",
        Seen.BEFORE_DRAW: "ada {shown}, tetapi foto berasal dari sebelum nomor urut diundi ({numbers_drawn}), jadi "
        "simbol itu belum bermakna nomor urut",
        Seen.NOTHING: "tidak terlihat simbol tangan yang diperhitungkan",
        Seen.NOT_SEARCHED: "tangan tidak diperiksa atau tidak dapat dibaca, jadi ada tidaknya simbol tidak diketahui",
    },
    "en": {
        Seen.OTHERS_SHOW: "{who} {shown}, a symbol of ballot number {symbol_ticket}",
        Seen.UNCLEAR_OWNER: "a hand whose owner is unclear shows {shown}, a symbol of ballot number {symbol_ticket}",
        Seen.ON_THE_LIST: "{who} {shown}, which is on the list of forbidden poses but is no ballot number's symbol",
        Seen.OTHER_TICKET: "{who} {shown}, a symbol of ballot number {symbol_ticket} and not of this candidate",
        Seen.ONLY_CANDIDATES: "only the candidate shows {shown}, a symbol of ballot number {symbol_ticket}",
        Seen.BEFORE_DRAW: "there is {shown}, but the photo is from before ballot numbers were drawn ({numbers_drawn}), "
        "so it stood for no number yet",
        Seen.NOTHING: "no hand symbol that counts was seen",
        Seen.NOT_SEARCHED: "hands were not searched or could not be read, so whether there is a symbol is unknown",
    },
}
_NOTES: Final[dict[Language, dict[Note, str]]] = {
    "id": {
        Note.TAKEN_UNKNOWN: "tanggal pengambilan foto tidak diketahui, padahal nomor urut baru diundi {numbers_drawn}",
        Note.TAKEN_BEFORE_OFFICIAL: "foto diambil {taken}, sebelum calon ditetapkan ({candidates_official}){posted}",
        Note.POSTED_BEFORE_OFFICIAL: "foto diunggah {posted_day}, sebelum calon ditetapkan ({candidates_official})",
        Note.SPOUSE: "pengunggah tercatat sebagai suami atau istri calon, yang boleh ada dalam foto tanpa simbol atau "
        "atribut ({spouse_source})",
    },
    "en": {
        Note.TAKEN_UNKNOWN: "the day it was taken is unknown, and ballot numbers were drawn only on {numbers_drawn}",
        Note.TAKEN_BEFORE_OFFICIAL: "it was taken on {taken}, before candidates became official "
        "({candidates_official}){posted}",
        Note.POSTED_BEFORE_OFFICIAL: "it was posted on {posted_day}, before candidates became official "
        "({candidates_official})",
        Note.SPOUSE: "the uploader is recorded as a candidate's spouse, who may be in a photo without symbol or "
        "attributes ({spouse_source})",
    },
}
_POSTED: Final = {"id": ", dan diunggah {posted_day}", "en": ", and posted on {posted_day}"}
_BASIS: Final = {"id": "dasar: {rule}, {source}", "en": "basis: {rule}, {source}"}
_AND: Final = {"id": " dan ", "en": " and "}
_MONTHS: Final = {
    "id": (
        "Januari", "Februari", "Maret", "April", "Mei", "Juni",
        "Juli", "Agustus", "September", "Oktober", "November", "Desember",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def sentence(reason: Reason, language: Language) -> str:
    """One sentence that says why a photo is worth a look."""
    parts = [_opening(reason, language)]
    if reason.sightings:
        parts.append(_seen(reason, language))
        parts += [_doubt(sign, language) for sign in reason.shown if sign.doubt is not Doubt.NONE]
    days = _days(reason, language)
    posted = _POSTED[language].format(**days) if reason.posted_at else ""
    notes = _NOTES[language]
    spouse_source = _one_line(reason.spouse_source)
    parts += [notes[note].format(**days, posted=posted, spouse_source=spouse_source) for note in reason.notes]
    if reason.cannot_assess:
        parts.append(_unassessed(reason.cannot_assess, language))
    parts.append(_BASIS[language].format(rule=reason.rule, source=_one_line(reason.source)))
    if not all(sighting.calibrated for _, sighting in reason.sightings):
        parts.append(_UNCALIBRATED[language])
    return "; ".join(parts) + "."


def number(value: float, language: Language) -> str:
    """Two decimals, or two digits where the value is smaller; a decimal comma in Indonesian."""
    text = f"{value:.2f}" if value == 0 or abs(value) >= 0.01 else f"{value:.1g}"
    return text.replace(".", ",") if language == "id" else text


def whole(value: int, language: Language) -> str:
    """A count with its thousands apart: 12.400 in Indonesian, 12,400 in English."""
    return f"{value:,}".replace(",", "." if language == "id" else ",")


def chance_in_words(faces: float, e_value: float, language: Language) -> tuple[str, str]:
    """How many faces were compared and how many of them would look as alike: 12.400 and 0,02.

    The second is rounded up, since it is the pessimistic end that is told.
    """
    times = f"{_rounded_up(e_value):.2g}"
    return whole(round(faces), language), times.replace(".", ",") if language == "id" else times


def _opening(reason: Reason, language: Language) -> str:
    if not reason.sightings:
        who = _POSE_WHO[language][1 if reason.showing else 0]
        who = who.format(showing=reason.showing, people=_people(reason.showing), show=_show(reason.showing))
        return _POSE[language].format(who=who, pose=_sign(reason, "pose", language))
    faces = _AND[language].join(_face(candidate, sighting, language) for candidate, sighting in reason.sightings)
    if not reason.others:
        return _ALONE[language].format(faces=faces)
    return _TOGETHER[language].format(faces=faces, others=reason.others, people=_people(reason.others))


def _seen(reason: Reason, language: Language) -> str:
    only = reason.others == reason.showing == 1
    who = _WHO[language]["only" if only else "some"].format(showing=reason.showing, show=_show(reason.showing))
    shown = _sign(reason, "symbol", language)
    return _SEEN[language][reason.seen].format(
        who=who, shown=shown, symbol_ticket=reason.symbol_ticket, **_days(reason, language)
    )


def _face(candidate: Candidate, sighting: Sighting, language: Language) -> str:
    return _FACE[language].format(
        name=_one_line(candidate.name),
        office=_one_line(candidate.office),
        ticket=sighting.ticket,
        similarity=number(sighting.similarity, language),
        chance="".join(_chance(sighting.faces, value, language) for value in sighting.e_value),
        band=_BANDS[language][sighting.band],
    )


def _chance(faces: float, e_value: float, language: Language) -> str:
    compared, times = chance_in_words(faces, e_value, language)
    return _CHANCE[language].format(faces=compared, times=times)


def _rounded_up(value: float) -> float:
    """To two digits, never below 0.0001: smaller numbers say nothing more to a reader."""
    least = max(value, 1e-4)
    step = 10.0 ** (math.floor(math.log10(least)) - 1)
    return math.ceil(least / step - 1e-9) * step


def _unassessed(count: int, language: Language) -> str:
    one = count == 1
    return _CANNOT_ASSESS[language].format(
        count=count, faces="face" if one else "faces", they="whose it is is" if one else "whose they are is"
    )


def _sign(reason: Reason, noun: Literal["symbol", "pose"], language: Language) -> str:
    """What is shown: one hand's symbol, or both hands' with what they add up to where that is the ticket's number."""
    for sign in reason.shown:
        shown = _symbols(sign.symbols, language)
        if sign.is_pair:
            first, second = sign.labels
            total = number_of_two_hands((first, second))
            says_number = total and reason.symbol_ticket in (0, total)
            shown += _BOTH[language]
            shown += _SUM[language].format(number=_NUMBERS[language][total - 2]) if says_number else ""
        return _SIGN[language][noun].format(shown=shown)
    return ""


def _doubt(sign: Sign, language: Language) -> str:
    rival = _SIGN[language]["symbol"].format(shown=_symbols(sign.rivals, language))
    return _DOUBTS[language][sign.doubt].format(rival=rival, rival_ticket=sign.rival_ticket)


def _symbols(symbols: Sequence[Symbol], language: Language) -> str:
    return _AND[language].join(_symbol(symbol, language) for symbol in symbols)


def _symbol(symbol: Symbol, language: Language) -> str:
    meaning = SYMBOLS[symbol.label]
    return _SYMBOL[language].format(
        symbol=meaning.indonesian if language == "id" else meaning.english,
        label=meaning.label,
        confidence=number(symbol.confidence, language),
    )


def _days(reason: Reason, language: Language) -> dict[str, str]:
    def day(days: Sequence[date]) -> str:
        return f"{days[0].day} {_MONTHS[language][days[0].month - 1]} {days[0].year}" if days else ""

    return {
        "numbers_drawn": day((reason.numbers_drawn,)),
        "candidates_official": day((reason.candidates_official,)),
        "taken": day(reason.taken_at),
        "posted_day": day(reason.posted_at),
    }


def _people(count: int) -> str:
    return "person" if count == 1 else "people"


def _show(count: int) -> str:
    return "shows" if count == 1 else "show"


def _one_line(text: str) -> str:
    return " ".join(text.split())
