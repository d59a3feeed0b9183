"""What tests of the command share: a small election of invented people, photos, and ways to run a command."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

import cli
from fixtures import ELECTION, UPLOADS

if TYPE_CHECKING:
    from tests.conftest import ElectionText

ROOT = Path(__file__).resolve().parents[2]
PORTRAITS = ELECTION.parent / "photos"
CANDIDATE_ALONE = UPLOADS / "dinas-kesehatan" / "IMG_20241014_080000.jpg"
EMPTY_ROOM = UPLOADS / "kecamatan-utara" / "20241019_060340.gif"
Netra = Callable[..., Result]


Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="session")
def election_text(election_toml: "ElectionText") -> str:
    return election_toml({"damar-wicaksatya": "damar.jpg", "kirana-suryalaga": "kirana.jpg"})


@pytest.fixture(scope="session")
def election(tmp_path_factory: pytest.TempPathFactory, election_text: str) -> Path:
    folder = tmp_path_factory.mktemp("pemilihan")
    shutil.copy(PORTRAITS / "damar-wicaksatya-1.jpg", folder / "damar.jpg")
    shutil.copy(PORTRAITS / "kirana-suryalaga-1.jpg", folder / "kirana.jpg")
    path = folder / "E.toml"
    path.write_text(election_text)
    return path


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("NETRA_")}
    return {**settings, "NETRA_CACHE": str(tmp_path_factory.mktemp("cache")), "NETRA_WORKERS": "1", "COLUMNS": "120"}


@pytest.fixture
def netra(environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Netra:
    """Runs a command in this process, where the networks stay loaded."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # each run sets its own; give the usual one back

    def run(*arguments: str | Path, **environ: str) -> Result:
        return CliRunner().invoke(cli.main, [str(each) for each in arguments], env={**environment, **environ})

    return run


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A photo with a finding, one with nothing in it, and a file that is no photo."""
    folder = tmp_path / "foto"
    folder.mkdir()
    shutil.copy(CANDIDATE_ALONE, folder / "a calon.jpg")
    shutil.copy(EMPTY_ROOM, folder / "b kosong.gif")
    (folder / "catatan.txt").write_text("x")
    return folder


@pytest.fixture
def start(environment: dict[str, str]) -> Start:
    """Starts a command in a process of its own."""

    def starting(*arguments: object, program: str = "import cli; cli.main()") -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, "-c", program, *map(str, arguments)],
            cwd=ROOT,
            env=environment,
            text=True,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return starting
