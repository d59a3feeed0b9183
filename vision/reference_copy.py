"""A reference photo found again in a photo: on a banner, a screen, a shirt, in a post.

Local features around the two faces are matched and must agree on one way to lay the flat reference photo into the
photo. Then the reference is laid there and the two faces compared pixel by pixel: two photos of one person, even of the
same minutes, differ in pose and expression; copies of one photo do not.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.types import Floats, Image

VIEW: Final = 128.0
"""Pixels across the face in the views that features are taken from; small faces are enlarged to it."""
AROUND: Final = (1.3, 1.1, 1.3, 2.2)
"""What is looked at, in faces: to the left of the face, above, to the right, below."""
FEATURES: Final = 700
"""The strongest of a view; a portrait at this size has 200 to 500."""
DISTINCT: Final = 0.8
"""Lowe's ratio: the nearest feature must be so much nearer than the second."""
SPREAD: Final = 3.0
"""Pixels of a view that a matched feature may lie off where the reference photo, laid flat, has it."""
FEWEST: Final = 8
"""Matches that must agree: a homography fits any four."""
ALIKE_EDGES: Final = 0.86
"""Least correlation of the two faces' edges. In 420 photos of candidates who are there, a quarter of them in the
clothes and light of a reference photo, the highest was 0.82."""
SMALL: Final = 48.0
"""Pixels across a face under which two photos of one day look alike, so that more is asked: ``ALIKE_SMALL``."""
ALIKE_SMALL: Final = 0.90
ALIKE_ROUGHLY: Final = 0.72
"""The same of a picture on cloth that folds or far away: it counts only with a rectangle around it."""
ALIKE: Final = 0.50
"""Least correlation of the two faces' brightness: a lamp's reflection or a shadow lies on many pictures."""
LEAST: Final = 0.5
_MARGIN = 0.15  # faces that the faces are compared beyond their boxes
_ECC = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 25, 1e-4)
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class FaceView:
    """A face and what is around it, in grey, at ``VIEW`` pixels, with its features.

    Attributes:
        to_view: (3, 3), from the photo's pixels to the view's.
        face: (4,) the face's box in the view.
        points: (N, 2) float32 places of the features.
        features: (N, 128) float32, RootSIFT.
    """

    grey: NDArray[np.uint8]
    to_view: Matrix
    face: Floats
    points: Floats
    features: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Copy:
    """How a reference photo lies in a photo.

    Attributes:
        quad_xy: (4, 2) float32, where the part of the reference photo that was looked at lies, pixels of the photo.
        matches: features that agree.
        alike: correlation of the faces' brightness, -1 to 1.
        alike_edges: correlation of their edges.
        size: pixels across the face in the photo.
    """

    quad_xy: Floats
    matches: int
    alike: float
    alike_edges: float
    size: float

    @property
    def sure(self) -> bool:
        """Whether it is the same picture."""
        return self.score >= LEAST

    @property
    def rough(self) -> bool:
        """Whether it may be the same picture; who is there looks like that at times."""
        return self.matches >= FEWEST and self.alike >= ALIKE and self.alike_edges >= ALIKE_ROUGHLY

    @property
    def score(self) -> float:
        """0 to 1, ``LEAST`` at the limit."""
        if self.matches < FEWEST or self.alike < ALIKE:
            return 0.0
        least = ALIKE_EDGES if self.size >= SMALL else ALIKE_SMALL
        return float(np.clip(LEAST + (1 - LEAST) * (self.alike_edges - least) / (1 - least), 0, 1))


@dataclass(frozen=True, slots=True, eq=False)
class ReferencePicture:
    """A reference photo, ready to be found again. name: what the caller calls it."""

    name: str
    view: FaceView

    @classmethod
    def of(cls, name: str, pixels: Image, box_xyxy: Floats) -> "ReferencePicture":
        """From its pixels, (h, w, 3) uint8 RGB, and the box of the candidate's face in them."""
        return cls(name, view_of(pixels, box_xyxy))


def view_of(pixels: Image, box_xyxy: Floats) -> FaceView:
    """The surroundings of a face, ready to be compared. box_xyxy: in ``pixels``."""
    height, width = pixels.shape[:2]
    x0, y0, x1, y1 = (float(v) for v in box_xyxy)
    size = max(x1 - x0, y1 - y0)
    left, top = max(0, int(x0 - AROUND[0] * size)), max(0, int(y0 - AROUND[1] * size))
    right, bottom = min(width, int(x1 + AROUND[2] * size) + 1), min(height, int(y1 + AROUND[3] * size) + 1)
    scale = VIEW / size
    part = cv2.cvtColor(pixels[top:bottom, left:right], cv2.COLOR_RGB2GRAY)
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    grey = np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=how), np.uint8)
    sx, sy = grey.shape[1] / (right - left), grey.shape[0] / (bottom - top)
    to_view = np.array([[sx, 0, -left * sx], [0, sy, -top * sy], [0, 0, 1.0]])
    # More features than usual: a small printed face has few, and chance matches fall out later.
    sift = cv2.SIFT.create(nfeatures=FEATURES, contrastThreshold=0.015, edgeThreshold=15)
    found, features = sift.detectAndCompute(grey, np.empty(0))
    points = np.array([each.pt for each in found], np.float32).reshape(-1, 2)
    rooted = np.zeros((0, 128), np.float32)
    if len(found):
        rooted = np.sqrt(features / np.maximum(features.sum(1, keepdims=True), 1e-9))
    face = (np.array([x0, y0, x1, y1]) - [left, top, left, top]) * [sx, sy, sx, sy]
    return FaceView(grey, to_view, face.astype(np.float32), points, np.asarray(rooted, np.float32))


def find_copy(photo: FaceView, reference: FaceView, size: float) -> tuple[Copy, ...]:
    """How a reference photo lies in a photo, or nothing where no way to lay it flat agrees with the features.

    Args:
        photo: the view of the face in the photo.
        reference: the view of the face in the reference photo.
        size: of the face in the photo's own pixels; finer detail than that is not compared.
    """
    if len(photo.points) < FEWEST or len(reference.points) < FEWEST:
        return ()
    alike = photo.features @ reference.features.T
    nearest = np.argpartition(-alike, 1, axis=1)[:, :2]
    pair = np.take_along_axis(alike, nearest, 1)
    order = np.argsort(-pair, axis=1)
    nearest, pair = np.take_along_axis(nearest, order, 1), np.take_along_axis(pair, order, 1)
    away = np.sqrt(np.maximum(2 - 2 * pair, 0))
    distinct = away[:, 0] < DISTINCT * away[:, 1]
    here, there = photo.points[distinct], reference.points[nearest[distinct, 0]]
    if len(here) < FEWEST:
        return ()
    matrix, agree = cv2.findHomography(there, here, cv2.USAC_MAGSAC, SPREAD, maxIters=2000, confidence=0.999)
    if matrix is None or int(agree.sum()) < FEWEST:
        return ()
    matrix = np.asarray(matrix, np.float64)
    if not _flat(matrix, reference.face, photo.face):
        return ()
    ways = (matrix, *_settled(photo, reference, matrix))
    (brightness, outlines), matrix = max(
        ((_likeness(photo, reference, way, size), way) for way in ways), key=_edges_alike
    )
    h, w = reference.grey.shape
    corners = _through(np.linalg.inv(photo.to_view) @ matrix, np.array([[0, 0], [w, 0], [w, h], [0, h]], float))
    if not np.isfinite(corners).all():
        return ()
    return (Copy(corners.astype(np.float32), int(agree.sum()), brightness, outlines, size),)


def _flat(matrix: Matrix, face: Floats, target: Floats) -> bool:
    """Whether the reference's face, laid into the photo, is where the photo's face is, unmirrored, of like size."""
    x0, y0, x1, y1 = (float(v) for v in face)
    quad = _through(matrix, np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]]))
    if not np.isfinite(quad).all() or not cv2.isContourConvex(quad.astype(np.float32)):
        return False
    area = float(cv2.contourArea(quad.astype(np.float32), True))
    whole = float((target[2] - target[0]) * (target[3] - target[1]))
    middle = np.abs(quad.mean(0) - (target[:2] + target[2:]) / 2).max()
    return 0.4 < area / whole < 2.5 and bool(middle < 0.35 * VIEW)


def _edges_alike(way: tuple[tuple[float, float], Matrix]) -> float:
    return way[0][1]


def _settled(photo: FaceView, reference: FaceView, matrix: Matrix) -> tuple[Matrix, ...]:
    """The same way to lay it, refined until the faces' pixels agree best: cloth and foil are not quite flat."""
    window, mask = _window(photo, 0.3)
    part = photo.grey[window]
    shift = np.array([[1, 0, window[1].start], [0, 1, window[0].start], [0, 0, 1.0]])
    start = (np.linalg.inv(matrix) @ shift).astype(np.float32)
    start /= start[2, 2]
    try:
        _, found = cv2.findTransformECC(part, reference.grey, start, cv2.MOTION_HOMOGRAPHY, _ECC, mask, 5)
    except cv2.error:  # it did not converge: then what the features say stands
        return ()
    refined = shift @ np.linalg.inv(np.asarray(found, np.float64))
    return (refined,) if _flat(refined, reference.face, photo.face) else ()


def _likeness(photo: FaceView, reference: FaceView, matrix: Matrix, size: float) -> tuple[float, float]:
    """Correlation of brightness and of edges of the two faces, no finer than the photo's own pixels."""
    window, _ = _window(photo, _MARGIN)
    laid = cv2.warpPerspective(reference.grey, matrix, photo.grey.shape[::-1])
    inside = cv2.warpPerspective(np.full_like(reference.grey, 255), matrix, photo.grey.shape[::-1])[window]
    if inside.mean() < 240:
        return -1.0, -1.0
    coarse = max(1.0, VIEW / size)
    a, b = (_blurred(each[window], 0.9 * coarse) for each in (photo.grey, np.asarray(laid, np.uint8)))
    return _correlation(a, b), _correlation(_outlines(a), _outlines(b))


def _window(view: FaceView, margin: float) -> tuple[tuple[slice, slice], NDArray[np.uint8]]:
    extra = margin * VIEW
    h, w = view.grey.shape
    x0, y0 = max(0, int(view.face[0] - extra)), max(0, int(view.face[1] - extra))
    x1, y1 = min(w, int(view.face[2] + extra)), min(h, int(view.face[3] + extra))
    return (slice(y0, y1), slice(x0, x1)), np.full((y1 - y0, x1 - x0), 255, np.uint8)


def _blurred(grey: NDArray[np.uint8], sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(grey.astype(np.float32), (0, 0), sigma), np.float32)


def _outlines(grey: Floats) -> Floats:
    return np.asarray(np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1)), np.float32)


def _correlation(a: Floats, b: Floats) -> float:
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(float(np.sqrt((a * a).sum() * (b * b).sum())), 1e-9))


def _through(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    moved = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(moved[:, :2] / moved[:, 2:])
