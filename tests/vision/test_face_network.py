"""Small ONNX networks that this test writes: which are a face model, and what is said of the others."""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from netra.errors import ModelError
from vision.engine.face_network import FaceNetwork, Wanted, read_face_network
from vision.types import Floats

if TYPE_CHECKING:
    from tests.conftest import Onnx

WANTED = Wanted(112, 112, "", 64)
PATH = Path("wajah.onnx")


def pictures(count: int = 2, side: int = 112) -> Floats:
    return np.random.default_rng(3).uniform(-1, 1, (count, side, side, 3)).astype(np.float32)


def read(data: bytes, wanted: Wanted = WANTED, scale: float = 1) -> FaceNetwork:
    return read_face_network(PATH, data, wanted, pictures(side=wanted.width) * np.float32(scale), threads=1)


def refused(data: bytes, wanted: Wanted = WANTED, scale: float = 1) -> str:
    with pytest.raises(ModelError) as caught:
        read(data, wanted, scale)
    said = str(caught.value)
    assert said.startswith("wajah.onnx: ")
    assert "\n" not in said
    return said


def by_hand(batch: Floats, size: int = 64, seed: int = 7) -> Floats:
    """What ``Onnx.face_network`` computes, in numpy."""
    cells = batch.shape[1] // 8
    weights = np.random.default_rng(seed).normal(size=(3 * cells * cells, size)) / cells
    means = batch.reshape(len(batch), cells, 8, cells, 8, 3).mean(axis=(2, 4))
    return np.asarray(means.transpose(0, 3, 1, 2).reshape(len(batch), -1) @ weights, np.float32)


@pytest.mark.parametrize("batch", ["N", 1])
@pytest.mark.parametrize("channels_last", [False, True], ids=["NCHW", "NHWC"])
def test_a_network_gives_its_vectors_in_any_layout_and_batch(
    onnx: "type[Onnx]", batch: int | str, channels_last: bool
) -> None:
    network = read(onnx.face_network(batch=batch, channels_last=channels_last))
    several = pictures(5)
    assert network(several) == pytest.approx(by_hand(several), abs=1e-4)
    assert network(several[:1]) == pytest.approx(by_hand(several[:1]), abs=1e-4)


def test_a_network_that_leaves_all_lengths_open_is_tried_out(onnx: "type[Onnx]") -> None:
    weights = np.random.default_rng(7).normal(size=(3 * 14 * 14, 64)) / 14
    nodes = [
        onnx.node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2]),
        onnx.node("AveragePool", ["t"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        onnx.node("Flatten", ["a"], ["f"], axis=1),
        onnx.node("Gemm", ["f", "w"], ["y"]),
    ]
    shape, vector = onnx.value("x", ["n", "h", "w", "c"]), onnx.value("y", ["n", "d"])
    network = read(onnx.model(nodes, [onnx.tensor("w", weights)], [shape], [vector]))
    assert network(pictures()) == pytest.approx(by_hand(pictures()), abs=1e-4)


def test_a_network_as_older_exporters_wrote_it(onnx: "type[Onnx]") -> None:
    """Scaling inside, weights listed among the inputs, activations with a slope a channel: SFace's kind."""
    rng = np.random.default_rng(7)
    scale, slope = np.array([2.0]), np.array([0.1, 0.2, 0.3]).reshape(3, 1, 1)
    ones, zeros = np.ones(3), np.zeros(3)
    weights = rng.normal(size=(64, 588)) / 14
    tensors = {"mean": np.array([0.5]), "scale": scale, "slope": slope, "one": ones, "zero": zeros, "w": weights}
    nodes = [
        onnx.node("Sub", ["x", "mean"], ["s"]),
        onnx.node("Mul", ["s", "scale"], ["m"]),
        onnx.node("BatchNormalization", ["m", "one", "zero", "zero", "one"], ["b"]),
        onnx.node("PRelu", ["b", "slope"], ["p"]),
        onnx.node("AveragePool", ["p"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        onnx.node("Flatten", ["a"], ["f"], axis=1),
        onnx.node("Gemm", ["f", "w"], ["y"], transB=1),
    ]
    inputs = [onnx.value("x", [1, 3, 112, 112])]
    inputs += [onnx.value(name, values.shape) for name, values in tensors.items()]
    data = onnx.model(nodes, [onnx.tensor(*each) for each in tensors.items()], inputs, [onnx.value("y", [1, 64])])
    scaled = (pictures(4) - 0.5) * 2 / np.sqrt(1 + 1e-5)
    bent = np.where(scaled < 0, scaled * np.array([0.1, 0.2, 0.3]), scaled)
    means = bent.reshape(4, 14, 8, 14, 8, 3).mean(axis=(2, 4)).transpose(0, 3, 1, 2).reshape(4, -1)
    assert read(data)(pictures(4)) == pytest.approx(means @ weights.T, abs=1e-4)


def test_a_network_that_mixes_pictures_of_a_batch_is_fed_one_by_one(onnx: "type[Onnx]") -> None:
    """What a mean over the batch does, as a normalisation that was never frozen."""
    weights = np.random.default_rng(7).normal(size=(3 * 14 * 14, 64)) / 14
    nodes = [
        onnx.node("ReduceMean", ["x"], ["m"], axes=[0], keepdims=1),
        onnx.node("Add", ["x", "m"], ["s"]),
        onnx.node("AveragePool", ["s"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        onnx.node("Flatten", ["a"], ["f"], axis=1),
        onnx.node("Gemm", ["f", "w"], ["y"]),
    ]
    data = onnx.model(
        nodes, [onnx.tensor("w", weights)], [onnx.value("x", ["N", 3, 112, 112])], [onnx.value("y", ["N", 64])]
    )
    network = read(data)
    assert not network.in_batches
    assert network(pictures(3)) == pytest.approx(2 * by_hand(pictures(3)), abs=1e-3)


def test_one_of_several_outputs_is_named(onnx: "type[Onnx]") -> None:
    nodes = [
        onnx.node("AveragePool", ["x"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        onnx.node("Flatten", ["a"], ["f"], axis=1),
        onnx.node("Gemm", ["f", "w"], ["y"]),
    ]
    weights = np.random.default_rng(7).normal(size=(3 * 14 * 14, 64)) / 14
    outputs = [onnx.value("a", ["N", 3, 14, 14]), onnx.value("y", ["N", 64])]
    data = onnx.model(nodes, [onnx.tensor("w", weights)], [onnx.value("x", ["N", 3, 112, 112])], outputs)
    assert "got 2: a [?, 3, 14, 14], y [?, 64]" in refused(data)
    assert "'z', got 2: a" in refused(data, Wanted(112, 112, "z", 64))
    assert "one vector for each picture, got 1: a [?, 3, 14, 14]" in refused(data, Wanted(112, 112, "a", 64))
    assert read(data, Wanted(112, 112, "y", 64))(pictures()) == pytest.approx(by_hand(pictures()), abs=1e-4)


def test_what_was_found_instead_is_said(onnx: "type[Onnx]") -> None:
    good = onnx.face_network()
    assert "takes pictures of 112 x 112 pixels, and its TOML file says 96 x 96" in refused(good, Wanted(96, 96, "", 64))
    assert "gives 64 numbers for one picture, and its TOML file says 128" in refused(good, Wanted(112, 112, "", 128))
    grey = onnx.model(
        [onnx.node("Flatten", ["x"], ["y"], axis=1)],
        [],
        [onnx.value("x", ["N", 1, 112, 112])],
        [onnx.value("y", ["N", 12544])],
    )
    assert "three colours, got 1: x [?, 1, 112, 112]" in refused(grey)
    words = onnx.model(
        [onnx.node("Flatten", ["x"], ["y"], axis=1)],
        [],
        [onnx.value("x", ["N", 3, 112, 112], onnx.INT64)],
        [onnx.value("y", ["N", 37632], onnx.INT64)],
    )
    assert "float32 pictures" in refused(words)
    two = onnx.model(
        [onnx.node("Add", ["x", "z"], ["y"])],
        [],
        [onnx.value("x", ["N", 3, 112, 112]), onnx.value("z", ["N", 3, 112, 112])],
        [onnx.value("y", ["N", 3, 112, 112])],
    )
    assert "one input, a picture of a face, got 2: x" in refused(two)


def test_an_operation_that_is_not_known_is_named(onnx: "type[Onnx]") -> None:
    data = onnx.model(
        [onnx.node("Ramalan", ["x"], ["y"])], [], [onnx.value("x", ["N", 3, 112, 112])], [onnx.value("y", ["N", 64])]
    )
    assert "Ramalan" in refused(data)


@pytest.mark.parametrize(("scale", "words"), [(np.nan, "NaN"), (np.inf, "NaN"), (0, "the same numbers")])
def test_numbers_of_no_use_are_refused(onnx: "type[Onnx]", scale: float, words: str) -> None:
    assert words in refused(onnx.face_network(), scale=scale)


def test_a_graph_of_nothing_is_refused(onnx: "type[Onnx]") -> None:
    assert "got none" in refused(onnx.model([], [], [], []))
