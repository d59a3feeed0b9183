"""A face model that an office brings itself: which file it is, who made it, and how it wants to see a face.

    a ``.dat`` file    dlib's 29-layer network with other numbers; it is read as it is
    an ``.onnx`` file  any network that turns one picture of a face into one vector; a TOML file of the same name
                       beside it says how the picture must look

docs/face-models.md tells officers which models fit. Nothing heavy is imported here: the command line knows this
module before a command runs.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from netra.errors import ModelError, UsageError

DAT, ONNX, TOML = ".dat", ".onnx", ".toml"
NOT_STATED: Final = "not stated"
"""What stands for name, licence or source where nobody wrote them down."""

MAX_SIDE: Final = 1024
"""Pixels a side of what a network may want to see; face networks take 96 to 256."""


class FaceModelError(ModelError):
    """The face model that the user named cannot be used: a matter of configuration, so exit code 2.

    ``problems`` holds one line for each mistake.
    """

    exit_code = UsageError.exit_code

    def __init__(self, *problems: str) -> None:
        if not problems:
            raise ValueError("a FaceModelError needs at least one problem, got none")
        self.problems = problems
        super().__init__(*problems)

    def __str__(self) -> str:
        return "\n".join(self.problems)


class Alignment(StrEnum):
    """How a face is turned, scaled and cut out; the values are those of the TOML file."""

    DLIB_CHIP = "dlib-chip"
    ARCFACE_112 = "arcface-112"
    POINTS = "points"


class ColourOrder(StrEnum):
    """In which order a network takes the colours of a pixel."""

    RGB = "rgb"
    BGR = "bgr"


ARCFACE_112: Final = (
    (38.2946, 51.6963),
    (73.5318, 51.5014),
    (56.0252, 71.7366),
    (41.5493, 92.3655),
    (70.7299, 92.2041),
)
"""Where ArcFace and its kin want eyes, nose tip and mouth corners in a picture of 112 x 112: x, y in pixels, the
person's right eye, which is the left one in the picture, first. As in OpenCV's FaceRecognizerSF
(modules/objdetect/src/face_recognize.cpp), made for SFace."""


@dataclass(frozen=True, slots=True)
class NetworkRecipe:
    """What an ONNX face network takes and gives.

    Attributes:
        width, height: of the picture it takes, in pixels.
        colour: the order of a pixel's colours.
        subtract, divide: a colour value of 0 to 255 becomes ``(value - subtract) / divide``; three numbers each, in the
            order of ``colour``.
        alignment: how faces are cut out.
        points_xy: with ``arcface-112`` and ``points``, where the right eye, the left eye, the nose tip and the right
            and left corner of the mouth come to lie in that picture; with ``dlib-chip`` nothing.
        output: the name of the output with the template; empty where the network has one output only.
        template_size: how many numbers a template has.
        normalise: whether templates are scaled to length 1.
    """

    width: int
    height: int
    colour: ColourOrder
    subtract: tuple[float, ...]
    divide: tuple[float, ...]
    alignment: Alignment
    points_xy: tuple[tuple[float, float], ...]
    output: str
    template_size: int
    normalise: bool

    def __post_init__(self) -> None:
        if not (1 <= self.width <= MAX_SIDE and 1 <= self.height <= MAX_SIDE):
            raise ValueError(f"size: expected 1 to {MAX_SIDE} pixels a side, got {self.width} x {self.height}")
        if len(self.subtract) != 3 or len(self.divide) != 3 or 0 in self.divide:
            raise ValueError(f"expected three numbers each, none to divide by 0, got {self.subtract} and {self.divide}")
        if len(self.points_xy) != (0 if self.alignment is Alignment.DLIB_CHIP else 5):
            raise ValueError(f"points_xy: expected five points, or none for dlib-chip, got {self.points_xy}")
        if self.template_size < 1:
            raise ValueError(f"template_size: expected 1 or more, got {self.template_size}")

    @property
    def text(self) -> str:
        """All that changes a template, as one line; part of the id of what the templates are made with."""
        points = " ".join(f"{x:.6g},{y:.6g}" for x, y in self.points_xy)
        scaling = " ".join(f"{value:.9g}" for value in (*self.subtract, *self.divide))
        return (
            f"{self.width}x{self.height} {self.colour} {scaling} {self.alignment} {points} output {self.output} "
            f"{self.template_size} {'length 1' if self.normalise else 'as it is'}"
        )


@dataclass(frozen=True, slots=True)
class FaceModel:
    """A face model file of the user's own, as it was when the command began.

    Attributes:
        path: of the ``.dat`` or ``.onnx`` file.
        sha256: 64 hex digits, of that file.
        name, licence, source: as its TOML file states them, or ``not stated``.
        networks: how to feed an ONNX network; none for dlib's.
    """

    path: Path
    sha256: str
    name: str
    licence: str = NOT_STATED
    source: str = NOT_STATED
    networks: tuple[NetworkRecipe, ...] = ()

    def __post_init__(self) -> None:
        if len(self.networks) > 1 or bool(self.networks) != (self.path.suffix.lower() == ONNX):
            raise ValueError(f"{self.path}: expected one recipe for an .onnx file and none else, got {self.networks}")

    def about(self) -> dict[str, str]:
        """What a record keeps of it."""
        return {
            "file": self.path.name,
            "sha256": "sha256:" + self.sha256,
            "name": self.name,
            "licence": self.licence,
            "source": self.source,
        }


def load_face_model(path: Path) -> FaceModel:
    """What ``--face-model`` names: the weights, or the TOML file beside them.

    Args:
        path: a ``.dat``, an ``.onnx``, or the ``.toml`` of either.

    Raises:
        FaceModelError: a file is missing or not what its TOML file says; one line for each mistake.
    """
    suffix = path.suffix.lower()
    if suffix not in (DAT, ONNX, TOML):
        raise FaceModelError(
            f"{path}: expected a face model that ends in {DAT} or {ONNX}, or the {TOML} file beside it, got "
            f"{suffix or 'no such ending'}. See docs/face-models.md."
        )
    from vision.face_model_file import read_face_model, read_plain_model

    beside = path.with_suffix(TOML)
    if suffix == TOML or beside.is_file():
        return read_face_model(beside if suffix != TOML else path, named=() if suffix == TOML else (path,))
    if suffix == DAT:
        return read_plain_model(path)
    if not path.is_file():
        raise FaceModelError(f"{path}: expected the face model, got no such file; check the name and the folder")
    raise FaceModelError(
        f"{beside}: expected this file beside {path.name}, got no such file. It says how the network wants to see a "
        "face; docs/face-models.md has one to copy."
    )
