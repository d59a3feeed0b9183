"""Told to stop, the page answers first what it was asked for."""

import socket
import threading
import time
from dataclasses import dataclass, replace

import pytest

from casework.roles import Role
from review.cookies import SESSION_COOKIE
from review.office import Office
from review.serve import server_of
from tests.review.conftest import Browsers
from tests.review.doors import PaperEnrolment

WORK_S = 5.0  # longer than servers commonly wait


@dataclass(frozen=True)
class _SlowEnrolment:
    """Takes its time."""

    inner: PaperEnrolment
    begun: threading.Event

    def __getattr__(self, name: str) -> object:
        return getattr(self.inner, name)

    def candidates(self) -> object:
        self.begun.set()
        time.sleep(WORK_S)
        return self.inner.candidates()


@pytest.mark.slow
def test_what_is_being_done_is_answered_before_the_page_closes(office: Office, browser_of: Browsers) -> None:
    session = browser_of(Role.ENROLLER, "edi").session
    begun = threading.Event()
    slow = replace(office, enrolments=(_SlowEnrolment(office.enrolments[0], begun),))  # type: ignore[arg-type]  # a door
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    server, _ = server_of(slow, port=port)
    serving = threading.Thread(target=server.run, daemon=True)
    serving.start()
    while not server.started:
        time.sleep(0.02)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        line.sendall(
            f"GET /rujukan HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {SESSION_COOKIE}={session}\r\n\r\n".encode()
        )
        assert begun.wait(10)
        server.should_exit = True
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode()
    assert answer.startswith("HTTP/1.1 200 ")
    assert "Foto rujukan" in answer
    serving.join(10)
    assert not serving.is_alive()
