"""Follows an arm in the picture: from a hand's wrist to where the elbow may be, and on to people's shoulders.

A forearm is a band of one colour with an edge on both sides. Bands that leave the wrist in all directions that a wrist
allows are compared, and each elbow gets a share. From there an upper arm runs to a shoulder: clothes and skin along it
are compared with those of the person whose shoulder it is, for edges between a sleeve and one's own shirt are faint.

All is measured on a piece of the picture around the wrist, shrunk to ``PIXELS_PER_METRE``, in CIE L*a*b*.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from vision.poses import Arms
from vision.pyramid import Pyramid
from vision.types import Face, Floats, Hand, Image

Doubles = NDArray[np.float64]

WRIST, MIDDLE_KNUCKLE = 0, 9
PALM: Final = [0, 1, 5, 9, 13, 17]  # landmarks on skin that fingers seldom hide
# The side of a face box on a hand's metric scale: median of 48 hands and their owners in real photos (quartiles 0.12
# and 0.15).
FACE_METRES: Final = 0.13
PIXELS_PER_METRE: Final = 128.0
HALF: Final = 0.75  # metres from the wrist to the sides of the piece
# Adults' forearms are 0.25 m long and 0.05 to 0.09 m thick; hands are measured 15% too large, arms seldom lie flat in
# the picture.
LENGTHS: Final = np.array([0.05, 0.09, 0.13, 0.17, 0.21])  # wrist to elbow, metres
BENDS: Final = np.radians(np.arange(-96, 97, 12))  # of the wrist
HALF_WIDTH: Final = 0.04
ALONG: Final = np.linspace(0.05, 0.95, 10)
# In half widths; the outer two on each side are beside the arm, the next ones within it.
ACROSS: Final = np.array([-1.7, -1.3, -0.85, -0.4, 0.4, 0.85, 1.3, 1.7])
ELBOWS: Final = 12  # so many are followed further
LAB: Final = np.array([0.7 * 100 / 255, 1, 1])  # from OpenCV's bytes; lightness counts less, for shadows change it
COLOUR_STEP, FARTHEST_COLOUR = 20.0, 2.0  # a distance of one, and the largest that counts
# From the middle of a face box, in its larger sides; in 366 rendered people 0.93 and 1.15, with quartiles of 0.2. Pose
# landmarks of 91 real people: 0.85 and 1.03, of the rendered ones: 0.88 and 1.04.
SHOULDERS: Final = np.array([(-0.95, 1.2), (0.95, 1.2)])  # the right one first
TORSO: Final = np.array([(-0.5, 1.6), (0.5, 1.6), (-0.3, 2.1), (0.3, 2.1), (0, 2.5), (-0.6, 2.4), (0.6, 2.4), (0, 1.9)])
FACE: Final = np.array([(x, y) for x in (-0.25, 0, 0.25) for y in (-0.1, 0.05, 0.25)])
FARTHEST: Final = 3.0  # face sizes: a pose that is off by more says no more

# Fitted by `python -m benchmarks.hand_owners --fit`, in the order of ``forearm_cues``.
BY_FOREARM: Final = np.array([2.74, -0.11, -11.7, -1.32, 0.19, 2.7, 5.12, -0.92, -1.5])


@dataclass(frozen=True, slots=True, eq=False)
class Traced:
    """What is known of the arm of a hand.

    Attributes:
        lab: (n, n, 3) uint8, the piece of the picture, as OpenCV writes L*a*b*.
        matrix: (2, 3) float64, from pixels of the full photo to those of the piece.
        scale: pixels of the full photo to a metre, at the hand's distance.
        wrist_xy: (2,) in pixels of the piece.
        elbows_xy: (N, 2) likewise: where the elbow may be.
        cues: (N, 9) what speaks for each; see ``forearm_cues``.
        ends: (N, 3) the colour at each of these elbows.
        skin: (3,) the hand's colour.
    """

    lab: Image
    matrix: Doubles
    scale: float
    wrist_xy: Doubles
    elbows_xy: Doubles
    cues: Doubles
    ends: Doubles
    skin: Doubles

    def to(self, points_xy: "Floats | Doubles") -> Doubles:
        """(..., 2) pixels of the full photo -> pixels of the piece."""
        return np.asarray(points_xy @ self.matrix[:, :2].T + self.matrix[:, 2], np.float64)

    def colours(self, points_xy: "Floats | Doubles") -> Doubles:
        """(..., 2) pixels of the piece -> (..., 3) colours; beyond it those of its border."""
        flat = np.asarray(points_xy, np.float32).reshape(1, -1, 2)
        found = cv2.remap(self.lab, flat[..., 0], flat[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray((found * LAB).reshape(*np.shape(points_xy)[:-1], 3), np.float64)

    def likeliest(self) -> tuple[NDArray[np.intp], Doubles]:
        """The ``ELBOWS`` likeliest elbows, and the logarithms of their shares."""
        scores = self.cues @ BY_FOREARM
        best = np.argsort(-scores, kind="stable")[:ELBOWS]
        highest = scores[best[0]]
        return best, scores[best] - highest - np.log(np.exp(scores - highest).sum())


def trace(pyramid: Pyramid, scale_xy: Floats, hand: Hand) -> Traced:
    """Compare the bands that leave a hand's wrist.

    Args:
        pyramid: of the photo's pixels.
        scale_xy: (2,) from those to pixels of the full photo.
        hand: in pixels of the full photo.
    """
    scale = pixels_per_metre(hand)
    shrink, side = PIXELS_PER_METRE / scale, 2 * HALF * PIXELS_PER_METRE
    wrist = hand.keypoints_xy[WRIST]
    matrix = np.array([[shrink, 0, side / 2 - shrink * wrist[0]], [0, shrink, side / 2 - shrink * wrist[1]]])
    lab = _piece(pyramid, matrix, scale_xy, round(side))
    back = np.arctan2(*backwards(hand)[::-1]) + BENDS
    middle = matrix[:, :2] @ wrist + matrix[:, 2]
    reach = PIXELS_PER_METRE * LENGTHS
    elbows = middle + (reach[:, None, None] * np.stack([np.cos(back), np.sin(back)], 1)).reshape(-1, 2)
    empty = np.empty((0, 0))
    bare = Traced(lab, matrix, scale, middle, elbows, empty, empty, empty)
    bands = bare.colours(_band(middle, elbows))
    skin = np.median(bare.colours(bare.to(hand.keypoints_xy[PALM])), axis=0)
    cues, ends = forearm_cues(bands), bands[:, -3:, 3:5].mean(axis=(1, 2))
    return Traced(lab, matrix, scale, middle, elbows, cues, ends, skin)


def _piece(pyramid: Pyramid, matrix: Doubles, scale_xy: Floats, side: int) -> Image:
    inner = matrix.copy()
    inner[:, :2] *= scale_xy
    level = pyramid.at(float(inner[0, 0]))
    # Pixel 0 of a level lies in the middle of those it was made from.
    inner[:, 2] += inner[:, :2] @ level.back(np.zeros(2, np.float32))
    inner[:, :2] *= level.step
    seen = cv2.GaussianBlur(cv2.warpAffine(level.image, inner, (side, side), flags=cv2.INTER_LINEAR), (0, 0), 0.9)
    return np.asarray(cv2.cvtColor(seen, cv2.COLOR_RGB2LAB), np.uint8)


def _band(start: Doubles, ends: Doubles) -> Doubles:
    """(N, ALONG, ACROSS, 2) points of the bands from a start to ends (N, 2)."""
    way = ends - start
    length = np.linalg.norm(way, axis=1, keepdims=True)
    normal = np.stack([-way[:, 1], way[:, 0]], 1) / length
    along = start + way[:, None] * ALONG[:, None]
    beside = normal[:, None] * (ACROSS * HALF_WIDTH * PIXELS_PER_METRE)[:, None]
    return np.asarray(along[:, :, None] + beside[:, None], np.float64)


def forearm_cues(bands: Doubles) -> Doubles:
    """(lengths x bends, ALONG, ACROSS, 3) colours of bands -> what speaks for each being the forearm, (N, 9).

    The edges at its sides; how far it stands out at the fainter side; changes along it; from one end to the other;
    across it; changes along what is beside it; the length and its square; the bend of the wrist.
    """
    inside, left, right = bands[:, :, 3:5].mean(2), bands[:, :, :2].mean(2), bands[:, :, 6:].mean(2)
    edges = distance(bands[:, :, 1], bands[:, :, 3]).mean(1) + distance(bands[:, :, 6], bands[:, :, 4]).mean(1)
    out = np.minimum(distance(inside, left), distance(inside, right)).mean(1)
    changes = [distance(side[:, 1:], side[:, :-1]).mean(1) for side in (inside, left, right)]
    ends = distance(inside[:, :3].mean(1), inside[:, -3:].mean(1))
    across = distance(bands[:, :, 3], bands[:, :, 4]).mean(1)
    lengths, bends = np.repeat(LENGTHS, len(BENDS)), np.tile(np.abs(BENDS), len(LENGTHS))
    beside = changes[1] + changes[2]
    return np.stack([edges, out, changes[0], ends, across, beside, 10 * lengths, 100 * lengths**2, bends], 1)


CUES: Final = (
    "upper arm",
    "long",
    "far",
    "clothes",
    "clothes near the elbow",
    "clothes of the forearm",
    "step at the elbow",
    "skin",
    "elbow of the pose",
    "wrist of the pose",
    "its other wrist",
)


def arm_cues(traced: Traced, elbows: NDArray[np.intp], face: Face, arms: Arms) -> Doubles:
    """How badly an arm fits that runs over each elbow to each shoulder of a face's person, the right one first.

    Args:
        traced: of a hand.
        elbows: (N,) which of the traced ones.
        face: in pixels of the full photo.
        arms: that person's pose.

    Returns:
        (2, N, ``CUES``).
    """
    size, middle = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max()), (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2
    face_size = size * float(traced.matrix[0, 0])  # in pixels of the piece
    at, ends = traced.elbows_xy[elbows], traced.ends[elbows]
    way = traced.to(middle + SHOULDERS * size)[:, None] - at
    uppers = at[:, None] + way[:, :, None] * ALONG[::2][:, None]
    around = traced.to(middle + np.concatenate([TORSO, FACE]) * size)
    seen = traced.colours(np.concatenate([uppers.reshape(-1, 2), around]))
    upper, torso, skin = np.split(seen, [uppers.size // 2, uppers.size // 2 + len(TORSO)])
    upper = upper.reshape(*uppers.shape[:-1], 3)
    length, like = np.linalg.norm(way, axis=-1), _nearest(upper, torso)
    by_hand, by_face = length / PIXELS_PER_METRE, length / face_size
    poses = traced.to(np.stack([arms.elbows_xy, arms.wrists_xy], 1))
    elbow = np.minimum(np.linalg.norm(poses[:, :1] - at, axis=-1) / face_size, FARTHEST)
    wrists = np.minimum(np.linalg.norm(poses[:, 1] - traced.wrist_xy, axis=-1) / face_size, FARTHEST)
    columns = (
        10 * by_hand,
        10 * np.maximum(by_hand - 0.20, 0),
        np.maximum(by_face - 1.7, 0),
        like.mean(-1),
        like[..., :3].mean(-1),
        _nearest(ends, torso),
        distance(upper[:, :, 0], ends),
        distance(traced.skin, np.median(skin, axis=0)),
        elbow,
        wrists[:, None],
        wrists[::-1, None],
    )
    return np.stack([np.broadcast_to(column, length.shape) for column in columns], -1)


def _nearest(colours: Doubles, clothes: Doubles) -> Doubles:
    """(...,) how far colours are from the nearest two of a person's clothes, which may have a pattern."""
    off = distance(colours[..., None, :], clothes)
    return np.asarray(np.sort(off, axis=-1)[..., :2].mean(-1), np.float64)


def distance(one: Doubles, other: Doubles) -> Doubles:
    """Of colours, 0 to ``FARTHEST_COLOUR``."""
    return np.asarray(np.minimum(np.linalg.norm(one - other, axis=-1) / COLOUR_STEP, FARTHEST_COLOUR), np.float64)


def backwards(hand: Hand) -> Floats:
    """(2,) the direction from the fingers to the wrist, of length one."""
    back = hand.keypoints_xy[WRIST] - hand.keypoints_xy[MIDDLE_KNUCKLE]
    return np.asarray(back / (float(np.linalg.norm(back)) + np.finfo(np.float32).tiny), np.float32)


def pixels_per_metre(hand: Hand) -> float:
    """The scale of the photo at the hand's distance, from its landmarks in pixels and in metres."""
    pixels = _spread(hand.keypoints_xy)
    return max(pixels / max(_spread(hand.world_xyz[:, :2]), float(np.finfo(np.float32).tiny)), 1e-6)


def _spread(points: Floats) -> float:
    return float(np.linalg.norm(points - points.mean(0)))
