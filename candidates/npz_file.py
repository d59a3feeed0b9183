"""``.npz`` files of netra's own: written whole or not at all, and read as something that anybody may have damaged."""

import lzma
import os
import secrets
import tokenize
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

MOST_BYTES: Final = 64 * 2**20
"""Unpacked. A population of dlib's 128 numbers takes 0.2 MB, one of a model with 2,048 numbers 34 MB."""

DAMAGED: Final = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    RuntimeError,  # and with it NotImplementedError, RecursionError
    SyntaxError,
    TypeError,
    ValueError,
    lzma.LZMAError,
    tokenize.TokenError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What a file that was cut off, altered or made by something else raises on its way through zipfile and numpy, or when
its content is put together again; besides OSError, which is the disk's too."""


def read_npz(path: Path) -> dict[str, NDArray[Any]]:
    """All arrays of a file; nothing in it is run.

    Raises:
        OSError: it cannot be read.
        DAMAGED: it is no such file, or larger than MOST_BYTES.
    """
    with path.open("rb") as file:
        return unpacked_npz(file)


def unpacked_npz(file: BinaryIO) -> dict[str, NDArray[Any]]:
    """All arrays of an open file, or of one in memory; nothing in it is run.

    Raises:
        OSError: it cannot be read.
        DAMAGED: it is no such file, or larger than MOST_BYTES.
    """
    with zipfile.ZipFile(file) as archive:
        if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
            raise ValueError(f"expected at most {MOST_BYTES} bytes unpacked")
    file.seek(0)
    with np.load(file, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def write_npz(path: Path, arrays: Mapping[str, NDArray[Any]], mode: int) -> None:
    """Write a file, or replace one; half a file never has its name.

    Args:
        path: of the file.
        arrays: by name.
        mode: who may do what with it, for example 0o666, less what the umask takes away.

    Raises:
        OSError: the system refuses.
    """
    unfinished = path.with_name(f".netra-{secrets.token_hex(8)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(unfinished, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.savez_compressed(file, **arrays)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)  # gone already where it took the file's name
