"""Reads the symbol that a hand shows from the geometry of its joints; or nothing.

A small trained network (``symbol_network``) gives each of HaGRID's labels and "none" a probability. Hands of which it
is not sure are looked at twice again, in the crop that their own landmarks place and in a mirror, and the answers of
these looks, which are better than the first one's, are averaged. What is then
less likely than its label's threshold is nothing: a bystander's idle hand must stay idle. How the network was
trained and how often it is right: docs/symbol-reader.md.
"""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from vision import symbol_network
from vision.engine import weights
from vision.hand_shape import features, hand_size
from vision.symbol_network import NONE
from vision.types import Floats, Hand, Symbol

# Pixels of the photo, as ``hand_size``; below it fingers are not told apart.
MIN_HAND_SIZE: Final = 20.0
# An answer as sure as this is not asked for again: of 2,676 readings of rendered hands 39% were, and 76.3% of symbols
# were read; at 0.97 58% and 75.9%, without any second look none and 72.7%.
SURE: Final = 0.9
LookAgain = Callable[[Hand], tuple[Hand, ...]]
"""The same hand by further looks; nothing where no hand is seen any more."""


class SymbolReader:
    """The trained network, read from netra's own file."""

    def __init__(self) -> None:
        self._network = symbol_network.load(weights.find(weights.SYMBOL_READER))

    def __call__(self, hands: Sequence[Hand], again: LookAgain) -> tuple[tuple[Symbol, ...], ...]:
        """What each hand shows: one symbol, or none for an idle hand, an unknown sign, or one too small to read."""
        shown: list[tuple[Symbol, ...]] = [()] * len(hands)
        large = [index for index, hand in enumerate(hands) if can_be_read(hand)]
        rows = self._probabilities([hands[index] for index in large], again)
        for index, row, label in zip(large, rows, self._network.answers(rows), strict=True):
            if label != NONE:
                shown[index] = (Symbol(label, float(row.max())),)
        return tuple(shown)

    @property
    def labels(self) -> tuple[str, ...]:
        """The symbols that can be read."""
        return tuple(label for label in self._network.labels if label != NONE)

    def _probabilities(self, hands: Sequence[Hand], again: LookAgain) -> Floats:
        """(N, labels) float32."""
        first = self._network(features(hands))
        rows = first.copy()
        for index in np.flatnonzero(first.max(axis=1, initial=0.0) < SURE):
            others = again(hands[index])
            if others:
                rows[index] = self._network(features(others)).mean(axis=0)
        return rows


def can_be_read(hand: Hand) -> bool:
    """Whether the hand is large enough for its fingers to be told apart."""
    return hand_size(hand) >= MIN_HAND_SIZE
