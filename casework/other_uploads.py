"""What earlier scans knew of uploads, so that a finding does not hang on what is scanned last or on a list left out."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, select

from casework.tables import photos, uploads
from screening.many_uploads import KnownUpload
from screening.upload_facts import UploadFacts

_AT_ONCE: Final = 500
"""Hashes a query; SQLite may refuse more than 999 values."""


def other_uploads(
    connection: Connection, hashes: Sequence[str], here: Collection[str]
) -> Mapping[str, Sequence[KnownUpload]]:
    """Uploads of some photos besides those of a scan.

    Args:
        connection: may read.
        hashes: of the photos, ``sha256:`` and hex digits.
        here: the places of the scan's own files.

    Returns:
        By hash, in the order in which they were first met; a photo without any is left out.
    """
    found = defaultdict[str, list[KnownUpload]](list)
    for start in range(0, len(hashes), _AT_ONCE):
        query = (
            select(photos.c.sha256, uploads.c.place, uploads.c.path, uploads.c.facts)
            .join(uploads, uploads.c.photo_id == photos.c.id)
            .where(photos.c.sha256.in_(hashes[start : start + _AT_ONCE]), ~uploads.c.gone)
            .order_by(uploads.c.id)
        )
        for row in connection.execute(query):
            if row.place not in here:
                facts = UploadFacts.from_dict(json.loads(row.facts or "{}"))
                found[row.sha256].append(KnownUpload(row.path, facts))
    return dict(found)


def facts_of(connection: Connection, places: Sequence[str]) -> Mapping[str, UploadFacts]:
    """What is known of the uploads at some places, by place; those that nothing is known of are left out."""
    found: dict[str, UploadFacts] = {}
    for start in range(0, len(places), _AT_ONCE):
        query = select(uploads.c.place, uploads.c.facts).where(
            uploads.c.place.in_(places[start : start + _AT_ONCE]), uploads.c.facts != "", ~uploads.c.gone
        )
        for row in connection.execute(query):
            found[row.place] = UploadFacts.from_dict(json.loads(row.facts))
    return found
