"""Planted first looks, of which it is known that the right answer is "not the same person".

A face that was matched with one candidate is shown beside the photos of another: the one it resembled second most. Best
are faces that two other people have confirmed; where there are none, those that the band ``match`` vouches for. Of
these the half whose second candidate is the more alike is drawn from: a woman beside a bearded man tells everybody that
the look is planted, and nobody who would confirm too easily.
Nothing ever follows for a finding: what was answered is only counted, for each reviewer, so that a supervisor knows how
often somebody confirms whoever is shown to them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, exists, select

from casework.decisions import CONFIRMED_ONCE, SUGGESTED, Verdict
from casework.queries import Filter
from casework.tables import elections, findings, looks, sightings

MATCH: Final = "match"
_CHOICES: Final = 200
"""So many are drawn from, so that they come in no order and cost no more in a large office."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A look that may be planted.

    Attributes:
        finding_id: whose photo.
        person: number of the face in the record.
        hand: number of the hand, or none.
        candidate: beside whose photos it is shown; not who it is.
    """

    finding_id: int
    person: int
    hand: tuple[int, ...]
    candidate: str

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
    for states in ((Verdict.CONFIRMED.value,), (SUGGESTED, CONFIRMED_ONCE)):
        fit = _fitting(connection, connection.execute(_known(reviewer, wanted, states)).all())
        if fit:
            harder = fit[: (len(fit) + 1) // 2]
            return (harder[int(draw() * len(harder))],)
    return ()


def _known(reviewer: str, wanted: Filter, states: Sequence[str]) -> Any:
    """Faces of which it is known whose they are, in findings of these states that the reviewer has never met."""
    met = exists().where(looks.c.finding_id == findings.c.id, looks.c.reviewer == reviewer)
    return (
        select(findings, sightings.c.person, sightings.c.second_candidate, sightings.c.second_similarity)
        .join(sightings, sightings.c.evaluation_id == findings.c.evaluation_id)
        .where(
            findings.c.current,
            findings.c.state.in_(states),
            findings.c.first_reviewer != reviewer,
            findings.c.second_reviewer != reviewer,
            findings.c.third_reviewer != reviewer,
            sightings.c.candidate == findings.c.candidate,
            sightings.c.band == MATCH,
            sightings.c.depiction.is_(False),
            sightings.c.second_candidate != "",
            ~met,
            *_like(wanted),
        )
        .order_by(findings.c.id)
        .limit(_CHOICES)
    )


def _like(wanted: Filter) -> list[ColumnElement[bool]]:
    exact = {
        findings.c.election_id: wanted.election,
        findings.c.symbol: wanted.symbol,
        findings.c.category: wanted.category,
        sightings.c.second_candidate: wanted.candidate,
    }
    return [column == value for column, value in exact.items() if value]


def _fitting(connection: Connection, rows: Sequence[Row[Any]]) -> list[Planted]:
    """Those where whoever is shown is an official candidate, and nowhere in the photo; the most alike first."""
    official = {election: _candidates(connection, election) for election in {row.election_id for row in rows}}
    there: dict[int, set[str]] = defaultdict(set)
    query = select(sightings.c.evaluation_id, sightings.c.candidate)
    for one in connection.execute(query.where(sightings.c.evaluation_id.in_([row.evaluation_id for row in rows]))):
        there[one.evaluation_id].add(one.candidate)
    return [
        Planted(
            row.id,
            row.person,
            () if (hand := json.loads(row.detail or "{}").get("hand")) is None else (hand,),
            row.second_candidate,
        )
        for row in sorted(rows, key=_likeness, reverse=True)
        if row.second_candidate in official[row.election_id] - there[row.evaluation_id]
    ]


def _likeness(row: Row[Any]) -> float:
    return -1.0 if row.second_similarity is None else float(row.second_similarity)


def _candidates(connection: Connection, election: str) -> frozenset[str]:
    about = connection.execute(select(elections.c.about).where(elections.c.id == election)).scalar_one()
    return frozenset(
        one["id"]
        for holder in (json.loads(about or "{}"), *json.loads(about or "{}").get("tickets", ()))
        for one in holder.get("candidates", ())
    )
