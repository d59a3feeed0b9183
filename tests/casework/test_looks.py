"""First looks: whose they are, what they ask, what comes next, and that they are answered once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from casework.decisions import Verdict
from casework.explained import looks_explained
from casework.looks import BUSY, Look, has_looked, look_of
from casework.queries import Filter
from casework.review_refusals import Refusal, ReviewError
from casework.tables import findings, looks
from tests.casework.reviewers import Desk, desk_in
from tests.review.office_sample import COPY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def has(desk: Desk, finding: int, who: str) -> bool:
    with desk.database.read() as connection:
        return has_looked(connection, finding, who)


def test_a_look_is_the_reviewers_own_and_comes_back_until_and_after_it_is_answered(desk: Desk) -> None:
    look = desk.open(1, "rina")
    assert (look.control, look.answered, look.candidate) == (False, False, desk.row(1)["candidate"])
    assert look.person
    assert desk.open(1, "rina") == look
    assert not has(desk, 1, "rina")
    said = desk.answer(look, "different", "cannot-tell")
    assert (said.same_person, said.answered) == ("different", True)
    assert desk.open(1, "rina") == said
    assert has(desk, 1, "rina")
    assert not has(desk, 1, "budi")
    with desk.database.read() as connection:
        assert look_of(connection, look.id, "budi") == ()
        assert looks_explained(connection).whole
    assert [one for one in desk.actions() if one.startswith("look")] == ["look", "look.answer"]


def test_a_look_is_answered_once_whole_and_by_whom_it_belongs_to(desk: Desk) -> None:
    look = desk.open(1, "rina")
    wrong: tuple[tuple[Look, str, str, Refusal], ...] = (
        (look, "", "one", Refusal.INCOMPLETE),
        (look, "yes", "one", Refusal.INCOMPLETE),
        (look, "same", "thumb", Refusal.INCOMPLETE),
        (replace(look, reviewer="budi"), "same", "one", Refusal.NO_LOOK),
        (replace(look, id=10**9), "same", "one", Refusal.NO_LOOK),
    )
    assert look.hand, "this finding shows a hand"
    for each, person, symbol, refusal in wrong:
        with pytest.raises(ReviewError) as caught:
            desk.answer(each, person, symbol)
        assert caught.value.refusal is refusal
    desk.answer(look, "same", "none")
    with pytest.raises(ReviewError) as caught:
        desk.answer(look, "different", "none")
    assert caught.value.refusal is Refusal.ANSWERED
    assert desk.rows("looks")[0]["same_person"] == "same"


def test_what_is_not_there_is_not_asked_about(desk: Desk) -> None:
    without_hand = next(row["id"] for row in desk.rows("findings") if not row["symbol"])
    look = desk.open(without_hand, "rina")
    assert (bool(look.person), look.hand) == (True, ())
    assert desk.answer(look, "same", "").symbol == ""
    with desk.database.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == 1).values(candidate=""))
    look = desk.open(1, "rina")
    assert (look.person, look.candidate, bool(look.hand)) == ((), "", True)
    assert desk.answer(look, "", "one").answered
    with pytest.raises(ReviewError):
        desk.open(10**9, "rina")


def test_a_scan_that_names_somebody_else_asks_for_a_new_look(desk: Desk) -> None:
    desk.look(1, "rina")
    waiting = desk.open(1, "budi")
    other = next(row["candidate"] for row in desk.rows("sightings") if row["candidate"] != waiting.candidate)
    with desk.database.begin() as connection:
        connection.execute(update(findings).where(findings.c.id == 1).values(candidate=other))
    assert not has(desk, 1, "rina")
    again = desk.open(1, "budi")
    assert (again.id, again.candidate) == (waiting.id, other), "a look that waits follows the finding"
    new = desk.open(1, "rina")
    assert not new.answered
    desk.answer(new)
    assert has(desk, 1, "rina")


def test_the_strongest_finding_that_waits_comes_next_and_comes_back(desk: Desk) -> None:
    order = [row["id"] for row in sorted(desk.rows("findings"), key=lambda row: (row["strength_rank"], row["id"]))]
    met = []
    while found := desk.next("rina"):
        assert desk.next("rina") == found, "going away skips nothing"
        desk.answer(found[0])
        desk.decide(found[0].finding_id, "rina", Verdict.REJECTED)
        met.append(found[0].finding_id)
    assert met == [number for number in order if number != COPY], "copies are looked at once"
    assert desk.next("budi") == ()


def test_two_who_work_at_once_are_not_handed_the_same(desk: Desk) -> None:
    (first,) = desk.next("rina")
    (second,) = desk.next("budi")
    assert first.finding_id != second.finding_id
    desk.tick(BUSY.total_seconds() + 60)
    desk.answer(second)
    desk.decide(second.finding_id, "budi", Verdict.REJECTED)
    assert desk.next("budi")[0].finding_id == first.finding_id, "who went away does not keep it"


def test_what_a_first_reviewer_confirmed_comes_to_the_second_and_no_filter_tells(desk: Desk) -> None:
    desk.say(1, "rina", Verdict.CONFIRMED)
    desk.say(2, "rina", Verdict.REJECTED)
    for state in ("", "confirmed-once", "rejected", "suggested"):
        (look,) = desk.next("budi", Filter(state=state))
        assert look.finding_id == 1, "the state of the filter is not followed"
    strong = desk.row(1)["candidate"]
    assert desk.next("tono", Filter(candidate=strong))[0].candidate == strong
    assert desk.next("tono", Filter(candidate="nobody")) == ()


def test_a_planted_look_is_no_look_at_its_finding(desk: Desk) -> None:
    with desk.database.begin() as connection:
        row = {"reviewer": "rina", "finding_id": 1, "control": True, "opened_at": desk.at, "answered_at": desk.at}
        connection.execute(looks.insert().values(row | {"candidate": desk.row(1)["candidate"]}))
    assert not has(desk, 1, "rina")
