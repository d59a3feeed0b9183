"""Templates are dlib's own numbers."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import dlib
import face_recognition
import numpy as np
import pytest
from face_recognition_models import face_recognition_model_location

from netra.errors import ModelError
from vision.align import BOX_SIDE
from vision.embed import BATCH, DlibEmbedder, Embedder, OnnxEmbedder, make_embedder
from vision.engine import dlib_net, weights
from vision.face_model import FaceModelError, load_face_model
from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.types import Floats, Image

if TYPE_CHECKING:
    from tests.conftest import FaceModelWriter, Onnx

InventedPhotos = list[tuple[Path, dict[str, Any]]]
NEAR = 1e-5  # of templates of length one; dlib's own kernels differ by as much from one processor to the next


@pytest.fixture(scope="module")
def embedder() -> DlibEmbedder:
    return DlibEmbedder()


@pytest.fixture(scope="module")
def dlibs_own() -> Any:
    return dlib.face_recognition_model_v1(face_recognition_model_location())


def made_up_chips(rng: np.random.Generator, count: int) -> Image:
    """Crops of noise, of one colour, of stripes and of clouds: what no face looks like, where errors would show."""
    chips = np.empty((count, 150, 150, 3), np.uint8)
    for index in range(count):
        cells = int(rng.choice([1, 3, 8, 30, 150]))
        small = rng.integers(0, 256, (cells, cells if index % 3 else 1, 3), dtype=np.uint8)
        chips[index] = cv2.resize(small, (150, 150), interpolation=int(rng.choice([0, 1, 2])))
    return chips


def faces_of(invented_photos: InventedPhotos, most: int) -> list[tuple[Image, list[Floats]]]:
    """Photos with the boxes of the faces found in them."""
    detector = FaceDetector()
    found: list[tuple[Image, list[Floats]]] = []
    for path, truth in invented_photos[::3]:
        if truth["people"] and sum(len(boxes) for _, boxes in found) < most:
            photo = load_photo(path)
            found.append((photo.pixels, [face.box_xyxy / photo.scale_xy[0] for face in detector(photo)]))
    return found


def test_it_is_an_embedder(embedder: DlibEmbedder) -> None:
    one: Embedder = embedder
    assert one.recipe.startswith("recipe:")


def test_templates_of_any_crop_are_dlibs_own(embedder: DlibEmbedder, dlibs_own: Any, rng: np.random.Generator) -> None:
    chips = made_up_chips(rng, 12)
    expected = np.array([dlibs_own.compute_face_descriptor(chip) for chip in chips])
    templates = embedder.templates(chips)
    assert templates.dtype == np.float32
    assert templates.shape == (12, 128)
    assert np.abs(templates - expected).max() < NEAR


def test_templates_of_invented_faces_are_dlibs_own(
    invented_photos: InventedPhotos, embedder: DlibEmbedder, dlibs_own: Any
) -> None:
    found = [embedder(pixels, boxes) for pixels, boxes in faces_of(invented_photos, most=20)]
    templates, chips = (np.concatenate(parts) for parts in zip(*found, strict=True))
    assert len(chips) >= 20
    expected = np.array([dlibs_own.compute_face_descriptor(chip) for chip in chips[:20]])
    assert np.abs(templates[:20] - expected).max() < NEAR


def test_a_box_gives_the_template_that_face_recognition_gives_it(
    embedder: DlibEmbedder, rng: np.random.Generator
) -> None:
    clouds = cv2.resize(rng.integers(0, 256, (15, 20, 3), dtype=np.uint8), (400, 300), interpolation=cv2.INTER_CUBIC)
    for x, y, half in ((120, 130, 40), (260, 160, 55), (200, 90, 33)):
        location = (y - half, x + half, y + half, x - half)  # top, right, bottom, left
        (expected,) = face_recognition.face_encodings(clouds, [location], num_jitters=1, model="small")
        reach = half / BOX_SIDE
        box = np.array([x - reach, y - reach, x + reach, y + reach], np.float32)
        templates, _ = embedder(np.asarray(clouds, np.uint8), [box])
        assert np.abs(templates[0] - expected).max() < NEAR


def test_no_faces_give_no_templates(embedder: DlibEmbedder) -> None:
    templates, chips = embedder(np.zeros((60, 60, 3), np.uint8), [])
    assert templates.shape == (0, 128)
    assert chips.shape == (0, 150, 150, 3)


def test_a_face_has_the_same_template_in_any_batch(embedder: DlibEmbedder, rng: np.random.Generator) -> None:
    chips = made_up_chips(rng, BATCH + 3)
    together = embedder.templates(chips)
    assert together.shape == (BATCH + 3, 128)
    for index in (0, BATCH - 1, BATCH, BATCH + 2):
        assert embedder.templates(chips[index : index + 1])[0] == pytest.approx(together[index], abs=1e-6)


def test_another_file_of_the_network_gives_another_recipe(
    embedder: DlibEmbedder, tmp_path: Path, rng: np.random.Generator
) -> None:
    own = weights.find(weights.FACE_EMBEDDER)
    copy, changed = tmp_path / "copy.dat", tmp_path / "changed.dat"
    shutil.copyfile(own, copy)
    data = bytearray(own.read_bytes())
    projection = dlib_net.read_network(own).projection
    start = data.index(projection.tobytes())
    data[start : start + projection.nbytes] = (projection * np.float32(0.5)).tobytes()
    changed.write_bytes(data)
    chips = made_up_chips(rng, 2)
    same, other = DlibEmbedder(path=copy), DlibEmbedder(path=changed)
    assert same.recipe == embedder.recipe, "a file is known by what is in it"
    assert other.recipe != embedder.recipe
    assert other.templates(chips) == pytest.approx(embedder.templates(chips) / 2, abs=1e-6)


def test_a_missing_face_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"asian faces\.dat"):
        DlibEmbedder(path=tmp_path / "asian faces.dat")


# --- a face model of one's own -----------------------------------------------------------------------------------


def own(path: Path) -> OnnxEmbedder:
    embedder = make_embedder([load_face_model(path)])
    assert isinstance(embedder, OnnxEmbedder)
    return embedder


def crops(rng: np.random.Generator, count: int, side: int = 112) -> Image:
    return rng.integers(0, 256, (count, side, side, 3), dtype=np.uint8)


def expected(chips: Image, *, bgr: bool = False, subtract: float = 127.5, divide: float = 128) -> Floats:
    """What the network of ``Onnx.face_network`` makes of crops, in numpy; length 1."""
    scaled = (chips[..., ::-1] if bgr else chips).astype(np.float32)
    scaled = (scaled - np.float32(subtract)) / np.float32(divide)
    means = scaled.reshape(len(chips), 14, 8, 14, 8, 3).mean(axis=(2, 4)).transpose(0, 3, 1, 2)
    found = means.reshape(len(chips), -1) @ (np.random.default_rng(7).normal(size=(588, 64)) / 14)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def test_colours_and_scale_are_those_of_the_description(
    face_model: "FaceModelWriter", rng: np.random.Generator
) -> None:
    chips = crops(rng, BATCH + 3)
    assert own(face_model("a")).templates(chips) == pytest.approx(expected(chips), abs=1e-5)
    blue_first = own(face_model("b", b"", ('"rgb"', '"bgr"')))
    assert blue_first.templates(chips) == pytest.approx(expected(chips, bgr=True), abs=1e-5)
    plain = own(face_model("c", b"", ("[127.5, 127.5, 127.5]", "[0, 0, 0]"), ("[128, 128, 128]", "[1, 1, 1]")))
    assert plain.templates(chips) == pytest.approx(expected(chips, subtract=0, divide=1), abs=1e-5)


def test_templates_are_scaled_to_length_one_only_where_asked(
    face_model: "FaceModelWriter", rng: np.random.Generator
) -> None:
    chips = crops(rng, 3)
    as_it_is = own(face_model("a", b"", ("normalise = true", "normalise = false"))).templates(chips)
    lengths = np.linalg.norm(as_it_is, axis=1)
    assert np.abs(lengths - 1).min() > 0.005
    assert as_it_is / lengths[:, None] == pytest.approx(expected(chips), abs=1e-5)


def test_the_recipe_follows_the_file_and_whatever_changes_a_template(
    face_model: "FaceModelWriter", onnx: "type[Onnx]", embedder: DlibEmbedder
) -> None:
    points = "points = [[38, 51], [74, 51], [56, 72], [41, 92], [71, 92]]"
    changes: list[tuple[str, str]] = [
        ('"rgb"', '"bgr"'),
        ("[127.5, 127.5, 127.5]", "[127.5, 127.5, 127]"),
        ("[128, 128, 128]", "[127.5, 128, 128]"),
        ('"arcface-112"', '"dlib-chip"'),
        ('"arcface-112"', f'"points"\n{points}'),
        ("normalise = true", "normalise = false"),
    ]
    recipes = [own(face_model(f"m{i}", b"", change)).recipe for i, change in enumerate(changes)]
    recipes += [own(face_model("a")).recipe, own(face_model("b", onnx.face_network(seed=8))).recipe, embedder.recipe]
    assert len(set(recipes)) == len(recipes)
    same = own(face_model("c", b"", ("Jaringan kecil", "Nama lain")))
    assert same.recipe == own(face_model("a")).recipe, "a name changes no template"


def test_a_face_is_cut_out_as_described_and_graded_by_dlibs_crop(
    face_model: "FaceModelWriter", embedder: DlibEmbedder, invented_photos: InventedPhotos
) -> None:
    photo = load_photo(next(path for path, truth in invented_photos if len(truth["people"]) == 1))
    (face,) = FaceDetector()(photo)
    boxes, keypoints = [face.box_xyxy / photo.scale_xy[0]], [face.keypoints_xy / photo.scale_xy]
    _, dlib_chips = embedder(photo.pixels, boxes)
    by_points, by_chip = own(face_model("a")), own(face_model("b", b"", ('"arcface-112"', '"dlib-chip"')))
    for each in (by_points, by_chip):
        templates, chips = each(photo.pixels, boxes, keypoints)
        assert np.array_equal(chips, dlib_chips)
        seen = each.crops(photo.pixels, boxes, keypoints)
        assert seen.shape == (1, 112, 112, 3)
        assert templates == pytest.approx(expected(seen), abs=1e-5)
    small = cv2.resize(dlib_chips[0], (112, 112), interpolation=cv2.INTER_AREA).astype(np.float32)
    chip = by_chip.crops(photo.pixels, boxes, keypoints)[0].astype(np.float32)
    assert np.corrcoef(small.ravel(), chip.ravel())[0, 1] > 0.98


def test_no_faces_give_no_templates_of_its_length(face_model: "FaceModelWriter") -> None:
    templates, chips = own(face_model())(np.zeros((60, 60, 3), np.uint8), [], [])
    assert templates.shape == (0, 64)
    assert chips.shape == (0, 150, 150, 3)


def test_numbers_of_no_use_for_a_face_are_an_error(face_model: "FaceModelWriter", onnx: "type[Onnx]") -> None:
    nodes = [
        onnx.node("AveragePool", ["x"], ["a"], kernel_shape=[8, 8], strides=[8, 8]),
        onnx.node("Flatten", ["a"], ["f"], axis=1),
        onnx.node("Gemm", ["f", "w"], ["g"]),
        onnx.node("ReduceL2", ["g"], ["l"], axes=[1], keepdims=1),
        onnx.node("Div", ["g", "l"], ["y"]),
    ]
    ends = [onnx.value("x", ["N", 3, 112, 112])], [onnx.value("y", ["N", 64])]
    weights_ = np.random.default_rng(7).normal(size=(588, 64))
    path = face_model("a", onnx.model(nodes, [onnx.tensor("w", weights_)], *ends), ("127.5, 127.5, 127.5", "0, 0, 0"))
    black = np.zeros((1, 112, 112, 3), np.uint8)  # its length is 0, so the network divides by 0
    with pytest.raises(FaceModelError, match=r"a\.onnx: expected 64 usable numbers for every face, got NaN"):
        own(path).templates(black)


@pytest.mark.parametrize("load", [own, lambda path: make_embedder([load_face_model(path)])], ids=["own", "make"])
def test_a_network_that_does_not_fit_its_description_is_an_error_of_configuration(
    face_model: "FaceModelWriter", load: Callable[[Path], object]
) -> None:
    with pytest.raises(FaceModelError, match="gives 64 numbers") as caught:
        load(face_model("a", b"", ("size = 64", "size = 128")))
    assert caught.value.exit_code == 2


def test_a_file_that_changes_after_the_command_began_is_refused(face_model: "FaceModelWriter", tmp_path: Path) -> None:
    path = face_model()
    model = load_face_model(path)
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(FaceModelError, match="changed while netra was running"):
        make_embedder([model])
    path.unlink()
    with pytest.raises(FaceModelError, match="cannot be read"):
        make_embedder([model])
    other = tmp_path / "lain.dat"
    other.write_text("bukan jaringan")
    with pytest.raises(FaceModelError, match=r"lain\.dat: this is not dlib's 29-layer face network"):
        make_embedder([load_face_model(other)])
