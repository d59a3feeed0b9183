"""Addresses of pictures on a page. Each carries a ticket that only the session it was made for can use.

A page that shows faces writes one entry of the log (``log_faces``) before it hands out tickets, so that nobody fetches
a face that the log does not know of: without a ticket of a logged page no picture is given, to nobody.

    with visit.office.database.begin() as connection:
        log_faces(visit, connection, finding_subject(finding))
    ...
    photo_source(visit, evidence.sha256)
"""

from base64 import b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, Final

from casework.audit import Action
from review.render import address
from review.visit import Visit

PHOTO, CROP, REFERENCE = "/gambar/foto", "/gambar/potongan", "/gambar/rujukan"

PHOTO_SIDE: Final = 4000
"""Pixels of a photo's longer side at most: all that there is of 12 megapixels, for looking closely."""

FACE_SIDE: Final = 480
HAND_SIDE: Final = 480
REFERENCE_SIDE: Final = 480
"""Pixels of a square crop, for ``width`` and ``height`` of its ``img``."""

FACE_AROUND: Final = 0.6
HAND_AROUND: Final = 0.45
"""How much a crop shows around a box on each side: shares of the box's longer side."""

_LEAST_SIDE: Final = 1.0  # pixels: boxes are rounded in records


def log_faces(visit: Visit, connection: Any, subject: str, **detail: object) -> None:
    """Write down that somebody is shown faces: one entry a page.

    Args:
        visit: who.
        connection: may write.
        subject: of what, as ``casework.access`` names things.
        detail: plain values, for example ``look=12``.
    """
    visit.office.log_of(connection).append(visit.actor, Action.FACE_VIEW, subject, "", detail)


def photo_source(visit: Visit, sha256: str) -> str:
    """The whole photo, ``PHOTO_SIDE`` pixels at most.

    Args:
        visit: who fetches it.
        sha256: ``sha256:`` and hex digits.
    """
    path = f"{PHOTO}/{_digits(sha256)}"
    return address(path, p=PHOTO_SIDE, t=visit.ticket(photo_of(sha256, str(PHOTO_SIDE))))


def face_source(visit: Visit, sha256: str, box: Sequence[float]) -> str:
    """A square of ``FACE_SIDE`` pixels around a face.

    Args:
        visit: who fetches it.
        sha256: of the photo.
        box: ``[x, y, width, height]``, pixels of the full upright photo.
    """
    return _crop_source(visit, sha256, box, FACE_AROUND, FACE_SIDE)


def hand_source(visit: Visit, sha256: str, box: Sequence[float]) -> str:
    """A square of ``HAND_SIDE`` pixels around a hand; see ``face_source``."""
    return _crop_source(visit, sha256, box, HAND_AROUND, HAND_SIDE)


def reference_source(visit: Visit, election_id: str, name: str) -> str:
    """A square of ``REFERENCE_SIDE`` pixels of a candidate's reference photo, by the election file's name of it.

    The name often is the candidate's, and a browser shows an address where the pointer rests; so it is not readable
    there. It is no secret: whoever wants to know can find out.
    """
    code = urlsafe_b64encode(name.encode()).decode()
    return address(REFERENCE, pemilihan=election_id, kode=code, t=visit.ticket(reference_of(election_id, name)))


def reference_name(code: str) -> str:
    """The name that ``reference_source`` put into an address; empty of what is none."""
    try:
        return b64decode(code.encode("ascii"), altchars=b"-_", validate=True).decode()
    except ValueError:
        return ""


def photo_of(sha256: str, longest: str) -> str:
    """What the ticket of a whole photo is for; values as they stand in the address."""
    return f"photo {_digits(sha256)} {longest}"


def crop_of(sha256: str, box: str, around: str, side: str) -> str:
    """What the ticket of a crop is for; values as they stand in the address."""
    return f"crop {_digits(sha256)} {box} {around} {side}"


def reference_of(election_id: str, name: str) -> str:
    """What the ticket of a reference photo is for."""
    return f"reference {election_id}\0{name}"


def _crop_source(visit: Visit, sha256: str, box: Sequence[float], around: float, side: int) -> str:
    x, y, width, height = box
    where = ",".join(f"{value:.1f}" for value in (x, y, max(width, _LEAST_SIDE), max(height, _LEAST_SIDE)))
    ticket = visit.ticket(crop_of(sha256, where, str(around), str(side)))
    return address(f"{CROP}/{_digits(sha256)}", k=where, a=around, p=side, t=ticket)


def _digits(sha256: str) -> str:
    return sha256.removeprefix("sha256:")
