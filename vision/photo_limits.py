"""What a photo may cost, and the refusal of one that costs more. No decoder is needed for it."""

from dataclasses import dataclass, fields
from typing import Final

from netra.errors import PhotoErrorKind
from vision import photo_file

# Pillow refuses twice its MAX_IMAGE_PIXELS by itself; a limit above that would be an empty promise.
PILLOW_MAX_PIXELS = 178_956_970

LONGEST_SIDE: Final = 4000
"""Pixels of the longest side at which photos are read. A phone's 12 megapixels, 4000 x 3000, are read whole, so that a
face in the last row of a group photo keeps its detail; a photo far larger is decoded at a half or a quarter."""


@dataclass(frozen=True, slots=True)
class PhotoLimits:
    """What a photo may cost. With the defaults a decode stays under 1 GiB of memory (measured, peak of the process).

    Attributes:
        max_bytes: of the file. Cameras' largest JPEGs have about 50 MB.
        max_pixels: of a photo that can be decoded in bands or at reduced size: a JPEG with its colours interleaved,
            as cameras write it. 120 million lets phones' 108-megapixel photos in; 7 bytes a pixel at full size.
        max_pixels_buffered: of any other, which the decoder must hold whole, at 8 (GIF) to 16 (WebP) bytes a pixel.
            50 million lets phones' 8064 x 6048 in.
        max_side: of the longest side, in pixels: OpenCV's warps take no more (SHRT_MAX).
        min_side: of the shortest side, in pixels; no face fits into less.
        max_frames: of an animation, of which only the first picture is read. Longer ones are clips, to be seen by
            somebody.
    """

    max_bytes: int = 64 * 2**20
    max_pixels: int = 120_000_000
    max_pixels_buffered: int = 50_000_000
    max_side: int = 32_766
    min_side: int = 16
    max_frames: int = 200

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if value < 1:
                raise ValueError(f"{field.name}: expected 1 or more, got {value}")
            if field.name.startswith("max_pixels") and value > PILLOW_MAX_PIXELS:
                raise ValueError(f"{field.name}: expected at most {PILLOW_MAX_PIXELS:,}, got {value:,}")


DEFAULT_LIMITS = PhotoLimits()


def check_frames(frames: int, name: str, limits: PhotoLimits) -> None:
    """Refuses an animation that is too long.

    Raises:
        PhotoError: TOO_MANY_FRAMES.
    """
    if frames > limits.max_frames:
        what = f"an animation of more than {limits.max_frames:,} pictures, expected a photo"
        raise photo_file.refusal(PhotoErrorKind.TOO_MANY_FRAMES, name, what, "Look at it by hand")


def check_pixels(size: tuple[int, int], is_buffered: bool, name: str, limits: PhotoLimits) -> None:
    """Refuses a photo by its size, ``(width, height)`` in pixels, before any of them is decoded.

    Raises:
        PhotoError: TOO_MANY_PIXELS or TOO_SMALL.
    """
    width, height = size
    most = limits.max_pixels_buffered if is_buffered else limits.max_pixels
    if width * height > most or max(size) > limits.max_side:
        what = f"{width:,} x {height:,} pixels, expected at most {most:,} in all and {limits.max_side:,} a side"
        raise photo_file.refusal(PhotoErrorKind.TOO_MANY_PIXELS, name, what, "Save it smaller, or raise the limit")
    if min(size) < limits.min_side:
        what = f"{width:,} x {height:,} pixels, expected at least {limits.min_side:,} a side"
        raise photo_file.refusal(PhotoErrorKind.TOO_SMALL, name, what, "Look for a larger copy of it")
