"""An error in plain lines: a lead-in in the user's language, then what the room that raised it says."""

from collections.abc import Sequence
from typing import Final

from console import evaluate_texts, texts
from console.errors import NotEnrolledError
from console.voice import Message, Voice
from evaluation.errors import DatasetError
from netra.errors import ConfigError, ModelError, NetraError, OutputError, PhotoError, UsageError
from netra.photo_errors import PHOTO_ERRORS
from screening.errors import ManifestError
from vision.face_model import FaceModelError
from vision.photo_file import printable

_LEADS: Final[tuple[tuple[type[NetraError], Message], ...]] = (
    (UsageError, texts.USAGE_ERROR),
    (ModelError, texts.MODEL_ERROR),
    (OutputError, texts.OUTPUT_ERROR),
    (NetraError, texts.OTHER_ERROR),
)


def lines_of(error: NetraError, voice: Voice) -> list[str]:
    """What to print: one line, or a heading and one line for each problem of an error that has several.

    Names in them, which may come from a file, are made harmless for a terminal.
    """
    return [printable(line) for line in _lines(error, voice)]


def _lines(error: NetraError, voice: Voice) -> list[str]:
    if isinstance(error, ConfigError):
        return _listed(_heading(error), error.said(voice.language).splitlines(), voice)
    if isinstance(error, FaceModelError):
        return _listed(texts.FACE_MODEL_ERROR, error.problems, voice)
    if isinstance(error, PhotoError):
        return [f"{voice(texts.PHOTO_ERROR, reason=voice(PHOTO_ERRORS[error.kind]))} {error}"]
    first, *others = error.said(voice.language).split("\n")
    lead = next(message for kind, message in _LEADS if isinstance(error, kind))
    return [f"{voice(lead)} {first}", *(f"  {each}" for each in others)]


def _listed(heading: Message, problems: Sequence[str], voice: Voice) -> list[str]:
    return [voice(heading, count=len(problems)), *(f"  - {problem}" for problem in problems)]


def _heading(error: ConfigError) -> Message:
    if isinstance(error, NotEnrolledError):
        return texts.NOT_ENROLLED
    if isinstance(error, ManifestError):
        from console import manifest_texts  # its tables load what a scan loads

        return manifest_texts.MANIFEST_ERROR
    return evaluate_texts.DATASET_ERROR if isinstance(error, DatasetError) else texts.CONFIG_ERROR
