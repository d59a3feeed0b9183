"""What is printed or shown on a screen: campaign sheets, plain photos, posts, with the faces in them."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageDraw

from benchmarks.depiction.actors import REFERENCE_SESSIONS, SESSIONS, Cutout, Pixels, Studio, Take, reference_of
from benchmarks.depiction.canvas import Canvas, Layer, TrueFace, placed
from vision.fonts import font

Colour = tuple[int, int, int]
WORDS: Final = (
    "PILIH NOMOR", "BERSAMA MEMBANGUN", "KOTA CONTOH", "MAJU TERUS", "COBLOS", "SIAP MELAYANI", "UNTUK SEMUA",
    "TERIMA KASIH", "MOHON DOA RESTU", "ADIL DAN JUJUR", "SELAMAT DATANG", "RAPAT KERJA", "DINAS CONTOH",
)  # fmt: skip
NAMES: Final = ("Adikarsa", "Wirabumi", "Lestariningrum", "Kencanawati", "Suryanegara", "Puspakirana")


def colour(rng: np.random.Generator, light: bool | None = None) -> Colour:
    """A colour as printers like them; light, dark, or any."""
    hue, fullness = rng.uniform(0, 180), rng.uniform(20, 230)
    value = rng.uniform(200, 255) if light else rng.uniform(40, 150) if light is False else rng.uniform(50, 255)
    pixel = np.array([[[hue, fullness * (0.35 if light else 1.0), value]]], np.uint8)
    r, g, b = cv2.cvtColor(pixel, cv2.COLOR_HSV2RGB)[0, 0].tolist()
    return int(r), int(g), int(b)


def write(pixels: Pixels, text: str, x: int, y: int, size: int, ink: Colour, width: int = 0) -> None:
    """Write into a picture in place; ``width`` makes the letters smaller until the line fits."""
    shown = font(max(7, size))
    if width:
        size = min(size, int(size * width / max(1.0, shown.getlength(text))))
        shown = font(max(7, size))
    image = Image.fromarray(pixels)
    ImageDraw.Draw(image).text((x, y), text, fill=ink, font=shown)
    pixels[:] = np.asarray(image)


def words(rng: np.random.Generator, count: int) -> str:
    """A slogan."""
    return " ".join(WORDS[int(i)] for i in rng.choice(len(WORDS), count, replace=False))


def picture_of(studio: Studio, who: int, reference: bool, rng: np.random.Generator, target: bool = True) -> Layer:
    """A photo of a candidate with the person's outline as alpha: a reference photo, or one of another day."""
    session = int(rng.integers(REFERENCE_SESSIONS)) if reference else int(rng.integers(REFERENCE_SESSIONS, SESSIONS))
    frame = "portrait" if reference or rng.random() < 0.7 else "standing"
    take = reference_of(who, session) if reference else Take(who, session, 0, frame)  # type: ignore[arg-type]
    shot = studio.get(take)
    truth = TrueFace(shot.face_xyxy, who, True, target, session if reference else -1)
    return Layer(shot.pixels, shot.alpha, (truth,))


def person(shot: Cutout, who: int, target: bool = False) -> Layer:
    """A cut-out of somebody present."""
    return Layer(shot.pixels, shot.alpha, (TrueFace(shot.face_xyxy, who, False, target),))


def whole(layer: Layer) -> Layer:
    """The same with what was behind the person."""
    return Layer.solid(layer.pixels, layer.faces)


def sheet(picture: Layer, rng: np.random.Generator, beside: Layer | None = None) -> Layer:
    """A campaign sheet around a picture: full, in a frame, or cut out on a ground of its own."""
    design = rng.choice(["full", "framed", "cut out", "wide"], p=[0.25, 0.25, 0.25, 0.25])
    if design == "full":
        return _full(picture, rng)
    if design == "framed":
        return _framed(picture, rng)
    return _cut_out(picture, rng, design == "wide", beside)


def _full(picture: Layer, rng: np.random.Generator) -> Layer:
    made = whole(picture)
    w, h = made.size
    band = int(h * rng.uniform(0.1, 0.2))
    pixels = made.pixels.copy()
    if rng.random() < 0.7:
        pixels[h - band :] = colour(rng, False)
        write(
            pixels, words(rng, 1), int(w * 0.06), h - int(band * 0.8), int(band * 0.6), (255, 255, 255), int(w * 0.88)
        )
    return Layer.solid(pixels, made.faces)


def _framed(picture: Layer, rng: np.random.Generator) -> Layer:
    w, h = picture.size
    edge, foot = int(w * rng.uniform(0.03, 0.12)), int(h * rng.uniform(0.05, 0.3))
    ground = np.full((h + edge + foot, w + 2 * edge, 3), colour(rng, bool(rng.random() < 0.6)), np.uint8)
    canvas = Canvas(ground)
    canvas.paint(whole(picture), placed(edge, edge, 1.0))
    pixels = canvas.pixels
    dark = tuple(int(v) for v in (255 - ground[0, 0].astype(int)))
    size = int(foot * 0.35)
    write(pixels, words(rng, 1), edge, h + edge + int(foot * 0.1), size, dark, w)  # type: ignore[arg-type]
    write(pixels, NAMES[int(rng.integers(len(NAMES)))], edge, h + edge + int(foot * 0.55), size, dark, w)  # type: ignore[arg-type]
    return Layer.solid(pixels, canvas.faces())


def _cut_out(picture: Layer, rng: np.random.Generator, wide: bool, beside: Layer | None) -> Layer:
    w, h = picture.size
    width, height = (
        (int(w * rng.uniform(2.2, 3.4)), int(h * rng.uniform(1.05, 1.3)))
        if wide
        else (int(w * 1.15), int(h * rng.uniform(1.2, 1.5)))
    )
    ground = _ground(width, height, rng)
    canvas = Canvas(ground)
    foot = int(height * rng.uniform(0.0, 0.22))
    x = int(rng.uniform(0, width - w))
    if wide:
        text = (0, x) if x > width - x - w else (x + w, width)
        for line in range(3):
            write(
                canvas.pixels,
                words(rng, 1),
                text[0] + 15,
                int(height * (0.15 + 0.25 * line)),
                height // 7,
                colour(rng, True),
                max(60, text[1] - text[0] - 30),
            )
    if beside is not None and wide:
        other = replace(beside, faces=tuple(replace(f, target=False) for f in beside.faces))
        canvas.paint(other, placed((x + w * 1.05) % max(1, width - w), height - foot - h, 1.0))
    canvas.paint(picture, placed(x, height - foot - h, 1.0))
    pixels = canvas.pixels
    if foot > 12:
        pixels[height - foot :] = colour(rng, False)
        write(pixels, words(rng, 2), 12, height - int(foot * 0.85), int(foot * 0.6), (255, 255, 255), width - 24)
    elif not wide:
        write(pixels, words(rng, 1), 12, 8, height // 10, colour(rng, True), width - 24)
    return Layer.solid(pixels, canvas.faces())


def _ground(width: int, height: int, rng: np.random.Generator) -> Pixels:
    """Two colours running into each other, with a few shapes, as on campaign sheets."""
    a, b = np.array(colour(rng), float), np.array(colour(rng), float)
    slope = np.linspace(0, 1, height)[:, None] * rng.uniform(0, 1) + np.linspace(0, 1, width)[None] * rng.uniform(0, 1)
    ground = np.asarray(a + (b - a) * np.clip(slope, 0, 1)[..., None], np.uint8)
    for _ in range(int(rng.integers(0, 4))):
        points = (rng.uniform(-0.2, 1.2, (4, 2)) * [width, height]).astype(np.int32)
        cv2.fillConvexPoly(ground, cv2.convexHull(points), colour(rng), cv2.LINE_AA)
    return ground
