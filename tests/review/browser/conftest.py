"""A real browser before the real server: Debian's Chromium, driven by Playwright, on an office's database."""

import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, sync_playwright

from review.office import Office
from review.serve import server_of

NAMES = ("chromium", "chromium-browser", "google-chrome")
NO_BROWSER = "needs Chromium (Debian, Ubuntu: apt install chromium)"
WIDE = {"width": 1366, "height": 768}
WAIT_MS = 15_000


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    found = [path for path in map(shutil.which, NAMES) if path]
    if not found:
        pytest.skip(NO_BROWSER)
    root = hasattr(os, "geteuid") and os.geteuid() == 0  # Chromium's own sandbox does not start for root
    browser = playwright.chromium.launch(executable_path=found[0], args=["--no-sandbox"] if root else [])
    yield browser
    browser.close()


@dataclass
class Site:
    """A running page, and what browsers did there.

    Attributes:
        address: without a slash at its end.
        asked: every address that a browser asked for.
        said: errors of browsers' consoles, refusals of the content security policy among them.
    """

    browser: Browser
    address: str
    asked: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    expected: tuple[str, ...] = ()

    def visitor(self, **settings: object) -> Page:
        """A new browser without cookies."""
        options = {"viewport": WIDE, "locale": "id-ID", "reduced_motion": "reduce", **settings}
        context = self.browser.new_context(base_url=self.address, **options)  # type: ignore[arg-type]
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(WAIT_MS)
        page.on("request", self._asked)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.said.append(str(error)))
        return page

    def _asked(self, request: Request) -> None:
        self.asked.append(request.url)

    def _said(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text  # an answer such as 403, which tests look at themselves
        if message.type == "error" and not refused:
            self.said.append(message.text)

    def check(self) -> None:
        """Nothing was asked of anybody else, and no browser had a reason to complain."""
        elsewhere = [url for url in self.asked if not url.startswith((self.address + "/", "data:", "blob:"))]
        assert elsewhere == []
        assert self.said == []


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


Serve = Callable[[Office], Site]


@pytest.fixture
def serve(chromium: Browser) -> Iterator[Serve]:
    """Starts the page of an office; afterwards, what every test wants of it is checked."""
    running = []

    def start(office: Office) -> Site:
        server, address = server_of(office, port=free_port())
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        ends = time.monotonic() + 20
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < ends, "the server did not start"
            time.sleep(0.02)
        site = Site(chromium, address.rstrip("/"))
        running.append((server, thread, site))
        return site

    yield start
    for server, thread, site in running:
        for context in site.contexts:
            context.close()
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the server did not stop"
        site.check()


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the invented uploads, scanned once with the real networks; to be copied, not written to."""
    from click.testing import CliRunner

    import cli
    from fixtures import ELECTION, MANIFEST, UPLOADS

    folder = tmp_path_factory.mktemp("pindaian")
    database = folder / "kasus.db"
    asked = ["-q", "scan", UPLOADS, "--election", ELECTION, "--manifest", MANIFEST, "--db", database]
    done = CliRunner().invoke(cli.main, list(map(str, asked)))
    assert database.is_file(), done.output
    return database
