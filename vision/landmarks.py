"""Reads the 21 landmarks of hands: MediaPipe's hand landmark network on an upright crop around each palm.

Source: Zhang et al., MediaPipe Hands, 2020, and its palm_detection_detection_to_roi and hand_landmark graphs.
"""

import cv2
import numpy as np

from vision.engine import runtime, weights
from vision.roi import Roi
from vision.types import Floats, Hand, Image

SIDE = 224  # the network's input
MIN_PRESENCE = 0.5  # MediaPipe's default
# The crop of MediaPipe's graph: the palm box made square, moved half its side towards the fingers, 2.6 times as large.
ROI_SHIFT, ROI_SCALE = 0.5, 2.6
WRIST, MIDDLE_KNUCKLE = 0, 2  # among the palm's keypoints
_PALM_POINTS = slice(4, 18)
# The crop of a second look, as MediaPipe's hand_landmark_landmarks_to_roi makes it for the next picture of a film:
# twice the extent of wrist, thumb and the lower joints of the fingers, moved a tenth of it towards the tips.
AGAIN_POINTS = (0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18)
AGAIN_SCALE, AGAIN_SHIFT = 2.0, 0.1
_INDEX_KNUCKLE, _MIDDLE_KNUCKLE, _RING_KNUCKLE = 5, 9, 13  # among the 21 landmarks


def roi_of_palm(palm: Floats) -> Roi:
    """The crop for one palm, (19,) as ``palms.PalmDetector`` gives it."""
    points = palm[_PALM_POINTS].reshape(-1, 2)
    along = points[MIDDLE_KNUCKLE] - points[WRIST]
    angle = float(np.arctan2(along[0], -along[1]))  # 0 where the middle finger points up
    side = float((palm[2:4] - palm[:2]).max())
    centre = (palm[:2] + palm[2:4]) / 2 + ROI_SHIFT * (palm[3] - palm[1]) * np.array([np.sin(angle), -np.cos(angle)])
    return Roi((float(centre[0]), float(centre[1])), side * ROI_SCALE, angle)


def roi_of_hand(keypoints_xy: Floats) -> Roi:
    """The crop for a second look at a hand, from its (21, 2) landmarks of the first."""
    knuckles = (keypoints_xy[_INDEX_KNUCKLE] + keypoints_xy[_RING_KNUCKLE]) / 4 + keypoints_xy[_MIDDLE_KNUCKLE] / 2
    along = knuckles - keypoints_xy[0]
    angle = float(np.arctan2(along[0], -along[1]))
    cos, sin = np.cos(angle), np.sin(angle)
    axes = np.array([[cos, sin], [-sin, cos]])  # of the crop, in the picture
    points = keypoints_xy[list(AGAIN_POINTS)] @ axes.T
    low, high = points.min(0), points.max(0)
    centre = ((low + high) / 2 - [0.0, AGAIN_SHIFT * (high[1] - low[1])]) @ axes
    return Roi((float(centre[0]), float(centre[1])), float((high - low).max()) * AGAIN_SCALE, angle)


class HandLandmarker:
    """The compiled network; ``threads`` is how many it may use."""

    def __init__(self, threads: int = 1) -> None:
        self._network = runtime.tflite(weights.find(weights.HAND_LANDMARKS), threads, outputs=4)

    def __call__(self, image: Image, palms: Floats) -> list[Hand]:
        """The hands at those palms; one for which the network sees no hand is left out.

        Args:
            image: (h, w, 3) uint8 RGB.
            palms: (N, 19), as ``palms.PalmDetector`` gives them, in pixels of ``image``.
        """
        hands: list[Hand] = []
        for palm in palms:
            hands += self.within(image, roi_of_palm(palm))
        return hands

    def again(self, image: Image, keypoints_xy: Floats) -> list[Hand]:
        """Two more looks at a hand, in the crop that its own (21, 2) landmarks place: as it is, and in a mirror.

        Returns:
            The hand of each look that sees one. That of the second look is a hand of the mirrored picture: its places
            are pixels from the right edge, and its side is the other one.
        """
        roi = roi_of_hand(keypoints_xy)
        seen = crop(image, roi)
        return [*self._read(seen, roi), *self._read(np.ascontiguousarray(seen[:, ::-1]), roi.mirrored(image.shape[1]))]

    def within(self, image: Image, roi: Roi) -> list[Hand]:
        """The hand in a crop, or nothing if none is seen there."""
        return self._read(crop(image, roi), roi)

    def _read(self, seen: Image, roi: Roi) -> list[Hand]:
        # One by one: batches are no faster, and each new length costs as much as two or three hands.
        points, presence, handedness, world = self._network(seen[None] / np.float32(255))
        if presence[0, 0] <= MIN_PRESENCE:
            return []
        return [_hand(roi, points[0], world[0], presence[0, 0], handedness[0, 0])]


def crop(image: Image, roi: Roi) -> Image:
    """(224, 224, 3) uint8: what lies in the square; beyond the picture its edge goes on, as in MediaPipe.

    A square far larger than the crop is first averaged down, which MediaPipe does not do: a hand that fills a phone's
    photo would otherwise be read from one pixel in ten.
    """
    matrix = roi.matrix(SIDE)
    step = int(roi.side / SIDE)
    if step >= 2:  # below 2 pixels of the picture a pixel, plain interpolation sees them all
        corners = np.array([[0, 0, 1], [SIDE, 0, 1], [0, SIDE, 1], [SIDE, SIDE, 1]], np.float32) @ matrix.T
        low = np.clip(np.floor(corners.min(0)).astype(int), 0, [image.shape[1] - 1, image.shape[0] - 1])
        high = np.clip(np.ceil(corners.max(0)).astype(int), low + 1, [image.shape[1], image.shape[0]])
        part = image[low[1] : high[1], low[0] : high[0]]
        rows, columns = max(1, part.shape[0] // step), max(1, part.shape[1] // step)
        image = np.asarray(cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA))
        shrunk = np.array([[columns / part.shape[1]], [rows / part.shape[0]]], np.float32)
        matrix = (matrix - np.array([[0, 0, low[0]], [0, 0, low[1]]], np.float32)) * shrunk
        matrix[:, 2:] += (shrunk - 1) / 2  # an average lies in the middle of the pixels it was made from
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    turned = cv2.warpAffine(image, matrix, (SIDE, SIDE), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, np.uint8)


def _hand(roi: Roi, points: Floats, world: Floats, presence: float, handedness: float) -> Hand:
    matrix = roi.matrix(SIDE)
    keypoints = points.reshape(21, 3)[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    cos, sin = np.cos(roi.angle), np.sin(roi.angle)
    turn = np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]], np.float32)
    # MediaPipe names sides for mirrored pictures, so what it calls left (towards 1) is a right hand as photographed:
    # the digits, right hands all, come out at 1.
    sure = max(handedness, 1 - handedness)
    return Hand(
        box_xyxy=np.concatenate([keypoints.min(0), keypoints.max(0)]),
        keypoints_xy=keypoints,
        world_xyz=world.reshape(21, 3) @ turn.T,
        side="right" if handedness > 0.5 else "left",
        side_score=float(np.clip(sure, 0.5, 1)),
        presence=float(np.clip(presence, 0, 1)),
    )
