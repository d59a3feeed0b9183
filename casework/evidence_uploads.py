"""The files that hold a photo, with every day that is known of them and where it stands."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row, func, select

from casework.tables import photos, uploads
from casework.told import NOTHING_SAID, Both
from screening.time_notes import FLAWS, NOTES, SOURCES
from screening.upload_facts import Moment, TimeKind, TimeNote, UploadFacts

MOST_UPLOADS: Final = 50
"""Files of one content whose days are shown; the count of all is told beside them."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of when something happened.

    Attributes:
        kind: ``taken``, ``posted``, ``captured`` or ``known``.
        day: ``YYYY-MM-DD``, in the office's zone.
        at: ISO 8601 with its zone, where the time of day is known too.
        source: ``manifest``, ``exif`` or ``file-name``.
        source_text, note: in words; the note may be empty.
        weak: it is told and never decides.
        decides: this one counts.
        disputed: a firmer one says something else.
    """

    kind: str
    day: str
    at: str
    source: str
    source_text: Both
    note: Both = NOTHING_SAID
    weak: bool = False
    decides: bool = False
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class UnusableDate:
    """A date that stands somewhere and cannot be true: where, as written, and why not."""

    source_text: Both
    written: str
    why: Both


@dataclass(frozen=True, slots=True)
class UploadFound:
    """A file that holds the photo, or a copy of it.

    Attributes:
        id: of the upload.
        sha256: of its content.
        path: as it was named; anything may stand in it, as in all texts here.
        uploader_id, uploader_name, agency, platform, post_url: as in the list of uploads.
        camera, editor: what the file names.
        statements: every day that is known of it, by kind, the firmest first.
        unusable: dates that are not used.
        gone: the file was deleted at the end of its time of keeping.
        rests_on: the finding rests on days and uploader of this upload.
    """

    id: int
    sha256: str
    path: str
    uploader_id: str = ""
    uploader_name: str = ""
    agency: str = ""
    platform: str = ""
    post_url: str = ""
    camera: str = ""
    editor: str = ""
    statements: tuple[Statement, ...] = ()
    unusable: tuple[UnusableDate, ...] = ()
    gone: bool = False
    rests_on: bool = False


def uploads_of(connection: Connection, photo_id: int, rests_on: str = "") -> tuple[UploadFound, ...]:
    """Files that hold a photo, at most ``MOST_UPLOADS``: the one that a finding rests on first, then as they were met.

    Args:
        connection: to read.
        photo_id: of the photo.
        rests_on: the path that the finding names; without one it rests on the upload that was met first.
    """
    query = (
        select(uploads, photos.c.sha256)
        .join(photos, photos.c.id == uploads.c.photo_id)
        .where(uploads.c.photo_id == photo_id)
        .order_by(uploads.c.path != rests_on, uploads.c.id)
        .limit(MOST_UPLOADS)
    )
    rows = connection.execute(query).all()
    return tuple(_upload(row, rests_on in ("", row.path) and number == 0) for number, row in enumerate(rows))


def count_uploads(connection: Connection, photo_id: int) -> int:
    """How many files hold a photo."""
    query = select(func.count()).select_from(uploads).where(uploads.c.photo_id == photo_id)
    return int(connection.execute(query).scalar_one())


def _upload(row: Row[Any], rests_on: bool) -> UploadFound:
    facts = _facts(row.facts)
    return UploadFound(
        row.id,
        row.sha256,
        row.path,
        row.uploader_id or facts.uploader_id,
        row.uploader_name or facts.uploader_name,
        row.agency or facts.agency,
        row.platform or facts.platform,
        row.post_url or facts.post_url,
        facts.camera,
        facts.editor,
        tuple(_statements(facts)),
        tuple(UnusableDate(Both(*SOURCES[one.source]), one.written, Both(*FLAWS[one.flaw])) for one in facts.unusable),
        bool(row.gone),
        rests_on,
    )


def _facts(text: str) -> UploadFacts:
    """What a row says; nothing of one that a version wrote which knew other words."""
    try:
        return UploadFacts.from_dict(json.loads(text) if text else {})
    except (KeyError, ValueError, TypeError, AttributeError):
        return UploadFacts()


def _statements(facts: UploadFacts) -> Iterator[Statement]:
    disputed = {(each.kind, each.other) for each in facts.contradictions}
    for kind in TimeKind:
        decided = False
        for moment in facts.of(kind):
            decides = not decided and not moment.weak
            decided = decided or decides
            yield _statement(kind, moment, decides, (kind, moment) in disputed)


def _statement(kind: TimeKind, moment: Moment, decides: bool, disputed: bool) -> Statement:
    return Statement(
        kind.value,
        moment.day.isoformat(),
        "".join(at.isoformat() for at in moment.at),
        moment.source.value,
        Both(*SOURCES[moment.source]),
        Both(*NOTES[TimeNote(moment.note)]) if moment.note else NOTHING_SAID,
        moment.weak,
        decides,
        disputed,
    )
