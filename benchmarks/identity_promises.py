"""Promised against observed: of faces of strangers, how many reach an E-value, and how many should.

E <= b promises that a stranger's face reaches it against one candidate with probability b / faces compared. Here the
population is some people of a set, the strangers are others of it, and what they really reach is counted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from benchmarks import identity_faces
from benchmarks.identity_draws import Draw, Plan, Source, draws
from benchmarks.identity_faces import FaceSet
from benchmarks.identity_figures import SEED, Figure, figure_of
from benchmarks.identity_tables import Part
from candidates.bands import BANDS
from candidates.gallery import Doubles
from candidates.match import Matcher

BUDGETS: Final = (0.01, 0.1, 1.0)
SIZES: Final = (60, 120, 180, 250)
RESAMPLES: Final = 500
ENROLLED: Final = 20  # ten tickets; more than most elections, for more pairs to count
DRAWS: Final = 40
FACTOR: Final = 2.0
FEWEST: Final = 10.0
"""Promised false alarms under which a ratio is too uncertain to be held against its estimate; its interval still is."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What became of one budget.

    Attributes:
        budget: E.
        promised: false alarms that E promises.
        observed: those seen.
        ratio: observed by promised; the interval is by bootstrap over people, as strangers and as enrolled.
    """

    budget: float
    promised: float
    observed: int
    ratio: Figure


@dataclass(frozen=True, slots=True)
class Promises:
    """Of one population size.

    Attributes:
        people: in the population.
        photos: of each of them.
        middle: by the best estimate of E, for each of ``BUDGETS``.
        end: by the pessimistic end, which decides the bands.
        found: share of mates at or under each budget, by the pessimistic end.
        relatives: the same of relatives' faces against those they are related to; empty where there are none.
        counted: how many people netra counts there, on average.
        calibrated: share of the draws that netra calls calibrated.
    """

    people: int
    photos: int
    counted: float
    middle: tuple[Promise, ...]
    end: tuple[Promise, ...]
    found: tuple[float, ...]
    relatives: tuple[float, ...]
    calibrated: float


class _Tally:
    """Pairs of a stranger and an enrolled person, and those that reach a budget: people x people."""

    def __init__(self, names: NDArray[np.str_]) -> None:
        self._names = names
        self._hits = np.zeros((len(BUDGETS), len(names), len(names)))
        self._promised = np.zeros((len(names), len(names)))  # by a budget of 1

    def add(self, draw: Draw, e_values: Doubles) -> None:
        strangers = np.searchsorted(self._names, draw.strangers.people)
        enrolled = np.searchsorted(self._names, draw.enrolled)
        at = np.ix_(strangers, enrolled)
        # add.at, since a stranger has several faces.
        np.add.at(self._promised, at, 1 / draw.matcher.compared)
        for hits, budget in zip(self._hits, BUDGETS, strict=True):
            np.add.at(hits, at, e_values <= budget)

    def promises(self) -> tuple[Promise, ...]:
        if not self._promised.any():
            raise ValueError(
                f"expected strangers besides the population and the enrolled, got {len(self._names)} people"
            )
        rng, count = np.random.default_rng(SEED), len(self._names)
        resampled = rng.multinomial(count, np.full(count, 1 / count), RESAMPLES).astype(np.float64)
        weights = np.concatenate([np.ones((1, count)), resampled])
        promised = np.einsum("bi,ij,bj->b", weights, self._promised, weights, optimize=True)
        kept = []
        for hits, budget in zip(self._hits, BUDGETS, strict=True):
            observed = np.einsum("bi,ij,bj->b", weights, hits, weights, optimize=True)
            ratios = np.divide(observed, budget * promised, out=np.full_like(promised, np.nan), where=promised > 0)
            kept.append(Promise(budget, float(budget * promised[0]), int(hits.sum()), figure_of(ratios)))
        return tuple(kept)


def promises(faces: FaceSet, plan: Plan, source: Source = Source.OWN, another: tuple[FaceSet, ...] = ()) -> Promises:
    """Count over all draws of a plan; ``plan.population`` is the number of people.

    E-values are asked for below the size from which netra gives them as well, to show where they begin to hold.

    Raises:
        ValueError: the plan leaves no stranger.
    """
    middle, end = _Tally(faces.names), _Tally(faces.names)
    mates, relatives, calibrated, counted = [], [], [], []
    for draw in draws(faces, plan, source, another):
        calibrated.append(draw.matcher.calibrated)
        counted.append(draw.measured.count)
        matcher = replace(draw.matcher, bands=replace(BANDS, calibrated_from=1))
        middle.add(draw, matcher.e_values_middle(draw.strangers.templates))
        end.add(draw, matcher.e_values(draw.strangers.templates))
        reached = matcher.e_values(draw.mates.templates)
        mates.append(reached[np.arange(len(reached)), draw.mate_of])
        relatives.append(_of_relatives(draw, faces, matcher))
    return Promises(
        people=plan.population,
        photos=plan.photos_each,
        counted=float(np.mean(counted)),
        middle=middle.promises(),
        end=end.promises(),
        found=_shares(np.concatenate(mates)),
        relatives=_shares(np.concatenate(relatives)),
        calibrated=float(np.mean(calibrated)),
    )


def _of_relatives(draw: Draw, faces: FaceSet, matcher: Matcher) -> Doubles:
    """E of each relative's face against whoever of its family is enrolled, the smallest."""
    if not len(draw.relatives):
        return np.zeros(0)
    families = np.array([faces.families[np.flatnonzero(faces.people == who)[0]] for who in draw.enrolled])
    own = draw.relatives.families[:, None] == families
    return np.asarray(np.where(own, matcher.e_values(draw.relatives.templates), np.inf).min(axis=1))


def _shares(e_values: Doubles) -> tuple[float, ...]:
    return tuple(float((e_values <= budget).mean()) for budget in BUDGETS) if e_values.size else ()


@dataclass(frozen=True, slots=True)
class Kind:
    """People whose promises are counted.

    Attributes:
        name: for people.
        faces: who.
        sizes: of populations.
        references: how many photos each is enrolled with, one after the other.
        photos: how many photos a person of the population has, one after the other.
        another: one set that the population is of, or none for the same people.
        among: the beginning of the names of those who may be enrolled.
    """

    name: str
    faces: FaceSet
    sizes: tuple[int, ...] = SIZES
    references: tuple[int, ...] = (1, 3)
    photos: tuple[int, ...] = (1, 3)
    another: tuple[FaceSet, ...] = ()
    among: str = ""

    def plan(self, references: int, photos: int, size: int) -> Plan:
        """How it is drawn from."""
        return Plan(ENROLLED, references, size, photos, DRAWS, among=self.among)


def kinds() -> tuple[Kind, ...]:
    """Two invented populations, one seen from the other, and the real people where they are present.

    Of the real ones only East and South-East Asian people are enrolled: among the faces that nobody labelled there may
    be some of the others.
    """
    town, families = identity_faces.with_crowd("town"), identity_faces.with_crowd("families")
    found = [Kind("town", town), Kind("families", families)]
    found.append(Kind("families, population of town", families, (250,), (1,), (1,), (town,)))
    real = identity_faces.real_sets()
    asian = [real[name] for name in ("lookalikes", "paslon") if name in real]
    if asian:
        rest = [real[name] for name in ("pairs", "named") if name in real]
        rest += [identity_faces.everybody_else("unlabelled", each) for each in identity_faces.unlabelled()]
        mixed = identity_faces.joined("real", [identity_faces.joined("asian", asian), *rest])
        found.append(Kind("real people, Asian among Western", mixed, (30, 60, 90), (1,), (1,), (), "asian"))
    return tuple(found)


def tables() -> Iterator[Part]:
    """False alarms promised and seen, where they begin to agree, and what the same E-values find."""
    alarms, agreement, found = [], [], []
    for kind in kinds():
        for references, photos in product(kind.references, kind.photos):
            plans = [kind.plan(references, photos, size) for size in kind.sizes]
            measured = [promises(kind.faces, plan, *_source(kind)) for plan in plans]
            head = (kind.name, str(references), str(photos))
            for each in measured:
                size = (*head, str(each.people), f"{each.counted:.0f}")
                alarms += [(*size, *row) for row in _alarm_rows(each)]
                found.append((*size, f"{each.calibrated:.0%}", *_percent(each.found), *_percent(each.relatives)))
            agreement.append((*head, _agrees_from([(each.people, each.middle) for each in measured])))
    people = ("population", "references", "photos of each", "people", "counted by netra")
    ratios = ("ratio, best estimate", "observed by the pessimistic end", "ratio, pessimistic end")
    yield Part(
        f"False alarms among held-out strangers, {ENROLLED} enrolled; 95% intervals by bootstrap over people",
        "promises.csv",
        (*people, "E", "promised", "observed", *ratios),
        tuple(alarms),
    )
    yield Part(
        f"The fewest people from which all ratios of the best estimate stay within {FACTOR:g}",
        "agreement.csv",
        ("population", "references", "photos of each", "people"),
        tuple(agreement),
    )
    yield Part(
        "Shares that reach E by the pessimistic end",
        "found.csv",
        (
            *people,
            "calibrated",
            *(f"mates, E <= {each:g}" for each in BUDGETS),
            *(f"relatives, E <= {each:g}" for each in BUDGETS),
        ),
        tuple(found),
    )


def _source(kind: Kind) -> tuple[Source, tuple[FaceSet, ...]]:
    return (Source.ANOTHER, kind.another) if kind.another else (Source.OWN, ())


def _alarm_rows(each: Promises) -> Iterator[tuple[str, ...]]:
    for middle, end in zip(each.middle, each.end, strict=True):
        seen = (f"{middle.promised:.1f}", str(middle.observed), str(middle.ratio), str(end.observed), str(end.ratio))
        yield f"{middle.budget:g}", *seen


def _percent(shares: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(f"{share:.1%}" for share in shares) or ("-",) * len(BUDGETS)


def _agrees_from(measured: Sequence[tuple[int, tuple[Promise, ...]]]) -> str:
    """The smallest size from which on nothing contradicts a ratio of at most ``FACTOR`` either way."""
    agreed = "none of these"
    for people, each in reversed(measured):
        if any(promise.ratio.low > FACTOR or _highest(promise) < 1 / FACTOR for promise in each):
            break
        if all(1 / FACTOR <= promise.ratio.value <= FACTOR for promise in each if promise.promised >= FEWEST):
            agreed = str(people)
        else:
            break
    return agreed


def _highest(promise: Promise) -> float:
    """The upper end of the ratio; of none seen the bootstrap says 0, the rule of three 3 alarms."""
    return max(promise.ratio.high, 3 / promise.promised)
