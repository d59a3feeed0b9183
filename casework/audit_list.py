"""The audit log as people read it: the newest first, page by page, by actor, action and subject. Without the salts."""

import json
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, func, select

from casework.audit import AuditEntry, AuditError
from casework.tables import audit

PAGE: Final = 100
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries; what is empty does not filter.

    Attributes:
        actor, action, subject: exactly this.
    """

    actor: str = ""
    action: str = ""
    subject: str = ""

    def fits(self, entry: AuditEntry) -> bool:
        """Whether an entry is one of them."""
        draft = entry.draft
        wanted = ((self.actor, draft.actor), (self.action, str(draft.action)), (self.subject, draft.subject))
        return all(not asked or asked == there for asked, there in wanted)


@dataclass(frozen=True, slots=True)
class LogPage:
    """Some entries.

    Attributes:
        entries: the newest first.
        before: where the next page begins, for ``before``; none on the last one.
        total: how many entries the whole log has.
    """

    entries: tuple[AuditEntry, ...]
    before: tuple[int, ...]
    total: int


def list_log(
    connection: Connection, wanted: LogFilter = LogFilter(), before: tuple[int, ...] = (), count: int = PAGE
) -> LogPage:
    """A page of the log.

    Args:
        connection: a view of one moment.
        wanted: which entries.
        before: only entries earlier than this place; none for the newest.
        count: how many at most.

    Raises:
        AuditError: an entry cannot be read.
    """
    last = connection.execute(select(func.max(audit.c.seq))).scalar()
    query = select(audit.c.seq, audit.c.entry).order_by(audit.c.seq.desc())
    for name, value in (("actor", wanted.actor), ("action", wanted.action), ("subject", wanted.subject)):
        if value:  # what the canonical text has; ``fits`` sees to it that it is not some detail's
            said = f'"{name}":{json.dumps(value, ensure_ascii=False)}'
            query = query.where(audit.c.entry.contains(said, autoescape=True))
    for place in before:
        query = query.where(audit.c.seq < place)
    found: list[AuditEntry] = []
    with connection.execute(query, execution_options={"yield_per": _AT_ONCE}) as rows:
        for row in rows:
            entry = _read(row.seq, row.entry)
            if wanted.fits(entry):
                found.append(entry)
            if len(found) > count:
                break
    more = len(found) > count
    shown = tuple(found[:count])
    return LogPage(shown, (shown[-1].seq,) if more else (), 0 if last is None else last + 1)


def _read(seq: int, text: str) -> AuditEntry:
    try:
        return AuditEntry.read(text)
    except ValueError as error:
        raise AuditError(
            f"Entry {seq} of the audit log cannot be read. Run `netra verify` to see what is wrong."
        ) from error
