"""How well a face can be compared: how large and sharp it is, how far it is turned, whether the mouth is to be seen.

Every part is graded from 0, where nobody is found any more, to 1, where nothing is lost, and the worst part counts.
``python -m benchmarks.identity_quality`` measures that by spoiling good photos; docs/identity.md has the tables.
In the comments below, "48 px: 100 and 90%" says that faces of 48 pixels find 100% of their mates on real photos (15
people) and 90% on rendered ones (187 people), at the similarity that 1 in 100 searches for a stranger reaches; good
photos find 100 and 92%. The rendered people look alike, so they are lost sooner; the grades lie between the two. The
comments have the figures of the run that the grades were set on; docs/identity-quality.md those of a later one.
"""

from enum import StrEnum
from typing import Final

import cv2
import numpy as np

from vision.types import Face, FaceQuality, Floats, Image

# Pixels of the photo. At JPEG quality 75, as messengers send photos, 24 px: 57 and 5%, 32 px: 78 and 33%, 48 px: 100
# and 80%; hardly compressed 24 px: 71 and 30%, 32 px: 89 and 67%, 48 px: 100 and 90%.
SIZE_GRADE: Final = (8.0, 44.0)
# Strength of the detail, in the direction that has least of it, against contrast; 95% of good photos have over 0.17.
# About 0.04 (blurred by 4% of the face): 48 and 4%; 0.07 (blurred by 3%, shaken by 15%, 16 px enlarged): 41 to 78 and 5
# to 19%; 0.09 (blurred by 2%, shaken by 10%): 78 to 97 and 32 to 60%; 0.15 (32 px enlarged): 97 and 82%.
DETAIL_GRADE: Final = (0.03, 0.13)
# Detail at the crop's finest scale against that at twice the scale: 0.6 in good photos, 95% are under 0.76. Noise has
# more of the finest than a face has: 0.83: 100 and 50%, 1.1: 97 and 4%, 1.3: 67 and 0%.
NOISE_GRADE: Final = (1.4, 0.8)
# Standard deviation of the grey levels. Faces against the light with 9: 98 and 36%, with 5: 59 and 0%, with 3.3: none.
CONTRAST_GRADE: Final = (3.0, 7.0)
# As ``_frontality`` gives it, on 64 other rendered heads: a yaw of 15 degrees is 0.72 and finds 98%, as one of 0 does,
# 30 is 0.37 and finds 48%, 45 is 0 and finds 10%.
FRONTALITY_GRADE: Final = (0.05, 0.7)
# Contrast around the mouth against the crop's. Of 165 uncovered faces in real photos the lowest has 0.44; plain masks
# painted over faces leave 0.07 at most in 98 of 100 (0.25 on rendered faces): 73 and 8%. What is painted here is plain:
# whether masks with a pattern are noticed is not measured.
MOUTH_GRADE: Final = (0.1, 0.4)

SIDE: Final = 75  # pixels a side of the crop that is looked at: half of dlib's, more shows grain and compression
_FACE: Final = (slice(12, 63), slice(12, 63))  # without the padding, where hair and background are
_MOUTH: Final = (slice(46, 58), slice(24, 51))
_STEPS: Final = ((0, 1), (1, 0), (1, 1), (1, -1))
RIGHT_EYE, LEFT_EYE, NOSE, MOUTH, RIGHT_EAR, LEFT_EAR = range(6)
# Degrees that a head is bowed (raised: under 0), from how far the ears lie under the eyes, in distances between the
# eyes, and from the nose's share of the way from the eyes to the mouth: fitted to 361 photos of rendered heads of known
# pitch, within 9 and 10 degrees (standard deviation). People's own proportions move both, so only what both say counts.
BOWED_BY_EARS: Final = (17.8, -70.6)
BOWED_BY_NOSE: Final = (-50.0, 99.7)
# Nothing is lost up to 5 degrees, by that estimate; at 15 to 25 rendered heads keep 30%. There are no real photos of
# known pitch, 64 portraits are all within 14 and a rendered one of 23 was found all the same: so it counts for little.
LEVEL_WITHIN: Final = 5.0
BOWED: Final = 40.0


FLAWLESS: Final = 0.99  # from here on there is no worst part to speak of


class Part(StrEnum):
    """What a face is graded by."""

    SIZE = "size"
    SHARPNESS = "sharpness"
    FRONTALITY = "frontality"
    COVER = "cover"


def quality_of(face: Face, chip: Image) -> FaceQuality:
    """Grade a face.

    Args:
        face: its keypoints say how far it is turned.
        chip: (n, n, 3) uint8 RGB, the aligned crop of it, as dlib's network takes it: the eyes at 40% of its height,
            the mouth at 70%.
    """
    grey = cv2.resize(cv2.cvtColor(chip, cv2.COLOR_RGB2GRAY), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    crop = grey.astype(np.float32)
    inner = crop[_FACE]
    spread = float(inner.std())
    contrast = max(spread, 1.0)
    fine = _bends(inner)
    noise = float(fine.mean() / max(_bends(_halved(inner)).mean(), 1e-6))
    sharpness = min(
        _grade(float(fine.min()) / contrast, DETAIL_GRADE),
        _grade(noise, NOISE_GRADE),
        _grade(spread, CONTRAST_GRADE),
    )
    size = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    frontality = _frontality(face.keypoints_xy)
    bare = _grade(float(crop[_MOUTH].std()) / contrast, MOUTH_GRADE)
    value = min(_grade(size, SIZE_GRADE), sharpness, _grade(frontality, FRONTALITY_GRADE), bare)
    return FaceQuality(size, sharpness, frontality, value)


def _grade(value: float, ends: tuple[float, float]) -> float:
    """From 0 at the first end to 1 at the second, which may be the smaller one."""
    return float(np.clip((value - ends[0]) / (ends[1] - ends[0]), 0, 1))


def _bends(grey: Floats) -> Floats:
    """(4,) how much the brightness bends along each direction: the root mean square of its second difference.

    A shaken camera leaves the detail across its way, so that the Laplacian, which sums all directions, misses it.
    """
    height, width = grey.shape
    twice = 2 * grey[1:-1, 1:-1]
    bends = []
    for down, right in _STEPS:
        there = grey[1 + down : height - 1 + down, 1 + right : width - 1 + right]
        back = grey[1 - down : height - 1 - down, 1 - right : width - 1 - right]
        bend = (there + back - twice).ravel()
        bends.append(np.sqrt(bend @ bend / bend.size) / (down * down + right * right))
    return np.array(bends, np.float32)


def _halved(grey: Floats) -> Floats:
    height, width = grey.shape
    return np.asarray(cv2.resize(grey, ((width + 1) // 2, (height + 1) // 2), interpolation=cv2.INTER_AREA), np.float32)


def _frontality(keypoints_xy: Floats) -> float:
    """1 facing the camera, 0 a profile or a face turned as far up or down; the worse one counts.

    Yaw: 1 where the nose lies midway between the eyes, 0 where it lies under one of them or beyond.
    """
    right, left = keypoints_xy[RIGHT_EYE], keypoints_xy[LEFT_EYE]
    across = left - right
    apart = float(across @ across)
    if apart == 0:
        return 0.0
    down = np.array([-across[1], across[0]]) / apart
    middle = (right + left) / 2
    yaw = 2 * abs(float((keypoints_xy[NOSE] - middle) @ across)) / apart
    mouth = float((keypoints_xy[MOUTH] - middle) @ down)
    if mouth <= 0:
        return 0.0
    ears = float(((keypoints_xy[RIGHT_EAR] + keypoints_xy[LEFT_EAR]) / 2 - middle) @ down)
    nose = float((keypoints_xy[NOSE] - middle) @ down) / mouth
    bowed = _agreed(BOWED_BY_EARS[0] + BOWED_BY_EARS[1] * ears, BOWED_BY_NOSE[0] + BOWED_BY_NOSE[1] * nose)
    pitch = (bowed - LEVEL_WITHIN) / (BOWED - LEVEL_WITHIN)
    return float(np.clip(1 - max(yaw, pitch), 0, 1))


def _agreed(one: float, other: float) -> float:
    """How far from 0 both are, on the same side of it."""
    return min(abs(one), abs(other)) if one * other > 0 else 0.0


def worst_part(quality: FaceQuality) -> tuple[Part, ...]:
    """Which part ``value`` is the grade of; none where nothing is lost."""
    if quality.value > FLAWLESS:
        return ()
    grades = {
        Part.SIZE: _grade(quality.size, SIZE_GRADE),
        Part.SHARPNESS: quality.sharpness,
        Part.FRONTALITY: _grade(quality.frontality, FRONTALITY_GRADE),
    }
    worst = min(grades, key=lambda part: grades[part])
    # What else ``value`` can be is the grade of the mouth, which is not kept by itself.
    return (Part.COVER if quality.value < grades[worst] - 1e-6 else worst,)
