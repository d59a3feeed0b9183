"""PDQ as pdqhash 0.2.8, built from Meta's code, gives it: the same bits and the same quality."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vision.pdq import pdq
from vision.types import Image

SHAPES = ((64, 64), (65, 127), (128, 129), (20, 300), (333, 200), (480, 640), (512, 512), (700, 131))


def picture(number: int, rows: int, columns: int) -> Image:
    """Waves of three colours, made of whole numbers alone so that every machine makes the same."""
    y, x = np.mgrid[:rows, :columns].astype(np.int64)
    bands = [
        (x * (3 + number) // 5 + y * (7 * colour + number) // 4 + (x * y) // (90 + 10 * colour)) % 256
        for colour in range(3)
    ]
    return np.asarray(np.stack(bands, axis=2), np.uint8)


KNOWN = (
    ("9996666d91126ead91526e65999a4664bb8b4454ba8b447699996666119deef7", 6),
    ("536aa5554a8ab5256a5bd4ae695596ae455aba95452b925669add6522da5d2ca", 66),
    ("f1a103ae5d4aa0d75f93da15a4e75b4c94bb5d72b2856dad965168a3b6ec2802", 100),
    ("b336ecccb9362c9c26b6adb46db6a5a4a5b6a49424b6249465b66db449265b6c", 100),
    ("85d63fa6d2c625bac9d633b4c664bc8cf07c8fb07f64aacc403cabf05d00aad1", 100),
    ("1f3f7f3fff05ff1fce0000000e051e007e3ffe03fe1f000000007c3f7a3f7e3f", 100),
    ("3f8aff8bff00c0008300070b1f0f3f0fff2bff0200009523942f9d3f9f2f9d3f", 100),
    ("22947da4ba65f1ccbf1c907cfff0fc00c1f1fe00d1f15e0149f5bf0188f1af01", 100),
)


@pytest.mark.parametrize(("number", "shape", "known"), [*zip(range(len(SHAPES)), SHAPES, KNOWN, strict=True)])
def test_the_hash_is_that_of_pdqhash(number: int, shape: tuple[int, int], known: tuple[str, int]) -> None:
    hashed, quality = pdq(picture(number, *shape))
    different = int.from_bytes(hashed, "big") ^ int(known[0], 16)
    assert different.bit_count() <= 2, "a processor may round the other way right at the median"
    assert quality == known[1]


@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 255))
def test_any_size_and_a_picture_of_one_colour_have_a_hash(rows: int, columns: int, level: int) -> None:
    hashed, quality = pdq(np.full((rows, columns, 3), level, np.uint8))
    assert len(hashed) == 32
    assert quality == 0


def test_half_of_the_bits_are_set() -> None:
    hashed, _ = pdq(picture(3, 300, 400))
    assert np.unpackbits(np.frombuffer(hashed, np.uint8)).sum() == 128
