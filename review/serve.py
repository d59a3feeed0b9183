"""Starts the page's server and ends it with the program. The only file that opens a socket, and it only listens."""

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
_STANDARD_PORTS: Final = {"http": 80, "https": 443}


def is_local(host: str) -> bool:
    """Whether nobody but this computer can reach it."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def hosts_of(host: str, port: int, scheme: str) -> tuple[str, ...]:
    """Values of the Host header that mean this page."""
    names = LOCAL if is_local(host) else (host,)
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
        UsageError: it would listen to other computers without TLS.
    """
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
        log_level="warning",
        access_log=False,  # addresses name findings; the audit log has who saw what
        server_header=False,
        date_header=False,
        proxy_headers=False,  # nobody stands between the browser and this page
        lifespan="off",
        timeout_graceful_shutdown=3,
        ssl_certfile=tls[0] if tls else None,
        ssl_keyfile=tls[1] if tls else None,
    )
    shown = f"[{host}]" if ":" in host else host
    return uvicorn.Server(config), f"{scheme}://{shown}:{port}/"


def run(server: uvicorn.Server, ready: Callable[[], None]) -> None:
    """Serve until Ctrl+C."""
    ready()
    server.run()
