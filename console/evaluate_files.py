"""The files that an evaluation writes: looked at before minutes of work, written after it."""

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from console import evaluate_texts as texts
from console.run import STDOUT
from console.sinks import check_different, check_new_file, open_new_file, writing_failed
from console.texts import WRITTEN
from console.voice import Voice
from netra.errors import OutputError

PICTURE_ENDING: Final = ".png"


def check_results(json: str, pictures: Sequence[str], overwrite: bool, voice: Voice) -> None:
    """See before minutes of work, rather than after, that the results can be written.

    Args:
        json: a file for figures, ``-`` for standard output, or empty.
        pictures: PNG files; an empty name is not written.
        overwrite: whether files that are there are replaced.
        voice: says what is wrong.

    Raises:
        OutputError: a file cannot be written, or is there already.
        UsageError: two results have one name.
    """
    for picture in filter(None, pictures):
        if not picture.lower().endswith(PICTURE_ENDING):
            raise OutputError(voice(texts.NOT_A_PNG_NAME, path=picture))
    files = [name for name in (json, *pictures) if name not in ("", STDOUT)]
    check_different(files, voice)
    for name in files:
        check_new_file(Path(name), overwrite, voice)


def write_results(results: Mapping[str, Callable[[], bytes]], overwrite: bool, voice: Voice, notes: Console) -> None:
    """Write what was asked for, and say where.

    Args:
        results: name -> what makes the bytes; an empty name is not written, ``-`` is standard output.
        overwrite: whether files that are there are replaced.
        voice: says what was written, or what is wrong.
        notes: where to say it.

    Raises:
        OutputError: a file cannot be written.
        ReaderGoneError: nobody reads standard output any more.
    """
    written = {name: make for name, make in results.items() if name}
    for name, make in written.items():
        _write(name, make(), overwrite, voice)
    for name in written:
        if name != STDOUT:
            notes.print(voice(WRITTEN, path=name), soft_wrap=True)


def _write(name: str, data: bytes, overwrite: bool, voice: Voice) -> None:
    try:
        if name == STDOUT:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        with open_new_file(Path(name), overwrite, voice) as stream:
            stream.write(data)
    except OSError as error:
        raise writing_failed(error, name, voice) from error
