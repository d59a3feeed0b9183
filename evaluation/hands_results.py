"""What an evaluation of hands measured, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from evaluation.hands_reliability import Reliability
from evaluation.hands_samples import HandSamples
from evaluation.hands_truth import HandDataset
from evaluation.resampling import Rate

SIZES: Final = (0, 16, 24, 32, 40, 64)
"""Pixels of a hand's longer side at which a row of the table begins; the last has no end."""


class Outcome(StrEnum):
    """What became of one hand of the truth."""

    RIGHT = "right"
    WRONG = "wrong"
    NONE = "none"
    CANNOT_READ = "cannot-read"
    NOT_FOUND = "not-found"


@dataclass(frozen=True, slots=True)
class HandFigures:
    """What was measured of some hands.

    Attributes:
        hands: how many there are in the truth.
        found: of all of them; without searches where their size is only known of those that were found.
        right, wrong, none, cannot_read: of those found that show a symbol; they add up to 1.
        right_of_all: right ones of all that show a symbol, found or not.
        false_symbols: of those found that show nothing.
        as_meant: of all found: right ones that show a symbol, and ``none`` of those that show nothing.
    """

    hands: int
    found: Rate
    right: Rate
    wrong: Rate
    none: Rate
    cannot_read: Rate
    right_of_all: Rate
    false_symbols: Rate
    as_meant: Rate


@dataclass(frozen=True, slots=True)
class LabelRow:
    """One row of the confusion table.

    Attributes:
        label: what the hands show, or NOTHING.
        figures: of these hands.
        answers: what was read -> how often, the most frequent first: labels, ``none``, ``cannot-read``, ``not-found``.
    """

    label: str
    figures: HandFigures
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SizeRow:
    """Hands of some size: ``least`` pixels and more, under ``under``, or without end where that is 0."""

    least: int
    under: int
    figures: HandFigures


@dataclass(frozen=True, slots=True)
class ViewRow:
    """Hands seen from one side; ``view`` is empty where the truth does not say which."""

    view: str
    figures: HandFigures


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One reader in the comparison, by the number of fingers.

    Attributes:
        name: ``netra`` or a peer's.
        figures: of the hands whose fingers can be counted; ``right`` means the right number of fingers.
        on_no_hand: the share of its claims that lie on no hand of the truth.
    """

    name: str
    figures: HandFigures
    on_no_hand: Rate


@dataclass(frozen=True, slots=True, eq=False)
class HandEvaluation:
    """Everything that ``netra evaluate hands`` measured.

    Attributes:
        dataset: what was found on disk.
        samples: what was read of it.
        people: how many people the intervals draw from; 0 where the truth names none.
        all: of all hands, by the symbol's name.
        labels: the confusion table, in the order of ``netra.symbols``; labels that occur.
        sizes: by size; sizes that occur.
        size_is_true: whether sizes are those of the truth, so that hands not found have one too.
        views: by view; empty where the truth names none.
        on_no_hand: the share of the symbols claimed that lie on no hand of the truth; without searches where the truth
            has no boxes.
        reliability: whether confidences keep their word.
        readers: netra and its peers counted alike; empty without peers.
    """

    dataset: HandDataset
    samples: HandSamples
    people: int
    all: HandFigures
    labels: tuple[LabelRow, ...]
    sizes: tuple[SizeRow, ...]
    size_is_true: bool
    views: tuple[ViewRow, ...]
    on_no_hand: Rate
    reliability: Reliability
    readers: tuple[ReaderRow, ...]
