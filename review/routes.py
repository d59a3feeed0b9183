"""Every page there is."""

from collections import Counter
from typing import Final

from review.page import Page
from review.views import accounts, enrolment, log, login, marks, pictures, plain, setup

PAGES: Final[tuple[Page, ...]] = (
    *setup.PAGES,
    *login.PAGES,
    *accounts.PAGES,
    *log.PAGES,
    *plain.PAGES,
    *marks.PAGES,
    *pictures.PAGES,
    *enrolment.PAGES,
)

_twice = [key for key, count in Counter((page.method, page.path) for page in PAGES).items() if count > 1]
if _twice:
    raise ValueError(f"expected each page once, got {_twice} again")
