"""Ways in which a picture of a face gets worse: smaller, blurred, dark, noisy, compressed or covered.

The order is a camera's: what hides the face, the light, the lens and the hand that shakes, the sensor's pixels and its
noise. Compression comes last and is the sheet's (``sheets``), since a file is compressed as a whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import ArrayLike

from vision.types import Face, Floats, Image, frozen_array

BASE_SIDE: Final = 96  # pixels of the face box where size is not what is varied
BASE_JPEG: Final = 95
MARGIN: Final = 0.55  # of the face box's side, kept around it: hair, shoulders and some of the place
_GAMMA: Final = 2.2
_FINE: Final = 3  # bits of a pixel that corners of what is painted are rounded to
_SKY: Final = 0.9  # linear light of the bright ground behind a back-lit face, whose glare veils the face

Rng = np.random.Generator


@dataclass(frozen=True, slots=True, eq=False)
class Clipping:
    """A face cut out of a good photo, with its surroundings.

    Attributes:
        pixels: (h, w, 3) uint8 RGB.
        box_xyxy: (4,) float32, the face in ``pixels``.
        keypoints_xy: (6, 2) float32 in ``pixels``, in the order of ``vision.types.Face``.
    """

    pixels: Image
    box_xyxy: Floats
    keypoints_xy: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "box_xyxy", frozen_array("box_xyxy", self.box_xyxy, (4,)))
        object.__setattr__(self, "keypoints_xy", frozen_array("keypoints_xy", self.keypoints_xy, (6, 2)))

    @property
    def side(self) -> float:
        """Pixels of the larger side of the face box."""
        return float((self.box_xyxy[2:] - self.box_xyxy[:2]).max())


@dataclass(frozen=True, slots=True)
class Spoiling:
    """One way of making a picture worse, and how far.

    Attributes:
        kind: ``good``, ``size``, ``enlarged``, ``blur``, ``shake``, ``dark``, ``backlight``, ``noise``, ``jpeg``,
            ``size+jpeg``, ``covered``, ``yaw`` or ``pitch`` (the last two do nothing here: the picture is rendered so).
        level: how far, as it is printed; its meaning depends on the kind.
        side: pixels of the face box in the result.
        jpeg: quality that the sheet is saved with.
    """

    kind: str
    level: str = ""
    side: int = BASE_SIDE
    jpeg: int = BASE_JPEG

    def __str__(self) -> str:
        return f"{self.kind} {self.level}".strip()


GOOD: Final = Spoiling("good")
SIZES: Final = (16, 20, 24, 32, 48, 64, 96)
JPEGS: Final = (95, 75, 50, 35, 20)
COVERS: Final = ("sunglasses", "mask", "hand", "half")


def spoilings() -> tuple[Spoiling, ...]:
    """Everything that is measured on each set, the good picture first."""
    return (
        GOOD,
        *(Spoiling("size", str(side), side) for side in SIZES),
        *(Spoiling("enlarged", str(side)) for side in SIZES[:-1]),
        *(Spoiling("blur", level) for level in ("0.01", "0.02", "0.03", "0.04", "0.06", "0.08")),
        *(Spoiling("shake", level) for level in ("0.05", "0.1", "0.15", "0.2", "0.3")),
        *(Spoiling("dark", level) for level in ("0.3", "0.1", "0.03", "0.01")),
        *(Spoiling("backlight", level) for level in ("0.3", "0.1", "0.03", "0.01")),
        *(Spoiling("noise", level) for level in ("10", "20", "40", "60")),
        *(Spoiling("jpeg", str(quality), jpeg=quality) for quality in JPEGS),
        *(Spoiling("size+jpeg", f"{side}/{quality}", side, quality) for side in (24, 32, 48) for quality in JPEGS[1:]),
        *(Spoiling("covered", cover) for cover in COVERS),
    )


def clip(pixels: Image, face: Face) -> Clipping:
    """Cut a face out of an upright photo; beyond its edges the outermost pixels are repeated."""
    side = float((face.box_xyxy[2:] - face.box_xyxy[:2]).max())
    first = np.floor(face.box_xyxy[:2] - MARGIN * side).astype(int)
    last = np.ceil(face.box_xyxy[2:] + MARGIN * side).astype(int)
    height, width = pixels.shape[:2]
    before, after = np.maximum(-first, 0), np.maximum(last - (width, height), 0)
    inner = pixels[max(first[1], 0) : last[1], max(first[0], 0) : last[0]]
    whole = cv2.copyMakeBorder(
        inner, int(before[1]), int(after[1]), int(before[0]), int(after[0]), cv2.BORDER_REPLICATE
    )
    shift = first.astype(np.float32)
    return Clipping(np.asarray(whole, np.uint8), face.box_xyxy - np.tile(shift, 2), face.keypoints_xy - shift)


def spoil(clipping: Clipping, spoiling: Spoiling, rng: Rng) -> tuple[Image, Floats]:
    """The spoilt picture and where its face is.

    Args:
        clipping: a good picture.
        spoiling: what is done to it; compression is left to the sheet.
        rng: chance: the way the camera shakes, the grain, the colour of a mask.

    Returns:
        (h, w, 3) uint8 RGB with a face of ``spoiling.side`` pixels, and its box (4,) float32 xyxy.

    Raises:
        ValueError: a level that its kind does not know.
    """
    picture = clipping.pixels
    if spoiling.kind == "covered":
        if spoiling.level not in _COVERING:
            raise ValueError(f"covered: expected one of {', '.join(_COVERING)}, got {spoiling.level!r}")
        picture = _COVERING[spoiling.level](clipping, rng)
    if spoiling.kind in _LIGHT:
        picture = _LIGHT[spoiling.kind](clipping, picture, float(spoiling.level))
    if spoiling.kind == "blur":
        picture = _image(cv2.GaussianBlur(picture, (0, 0), float(spoiling.level) * clipping.side))
    if spoiling.kind == "shake":
        picture = _shaken(picture, float(spoiling.level) * clipping.side, float(rng.uniform(0, np.pi)))
    if spoiling.kind == "enlarged":
        picture = _scaled(picture, float(spoiling.level) / clipping.side)
    scale = spoiling.side / clipping.side
    picture = _resized(picture, clipping.pixels.shape, scale)
    if spoiling.kind == "noise":
        picture = _image(picture + rng.normal(0, float(spoiling.level), picture.shape))
    if spoiling.kind == "dark":  # what is left of the light carries a sensor's noise
        picture = _image(picture + rng.normal(0, 2, picture.shape))
    return picture, np.asarray(clipping.box_xyxy * np.float32(scale), np.float32)


def _image(values: ArrayLike) -> Image:
    return np.asarray(np.clip(np.round(np.asarray(values)), 0, 255), np.uint8)


def _scaled(picture: Image, scale: float) -> Image:
    return _resized(picture, picture.shape, scale)


def _resized(picture: Image, shape: tuple[int, ...], scale: float) -> Image:
    """``picture`` at ``scale`` times the size ``shape``: averaged where it shrinks, bicubic where it grows."""
    height, width = (max(1, round(each * scale)) for each in shape[:2])
    how = cv2.INTER_AREA if width <= picture.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (width, height), interpolation=how), np.uint8)


def _shaken(picture: Image, length: float, angle: float) -> Image:
    """Averaged along a straight line of that many pixels."""
    half = max(1, int(np.ceil(length / 2)))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    along = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    for step in np.linspace(-1, 1, 4 * half + 1):
        x, y = np.round(half + step * along).astype(int)
        kernel[y, x] += 1
    return _image(cv2.filter2D(picture, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE))


def _dark(_: Clipping, picture: Image, exposure: float) -> Image:
    """A share of the light, in a camera that does not answer to it."""
    return _image(255 * ((picture / 255.0) ** _GAMMA * exposure) ** (1 / _GAMMA))


def _backlit(clipping: Clipping, picture: Image, exposure: float) -> Image:
    """The face in its own shadow before a bright ground, whose glare in the lens takes contrast from the face."""
    height, width = picture.shape[:2]
    middle, half = (clipping.box_xyxy[:2] + clipping.box_xyxy[2:]) / 2, clipping.side / 2
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot((x - middle[0]) / (1.05 * half), (y - middle[1]) / (1.25 * half))
    ground = np.clip((away - 1) / 0.25, 0, 1)[..., None] * (y < middle[1] + 1.1 * half)[..., None]
    light = (picture / 255.0) ** _GAMMA * exposure * (1 - ground) + _SKY * ground
    glare = cv2.GaussianBlur(np.asarray(ground[..., 0], np.float32), (0, 0), 0.6 * clipping.side)[..., None]
    return _image(255 * np.clip(light + 0.05 * glare, 0, 1) ** (1 / _GAMMA))


_LIGHT: Final[Mapping[str, Callable[[Clipping, Image, float], Image]]] = {"dark": _dark, "backlight": _backlit}


def _axes(clipping: Clipping) -> tuple[Floats, Floats, Floats]:
    """The middle of the eyes, the step from it to the left eye, and the step down to the mouth."""
    right, left, _, mouth = clipping.keypoints_xy[:4]
    middle = (right + left) / 2
    return middle, (left - right) / 2, mouth - middle


def _painted(clipping: Clipping, shapes: list[Floats], colour: Floats) -> Image:
    """Filled polygons with a soft edge and a little shade towards their lower end."""
    height, width = clipping.pixels.shape[:2]
    stencil = np.zeros((height, width), np.uint8)
    corners = [np.round((1 << _FINE) * shape).astype(np.int32) for shape in shapes]
    cv2.fillPoly(stencil, corners, (255,), cv2.LINE_AA, _FINE)
    share = cv2.GaussianBlur(stencil, (0, 0), max(0.5, 0.01 * clipping.side)).astype(np.float32)[..., None] / 255
    shade = np.linspace(1.08, 0.85, height, dtype=np.float32)[:, None, None]
    return _image(clipping.pixels * (1 - share) + colour * shade * share)


def _ellipse(middle: Floats, across: Floats, down: Floats) -> Floats:
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)[:, None]
    return np.asarray(middle + np.cos(angle) * across + np.sin(angle) * down, np.float32)


def _sunglasses(clipping: Clipping, rng: Rng) -> Image:
    middle, across, down = _axes(clipping)
    middle = middle + 0.05 * down
    lenses = [_ellipse(middle + side * across, 0.68 * across, 0.36 * down) for side in (-1, 1)]
    bridge = np.array([middle + x * across + y * down for x, y in ((-1, -0.2), (1, -0.2), (1, -0.1), (-1, -0.1))])
    return _painted(clipping, [*lenses, bridge.astype(np.float32)], np.float32(rng.uniform(8, 30)) * np.ones(3, "f4"))


def _mask(clipping: Clipping, rng: Rng) -> Image:
    middle, across, down = _axes(clipping)
    outline = ((-1.75, 0.5), (-0.6, 0.42), (0, 0.36), (0.6, 0.42), (1.75, 0.5), (1.6, 1.2), (0.7, 1.85), (-0.7, 1.85))
    corners = [middle + x * across + y * down for x, y in (*outline, (-1.6, 1.2))]
    colours = ((140, 185, 205), (235, 235, 232), (35, 35, 40))
    return _painted(clipping, [np.array(corners, np.float32)], np.array(colours[rng.integers(3)], np.float32))


def _hand(clipping: Clipping, rng: Rng) -> Image:
    """Before the mouth and one cheek, of the colour of the face."""
    middle, across, down = _axes(clipping)
    to = -1 if rng.random() < 0.5 else 1
    x, y = np.round(middle + 0.35 * down).astype(int)
    reach = max(2, round(0.06 * clipping.side))
    around = clipping.pixels[max(y - reach, 0) : y + reach, max(x - reach, 0) : x + reach]
    skin = np.asarray(np.median(around.reshape(-1, 3), axis=0) * 0.92, np.float32)
    fingers = [
        _ellipse(middle + to * (0.15 + 0.55 * i) * across + (0.95 - 0.12 * i) * down, 0.3 * across, 0.62 * down)
        for i in range(4)
    ]
    palm = _ellipse(middle + to * 0.9 * across + 1.5 * down, 1.1 * across, 0.6 * down)
    return _painted(clipping, [*fingers, palm], skin)


def _half(clipping: Clipping, rng: Rng) -> Image:
    """Behind a door or a shoulder: one side of the face from the middle of the nose on."""
    middle, across, down = _axes(clipping)
    to = -1 if rng.random() < 0.5 else 1
    corners = [middle + x * to * across + y * down for x, y in ((0.1, -3), (4, -3), (4, 4), (0.1, 4))]
    return _painted(clipping, [np.array(corners, np.float32)], np.asarray(rng.uniform(30, 180, 3), np.float32))


_COVERING: Final[Mapping[str, Callable[[Clipping, Rng], Image]]] = {
    "sunglasses": _sunglasses,
    "mask": _mask,
    "hand": _hand,
    "half": _half,
}
