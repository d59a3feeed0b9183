"""The list as one reviewer may see it: turns, counts that add up, copies inside what stands for them."""

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from casework.database import Database
from casework.decisions import Verdict, decide
from casework.queries import Filter
from casework.representatives import keep_all_representatives, keep_representatives, photos_inside
from casework.review_queue import QueuedFinding, QueuePage, Turn, count_queue, list_queue
from casework.tables import findings, looks, photos
from tests.casework.queue_samples import AT, ELECTION, OTHER, add_elections, add_findings, decided

SAMPLE: tuple[dict[str, Any], ...] = (
    {"strength": "weak", "uploader_id": "u-1", "agency": "Dinas A"},
    {"strength": "strong", "posted_on": "2024-10-05", "uploader_id": "u-2", "agency": "Dinas B"},
    {"strength": "medium", "symbol": "", "category": "foto-bersama", "candidate": "budi-harto", "ticket": 2},
    decided("confirmed-once", "rina", waits=True),
    decided("confirmed", "rina", "budi"),
    decided("rejected", "budi", strength="weak"),
    decided("cannot-tell", "rina", "budi", disagreed=True, strength="medium"),
    decided("cannot-tell", "rina", "budi", disagreed=True, waits=True, changed=True),
    decided("rejected", "tono", waits=True, election_id=OTHER, posted_on=""),
    {"current": False},
)
RINA = {Turn.MINE: {1, 2, 3, 9}, Turn.DONE: {4, 8}, Turn.OVER: {5, 6, 7}}
TONO = {Turn.MINE: {1, 2, 3, 4, 8}, Turn.DONE: {9}, Turn.OVER: {5, 6, 7}}
WATCHER = {Turn.MINE: {1, 2, 3, 4, 8, 9}, Turn.DONE: set[int](), Turn.OVER: {5, 6, 7}}


@pytest.fixture
def filled(database: Database) -> Database:
    with database.begin() as connection:
        add_elections(connection)
        add_findings(connection, SAMPLE)
    return database


def page(database: Database, wanted: Filter, reviewer: str, turn: Turn = Turn.ALL, **more: Any) -> QueuePage:
    with database.read() as connection:
        return list_queue(connection, wanted, reviewer, turn, **more)


def every(database: Database, wanted: Filter, reviewer: str, turn: Turn = Turn.ALL) -> list[QueuedFinding]:
    found: list[QueuedFinding] = []
    after = ""
    while True:
        one = page(database, wanted, reviewer, turn, after=after, count=2)
        found += one.findings
        after = one.after
        if not after:
            assert len(found) == one.total
            return found


@pytest.mark.parametrize(("reviewer", "turns"), [("rina", RINA), ("tono", TONO), ("", WATCHER)])
def test_each_finding_is_one_turn_of_each_reviewer(
    filled: Database, reviewer: str, turns: dict[Turn, set[int]]
) -> None:
    for turn, ids in turns.items():
        found = every(filled, Filter(), reviewer, turn)
        assert {one.id for one in found} == ids
        assert {one.turn for one in found} <= {turn}
    everything = every(filled, Filter(), reviewer)
    assert [one.id for one in everything] == [2, 4, 5, 8, 9, 3, 7, 1, 6]
    assert {one.id: one.turn for one in everything} == {one: turn for turn, ids in turns.items() for one in ids}


@pytest.mark.parametrize("reviewer", ["rina", "tono", ""])
def test_counts_add_up_and_are_what_their_links_lead_to(filled: Database, reviewer: str) -> None:
    strengths = ("", "strong", "medium", "weak")
    for strength, turn, election in itertools.product(strengths, Turn, ("", ELECTION, OTHER)):
        wanted = Filter(strength=strength, election=election)
        one = page(filled, wanted, reviewer, turn)
        for name, count in one.by_strength.items():
            assert count == page(filled, replace(wanted, strength=name), reviewer, turn).total
        for other, count in one.by_turn.items():
            assert count == page(filled, wanted, reviewer, other).total
        for state, count in one.by_state.items():
            assert count == page(filled, replace(wanted, state=state), reviewer, turn).total
        if not strength:
            assert sum(one.by_strength.values()) == one.total
        if turn is Turn.ALL and reviewer:
            assert sum(one.by_turn.values()) == one.total
        assert bool(one.by_state) == (not one.by_turn) == (not reviewer)
        if not reviewer:
            assert sum(one.by_state.values()) == one.total
        assert len(every(filled, wanted, reviewer, turn)) == one.total
        with filled.read() as connection:
            assert count_queue(connection, wanted, reviewer, turn) == one.total


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Filter(election=OTHER), {9}),
        (Filter(candidate="budi-harto"), {3}),
        (Filter(category="foto-bersama"), {3}),
        (Filter(strength="weak"), {1, 6}),
        (Filter(uploader="u-1"), {1}),
        (Filter(agency="Dinas B"), {2}),
        (Filter(uploader="u-1", agency="Dinas B"), set()),
        (Filter(posted_from="2024-10-02"), {2}),
        (Filter(posted_to="2024-10-01"), {1, 3, 4, 5, 6, 7, 8}),
        (Filter(posted_from="2024-10-02", posted_to="2024-10-04"), set()),
        (Filter(current=False), {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
    ],
)
def test_every_filter_gives_what_it_says(filled: Database, wanted: Filter, ids: set[int]) -> None:
    assert {one.id for one in every(filled, wanted, "")} == ids
    assert {one.id for one in every(filled, wanted, "rina")} == ids


def test_no_filter_tells_a_reviewer_that_somebody_decided_before(filled: Database) -> None:
    everything = {one.id for one in every(filled, Filter(), "tono")}
    assert {one.id for one in every(filled, Filter(state="confirmed-once"), "tono")} == everything
    assert {one.id for one in every(filled, Filter(changed=True), "tono")} == set()
    assert {one.id for one in every(filled, Filter(changed=True), "rina")} == {8}
    assert {one.id for one in every(filled, Filter(changed=True), "")} == {8}
    assert {one.id for one in every(filled, Filter(state="confirmed-once"), "")} == {4}


def test_only_an_answered_look_of_ones_own_counts_and_no_control(filled: Database) -> None:
    def look(finding: int, reviewer: str, answered: str, *, control: bool = False) -> dict[str, Any]:
        return {
            "finding_id": finding,
            "reviewer": reviewer,
            "control": control,
            "opened_at": AT,
            "answered_at": answered,
        }

    with filled.begin() as connection:
        values = [look(1, "rina", AT), look(2, "rina", ""), look(3, "budi", AT), look(4, "rina", AT, control=True)]
        connection.execute(insert(looks), values)
    assert {one.id for one in every(filled, Filter(), "rina") if one.looked} == {1}
    assert {one.id for one in every(filled, Filter(), "budi") if one.looked} == {3}
    assert not any(one.looked for one in every(filled, Filter(), ""))


@pytest.mark.parametrize("after", ["x", "1", "-", "1-x", "1-2-3", "1-²", "0-" + "9" * 30])
def test_a_place_that_is_none_is_refused(filled: Database, after: str) -> None:
    with pytest.raises(ValueError, match="after"):
        page(filled, Filter(), "rina", after=after)


def test_a_page_has_a_size(filled: Database) -> None:
    for count in (0, 501):
        with pytest.raises(ValueError, match="count"):
            page(filled, Filter(), "rina", count=count)


COPIES: tuple[dict[str, Any], ...] = (
    {"copy_group": 3, "strength": "medium", "uploader_id": "u-1"},  # 1
    {"copy_group": 3, "strength": "strong", "uploader_id": "u-2"},  # 2 stands for 1, 3, 4
    {"copy_group": 3, "strength": "strong", "uploader_id": "u-3", "posted_on": "2024-11-01"},  # 3
    {"copy_group": 3, "strength": "weak", "agency": "Dinas C"},  # 4
    {"copy_group": 3, "ticket": 2},  # 5: another ticket
    {"copy_group": 3, "election_id": OTHER},  # 6: another election
    {"copy_group": 3, "current": False},  # 7: no longer made
    {"copy_group": 3, **decided("rejected", "rina"), "strength": "weak"},  # 8: decided, and weaker
    {},  # 9: no copies
    {"copy_group": 3, "panel": 1},  # 10: another panel
    {"copy_group": 3, "copy_differs": True, "strength": "medium"},  # 11: shows something else somewhere
)


@pytest.fixture
def copied(database: Database) -> Database:
    with database.begin() as connection:
        add_elections(connection)
        add_findings(connection, COPIES)
        keep_all_representatives(connection)
    return database


def inside(database: Database) -> dict[int, int]:
    with database.read() as connection:
        query = select(findings.c.id, findings.c.copy_of).where(findings.c.copy_of.is_not(None))
        return {row.id: row.copy_of for row in connection.execute(query)}


def test_the_strongest_stands_for_its_copies(copied: Database) -> None:
    assert inside(copied) == {1: 2, 3: 2, 4: 2}
    found = {one.id: one.copies for one in every(copied, Filter(), "rina")}
    assert found == {2: 3, 5: 0, 6: 0, 8: 0, 9: 0, 10: 0, 11: 0}


@pytest.mark.parametrize(
    "wanted",
    [Filter(uploader="u-1"), Filter(uploader="u-3"), Filter(agency="Dinas C"), Filter(posted_from="2024-11-01")],
)
def test_a_finding_is_found_by_what_is_known_of_its_copies(copied: Database, wanted: Filter) -> None:
    assert [one.id for one in every(copied, wanted, "rina")] == [2]


def test_one_that_was_decided_stands_for_its_equals_and_is_never_hidden(copied: Database) -> None:
    with copied.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == 3).values(decided("confirmed", "rina", "budi")))
        keep_representatives(connection, [3])
    assert inside(copied) == {1: 3, 2: 3, 4: 3}
    with copied.begin() as connection:
        decide(connection, 1, "tono", Verdict.REJECTED, "photo-poor")
    found = {one.id: one.copies for one in every(copied, Filter(), "rina")}
    assert (found[3], found[1]) == (2, 0)


def test_another_one_stands_for_the_copies_where_the_representative_goes(copied: Database) -> None:
    with copied.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == 2).values(current=False))
        keep_representatives(connection, [2])
    assert inside(copied) == {1: 3, 4: 3}
    with copied.begin() as connection:
        left = photos_inside(connection, [3])
        connection.execute(findings.delete().where(findings.c.id == 3))
        keep_representatives(connection, left)
    assert left == (1, 4)
    assert inside(copied) == {4: 1}
    with copied.begin() as connection:
        connection.execute(update(photos).where(photos.c.id == 4).values(copy_group=None))
        keep_representatives(connection, [4])
    assert inside(copied) == {}


@settings(deadline=None)
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["strong", "medium", "weak"]), st.booleans(), st.booleans(), st.sampled_from([None, 1, 2])
        ),
        min_size=1,
        max_size=8,
    )
)
def test_there_are_no_circles_and_nothing_is_lost(rows: list[tuple[str, bool, bool, int | None]]) -> None:
    """The rule itself, over made-up rows: SQLite in memory, so that hypothesis may try many."""
    from sqlalchemy import create_engine

    from casework.tables import metadata

    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        add_elections(connection)
        add_findings(
            connection,
            [
                {"strength": strength, "current": current, "copy_group": group}
                | (decided("rejected", "rina") if is_decided else {})
                for strength, current, is_decided, group in rows
            ],
        )
        keep_all_representatives(connection)
        first = connection.execute(select(findings.c.id, findings.c.copy_of).order_by(findings.c.id)).all()
        keep_representatives(connection, range(1, len(rows) + 1))
        again = connection.execute(select(findings.c.id, findings.c.copy_of).order_by(findings.c.id)).all()
    engine.dispose()
    assert first == again
    of = {row.id: row.copy_of for row in first}
    for number, (strength, current, is_decided, group) in enumerate(rows, 1):
        if of[number] is None:
            continue
        best, best_current, _, best_group = rows[of[number] - 1]
        assert of[of[number]] is None
        assert (best_group, best_current) == (group, True)
        assert ["strong", "medium", "weak"].index(best) <= ["strong", "medium", "weak"].index(strength)
        assert current
        assert not is_decided
