"""People whom netra could not assess, by the scan that met them. People look there themselves."""

from typing import Any, Final

from starlette.responses import Response

from casework.queries import Filter
from casework.review_queue import count_queue
from casework.roles import Role
from casework.run_list import run_lines
from casework.unread import UnusedPage, not_assessed_page
from netra.errors import UsageError
from review.language import marked, say
from review.page import Page
from review.queue_filter import CHANGED, TURN
from review.render import address, number, render
from review.views.queue import AFTER, LIST, WRONG_PLACE
from review.views.unreadable import MOST_RUNS, READERS, RUN, chosen_run, run_asked
from review.visit import Visit

PATH: Final = "/tak-ternilai"
_COUNTED: Final = marked("%(count)s orang")
_DIGITS: Final = 18


def not_assessed(visit: Visit) -> Response:
    """Photos with people whose faces are too poor to be compared."""
    reviewer = visit.actor if visit.has_role(Role.REVIEWER) else ""
    after, asked = _after(visit), run_asked(visit)
    with visit.office.database.read() as connection:
        lines = run_lines(connection, 0, MOST_RUNS)
        chosen = asked or (lines[0].id if lines else 0)
        run = chosen_run(chosen, (*lines, *(run_lines(connection, chosen + 1, 1) if asked else ())))
        page = not_assessed_page(connection, chosen, after) if run else UnusedPage((), -1, 0)
        changed = count_queue(connection, Filter(changed=True), reviewer)
    query: dict[str, Any] = {RUN: str(chosen)}
    return render(
        visit,
        "unread.html",
        path=PATH,
        counted=say(visit.language, _COUNTED, count=number(visit.language, page.total)),
        run=run,
        runs=lines,
        page=page,
        # a reviewer who has not looked yet may not know which finding a file belongs to
        links=not reviewer and any(file.findings for file in page.files),
        deleted=max([0, *(counted - page.total for counted in page.counted)]),
        first=address(PATH, query) if after >= 0 else "",
        following=address(PATH, query, **{AFTER: str(page.after)}) if page.after >= 0 else "",
        changed=changed,
        changed_path=address(LIST, {TURN: "semua", CHANGED: "1"}),
    )


def _after(visit: Visit) -> int:
    said = visit.query.get(AFTER, "")
    if said and not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS):
        raise UsageError(WRONG_PLACE)
    return int(said or "-1")


PAGES: Final = (Page("GET", PATH, not_assessed, READERS),)
