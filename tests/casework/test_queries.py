"""Lists: every filter, pages that miss and repeat nothing, counts that add up."""

from dataclasses import replace
from pathlib import Path

import pytest

from casework.database import Database
from casework.decisions import Verdict, decide, decisions_of, undo
from casework.queries import Filter, ListedFinding, cannot_assess, list_findings, list_runs, unreadable
from casework.tables import findings
from netra.errors import UsageError
from screening import stamps
from tests.casework.big import fill
from tests.casework.made_up import Office, StandIn, made_up_photo, nothing_asked, quick_fingerprint


@pytest.fixture(autouse=True)
def eyes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamps, "FRESH_NS", -1)
    stand_in = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: stand_in)
    monkeypatch.setattr("screening.reading.fingerprint", quick_fingerprint)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)


@pytest.fixture
def office(database: Database, tmp_path: Path) -> Office:
    return fill(database, tmp_path / "foto", 600)


def every(office: Office, wanted: Filter, count: int = 7) -> list[ListedFinding]:
    found: list[ListedFinding] = []
    after = ""
    with office.database.read() as connection:
        while True:
            page = list_findings(connection, wanted, after, count)
            assert sum(page.by_strength.values()) == sum(page.by_state.values()) == page.total
            found += page.findings
            after = page.after
            if not after:
                assert len(found) == page.total
                return found


def test_pages_hold_every_finding_once_the_strongest_first(office: Office) -> None:
    found = every(office, Filter())
    assert len(found) == len(office.rows("findings")) > 20
    assert found == sorted(found, key=lambda one: (one.rank, one.id))
    assert len({one.id for one in found}) == len(found)


def test_every_filter_gives_what_it_says(office: Office) -> None:
    everything = every(office, Filter())
    one = everything[0]
    for name in ("strength", "candidate", "symbol", "category", "state", "agency"):
        value = getattr(one, name)
        found = every(office, replace(Filter(), **{name: value}))
        assert [each.id for each in found] == [each.id for each in everything if getattr(each, name) == value], name
        assert found
    of_uploader = every(office, Filter(uploader=one.uploader_id))
    assert [each.id for each in of_uploader] == [each.id for each in everything if each.uploader_id == one.uploader_id]
    days = every(office, Filter(posted_from="2018-03-10", posted_to="2018-03-20"))
    inside = [each.id for each in everything if "2018-03-10" <= each.posted_on <= "2018-03-20"]
    assert [each.id for each in days] == inside
    assert every(office, Filter(election="lain")) == []
    assert every(office, Filter(changed=True)) == []


@pytest.mark.parametrize("after", ["x", "1", "-", "1-x", "1-2-3"])
def test_a_place_that_is_none_is_refused(office: Office, after: str) -> None:
    with office.database.read() as connection, pytest.raises(ValueError, match="after"):
        list_findings(connection, Filter(), after)


def test_what_has_no_result_is_listed(database: Database, tmp_path: Path) -> None:
    for number in range(30):
        made_up_photo(tmp_path / "foto" / f"{number}.png", number)
    (tmp_path / "foto" / "potong.jpg").write_bytes(b"\xff\xd8\xff")
    office = Office(database, tmp_path / "foto")
    summary = office.scan()
    with database.read() as connection:
        (run,) = list_runs(connection)
        broken = unreadable(connection, run.id)
        poor = cannot_assess(connection, run.id)
    assert (run.state, run.counts["seen"], run.counts["ok"]) == ("finished", 31, 30)
    assert [(Path(one.path).name, one.kind) for one in broken] == [("potong.jpg", "truncated")]
    assert sum(one.people for one in poor) == summary.cannot_assess > 0


def test_decisions_are_added_and_taken_back_and_never_changed(office: Office) -> None:
    number = every(office, Filter())[0].id

    def state() -> str:
        return next(str(row["state"]) for row in office.rows("findings") if row["id"] == number)

    with office.database.begin() as connection:
        first = decide(connection, number, "sari", Verdict.CONFIRMED, "", "lihat tangan")
    assert (first.round, state()) == (1, "confirmed-once")
    with office.database.begin() as connection:
        second = decide(connection, number, "budi", Verdict.CONFIRMED)
    assert (second.round, state()) == (2, "confirmed")
    with office.database.begin() as connection:
        decide(connection, number, "budi", Verdict.REJECTED, "outside-period")
    assert state() == "cannot-tell"
    with office.database.begin() as connection:
        undo(connection, first.id, "sari", "salah tekan")
    assert state() == "rejected"
    with office.database.begin() as connection:
        with pytest.raises(UsageError, match="already"):
            undo(connection, first.id, "sari")
        with pytest.raises(UsageError, match="whoever decided"):
            undo(connection, second.id, "sari")
        with pytest.raises(UsageError, match="no such finding"):
            decide(connection, 10**9, "sari", Verdict.IGNORED)
        assert [one.undone for one in decisions_of(connection, number)] == [True, False, False]
        assert len(connection.execute(findings.select()).all()) == len(office.rows("findings"))
    assert len(office.rows("decisions")) == 4
    assert len(office.rows("audit")) == 2 + 4
