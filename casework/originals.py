"""The original files on the office's disk. They are the office's: netra deletes them only when it is told to, by name.

A file is deleted only while it is still the photo that the database knows: a regular file with the same content. What
lies in an archive, is a link or has changed stays, and is told.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, select, update

from casework.access import Log, photo_subject
from casework.case_file import CaseError, Refusal
from casework.database import Database
from casework.retention import Plan, chunks, still_needed
from casework.tables import photos, uploads

FILE_DELETED: Final = "retention.file"
"""The action of the audit log's entries for a deleted file."""


class Outcome(StrEnum):
    """What became of an original; each in words in ``console.retention_texts``."""

    DELETED = "deleted"
    MISSING = "missing"
    CHANGED = "changed"
    IN_ARCHIVE = "in-archive"
    NOT_A_FILE = "not-a-file"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Original:
    """A file that an upload was read from.

    Attributes:
        place: its absolute path; of a member of an archive with its name.
        sha256: of the content that was read; empty where it could not be read.
        upload: the id of its row.
    """

    place: str
    sha256: str
    upload: int


def originals_of(connection: Connection, plan: Plan) -> tuple[Original, ...]:
    """The files behind everything that a plan deletes, in the order of their paths."""
    found = []
    for column, ids in ((uploads.c.photo_id, plan.photos), (uploads.c.id, plan.uploads)):
        for part in chunks(ids):
            query = select(uploads.c.place, photos.c.sha256, uploads.c.id).select_from(uploads.outerjoin(photos))
            found += [Original(*row) for row in connection.execute(query.where(column.in_(part)))]
    return tuple(
        sorted((Original(one.place, one.sha256 or "", one.upload) for one in found), key=lambda one: one.place)
    )


def delete_originals(
    database: Database, plan: Plan, log_of: Callable[[Connection], Log], actor: str, reason: str, today: date
) -> tuple[tuple[Original, Outcome], ...]:
    """Delete the files of a plan, before their rows: each is marked as gone and written down by its content's hash.

    Args:
        database: that knows them.
        plan: made just now.
        log_of: the audit log of a transaction.
        actor: who asked for it.
        reason: why.
        today: the office's day.

    Raises:
        CaseError: a case needs something of the plan since it was made; no file was deleted.
    """
    with database.read() as connection:
        files = originals_of(connection, plan)
        for part in chunks(plan.photos):
            if needed := still_needed(connection, part, plan.cases, today):
                raise CaseError(Refusal.NEEDED_SINCE, number=needed[0].number)
    done = []
    for one in files:
        outcome = _delete(one)
        if outcome is Outcome.DELETED:
            with database.begin() as connection:
                connection.execute(update(uploads).where(uploads.c.id == one.upload).values(gone=True))
                log_of(connection).append(actor, FILE_DELETED, photo_subject(one.sha256), reason)
        done.append((one, outcome))
    return tuple(done)


def _delete(one: Original) -> Outcome:
    path = Path(one.place)
    try:
        mode = os.lstat(path).st_mode
    except NotADirectoryError:
        return Outcome.IN_ARCHIVE
    except FileNotFoundError:
        return Outcome.IN_ARCHIVE if any(parent.is_file() for parent in path.parents) else Outcome.MISSING
    except OSError:
        return Outcome.REFUSED
    if not stat.S_ISREG(mode):
        return Outcome.NOT_A_FILE
    try:
        with path.open("rb") as file:
            content = f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"
        if content != one.sha256:
            return Outcome.CHANGED
        path.unlink()
    except OSError:
        return Outcome.REFUSED
    return Outcome.DELETED
