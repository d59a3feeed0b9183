"""Keeps the findings: one row for each photo, election, ticket and panel, whatever evaluation says it.

A scan says what it sees; what people decided stays. A decided finding that a later evaluation words differently is
marked as changed, one that it no longer makes as not current, and neither is ever suggested anew. Where a later
evaluation cuts the photo into other panels, a decided finding goes along with its ticket, so that nobody is asked the
same again under another number.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from casework.decisions import Snapshot, last_snapshots
from casework.representatives import keep_representatives
from casework.tables import findings
from screening.findings import Finding, Strength
from screening.record import PhotoRecord, finding_dict

RANKS: Final = {strength: rank for rank, strength in enumerate(Strength)}


def write_findings(
    connection: Connection, run_id: int, election_id: str, said: Sequence[tuple[int, int, PhotoRecord]]
) -> None:
    """Write the findings of photos that have a new current evaluation.

    Args:
        connection: may write.
        run_id: of the run.
        election_id: of its election.
        said: the id of each photo, of its evaluation, and the record.
    """
    if not said:
        return
    query = select(findings).where(
        findings.c.photo_id.in_([photo for photo, _, _ in said]), findings.c.election_id == election_id
    )
    there = {(row.photo_id, row.ticket, row.panel): row for row in connection.execute(query)}
    decided = last_snapshots(connection, [row.id for row in there.values()])
    _follow_panels(connection, there, decided, said)
    made: set[tuple[int, int, int]] = set()
    new: list[dict[str, Any]] = []
    for photo, evaluation, record in said:
        for finding in record.findings:
            place = photo, finding.ticket, finding.panel
            if place in made:
                continue  # of several about one ticket and panel the rules give the strongest first
            made.add(place)
            values = _values(finding, record) | {"evaluation_id": evaluation, "last_run_id": run_id, "current": True}
            row = there.get(place)
            if row is None:
                new.append(
                    values
                    | {"photo_id": photo, "election_id": election_id, "first_run_id": run_id, "changed": False}
                    | {"ticket": finding.ticket, "panel": finding.panel, "state": "suggested"}
                )
                continue
            values["changed"] = any(one != Snapshot.of(values) for one in decided.get(row.id, ()))
            connection.execute(update(findings).where(findings.c.id == row.id).values(values))
    if new:
        connection.execute(insert(findings), new)
    gone = [row.id for place, row in there.items() if place not in made and row.current]
    if gone:
        connection.execute(update(findings).where(findings.c.id.in_(gone)).values(current=False))
    keep_representatives(connection, [photo for photo, _, _ in said])


def _follow_panels(
    connection: Connection,
    there: dict[tuple[int, int, int], Row[Any]],
    decided: Mapping[int, tuple[Snapshot, ...]],
    said: Sequence[tuple[int, int, PhotoRecord]],
) -> None:
    """Put decided findings that are no longer made where they stood to where the same ticket is found now."""
    for photo, _, record in said:
        now = {(finding.ticket, finding.panel) for finding in record.findings}
        for ticket, panel in sorted(now):
            left = [
                place
                for place, row in there.items()
                if place[:2] == (photo, ticket) and row.id in decided and place[1:] not in now
            ]
            if (photo, ticket, panel) in there or not left:
                continue
            row = there.pop(min(left))
            connection.execute(update(findings).where(findings.c.id == row.id).values(panel=panel))
            there[photo, ticket, panel] = row


def _values(finding: Finding, record: PhotoRecord) -> dict[str, Any]:
    posted = record.facts.posted_at
    return {
        "category": finding.category.value,
        "strength": finding.strength.value,
        "strength_rank": RANKS[finding.strength],
        "candidate": finding.candidates[0] if finding.candidates else "",
        "symbol": finding.symbol,
        "rule": finding.rule,
        "detail": json.dumps(finding_dict(finding), ensure_ascii=False, sort_keys=True),
        "posted_on": posted[0].isoformat() if posted else "",
    }
