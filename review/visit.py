"""One request as views see it: who asks, for what, in which language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casework.roles import Account, Role
from netra.both import Language
from review.language import marked
from review.office import Office
from review.tokens import Seal


class MissingPageError(Exception):
    """There is no such thing; answered with 404 and a page that says so."""


class RefusedError(Exception):
    """It must not be done, or not now; answered with a page that says why, in the words given (403)."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with a form.

    Attributes:
        name: as the browser calls it; anything may stand in it.
        data: its bytes.
    """

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Visit:
    """A request.

    Attributes:
        office: what the page works with.
        path: of the request, without the query.
        params: parts of the path by name, converted.
        query: the address's query by name; of repeated names the last.
        form: fields of a form by name.
        files: files of a form by name.
        accounts: who is logged in; nobody or one.
        session: the cookie's token; empty where there is none.
        language: of this browser.
        seal: makes tokens.
        secure: the page is asked for by https, and its cookies are for https alone.
        came_from: the address on this page that the request came from, or empty.
    """

    office: Office
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, SentFile] = field(default_factory=dict)
    accounts: tuple[Account, ...] = ()
    session: str = ""
    language: Language = "id"
    seal: Seal = field(default_factory=Seal)
    secure: bool = False
    came_from: str = ""

    @property
    def account(self) -> Account:
        """Who is logged in.

        Raises:
            RefusedError: nobody is.
        """
        for account in self.accounts:
            return account
        raise RefusedError(marked("Anda belum masuk."))

    @property
    def actor(self) -> str:
        """Who is logged in, as the log names them."""
        return self.account.name

    def has_role(self, *roles: Role) -> bool:
        """Whether somebody with one of these is logged in."""
        return any(account.role in roles for account in self.accounts)

    @property
    def form_token(self) -> str:
        """What the forms of this answer carry."""
        return self.seal.form_token(self.session)

    def ticket(self, what: str) -> str:
        """Lets this browser fetch what a page shows."""
        return self.seal.ticket(self.session, what)

    def has_ticket(self, what: str) -> bool:
        """Whether the address carries the ticket for this, as ``?t=``."""
        return self.seal.is_ticket(self.session, what, self.query.get("t", ""))
