"""Reads a photo's bytes from the disk, once and safely, and shows file names safely. No decoder is needed for it."""

import errno
import io
import os
import re
import stat
import unicodedata

from netra.errors import PhotoError, PhotoErrorKind

# Not every platform has each of them. O_NONBLOCK: a pipe that takes the file's place between the two checks must not
# hold the scan up. O_NOFOLLOW: nor may a link lead it elsewhere.
_FLAGS = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY"):
    _FLAGS |= getattr(os, _flag, 0)
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ESTALE}
_LINKED = {errno.ELOOP, errno.EMLINK}  # what O_NOFOLLOW answers: Linux and macOS, FreeBSD
_DENIED = {errno.EACCES, errno.EPERM}
# Joiners are part of emoji and of some scripts; every other format character only misleads a reader.
_JOINERS = "\u200c\u200d"
_SURROGATE = re.compile("[\ud800-\udfff]")


def read_file(path: str, max_bytes: int) -> bytes:
    """The bytes of a regular file, read once.

    Args:
        path: as the operating system gave it; undecodable bytes as surrogate escapes.
        max_bytes: the most that is read; a larger file, or one that grows past it meanwhile, is refused.

    Raises:
        PhotoError: LINK, NOT_A_FILE, VANISHED, NOT_READABLE, EMPTY or TOO_MANY_BYTES.
    """
    with open_file(path) as file:
        try:
            size = os.fstat(file.fileno()).st_size
            check_size(path, size, max_bytes)
            parts = []
            left = max_bytes + 1
            # A byte more than the size tells a file that has grown; an empty answer is the end of the file.
            while left > 0 and (part := file.read(min(left, size + 1))):
                parts.append(part)
                left -= len(part)
        except OSError as error:
            raise from_os_error(path, error) from error
    data = b"".join(parts)
    check_size(path, len(data), max_bytes)
    return data


def open_file(path: str) -> io.FileIO:
    """A regular file, opened for reading without a buffer; links, folders, pipes, sockets and devices are refused.

    Raises:
        PhotoError: LINK, NOT_A_FILE, VANISHED or NOT_READABLE.
    """
    try:
        # Before opening: to open a pipe would wait for its writer, and a device may act on being opened.
        check_kind(path, os.lstat(path).st_mode)
        descriptor = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        raise from_os_error(path, error) from error
    file = io.FileIO(descriptor, "rb")
    try:
        check_kind(path, os.fstat(descriptor).st_mode)
    except PhotoError:
        file.close()
        raise
    return file


def check_size(name: str, size: int, max_bytes: int) -> None:
    """Refuses a file that is empty or too large.

    Raises:
        PhotoError: EMPTY or TOO_MANY_BYTES.
    """
    if size == 0:
        raise refusal(PhotoErrorKind.EMPTY, name, "the file is empty", "Copy it again from where it came from")
    if size > max_bytes:
        found, most = f"{size / 2**20:,.1f} MiB", f"{max_bytes / 2**20:,.1f} MiB"
        what = f"the file has {found}, expected at most {most}"
        raise refusal(PhotoErrorKind.TOO_MANY_BYTES, name, what, "Save it smaller, or raise the limit")


def refusal(kind: PhotoErrorKind, name: str, what: str, advice: str) -> PhotoError:
    """The error for one photo, in the one form that all of them have: name, what was wrong, what to do next."""
    return PhotoError(kind, f"{printable(name)}: {what}. {advice}.")


def too_little_memory(name: str) -> PhotoError:
    """The error for a photo that would fit if the computer had more memory to spare."""
    what = "this computer has too little free memory for it"
    return refusal(PhotoErrorKind.TOO_LITTLE_MEMORY, name, what, "Close other programs, or use fewer workers")


def check_kind(path: str, mode: int) -> None:
    """Refuses what is no regular file, by the mode that ``lstat`` gave.

    Raises:
        PhotoError: LINK or NOT_A_FILE.
    """
    if stat.S_ISLNK(mode):
        what = "a link, which netra does not follow"
        raise refusal(PhotoErrorKind.LINK, path, what, "Name the file or folder it leads to")
    if not stat.S_ISREG(mode):
        kinds = {stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket"}
        what = f"{kinds.get(stat.S_IFMT(mode), 'a device')}, expected a file"
        raise refusal(PhotoErrorKind.NOT_A_FILE, path, what, "Name a photo")


def from_os_error(path: str, error: OSError | ValueError) -> PhotoError:
    """The error for a file or folder that the operating system refused."""
    code = error.errno if isinstance(error, OSError) else errno.ENOENT  # ValueError: a NUL, which no name can hold
    if code in _GONE:
        what, advice = "it is not there any more", "If it was moved or renamed, scan again"
        return refusal(PhotoErrorKind.VANISHED, path, what, advice)
    if code in _LINKED:
        what = "a link, which netra does not follow"
        return refusal(PhotoErrorKind.LINK, path, what, "Name the file it leads to")
    if code == errno.ENXIO:
        return refusal(PhotoErrorKind.NOT_A_FILE, path, "a socket or a device, expected a file", "Name a photo")
    if code in _DENIED:
        what, advice = "no permission to read it", "Ask its owner, or copy it to a folder of yours"
        return refusal(PhotoErrorKind.NOT_READABLE, path, what, advice)
    what = f"it cannot be read ({error.strerror if isinstance(error, OSError) else error})"
    return refusal(PhotoErrorKind.NOT_READABLE, path, what, "Check the disk or the connection to it")


def printable(text: str) -> str:
    r"""A name for a terminal or a message: control characters, line breaks and bidi overrides shown as escapes.

    What is shown cannot move the cursor, forge a second line or turn the reading order round: ``a\nb`` for a name
    with a line break, ``\u202e`` for a right-to-left override. Emoji, also joined ones, and letters of all scripts
    stay. A library that reads its own markup in text (rich) still needs its own escaping.
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, valid_text(text)))


def valid_text(text: str) -> str:
    r"""A name as valid Unicode, for JSON and databases: undecodable bytes of a file name become ``\xff``.

    Line breaks and control characters stay, since JSON has its own escapes for them. It is for showing and keeping;
    two names that differ only in such bytes and in written-out escapes look alike, so files are never opened by it.
    """
    return _SURROGATE.sub(_escaped_surrogate, text)


def _escaped_surrogate(match: re.Match[str]) -> str:
    code = ord(match[0])
    # PEP 383: the byte 0xHH of an undecodable name is the surrogate U+DCHH.
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def _shown(character: str) -> str:
    if character in _JOINERS or unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"}:
        return character
    return character.encode("unicode_escape").decode("ascii")
