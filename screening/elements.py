"""The elements of a finding: what its rule asks for, in its order, what there is for each, and what is missing.

A picture alone never fulfils a rule. Who the uploader is and what was meant no picture shows, and it says so each time.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Literal

from candidates.bands import Band
from screening import element_texts as texts
from screening.element_days import drawn, official, posted, taken, within_period, would_be
from screening.element_keys import ELEMENTS
from screening.element_said import MISSING, SHOWN, UNCLEAR, Account, Said, in_language, said
from screening.findings import Doubt, Element
from screening.reason import COUNTS, Note, Seen
from screening.sentences import face_in_words, sign_in_words
from screening.words import Language, day, listed, one_line

_OF_CANDIDATES: Final = frozenset(
    {
        "official-candidate",
        "would-be-candidate",
        "candidate-visible",
        "candidate-present",
        "candidate-pictured",
        "together",
        "symbol-of-ticket",
    }
)
"""What is asked of candidates, and so missing in a finding about a pose alone."""


def elements_of(account: Account) -> tuple[Element, ...]:
    """Every element that the rule asks for, in its order."""
    sources = {line.key: "; ".join(source.title for source in line.sources) for line in account.rulebook.elements}
    found = []
    for key in account.rule.elements:
        is_about_nobody = key in _OF_CANDIDATES and not account.reason.sightings
        told = said(MISSING, texts.NOBODY) if is_about_nobody else _LOOKS[key](account)
        found.append(
            Element(key, told.state, *ELEMENTS[key], told.evidence_id, told.evidence_en, one_line(sources[key]))
        )
    return tuple(found)


def _civil_servant(account: Account) -> Said:
    uploader, agency = one_line(account.facts.uploader_id), one_line(account.facts.agency)
    if not (uploader or agency):
        return said(MISSING, texts.CIVIL_SERVANT["unknown"])

    def fill(language: Language) -> Mapping[str, object]:
        more = in_language(texts.AGENCY, language).format(agency=agency) if agency else ""
        return {"uploader": uploader or "?", "agency": more}

    return said(MISSING, texts.CIVIL_SERVANT["recorded"], fill)


def _visible(account: Account) -> Said:
    seen = account.reason.sightings
    is_match = any(sighting.band is Band.MATCH for _, sighting in seen)

    def fill(language: Language) -> Mapping[str, object]:
        faces = listed([face_in_words(*each, language) for each in seen], language)
        return {"faces": faces, "references": listed([one_line(each.reference) for _, each in seen], language)}

    told = said(SHOWN if is_match else UNCLEAR, texts.VISIBLE["match" if is_match else "possible"], fill)
    is_calibrated = all(sighting.calibrated for _, sighting in seen)
    return told if is_calibrated else told.and_also(texts.UNCALIBRATED, lambda _: {})


def _present(account: Account) -> Said:
    if account.reason.pictured:
        return said(MISSING, texts.PRESENT["pictured"])
    return said(SHOWN, texts.PRESENT["there"])


def _pictured(account: Account) -> Said:
    if account.reason.pictured:
        return said(SHOWN, texts.PICTURED["pictured"])
    return said(UNCLEAR, texts.PICTURED["there"])


def _together(account: Account) -> Said:
    reason = account.reason
    if reason.pictured:
        return said(MISSING, texts.TOGETHER["pictured"])
    others = reason.others

    def fill(language: Language) -> Mapping[str, object]:
        where = in_language(texts.SAME_PART, language) if reason.place.layout.panels > 1 else ""
        verb, people = ("is", "person") if others == 1 else ("are", "people")
        return {"others": others, "are": verb, "people": people, "where": where}

    return said(SHOWN if others else MISSING, texts.TOGETHER["yes" if others else "no"], fill)


def _symbol_shown(account: Account) -> Said:
    reason = account.reason

    def fill(language: Language) -> Mapping[str, object]:
        noun: Literal["symbol", "pose"] = "pose" if reason.seen is Seen.ALLOWED else "symbol"
        return {"sign": sign_in_words(reason, noun, language), "count": reason.place.cannot_read}

    if reason.seen is Seen.NOT_SEARCHED:
        return said(UNCLEAR, texts.SYMBOL["not-searched"])
    if reason.seen is Seen.NOTHING:
        if reason.place.cannot_read:
            return said(UNCLEAR, texts.SYMBOL["cannot-read"], fill)
        return said(MISSING, texts.SYMBOL["nothing"])
    if reason.seen is Seen.ALLOWED:
        return said(MISSING, texts.SYMBOL["allowed"], fill)
    if any(sign.doubt is Doubt.UNSURE_PAIR for sign in reason.shown):
        return said(UNCLEAR, texts.SYMBOL["unsure"], fill)
    return said(SHOWN, texts.SYMBOL["shown"], fill)


def _of_ticket(account: Account) -> Said:
    reason = account.reason
    rivals = [sign.rival_ticket for sign in reason.shown if sign.rival_ticket]

    def fill(_: Language) -> Mapping[str, object]:
        return {"ticket": reason.symbol_ticket, "rival": "".join(map(str, rivals))}

    if reason.seen in (Seen.OTHERS_SHOW, Seen.UNCLEAR_OWNER, Seen.ONLY_CANDIDATES):
        return said(UNCLEAR if rivals else SHOWN, texts.OF_TICKET["doubt" if rivals else "yes"], fill)
    others = dict.fromkeys((Seen.OTHER_TICKET, Seen.CANDIDATES_OTHER), "other")
    keys = {Seen.ON_THE_LIST: "listed", Seen.BEFORE_DRAW: "before-draw"} | others
    return said(MISSING, texts.OF_TICKET[keys.get(reason.seen, "no")], fill)


def _listed(account: Account) -> Said:
    shown = [
        pose for sign in account.reason.shown for pose in account.rulebook.forbidden if pose.is_shown_by(sign.labels)
    ]
    if not shown:
        return said(MISSING, texts.LISTED["no"])
    titles = "; ".join(source.title for source in shown[0].sources)
    return said(SHOWN, texts.LISTED["yes"], lambda _: {"name": one_line(shown[0].name), "sources": one_line(titles)})


def _by_other(account: Account) -> Said:
    reason = account.reason
    if reason.seen is Seen.UNCLEAR_OWNER:
        return said(UNCLEAR, texts.BY_OTHER["unclear"])
    if reason.seen in COUNTS:
        return said(SHOWN, texts.BY_OTHER["yes"], lambda _: {"count": reason.showing})
    is_own = reason.seen in (Seen.ONLY_CANDIDATES, Seen.CANDIDATES_OTHER)
    return said(MISSING, texts.BY_OTHER["own" if is_own else "no"])


def _spouse(account: Account) -> Said:
    reason, uploader = account.reason, one_line(account.facts.uploader_id)

    def fill(language: Language) -> Mapping[str, object]:
        return {"uploader": uploader, "since": "".join(day(one, language) for one in reason.spouse_since)}

    if not reason.spouse_source:
        return said(SHOWN, texts.SPOUSE["none"])
    if Note.SPOUSE in reason.notes:
        return said(MISSING, texts.SPOUSE["applies"])
    if Note.SPOUSE_WITH_SYMBOL in reason.notes:
        return said(SHOWN, texts.SPOUSE["symbol"])
    if Note.SPOUSE_TOO_EARLY in reason.notes:
        return said(SHOWN, texts.SPOUSE["too-early"], fill)
    return said(UNCLEAR, texts.SPOUSE["not-listed" if uploader else "unknown"], fill)


def _kept(account: Account) -> Said:
    url, is_screenshot = one_line(account.facts.post_url), account.reason.place.layout.screenshot
    key = ("screenshot-address" if is_screenshot else "address") if url else None
    key = key or ("screenshot" if is_screenshot else "no-address")
    told = said(UNCLEAR if url else MISSING, texts.KEPT[key], lambda _: {"url": url})
    for on in account.facts.captured_at:
        told = told.and_also(texts.CAPTURED, lambda language, on=on: {"day": day(on, language)})  # type: ignore[misc]
    return told


def _meaning(account: Account) -> Said:  # noqa: ARG001 - no photo shows it
    return said(MISSING, texts.MEANING)


_LOOKS: Final[Mapping[str, Callable[[Account], Said]]] = MappingProxyType(
    {
        "civil-servant": _civil_servant,
        "official-candidate": official,
        "would-be-candidate": would_be,
        "candidate-visible": _visible,
        "candidate-present": _present,
        "candidate-pictured": _pictured,
        "together": _together,
        "symbol-shown": _symbol_shown,
        "symbol-of-ticket": _of_ticket,
        "symbol-listed": _listed,
        "shown-by-other": _by_other,
        "numbers-drawn": drawn,
        "taken": taken,
        "posted": posted,
        "within-period": within_period,
        "spouse-exception": _spouse,
        "post-kept": _kept,
        "meaning": _meaning,
    }
)
