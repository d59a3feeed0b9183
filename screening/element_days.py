"""The elements of a rule that are about days: what the statements show, and what they leave open."""

from collections.abc import Mapping
from datetime import date
from functools import partial

from screening import element_texts as texts
from screening.days import Reading, Told
from screening.element_said import MISSING, SHOWN, UNCLEAR, Account, Said, in_language, said
from screening.findings import ElementState
from screening.sentence_texts import SOURCES
from screening.sentences import told_in_words
from screening.sources import Period
from screening.time_notes import FLAWS
from screening.upload_facts import TimeKind, Unusable
from screening.words import Language, day, listed, one_line


def official(account: Account) -> Said:
    """Whether the person was an official candidate on the day of the act."""
    since = account.reason.candidates_official

    def case(reading: Reading) -> str:
        if any(acted < since for acted in reading.acted_by):
            return "before"
        return "after" if any(known >= since for known in reading.posted or reading.taken) else "unknown"

    key = _agreed({case(reading) for reading in account.readings})
    state = {"after": SHOWN, "before": MISSING}.get(key, UNCLEAR)
    told = said(state, texts.OFFICIAL[key], lambda language: {"official": day(since, language)})
    is_older = key != "before" and any(known < since for known in account.facts.taken_at)
    return told.and_also(texts.TAKEN_EARLIER, lambda _: {}) if is_older else told


def would_be(account: Account) -> Said:
    """Since when somebody stood for office before being official is in no file of netra."""
    since = account.reason.candidates_official
    return said(UNCLEAR, texts.WOULD_BE, lambda language: {"official": day(since, language)})


def drawn(account: Account) -> Said:
    """Whether ballot numbers had been drawn when the photo was taken."""
    on = account.reason.numbers_drawn

    def case(reading: Reading) -> str:
        if reading.is_before(on):
            return "before"
        return "after" if reading.taken else "unknown"

    key = _agreed({case(reading) for reading in account.readings})
    state = {"after": SHOWN, "before": MISSING}.get(key, UNCLEAR)
    return said(state, texts.DRAWN[key], lambda language: {"drawn": day(on, language)})


def taken(account: Account) -> Said:
    """When it was taken: the firmest statement, and the others."""
    days = account.reason.days
    firm, against, hints = (_of(TimeKind.TAKEN, each) for each in (days.firm, days.against, days.hints))
    state, key, others = MISSING, "unknown", hints
    if firm:
        state, key = SHOWN, "known"
        if against:
            state, key, others = UNCLEAR, "contradict", against
        elif days.out_of_order:
            state, key = UNCLEAR, "after-posted"
    elif hints:
        state, key = UNCLEAR, "hint"
    told = said(state, texts.TAKEN[key], lambda language: _told(firm, others, language))
    for one in account.facts.unusable[:2]:
        told = told.and_also(texts.UNUSABLE, partial(_unusable, one))
    return told


def _unusable(one: Unusable, language: Language) -> dict[str, str]:
    flaw = in_language(texts.Both(*FLAWS[one.flaw]), language)
    return {"written": one_line(one.written), "flaw": flaw, "source": SOURCES[language][one.source]}


def posted(account: Account) -> Said:
    """By whom it was posted, and when."""
    days, uploader = account.reason.days, one_line(account.facts.uploader_id)
    firm, against = _of(TimeKind.POSTED, days.firm), _of(TimeKind.POSTED, days.against)
    state: ElementState = UNCLEAR
    if uploader and firm:
        state, key = (UNCLEAR, "contradict") if against else (SHOWN, "known")
    elif firm:
        key = "no-uploader"
    elif uploader:
        key = "no-day"
    else:
        state, key = MISSING, "unknown"
    return said(state, texts.POSTED[key], lambda language: {"uploader": uploader, **_told(firm, against, language)})


def within_period(account: Account) -> Said:
    """Whether the act falls into the time in which the rule holds, as far as that is named."""
    periods = account.rulebook.period, account.rule.period
    days = account.reason.days
    told = _of(TimeKind.POSTED, days.firm)
    key = "within" if told else "unknown"
    if account.reason.disputed or (told and (days.out_of_order or _of(TimeKind.POSTED, days.against))):
        key = "contradict"

    def fill(language: Language) -> Mapping[str, object]:
        names = [one.name_id if language == "id" else one.name_en for each in told for one in each.stage]
        stages = [in_language(texts.STAGE, language).format(stage=one_line(name)) for name in names]
        known = "".join(day(each.moment.day, language) for each in told)
        return {"period": _period(periods, language), "posted": known, "stage": "".join(stages)}

    return said(SHOWN if key == "within" else UNCLEAR, texts.PERIOD[key], fill)


def _agreed(cases: set[str]) -> str:
    """What every reading of the days says, or that they contradict each other."""
    return next(iter(cases)) if len(cases) == 1 else "contradict"


def _of(kind: TimeKind, told: tuple[Told, ...]) -> tuple[Told, ...]:
    return tuple(each for each in told if each.kind is kind)


def _told(firm: tuple[Told, ...], others: tuple[Told, ...], language: Language) -> dict[str, str]:
    words = [[told_in_words(each, language) for each in some] for some in (firm, others)]
    return {"told": listed(words[0], language), "others": listed(words[1], language)}


def _period(periods: tuple[Period, ...], language: Language) -> str:
    """From the latest first day to the earliest last one."""
    first: list[date] = sorted(one for period in periods for one in period.first)[-1:]
    last: list[date] = sorted(one for period in periods for one in period.last)[:1]
    words = [in_language(texts.FROM, language).format(day=day(one, language)) for one in first]
    words += [in_language(texts.TO, language).format(day=day(one, language)) for one in last]
    return " ".join(words) or in_language(texts.ALWAYS, language)
