"""What is known of faces before anybody was scanned: the mean template of public faces and how far faces lie from it.

It counts as one more person, so that a scan of one photo has something to be centred on and a scan of hundreds does
not feel it. ``python -m benchmarks.prior`` makes the file from the evaluation photos; no template is in it.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from candidates.gallery import Doubles

FILE: Final = Path(__file__).with_name("prior.json")
SCHEMA: Final = "netra.prior/1"

WEIGHT: Final = 1.0
"""As how many people the prior counts. On the look-alike photos, each man enrolled with one photo in turn among the
three others, counting public Western faces as 0 or 1 person puts no wrong face over ``possible``; as 3 people it puts
15% of them there, as 10 people 51%: the centre is then that of another population, and strangers look alike again."""


@dataclass(frozen=True, slots=True, eq=False)
class Prior:
    """A first guess at a population.

    Attributes:
        model_id: what made the templates that it was taken from.
        version: of the file, for records.
        people: how many people are behind it.
        mean: (D,) float64 mean template.
        variance: of one person's template around the mean, summed over its D numbers.
    """

    model_id: str
    version: int
    people: int
    mean: Doubles = field(repr=False)
    variance: float

    def __post_init__(self) -> None:
        mean = np.array(self.mean, np.float64)
        if mean.ndim != 1 or not mean.size or not np.isfinite(mean).all():
            raise ValueError(f"mean: expected (D,) finite numbers, got shape {mean.shape}")
        if not np.isfinite(self.variance) or self.variance <= 0:
            raise ValueError(f"variance: expected more than 0, got {self.variance}")
        if self.people < 1 or self.version < 1:
            raise ValueError(f"people and version: expected 1 or more, got {self.people} and {self.version}")
        mean.setflags(write=False)
        object.__setattr__(self, "mean", mean)


@cache
def shipped_prior() -> Prior:
    """The one that comes with netra."""
    data = json.loads(FILE.read_text(encoding="utf-8"))
    if data["schema"] != SCHEMA:
        raise ValueError(f"{FILE.name}: expected schema {SCHEMA}, got {data['schema']}")
    return Prior(data["model_id"], data["version"], data["people"], np.array(data["mean"]), data["variance"])


def priors_for(model_id: str) -> tuple[Prior, ...]:
    """The shipped prior where it is of this model; none for any other, whose templates mean something else."""
    prior = shipped_prior()
    return (prior,) if prior.model_id == model_id else ()
