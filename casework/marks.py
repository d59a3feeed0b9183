"""What people saw in a photo that netra did not: a face, a hand, or that a face is a picture of somebody.

A mark belongs to whoever made it and is only ever taken back, never changed. It is no finding and changes none: the
machine's words stay the machine's. Others see it when nobody has to look at the photo any more.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, Row, func, insert, select, update

from casework.access import Log, finding_subject
from casework.audit import Action
from casework.evidence_parts import Box
from casework.tables import elections, findings, marks, photos
from casework.told import listed, table_of, text
from netra.both import Both
from netra.errors import UsageError
from netra.symbols import SYMBOLS

OTHER_SYMBOL: Final = "other"
"""A hand shows a sign that netra has no word for."""

LEAST_SIDE: Final = 4.0
"""Pixels of the full photo: less is a slip of the hand, and no face."""

LONGEST_NOTE: Final = 1000
MOST_MARKS: Final = 40
"""Of one reviewer in one photo."""

_ROUNDING: Final = 0.11  # x and width are each rounded to tenths


class MarkKind(StrEnum):
    """What somebody saw."""

    FACE = "face"
    HAND = "hand"
    DEPICTION = "depiction"


class MarkRefusal(StrEnum):
    """Why a mark is not taken."""

    NO_FINDING = "no-finding"
    NO_BOX = "no-box"
    TOO_SMALL = "too-small"
    OUTSIDE = "outside"
    NO_CANDIDATE = "no-candidate"
    NO_SYMBOL = "no-symbol"
    LONG_NOTE = "long-note"
    TOO_MANY = "too-many"
    NOT_YOURS = "not-yours"
    GONE = "gone"


SENTENCES: Final[Mapping[MarkRefusal, Both]] = MappingProxyType(
    {
        MarkRefusal.NO_FINDING: Both("Temuan ini tidak ada.", "There is no such finding."),
        MarkRefusal.NO_BOX: Both(
            "Gambar kotaknya dulu: kiri, atas, lebar, dan tinggi dalam piksel.",
            "Draw the box first: left, top, width and height in pixels.",
        ),
        MarkRefusal.TOO_SMALL: Both(
            "Kotak itu terlalu kecil; gambar lebih besar.", "The box is too small; draw it larger."
        ),
        MarkRefusal.OUTSIDE: Both(
            "Kotak itu keluar dari foto; gambar di dalam foto.",
            "The box reaches out of the photo; draw it inside the photo.",
        ),
        MarkRefusal.NO_CANDIDATE: Both(
            "Pilih calon dari daftar, atau kosongkan.", "Choose a candidate from the list, or leave it empty."
        ),
        MarkRefusal.NO_SYMBOL: Both(
            "Pilih simbol dari daftar, atau kosongkan.", "Choose a symbol from the list, or leave it empty."
        ),
        MarkRefusal.LONG_NOTE: Both(
            "Catatan itu terlalu panjang; tulis lebih pendek.", "The note is too long; write it shorter."
        ),
        MarkRefusal.TOO_MANY: Both(
            "Anda sudah membuat terlalu banyak tanda di foto ini; hapus salah satu dulu.",
            "You have made too many marks in this photo; remove one of them first.",
        ),
        MarkRefusal.NOT_YOURS: Both(
            "Tanda ini tidak ada, atau bukan milik Anda.", "There is no such mark, or it is not yours."
        ),
        MarkRefusal.GONE: Both("Tanda ini sudah dihapus.", "This mark has been removed already."),
    }
)


class MarkError(UsageError):
    """A mark is refused; the message is the sentence.

    Attributes:
        refusal: why.
    """

    def __init__(self, refusal: MarkRefusal) -> None:
        super().__init__(SENTENCES[refusal])
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Mark:
    """What somebody saw.

    Attributes:
        id: its number.
        photo_id, finding_id: of which photo, and on which finding's page; 0 where that page is of none any more.
        kind: what.
        box: where, ``(x, y, width, height)`` in pixels of the full upright photo.
        candidate: whose face, or whom a depiction shows; empty for somebody else, or where it cannot be told.
        symbol: of a hand: a label of ``netra.symbols``, ``other``, or empty where it cannot be told.
        note: in their words.
        made_by, made_at: who and when.
        removed_at: when they took it back, or empty.
    """

    id: int
    photo_id: int
    finding_id: int
    kind: MarkKind
    box: Box
    candidate: str
    symbol: str
    note: str
    made_by: str
    made_at: str
    removed_at: str = ""


@dataclass(frozen=True, slots=True)
class NewMark:
    """What somebody says they see.

    Attributes:
        kind: what.
        box: where, ``[x, y, width, height]`` in pixels of the full upright photo.
        candidate: of a face or a depiction, or empty.
        symbol: of a hand, or empty.
        note: in their words, at most ``LONGEST_NOTE`` letters.
    """

    kind: MarkKind
    box: Sequence[float]
    candidate: str = ""
    symbol: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.kind is MarkKind.HAND and self.candidate:
            raise ValueError("candidate: expected none of a hand, which is marked with its symbol")
        if self.kind is not MarkKind.HAND and self.symbol:
            raise ValueError(f"symbol: expected none of a {self.kind}, only a hand has one")


def add_mark(connection: Connection, log: Log, finding_id: int, new: NewMark, made_by: str, now: str) -> Mark:
    """Write down what somebody saw, with an entry of the log that has no text of theirs.

    Args:
        connection: may write.
        log: of the same transaction.
        finding_id: on whose page they saw it.
        new: what they say.
        made_by: who.
        now: when.

    Raises:
        MarkError: there is no such finding, the box is not inside the photo or too small, there is no such candidate
            or symbol, the note is too long, or they made ``MOST_MARKS`` already.
        ValueError: nobody makes it.
    """
    query = (
        select(findings.c.photo_id, photos.c.width, photos.c.height, elections.c.about)
        .join(photos, photos.c.id == findings.c.photo_id)
        .join(elections, elections.c.id == findings.c.election_id)
        .where(findings.c.id == finding_id)
    )
    row = connection.execute(query).first()
    if row is None:
        raise MarkError(MarkRefusal.NO_FINDING)
    if not made_by.strip():
        raise ValueError("made_by: expected who marks, got an empty name")
    inside = _inside(new.box, row.width, row.height)
    _check_words(new, row.about)
    if len(new.note) > LONGEST_NOTE:
        raise MarkError(MarkRefusal.LONG_NOTE)
    mine = (marks.c.photo_id == row.photo_id, marks.c.made_by == made_by, marks.c.removed_at == "")
    if connection.execute(select(func.count()).select_from(marks).where(*mine)).scalar_one() >= MOST_MARKS:
        raise MarkError(MarkRefusal.TOO_MANY)
    values = {
        "photo_id": row.photo_id,
        "finding_id": finding_id,
        "kind": new.kind.value,
        "box": json.dumps(list(inside)),
        "candidate": new.candidate,
        "symbol": new.symbol,
        "note": new.note.strip(),
        "made_by": made_by,
        "made_at": now,
    }
    made = connection.execute(insert(marks).values(values).returning(marks)).one()
    detail = {"mark": made.id, "kind": new.kind.value, "candidate": new.candidate, "symbol": new.symbol}
    log.append(made_by, Action.MARK_ADD, finding_subject(finding_id), "", detail)
    return _mark(made)


def remove_mark(connection: Connection, log: Log, mark_id: int, made_by: str, now: str) -> Mark:
    """Take a mark back; the row stays and says when.

    Raises:
        MarkError: there is no such mark, it is somebody else's, or it was taken back already.
    """
    row = connection.execute(select(marks).where(marks.c.id == mark_id)).first()
    if row is None or row.made_by != made_by:  # whether there is one of somebody else's is not told
        raise MarkError(MarkRefusal.NOT_YOURS)
    if row.removed_at:
        raise MarkError(MarkRefusal.GONE)
    left = connection.execute(update(marks).where(marks.c.id == mark_id).values(removed_at=now).returning(marks)).one()
    subject = finding_subject(row.finding_id) if row.finding_id else ""
    log.append(made_by, Action.MARK_REMOVE, subject, "", {"mark": mark_id})
    return _mark(left)


def marks_of(connection: Connection, finding_id: int) -> tuple[Mark, ...]:
    """Everybody's marks in a finding's photo that were not taken back, in their order.

    For those who may see what others said; ``visible_marks`` is for reviewers.
    """
    photo = select(findings.c.photo_id).where(findings.c.id == finding_id).scalar_subquery()
    query = select(marks).where(marks.c.photo_id == photo, marks.c.removed_at == "").order_by(marks.c.id)
    return tuple(_mark(row) for row in connection.execute(query))


def visible_marks(connection: Connection, finding_id: int, reviewer: str) -> tuple[Mark, ...]:
    """The marks that a reviewer may see: their own; others' once their own decision stands and nobody has to look.

    A mark made on the page of another finding of the same photo waits for that one in the same way.
    """
    every = marks_of(connection, finding_id)
    numbers = sorted({finding_id, *(one.finding_id for one in every if one.finding_id)})
    query = select(findings).where(findings.c.id.in_(numbers))
    over = {row.id for row in connection.execute(query) if _is_over(row, reviewer)}
    return tuple(one for one in every if one.made_by == reviewer or {finding_id, one.finding_id or finding_id} <= over)


def _is_over(row: Row[Any], reviewer: str) -> bool:
    """As ``casework.reviewing.visible_decisions`` has it."""
    return not row.wants_second and reviewer in (row.first_reviewer, row.second_reviewer, row.third_reviewer)


def _inside(box: Sequence[float], width: int, height: int) -> Box:
    """The box, rounded to tenths of a pixel.

    Raises:
        MarkError: it is none, too small, or not inside the photo.
    """
    if len(box) != 4 or not all(math.isfinite(value) for value in box):
        raise MarkError(MarkRefusal.NO_BOX)
    x, y, wide, high = (round(float(value), 1) for value in box)
    if min(wide, high) < LEAST_SIDE:
        raise MarkError(MarkRefusal.TOO_SMALL)
    if min(x, y) < 0 or x + wide > width + _ROUNDING or y + high > height + _ROUNDING:
        raise MarkError(MarkRefusal.OUTSIDE)
    return x, y, wide, high


def _check_words(new: NewMark, about: str) -> None:
    if new.symbol and new.symbol != OTHER_SYMBOL and new.symbol not in SYMBOLS:
        raise MarkError(MarkRefusal.NO_SYMBOL)
    told = table_of(about)
    everybody = [*listed(told, "candidates"), *(one for ticket in listed(told, "tickets") for one in _on(ticket))]
    if new.candidate and new.candidate not in {text(one, "id") for one in everybody if isinstance(one, dict)}:
        raise MarkError(MarkRefusal.NO_CANDIDATE)


def _on(ticket: Any) -> Sequence[Any]:
    return listed(ticket, "candidates") if isinstance(ticket, dict) else ()


def _mark(row: Row[Any]) -> Mark:
    x, y, width, height = (float(value) for value in json.loads(row.box))
    return Mark(
        row.id,
        row.photo_id,
        row.finding_id or 0,
        MarkKind(row.kind),
        (x, y, width, height),
        row.candidate,
        row.symbol,
        row.note,
        row.made_by,
        row.made_at,
        row.removed_at,
    )
