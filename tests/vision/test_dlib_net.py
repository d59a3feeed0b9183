"""dlib's file of the face network, read from files that this test writes with numbers of its own."""

import struct
from pathlib import Path

import numpy as np
import pytest

from netra.errors import ModelError
from vision.engine import dlib_net, weights
from vision.types import Floats

# (channels in, channels out, side) of every convolution, in the order of the file; 256 -> 128 at the end.
BLOCKS = [(32, 32)] * 3 + [(32, 64)] + [(64, 64)] * 3 + [(64, 128)] + [(128, 128)] * 2 + [(128, 256)]
BLOCKS += [(256, 256)] * 3
HALVING = {3, 7, 10, 13}  # the blocks that halve the size
CONVOLUTIONS = [(3, 32, 7)] + [(c, n, 3) for a, b in BLOCKS for c, n in ((a, b), (b, b))]


def dlib_number(value: int) -> bytes:
    """One of dlib's serialised integers, as in its documentation of serialize.h."""
    digits = value.to_bytes(8, "little").rstrip(b"\0") or b"\0"
    return bytes([len(digits)]) + digits


def dlib_tensor(numbers: Floats, *shape: int) -> bytes:
    dims = (*shape, 1, 1, 1, 1)[:4]
    return dlib_number(2) + b"".join(dlib_number(d) for d in dims) + numbers.astype("<f4").tobytes()


def dlib_text(text: str) -> bytes:
    return dlib_number(len(text)) + text.encode()


class Written:
    """A file of random numbers, and the numbers."""

    def __init__(self, rng: np.random.Generator) -> None:
        self.filters: list[Floats] = []
        self.biases: list[Floats] = []
        self.gammas: list[Floats] = []
        self.betas: list[Floats] = []
        parts = [dlib_text("input_rgb_image_sized"), struct.pack("<3f", *dlib_net.MEAN_RGB)]
        for channels_in, channels_out, side in CONVOLUTIONS:
            self.filters.append(rng.uniform(-1, 1, (channels_out, channels_in, side, side)).astype(np.float32))
            self.biases.append(rng.uniform(-1, 1, channels_out).astype(np.float32))
            self.gammas.append(rng.uniform(0.5, 2, channels_out).astype(np.float32))
            self.betas.append(rng.uniform(-1, 1, channels_out).astype(np.float32))
            filters = np.concatenate([self.filters[-1].ravel(), self.biases[-1]])
            affine = np.concatenate([self.gammas[-1], self.betas[-1]])
            parts += [dlib_text("con_4"), dlib_tensor(filters, filters.size)]
            parts += [dlib_text("affine_"), dlib_tensor(affine, affine.size)]
        self.projection = rng.uniform(-1, 1, (256, 128)).astype(np.float32)
        parts += [dlib_text("fc_2"), dlib_tensor(self.projection, 256, 128), b"the end"]
        self.bytes = b"".join(parts)


@pytest.fixture(scope="module")
def written() -> Written:
    return Written(np.random.default_rng(5))


@pytest.fixture
def file(tmp_path: Path, written: Written) -> Path:
    path = tmp_path / "faces of invented people.dat"
    path.write_bytes(written.bytes)
    return path


def test_the_network_has_the_numbers_of_the_file(file: Path, written: Written) -> None:
    net = dlib_net.read_network(file)
    layers = [net.stem, *(layer for block in net.blocks for layer in (block.first, block.second))]
    assert len(layers) == len(CONVOLUTIONS) == 29
    for index, layer in enumerate(layers):
        gamma = written.gammas[index]
        assert np.array_equal(layer.kernel, written.filters[index] * gamma[:, None, None, None])
        assert np.array_equal(layer.bias, written.biases[index] * gamma + written.betas[index])
        assert layer.kernel.dtype == layer.bias.dtype == np.float32
    assert np.array_equal(net.projection, written.projection)


def test_the_network_has_dlibs_strides(file: Path) -> None:
    net = dlib_net.read_network(file)
    assert (net.stem.stride, net.stem.padding) == (2, 0)
    assert {index for index, block in enumerate(net.blocks) if block.halves} == HALVING
    for block in net.blocks:
        assert (block.first.stride, block.first.padding) == ((2, 0) if block.halves else (1, 1))
        assert (block.second.stride, block.second.padding) == (1, 1)


@pytest.mark.parametrize("share", [0.0, 1e-5, 0.02, 0.5, 0.99, 0.9998])
def test_a_file_cut_off_is_refused(file: Path, written: Written, share: float) -> None:
    file.write_bytes(written.bytes[: int(len(written.bytes) * share)])
    with pytest.raises(ModelError) as caught:
        dlib_net.read_network(file)
    assert str(file) in str(caught.value)
    assert "Use dlib_face_recognition_resnet_model_v1.dat" in str(caught.value)


@pytest.mark.parametrize("content", [b"not a model\n" * 50, bytes(range(256)) * 400], ids=["text", "bytes"])
def test_a_file_of_something_else_is_refused(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(ModelError, match="not dlib's 29-layer face network"):
        dlib_net.read_network(file)


def test_another_model_of_dlib_is_refused() -> None:
    path = weights.find(weights.FACE_POINTS)
    with pytest.raises(ModelError) as caught:
        dlib_net.read_network(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, 1e30])
@pytest.mark.parametrize("layer", [0, 14, 28])
def test_damaged_numbers_are_refused(file: Path, written: Written, value: float, layer: int) -> None:
    data = bytearray(written.bytes)
    struct.pack_into("<f", data, data.index(written.filters[layer].tobytes()) + 40, value)
    file.write_bytes(data)
    with pytest.raises(ModelError, match=r"not usable numbers; the file is damaged") as caught:
        dlib_net.read_network(file)
    assert str(file) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"absent\.dat: cannot be read.*Check the path"):
        dlib_net.read_network(tmp_path / "absent.dat")


def test_a_folder_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        dlib_net.read_network(tmp_path)
