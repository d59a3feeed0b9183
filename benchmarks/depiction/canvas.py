"""A photo put together from layers, with the truth about each face: where, whose, how much of it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from benchmarks.depiction.actors import Box, Pixels

Matrix = NDArray[np.float64]
SEEN = 0.85
"""Share of a face's box that must show for the face to be judged."""


@dataclass(frozen=True, slots=True)
class TrueFace:
    """A face as it was put into a photo.

    Attributes:
        box_xyxy: pixels of the photo.
        who: number of the person.
        depicted: the face of a picture; somebody present otherwise.
        target: the face a case is about.
        reference: which reference photo the picture was made from, or -1.
        panel: which part of a collage it is in.
    """

    box_xyxy: Box
    who: int
    depicted: bool = False
    target: bool = False
    reference: int = -1
    panel: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """Something to be laid onto a photo.

    Attributes:
        pixels: (h, w, 3) uint8 RGB.
        alpha: (h, w) uint8, 255 where it hides what is behind.
        faces: with boxes in its own pixels.
    """

    pixels: Pixels
    alpha: Pixels
    faces: tuple[TrueFace, ...] = ()

    @classmethod
    def solid(cls, pixels: Pixels, faces: Sequence[TrueFace] = ()) -> "Layer":
        """A layer that hides all behind it."""
        return cls(pixels, np.full(pixels.shape[:2], 255, np.uint8), tuple(faces))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def mirrored(self) -> "Layer":
        """Left and right exchanged."""
        width = self.pixels.shape[1]
        faces = [replace(each, box_xyxy=_mirror(each.box_xyxy, width)) for each in self.faces]
        return Layer(self.pixels[:, ::-1].copy(), self.alpha[:, ::-1].copy(), tuple(faces))

    def cropped(self, box: tuple[int, int, int, int]) -> "Layer":
        """What lies in a box of whole pixels."""
        x0, y0, x1, y1 = box
        faces = [
            replace(each, box_xyxy=_moved(each.box_xyxy, np.array([[1, 0, -x0], [0, 1, -y0], [0, 0, 1.0]])))
            for each in self.faces
        ]
        inside = [
            f for f in faces if 0 <= sum(f.box_xyxy[::2]) / 2 < x1 - x0 and 0 <= sum(f.box_xyxy[1::2]) / 2 < y1 - y0
        ]
        return Layer(self.pixels[y0:y1, x0:x1].copy(), self.alpha[y0:y1, x0:x1].copy(), tuple(inside))

    def resized(self, width: int, height: int) -> "Layer":
        """At another size."""
        matrix = np.diag([width / self.size[0], height / self.size[1], 1.0])
        how = cv2.INTER_AREA if width < self.size[0] else cv2.INTER_CUBIC
        pixels = np.asarray(cv2.resize(self.pixels, (width, height), interpolation=how), np.uint8)
        alpha = np.asarray(cv2.resize(self.alpha, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        return Layer(pixels, alpha, tuple(replace(f, box_xyxy=_moved(f.box_xyxy, matrix)) for f in self.faces))


class Canvas:
    """A photo in the making.

    Args:
        ground: (h, w, 3) uint8 RGB, what is behind everything.
    """

    def __init__(self, ground: Pixels) -> None:
        self.pixels: Pixels = ground.copy()
        self._top = np.zeros(ground.shape[:2], np.int16)
        self._faces: list[tuple[int, TrueFace]] = []
        self._count = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def paint(self, layer: Layer, matrix: Matrix) -> None:
        """Lay something on top. matrix: (3, 3), from the layer's pixels to the photo's."""
        self._count += 1
        scale = _scale_of(matrix, layer.size)
        if scale < 0.8:  # warping skips pixels where it makes things smaller
            w, h = layer.size
            layer = layer.resized(max(8, round(w * scale)), max(8, round(h * scale)))
            matrix = matrix @ np.diag([w / layer.size[0], h / layer.size[1], 1.0])
        quad = corners(matrix, layer.size)
        x0, y0 = (int(v) for v in np.clip(np.floor(quad.min(0)), 0, self.size))
        x1, y1 = (int(v) for v in np.clip(np.ceil(quad.max(0)), 0, self.size))
        if x1 > x0 and y1 > y0:
            here = np.s_[y0:y1, x0:x1]
            local = placed(-x0, -y0, 1.0) @ matrix
            size = (x1 - x0, y1 - y0)
            pixels = cv2.warpPerspective(layer.pixels, local, size, borderMode=cv2.BORDER_REPLICATE)
            alpha = np.asarray(cv2.warpPerspective(layer.alpha, local, size))
            share = alpha[..., None].astype(np.float32) / 255
            self.pixels[here] = self.pixels[here] * (1 - share) + pixels * share + 0.5
            self._top[here][alpha > 127] = self._count
        for face in layer.faces:
            self._faces.append((self._count, replace(face, box_xyxy=_moved(face.box_xyxy, matrix))))

    def faces(self) -> tuple[TrueFace, ...]:
        """Those of which enough shows."""
        return tuple(face for layer, face in self._faces if self._seen(layer, face.box_xyxy) >= SEEN)

    def _seen(self, layer: int, box: Box) -> float:
        x0, y0, x1, y1 = (round(v) for v in box)
        w, h = x1 - x0, y1 - y0
        x0, x1, y0, y1 = x0 + w // 8, x1 - w // 8, y0 + h // 8, y1 - h // 8  # a box's corners are not the face
        whole = max(1, (x1 - x0) * (y1 - y0))
        shown = self._top[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)]
        return float((shown == layer).sum()) / whole

    def layer(self) -> Layer:
        """The photo so far, as a layer of another."""
        return Layer.solid(self.pixels, self.faces())


def placed(x: float, y: float, scale: float, turn: float = 0.0) -> Matrix:
    """Layer's pixels to the photo's: scaled, turned by degrees about its origin, and moved."""
    c, s = np.cos(np.radians(turn)) * scale, np.sin(np.radians(turn)) * scale
    return np.array([[c, -s, x], [s, c, y], [0, 0, 1.0]])


def leaning(
    size: tuple[int, int],
    angles: tuple[float, float, float],
    scale: float,
    at: tuple[float, float],
    on: tuple[float, float],
) -> Matrix:
    """A flat thing seen from the side.

    Args:
        size: of the layer.
        angles: degrees about the vertical, the horizontal and the line of sight.
        scale: photo's pixels a layer's pixel at the layer's point ``on``.
        at: where the point ``on`` comes to lie in the photo.
    """
    w, h = size
    yaw, pitch, roll = np.radians(angles)
    ry = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    rx = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    rz = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    turn = rz @ rx @ ry
    away = 2.2 * max(w, h)
    flat = np.array([[1, 0, -w / 2], [0, 1, -h / 2], [0, 0, 0], [0, 0, 1.0]])
    pose = np.eye(4)
    pose[:3, :3], pose[2, 3] = turn, away
    view = np.array([[away, 0, 0, 0], [0, away, 0, 0], [0, 0, 1.0, 0]])
    matrix = view @ pose @ flat
    x, y, z = matrix @ np.array([*on, 1.0])
    near = matrix @ np.array([on[0] + 1, on[1] + 1, 1.0])
    size_here = np.hypot(near[0] / near[2] - x / z, near[1] / near[2] - y / z) / np.sqrt(2)
    zoom = scale / size_here
    return np.asarray(
        np.array([[zoom, 0, at[0] - zoom * x / z], [0, zoom, at[1] - zoom * y / z], [0, 0, 1.0]]) @ matrix
    )


def corners(matrix: Matrix, size: tuple[int, int]) -> NDArray[np.float64]:
    """(4, 2): where a layer's corners come to lie, from its upper left one clockwise."""
    w, h = size
    return _through(matrix, np.array([[0, 0], [w, 0], [w, h], [0, h]], float))


def _through(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    seen = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    return np.asarray(seen[:, :2] / seen[:, 2:])


def _moved(box: Box, matrix: Matrix) -> Box:
    x0, y0, x1, y1 = box
    points = _through(matrix, np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], float))
    (a, b), (c, d) = points.min(0), points.max(0)
    return float(a), float(b), float(c), float(d)


def _mirror(box: Box, width: int) -> Box:
    return width - box[2], box[1], width - box[0], box[3]


def _scale_of(matrix: Matrix, size: tuple[int, int]) -> float:
    quad = corners(matrix, size)
    return float(np.sqrt(abs(cv2.contourArea(quad.astype(np.float32))) / (size[0] * size[1])))
