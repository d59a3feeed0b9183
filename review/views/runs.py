"""Runs: what was scanned when, by whom, what became of every file, and how far one is that is still going."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.responses import Response

from casework.roles import Role
from casework.run_list import PAGE, RunState, run_facts, run_lines
from review.finding_words import CATEGORIES, STRENGTHS
from review.language import marked
from review.page import Page
from review.render import render
from review.visit import MissingPageError, Visit

READERS: Final = frozenset({Role.REVIEWER, Role.SUPERVISOR, Role.AUDITOR})

RUN_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "running": marked("sedang berjalan"),
        "finished": marked("selesai"),
        "interrupted": marked("dihentikan"),
        "died": marked("terputus"),
    }
)
OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ok": marked("terbaca"),
        "unreadable": marked("tidak terbaca"),
        "duplicate": marked("isi yang sama lagi"),
        "skipped": marked("dilewati"),
    }
)


def list_runs(visit: Visit) -> Response:
    """Runs, the latest first."""
    before = visit.query.get("sebelum", "")
    start = int(before) if before.isascii() and before.isdecimal() and len(before) <= 18 else 0
    with visit.office.database.read() as connection:
        found = run_lines(connection, start, PAGE + 1)
    lines = found[:PAGE]
    return render(
        visit,
        "runs.html",
        lines=lines,
        older=lines[-1].id if len(found) > PAGE else 0,
        going=any(one.state is RunState.RUNNING for one in lines),
        RUN_STATES=RUN_STATES,
        OUTCOMES=OUTCOMES,
    )


def show_run(visit: Visit) -> Response:
    """One run with everything that its results rest on."""
    number = int(visit.params["run"])
    with visit.office.database.read() as connection:
        known = run_facts(connection, number) if number < 2**63 else ()  # no database counts higher
    if not known:
        raise MissingPageError
    facts = known[0]
    found = [
        (*key.partition(" ")[::2], number)
        for key, number in sorted(facts.line.findings.items(), key=lambda item: -item[1])
    ]
    settings = [(name, _plain(value)) for name, value in sorted(facts.about.items())]
    return render(
        visit,
        "run.html",
        facts=facts,
        line=facts.line,
        found=found,
        settings=settings,
        going=facts.line.state is RunState.RUNNING,
        RUN_STATES=RUN_STATES,
        OUTCOMES=OUTCOMES,
        CATEGORIES=CATEGORIES,
        STRENGTHS=STRENGTHS,
    )


def _plain(value: object) -> str:
    """A setting as one line."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


PAGES: Final = (
    Page("GET", "/pindaian", list_runs, READERS),
    Page("GET", "/pindaian/{run:int}", show_run, READERS),
)
