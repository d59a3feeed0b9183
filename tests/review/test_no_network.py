"""The page works where there is no network at all but the computer's own loopback."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
UP, SET, GET = 0x1, 0x8914, 0x8913
with socket.socket() as one:
    asked = struct.pack("16sH14s", b"lo", 0, b"")
    flags = struct.unpack("16sH14s", fcntl.ioctl(one, GET, asked))[1]
    fcntl.ioctl(one, SET, struct.pack("16sH14s", b"lo", flags | UP, b""))
names = [name for _, name in socket.if_nameindex()]
assert names == ["lo"], names
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


def alone(*arguments: str) -> list[str]:
    """A command line that runs Python where only loopback is."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare (Linux, util-linux)")
    command = [unshare, "--map-root-user", "--net", "--", sys.executable, "-c", LOOPBACK_UP, *arguments]
    tried = subprocess.run([*command[: -len(arguments)], "-c", "pass"], capture_output=True, check=False, timeout=60)
    if tried.returncode != 0:
        pytest.skip(f"this system gives no network namespaces: {tried.stderr.decode(errors='replace').strip()[-200:]}")
    return command


def test_there_is_nobody_else_there() -> None:
    """The namespace is one: what the next test shows is worth something."""
    asked = "import socket; socket.create_connection(('192.0.2.1', 80), 2)"
    done = subprocess.run(alone("-c", asked), capture_output=True, text=True, check=False, timeout=60)
    assert "Network is unreachable" in done.stderr


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_page_and_its_browser_need_no_network() -> None:
    arguments = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests/review/browser/test_walk.py")
    settings = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        alone(*arguments), cwd=ROOT, env=settings, capture_output=True, text=True, check=False, timeout=840
    )
    assert done.returncode == 0, done.stdout[-4000:]
    assert " passed" in done.stdout
