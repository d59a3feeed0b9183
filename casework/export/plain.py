"""Text from photos, manifests and people, made harmless for paper, tables and sidecars.

A file name may hold line breaks, signs that turn the direction of writing, or a formula that a spreadsheet would run.
JSON files of an export keep every text as it is; what is made here is for eyes.
"""

import unicodedata
from typing import Final

CUT: Final = " … [dipotong; lengkapnya dalam berkas data]"

_FORMULA: Final = (*"=+-@\t\r\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection"); full-width = + - @ too."""


def one_line(text: str, longest: int = 0) -> str:
    """A text as one line without invisible signs.

    Args:
        text: anything.
        longest: so many letters are kept, and it is said that there were more; 0 keeps all.
    """
    kept = "".join(
        " " if (kind := unicodedata.category(letter)) in ("Cc", "Zl", "Zp", "Zs")
        else "" if kind in ("Cf", "Cs", "Co", "Cn") else letter
        for letter in unicodedata.normalize("NFC", text)
    )  # fmt: skip
    line = " ".join(kept.split())
    return line if not longest or len(line) <= longest else line[:longest].rstrip() + CUT


def cell(value: object) -> str:
    """A value as a cell of a table: one line, never a formula; numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, int | float):
        return str(value)
    raw = str(value)
    line = one_line(raw)
    return f"'{line}" if raw.startswith(_FORMULA) or line.startswith(_FORMULA) else line
