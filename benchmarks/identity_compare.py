"""Methods side by side on every set of faces: which finds most of the enrolled at the same rate of false alarms."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import numpy as np

from benchmarks import identity_faces
from benchmarks.identity_draws import Plan, Source, draws
from benchmarks.identity_faces import FaceSet
from benchmarks.identity_figures import FPIRS, Figure, Figures, Searches, difference, figures
from benchmarks.identity_methods import E_VALUE, FUSIONS, LEAST_COHORT, METHODS, NORMALISED, SHIPPED, SIMILARITY, Method
from benchmarks.identity_tables import Part
from candidates.gallery import Doubles

ENROLLED: Final = 6  # three tickets
PEOPLE: Final = 200  # in the population of a large set: enough for netra to be calibrated
LARGE_DRAWS: Final = 20
SMALL_DRAWS: Final = 40
SIZES: Final = (1, 10, 30, 100, 200)
REFERENCE_DRAWS: Final = 24
SIZE_DRAWS: Final = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A set to measure on.

    Attributes:
        faces: the set.
        another: one set of other people for a population that does not fit, or none where no other is present.
        large: it has people enough for a population of ``PEOPLE``, with one photo of each.
    """

    faces: FaceSet
    another: tuple[FaceSet, ...]
    large: bool

    def plan(self, references: int = 1) -> Plan:
        """How it is drawn from; of a small set a third of the people are enrolled, of the others half are strangers."""
        if self.large:
            return Plan(ENROLLED, references, PEOPLE, 1, LARGE_DRAWS)
        return Plan(max(1, min(ENROLLED, len(self.faces.names) // 3)), references, 0, 0, SMALL_DRAWS)


@cache
def cases() -> tuple[Case, ...]:
    """Every set that is present; those of Western and of Asian people are each other's misfits.

    Raises:
        UsageError: invented people have to be rendered and numba is missing.
        ModelError: a model file is missing or damaged.
    """
    real = identity_faces.real_sets()
    found = []
    for name, faces in real.items():
        misfits = ("lookalikes", "paslon") if name in ("pairs", "named") else ("pairs", "named")
        kept = [real[other] for other in misfits if other in real]
        found.append(Case(faces, (identity_faces.joined("another", kept),) if kept else (), large=False))
    town, families = identity_faces.invented("town"), identity_faces.invented("families")
    return (*found, Case(town, (families,), large=True), Case(families, (town,), large=True))


def compare(case: Case, plan: Plan, methods: Mapping[str, Method], source: Source = Source.OWN) -> dict[str, Figures]:
    """Figures of each method over the same draws."""
    kept: dict[str, list[tuple[Doubles, Doubles]]] = {name: [] for name in methods}
    mates, strangers = [], []
    for draw in draws(case.faces, plan, source, case.another):
        if not len(draw.strangers):
            continue
        mates.append(draw.mates.people)
        strangers.append(draw.strangers.people)
        for name, method in methods.items():
            mated, non_mated = method(draw)
            kept[name].append((mated[np.arange(len(mated)), draw.mate_of], non_mated.max(axis=1)))
    who = np.concatenate(mates), np.concatenate(strangers)
    found = {}
    for name, scores in kept.items():
        mates_scores, best_scores = (np.concatenate(each) for each in zip(*scores, strict=True))
        found[name] = figures(Searches(mates_scores, who[0], best_scores, who[1]))
    return found


def tables() -> Iterator[Part]:
    """The methods on every set, what follows from it, references, and sizes of population."""
    rows, verdicts = [], []
    for case in cases():
        for source in Source:
            if source is Source.ANOTHER and not case.another:
                continue
            plan = case.plan()
            found = compare(case, plan, _fitting(case, plan, source), source)
            head = (case.faces.name, source.value)
            rows += [(*head, *row) for row in _method_rows(found, _ours(found))]
            verdicts.append((*head, *_verdict(found)))
    fpirs = tuple(f"TPIR at FPIR {each:g}" for each in FPIRS)
    counts = "mated searches (people); non-mated (people)"
    last = "less netra, of the last figure"
    yield Part(
        f"Methods: one reference each, at most {ENROLLED} enrolled, 95% intervals by bootstrap over people",
        "methods.csv",
        ("set", "population", "method", "AUC", *fpirs, last, counts),
        tuple(rows),
    )
    yield Part(
        "Is the shipped method the best?",
        "best.csv",
        ("set", "population", "figure", "netra", "highest", "its figure", "more than netra", "so netra is"),
        tuple(verdicts),
    )
    yield Part(
        "Several references: joined by the best, or by a mean",
        "references.csv",
        ("set", "references", "joined by", "AUC", *fpirs, "less the best reference's, of the last figure", counts),
        tuple(_reference_rows()),
    )
    yield Part(
        "People in the population, other people of the set with one photo each",
        "sizes.csv",
        ("set", "people", "method", "AUC", *fpirs, last, counts),
        tuple(_size_rows()),
    )


def _fitting(case: Case, plan: Plan, source: Source) -> dict[str, Method]:
    """The methods that this population is large enough for."""
    draw = next(draws(case.faces, replace(plan, draws=1), source, case.another))
    return {
        name: method
        for name, method in METHODS.items()
        if (name not in NORMALISED or len(draw.cohort) >= LEAST_COHORT) and (name != E_VALUE or draw.matcher.calibrated)
    }


def _method_rows(found: Mapping[str, Figures], than: str) -> Iterator[tuple[str, ...]]:
    for name, each in found.items():
        less = difference(_last(each)[1], _last(found[than])[1])
        counts = f"{each.mated} ({each.people}); {each.non_mated} ({each.strangers})"
        tpirs = (str(tpir[0]) if tpir else "too few" for tpir in each.tpirs)
        yield name, str(each.auc), *tpirs, "" if name == than else less.signed(), counts


def _last(each: Figures) -> tuple[str, Figure]:
    """The figure at the rarest false alarms that can be said, with its name."""
    said = [(f"TPIR at FPIR {fpir:g}", tpir[0]) for fpir, tpir in zip(FPIRS, each.tpirs, strict=True) if tpir]
    return said[-1] if said else ("AUC", each.auc)


def _verdict(found: Mapping[str, Figures]) -> tuple[str, ...]:
    shipped = _ours(found)
    figure, ours = _last(found[shipped])
    best = max(found, key=lambda name: (_last(found[name])[1].value, name == shipped))
    theirs = _last(found[best])[1]
    more = difference(theirs, ours)
    word = "the best" if best == shipped else "worse" if more.low > 0 else "not measurably worse"
    return figure, str(ours), best, str(theirs), more.signed(), word


def _ours(found: Mapping[str, Figures]) -> str:
    """What netra ships for so many people."""
    return SHIPPED if SHIPPED in found else SIMILARITY


def _reference_rows() -> Iterator[tuple[str, ...]]:
    for case in cases():
        counts = np.unique(case.faces.people, return_counts=True)[1]
        for references in (1, 2, 3):
            if (counts > references).sum() < 2:
                continue
            methods = FUSIONS if references > 1 else dict(list(FUSIONS.items())[:1])
            found = compare(case, replace(case.plan(references), draws=REFERENCE_DRAWS), methods)
            for row in _method_rows(found, next(iter(FUSIONS))):
                yield case.faces.name, str(references), *row


def _size_rows() -> Iterator[tuple[str, ...]]:
    methods: Sequence[str] = ("raw distance", "centred", SIMILARITY, SHIPPED)
    for case in cases():
        for people in SIZES if case.large else ():
            plan = Plan(ENROLLED, 1, people, 1, SIZE_DRAWS)
            found = compare(case, plan, {name: METHODS[name] for name in methods})
            for row in _method_rows(found, SIMILARITY):
                yield case.faces.name, str(people), *row
