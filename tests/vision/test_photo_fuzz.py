"""Whatever the bytes, the answer is a Photo or a PhotoError: a hostile file must never stop a scan."""

import functools
import io
import itertools
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from netra.errors import PhotoError
from vision.photo import load_photo_bytes
from vision.photo_limits import PhotoLimits

VARIANTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("JPEG", "RGB", {}),
    ("JPEG", "L", {"progressive": True}),
    ("JPEG", "CMYK", {}),
    ("MPO", "RGB", {}),
    ("PNG", "RGB", {}),
    ("PNG", "P", {"transparency": 3}),
    ("PNG", "I;16", {}),
    ("PNG", "RGBA", {"save_all": True}),
    ("WEBP", "RGB", {}),
    ("WEBP", "RGBA", {"lossless": True, "save_all": True}),
    ("GIF", "P", {"save_all": True}),
    ("GIF", "L", {"interlace": 1}),
    ("BMP", "RGB", {}),
    ("BMP", "P", {}),
    ("BMP", "1", {}),
)
# Structure, not bulk: what decoders branch on.
WORDS = st.sampled_from(
    [b"\0", b"\xff", b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1", b"\x80\0", b"\xff\xd8",
     b"\xff\xda", b"\xff\xd9", b"\xff\xc2", b"\xff\xe1\0\x10Exif\0\0II*\0", b"IDAT", b"IEND", b"tRNS", b"fcTL", b"acTL",
     b"PLTE", b"iCCP", b"VP8X", b"VP8L", b"ANMF", b"EXIF", b"\x21\xf9\4", b"\x2c", b"\x3b"]
)  # fmt: skip
LIMITS = PhotoLimits(max_pixels=4_000_000, max_pixels_buffered=4_000_000, min_side=1)


@functools.cache
def valid_file(variant: int) -> bytes:
    format_name, mode, options = VARIANTS[variant]
    noise = Image.effect_noise((40, 28), 90)
    image = noise.point(range(256), "L") if mode == "I;16" else noise.convert("RGB")
    image = image.convert("I;16" if mode == "I;16" else mode)
    exif = Image.Exif()
    exif[0x0112] = 6
    extra: dict[str, Any] = {"exif": exif} if format_name in {"JPEG", "PNG", "WEBP"} else {}
    if options.get("save_all") or format_name == "MPO":
        extra |= {"save_all": True, "append_images": [image.transpose(Image.Transpose.ROTATE_180)]}
    file = io.BytesIO()
    image.save(file, format_name, **{**options, **extra})
    return file.getvalue()


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["flip", "write", "insert", "cut", "repeat", "end"]),
        st.one_of(st.integers(0, 120), st.integers(0, 6000)),
        st.one_of(WORDS, st.binary(min_size=1, max_size=8)),
    ),
    min_size=1,
    max_size=6,
)


def edited(data: bytes, edits: list[tuple[str, int, bytes]]) -> bytes:
    for kind, position, word in edits:
        at = position % (len(data) + 1)
        rest = data[at:]
        data = (
            data[:at]
            + {
                "flip": bytes([rest[0] ^ word[0]]) + rest[1:] if rest else b"",
                "write": word + rest[len(word) :],
                "insert": word + rest,
                "cut": rest[len(word) * 4 :],
                "repeat": rest[:64] * len(word) + rest,
                "end": b"",
            }[kind]
        )
    return data


@settings(max_examples=600, deadline=timedelta(seconds=10), suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(VARIANTS) - 1), EDITS, st.sampled_from([None, 7, 20]))
def test_a_damaged_file_is_a_photo_or_a_photo_error(
    variant: int, edits: list[tuple[str, int, bytes]], longest_side: int | None
) -> None:
    outcome(edited(valid_file(variant), edits), longest_side)


def test_every_cut_of_every_small_file() -> None:
    for variant in range(len(VARIANTS)):
        data = valid_file(variant)
        for end in itertools.chain(range(0, 400, 7), range(400, len(data), 97)):
            outcome(data[:end], None)


def outcome(data: bytes, longest_side: int | None) -> None:
    try:
        assert load_photo_bytes(data, "foto.jpg", LIMITS, longest_side).pixels.size > 0
    except PhotoError as error:
        message = str(error)
    else:
        message = "foto.jpg: a photo"
    assert message.startswith("foto.jpg: ")
