"""``netra doctor``: is everything here that a scan needs? One line each, with what to do where something is missing."""

import os
import platform
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from candidates.templates import default_cache_folder
from console import doctor_texts as texts
from console.face_model import face_model_line
from console.mistakes import lines_of
from console.prepare import face_models_of
from console.voice import Message, Voice
from fixtures import ONE_HAND
from netra import __version__
from netra.errors import ModelError, NetraError
from screening.executors import WorkerProcesses
from screening.reading import analyser, default_workers
from vision.engine import weights
from vision.face_model import NOT_STATED, FaceModel, FaceModelError

Seen = tuple[int, int, str]
"""How many faces and hands the self-test saw, and what is wrong, or an empty text."""

GIB_OF_A_WORKER: Final = 1.0
"""vision.photo_limits keeps the largest photo that is let in under it; a usual phone photo takes a third."""

LEAST_PYTHON, FIRST_UNTRIED_PYTHON = (3, 11), (3, 13)


class Verdict(StrEnum):
    """How a line begins."""

    OK = "ok"
    NOTICE = "notice"
    MISSING = "missing"


MARKS: Final[dict[Verdict, Message]] = {
    Verdict.OK: texts.OK,
    Verdict.NOTICE: texts.NOTICE,
    Verdict.MISSING: texts.MISSING,
}

STYLES: Final = {Verdict.OK: "green", Verdict.NOTICE: "yellow", Verdict.MISSING: "bold red"}
MARK_WIDTH: Final = max(len(text) for message in MARKS.values() for text in (message.id, message.en)) + 2


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at."""

    verdict: Verdict
    text: str


def print_examination(console: Console, voice: Voice, cache: str, face_model: str = "") -> int:
    """Print each line as soon as it is known; the exit code, 1 where something is missing.

    Args:
        console: where to.
        voice: in which language.
        cache: the folder for templates of reference photos; empty for this user's usual one.
        face_model: path of the user's own face model; empty for the one that comes with netra.
    """
    missing = 0
    for line in examine(voice, Path(cache) if cache else default_cache_folder(), face_model):
        mark = voice(MARKS[line.verdict])
        console.print(Text.assemble((f"{mark:<{MARK_WIDTH}}", STYLES[line.verdict]), line.text), soft_wrap=True)
        missing += line.verdict is Verdict.MISSING
    console.print(voice(texts.DOCTOR_BAD, count=missing) if missing else voice(texts.DOCTOR_GOOD))
    return 1 if missing else 0


def examine(voice: Voice, cache: Path, face_model: str = "") -> Iterator[Line]:
    """Look at everything, one line as soon as it is known.

    Args:
        voice: in which language.
        cache: where templates of reference photos would be kept.
        face_model: as in ``print_examination``.
    """
    yield from _versions(voice)
    yield from _models(voice)
    yield from _machine(voice)
    yield _cache(voice, cache)
    yield _heic(voice)
    try:
        models = face_models_of(face_model)
    except FaceModelError as error:
        yield from (Line(Verdict.MISSING, problem) for problem in error.problems)
    else:
        for model in models:
            verdict = Verdict.NOTICE if NOT_STATED in (model.licence, model.source) else Verdict.OK
            yield Line(verdict, face_model_line(model, voice))
        yield _self_test(voice, models)


def _versions(voice: Voice) -> Iterator[Line]:
    yield Line(Verdict.OK, voice(texts.DOCTOR_VERSION, name="netra", version=__version__))
    fits = LEAST_PYTHON <= sys.version_info[:2] < FIRST_UNTRIED_PYTHON
    if fits:
        yield Line(Verdict.OK, voice(texts.DOCTOR_VERSION, name="Python", version=platform.python_version()))
    else:
        yield Line(Verdict.MISSING, voice(texts.DOCTOR_PYTHON, version=platform.python_version()))
    for package in packages_needed():
        try:
            yield Line(Verdict.OK, voice(texts.DOCTOR_VERSION, name=package, version=version(package)))
        except PackageNotFoundError:
            yield Line(Verdict.MISSING, voice(texts.DOCTOR_NOT_INSTALLED, name=package))


def packages_needed() -> tuple[str, ...]:
    """What netra's own installation says it needs, extras left out; ``netra`` itself where it was never installed."""
    try:
        lines = requires("netra") or []
    except PackageNotFoundError:
        return ("netra",)
    # PEP 508: a name, then versions, then markers after a semicolon.
    return tuple(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in lines if "extra" not in line.partition(";")[2])


def _models(voice: Voice) -> Iterator[Line]:
    for each in weights.ALL:
        try:
            path = weights.find(each)
        except ModelError as error:
            yield Line(Verdict.MISSING, str(error))
        else:
            yield Line(Verdict.OK, voice(texts.DOCTOR_MODEL, name=path.name))


def _machine(voice: Voice) -> Iterator[Line]:
    if platform.machine().lower() in ("x86_64", "amd64"):  # others have vector units of their own
        flags = _cpu_flags()
        if not flags:
            yield Line(Verdict.NOTICE, voice(texts.DOCTOR_UNKNOWN_AVX2, machine=platform.machine()))
        elif "avx2" in flags:
            yield Line(Verdict.OK, voice(texts.DOCTOR_AVX2))
        else:
            yield Line(Verdict.MISSING, voice(texts.DOCTOR_NO_AVX2))
    workers = default_workers()
    yield Line(Verdict.OK, voice(texts.DOCTOR_PROCESSORS, count=os.cpu_count() or 1, workers=workers))
    needed = workers * GIB_OF_A_WORKER
    numbers = {"needed": voice.decimal(needed, 0), "workers": workers}
    for free in free_memory_gib():
        enough = free >= needed
        said = voice(texts.DOCTOR_MEMORY if enough else texts.DOCTOR_FEW_MEMORY, gib=voice.decimal(free, 1), **numbers)
        yield Line(Verdict.OK if enough else Verdict.NOTICE, said)
        return
    yield Line(Verdict.NOTICE, voice(texts.DOCTOR_UNKNOWN_MEMORY))


def _cpu_flags(cpuinfo: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """What the processor can do, as Linux names it; empty where it is not told."""
    try:
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("flags"):
                return frozenset(line.partition(":")[2].split())
    except OSError:
        pass
    return frozenset()


def free_memory_gib(meminfo: Path = Path("/proc/meminfo")) -> tuple[float, ...]:
    """What programs may still take, as Linux tells it; nothing elsewhere."""
    try:
        for line in meminfo.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(":")
            if name == "MemAvailable":
                return (int(value.split()[0]) / 2**20,)  # in kibibytes
    except (OSError, ValueError, IndexError):
        pass
    return ()


def _cache(voice: Voice, folder: Path) -> Line:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"netra")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Line(Verdict.NOTICE, voice(texts.DOCTOR_NO_CACHE, path=folder, reason=reason))
    return Line(Verdict.OK, voice(texts.DOCTOR_CACHE, path=folder))


def _heic(voice: Voice) -> Line:
    if find_spec("pillow_heif") is not None:
        return Line(Verdict.OK, voice(texts.DOCTOR_HEIC))
    return Line(Verdict.NOTICE, voice(texts.DOCTOR_NO_HEIC))


def _self_test(voice: Voice, models: tuple[FaceModel, ...] = (), photo: Path = ONE_HAND) -> Line:
    """In a process of its own: on a processor that lacks something, the networks crash rather than complain."""
    workers = WorkerProcesses(1)
    begun = time.monotonic()
    try:
        look = partial(_look_at, models=models, voice=voice)
        faces, hands, reason = next(iter(workers.map(look, [photo], partial(_died, voice=voice))))
    finally:
        workers.close()
    if reason:
        return Line(Verdict.MISSING, voice(texts.DOCTOR_TEST_FAILED, reason=reason))
    seconds = voice.decimal(time.monotonic() - begun, 1)
    return Line(Verdict.OK, voice(texts.DOCTOR_TEST, faces=faces, hands=hands, seconds=seconds))


def _look_at(photo: Path, models: tuple[FaceModel, ...], voice: Voice) -> Seen:
    """What all networks see in a photo, and what is wrong where they see too little."""
    try:
        networks = analyser(models)
        opened, faces = networks.read_file(photo)
        hands = networks.read_hands(opened, [each.face for each in faces])
    except NetraError as error:
        return 0, 0, " ".join(lines_of(error, voice))
    counts = {"faces": len(faces), "hands": len(hands)}
    reason = "" if all(counts.values()) else voice(texts.DOCTOR_TEST_TOO_LITTLE, path=photo, **counts)
    return len(faces), len(hands), reason


def _died(photo: Path, voice: Voice) -> Seen:  # noqa: ARG001 - as every photo would have it
    return 0, 0, voice(texts.DOCTOR_TEST_DIED)
