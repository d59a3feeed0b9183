"""Agreement of reviewers with each other, with the machine, and what few of them say."""

import math
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.agreement import agreement_of, blind_looks_of, controls_of
from casework.database import Database
from casework.decisions import Verdict
from casework.intervals import clopper_pearson, kappa, trials_needed, wilson
from casework.reviewing import disagreements
from tests.casework.reviewers import Desk, desk_in
from tests.review.office_sample import fill_office

YES, NO, UNSURE = Verdict.CONFIRMED, Verdict.REJECTED, Verdict.CANNOT_TELL


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with desk_in(tmp_path) as made:
        yield made


def test_exact_and_score_intervals_are_those_of_tables() -> None:
    assert clopper_pearson(0, 100).high == pytest.approx(0.0362, abs=5e-5)
    assert (clopper_pearson(3, 100).low, clopper_pearson(3, 100).high) == pytest.approx((0.0062, 0.0852), abs=5e-5)
    assert clopper_pearson(5, 5).low == pytest.approx(0.025**0.2)
    assert (wilson(45, 50).low, wilson(45, 50).high) == pytest.approx((0.7864, 0.9565), abs=5e-5)
    assert clopper_pearson(0, trials_needed(0.01)).high <= 0.01 < clopper_pearson(0, trials_needed(0.01) - 1).high
    assert (wilson(0, 0).value, clopper_pearson(0, 0).high) == ((), 1.0)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 3000), st.data())
def test_exact_ends_leave_a_tail_of_two_and_a_half_percent(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    made = clopper_pearson(hits, of)

    def chance_of(numbers: range, chance: float) -> float:
        whole = math.lgamma(of + 1)
        ways = ((k, whole - math.lgamma(k + 1) - math.lgamma(of - k + 1)) for k in numbers)
        return math.fsum(math.exp(w + k * math.log(chance) + (of - k) * math.log1p(-chance)) for k, w in ways)

    if hits:
        assert chance_of(range(hits, of + 1), made.low) == pytest.approx(0.025, abs=1e-7)
    if hits < of:
        assert chance_of(range(hits + 1), made.high) == pytest.approx(0.025, abs=1e-7)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 400), st.data())
def test_intervals_hold_the_share_and_mirror(of: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, of))
    for made in (wilson, clopper_pearson):
        share, other = made(hits, of), made(of - hits, of)
        assert 0 <= share.low <= hits / of + 1e-12
        assert hits / of - 1e-12 <= share.high <= 1
        assert (share.low, share.high) == pytest.approx((1 - other.high, 1 - other.low), abs=1e-9)


def test_kappa_is_cohens_and_its_interval_about_the_asymptotic_one() -> None:
    cells = {("a", "a"): 20, ("a", "b"): 5, ("b", "a"): 10, ("b", "b"): 15}
    (found,) = kappa({"all": cells}, {"all": 1.0})
    assert found.value == pytest.approx(0.4)
    assert (found.high - found.low) / 2 == pytest.approx(1.96 * 0.1279, rel=0.03), "Fleiss, Cohen and Everitt 1969"
    assert kappa({"all": {("a", "a"): 9}}, {"all": 1.0}) == ()
    assert kappa({"all": {}}, {"all": 1.0}) == ()
    always = kappa({"all": {("a", "a"): 9, ("b", "b"): 4}}, {"all": 1.0})[0]
    assert (always.value, always.low, always.high) == (1.0, 1.0, 1.0)


def test_weighing_gives_back_what_all_would_have_said() -> None:
    chance, whole = random.Random(7), Counter[tuple[str, str]]()
    for _ in range(40_000):
        first = "confirmed" if chance.random() < 0.2 else "rejected"
        differs = chance.random() < (0.3 if first == "confirmed" else 0.03)
        second = {"confirmed": "rejected", "rejected": "confirmed"}[first] if differs else first
        whole[first, second] += 1
    seen = {cell: count for cell, count in whole.items() if cell[0] == "confirmed"}
    drawn = {cell: round(count * 0.2) for cell, count in whole.items() if cell[0] != "confirmed"}
    (truth,) = kappa({"all": whole}, {"all": 1.0})
    (weighed,) = kappa({"confirmed": seen, "other": drawn}, {"confirmed": 1.0, "other": 5.0})
    (naive,) = kappa({"all": {**seen, **drawn}}, {"all": 1.0})
    assert weighed.value == pytest.approx(truth.value, abs=0.005)
    assert abs(naive.value - truth.value) > 0.05, "left as they are, the figures would mislead"
    assert weighed.low < truth.value < weighed.high


def test_agreement_is_counted_by_group_and_pair_and_without_the_third(desk: Desk) -> None:
    said = {
        1: (("rina", YES), ("budi", YES)),
        2: (("budi", YES), ("rina", NO)),
        3: (("rina", YES), ("tono", YES)),
        4: (("rina", NO),),
        5: (("rina", UNSURE),),
        6: (("rina", NO),),
    }
    for finding, words in said.items():
        for who, verdict in words:
            desk.say(finding, who, verdict)
    desk.ask(6)
    desk.say(6, "budi", NO)
    desk.ask(2)
    desk.say(2, "tono", YES)
    desk.say(7, "rina", YES)
    desk.undo(7, "rina")
    with desk.database.read() as connection:
        found = agreement_of(connection)
    assert found.both == 4
    confirmed, other = found.groups
    assert (confirmed.name, confirmed.decided, confirmed.same.hits, confirmed.same.of) == ("confirmed", 3, 2, 3)
    assert (other.name, other.decided, other.same.hits, other.same.of) == ("other", 3, 1, 1)
    assert found.weighted == pytest.approx(((2 + 3 * 1) / 6,))
    pairs = {one.names: (one.same.hits, one.same.of) for one in found.pairs}
    assert pairs == {("budi", "rina"): (2, 3), ("rina", "tono"): (1, 1)}
    assert found.kappa
    assert -1 <= found.kappa[0].low <= found.kappa[0].value <= found.kappa[0].high <= 1


def test_nothing_is_said_of_all_where_one_group_has_no_second_look(desk: Desk) -> None:
    with desk.database.read() as connection:
        empty = agreement_of(connection)
        assert (empty.both, empty.weighted, empty.kappa, empty.pairs) == (0, (), (), ())
        assert (controls_of(connection), blind_looks_of(connection)) == ((), ())
    desk.say(1, "rina", YES)
    desk.say(1, "budi", YES)
    desk.say(2, "rina", NO)
    with desk.database.read() as connection:
        found = agreement_of(connection)
    assert (found.both, found.weighted, found.kappa) == (1, (), ())


def test_first_looks_are_held_against_the_machine_and_against_the_end(desk: Desk) -> None:
    symbol = desk.row(1)["symbol"]
    assert symbol
    desk.look(1, "rina", "same", symbol)
    desk.look(1, "budi", "different", "none")
    desk.look(2, "rina", "different", "none")
    desk.decide(1, "rina", YES)
    desk.decide(1, "budi", YES)
    desk.decide(2, "rina", NO, "not-the-candidate")
    desk.look(3, "rina", "cannot-tell", "cannot-tell")
    desk.decide(3, "rina", NO, "not-asn")
    with desk.database.read() as connection:
        everybody, budi, rina = blind_looks_of(connection)
    assert (everybody.reviewer, everybody.same.hits, everybody.same.of, everybody.unsure) == ("", 1, 4, 1)
    assert (rina.same.hits, rina.same.of) == (1, 3)
    assert (budi.final.hits, budi.final.of) == (0, 1)
    assert (rina.final.hits, rina.final.of) == (2, 2), "rejected for another reason says nothing of the face"
    assert everybody.symbol.hits == 1


def test_another_label_of_the_same_number_is_the_same_reading(desk: Desk) -> None:
    two = next(row for row in desk.rows("findings") if row["symbol"] in ("peace", "two_up"))
    desk.look(two["id"], "rina", "same", "two_up" if two["symbol"] == "peace" else "peace")
    desk.look(two["id"], "budi", "same", "three")
    with desk.database.read() as connection:
        _, budi, rina = blind_looks_of(connection)
    assert (rina.symbol.hits, budi.symbol.hits) == (1, 0)


def test_every_figure_is_counted_on_both_databases(database: Database) -> None:
    fill_office(database)
    desk = Desk(database)
    desk.settings(control_share=0.5)
    for finding, other in ((1, YES), (2, NO), (3, YES)):
        desk.say(finding, "rina", YES)
        desk.say(finding, "budi", other)
    desk.say(4, "rina", NO, "not-the-candidate")
    desk.draws = [0.0, 0.0]
    (look,) = desk.next("tono")
    assert look.control
    desk.answer(look, "different")
    with database.read() as connection:
        found = agreement_of(connection)
        (everybody, _), blind = controls_of(connection), blind_looks_of(connection)
        (only,), whole = disagreements(connection, 5)
    assert (found.both, found.groups[0].same.hits, found.groups[1].decided) == (3, 2, 1)
    assert (everybody.false.hits, everybody.false.of, everybody.sure) == (0, 1, 1)
    assert [(one.reviewer, one.same.of, one.final.of) for one in blind] == [("", 7, 5), ("budi", 3, 2), ("rina", 4, 3)]
    assert (only.finding_id, whole) == (2, 1)
