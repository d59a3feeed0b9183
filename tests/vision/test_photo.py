import hashlib
import importlib.util
import io
import os
import struct
import sys
import threading
import warnings
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, PngImagePlugin

from netra.errors import PhotoError, PhotoErrorKind
from vision.photo import load_photo, load_photo_bytes
from vision.photo_limits import DEFAULT_LIMITS, PILLOW_MAX_PIXELS
from vision.types import Photo

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
# Which upright pixel the stored pixel (row, column) shows, by EXIF 2.32's tag 0x0112: how its row 0 and its column 0
# are seen. ``last`` is the last (row, column) of the upright photo.
ORIENTATIONS = {
    1: lambda row, column, last: (row, column),  # top, left
    2: lambda row, column, last: (row, last[1] - column),  # top, right
    3: lambda row, column, last: (last[0] - row, last[1] - column),  # bottom, right
    4: lambda row, column, last: (last[0] - row, column),  # bottom, left
    5: lambda row, column, last: (column, row),  # left, top
    6: lambda row, column, last: (column, last[1] - row),  # right, top
    7: lambda row, column, last: (last[0] - column, last[1] - row),  # right, bottom
    8: lambda row, column, last: (last[0] - column, row),  # left, bottom
}


def noise(width: int = 64, height: int = 48) -> Image.Image:
    return Image.merge("RGB", [Image.effect_noise((width, height), 90) for _ in range(3)])


def smooth(width: int, height: int) -> Image.Image:
    """A picture that survives JPEG: red grows to the right, green downwards."""
    y, x = np.mgrid[0:height, 0:width]
    rgb = np.stack([255 * x / max(1, width - 1), 255 * y / max(1, height - 1), np.full(x.shape, 90)], axis=2)
    return Image.fromarray(rgb.round().astype(np.uint8))


def encoded(image: Image.Image, format_name: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format_name, **options)
    return file.getvalue()


def exif(orientation: object) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def load(data: bytes, longest_side: int | None = None, **limits: Any) -> Photo:
    return load_photo_bytes(data, "foto.jpg", replace(DEFAULT_LIMITS, **limits), longest_side)


def refused(data: bytes, **limits: Any) -> PhotoErrorKind:
    with pytest.raises(PhotoError, match=r"foto\.jpg: .*\. .*\.$") as caught:
        load(data, **limits)
    return caught.value.kind


@pytest.mark.parametrize("format_name", FORMATS)
def test_a_photo_of_every_format(format_name: str, tmp_path: Path) -> None:
    image = smooth(64, 48)
    path = tmp_path / "foto.jpg"  # whatever the format
    path.write_bytes(encoded(image, format_name))
    photo = load_photo(path)
    assert (photo.width, photo.height, photo.format) == (64, 48, format_name)
    assert photo.sha256 == "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
    assert photo.pixels.flags.c_contiguous
    assert not photo.pixels.flags.writeable
    tolerance = {"PNG": 0, "BMP": 0, "JPEG": 12, "WEBP": 16, "GIF": 60}[format_name]
    assert np.abs(photo.pixels.astype(int) - np.asarray(image)).max() <= tolerance


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(60, 40), (300, 700)])  # in one band of rows, and in several
def test_photos_stand_upright(orientation: int, size: tuple[int, int], rng: np.random.Generator) -> None:
    width, height = size
    upright = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    rows, columns = np.mgrid[0:height, 0:width] if orientation < 5 else np.mgrid[0:width, 0:height]
    stored = upright[ORIENTATIONS[orientation](rows, columns, (height - 1, width - 1))]
    photo = load(encoded(Image.fromarray(stored), "PNG", exif=exif(orientation)))
    assert (photo.width, photo.height) == size
    np.testing.assert_array_equal(photo.pixels, upright)


def test_a_turned_jpeg_is_turned_at_reduced_size() -> None:
    photo = load(encoded(smooth(1600, 1200), "JPEG", exif=exif(6)), 500)
    assert photo.pixels.shape == (800, 600, 3)
    assert (photo.width, photo.height) == (1200, 1600)
    red, green = photo.pixels[..., 0].astype(int), photo.pixels[..., 1].astype(int)
    assert red[-1, 300] > red[0, 300] + 200  # what grew to the right grows downwards
    assert green[400, 0] > green[400, -1] + 200  # what grew downwards grows to the left


@pytest.mark.parametrize(
    ("kind", "count", "value"),
    [
        (3, 1, b"\0\0\0\0"),
        (3, 1, b"\t\0\0\0"),
        (2, 2, b"6\0\0\0"),  # as text
        (3, 99, b"\xff\xff\xff\xff"),  # beyond the block
        (77, 1, b"\6\0\0\0"),  # of an unknown type
    ],
)
def test_a_senseless_orientation_is_none(kind: int, count: int, value: bytes) -> None:
    block = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHI", 1, 0x0112, kind, count) + value + b"\0" * 4
    assert load(encoded(smooth(64, 48), "JPEG", exif=block)).pixels.shape == (48, 64, 3)


def test_a_broken_exif_block_does_not_spoil_the_photo() -> None:
    data = encoded(smooth(64, 48), "JPEG", exif=b"Exif\0\0II*\0\xff\xff\xff\x7f\0\0")
    assert load(data).width == 64


@pytest.mark.parametrize(
    ("size", "wanted", "expected"),
    [
        ((4000, 30), 2048, (2000, 15)),  # 2000 will do for 2048
        ((4000, 30), 2200, (4000, 30)),
        ((3000, 20), 1500, (1500, 10)),
        ((4001, 21), 1000, (1001, 6)),  # parts of pixels count whole
        ((640, 480), 2048, (640, 480)),  # never larger
        ((64, 48), 1, (1, 1)),
        ((8000, 48), 263, (250, 2)),  # a JPEG decoder does the first eighth of it
    ],
)
@pytest.mark.parametrize("format_name", ["JPEG", "PNG"])
def test_reduced_size(format_name: str, size: tuple[int, int], wanted: int, expected: tuple[int, int]) -> None:
    photo = load(encoded(smooth(*size), format_name), wanted)
    assert (photo.width, photo.height) == size
    height, width = photo.pixels.shape[:2]
    assert (width, height) == expected


@given(st.integers(16, 3000), st.integers(1, 4000), st.sampled_from(["JPEG", "PNG"]))
def test_a_photo_is_reduced_as_far_as_it_may_be(width: int, wanted: int, format_name: str) -> None:
    photo = load(encoded(Image.new("RGB", (width, 16)), format_name), wanted)
    reduced = photo.pixels.shape[1]
    assert min(width, 0.95 * wanted) <= reduced <= width
    assert reduced < 2 * 0.95 * wanted + 2 or reduced == width


def test_a_reduced_photo_shows_the_same() -> None:
    full, half = (load(encoded(smooth(800, 600), "JPEG", quality=95), side) for side in (None, 400))
    averaged = full.pixels.reshape(300, 2, 400, 2, 3).mean(axis=(1, 3))
    assert np.abs(averaged - half.pixels).max() < 4
    np.testing.assert_allclose(half.scale_xy, (2, 2))


def test_longest_side_must_be_positive() -> None:
    with pytest.raises(ValueError, match="longest_side: expected 1 or more, got 0"):
        load(encoded(noise(), "PNG"), 0)


def test_sixteen_bits_are_scaled_not_clipped() -> None:
    values = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    gray = load(encoded(Image.fromarray(values), "PNG")).pixels
    np.testing.assert_array_equal(gray[..., 0], np.round(values / 257).astype(np.uint8))
    assert (gray == gray[..., :1]).all()
    png = cv2.imencode(".png", np.dstack([values, values[::-1], values.T]))[1].tobytes()
    rgb = load(png).pixels.astype(int)
    assert np.abs(rgb - np.dstack([values.T, values[::-1], values]) / 257).max() <= 1


def test_transparent_grey_of_sixteen_bits_is_white() -> None:
    data = encoded(Image.fromarray(np.full((20, 20), 700, np.uint16)), "PNG")
    clear = struct.pack(">I4sH", 2, b"tRNS", 700)
    data = data[:33] + clear + struct.pack(">I", zlib.crc32(clear[4:])) + data[33:]
    assert (load(data).pixels == 255).all()


@pytest.mark.parametrize(
    ("mode", "colour", "expected"),
    [
        ("1", 1, (255, 255, 255)),
        ("L", 70, (70, 70, 70)),
        ("LA", (0, 51), (204, 204, 204)),
        ("RGBA", (200, 0, 100, 0), (255, 255, 255)),
        ("RGBA", (200, 0, 100, 255), (200, 0, 100)),
        ("RGBA", (0, 0, 0, 102), (153, 153, 153)),
    ],
)
def test_colours_over_white(mode: str, colour: int | tuple[int, ...], expected: tuple[int, int, int]) -> None:
    image = Image.new(mode, (20, 20), colour)
    formats = ["PNG"] if mode in {"1", "LA"} else ["PNG", "WEBP"] if mode == "RGBA" else ["PNG", "GIF", "BMP"]
    for format_name in formats:
        options = {"lossless": True, "exact": True} if format_name == "WEBP" else {}
        assert (load(encoded(image, format_name, **options)).pixels == expected).all()


@pytest.mark.parametrize("transparency", [1, bytes([255, 0])])
@pytest.mark.parametrize("format_name", ["PNG", "GIF"])
def test_transparent_palette_colours_are_white(format_name: str, transparency: object) -> None:
    if format_name == "GIF" and isinstance(transparency, bytes):
        transparency = 1
    image = Image.new("P", (20, 20), 0)
    image.putpalette([10, 20, 30, 40, 50, 60])
    image.paste(1, (0, 0, 10, 20))
    pixels = load(encoded(image, format_name, transparency=transparency)).pixels
    assert (pixels[:, :10] == 255).all()
    assert (pixels[:, 10:] == (10, 20, 30)).all()


def test_inks_become_colours() -> None:
    image = Image.new("CMYK", (32, 32), (255, 0, 0, 0))  # cyan ink only
    data = encoded(image, "JPEG", quality=95)
    assert np.abs(load(data).pixels.astype(int) - (0, 255, 255)).max() <= 3
    # The same, stored as luma and chroma (YCCK): Adobe's segment says 2, the colours follow JFIF.
    luma, blue, red = Image.new("RGB", (1, 1), (255, 0, 0)).convert("YCbCr").tobytes()
    image = Image.new("CMYK", (32, 32), (255 - luma, 255 - blue, 255 - red, 0))
    data = encoded(image, "JPEG", quality=95)
    adobe = data.index(b"Adobe") + 11
    assert data[adobe] == 0
    ycck = data[:adobe] + b"\2" + data[adobe + 1 :]
    assert np.abs(load(ycck).pixels.astype(int) - (0, 255, 255)).max() <= 6


def test_the_first_picture_of_several_is_read() -> None:
    pictures = [Image.new("RGB", (32, 32), colour) for colour in ("red", "green", "blue")]
    for format_name in ("GIF", "PNG", "WEBP", "MPO"):
        data = encoded(pictures[0], format_name, save_all=True, append_images=pictures[1:])
        photo = load(data)
        assert np.abs(photo.pixels.astype(int) - (255, 0, 0)).max() <= 3
        assert photo.format == ("JPEG" if format_name == "MPO" else format_name)


def test_a_damaged_list_of_pictures_does_not_spoil_the_first() -> None:
    data = encoded(smooth(64, 48), "MPO", save_all=True, append_images=[smooth(64, 48)])
    start = data.index(b"MPF\0") + 4
    assert load(data[:start] + b"\xff" * 40 + data[start + 40 :], 32).width == 64


@pytest.mark.parametrize("format_name", ["GIF", "PNG", "WEBP"])
def test_long_animations_are_refused(format_name: str) -> None:
    pictures = [Image.new("RGB", (32, 32), (20 * index, 240 - 20 * index, 0)) for index in range(12)]
    data = encoded(pictures[0], format_name, save_all=True, append_images=pictures[1:])
    assert load(data, max_frames=12).width == 32
    assert refused(data, max_frames=11) == PhotoErrorKind.TOO_MANY_FRAMES


@pytest.mark.parametrize("format_name", FORMATS)
def test_size_limits(format_name: str) -> None:
    data = encoded(noise(64, 48), format_name)
    assert refused(data, max_bytes=len(data) - 1) == PhotoErrorKind.TOO_MANY_BYTES
    assert refused(data, max_pixels=64 * 48 - 1, max_pixels_buffered=64 * 48 - 1) == PhotoErrorKind.TOO_MANY_PIXELS
    assert refused(data, max_side=63) == PhotoErrorKind.TOO_MANY_PIXELS
    assert refused(data, min_side=49) == PhotoErrorKind.TOO_SMALL
    assert load(data, max_bytes=len(data), max_pixels_buffered=64 * 48, max_side=64, min_side=48).width == 64


def test_what_cannot_be_decoded_in_bands_has_a_lower_limit() -> None:
    limits = {"max_pixels": 5000, "max_pixels_buffered": 1000}
    assert load(encoded(noise(), "JPEG"), **limits).width == 64
    assert refused(encoded(noise(), "JPEG", progressive=True), **limits) == PhotoErrorKind.TOO_MANY_PIXELS
    assert refused(encoded(noise(), "PNG"), **limits) == PhotoErrorKind.TOO_MANY_PIXELS


@pytest.mark.parametrize("side", [40_000, 2**31 - 1])
def test_a_bomb_is_told_by_its_header(side: int) -> None:
    png = encoded(noise(), "PNG")
    header = b"IHDR" + struct.pack(">II", side, side) + png[24:29]
    assert (
        refused(png[:12] + header + struct.pack(">I", zlib.crc32(header)) + png[33:]) == PhotoErrorKind.TOO_MANY_PIXELS
    )
    side = min(side, 65_535)
    gif = encoded(noise(), "GIF")
    assert refused(gif[:6] + struct.pack("<HH", side, side) + gif[10:]) == PhotoErrorKind.TOO_MANY_PIXELS
    jpeg = bytearray(encoded(noise(), "JPEG"))
    frame = jpeg.index(b"\xff\xc0")
    jpeg[frame + 5 : frame + 9] = struct.pack(">HH", side, side)
    assert refused(bytes(jpeg)) == PhotoErrorKind.TOO_MANY_PIXELS
    webp = bytearray(encoded(noise().convert("RGBA"), "WEBP", exif=exif(1)))
    webp[24:30] = (16_000).to_bytes(3, "little") * 2
    assert refused(bytes(webp)) in {PhotoErrorKind.TOO_MANY_PIXELS, PhotoErrorKind.DAMAGED}


@pytest.mark.parametrize("limits", [{"max_bytes": 0}, {"min_side": 0}, {"max_pixels_buffered": PILLOW_MAX_PIXELS + 1}])
def test_senseless_limits_are_refused(limits: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(limits))}: expected"):
        replace(DEFAULT_LIMITS, **limits)


@pytest.mark.parametrize("format_name", FORMATS)
@pytest.mark.parametrize("longest_side", [None, 30])
def test_files_that_break_off(format_name: str, longest_side: int | None) -> None:
    data = encoded(noise(), format_name)
    for share in (0.2, 0.6, 0.9):
        with pytest.raises(PhotoError, match="breaks off") as caught:
            load(data[: int(len(data) * share)], longest_side)
        assert caught.value.kind == PhotoErrorKind.TRUNCATED


def test_a_file_that_breaks_off_is_refused_though_other_code_lets_pillow_accept_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    before = list(warnings.filters)
    data = encoded(noise(640, 480), "JPEG")
    kinds: list[PhotoErrorKind] = []

    def work() -> None:
        kinds.extend(refused(data[: len(data) // 2]) for _ in range(5))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kinds == [PhotoErrorKind.TRUNCATED] * 20
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True  # others' choice, put back
    assert list(warnings.filters) == before


def test_damaged_files() -> None:
    png = encoded(noise(), "PNG")
    middle = len(png) // 2
    assert refused(png[:middle] + b"\xff" * 64 + png[middle + 64 :]) == PhotoErrorKind.DAMAGED
    jpeg = encoded(noise(), "JPEG")
    tables, frame = jpeg.index(b"\xff\xdb"), jpeg.index(b"\xff\xc0")
    assert refused(jpeg[:tables] + jpeg[frame:]) == PhotoErrorKind.DAMAGED
    assert refused(b"RIFF\x40\0\0\0WEBPVP8 " + b"\0" * 60) == PhotoErrorKind.DAMAGED


def test_a_jpeg_that_would_take_hours_is_refused_at_once() -> None:
    data = encoded(smooth(2000, 2000), "JPEG", progressive=True)
    start = data.rindex(b"\xff\xda")
    scan = data[start : start + 2 + int.from_bytes(data[start + 2 : start + 4], "big")]
    assert refused(data[:-2] + scan * 500_000 + data[-2:]) == PhotoErrorKind.DAMAGED


@pytest.mark.parametrize(
    ("data", "kind", "word"),
    [
        (b"", PhotoErrorKind.EMPTY, "empty"),
        (b"hanya teks", PhotoErrorKind.NOT_A_PHOTO, "not a photo"),
        (b"\xff\xd8", PhotoErrorKind.NOT_A_PHOTO, "not a photo"),
        (b"%PDF-1.7\n", PhotoErrorKind.UNSUPPORTED_FORMAT, "PDF"),
        (b"\0\0\0\x1cftypmp42\0\0\0\0", PhotoErrorKind.UNSUPPORTED_FORMAT, "video"),
        (b"\0\0\0\x1cftypavif\0\0\0\0", PhotoErrorKind.UNSUPPORTED_FORMAT, "AVIF"),
        (encoded(noise(), "TIFF"), PhotoErrorKind.UNSUPPORTED_FORMAT, "TIFF"),
    ],
)
def test_what_is_no_photo(data: bytes, kind: PhotoErrorKind, word: str) -> None:
    with pytest.raises(PhotoError, match=word) as caught:
        load(data)
    assert caught.value.kind == kind


def test_heic_says_what_it_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(PhotoError, match='extra "heic"') as caught:
        load(b"\0\0\0\x1cftypheic\0\0\0\0")
    assert caught.value.kind == PhotoErrorKind.UNSUPPORTED_FORMAT


def test_heic_needs_no_leave_where_its_library_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    png = io.BytesIO(encoded(smooth(200, 100), "PNG"))  # what the stand-in for the library, an extra, makes of any file
    library = SimpleNamespace(HeifImageFile=lambda _: PngImagePlugin.PngImageFile(png))
    monkeypatch.setitem(sys.modules, "pillow_heif", library)
    assert load(b"\0\0\0\x1cftypheic\0\0\0\0").format == "HEIF"


@pytest.mark.skipif(importlib.util.find_spec("pillow_heif") is None, reason="needs netra's extra heic (pillow-heif)")
def test_heic_is_read_where_its_library_is_there() -> None:
    heif = pytest.importorskip("pillow_heif").from_pillow(smooth(200, 100))
    file = io.BytesIO()
    heif.save(file, quality=90)
    photo = load(file.getvalue(), 50)
    assert (photo.width, photo.height, photo.format) == (200, 100, "HEIF")
    assert photo.pixels.shape == (25, 50, 3)
    assert refused(file.getvalue()[:-200]) == PhotoErrorKind.TRUNCATED


def test_names_in_messages_are_harmless() -> None:
    with pytest.raises(PhotoError) as caught:
        load_photo_bytes(b"teks", "a\n\x1b[2J\u202egpj" + os.fsdecode(b"\xff"))
    assert str(caught.value).startswith(r"a\n\x1b[2J\u202egpj\xff: ")


def test_nothing_global_changes_on_import_or_use() -> None:
    before = (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, list(warnings.filters), dict(Image.OPEN))
    load(encoded(noise(), "WEBP"))
    assert refused(b"\xff\xd8\xff\xe0") == PhotoErrorKind.TRUNCATED
    assert before == (Image.MAX_IMAGE_PIXELS, ImageFile.LOAD_TRUNCATED_IMAGES, list(warnings.filters), dict(Image.OPEN))
