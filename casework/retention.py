"""What may be deleted at a day, and what stands in the way. Nothing is deleted here; that is ``casework.deletion``.

A photo stays as long as one case needs it: an open one, a held one, or a closed one whose time is not over. So a case
can go while a photo of it stays, because another case has it as well.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, exists, select

from casework.access import case_subject, person_subject, photo_subject
from casework.case_file import CaseError, CaseFile, CaseState, Refusal
from casework.cases import all_cases
from casework.tables import cases, findings, photos, uploads

CHUNK: Final = 500
"""So many photos are asked for or deleted at once: SQLite takes 32,766 values in a statement."""

T = TypeVar("T")


class Block(StrEnum):
    """Why something stays; each in words in ``console.retention_texts``."""

    OPEN = "open"
    HELD = "held"
    KEPT = "kept"
    NO_DAY = "no-day"


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that stays.

    Attributes:
        what: a subject of the audit log: ``case:...`` or ``photo:...``.
        block: why.
        number: the case that needs it.
        until: the last day it is kept, where there is one.
    """

    what: str
    block: Block
    number: str
    until: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be deleted, before anything is.

    Attributes:
        subject: how the audit log names the whole.
        cases: numbers of cases that go.
        photos: ids, with everything that hangs on them.
        uploads: ids that go although their photo stays, or that never had one.
        kept: what was asked for or belongs to it, and stays.
    """

    subject: str
    cases: tuple[str, ...] = ()
    photos: tuple[int, ...] = ()
    uploads: tuple[int, ...] = ()
    kept: tuple[Kept, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to delete."""
        return not (self.cases or self.photos or self.uploads)


def block_of(case: CaseFile, today: date) -> tuple[Kept, ...]:
    """Why a case may not be deleted today; none where it may."""
    what = case_subject(case.number)
    if case.state is CaseState.DELETED:
        return ()
    if case.legal_hold:
        return (Kept(what, Block.HELD, case.number),)
    if case.state is CaseState.OPEN:
        return (Kept(what, Block.OPEN, case.number),)
    if not case.retain_until:
        return (Kept(what, Block.NO_DAY, case.number),)
    if today <= case.retain_until[0]:
        return (Kept(what, Block.KEPT, case.number, case.retain_until),)
    return ()


def due(connection: Connection, today: date) -> tuple[Plan, ...]:
    """A plan for every case that is not deleted yet: what would go today, or why it stays."""
    everything = all_cases(connection)
    return tuple(_of_case(connection, case, everything, today) for case in everything if _is_there(case))


def of_case(connection: Connection, number: str, today: date) -> Plan:
    """A plan for one case.

    Raises:
        CaseError: no such case, or it is deleted already.
    """
    everything = all_cases(connection)
    for case in everything:
        if case.number == number:
            if not _is_there(case):
                raise CaseError(Refusal.DELETED, number=number)
            return _of_case(connection, case, everything, today)
    raise CaseError(Refusal.UNKNOWN_CASE, number=number)


def of_photo(connection: Connection, sha256: str, today: date) -> Plan:
    """A plan for one photo, whoever uploaded it; empty where the database does not have it."""
    wanted = tuple(connection.execute(select(photos.c.id).where(photos.c.sha256 == sha256)).scalars())
    return _of_photos(connection, photo_subject(sha256), wanted, today)


def of_uploader(connection: Connection, uploader_id: str, today: date) -> Plan:
    """A plan for all uploads of one uploader. Of a photo that others uploaded as well only the upload goes.

    Args:
        connection: may write: the key that names people in the log may have to be made.
        uploader_id: as in the manifest.
        today: the office's day.
    """
    theirs = list(connection.execute(select(uploads).where(uploads.c.uploader_id == uploader_id)))
    ids = {row.photo_id for row in theirs if row.photo_id is not None}
    others = (uploads.c.uploader_id != uploader_id,)
    shared = {
        row.photo_id for part in chunks(sorted(ids)) for row in _rows(connection, uploads.c.photo_id, part, others)
    }
    plan = _of_photos(connection, person_subject(connection, uploader_id), sorted(ids - shared), today)
    needed = _blocks(connection, sorted(shared), (), today)
    alone = tuple(row.id for row in theirs if row.photo_id is None or row.photo_id in shared - set(needed))
    return Plan(plan.subject, photos=plan.photos, uploads=alone, kept=(*plan.kept, *needed.values()))


def of_unused(connection: Connection, seen_before: date) -> Plan:
    """A plan for photos that led to nothing: first seen before a day, and without any finding."""
    found = exists().where(findings.c.photo_id == photos.c.id)
    old = (photos.c.first_seen_at < seen_before.isoformat(), photos.c.first_seen_at != "", ~found)
    wanted = connection.execute(select(photos.c.id).where(*old).order_by(photos.c.id)).scalars()
    return Plan("photos:unused", photos=tuple(wanted))


def still_needed(
    connection: Connection, photo_ids: Sequence[int], numbers: Sequence[str], today: date
) -> tuple[Kept, ...]:
    """What of a plan may not be deleted after all; asked again in the transaction that deletes.

    Args:
        connection: of that transaction.
        photo_ids: of the plan.
        numbers: of its cases.
        today: the office's day.
    """
    everything = all_cases(connection)
    held = tuple(block for case in everything if case.number in numbers for block in block_of(case, today))
    return (*held, *_blocks(connection, photo_ids, numbers, today, everything).values())


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """The items, ``CHUNK`` at a time."""
    return (items[at : at + CHUNK] for at in range(0, len(items), CHUNK))


def _is_there(case: CaseFile) -> bool:
    return case.state is not CaseState.DELETED


def _of_case(connection: Connection, case: CaseFile, everything: Sequence[CaseFile], today: date) -> Plan:
    if blocks := block_of(case, today):
        return Plan(case_subject(case.number), kept=blocks)
    ids = sorted({row.photo_id for part in chunks(case.findings) for row in _rows(connection, findings.c.id, part)})
    needed = _blocks(connection, ids, (case.number,), today, everything)
    free = tuple(one for one in ids if one not in needed)
    return Plan(case_subject(case.number), (case.number,), free, kept=tuple(needed.values()))


def _of_photos(connection: Connection, subject: str, ids: Sequence[int], today: date) -> Plan:
    needed = _blocks(connection, ids, (), today)
    return Plan(subject, photos=tuple(one for one in ids if one not in needed), kept=tuple(needed.values()))


def _blocks(
    connection: Connection,
    ids: Sequence[int],
    going: Iterable[str],
    today: date,
    everything: Sequence[CaseFile] = (),
) -> dict[int, Kept]:
    """Of which photos some case that does not go needs them, and why."""
    if not ids:
        return {}
    photo_of: dict[int, tuple[int, str]] = {}
    for part in chunks(ids):
        hashes = {row.id: row.sha256 for row in _rows(connection, photos.c.id, part)}
        photo_of |= {
            row.id: (row.photo_id, hashes[row.photo_id]) for row in _rows(connection, findings.c.photo_id, part)
        }
    needed: dict[int, Kept] = {}
    for case in everything or all_cases(connection):
        if case.number in going:
            continue
        for block in block_of(case, today):
            for finding in case.findings:
                if finding in photo_of:
                    photo, sha256 = photo_of[finding]
                    needed.setdefault(photo, Kept(photo_subject(sha256), block.block, case.number, block.until))
    return needed


def _rows(connection: Connection, column: Any, values: Sequence[int], also: Sequence[Any] = ()) -> Sequence[Any]:
    return connection.execute(select(column.table).where(column.in_(values), *also)).all()


def next_day(connection: Connection) -> tuple[date, ...]:
    """The earliest day after which some closed case may be deleted; none where no case has one."""
    where = (cases.c.state == CaseState.CLOSED.value, cases.c.retain_until != "", cases.c.legal_hold.is_(False))
    first = connection.execute(select(cases.c.retain_until).where(*where).order_by(cases.c.retain_until)).scalar()
    return (date.fromisoformat(first),) if first else ()
