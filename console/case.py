"""``netra case``: what each of its commands does and says."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from casework.case_file import CaseFile
from casework.cases import Cases, all_cases
from casework.clock import stamp
from casework.deadlines import NO_HOLIDAYS, read_holidays
from casework.findings_list import election_ids, finding_lines
from console import case_texts
from console.case_page import CasePage, lacks_line
from console.desk import Desk
from console.report import out_console
from console.voice import Message
from netra.errors import UsageError


def _values(desk: Desk, fields: Mapping[str, Any]) -> dict[str, str]:
    """What was typed: options that were given, and what ``--form`` names.

    Raises:
        UsageError: a ``--form`` without a name.
    """
    values = {name: str(value) for name, value in fields.items() if name != "form" and value is not None}
    for text in fields.get("form", ()):
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise UsageError(desk.voice(case_texts.BAD_FORM, value=text))
        values[name.strip()] = value
    return values


def open_case(
    desk: Desk, number: str, election_id: str, fields: Mapping[str, Any], findings: Sequence[int], incomplete: bool
) -> int:
    """Open a case, and say what it lacks."""
    values = _values(desk, fields)
    with desk.database() as database:
        if not election_id:
            with database.read() as connection:
                known = election_ids(connection)
            if len(known) != 1:
                raise UsageError(desk.voice(case_texts.NO_ELECTION, known=", ".join(known) or "-"))
            election_id = known[0]
        with database.begin() as connection:
            cases = Cases(connection, desk.log_of(connection), desk.actor, desk.today, stamp(desk.now))
            case = cases.open(number, election_id, values, findings, incomplete=incomplete)
    return _done(desk, case, case_texts.OPENED)


def change_case(desk: Desk, number: str, fields: Mapping[str, Any], reason: str) -> int:
    """Change fields."""
    values = _values(desk, fields)
    with desk.cases() as cases:
        case = cases.change(number, values, reason)
    return _done(desk, case, case_texts.CHANGED)


def add_findings(desk: Desk, number: str, findings: Sequence[int], reason: str) -> int:
    """Put findings into a case."""
    with desk.cases() as cases:
        case = cases.add(number, findings, reason)
    return _done(desk, case, case_texts.ADDED)


def remove_findings(desk: Desk, number: str, findings: Sequence[int], reason: str) -> int:
    """Take findings out of a case."""
    with desk.cases() as cases:
        case = cases.remove(number, findings, reason)
    return _done(desk, case, case_texts.ADDED)


def close_case(desk: Desk, number: str, reason: str, retain_until: str) -> int:
    """Close a case."""
    with desk.cases() as cases:
        case = cases.close(number, reason, retain_until)
    if not case.retain_until:
        desk.say(desk.voice(case_texts.NO_RETENTION))
    return _done(desk, case, case_texts.CLOSED)


def hold_case(desk: Desk, number: str, on: bool, reason: str) -> int:
    """Set or lift a legal hold."""
    with desk.cases() as cases:
        case = cases.hold(number, on, reason)
    return _done(desk, case, case_texts.HELD if on else case_texts.RELEASED)


def _done(desk: Desk, case: CaseFile, message: Message) -> int:
    values = {"count": len(case.findings)} if message is case_texts.ADDED else {}
    desk.say(desk.voice(message, number=case.number, **values))
    if case.lacks:
        desk.say(lacks_line(case, desk.voice))
    return 0


def show_case(desk: Desk, number: str, holidays: str) -> int:
    """Show a case with its findings and last days."""
    listed = read_holidays(Path(holidays)) if holidays else NO_HOLIDAYS
    with desk.database() as database:
        with database.begin() as connection:
            cases = Cases(connection, desk.log_of(connection), desk.actor, desk.today, stamp(desk.now))
            case = cases.viewed(number)
        with database.read() as connection:
            found = finding_lines(connection, case.findings)
    CasePage(out_console(), desk, listed).show(case, found)
    return 0


def list_cases(desk: Desk) -> int:
    """List all cases, what each lacks and its next last day."""
    with desk.database() as database, database.read() as connection:
        everything = all_cases(connection)
    CasePage(out_console(), desk, NO_HOLIDAYS).list(everything)
    return 0
