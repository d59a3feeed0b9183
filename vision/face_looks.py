"""Where to look for faces and how closely: a few looks at the whole picture, then closer ones only where one answered.

BlazeFace answers weakly, but answers, where a face is too small for it: of the faces of 182 photos, seen at 7 to 9
pixels of the input, 88% answer above 0.1 (220 faces), at 5 to 6 pixels 45% (65). A look that puts the answer in the
middle and shows it at 28 pixels then finds true faces at 0.77 to 0.93. So a small face costs a small crop, and a
picture without any costs none: looks at full resolution everywhere took 45.6 megapixels of network input for the 182
photos, these take 32.9 and find as many people and fewer hands and letters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from vision.looks import Look
from vision.types import Floats

# The network finds faces of about 10 to 130 pixels of its input (measured on groups, montages and a portrait at nine
# input sizes). The coarsest look therefore finds faces from 8% of the picture to all of it.
COARSEST_SIDE: Final = 128
# The finest shows a face of 24 pixels, the least that can be told apart, at 7: enough for a weak answer.
SMALLEST_FACE_IN_PICTURE: Final = 24
SMALLEST_ANSWER: Final = 7
FINEST_SIDE: Final = 704  # bounds the time for a picture of any size; weak answers from 1% of its longest side
# From look to look; 0.6 takes a third more and finds no more, now that weak answers are looked at again.
STEP: Final = 0.5

ASKS: Final = 0.1  # see above; at 0.05 twice as many photos of nobody have an answer, at 0.15 a face of 176 is lost
SURE: Final = 0.7  # faces.MIN_SCORE_ALONE: an answer this strong, from a face not tiny, needs no closer look
TINY: Final = 16  # pixels of the input; keypoints are half a pixel off, so a closer look also places them better
CLOSER_FACE: Final = 28  # pixels of the input that a closer look shows the face at
MOST_CLOSER: Final = 3.5  # times the finest look, and never beyond the picture's own pixels
CLOSER_SIDE: Final = 128  # of a closer look's square canvas; one size, so that its kernels are made once
LARGEST_CLOSER: Final = 1536  # longest side of a closer look at everything, where crops would cost more
# People who stand far off often stand in a crowd, and in a dense one most hardly answer: of 216 bald heads side by side
# at 8 to 9 pixels of the finest look 4 to 9 answered. So a few small answers, many whispers or one sure small face, and
# everything is looked at once more. Of 182 photos 24 are such, 15 of them everyday scenes.
FAR: Final = 12  # pixels of the finest look
CROWD: Final = 3
WHISPERS: Final = 0.05
SMALL_WHISPER: Final = 20  # pixels of the finest look; a coarser look overrates the size of what it hardly sees
CROWD_OF_WHISPERS: Final = 15
_REACH: Final = 0.75  # sides of a face, from its middle, that a crop must hold
ALIKE: Final = 1.7  # faces whose sizes differ by less share a crop


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the detector saw something that may be a face.

    Attributes:
        centre_xy: pixels of the picture.
        side: of the box, pixels of the picture.
        score: the best of the looks, 0 to 1.
    """

    centre_xy: tuple[float, float]
    side: float
    score: float


def whole_looks(width: int, height: int) -> tuple[Look, ...]:
    """Looks at the whole of a picture of that size, coarsest first."""
    longest = max(width, height)
    side = min(FINEST_SIDE, max(COARSEST_SIDE, round(longest * SMALLEST_ANSWER / SMALLEST_FACE_IN_PICTURE)))
    sides = [side]
    while sides[-1] > COARSEST_SIDE / STEP**0.5:
        sides.append(max(COARSEST_SIDE, round(sides[-1] * STEP)))
    return tuple(_whole(width, height, side / longest) for side in reversed(sides))


def closer_looks(
    answers: Sequence[Answer], width: int, height: int, finest: float, whispers: Sequence[Answer] = ()
) -> tuple[Look, ...]:
    """Looks at what was answered too weakly or too small to be taken as it is.

    Args:
        answers: in any order.
        width: of the picture.
        height: of the picture.
        finest: the scale of the finest look so far.
        whispers: the answers down to ``WHISPERS``, which count towards a crowd only.
    """
    asking = [
        (min(1.0, CLOSER_FACE / answer.side, MOST_CLOSER * finest), answer)
        for answer in answers
        if answer.score < SURE or answer.side * finest < TINY
    ]
    left = sorted(asking, key=lambda each: each[1].side)
    looks: list[Look] = []
    while left:
        scale, first = left[0]
        centre, held = _held(first, [answer for _, answer in left], CLOSER_SIDE / scale)
        left = [each for each in left if not any(each[1] is answer for answer in held)]
        looks.append(_square(centre, CLOSER_SIDE / scale, scale, width, height))
    longest = max(width, height)
    far = [answer for answer in answers if answer.side * finest < FAR]
    murmur = sum(whisper.side * finest < SMALL_WHISPER for whisper in whispers)
    crowd = len(far) >= CROWD or murmur >= CROWD_OF_WHISPERS or any(answer.score >= SURE for answer in far)
    everything = _whole(width, height, min(1.0, MOST_CLOSER * finest, LARGEST_CLOSER / longest))
    if (not crowd and _pixels(everything) > len(looks) * CLOSER_SIDE**2) or everything.scale <= finest:
        return tuple(looks)
    return (everything, *looks) if crowd else (everything,)


def _held(first: Answer, answers: Sequence[Answer], side: float) -> tuple[Floats, list[Answer]]:
    """The middle of a square of that side that holds the first answer and as many more, and those it holds."""
    alike = [answer for answer in answers if answer.side < ALIKE * first.side]
    own = np.array(first.centre_xy, np.float32)
    near = [a for a in alike if (np.abs(np.subtract(a.centre_xy, own)) + _REACH * a.side < 0.8 * side).all()]
    points = np.array([first.centre_xy, *(answer.centre_xy for answer in near)], np.float32)
    for centre in ((points.min(0) + points.max(0)) / 2, own):
        held = [a for a in near if (np.abs(np.subtract(a.centre_xy, centre)) + _REACH * a.side < side / 2).all()]
        if any(answer is first for answer in held):
            return centre, held
    return own, [first]


def _square(centre_xy: Floats, side: float, scale: float, width: int, height: int) -> Look:
    """A square look, moved into the picture as far as it fits."""
    room = np.maximum(np.array([width, height], np.float32) - side, 0)
    corner = np.clip(centre_xy - side / 2, 0, room)
    return Look(np.concatenate([corner, corner + np.float32(side)]).astype(np.float32), scale)


def _whole(width: int, height: int, scale: float) -> Look:
    return Look(np.array([0, 0, width, height], np.float32), scale)


def _pixels(look: Look) -> int:
    rows, columns = look.canvas_size
    return rows * columns
