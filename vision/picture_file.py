"""Writing an annotated picture: whole or not at all, and never over another file unasked."""

import secrets
from io import BytesIO
from pathlib import Path

from PIL import Image as PillowImage

from netra.errors import OutputError
from vision.types import Image

QUALITY = 90  # Pillow's scale of 0 to 95; lines and letters show no blocks, at about a third of a lossless file
JPEG_SIDE_AT_MOST = 65_500  # libjpeg's JPEG_MAX_DIMENSION
ENDINGS = (".jpg", ".jpeg", ".png")


def save_picture(path: Path, pixels: Image, *, overwrite: bool = False) -> None:
    """Write ``pixels`` as a JPEG file of quality 90, with full colour resolution so that thin lines keep theirs, or as
    a PNG file without any loss.

    The file appears under its name only when it is complete.

    Args:
        path: where to; its name ends in ``.jpg``, ``.jpeg`` or ``.png``, which decides the format.
        pixels: (h, w, 3) uint8 RGB.
        overwrite: replace a file that is there already.

    Raises:
        OutputError: a file of that name exists, the folder is missing or cannot be written to, the disk is full, the
            name ends otherwise, or the picture is too large for a JPEG.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise OutputError(f"{path}: expected a name that ends in .jpg or .png. Choose such a name.")
    encoded = BytesIO()
    if ending == ".png":
        PillowImage.fromarray(pixels).save(encoded, "PNG")
    elif max(pixels.shape[:2]) > JPEG_SIDE_AT_MOST:
        height, width = pixels.shape[:2]
        raise OutputError(
            f"{path}: the picture is {width} x {height} pixels; a JPEG holds {JPEG_SIDE_AT_MOST} on a side at most. "
            "Choose a name that ends in .png."
        )
    else:
        PillowImage.fromarray(pixels).save(encoded, "JPEG", quality=QUALITY, subsampling="4:4:4")
    _write(path, encoded.getvalue(), overwrite)


def _write(path: Path, data: bytes, overwrite: bool) -> None:
    unfinished = path.with_name(f".netra-{secrets.token_hex(8)}.part")
    leftovers: list[Path] = []
    try:
        with unfinished.open("xb") as file:
            leftovers.append(unfinished)
            file.write(data)
        if not overwrite:
            # Taking the name in one step leaves no gap between looking for a file and writing over it. A hard link
            # would do both at once, but USB sticks formatted for Windows know none.
            with path.open("xb"):
                leftovers.append(path)
        unfinished.replace(path)
        leftovers.clear()
    except FileExistsError as error:
        raise OutputError(
            f"{path}: a file of this name exists and is kept. Move it away, or allow overwriting."
        ) from error
    except OSError as error:
        raise OutputError(
            f"{path}: the picture cannot be written: {error.strerror or error}. "
            "Check that the folder exists, that you may write to it and that the disk has room."
        ) from error
    finally:
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
