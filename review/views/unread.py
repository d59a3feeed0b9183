"""What netra has no answer for: files that could not be read, people who could not be assessed. People look there."""

from collections.abc import Callable
from typing import Any, Final

from starlette.responses import Response

from casework.queries import Filter, list_runs
from casework.review_queue import count_queue
from casework.roles import Role
from casework.unread import UnusedPage, not_assessed_page, unreadable_page
from netra.errors import UsageError
from review import finding_words as words
from review.language import marked
from review.page import Page
from review.queue_filter import CHANGED, TURN
from review.render import address, render
from review.views.queue import AFTER, LIST, WRONG_PLACE
from review.visit import MissingPageError, Visit

_MOST_RUNS: Final = 50
_DIGITS: Final = 18
RUN: Final = "run"
NO_SUCH_RUN: Final = marked("Pindaian itu tidak ada.")


def unreadable(visit: Visit) -> Response:
    """Files that could not be read."""
    return _page(visit, "unread.html", "/tak-terbaca", unreadable_page)


def not_assessed(visit: Visit) -> Response:
    """Photos with people whose faces are too poor to be compared."""
    return _page(visit, "not_assessed.html", "/tak-ternilai", not_assessed_page)


def _page(visit: Visit, template: str, path: str, read: Callable[..., UnusedPage]) -> Response:
    reviewer = visit.actor if visit.has_role(Role.REVIEWER) else ""
    after = _number(visit, AFTER, -1)
    with visit.office.database.read() as connection:
        runs = list_runs(connection)
        chosen = _number(visit, RUN, runs[0].id if runs else 0)
        run = [one for one in runs if one.id == chosen]
        if runs and not run:
            raise MissingPageError
        page = read(connection, chosen, after) if run else UnusedPage((), -1, 0)
        changed = count_queue(connection, Filter(changed=True), reviewer)
    query: dict[str, Any] = {RUN: str(chosen)}
    return render(
        visit,
        template,
        path=path,
        run=run,
        runs=runs[:_MOST_RUNS],
        page=page,
        words=words,
        deleted=max([0, *(counted - page.total for counted in page.counted)]),
        first=address(path, query) if after >= 0 else "",
        following=address(path, query, **{AFTER: str(page.after)}) if page.after >= 0 else "",
        changed=changed,
        changed_path=address(LIST, {TURN: "semua", CHANGED: "1"}),
    )


def _number(visit: Visit, name: str, usual: int) -> int:
    said = visit.query.get(name, "")
    if not said:
        return usual
    if not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS):
        raise UsageError(WRONG_PLACE if name == AFTER else NO_SUCH_RUN)
    return int(said)


_READERS: Final = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})
PAGES: Final = (
    Page("GET", "/tak-terbaca", unreadable, _READERS),
    Page("GET", "/tak-ternilai", not_assessed, _READERS),
)
