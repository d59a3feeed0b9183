"""Cases: what opening one takes, what may be changed when, and that every change is in the log."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, select

from casework.case_file import CaseError, CaseFile, CaseState, Refusal
from casework.cases import Cases, all_cases
from casework.database import Database
from casework.deadlines import ElectionKind
from casework.tables import cases as cases_table
from tests.casework.sample import AT, ELECTION, OTHER_ELECTION, ListLog, fill

TODAY = date(2024, 10, 21)
DUTIES = {
    "purpose": "Menelusuri unggahan Tarno",
    "legal_basis": "UU 7/2017 Pasal 101",
    "officer": "Petugas Contoh",
    "ends_on": "2024-11-30",
    "dpia_number": "DPIA/1/2024",
}


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    fill(database)
    with database.begin() as opened:
        yield opened


@pytest.fixture
def log() -> ListLog:
    return ListLog()


@pytest.fixture
def cases(connection: Connection, log: ListLog) -> Cases:
    return Cases(connection, log, "petugas-a", TODAY, AT)


@pytest.fixture
def case(cases: Cases) -> CaseFile:
    return cases.open("01/TM/2024", ELECTION, DUTIES, [1])


def refusal(call: object, *arguments: object, **options: object) -> CaseError:
    assert callable(call)
    with pytest.raises(CaseError) as told:
        call(*arguments, **options)
    assert "\n" not in str(told.value)
    return told.value


def test_a_case_with_all_duties(case: CaseFile, connection: Connection, log: ListLog) -> None:
    assert (case.number, case.election_id, case.state) == ("01/TM/2024", ELECTION, CaseState.OPEN)
    assert case.ends_on == (date(2024, 11, 30),)
    assert case.findings == (1,)
    assert case.lacks == ()
    assert all_cases(connection) == (case,)
    assert log.actions == ["case.open", "case.add"]


@pytest.mark.parametrize("missing", ["purpose", "legal_basis", "officer", "ends_on"])
def test_without_a_required_duty_nothing_is_opened(cases: Cases, connection: Connection, missing: str) -> None:
    told = refusal(cases.open, "1", ELECTION, DUTIES | {missing: "  "})
    assert (told.kind, told.values["fields"]) == (Refusal.INCOMPLETE, missing)
    assert all_cases(connection) == ()


def test_an_incomplete_case_says_what_it_lacks(cases: Cases, log: ListLog) -> None:
    case = cases.open("1", ELECTION, {"purpose": "x"}, incomplete=True)
    assert case.lacks == ("legal_basis", "officer", "ends_on", "dpia_number")
    assert log.entries[-1][4]["missing"] == ["legal_basis", "officer", "ends_on"]


@pytest.mark.parametrize(
    ("number", "election", "values", "kind"),
    [
        ("  ", ELECTION, DUTIES, Refusal.NOT_A_NUMBER),
        ("../x", ELECTION, DUTIES, Refusal.NOT_A_NUMBER),
        ("a\nb", ELECTION, DUTIES, Refusal.NOT_A_NUMBER),
        ("1", "tidak-ada", DUTIES, Refusal.UNKNOWN_ELECTION),
        ("1", ELECTION, DUTIES | {"ends_on": "30-11-2024"}, Refusal.NOT_A_DAY),
        ("1", ELECTION, DUTIES | {"known_on": "2024-02-30"}, Refusal.NOT_A_DAY),
        ("1", ELECTION, DUTIES | {"registered_on": "besok"}, Refusal.NOT_A_DAY),
        ("1", ELECTION, DUTIES | {"known_on": "0024-10-21"}, Refusal.NOT_A_DAY),
        ("1", ELECTION, DUTIES | {"retain_until": "9999-12-31"}, Refusal.NOT_A_DAY),
        ("1", ELECTION, DUTIES | {"kind": "pilpres"}, Refusal.NOT_A_KIND),
        ("1", ELECTION, DUTIES | {"known_on": "2024-12-01"}, Refusal.WRONG_ORDER),
        ("1", ELECTION, DUTIES | {"retain_until": "2024-11-29"}, Refusal.WRONG_ORDER),
        ("1", ELECTION, DUTIES | {"known_on": "2024-10-20", "registered_on": "2024-10-19"}, Refusal.WRONG_ORDER),
        ("1", ELECTION, DUTIES | {"ends_on": "2024-10-20"}, Refusal.OVER),
    ],
)
def test_what_cannot_be_opened(
    cases: Cases, connection: Connection, number: str, election: str, values: dict[str, str], kind: Refusal
) -> None:
    assert refusal(cases.open, number, election, values).kind is kind
    assert all_cases(connection) == ()


def test_a_number_is_used_once(cases: Cases, case: CaseFile) -> None:
    assert refusal(cases.open, f" {case.number} ", ELECTION, DUTIES).kind is Refusal.NUMBER_TAKEN


def test_fields_change_and_the_log_knows_what_was_before(cases: Cases, case: CaseFile, log: ListLog) -> None:
    changed = cases.change(
        case.number, {"officer": "Petugas Lain", "kind": "pilkada", "registered_on": "2024-10-22"}, "mutasi"
    )
    assert changed.officer == "Petugas Lain"
    assert changed.kind == (ElectionKind.LOCAL,)
    assert changed.registered_on == (date(2024, 10, 22),)
    actor, action, subject, reason, detail = log.entries[-1]
    assert (actor, action, subject, reason) == ("petugas-a", "case.set", "case:01/TM/2024", "mutasi")
    assert detail["from"]["officer"] == "Petugas Contoh"
    assert detail["to"] == {"officer": "Petugas Lain", "kind": "pilkada", "registered_on": "2024-10-22"}
    assert cases.change(case.number, {"kind": ""}).kind == ()


def test_texts_that_may_name_somebody_are_in_the_log_as_a_keyed_hash(
    cases: Cases, case: CaseFile, log: ListLog
) -> None:
    cases.change(case.number, {"title": "Unggahan Tarno", "tempat_kejadian": "rumah Tarno"})
    cases.change(case.number, {"purpose": "Unggahan Tarno"})
    assert "Tarno" not in repr(log.entries)
    first, second = log.entries[-2][4]["to"], log.entries[-1][4]["to"]
    assert first["title"] == second["purpose"], "the same words have the same hash, so that entries can be compared"
    assert first["title"].startswith("hmac-sha256:")
    assert first["tempat_kejadian"] != first["title"]


def test_a_change_that_changes_nothing_or_is_none_is_told(cases: Cases, case: CaseFile, log: ListLog) -> None:
    before = list(log.entries)
    assert refusal(cases.change, case.number, {"officer": "Petugas Contoh"}).kind is Refusal.NOTHING_TO_DO
    told = refusal(cases.change, case.number, {"ends_on": "akhir November"})
    assert (told.kind, told.values["field"]) == (Refusal.NOT_A_DAY, "ends_on")
    assert refusal(cases.change, case.number, {"known_on": "2025-01-01"}).kind is Refusal.WRONG_ORDER
    assert log.entries == before


def test_findings_come_and_go(cases: Cases, case: CaseFile, log: ListLog) -> None:
    assert cases.add(case.number, [2, 1, 2], "unggahan yang sama").findings == (1, 2)
    assert log.entries[-1][4] == {"findings": ["finding:2"]}
    assert cases.remove(case.number, [1], "bukan ASN").findings == (2,)
    assert log.entries[-1][1:4] == ("case.remove", "case:01/TM/2024", "bukan ASN")


@pytest.mark.parametrize(
    ("action", "findings", "kind"),
    [
        ("add", [1, 77, 78], Refusal.UNKNOWN_FINDING),
        ("add", [1], Refusal.NOTHING_TO_DO),
        ("remove", [2], Refusal.NOT_IN_CASE),
    ],
)
def test_findings_that_cannot(cases: Cases, case: CaseFile, action: str, findings: list[int], kind: Refusal) -> None:
    assert refusal(getattr(cases, action), case.number, findings, "x").kind is kind
    assert cases.get(case.number).findings == (1,)


def test_a_finding_of_another_election_is_refused(cases: Cases) -> None:
    case = cases.open("2", OTHER_ELECTION, DUTIES)
    told = refusal(cases.add, case.number, [1])
    assert (told.kind, told.values["findings"]) == (Refusal.OTHER_ELECTION, "1")


def test_after_its_last_day_a_case_takes_no_finding(cases: Cases, case: CaseFile, connection: Connection) -> None:
    on_the_day = Cases(connection, ListLog(), "petugas-a", date(2024, 11, 30), AT)
    the_day_after = Cases(connection, ListLog(), "petugas-a", date(2024, 12, 1), AT)
    assert refusal(the_day_after.add, case.number, [2]).kind is Refusal.OVER
    assert the_day_after.remove(case.number, [1], "x").findings == ()
    assert on_the_day.add(case.number, [2]).findings == (2,)
    the_day_after.change(case.number, {"ends_on": "2024-12-31"}, "perpanjangan")
    assert the_day_after.add(case.number, [1]).findings == (1, 2)


def test_a_closed_case_stays_as_it_is_but_for_how_long_it_is_kept(cases: Cases, case: CaseFile, log: ListLog) -> None:
    closed = cases.close(case.number, "diteruskan", "2025-06-30")
    assert (closed.state, closed.retain_until) == (CaseState.CLOSED, (date(2025, 6, 30),))
    assert log.actions[-2:] == ["case.set", "case.close"]
    assert refusal(cases.add, case.number, [2]).kind is Refusal.CLOSED
    assert refusal(cases.remove, case.number, [1], "x").kind is Refusal.CLOSED
    assert refusal(cases.change, case.number, {"officer": "x"}).kind is Refusal.CLOSED
    assert refusal(cases.close, case.number, "x").kind is Refusal.CLOSED
    assert cases.change(case.number, {"retain_until": "2026-06-30"}).retain_until == (date(2026, 6, 30),)


def test_a_hold_is_set_once_and_lifted_once_each_with_a_reason(cases: Cases, case: CaseFile, log: ListLog) -> None:
    assert refusal(cases.hold, case.number, True, " ").kind is Refusal.NO_REASON
    assert refusal(cases.hold, case.number, False, "x").kind is Refusal.NOT_HELD
    assert cases.hold(case.number, True, "gugatan").legal_hold
    assert refusal(cases.hold, case.number, True, "x").kind is Refusal.ALREADY_HELD
    assert not cases.hold(case.number, False, "selesai").legal_hold
    assert log.actions[-2:] == ["case.hold", "case.hold"]
    assert [entry[4] for entry in log.entries[-2:]] == [{"held": True}, {"held": False}]


@pytest.mark.parametrize("action", ["remove", "close"])
def test_what_takes_something_away_needs_a_reason(cases: Cases, case: CaseFile, action: str) -> None:
    arguments = ([1], "\t") if action == "remove" else ("",)
    assert refusal(getattr(cases, action), case.number, *arguments).kind is Refusal.NO_REASON


@pytest.mark.parametrize("action", ["get", "viewed", "close", "change", "add", "remove", "hold"])
def test_an_unknown_case(cases: Cases, action: str) -> None:
    rest = {"close": ("x",), "change": ({},), "add": ([1],), "remove": ([1], "x"), "hold": (True, "x")}.get(action, ())
    told = refusal(getattr(cases, action), "tidak-ada", *rest)
    assert (told.kind, told.values["number"]) == (Refusal.UNKNOWN_CASE, "tidak-ada")


def test_a_deleted_case_can_only_be_read(cases: Cases, case: CaseFile, connection: Connection) -> None:
    connection.execute(cases_table.update().values(state="deleted"))
    assert cases.get(case.number).state is CaseState.DELETED
    assert refusal(cases.change, case.number, {"officer": "x"}).kind is Refusal.DELETED
    assert refusal(cases.hold, case.number, True, "x").kind is Refusal.DELETED
    assert refusal(cases.open, case.number, ELECTION, DUTIES).kind is Refusal.NUMBER_TAKEN


def test_looking_at_a_case_is_written_down(cases: Cases, case: CaseFile, log: ListLog) -> None:
    assert cases.viewed(case.number) == case
    assert log.entries[-1][:3] == ("petugas-a", "case.view", "case:01/TM/2024")


def test_the_further_fields_of_the_form_are_kept_as_written(cases: Cases, connection: Connection) -> None:
    cases.open("3", ELECTION, DUTIES | {"jenis_pengawasan": "langsung", "kosong": ""})
    assert connection.execute(select(cases_table.c.form_a)).scalar() == '{"jenis_pengawasan": "langsung"}'
