"""A face model of one's own, from the command line to the record."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import Result

from vision.engine import dlib_net, weights
from vision.types import Floats

if TYPE_CHECKING:
    from tests.conftest import FaceModelWriter, Onnx

Netra = Callable[..., Result]


def records(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


# --- a .dat file of dlib's network --------------------------------------------------------------------------------


def dlib_number(value: int) -> bytes:
    digits = value.to_bytes(8, "little").rstrip(b"\0") or b"\0"
    return bytes([len(digits)]) + digits


def dlib_tensor(numbers: Floats, *shape: int) -> bytes:
    dims = (*shape, 1, 1, 1, 1)[:4]
    return dlib_number(2) + b"".join(map(dlib_number, dims)) + numbers.astype("<f4").tobytes()


def write_dat(path: Path, net: dlib_net.ResidualNet) -> Path:
    """A file of dlib's network: each convolution, then an affine layer that changes nothing; the projection last."""
    parts = [b"made up"]
    for layer in [net.stem, *(each for block in net.blocks for each in (block.first, block.second))]:
        filters = np.concatenate([layer.kernel.ravel(), layer.bias])
        affine = np.concatenate([np.ones_like(layer.bias), np.zeros_like(layer.bias)])
        parts += [b"con", dlib_tensor(filters, filters.size), b"affine", dlib_tensor(affine, affine.size)]
    path.write_bytes(b"".join([*parts, b"fc", dlib_tensor(net.projection, *net.projection.shape), b"the end"]))
    return path


@pytest.fixture(scope="module")
def turned_dat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """dlib's numbers with every template turned the same way: other numbers, the same distances."""
    net = dlib_net.read_network(weights.find(weights.FACE_EMBEDDER))
    turn, _ = np.linalg.qr(np.random.default_rng(5).normal(size=(128, 128)))
    turned = (net.projection.astype(np.float64) @ turn).astype(np.float32)
    path = tmp_path_factory.mktemp("model") / "wajah asia.dat"
    return write_dat(path, dlib_net.ResidualNet(net.stem, net.blocks, turned))


def test_a_dat_file_with_other_numbers_finds_the_same_people(
    netra: Netra, election: Path, photos: Path, turned_dat: Path
) -> None:
    command = ("-q", "scan", photos, "--election", election, "--jsonl", "-", "--hands", "never")
    usual = records(netra(*command))
    own = records(netra(*command, "--face-model", turned_dat))
    assert own[0]["people"][0]["sighting"]["candidate"] == "damar-wicaksatya"
    assert [len(each.get("people", ())) for each in own] == [len(each.get("people", ())) for each in usual]
    about, shipped = own[0]["run"]["face_model_file"], usual[0]["run"]["face_model_file"]
    assert about["file"] == about["name"] == "wajah asia.dat"
    assert about["sha256"] == "sha256:" + weights.sha256_of(turned_dat)
    assert about["licence"] == "not stated"
    assert shipped["sha256"] == "sha256:" + weights.FACE_EMBEDDER.sha256
    assert shipped["licence"] == "CC0-1.0"
    assert own[0]["run"]["face_model"] != usual[0]["run"]["face_model"]


def test_references_of_one_model_are_never_taken_for_those_of_another(
    netra: Netra, election: Path, photos: Path, turned_dat: Path, tmp_path: Path
) -> None:
    cache = tmp_path / "simpanan"
    for model, files in (("", 2), (turned_dat, 4), (turned_dat, 4), ("", 4)):
        command = ("candidates", "check", election, "--cache", cache, "--face-model", model)
        assert netra(*command).exit_code == 0
        assert len(list(cache.iterdir())) == files


@pytest.mark.slow
def test_workers_of_their_own_read_with_the_model(netra: Netra, election: Path, photos: Path, turned_dat: Path) -> None:
    command = ("-q", "scan", photos, "--election", election, "--jsonl", "-", "--face-model", turned_dat)
    alone, together = records(netra(*command)), records(netra(*command, "--workers", "2"))
    assert alone == together


# --- an ONNX network with its description -------------------------------------------------------------------------


def test_a_network_of_onnx_checks_lists_scans_and_inspects(
    netra: Netra, election: Path, photos: Path, face_model: "FaceModelWriter"
) -> None:
    path = face_model()
    said = "Model wajah: Jaringan kecil (kecil.onnx); lisensi CC0-1.0; sumber dibuat oleh uji ini"
    checked = netra("candidates", "check", election, "--face-model", path)
    assert checked.exit_code == 0, checked.output
    assert said in " ".join(checked.stdout.split())
    assert "1 dari 1 foto dipakai" in checked.stdout
    assert said in " ".join(netra("candidates", "list", election, "--face-model", path).stdout.split())
    scanned = netra("scan", photos, "--election", election, "--jsonl", "-", "--face-model", path.with_suffix(".toml"))
    assert said in " ".join(scanned.stderr.split())
    lines = records(scanned)
    assert [each["status"] for each in lines] == ["ok", "ok", "skipped"]
    assert lines[0]["run"]["face_model_file"]["name"] == "Jaringan kecil"
    assert lines[0]["run"]["face_model_file"]["licence"] == "CC0-1.0"
    assert len(lines[0]["people"]) == 1
    inspected = netra("inspect", photos / "a calon.jpg", "--election", election, NETRA_FACE_MODEL=str(path))
    assert inspected.exit_code == 0, inspected.output
    assert said in " ".join(inspected.stderr.split())
    assert (photos / "a calon.netra.jpg").is_file()


def test_a_picture_is_like_itself_whatever_the_model(
    netra: Netra, election: Path, tmp_path: Path, face_model: "FaceModelWriter"
) -> None:
    """The reference photo, scanned: even a model that knows nothing finds the same numbers. Never a match, since no
    limits were measured for it."""
    path, folder = face_model(), tmp_path / "foto"
    folder.mkdir()
    (folder / "sama.jpg").write_bytes((election.parent / "damar.jpg").read_bytes())
    (folder / "lain.jpg").write_bytes((election.parent / "kirana.jpg").read_bytes())
    lines = records(
        netra("-q", "scan", folder, "--election", election, "--jsonl", "-", "--hands", "never", "--face-model", path)
    )
    seen = {each["path"].rpartition("/")[2]: each["people"][0]["sighting"] for each in lines}
    assert seen["sama.jpg"]["candidate"] == "damar-wicaksatya"
    assert seen["lain.jpg"]["candidate"] == "kirana-suryalaga"
    assert {each["band"] for each in seen.values()} == {"possible"}


def test_doctor_tells_of_the_model_and_tries_it(netra: Netra, tmp_path: Path, face_model: "FaceModelWriter") -> None:
    path = face_model()
    result = netra("doctor", "--face-model", path, "--cache", tmp_path / "c")
    assert "Model wajah: Jaringan kecil (kecil.onnx); lisensi CC0-1.0" in result.stdout
    assert "uji diri: 1 wajah" in result.stdout
    path.write_bytes(b"rusak")
    broken = netra("doctor", "--face-model", path, "--cache", tmp_path / "c")
    assert broken.exit_code == 1
    assert "kecil.toml:3: model.sha256" in broken.stdout


# --- mistakes: one clear line, exit code 2 ------------------------------------------------------------------------


def refused(netra: Netra, election: Path, model: Path, words: str) -> None:
    """The same line from every command that reads faces."""
    for command in (["candidates", "check", election], ["scan", election.parent / "damar.jpg", "--election", election]):
        result = netra(*command, "--face-model", model, "--no-cache")
        assert (result.exit_code, result.stdout) == (2, ""), result.output
        *_, heading, line = result.stderr.splitlines()
        assert heading == "Model wajah (--face-model) tidak dapat dipakai (1 hal):"
        assert line.startswith("  - ")
        assert words in line, line
        assert model.stem in line


def test_another_file_than_the_described_one(netra: Netra, election: Path, face_model: "FaceModelWriter") -> None:
    path = face_model()
    path.write_bytes(path.read_bytes() + b"\0")
    refused(netra, election, path, "model.sha256: expected the sha256 of")


def test_no_description(netra: Netra, election: Path, face_model: "FaceModelWriter") -> None:
    path = face_model()
    path.with_suffix(".toml").unlink()
    refused(netra, election, path, "expected this file beside kecil.onnx, got no such file")


def test_another_size_than_the_described_one(netra: Netra, election: Path, face_model: "FaceModelWriter") -> None:
    points = 'alignment = "points"\npoints = [[33, 44], [63, 44], [48, 62], [36, 79], [61, 79]]'
    wrong = face_model("a", b"", ("[112, 112]", "[96, 96]"), ('alignment = "arcface-112"', points))
    refused(netra, election, wrong, "takes pictures of 112 x 112 pixels, and its TOML file says 96 x 96")
    refused(netra, election, face_model("b", b"", ("size = 64", "size = 65")), "gives 64 numbers for one picture")


def test_a_network_that_gives_nan(
    netra: Netra, election: Path, face_model: "FaceModelWriter", onnx: "type[Onnx]"
) -> None:
    nodes = [
        onnx.node("AveragePool", ["x"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        onnx.node("Flatten", ["a"], ["f"], axis=1),
        onnx.node("Gemm", ["f", "w"], ["y"]),
    ]
    ends = [onnx.value("x", ["N", 3, 112, 112])], [onnx.value("y", ["N", 64])]
    data = onnx.model(nodes, [onnx.tensor("w", np.full((588, 64), np.nan))], *ends)
    refused(netra, election, face_model("kecil", data), "no usable numbers (NaN or infinite)")


def test_a_text_file_under_the_name_of_a_network(netra: Netra, election: Path, face_model: "FaceModelWriter") -> None:
    refused(netra, election, face_model("kecil", b"bukan jaringan\n" * 30), "expected an ONNX network, got a file of")


def test_a_text_file_under_the_name_of_a_dat(netra: Netra, election: Path, tmp_path: Path) -> None:
    path = tmp_path / "wajah.dat"
    path.write_text("bukan jaringan")
    refused(netra, election, path, "this is not dlib's 29-layer face network")


def test_several_mistakes_of_a_description_are_several_lines(
    netra: Netra, election: Path, face_model: "FaceModelWriter"
) -> None:
    path = face_model("kecil", b"", ('"rgb"', '"grey"'), ("normalise = true", ""))
    result = netra("--lang", "en", "candidates", "list", election, "--face-model", path)
    assert (result.exit_code, result.stdout) == (2, "")
    heading, *lines = result.stderr.splitlines()
    assert heading == "The face model (--face-model) cannot be used (2):"
    assert [line.split(": ")[1] for line in lines] == ["input.colour", "output.normalise"]
