"""From a decoder's picture to upright RGB pixels, at a reduced size where that will do. Pillow objects end here."""

import struct
import zlib

import numpy as np
from PIL import ExifTags, ImageFile, JpegImagePlugin
from PIL import Image as PillowImage

from vision.exif import EXIF_IFD, GPS_IFD, NO_EXIF, ExifFacts, exif_facts
from vision.types import Image

# All that Pillow's decoders were seen to raise on damaged files, with the base classes that have no other meaning
# here. Wide, but only Pillow runs inside; our own refusals are PhotoErrors and pass.
DECODER_ERRORS = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    ArithmeticError,
    TypeError,
    AttributeError,
    AssertionError,
    EOFError,
    RuntimeError,  # and with it NotImplementedError, RecursionError
    struct.error,
    zlib.error,
)
# Full decoding is worth its price only where it shows more: at half size a 12-megapixel JPEG takes a third of the
# time, and its 2000 pixels do for 2048.
CLOSE_ENOUGH = 0.95
_BAND = 256  # rows turned and copied at a time: of 4000 pixels, 3 MB, about a core's cache
_UPRIGHT = {
    2: PillowImage.Transpose.FLIP_LEFT_RIGHT,
    3: PillowImage.Transpose.ROTATE_180,
    4: PillowImage.Transpose.FLIP_TOP_BOTTOM,
    5: PillowImage.Transpose.TRANSPOSE,
    6: PillowImage.Transpose.ROTATE_270,
    7: PillowImage.Transpose.TRANSVERSE,
    8: PillowImage.Transpose.ROTATE_90,
}
ON_ITS_SIDE = frozenset({5, 6, 7, 8})
_FROM_THE_END = {3, 4, 7, 8}  # whose upright photo begins with the last rows or columns of the stored one
# value / 257, rounded, without a division: Pillow's own conversion to 8 bits clips at 255 instead of scaling.
_FROM_16_BITS = [(value * 255 + 32895) >> 16 for value in range(65536)]


def load(image: ImageFile.ImageFile, longest_side: int | None) -> tuple[int, int]:
    """Decodes in place, a JPEG at 1/2, 1/4 or 1/8 where that will do; (width, height) of the full stored picture."""
    size = image.size
    divisor = _divisor(max(size), longest_side)
    if isinstance(image, JpegImagePlugin.JpegImageFile) and divisor > 1:
        scale = min(8, 1 << (divisor.bit_length() - 1))
        image.draft(None, (max(1, size[0] // scale), max(1, size[1] // scale)))
        image.load()
        return size
    image.load()
    return image.size  # libheif may correct the size while it decodes


def orientation(image: ImageFile.ImageFile) -> int:
    """EXIF's orientation, 1 to 8; 1 where there is none. A broken EXIF block does not spoil the photo."""
    try:
        value = image.getexif().get(ExifTags.Base.Orientation, 1)
        return int(value) if value in _UPRIGHT else 1
    except DECODER_ERRORS:
        return 1


def exif(image: ImageFile.ImageFile) -> ExifFacts:
    """What the EXIF block says of dates and camera. A broken one says nothing and does not spoil the photo."""
    try:
        tags = image.getexif()
        if not tags:  # most photos from social media; looking further would cost what the rest costs
            return NO_EXIF
        return exif_facts(tags, tags.get_ifd(EXIF_IFD), tags.get_ifd(GPS_IFD))
    except DECODER_ERRORS:
        return NO_EXIF


def rgb(image: PillowImage.Image) -> PillowImage.Image:
    """The picture in RGB: palettes resolved, transparency laid over white, 16 bits scaled to 8.

    The picture given is used up: where it is RGB already, it is what comes back.
    """
    if image.mode.startswith("I;16"):
        table = _FROM_16_BITS
        transparent = image.info.get("transparency")  # the one grey that stands for it
        if isinstance(transparent, int):
            table = [*table[:transparent], 255, *table[transparent + 1 :]]
        return image.convert("I").point(table, "L").convert("RGB")
    if image.has_transparency_data:
        alpha = image if image.mode == "RGBA" else image.convert("RGBA")
        canvas = PillowImage.new("RGB", image.size, "white")
        canvas.paste(alpha, mask=alpha)
        return canvas
    return image if image.mode == "RGB" else image.convert("RGB")


def shrunk(image: PillowImage.Image, longest_side: int | None) -> PillowImage.Image:
    """The picture averaged down by a whole divisor, where it is that much larger than needed."""
    divisor = _divisor(max(image.size), longest_side)
    return image if divisor == 1 else image.reduce(divisor)


def upright(image: PillowImage.Image, exif_orientation: int) -> Image:
    """Turns and copies band by band: no second copy of the photo, in less time than Pillow's ``np.asarray`` takes.

    Returns:
        (h, w, 3) uint8 RGB, contiguous and read-only.
    """
    turned = exif_orientation in ON_ITS_SIDE
    width, height = image.size
    rows, columns = (width, height) if turned else (height, width)
    pixels = np.empty((rows, columns, 3), np.uint8)
    for top in range(0, rows, _BAND):
        bottom = min(top + _BAND, rows)
        first, last = (rows - bottom, rows - top) if exif_orientation in _FROM_THE_END else (top, bottom)
        band = image.crop((first, 0, last, height) if turned else (0, first, width, last))
        if exif_orientation in _UPRIGHT:
            band = band.transpose(_UPRIGHT[exif_orientation])
        pixels[top:bottom] = np.frombuffer(band.tobytes(), np.uint8).reshape(bottom - top, columns, 3)
    pixels.setflags(write=False)
    return pixels


def _divisor(longest: int, wanted: int | None) -> int:
    return 1 if wanted is None else max(1, int(longest / (wanted * CLOSE_ENOUGH)))
