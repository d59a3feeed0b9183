"""Names one more photo in an election file, and changes nothing else of it: comments and layout stay.

tomlkit writes the text, tomllib reads both texts again and has to find the one difference. The old file stays beside
the new one, and the new one takes its place in one step: whoever reads the file reads the old or the new, whole.
"""

import os
import secrets
import shutil
import tomllib
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from console import review_texts as texts
from netra.errors import OutputError

_MARK: Final = "\ufeff"  # Windows' Notepad writes it before UTF-8


def with_photo(text: str, candidate_id: str, name: str) -> str:
    """The text of an election file with one photo more.

    Args:
        text: of a file that ``load_election`` reads.
        candidate_id: whose photo.
        name: as the file is to call it.

    Raises:
        ValueError: nobody has this id, or the file is written in a way that cannot be changed without changing more.
    """
    mark = _MARK if text.startswith(_MARK) else ""
    plain = text.removeprefix(_MARK)
    before = tomllib.loads(plain)
    places = [
        (i, j)
        for i, ticket in enumerate(before["tickets"])
        for j, one in enumerate(ticket["candidates"])
        if one["id"].strip() == candidate_id
    ]
    if len(places) != 1:
        raise ValueError(f"candidate_id: expected one candidate {candidate_id!r}, got {len(places)}")
    i, j = places[0]
    try:
        document: Any = tomlkit.parse(plain)
        document["tickets"][i]["candidates"][j]["photos"].append(name)
        after = tomlkit.dumps(document)
        read = tomllib.loads(after)
    except (TOMLKitError, tomllib.TOMLDecodeError) as error:
        raise ValueError(f"expected a text that can be changed, got {error}") from error
    before["tickets"][i]["candidates"][j]["photos"].append(name)
    if read != before:
        raise ValueError("expected one photo more and nothing else, got another difference")
    return mark + after


def write_new(path: Path, data: bytes) -> bool:
    """Write a file that is not there yet, whole or not at all.

    Returns:
        Whether it was written; False where a file of the same bytes is there already.

    Raises:
        OutputError: another file is there, or it cannot be written.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")  # neither a folder nor a glob takes it in
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(part, path)  # unlike a rename it never replaces
        except FileExistsError:
            if path.read_bytes() == data:
                return False
            raise OutputError(texts.ANOTHER_FILE.filled(path=path)) from None
        except OSError:  # a disk without links
            with path.open("xb") as file:
                file.write(data)
    except OSError as error:
        raise OutputError(texts.NOT_WRITTEN.filled(path=path, reason=error.strerror or error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _settle(path.parent)
    return True


def replace_text(path: Path, data: bytes, at: datetime | None = None) -> Path:
    """Put a new text in the place of a file, in one step; a copy of the old one stays beside it.

    Args:
        path: of the file; not a link.
        data: its new bytes.
        at: the moment that the copy is named after; now where it is left out.

    Returns:
        Where the copy is.

    Raises:
        OutputError: it cannot be written; the file is as it was.
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    copy = path.with_name(f"{path.name}.{moment:%Y%m%dT%H%M%S.%fZ}.bak")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        write_new(copy, path.read_bytes())
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        raise OutputError(texts.NOT_REPLACED.filled(path=path, reason=error.strerror or error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    _settle(path.parent)
    return copy


def text_of(path: Path) -> tuple[bytes, str]:
    """Bytes of an election file that was read before, and their text.

    Raises:
        OutputError: it cannot be read any more.
    """
    try:
        data = path.read_bytes()
        return data, data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(texts.NOT_READ.filled(path=path, reason=error)) from error


def _settle(folder: Path) -> None:
    """Have the system write down the folder's names; not every system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
