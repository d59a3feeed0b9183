"""Finds palms in a picture: MediaPipe's palm detector at any size.

Source: Zhang et al., MediaPipe Hands, 2020; the box decoding follows MediaPipe's palm_detection graph (two anchors a
cell at stride 8 and six at stride 16, all of one size; offsets in input pixels).
"""

import numpy as np

from vision import boxes
from vision.engine import runtime, weights
from vision.types import Floats, Image

STRIDES = (8, 16)
# MediaPipe's default is 0.5. A palm's score swings with its size in the input (one hand: 0.17 and 0.96), so doubtful
# ones go on to the landmark network, which judges presence: 1 to 5 more of 77 shown hands at three input sizes.
MIN_SCORE = 0.4
OVERLAP = 0.3  # MediaPipe's min_suppression_threshold
VALUES = 18  # box centre, box size, seven keypoints
_LARGEST_LOGIT = 80.0  # keeps exp() finite in float32; MediaPipe clips at 100


class PalmDetector:
    """The compiled detector; ``threads`` is how many the network may use."""

    def __init__(self, threads: int = 1) -> None:
        self._network = runtime.tflite_any_size(weights.find(weights.PALM_DETECTOR), threads, outputs=4)

    def __call__(self, image: Image, canvas_height: int, canvas_width: int, least: float = MIN_SCORE) -> Floats:
        """Palms, with the picture set into one canvas.

        Args:
            image: (h, w, 3) uint8 RGB.
            canvas_height: a multiple of 32.
            canvas_width: a multiple of 32.
            least: the score above which palms are kept.

        Returns:
            (N, 19) float32 in pixels of ``image``: x0, y0, x1, y1, seven keypoints x, y (the wrist, the knuckles of
            index, middle, ring and little finger, two of the thumb), and the score. They may still overlap.
        """
        canvas, placed = boxes.letterbox(image, canvas_height, canvas_width)
        outputs = [output[0] for output in self._network(canvas[None].astype(np.float32) / np.float32(255))]
        finest = max(output.shape[0] for output in outputs)
        found = []
        for stride in STRIDES:
            rows = finest * STRIDES[0] // stride
            values, logits = sorted((o for o in outputs if o.shape[0] == rows), key=lambda head: -head.shape[-1])
            found.append(decode(values, logits, stride, placed, least))
        return np.concatenate(found)


def decode(values: Floats, logits: Floats, stride: int, placed: boxes.Letterbox, least: float = MIN_SCORE) -> Floats:
    """Feature maps (h, w, anchors * 18) and (h, w, anchors) of one stride -> (N, 19), as in ``PalmDetector``."""
    height, width, anchors = logits.shape
    scores = 1 / (1 + np.exp(-np.clip(logits, -_LARGEST_LOGIT, _LARGEST_LOGIT)))
    rows, columns, which = np.nonzero(scores > least)
    offsets = values.reshape(height, width, anchors, VALUES // 2, 2)[rows, columns, which]
    centres = np.stack([columns + 0.5, rows + 0.5], axis=-1)[:, None] * stride
    middle, half = offsets[:, :1] + centres, offsets[:, 1:2] / 2
    points = np.concatenate([middle - half, middle + half, offsets[:, 2:] + centres], axis=1)
    kept = scores[rows, columns, which]
    return np.concatenate([placed.back(points).reshape(-1, VALUES), kept[:, None]], axis=1, dtype=np.float32)


def merge(palms: Floats) -> Floats:
    """(N, 19) -> (M, 19): overlapping palms averaged by their scores, best score kept, best first."""
    merged = np.empty((0, palms.shape[1]), np.float32)
    for group in boxes.group_by_overlap(palms[:, :4], palms[:, -1], OVERLAP):
        mean = np.average(palms[group], axis=0, weights=palms[group, -1])
        mean[-1] = palms[group, -1].max()
        merged = np.concatenate([merged, mean[None].astype(np.float32)])
    return merged
