"""The user's own face model: which file it is, and each mistake of its description as one line."""

import hashlib
import pickle
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from netra.errors import ModelError, UsageError
from vision.face_model import (
    ARCFACE_112,
    NOT_STATED,
    Alignment,
    ColourOrder,
    FaceModel,
    FaceModelError,
    NetworkRecipe,
    load_face_model,
)

if TYPE_CHECKING:
    from tests.conftest import FaceModelWriter

RECIPE = NetworkRecipe(
    112, 112, ColourOrder.RGB, (0, 0, 0), (1, 1, 1), Alignment.ARCFACE_112, ARCFACE_112, "", 128, normalise=True
)
POINTS = "points = [[38, 51], [74, 51], [56, 72], [41, 92], [71, 92]]"


def problems(load: Callable[[], object]) -> tuple[str, ...]:
    with pytest.raises(FaceModelError) as caught:
        load()
    assert all("\n" not in line for line in caught.value.problems)
    return caught.value.problems


def test_a_model_is_named_by_itself_or_by_its_description(face_model: "FaceModelWriter") -> None:
    path = face_model()
    model = load_face_model(path)
    assert load_face_model(path.with_suffix(".toml")) == model
    assert (model.path, model.name, model.licence) == (path, "Jaringan kecil", "CC0-1.0")
    assert model.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert model.about() == {
        "file": "kecil.onnx",
        "sha256": f"sha256:{model.sha256}",
        "name": "Jaringan kecil",
        "licence": "CC0-1.0",
        "source": "dibuat oleh uji ini",
    }
    (recipe,) = model.networks
    assert (recipe.width, recipe.height, recipe.colour, recipe.points_xy) == (112, 112, ColourOrder.RGB, ARCFACE_112)
    assert (recipe.subtract, recipe.divide, recipe.template_size, recipe.normalise) == (
        (127.5,) * 3,
        (128,) * 3,
        64,
        True,
    )


def test_a_dat_file_needs_no_description_and_may_have_one(tmp_path: Path) -> None:
    path = tmp_path / "wajah asia.dat"
    path.write_bytes(b"numbers")
    sha256 = hashlib.sha256(b"numbers").hexdigest()
    assert load_face_model(path) == FaceModel(path, sha256, "wajah asia.dat")
    assert load_face_model(path).about()["licence"] == NOT_STATED
    names = 'name = "Wajah Asia"\nlicence = "CC0-1.0"\nsource = "x"\n'
    described = f'[model]\nfile = "wajah asia.dat"\nsha256 = "{sha256}"\n{names}'
    path.with_suffix(".toml").write_text(described)
    assert load_face_model(path) == FaceModel(path, sha256, "Wajah Asia", "CC0-1.0", "x")
    path.with_suffix(".toml").write_text(described + "[input]\nsize = [150, 150]\n")
    (line,) = problems(lambda: load_face_model(path))
    assert "wajah asia.toml:7: input: expected a key that netra knows" in line


def test_own_points_replace_the_named_ones(face_model: "FaceModelWriter") -> None:
    path = face_model(
        "a", b"", ('alignment = "arcface-112"', f'alignment = "points"\n{POINTS}'), ("[112, 112]", "[112, 96]")
    )
    (recipe,) = load_face_model(path).networks
    assert (recipe.width, recipe.height, recipe.points_xy[4]) == (112, 96, (71, 92))
    (chip,) = load_face_model(face_model("b", b"", ('"arcface-112"', '"dlib-chip"'))).networks
    assert chip.points_xy == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('licence = "CC0-1.0"\n', "", 1, "model.licence: expected the key 'licence', got nothing"),
        ('licence = "CC0-1.0"', 'license = "CC0-1.0"', 5, "did you mean 'licence'?"),
        ('licence = "CC0-1.0"', 'licence = ""', 5, "text that is not empty"),
        ('file = "kecil.onnx"', 'file = "../kecil.onnx"', 2, "in the same folder"),
        ('file = "kecil.onnx"', 'file = "besar.onnx"', 2, "another model than the kecil.onnx"),
        ('file = "kecil.onnx"', 'file = "kecil.pb"', 2, "expected the name of a .dat or .onnx file"),
        ('sha256 = "', 'sha256 = "zz', 3, "64 digits from 0 to 9 and a to f"),
        ("size = [112, 112]", "size = [112]", 9, "two whole numbers, width and height"),
        ("size = [112, 112]", "size = [112, 0]", 9, "1 or more"),
        ("size = [112, 112]", "size = [5000, 112]", 9, "1024 or less"),
        ("size = [112, 112]", "size = [128, 128]", 9, "[112, 112] with arcface-112"),
        ('colour = "rgb"', 'colour = "grey"', 10, 'expected "rgb" or "bgr", got "grey"'),
        ("subtract = [127.5, 127.5, 127.5]", "subtract = [127.5]", 11, "three numbers, got a list of 1"),
        ("subtract = [127.5, 127.5, 127.5]", 'subtract = ["a", 1, 1]', 11, "a number without quotes"),
        ("subtract = [127.5, 127.5, 127.5]", "subtract = [nan, 0, 0]", 11, "numbers of a usual size"),
        ("divide = [128, 128, 128]", "divide = [128, 0, 128]", 12, "numbers other than 0"),
        ('alignment = "arcface-112"', 'alignment = "arcface"', 13, '"dlib-chip" or "arcface-112" or "points"'),
        ('alignment = "arcface-112"', 'alignment = "points"', 13, "a line that begins with `points =`"),
        ('alignment = "arcface-112"', f'alignment = "arcface-112"\n{POINTS}', 14, "no points with"),
        ('alignment = "arcface-112"', 'alignment = "points"\npoints = [[1, 2]]', 14, "five different points"),
        (
            'alignment = "arcface-112"',
            'alignment = "points"\npoints = [[1, 2], [1, 2], [3, 4], [5, 6], [7, 8]]',
            14,
            "five different points",
        ),
        (
            'alignment = "arcface-112"',
            'alignment = "points"\npoints = [[1, 2], [113, 2], [3, 4], [5, 6], [7, 8]]',
            14,
            "five different points within 112 x 112",
        ),
        ("size = 64", "size = 0", 16, "1 or more"),
        ("normalise = true", 'normalise = "ya"', 17, "true or false without quotes"),
        ("normalise = true", "", 15, "the key 'normalise'"),
    ],
)
def test_each_mistake_is_a_line_with_its_place(
    face_model: "FaceModelWriter", old: str, new: str, line: int, words: str
) -> None:
    path = face_model("kecil", b"", (old, new))
    found = [each for each in problems(lambda: load_face_model(path)) if words in each]
    assert len(found) == 1
    assert found[0].startswith(f"{path.with_suffix('.toml')}:{line}: ")


def test_all_mistakes_are_told_at_once(face_model: "FaceModelWriter") -> None:
    path = face_model("a", b"", ('colour = "rgb"', 'colour = "x"'), ("size = 64", "size = -1"), ("divide", "teilen"))
    assert len(problems(lambda: load_face_model(path))) == 4  # the unknown key, and the one that is missing for it


def test_another_file_than_the_described_one_is_refused(face_model: "FaceModelWriter") -> None:
    path = face_model()
    path.write_bytes(path.read_bytes() + b"\0")
    (line,) = problems(lambda: load_face_model(path))
    assert re.search(
        r"kecil\.toml:3: model\.sha256: expected the sha256 of .*kecil\.onnx, got [0-9a-f]{64}; that", line
    )
    assert hashlib.sha256(path.read_bytes()).hexdigest() in line


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("model.pt", "ends in .dat or .onnx"),
        ("model", "ends in .dat or .onnx"),
        ("tidak-ada.onnx", "expected the face model, got no such file"),
        ("tidak-ada.dat", "expected the face model, got no such file"),
        ("tidak-ada.toml", "expected the description of the face model, got no such file"),
    ],
)
def test_a_file_that_is_no_model_is_refused(tmp_path: Path, name: str, words: str) -> None:
    (line,) = problems(lambda: load_face_model(tmp_path / name))
    assert words in line
    assert name in line


def test_a_network_without_its_description_is_refused(face_model: "FaceModelWriter") -> None:
    path = face_model()
    path.with_suffix(".toml").unlink()
    (line,) = problems(lambda: load_face_model(path))
    assert line.startswith(f"{path.with_suffix('.toml')}: expected this file beside kecil.onnx, got no such file")
    assert "docs/face-models.md" in line


def test_a_description_whose_network_is_missing_is_refused(face_model: "FaceModelWriter") -> None:
    path = face_model()
    path.unlink()
    (line,) = problems(lambda: load_face_model(path.with_suffix(".toml")))
    assert "kecil.toml:2: model.file: expected a file that exists in the same folder" in line


def test_the_error_is_one_of_configuration_and_crosses_to_another_process() -> None:
    error = FaceModelError("a: one", "a: two")
    assert isinstance(error, ModelError)
    assert error.exit_code == UsageError.exit_code == 2
    again = pickle.loads(pickle.dumps(error))
    assert (again.problems, str(again)) == (error.problems, "a: one\na: two")
    with pytest.raises(ValueError, match="at least one"):
        FaceModelError()


@pytest.mark.parametrize(
    "change",
    [
        {"width": 96, "height": 96},
        {"colour": ColourOrder.BGR},
        {"subtract": (0, 0, 1)},
        {"divide": (1, 2, 1)},
        {"points_xy": (*ARCFACE_112[:4], (70, 92))},
        {"alignment": Alignment.POINTS},
        {"alignment": Alignment.DLIB_CHIP, "points_xy": ()},
        {"output": "fc1"},
        {"template_size": 512},
        {"normalise": False},
    ],
    ids=" ".join,
)
def test_whatever_changes_a_template_changes_the_text(change: dict[str, Any]) -> None:
    assert replace(RECIPE, **change).text != RECIPE.text


@pytest.mark.parametrize(
    "change",
    [
        {"width": 0},
        {"height": 5000},
        {"subtract": (0, 0)},
        {"divide": (1, 0, 1)},
        {"points_xy": ARCFACE_112[:4]},
        {"alignment": Alignment.DLIB_CHIP},
        {"template_size": 0},
    ],
    ids=" ".join,
)
def test_a_recipe_that_cannot_be_is_refused_at_birth(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        replace(RECIPE, **change)


def test_a_recipe_belongs_to_a_network_of_onnx() -> None:
    with pytest.raises(ValueError, match="one recipe"):
        FaceModel(Path("a.onnx"), "0" * 64, "a")
    with pytest.raises(ValueError, match="one recipe"):
        FaceModel(Path("a.dat"), "0" * 64, "a", networks=(RECIPE,))
