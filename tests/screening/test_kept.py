"""What is kept of a reading comes back to the bit, and holds no template."""

import contextlib
import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.gathered import MetFace, MetPhoto
from screening.kept import KeptReading, NotKeptError, keep, unpack
from vision.exif import ExifFacts
from vision.types import Face, FaceQuality, Hand, HandReading, Symbol

SHA = "sha256:" + "ab" * 32
SEEDS = st.integers(0, 2**32 - 1)


def photo(seed: int) -> MetPhoto:
    rng = np.random.default_rng(seed)

    def points(*shape: int) -> np.ndarray:
        return (rng.normal(size=shape) * 1000).astype(np.float32)

    def box() -> np.ndarray:
        corner = points(2)
        return np.concatenate([corner, corner + 1 + rng.random(2).astype(np.float32) * 500])

    faces = tuple(
        MetFace(Face(box(), points(6, 2), rng.random()), FaceQuality(rng.random() * 400, *rng.random(3).tolist()))
        for _ in range(rng.integers(0, 5))
    )
    hands = tuple(
        HandReading(
            Hand(box(), points(21, 2), points(21, 3), rng.choice(["left", "right"]), rng.random(), rng.random()),
            (Symbol(str(rng.choice(["one", "peace_inverted"])), rng.random()),)
            if readable and rng.random() < 0.5
            else (),
            (int(rng.integers(0, 3)),) if rng.random() < 0.5 else (),
            bool(readable),
        )
        for readable in rng.random(rng.integers(0, 4)) < 0.7
    )
    exif = ExifFacts(original="2024:10:08 07:30:11", make="Kamera é") if rng.random() < 0.5 else ExifFacts()
    return MetPhoto(SHA, 4000, 3000, faces, hands, bool(hands) or rng.random() < 0.5, exif)


def plain(value: object) -> object:
    """Everything in a value, arrays as their bytes."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if dataclasses.is_dataclass(value):
        return type(value).__name__, [plain(getattr(value, one.name)) for one in dataclasses.fields(value)]
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


@given(SEEDS)
def test_what_was_read_comes_back_to_the_bit(seed: int) -> None:
    before = photo(seed)
    assert plain(unpack(SHA, 4000, 3000, keep(before))) == plain(before)


@given(SEEDS, st.integers(0, 400), st.integers(0, 255))
def test_damaged_bytes_are_told_or_are_another_reading(seed: int, at: int, value: int) -> None:
    kept = keep(photo(seed))
    damaged = bytearray(kept.faces + kept.hands)
    damaged[at % len(damaged)] = value
    cut = dataclasses.replace(kept, faces=bytes(damaged[: len(kept.faces)]), hands=bytes(damaged[len(kept.faces) :]))
    with contextlib.suppress(NotKeptError):  # and no other error
        assert isinstance(unpack(SHA, 4000, 3000, cut), MetPhoto)


@pytest.mark.parametrize(
    "kept",
    [
        KeptReading(b"", b"", False, ""),
        KeptReading(b"\x02", b"", False, ""),
        KeptReading(b"\x01abc", b"", False, ""),
        KeptReading(b"\x01", b"abc", True, ""),
        KeptReading(b"\x01", b"", True, "3"),
        KeptReading(b"\x01", b"", True, "{"),
    ],
)
def test_something_else_is_refused(kept: KeptReading) -> None:
    with pytest.raises(NotKeptError):
        unpack(SHA, 4000, 3000, kept)


def test_the_size_leaves_no_room_for_a_template() -> None:
    one = next(met for seed in range(100) if (met := photo(seed)).faces)
    kept = keep(dataclasses.replace(one, hands=(), hands_searched=False))
    assert len(kept.faces) == 1 + len(one.faces) * (4 * 16 + 8 * 5)  # box and points; score and four of quality
