"""Two people, each blind to the other: who may decide a finding, when, and what they may see.

    look (casework.looks) -> decide, with a reason -> another reviewer looks and decides -> both see what was said

Every confirmed finding has two reviewers, and a drawn share of the others. Where they disagree it is not confirmed; a
supervisor can ask for a third, and then two of three decide. A word stands as soon as somebody else has decided too.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, func, select, update

from casework.access import finding_subject
from casework.audit import Action, AuditLog
from casework.decisions import (
    MOST_ROUNDS,
    Decision,
    Verdict,
    decisions_of,
    follow,
    last_words,
    record_decision,
    standing,
    standing_by_finding,
    take_back,
)
from casework.looks import has_looked
from casework.reasons import BY_CODE
from casework.review_refusals import Refusal, ReviewError
from casework.tables import findings


def decide_reviewed(
    connection: Connection,
    log: AuditLog,
    finding_id: int,
    reviewer: str,
    verdict: Verdict,
    reason_code: str,
    note: str,
    now: str,
) -> Decision:
    """Write down what a reviewer decides after their first look.

    Args:
        connection: may write.
        log: of the same transaction.
        finding_id: about which finding.
        reviewer: who decides.
        verdict: what.
        reason_code: a word of ``casework.reasons`` that fits the verdict.
        note: in their words; has to be there for the reason ``other``.
        now: ISO 8601 in UTC.

    Raises:
        ReviewError: they have not looked, the reason does not fit or lacks its note, everybody who was asked has
            decided, or somebody else has decided since they did.
    """
    row = connection.execute(select(findings.c.rounds_asked).where(findings.c.id == finding_id)).first()
    if row is None:
        raise ReviewError(Refusal.NO_FINDING)
    if not has_looked(connection, finding_id, reviewer):
        raise ReviewError(Refusal.NOT_LOOKED)
    reason = BY_CODE.get(reason_code)
    if reason is None or verdict not in reason.verdicts:
        raise ReviewError(Refusal.WRONG_REASON)
    if reason.needs_note and not note.strip():
        raise ReviewError(Refusal.NO_NOTE)
    words = last_words(standing(connection, finding_id))
    others = words.keys() - {reviewer}
    if reviewer in words and others:
        raise ReviewError(Refusal.STANDS)
    if len(others) >= max(2, row.rounds_asked):
        raise ReviewError(Refusal.ENOUGH)
    return record_decision(connection, log, finding_id, reviewer, verdict, reason_code, note.strip(), now)


def undo_own(
    connection: Connection, log: AuditLog, finding_id: int, reviewer: str, now: str, note: str = ""
) -> Decision:
    """Take one's own decision back, as long as nobody else has decided.

    Args:
        connection: may write.
        log: of the same transaction.
        finding_id: about which finding.
        reviewer: whose decision.
        now: ISO 8601 in UTC.
        note: why.

    Raises:
        ReviewError: there is none, or somebody else has decided since.
    """
    valid = standing(connection, finding_id)
    own = [one for one in valid if one.reviewer == reviewer]
    if not own:
        raise ReviewError(Refusal.NOTHING_TO_UNDO)
    if len(own) < len(valid):
        raise ReviewError(Refusal.STANDS)
    for one in reversed(own):  # of several the earlier ones must not come back
        take_back(connection, log, one.id, reviewer, note, now)
    return next(one for one in decisions_of(connection, finding_id) if one.id == own[-1].id)


def can_undo(connection: Connection, finding_id: int, reviewer: str) -> bool:
    """Whether a reviewer can take back or change what they decided."""
    return {one.reviewer for one in standing(connection, finding_id)} == {reviewer}


def is_open_for(connection: Connection, finding_id: int, reviewer: str) -> bool:
    """Whether a finding waits for this reviewer: nobody has decided it, or somebody else has and one more has to."""
    row = connection.execute(select(findings).where(findings.c.id == finding_id, findings.c.current)).first()
    if row is None or reviewer in (row.first_reviewer, row.second_reviewer, row.third_reviewer):
        return False
    return not row.first_reviewer or bool(row.wants_second)


def visible_decisions(connection: Connection, finding_id: int, reviewer: str) -> tuple[Decision, ...]:
    """The decisions that a reviewer may see: their own, and all once their own stands and nobody has to look any more.

    Whoever has not decided sees nobody's word, even when all is over: a supervisor may still ask them.
    """
    every = decisions_of(connection, finding_id)
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).first()
    whose = {one.reviewer for one in every if not one.undone}
    if row is not None and not row.wants_second and reviewer in whose and len(whose) > 1:
        return every
    return tuple(one for one in every if one.reviewer == reviewer)


def ask_another(connection: Connection, log: AuditLog, finding_id: int, actor: str, why: str) -> None:
    """Ask for one more reviewer than a finding has: a second where one was enough, a third where two disagree.

    Args:
        connection: may write.
        log: of the same transaction.
        finding_id: which finding.
        actor: the supervisor.
        why: in their words.

    Raises:
        ReviewError: no such finding, nobody has decided it, somebody is asked already, three have, or no reason.
    """
    row = connection.execute(select(findings).where(findings.c.id == finding_id)).first()
    if row is None:
        raise ReviewError(Refusal.NO_FINDING)
    if not why.strip():
        raise ReviewError(Refusal.NO_WHY)
    have = len(last_words(standing(connection, finding_id)))
    if not have or row.wants_second or have >= MOST_ROUNDS:
        raise ReviewError(Refusal.NOT_NOW)
    connection.execute(update(findings).where(findings.c.id == finding_id).values(rounds_asked=have + 1))
    follow(connection, finding_id)
    log.append(actor, Action.REVIEW_ASK, finding_subject(finding_id), why.strip(), {"reviewers": have + 1})


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A finding whose reviewers differ.

    Attributes:
        finding_id, category, candidate, symbol: of the finding.
        words: the last word of each reviewer, the first reviewer's first.
        asked: one more reviewer was asked for and has not decided.
    """

    finding_id: int
    category: str
    candidate: str
    symbol: str
    words: tuple[Decision, ...]
    asked: bool

    @property
    def may_ask(self) -> bool:
        """Whether one more can be asked for."""
        return not self.asked and len(self.words) < MOST_ROUNDS


def disagreements(connection: Connection, count: int) -> tuple[tuple[Disagreement, ...], int]:
    """Findings whose reviewers differ, those first for whom nobody was asked yet; and how many there are in all.

    Args:
        connection: to read.
        count: how many at most.
    """
    differs = findings.c.disagreed
    order = findings.c.wants_second, findings.c.strength_rank, findings.c.id
    first = connection.execute(select(findings.c.id).where(differs).order_by(*order).limit(count)).scalars().all()
    columns = (
        findings.c.id,
        findings.c.category,
        findings.c.candidate,
        findings.c.symbol,
        findings.c.wants_second,
    )
    query = select(*columns).where(findings.c.id.in_(first)).order_by(*order)
    words = standing_by_finding(connection, first)
    whole = connection.execute(select(func.count()).select_from(findings).where(differs)).scalar_one()
    listed = tuple(
        Disagreement(
            row.id,
            row.category,
            row.candidate,
            row.symbol,
            tuple(last_words(words.get(row.id, ())).values()),
            bool(row.wants_second),
        )
        for row in connection.execute(query).all()
    )
    return listed, int(whole)
