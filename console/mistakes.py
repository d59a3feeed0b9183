"""An error in plain lines: a lead-in in the user's language, then what the room that raised it says."""

from typing import Final

from console import texts
from console.errors import NotEnrolledError
from console.voice import Message, Voice
from netra.errors import ConfigError, ModelError, NetraError, OutputError, PhotoError, UsageError

_LEADS: Final[tuple[tuple[type[NetraError], Message], ...]] = (
    (UsageError, texts.USAGE_ERROR),
    (ModelError, texts.MODEL_ERROR),
    (OutputError, texts.OUTPUT_ERROR),
    (NetraError, texts.OTHER_ERROR),
)


def lines_of(error: NetraError, voice: Voice) -> list[str]:
    """What to print: one line, or a heading and one line for each problem of a ConfigError."""
    if isinstance(error, ConfigError):
        heading = texts.NOT_ENROLLED if isinstance(error, NotEnrolledError) else texts.CONFIG_ERROR
        return [voice(heading, count=len(error.problems)), *(f"  - {problem}" for problem in error.problems)]
    if isinstance(error, PhotoError):
        return [f"{voice(texts.PHOTO_ERROR, reason=voice(texts.PHOTO_ERRORS[error.kind]))} {error}"]
    lead = next(message for kind, message in _LEADS if isinstance(error, kind))
    return [f"{voice(lead)} {error}"]
