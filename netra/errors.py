"""The errors a user of netra can meet.

    NetraError
    ├── UsageError            exit 2: a flag, a path or a setting is wrong
    │   └── ConfigError       exit 2: an election file or a rulebook is wrong; holds one line a mistake
    ├── ModelError            exit 1: a model file is missing, damaged or not the one expected
    │   └── FaceModelError    exit 2: the user's own face model cannot be used; in vision/face_model.py
    ├── OutputError           exit 1: a result cannot be written
    └── PhotoError            one photo cannot be used; a scan records it and goes on

Every message names the file, what was wrong and what was expected, and says what to do next. Errors of other
libraries are turned into one of these at the door where the library is called, chained with ``from``.
"""

from collections.abc import Sequence
from enum import StrEnum


class NetraError(Exception):
    """Base of every error that netra raises on purpose; its text is meant for the user."""

    exit_code = 1


class UsageError(NetraError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class ConfigError(UsageError):
    """An election file or a rulebook has mistakes; ``problems`` holds one line for each, in file order."""

    def __init__(self, problems: Sequence[str]) -> None:
        if not problems:
            raise ValueError("a ConfigError needs at least one problem, got none")
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


class ModelError(NetraError):
    """A model file is missing, damaged or not the one that netra was tested with."""


class OutputError(NetraError):
    """A result cannot be written where it was asked for."""


class PhotoErrorKind(StrEnum):
    """Why a photo cannot be used; the values are part of the schema ``netra.photo/1``."""

    EMPTY = "empty"
    NOT_A_PHOTO = "not-a-photo"
    UNSUPPORTED_FORMAT = "unsupported-format"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    TOO_MANY_BYTES = "too-many-bytes"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MANY_FRAMES = "too-many-frames"
    TOO_SMALL = "too-small"
    NOT_READABLE = "not-readable"
    VANISHED = "vanished"
    NOT_A_FILE = "not-a-file"
    LINK = "link"
    TOO_LITTLE_MEMORY = "too-little-memory"
    WORKER_DIED = "worker-died"


class PhotoError(NetraError):
    """One photo cannot be used. ``kind`` says why in one word, the message in a sentence."""

    def __init__(self, kind: PhotoErrorKind, message: str) -> None:
        self.kind = kind
        super().__init__(message)

    def __reduce__(self) -> tuple[type["PhotoError"], tuple[PhotoErrorKind, str]]:
        return type(self), (self.kind, str(self))  # workers send it to the parent process
