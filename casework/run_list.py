"""Runs as a list shows them: what became of each, and how far one is that is still going."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, func, select

from casework.runs import FINISHED, RUNNING
from casework.scan_lock import Sign, last_sign
from casework.tables import elections, runs, seen

PAGE: Final = 20
OUTCOMES: Final = ("ok", "unreadable", "duplicate", "skipped")
"""What can become of a file; a finished run's counts of these add up to the files it saw."""


class RunState(StrEnum):
    """What became of a run, as far as can be told now."""

    RUNNING = "running"
    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    DIED = "died"  # nobody wrote down that it ended


@dataclass(frozen=True, slots=True)
class RunLine:
    """A run in short.

    Attributes:
        id, election, started_at, finished_at, operator: as in the table.
        election_name: as the election file has it.
        roots: the paths as named.
        counts: files by what became of them, people and hands; empty where no summary was written.
        findings: by category and strength, as ``"foto-bersama strong"``.
        signs: how far it was at its last sign of life, of one that runs or died; else none.
    """

    id: int
    election: str
    election_name: str
    started_at: str
    finished_at: str
    state: RunState
    operator: str
    roots: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    findings: Mapping[str, int] = field(default_factory=dict)
    signs: tuple[Sign, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether a summary says what became of every file."""
        return "seen" in self.counts

    @property
    def outcomes(self) -> tuple[tuple[str, int], ...]:
        """How many files ended how; they add up to ``counts["seen"]``."""
        return tuple((name, self.counts.get(name, 0)) for name in OUTCOMES)

    @property
    def found(self) -> int:
        """How many findings its records had."""
        return sum(self.findings.values())


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run with all that its results rest on.

    Attributes:
        line: in short.
        about: everything a record's "run" says: settings, versions, bands.
        models: file name -> sha256.
        keys: of reading, matching and judging, as ``screening.keys`` makes them.
        calibrated: whether E-values were given.
        faces: how many the population was measured with.
        written: files it wrote a result of.
    """

    line: RunLine
    about: Mapping[str, Any]
    models: Mapping[str, str]
    keys: Mapping[str, str]
    calibrated: bool
    faces: int
    written: int


def run_lines(connection: Connection, before: int = 0, count: int = PAGE) -> tuple[RunLine, ...]:
    """Runs, the latest first.

    Args:
        connection: to read.
        before: only runs of a smaller number; 0 for the latest.
        count: how many at most.
    """
    query = _lines().order_by(runs.c.id.desc()).limit(count)
    if before:
        query = query.where(runs.c.id < before)
    signs = last_sign(connection)
    return tuple(_line(row, signs) for row in connection.execute(query))


def run_facts(connection: Connection, run_id: int) -> tuple[RunFacts, ...]:
    """One run; none where there is none of this number."""
    keys = {name.removesuffix("_key"): runs.c[name] for name in ("reading_key", "matching_key", "judging_key")}
    query = _lines().add_columns(runs.c.about, runs.c.models, runs.c.calibrated, runs.c.faces, *keys.values())
    row = connection.execute(query.where(runs.c.id == run_id)).first()
    if row is None:
        return ()
    line = _line(row, last_sign(connection))
    written = connection.execute(select(func.count()).select_from(seen).where(seen.c.run_id == run_id)).scalar_one()
    told = {name: getattr(row, column.name) for name, column in keys.items()}
    return (RunFacts(line, _object(row.about), _object(row.models), told, bool(row.calibrated), row.faces, written),)


def _lines() -> Select[Any]:
    """Without the populations, which are large."""
    return select(
        *(runs.c[name] for name in ("id", "election_id", "started_at", "finished_at", "state", "operator")),
        *(runs.c.roots, runs.c.counts, elections.c.name),
    ).join(elections, elections.c.id == runs.c.election_id)


def _line(row: Row[Any], signs: tuple[Sign, ...]) -> RunLine:
    # a lock that names no run yet is that of the newest one that is running
    of_this = tuple(sign for sign in signs if row.state == RUNNING and sign.run in (0, row.id))
    counts = _object(row.counts)
    found = counts.pop("findings", {})
    return RunLine(
        row.id,
        row.election_id,
        row.name or row.election_id,
        row.started_at,
        row.finished_at,
        _state(row.state, of_this),
        row.operator,
        tuple(json.loads(row.roots or "[]")),
        {name: int(value) for name, value in counts.items() if isinstance(value, int | float)},
        found if isinstance(found, dict) else {},
        of_this,
    )


def _state(written: str, signs: tuple[Sign, ...]) -> RunState:
    if written != RUNNING:
        return RunState.FINISHED if written == FINISHED else RunState.INTERRUPTED
    return RunState.RUNNING if any(sign.lives for sign in signs) else RunState.DIED


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text or "{}")
    return value if isinstance(value, dict) else {}
