"""How likely a face is a picture in a rectangle around it, from cues that have names.

Each cue alone fails: boards and windows hang behind people, tables cut bodies off, and the sides of banners are hidden
by who stands before them. So they are weighed together, by a logistic model that was fitted to rendered cases alone.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision import frame_colours

Doubles = NDArray[np.float64]
SHAPE: Final = (
    "second side",  # of the four, how much of the second faintest is an edge, where it could be seen
    "third side",
    "gap",  # most of a side that is open to view and no edge
    "hidden",  # how much of the sides cannot be seen
    "body passes lower side",  # open to view right below the face, and no edge
    "lower side in one",  # length of its piece right below the face; folds and collars make short ones
    "corners",  # how well the sides end where they meet: the edge of a table, a folder or a sill runs on
    "worst corner",
    "corners known",
    "border above",  # a side that is the photo's own border
    "border beside",
    "off the middle",  # the face, of the rectangle's width
    "low in it",  # the face, of its height
    "sides run apart",
    "askew",  # how far from a right angle
    "tilted",  # boards hang level; what is held up or leans does not
)
"""Of the sides: ``vision.frames`` takes them."""
PEOPLE: Final = ("somebody smaller before", "above the others", "nobody else")
"""What no two people who are there can be: hidden by a smaller head, or far above the others; alone nobody can."""
NAMES: Final = (*SHAPE, *frame_colours.NAMES, *PEOPLE, "body cut off")
# Fitted by `python -m benchmarks.depiction.fit` on 823 faces of people who are there and 420 pictures of the part
# "fit", when lower sides that run on beyond their corners still counted.
WEIGHTS: Final = np.array([
    2.83, 0.09, -3.21, -10.35, -0.63, 0.94, 3.68, 1.91, 1.74, -0.75, -2.09, -6.27, -2.55, -6.07, -13.03, 18.48,
    1.79, 0.03, -1.73, -2.67,
    3.84, 8.40, 2.95,
    0.70,
])  # fmt: skip
BIAS: Final = -7.29


def likelihoods(cues: Doubles) -> Doubles:
    """Of each of N rectangles how likely the face in it is a picture, (N,), 0 to 1. cues: (N, len(NAMES))."""
    return np.asarray(1 / (1 + np.exp(-np.clip(cues @ WEIGHTS + BIAS, -30, 30))))
