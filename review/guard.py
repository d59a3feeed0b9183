"""What every request must pass before anything else looks at it, and what every answer carries.

The Host must be one that the page listens on, which stops other sites from reaching it by a name that they point here
(DNS rebinding). Whatever says it comes from another origin is refused, whatever it asks for; what changes something
must say that it comes from here.
"""

from collections.abc import Collection
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Nothing from elsewhere, nothing inline (CSP Level 3)."""

HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""After the OWASP Secure Headers project. Photos of people must not stay in a shared computer's cache."""

SAFE: Final = frozenset({"GET", "HEAD"})
MISDIRECTED: Final = 421
LONGEST_PATH: Final = 1000
"""Characters. The longest of ours has two names in it; Python refuses to read numbers of thousands of digits."""


class Guard:
    """ASGI middleware around everything.

    Args:
        app: what answers.
        hosts: values of Host that are this page, with port where it is not the scheme's own.
        scheme: ``http`` or ``https``.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], scheme: str = "http") -> None:
        self._app, self._hosts = app, frozenset(hosts)
        self._origins = frozenset(f"{scheme}://{host}" for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
            await send(message)

        headers = Headers(scope=scope)
        refused = self._refused(scope["method"], headers) or self._too_long(scope["path"])
        answer = refused[0] if refused else self._app
        await answer(scope, receive, sealed)

    @staticmethod
    def _too_long(path: str) -> tuple[PlainTextResponse, ...]:
        if len(path) <= LONGEST_PATH:
            return ()
        return (PlainTextResponse("netra: this address is too long.", 414),)

    def _refused(self, method: str, headers: Headers) -> tuple[PlainTextResponse, ...]:
        if headers.getlist("host") not in [[host] for host in self._hosts]:
            return (PlainTextResponse("netra: this is not the address of this page.", MISDIRECTED),)
        origins = headers.getlist("origin")
        if any(origin not in self._origins for origin in origins):
            return (PlainTextResponse("netra: a request from another page is refused.", 403),)
        site = headers.get("sec-fetch-site", "")
        if method in SAFE:
            navigates = headers.get("sec-fetch-mode") == "navigate" and headers.get("sec-fetch-dest") == "document"
            if site in {"cross-site", "same-site"} and not navigates:
                return (PlainTextResponse("netra: a request from another page is refused.", 403),)
        elif not origins and site != "same-origin":
            return (PlainTextResponse("netra: a request that does not say where it comes from is refused.", 403),)
        return ()
