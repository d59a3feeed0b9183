"""Planted looks: of whom it is known that they are somebody else, like any other look, and counted."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from casework.agreement import controls_of
from casework.decisions import Verdict
from casework.looks import Look
from casework.queries import Filter
from casework.tables import findings, looks, sightings
from tests.casework.reviewers import Desk, desk_in

YES, NO = Verdict.CONFIRMED, Verdict.REJECTED
WRITTEN = ("findings", "decisions")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        made.settings(control_share=0.5)
        yield made


def planted(desk: Desk, who: str, wanted: Filter | None = None) -> Look:
    desk.draws = [0.4, 0.0]
    (look,) = desk.next(who, wanted or Filter())
    desk.draws = []
    return look


def test_a_planted_look_shows_somebody_who_is_not_in_the_photo(desk: Desk) -> None:
    look = planted(desk, "rina")
    assert look.control
    there = {row["candidate"] for row in desk.rows("sightings") if row["evaluation_id"] == look.finding_id}
    face = next(
        row
        for row in desk.rows("sightings")
        if (row["evaluation_id"], row["person"]) == (look.finding_id, *look.person)
    )
    assert look.candidate == face["second_candidate"]
    assert look.candidate not in there
    assert face["band"] == "match"
    assert bool(look.hand) == bool(desk.row(look.finding_id)["symbol"])


def test_it_comes_back_until_it_is_answered_and_then_never_again(desk: Desk) -> None:
    first = planted(desk, "rina")
    assert desk.next("rina") == (first,)
    before = [desk.rows(table) for table in WRITTEN]
    desk.answer(first, "same")
    assert [desk.rows(table) for table in WRITTEN] == before, "nothing follows for any finding"
    met = {first.finding_id}
    while (look := planted(desk, "rina")).control:
        assert look.finding_id not in met
        met.add(look.finding_id)
        desk.answer(look, "different")
    assert not look.control, "where nothing is left to plant, work goes on"


def test_as_many_are_planted_as_was_set(desk: Desk) -> None:
    assert not desk.next("budi")[0].control, "0.999 is above the share"
    desk.draws = [0.5]
    assert not desk.next("tono")[0].control, "and so is the share itself"
    desk.settings(control_share=0.0)
    desk.draws = [0.0]
    assert not desk.next("rina")[0].control


def test_nothing_is_planted_where_nothing_waits_or_a_look_was_begun(desk: Desk) -> None:
    begun = desk.open(1, "rina")
    desk.draws = [0.0, 0.0]
    assert desk.next("rina") == (begun,), "whoever reloads draws no second lot"
    with desk.database.begin() as connection:
        connection.execute(update(findings).values(first_reviewer="tono"))
    desk.draws = [0.0, 0.0]
    assert desk.next("rina") == (), "a look after the last one would be known for what it is"


def test_it_fits_what_was_asked_for(desk: Desk) -> None:
    for finding in desk.rows("findings"):
        wanted = Filter(candidate=finding["candidate"], symbol=finding["symbol"], category=finding["category"])
        desk.draws = [0.4, 0.0]
        (look,) = desk.next("rina", wanted)
        assert look.candidate == wanted.candidate, "another candidate's photos would tell"
        if look.control:
            assert desk.row(look.finding_id)["symbol"] == wanted.symbol or not wanted.symbol
            desk.answer(look, "different")
        with desk.database.begin() as connection:
            connection.execute(delete(looks))


@pytest.mark.parametrize(
    "change",
    [
        update(sightings).values(band="possible"),
        update(sightings).values(depiction=True),
        update(sightings).values(second_candidate=""),
        update(sightings).values(second_candidate="a-look-alike-of-nobody-official"),
        update(sightings).values(second_candidate=sightings.c.candidate),
        update(findings).values(current=False, copy_of=None).where(findings.c.id > 1),
    ],
)
def test_only_what_is_known_is_planted(desk: Desk, change: object) -> None:
    with desk.database.begin() as connection:
        connection.execute(change)  # type: ignore[call-overload]
    look = planted(desk, "rina")
    assert not look.control or look.finding_id == 1


def test_never_of_what_a_reviewer_has_looked_at_or_decided(desk: Desk) -> None:
    for row in desk.rows("findings"):
        if row["id"] != 12:
            desk.say(row["id"], "rina", NO)
    look = planted(desk, "rina")
    assert (look.control, look.finding_id) == (True, 12) or not look.control


def test_those_that_are_easily_told_apart_come_last(desk: Desk) -> None:
    with desk.database.begin() as connection:
        for row in connection.execute(select(sightings)).all():
            which = sightings.c.evaluation_id == row.evaluation_id, sightings.c.person == row.person
            likeness = (row.evaluation_id * 7 + row.person) % 50 / 50
            connection.execute(update(sightings).where(*which).values(second_similarity=likeness))

    def likeness_of(look: Look) -> float:
        faces = ((row["evaluation_id"], row["person"], row["second_similarity"]) for row in desk.rows("sightings"))
        evaluation = desk.row(look.finding_id)["evaluation_id"]
        return float(next(value for of, who, value in faces if (of, who) == (evaluation, *look.person)))

    hardest_first = []
    while (look := planted(desk, "rina")).control:
        hardest_first.append(likeness_of(look))
        desk.answer(look, "different")
    assert len(set(hardest_first)) > 2
    assert hardest_first == sorted(hardest_first, reverse=True)
    desk.draws = [0.4, 0.99]
    (last,) = desk.next("budi")
    assert likeness_of(last) == hardest_first[(len(hardest_first) - 1) // 2], "drawn from the harder half"


def test_faces_that_two_people_confirmed_come_first(desk: Desk) -> None:
    for who in ("budi", "tono"):
        desk.say(5, who, YES)
    assert planted(desk, "rina").finding_id == 5


def test_false_confirmations_are_counted_for_each_with_an_exact_interval(desk: Desk) -> None:
    answers = {"rina": ("same", "different", "cannot-tell"), "budi": ("different", "different")}
    for who, said in answers.items():
        for each in said:
            look = planted(desk, who)
            assert look.control
            desk.answer(look, each)
    with desk.database.read() as connection:
        everybody, budi, rina = controls_of(connection)
    assert (everybody.reviewer, everybody.false.hits, everybody.false.of, everybody.unsure) == ("", 1, 5, 1)
    assert (budi.reviewer, budi.false.hits, budi.false.of) == ("budi", 0, 2)
    assert budi.false.high == pytest.approx(1 - 0.025**0.5)
    assert (rina.false.hits, rina.false.of, rina.unsure) == (1, 3, 1)
    wrong = next(row["finding_id"] for row in desk.rows("looks") if row["same_person"] == "same")
    desk.say(wrong, "tono", NO)
    with desk.database.read() as connection:
        left = controls_of(connection)[0].false
    assert left.of < 5, "who is in that photo is no longer known"
