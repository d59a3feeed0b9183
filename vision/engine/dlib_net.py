"""dlib's 29-layer face network, read from its own ``.dat`` file into plain numpy arrays.

The layout is ``anet_type`` of dlib's examples (dnn_face_recognition_ex.cpp): a 7 x 7 convolution, 14 residual blocks
of two 3 x 3 convolutions, an average over the picture and a 256 -> 128 projection without bias. In the released file
every batch normalisation is frozen to an affine layer, which is folded here into the convolution before it.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from netra.errors import ModelError

CHIP_SIDE = 150
TEMPLATE_SIZE = 128
# dlib's input_rgb_image_sized<150>: these means are subtracted, then everything is divided by 256.
MEAN_RGB = (122.782, 117.001, 104.298)
INPUT_SCALE = 1 / 256
STEM_WIDTH, STEM_SIDE = 32, 7
# From the input on: how many channels, and whether each block of that width halves the size.
STAGES = (
    (32, (False, False, False)),
    (64, (True, False, False, False)),
    (128, (True, False, False)),
    (256, (True, False, False)),
    (256, (True,)),
)
# Of the released weights the largest is under 10; what lies far beyond was not read as what it is.
_LARGEST_WEIGHT = 1e4

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Convolution:
    """kernel: (out, in, k, k) float32; bias: (out,) float32; zero padding on every side."""

    kernel: Floats
    bias: Floats
    stride: int
    padding: int


@dataclass(frozen=True, slots=True, eq=False)
class Residual:
    """relu(second(relu(first(x))) + shortcut(x)).

    Where it ``halves``, the shortcut is a 2 x 2 average with channels of zero behind.
    """

    first: Convolution
    second: Convolution
    halves: bool


@dataclass(frozen=True, slots=True, eq=False)
class ResidualNet:
    """(N, 3, 150, 150) float32 RGB 0..255 -> (N, 128) templates. projection: (256, 128) float32."""

    stem: Convolution
    blocks: tuple[Residual, ...]
    projection: Floats


def read_network(path: Path) -> ResidualNet:
    """Read a dlib ``.dat`` file of this network.

    Raises:
        ModelError: the file cannot be read, or it does not hold this network.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}. Check the path of the face model.") from error
    return _Reader(path, data).network()


def _dlib_int(value: int) -> bytes:
    """dlib's serialised integer: a control byte with the count of bytes, then the bytes, least significant first."""
    size = max(1, (value.bit_length() + 7) // 8)
    return bytes([size]) + value.to_bytes(size, "little")


class _Reader:
    """Takes the tensors one after the other, from the input layer to the output layer.

    A tensor is dlib's format version 2, four dimensions, then little-endian float32.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data, self.at = path, data, 0

    def tensor(self, *shape: int) -> Floats:
        dims = (*shape, 1, 1, 1, 1)[:4]
        header = _dlib_int(2) + b"".join(_dlib_int(dim) for dim in dims)
        start = self.data.find(header, self.at)
        count = int(np.prod(shape))
        begin = start + len(header)
        if start < 0 or begin + 4 * count > len(self.data):
            raise ModelError(
                f"{self.path}: this is not dlib's 29-layer face network: expected a tensor of {shape} numbers after "
                f"byte {self.at}, found none. Use dlib_face_recognition_resnet_model_v1.dat or one of the same network."
            )
        self.at = begin + 4 * count
        values = np.frombuffer(self.data, "<f4", count, begin)
        if not np.isfinite(values).all() or np.abs(values).max() > _LARGEST_WEIGHT:
            raise ModelError(f"{self.path}: the weights at byte {begin} are not usable numbers; the file is damaged.")
        return values

    def convolution(self, channels_in: int, channels_out: int, side: int, stride: int) -> Convolution:
        count = channels_out * channels_in * side * side
        filters = self.tensor(count + channels_out)
        affine = self.tensor(2 * channels_out)
        gamma, beta = affine[:channels_out], affine[channels_out:]
        kernel = filters[:count].reshape(channels_out, channels_in, side, side) * gamma.reshape(-1, 1, 1, 1)
        padding = side // 2 if stride == 1 else 0  # dlib's con pads by default only where the stride is 1
        return Convolution(np.ascontiguousarray(kernel), filters[count:] * gamma + beta, stride, padding)

    def network(self) -> ResidualNet:
        stem = self.convolution(3, STEM_WIDTH, STEM_SIDE, stride=2)
        blocks, channels = [], STEM_WIDTH
        for width, stage in STAGES:
            for halves in stage:
                first = self.convolution(channels, width, 3, stride=2 if halves else 1)
                second = self.convolution(width, width, 3, stride=1)
                blocks.append(Residual(first, second, halves))
                channels = width
        return ResidualNet(stem, tuple(blocks), self.tensor(channels, TEMPLATE_SIZE).reshape(channels, TEMPLATE_SIZE))
