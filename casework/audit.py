"""The audit log: who did what, when and why. Entries are only ever added.

Each entry is one line of canonical JSON (sorted keys, no spaces, UTF-8) and a leaf of the tree in ``casework.merkle``;
its place, its bytes and the leaf's hash are one row of the table ``audit``. An entry is written inside the caller's
transaction: what was done and the entry that says so are kept together, or neither is.

    seq       its place, from 0 without a gap
    at_utc    ISO 8601 with microseconds and Z;  at_local  the same moment as the office's clock showed it
    actor, action, subject, reason, detail
    clock     "back", only where the clock stood earlier than at the entry before
    salt      random, so that the hash alone of an entry that is not shown tells nothing about it
"""

import json
import math
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, Self

from sqlalchemy import Connection, func, insert, select

from casework.checkpoint import Checkpoint, Signer
from casework.merkle import Frontier, leaf_hash
from casework.tables import audit, checkpoints
from netra.both import Message
from netra.errors import NetraError

HASH_PREFIX: Final = "sha256:"
_SALT_BYTES: Final = 16
_AT_ONCE: Final = 10_000  # rows held in memory while the log is read
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_HASH_TEXT: Final = re.compile(HASH_PREFIX + "[0-9a-f]{64}")


class Action(StrEnum):
    """What can be done; the log knows nothing else."""

    RUN_START = "run.start"
    RUN_FINISH = "run.finish"
    RUN_INTERRUPT = "run.interrupt"
    DECISION = "decision"
    DECISION_UNDO = "decision.undo"
    CASE_OPEN = "case.open"
    CASE_SET = "case.set"
    CASE_ADD = "case.add"
    CASE_REMOVE = "case.remove"
    CASE_CLOSE = "case.close"
    CASE_HOLD = "case.hold"
    CASE_VIEW = "case.view"
    LOOK = "look"
    LOOK_ANSWER = "look.answer"
    REVIEW_ASK = "review.ask"
    MARK_ADD = "mark.add"
    MARK_REMOVE = "mark.remove"
    REFERENCE_ADD = "reference.add"
    DENIED = "denied"
    RETENTION_FILE = "retention.file"
    RETENTION_DELETE = "retention.delete"
    RETENTION_PURGE = "retention.purge"
    SUBJECT_REPORT = "subject.report"
    EXPORT = "export"
    VERIFY = "verify"
    CHECKPOINT = "checkpoint"
    FACE_VIEW = "face.view"
    SEARCH = "search"
    LOGIN = "login"
    LOGIN_FAIL = "login.fail"
    LOGOUT = "logout"
    ACCOUNT_ADD = "account.add"
    ACCOUNT_SET = "account.set"
    ACCOUNT_REMOVE = "account.remove"
    SETTING_SET = "setting.set"


_DAMAGED: Final = Message(
    "Entri {number} dalam log audit rusak, maka tidak ada yang ditambahkan sesudahnya. Jalankan `netra verify` untuk "
    "melihat apa yang salah, dan lanjutkan dari salinan cadangan.",
    "Entry {number} of the audit log is damaged, so nothing is added after it. Run `netra verify` to see what is "
    "wrong, and go on from a backup.",
)
_MISSING: Final = Message(
    "Entri {number} dalam log audit hilang atau rusak, maka tidak ada yang dapat ditandatangani. Jalankan `netra "
    "verify` untuk melihat apa yang salah, dan lanjutkan dari salinan cadangan.",
    "Entry {number} of the audit log is missing or damaged, so nothing can be signed. Run `netra verify` to see what "
    "is wrong, and go on from a backup.",
)
_OTHER_BEGINNING: Final = Message(
    "Log audit tidak lagi diawali {count} entri dari checkpoint terakhirnya, maka tidak ditandatangani. Jalankan "
    "`netra verify` untuk melihat apa yang salah, dan lanjutkan dari salinan cadangan.",
    "The audit log no longer begins with the {count} entries of its last checkpoint, so it is not signed. Run `netra "
    "verify` to see what is wrong, and go on from a backup.",
)


class AuditError(NetraError):
    """The log in the database is not as it was written; nothing is added to it before people have looked."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be written.

    Attributes:
        actor: who; an account, or the user of the computer.
        action: one of ``Action``.
        subject: what it was done to, as ``casework.access`` names things.
        reason: in the actor's words.
        detail: plain values: texts, numbers, true and false, nothing, lists and tables of them.

    Raises:
        ValueError: no actor, an action that the log does not know, or a value that is not plain.
    """

    actor: str
    action: str
    subject: str = ""
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.actor.strip():
            raise ValueError("expected who did it, got an empty actor")
        Action(self.action)
        for text in (self.actor, self.subject, self.reason):
            _check_plain(text)
        _check_plain(self.detail)


def _check_plain(value: Any) -> None:
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"expected text that can be written as UTF-8, got {value!a}") from error
    elif isinstance(value, Mapping):
        for name, each in value.items():
            if not isinstance(name, str):
                raise ValueError(f"expected a text as name, got {name!r}")  # noqa: TRY004 - one kind of mistake
            _check_plain(name)
            _check_plain(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _check_plain(each)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"expected a finite number, got {value}")
    elif value is not None and not isinstance(value, bool | int):
        raise ValueError(f"expected a plain value, got {value!r}")


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry as it is in the log.

    Attributes:
        seq: its place, from 0.
        at_utc, at_local: ISO 8601 with microseconds; UTC ends in ``Z``, local time has its offset.
        draft: who, what, why.
        clock_back: the clock stood earlier than at the entry before.
        text: the canonical JSON, whose UTF-8 bytes are the leaf.
    """

    seq: int
    at_utc: str
    at_local: str
    draft: Draft
    clock_back: bool
    text: str

    @property
    def leaf(self) -> bytes:
        """The leaf's hash, 32 bytes."""
        return leaf_hash(self.text.encode())

    @classmethod
    def made(cls, seq: int, moment: datetime, draft: Draft, before: str) -> Self:
        """An entry that is new.

        Args:
            seq: its place.
            moment: aware, in the office's time zone.
            draft: who, what, why.
            before: ``at_utc`` of the entry before, or empty.
        """
        utc = moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        local, back = moment.isoformat(timespec="microseconds"), utc < before
        values = {
            "seq": seq,
            "at_utc": utc,
            "at_local": local,
            "actor": draft.actor,
            "action": str(draft.action),
            "subject": draft.subject,
            "reason": draft.reason,
            "detail": draft.detail,
            "salt": secrets.token_hex(_SALT_BYTES),
        } | ({"clock": "back"} if back else {})
        return cls(seq, utc, local, draft, back, canonical(values))

    @classmethod
    def read(cls, text: str) -> Self:
        """An entry of the log.

        Raises:
            ValueError: it is none.
        """
        try:
            values = json.loads(text)
            texts = {name: values[name] for name in ("actor", "action", "subject", "reason", "detail")}
            return cls(
                values["seq"], values["at_utc"], values["at_local"], Draft(**texts), values.get("clock") == "back", text
            )
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ValueError(f"this is no entry of an audit log: {text[:80]!a}") from error


def canonical(values: Mapping[str, Any]) -> str:
    """The one way to write an entry: sorted keys, no spaces, letters as they are."""
    return _ENCODER.encode(values)


def _office_clock() -> datetime:
    return datetime.now(UTC).astimezone()


class AuditLog:
    """The log of a database.

    Args:
        connection: a transaction. To write, one that nobody else writes beside (``Database.begin``); if somebody
            does, the second one's commit fails and is undone: there is never a gap or a fork.
        now: the office's clock: aware, in its time zone.
    """

    def __init__(self, connection: Connection, now: Callable[[], datetime] = _office_clock) -> None:
        self._connection, self._now, self._frontier = connection, now, Frontier()

    def append(
        self,
        actor: str,
        action: str,
        subject: str = "",
        reason: str = "",
        detail: Mapping[str, Any] = {},
    ) -> AuditEntry:
        """Write one entry.

        Raises:
            ValueError: as ``Draft`` says.
            AuditError: the last entry cannot be read.
        """
        return self.append_all([Draft(actor, action, subject, reason, detail)])[0]

    def append_all(self, drafts: Sequence[Draft]) -> tuple[AuditEntry, ...]:
        """Write several, in order.

        Raises:
            AuditError: the last entry cannot be read.
        """
        if self._connection.dialect.name == "postgresql":  # readers may go on, other writers wait for the commit
            self._connection.exec_driver_sql(f"LOCK TABLE {audit.name} IN SHARE ROW EXCLUSIVE MODE")
        seq, before = self._next()
        made = []
        for draft in drafts:
            made.append(AuditEntry.made(seq, self._now(), draft, before))
            seq, before = seq + 1, made[-1].at_utc
        if made:
            rows = [{"seq": one.seq, "entry": one.text, "leaf_hash": hash_text(one.leaf)} for one in made]
            self._connection.execute(insert(audit), rows)
        return tuple(made)

    def _next(self) -> tuple[int, str]:
        last = self._connection.execute(
            select(audit.c.seq, audit.c.entry).order_by(audit.c.seq.desc()).limit(1)
        ).first()
        if last is None:
            return 0, ""
        try:
            return last.seq + 1, AuditEntry.read(last.entry).at_utc
        except ValueError as error:
            raise AuditError(_DAMAGED.filled(number=last.seq)) from error

    def size(self) -> int:
        """How many entries there are."""
        last = self._connection.execute(select(func.max(audit.c.seq))).scalar()
        return 0 if last is None else last + 1

    def entries(self, start: int = 0) -> Iterator[AuditEntry]:
        """The entries from a place on.

        Raises:
            ValueError: one of them is none.
        """
        query = select(audit.c.entry).where(audit.c.seq >= start).order_by(audit.c.seq)
        for text in self._connection.execute(query, execution_options={"yield_per": _AT_ONCE}).scalars():
            yield AuditEntry.read(text)

    def leaves(self, start: int = 0) -> Iterator[bytes]:
        """The leaves' hashes from a place on, 32 bytes each.

        Raises:
            AuditError: an entry is missing, or a hash is none.
        """
        query = select(audit.c.seq, audit.c.leaf_hash).where(audit.c.seq >= start).order_by(audit.c.seq)
        rows = self._connection.execute(query, execution_options={"yield_per": _AT_ONCE})
        for expected, row in enumerate(rows, start):
            if row.seq != expected or not _HASH_TEXT.fullmatch(row.leaf_hash):
                raise AuditError(_MISSING.filled(number=expected))
            yield bytes.fromhex(row.leaf_hash.removeprefix(HASH_PREFIX))

    def root(self) -> bytes:
        """The root over all entries, 32 bytes. The first call reads every hash, later ones the new ones alone.

        Raises:
            AuditError: an entry is missing, or a hash is none.
        """
        self._add(self.leaves(self._frontier.size))
        return self._frontier.root()

    def _add(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self._frontier.append(leaf)

    def checkpoint(self, signer: Signer) -> Checkpoint:
        """Sign the log as it is, and keep the checkpoint in the database. The first call of an object reads every hash.

        Raises:
            AuditError: an entry is missing, or the log no longer begins with what the last checkpoint says: such a log
                is not signed.
        """
        last = self._connection.execute(select(checkpoints).order_by(checkpoints.c.id.desc()).limit(1)).first()
        frontier, size = Frontier(), self.size()
        kept = [(last.size, last.root_hash)] if last else []
        for leaf in self.leaves():
            if kept and frontier.size == kept[0][0]:
                self._check_kept(kept.pop(), frontier)
            frontier.append(leaf)
        if kept:
            self._check_kept(kept.pop(), frontier)
        made = signer.sign(size, frontier.root())
        if last is None or last.note != made.note:
            self._connection.execute(
                insert(checkpoints).values(
                    size=size,
                    root_hash=hash_text(made.root),
                    note=made.note,
                    made_at=self._now().astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
                )
            )
        return made

    def _check_kept(self, kept: tuple[int, str], frontier: Frontier) -> None:
        if (frontier.size, hash_text(frontier.root())) != kept:
            raise AuditError(_OTHER_BEGINNING.filled(count=kept[0]))


def hash_text(digest: bytes) -> str:
    """A hash as the tables have it."""
    return HASH_PREFIX + digest.hex()
