"""What a page is. The table of all pages is made of these, and the tests of who may see what are made of that table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.responses import Response

from casework.roles import EVERYBODY, Role
from review.visit import Visit

View = Callable[[Visit], Response]
FORM_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Page:
    """One path and method.

    Attributes:
        method: GET never changes anything but the log; POST always needs a token.
        path: as Starlette writes it, ``/temuan/{finding:int}``.
        view: what answers, in a thread of its own; it may block.
        roles: who may ask.
        open: whether it is for people who are not logged in.
        largest_body: bytes of a form; more is refused before it is read.
    """

    method: Literal["GET", "POST"]
    path: str
    view: View
    roles: frozenset[Role] = EVERYBODY
    open: bool = False
    largest_body: int = FORM_BYTES

    def __post_init__(self) -> None:
        if not self.path.startswith("/"):
            raise ValueError(f"path: expected it to begin with /, got {self.path!r}")
        if not self.roles:
            raise ValueError(f"{self.path}: expected somebody who may ask for it")
