"""Plain geometry of boxes and of pictures set into a canvas. Boxes are float ``xyxy`` rows."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Floats, Image


def iou(box_xyxy: Floats, boxes_xyxy: Floats) -> Floats:
    """Intersection over union of one box (4,) with each of (N, 4) -> (N,) from 0 to 1."""
    low = np.maximum(box_xyxy[:2], boxes_xyxy[:, :2])
    high = np.minimum(box_xyxy[2:4], boxes_xyxy[:, 2:4])
    shared = np.clip(high - low, 0, None).prod(axis=1)
    whole = (box_xyxy[2:4] - box_xyxy[:2]).prod() + (boxes_xyxy[:, 2:4] - boxes_xyxy[:, :2]).prod(axis=1) - shared
    return np.asarray(shared / np.maximum(whole, np.finfo(np.float32).tiny), np.float32)


def group_by_overlap(boxes_xyxy: Floats, scores: Floats, overlap: float) -> list[NDArray[np.intp]]:
    """Groups of row numbers: each begins with the best score left, and takes all left that overlap with that one.

    It is how MediaPipe's weighted non-maximum suppression gathers what it then averages.
    """
    left = np.argsort(-scores, kind="stable")
    groups = []
    while left.size:
        near = iou(boxes_xyxy[left[0]], boxes_xyxy[left]) > overlap
        near[0] = True
        groups.append(left[near])
        left = left[~near]
    return groups


@dataclass(frozen=True, slots=True)
class Letterbox:
    """How a picture was set into the middle of a canvas: canvas = picture * scale + offset_xy."""

    scale: float
    offset_xy: tuple[float, float]

    def back(self, points_xy: Floats) -> Floats:
        """(..., 2) points of the canvas -> points of the picture."""
        return np.asarray((points_xy - np.array(self.offset_xy, np.float32)) / np.float32(self.scale), np.float32)


def letterbox(image: Image, canvas_height: int, canvas_width: int) -> tuple[Image, Letterbox]:
    """The picture as large as it fits, in the middle of a black canvas: what MediaPipe's detectors were fed with.

    Where it grows, pixels are sampled as MediaPipe does (pixel 0 on pixel 0). Where it shrinks to less than a half they
    are averaged, which MediaPipe does not do, or nine pixels in ten of a large photo would not be seen. Shrunk pixels
    lie half a pixel off MediaPipe's grid, which the offset makes up for.
    """
    height, width = image.shape[:2]
    scale = min(canvas_height / height, canvas_width / width)
    if scale >= 1:
        offset_xy = ((canvas_width - width * scale) / 2, (canvas_height - height * scale) / 2)
        matrix = np.array([[scale, 0, offset_xy[0]], [0, scale, offset_xy[1]]], np.float32)
        grown = cv2.warpAffine(image, matrix, (canvas_width, canvas_height), flags=cv2.INTER_LINEAR)
        return np.asarray(grown, np.uint8), Letterbox(scale, offset_xy)
    rows, columns = max(1, round(height * scale)), max(1, round(width * scale))
    top, left = (canvas_height - rows) // 2, (canvas_width - columns) // 2
    canvas = np.zeros((canvas_height, canvas_width, 3), np.uint8)
    method = cv2.INTER_LINEAR if scale >= 0.5 else cv2.INTER_AREA
    canvas[top : top + rows, left : left + columns] = cv2.resize(image, (columns, rows), interpolation=method)
    half = (scale - 1) / 2
    return canvas, Letterbox(scale, (left + half, top + half))
