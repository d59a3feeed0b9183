import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import pytest

from netra.errors import PhotoError
from vision import analyse
from vision.analyse import Analyser
from vision.engine import weights
from vision.face_model import load_face_model
from vision.photo_limits import LONGEST_SIDE
from vision.types import Image

if TYPE_CHECKING:
    from tests.conftest import FaceModelWriter

InventedPhotos = list[tuple[Path, dict[str, Any]]]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


def written(path: Path, pixels: Image) -> Path:
    assert cv2.imwrite(str(path), pixels)
    return path


def test_nothing_is_loaded_before_it_is_needed() -> None:
    program = (
        "from vision.analyse import Analyser\n"
        "analyser = Analyser()\n"
        "analyser.models\n"
        "print(*sorted(name for name in vars(analyser) if name not in ('_threads', '_face_models')))\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ""


def test_the_models_in_use_are_named_with_their_hashes(analyser: Analyser) -> None:
    models = analyser.models
    assert len(models) == len(weights.ALL)
    for weight in weights.ALL:
        assert models[Path(weight.inside).name] == "sha256:" + weights.sha256_of(weights.find(weight))


def test_a_face_model_of_ones_own_takes_the_place_of_the_usual_one(
    analyser: Analyser, invented_photos: InventedPhotos, face_model: "FaceModelWriter"
) -> None:
    model = load_face_model(face_model())
    own = Analyser(face_models=[model])
    assert own.models["kecil.onnx"] == "sha256:" + model.sha256
    assert Path(weights.FACE_EMBEDDER.inside).name not in own.models
    assert len(own.models) == len(analyser.models)
    assert own.model_id != analyser.model_id
    path = invented_photos[0][0]
    (_, usual), (_, other) = analyser.read_file(path), own.read_file(path)
    assert {each.template.shape for each in other} == {(64,)}
    for one, again in zip(usual, other, strict=True):
        assert one.quality == again.quality, "quality means the same for every model"
        assert np.array_equal(one.face.box_xyxy, again.face.box_xyxy)
    with pytest.raises(ValueError, match="one at most"):
        Analyser(face_models=[model, model])


def test_the_recipe_is_the_embedders_and_stays(analyser: Analyser) -> None:
    assert analyser.model_id.startswith("recipe:")
    assert analyser.model_id == Analyser(threads=2).model_id


def test_a_reading_is_known_by_the_model_and_by_the_code(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def id_with(code: str) -> str:
        (tmp_path / "faces.py").write_text(code)
        analyse._code_id.cache_clear()
        return analyser.reading_id

    usual = analyser.reading_id
    assert usual.startswith(analyser.model_id)
    assert usual == Analyser(threads=2).reading_id
    monkeypatch.setattr(analyse, "__file__", str(tmp_path / "analyse.py"))
    try:
        assert len({usual, id_with("LEAST = 0.5"), id_with("LEAST = 0.6")}) == 3
        assert id_with("LEAST = 0.5") == id_with("LEAST = 0.5")
    finally:
        analyse._code_id.cache_clear()


def test_a_photo_of_nobody_has_neither_faces_nor_hands(analyser: Analyser, tmp_path: Path) -> None:
    path = written(tmp_path / "langit.png", np.full((480, 640, 3), (200, 150, 90), np.uint8))
    photo, faces = analyser.read_file(path)
    assert (photo.width, photo.height) == (640, 480)
    assert faces == ()
    assert analyser.read_hands(photo, []) == ()


def test_a_bad_file_is_a_photo_error(analyser: Analyser, tmp_path: Path) -> None:
    path = tmp_path / "surat.jpg"
    path.write_bytes(b"bukan foto\n")
    with pytest.raises(PhotoError, match=r"surat\.jpg"):
        analyser.read_file(path)


def test_a_file_gives_readings_that_fit_together(invented_photos: InventedPhotos, analyser: Analyser) -> None:
    path, truth = max(invented_photos, key=lambda each: len(each[1]["hands"]))
    photo, readings = analyser.read_file(path)
    assert len(readings) >= len(truth["people"]) - 1
    sizes = [float(np.prod(each.face.box_xyxy[2:] - each.face.box_xyxy[:2])) for each in readings]
    assert sizes == sorted(sizes, reverse=True)
    for reading in readings:
        assert reading.template.shape == (128,)
        assert reading.quality.size == pytest.approx(
            float((reading.face.box_xyxy[2:] - reading.face.box_xyxy[:2]).max())
        )
    hands = analyser.read_hands(photo, [each.face for each in readings])
    assert hands
    assert all(index < len(readings) for hand in hands for index in hand.people)


def test_the_same_photo_is_read_the_same_twice(invented_photos: InventedPhotos, analyser: Analyser) -> None:
    path = invented_photos[0][0]
    results = []
    for _ in range(2):
        photo, readings = analyser.read_file(path)
        hands = analyser.read_hands(photo, [each.face for each in readings])
        results.append((readings, hands))
    (faces, hands), (other_faces, other_hands) = results
    for one, other in zip(faces, other_faces, strict=True):
        assert np.array_equal(one.template, other.template)
        assert np.array_equal(one.face.box_xyxy, other.face.box_xyxy)
    for hand, again in zip(hands, other_hands, strict=True):
        assert np.array_equal(hand.hand.keypoints_xy, again.hand.keypoints_xy)
        assert (hand.symbols, hand.people) == (again.symbols, again.people)


def test_a_photo_far_larger_than_needed_is_read_smaller_but_measured_whole(
    invented_photos: InventedPhotos, analyser: Analyser, tmp_path: Path
) -> None:
    path = next(path for path, truth in invented_photos if len(truth["people"]) == 1)
    pixels = cv2.imread(str(path))
    times = LONGEST_SIDE * 2 / max(pixels.shape[:2])
    enlarged = np.asarray(cv2.resize(pixels, None, fx=times, fy=times, interpolation=cv2.INTER_LINEAR), np.uint8)
    (face,) = analyser.read_file(path)[1]
    photo, (large,) = analyser.read_file(written(tmp_path / "besar.jpg", enlarged))
    assert max(photo.pixels.shape) < max(enlarged.shape)
    side = float(large.face.box_xyxy[2] - large.face.box_xyxy[0])
    assert np.abs(large.face.box_xyxy - face.face.box_xyxy * times).max() < 0.15 * side


def test_most_hands_that_show_a_symbol_are_given_to_their_person(
    invented_photos: InventedPhotos, analyser: Analyser
) -> None:
    right = wrong = unsure = 0
    for path, truth in invented_photos[::3]:
        shown = [each for each in truth["hands"] if each["symbol"] and each["person"] is not None]
        if not shown:
            continue
        photo, readings = analyser.read_file(path)
        hands = analyser.read_hands(photo, [each.face for each in readings])
        for each in shown:
            points = np.array(each["keypoints"], np.float32)
            near = [hand for hand in hands if np.linalg.norm(hand.hand.keypoints_xy - points, axis=1).mean() < 20]
            if not near:
                continue
            x, y, width, height = truth["people"][each["person"]]["box"]
            middle = np.array([x + width / 2, y + height / 2])
            for index in near[0].people:
                box = readings[index].face.box_xyxy
                hit = bool((box[:2] < middle).all() and (middle < box[2:]).all())
                right, wrong = right + hit, wrong + (not hit)
            unsure += not near[0].people
    # A guard against getting worse: when it was written, 42 were right, 2 wrong and 17 left open.
    assert right >= 12
    assert wrong <= 0.1 * right
    assert unsure <= 0.6 * right
