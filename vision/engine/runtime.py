"""The only file that knows OpenVINO: it reads or builds networks, makes them fit any input size, and runs them.

A network here is a callable from one float32 batch to its outputs as numpy arrays; what the numbers mean is said
where they are used.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import openvino as ov
from numpy.typing import NDArray
from openvino import opset13 as op

from netra.errors import ModelError
from vision.engine import dlib_net

Floats = NDArray[np.float32]
# For each input size OpenVINO keeps kernels and packed weights, 3 to 5 MiB a size, and by default without an end in
# sight: 80 sizes took 400 MiB. So many kernels are those of about 50 sizes, more than the photos of a few phones and
# cameras have, and keep a worker under 1 GiB; the first run of a size takes up to twice the time.
KEPT_KERNELS = 2000
_NHWC_HEIGHT_WIDTH = np.array([1, 2], np.int32)


class Network:
    """A compiled network. Not for use by two threads at once: each worker process holds its own."""

    def __init__(self, model: ov.Model, threads: int) -> None:
        settings = {
            "INFERENCE_NUM_THREADS": threads,
            "CPU_RUNTIME_CACHE_CAPACITY": KEPT_KERNELS,
            # Left to itself OpenVINO takes bfloat16 or float16 where a processor has units for them (AMX, AVX-512):
            # then similarities differ between machines, and from those that the limits were measured with.
            ov.properties.hint.inference_precision: ov.Type.f32,
        }
        self._request = _core().compile_model(model, "CPU", settings).create_infer_request()

    def __call__(self, batch: Floats) -> tuple[Floats, ...]:
        """Run one batch; the outputs are copies, in the order of the model."""
        self._request.infer({0: np.ascontiguousarray(batch, np.float32)}, share_inputs=True)
        return tuple(np.array(tensor.data, np.float32) for tensor in self._request.output_tensors)


@cache
def _core() -> ov.Core:
    return ov.Core()


def tflite(path: Path, threads: int, outputs: int, kept: Sequence[int] = ()) -> Network:
    """A TensorFlow Lite model at its own input size, for batches of any length.

    Args:
        path: the model file.
        threads: how many it may use.
        outputs: how many the model must have.
        kept: which of them are wanted; what only the others need is not computed. Left out: all.

    Raises:
        ModelError: the file is not such a model, or it has another number of outputs.
    """
    model = _read(path)
    shape = model.input(0).partial_shape
    shape[0] = -1
    model.reshape(shape)
    return _checked(path, model, threads, outputs, kept)


def tflite_any_size(path: Path, threads: int, outputs: int) -> Network:
    """A fully convolutional TensorFlow Lite detector, for batches of pictures of any size.

    The released detectors of MediaPipe are fixed to one size in two places only: upsampling to a written-down size,
    which becomes upsampling by the factor 2 that it is, and the final reshapes and concatenations, which are cut off.
    The outputs are the feature maps of the heads, (N, h, w, channels), in the order of the model.

    Raises:
        ModelError: the file is not such a model, or it has another number of heads.
    """
    model = _read(path)
    for node in model.get_ordered_ops():
        if node.get_type_name() == "Interpolate":
            twice = op.interpolate(
                node.input_value(0),
                np.array([2, 2], np.float32),
                "linear_onnx",
                "scales",
                [0] * 4,
                [0] * 4,
                "half_pixel",
                "round_prefer_floor",
                False,
                -0.75,
                _NHWC_HEIGHT_WIDTH,
            )
            node.output(0).replace(twice.output(0))
    heads = [head for node in model.get_results() for head in _heads(node.input_value(0))]
    detector = ov.Model([op.result(head) for head in heads], model.get_parameters(), path.stem)
    detector.reshape([-1, -1, -1, 3])
    return _checked(path, detector, threads, outputs)


def _heads(output: ov.Output) -> list[ov.Output]:
    """The feature maps that a result is reshaped and concatenated from, first one first."""
    node = output.get_node()
    if node.get_type_name() not in ("Reshape", "Concat"):
        return [output]
    sources = [port.get_source_output() for port in node.inputs()]
    return [head for source in sources if source.get_node().get_type_name() != "Constant" for head in _heads(source)]


def _read(path: Path) -> ov.Model:
    try:
        return _core().read_model(path)
    except RuntimeError as error:
        raise ModelError(f"{path}: OpenVINO cannot read this model file: {error}") from error


def _checked(path: Path, model: ov.Model, threads: int, outputs: int, kept: Sequence[int] = ()) -> Network:
    if len(model.inputs) != 1 or len(model.outputs) != outputs:
        raise ModelError(
            f"{path}: expected a model with 1 input and {outputs} outputs, got {len(model.inputs)} and "
            f"{len(model.outputs)}. Install the pinned version of the package again (make setup)."
        )
    if kept:
        wanted = [op.result(model.outputs[index].get_node().input_value(0)) for index in kept]
        model = ov.Model(wanted, model.get_parameters(), path.stem)
    return Network(model, threads)


def residual_net(net: dlib_net.ResidualNet, threads: int) -> Network:
    """dlib's face network: (N, 3, 150, 150) float32 RGB 0..255 -> one output, (N, 128)."""
    chips = op.parameter([-1, 3, dlib_net.CHIP_SIDE, dlib_net.CHIP_SIDE], np.float32, name="chips")
    mean = np.array(dlib_net.MEAN_RGB, np.float32).reshape(1, 3, 1, 1)
    x = op.multiply(op.subtract(chips, mean), np.float32(dlib_net.INPUT_SCALE))
    x = op.relu(_convolve(x, net.stem))
    x = op.max_pool(x, [2, 2], [1, 1], [0, 0], [0, 0], [3, 3]).output(0)
    for block in net.blocks:
        x = _residual(x, block)
    templates = op.matmul(op.reduce_mean(x, [2, 3]), net.projection, False, False)
    return Network(ov.Model([templates], [chips], "dlib_face_resnet"), threads)


def _convolve(x: ov.Node, layer: dlib_net.Convolution) -> ov.Node:
    stride, pad = [layer.stride] * 2, [layer.padding] * 2
    return op.add(
        op.convolution(x, layer.kernel, stride, pad, pad, [1, 1]),
        np.ascontiguousarray(layer.bias.reshape(1, -1, 1, 1)),
    )


def _residual(x: ov.Node, block: dlib_net.Residual) -> ov.Node:
    main = _convolve(op.relu(_convolve(x, block.first)), block.second)
    if not block.halves:
        return op.relu(op.add(main, x))
    shortcut = op.avg_pool(x, [2, 2], [0, 0], [0, 0], [2, 2], False)
    # dlib adds tensors of different sizes by taking the missing rows, columns and channels as zero.
    rows, columns = (_size(shortcut, axis) - _size(main, axis) for axis in (2, 3))
    channels = _size(main, 1) - _size(shortcut, 1)
    main = _zeros_behind(main, (0, 0, rows, columns))
    return op.relu(op.add(main, _zeros_behind(shortcut, (0, channels, 0, 0))))


def _size(node: ov.Node, axis: int) -> int:
    return int(node.get_output_partial_shape(0)[axis].get_length())


def _zeros_behind(node: ov.Node, counts: Sequence[int]) -> ov.Node:
    if not any(counts):
        return node
    return op.pad(node, [0] * len(counts), list(counts), "constant", np.float32(0))


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output of a network.

    Attributes:
        names: what it is called; the first is the usual one.
        shape: the length of each axis, -1 where the file leaves it open; empty where even their count is open.
        is_float32: whether it takes or gives float32.
    """

    names: tuple[str, ...]
    shape: tuple[int, ...]
    is_float32: bool


class OnnxFile:
    """An ONNX network of any kind, read and not yet made ready to run.

    Args:
        path: for messages.
        data: the bytes of the file; numbers in other files are not found.

    Raises:
        ModelError: OpenVINO cannot read it.
    """

    def __init__(self, path: Path, data: bytes) -> None:
        self._path = path
        try:
            self._model = _core().read_model(data)
        except RuntimeError as error:
            raise ModelError(f"{path}: OpenVINO cannot read this network: {one_line(str(error))}") from error

    @property
    def inputs(self) -> tuple[Port, ...]:
        """In the order of the file."""
        return tuple(_port(each) for each in self._model.inputs)

    @property
    def outputs(self) -> tuple[Port, ...]:
        """In the order of the file."""
        return tuple(_port(each) for each in self._model.outputs)

    def network(self, shape: Sequence[int], output: int, threads: int) -> Network:
        """A network ready to run, for inputs of one shape and with one output.

        Args:
            shape: of the only input, -1 for batches of any length.
            output: which of the outputs.
            threads: how many it may use.

        Raises:
            ModelError: the network cannot take this shape.
        """
        model = self._model.clone()
        try:
            single = ov.Model([op.result(model.outputs[output].get_node().input_value(0))], model.get_parameters())
            single.reshape(list(shape))
            return Network(single, threads)
        except RuntimeError as error:
            raise ModelError(f"{self._path}: the network cannot be run: {one_line(str(error))}") from error


def _port(port: ov.Output) -> Port:
    shape = port.partial_shape
    sizes = () if shape.rank.is_dynamic else tuple(-1 if n.is_dynamic else int(n.get_length()) for n in shape)
    return Port(tuple(sorted(port.names)), sizes, port.element_type == ov.Type.f32)


def one_line(text: str) -> str:
    """What OpenVINO says in many lines, in one: what it marks as found, or else its last line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    marked = [line.removeprefix("--").strip() for line in lines if line.startswith("-- ")]
    return "; ".join(marked) or (lines[-1] if lines else "no reason given")
