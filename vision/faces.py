"""Finds the faces of a photo: MediaPipe's full-range BlazeFace at several sizes, so that a group photo's faces show.

Source: Bazarevsky et al., BlazeFace, 2019; the box decoding follows MediaPipe's face_detection_full_range graph
(stride 4, one anchor a cell, sizes and offsets in input pixels).
"""

from collections.abc import Sequence

import numpy as np

from vision import boxes
from vision.engine import runtime, weights
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Image, Photo

STRIDE = 4
MULTIPLE = 32  # the network halves its input five times
MIN_SCORE = 0.5  # MediaPipe's default min_detection_confidence; its full-range graph cuts at 0.6 all the same
OVERLAP = 0.3  # MediaPipe's min_suppression_threshold
VALUES = 16  # box centre, box size, six keypoints
# The network finds faces of about 10 to 130 pixels of its input (measured on groups, montages and a portrait at nine
# input sizes). So the smallest input finds faces from 5% to 70% of the photo's longest side, and the largest is chosen
# to find a face of 24 pixels of the photo: below that nobody can be told apart.
SMALLEST_SIDE = 192  # MediaPipe's own
SMALLEST_FACE_IN_PHOTO, SMALLEST_FACE_IN_NETWORK = 24, 11
LARGEST_SIDE = 704  # bounds the time for a photo of any size; finds faces from 1.6% of its longest side
# Where faces come out this small there may be smaller ones: one closer look, never beyond the photo's own pixels.
CLOSER_LOOK_UNDER, CLOSER_LOOK, CLOSEST_SIDE = 20, 2.0, 1536
# Pixels a side, at least, that are averaged into one of the input. From 2 on it hardly matters which halves of the
# photo they come from; below, faces near the limit were lost and others won (113 photos).
FINER = 2
_LARGEST_LOGIT = 80.0  # keeps exp() finite in float32


class FaceDetector:
    """The compiled detector; ``threads`` is how many the network may use."""

    def __init__(self, threads: int = 1) -> None:
        self._network = runtime.tflite_any_size(weights.find(weights.FACE_DETECTOR), threads, outputs=2)

    def __call__(self, photo: Photo) -> tuple[Face, ...]:
        """All faces of a photo, largest first."""
        pyramid, longest = Pyramid(photo.pixels), max(photo.pixels.shape[:2])
        found = [self._at_side(pyramid, side) for side in sides_for(longest)]
        closest = min(sides_for(longest)[-1] * CLOSER_LOOK, CLOSEST_SIDE, longest)
        smallest = min((_side(row) for rows in found for row in rows), default=np.inf)
        if smallest * sides_for(longest)[-1] / longest < CLOSER_LOOK_UNDER and closest > sides_for(longest)[-1]:
            found.append(self._at_side(pyramid, round(closest)))
        merged = [_face(row, photo.scale_xy) for row in merge(found)]
        return tuple(sorted(merged, key=lambda face: -float(np.prod(face.box_xyxy[2:] - face.box_xyxy[:2]))))

    def at_size(self, image: Image, canvas_height: int, canvas_width: int) -> Floats:
        """Raw detections with the picture set into one canvas.

        Args:
            image: (h, w, 3) uint8 RGB.
            canvas_height: a multiple of 32.
            canvas_width: a multiple of 32.

        Returns:
            (N, 17) float32 in pixels of ``image``: x0, y0, x1, y1, six keypoints x, y, and the score.
        """
        canvas, placed = boxes.letterbox(image, canvas_height, canvas_width)
        outputs = self._network(canvas[None].astype(np.float32) / np.float32(127.5) - 1)
        regressed, logits = sorted((output[0] for output in outputs), key=lambda head: -head.shape[-1])
        return decode(regressed, logits[..., 0], placed)

    def _at_side(self, pyramid: Pyramid, side: int) -> Floats:
        """Detections in pixels of the picture, with its longest side at least that many pixels of the input."""
        image = pyramid.at(1).image
        rows, columns = boxes.canvas_size(image, side, MULTIPLE)
        level = pyramid.at(FINER * min(rows / image.shape[0], columns / image.shape[1]))
        found = self.at_size(level.image, rows, columns)
        found[:, :VALUES] = level.back(found[:, :VALUES])
        return found


def decode(regressed: Floats, logits: Floats, placed: boxes.Letterbox) -> Floats:
    """Feature maps (h, w, 16) and (h, w) -> (N, 17) detections, as in ``FaceDetector.at_size``."""
    scores = 1 / (1 + np.exp(-np.clip(logits, -_LARGEST_LOGIT, _LARGEST_LOGIT)))
    rows, columns = np.nonzero(scores > MIN_SCORE)
    values = regressed[rows, columns].reshape(-1, VALUES // 2, 2)
    centres = np.stack([columns + 0.5, rows + 0.5], axis=-1)[:, None] * STRIDE
    middle, half = values[:, :1] + centres, values[:, 1:2] / 2
    points = np.concatenate([middle - half, middle + half, values[:, 2:] + centres], axis=1)
    return np.concatenate(
        [placed.back(points).reshape(-1, VALUES), scores[rows, columns][:, None]], axis=1, dtype=np.float32
    )


def sides_for(longest: int) -> tuple[int, ...]:
    """The input sizes for a photo of that longest side, smallest first; each next one about twice as large."""
    largest = min(LARGEST_SIDE, round(longest * SMALLEST_FACE_IN_NETWORK / SMALLEST_FACE_IN_PHOTO))
    sides = [max(SMALLEST_SIDE, largest)]
    while sides[-1] > SMALLEST_SIDE:
        half = sides[-1] // 2
        sides.append(half if half > SMALLEST_SIDE * np.sqrt(2) else SMALLEST_SIDE)
    return tuple(reversed(sides))


def merge(found: Sequence[Floats]) -> Floats:
    """Detections of several input sizes, smallest first, each (N, 17) -> one row a face.

    As in MediaPipe, rows that overlap are averaged by their scores; each next size counts twice as much, since its
    points are twice as fine. The best score is kept.
    """
    rows = np.concatenate(found)
    finer = np.concatenate([np.full(len(each), 2.0**level, np.float32) for level, each in enumerate(found)])
    merged = np.empty((0, rows.shape[1]), np.float32)
    for group in boxes.group_by_overlap(rows[:, :4], rows[:, -1], OVERLAP):
        mean = np.average(rows[group], axis=0, weights=rows[group, -1] * finer[group])
        mean[-1] = rows[group, -1].max()
        merged = np.concatenate([merged, mean[None].astype(np.float32)])
    return merged


def _side(row: Floats) -> float:
    return float(max(row[2] - row[0], row[3] - row[1]))


def _face(row: Floats, scale_xy: Floats) -> Face:
    points = row[:-1].reshape(-1, 2) * scale_xy
    return Face(points[:2].reshape(4), points[2:], float(row[-1]))
