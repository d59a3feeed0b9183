"""Counts that add up, runs with how far they are, and cases by a number that fits into an address."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from casework import tables
from casework.case_file import CaseFile, CaseState
from casework.case_list import (
    MOST_PACKAGES,
    WrittenPackage,
    candidate_names,
    case_entries,
    case_entry,
    case_id_of,
    cases_with_packages,
    copies_of,
    count_offered,
    election_names,
    next_deadline,
    note_package,
    offered,
    packages_of,
)
from casework.database import Database, open_database
from casework.decisions import Verdict, decide
from casework.overview import found, last_checkpoint
from casework.review_queue import Turn
from casework.run_list import RunState, run_facts, run_lines
from casework.scan_lock import ScanLock, last_sign
from screening.finish import Phase
from tests.casework.made_up import Office, StandIn, made_up_photo, nothing_asked, quick_fingerprint
from tests.casework.sample import AT, ELECTION, OTHER_ELECTION, fill

PACKAGE = WrittenPackage("/rekaan/paket", AT, "sinta", 3, 2, 0)


@pytest.fixture
def filled(database: Database) -> Database:
    fill(database)
    return database


def more_findings(database: Database, *rows: dict[str, Any]) -> None:
    """Further findings of the sample's photos, numbered from 101."""
    common = {
        "photo_id": 3, "election_id": ELECTION, "evaluation_id": 13, "first_run_id": 1, "last_run_id": 1,
        "category": "foto-bersama", "strength": "medium", "strength_rank": 1, "current": True, "changed": False,
    }  # fmt: skip
    with database.begin() as connection:
        for number, row in enumerate(rows, 101):
            connection.execute(insert(tables.findings).values(common | {"id": number, "ticket": number} | row))


def new_case(database: Database, number: str = "01/TM/2024", findings: tuple[int, ...] = (), **values: Any) -> int:
    with database.begin() as connection:
        row = {"number": number, "election_id": ELECTION, "opened_at": AT, "legal_hold": False, "state": "open"}
        made = connection.execute(insert(tables.cases).values(row | values).returning(tables.cases.c.id)).scalar_one()
        for finding in findings:
            link = {"case_id": made, "finding_id": finding, "added_at": AT, "added_by": "sinta"}
            connection.execute(insert(tables.case_findings).values(link))
    return int(made)


def test_findings_are_counted_once_whichever_way(filled: Database) -> None:
    more_findings(filled, {}, {"strength": "weak", "strength_rank": 2, "disagreed": True}, {"current": False})
    more = {"ticket": 900, "id": 900, "copy_of": 101}
    with filled.begin() as connection:
        row = connection.execute(select(tables.findings).where(tables.findings.c.id == 101)).one()._asdict()
        connection.execute(insert(tables.findings).values(row | more))
    with filled.read() as connection:
        counts = found(connection)
    assert counts.total == 4
    assert counts.copies == 1
    assert counts.disagreed == 1
    assert counts.by_strength == {"strong": 2, "medium": 1, "weak": 1}
    assert counts.by_category == {"foto-bersama-simbol": 2, "foto-bersama": 2}
    assert counts.by_state == {"confirmed": 1, "rejected": 1, "suggested": 2}


def test_turns_follow_what_people_decide(filled: Database) -> None:
    more_findings(filled, {}, {}, {})

    def turns(reviewer: str) -> tuple[int, ...]:
        with filled.read() as connection:
            of = found(connection, reviewer).by_turn
        return tuple(of[turn] for turn in (Turn.MINE, Turn.DONE, Turn.OVER))

    with filled.begin() as connection:
        connection.execute(update(tables.findings).values(first_reviewer="", second_reviewer="", state="suggested"))
        connection.execute(delete(tables.decisions))
    assert turns("rina") == (5, 0, 0)
    with filled.begin() as connection:
        decide(connection, 101, "rina", Verdict.CONFIRMED)
    assert turns("rina") == (4, 1, 0)
    assert turns("budi") == (5, 0, 0)
    with filled.begin() as connection:
        decide(connection, 101, "budi", Verdict.CONFIRMED)
    assert turns("rina") == turns("budi") == (4, 0, 1)


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["foto-bersama", "pose-terlarang", "sesuatu-yang-baru"]),
            st.sampled_from([("strong", 0), ("medium", 1), ("weak", 2)]),
            st.sampled_from(["suggested", "confirmed-once", "confirmed", "rejected", "cannot-tell", "ignored"]),
            st.booleans(),
            st.booleans(),
            st.sampled_from(["", "rina", "budi"]),
        ),
        max_size=12,
    )
)
def test_whatever_there_is_adds_up(rows: list[tuple[Any, ...]], tmp_path_factory: pytest.TempPathFactory) -> None:
    with open_database(tmp_path_factory.mktemp("db") / "kasus.db", create=True) as database:
        fill(database)
        made = [
            {"category": category, "strength": strength, "strength_rank": rank, "state": state, "current": current,
             "wants_second": wants, "first_reviewer": "" if state == "suggested" else first}
            for category, (strength, rank), state, current, wants, first in rows
        ]  # fmt: skip
        more_findings(database, *made)
        with database.read() as connection:
            counts = found(connection, "rina")
    assert counts.total == 2 + sum(row["current"] for row in made)
    for part in (counts.by_strength, counts.by_category, counts.by_state, counts.by_turn):
        assert sum(part.values()) == counts.total
        assert min(part.values()) >= 0


def test_a_runs_sign_of_life_tells_how_far_it_is(filled: Database) -> None:
    with filled.begin() as connection:
        assert last_sign(connection) == ()
        run = 2
        row = {"id": run, "election_id": ELECTION, "started_at": AT, "state": "running"}
        connection.execute(insert(tables.runs).values(row))
        lock = ScanLock("kasus.db")
        lock.take(connection)
        lock.renew(connection, run=run, read=40, written=7)
    with filled.read() as connection:
        (line, earlier) = run_lines(connection)
        (sign,) = line.signs
    assert (line.state, line.is_counted) == (RunState.RUNNING, False)
    assert (sign.run, sign.read, sign.written, sign.lives) == (run, 40, 7, True)
    assert earlier.signs == ()
    lock.forget()
    with filled.begin() as connection:
        assert run_lines(connection)[0].state is RunState.DIED
        lock.leave(connection)
        assert last_sign(connection) == ()
        assert run_lines(connection)[0].state is RunState.DIED


def test_a_finished_runs_counts_add_up(filled: Database) -> None:
    with filled.read() as connection:
        (line,) = run_lines(connection)
        (facts,) = run_facts(connection, 1)
        assert run_facts(connection, 2) == ()
    assert line.state is RunState.FINISHED
    assert line.counts["seen"] == sum(count for _, count in line.outcomes) == 6
    assert line.election_name == "Pilkada Kota Contoh 2024"
    assert facts.line == line
    assert facts.written == 6


def test_runs_come_page_by_page(filled: Database) -> None:
    row = {"election_id": ELECTION, "started_at": AT, "state": "interrupted"}
    with filled.begin() as connection:
        connection.execute(insert(tables.runs), [row | {"id": number} for number in range(2, 8)])
    with filled.read() as connection:
        assert [one.id for one in run_lines(connection, 0, 3)] == [7, 6, 5]
        assert [one.id for one in run_lines(connection, 5, 3)] == [4, 3, 2]
        assert [one.id for one in run_lines(connection, 2, 3)] == [1]


def test_cases_have_a_number_for_addresses(filled: Database) -> None:
    first, second = new_case(filled, "01/TM/2024", (1,)), new_case(filled, "02/TM/2024")
    with filled.read() as connection:
        assert [entry.id for entry in case_entries(connection)] == [second, first]
        (entry,) = case_entry(connection, first)
        assert (entry.case.number, entry.case.findings) == ("01/TM/2024", (1,))
        assert case_entry(connection, second + 1) == ()
        assert case_id_of(connection, "02/TM/2024") == (second,)
        assert case_id_of(connection, "03") == ()


def test_what_is_confirmed_and_in_no_case_is_offered_with_its_copies(filled: Database) -> None:
    confirmed = {"state": "confirmed"}
    copy = {"copy_of": 101}
    more_findings(
        filled, confirmed, copy, copy | {"state": "rejected"}, copy | confirmed, copy | {"current": False},
        confirmed | {"current": False}, confirmed | {"election_id": OTHER_ELECTION},
    )  # fmt: skip
    with filled.read() as connection:
        every = offered(connection)
        own = offered(connection, ELECTION)
        assert count_offered(connection) == 5  # the confirmed copy too
        assert copies_of(connection, [101, 102]) == {101: (102, 104)}
    assert [one.id for one in every.offers] == [1, 101, 106, 107]
    assert [one.id for one in own.offers] == [1, 101, 106]
    assert (every.total, own.total) == (4, 3)
    assert own.offers[1].copies == (102, 104)
    new_case(filled, findings=(101,))
    with filled.read() as connection:
        left = offered(connection, ELECTION)
    assert [one.id for one in left.offers] == [1, 104, 106], "a confirmed copy stands for itself then"


def test_offers_come_page_by_page_without_loss(filled: Database) -> None:
    more_findings(filled, *({"state": "confirmed", "strength_rank": n % 3} for n in range(11)))
    found_numbers, after = [], ""
    with filled.read() as connection:
        total = offered(connection).total
        while True:
            page = offered(connection, "", after, 4)
            found_numbers += [one.id for one in page.offers]
            after = page.after
            if not after:
                break
        with pytest.raises(ValueError, match="end of a page"):
            offered(connection, "", "nonsense")
    assert len(found_numbers) == len(set(found_numbers)) == total == 12


def test_packages_are_remembered_for_their_case_alone(filled: Database) -> None:
    first, second = new_case(filled, "01"), new_case(filled, "02")
    with filled.begin() as connection:
        for number in range(MOST_PACKAGES + 3):
            note_package(connection, first, WrittenPackage(f"/rekaan/paket-{number}", AT, "sinta", 3, 2, 0))
        note_package(connection, second, PACKAGE)
    with filled.read() as connection:
        kept = packages_of(connection, first)
        assert packages_of(connection, second) == (PACKAGE,)
        assert cases_with_packages(connection, [first, second, 99]) == {first, second}
        assert cases_with_packages(connection, []) == frozenset()
    assert len(kept) == MOST_PACKAGES
    assert kept[0].place == f"/rekaan/paket-{MOST_PACKAGES + 2}"


def test_names_of_elections_and_candidates(filled: Database) -> None:
    with filled.begin() as connection:
        assert election_names(connection)[ELECTION] == "Pilkada Kota Contoh 2024"
        assert candidate_names(connection, ELECTION) == {"sari-dewi": "Sari Dewi"}
        assert candidate_names(connection, "tidak-ada") == {}
        told = {"tickets": [{"candidates": [{"id": "a", "name": "Ani"}, {"id": "b", "name": "Budi"}]}]}
        connection.execute(update(tables.elections).values(about=json.dumps(told)))
        assert candidate_names(connection, ELECTION) == {"a": "Ani", "b": "Budi"}


def test_the_next_last_day(filled: Database) -> None:
    case = CaseFile("01", ELECTION, known_on=(date(2024, 10, 18),), form={"kind": "pilkada"})
    days = [
        [one.day.isoformat() for one in next_deadline(case, date(2024, 10, today))] for today in (18, 25, 26, 30, 31)
    ]
    assert days == [["2024-10-25"], ["2024-10-25"], ["2024-10-28"], ["2024-10-30"], ["2024-10-30"]]
    unsaid = CaseFile("01", ELECTION, known_on=(date(2024, 10, 18),))
    assert next_deadline(unsaid, date(2024, 10, 18))[0].day == date(2024, 10, 25)
    assert next_deadline(CaseFile("01", ELECTION), date(2024, 10, 18)) == ()
    closed = CaseFile("01", ELECTION, known_on=(date(2024, 10, 18),), state=CaseState.CLOSED)
    assert next_deadline(closed, date(2024, 10, 18)) == ()


def test_without_a_checkpoint_there_is_none(filled: Database) -> None:
    with filled.read() as connection:
        assert last_checkpoint(connection) == ()


def test_a_scan_says_how_far_it_is_while_it_works(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    eyes = StandIn()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: eyes)
    monkeypatch.setattr("screening.reading.fingerprint", quick_fingerprint)
    monkeypatch.setattr("screening.finish.question", nothing_asked, raising=False)
    monkeypatch.setattr("casework.store.BATCH", 1)
    for number in range(6):
        made_up_photo(tmp_path / "foto" / f"{number}.png", number)
    told: list[tuple[Phase, int, int]] = []

    def look(phase: Phase, _done: int) -> None:
        with database.read() as connection:
            for line in run_lines(connection, 0, 1):
                assert line.state is RunState.RUNNING
                told.extend((phase, sign.read, sign.written) for sign in line.signs if sign.run)

    for _ in range(2):  # the second scan reads nothing anew
        told.clear()
        Office(database, tmp_path / "foto", progress=look).scan()
        assert [read for _, read, _ in told] == sorted(read for _, read, _ in told)
        assert [written for *_, written in told] == sorted(written for *_, written in told)
        assert told[-1][1] == 6, "a photo that is told of twice counts once"
        assert told[-1][2] >= 5
        with database.read() as connection:
            assert run_lines(connection)[0].signs == ()
            assert run_facts(connection, run_lines(connection)[0].id)[0].written == 6
