"""What an ONNX file says of itself, told before OpenVINO is asked to read it.

An ONNX file is one protobuf message (onnx.proto3 of the ONNX project). Walking its outermost fields shows whether it is
one at all, and whether it keeps its numbers in other files: then its sha256 would say nothing about them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from netra.errors import ModelError

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5  # protobuf's wire types
# Field numbers of onnx.proto3.
_MODEL_IR_VERSION, _MODEL_GRAPH = 1, 7
_GRAPH_NODE, _GRAPH_INITIALIZER, _GRAPH_SPARSE_INITIALIZER = 1, 5, 15
_NODE_ATTRIBUTE = 5
_ATTRIBUTE_TENSOR, _ATTRIBUTE_GRAPH, _ATTRIBUTE_TENSORS, _ATTRIBUTE_GRAPHS = 5, 6, 10, 11
_SPARSE_VALUES, _SPARSE_INDICES = 1, 2
_TENSOR_EXTERNAL_DATA, _TENSOR_DATA_LOCATION, _EXTERNAL = 13, 14, 1

DEEPEST: Final = 32
"""Graphs within graphs (loops, conditions); no face network has more than a few."""

_Field = tuple[int, int, memoryview]


def check_onnx(path: Path, data: bytes) -> None:
    """See that a file is a whole ONNX model.

    Args:
        path: for messages.
        data: its bytes.

    Raises:
        ModelError: it is none, or it keeps numbers in other files.
    """
    try:
        top = list(_fields(memoryview(data)))
        graphs = [inner for number, _, inner in top if number == _MODEL_GRAPH]
        is_model = len(graphs) == 1 and any(number == _MODEL_IR_VERSION and value for number, value, _ in top)
        external = is_model and _has_external(graphs[0], 0)
    except ValueError:
        is_model = external = False
    if not is_model:
        raise ModelError(
            f"{path}: expected an ONNX network, got a file of something else, or one that is cut off. Copy it again "
            "from where it comes from, and compare its size and sha256."
        )
    if external:
        raise ModelError(
            f"{path}: expected an ONNX network in one file, got one that keeps its numbers in another file, which no "
            "sha256 would cover. Have it saved as one file (onnx.save without save_as_external_data)."
        )


def _has_external(graph: memoryview, depth: int) -> bool:
    if depth > DEEPEST:
        raise ValueError("graphs nested too deep")
    for number, _, inner in _fields(graph):
        if number == _GRAPH_INITIALIZER and _is_external(inner):
            return True
        if number == _GRAPH_SPARSE_INITIALIZER and any(
            _is_external(part) for kind, _, part in _fields(inner) if kind in (_SPARSE_VALUES, _SPARSE_INDICES)
        ):
            return True
        if number == _GRAPH_NODE and any(
            _attribute_has_external(part, depth) for kind, _, part in _fields(inner) if kind == _NODE_ATTRIBUTE
        ):
            return True
    return False


def _attribute_has_external(attribute: memoryview, depth: int) -> bool:
    for number, _, inner in _fields(attribute):
        if number in (_ATTRIBUTE_TENSOR, _ATTRIBUTE_TENSORS) and _is_external(inner):
            return True
        if number in (_ATTRIBUTE_GRAPH, _ATTRIBUTE_GRAPHS) and _has_external(inner, depth + 1):
            return True
    return False


def _is_external(tensor: memoryview) -> bool:
    return any(
        number == _TENSOR_EXTERNAL_DATA or (number == _TENSOR_DATA_LOCATION and value == _EXTERNAL)
        for number, value, _ in _fields(tensor)
    )


def _fields(message: memoryview) -> Iterator[_Field]:
    """Number, value and content of each field: the value of an integer, the content of what has a length.

    Raises:
        ValueError: this is no protobuf message.
    """
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        number, kind = key >> 3, key & 7
        value, end = 0, at
        if number == 0:
            raise ValueError("a field without a number")
        if kind == _VARINT:
            value, end = _varint(message, at)
            at = end
        elif kind == _LENGTH:
            length, at = _varint(message, at)
            end = at + length
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            end = at + (8 if kind == _EIGHT_BYTES else 4)
        else:
            raise ValueError(f"a field of the unknown kind {kind}")
        if end > len(message):
            raise ValueError("a field reaches beyond the end")
        yield number, value, message[at:end]
        at = end


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(message):
            break
        byte = message[at]
        value, at = value | (byte & 127) << shift, at + 1
        if byte < 128:
            return value, at
    raise ValueError("an integer without an end")
