"""Planted first looks, of which it is known that the right answer is "not the same person".

A face that was matched with one candidate is shown beside the photos of another: the one it resembled second most. Best
are faces that two people have confirmed; where there are none, those whose chance likeness is at most ``match`` says.
Nothing ever follows for a finding: what was answered is only counted, for each reviewer, so that a supervisor knows how
often somebody confirms whoever is shown to them.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, case, exists, select

from casework.decisions import CONFIRMED_ONCE, SUGGESTED, Verdict
from casework.queries import Filter
from casework.tables import elections, evaluations, findings, looks, sightings

MATCH: Final = "match"
_CHOICES: Final = 40
"""So many of the best are drawn from: all are of one kind, and none is asked for in the order of the list."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A look that may be planted.

    Attributes:
        finding_id: whose photo.
        person: number of the face in the record.
        hand: number of the hand, or none.
        candidate: beside whose photos it is shown; not who it is.
        sure: two people confirmed who it is.
    """

    finding_id: int
    person: int
    hand: tuple[int, ...]
    candidate: str
    sure: bool

    def to_row(self) -> dict[str, Any]:
        """As columns of ``looks``."""
        hand = next(iter(self.hand), None)
        return {"control": True, "candidate": self.candidate, "person": self.person, "hand": hand}


def planted_for(
    connection: Connection, reviewer: str, wanted: Filter, draw: Callable[[], float]
) -> tuple[Planted, ...]:
    """A planted look for a reviewer; none where nothing fits.

    It has to look like what the reviewer asked for: of the same election, candidate, symbol and category. It is never
    of a finding that this reviewer has decided or looked at, and comes once.

    Args:
        connection: to read.
        reviewer: for whom.
        wanted: what they asked for.
        draw: a random number from 0 to under 1.
    """
    known = exists().where(looks.c.finding_id == findings.c.id, looks.c.reviewer == reviewer)
    sure = case((findings.c.state == Verdict.CONFIRMED.value, 0), else_=1)
    query = (
        select(findings, sightings.c.person, sightings.c.second_candidate, sure.label("unsure"))
        .join(evaluations, evaluations.c.id == findings.c.evaluation_id)
        .join(sightings, sightings.c.evaluation_id == findings.c.evaluation_id)
        .where(
            findings.c.current,
            findings.c.state.in_((SUGGESTED, CONFIRMED_ONCE, Verdict.CONFIRMED.value)),
            findings.c.first_reviewer != reviewer,
            findings.c.second_reviewer != reviewer,
            findings.c.third_reviewer != reviewer,
            findings.c.disagreed.is_(False),
            sightings.c.candidate == findings.c.candidate,
            sightings.c.band == MATCH,
            sightings.c.depiction.is_(False),
            sightings.c.second_candidate != "",
            ~known,
            *_like(wanted),
        )
        .order_by(sure, findings.c.id)
        .limit(_CHOICES * 5)
    )
    fit = list(_fitting(connection, connection.execute(query).all()))
    best = [one for one in fit if one.sure] or fit
    return (best[int(draw() * len(best))],) if best else ()


def _like(wanted: Filter) -> list[ColumnElement[bool]]:
    exact = {
        findings.c.election_id: wanted.election,
        findings.c.symbol: wanted.symbol,
        findings.c.category: wanted.category,
        sightings.c.second_candidate: wanted.candidate,
    }
    return [column == value for column, value in exact.items() if value]


def _fitting(connection: Connection, rows: Iterable[Row[Any]]) -> Iterable[Planted]:
    """Those where whoever is shown is an official candidate, and nowhere in the photo."""
    official: dict[str, frozenset[str]] = {}
    for row in rows:
        if row.election_id not in official:
            official[row.election_id] = _candidates(connection, row.election_id)
        there = connection.execute(
            select(sightings.c.candidate).where(sightings.c.evaluation_id == row.evaluation_id)
        ).scalars()
        if row.second_candidate in official[row.election_id] - set(there):
            hand = json.loads(row.detail or "{}").get("hand")
            yield Planted(row.id, row.person, () if hand is None else (hand,), row.second_candidate, not row.unsure)


def _candidates(connection: Connection, election: str) -> frozenset[str]:
    about = connection.execute(select(elections.c.about).where(elections.c.id == election)).scalar_one()
    return frozenset(
        one["id"]
        for holder in (json.loads(about or "{}"), *json.loads(about or "{}").get("tickets", ()))
        for one in holder.get("candidates", ())
    )
