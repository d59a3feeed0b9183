"""What a file's name alone says: its place in a list, and whether to look into the file at all."""

import re

# What is certainly no photo. What is missing here only costs a look at its first bytes; pictures that netra cannot
# read (.tif, .heic, .psd, cameras' raw files) are not here, since somebody should hear of them.
_NO_PHOTOS = """
    txt md rtf log pdf doc docx odt xls xlsx ods ppt pptx odp csv tsv json jsonl xml toml yaml yml ini cfg conf
    html htm css js py ipynb sh bat exe dll msi apk iso db sqlite sqlite3 db-wal db-shm lnk url eml msg vcf ics
    mp4 mov avi mkv webm 3gp m4v mpg mpeg wmv flv mts m2ts mp3 wav m4a aac ogg opus flac amr ttf otf svg xmp aae
"""
_NO_PHOTO_SUFFIXES = frozenset(_NO_PHOTOS.split())
_ARCHIVE_SUFFIXES = frozenset({"zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "zst", "zipx"})
# Of systems, not of people. Names that begin with a dot are hidden everywhere but on Windows.
_SYSTEM_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin", "@eadir"})
_NUMBER = re.compile("([0-9]+)")


def is_hidden(name: str) -> bool:
    """A system's own file or folder, as ``.DS_Store``, ``._IMG_1.jpg``, ``Thumbs.db`` and ``__MACOSX`` are."""
    return (name.startswith(".") and name not in {".", ".."}) or name.casefold() in _SYSTEM_NAMES


def is_zip(name: str) -> bool:
    """An archive that can be looked into."""
    return _suffix(name) == "zip"


def is_archive(name: str) -> bool:
    """An archive of any kind."""
    return _suffix(name) in _ARCHIVE_SUFFIXES


def is_no_photo(name: str) -> bool:
    """A document, a film, a program: not worth opening. False for names that say nothing."""
    return _suffix(name) in _NO_PHOTO_SUFFIXES


def natural_order(name: str) -> tuple[list[tuple[str, int, str]], str, str]:
    """Sorts names as people do: without regard to case, numbers by their value, ``IMG_2.jpg`` before ``IMG_10.jpg``.

    No two names share a place, so the order never depends on how a file system lists them.
    """
    stem, dot, suffix = name.casefold().rpartition(".")
    words = _NUMBER.split(stem if dot else suffix)
    numbers = [number.lstrip("0") for number in (*words[1::2], "")]
    # Numbers are compared by their length first, so that they may be of any.
    key = [(word, len(number), number) for word, number in zip(words[::2], numbers, strict=True)]
    return key, suffix if dot else "", name


def _suffix(name: str) -> str:
    _, dot, suffix = name.casefold().rpartition(".")
    return suffix if dot else ""
