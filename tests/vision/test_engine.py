"""Model files and how they run."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import openvino as ov
import pytest
from openvino import opset13 as op

from netra.errors import ModelError
from vision.engine import runtime, weights

HEADS = {weights.FACE_DETECTOR: 2, weights.PALM_DETECTOR: 4}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> weights.Weights:
    """A package with one model file, installed for one test."""
    folder = tmp_path / "invented_models"
    (folder / "models").mkdir(parents=True)
    (folder / "__init__.py").write_text("raise AssertionError('a package of models is located, never imported')\n")
    (folder / "models" / "eye.tflite").write_bytes(b"a model")
    monkeypatch.syspath_prepend(tmp_path)
    digest = hashlib.sha256(b"a model").hexdigest()
    return weights.Weights("invented_models", "models/eye.tflite", digest, "CC0-1.0", "this test")


@pytest.fixture(scope="module", params=HEADS, ids=lambda weight: Path(weight.inside).name)
def detector(request: pytest.FixtureRequest) -> tuple[weights.Weights, runtime.Network]:
    """A detector made free of its size."""
    weight: weights.Weights = request.param
    return weight, runtime.tflite_any_size(weights.find(weight), 1, outputs=HEADS[weight])


@pytest.fixture(scope="module")
def landmarks() -> runtime.Network:
    return runtime.tflite(weights.find(weights.HAND_LANDMARKS), 1, outputs=4)


@pytest.mark.parametrize("weight", weights.ALL, ids=lambda weight: Path(weight.inside).name)
def test_every_model_is_the_one_netra_was_tested_with(weight: weights.Weights) -> None:
    path = weights.find(weight)
    assert path.name == Path(weight.inside).name
    assert weights.sha256_of(path) == weight.sha256


def test_models_are_found_without_importing_their_packages() -> None:
    program = (
        "import sys\n"
        "from vision.engine import weights\n"
        "paths = [weights.find(weight) for weight in weights.ALL]\n"
        "assert all(path.is_file() for path in paths)\n"
        "print(*sorted({'mediapipe', 'face_recognition_models', 'cv2', 'openvino'} & set(sys.modules)))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ""


def test_a_model_file_of_a_package_is_found(package: weights.Weights) -> None:
    assert weights.find(package).read_bytes() == b"a model"


def test_a_changed_model_file_is_refused(package: weights.Weights) -> None:
    path = weights.find(package)
    path.write_bytes(b"b model")
    with pytest.raises(ModelError) as caught:
        weights.find(package)
    for part in (str(path), package.sha256, hashlib.sha256(b"b model").hexdigest(), "invented_models", "make setup"):
        assert part in str(caught.value)


def test_a_missing_model_file_is_named(package: weights.Weights) -> None:
    path = weights.find(package)
    path.unlink()
    with pytest.raises(ModelError, match="make setup") as caught:
        weights.find(package)
    assert str(path) in str(caught.value)


def test_a_missing_package_is_named() -> None:
    missing = replace(weights.FACE_DETECTOR, package="netra_has_no_such_package")
    with pytest.raises(ModelError, match=r"netra_has_no_such_package is not installed.*make setup"):
        weights.find(missing)


def test_a_recipe_changes_with_each_of_its_parts() -> None:
    one, other = weights.FACE_DETECTOR, weights.FACE_EMBEDDER
    names = [
        weights.recipe_id(one),
        weights.recipe_id(other),
        weights.recipe_id(one, other),
        weights.recipe_id(other, one),
        weights.recipe_id(one, other, "padding 0.25"),
    ]
    assert len(set(names)) == len(names)
    assert weights.recipe_id(one, other) == weights.recipe_id(one, other)
    assert all(name.startswith("recipe:") and len(name) == len("recipe:") + 16 for name in names)
    assert weights.recipe_id(one) == weights.recipe_id(one.sha256), "a file is named by what is in it"


def test_a_size_free_detector_says_at_its_own_size_what_the_released_one_says(
    detector: tuple[weights.Weights, runtime.Network], rng: np.random.Generator
) -> None:
    weight, any_size = detector
    batch = rng.random((1, 12, 12, 3), dtype=np.float32).repeat(16, axis=1).repeat(16, axis=2)  # 192 x 192
    heads = sorted(any_size(batch), key=lambda head: -head.shape[1])  # the finest first, as the anchors are numbered
    for released in runtime.tflite(weights.find(weight), 1, outputs=2)(batch):
        values = released.shape[-1]
        of_this = [head for head in heads if (head.shape[-1] < 16) == (values == 1)]
        rows = np.concatenate([head.reshape(1, -1, values) for head in of_this], axis=1)
        assert rows == pytest.approx(released, abs=1e-3)


@pytest.mark.parametrize("size", [(32, 32), (384, 96)])
def test_the_feature_maps_of_a_size_free_detector_follow_the_picture(
    detector: tuple[weights.Weights, runtime.Network], size: tuple[int, int]
) -> None:
    weight, any_size = detector
    heads = any_size(np.zeros((1, *size, 3), np.float32))
    strides = {weights.FACE_DETECTOR: {4}, weights.PALM_DETECTOR: {8, 16}}[weight]
    assert {(head.shape[1], head.shape[2]) for head in heads} == {(size[0] // s, size[1] // s) for s in strides}
    assert all(np.isfinite(head).all() for head in heads)


def test_a_batch_gives_what_each_picture_gives_alone(landmarks: runtime.Network, rng: np.random.Generator) -> None:
    batch = rng.random((3, 224, 224, 3), dtype=np.float32)
    together = landmarks(batch)
    for index in range(3):
        for one, all_of_them in zip(landmarks(batch[index : index + 1]), together, strict=True):
            assert one[0] == pytest.approx(all_of_them[index], abs=1e-3)


def test_every_network_computes_with_float32_whatever_the_processor_has(
    detector: tuple[weights.Weights, runtime.Network], landmarks: runtime.Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    hint = ov.properties.hint.inference_precision
    for network in (detector[1], landmarks):
        assert network._request.get_compiled_model().get_property(hint) == ov.Type.f32
    # A processor without units for bfloat16 would answer the same unasked, so it is seen to be asked for as well.
    core, asked = runtime._core(), []

    class Listening:
        def compile_model(self, model: ov.Model, device: str, settings: dict[str, object]) -> ov.CompiledModel:
            asked.append({str(name): value for name, value in settings.items()})
            return core.compile_model(model, device, settings)

    monkeypatch.setattr(runtime, "_core", Listening)
    number = op.parameter([1], np.float32)
    (doubled,) = runtime.Network(ov.Model([op.add(number, number)], [number], "twice"), 1)(np.ones(1, np.float32))
    assert doubled == 2
    assert [settings[str(hint())] for settings in asked] == [ov.Type.f32]


def test_outputs_are_not_overwritten_by_the_next_call(landmarks: runtime.Network, rng: np.random.Generator) -> None:
    first = landmarks(rng.random((1, 224, 224, 3), dtype=np.float32))
    before = [output.copy() for output in first]
    landmarks(np.zeros((1, 224, 224, 3), np.float32))
    assert all(np.array_equal(one, other) for one, other in zip(before, first, strict=True))


@pytest.mark.parametrize("content", [b"", b"not a model\n", bytes(range(256)) * 40], ids=["empty", "text", "bytes"])
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "eye.tflite"
    path.write_bytes(content)
    with pytest.raises(ModelError) as caught:
        runtime.tflite(path, 1, outputs=2)
    assert str(path) in str(caught.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"eye\.tflite"):
        runtime.tflite(tmp_path / "eye.tflite", 1, outputs=2)


def test_a_model_with_other_outputs_is_refused() -> None:
    with pytest.raises(ModelError, match=r"expected a model with 1 input and 3 outputs, got 1 and 4.*make setup"):
        runtime.tflite(weights.find(weights.HAND_LANDMARKS), 1, outputs=3)
