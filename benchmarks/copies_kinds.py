"""What becomes of a photo that is passed on: saved anew, resized, cut, mirrored, framed, pasted over. All in RGB."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from vision.types import Image

Change = Callable[[Image, np.random.Generator], Image]


def jpeg(pixels: Image, quality: int) -> Image:
    """Saved as JPEG and read again."""
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])


def scaled(pixels: Image, by: float) -> Image:
    """At another size."""
    way = cv2.INTER_AREA if by < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, None, fx=by, fy=by, interpolation=way), np.uint8)


def part(pixels: Image, leaves: float, rng: np.random.Generator) -> Image:
    """A part of the same shape, anywhere, that is so much of the area."""
    height, width = pixels.shape[:2]
    side = leaves**0.5
    x, y = (int(length * (1 - side) * rng.random()) for length in (width, height))
    return pixels[y : y + int(height * side), x : x + int(width * side)]


def toned(pixels: Image, rng: np.random.Generator) -> Image:
    """Contrast from 75 to 130%, brightness by 35 grey levels at most; what leaves the range is cut off."""
    values = (pixels.astype(np.float32) - 128) * rng.uniform(0.75, 1.3) + 128 + rng.uniform(-35, 35)
    return np.clip(values, 0, 255).astype(np.uint8)


def passed_on(pixels: Image) -> Image:
    """As a messenger sends it: 1600 pixels at most, JPEG of quality 70."""
    scale = 1600 / max(pixels.shape[:2])
    return jpeg(scaled(pixels, scale) if scale < 1 else pixels, 70)


def on_phone(pixels: Image, rng: np.random.Generator) -> Image:
    """A screenshot, 1080 pixels wide: status bar, a name, the photo, lines of text, buttons; light or dark."""
    width = 1080
    height = int(rng.choice([1920, 2220, 2340, 2400]))
    dark = bool(rng.random() < 0.5)
    ink = (235, 235, 235) if dark else (25, 25, 25)
    screen = np.full((height, width, 3), 18 if dark else 250, np.uint8)
    shown = scaled(pixels, width / pixels.shape[1])[: height - 600]
    top = int(rng.integers(230, max(231, height - shown.shape[0] - 260)))
    screen[top : top + shown.shape[0], : shown.shape[1]] = shown[:, :width]
    font = cv2.FONT_HERSHEY_SIMPLEX
    for text, at in ((f"09:4{rng.integers(10)}", (40, 60)), ("4G  87%", (820, 60)), ("warga kota", (150, top - 70))):
        cv2.putText(screen, text, at, font, 1.3, ink, 3)
    cv2.circle(screen, (80, top - 80), 46, (120, 90, 160), -1)
    line = top + shown.shape[0] + 80
    words = ["bersama", "kegiatan", "hari", "ini", "semangat", "kerja", "kita", "di", "balai"]
    for _ in range(int(rng.integers(2, 6))):
        if line < height - 160:
            cv2.putText(screen, " ".join(rng.choice(words, 5)), (40, line), font, 1.2, ink, 3)
            line += 70
    cv2.rectangle(screen, (0, height - 130), (width, height), (40, 40, 40) if dark else (230, 230, 230), -1)
    for index in range(5):
        cv2.circle(screen, (108 + 216 * index, height - 65), 30, ink, 4)
    return screen


def captioned(pixels: Image, rng: np.random.Generator) -> Image:
    """A band above or below, 12 to 25% as high as the photo, with large letters."""
    height, width = pixels.shape[:2]
    dark = bool(rng.random() < 0.5)
    band = np.full((int(height * rng.uniform(0.12, 0.25)), width, 3), 0 if dark else 255, np.uint8)
    ink = (255, 255, 255) if dark else (0, 0, 0)
    at = (int(width * 0.05), int(band.shape[0] * 0.65))
    cv2.putText(band, "MANTAP! KOMPAK TERUS", at, cv2.FONT_HERSHEY_SIMPLEX, width / 700, ink, max(2, width // 300))
    return np.concatenate([pixels, band] if rng.random() < 0.5 else [band, pixels])


def pasted(pixels: Image, rng: np.random.Generator) -> Image:
    """A round yellow face over a tenth of the photo."""
    height, width = pixels.shape[:2]
    radius = int((0.1 * height * width / np.pi) ** 0.5)
    x, y = (int(rng.uniform(radius, length - radius)) for length in (width, height))
    copy = np.ascontiguousarray(pixels).copy()
    cv2.circle(copy, (x, y), radius, (255, 210, 60), -1)
    for side in (-1, 1):
        cv2.circle(copy, (x + side * radius // 3, y - radius // 4), radius // 7, (60, 30, 0), -1)
    cv2.ellipse(copy, (x, y + radius // 6), (radius // 2, radius // 3), 0, 10, 170, (60, 30, 0), max(2, radius // 12))
    return copy


KINDS: Final[dict[str, Change]] = {
    "JPEG, quality 30": lambda photo, _rng: jpeg(photo, 30),
    "JPEG, quality 31 to 95": lambda photo, rng: jpeg(photo, int(rng.integers(31, 96))),
    "25% as wide": lambda photo, _rng: jpeg(scaled(photo, 0.25), 75),
    "26 to 200% as wide": lambda photo, rng: jpeg(scaled(photo, float(rng.uniform(0.26, 2.0))), 75),
    "cut, 90% of the area left": lambda photo, rng: jpeg(part(photo, 0.9, rng), 75),
    "cut, 50 to 90% left": lambda photo, rng: jpeg(part(photo, float(rng.uniform(0.5, 0.9)), rng), 75),
    "cut, 25% left": lambda photo, rng: jpeg(part(photo, 0.25, rng), 75),
    "cut, 10% left": lambda photo, rng: jpeg(part(photo, 0.1, rng), 75),
    "mirrored": lambda photo, _rng: jpeg(photo[:, ::-1], 75),
    "mirrored, 50% left": lambda photo, rng: jpeg(part(photo, 0.5, rng)[:, ::-1], 75),
    "turned by a quarter": lambda photo, _rng: jpeg(np.asarray(np.rot90(photo)), 75),
    "brightness, contrast": lambda photo, rng: jpeg(toned(photo, rng), 75),
    "messenger": lambda photo, _rng: passed_on(photo),
    "screenshot": lambda photo, rng: jpeg(on_phone(photo, rng), 75),
    "caption": lambda photo, rng: jpeg(captioned(photo, rng), 75),
    "sticker over 10%": lambda photo, rng: jpeg(pasted(photo, rng), 75),
}
