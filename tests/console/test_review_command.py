"""``netra review`` as people start it: it answers, ends with Ctrl+C, and says in one line why it cannot begin."""

import datetime
import os
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.error import URLError

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

import cli
import fixtures
from casework.accounts import add_account
from casework.audit import AuditLog
from casework.database import open_database
from casework.election_places import election_places, keep_election_place
from casework.roles import Role
from review.serve import hosts_of

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of Unix")


@pytest.fixture(autouse=True)
def without_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NETRA_DB", "NETRA_ELECTION", "NETRA_LANG", "NETRA_HOLIDAYS", "NETRA_ZONE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # each run sets its own; give the usual one back


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "kasus.db"
    with open_database(path, create=True):
        pass
    return path


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@dataclass
class Served:
    """A page in a process of its own.

    Attributes:
        process: of the command.
        address: as it printed it; empty where it ended first.
    """

    process: "subprocess.Popen[str]"
    address: str

    def stop(self) -> tuple[int, str]:
        """Ctrl+C; the exit code and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=60)
        return self.process.returncode, errors


@contextmanager
def served(*arguments: object) -> Iterator[Served]:
    command = [sys.executable, "-c", "import cli; cli.main()", "review", *map(str, arguments)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield Served(process, first_address(process))
        finally:
            process.kill()


def first_address(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    ends = time.monotonic() + 120
    while time.monotonic() < ends:
        if select.select([process.stdout], [], [], 0.2)[0]:
            found = re.search(r"https?://\S+", process.stdout.readline())
            return found[0] if found else ""
    raise AssertionError("it said nothing for two minutes")


def fetch(address: str, trusted: Path | None = None) -> str:
    context = ssl.create_default_context(cafile=str(trusted)) if trusted else None
    with urllib.request.urlopen(address, timeout=60, context=context) as answer:
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
        return str(answer.read().decode())


def test_it_serves_until_ctrl_c(db: Path) -> None:
    with served("--db", db, "--port", free_port()) as page:
        assert page.address.startswith("http://127.0.0.1:")
        assert "<html" in fetch(page.address)
        assert "<html" in fetch(page.address.replace("127.0.0.1", "localhost"))
        code, errors = page.stop()
    assert code == 0, errors
    assert "Traceback" not in errors
    assert re.search(r"/mulai dengan kode [A-Z2-9]{10}\n", errors)
    assert "--election" in errors, "nothing was scanned yet, so the reference photos are not at hand"
    assert errors.endswith("Halaman peninjauan ditutup.\n")


def test_a_port_that_is_taken_is_one_clear_line(db: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with served("--db", db, "--port", port) as page:
            _, errors = page.process.communicate(timeout=60)
            assert (page.address, page.process.returncode) == ("", 2)
    assert f"Porta {port}" in errors
    assert errors.count("\n") == 1
    assert "Traceback" not in errors


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "netra.kantor.example")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / f"{name}.pem", folder / f"{name}-kunci.pem"
    cert_file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return cert_file, key_file


def test_with_a_certificate_it_speaks_tls_alone(db: Path, tmp_path: Path) -> None:
    cert, key = certificate(tmp_path, "kantor")
    with served("--db", db, "--port", free_port(), "--tls-cert", cert, "--tls-key", key) as page:
        assert page.address.startswith("https://127.0.0.1:")
        assert "<html" in fetch(page.address, cert)
        with pytest.raises((URLError, OSError)):
            fetch(page.address.replace("https", "http"))
        assert page.stop()[0] == 0


# --- what keeps it from beginning ----------------------------------------------------------------------------------


def begun(db: Path, *arguments: object, language: str = "id") -> Result:
    return CliRunner().invoke(cli.main, ["--lang", language, "review", "--db", str(db), *map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (lambda cert, key: ["--host", "192.0.2.7"], "komputer lain dapat ikut membaca"),
        (lambda cert, key: ["--host", "netra.kantor.example"], "komputer lain dapat ikut membaca"),
        (lambda cert, key: ["--host", "0.0.0.0", "--tls-cert", cert, "--tls-key", key], "sebut satu alamat"),
        (lambda cert, key: ["--host", "::", "--tls-cert", cert, "--tls-key", key], "sebut satu alamat"),
        (lambda cert, key: ["--tls-cert", cert], "bersama-sama"),
        (lambda cert, key: ["--tls-cert", cert, "--tls-key", "tidak-ada.pem"], "tidak-ada.pem"),
        (lambda cert, key: ["--tls-cert", key, "--tls-key", cert], "tidak dapat dipakai"),
        (lambda cert, key: ["--tls-cert", fixtures.MANIFEST, "--tls-key", key], "tidak dapat dipakai"),
        (lambda cert, key: ["--election", fixtures.MANIFEST], "Berkas pemilihan"),
        (lambda cert, key: ["--port", "0"], "--port"),
    ],
)
def test_what_cannot_work_is_told_before_anything_listens(
    db: Path, tmp_path: Path, arguments: Callable[[Path, Path], list[object]], said: str
) -> None:
    result = begun(db, *arguments(*certificate(tmp_path, "kantor")))
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert "http" not in result.stdout


def test_a_key_of_another_certificate_is_told(db: Path, tmp_path: Path) -> None:
    cert, _ = certificate(tmp_path, "satu")
    _, key = certificate(tmp_path, "dua")
    result = begun(db, "--tls-cert", cert, "--tls-key", key, language="en")
    assert result.exit_code == 2
    assert "the key has to be the certificate's" in " ".join(result.output.split())


def test_a_database_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    result = begun(tmp_path / "lain.db")
    assert result.exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_reached_by_the_name_that_was_given_and_no_other() -> None:
    assert hosts_of("Netra.Kantor.example", 8460, "https") == ("netra.kantor.example:8460",)
    assert hosts_of("2001:db8::7", 443, "https") == ("[2001:db8::7]:443", "[2001:db8::7]")
    assert set(hosts_of("127.0.0.1", 80, "http")) >= {"127.0.0.1", "localhost", "localhost:80", "[::1]:80"}


# --- what is said when it begins -----------------------------------------------------------------------------------


@pytest.fixture
def begins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything but the serving."""
    monkeypatch.setattr("console.review.run", lambda server, ready: ready())


@pytest.mark.usefixtures("begins")
def test_the_code_is_told_only_while_there_is_no_account(db: Path) -> None:
    result = CliRunner().invoke(cli.main, ["-q", "review", "--db", str(db)])
    assert result.exit_code == 0
    assert "kode" in result.stderr, "without it nobody gets in, however quiet"
    assert "kode" not in result.stdout
    with open_database(db, create=False) as database, database.begin() as connection:
        log, now = AuditLog(connection), "2024-10-21T01:00:00.000000Z"
        add_account(
            connection, log, "sinta", "Sinta Maharatna", Role.SUPERVISOR, "sepeda biru di bawah hujan", "sinta", now
        )
    assert "kode" not in begun(db).stderr


@pytest.mark.usefixtures("begins")
def test_the_election_that_was_last_scanned_is_found_again(db: Path, tmp_path: Path) -> None:
    assert "--election" in begun(db).stderr
    with open_database(db, create=False) as database:
        for path in (tmp_path / "lama.toml", fixtures.ELECTION):
            with database.begin() as connection:
                keep_election_place(connection, "pilkada-kota-contoh-2024", path)
        with database.read() as connection:
            assert election_places(connection) == {"pilkada-kota-contoh-2024": str(fixtures.ELECTION.resolve())}
    assert "--election" not in begun(db).stderr
