"""Files that no scan could read so far, whichever scan met them, and those of one scan with what became of them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from starlette.responses import Response

from casework.roles import Role
from casework.run_list import RunLine, run_lines
from casework.unread import Later, UnreadFile, unread_page
from netra.errors import UsageError
from netra.photo_errors import PHOTO_ERRORS
from review.language import marked, say
from review.page import Page
from review.render import address, number, render
from review.views.queue import AFTER, WRONG_PLACE
from review.visit import MissingPageError, Visit

READERS: Final = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})
PATH: Final = "/tak-terbaca"
RUN: Final = "run"
MOST_RUNS: Final = 50
"""On the list to choose from, and in the table of where the count comes from: the newest."""

NO_SUCH_RUN: Final = marked("Pindaian itu tidak ada.")
_DIGITS: Final = 18  # no database counts higher
_COUNTED: Final = marked("%(count)s berkas")
_LATER: Final[Mapping[Later, str]] = MappingProxyType(
    {
        Later.NOTHING: marked("belum terbaca"),
        Later.READ: marked("sudah terbaca oleh pindaian %(run)s"),
        Later.UNREAD: marked("tidak terbaca juga oleh pindaian %(run)s"),
        Later.MISSED: marked("belum terbaca; pindaian %(run)s atas folder yang sama tidak menemuinya lagi"),
    }
)


def unreadable(visit: Visit) -> Response:
    """What is unread by now; or, where a scan was chosen, all that it could not read."""
    chosen, after = run_asked(visit), visit.query.get(AFTER, "")
    with visit.office.database.read() as connection:
        lines = run_lines(connection, 0, MOST_RUNS)
        run = chosen_run(chosen, (*lines, *(run_lines(connection, chosen + 1, 1) if chosen else ())))
        try:
            page = unread_page(connection, chosen, after)
        except ValueError as error:
            raise UsageError(WRONG_PLACE) from error
    query: dict[str, Any] = {RUN: chosen or ""}
    sums = [one for one in page.sums if chosen in (0, one.run)]
    return render(
        visit,
        "unreadable.html",
        path=PATH,
        run=run,
        runs=lines,
        page=page,
        counted=say(visit.language, _COUNTED, count=number(visit.language, page.total)),
        sums=sums[:MOST_RUNS],
        older=sums[MOST_RUNS:],
        why=lambda file: _why(visit, file),
        later=lambda file: say(visit.language, _LATER[file.later], run=file.later_run),
        first=address(PATH, query) if after else "",
        following=address(PATH, query, **{AFTER: page.after}) if page.after else "",
    )


def run_asked(visit: Visit) -> int:
    """The scan that the address names; 0 where it names none.

    Raises:
        UsageError: it is no number of a scan.
    """
    said = visit.query.get(RUN, "")
    if said and not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS):
        raise UsageError(NO_SUCH_RUN)
    return int(said or "0")


def chosen_run(chosen: int, lines: tuple[RunLine, ...]) -> tuple[RunLine, ...]:
    """The scan of a number among others; none where none was chosen.

    Raises:
        MissingPageError: it is not among them.
    """
    found = [one for one in lines if one.id == chosen]
    if chosen and not found:
        raise MissingPageError
    return tuple(found[:1])


def _why(visit: Visit, file: UnreadFile) -> str:
    """In the page's language where netra has words for it; else what was written down."""
    return PHOTO_ERRORS[file.kind].said(visit.language) if file.kind in PHOTO_ERRORS else file.message or file.kind


PAGES: Final = (Page("GET", PATH, unreadable, READERS),)
