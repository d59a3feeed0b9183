"""Opens cases and changes them. Every change is an entry of the audit log, in the same transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, insert, select, update

from casework.access import Log, case_subject, finding_subject, keyed_hash
from casework.case_file import (
    DAYS,
    FORM,
    NAMING,
    REQUIRED,
    TEXTS,
    CaseError,
    CaseFile,
    CaseState,
    Refusal,
    check_order,
    checked,
    checked_number,
    day_of,
    form_text,
    lacking,
)
from casework.tables import case_findings, cases, elections, findings

_SHOWN: Final = 10  # so many numbers are named in one sentence


class Cases:
    """The cases of a database.

    Args:
        connection: a transaction that may write; only reading needs none.
        log: of the same transaction.
        actor: who does it.
        today: the office's day.
        now: ISO 8601 in UTC, as the tables have times.
    """

    def __init__(self, connection: Connection, log: Log, actor: str, today: date, now: str) -> None:
        self._connection, self._log, self._actor, self._today, self._now = connection, log, actor, today, now

    def open(
        self, number: str, election_id: str, values: Mapping[str, str], findings: Sequence[int] = (),
        *, incomplete: bool = False,
    ) -> CaseFile:  # fmt: skip
        """Open a case.

        Args:
            number: how the office calls it; never used twice.
            election_id: an election of this database.
            values: fields by name, as typed: those of ``TEXTS``, ``DAYS`` and ``FORM``, and others of the form.
            findings: numbers of findings that belong to it.
            incomplete: whether required duties may be missing; it is then said wherever the case is shown.

        Raises:
            CaseError: a required duty is missing, a day is none or in the wrong order, the number is taken, or a
                finding or the election is not known.
        """
        number, values = checked_number(number), checked(values)
        if self._row(number) is not None:
            raise CaseError(Refusal.NUMBER_TAKEN, number=number)
        if self._connection.execute(select(elections.c.id).where(elections.c.id == election_id)).first() is None:
            known = self._connection.execute(select(elections.c.id).order_by(elections.c.id)).scalars()
            raise CaseError(Refusal.UNKNOWN_ELECTION, election=election_id, known=", ".join(known) or "-")
        missing = lacking(REQUIRED, values)
        if missing and not incomplete:
            raise CaseError(Refusal.INCOMPLETE, fields=",".join(missing))
        check_order(values)
        if values.get("ends_on", "9999") < self._today.isoformat():
            raise CaseError(Refusal.OVER, number=number, day=values["ends_on"])
        columns = {name: values.get(name, "") for name in (*TEXTS, *DAYS)}
        form = {name: value for name, value in values.items() if name not in columns}
        self._connection.execute(
            insert(cases).values(
                number=number,
                election_id=election_id,
                state=CaseState.OPEN.value,
                opened_at=self._now,
                form_a=form_text(form),
                legal_hold=False,
                **columns,
            )
        )
        detail = {"election": election_id, "fields": self._told(number, values), "missing": list(missing)}
        self._append("case.open", number, detail=detail)
        if findings:
            self.add(number, findings)
        return self.get(number)

    def change(self, number: str, values: Mapping[str, str], reason: str = "") -> CaseFile:
        """Give fields other values; an empty one takes a field back. Of a closed case only how long it is kept.

        Raises:
            CaseError: no such case, it is closed or deleted, nothing changes, or a value is none.
        """
        case, values = self._usable(number), checked(values)
        row = self._row(number)
        assert row is not None  # noqa: S101 - it was just read
        before = {name: getattr(row, name) for name in (*TEXTS, *DAYS)} | dict(case.form)
        changed = {name: value for name, value in values.items() if value != before.get(name, "")}
        if not changed:
            raise CaseError(Refusal.NOTHING_TO_DO, number=number)
        if case.state is CaseState.CLOSED and set(changed) != {"retain_until"}:
            raise CaseError(Refusal.CLOSED, number=number)
        after = before | changed
        check_order(after)
        columns = {name: after[name] for name in (*TEXTS, *DAYS)}
        form = {name: value for name, value in after.items() if name not in columns}
        where = cases.c.number == number
        self._connection.execute(update(cases).where(where).values(form_a=form_text(form), **columns))
        told = {"from": self._told(number, {k: str(before.get(k, "")) for k in changed})}
        self._append("case.set", number, reason, told | {"to": self._told(number, changed)})
        return self.get(number)

    def add(self, number: str, finding_ids: Iterable[int], reason: str = "") -> CaseFile:
        """Put findings into an open case; those that are in it already stay.

        Raises:
            CaseError: no such case, it is closed or past its last day, a finding is not known or of another election.
        """
        case, wanted = self._usable(number), sorted(set(finding_ids))
        self._refuse_closed(case)
        if case.is_over(self._today):
            raise CaseError(Refusal.OVER, number=number, day=case.ends_on[0].isoformat())
        where = findings.c.id.in_(wanted)
        whose = {row.id: row.election_id for row in self._connection.execute(select(findings).where(where))}
        if unknown := [one for one in wanted if one not in whose]:
            raise CaseError(Refusal.UNKNOWN_FINDING, findings=_listed(unknown))
        if others := [one for one in wanted if whose[one] != case.election_id]:
            raise CaseError(Refusal.OTHER_ELECTION, findings=_listed(others), election=case.election_id)
        new = [one for one in wanted if one not in case.findings]
        if not new:
            raise CaseError(Refusal.NOTHING_TO_DO, number=number)
        case_id = self._id(number)
        rows = [{"case_id": case_id, "finding_id": one, "added_at": self._now, "added_by": self._actor} for one in new]
        self._connection.execute(insert(case_findings), rows)
        self._append("case.add", number, reason, {"findings": [finding_subject(one) for one in new]})
        return self.get(number)

    def remove(self, number: str, finding_ids: Iterable[int], reason: str) -> CaseFile:
        """Take findings out of an open case; they stay in the database.

        Raises:
            CaseError: no such case, it is closed, a finding is not in it, or no reason is given.
        """
        case, wanted = self._usable(number), sorted(set(finding_ids))
        self._refuse_closed(case)
        self._refuse_without(reason)
        if strangers := [one for one in wanted if one not in case.findings]:
            raise CaseError(Refusal.NOT_IN_CASE, number=number, findings=_listed(strangers))
        case_id = self._id(number)
        where = (case_findings.c.case_id == case_id, case_findings.c.finding_id.in_(wanted))
        self._connection.execute(delete(case_findings).where(*where))
        self._append("case.remove", number, reason, {"findings": [finding_subject(one) for one in wanted]})
        return self.get(number)

    def close(self, number: str, reason: str, retain_until: str = "") -> CaseFile:
        """End a case: it takes no finding any more, and its time of keeping counts.

        Raises:
            CaseError: no such case, it is closed already, no reason is given, or the day is none.
        """
        case = self._usable(number)
        self._refuse_closed(case)
        self._refuse_without(reason)
        if retain_until:
            case = self.change(number, {"retain_until": retain_until}, reason)
        self._connection.execute(update(cases).where(cases.c.number == number).values(state=CaseState.CLOSED.value))
        self._append("case.close", number, reason, {"findings": len(case.findings)})
        return self.get(number)

    def hold(self, number: str, on: bool, reason: str) -> CaseFile:
        """Set a case's legal hold, or lift it: while it is set, nothing of the case is deleted.

        Raises:
            CaseError: no such case, it is (not) held already, or no reason is given.
        """
        case = self._usable(number)
        self._refuse_without(reason)
        if case.legal_hold is on:
            raise CaseError(Refusal.ALREADY_HELD if on else Refusal.NOT_HELD, number=number)
        self._connection.execute(update(cases).where(cases.c.number == number).values(legal_hold=on))
        self._append("case.hold", number, reason, {"held": on})
        return self.get(number)

    def viewed(self, number: str) -> CaseFile:
        """Read a case and write down that it was looked at.

        Raises:
            CaseError: no such case.
        """
        case = self.get(number)
        self._append("case.view", number)
        return case

    def get(self, number: str) -> CaseFile:
        """A case as it stands.

        Raises:
            CaseError: no such case.
        """
        row = self._row(number)
        if row is None:
            raise CaseError(Refusal.UNKNOWN_CASE, number=number)
        return case_of(self._connection, row)

    def _usable(self, number: str) -> CaseFile:
        case = self.get(number)
        if case.state is CaseState.DELETED:
            raise CaseError(Refusal.DELETED, number=number)
        return case

    def _row(self, number: str) -> Row[Any] | None:
        return self._connection.execute(select(cases).where(cases.c.number == number)).first()

    def _id(self, number: str) -> int:
        return int(self._connection.execute(select(cases.c.id).where(cases.c.number == number)).scalar_one())

    def _append(self, action: str, number: str, reason: str = "", detail: Mapping[str, Any] = {}) -> None:
        self._log.append(self._actor, action, case_subject(number), reason, detail)

    def _told(self, number: str, values: Mapping[str, str]) -> dict[str, str]:
        """Fields as the log has them: what may name somebody as a keyed hash, empty ones as they are."""
        plain = {*TEXTS, *DAYS, *FORM} - set(NAMING)
        whose = case_subject(number)
        return {
            name: value if name in plain or not value else keyed_hash(self._connection, whose, value)
            for name, value in values.items()
        }

    @staticmethod
    def _refuse_closed(case: CaseFile) -> None:
        if case.state is not CaseState.OPEN:
            raise CaseError(Refusal.CLOSED, number=case.number)

    @staticmethod
    def _refuse_without(reason: str) -> None:
        if not reason.strip():
            raise CaseError(Refusal.NO_REASON)


def all_cases(connection: Connection) -> tuple[CaseFile, ...]:
    """Every case, deleted ones as well, in the order in which they were opened."""
    return tuple(case_of(connection, row) for row in connection.execute(select(cases).order_by(cases.c.id)))


def case_of(connection: Connection, row: Row[Any]) -> CaseFile:
    """A case of its row."""
    inside = select(case_findings.c.finding_id).where(case_findings.c.case_id == row.id)
    numbers = connection.execute(inside.order_by(case_findings.c.finding_id)).scalars()
    return CaseFile(
        number=row.number,
        election_id=row.election_id,
        title=row.title,
        purpose=row.purpose,
        legal_basis=row.legal_basis,
        officer=row.officer,
        post=row.post,
        warrant=row.warrant,
        dpia_number=row.dpia_number,
        known_on=day_of(row.known_on),
        ends_on=day_of(row.ends_on),
        retain_until=day_of(row.retain_until),
        legal_hold=bool(row.legal_hold),
        state=CaseState(row.state),
        opened_at=row.opened_at,
        form=json.loads(row.form_a) if row.form_a else {},
        findings=tuple(numbers),
    )


def _listed(numbers: Sequence[int]) -> str:
    """Numbers in a sentence, not more than can be read."""
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"{shown}, ..." if len(numbers) > _SHOWN else shown
