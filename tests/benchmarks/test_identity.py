"""The identity benchmark: who is drawn, what the figures are, and that a poor method and a broken promise show."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from benchmarks import identity
from benchmarks.identity_compare import Case, compare
from benchmarks.identity_cost import seconds_inside
from benchmarks.identity_draws import Plan, Source, draws, prior_of
from benchmarks.identity_faces import FaceSet, everybody_else, face_set, joined, people_of_pairs, real_sets
from benchmarks.identity_figures import FPIRS, Searches, difference, figures
from benchmarks.identity_flow import flow, flows, synthetic_faces
from benchmarks.identity_methods import FUSIONS, METHODS, SHIPPED, _in_deviations
from benchmarks.identity_promises import BUDGETS, _Tally, promises
from benchmarks.identity_tables import Part
from candidates.gallery import Doubles
from netra.errors import OutputError, UsageError

SIZE = 32


def people(
    count: int, photos: int, seed: int = 0, spread: float = 0.35, name: str = "made", family: int = 1
) -> FaceSet:
    """Invented templates: a common face, a person's own direction, and what differs from photo to photo."""
    rng = np.random.default_rng(seed)
    common = rng.normal(0, 1, SIZE)
    rows = []
    for i in range(count):
        own = rng.normal(0, 1, SIZE)
        for _ in range(photos):
            template = 2 * common + own + rng.normal(0, spread, SIZE)
            rows.append((f"p{i:03d}", f"f{i // family:03d}", template.astype(np.float32)))
    return face_set(name, rows)


# ----------------------------------------------------------------------------------------------------------- faces


def test_same_goes_on_from_pair_to_pair_and_a_contradiction_is_refused() -> None:
    known = [("a", "b", True), ("b", "c", True), ("d", "e", True), ("a", "d", False)]
    person = people_of_pairs(known)
    assert person["a"] == person["b"] == person["c"] != person["d"] == person["e"]
    with pytest.raises(UsageError, match="one person and that they are not"):
        people_of_pairs([*known, ("c", "e", True)])


def test_people_of_joined_sets_stay_apart() -> None:
    one, other = people(2, 2, name="one"), people(2, 2, name="other")
    assert len(joined("both", [one, other]).names) == 4
    assert len(everybody_else("crowd", one.templates).names) == 4


def test_missing_photos_are_no_sets(tmp_path: Path) -> None:
    assert real_sets(tmp_path) == {}


@pytest.mark.data
@pytest.mark.slow
def test_the_real_sets_have_the_people_that_their_truth_names(shared_data: Path) -> None:
    sets = real_sets(shared_data)
    assert {name: (len(each), len(each.names)) for name, each in sets.items()} == {
        "pairs": (25, 9),
        "named": (5, 2),
        "paslon": (10, 9),
        "lookalikes": (24, 4),
    }


# ----------------------------------------------------------------------------------------------------------- draws


def rows_of(faces: FaceSet, templates: "np.ndarray[tuple[int, ...], np.dtype[np.float32]]") -> set[str]:
    """Whose these templates are."""
    return {str(faces.people[int(np.abs(faces.templates - row).sum(axis=1).argmin())]) for row in templates}


@given(st.integers(0, 50), st.integers(1, 2), st.integers(1, 5))
def test_enrolled_population_and_strangers_share_nobody(seed: int, references: int, population: int) -> None:
    faces = people(12, 3, family=2)
    plan = Plan(3, references, population, 1, 2, seed)
    for draw in draws(faces, plan):
        enrolled, strangers = set(draw.enrolled), set(draw.strangers.people.tolist())
        seen = rows_of(faces, draw.population)
        assert len(enrolled) == 3
        assert len(draw.population) == len(seen) == population
        assert not enrolled & strangers
        assert not enrolled & seen
        assert not seen & strangers
        assert set(draw.mates.people.tolist()) == enrolled
        assert len(draw.mates) == 3 * (3 - references)
        families = {f"f{int(who[1:]) // 2:03d}" for who in enrolled}
        assert not families & set(draw.strangers.families.tolist())
        assert set(draw.relatives.families.tolist()) <= families
        for i, rows in enumerate(draw.references):
            assert rows_of(faces, rows) == {draw.enrolled[i]}


def test_where_the_population_comes_from_moves_nobody_else() -> None:
    faces, other = people(12, 3), people(9, 2, seed=5, name="other")
    plan = Plan(3, 1, 4, 0, 3)
    by_source = [list(draws(faces, plan, source, (other,))) for source in Source]
    for own, scan, another in zip(*by_source, strict=True):
        assert own.enrolled == scan.enrolled == another.enrolled
        assert own.strangers.people.tolist() == scan.strangers.people.tolist() == another.strangers.people.tolist()
        assert len(scan.population) == len(own.population) + len(own.mates) + len(own.strangers)
        assert rows_of(other, another.population) <= set(other.names.tolist())
        assert len(another.population) == 8


def test_only_those_named_may_be_enrolled_and_nobody_is_an_error() -> None:
    faces = joined("all", [people(3, 2, name="a"), people(5, 2, name="b")])
    assert all(who.startswith("b ") for draw in draws(faces, Plan(4, 1, among="b ", draws=3)) for who in draw.enrolled)
    with pytest.raises(ValueError, match="more than 2 photos"):
        next(draws(faces, Plan(1, 2)))


def test_a_prior_counts_each_person_once() -> None:
    faces = face_set("few", [("a", "a", np.zeros(4, np.float32)), *[("b", "b", np.ones(4, np.float32))] * 3])
    prior = prior_of(faces)
    assert prior.mean.tolist() == [0.5] * 4
    assert prior.variance == pytest.approx(1.0)


# --------------------------------------------------------------------------------------------------------- figures


def searches(mated: list[float], non_mated: list[float]) -> Searches:
    return Searches(
        np.array(mated),
        np.array([f"m{i}" for i in range(len(mated))]),
        np.array(non_mated),
        np.array([f"s{i}" for i in range(len(non_mated))]),
    )


def test_figures_by_hand() -> None:
    # 1,000 strangers score 0 to 0.999; at FPIR 0.01 ten may be alarms, so a mate must score more than 0.989.
    strangers = [i / 1000 for i in range(1000)]
    found = figures(searches([0.5, 0.9895, 0.9885, 2.0], strangers))
    assert found.tpirs[0][0].value == pytest.approx(0.5)
    assert found.auc.value == pytest.approx((500.5 + 990 + 989 + 1000) / 4000)
    assert found.tpirs[1] == (), "one alarm stands behind FPIR 0.001: too few"
    assert (found.mated, found.people, found.non_mated, found.strangers) == (4, 4, 1000, 1000)
    assert FPIRS == (0.01, 0.001)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=8), st.lists(st.integers(0, 9), min_size=1, max_size=8))
def test_auc_is_the_share_of_pairs_in_order(mated: list[int], non_mated: list[int]) -> None:
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in mated for b in non_mated]
    found = figures(searches([float(a) for a in mated], [float(b) for b in non_mated]), resamples=2)
    assert found.auc.value == pytest.approx(np.mean(pairs))


def test_an_interval_holds_its_figure_and_more_people_make_it_narrower() -> None:
    rng = np.random.default_rng(1)

    def width(count: int) -> float:
        each = figures(searches(rng.normal(1, 1, count).tolist(), rng.normal(0, 1, count).tolist())).auc
        assert each.low <= each.value <= each.high
        return each.high - each.low

    assert width(2000) < 0.5 * width(100)


def test_a_difference_is_of_the_same_resamples() -> None:
    rng = np.random.default_rng(1)
    mated, other = rng.normal(1, 1, 200), rng.normal(0, 1, 200)
    found = figures(searches(mated.tolist(), other.tolist())).auc
    assert difference(found, found).signed() == "+0.000 [+0.000, +0.000]"
    better = figures(searches((mated + 0.2).tolist(), other.tolist())).auc
    less = difference(better, found)
    assert less.low > 0, "paired, the gain is certain"
    assert better.low < found.high, "unpaired it is not"


# --------------------------------------------------------------------------------------------------------- methods


def test_every_method_finds_mates_and_the_shipped_beats_the_raw_cosine() -> None:
    faces = people(190, 3, spread=0.8)  # in netra's eyes enough of them for E-values
    found = compare(Case(faces, (), large=True), Plan(4, 1, 150, 1, 4), METHODS)
    assert set(found) == set(METHODS)
    for name, each in found.items():
        assert each.auc.value > 0.8, name
    assert found[SHIPPED].auc.value > found["raw cosine"].auc.value


def test_ways_to_join_references_agree_where_there_is_one() -> None:
    draw = next(draws(people(20, 3), Plan(3, 1, 8, 1, 1)))
    best, *others = (method(draw) for method in FUSIONS.values())
    for mates, strangers in others:
        np.testing.assert_allclose(mates, best[0], atol=1e-9)
        np.testing.assert_allclose(strangers, best[1], atol=1e-9)


def test_deviations_leave_out_nobody_and_take_the_highest() -> None:
    cohort = np.array([[1.0, 2.0, 3.0, np.nan]])
    assert _in_deviations(np.array([[4.0]]), cohort, 0)[0, 0] == pytest.approx(2 / np.std([1, 2, 3]))
    assert _in_deviations(np.array([[4.0]]), cohort, 2)[0, 0] == pytest.approx(1.5 / 0.5)


def test_the_cohort_has_none_of_the_enrolled() -> None:
    faces = people(20, 4, spread=0.2)
    for draw in draws(faces, Plan(3, 1, 8, 0, 4), Source.SCAN):
        assert not set(draw.enrolled) & rows_of(faces, draw.cohort)
        assert np.isnan(draw.faces_to_cohort[1]).any(), "a stranger's own face is in the cohort and is not compared"


# -------------------------------------------------------------------------------------------------------- promises


def test_promises_are_counted_by_hand() -> None:
    faces = people(30, 2)
    draw = next(draws(faces, Plan(2, 1, 10, 1, 1)))
    tally = _Tally(faces.names)
    e_values: Doubles = np.full((len(draw.strangers), 2), np.inf)
    e_values[0, 0], e_values[1, 1] = 0.005, 0.5
    tally.add(draw, e_values)
    found = tally.promises()
    assert [each.observed for each in found] == [1, 1, 2]
    pairs = len(draw.strangers) * 2
    for each, budget in zip(found, BUDGETS, strict=True):
        assert each.promised == pytest.approx(pairs * budget / 100)  # E is for a hundred faces at the least
        assert each.ratio.value == pytest.approx(each.observed / each.promised)


def test_promises_hold_for_plain_people_and_nobody_left_is_an_error() -> None:
    faces = people(200, 2, spread=0.8)
    found = promises(faces, Plan(10, 1, 100, 1, 6))
    assert 0.3 < found.middle[2].ratio.value < 3
    assert found.end[2].observed <= found.middle[2].observed, "the pessimistic end promises no less"
    assert found.found[0] <= found.found[1] <= found.found[2]
    assert found.relatives == ()
    with pytest.raises(ValueError, match="expected strangers"):
        promises(faces, Plan(10, 1, 500, 1, 1))


# ------------------------------------------------------------------------------------------------ cost and tables


def test_seconds_inside_a_folder_count_what_it_calls_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "def outer(work):\n    inner(work)\n    inner(work)\n\ndef inner(work):\n    work()\n"
    names: dict[str, object] = {}
    exec(compile(source, str(tmp_path / "room.py"), "exec"), names)
    outer = names["outer"]
    assert callable(outer)
    clock = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: clock[0])

    def second() -> None:
        clock[0] += 1

    def work() -> None:
        second()
        outer(second)
        second()

    assert seconds_inside(str(tmp_path), work) == 2
    assert clock == [4]


def test_strangers_flow_through_the_collector() -> None:
    draw = next(draws(people(20, 2), Plan(3, 1, 8, 1, 1)))
    found = flow(draw.gallery, 2_000)
    assert (found.faces, found.compared) == (2_000, 2_000)
    assert found.seconds > 0
    assert synthetic_faces(5, draw.gallery).shape == (5, SIZE)


def test_memory_of_a_flow_is_seen_and_bounded() -> None:
    draw = next(draws(people(20, 2), Plan(3, 1, 8, 1, 1)))
    (found,) = flows(draw.gallery, 60_000)
    # 60,000 templates of 32 numbers are 7 MiB, kept twice at the most beside the work of the population.
    assert 5 < found.peak_mib < 400


def test_a_table_is_shown_and_kept_and_a_short_row_is_refused(tmp_path: Path) -> None:
    part = Part("of things", "things.csv", ("what", "how many"), (("apples", "3"),))
    console = Console(file=io.StringIO(), width=80)
    with console.capture() as shown:
        console.print(part.table())
    assert "| apples | 3" in shown.get()
    part.write(tmp_path / "new")
    assert (tmp_path / "new" / "things.csv").read_text(encoding="utf-8").splitlines() == ["what,how many", "apples,3"]
    with pytest.raises(ValueError, match="expected 2 cells"):
        replace(part, rows=(("apples",),))
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="--out"):
        part.write(tmp_path / "file")


def test_the_command_prints_what_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(identity, "keep_to_one_core", tuple)
    part = Part("cost", "cost.csv", ("what",), (("a scan",),))
    monkeypatch.setattr("benchmarks.identity_cost.tables", lambda: iter([part]))
    assert identity.main(["--part", "cost", "--out", str(tmp_path)]) == 0
    assert "a scan" in capsys.readouterr().out
    assert (tmp_path / "cost.csv").is_file()

    def fails() -> Iterator[Part]:
        raise UsageError("numba is missing")

    monkeypatch.setattr("benchmarks.identity_cost.tables", fails)
    assert identity.main(["--part", "cost"]) == 2
    assert "numba" in capsys.readouterr().err
