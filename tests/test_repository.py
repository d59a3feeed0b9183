"""What holds for the repository as a whole: sizes, names that must not be in it, versions that agree."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Files longer than 400 lines, each with the reason why it is still one idea.
LONG_FILES: dict[str, str] = {}
LINES_AT_MOST = 400
BYTES_AT_MOST = 1500 * 1024  # more than that belongs into no repository that is cloned for ten years
FIXTURES_BYTES_AT_MOST = 8 * 1024 * 1024
LOCK_FILES = ("uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "pylock.toml", "requirements.lock")

# Written so that this file does not match itself.
MACHINE_PATH = re.compile(
    r"(?<![\w./-])/(?:home|media|mnt|opt|root|srv|tmp|Users|Volumes|work)/\w|\b[A-Z]:[\\]{1,2}Users\b"
)
PACKAGE_HOST = re.compile(
    r"py[p]i[.]org|python[h]osted[.]org|deb[.]debian[.]org|archive[.]ubuntu[.]com|conda[.]anaconda[.]org"
    r"|https?://[^\s\"']+/simple\b|(?:registry|index-url) *= *[\"']?https?:",
)

# What the command line must not load before a command needs it: they cost seconds.
HEAVY = (
    *("PIL", "alembic", "argon2", "babel", "bagit", "cryptography", "cv2", "dlib", "face_recognition", "fpdf"),
    *("jinja2", "mediapipe", "numba", "numpy", "openvino", "pydantic", "rich", "sqlalchemy", "starlette", "tomlkit"),
    "uvicorn",
)


@cache
def tracked() -> list[Path]:
    """Files that are in the repository or would be added to it: what git neither ignores nor has lost."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a git checkout, which say what belongs to the repository")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@cache
def texts() -> dict[str, str]:
    """Name from the root -> text, of every tracked file that is text."""
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in tracked()}
    return {name: data.decode() for name, data in files.items() if b"\0" not in data[:8192] and is_utf8(data)}


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def matches(pattern: re.Pattern[str]) -> list[str]:
    lines = ((name, number, line) for name, text in texts().items() for number, line in enumerate(text.split("\n"), 1))
    return [f"{name}:{number}: {line[:120]}" for name, number, line in lines if pattern.search(line)]


def test_no_python_file_is_too_long() -> None:
    lengths = {name: text.count("\n") for name, text in texts().items() if name.endswith(".py")}
    assert lengths
    assert {name: lines for name, lines in lengths.items() if lines > LINES_AT_MOST and name not in LONG_FILES} == {}
    assert [name for name in LONG_FILES if lengths.get(name, 0) <= LINES_AT_MOST] == [], "no exception needed any more"


def test_no_file_is_too_large() -> None:
    assert {str(path): size for path in tracked() if (size := path.stat().st_size) > BYTES_AT_MOST} == {}


def test_the_fixtures_stay_small() -> None:
    assert sum(path.stat().st_size for path in tracked() if path.is_relative_to(ROOT / "fixtures")) < (
        FIXTURES_BYTES_AT_MOST
    )


def test_no_lock_file_is_tracked() -> None:
    assert [str(path) for path in tracked() if path.name in LOCK_FILES] == []


def test_no_path_of_a_machine_is_named() -> None:
    assert matches(MACHINE_PATH) == []


def test_no_package_host_is_named() -> None:
    assert matches(PACKAGE_HOST) == []


@pytest.mark.parametrize(
    ("pattern", "parts"),
    [
        (MACHINE_PATH, ("open('", "/home", "/budi/foto.jpg')")),
        (MACHINE_PATH, ("", "/tmp", "/x")),
        (MACHINE_PATH, ("at C:", "\\Users", "\\budi")),
        (PACKAGE_HOST, ("see https://py", "pi.org", "/project/x")),
        (PACKAGE_HOST, ('url = "https://mirror.example', "/simple", '/numpy"')),
        (PACKAGE_HOST, ("index-url", " = https", "://mirror.example")),
    ],
)
def test_a_forbidden_name_is_seen(pattern: re.Pattern[str], parts: tuple[str, ...]) -> None:
    assert pattern.search("".join(parts))


@pytest.mark.parametrize("text", ["a/home/x.jpg", "../tmp/x", "docs/work/x", "https://example.org/home/x", "/dev/null"])
def test_an_ordinary_name_is_not_taken_for_a_path_of_a_machine(text: str) -> None:
    assert not MACHINE_PATH.search(text)


def test_the_newest_changes_are_those_of_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == version


def test_the_files_that_the_documentation_names_exist() -> None:
    texts_by_name = {path: path.read_text(encoding="utf-8") for path in (ROOT / "docs").rglob("*.md")}
    assert texts_by_name
    named = {name for text in texts_by_name.values() for name in re.findall(r"`([\w./-]+/(?:[\w.-]+\.\w+)?)`", text)}
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_every_library_that_netra_asks_for_stands_in_the_notice() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [entry for extra in project.get("optional-dependencies", {}).values() for entry in extra]
    names = {re.split(r"[=<>!~\[; ]", entry)[0] for entry in (*project["dependencies"], *optional)}
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert {name for name in names if not re.search(rf"\b{re.escape(name)}\b", notice)} == set()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no run bit")
def test_the_ci_script_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["scan", "--help"]], ids=" ".join)
def test_the_command_line_loads_nothing_heavy_to_help(arguments: list[str]) -> None:
    program = (
        "import sys, cli\n"
        "try:\n"
        "    cli.main()\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        f"print('loaded:', *sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "loaded:"
