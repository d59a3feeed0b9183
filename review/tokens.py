"""Tokens that a browser gets and brings back: of its session, of its forms, of the pictures on a page.

A form's token and a picture's ticket are HMAC-SHA256 of the session's token with a key that is made when the page is
started and kept nowhere: another session's do not fit, and neither do those of before a restart.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final

SESSION_BYTES: Final = 32
_FORM: Final = "form"


def new_session_token() -> str:
    """A new random value for the cookie of a session."""
    return secrets.token_urlsafe(SESSION_BYTES)


@dataclass(frozen=True, slots=True)
class Seal:
    """Makes and checks tokens.

    Attributes:
        key: secret.
    """

    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def form_token(self, session: str) -> str:
        """What every form of a session carries."""
        return self._made(session, _FORM)

    def is_form_token(self, session: str, token: str) -> bool:
        """Whether a form came from a page of this session."""
        return bool(session) and hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def ticket(self, session: str, what: str) -> str:
        """Lets a session fetch something, a picture for example, that a page has shown and the log has written down."""
        return self._made(session, f"ticket:{what}")

    def is_ticket(self, session: str, what: str, ticket: str) -> bool:
        """Whether it does."""
        return bool(session) and hmac.compare_digest(self.ticket(session, what).encode(), ticket.encode())

    def _made(self, session: str, what: str) -> str:
        return hmac.new(self.key, f"{session}\0{what}".encode(), hashlib.sha256).hexdigest()
