"""An ONNX network as a face model: one picture in, one vector out, and the proof that it is so.

What the file says of its shapes may be incomplete, or wrong once several pictures go in together, so the network is
tried on made-up pictures before it is trusted.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from netra.errors import ModelError
from vision.engine import runtime
from vision.engine.onnx_file import check_onnx

Floats = NDArray[np.float32]

SAME: Final = 1e-3
"""How far a vector may differ between one picture alone and several together, against the largest number in it.
OpenVINO's rounding differs by about 1e-6; a network that mixes the pictures up differs by about 1."""

UNKNOWN: Final = -1


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a network should be.

    Attributes:
        width, height: of the pictures it takes.
        output: the name of the output with the vector; empty where there is one output only.
        size: how many numbers the vector has.
    """

    width: int
    height: int
    output: str
    size: int


class FaceNetwork:
    """Turns pictures into vectors. Make it with ``read_face_network``."""

    def __init__(self, network: runtime.Network, channels_first: bool, in_batches: bool) -> None:
        self._network, self._channels_first, self.in_batches = network, channels_first, in_batches

    def __call__(self, pictures: Floats) -> Floats:
        """(N, height, width, 3) float32, scaled as the network wants it -> (N, D) float32; N at least 1."""
        batch = pictures.transpose(0, 3, 1, 2) if self._channels_first else pictures
        parts = [batch] if self.in_batches else [batch[i : i + 1] for i in range(len(batch))]
        found = [self._network(part)[0] for part in parts]
        rows = [each.reshape(len(part), -1) for each, part in zip(found, parts, strict=True)]
        return np.concatenate(rows)


def read_face_network(path: Path, data: bytes, wanted: Wanted, probes: Floats, threads: int) -> FaceNetwork:
    """Read an ONNX network and try it.

    Args:
        path: for messages.
        data: the bytes of the file.
        wanted: what the network should be.
        probes: (2, height, width, 3) float32, two different pictures, scaled as the network wants it.
        threads: how many it may use.

    Raises:
        ModelError: it is no ONNX network, takes or gives something else, or gives no usable numbers.
    """
    check_onnx(path, data)
    file = runtime.OnnxFile(path, data)
    layouts = _layouts(path, file, wanted)
    output = _output(path, file, wanted)
    troubles = []
    for channels_first in layouts:
        channels = (3, wanted.height, wanted.width) if channels_first else (wanted.height, wanted.width, 3)
        for batch in (UNKNOWN, 1):
            try:
                network = file.network((batch, *channels), output, threads)
                tried = FaceNetwork(network, channels_first, in_batches=batch == UNKNOWN)
                _try(path, tried, wanted, probes)
            except ModelError as error:
                troubles.append(error)
            else:
                return tried
    raise troubles[-1]


def _layouts(path: Path, file: runtime.OnnxFile, wanted: Wanted) -> list[bool]:
    """Whether channels come first, most usual first; more than one where the file does not say."""
    ports, picture = file.inputs, f"{wanted.width} x {wanted.height}"
    if len(ports) != 1:
        raise ModelError(f"{path}: expected a network with one input, a picture of a face, got {_listed(ports)}.")
    shape = ports[0].shape
    found = f"got {_listed(ports)}. Is it a face recognition network (not a detector)?"
    if len(shape) != 4 or not ports[0].is_float32:
        raise ModelError(f"{path}: expected an input of float32 pictures, such as [1, 3, 112, 112], {found}")
    layouts = [first for first in (True, False) if shape[1 if first else 3] in (3, UNKNOWN)]
    if any(shape[axis] == 3 for axis in (1, 3)):
        layouts = [first for first in layouts if shape[1 if first else 3] == 3]
    if not layouts or shape[0] not in (1, UNKNOWN):
        raise ModelError(f"{path}: expected an input of one picture with three colours, {found}")
    sides = [(shape[2], shape[3]) if first else (shape[1], shape[2]) for first in layouts]
    fitting = [
        first
        for first, (height, width) in zip(layouts, sides, strict=True)
        if height in (wanted.height, UNKNOWN) and width in (wanted.width, UNKNOWN)
    ]
    if not fitting:
        height, width = sides[0]
        raise ModelError(
            f"{path}: the network takes pictures of {width} x {height} pixels, and its TOML file says {picture}. "
            "Correct input.size there."
        )
    return fitting


def _output(path: Path, file: runtime.OnnxFile, wanted: Wanted) -> int:
    ports = file.outputs
    if wanted.output:
        named = [index for index, port in enumerate(ports) if wanted.output in port.names]
        if not named:
            raise ModelError(f"{path}: expected an output named {wanted.output!r}, got {_listed(ports)}.")
        index = named[0]
    elif len(ports) == 1:
        index = 0
    else:
        raise ModelError(
            f"{path}: expected a network with one output, a vector for each picture, got {_listed(ports)}. Where one "
            "of them is the vector, name it in the TOML file: output.name."
        )
    if sum(axis != 1 for axis in ports[index].shape[1:]) > 1:
        raise ModelError(
            f"{path}: expected one vector for each picture, got {_listed(ports[index : index + 1])}. Is it a face "
            "recognition network (not a detector)?"
        )
    return index


def _try(path: Path, network: FaceNetwork, wanted: Wanted, probes: Floats) -> None:
    try:
        together = network(probes)
        alone = np.concatenate([network(probes[:1]), network(probes[1:])])
    except (RuntimeError, ValueError) as error:  # OpenVINO's, and rows that do not fit each other
        raise ModelError(f"{path}: the network cannot be run: {runtime.one_line(str(error))}") from error
    if alone.shape != (2, wanted.size):
        raise ModelError(
            f"{path}: the network gives {alone.shape[1]} numbers for one picture, and its TOML file says "
            f"{wanted.size}. Is it a face recognition network? If so, correct output.size."
        )
    if not np.isfinite(alone).all():
        raise ModelError(
            f"{path}: the network gives no usable numbers (NaN or infinite) for a made-up picture. Check subtract and "
            "divide in its TOML file, and that the file is whole."
        )
    least = SAME * float(np.abs(alone).max())
    if np.abs(alone[0] - alone[1]).max() <= least:
        raise ModelError(
            f"{path}: the network gives the same numbers for two different pictures. Check subtract and divide in its "
            "TOML file, and that the output with the template is named."
        )
    if together.shape != alone.shape or not np.abs(together - alone).max() <= least:
        raise ModelError(f"{path}: the network mixes up pictures that are given to it together.")


def _listed(ports: tuple[runtime.Port, ...]) -> str:
    said = []
    for port in ports:
        shape = ", ".join("?" if length == UNKNOWN else str(length) for length in port.shape)
        said.append(f"{port.names[0] if port.names else 'without a name'} [{shape}]")
    return f"{len(ports)}: {', '.join(said)}" if said else "none"
