"""What netra has no answer for: files that could not be read, people who could not be assessed. People look there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from starlette.responses import Response

from casework.queries import Filter, UnusedFile, list_runs
from casework.review_queue import count_queue
from casework.roles import Role
from casework.unread import UnusedPage, not_assessed_page, unreadable_page
from netra.both import Language
from netra.errors import UsageError
from netra.photo_errors import PHOTO_ERRORS
from review.language import marked, say
from review.page import Page
from review.queue_filter import CHANGED, TURN
from review.render import address, number, render
from review.views.queue import AFTER, LIST, WRONG_PLACE
from review.visit import MissingPageError, Visit

_MOST_RUNS: Final = 50
_DIGITS: Final = 18
RUN: Final = "run"
NO_SUCH_RUN: Final = marked("Pindaian itu tidak ada.")


@dataclass(frozen=True, slots=True)
class _List:
    """One of the two lists, in words that are marked.

    Attributes:
        path: its address.
        title, told: above it.
        counted: of what there are how many; has the place ``count``.
        caption: of the table.
        columns: name, look and text of each; the first is the file.
        nothing: said of a run that has none.
        read: its pages.
    """

    path: str
    title: str
    told: str
    counted: str
    caption: str
    columns: tuple[tuple[str, str, Callable[[Language, UnusedFile], str]], ...]
    nothing: str
    read: Callable[[Any, int, int], UnusedPage]


def _path(_: Language, file: UnusedFile) -> str:
    return file.path


def _cause(language: Language, file: UnusedFile) -> str:
    return PHOTO_ERRORS[file.kind].said(language) if file.kind in PHOTO_ERRORS else file.kind


def _message(_: Language, file: UnusedFile) -> str:
    return file.message


def _people(language: Language, file: UnusedFile) -> str:
    return number(language, file.people)


_FILE: Final = (marked("Berkas"), "", _path)
_UNREADABLE: Final = _List(
    "/tak-terbaca",
    marked("Tidak terbaca"),
    marked(
        "Berkas ini tidak dapat dibaca, maka tidak ada yang dinilai dari isinya. Lihatlah sendiri, atau perbaiki lalu "
        "pindai lagi."
    ),
    marked("%(count)s berkas"),
    marked("Berkas yang tidak terbaca"),
    (_FILE, (marked("Sebab"), "", _cause), (marked("Pesan"), "soft", _message)),
    marked("Semua berkas pindaian ini terbaca."),
    unreadable_page,
)
_NOT_ASSESSED: Final = _List(
    "/tak-ternilai",
    marked("Tidak dapat dinilai"),
    marked(
        "Wajah orang ini terlalu kecil, kabur, miring, atau tertutup untuk dibandingkan dengan siapa pun. Apakah "
        "mereka calon, tidak diketahui: lihatlah sendiri fotonya."
    ),
    marked("%(count)s orang"),
    marked("Foto dengan orang yang tidak dapat dinilai"),
    (_FILE, (marked("Orang"), "number", _people)),
    marked("Semua orang di pindaian ini dapat dinilai."),
    not_assessed_page,
)


def unreadable(visit: Visit) -> Response:
    """Files that could not be read."""
    return _page(visit, _UNREADABLE)


def not_assessed(visit: Visit) -> Response:
    """Photos with people whose faces are too poor to be compared."""
    return _page(visit, _NOT_ASSESSED)


def _page(visit: Visit, shown: _List) -> Response:
    reviewer = visit.actor if visit.has_role(Role.REVIEWER) else ""
    after = _asked(visit, AFTER, -1)
    with visit.office.database.read() as connection:
        runs = list_runs(connection)
        chosen = _asked(visit, RUN, runs[0].id if runs else 0)
        run = [one for one in runs if one.id == chosen]
        if runs and not run:
            raise MissingPageError
        page = shown.read(connection, chosen, after) if run else UnusedPage((), -1, 0)
        changed = count_queue(connection, Filter(changed=True), reviewer)
    query: dict[str, Any] = {RUN: str(chosen)}
    return render(
        visit,
        "unread.html",
        shown=shown,
        counted=say(visit.language, shown.counted, count=number(visit.language, page.total)),
        run=run,
        runs=runs[:_MOST_RUNS],
        page=page,
        deleted=max([0, *(counted - page.total for counted in page.counted)]),
        first=address(shown.path, query) if after >= 0 else "",
        following=address(shown.path, query, **{AFTER: str(page.after)}) if page.after >= 0 else "",
        changed=changed,
        changed_path=address(LIST, {TURN: "semua", CHANGED: "1"}),
    )


def _asked(visit: Visit, name: str, usual: int) -> int:
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
