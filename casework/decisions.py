"""What people decide about findings. Rows are only ever added: a mistake is undone by another row.

The state of a finding follows from its decisions, and from nothing else; no scan touches either. Whether somebody else
has to look too follows from them and from what a supervisor asked for; which findings get a second look although
nobody confirmed them is drawn by a keyed hash, so that being asked tells nobody what the first reviewer said.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from sqlalchemy import Connection, Row, insert, select, update

from casework.access import finding_subject, keyed_hash
from casework.audit import Action, AuditLog
from casework.clock import now
from casework.representatives import keep_representatives
from casework.review_settings import settings_of
from casework.tables import decisions, findings
from netra.errors import UsageError

SUGGESTED: Final = "suggested"
CONFIRMED_ONCE: Final = "confirmed-once"
MOST_ROUNDS: Final = 3
"""Two reviewers, and a third where a supervisor asks for one."""

_DRAWN: Final = "second-looks"
_DIGITS: Final = 16


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
        round: 1 for the first reviewer, 2 for the second, 3 for one whom a supervisor asked for.
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
    """Write down a decision at this moment, with an entry of the log; ``record_decision`` says how."""
    return record_decision(connection, AuditLog(connection), finding_id, reviewer, verdict, reason_code, note, now())


def record_decision(
    connection: Connection,
    log: AuditLog,
    finding_id: int,
    reviewer: str,
    verdict: Verdict,
    reason_code: str,
    note: str,
    at: str,
) -> Decision:
    """Write down a decision, with an entry of the log.

    Each person who decides a finding is a round of it; whoever decides again replaces what they said. Who may decide,
    and when, is for ``casework.reviewing`` to say.

    Args:
        connection: may write.
        log: of the same transaction.
        finding_id: about which finding.
        reviewer: who decides.
        verdict: what.
        reason_code: why, as a word of ``casework.reasons``.
        note: why, in the reviewer's words.
        at: when, ISO 8601 in UTC.

    Raises:
        UsageError: there is no such finding, or the reviewer has no name.
    """
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).first()
    if row is None:
        raise UsageError(f"finding {finding_id}: there is no such finding; see `netra findings`")
    if not reviewer.strip():
        raise UsageError(f"finding {finding_id}: expected who decides, got an empty name")
    rounds = {one.reviewer: one.round for one in standing(connection, finding_id)}
    values = {
        "finding_id": finding_id,
        "reviewer": reviewer,
        "decided_at": at,
        "round": rounds.get(reviewer, max(rounds.values(), default=0) + 1),
        "decision": verdict.value,
        "reason_code": reason_code,
        "note": note,
        "snapshot": json.dumps(asdict(Snapshot.of(row._asdict())), sort_keys=True),
    }
    made = connection.execute(insert(decisions).values(values).returning(decisions.c.id)).scalar_one()
    follow(connection, finding_id)
    detail = {"decision": verdict.value, "round": values["round"], "reason_code": reason_code}
    log.append(reviewer, Action.DECISION, finding_subject(finding_id), note, detail)
    return next(one for one in decisions_of(connection, finding_id) if one.id == made)


def undo(connection: Connection, decision_id: int, reviewer: str, note: str = "") -> None:
    """Take a decision back at this moment; ``take_back`` says how."""
    take_back(connection, AuditLog(connection), decision_id, reviewer, note, now())


def take_back(connection: Connection, log: AuditLog, decision_id: int, reviewer: str, note: str, at: str) -> None:
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
        "decided_at": at,
        "round": row.round,
        "decision": row.decision,
        "note": note,
        "snapshot": row.snapshot,
        "undoes": decision_id,
    }
    connection.execute(insert(decisions).values(values))
    follow(connection, row.finding_id)
    detail = {"decision": decision_id}
    log.append(reviewer, Action.DECISION_UNDO, finding_subject(row.finding_id), note, detail)


def standing(connection: Connection, finding_id: int) -> tuple[Decision, ...]:
    """The decisions about a finding that were not taken back, in their order."""
    return tuple(one for one in decisions_of(connection, finding_id) if not one.undone)


def standing_by_finding(connection: Connection, finding_ids: Sequence[int]) -> dict[int, tuple[Decision, ...]]:
    """``standing`` of several findings; those without are left out."""
    query = select(decisions).where(decisions.c.finding_id.in_(finding_ids)).order_by(decisions.c.id)
    found: dict[int, tuple[Decision, ...]] = {}
    for one in _decisions(connection.execute(query).all()):
        if not one.undone:
            found[one.finding_id] = (*found.get(one.finding_id, ()), one)
    return found


def last_words(valid: Sequence[Decision]) -> dict[str, Decision]:
    """The last word of each reviewer that stands, the first reviewer's first."""
    last = {one.reviewer: one for one in valid}
    return dict(sorted(last.items(), key=lambda item: item[1].round))


def decisions_of(connection: Connection, finding_id: int) -> tuple[Decision, ...]:
    """All decisions about a finding, in their order, those taken back too."""
    query = select(decisions).where(decisions.c.finding_id == finding_id).order_by(decisions.c.id)
    return _decisions(connection.execute(query).all())


def last_snapshots(connection: Connection, finding_ids: Sequence[int]) -> dict[int, tuple[Snapshot, ...]]:
    """What each decided finding said when it was last decided."""
    valid = standing_by_finding(connection, finding_ids)
    return {number: (found[-1].snapshot,) for number, found in valid.items()}


def state_of(valid: Sequence[Decision]) -> str:
    """The state that follows from the decisions that were not taken back; the last word of each reviewer counts.

    Confirming takes two people; until the second it is ``confirmed-once``. Any other verdict stands with one. Where two
    reviewers disagree it cannot be told, and so is not confirmed; where there is a third, two of three decide.
    """
    said = Counter(one.verdict for one in last_words(valid).values())
    if not said:
        return SUGGESTED
    verdict, times = said.most_common(1)[0]
    if len(said) > 1:
        return verdict.value if is_settled(valid) else Verdict.CANNOT_TELL.value
    if verdict is Verdict.CONFIRMED and times == 1:
        return CONFIRMED_ONCE
    return verdict.value


def is_settled(valid: Sequence[Decision]) -> bool:
    """Whether nobody disagrees, or more than half of at least three people say the same."""
    said = Counter(one.verdict for one in last_words(valid).values())
    return len(said) < 2 or (said.total() >= MOST_ROUNDS and 2 * max(said.values()) > said.total())


def follow(connection: Connection, finding_id: int) -> None:
    """Bring a finding's row to what its decisions say.

    Args:
        connection: may write.
        finding_id: which finding.
    """
    valid = standing(connection, finding_id)
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).one()
    names = [*last_words(valid), "", "", ""]
    values: dict[str, Any] = {
        "state": state_of(valid),
        "changed": bool(valid) and valid[-1].snapshot != Snapshot.of(row._asdict()),
        "first_reviewer": names[0],
        "second_reviewer": names[1],
        "third_reviewer": names[2],
        "wants_second": 0 < len(last_words(valid)) < _rounds_needed(connection, row, valid),
        "disagreed": not is_settled(valid),
    }
    connection.execute(update(findings).where(findings.c.id == finding_id).values(values))
    keep_representatives(connection, [row.photo_id])


def _rounds_needed(connection: Connection, row: Row[Any], valid: Sequence[Decision]) -> int:
    """How many people have to decide it, now that somebody has."""
    said = {one.verdict for one in last_words(valid).values()}
    both = Verdict.CONFIRMED in said or is_drawn(connection, row.id, settings_of(connection).second_share)
    return max(int(row.rounds_asked), 2 if both else 1)


def is_drawn(connection: Connection, finding_id: int, share: float) -> bool:
    """Whether a finding gets a second look whatever its first reviewer says.

    Args:
        connection: may write: the key may have to be made.
        finding_id: which finding.
        share: of all findings, 0 to 1.
    """
    drawn = keyed_hash(connection, _DRAWN, str(finding_id)).rpartition(":")[2]
    return int(drawn[:_DIGITS], 16) < share * 16**_DIGITS


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
