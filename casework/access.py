"""Who did something to whose data: how the audit log names people and texts that must be deletable.

The log is never shortened, so nothing may stand in it that somebody has a right to see deleted. Uploader ids, titles
and other free texts stand in it as a keyed hash (HMAC-SHA256). The key lies in the database: with it the office finds
the entries about an id again, and an exported log tells a stranger nothing. The key of a case is deleted with the case.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from typing import Any, Final, Protocol

from sqlalchemy import Connection, delete, insert, select

from casework.tables import about

PEOPLE: Final = "people"
"""Whose key names people in the log."""

_KEY_BYTES: Final = 32


class Log(Protocol):
    """What writes an entry; ``casework.audit.AuditLog`` is it."""

    def append(
        self, actor: str, action: str, subject: str = "", reason: str = "", detail: Mapping[str, Any] = {}
    ) -> object:
        """Write one entry, inside the caller's transaction."""


def keyed_hash(connection: Connection, whose: str, text: str) -> str:
    """A text as the log has it: the same for the same text, and readable by nobody.

    Args:
        connection: may write; a key that is not there yet is made.
        whose: key: ``PEOPLE``, or that of a case.
        text: what must not stand in the log.
    """
    key = connection.execute(select(about.c.value).where(about.c.name == _row(whose))).scalar()
    if key is None:
        key = secrets.token_hex(_KEY_BYTES)
        connection.execute(insert(about).values(name=_row(whose), value=key))
    return "hmac-sha256:" + hmac.new(bytes.fromhex(key), text.encode("utf-8"), hashlib.sha256).hexdigest()


def forget_key(connection: Connection, whose: str) -> None:
    """Delete a key: what the log has of it can be linked to nothing any more."""
    connection.execute(delete(about).where(about.c.name == _row(whose)))


def person_subject(connection: Connection, uploader_id: str) -> str:
    """How the log names an uploader."""
    return f"uploader:{keyed_hash(connection, PEOPLE, uploader_id)}"


def photo_subject(sha256: str) -> str:
    """How the log names a photo: by its content, which tells nothing without the photo."""
    return f"photo:{sha256}"


def case_subject(number: str) -> str:
    """How the log names a case."""
    return f"case:{number}"


def finding_subject(finding: int) -> str:
    """How the log names a finding."""
    return f"finding:{finding}"


def candidate_subject(candidate_id: str) -> str:
    """How the log names a candidate, who is no private person: by the election file's id."""
    return f"candidate:{candidate_id}"


def _row(whose: str) -> str:
    return f"key:{whose}"
