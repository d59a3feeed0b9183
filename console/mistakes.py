"""An error in plain lines: a lead-in in the user's language, then what the room that raised it says."""

from collections.abc import Sequence
from typing import Final

from console import evaluate_texts, texts
from console.errors import NotEnrolledError
from console.voice import Message, Voice
from evaluation.errors import DatasetError
from netra.errors import ConfigError, ModelError, NetraError, OutputError, PhotoError, UsageError
from vision.face_model import FaceModelError

_LEADS: Final[tuple[tuple[type[NetraError], Message], ...]] = (
    (UsageError, texts.USAGE_ERROR),
    (ModelError, texts.MODEL_ERROR),
    (OutputError, texts.OUTPUT_ERROR),
    (NetraError, texts.OTHER_ERROR),
)


def lines_of(error: NetraError, voice: Voice) -> list[str]:
    """What to print: one line, or a heading and one line for each problem of an error that has several."""
    if isinstance(error, ConfigError):
        return _listed(_heading(error), error.problems, voice)
    if isinstance(error, FaceModelError):
        return _listed(texts.FACE_MODEL_ERROR, error.problems, voice)
    if isinstance(error, PhotoError):
        return [f"{voice(texts.PHOTO_ERROR, reason=voice(texts.PHOTO_ERRORS[error.kind]))} {error}"]
    lead = next(message for kind, message in _LEADS if isinstance(error, kind))
    return [f"{voice(lead)} {error}"]


def _listed(heading: Message, problems: Sequence[str], voice: Voice) -> list[str]:
    return [voice(heading, count=len(problems)), *(f"  - {problem}" for problem in problems)]


def _heading(error: ConfigError) -> Message:
    if isinstance(error, NotEnrolledError):
        return texts.NOT_ENROLLED
    return evaluate_texts.DATASET_ERROR if isinstance(error, DatasetError) else texts.CONFIG_ERROR
