"""From pictures to landmarks: every rendered hand at several sizes, every digit at several sizes, cached by input."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.symbol_reader import hands, seen
from benchmarks.symbol_reader.digits import LABELS, digits
from benchmarks.symbol_reader.seen import About, Seen
from vision.hands import HandFinder
from vision.types import Hand, Image

CURVE = (16.0, 20.0, 24.0, 32.0, 40.0, 64.0, 128.0)  # pixels of a hand: the sizes that issue 4 asks for
DIGIT_SHARES = (1.0, 0.5, 0.3)  # of a digit's 100 pixels, of which a hand takes about 70
Rows = list[tuple[tuple[Hand, ...], About]]


def rendered(folder: Path, wanted: Iterable[hands.Wanted], finder: HandFinder) -> Seen:
    """Rendered hands that lie in the folder, each at the sizes its part asks for."""
    rows: Rows = []
    for each in wanted:
        photo = hands.read(folder, each)
        rng = np.random.default_rng([each.seed, 76])
        native = float(np.ptp(photo.keypoints_xy, axis=0).max())
        for size in seen.sizes_of(each.part, native, rng, CURVE):
            picture, truth = seen.shrunk(photo, size, rng)
            about = About(photo.label, photo.kind, each.part, each.seed, size)
            rows.append((seen.nearest(seen.look(finder, picture), truth), about))
    return seen.seen(rows)


def real(folder: Path, finder: HandFinder, shares: Sequence[float] = DIGIT_SHARES) -> Seen:
    """Every digit, whole and shrunk; the largest hand of a picture is the one meant."""
    rows: Rows = []
    for each in digits(folder):
        whole = _picture(each.path)
        for share in shares:
            side = round(whole.shape[0] * share)
            picture = whole if share == 1 else np.asarray(cv2.resize(whole, (side, side), interpolation=cv2.INTER_AREA))
            found = seen.largest(seen.look(finder, np.asarray(picture, np.uint8)))
            about = About(LABELS[each.digit], f"digit {each.digit}", each.part, each.person, 70.0 * share)
            rows.append((found, about))
    return seen.seen(rows)


def _picture(path: Path) -> Image:
    return np.ascontiguousarray(np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR)[..., ::-1], np.uint8))
