"""Turns aligned faces into templates: numbers that lie close together where two faces are of one person."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from vision.align import Aligner
from vision.engine import dlib_net, runtime, weights
from vision.types import Floats, Image

BATCH = 16  # larger batches were no faster and take more memory


class Embedder(Protocol):
    """A face model: what else there is in netra about identity works on any of them."""

    @property
    def recipe(self) -> str:
        """Names the model and how faces are aligned for it; only templates of one recipe may be compared."""

    def __call__(self, image: Image, boxes_xyxy: Sequence[Floats]) -> tuple[Floats, Image]:
        """Templates (N, D) float32 of the faces in those boxes of a picture, and the (N, side, side, 3) crops."""


class DlibEmbedder:
    """dlib's face ResNet. It gives dlib's own numbers to about 4e-7, many times as fast.

    Args:
        threads: how many threads the network may use.
        path: another ``.dat`` file of the same network, or none for the one of face_recognition_models.

    Raises:
        ModelError: the file is missing or not of this network.
    """

    def __init__(self, threads: int = 1, path: Path | None = None) -> None:
        file = weights.find(weights.FACE_EMBEDDER) if path is None else path
        self._network = runtime.residual_net(dlib_net.read_network(file), threads)
        self._align = Aligner()
        self._recipe = weights.recipe_id(
            weights.FACE_DETECTOR, weights.FACE_POINTS, weights.sha256_of(file), "dlib chip 150 padding 0.25"
        )

    @property
    def recipe(self) -> str:
        """See ``Embedder.recipe``."""
        return self._recipe

    def __call__(self, image: Image, boxes_xyxy: Sequence[Floats]) -> tuple[Floats, Image]:
        """See ``Embedder``; D is 128, the crops are 150 pixels a side."""
        chips = self._align(image, boxes_xyxy)
        return self.templates(chips), chips

    def templates(self, chips: Image) -> Floats:
        """(N, 150, 150, 3) uint8 RGB crops -> (N, 128) float32."""
        batches = (chips[start : start + BATCH] for start in range(0, len(chips), BATCH))
        found = [self._network(batch.transpose(0, 3, 1, 2).astype(np.float32))[0] for batch in batches]
        return np.concatenate([np.empty((0, dlib_net.TEMPLATE_SIZE), np.float32), *found])
