"""Every page there is."""

from collections import Counter
from typing import Final

from review.page import Page
from review.views import (
    accounts,
    cases,
    decide,
    enrolment,
    finding,
    log,
    login,
    look,
    marks,
    overview,
    packages,
    pictures,
    plain,
    queue,
    runs,
    setup,
    supervision,
    unread,
    unreadable,
)

PAGES: Final[tuple[Page, ...]] = (
    *setup.PAGES,
    *overview.PAGES,
    *login.PAGES,
    *accounts.PAGES,
    *log.PAGES,
    *plain.PAGES,
    *look.PAGES,
    *finding.PAGES,
    *decide.PAGES,
    *marks.PAGES,
    *pictures.PAGES,
    *enrolment.PAGES,
    *supervision.PAGES,
    *runs.PAGES,
    *cases.PAGES,
    *packages.PAGES,
    *queue.PAGES,
    *unreadable.PAGES,
    *unread.PAGES,
)

_twice = [key for key, count in Counter((page.method, page.path) for page in PAGES).items() if count > 1]
if _twice:
    raise ValueError(f"expected each page once, got {_twice} again")
