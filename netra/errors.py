"""The errors a user of netra can meet.

    NetraError
    ├── UsageError            exit 2: a flag, a path or a setting is wrong
    │   └── ConfigError       exit 2: an election file or a rulebook is wrong; holds one line a mistake
    ├── ModelError            exit 1: a model file is missing, damaged or not the one expected
    │   └── FaceModelError    exit 2: the user's own face model cannot be used; in vision/face_model.py
    ├── OutputError           exit 1: a result cannot be written
    ├── DatabaseError         exit 1 or 2: a case database cannot be opened, read or written
    └── PhotoError            one photo cannot be used; a scan records it and goes on

Every message names the file, what was wrong and what was expected, and says what to do next. Errors of other
libraries are turned into one of these at the door where the library is called, chained with ``from``.

A message is English. What people meet on the review page, where not everybody reads that, is given as ``Both``.
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

from netra.both import Both, Language, both


class NetraError(Exception):
    """Base of every error that netra raises on purpose; its text is meant for the user.

    Args:
        texts: what is wrong and what to do, in English or in both languages; each a line.
    """

    exit_code = 1

    def __init__(self, *texts: str | Both) -> None:
        lines = [both(text) for text in texts]
        self.text = Both("\n".join(line.id for line in lines), "\n".join(line.en for line in lines))
        super().__init__(*(line.en for line in lines))

    def said(self, language: Language) -> str:
        """The text in a language; in English where there is no other."""
        return self.text.said(language)


class UsageError(NetraError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class ConfigError(UsageError):
    """An election file or a rulebook has mistakes; ``problems`` holds one line for each, in file order."""

    def __init__(self, problems: Sequence[str | Both]) -> None:
        if not problems:
            raise ValueError("a ConfigError needs at least one problem, got none")
        lines = [both(problem) for problem in problems]
        self.problems = tuple(line.en for line in lines)
        super().__init__(Both("\n".join(line.id for line in lines), "\n".join(self.problems)))


class ModelError(NetraError):
    """A model file is missing, damaged or not the one that netra was tested with."""


class OutputError(NetraError):
    """A result cannot be written where it was asked for."""


class DatabaseErrorKind(StrEnum):
    """Why a case database cannot be used."""

    MISSING = "missing"
    NOT_A_DATABASE = "not-a-database"
    FOREIGN = "foreign"
    NEWER = "newer"
    NETWORK_DRIVE = "network-drive"
    NO_DRIVER = "no-driver"
    LOCKED = "locked"
    RUNNING = "running"
    DAMAGED = "damaged"
    READ_ONLY = "read-only"
    FULL = "full"
    UNREACHABLE = "unreachable"
    FAILED = "failed"


_WRONG_DATABASE: Final = frozenset(list(DatabaseErrorKind)[:6])


class DatabaseError(NetraError):
    """A case database cannot be used; nothing of what it held is lost by that.

    ``kind`` says why in one word. Where another database or installation has to be named, the exit code is 2.
    """

    def __init__(self, kind: DatabaseErrorKind, message: str | Both) -> None:
        self.kind = kind
        self.exit_code = 2 if kind in _WRONG_DATABASE else 1
        super().__init__(message)


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

    def __init__(self, kind: PhotoErrorKind, message: str | Both) -> None:
        self.kind = kind
        super().__init__(message)

    def __reduce__(self) -> tuple[type["PhotoError"], tuple[PhotoErrorKind, Both]]:
        return type(self), (self.kind, self.text)  # workers send it to the parent process
