"""The sentence of a finding, in Indonesian and English: what was seen, what to know of it, and the rule it rests on.

A sentence reports what a picture shows and how sure netra is of it. It never says that somebody broke a rule: that is
for people to decide, after they have looked. The words stand in ``screening.sentence_texts``.
"""

from collections.abc import Iterator, Sequence
from typing import Literal

from candidates.election import Candidate
from candidates.match import Sighting
from netra.symbols import SYMBOLS, number_of_two_hands
from screening import sentence_texts as texts
from screening.days import Told
from screening.findings import Doubt
from screening.reason import Reason, Seen
from screening.signs import Sign
from screening.words import Language, chance_in_words, day, listed, number, one_line
from vision.types import Symbol


def sentence(reason: Reason, language: Language) -> str:
    """One sentence that says why a photo is worth a look."""
    parts = [_opening(reason, language)]
    if reason.sightings:
        parts.append(_seen(reason, language))
        parts += [_doubt(sign, language) for sign in reason.shown if sign.doubt is not Doubt.NONE]
    parts += days_in_words(reason, language)
    parts += notes_in_words(reason, language)
    parts += _place(reason, language)
    parts.append(texts.BASIS[language].format(rule=reason.rule, source=one_line(reason.source)))
    if not all(sighting.calibrated for _, sighting in reason.sightings):
        parts.append(texts.UNCALIBRATED[language])
    return "; ".join(parts) + "."


def face_in_words(candidate: Candidate, sighting: Sighting, language: Language) -> str:
    """A candidate with how alike a face is, and how often that comes by chance."""
    chance = ""
    for value in sighting.e_value:
        compared, times = chance_in_words(sighting.faces, value, language)
        chance = texts.CHANCE[language].format(faces=compared, times=times)
    return texts.FACE[language].format(
        name=one_line(candidate.name),
        office=one_line(candidate.office),
        ticket=sighting.ticket,
        similarity=number(sighting.similarity, language),
        chance=chance,
        band=texts.BANDS[language][sighting.band],
    )


def sign_in_words(reason: Reason, noun: Literal["symbol", "pose"], language: Language) -> str:
    """What is shown: one hand's symbol, or both hands' with what they add up to where that is the ticket's number."""
    for sign in reason.shown:
        shown = _symbols(sign.symbols, language)
        if sign.is_pair:
            first, second = sign.labels
            total = number_of_two_hands((first, second))
            says_number = total and reason.symbol_ticket in (0, total) and reason.seen is not Seen.ALLOWED
            shown += texts.BOTH[language]
            shown += texts.SUM[language].format(number=texts.NUMBERS[language][total - 2]) if says_number else ""
        return texts.SIGN[language][noun].format(shown=shown)
    return ""


def told_in_words(told: Told, language: Language) -> str:
    """``diambil 1 Oktober 2024 menurut EXIF (masa kampanye)``."""
    names = [one_line(one.name_id if language == "id" else one.name_en) for one in told.stage]
    template = texts.WHEN_LATEST[language] if told.moment.is_latest else texts.WHEN_ONE[language]
    return template.format(**_told(told, language), stage="".join(f" ({name})" for name in names))


def days_in_words(reason: Reason, language: Language) -> Iterator[str]:
    """When it was taken and posted, what hints at other days, and what contradicts what."""
    days = reason.days
    if days.firm:
        told = listed([told_in_words(each, language) for each in days.firm], language)
        yield texts.WHEN[language].format(told=told)
    drawn = day(reason.numbers_drawn, language)
    for hint in days.hints[:2]:
        is_before = hint.moment.day < reason.numbers_drawn
        before = texts.HINT_BEFORE[language].format(numbers_drawn=drawn) if is_before else ""
        yield texts.HINT[language][hint.moment.is_latest].format(**_told(hint, language), before=before)
    for other in days.against[:2]:
        yield texts.AGAINST[language].format(**_told(other, language))
    if days.out_of_order:
        yield texts.OUT_OF_ORDER[language]
    if reason.disputed:
        yield texts.DISPUTED[language]


def notes_in_words(reason: Reason, language: Language) -> Iterator[str]:
    """What to know besides."""
    known = {
        "numbers_drawn": day(reason.numbers_drawn, language),
        "candidates_official": day(reason.candidates_official, language),
        "spouse_since": "".join(day(one, language) for one in reason.spouse_since),
        "spouse_source": one_line(reason.spouse_source),
    }
    return (texts.NOTES[language][note].format(**known) for note in reason.notes)


def _told(told: Told, language: Language) -> dict[str, str]:
    return {
        "done": texts.DONE[language][told.kind],
        "day": day(told.moment.day, language),
        "source": texts.SOURCES[language][told.moment.source],
    }


def _opening(reason: Reason, language: Language) -> str:
    place = reason.place
    shape = place.layout.screenshot, place.layout.panels > 1
    part, parts = place.panel + 1, place.layout.panels
    what = texts.WHAT[language][shape].format(part=part, parts=parts)
    if not reason.sightings:
        who = texts.POSE_WHO[language][1 if reason.showing else 0]
        who = who.format(showing=reason.showing, people=_people(reason.showing), show=_show(reason.showing))
        where = what if language == "id" else texts.IN_WHAT[shape].format(part=part, parts=parts)
        return texts.POSE[language].format(what=where, who=who, pose=sign_in_words(reason, "pose", language))
    faces = listed([face_in_words(*seen, language) for seen in reason.sightings], language)
    rivals = ""
    if reason.rivals:
        template = texts.RIVALS[language][len(reason.rivals) == reason.others]
        rivals = template.format(rivals=_rivals(reason.rivals, language))
    count = {"others": reason.others, "people": _people(reason.others), "are": "is" if reason.others == 1 else "are"}
    if reason.pictured:
        template = texts.PICTURED[language][reason.others > 0]
    else:
        template = texts.TOGETHER[language] if reason.others else texts.ALONE[language]
    return template.format(what=what, faces=faces, rivals=rivals, **count)


def _seen(reason: Reason, language: Language) -> str:
    only = reason.others == reason.showing == 1
    kind: Literal["rival", "only", "some"] = "rival" if reason.showing_rivals else "only" if only else "some"
    who = texts.WHO[language][kind].format(
        showing=reason.showing,
        show=_show(reason.showing),
        rivals=listed([one_line(who.name) for who, _ in reason.showing_rivals], language),
    )
    although = texts.ALTHOUGH[language].format(symbol_ticket=reason.symbol_ticket) if reason.symbol_ticket else ""
    return texts.SEEN[language][reason.seen].format(
        who=who,
        shown=sign_in_words(reason, "symbol", language),
        pose=sign_in_words(reason, "pose", language),
        symbol_ticket=reason.symbol_ticket,
        numbers_drawn=day(reason.numbers_drawn, language),
        picture=texts.IN_PICTURE[language] if reason.pictured else "",
        although=although,
        allowed_source=one_line(reason.allowed_source),
    )


def _place(reason: Reason, language: Language) -> Iterator[str]:
    """What is not counted, and what cannot be known."""
    place = reason.place
    if place.elsewhere:
        are = "is" if place.elsewhere == 1 else "are"
        yield texts.ELSEWHERE[language].format(count=place.elsewhere, people=_people(place.elsewhere), are=are)
    if place.pictures:
        faces, are = ("face is", "is") if place.pictures == 1 else ("faces are", "are")
        yield texts.PICTURES[language].format(count=place.pictures, faces=faces, are=are)
    if place.cannot_read:
        one = place.cannot_read == 1
        hands, they = ("hand is", "it shows is") if one else ("hands are", "they show is")
        yield texts.CANNOT_READ[language].format(count=place.cannot_read, hands=hands, they=they)
    if place.cannot_assess:
        faces, they = ("face", "whose it is is") if place.cannot_assess == 1 else ("faces", "whose they are is")
        yield texts.CANNOT_ASSESS[language].format(count=place.cannot_assess, faces=faces, they=they)


def _rivals(rivals: Sequence[tuple[Candidate, int]], language: Language) -> str:
    each = [texts.RIVAL[language].format(name=one_line(who.name), ticket=ticket) for who, ticket in rivals]
    return listed(each, language)


def _doubt(sign: Sign, language: Language) -> str:
    rival = texts.SIGN[language]["symbol"].format(shown=_symbols(sign.rivals, language))
    return texts.DOUBTS[language][sign.doubt].format(rival=rival, rival_ticket=sign.rival_ticket)


def _symbols(symbols: Sequence[Symbol], language: Language) -> str:
    return listed([_symbol(symbol, language) for symbol in symbols], language)


def _symbol(symbol: Symbol, language: Language) -> str:
    meaning = SYMBOLS[symbol.label]
    return texts.SYMBOL[language].format(
        symbol=meaning.indonesian if language == "id" else meaning.english,
        label=meaning.label,
        confidence=number(symbol.confidence, language),
    )


def _people(count: int) -> str:
    return "person" if count == 1 else "people"


def _show(count: int) -> str:
    return "shows" if count == 1 else "show"
