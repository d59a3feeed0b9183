"""What an evaluation of faces measured, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from evaluation.rates import Curve
from evaluation.resampling import Rate, Ratio
from evaluation.samples import Samples
from evaluation.trials import Method

TARGETS: Final = (0.1, 0.01, 0.003, 0.001)
"""0.003 is where NIST sets T for identification without a person looking; 0.001 is netra's own aim."""

DLIB_DISTANCE: Final = 0.6
"""face_recognition's default tolerance (``compare_faces``, version 1.3.0); it belongs to dlib's own model."""


@dataclass(frozen=True, slots=True)
class Point:
    """One threshold of one method.

    Attributes:
        method: what is compared; of bands E-values, or similarity where not all are calibrated.
        name: ``fpir-0.01`` and so on, ``face-recognition``, ``best`` (the least FPIR + FNIR of these very searches),
            ``match`` or ``possible``.
        threshold: a distance, a similarity or an E-value; nan for bands, which are no single number.
        fpir: of strangers.
        fnir: of enrolled people.
        wrong_names: the share of searches for enrolled people that name another one.
        needed: where it cannot be measured, how many different strangers it would take; else 0.
    """

    method: Method
    name: str
    threshold: float
    fpir: Rate
    fnir: Rate
    wrong_names: Rate
    needed: int = 0


@dataclass(frozen=True, slots=True)
class BudgetCheck:
    """False alarms that E-values promised, and those that came.

    Attributes:
        budget: E, for the faces of one split and one enrolled person.
        promised: over all splits and enrolled people.
        observed: with the pessimistic E-value, by which bands are given.
        observed_middle: with the best estimate.
        ratio, ratio_middle: observed / promised.
    """

    budget: float
    promised: float
    observed: int
    observed_middle: int
    ratio: Ratio
    ratio_middle: Ratio


@dataclass(frozen=True, slots=True)
class GroupRates:
    """Rates of one group, by the band from which on a sighting counts.

    Attributes:
        group: its name, or UNKNOWN.
        fpir, fnir: by ``match`` and ``possible``.
    """

    group: str
    fpir: Mapping[str, Rate]
    fnir: Mapping[str, Rate]


@dataclass(frozen=True, slots=True)
class WorstGroup:
    """The named group with the highest rate.

    Attributes:
        kind: ``fpir`` or ``fnir``.
        band: from which on a sighting counts.
        group: its name.
        ratio: its rate over the rate of all searches.
    """

    kind: str
    band: str
    group: str
    ratio: Ratio


@dataclass(frozen=True, slots=True, eq=False)
class FaceEvaluation:
    """Everything that ``netra evaluate faces`` measured.

    Attributes:
        dataset: as the user named it.
        samples: the faces, with what was left out.
        references: photos that enrol a person.
        enrolled: N, how many people are enrolled at a time.
        splits: how many scans.
        faces: of a scan, the least and the most.
        taking_turns: how many different people were enrolled.
        strangers: how many different people were searched without being enrolled.
        calibrated: the share of searches whose E-values were calibrated.
        points: the table.
        with_unusable: FNIR by band where a photo of an enrolled person without a usable face counts as a miss; only
            for a folder.
        rank_one: by method, the share of searches for enrolled people with the right one in the first place.
        budgets: promised against observed; empty where nothing was calibrated.
        groups: in the order of names, unknown last.
        worst: for each rate and band that is not 0; empty without groups.
        curves: by method.
    """

    dataset: str
    samples: Samples
    references: int
    enrolled: int
    splits: int
    faces: tuple[int, int]
    taking_turns: int
    strangers: int
    calibrated: float
    points: tuple[Point, ...]
    with_unusable: Mapping[str, Rate]
    rank_one: Mapping[Method, Rate]
    budgets: tuple[BudgetCheck, ...]
    groups: tuple[GroupRates, ...]
    worst: tuple[WorstGroup, ...]
    curves: Mapping[Method, Curve] = field(repr=False)
