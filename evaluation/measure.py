"""From searches to figures: the rows of the table, E-values kept to their word, groups."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np

from candidates.bands import Band
from evaluation.compare import NOBODY
from evaluation.dataset import UNKNOWN
from evaluation.rates import Curve, Measured, Tally, missed_at, named_at, strangers_needed
from evaluation.resampling import Rate, Ratio, interval_of, middle
from evaluation.results import DLIB_DISTANCE, TARGETS, BudgetCheck, GroupRates, Point, WorstGroup
from evaluation.samples import Samples
from evaluation.splits import Indices
from evaluation.trials import BUDGETS, Bools, Method, Trials

RULE_OF_THREE = 3.0
"""Where nothing is observed, up to so many events may have been due with 95% confidence; less is never claimed."""

FPIR, FNIR = "fpir", "fnir"


class Measure:
    """Measures trials.

    Args:
        samples: the faces.
        trials: their searches.
        is_dlib: whether dlib's usual threshold means something.
    """

    def __init__(self, samples: Samples, trials: Trials, is_dlib: bool) -> None:
        self._samples, self._trials, self._is_dlib = samples, trials, is_dlib
        self.tally = Tally(trials, len(samples.people))

    @cached_property
    def curves(self) -> Mapping[Method, Curve]:
        """FPIR and FNIR at every threshold, by method."""
        return {method: self.tally.curve(self._trials.scores[method]) for method in self._methods}

    def points(self) -> tuple[Point, ...]:
        """The rows of the table: peers first."""
        raw = self._trials.scores[Method.RAW]
        rows = []
        if self._is_dlib:
            named = named_at(raw, -DLIB_DISTANCE)
            rows.append(self._point(Method.RAW, "face-recognition", DLIB_DISTANCE, named, self._not_named(named)))
        rows.append(self._at(Method.RAW, "best", self.curves[Method.RAW].best()))
        for band in (Band.MATCH, Band.POSSIBLE):
            named = self._named_from(band)
            rows.append(self._point(self._methods[-1], band.value, float("nan"), named, self._not_named(named)))
        for method in self._methods:
            rows += self._targets(method)
        return tuple(rows)

    def with_unusable(self) -> Mapping[str, Rate]:
        """FNIR by band, with photos of enrolled people that have no usable face as misses."""
        turns = np.bincount(np.concatenate(self._trials.enrolled), minlength=len(self._samples.people))
        unusable = turns * np.array(self._samples.missed, np.intp)
        return {
            band.value: self.tally.fnir(self._not_named(self._named_from(band)), None, unusable).rate for band in Band
        }

    def rank_one(self) -> Mapping[Method, Rate]:
        """By method, how often the right person is the most alike."""
        return {
            method: self.tally.mated_share(
                self._trials.mated & (self._trials.scores[method].top_person == self._trials.person),
                self._trials.mated,
            ).rate
            for method in (Method.RAW, Method.SIMILARITY)
        }

    def budgets(self) -> tuple[BudgetCheck, ...]:
        """False alarms promised by E-values and observed; empty where none was calibrated."""
        trials, pairs = self._trials, self._trials.pairs
        searches = trials.calibrated & ~trials.mated
        if not searches.any():
            return ()
        per_split = np.array([len(who) / faces for who, faces in zip(trials.enrolled, trials.faces, strict=True)])
        promised, drawn = float(per_split[trials.split[searches]].sum()), self.tally.base(searches, per_split)
        checks = []
        for budget in BUDGETS:
            observed, ratios = [], []
            for values in (pairs.e_values, pairs.e_values_middle):
                alarms = values <= budget
                resampled = self.tally.pair_counts(pairs.person[alarms], pairs.enrolled[alarms]) / (budget * drawn)
                observed.append(int(alarms.sum()))
                ratios.append(_ratio(observed[-1], budget * promised, middle(resampled)))
            checks.append(BudgetCheck(budget, budget * promised, observed[0], observed[1], ratios[0], ratios[1]))
        return tuple(checks)

    @cached_property
    def groups(self) -> tuple[GroupRates, ...]:
        """Rates by the group of the person searched; empty where the dataset names no group."""
        names = sorted({person.group for person in self._samples.people} - {UNKNOWN})
        searched = {self._samples.people[person].group for person in np.unique(self._trials.person)}
        found = []
        for name in [*names, *([UNKNOWN] if names and UNKNOWN in searched else [])]:
            rates = {
                kind: {band.value: self._of_group(name, kind, band).rate for band in Band} for kind in (FPIR, FNIR)
            }
            found.append(GroupRates(name, rates[FPIR], rates[FNIR]))
        return tuple(found)

    def worst(self) -> tuple[WorstGroup, ...]:
        """The named group with the highest rate, for each rate and band that is not 0."""
        found = []
        for kind in (FPIR, FNIR):
            for band in Band:
                named = [row for row in self.groups if row.group != UNKNOWN]
                rates = {row.group: (row.fpir if kind == FPIR else row.fnir)[band.value] for row in named}
                rates = {name: one for name, one in rates.items() if one.searches}
                overall = self._of_all(kind, band)
                if not rates or not overall.rate.events:
                    continue
                highest = max(rates, key=lambda name: rates[name].value)
                with np.errstate(invalid="ignore", divide="ignore"):
                    resampled = self._of_group(highest, kind, band).resampled / overall.resampled
                value = rates[highest].value / overall.rate.value
                low, high = middle(resampled)
                found.append(WorstGroup(kind, band.value, highest, Ratio(value, min(low, value), max(high, value))))
        return tuple(found)

    @cached_property
    def _methods(self) -> tuple[Method, ...]:
        """E-values can be thresholds only where all of them are calibrated."""
        return tuple(Method) if self._trials.calibrated.all() else (Method.RAW, Method.SIMILARITY)

    @cached_property
    def _group_of(self) -> list[str]:
        return [self._samples.people[person].group for person in self._trials.person]

    def _of_all(self, kind: str, band: Band, among: Bools | None = None) -> Measured:
        named = self._named_from(band)
        return self.tally.fpir(named, among) if kind == FPIR else self.tally.fnir(self._not_named(named), among)

    def _of_group(self, name: str, kind: str, band: Band) -> Measured:
        return self._of_all(kind, band, np.array([group == name for group in self._group_of], bool))

    def _named_from(self, band: Band) -> Indices:
        trials = self._trials
        return np.where(trials.is_match, trials.named, NOBODY) if band is Band.MATCH else trials.named

    def _not_named(self, named: Indices) -> Bools:
        return np.asarray(named != self._trials.person, bool)

    def _targets(self, method: Method) -> list[Point]:
        strangers = self.tally.strangers()
        measurable = tuple(target for target in TARGETS if strangers >= strangers_needed(target))
        intervals = self.tally.fnir_at_fpir(self._trials.scores[method], measurable)
        rows = []
        for target in TARGETS:
            name = f"{FPIR}-{target:g}"
            if target in measurable:
                place = self.curves[method].at_fpir(target)
                rows.append(self._at(method, name, place, intervals[measurable.index(target)]))
            else:
                none = Rate(float("nan"), float("nan"), float("nan"), 0, 0, strangers)
                rows.append(Point(method, name, float("nan"), none, none, none, strangers_needed(target)))
        return rows

    def _at(self, method: Method, name: str, place: int, interval: tuple[float, float] | None = None) -> Point:
        """At a place of the curve; NIST's FNIR asks whether the mate is at or above T, whoever else is."""
        score = float(self.curves[method].thresholds[place])
        scores = self._trials.scores[method]
        point = self._point(method, name, _shown(method, score), named_at(scores, score), missed_at(scores, score))
        if interval is None or not point.fnir.searches:
            return point
        seen = point.fnir
        ends = interval_of(seen.value, seen.people, interval)
        return replace(point, fnir=Rate(seen.value, *ends, seen.events, seen.searches, seen.people))

    def _point(self, method: Method, name: str, threshold: float, named: Indices, missed: Bools) -> Point:
        trials = self._trials
        wrong = trials.mated & (named != NOBODY) & (named != trials.person)
        return Point(
            method,
            name,
            threshold,
            self.tally.fpir(named).rate,
            self.tally.fnir(missed).rate,
            self.tally.mated_share(wrong, trials.mated).rate,
        )


def _shown(method: Method, score: float) -> float:
    """A score as the method's own number."""
    if method is Method.RAW:
        return -score
    return float(10**-score) if method is Method.E_VALUE else score


def _ratio(observed: int, promised: float, resampled: tuple[float, float]) -> Ratio:
    value, least = observed / promised, RULE_OF_THREE / promised
    low, high = resampled if np.isfinite(resampled).all() else (value, value)
    return Ratio(value, min(low, value), max(high, value, least))
