"""Decodes a photo once: limits, upright RGB pixels, sha256. Only this file and photo_pixels see Pillow's objects.

    bytes (photo_file) -> format, structure (photo_header) -> one decoder -> size (photo_limits) -> pixels -> Photo

Only the one decoder whose signature the file bears is ever given it. Colours become RGB: palettes are resolved, alpha
is laid over white, 16 bits are scaled to 8, CMYK is converted by its complement. Embedded ICC profiles are *not*
applied: what they change (a few levels for the Display P3 of phones) is not what faces and hands are told by, the
conversion costs more than the decoding, and a profile is one more hostile input.
"""

import hashlib
import importlib
import io
import os
import threading
import warnings
from collections.abc import Callable

from PIL import BmpImagePlugin, GifImagePlugin, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from PIL import Image as PillowImage

from netra.errors import PhotoError, PhotoErrorKind
from vision import photo_file, photo_header, photo_limits, photo_pixels
from vision.photo_limits import DEFAULT_LIMITS, PhotoLimits
from vision.types import Photo

_Decoder = Callable[[io.BytesIO], ImageFile.ImageFile]
_DECODERS: dict[str, _Decoder] = {
    "JPEG": JpegImagePlugin.JpegImageFile,  # also of a phone's MPO, whose first picture is a JPEG like any other
    "PNG": PngImagePlugin.PngImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
    "GIF": GifImagePlugin.GifImageFile,
    "BMP": BmpImagePlugin.BmpImageFile,
}
_READABLE = "JPEG, PNG, WebP, GIF or BMP"


def load_photo(
    source: str | os.PathLike[str], limits: PhotoLimits = DEFAULT_LIMITS, longest_side: int | None = None
) -> Photo:
    """Loads a photo from a file, which is opened once; hash and pixels come from the same bytes.

    Args:
        source: path of a regular file. Links are refused.
        limits: what it may cost.
        longest_side: pixels that the longest side needs; see ``load_photo_bytes``.

    Raises:
        PhotoError: the photo cannot be used; its ``kind`` says why.
        ValueError: ``longest_side`` is less than 1.
    """
    path = os.fspath(source)
    return load_photo_bytes(photo_file.read_file(path, limits.max_bytes), path, limits, longest_side)


def load_photo_bytes(
    data: bytes, name: str, limits: PhotoLimits = DEFAULT_LIMITS, longest_side: int | None = None
) -> Photo:
    """Loads a photo from its bytes, for example a member of a zip archive.

    Args:
        data: the whole file.
        name: what messages call it.
        limits: what it may cost.
        longest_side: pixels that the longest side needs. A photo much larger is decoded smaller, by a whole divisor:
            its longest side then has at least 95% of this, and about twice as much at most. None: every pixel.

    Returns:
        Pixels (h, w, 3) uint8 RGB, upright, contiguous and read-only; width and height of the full upright photo.

    Raises:
        PhotoError: the photo cannot be used; its ``kind`` says why.
        ValueError: ``longest_side`` is less than 1.
    """
    if longest_side is not None and longest_side < 1:
        raise ValueError(f"longest_side: expected 1 or more, got {longest_side}")
    photo_file.check_size(name, len(data), limits.max_bytes)
    format_name = photo_header.recognise(data)
    decoder = _decoder(format_name, name)
    structure = photo_header.survey(data, format_name, limits.max_frames)
    if structure.unsupported:
        raise _unsupported(name, structure.unsupported)
    if structure.flaw:
        raise photo_file.refusal(PhotoErrorKind.DAMAGED, name, structure.flaw, "Look at it by hand")
    photo_limits.check_frames(structure.frames, name, limits)
    try:
        with _PILLOW:
            opened = decoder(io.BytesIO(data))
            photo_limits.check_pixels(opened.size, structure.is_buffered, name, limits)
            full_size = photo_pixels.load(opened, longest_side)
            orientation = photo_pixels.orientation(opened)
            exif = photo_pixels.exif(opened)
            flat = photo_pixels.rgb(opened)
            del opened  # and with it what the decoder holds
            pixels = photo_pixels.upright(photo_pixels.shrunk(flat, longest_side), orientation)
    except MemoryError as error:
        raise photo_file.too_little_memory(name) from error
    except PillowImage.DecompressionBombError as error:
        what = f"the {format_name} picture has more pixels than its decoder takes"
        raise photo_file.refusal(PhotoErrorKind.TOO_MANY_PIXELS, name, what, "Save it smaller") from error
    except photo_pixels.DECODER_ERRORS as error:
        raise _damage(error, data, format_name, name) from error
    width, height = reversed(full_size) if orientation in photo_pixels.ON_ITS_SIDE else full_size
    return Photo(pixels, width, height, f"sha256:{hashlib.sha256(data).hexdigest()}", format_name, exif)


class _PillowSwitches:
    """Pillow's process-wide switches, held for as long as any thread decodes and then put back.

    Truncated files must be refused, though other libraries (face_recognition, on import) let Pillow accept them; and
    Pillow's warnings name no file and repeat what the limits here decide.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inside = 0
        self._accepts_truncated = False
        self._warnings = warnings.catch_warnings()

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._accepts_truncated = ImageFile.LOAD_TRUNCATED_IMAGES
                ImageFile.LOAD_TRUNCATED_IMAGES = False
                self._warnings = warnings.catch_warnings()
                self._warnings.__enter__()
                warnings.simplefilter("ignore")
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._warnings.__exit__(None, None, None)
                ImageFile.LOAD_TRUNCATED_IMAGES = self._accepts_truncated


_PILLOW = _PillowSwitches()


def _decoder(format_name: str, name: str) -> _Decoder:
    if format_name in _DECODERS:
        return _DECODERS[format_name]
    if format_name == "HEIF":
        return _heif_decoder(name)
    if format_name:
        raise _unsupported(name, format_name)
    what = f"not a photo by its content, expected {_READABLE}"
    raise photo_file.refusal(PhotoErrorKind.NOT_A_PHOTO, name, what, "Look at it by hand")


def _heif_decoder(name: str) -> _Decoder:
    try:
        # By name, since the extra is optional for type checkers too.
        decoder: _Decoder = importlib.import_module("pillow_heif").HeifImageFile
    except ImportError as error:
        raise _unsupported(name, "HEIC", 'Save it as JPEG, or install netra with its extra "heic"') from error
    return decoder


def _unsupported(name: str, what: str, advice: str = "Save it as JPEG, or look at it by hand") -> PhotoError:
    text = f"{what}, which cannot be read here, expected {_READABLE}"
    return photo_file.refusal(PhotoErrorKind.UNSUPPORTED_FORMAT, name, text, advice)


def _damage(error: Exception, data: bytes, format_name: str, name: str) -> PhotoError:
    advice = "Copy or download it again"
    if photo_header.ends_early(data, format_name):
        what = f"the file breaks off before the end of the {format_name} picture"
        return photo_file.refusal(PhotoErrorKind.TRUNCATED, name, what, advice)
    what = f"the {format_name} picture is damaged ({str(error) or type(error).__name__})"
    return photo_file.refusal(PhotoErrorKind.DAMAGED, name, what, advice)
