"""Runs: one row for each scan that was begun, with all that its results rest on and what became of it."""

import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from candidates.election import Election
from candidates.gallery import Gallery
from candidates.population import Population
from candidates.population_file import packed_population, unpacked_population
from casework.audit import Action, AuditLog
from casework.clock import now
from casework.tables import elections, runs
from casework.upsert import upsert
from screening.finish import Summary
from screening.keys import ScanKeys, election_hash, rulebook_hash
from screening.memory import Kept
from screening.rulebook import Rulebook

RUNNING, FINISHED, INTERRUPTED = "running", "finished", "interrupted"

FEWEST_KEPT: Final = 50
"""A population of fewer people is not kept: the mean of one person's faces is that person's template, and of a handful
each moves it. It would serve no later scan either, since it makes no E-values."""


@dataclass(frozen=True, slots=True)
class ScanAbout:
    """What a run's row says of the scan.

    Attributes:
        election, gallery, rulebook: what it looks for.
        keys: what its results rest on.
        roots: the paths as named.
        settings: as a record's "run" has them.
        operator: who started it.
    """

    election: Election
    gallery: Gallery = field(repr=False)
    rulebook: Rulebook
    keys: ScanKeys
    roots: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    operator: str = ""


@dataclass(frozen=True, slots=True)
class Base:
    """The finished run whose sightings still stand, with the population they rest on.

    Attributes:
        run_id: its row.
        kept: see ``screening.memory.Kept``.
    """

    run_id: int
    kept: Kept


def start_run(connection: Connection, about: ScanAbout) -> int:
    """Write down that a scan begins; runs that died are marked as interrupted."""
    _close_dead(connection)
    upsert(connection, elections, [_election_row(about)], ["id"], [c.name for c in elections.c if c.name != "id"])
    row = {
        "election_id": about.election.id,
        "started_at": now(),
        "state": RUNNING,
        "roots": _json(list(about.roots)),
        "run_key": about.keys.run,
        "reading_key": about.keys.reading,
        "matching_key": about.keys.matching,
        "judging_key": about.keys.judging,
        "about": _json(about.settings),
        "models": _json(about.keys.models),
        "operator": about.operator,
    }
    made = int(connection.execute(insert(runs).values(row).returning(runs.c.id)).scalar_one())
    detail = {"election": about.election.id, "rulebook": about.rulebook.id, "run_key": about.keys.run}
    _log(connection, about, Action.RUN_START, made, detail)
    return made


def _close_dead(connection: Connection) -> None:
    """The lock is held by this scan, so that no other run can be alive."""
    dead = connection.execute(select(runs.c.id, runs.c.operator).where(runs.c.state == RUNNING)).all()
    for one in dead:
        connection.execute(update(runs).where(runs.c.id == one.id).values(state=INTERRUPTED))
        AuditLog(connection).append(
            one.operator or "netra", Action.RUN_INTERRUPT, f"run:{one.id}", detail={"died": True}
        )


def finish_run(connection: Connection, run_id: int, about: ScanAbout, summary: Summary) -> None:
    """Write down how a scan ended, and keep its population for the next one."""
    state = INTERRUPTED if summary.interrupted else FINISHED
    counts = {name: getattr(summary, name) for name in _COUNTED}
    findings = {f"{category} {strength}": n for (category, strength), n in sorted(summary.findings.items())}
    keep = [each for each in summary.measured if each.count >= FEWEST_KEPT and each.model_id]
    connection.execute(
        update(runs)
        .where(runs.c.id == run_id)
        .values(
            state=state,
            finished_at=now(),
            counts=_json(counts | {"findings": findings}),
            calibrated=summary.calibrated,
            faces=summary.faces,
            faces_added=summary.faces_added,
            population=packed_population(keep[0]) if keep and not summary.interrupted else b"",
        )
    )
    action = Action.RUN_INTERRUPT if summary.interrupted else Action.RUN_FINISH
    _log(connection, about, action, run_id, counts | {"findings": sum(summary.findings.values())})


_COUNTED: Final = (
    *("seen", "ok", "unreadable", "duplicate", "skipped", "people", "hands"),
    *("cannot_assess", "cannot_read", "population"),
)


def stop_run(connection: Connection, run_id: int, about: ScanAbout) -> None:
    """Write down that a scan ended early without a summary."""
    connection.execute(update(runs).where(runs.c.id == run_id).values(state=INTERRUPTED, finished_at=now()))
    _log(connection, about, Action.RUN_INTERRUPT, run_id, {})


def base_of(connection: Connection, about: ScanAbout) -> tuple[Base, ...]:
    """The last finished run with the same references and bands, of the same paths before one of others; or none."""
    wanted = (
        (runs.c.election_id == about.election.id)
        & (runs.c.state == FINISHED)
        & (runs.c.matching_key == about.keys.matching)
    )
    same_paths = (runs.c.roots == _json(list(about.roots))).desc()
    row = connection.execute(select(runs).where(wanted).order_by(same_paths, runs.c.id.desc()).limit(1)).first()
    return () if row is None else (Base(row.id, _kept(row, about.gallery)),)


def _kept(row: Row[Any], gallery: Gallery) -> Kept:
    populations: tuple[Population, ...] = ()
    if row.population:
        name = f"run {row.id}"
        populations = (unpacked_population(io.BytesIO(row.population), name, gallery.model_id),)
    people = float(json.loads(row.counts or "{}").get("population", 0.0))
    return Kept(populations, people, row.faces, row.faces_added, row.calibrated)


def _election_row(about: ScanAbout) -> dict[str, str]:
    election, book = about.election, about.rulebook
    tickets = [
        {
            "number": ticket.number,
            "symbols": list(ticket.symbols),
            "two_hands": [list(pair) for pair in ticket.two_hands],
            "candidates": [{"id": one.id, "name": one.name, "office": one.office} for one in ticket.candidates],
        }
        for ticket in election.tickets
    ]
    days = ("candidates_official", "numbers_drawn", "voting_day")
    sources = [asdict(source) for source in book.legal_basis]
    return {
        "id": election.id,
        "name": election.name,
        "rulebook": book.id,
        "about": _json({"tickets": tickets} | {day: getattr(election, day).isoformat() for day in days}),
        "election_hash": election_hash(election),
        "rulebook_hash": rulebook_hash(book),
        "rulebook_about": _json(
            {"version": book.version, "name_id": book.name_id, "name_en": book.name_en, "legal_basis": sources}
        ),
    }


def _log(connection: Connection, about: ScanAbout, action: Action, run_id: int, detail: Mapping[str, Any]) -> None:
    AuditLog(connection).append(about.operator or "netra", action, f"run:{run_id}", detail=detail)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
