"""A case file: which findings are examined, for which purpose, by whom, on what basis and until when."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from casework.deadlines import ElectionKind
from netra.errors import UsageError


class CaseState(StrEnum):
    """What can be done with a case."""

    OPEN = "open"
    CLOSED = "closed"
    DELETED = "deleted"


class Refusal(StrEnum):
    """Why something cannot be done with a case; each in words in ``console.case_texts``."""

    UNKNOWN_CASE = "unknown-case"
    UNKNOWN_ELECTION = "unknown-election"
    NUMBER_TAKEN = "number-taken"
    NOT_A_NUMBER = "not-a-number"
    INCOMPLETE = "incomplete"
    NOT_A_DAY = "not-a-day"
    WRONG_ORDER = "wrong-order"
    NOT_A_KIND = "not-a-kind"
    OVER = "over"
    CLOSED = "closed"
    DELETED = "deleted"
    UNKNOWN_FINDING = "unknown-finding"
    OTHER_ELECTION = "other-election"
    NOT_IN_CASE = "not-in-case"
    ALREADY_HELD = "already-held"
    NOT_HELD = "not-held"
    NOTHING_TO_DO = "nothing-to-do"
    NO_REASON = "no-reason"
    NEEDED_SINCE = "needed-since"


class CaseError(UsageError):
    """Something cannot be done with a case.

    Args:
        kind: why.
        values: what the sentence names, such as ``number``.
    """

    def __init__(self, kind: Refusal, **values: str) -> None:
        self.kind, self.values = kind, MappingProxyType(values)
        said = ", ".join(f"{name} {value!r}" for name, value in values.items())
        super().__init__(f"{kind.value}: {said}" if said else kind.value)


TEXTS: Final = ("title", "purpose", "legal_basis", "officer", "post", "warrant", "dpia_number")
DAYS: Final = ("known_on", "ends_on", "retain_until")
FORM: Final = ("kind", "registered_on")
"""Fields of the duties that stand among those of the form: which law's clock runs, and since when."""

REQUIRED: Final = ("purpose", "legal_basis", "officer", "ends_on")
"""Without these no case is opened, unless it is said to be incomplete (UU 27/2022 articles 16, 20 and 27)."""

DUTIES: Final = (*REQUIRED, "dpia_number")
"""What an export says is missing; the impact assessment is a duty of UU 27/2022 article 34."""

NAMING: Final = ("title", "purpose")
"""Free texts that may name somebody: the log has a keyed hash of them, so that they can be deleted."""

YEARS: Final = range(1945, 2500)
"""A year outside is a slip of the pen; and last days can be counted from every day within."""

_NUMBER: Final = re.compile(r"\w[\w./ -]{0,63}")


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it stands. Days are none where they are not known; texts are then empty.

    Attributes:
        number: how the office calls it.
        election_id: one election, of the database.
        post: the officer's position.
        warrant: nomor surat tugas.
        known_on: the day the office learned of it: the legal clock starts.
        ends_on: the last day on which findings may be added.
        retain_until: the last day it is kept once it is closed.
        dpia_number: of the impact assessment.
        legal_hold: nothing of it is deleted while this is set.
        opened_at: ISO 8601, UTC.
        form: further fields, as written.
        findings: numbers, in order.
    """

    number: str
    election_id: str
    title: str = ""
    purpose: str = ""
    legal_basis: str = ""
    officer: str = ""
    post: str = ""
    warrant: str = ""
    dpia_number: str = ""
    known_on: tuple[date, ...] = ()
    ends_on: tuple[date, ...] = ()
    retain_until: tuple[date, ...] = ()
    legal_hold: bool = False
    state: CaseState = CaseState.OPEN
    opened_at: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    findings: tuple[int, ...] = ()

    @property
    def lacks(self) -> tuple[str, ...]:
        """The duties that are not filled in; an export and each listing say so."""
        return lacking(DUTIES, {name: getattr(self, name) for name in DUTIES})

    @property
    def kind(self) -> tuple[ElectionKind, ...]:
        """Which law's clock runs, where the officer said so."""
        written = self.form.get("kind", "")
        return tuple(kind for kind in ElectionKind if kind.value == written)

    @property
    def registered_on(self) -> tuple[date, ...]:
        """The day it was registered, where it was."""
        return day_of(str(self.form.get("registered_on", "")))

    def is_over(self, today: date) -> bool:
        """Whether its last day has passed."""
        return any(today > day for day in self.ends_on)

    def may_be_deleted_after(self) -> tuple[date, ...]:
        """The last day it must be kept; none where no day is set, or while it is open or held."""
        return self.retain_until if self.state is CaseState.CLOSED and not self.legal_hold else ()


def lacking(names: Iterable[str], values: Mapping[str, Any]) -> tuple[str, ...]:
    """Those of the names whose value is empty."""
    return tuple(name for name in names if not values.get(name))


def day_of(text: str) -> tuple[date, ...]:
    """A day as the database has it; none of an empty text."""
    return (date.fromisoformat(text),) if text else ()


def checked_number(number: str) -> str:
    """The number of a new case, without spaces around it.

    Raises:
        CaseError: nothing, or signs that a file name or a log would choke on.
    """
    number = number.strip()
    if not _NUMBER.fullmatch(number):
        raise CaseError(Refusal.NOT_A_NUMBER, number=number)
    return number


def checked(values: Mapping[str, str]) -> dict[str, str]:
    """What an officer typed for the fields of a case, ready for the database; an empty text takes a field back.

    Raises:
        CaseError: a day that is none, or a kind of election that is none.
    """
    ready = {}
    for name, value in values.items():
        ready[name] = value.strip()
        if name in (*DAYS, "registered_on") and ready[name]:
            try:
                day = date.fromisoformat(ready[name])
            except ValueError as error:
                raise CaseError(Refusal.NOT_A_DAY, field=name, value=value) from error
            if day.year not in YEARS:
                raise CaseError(Refusal.NOT_A_DAY, field=name, value=value)
            ready[name] = day.isoformat()
        if name == "kind" and ready[name] not in ("", *ElectionKind):
            raise CaseError(Refusal.NOT_A_KIND, value=value)
    return ready


def check_order(values: Mapping[str, str]) -> None:
    """See that days follow each other: known, registered; ends, kept until.

    Raises:
        CaseError: they do not.
    """
    for first, second in (("known_on", "registered_on"), ("known_on", "ends_on"), ("ends_on", "retain_until")):
        if values.get(first) and values.get(second) and values[second] < values[first]:
            raise CaseError(Refusal.WRONG_ORDER, field=second, other=first, day=values[first])


def form_text(form: Mapping[str, Any]) -> str:
    """The further fields as the database has them; those that are empty are left out."""
    return json.dumps({k: v for k, v in form.items() if v}, ensure_ascii=False, sort_keys=True) if any(form) else ""
