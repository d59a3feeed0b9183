"""Looks whether the audit log in a database is as it was written, and where it first is not. Changes nothing.

Everything is read as bytes, since a damaged text may be no text. What is compared:

1. places: from 0, without a gap;
2. each entry with the hash stored beside it, and with the place that it names itself;
3. each checkpoint in the database with its signature, and with the log as it now is up to the checkpoint's size;
4. a checkpoint that was kept elsewhere, likewise: only it can show a tail that was cut off, an older copy of the whole
   database, or a log that the holder of the key wrote anew;
5. the triggers that refuse changes, and, in a file, every page.

``casework.verifier`` makes the same judgement of an export; it shares no code with this, so that each checks the other.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, LargeBinary, cast, func, select, type_coerce

from casework.checkpoint import Checkpoint, CheckpointError, CheckpointFault, KeyFileError, PublicKey, public_key
from casework.checkpoint import read_checkpoint as read_note
from casework.merkle import Frontier, leaf_hash
from casework.tables import audit, checkpoints

GUARDS: Final = (
    "audit_no_delete",
    "audit_no_gap",
    "audit_no_update",
    "checkpoints_no_delete",
    "checkpoints_no_update",
)
_AT_ONCE: Final = 10_000


class Fault(StrEnum):
    """What is wrong."""

    PAGES = "pages"
    GUARD = "guard"
    NO_KEY = "no-key"
    STRAY = "stray"
    MISSING = "missing"
    HASH = "hash"
    NUMBER = "number"
    ROW = "row"
    MALFORMED = "malformed"
    OTHER_LOG = "other-log"
    NOT_SIGNED = "not-signed"
    SHORTER = "shorter"
    REWRITTEN = "rewritten"


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is wrong.

    Attributes:
        fault: what.
        first, last: the entries it is about; of ``REWRITTEN`` those among which the first wrong one is; both -1 where
            it is about no entry.
        checkpoint: number of a stored checkpoint, 0 for the one kept elsewhere, or -1.
        detail: what the database itself says, or a trigger's name.
    """

    fault: Fault
    first: int = -1
    last: int = -1
    checkpoint: int = -1
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found.

    Attributes:
        damages: everything that is wrong; none where all is as it was written.
        size: how many entries were read.
        checkpoints: how many stored checkpoints were looked at.
        covered: size of the largest good checkpoint: so far the log is unchanged, if its key's holder is honest.
        outside: size of the checkpoint kept elsewhere, if it is good; else 0.
    """

    damages: tuple[Damage, ...]
    size: int
    checkpoints: int
    covered: int
    outside: int

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not self.damages

    @property
    def first_wrong(self) -> tuple[int, int]:
        """The first wrong entry is one of these two or lies between them; (-1, -1) where no entry is known wrong."""
        found = [(one.first, one.last) for one in self.damages if one.first >= 0]
        exact = [(one.first, one.first) for one in self.damages if one.first >= 0 and one.fault is not Fault.REWRITTEN]
        return min(exact or found, default=(-1, -1))


def verify_log(connection: Connection, outside: tuple[bytes, ...] = ()) -> Verdict:
    """Look at the log of a database.

    Args:
        connection: for reading, of one moment.
        outside: the text of a checkpoint kept elsewhere, or none.
    """
    damages = [*_pages(connection), *_guards(connection)]
    try:
        keys: tuple[PublicKey, ...] = (public_key(connection),)
    except KeyFileError as error:
        keys = ()
        rows = connection.execute(select(func.count()).select_from(checkpoints)).scalar_one()
        if rows or outside or "damaged" in str(error):
            damages.append(Damage(Fault.NO_KEY))
    vouched, bad = _checkpoints(connection, keys, outside)
    reading = _Reading({one.size for _, one in vouched})
    for seq, entry, stored in _rows(connection):
        reading.take(seq, entry, stored)
    damages += reading.damages + bad
    good = {0}
    for number, one in sorted(vouched, key=lambda each: each[1].size):
        if one.size > reading.size:
            damages.append(Damage(Fault.SHORTER, reading.size, one.size - 1, number))
        elif reading.roots[one.size] == one.root:
            good.add(one.size)
        else:
            damages.append(
                Damage(Fault.REWRITTEN, max(size for size in good if size <= one.size), one.size - 1, number)
            )
    outer = [one.size for number, one in vouched if number == 0 and one.size in good]
    return Verdict(tuple(damages), reading.size, len(vouched) + len(bad), max(good), max(outer, default=0))


class _Reading:
    """Goes through the entries once, and remembers the root at each size that a checkpoint speaks of."""

    def __init__(self, sizes: set[int]) -> None:
        self.damages: list[Damage] = []
        self.size = 0
        self.roots: dict[int, bytes] = {}
        self._sizes, self._frontier = sizes, Frontier()
        self._remember()

    def take(self, seq: int, entry: bytes, stored: bytes) -> None:
        if seq < self.size:
            self.damages.append(Damage(Fault.STRAY, 0, 0, detail=str(seq)))
            return
        if seq > self.size:
            self.damages.append(Damage(Fault.MISSING, self.size, seq - 1))
            while self.size < seq and any(self.size < size for size in self._sizes):
                self._add(b"")  # in its place, so that what follows stands where it stood
            self.size = seq
        leaf = leaf_hash(entry)
        if stored != b"sha256:" + leaf.hex().encode():
            self.damages.append(Damage(Fault.HASH, seq, seq))
        elif _number(entry) != seq:
            self.damages.append(Damage(Fault.NUMBER, seq, seq))
        self._add(leaf)

    def _add(self, leaf: bytes) -> None:
        self._frontier.append(leaf)
        self.size += 1
        self._remember()

    def _remember(self) -> None:
        if self.size in self._sizes:
            self.roots[self.size] = self._frontier.root()


def _number(entry: bytes) -> int:
    """The place that an entry names itself, or -1."""
    try:
        seq = json.loads(entry.decode())["seq"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return -1
    return seq if type(seq) is int else -1


def _as_bytes(connection: Connection, column: Any) -> Any:
    """A text column as the bytes it really holds."""
    if connection.dialect.name == "sqlite":
        return cast(column, LargeBinary)
    return type_coerce(func.convert_to(column, "UTF8"), LargeBinary)


def _rows(connection: Connection) -> Iterator[tuple[int, bytes, bytes]]:
    entry, stored = _as_bytes(connection, audit.c.entry), _as_bytes(connection, audit.c.leaf_hash)
    query = select(audit.c.seq, entry, stored).order_by(audit.c.seq)
    for row in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        yield row[0], bytes(row[1] or b""), bytes(row[2] or b"")


def _checkpoints(
    connection: Connection, keys: tuple[PublicKey, ...], outside: tuple[bytes, ...]
) -> tuple[list[tuple[int, Checkpoint]], list[Damage]]:
    """Those that this log's key signed, by number, and what is wrong with the others."""
    good, bad = [], []
    columns = [_as_bytes(connection, column) for column in (checkpoints.c.note, checkpoints.c.root_hash)]
    stored = connection.execute(select(checkpoints.c.id, checkpoints.c.size, *columns).order_by(checkpoints.c.id)).all()
    notes = [(row[0], bytes(row[2] or b"")) for row in stored] + [(0, note) for note in outside]
    for number, note in notes if keys else ():
        try:
            good.append((number, read_note(note, keys[0])))
        except CheckpointError as error:
            bad.append(Damage(_FAULTS[error.fault], checkpoint=number))
    read = dict(good)
    bad += [
        Damage(Fault.ROW, checkpoint=row[0])
        for row in stored
        if row[0] in read
        and (row[1], bytes(row[3] or b"")) != (read[row[0]].size, b"sha256:" + read[row[0]].root.hex().encode())
    ]
    return good, bad


_FAULTS: Final = {
    CheckpointFault.MALFORMED: Fault.MALFORMED,
    CheckpointFault.OTHER_LOG: Fault.OTHER_LOG,
    CheckpointFault.NOT_SIGNED: Fault.NOT_SIGNED,
}


def _pages(connection: Connection) -> list[Damage]:
    if connection.dialect.name != "sqlite":
        return []
    found = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars().all()
    return [Damage(Fault.PAGES, detail=str(each)) for each in found if each != "ok"]


def _guards(connection: Connection) -> list[Damage]:
    asked = (
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
        if connection.dialect.name == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND NOT tgisinternal "
        "AND tgrelid IN ('audit'::regclass, 'checkpoints'::regclass)"
    )
    there = set(connection.exec_driver_sql(asked).scalars())
    return [Damage(Fault.GUARD, detail=name) for name in GUARDS if name not in there]
