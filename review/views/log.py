"""The audit log, for supervisors and auditors. That somebody reads it stands in it too."""

import json
from typing import Final

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
    details = {
        one.seq: json.dumps(one.draft.detail, ensure_ascii=False, sort_keys=True) if one.draft.detail else ""
        for one in page.entries
    }
    return render(visit, "log.html", page=page, details=details, asked=asked, actions=ACTIONS)


PAGES: Final = (Page("GET", "/log", show_log, _READERS),)
