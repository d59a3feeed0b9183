"""Notes that reviewers wrote about a photo that stays although the upload of somebody who is in them goes.

What somebody wrote is a fact of the examination, and their verdict with its reason stays; but whoever uploaded the
photo need no longer stand in it (UU 27/2022 articles 8 and 43). A program finds them by what is known of the
upload: the name and parts of it, id, agency, post and path. It does not find "the man on the left", so what is left is
shown to whoever deletes, to be read. The audit log keeps what it has: the handbook says not to write names there.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Table, select, update

from casework.redaction import Redaction
from casework.tables import decisions, findings, marks


@dataclass(frozen=True, slots=True)
class KeptNote:
    """A note that stays.

    Attributes:
        finding_id: about which finding; 0 where it is about a photo without one.
        author: who wrote it.
        text: what is left of it.
        redacted: something was taken out.
    """

    finding_id: int
    author: str
    text: str
    redacted: bool


def redact_notes(connection: Connection, photo_ids: Collection[int], words: Redaction) -> tuple[KeptNote, ...]:
    """Take an uploader out of the notes about photos; every note that there is about them, as it is now.

    Args:
        connection: may write.
        photo_ids: photos that stay.
        words: what is taken out of people's own words.
    """
    of_them = select(findings.c.id).where(findings.c.photo_id.in_(photo_ids))
    said = select(decisions.c.id, decisions.c.finding_id, decisions.c.reviewer.label("author"), decisions.c.note)
    seen = select(marks.c.id, marks.c.finding_id, marks.c.made_by.label("author"), marks.c.note)
    kept = []
    for table, query in (
        (decisions, said.where(decisions.c.finding_id.in_(of_them), decisions.c.note != "")),
        (marks, seen.where(marks.c.photo_id.in_(photo_ids), marks.c.note != "")),
    ):
        for row in connection.execute(query.order_by(table.c.id)).all():
            left = _left(connection, table, row.id, row.note, words)
            kept.append(KeptNote(row.finding_id or 0, row.author, left, left != row.note))
    return tuple(kept)


def _left(connection: Connection, table: Table, number: int, note: str, words: Redaction) -> str:
    left = words.text(note)
    if left != note:
        connection.execute(update(table).where(table.c.id == number).values(note=left))
    return left
