"""What tests of every room share."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
NO_SHARED_DATA = "needs the evaluation photos in ../shared/data, which are not part of the repository"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked ``data``, and those that ask for ``shared_data``, are skipped where the photos are missing."""
    for item in items:
        if "shared_data" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.data)
        if item.get_closest_marker("data") is not None and not SHARED_DATA.is_dir():
            item.add_marker(pytest.mark.skip(reason=NO_SHARED_DATA))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of evaluation photos, read only."""
    if not SHARED_DATA.is_dir():
        pytest.skip(NO_SHARED_DATA)
    return SHARED_DATA


@pytest.fixture
def rng() -> np.random.Generator:
    """Random numbers that are the same in every run."""
    return np.random.default_rng(20241127)


class Onnx:
    """Writes ONNX files by hand, field by field as onnx.proto3 numbers them: there is no library for it here."""

    FLOAT, INT64 = 1, 7

    @staticmethod
    def varint(value: int) -> bytes:
        parts = []
        while value > 127:
            parts.append(value & 127 | 128)
            value >>= 7
        return bytes([*parts, value])

    @staticmethod
    def number(field: int, value: int) -> bytes:
        return Onnx.varint(field << 3) + Onnx.varint(value)

    @staticmethod
    def part(field: int, content: bytes | str) -> bytes:
        data = content.encode() if isinstance(content, str) else content
        return Onnx.varint(field << 3 | 2) + Onnx.varint(len(data)) + data

    @staticmethod
    def tensor(name: str, values: NDArray[Any], more: bytes = b"") -> bytes:
        kind = Onnx.FLOAT if values.dtype.kind == "f" else Onnx.INT64
        raw = values.astype("<f4" if kind == Onnx.FLOAT else "<i8").tobytes()
        dims = b"".join(Onnx.number(1, length) for length in values.shape)
        return dims + Onnx.number(2, kind) + Onnx.part(8, name) + Onnx.part(9, raw) + more

    @staticmethod
    def value(name: str, shape: Sequence[int | str], kind: int = FLOAT) -> bytes:
        dims = b"".join(Onnx.part(1, Onnx.part(2, n) if isinstance(n, str) else Onnx.number(1, n)) for n in shape)
        return Onnx.part(1, name) + Onnx.part(2, Onnx.part(1, Onnx.number(1, kind) + Onnx.part(2, dims)))

    @staticmethod
    def node(kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: int | Sequence[int]) -> bytes:
        parts = (
            [Onnx.part(1, each) for each in inputs] + [Onnx.part(2, each) for each in outputs] + [Onnx.part(4, kind)]
        )
        for name, value in attributes.items():
            numbers = (
                Onnx.number(3, value) + Onnx.number(20, 2)
                if isinstance(value, int)
                else b"".join(Onnx.number(8, each) for each in value) + Onnx.number(20, 7)
            )
            parts.append(Onnx.part(5, Onnx.part(1, name) + numbers))
        return b"".join(parts)

    @staticmethod
    def model(
        nodes: Sequence[bytes], tensors: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes]
    ) -> bytes:
        lists = ((1, nodes), (5, tensors), (11, inputs), (12, outputs))
        graph = b"".join(Onnx.part(field, each) for field, several in lists for each in several)
        return Onnx.number(1, 8) + Onnx.part(7, graph + Onnx.part(2, "made up")) + Onnx.part(8, Onnx.number(2, 13))

    @staticmethod
    def face_network(
        size: int = 64, side: int = 112, batch: int | str = "N", *, channels_last: bool = False, seed: int = 7
    ) -> bytes:
        """Averages over squares of 8 pixels, then a random projection to ``size`` numbers: input x, output y."""
        cells = side // 8
        weights = np.random.default_rng(seed).normal(size=(3 * cells * cells, size)) / cells
        first = [Onnx.node("Transpose", ["x"], ["t"], perm=[0, 3, 1, 2])] if channels_last else []
        nodes = [
            *first,
            Onnx.node("AveragePool", ["t" if channels_last else "x"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
            Onnx.node("Flatten", ["a"], ["f"], axis=1),
            Onnx.node("Gemm", ["f", "w"], ["y"]),
        ]
        shape = [batch, side, side, 3] if channels_last else [batch, 3, side, side]
        return Onnx.model(
            nodes, [Onnx.tensor("w", weights)], [Onnx.value("x", shape)], [Onnx.value("y", [batch, size])]
        )


FACE_MODEL_TOML = """[model]
file = "{name}.onnx"
sha256 = "{sha256}"
name = "Jaringan kecil"
licence = "CC0-1.0"
source = "dibuat oleh uji ini"

[input]
size = [112, 112]
colour = "rgb"
subtract = [127.5, 127.5, 127.5]
divide = [128, 128, 128]
alignment = "arcface-112"

[output]
size = 64
normalise = true
"""
FaceModelWriter = Callable[..., Path]


@pytest.fixture(scope="session")
def onnx() -> type[Onnx]:
    return Onnx


@pytest.fixture
def face_model(tmp_path: Path) -> FaceModelWriter:
    """Writes a small face network with its description, and returns the path of the network.

    ``face_model("a", data, ("colour = \"rgb\"", "colour = \"bgr\""))`` changes lines of the description.
    """

    def write(name: str = "kecil", data: bytes = b"", *changes: tuple[str, str]) -> Path:
        path = tmp_path / f"{name}.onnx"
        path.write_bytes(data or Onnx.face_network())
        text = FACE_MODEL_TOML.format(name=name, sha256=hashlib.sha256(path.read_bytes()).hexdigest())
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        path.with_suffix(".toml").write_text(text)
        return path

    return write


ELECTION_TOML = """[election]
id = "contoh"
name = "Pemilihan Rekaan"
rulebook = "pilkada-2018"
candidates_official = 2018-02-12
numbers_drawn = 2018-02-13
voting_day = 2018-06-27
"""
TICKET_TOML = """[[tickets]]
number = {number}
[[tickets.candidates]]
id = "{id}"
name = "{name}"
office = "calon wali kota"
photos = ["{photo}"]
"""
ElectionText = Callable[[dict[str, str]], str]


@pytest.fixture(scope="session")
def election_toml() -> ElectionText:
    """The text of an election file: a ticket for each candidate, with one photo each.

    ``election_toml({"sari-dewi": "sari.jpg"})`` has Sari Dewi as number 1.
    """

    def write(photos: dict[str, str]) -> str:
        tickets = [
            TICKET_TOML.format(number=number, id=candidate, name=candidate.replace("-", " ").title(), photo=photo)
            for number, (candidate, photo) in enumerate(photos.items(), 1)
        ]
        return ELECTION_TOML + "".join(tickets)

    return write
