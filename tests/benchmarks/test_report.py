import io
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Alone
from benchmarks.paired import Row
from benchmarks.report import alone_goals, goals_table, set_table, speed_goals
from benchmarks.taken import Taken


def rows(times_as_fast: float, hands: int = 2) -> list[Row]:
    return [
        Row(
            Path("a.jpg"),
            1.5,
            Taken(0.1, 3, hands),
            Taken(0.05, 3, hands if index else 0, bool(index)),
            Taken(0.1 * times_as_fast, 2, 1),
        )
        for index in range(4)
    ]


def text(table: Table) -> str:
    console = Console(file=io.StringIO(), width=200)
    with console.capture() as capture:
        console.print(table)
    return capture.get()


def test_a_set_says_how_many_times_as_fast_each_side_is() -> None:
    shown = text(set_table("uploads", rows(7), with_election=True))
    assert "uploads: 4 photos, 6.0 megapixels" in shown
    assert "7.0 (7.0 to 7.0)" in shown
    assert "14.0 (14.0 to 14.0)" in shown
    assert "(3 of 4)" in shown


def test_without_an_election_it_is_said_that_only_faces_were_searched() -> None:
    shown = text(set_table("scenes", rows(7), with_election=False))
    assert "no election" in shown


def test_goals_are_met_or_not_by_what_was_measured() -> None:
    met = {goal.what: goal.met for goal in speed_goals(rows(7))}
    assert met == dict.fromkeys(met, True)
    slow = [goal.met for goal in speed_goals(rows(4))]
    assert slow == [False, False, True, True]
    few = {goal.what: goal.met for goal in speed_goals(rows(7, hands=0))}
    assert few["hands found"] is False
    assert few["faces found"] is True
    shown = text(goals_table(list(speed_goals(rows(4)))))
    assert shown.count("NOT MET") == 2


def test_what_could_not_be_measured_is_left_out() -> None:
    assert list(alone_goals((), ())) == []
    goals = list(alone_goals((Alone(2, 0.8, 0.6, 900),), (0.3,)))
    assert [goal.met for goal in goals] == [False, True, True, True]
