"""FPIR and FNIR from searches made up by hand, their intervals, and what holds for any searches."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from evaluation.compare import NOBODY
from evaluation.rates import Tally, missed_at, named_at, strangers_needed
from evaluation.resampling import RESAMPLES, interval_of, rate, unseen
from evaluation.trials import Method, Scores, StrangerPairs, Trials

Doubles = NDArray[np.float64]
NO_PAIRS = StrangerPairs(*(np.zeros(0, np.intp),) * 2, *(np.zeros(0),) * 2)


def trials_of(person: list[int], top: Doubles, top_person: list[int], mate: Doubles, enrolled: list[int]) -> Trials:
    """One split; whoever is enrolled is a mated search."""
    who, best = np.array(person, np.intp), np.array(top_person, np.intp)
    mated = np.isin(who, enrolled)
    scores = Scores(top, best, np.where(mated, mate, np.nan))
    count = len(who)
    return Trials(
        person=who,
        split=np.zeros(count, np.intp),
        mated=mated,
        scores=dict.fromkeys(Method, scores),
        named=best,
        is_match=np.ones(count, bool),
        calibrated=np.ones(count, bool),
        pairs=NO_PAIRS,
        enrolled=(np.array(enrolled, np.intp),),
        faces=(float(count),),
    )


@pytest.fixture
def by_hand() -> Trials:
    """People 0 and 1 are enrolled; 2, 3 and 4 are strangers, 4 with two photos."""
    return trials_of(
        person=[0, 0, 1, 2, 3, 4, 4],
        top=np.array([0.9, 0.7, 0.8, 0.3, 0.6, 0.6, 0.1]),
        top_person=[0, 1, 1, 0, 1, 0, 1],
        mate=np.array([0.9, 0.5, 0.8, 0, 0, 0, 0]),
        enrolled=[0, 1],
    )


def test_rates_at_a_threshold_are_as_counted_by_hand(by_hand: Trials) -> None:
    tally, scores = Tally(by_hand, 5), by_hand.scores[Method.SIMILARITY]
    for threshold, alarms, misses in ((0.95, 0, 3), (0.85, 0, 2), (0.6, 2, 1), (0.3, 3, 0), (0.1, 4, 0)):
        fpir = tally.fpir(named_at(scores, threshold)).rate
        fnir = tally.fnir(missed_at(scores, threshold)).rate
        assert (fpir.events, fpir.searches, fpir.people) == (alarms, 4, 3), threshold
        assert (fnir.events, fnir.searches, fnir.people) == (misses, 3, 2), threshold
        assert (fpir.value, fnir.value) == (alarms / 4, misses / 3)


def test_the_curve_passes_through_the_rates_by_hand(by_hand: Trials) -> None:
    curve = Tally(by_hand, 5).curve(by_hand.scores[Method.SIMILARITY])
    assert curve.thresholds.tolist() == [np.inf, 0.9, 0.8, 0.6, 0.5, 0.3, 0.1]
    assert curve.fpir.tolist() == [0, 0, 0, 0.5, 0.5, 0.75, 1]
    assert curve.fnir == pytest.approx([1, 2 / 3, 1 / 3, 1 / 3, 0, 0, 0])
    assert curve.thresholds[curve.at_fpir(0.5)] == 0.5
    assert curve.thresholds[curve.at_fpir(0.49)] == 0.8
    assert curve.thresholds[curve.best()] == 0.8


def test_photos_without_a_usable_face_can_count_as_missed(by_hand: Trials) -> None:
    tally, scores = Tally(by_hand, 5), by_hand.scores[Method.SIMILARITY]
    unusable = np.array([0, 2, 9, 9, 9]) * np.array([1, 1, 0, 0, 0])
    fnir = tally.fnir(missed_at(scores, 0.6), None, unusable).rate
    assert (fnir.events, fnir.searches) == (3, 5)


def test_searches_can_be_limited_to_a_group(by_hand: Trials) -> None:
    tally, scores = Tally(by_hand, 5), by_hand.scores[Method.SIMILARITY]
    among = np.isin(by_hand.person, [1, 4])
    assert tally.fpir(named_at(scores, 0.6), among).rate.value == 1 / 2
    assert tally.fnir(missed_at(scores, 0.6), among).rate.value == 0
    assert tally.strangers(among) == 1
    assert tally.strangers() == 3


def test_a_rate_of_no_searches_is_not_a_number(by_hand: Trials) -> None:
    tally = Tally(by_hand, 5)
    none = tally.fpir(by_hand.named, np.zeros(7, bool)).rate
    assert (none.searches, none.events) == (0, 0)
    assert np.isnan([none.value, none.low, none.high]).all()


def test_where_nothing_happened_the_upper_end_is_the_rule_of_three() -> None:
    seen = rate(0, 5000, 300, np.zeros(RESAMPLES))
    assert (seen.value, seen.low) == (0, 0)
    assert seen.high == pytest.approx(1 - 0.05 ** (1 / 300))
    assert seen.high == pytest.approx(3 / 300, rel=0.01)
    everything = rate(40, 40, 20, np.ones(RESAMPLES))
    assert (everything.low, everything.high) == pytest.approx((0.05 ** (1 / 20), 1))


def test_no_interval_is_narrower_than_its_people_can_tell() -> None:
    assert interval_of(0.5, 1, (0.5, 0.5)) == pytest.approx((0.025, 0.975))
    assert interval_of(0.5, 10, (0.5, 0.5)) == pytest.approx((0.37, 0.63), abs=0.005)
    assert interval_of(0.1, 1000, (0.08, 0.12)) == (0.08, 0.12)


@given(st.integers(1, 10_000))
def test_more_people_leave_less_unseen(people: int) -> None:
    assert 0 < unseen(people + 1) < unseen(people) < 1


def test_one_look_alike_who_makes_every_false_alarm_widens_the_interval() -> None:
    """The same 40 alarms in 400 searches: by 40 strangers for 40 candidates, or all for one candidate."""
    person, enrolled = list(range(50, 450)), list(range(50))
    top = np.where(np.arange(400) < 40, 0.9, 0.1)
    widths = []
    for names in (list(range(40)), [7] * 40):
        trials = trials_of(person, top, [*names, *[0] * 360], np.zeros(400), enrolled)
        fpir = Tally(trials, 450).fpir(named_at(trials.scores[Method.RAW], 0.5)).rate
        assert fpir.value == 0.1
        assert fpir.low < 0.1 < fpir.high
        widths.append(fpir.high - fpir.low)
    assert widths[1] > 2 * widths[0]


def test_photos_of_one_person_count_as_one_person() -> None:
    widths = []
    for each in (1, 20):
        person = [10 + i for i in range(200 // each) for _ in range(each)]
        top = np.repeat(np.where(np.arange(200 // each) % 2 == 0, 0.9, 0.1), each)
        trials = trials_of(person, top, [0] * 200, np.zeros(200), [0])
        fpir = Tally(trials, 10 + 200 // each).fpir(named_at(trials.scores[Method.RAW], 0.5)).rate
        widths.append(fpir.high - fpir.low)
    assert widths[1] > 2 * widths[0]


def test_intervals_are_the_same_in_every_run(by_hand: Trials) -> None:
    scores = by_hand.scores[Method.RAW]
    once, again = (Tally(by_hand, 5).fpir(named_at(scores, 0.6)).rate for _ in range(2))
    assert once == again
    ends = [Tally(by_hand, 5).fnir_at_fpir(scores, (0.1, 0.5)) for _ in range(2)]
    assert ends[0] == ends[1]


def test_the_interval_of_fnir_holds_its_value_in_about_95_of_100_draws(rng: np.random.Generator) -> None:
    """200 sets of 60 strangers and 40 mated people with known rates; half of each person's photos go wrong together."""
    held = 0
    for _ in range(200):
        missed = rng.random(40) < 0.3
        mate = np.where(missed, 0.2, 0.8).repeat(2)
        strangers = rng.random(60)
        person = [*np.repeat(np.arange(40), 2).tolist(), *range(40, 100)]
        top = np.concatenate([mate, strangers * 0.7])
        trials = trials_of(person, top, [*np.repeat(np.arange(40), 2).tolist(), *[0] * 60], top, list(range(40)))
        fnir = Tally(trials, 100).fnir(missed_at(trials.scores[Method.RAW], 0.5)).rate
        held += fnir.low <= 0.3 <= fnir.high
    assert 180 <= held <= 199


def test_strangers_needed_follow_the_rule_of_three() -> None:
    assert [strangers_needed(fpir) for fpir in (0.1, 0.01, 0.003, 0.001)] == [30, 300, 1000, 3000]


scores_of_people = st.integers(2, 25).flatmap(
    lambda count: st.tuples(
        st.lists(st.integers(0, 9), min_size=count, max_size=count),
        arrays(np.float64, count, elements=st.sampled_from([-np.inf, -1.0, 0.0, 0.25, 0.5, 0.75, 1.0])),
        arrays(np.float64, count, elements=st.sampled_from([-np.inf, -1.0, 0.0, 0.25, 0.5, 0.75, 1.0])),
    )
)


@settings(max_examples=30)
@given(scores_of_people)
def test_fpir_and_fnir_are_monotone_in_the_threshold_and_counts_add_up(
    drawn: tuple[list[int], Doubles, Doubles],
) -> None:
    person, top, mate = drawn
    trials = trials_of(person, np.maximum(top, mate), [0] * len(person), mate, [0, 1, 2])
    tally, scores = Tally(trials, 10), trials.scores[Method.RAW]
    curve = tally.curve(scores)
    assert (np.diff(curve.thresholds) < 0).all()
    assert (np.diff(curve.fpir) >= 0).all()
    assert (np.diff(curve.fnir) <= 0).all()
    assert ((curve.fpir >= 0) & (curve.fpir <= 1) & (curve.fnir >= 0) & (curve.fnir <= 1)).all()
    unmated, mated = int((~trials.mated).sum()), int(trials.mated.sum())
    assert unmated + mated == len(person)
    for place, threshold in enumerate(curve.thresholds):
        fpir = tally.fpir(named_at(scores, threshold)).rate
        fnir = tally.fnir(missed_at(scores, threshold)).rate
        assert (fpir.searches, fnir.searches) == (unmated, mated)
        assert fpir.events == sum(one >= threshold for one in scores.top[~trials.mated])
        if unmated:
            assert curve.fpir[place] == pytest.approx(fpir.value)
            assert fpir.low <= fpir.value <= fpir.high
        if mated:
            assert curve.fnir[place] == pytest.approx(fnir.value)
            assert fnir.low <= fnir.value <= fnir.high


@settings(max_examples=30)
@given(scores_of_people, st.sampled_from([0.001, 0.1, 0.5, 0.9]))
def test_at_an_fpir_there_are_no_more_false_alarms_and_a_lower_threshold_has_more(
    drawn: tuple[list[int], Doubles, Doubles], target: float
) -> None:
    person, top, mate = drawn
    trials = trials_of(person, np.maximum(top, mate), [0] * len(person), mate, [0, 1, 2])
    curve = Tally(trials, 10).curve(trials.scores[Method.RAW])
    place = curve.at_fpir(target)
    assert curve.fpir[place] <= target
    assert place + 1 == len(curve.fpir) or curve.fpir[place + 1] > target


def test_nobody_is_named_below_the_threshold(by_hand: Trials) -> None:
    named = named_at(by_hand.scores[Method.RAW], 0.65)
    assert named.tolist() == [0, 1, 1, NOBODY, NOBODY, NOBODY, NOBODY]
