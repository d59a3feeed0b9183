"""Cases: what is examined, for which purpose, by whom, until when. Supervisors keep them, auditors read them."""

from collections.abc import Mapping
from typing import Any, Final

from starlette.responses import Response

from casework.case_file import DAYS, FORM, TEXTS, CaseError, CaseFile, CaseState
from casework.case_list import (
    PAGE,
    CaseEntry,
    candidate_names,
    case_entries,
    case_entry,
    case_id_of,
    copies_of,
    count_offered,
    election_names,
    next_deadline,
    offered,
    packages_of,
)
from casework.cases import Cases
from casework.findings_list import finding_lines
from casework.roles import Role
from review import case_words
from review.exports import exports_of
from review.finding_words import CATEGORIES, STATES, STRENGTHS
from review.page import Page
from review.render import go, render
from review.visit import MissingPageError, Visit

KEEPERS: Final = frozenset({Role.SUPERVISOR})
READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})

SHOWN: Final = (*TEXTS[:4], "post", "warrant", "dpia_number", "kind", "known_on", "registered_on", *DAYS[1:])
"""Fields in the order in which a case shows them."""

LONG: Final = frozenset({"title", "purpose", "legal_basis"})
MORE_FIELDS: Final = 3
"""So many further fields of the form can be added at a time."""

_ARE_DAYS: Final = (*DAYS, "registered_on")

LARGEST: Final = 2**63 - 1
"""No database counts higher."""

_FINDING, _FORM_FIELD = "temuan-", "isian-"


def list_cases(visit: Visit) -> Response:
    """Every case, what it lacks and its next last day."""
    office = visit.office
    with office.database.read() as connection:
        entries = case_entries(connection)
        free = count_offered(connection)
    rows = [
        {
            "id": entry.id,
            "case": entry.case,
            "over": entry.case.state is CaseState.OPEN and entry.case.is_over(office.today),
            "lacks": [] if entry.case.state is CaseState.DELETED else entry.case.lacks,
            "next": [
                case_words.last_day(visit, one) for one in next_deadline(entry.case, office.today, office.holidays)
            ],
            "ends_on": case_words.iso(entry.case.ends_on),
        }
        for entry in entries
    ]
    return render(visit, "cases.html", rows=rows, free=free, **_words())


def _words() -> dict[str, Any]:
    return {
        "FIELDS": case_words.FIELDS,
        "KINDS": case_words.KINDS,
        "CASE_STATES": case_words.CASE_STATES,
        "CATEGORIES": CATEGORIES,
        "STRENGTHS": STRENGTHS,
        "STATES": STATES,
    }


def new_case(visit: Visit) -> Response:
    """The form of a new case."""
    return _form_page(visit, {}, {})


def open_case(visit: Visit) -> Response:
    """Make a case."""
    form = visit.form
    try:
        with visit.office.database.begin() as connection:
            number = _cases(visit, connection).open(
                form.get("nomor", ""), form.get("pemilihan", ""), _values(form), incomplete="belum-lengkap" in form
            ).number  # fmt: skip
            (case_id,) = case_id_of(connection, number)
    except CaseError as error:
        return _form_page(visit, form, {}, case_words.told(visit.language, error))
    return go(f"/perkara/{case_id}", "perkara-dibuat")


def edit_case(visit: Visit) -> Response:
    """The form of a case that is there."""
    entry = entry_of(visit)
    if entry.case.state is CaseState.DELETED:
        raise MissingPageError
    return _form_page(visit, _typed(entry.case), entry.case.form, entry=(entry,))


def change_case(visit: Visit) -> Response:
    """Give fields other values."""
    entry = entry_of(visit)
    try:
        with visit.office.database.begin() as connection:
            reason = visit.form.get("alasan", "").strip()
            _cases(visit, connection).change(entry.case.number, _values(visit.form), reason)
    except CaseError as error:
        said = case_words.told(visit.language, error)
        return _form_page(visit, visit.form, entry.case.form, said, entry=(entry,))
    return go(f"/perkara/{entry.id}", "perkara-diubah")


def _form_page(
    visit: Visit,
    typed: Mapping[str, str],
    form: Mapping[str, Any],
    trouble: str = "",
    *,
    entry: tuple[CaseEntry, ...] = (),
) -> Response:
    with visit.office.database.read() as connection:
        elections = election_names(connection)
    closed = any(one.case.state is CaseState.CLOSED for one in entry)
    return render(
        visit,
        "case_form.html",
        400 if trouble else 200,
        entry=entry,
        typed=typed,
        trouble=trouble,
        elections=elections,
        fields=("retain_until",) if closed else SHOWN,
        days=_ARE_DAYS,
        long=LONG,
        further=() if closed else sorted(name for name in form if name not in FORM),
        more=0 if closed else MORE_FIELDS,
        closed=closed,
        **_words(),
    )


def _typed(case: CaseFile) -> dict[str, str]:
    """A case's values as its form has them."""
    values = {name: getattr(case, name) for name in TEXTS} | {
        name: case_words.iso(getattr(case, name)) for name in DAYS
    }
    form = {(name if name in FORM else _FORM_FIELD + name): str(value) for name, value in case.form.items()}
    return values | form


def _values(form: Mapping[str, str]) -> dict[str, str]:
    """Fields of a case as typed: those of netra, those of the form that are there, and those that are new."""
    known = (*TEXTS, *DAYS, *FORM)
    values = {name: form[name] for name in known if name in form}
    values |= {
        name.removeprefix(_FORM_FIELD): value
        for name, value in form.items()
        if name.startswith(_FORM_FIELD) and name.removeprefix(_FORM_FIELD) not in known
    }
    for number in range(1, MORE_FIELDS + 1):
        name = form.get(f"nama-{number}", "").strip()
        if name and name not in known:
            values[name] = form.get(f"nilai-{number}", "")
    return values


def show_case(visit: Visit) -> Response:
    """A case with its findings, last days and packages; that it was looked at is written down."""
    office, entry = visit.office, entry_of(visit)
    case_id = entry.id
    with office.database.begin() as connection:
        case = _cases(visit, connection).viewed(entry.case.number)
    page = _page_number(visit)
    shown = case.findings[(page - 1) * PAGE : page * PAGE]
    with office.database.read() as connection:
        lines = finding_lines(connection, shown)
        names = candidate_names(connection, case.election_id)
        offers = _offers(visit, connection, case) if _may_add(visit, case) else None
        offer_lines = finding_lines(connection, [one.id for one in offers.offers]) if offers else ()
        packages = packages_of(connection, case_id)
        left_out = sum(map(len, copies_of(connection, case.findings).values())) if case.findings else 0
        election = election_names(connection).get(case.election_id, case.election_id)
    return render(
        visit,
        "case.html",
        id=case_id,
        case=case,
        election=election,
        fields=[(case_words.FIELDS[name], _shown(case, name), name in _ARE_DAYS) for name in SHOWN],
        further=sorted((name, str(value)) for name, value in case.form.items() if name not in FORM),
        over=case.state is CaseState.OPEN and case.is_over(office.today),
        lacks=() if case.state is CaseState.DELETED else case.lacks,
        last_days=case_words.last_days(visit, case),
        years=", ".join(map(str, case_words.years_without_holidays(visit, case))),
        lines=lines,
        page=page,
        pages=max(1, -(-len(case.findings) // PAGE)),
        names=names,
        offers=offers,
        offer_lines={one.number: one for one in offer_lines},
        left_out=left_out,
        packages=packages,
        running=exports_of(office.database).running,
        database=office.database.name,
        may_keep=visit.has_role(Role.SUPERVISOR),
        **_words(),
    )


def _may_add(visit: Visit, case: CaseFile) -> bool:
    is_open = case.state is CaseState.OPEN and not case.is_over(visit.office.today)
    return is_open and visit.has_role(Role.SUPERVISOR)


def _offers(visit: Visit, connection: Any, case: CaseFile) -> Any:
    try:
        return offered(connection, case.election_id, visit.query.get("lanjut", ""))
    except ValueError:  # an address that somebody changed by hand
        return offered(connection, case.election_id)


def _page_number(visit: Visit) -> int:
    wanted = visit.query.get("hal", "1")
    return max(1, int(wanted)) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 7 else 1


def _shown(case: CaseFile, name: str) -> str:
    value = case.form.get(name, "") if name in FORM else getattr(case, name)
    return case_words.iso(value) if isinstance(value, tuple) else str(value)


def add_findings(visit: Visit) -> Response:
    """Put the ticked findings into a case, with their copies where that is asked for."""

    def add(cases: Cases, number: str, connection: Any) -> None:
        numbers = _ticked(visit)
        if "salinan" in visit.form:
            numbers = {*numbers, *(one for inside in copies_of(connection, numbers).values() for one in inside)}
        cases.add(number, numbers, visit.form.get("alasan", "").strip())

    return _changed(visit, add, "temuan-ditambahkan")


def remove_findings(visit: Visit) -> Response:
    """Take the ticked findings out of a case."""

    def remove(cases: Cases, number: str, _connection: Any) -> None:
        cases.remove(number, _ticked(visit), visit.form.get("alasan", "").strip())

    return _changed(visit, remove, "temuan-dikeluarkan")


def close_case(visit: Visit) -> Response:
    """End a case."""

    def close(cases: Cases, number: str, _connection: Any) -> None:
        cases.close(number, visit.form.get("alasan", "").strip(), visit.form.get("retain_until", "").strip())

    return _changed(visit, close, "perkara-ditutup")


def hold_case(visit: Visit) -> Response:
    """Set a case's legal hold, or lift it."""

    def hold(cases: Cases, number: str, _connection: Any) -> None:
        cases.hold(number, visit.form.get("tahan") == "ya", visit.form.get("alasan", "").strip())

    return _changed(visit, hold, "perkara-diubah")


def _changed(visit: Visit, change: Any, notice: str) -> Response:
    entry = entry_of(visit)
    try:
        with visit.office.database.begin() as connection:
            change(_cases(visit, connection), entry.case.number, connection)
    except CaseError as error:
        said = case_words.told(visit.language, error)
        return render(visit, "case_refused.html", 400, entry=entry, said=said)
    return go(f"/perkara/{entry.id}", notice)


def _ticked(visit: Visit) -> set[int]:
    """Numbers of the findings that were ticked."""
    numbers = (name.removeprefix(_FINDING) for name in visit.form if name.startswith(_FINDING))
    return {int(one) for one in numbers if one.isascii() and one.isdecimal() and len(one) <= 18}


def _cases(visit: Visit, connection: Any) -> Cases:
    office = visit.office
    return Cases(connection, office.log_of(connection), visit.actor, office.today, office.now)


def entry_of(visit: Visit) -> CaseEntry:
    """The case that the address names.

    Raises:
        MissingPageError: there is none.
    """
    number = int(visit.params["case"])
    if number <= LARGEST:
        with visit.office.database.read() as connection:
            for entry in case_entry(connection, number):
                return entry
    raise MissingPageError


PAGES: Final = (
    Page("GET", "/perkara", list_cases, READERS),
    Page("GET", "/perkara/baru", new_case, KEEPERS),
    Page("POST", "/perkara/baru", open_case, KEEPERS),
    Page("GET", "/perkara/{case:int}", show_case, READERS),
    Page("GET", "/perkara/{case:int}/ubah", edit_case, KEEPERS),
    Page("POST", "/perkara/{case:int}/ubah", change_case, KEEPERS),
    Page("POST", "/perkara/{case:int}/tambah", add_findings, KEEPERS),
    Page("POST", "/perkara/{case:int}/keluarkan", remove_findings, KEEPERS),
    Page("POST", "/perkara/{case:int}/tutup", close_case, KEEPERS),
    Page("POST", "/perkara/{case:int}/tahan", hold_case, KEEPERS),
)
