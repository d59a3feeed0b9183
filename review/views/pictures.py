"""Pictures of the pages that show them. Each needs the ticket that such a page gave to this session.

A picture that cannot be had is answered by one that says so (404): an empty place on a page could be taken for nothing
to see. It says why in general words; the file's name is no part of them, since a first look must not show it.
"""

import re
import textwrap
from collections.abc import Iterator
from html import escape
from typing import Final

from starlette.responses import Response

from casework.roles import Role
from netra.errors import PhotoError, PhotoErrorKind
from review.language import marked, say
from review.page import Page
from review.pictures import CROP, PHOTO, REFERENCE, REFERENCE_SIDE, crop_of, photo_of, reference_name, reference_of
from review.visit import MissingPageError, RefusedError, Visit

LOOKERS: Final = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})

_DIGITS: Final = re.compile("[0-9a-f]{64}")
_LINE: Final = 34  # letters that fit into the square

GONE: Final = marked("Berkas asli foto ini tidak ada lagi di tempatnya, atau isinya sudah lain.")
NOT_OPENED: Final = marked("Berkas asli foto ini tidak dapat dibuka.")
NOT_READ: Final = marked("Berkas asli foto ini tidak dapat dibaca sebagai foto.")
NO_MEMORY: Final = marked("Memori komputer tidak cukup untuk foto ini. Tutup program lain, lalu muat ulang.")
NO_REFERENCE: Final = marked("Foto rujukan ini tidak ada atau tidak terbaca di komputer ini.")
WHAT_TO_DO: Final = marked("Beri tahu penyelia. Jangan memutuskan tanpa melihat foto.")
NO_TICKET: Final = marked("Gambar ini hanya tampil di halaman yang memuatnya. Muat ulang halaman itu.")

_WHY: Final = {
    PhotoErrorKind.VANISHED: GONE,
    PhotoErrorKind.NOT_READABLE: NOT_OPENED,
    PhotoErrorKind.LINK: NOT_OPENED,
    PhotoErrorKind.NOT_A_FILE: NOT_OPENED,
    PhotoErrorKind.TOO_LITTLE_MEMORY: NO_MEMORY,
}


def photo(visit: Visit) -> Response:
    """A whole photo."""
    digits, longest = _digits(visit), visit.query.get("p", "")
    _admit(visit, photo_of(digits, longest))
    try:
        return _jpeg(visit.office.pictures.photo(f"sha256:{digits}", int(longest)))
    except PhotoError as error:
        return _instead(visit, _WHY.get(error.kind, NOT_READ))


def crop(visit: Visit) -> Response:
    """A square around a face or a hand."""
    digits = _digits(visit)
    box, around, side = (visit.query.get(name, "") for name in ("k", "a", "p"))
    _admit(visit, crop_of(digits, box, around, side))
    numbers = [float(value) for value in box.split(",")]
    try:
        return _jpeg(visit.office.pictures.crop(f"sha256:{digits}", numbers, float(around), int(side)))
    except PhotoError as error:
        return _instead(visit, _WHY.get(error.kind, NOT_READ))


def reference(visit: Visit) -> Response:
    """A candidate's reference photo."""
    election, name = visit.query.get("pemilihan", ""), reference_name(visit.query.get("kode", ""))
    _admit(visit, reference_of(election, name))
    for jpeg in visit.office.pictures.reference(election, name, REFERENCE_SIDE):
        return _jpeg(jpeg)
    return _instead(visit, NO_REFERENCE)


def _digits(visit: Visit) -> str:
    digits = str(visit.params["digits"])
    if not _DIGITS.fullmatch(digits):
        raise MissingPageError
    return digits


def _admit(visit: Visit, what: str) -> None:
    """What passes was written by ``review.pictures``, to the letter.

    Raises:
        RefusedError: no page has shown this to this session.
    """
    if not visit.has_ticket(what):
        raise RefusedError(NO_TICKET)


def _jpeg(data: bytes) -> Response:
    return Response(data, media_type="image/jpeg")


def _instead(visit: Visit, why: str) -> Response:
    """A picture with words; a browser shows it in the place of the one that it asked for."""
    sentences = [say(visit.language, text) for text in (why, WHAT_TO_DO)]
    lines = list(_lines(sentences))
    top = 240 - 17 * len(lines)
    rows = "".join(f'<text x="240" y="{top + 34 * row}">{escape(line)}</text>' for row, line in enumerate(lines, 1))
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 480" width="480" height="480" role="img" '
        f'aria-label="{escape(" ".join(sentences))}">'
        '<rect x="4" y="4" width="472" height="472" fill="#fdf1dc" stroke="#7a4b00" stroke-width="8" '
        'stroke-dasharray="24 12"/>'
        f'<g font-family="sans-serif" font-size="25" text-anchor="middle" fill="#7a4b00">{rows}</g></svg>'
    )
    return Response(picture, 404, media_type="image/svg+xml")


def _lines(sentences: list[str]) -> Iterator[str]:
    for sentence in sentences:
        yield from textwrap.wrap(sentence, _LINE)
        yield ""


PAGES: Final = (
    Page("GET", f"{PHOTO}/{{digits}}", photo, LOOKERS),
    Page("GET", f"{CROP}/{{digits}}", crop, LOOKERS),
    Page("GET", REFERENCE, reference),
)
