"""Cases by a number of the database's own, which fits into an address; what can be added to one; its packages."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, or_, select

from casework.case_file import CaseFile, CaseState
from casework.cases import case_of
from casework.deadlines import NO_HOLIDAYS, Deadline, ElectionKind, Holidays, deadlines
from casework.decisions import Verdict
from casework.tables import about, case_findings, cases, elections, findings

PAGE: Final = 40
MOST_PACKAGES: Final = 20
_REFUSED: Final = (Verdict.REJECTED.value, Verdict.CANNOT_TELL.value, Verdict.IGNORED.value)


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A case and its number in the database."""

    id: int
    case: CaseFile


@dataclass(frozen=True, slots=True)
class Offer:
    """A confirmed finding that is in no case.

    Attributes:
        id: its number.
        rank: of its strength.
        copies: numbers of findings of copies of its photo that are in no case, and that nobody has refused.
    """

    id: int
    rank: int
    copies: tuple[int, ...] = ()

    @property
    def place(self) -> str:
        """Where the next page begins."""
        return f"{self.rank}-{self.id}"


@dataclass(frozen=True, slots=True)
class Offers:
    """A page of them.

    Attributes:
        offers: in order.
        after: where the next page begins; empty on the last one.
        total: how many there are in all.
    """

    offers: tuple[Offer, ...]
    after: str
    total: int


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    """A package of a case that was written from the review page.

    Attributes:
        place: its folder.
        made_at, made_by: when and by whom; why, the log has.
        photos, findings, missing: how many are in it, and how many originals are not.
    """

    place: str
    made_at: str
    made_by: str
    photos: int
    findings: int
    missing: int


def case_entries(connection: Connection) -> tuple[CaseEntry, ...]:
    """Every case, the latest first; deleted ones as well."""
    rows = connection.execute(select(cases).order_by(cases.c.id.desc())).all()
    return tuple(CaseEntry(row.id, case_of(connection, row)) for row in rows)


def case_entry(connection: Connection, case_id: int) -> tuple[CaseEntry, ...]:
    """One case; none where there is none."""
    row = connection.execute(select(cases).where(cases.c.id == case_id)).first()
    return () if row is None else (CaseEntry(row.id, case_of(connection, row)),)


def case_id_of(connection: Connection, number: str) -> tuple[int, ...]:
    """The number in the database of the case that an office calls so."""
    return tuple(connection.execute(select(cases.c.id).where(cases.c.number == number)).scalars())


def election_names(connection: Connection) -> dict[str, str]:
    """Elections of the database: id -> name, in the order of their ids."""
    rows = connection.execute(select(elections.c.id, elections.c.name).order_by(elections.c.id))
    return {row.id: row.name or row.id for row in rows}


def candidate_names(connection: Connection, election: str) -> dict[str, str]:
    """Candidates of an election: id -> name, as its file had them when it was last scanned for."""
    text = connection.execute(select(elections.c.about).where(elections.c.id == election)).scalar()
    about_it = json.loads(text or "{}")
    holders = [about_it, *about_it.get("tickets", ())]
    return {one["id"]: one.get("name", one["id"]) for holder in holders for one in holder.get("candidates", ())}


def next_deadline(case: CaseFile, today: date, holidays: Holidays = NO_HOLIDAYS) -> tuple[Deadline, ...]:
    """The next last day of an open case, or the latest one where all are over; of the earlier law where none is named.

    None where the day it became known is not.
    """
    if case.state is not CaseState.OPEN or not case.known_on:
        return ()
    every = [
        one
        for kind in case.kind or tuple(ElectionKind)
        for one in deadlines(kind, case.known_on[0], case.registered_on, holidays)
    ]
    ahead = [one for one in every if one.day >= today]
    return (min(ahead, key=_day) if ahead else max(every, key=_day),)


def _day(one: Deadline) -> date:
    return one.day


def offered(connection: Connection, election: str = "", after: str = "", count: int = PAGE) -> Offers:
    """Confirmed findings that are in no case, the strongest first; a copy stands inside the finding that stands for it.

    Args:
        connection: to read.
        election: whose; of every election where empty.
        after: of the page before.
        count: how many on a page.

    Raises:
        ValueError: ``after`` is no such place.
    """
    shown = and_(_free(election), or_(findings.c.copy_of.is_(None), ~_stands_for()))
    total = connection.execute(select(func.count()).select_from(findings).where(shown)).scalar_one()
    order = findings.c.strength_rank, findings.c.id
    query = select(findings.c.strength_rank, findings.c.id).where(shown).order_by(*order).limit(count + 1)
    if after:
        rank, number = _place(after)
        later = or_(findings.c.strength_rank > rank, and_(findings.c.strength_rank == rank, findings.c.id > number))
        query = query.where(later)
    rows = connection.execute(query).all()
    inside = copies_of(connection, [row.id for row in rows[:count]])
    listed = tuple(Offer(row.id, row.strength_rank, inside.get(row.id, ())) for row in rows[:count])
    return Offers(listed, listed[-1].place if len(rows) > count else "", total)


def count_offered(connection: Connection) -> int:
    """How many confirmed findings are in no case."""
    return int(connection.execute(select(func.count()).select_from(findings).where(_free(""))).scalar_one())


def _free(election: str) -> ColumnElement[bool]:
    inside = exists().where(case_findings.c.finding_id == findings.c.id)
    said = [findings.c.state == Verdict.CONFIRMED.value, ~inside]
    if election:
        said.append(findings.c.election_id == election)
    return and_(*said)


def _stands_for() -> ColumnElement[bool]:
    """The finding that stands for this copy is offered itself."""
    other = findings.alias("representative")
    inside = exists().where(case_findings.c.finding_id == other.c.id)
    return exists().where(other.c.id == findings.c.copy_of, other.c.state == Verdict.CONFIRMED.value, ~inside)


def copies_of(connection: Connection, numbers: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Findings of copies that stand inside these, are in no case and were not refused by anybody."""
    inside = exists().where(case_findings.c.finding_id == findings.c.id)
    query = (
        select(findings.c.copy_of, findings.c.id)
        .where(findings.c.copy_of.in_(sorted(numbers)), findings.c.current, findings.c.state.not_in(_REFUSED), ~inside)
        .order_by(findings.c.id)
    )
    found: dict[int, tuple[int, ...]] = {}
    for representative, number in connection.execute(query):
        found[representative] = (*found.get(representative, ()), number)
    return found


def _place(after: str) -> tuple[int, int]:
    rank, dash, number = after.partition("-")
    if not (dash and rank.isdecimal() and number.isdecimal()):
        raise ValueError(f"after: expected the end of a page, as 0-123, got {after!r}")
    return int(rank), int(number)


def note_package(connection: Connection, case_id: int, package: WrittenPackage) -> None:
    """Remember where a package was written, so that people find it again."""
    name = _row(case_id)
    kept = [package, *packages_of(connection, case_id)][:MOST_PACKAGES]
    connection.execute(delete(about).where(about.c.name == name))
    text = json.dumps([asdict(one) for one in kept], ensure_ascii=False, sort_keys=True)
    connection.execute(insert(about).values(name=name, value=text))


def packages_of(connection: Connection, case_id: int) -> tuple[WrittenPackage, ...]:
    """Packages of a case that were written from the page, the latest first."""
    text = connection.execute(select(about.c.value).where(about.c.name == _row(case_id))).scalar()
    return tuple(WrittenPackage(**one) for one in json.loads(text)) if text else ()


def cases_with_packages(connection: Connection, case_ids: Sequence[int]) -> frozenset[int]:
    """Those of the cases that a package was written of from the page."""
    names = {_row(number): number for number in case_ids}
    there = connection.execute(select(about.c.name).where(about.c.name.in_(sorted(names)))).scalars()
    return frozenset(names[name] for name in there)


def _row(case_id: int) -> str:
    return f"packages:{case_id}"
