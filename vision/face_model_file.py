"""The TOML file of a face model at the border: TOML to frozen types, every mistake named at once with its line.

    [model]                              [input]                        [output]
    file = "sface.onnx"                  size = [112, 112]              size = 128
    sha256 = "0ba9..."                   colour = "rgb"                 normalise = true
    name = "SFace"                       subtract = [0, 0, 0]           name = "fc1"    # where there are several
    licence = "Apache-2.0"               divide = [1, 1, 1]
    source = "where it comes from"       alignment = "arcface-112"      # or "dlib-chip", or "points" with points = ...

For a ``.dat`` file of dlib's network the tables input and output have no meaning and must not be there.
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import Field

from netra.errors import ConfigError, ModelError
from netra.toml_file import Located, TomlFile, raise_problems, read_toml, shown
from netra.toml_table import Table
from vision.engine.weights import sha256_of
from vision.face_model import (
    ARCFACE_112,
    DAT,
    MAX_SIDE,
    ONNX,
    Alignment,
    ColourOrder,
    FaceModel,
    FaceModelError,
    NetworkRecipe,
)

ARCFACE_SIDE: Final = 112
MAX_BYTES: Final = 1024**3
"""Face networks take 5 to 260 MB, and every worker holds one; what is larger is some other file, named by mistake."""

MAX_TEMPLATE: Final = 4096
"""Face networks give 128 to 512 numbers; the covariance of so many takes their square."""

_SHA256: Final = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)

_Text = Annotated[str, Field(min_length=1)]
_Side = Annotated[int, Field(ge=1, le=MAX_SIDE)]


class _Model(Table):
    file: _Text
    sha256: _Text
    name: _Text
    licence: _Text
    source: _Text


class _Input(Table):
    size: list[_Side]
    colour: _Text
    subtract: list[float]
    divide: list[float]
    alignment: _Text
    points: list[list[float]] = Field(default_factory=list)


class _Output(Table):
    size: Annotated[int, Field(ge=1, le=MAX_TEMPLATE)]
    normalise: bool
    name: _Text = ""


class _OnnxDocument(Table):
    model: _Model
    input: _Input
    output: _Output


class _DatDocument(Table):
    model: _Model


def read_plain_model(path: Path) -> FaceModel:
    """A ``.dat`` file without a TOML file.

    Raises:
        FaceModelError: it cannot be read.
    """
    return FaceModel(path, _sha256_of(path), path.name)


def read_face_model(path: Path, named: tuple[Path, ...] = ()) -> FaceModel:
    """A TOML file and the model it speaks of, whose sha256 is checked.

    Args:
        path: of the TOML file.
        named: the model file that the user named, where it was not the TOML file.

    Raises:
        FaceModelError: one line for each mistake, or the model file is missing or another one.
    """
    try:
        return _read(path, named)
    except ConfigError as error:
        raise FaceModelError(*error.problems) from error


def _read(path: Path, named: tuple[Path, ...]) -> FaceModel:
    file = read_toml(path, "description of the face model")
    is_dat = any(Path(name).suffix.lower() == DAT for _, name in _texts(file, "model", "file"))
    dats: tuple[_DatDocument, ...] = ()
    onnxs: tuple[_OnnxDocument, ...] = ()
    if is_dat:
        dats, problems = file.validate(_DatDocument)
    else:
        onnxs, problems = file.validate(_OnnxDocument)
    problems += [*_file(file, named), *_sha256(file), *_words(file), *_numbers(file), *_points(file)]
    raise_problems(problems)
    documents: list[_DatDocument | _OnnxDocument] = [*dats, *onnxs]
    head = documents[0].model
    model_path, expected = path.parent / head.file, _digits(head.sha256)
    found = _sha256_of(model_path)
    if found != expected:
        _, problem = file.problem(
            ("model", "sha256"),
            f"the sha256 of {model_path}",
            expected,
            f"that file has {found}: it is damaged or another one, so get it again",
        )
        raise FaceModelError(problem)
    recipes = tuple(_recipe(document) for document in onnxs)
    return FaceModel(model_path, found, head.name, head.licence, head.source, recipes)


def _recipe(document: _OnnxDocument) -> NetworkRecipe:
    wanted, given = document.input, document.output
    alignment = Alignment(wanted.alignment)
    points = {Alignment.ARCFACE_112: ARCFACE_112, Alignment.POINTS: tuple((x, y) for x, y in wanted.points)}
    return NetworkRecipe(
        width=wanted.size[0],
        height=wanted.size[1],
        colour=ColourOrder(wanted.colour),
        subtract=tuple(wanted.subtract),
        divide=tuple(wanted.divide),
        alignment=alignment,
        points_xy=points.get(alignment, ()),
        output=given.name,
        template_size=given.size,
        normalise=given.normalise,
    )


def _sha256_of(path: Path) -> str:
    if not path.is_file():
        raise FaceModelError(f"{path}: expected the face model, got no such file; check the name and the folder")
    if path.stat().st_size > MAX_BYTES:
        raise FaceModelError(
            f"{path}: expected the face model, got more than {MAX_BYTES // 1024**3} GiB; is it this file?"
        )
    try:
        return sha256_of(path)
    except ModelError as error:
        raise FaceModelError(str(error)) from error


def _texts(file: TomlFile, *key: str) -> Iterator[tuple[Any, str]]:
    return ((at, value.strip()) for at, value in file.find(*key) if isinstance(value, str) and value.strip())


def _digits(sha256: str) -> str:
    found = _SHA256.fullmatch(sha256)
    return found[1].lower() if found else ""


def _file(file: TomlFile, named: tuple[Path, ...]) -> Iterator[Located]:
    for at, name in _texts(file, "model", "file"):
        if Path(name).name != name or Path(name).suffix.lower() not in (DAT, ONNX):
            yield file.problem(at, f"the name of a {DAT} or {ONNX} file in the same folder", shown(name))
        elif any(other.name != name for other in named):
            advice = f"this file describes another model than the {named[0].name} that was named"
            yield file.problem(at, f'"{named[0].name}"', shown(name), advice)
        elif not (file.path.parent / name).is_file():
            yield file.problem(at, "a file that exists in the same folder", shown(name), "check its spelling")


def _sha256(file: TomlFile) -> Iterator[Located]:
    for at, value in _texts(file, "model", "sha256"):
        if not _digits(value):
            advice = "`sha256sum FILE` prints them; on Windows `certutil -hashfile FILE SHA256`"
            yield file.problem(at, "64 digits from 0 to 9 and a to f", shown(value), advice)


def _words(file: TomlFile) -> Iterator[Located]:
    for key, words in (("colour", ColourOrder), ("alignment", Alignment)):
        for at, value in _texts(file, "input", key):
            if value not in list(words):
                yield file.problem(at, " or ".join(f'"{word}"' for word in words), shown(value))


def _numbers(file: TomlFile) -> Iterator[Located]:
    for at, value in file.find("input", "size"):
        if isinstance(value, list) and len(value) != 2:
            yield file.problem(at, "two whole numbers, width and height", shown(value), "such as [112, 112]")
    for key in ("subtract", "divide"):
        for at, value in file.find("input", key):
            numbers = value if isinstance(value, list) else []
            if isinstance(value, list) and len(value) != 3:
                advice = "one for each colour, in the order of colour"
                yield file.problem(at, "three numbers", shown(value), advice)
            if any(_is_number(each) and (not math.isfinite(each) or abs(each) > 1e6) for each in numbers):
                yield file.problem(at, "numbers of a usual size", f"the list {numbers}")
            if key == "divide" and any(_is_number(each) and each == 0 for each in numbers):
                yield file.problem(
                    at, "numbers other than 0", f"the list {numbers}", "write 1 to leave values as they are"
                )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _points(file: TomlFile) -> Iterator[Located]:
    alignments = [value for _, value in _texts(file, "input", "alignment")]
    alignment = alignments[0] if alignments else ""
    sizes = [value for _, value in file.find("input", "size") if isinstance(value, list) and len(value) == 2]
    size = sizes[0] if sizes and all(type(side) is int for side in sizes[0]) else [MAX_SIDE, MAX_SIDE]
    if sizes and alignment == Alignment.ARCFACE_112 and size != [ARCFACE_SIDE, ARCFACE_SIDE]:
        advice = 'for another size write alignment = "points" and the five points'
        yield file.problem(("input", "size"), "[112, 112] with arcface-112", f"the list {size}", advice)
    if sizes and alignment == Alignment.DLIB_CHIP and size[0] != size[1]:
        yield file.problem(("input", "size"), "a square with dlib-chip", f"the list {size}")
    given = list(file.find("input", "points"))
    if alignment == Alignment.POINTS and not given:
        advice = "right eye, left eye, nose tip, right and left corner of the mouth, such as [[38.3, 51.7], ...]"
        yield file.problem(("input", "alignment"), "a line that begins with `points =`", "none", advice)
    for at, value in given:
        if alignment in (Alignment.ARCFACE_112, Alignment.DLIB_CHIP):
            yield file.problem(at, f'no points with alignment = "{alignment}"', shown(value), "take the line away")
        elif isinstance(value, list) and not _are_five_points(value, size):
            advice = "right eye, left eye, nose tip, right and left corner of the mouth, as [x, y] in pixels"
            yield file.problem(at, f"five different points within {size[0]} x {size[1]} pixels", shown(value), advice)


def _are_five_points(points: list[Any], size: list[int]) -> bool:
    pairs = [point for point in points if isinstance(point, list) and len(point) == 2 and all(map(_is_number, point))]
    inside = all(0 <= x <= size[0] and 0 <= y <= size[1] for x, y in pairs)
    return len(points) == len(pairs) == 5 and inside and len({tuple(pair) for pair in pairs}) == 5
