"""Turns templates and values into answers. Everything is escaped; what a template does not know is an error."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, RedirectResponse

from casework.logins import IDLE, WRITTEN_EVERY
from netra.both import Language
from review.language import say, translations
from review.menu import menu_of
from review.notices import NOTICES
from review.visit import Visit

_IDLE_S: Final = int((IDLE - WRITTEN_EVERY).total_seconds())  # so long a session goes on after a request, at least
TEMPLATES: Final = Path(__file__).parent / "templates"
STATIC: Final = "/aset"
_HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but for tab and ends of lines
    "\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"  # directions, and no width
)


def visible(value: Any) -> Any:
    """A value as it is shown: of a text, what would hide, or turn the letters around it, stands as its number.

    File names and captions come from outside; a right-to-left override in one would make ``gpj.exe`` of ``exe.jpg``,
    and spill over what stands behind it (Unicode Technical Report 36, section 3.5, bidirectional text spoofing).
    """
    if not isinstance(value, str) or not _HIDDEN.search(value):
        return value
    return type(value)(_HIDDEN.sub(_shown, value))  # what is safe already stays so


def _shown(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"


@cache
def environment(language: Language) -> Environment:
    """Jinja2 for a language. ``_()`` translates; ``_("%(count)s foto", count=3)`` fills in."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,  # whatever a template is called
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    locale = "id_ID" if language == "id" else "en_GB"
    made.filters["number"] = lambda value: number(language, value)
    made.filters["day"] = lambda value: _day(value, locale)
    made.filters["text"] = lambda value: say(language, value)
    return made


def number(language: Language, value: float) -> str:
    """A number as a language writes it."""
    return str(format_decimal(value, locale="id_ID" if language == "id" else "en_GB"))


def _day(value: str, locale: str) -> str:
    """``2024-10-21`` in words; an empty text stays empty."""
    return format_date(datetime.fromisoformat(value).date(), "d MMM yyyy", locale=locale) if value else ""


def render(visit: Visit, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """An answer made of a template.

    Templates know besides ``values``: ``visit``; ``csrf``, the token of a form's hidden field ``csrf``; ``menu``;
    ``notice``, the sentence that the address's ``pesan`` asks for; ``moment(text)``, a time of the tables in the
    office's zone; ``address(path, **query)``; ``here``, where this page can be had again; ``idle_s``, how
    long a session goes on without a request.
    """
    notice = NOTICES.get(visit.query.get("pesan", ""), "")
    known = {
        "visit": visit,
        "csrf": visit.form_token,
        "menu": menu_of(visit),
        "notice": say(visit.language, notice) if notice else "",
        "moment": lambda text: moment(visit, text),
        "address": address,
        "static": STATIC,
        "here": "/" if visit.form else address(visit.path, visit.query),
        "idle_s": _IDLE_S,
    }
    return HTMLResponse(environment(visit.language).get_template(template).render(known | values), status)


def moment(visit: Visit, text: str) -> str:
    """A time of the tables (ISO 8601 in UTC) on the office's clock; an empty text stays empty."""
    if not text:
        return ""
    zone, locale = visit.office.zone, "id_ID" if visit.language == "id" else "en_GB"
    at = datetime.fromisoformat(text).astimezone(zone.clock)
    return f"{format_datetime(at, 'd MMM yyyy HH:mm', locale=locale)} {zone.value}"


def address(path: str, query: Mapping[str, Any] | None = None, /, **more: Any) -> str:
    """A path with a query; what is empty is left out."""
    said = {name: value for name, value in {**(query or {}), **more}.items() if value not in ("", None)}
    return f"{path}?{urlencode(said)}" if said else path


def go(path: str, notice: str = "", **query: Any) -> RedirectResponse:
    """Sends the browser on after a form (303), with a sentence of ``review.notices`` to be shown there."""
    if notice and notice not in NOTICES:
        raise ValueError(f"notice: expected one of {sorted(NOTICES)}, got {notice!r}")
    return RedirectResponse(address(path, query, pesan=notice), 303)
