"""Turns aligned faces into templates: numbers that lie close together where two faces are of one person."""

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from netra.errors import ModelError
from vision.align import Aligner, PointAligner
from vision.engine import dlib_net, runtime, weights
from vision.engine.face_network import Wanted, read_face_network
from vision.face_model import Alignment, ColourOrder, FaceModel, FaceModelError
from vision.types import Floats, Image

BATCH = 16  # larger batches were no faster and take more memory
DLIB_CHIP: Final = "dlib chip 150 padding 0.25"
ONNX_WAY: Final = "onnx 1: eyes, nose and twice the mouth's centre; areas from a step of 2; bilinear"
"""How crops are made for an ONNX network; part of its recipe, so it changes whenever the crops would."""


class Embedder(Protocol):
    """A face model: what else there is in netra about identity works on any of them."""

    @property
    def recipe(self) -> str:
        """Names the model and how faces are aligned for it; only templates of one recipe may be compared."""

    def __call__(
        self, image: Image, boxes_xyxy: Sequence[Floats], keypoints_xy: Sequence[Floats]
    ) -> tuple[Floats, Image]:
        """Templates (N, D) float32 of the faces in a picture, and (N, 150, 150, 3) crops to grade them by.

        The crops are dlib's, whatever the model sees, so that quality means the same for every model.
        """


class DlibEmbedder:
    """dlib's face ResNet. It gives dlib's own numbers to about 4e-7, many times as fast.

    Args:
        threads: how many threads the network may use.
        path: another ``.dat`` file of the same network, or none for the one of face_recognition_models.

    Raises:
        FaceModelError: the file of that path is missing or not of this network.
        ModelError: a model file of netra's own is missing or damaged.
    """

    def __init__(self, threads: int = 1, path: Path | None = None) -> None:
        file = weights.find(weights.FACE_EMBEDDER) if path is None else path
        try:
            network = dlib_net.read_network(file)
        except ModelError as error:
            raise error if path is None else FaceModelError(str(error)) from error
        self._network = runtime.residual_net(network, threads)
        self._align = Aligner()
        self._recipe = weights.recipe_id(weights.FACE_DETECTOR, weights.FACE_POINTS, weights.sha256_of(file), DLIB_CHIP)

    @property
    def recipe(self) -> str:
        """See ``Embedder.recipe``."""
        return self._recipe

    def __call__(
        self, image: Image, boxes_xyxy: Sequence[Floats], keypoints_xy: Sequence[Floats] = ()
    ) -> tuple[Floats, Image]:
        """See ``Embedder``; D is 128. dlib places points of its own, so the keypoints have no part in it."""
        del keypoints_xy
        chips = self._align(image, boxes_xyxy)
        return self.templates(chips), chips

    def templates(self, chips: Image) -> Floats:
        """(N, 150, 150, 3) uint8 RGB crops -> (N, 128) float32."""
        batches = (chips[start : start + BATCH] for start in range(0, len(chips), BATCH))
        found = [self._network(batch.transpose(0, 3, 1, 2).astype(np.float32))[0] for batch in batches]
        return np.concatenate([np.empty((0, dlib_net.TEMPLATE_SIZE), np.float32), *found])


class OnnxEmbedder:
    """A face network that an office brought as an ONNX file.

    Args:
        model: with a recipe for its network.
        threads: how many threads the network may use.

    Raises:
        FaceModelError: the file has changed, is no such network, or gives no usable numbers.
        ModelError: a model file of netra's own is missing or damaged.
    """

    def __init__(self, model: FaceModel, threads: int = 1) -> None:
        (self._recipe,) = model.networks
        self._path = model.path
        data = _unchanged(model)
        wanted = Wanted(self._recipe.width, self._recipe.height, self._recipe.output, self._recipe.template_size)
        noise = np.random.default_rng(0).integers(0, 256, (2, wanted.height, wanted.width, 3)).astype(np.uint8)
        try:
            self._network = read_face_network(model.path, data, wanted, self._scaled(noise), threads)
        except ModelError as error:
            raise FaceModelError(str(error)) from error
        self._chips = Aligner()
        self._align: Aligner | PointAligner
        if self._recipe.alignment is Alignment.DLIB_CHIP:
            self._align = Aligner(wanted.width)
        else:
            self._align = PointAligner(self._recipe.points_xy, wanted.width, wanted.height)
        self._id = weights.recipe_id(
            weights.FACE_DETECTOR, weights.FACE_POINTS, model.sha256, DLIB_CHIP, ONNX_WAY, self._recipe.text
        )

    @property
    def recipe(self) -> str:
        """See ``Embedder.recipe``."""
        return self._id

    def __call__(
        self, image: Image, boxes_xyxy: Sequence[Floats], keypoints_xy: Sequence[Floats]
    ) -> tuple[Floats, Image]:
        """See ``Embedder``; D is what the TOML file says.

        Raises:
            FaceModelError: the network gives no usable numbers for a face.
        """
        chips = self._chips(image, boxes_xyxy)
        return self.templates(self.crops(image, boxes_xyxy, keypoints_xy)), chips

    def crops(self, image: Image, boxes_xyxy: Sequence[Floats], keypoints_xy: Sequence[Floats]) -> Image:
        """What the network gets to see of the faces: (N, height, width, 3) uint8 RGB."""
        return self._align(image, keypoints_xy if isinstance(self._align, PointAligner) else boxes_xyxy)

    def templates(self, crops: Image) -> Floats:
        """(N, height, width, 3) uint8 RGB crops -> (N, D) float32.

        Raises:
            FaceModelError: the network gives no usable numbers for a crop.
        """
        batches = (self._scaled(crops[start : start + BATCH]) for start in range(0, len(crops), BATCH))
        size = self._recipe.template_size
        found = np.concatenate([np.empty((0, size), np.float32), *map(self._network, batches)])
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        if not np.isfinite(lengths).all() or (lengths == 0).any():
            raise FaceModelError(
                f"{self._path}: expected {size} usable numbers for every face, got NaN, infinite ones or only zeros "
                "for one. This network cannot be relied on; use another, or none (without --face-model)."
            )
        return np.asarray(found / lengths if self._recipe.normalise else found, np.float32)

    def _scaled(self, crops: Image) -> Floats:
        ordered = crops[..., ::-1] if self._recipe.colour is ColourOrder.BGR else crops
        subtract, divide = np.array(self._recipe.subtract, np.float32), np.array(self._recipe.divide, np.float32)
        return np.asarray((ordered.astype(np.float32) - subtract) / divide, np.float32)


def make_embedder(models: Sequence[FaceModel], threads: int = 1) -> Embedder:
    """The face model in use.

    Args:
        models: the user's own, or none for the one that comes with netra.
        threads: how many threads the network may use.

    Raises:
        FaceModelError: the user's own cannot be used.
        ModelError: a model file of netra's own is missing or damaged.
    """
    for model in models:
        if model.networks:
            return OnnxEmbedder(model, threads)
        _unchanged(model)
        return DlibEmbedder(threads, model.path)
    return DlibEmbedder(threads)


def _unchanged(model: FaceModel) -> bytes:
    """The file's bytes, if they are still those whose sha256 was checked."""
    try:
        data = model.path.read_bytes()
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise FaceModelError(
            f"{model.path}: the face model cannot be read ({reason}); check who may open it"
        ) from error
    if hashlib.sha256(data).hexdigest() != model.sha256:
        raise FaceModelError(f"{model.path}: the face model changed while netra was running. Start the command again.")
    return data
