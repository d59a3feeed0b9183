"""Templates are dlib's own numbers."""

import shutil
from pathlib import Path
from typing import Any

import cv2
import dlib
import face_recognition
import numpy as np
import pytest
from face_recognition_models import face_recognition_model_location

from netra.errors import ModelError
from vision.align import BOX_SIDE
from vision.embed import BATCH, DlibEmbedder, Embedder
from vision.engine import dlib_net, weights
from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.types import Floats, Image

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
