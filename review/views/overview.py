"""Where everybody begins: what was scanned, found and decided, which last days are near, and what to do next."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from starlette.responses import Response

from casework.case_file import CaseState
from casework.case_list import CaseEntry, case_entries, cases_with_packages, count_offered, next_deadline
from casework.clock import moment
from casework.overview import Found, KeptCheckpoint, found, last_checkpoint
from casework.review_queue import Turn
from casework.roles import Role
from casework.run_list import RunState, run_lines
from casework.unread import count_unread
from review.case_words import LastDay, last_day
from review.finding_words import CATEGORIES, STATES, STRENGTHS
from review.page import Page
from review.render import render
from review.views.runs import OUTCOMES, RUN_STATES
from review.visit import Visit

RUNS: Final = 3
MOST_DEADLINES: Final = 8
CHECKPOINT_AGE: Final = timedelta(days=7)
"""An older checkpoint is advised to be made anew: what was written since could be changed and nobody would know."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open case and its next last day."""

    id: int
    number: str
    title: str
    last: LastDay


def overview(visit: Visit) -> Response:
    """The page that one sees after the login."""
    reviews = visit.has_role(Role.REVIEWER)
    keeps = visit.has_role(Role.SUPERVISOR, Role.AUDITOR)
    with visit.office.database.read() as connection:
        lines = run_lines(connection, 0, RUNS)
        unread = count_unread(connection)
        counts = found(connection, visit.actor if reviews else "")
        entries = case_entries(connection) if keeps else ()
        checkpoints = last_checkpoint(connection) if keeps else ()
        free = count_offered(connection) if keeps else 0
        opened = [one for one in entries if one.case.state is CaseState.OPEN]
        packaged = cases_with_packages(connection, [one.id for one in opened])
    usable = [one for one in opened if not one.case.is_over(visit.office.today)]
    ready = [one for one in opened if one.case.findings and one.id not in packaged]
    return render(
        visit,
        "overview.html",
        lines=lines,
        unread=unread,
        going=any(one.state is RunState.RUNNING for one in lines),
        counts=counts,
        turns={turn.value: counts.by_turn.get(turn, 0) for turn in (Turn.MINE, Turn.DONE, Turn.OVER)},
        waiting=_waiting(visit, opened),
        opened=len(opened),
        unknown_days=sum(not one.case.known_on for one in opened),
        checkpoints=checkpoints,
        old=any(_is_old(visit, one) for one in checkpoints),
        days=_days(visit, checkpoints),
        free=free,
        ready=ready,
        usable=usable,
        next=_next(visit, counts, free, ready, usable),
        RUN_STATES=RUN_STATES,
        OUTCOMES=OUTCOMES,
        CATEGORIES=CATEGORIES,
        STRENGTHS=STRENGTHS,
        STATES=STATES,
    )


def _next(visit: Visit, counts: Found, free: int, ready: list[CaseEntry], usable: list[CaseEntry]) -> str:
    """What to do next, as a word that the template has a button for."""
    role = visit.account.role
    if role is Role.REVIEWER:
        return "review" if counts.by_turn.get(Turn.MINE) else "rest"
    if role is Role.ENROLLER:
        return "references"
    if role is Role.AUDITOR:
        return "log"
    tasks: tuple[tuple[Any, str], ...] = (
        (counts.disagreed, "disagreed"),
        (free and not usable, "open"),
        (free, "add"),
        (ready, "export"),
    )
    return next((word for there, word in tasks if there), "rest")


def _waiting(visit: Visit, opened: list[CaseEntry]) -> list[Waiting]:
    office = visit.office
    rows = [
        Waiting(entry.id, entry.case.number, entry.case.title, last_day(visit, one))
        for entry in opened
        for one in next_deadline(entry.case, office.today, office.holidays)
    ]
    return sorted(rows, key=lambda row: row.last.day)[:MOST_DEADLINES]


def _is_old(visit: Visit, checkpoint: KeptCheckpoint) -> bool:
    return visit.office.clock() - moment(checkpoint.made_at) > CHECKPOINT_AGE and checkpoint.since > 0


def _days(visit: Visit, checkpoints: tuple[KeptCheckpoint, ...]) -> int:
    return max([0, *((visit.office.clock() - moment(one.made_at)).days for one in checkpoints)])


PAGES: Final = (Page("GET", "/", overview),)
