"""The audit log, for supervisors and auditors. That somebody reads it stands in it too."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from starlette.responses import Response

from casework.audit import Action
from casework.audit_list import LogFilter, list_log
from casework.roles import Role
from review.account_words import ACTIONS
from review.page import Page
from review.render import render
from review.visit import Visit

_READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})
_FIELDS: Final = {"pelaku": "actor", "tindakan": "action", "tentang": "subject"}


def show_log(visit: Visit) -> Response:
    """A page of it."""
    asked = {word: visit.query.get(word, "").strip() for word in _FIELDS}
    wanted = LogFilter(**{_FIELDS[word]: value for word, value in asked.items()})
    place = visit.query.get("sebelum", "")
    before = (int(place),) if place.isdecimal() and len(place) < 16 else ()  # digits of a row's number
    with visit.office.database.begin() as connection:
        # A subject may name somebody: the log says what kind of question was asked, never with which name.
        detail = {"what": "log", "filters": [_FIELDS[word] for word, value in asked.items() if value]}
        visit.office.log_of(connection).append(visit.actor, Action.SEARCH, "log", "", detail)
    with visit.office.database.read() as connection:
        page = list_log(connection, wanted, before)
    details = {one.seq: tuple(_pairs(one.draft.detail)) for one in page.entries}
    return render(visit, "log.html", page=page, details=details, asked=asked, actions=ACTIONS)


def _pairs(value: Mapping[str, Any], inside: str = "") -> Iterator[tuple[str, str]]:
    """What an entry says besides, as names and values: the log's own names, as exports have them."""
    for name, one in sorted(value.items()):
        whole = f"{inside}{name}"
        if isinstance(one, Mapping) and one:
            yield from _pairs(one, f"{whole}.")
        elif isinstance(one, list) and one and all(isinstance(each, str | int) for each in one):
            yield whole, ", ".join(map(_plain, one))
        else:
            yield whole, _plain(one)


def _plain(value: object) -> str:
    """A text as it is; what is none as JSON has it: ``true``, ``3``, ``[]``."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


PAGES: Final = (Page("GET", "/log", show_log, _READERS),)
