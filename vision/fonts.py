"""The font of annotated pictures, and text made fit for it.

DejaVu Sans covers Latin with every diacritic, Greek, Cyrillic, Arabic and more; it comes with matplotlib, which
mediapipe brings along. Where it is missing, Pillow's own font serves: it is nearly plain ASCII, so letters it lacks
are shown without their accents.
"""

import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from PIL import ImageFont

DEJAVU_SANS = Path("mpl-data/fonts/ttf/DejaVuSans.ttf")  # inside the matplotlib package
Font = ImageFont.FreeTypeFont

# A code point that Unicode keeps for private use: no text font draws it, so its glyph is the "missing" box.
_NO_CHARACTER = "\U0010fffd"


@lru_cache(maxsize=1)
def font_file() -> tuple[Path, ...]:
    """DejaVu Sans on this machine, or nothing; matplotlib itself is not imported."""
    spec = find_spec("matplotlib")
    places = spec.submodule_search_locations if spec is not None else None
    return tuple(path for place in places or () if (path := Path(place) / DEJAVU_SANS).is_file())[:1]


@lru_cache(maxsize=32)
def font(size: int) -> Font:
    """The font with letters ``size`` pixels high; a line of it takes about 1.2 times that."""
    files = font_file()
    if files:
        return ImageFont.truetype(str(files[0]), size)
    # Asked for a size, Pillow answers with a FreeType font; only without one does it use its old bitmap font.
    return cast("Font", ImageFont.load_default(size))


@lru_cache(maxsize=4096)
def _lacks(chosen: Font, character: str) -> bool:
    return bytes(chosen.getmask(character)) == bytes(chosen.getmask(_NO_CHARACTER))


def _letter(chosen: Font, character: str) -> str:
    if character.isascii() or not _lacks(chosen, character):
        return character
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return plain if plain and not any(_lacks(chosen, c) for c in plain if not c.isascii()) else character


def shown(text: str, chosen: Font) -> str:
    """``text`` as one line that ``chosen`` can draw.

    White space and control characters become single spaces. Invisible ones are dropped, among them those that turn
    the direction of writing, which could make a name read as another. A letter that the font lacks loses its accent,
    or stays as the font's box for a missing letter.
    """
    kept = "".join(
        " " if (kind := unicodedata.category(c)) in ("Cc", "Zl", "Zp", "Zs") else "" if kind in ("Cf", "Cs") else c
        for c in unicodedata.normalize("NFC", text)
    )
    return "".join(_letter(chosen, c) for c in " ".join(kept.split()))


def cut(text: str, chosen: Font, width: float) -> str:
    """``text``, or as much of its beginning as fits into ``width`` pixels with an ellipsis behind it.

    Where not even the ellipsis fits, the result is empty.
    """
    if chosen.getlength(text) <= width:
        return text
    for end in range(len(text) - 1, -1, -1):
        shorter = text[:end].rstrip() + "…"
        if chosen.getlength(shorter) <= width:
            return shorter
    return ""


def wrapped(text: str, chosen: Font, width: float) -> tuple[str, ...]:
    """``text`` in lines of at most ``width`` pixels, broken at spaces, and inside a word only if it is longer.

    No letter is lost: a line holds one letter at least, however narrow ``width`` is.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if chosen.getlength(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        line = word
        while chosen.getlength(line) > width and len(line) > 1:
            fits = next((n for n in range(len(line) - 1, 1, -1) if chosen.getlength(line[:n]) <= width), 1)
            lines.append(line[:fits])
            line = line[fits:]
    return (*lines, line) if line else tuple(lines)
