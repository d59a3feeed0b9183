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
    "gap",  # most of a side that is open to view and no edge
    "hidden",  # how much of the sides cannot be seen
    "body passes lower side",  # open to view right below the face, and no edge
    "lower side in one",  # length of its piece right below the face; folds and collars make short ones
    "corners",  # how well the sides end where they meet: the edge of a table, a folder or a sill runs on
    "corners known",
    "border beside",  # a side that is the photo's own border
    "off the middle",  # the face, of the rectangle's width
    "low in it",  # the face, of its height
    "askew",  # how far from a right angle
    "tilted",  # boards hang level; what is held up or leans does not
)
"""Of the sides: ``vision.frames`` takes them."""
PEOPLE: Final = ("somebody smaller before", "above the others", "nobody else")
"""What no two people who are there can be: hidden by a smaller head, or far above the others; alone nobody can."""
NAMES: Final = (*SHAPE, *frame_colours.NAMES, *PEOPLE, "body cut off")
# Fitted by `python -m benchmarks.depiction.fit`, within its bounds, to 4,001 faces of people who are there and 2,143
# pictures of the parts "fit", "second", "third" and "fourth", when there were four cues more, which the bounds held at
# nothing. Without these it settles a little elsewhere: "hidden" -12.74, "body cut off" 0.31, the others within 0.2.
WEIGHTS: Final = np.array([
    2.14, -4.24, -13.03, -0.16, 1.52, 4.48, 2.35, -0.88, -6.63, -4.47, -1.13, 10.00,
    2.56, 0.79, -3.49, 0.00,
    4.00, 2.50, 1.00,
    0.00,
])  # fmt: skip
BIAS: Final = -5.83


def likelihoods(cues: Doubles) -> Doubles:
    """Of each of N rectangles how likely the face in it is a picture, (N,), 0 to 1. cues: (N, len(NAMES))."""
    return np.asarray(1 / (1 + np.exp(-np.clip(cues @ WEIGHTS + BIAS, -30, 30))))
