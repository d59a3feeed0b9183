"""The model files: inside which installed package each lies, and the sha256 it must have.

Nothing is downloaded. The packages are located without importing them: importing mediapipe takes seconds.
"""

import hashlib
import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from netra.errors import ModelError


@dataclass(frozen=True, slots=True)
class Weights:
    """One model file of an installed package.

    Attributes:
        package: the import name of the package that holds it.
        inside: the path inside that package, with forward slashes.
        sha256: 64 hex digits, of the file in the pinned version of the package.
        licence: SPDX name of the licence the authors gave the weights.
        source: where the authors describe it.
    """

    package: str
    inside: str
    sha256: str
    licence: str
    source: str


FACE_DETECTOR = Weights(
    "mediapipe",
    "modules/face_detection/face_detection_full_range_sparse.tflite",
    "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
    "Apache-2.0",
    "MediaPipe Face Detection (Full Range) model card: mediapipe-assets, BlazeFace full-range sparse",
)
PALM_DETECTOR = Weights(
    "mediapipe",
    "modules/palm_detection/palm_detection_full.tflite",
    "1b14e9422c6ad006cde6581a46c8b90dd573c07ab7f3934b5589e7cea3f89a54",
    "Apache-2.0",
    "MediaPipe Hands model card (Lite/Full), 2021",
)
HAND_LANDMARKS = Weights(
    "mediapipe",
    "modules/hand_landmark/hand_landmark_full.tflite",
    "11c272b891e1a99ab034208e23937a8008388cf11ed2a9d776ed3d01d0ba00e3",
    "Apache-2.0",
    "MediaPipe Hands model card (Lite/Full), 2021",
)
POSE_LANDMARKS = Weights(
    "mediapipe",
    "modules/pose_landmark/pose_landmark_full.tflite",
    "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    "Apache-2.0",
    "MediaPipe BlazePose GHUM 3D model card (Lite/Full/Heavy), 2021",
)
FACE_EMBEDDER = Weights(
    "face_recognition_models",
    "models/dlib_face_recognition_resnet_model_v1.dat",
    "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    "CC0-1.0",
    "davisking/dlib-models, dlib_face_recognition_resnet_model_v1",
)
FACE_POINTS = Weights(
    "face_recognition_models",
    "models/shape_predictor_5_face_landmarks.dat",
    "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    "CC0-1.0",
    "davisking/dlib-models, shape_predictor_5_face_landmarks",
)
SYMBOL_READER = Weights(
    "vision",
    "engine/symbol_reader.npz",
    "ab041a5d71dc24707a041da8df96937e311f3570ef75b1dede7705a6d9679a87",
    "Apache-2.0",
    "netra's own: docs/symbol-reader.md",
)
ALL = (FACE_DETECTOR, PALM_DETECTOR, HAND_LANDMARKS, POSE_LANDMARKS, SYMBOL_READER, FACE_EMBEDDER, FACE_POINTS)


def find(weights: Weights) -> Path:
    """Where the model file lies on this computer, once its sha256 has been checked.

    Raises:
        ModelError: the package is not installed, or the file is missing or not the expected one.
    """
    spec = find_spec(weights.package)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(
            f"the Python package {weights.package} is not installed; it holds {Path(weights.inside).name}. "
            "Run the installation again (make setup)."
        )
    path = Path(spec.submodule_search_locations[0]).joinpath(*weights.inside.split("/"))
    found = sha256_of(path)
    if found != weights.sha256:
        raise ModelError(
            f"{path}: this is not the model netra was tested with; expected sha256 {weights.sha256}, got {found}. "
            f"Install the pinned version of {weights.package} again (make setup)."
        )
    return path


def sha256_of(path: Path) -> str:
    """64 hex digits of a model file.

    Raises:
        ModelError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{path}: this model file cannot be read ({os.strerror(error.errno or 0)}). Check the path, or run the "
            "installation again (make setup)."
        ) from error


def recipe_id(*parts: Weights | str) -> str:
    """A short name of the models and settings that made a result: ``recipe:`` and 16 hex digits.

    A template may only be compared with templates of the same recipe.
    """
    text = "\n".join(part if isinstance(part, str) else part.sha256 for part in parts)
    return "recipe:" + hashlib.sha256(text.encode()).hexdigest()[:16]
