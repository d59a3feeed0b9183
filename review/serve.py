"""Starts the page's server and ends it with the program. The only file that opens a socket, and it only listens."""

import logging
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import Final

import uvicorn

from netra.errors import UsageError
from review.app import make_app
from review.office import Office
from review.routes import PAGES

PORT: Final = 8460
LOCAL: Final = ("127.0.0.1", "localhost", "::1")
EVERYWHERE: Final = ("0.0.0.0", "::")  # noqa: S104 - refused
FINISHED_WITHIN_S: Final = 20
"""So long Ctrl+C waits for what is being done: a reference photo takes seconds on a slow machine, and whoever added it
is to be told so, not that something broke. It is done to its end in any case."""
_STANDARD_PORTS: Final = {"http": 80, "https": 443}


class ListenError(UsageError):
    """The page cannot listen where it was told to; ``reason`` is what the system says."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        self.reason = reason
        super().__init__(f"--host {host} --port {port}: cannot listen there ({reason}); choose another port")


class CertificateError(UsageError):
    """Certificate and key cannot be used; ``reason`` is what the TLS library says."""

    def __init__(self, files: tuple[Path, ...], reason: str) -> None:
        self.reason = reason
        named = ", ".join(map(str, files))
        super().__init__(f"{named}: expected a certificate and its key in PEM format, got something else ({reason})")


def is_local(host: str) -> bool:
    """Whether nobody but this computer can reach it."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def hosts_of(host: str, port: int, scheme: str) -> tuple[str, ...]:
    """Values of the Host header that mean this page."""
    names = LOCAL if is_local(host) else (host.lower(),)  # as browsers write it
    shown = [f"[{name}]" if ":" in name else name for name in names]
    bare = shown if port == _STANDARD_PORTS[scheme] else []
    return (*(f"{name}:{port}" for name in shown), *bare)


def server_of(
    office: Office, host: str = "127.0.0.1", port: int = PORT, tls: tuple[Path, ...] = ()
) -> tuple[uvicorn.Server, str]:
    """A server that is not running yet, and its address.

    Args:
        office: what the page works with.
        host: where to listen.
        port: likewise.
        tls: the certificate's file and its key's, or none.

    Raises:
        UsageError: it would listen to other computers without TLS, or under no name of its own.
        CertificateError: the TLS files cannot be used.
    """
    if host in EVERYWHERE:
        raise UsageError(
            f"--host {host}: name one address or name of this computer, the one that the certificate is for and that "
            "browsers ask for; every other one is refused"
        )
    if not is_local(host) and not tls:
        raise UsageError(
            f"--host {host}: other computers could read along; give --tls-cert and --tls-key, or leave --host out to "
            "listen on this computer only"
        )
    scheme = "https" if tls else "http"
    app = make_app(office, PAGES, hosts_of(host, port, scheme), scheme)
    config = uvicorn.Config(
        app,
        host,
        port,
        log_config=None,  # netra has set its log up; a mistake of a view is told there
        log_level="warning",
        access_log=False,  # addresses name findings; the audit log has who saw what
        server_header=False,
        date_header=False,
        proxy_headers=False,  # nobody stands between the browser and this page
        lifespan="off",
        timeout_graceful_shutdown=FINISHED_WITHIN_S,
        ssl_certfile=tls[0] if tls else None,
        ssl_keyfile=tls[1] if tls else None,
    )
    try:
        config.load()
    except OSError as error:  # what the TLS library raises is one
        raise CertificateError(tls, error.strerror or str(error)) from error
    shown = f"[{host}]" if ":" in host else host
    return uvicorn.Server(config), f"{scheme}://{shown}:{port}/"


def run(server: uvicorn.Server, ready: Callable[[], None]) -> None:
    """Serve until Ctrl+C.

    Args:
        server: not running yet.
        ready: called when browsers can connect.

    Raises:
        ListenError: somebody else listens there, or nobody may.
        KeyboardInterrupt: it was told to stop, and has stopped.
    """
    config, said = server.config, logging.getLogger("uvicorn.error")
    said.disabled = True  # it would print what is raised here
    try:
        bound = config.bind_socket()
    except SystemExit as error:
        cause = error.__context__
        reason = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
        raise ListenError(config.host, config.port, reason) from cause
    finally:
        said.disabled = False
    try:
        bound.listen(config.backlog)
        ready()
        server.run(sockets=[bound])
    finally:
        bound.close()
