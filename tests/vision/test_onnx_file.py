"""Telling an ONNX file from other files, by bytes that this test writes."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from netra.errors import ModelError
from vision.engine.onnx_file import DEEPEST, check_onnx

if TYPE_CHECKING:
    from tests.conftest import Onnx

PATH = Path("wajah.onnx")


def refused(data: bytes) -> str:
    with pytest.raises(ModelError) as caught:
        check_onnx(PATH, data)
    said = str(caught.value)
    assert said.startswith("wajah.onnx: expected an ONNX network")
    assert "\n" not in said
    return said


def test_a_network_passes(onnx: "type[Onnx]") -> None:
    check_onnx(PATH, onnx.face_network())


@pytest.mark.parametrize(
    "data",
    [b"", b"bukan model\n" * 40, bytes(range(256)) * 9, b"\xff" * 99, b"PK\x03\x04" + b"\0" * 60],
    ids=["empty", "text", "bytes", "ones", "zip"],
)
def test_a_file_of_something_else_is_refused(data: bytes) -> None:
    assert "something else" in refused(data)


@pytest.mark.parametrize("share", [0.001, 0.1, 0.5, 0.9, 0.99])
def test_a_network_cut_off_is_refused(onnx: "type[Onnx]", share: float) -> None:
    data = onnx.face_network()
    assert "cut off" in refused(data[: int(len(data) * share)])


def test_a_message_without_a_graph_is_refused(onnx: "type[Onnx]") -> None:
    refused(onnx.number(1, 8) + onnx.part(2, "a maker"))


def test_numbers_in_another_file_are_refused(onnx: "type[Onnx]") -> None:
    elsewhere = onnx.number(14, 1) + onnx.part(13, onnx.part(1, "location") + onnx.part(2, "angka.bin"))
    tensor = onnx.tensor("w", np.zeros((0,), np.float32), elsewhere)
    assert "in one file" in refused(onnx.model([], [tensor], [], []))
    constant = onnx.part(2, "w") + onnx.part(4, "Constant") + onnx.part(5, onnx.part(1, "value") + onnx.part(5, tensor))
    assert "in one file" in refused(onnx.model([constant], [], [], []))
    inner = onnx.part(5, tensor)
    branch = onnx.part(4, "If") + onnx.part(5, onnx.part(1, "then_branch") + onnx.part(6, inner))
    assert "in one file" in refused(onnx.model([branch], [], [], []))
    sparse = onnx.part(15, onnx.part(1, tensor))
    assert "in one file" in refused(onnx.number(1, 8) + onnx.part(7, sparse))


def test_graphs_nested_without_end_are_refused(onnx: "type[Onnx]") -> None:
    graph = b""
    for _ in range(DEEPEST + 5):
        graph = onnx.part(1, onnx.part(5, onnx.part(6, graph)))
    refused(onnx.number(1, 8) + onnx.part(7, graph))


@given(st.binary(max_size=200))
def test_no_bytes_make_it_stumble(data: bytes) -> None:
    with contextlib.suppress(ModelError):
        check_onnx(PATH, data)
