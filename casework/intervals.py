"""Counts with what they leave open: shares with intervals, and agreement beyond chance."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Z95: Final = 1.959963984540054
"""The normal distribution's 97.5% point."""

_TAIL: Final = 0.025
_HALVINGS: Final = 40
_DUST: Final = 1e-18  # of a sum of which two or three digits are shown


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with a 95% interval.

    Attributes:
        hits, of: counts; ``of`` may be 0, and then the interval says nothing.
        low, high: ends of the interval, 0 to 1.
    """

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> tuple[float, ...]:
        """The share; none of nothing."""
        return (self.hits / self.of,) if self.of else ()


def wilson(hits: int, of: int) -> Share:
    """Wilson's score interval (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927): right on average, also for few."""
    if not of:
        return Share(hits, of, 0.0, 1.0)
    share, square = hits / of, Z95**2 / of
    middle = (share + square / 2) / (1 + square)
    half = Z95 * math.sqrt(share * (1 - share) / of + square / (4 * of)) / (1 + square)
    return Share(hits, of, max(0.0, middle - half), min(1.0, middle + half))


def clopper_pearson(hits: int, of: int) -> Share:
    """The exact interval (C. J. Clopper, E. S. Pearson, Biometrika 26, 1934): never too narrow, for rare mistakes."""
    if not of:
        return Share(hits, of, 0.0, 1.0)
    low = 0.0 if hits == 0 else 1 - _solved(of - hits, of)
    return Share(hits, of, low, 1.0 if hits == of else _solved(hits, of))


def trials_needed(goal: float) -> int:
    """How many trials without one mistake bring the upper end of the exact interval down to a goal."""
    return math.ceil(math.log(_TAIL) / math.log(1 - goal))


def _solved(hits: int, of: int) -> float:
    """The chance with which so few hits or fewer are seen 2.5 times of 100."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(hits, of, middle) > _TAIL else (low, middle)
    return (low + high) / 2


def _at_most(hits: int, of: int, chance: float) -> float:
    """Probability of so many hits or fewer, in logarithms: counts may be large.

    It is summed from there away from the likeliest number, so that what no longer matters can be left out.
    """
    if chance <= 0:
        return 1.0
    if hits + 1 > of * chance:
        return 1.0 - _tail(of - hits - 1, of, 1 - chance)
    return _tail(hits, of, chance)


def _tail(hits: int, of: int, chance: float) -> float:
    """The same where that is less than the likeliest number: each probability is smaller than the one before."""
    whole, terms = math.lgamma(of + 1), [0.0]
    for k in range(hits, -1, -1):
        ways = whole - math.lgamma(k + 1) - math.lgamma(of - k + 1)
        terms.append(math.exp(ways + k * math.log(chance) + (of - k) * math.log1p(-chance)))
        if terms[-1] <= _DUST * terms[1]:
            break
    return math.fsum(terms)


Cell = tuple[str, str]
"""What the first said and what the second said."""

Cells = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Kappa:
    """Cohen's kappa with a 95% interval.

    Attributes:
        value: 1: always the same; 0: as often as chance would have it.
        low, high: ends of the interval; the same as the value where nothing can be said of it.
    """

    value: float
    low: float
    high: float


def kappa(groups: Mapping[str, Cells], weights: Mapping[str, float]) -> tuple[Kappa, ...]:
    """Cohen's kappa (Educ. Psychol. Meas. 20, 1960) over groups that were drawn with different chances.

    The interval is from the jackknife, which J. L. Fleiss and M. Davies worked out for kappa (Am. J. Epidemiol. 115,
    1982), here within each group.

    Args:
        groups: of each group, how often what was said.
        weights: for how many findings each one of a group stands.

    Returns:
        Nothing where there is nothing, or where only one thing was ever said: then agreement by chance is certain.
    """
    values = _kappa(groups, weights)
    if not values:
        return ()
    variance = 0.0
    for name, cells in groups.items():
        size = sum(cells.values())
        left_out: list[tuple[float, int]] = []
        for cell, count in cells.items():
            if not count:
                continue
            without = _kappa({**groups, name: {**cells, cell: count - 1}}, weights)
            left_out += [(each, count) for each in without or values]
        mean = sum(each * count for each, count in left_out) / size if size else 0.0
        variance += (size - 1) / size * sum(count * (each - mean) ** 2 for each, count in left_out) if size else 0.0
    half = Z95 * math.sqrt(variance)
    return (Kappa(values[0], max(-1.0, values[0] - half), min(1.0, values[0] + half)),)


def _kappa(groups: Mapping[str, Cells], weights: Mapping[str, float]) -> tuple[float, ...]:
    table: dict[Cell, float] = {}
    for name, cells in groups.items():
        for cell, count in cells.items():
            table[cell] = table.get(cell, 0.0) + count * weights[name]
    whole = sum(table.values())
    if not whole:
        return ()
    words = {word for cell in table for word in cell}
    same = sum(value for (one, other), value in table.items() if one == other) / whole
    chance = sum(
        sum(value for (one, _), value in table.items() if one == word)
        * sum(value for (_, other), value in table.items() if other == word)
        for word in words
    ) / (whole * whole)
    return () if math.isclose(chance, 1.0) else ((same - chance) / (1 - chance),)
