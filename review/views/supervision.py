"""How well reviewing works: who disagrees about what, how reviewers agree, and what planted looks show of each."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from babel.numbers import format_decimal, format_percent
from starlette.responses import Response

from casework.agreement import (
    FALSE_CONFIRMATION_GOAL,
    FEW,
    BlindCount,
    ControlCount,
    agreement_of,
    blind_looks_of,
    controls_of,
)
from casework.intervals import Kappa, Share, trials_needed
from casework.reasons import BY_CODE
from casework.review_refusals import Refusal, ReviewError
from casework.review_settings import MOST_CONTROLS, set_settings, settings_of
from casework.reviewing import ask_another, disagreements
from casework.roles import Role
from netra.both import Language
from review.finding_words import CATEGORIES, STATES
from review.language import marked
from review.page import Page
from review.render import go, render
from review.visit import Visit

_SUPERVISORS: Final = frozenset({Role.SUPERVISOR})
_READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})
_LISTED: Final = 100
_PERCENT: Final = 100

GROUPS: Final = {
    "confirmed": marked("peninjau pertama mengonfirmasi (semua dilihat dua orang)"),
    "other": marked("peninjau pertama tidak mengonfirmasi (sebagian diundi untuk dilihat dua orang)"),
}


@dataclass(frozen=True, slots=True)
class _Told:
    """A share in words: ``3 dari 100``, ``3%``, ``0,6% – 8,5%``; empty texts where there is nothing to say."""

    count: str
    share: str = ""
    interval: str = ""


_DUST: Final = 1e-6  # of arithmetic


def _down(value: float) -> int:
    return math.floor(value + _DUST)


def _up(value: float) -> int:
    return math.ceil(value - _DUST)


class _Words:
    """Numbers as a language writes them."""

    def __init__(self, language: Language) -> None:
        self._locale = "id_ID" if language == "id" else "en_GB"
        self._of = "dari" if language == "id" else "of"

    def percent(self, share: float, to_whole: Callable[[float], int] = round) -> str:
        """A share to a tenth of a percent; ends of intervals are rounded outwards."""
        return format_percent(to_whole(share * 1000) / 1000, format="#,##0.#%", locale=self._locale)

    def share(self, share: Share) -> _Told:
        """A share with its interval."""
        counted = f"{self.number(share.hits)} {self._of} {self.number(share.of)}"
        if not share.of:
            return _Told(counted)
        ends = f"{self.percent(share.low, _down)} – {self.percent(share.high, _up)}"
        return _Told(counted, self.percent(share.hits / share.of), ends)

    def number(self, value: float) -> str:
        """A whole number, or one with two decimals."""
        return str(format_decimal(value, format="#,##0" if isinstance(value, int) else "0.00", locale=self._locale))

    def kappa(self, found: Sequence[Kappa]) -> _Told:
        """A kappa with its interval; empty where there is none."""
        for one in found:
            ends = f"{self.number(one.low)} – {self.number(one.high)}" if one.low < one.high else ""
            return _Told("", self.number(one.value), ends)
        return _Told("")


@dataclass(frozen=True, slots=True)
class _ControlRow:
    name: str
    false: _Told
    unsure: int
    sure: int
    verdict: str


@dataclass(frozen=True, slots=True)
class _BlindRow:
    name: str
    same: _Told
    unsure: int
    symbol: _Told
    final: _Told


def show(visit: Visit) -> Response:
    """Everything that is known of how reviewing works."""
    return _page(visit)


def ask(visit: Visit) -> Response:
    """Ask for one more reviewer of a finding."""
    number = visit.form.get("temuan", "").strip()
    try:
        with visit.office.database.begin() as connection:
            log = visit.office.log_of(connection)
            finding = int(number) if number.isdecimal() and len(number) < 16 else 0
            ask_another(connection, log, finding, visit.actor, visit.form.get("alasan", "")[:1000])
    except ReviewError as error:
        return _page(visit, error.said(visit.language), 400)
    return go("/mutu", "peninjau-diminta")


def _page(visit: Visit, trouble: str = "", status: int = 200) -> Response:
    words = _Words(visit.language)
    with visit.office.database.read() as connection:
        differ, how_many = disagreements(connection, _LISTED)
        agreement = agreement_of(connection)
        controls, blind = controls_of(connection), blind_looks_of(connection)
        settings = settings_of(connection)
    return render(
        visit,
        "supervision.html",
        status,
        trouble=trouble,
        differ=differ,
        how_many=how_many,
        may_ask=visit.has_role(Role.SUPERVISOR),
        categories=CATEGORIES,
        states=STATES,
        reason=lambda code: _reason(visit.language, code),
        agreement=agreement,
        groups=[(GROUPS[one.name], one.decided, words.share(one.same)) for one in agreement.groups],
        weighted="".join(words.percent(one) for one in agreement.weighted),
        kappa=words.kappa(agreement.kappa),
        pairs=[
            (one.names, words.share(one.same), words.kappa(one.kappa), one.same.of < FEW) for one in agreement.pairs
        ],
        few=FEW,
        controls=[_control(words, one) for one in controls],
        goal=words.percent(FALSE_CONFIRMATION_GOAL),
        needed=trials_needed(FALSE_CONFIRMATION_GOAL),
        blind=[_blind(words, one) for one in blind],
        control_share=words.percent(settings.control_share),
        second_share=words.percent(settings.second_share),
    )


def _reason(language: Language, code: str) -> str:
    """A reason in words; one that is not in the table stays as it is."""
    found = BY_CODE.get(code)
    if found is None:
        return code
    return found.text if language == "id" else found.english


def _control(words: _Words, one: ControlCount) -> _ControlRow:
    """What can be said against the goal: reached, missed, not known yet, or nothing: of a few, one slip is too much."""
    if one.false.of < FEW:
        verdict = "few"
    elif one.false.high <= FALSE_CONFIRMATION_GOAL:
        verdict = "reached"
    elif one.false.low > FALSE_CONFIRMATION_GOAL:
        verdict = "missed"
    else:
        verdict = "open"
    return _ControlRow(one.reviewer, words.share(one.false), one.unsure, one.sure, verdict)


def _blind(words: _Words, one: BlindCount) -> _BlindRow:
    return _BlindRow(one.reviewer, words.share(one.same), one.unsure, words.share(one.symbol), words.share(one.final))


def show_settings(visit: Visit) -> Response:
    """The shares, to be changed."""
    return _settings(visit)


def change_settings(visit: Visit) -> Response:
    """Change them."""
    try:
        with visit.office.database.begin() as connection:
            set_settings(
                connection,
                visit.office.log_of(connection),
                visit.actor,
                control_share=_share(visit.form.get("kendali", ""), MOST_CONTROLS),
                second_share=_share(visit.form.get("kedua", ""), 1.0),
            )
    except ReviewError as error:
        return _settings(visit, error.said(visit.language), 400)
    return go("/mutu", "tersimpan")


def _share(text: str, most: float) -> float:
    """Percent as typed, with a comma or a point.

    Raises:
        ReviewError: it is none, or out of its range.
    """
    whole, _, part = text.strip().replace(",", ".").removesuffix("%").strip().partition(".")
    if not (whole.isascii() and whole.isdecimal() and (not part or (part.isascii() and part.isdecimal()))):
        raise ReviewError(Refusal.NO_SHARE)
    share = float(f"{whole[:6]}.{part[:6] or '0'}") / _PERCENT
    if share > most:
        raise ReviewError(Refusal.NO_SHARE)
    return share


def _settings(visit: Visit, trouble: str = "", status: int = 200) -> Response:
    with visit.office.database.read() as connection:
        settings = settings_of(connection)
    known = {"kendali": settings.control_share, "kedua": settings.second_share}
    locale = "id_ID" if visit.language == "id" else "en_GB"
    shown = {name: format_decimal(share * _PERCENT, format="0.##", locale=locale) for name, share in known.items()}
    typed = {name: visit.form.get(name, value)[:20] for name, value in shown.items()}
    return render(
        visit, "supervision_settings.html", status, trouble=trouble, typed=typed, most=round(MOST_CONTROLS * _PERCENT)
    )


PAGES: Final = (
    Page("GET", "/mutu", show, _READERS),
    Page("POST", "/mutu/minta", ask, _SUPERVISORS),
    Page("GET", "/mutu/setelan", show_settings, _SUPERVISORS),
    Page("POST", "/mutu/setelan", change_settings, _SUPERVISORS),
)
