"""A face in the middle of somebody else's body: a print on clothes, or a picture held before the chest.

Who is seen before another person's chest stands nearer to the camera, so that the face of a grown-up is larger there,
not smaller. Candidates are grown-ups.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np

from vision.types import Floats

SMALLER: Final = 0.88
"""A face on a body is at most so large as the face above it; heads of grown-ups differ by a tenth or so. Of rendered
people who stand before others none was under 1.05, of prints none over 0.88."""
BESIDE: Final = 0.5
"""Between the middles of the two faces across, in widths of the upper face: prints are in the middle of a chest."""
BELOW: Final = (0.7, 3.2)
"""From the upper face's chin to the lower one's middle, in heights of the upper face: chest and belly."""


def on_body(box_xyxy: Floats, others_xyxy: Sequence[Floats]) -> float:
    """How sure a face lies on the body of one of the others: 0 (it does not) to 1."""
    x0, y0, x1, y1 = (float(v) for v in box_xyxy)
    best = 0.0
    for other in others_xyxy:
        a, b, c, d = (float(v) for v in other)
        wide, tall = c - a, d - b
        ratio = max(x1 - x0, y1 - y0) / max(wide, tall)
        beside = abs((x0 + x1) / 2 - (a + c) / 2) / wide
        below = ((y0 + y1) / 2 - d) / tall
        if ratio <= SMALLER and beside <= BESIDE and BELOW[0] <= below <= BELOW[1]:
            best = max(best, 0.5 + 0.5 * min(1.0, (SMALLER - ratio) / 0.3) * (1 - 0.5 * beside / BESIDE))
    return float(np.clip(best, 0, 1))
