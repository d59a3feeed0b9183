"""An address of every page: a sample for each parameter of a path."""

import re

from tests.review.office_sample import CASE, ELECTION, candidates

SAMPLES: dict[str, str] = {
    "account": "2",
    "candidate": candidates()[0][0],
    "case": "1",
    "digits": "1" * 64,
    "election": ELECTION,
    "finding": "3",
    "look": "1",
    "mark": "1",
    "name": f"photos/{candidates()[0][0]}-1.jpg",
    "number": CASE,
    "run": "1",
}


def sample_of(path: str) -> str:
    """A page's path with samples in place of its parameters."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        assert name in SAMPLES, f"{path}: give a sample of {name!r} in SAMPLES of {__name__}"
        return SAMPLES[name]

    return re.sub(r"\{(\w+)(?::\w+)?\}", value, path)
