"""Which part of a face's quality is the worst."""

import pytest

from vision.quality import Part, worst_part
from vision.types import FaceQuality


@pytest.mark.parametrize(
    ("quality", "part"),
    [
        (FaceQuality(26.0, 0.9, 0.9, 0.5), (Part.SIZE,)),
        (FaceQuality(200.0, 0.3, 0.9, 0.3), (Part.SHARPNESS,)),
        (FaceQuality(200.0, 0.9, 0.375, 0.5), (Part.FRONTALITY,)),
        (FaceQuality(200.0, 0.9, 0.9, 0.2), (Part.COVER,)),
        (FaceQuality(200.0, 1.0, 0.9, 1.0), ()),
    ],
)
def test_the_part_that_the_value_is_of_is_named(quality: FaceQuality, part: tuple[Part, ...]) -> None:
    assert worst_part(quality) == part
