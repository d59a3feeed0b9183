"""What a network says of hands seen three times, as ``vision.symbols`` asks it: again only where it is unsure."""

import numpy as np

from benchmarks.symbol_reader.seen import Looks
from vision.hand_shape import features
from vision.symbol_network import SymbolNetwork
from vision.symbols import SURE
from vision.types import Floats


def each_look(network: SymbolNetwork, hands: Looks) -> tuple[Floats, Floats, Floats]:
    """(N, labels) at each of the three looks; where a further look saw nothing, what the one before said.

    Every hand must have been found.
    """
    first = network(features(hands.first.hands()))
    second = first.copy()
    second[hands.second.found] = network(features(hands.second.hands()))
    third = second.copy()
    third[hands.third.found] = network(features(hands.third.hands()))
    return first, second, third


def probabilities(network: SymbolNetwork, hands: Looks) -> Floats:
    """(N, labels) float32: the answer that counts."""
    first, second, third = each_look(network, hands)
    unsure = first.max(axis=1, keepdims=True, initial=0.0) < SURE
    return np.asarray(np.where(unsure, (second + third) / 2, first), np.float32)
