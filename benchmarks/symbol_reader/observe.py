"""From pictures to landmarks: every rendered hand at several sizes, every digit at several sizes.

Hands to measure and to calibrate on go the whole way that a scan goes. Of hands to learn from far more pictures are
wanted than that way has time for, so theirs go through the landmark network alone, in crops that the true joints place
and chance shakes.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.symbol_reader import hands, seen
from benchmarks.symbol_reader.digits import LABELS, digits
from benchmarks.symbol_reader.seen import About, Looks, Seen
from vision.hands import HandFinder
from vision.landmarks import HandLandmarker, roi_of_hand
from vision.roi import Roi
from vision.types import Hand, Image, Photo

CURVE = (16.0, 20.0, 24.0, 32.0, 40.0, 64.0, 128.0)  # pixels of a hand: the sizes that issue 4 asks for
DIGIT_SHARES = (1.0, 0.4)  # of a digit's 100 pixels, of which a hand takes about 70
COPIES = 3  # pictures of a hand to learn from, and as many of its mirror image
# How far crops are off: standard deviations in degrees, in sides, and of the logarithm of the side. Of 169 hands the
# medians at first looks, from palms, were 9.7 degrees, 7.1% of the side and 9.7%; at second ones 3.4, 3.1 and 6.6.
FIRST_LOOK, SECOND_LOOK = (14.0, 0.06, 0.14), (5.0, 0.027, 0.10)
Row = tuple[tuple[Hand, ...], tuple[Hand, ...], About]


def rendered(folder: Path, wanted: Iterable[hands.Wanted], finder: HandFinder) -> Looks:
    """Rendered hands that lie in the folder, each at the sizes its part asks for."""
    rows: list[Row] = []
    for each in wanted:
        picture = hands.read(folder, each)
        rng = np.random.default_rng([each.seed, 76])
        native = float(np.ptp(picture.keypoints_xy, axis=0).max())
        for size in seen.sizes_of(each.part, native, rng, CURVE):
            small, truth = seen.shrunk(picture, size, rng)
            photo = seen.photo_of(small)
            found = seen.nearest(finder(photo, ()), truth)
            about = About(picture.label, picture.kind, each.part, each.seed, size)
            rows.append((found, _again(finder, photo, found), about))
    return seen.looks(rows)


def steered(folder: Path, wanted: Iterable[hands.Wanted], landmarker: HandLandmarker) -> Seen:
    """Rendered hands to learn from, each ``COPIES`` times as it is and as often mirrored, of sizes drawn."""
    rows: list[tuple[tuple[Hand, ...], About]] = []
    for each in wanted:
        picture = hands.read(folder, each)
        rng = np.random.default_rng([each.seed, 78])
        for copy in range(2 * COPIES):
            shown = seen.mirrored(picture) if copy % 2 else picture
            native = float(np.ptp(shown.keypoints_xy, axis=0).max())
            size = float(np.exp(rng.uniform(np.log(seen.SMALLEST), np.log(native))))
            small, truth = seen.shrunk(shown, size, rng)
            found = landmarker.within(small, _shaken(roi_of_hand(truth), rng))
            about = About(picture.label, picture.kind, each.part, each.seed, size)
            rows.append((seen.nearest(found, truth), about))
    return seen.seen(rows)


def _shaken(roi: Roi, rng: np.random.Generator) -> Roi:
    turned, moved, scaled = FIRST_LOOK if rng.random() < 0.5 else SECOND_LOOK
    side = roi.side * float(np.exp(rng.normal(0, scaled)))
    x, y = (float(value + rng.normal(0, moved) * roi.side) for value in roi.centre_xy)
    return Roi((x, y), side, roi.angle + float(np.radians(rng.normal(0, turned))))


def real(folder: Path, finder: HandFinder, shares: Sequence[float] = DIGIT_SHARES) -> Looks:
    """Every digit, whole and shrunk; the largest hand of a picture is the one meant."""
    rows: list[Row] = []
    for each in digits(folder):
        whole = _picture(each.path)
        for share in shares:
            side = round(whole.shape[0] * share)
            small = whole if share == 1 else np.asarray(cv2.resize(whole, (side, side), interpolation=cv2.INTER_AREA))
            photo = seen.photo_of(np.asarray(small, np.uint8))
            found = seen.largest(finder(photo, ()))
            about = About(LABELS[each.digit], f"digit {each.digit}", each.part, each.person, 70.0 * share)
            rows.append((found, _again(finder, photo, found), about))
    return seen.looks(rows)


def _again(finder: HandFinder, photo: Photo, found: tuple[Hand, ...]) -> tuple[Hand, ...]:
    return tuple(again for hand in found for again in finder.again(photo, hand))


def _picture(path: Path) -> Image:
    return np.ascontiguousarray(np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1], np.uint8))
