"""What people decide about findings. Rows are only ever added: a mistake is undone by another row.

The state of a finding follows from its decisions, and from nothing else; no scan touches either.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from sqlalchemy import Connection, Row, insert, select, update

from casework.access import finding_subject
from casework.audit import Action, AuditLog
from casework.clock import now
from casework.tables import decisions, findings
from netra.errors import UsageError

SUGGESTED: Final = "suggested"
CONFIRMED_ONCE: Final = "confirmed-once"


class Verdict(StrEnum):
    """What a reviewer can say."""

    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    CANNOT_TELL = "cannot-tell"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a finding said when it was decided: where one of these differs later, the finding has changed."""

    category: str
    strength: str
    symbol: str
    candidate: str

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Of a finding's columns."""
        return cls(values["category"], values["strength"], values["symbol"], values["candidate"])


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision.

    Attributes:
        id: its number.
        finding_id: about which finding.
        reviewer: who.
        decided_at: when, ISO 8601 in UTC.
        round: 1 for the first reviewer, 2 for the second.
        verdict: what.
        reason_code, note: why.
        snapshot: what the finding said then.
        undone: somebody took it back.
    """

    id: int
    finding_id: int
    reviewer: str
    decided_at: str
    round: int
    verdict: Verdict
    reason_code: str
    note: str
    snapshot: Snapshot
    undone: bool = False


def decide(
    connection: Connection,
    finding_id: int,
    reviewer: str,
    verdict: Verdict,
    reason_code: str = "",
    note: str = "",
) -> Decision:
    """Write down a decision, with an entry of the log.

    The first two people to decide a finding are its two rounds; whoever decides again replaces what they said.

    Args:
        connection: may write.
        finding_id: about which finding.
        reviewer: who decides.
        verdict: what.
        reason_code: why, as a word of the checklist.
        note: why, in the reviewer's words.

    Raises:
        UsageError: there is no such finding, or the reviewer has no name.
    """
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).first()
    if row is None:
        raise UsageError(f"finding {finding_id}: there is no such finding; see `netra findings`")
    if not reviewer.strip():
        raise UsageError(f"finding {finding_id}: expected who decides, got an empty name")
    valid = [one for one in decisions_of(connection, finding_id) if not one.undone]
    rounds = {one.reviewer: one.round for one in valid}
    values = {
        "finding_id": finding_id,
        "reviewer": reviewer,
        "decided_at": now(),
        "round": rounds.get(reviewer, max(rounds.values(), default=0) + 1),
        "decision": verdict.value,
        "reason_code": reason_code,
        "note": note,
        "snapshot": json.dumps(asdict(Snapshot.of(row._asdict())), sort_keys=True),
    }
    made = connection.execute(insert(decisions).values(values).returning(decisions.c.id)).scalar_one()
    _follow(connection, finding_id)
    detail = {"decision": verdict.value, "round": values["round"], "reason_code": reason_code}
    AuditLog(connection).append(reviewer, Action.DECISION, finding_subject(finding_id), note, detail)
    return next(one for one in decisions_of(connection, finding_id) if one.id == made)


def undo(connection: Connection, decision_id: int, reviewer: str, note: str = "") -> None:
    """Take a decision back; the row stays, and another one says so.

    Raises:
        UsageError: there is no such decision, it is undone already, or it is somebody else's.
    """
    row = connection.execute(select(decisions).where(decisions.c.id == decision_id)).first()
    if row is None or row.undoes is not None:
        raise UsageError(f"decision {decision_id}: there is no such decision")
    if row.reviewer != reviewer:
        raise UsageError(f"decision {decision_id}: expected whoever decided it to take it back, got {reviewer!r}")
    if connection.execute(select(decisions.c.id).where(decisions.c.undoes == decision_id)).first():
        raise UsageError(f"decision {decision_id}: it was taken back already")
    values = {
        "finding_id": row.finding_id,
        "reviewer": reviewer,
        "decided_at": now(),
        "round": row.round,
        "decision": row.decision,
        "note": note,
        "snapshot": row.snapshot,
        "undoes": decision_id,
    }
    connection.execute(insert(decisions).values(values))
    _follow(connection, row.finding_id)
    detail = {"decision": decision_id}
    AuditLog(connection).append(reviewer, Action.DECISION_UNDO, finding_subject(row.finding_id), note, detail)


def decisions_of(connection: Connection, finding_id: int) -> tuple[Decision, ...]:
    """All decisions about a finding, in their order, those taken back too."""
    query = select(decisions).where(decisions.c.finding_id == finding_id).order_by(decisions.c.id)
    return _decisions(connection.execute(query).all())


def last_snapshots(connection: Connection, finding_ids: Sequence[int]) -> dict[int, tuple[Snapshot, ...]]:
    """What each decided finding said when it was last decided."""
    query = select(decisions).where(decisions.c.finding_id.in_(finding_ids)).order_by(decisions.c.id)
    valid = [one for one in _decisions(connection.execute(query).all()) if not one.undone]
    return {one.finding_id: (one.snapshot,) for one in valid}


def state_of(valid: Sequence[Decision]) -> str:
    """The state that follows from the decisions that were not taken back; the last word of each reviewer counts.

    Confirming takes two people; until the second it is ``confirmed-once``. Any other verdict stands with one. Where
    reviewers disagree it cannot be told, and so is not confirmed.
    """
    last = {one.reviewer: one.verdict for one in valid}
    said = set(last.values())
    if not said:
        return SUGGESTED
    if len(said) > 1:
        return Verdict.CANNOT_TELL.value
    if said == {Verdict.CONFIRMED} and len(last) == 1:
        return CONFIRMED_ONCE
    return said.pop().value


def _follow(connection: Connection, finding_id: int) -> None:
    valid = [one for one in decisions_of(connection, finding_id) if not one.undone]
    values: dict[str, Any] = {"state": state_of(valid)}
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).one()
    values["changed"] = bool(valid) and valid[-1].snapshot != Snapshot.of(row._asdict())
    connection.execute(update(findings).where(findings.c.id == finding_id).values(values))


def _decisions(rows: Sequence[Row[Any]]) -> tuple[Decision, ...]:
    undone = {row.undoes for row in rows}
    return tuple(
        Decision(
            row.id,
            row.finding_id,
            row.reviewer,
            row.decided_at,
            row.round,
            Verdict(row.decision),
            row.reason_code,
            row.note,
            Snapshot(**json.loads(row.snapshot)),
            row.id in undone,
        )
        for row in rows
        if row.undoes is None
    )
