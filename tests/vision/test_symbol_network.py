"""The network's arithmetic and its file, on made-up weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from netra.errors import ModelError
from vision.symbol_network import SymbolNetwork, load

RNG = np.random.default_rng(3)


def layer(inputs: int, outputs: int) -> tuple[np.ndarray, np.ndarray]:
    return RNG.normal(size=(inputs, outputs)).astype(np.float32), RNG.normal(size=outputs).astype(np.float32)


@pytest.fixture
def network() -> SymbolNetwork:
    members = tuple((layer(5, 7), layer(7, 3)) for _ in range(2))
    ones = np.ones(5, np.float32)
    return SymbolNetwork(("fist", "none", "one"), 0 * ones, 2 * ones, members, 1.5, np.full(3, 0.6, np.float32))


def test_probabilities_of_a_hand_add_up_to_one(network: SymbolNetwork) -> None:
    answers = network(RNG.normal(size=(20, 5)).astype(np.float32))
    assert answers.shape == (20, 3)
    assert (answers >= 0).all()
    assert answers.sum(1) == pytest.approx(1, abs=1e-5)


def test_a_network_by_hand_is_added_up_as_on_paper() -> None:
    hidden = (np.array([[1.0, -1.0]], np.float32), np.zeros(2, np.float32))
    last = (np.array([[1.0, 0.0], [0.0, 2.0]], np.float32), np.array([0.0, 0.5], np.float32))
    one = np.ones(1, np.float32)
    network = SymbolNetwork(("none", "one"), one, one, ((hidden, last),), 1.0, np.zeros(2, np.float32))
    # 3 less the mean is 2: hidden (2, -2) is cut to (2, 0), the outputs are 2 and 0.5
    raised = np.exp([2.0, 0.5])
    assert network(np.array([[3.0]], np.float32))[0] == pytest.approx(raised / raised.sum(), abs=1e-6)


def test_a_higher_temperature_is_less_sure_of_the_same_answer(network: SymbolNetwork) -> None:
    hands = RNG.normal(size=(50, 5)).astype(np.float32)
    warm = SymbolNetwork(network.labels, network.mean, network.scale, network.layers, 4.0, network.thresholds)
    assert (warm(hands).argmax(1) == network(hands).argmax(1)).all()
    assert (warm(hands).max(1) <= network(hands).max(1) + 1e-6).all()


def test_what_lies_far_beyond_all_that_was_learned_counts_as_its_edge(network: SymbolNetwork) -> None:
    far, further = (np.full((1, 5), value, np.float32) for value in (1e3, 1e6))
    assert network(far) == pytest.approx(network(further))


def test_a_file_gives_back_the_same_network_and_the_same_bytes(network: SymbolNetwork, tmp_path: Path) -> None:
    network.save(tmp_path / "a.npz")
    again = load(tmp_path / "a.npz")
    again.save(tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    assert again.labels == network.labels
    assert again.thresholds == pytest.approx(network.thresholds)
    hands = RNG.normal(size=(4, 5)).astype(np.float32)
    assert again(hands) == pytest.approx(network(hands), abs=0.01)  # 16 bits a weight


@pytest.mark.parametrize("content", [b"", b"no such thing", b"PK\x03\x04 half a zip"], ids=["empty", "text", "cut"])
def test_a_file_of_something_else_is_refused_by_name(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "weights.npz"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"weights\.npz"):
        load(path)


def test_a_file_without_its_labels_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "weights.npz", mean=np.zeros(3))
    with pytest.raises(ModelError, match=r"weights\.npz"):
        load(tmp_path / "weights.npz")


def test_layers_that_do_not_fit_are_no_network(network: SymbolNetwork) -> None:
    with pytest.raises(ValueError, match="expected"):
        SymbolNetwork(("none", "one"), network.mean, network.scale, network.layers, 1.0, network.thresholds)
    with pytest.raises(ValueError, match="none"):
        SymbolNetwork(("fist", "two", "one"), network.mean, network.scale, network.layers, 1.0, network.thresholds)


def test_an_answer_must_reach_the_threshold_of_its_own_label(network: SymbolNetwork) -> None:
    strict = replace(network, thresholds=np.array([0.9, 0.0, 0.4], np.float32))
    rows = np.array([[0.8, 0.1, 0.1], [0.95, 0.0, 0.05], [0.3, 0.3, 0.4], [0.3, 0.6, 0.1]], np.float32)
    assert strict.answers(rows) == ["none", "fist", "one", "none"]
    assert strict.answers(rows[:0]) == []


def test_a_hand_between_two_labels_of_the_same_fingers_is_still_read(network: SymbolNetwork) -> None:
    two = replace(network, labels=("peace", "none", "two_up"), thresholds=np.full(3, 0.6, np.float32))
    assert two.answers(np.array([[0.45, 0.2, 0.35], [0.4, 0.5, 0.1], [0.4, 0.3, 0.1]], np.float32)) == [
        "peace",
        "none",
        "none",
    ]


def test_as_many_thresholds_as_labels(network: SymbolNetwork) -> None:
    with pytest.raises(ValueError, match="thresholds"):
        replace(network, thresholds=np.zeros(2, np.float32))
