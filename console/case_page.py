"""What ``netra case show`` and ``netra case list`` print: fields, what is missing, findings, and the last days."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from casework.case_file import FORM, CaseFile, CaseState
from casework.deadlines import Deadline, ElectionKind, Holidays, deadlines
from casework.findings_list import FindingLine
from console import case_texts, texts
from console.desk import Desk, flag
from console.voice import Voice
from vision.photo_file import printable

_COLUMNS: Final = (
    case_texts.COLUMN_NUMBER,
    case_texts.COLUMN_STATE,
    case_texts.COLUMN_FINDINGS,
    case_texts.COLUMN_OFFICER,
    case_texts.COLUMN_ENDS,
    case_texts.COLUMN_DEADLINE,
    case_texts.COLUMN_LACKS,
)


def lacks_line(case: CaseFile, voice: Voice) -> str:
    """Which duties of a case are not filled in, in one line."""
    fields = ", ".join(f"{voice(case_texts.FIELDS[name])} ({flag(name)})" for name in case.lacks)
    return voice(case_texts.LACKS, fields=fields)


class CasePage:
    """Prints cases.

    Args:
        out: where.
        desk: whose language and day.
        holidays: of the office.
    """

    def __init__(self, out: Console, desk: Desk, holidays: Holidays) -> None:
        self._out, self._desk, self._voice, self._holidays = out, desk, desk.voice, holidays

    def show(self, case: CaseFile, found: Sequence[FindingLine]) -> None:
        """One case with its findings and last days."""
        say, line = self._voice, self._line
        line(say(case_texts.TITLE, number=case.number))
        if case.lacks and case.state is not CaseState.DELETED:
            line(lacks_line(case, self._voice))
        line(f"  {say(case_texts.ELECTION)}: {case.election_id}")
        line(f"  {say(case_texts.STATE)}: {self._state(case)}")
        for name, message in case_texts.FIELDS.items():
            line(f"  {say(message)}: {self._field(case, name)}")
        for name, value in sorted(case.form.items()):
            if name not in FORM:
                line(f"  {name}: {value}")
        line("")
        line(say(case_texts.FINDINGS, count=len(found)) if found else say(case_texts.NO_FINDINGS))
        for one in found:
            line(f"  {self._finding(one)}")
            line(f"     {one.path}")
        line("")
        self._deadlines(case)

    def list(self, everything: Sequence[CaseFile]) -> None:
        """All cases, a row each."""
        say = self._voice
        if not everything:
            self._line(say(case_texts.NO_CASES))
            return
        table = Table(box=None, pad_edge=False)
        for column in _COLUMNS:
            table.add_column(say(column), overflow="fold")
        for case in everything:
            lacks = ", ".join(say(case_texts.FIELDS[name]) for name in case.lacks)
            table.add_row(
                *map(
                    _plain(say),
                    (
                        case.number,
                        self._state(case),
                        str(len(case.findings)),
                        case.officer,
                        _days(case.ends_on),
                        self._next(case),
                        "" if case.state is CaseState.DELETED else lacks,
                    ),
                )
            )
        self._out.print(table)

    def _deadlines(self, case: CaseFile) -> None:
        say, line = self._voice, self._line
        if not case.known_on:
            line(say(case_texts.NO_DEADLINES))
            return
        if not case.kind:
            line(say(case_texts.KIND_UNKNOWN))
        years: set[int] = set()
        for kind in case.kind or tuple(ElectionKind):
            line(say(case_texts.DEADLINES, kind=say(case_texts.KINDS[kind.value])))
            for one in deadlines(kind, case.known_on[0], case.registered_on, self._holidays):
                self._deadline(one)
                years.update(one.years_without_holidays)
        if years:
            line(say(case_texts.NO_HOLIDAYS, years=", ".join(map(str, sorted(years)))))
        line(say(case_texts.CHECK_AGAIN))

    def _deadline(self, one: Deadline) -> None:
        say, term = self._voice, one.term
        told = say(
            case_texts.DEADLINE,
            day=one.day.isoformat(),
            what=say.either(term.text_id, term.text_en),
            days=term.days,
            count=say(case_texts.DAY_COUNTS[term.count.value]),
            start=say(case_texts.STARTS[term.start.value]),
            from_day=one.start.isoformat(),
        )
        self._line(f"  {told}; {self._left(one)}")
        if one.assumed:
            self._line(f"     {say(case_texts.DEADLINE_ASSUMED)}")
        note = term.source.note
        note = say(case_texts.DEADLINE_SECONDARY, text=note) if one.secondary else note
        self._line(f"     {say(case_texts.DEADLINE_SOURCE, source=term.source.title, note=note)}")

    def _left(self, one: Deadline) -> str:
        days = one.days_left(self._desk.now, self._desk.zone)
        if days < 0:
            return self._voice(case_texts.LATE, days=-days)
        return self._voice(case_texts.LEFT, days=days) if days else self._voice(case_texts.TODAY)

    def _next(self, case: CaseFile) -> str:
        """The next last day of an open case whose clock is known."""
        if case.state is not CaseState.OPEN or not case.known_on or not case.kind:
            return ""
        every = [day.day for day in deadlines(case.kind[0], case.known_on[0], case.registered_on, self._holidays)]
        if ahead := [day for day in every if day >= self._desk.today]:
            return min(ahead).isoformat()
        return self._voice(case_texts.ALL_LATE, day=max(every).isoformat())

    def _state(self, case: CaseFile) -> str:
        state = self._voice(case_texts.STATES[case.state.value])
        if case.state is CaseState.OPEN and case.is_over(self._desk.today):
            state = self._voice(case_texts.STATE_OVER, state=state)
        return self._voice(case_texts.STATE_HELD, state=state) if case.legal_hold else state

    def _field(self, case: CaseFile, name: str) -> str:
        value = case.form.get(name, "") if name in FORM else getattr(case, name)
        text = _days(value) if isinstance(value, tuple) else str(value)
        return text or self._voice(case_texts.EMPTY)

    def _finding(self, one: FindingLine) -> str:
        say = self._voice
        state = say(case_texts.FINDING_STATES[one.state])
        told = [state]
        if not one.current:
            told.append(say(case_texts.FINDING_GONE))
        if one.changed:
            told.append(say(case_texts.FINDING_CHANGED))
        return say(
            case_texts.FINDING,
            number=str(one.number),
            category=say(texts.CATEGORIES[one.category]),
            strength=say(texts.STRENGTHS[one.strength]),
            candidate=one.candidate or say(case_texts.NONE),
            state="; ".join(told),
        )

    def _line(self, text: str) -> None:
        self._out.print(text, soft_wrap=True, markup=False, highlight=False)


def _plain(say: Voice) -> Callable[[str], str]:
    """Texts for a table, harmless for a terminal; nothing as a dash."""
    return lambda text: escape(printable(text)) or say(case_texts.NONE)


def _days(days: tuple[date, ...]) -> str:
    return days[0].isoformat() if days else ""
