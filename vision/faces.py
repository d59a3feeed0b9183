"""Finds the faces of a photo: MediaPipe's full-range BlazeFace at several scales, so that a group photo's faces show.

Source: Bazarevsky et al., BlazeFace, 2019; the box decoding follows MediaPipe's face_detection_full_range graph
(stride 4, one anchor a cell, sizes and offsets in input pixels).
"""

from collections.abc import Sequence

import numpy as np

from vision import boxes, face_looks
from vision.engine import runtime, weights
from vision.face_looks import Answer
from vision.looks import Look
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Image, Photo

STRIDE = 4
MIN_SCORE = 0.5  # MediaPipe's default min_detection_confidence
# What only one scale sees must be seen better: of 14 such faces at 0.5 to 0.6 of 182 photos, 11 were hands, letters and
# cloth, while a closer look shows true ones at 0.77 to 0.93. (MediaPipe's full-range graph cuts at 0.6.)
MIN_SCORE_ALONE = 0.7
SUPPORT = 0.4  # what a second scale must answer; 0.5 loses a man under a hat, and nothing false comes in down to here
OVERLAP = 0.3  # MediaPipe's min_suppression_threshold
VALUES = 16  # box centre, box size, six keypoints
_SCORE = VALUES
_LARGEST_LOGIT = 80.0  # keeps exp() finite in float32


class FaceDetector:
    """The compiled detector; ``threads`` is how many the network may use."""

    def __init__(self, threads: int = 1) -> None:
        self._network = runtime.tflite_any_size(weights.find(weights.FACE_DETECTOR), threads, outputs=2)

    def __call__(self, photo: Photo) -> tuple[Face, ...]:
        """All faces of a photo, largest first."""
        height, width = photo.pixels.shape[:2]
        pyramid = Pyramid(photo.pixels)
        looks = list(face_looks.whole_looks(width, height))
        found = [self._look(pyramid, look) for look in looks]
        asking = [rows[rows[:, _SCORE] > face_looks.ASKS] for rows in found]
        closer = face_looks.closer_looks(answers(asking), width, height, looks[-1].scale, answers(found))
        found += [self._look(pyramid, look) for look in closer]
        scales = [look.scale for look in (*looks, *closer)]
        merged = [_face(row, photo.scale_xy) for row in merge(found, scales)]
        return tuple(sorted(merged, key=lambda face: -float(np.prod(face.box_xyxy[2:] - face.box_xyxy[:2]))))

    def at_size(self, image: Image, canvas_height: int, canvas_width: int, least: float = MIN_SCORE) -> Floats:
        """Raw detections with the picture set into one canvas.

        Args:
            image: (h, w, 3) uint8 RGB.
            canvas_height: a multiple of 32.
            canvas_width: a multiple of 32.
            least: the score above which detections are kept.

        Returns:
            (N, 17) float32 in pixels of ``image``: x0, y0, x1, y1, six keypoints x, y, and the score.
        """
        canvas, placed = boxes.letterbox(image, canvas_height, canvas_width)
        outputs = self._network(canvas[None].astype(np.float32) / np.float32(127.5) - 1)
        regressed, logits = sorted((output[0] for output in outputs), key=lambda head: -head.shape[-1])
        return decode(regressed, logits[..., 0], placed, least)

    def _look(self, pyramid: Pyramid, look: Look) -> Floats:
        """(N, 17) detections in pixels of the picture, weak answers among them."""
        cutting = look.cut(pyramid)
        found = self.at_size(cutting.image, *look.canvas_size, face_looks.WHISPERS)
        found[:, :VALUES] = cutting.back(found[:, :VALUES].reshape(-1, VALUES // 2, 2)).reshape(-1, VALUES)
        return found


def decode(regressed: Floats, logits: Floats, placed: boxes.Letterbox, least: float = MIN_SCORE) -> Floats:
    """Feature maps (h, w, 16) and (h, w) -> (N, 17) detections, as in ``FaceDetector.at_size``."""
    scores = 1 / (1 + np.exp(-np.clip(logits, -_LARGEST_LOGIT, _LARGEST_LOGIT)))
    rows, columns = np.nonzero(scores > least)
    values = regressed[rows, columns].reshape(-1, VALUES // 2, 2)
    centres = np.stack([columns + 0.5, rows + 0.5], axis=-1)[:, None] * STRIDE
    middle, half = values[:, :1] + centres, values[:, 1:2] / 2
    points = np.concatenate([middle - half, middle + half, values[:, 2:] + centres], axis=1)
    return np.concatenate(
        [placed.back(points).reshape(-1, VALUES), scores[rows, columns][:, None]], axis=1, dtype=np.float32
    )


def answers(found: Sequence[Floats]) -> list[Answer]:
    """Where any of several looks, each (N, 17), saw something, strong or weak."""
    rows = np.concatenate(found)
    gathered = []
    for group in boxes.group_by_overlap(rows[:, :4], rows[:, _SCORE], OVERLAP):
        x0, y0, x1, y1 = (float(value) for value in np.average(rows[group, :4], axis=0, weights=rows[group, _SCORE]))
        gathered.append(Answer(((x0 + x1) / 2, (y0 + y1) / 2), max(x1 - x0, y1 - y0), float(rows[group, _SCORE].max())))
    return [answer for answer in gathered if answer.side > 0]


def merge(found: Sequence[Floats], scales: Sequence[float]) -> Floats:
    """Detections of several looks, each (N, 17) with the look's scale -> one row a face, (M, 17).

    As in MediaPipe, rows that overlap are averaged by their scores; those of a look twice as fine count twice as much,
    since their points are. The best score is kept; one that a single scale saw counts above
    ``MIN_SCORE_ALONE``.
    """
    seen = [rows[rows[:, _SCORE] > SUPPORT] for rows in found]
    rows = np.concatenate(seen)
    scale = np.concatenate([np.full(len(each), value, np.float32) for each, value in zip(seen, scales, strict=True)])
    merged = np.empty((0, rows.shape[1]), np.float32)
    for group in boxes.group_by_overlap(rows[:, :4], rows[:, _SCORE], OVERLAP):
        best = rows[group, _SCORE].max()
        if best <= MIN_SCORE or (best <= MIN_SCORE_ALONE and len(np.unique(scale[group])) == 1):
            continue
        mean = np.average(rows[group], axis=0, weights=rows[group, _SCORE] * scale[group])
        mean[_SCORE] = best
        merged = np.concatenate([merged, mean[None].astype(np.float32)])
    return merged


def _face(row: Floats, scale_xy: Floats) -> Face:
    points = row[:_SCORE].reshape(-1, 2) * scale_xy
    return Face(points[:2].reshape(4), points[2:], float(row[_SCORE]))
