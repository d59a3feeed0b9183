"""The walls of design section 3: which room may import which, and which library may be imported where."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path, PurePosixPath

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILT = ("build", "dist", "out")  # made by tools, never part of the repository

# What of ours each room may import, besides itself. A name allows the module and all inside it.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    "netra": (),
    "vision": ("netra",),
    "candidates": ("netra", "vision.types"),
    "screening": ("netra", "vision", "candidates"),
    "evaluation": ("netra", "vision", "candidates"),
    "casework": ("netra", "vision.types", "candidates", "screening"),
    "review": ("netra", "casework"),
    "fixtures": ("netra",),
    "console": ("netra", "vision", "candidates", "screening", "evaluation", "casework", "review", "fixtures"),
    "cli": ("netra", "vision", "candidates", "screening", "evaluation", "casework", "review", "fixtures", "console"),
    "benchmarks": ("netra", "vision", "candidates", "screening", "evaluation", "casework", "review", "fixtures"),
    "tests": (
        *("netra", "vision", "candidates", "screening", "evaluation", "casework", "review"),
        *("fixtures", "benchmarks", "console", "cli"),
    ),
}

# Where a library may be imported: rooms, or single files.
VISION_AND_PEERS = ("vision", "fixtures", "benchmarks", "tests")
LIBRARIES: dict[str, tuple[str, ...]] = {
    "cv2": VISION_AND_PEERS,
    "dlib": VISION_AND_PEERS,
    "face_recognition": VISION_AND_PEERS,
    "face_recognition_models": VISION_AND_PEERS,
    "matplotlib": ("evaluation/picture.py", "evaluation/hands_picture.py", "benchmarks", "tests"),
    "mediapipe": (*VISION_AND_PEERS, "evaluation/hands_peer.py"),
    "openvino": ("vision/engine/runtime.py", "fixtures", "benchmarks", "tests"),
    "click": (
        *("cli.py", "console/evaluate_commands.py", "console/help_pages.py", "console/options.py"),
        "console/export_command.py",
        "console/findings_command.py",
        "console/verify_commands.py",
        "console/case_commands.py",
        "console/review_command.py",
        *("console/wrong_use.py", "tests"),
    ),
    "rich": ("console", "benchmarks", "tests"),
    "sqlalchemy": ("casework", "tests"),
    "alembic": ("casework", "tests"),
    "cryptography": ("casework", "tests"),
    "fpdf": ("casework", "tests"),
    "bagit": ("casework", "tests"),
    "argon2": ("casework/passwords.py", "tests"),
    "babel": ("review", "tests"),
    "jinja2": ("review", "tests"),
    "multipart": (),
    "starlette": ("review", "tests"),
    "tomlkit": ("console/election_edit.py", "tests"),
    "uvicorn": ("review/serve.py", "tests"),
    "playwright": ("tests",),
    "axe_playwright_python": ("tests",),
}

# A scan never touches a network, so nothing that could is imported. Tests make socket files to be refused as photos.
NETWORK = (
    "aiohttp", "ftplib", "http.client", "http.cookiejar", "http.server", "httpx", "imaplib", "poplib", "requests",
    "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
)  # fmt: skip
# The page is served to browsers of this computer: its test is one.
NETWORK_ALLOWED = {
    "socket": ("tests",),
    "ssl": ("tests/console/test_review_command.py",),
    "urllib.request": ("tests/console/test_review_command.py",),
}


def within(name: str, prefixes: tuple[str, ...], separator: str) -> bool:
    return any(name == prefix or name.startswith(prefix + separator) for prefix in prefixes)


def walk(tree: ast.AST, loading: bool) -> Iterator[ast.AST]:
    """Every node; with ``loading``, only those that run when the module is loaded: none inside a function."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if not (loading and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)):
            yield from walk(child, loading)


def imports(path: str, source: str, loading: bool = False) -> Iterator[tuple[int, str]]:
    """Each import of a module's text: line, and the full dotted name of what is imported.

    ``from vision import types`` is ``vision.types``; ``importlib.import_module("cv2")`` counts as well.
    """
    package = PurePosixPath(path).parent.parts
    for node in walk(ast.parse(source, path), loading):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            stem = ".".join((*base, *(node.module or "").split("."))).strip(".")
            for alias in node.names:
                yield node.lineno, f"{stem}.{alias.name}"
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = ast.unparse(node.func)
            if called in ("__import__", "import_module", "importlib.import_module"):
                yield node.lineno, str(node.args[0].value)


def breaches(path: str, source: str) -> list[str]:
    """What the module at ``path`` (from the repository's root, with slashes) imports and may not."""
    room = PurePosixPath(path).parts[0].removesuffix(".py")
    found = []
    for line, name in imports(path, source):
        top = name.partition(".")[0]
        if top in MAY_IMPORT and top != room and not within(name, MAY_IMPORT[room], "."):
            allowed = ", ".join(MAY_IMPORT[room]) or "nothing of ours"
            found.append(f"{path}:{line}: {room} imports {name}; it may import {allowed}")
        if top in LIBRARIES and not within(path, LIBRARIES[top], "/"):
            found.append(f"{path}:{line}: {top} is imported; only {', '.join(LIBRARIES[top])} may")
        found += [
            f"{path}:{line}: {module} is imported; netra never touches a network"
            for module in NETWORK
            if within(name, (module,), ".") and not within(path, NETWORK_ALLOWED.get(module, ()), "/")
        ]
    return found


def modules() -> dict[str, str]:
    """Path from the root -> text, for every module of every room."""
    files = [path for room in MAY_IMPORT for path in ((ROOT / room).rglob("*.py"), [ROOT / f"{room}.py"])]
    paths = (path for some in files for path in some if path.is_file())
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_every_module_keeps_the_walls() -> None:
    found = [line for path, source in modules().items() for line in breaches(path, source)]
    assert not found, "\n".join(found)


def test_every_python_file_lies_in_a_room() -> None:
    tops = [top for top in ROOT.iterdir() if not top.name.startswith(".") and top.name not in BUILT]
    files = [path for top in tops for path in (top.rglob("*.py") if top.is_dir() else [top]) if path.suffix == ".py"]
    outside = {path.relative_to(ROOT).as_posix() for path in files} - set(modules())
    assert not outside, sorted(outside)


def cycle(texts: dict[str, str]) -> list[str]:
    """Modules of ours that need each other in a circle to be loaded; empty when none do.

    A circle closed by an import inside a function is no such thing: it loads in any order.
    """
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in texts}
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        targets = (
            next((n for n in (target, target.rpartition(".")[0]) if n in names), name)
            for _, target in imports(path, texts[path], loading=True)
        )
        graph[name] = {target for target in targets if target != name}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        return list(circle.args[1])
    return []


def test_no_modules_need_each_other_to_be_loaded() -> None:
    assert cycle(modules()) == []


def test_a_circle_is_seen() -> None:
    made_up = {"vision/a.py": "from vision.b import x", "vision/b.py": "if x:\n    from vision import a"}
    assert set(cycle(made_up)) == {"vision.a", "vision.b"}


def test_an_import_that_waits_for_a_call_closes_no_circle() -> None:
    assert cycle({"vision/a.py": "from vision.b import x", "vision/b.py": "def f():\n    from vision import a"}) == []


@pytest.mark.parametrize(
    ("path", "source", "expected"),
    [
        ("netra/settings.py", "import vision.faces", "netra imports vision.faces"),
        ("netra/settings.py", "from candidates.match import Matcher", "netra imports candidates.match"),
        ("vision/faces.py", "from candidates import match", "vision imports candidates.match"),
        ("vision/faces.py", "from screening.rules import judge", "vision imports screening.rules.judge"),
        ("vision/engine/runtime.py", "from ..faces import Face\nimport cli", "vision imports cli"),
        ("candidates/enrol.py", "from vision.faces import find", "candidates imports vision.faces.find"),
        ("candidates/enrol.py", "from vision import faces", "candidates imports vision.faces"),
        ("candidates/enrol.py", "import vision", "candidates imports vision;"),
        ("candidates/enrol.py", "from vision import *", "candidates imports vision.*"),
        ("candidates/enrol.py", "from ..screening import rules", "candidates imports screening.rules"),
        ("screening/scan.py", "def f():\n    import casework.database", "screening imports casework.database"),
        ("evaluation/faces.py", "from console import texts", "evaluation imports console.texts"),
        ("evaluation/faces.py", "from screening.scan import scan", "evaluation imports screening.scan.scan"),
        ("evaluation/measure.py", "from matplotlib.figure import Figure", "matplotlib is imported"),
        ("evaluation/hands_samples.py", "import mediapipe", "mediapipe is imported"),
        ("screening/scan.py", "import evaluation.faces", "screening imports evaluation.faces"),
        ("casework/export.py", "from vision.draw import annotate", "casework imports vision.draw.annotate"),
        ("casework/export.py", "import review.app", "casework imports review.app"),
        ("review/views.py", "from screening import record", "review imports screening.record"),
        ("fixtures/build.py", "import screening.scan", "fixtures imports screening.scan"),
        ("benchmarks/scan.py", "from cli import main", "benchmarks imports cli.main"),
        ("cli.py", "from tests import conftest", "cli imports tests.conftest"),
        ("screening/scan.py", "import cli", "screening imports cli"),
        ("screening/scan.py", "if x:\n    import cv2", "cv2 is imported"),
        ("candidates/enrol.py", "from dlib import rectangle", "dlib is imported"),
        ("cli.py", "import mediapipe.python", "mediapipe is imported"),
        ("cli.py", "import face_recognition", "face_recognition is imported"),
        ("cli.py", "import importlib\nimportlib.import_module('cv2')", "cv2 is imported"),
        ("vision/faces.py", "import openvino as ov", "openvino is imported"),
        ("vision/engine/weights.py", "from openvino import Core", "openvino is imported"),
        ("screening/scan.py", "import click", "click is imported"),
        ("console/report.py", "import click", "click is imported"),
        ("console/report.py", "from cli import main", "console imports cli.main"),
        ("screening/scan.py", "from console.voice import Voice", "screening imports console.voice.Voice"),
        ("benchmarks/scan.py", "from console import texts", "benchmarks imports console.texts"),
        ("cli.py", "from rich.table import Table", "rich is imported"),
        ("review/app.py", "from sqlalchemy import select", "sqlalchemy is imported"),
        ("review/views/queue.py", "from vision.photo import load", "review imports vision.photo.load"),
        ("review/app.py", "import uvicorn", "uvicorn is imported"),
        ("casework/logins.py", "from starlette.requests import Request", "starlette is imported"),
        ("vision/engine/weights.py", "import requests", "requests is imported"),
        ("vision/engine/weights.py", "from urllib.request import urlopen", "urllib.request is imported"),
        ("vision/engine/weights.py", "from urllib import request", "urllib.request is imported"),
        ("screening/scan.py", "import socket", "socket is imported"),
        ("tests/test_cli.py", "import http.server", "http.server is imported"),
    ],
)
def test_a_breach_is_seen(path: str, source: str, expected: str) -> None:
    found = breaches(path, source)
    assert len(found) == 1
    assert expected in found[0]


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("vision/faces.py", "from netra.errors import PhotoError\nfrom vision.types import Face\nimport cv2"),
        ("vision/faces.py", "from .types import Face\nfrom urllib.parse import quote"),
        ("vision/engine/runtime.py", "import openvino as ov"),
        ("candidates/enrol.py", "from vision.types import Face\nfrom vision import types"),
        ("screening/scan.py", "from vision.analyse import analyse\nfrom candidates.match import Matcher"),
        ("evaluation/picture.py", "from matplotlib.figure import Figure\nfrom candidates.match import Matcher"),
        ("evaluation/hands_peer.py", "import mediapipe\nfrom vision.types import Photo"),
        ("cli.py", "import click\nimport screening.scan\nimport fixtures\nfrom console import texts"),
        ("console/report.py", "import rich\nfrom screening.scan import scan\nfrom vision.draw import annotate"),
        ("tests/vision/test_faces.py", "import cli, cv2, openvino, click, socket"),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert breaches(path, source) == []
