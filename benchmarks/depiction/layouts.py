"""Collages and screenshots."""

from dataclasses import replace
from typing import Final

import cv2
import numpy as np

from benchmarks.depiction.actors import Pixels
from benchmarks.depiction.canvas import Canvas, Layer, TrueFace, placed
from benchmarks.depiction.sheets import NAMES, colour, words, write

Cell = tuple[int, int, int, int]
PHONES: Final = ((720, 1600), (720, 1280), (1080, 2340), (1080, 1920), (750, 1334))
APPS: Final = ("chat", "feed", "gallery", "story", "page")


def collage(photos: list[Layer], rng: np.random.Generator) -> tuple[Canvas, tuple[TrueFace, ...], int]:
    """Photos side by side, and the pixels between them; every photo's faces stay in it."""
    width, height = ((1200, 900), (1080, 1080), (900, 1200), (1280, 960))[int(rng.integers(4))]
    gutter = 0 if rng.random() < 0.4 else int(rng.uniform(2, 17))
    ink = (255, 255, 255) if rng.random() < 0.6 else (0, 0, 0) if rng.random() < 0.5 else colour(rng)
    edge = gutter if rng.random() < 0.5 else 0
    canvas = Canvas(np.full((height, width, 3), ink, np.uint8))
    cells = _cells((edge, edge, width - edge, height - edge), len(photos), gutter, rng)
    faces: list[TrueFace] = []
    for panel, (cell, photo) in enumerate(zip(cells, photos, strict=True)):
        fitted = _filling(photo, cell)
        single = Canvas(np.zeros((height, width, 3), np.uint8))
        single.paint(fitted, placed(cell[0], cell[1], 1.0))
        canvas.paint(fitted, placed(cell[0], cell[1], 1.0))
        faces += [replace(each, panel=panel) for each in single.faces()]
    return canvas, tuple(faces), gutter


def _cells(area: Cell, count: int, gutter: int, rng: np.random.Generator) -> list[Cell]:
    """Cut an area into so many, the longer side first."""
    if count == 1:
        return [area]
    x0, y0, x1, y1 = area
    first = count // 2 if rng.random() < 0.5 else (count + 1) // 2
    share = first / count if rng.random() < 0.7 else float(np.clip(first / count + rng.normal(0, 0.08), 0.3, 0.7))
    if x1 - x0 >= y1 - y0:
        at = int(x0 + (x1 - x0) * share)
        a, b = (x0, y0, at - gutter // 2, y1), (at - gutter // 2 + gutter, y0, x1, y1)
    else:
        at = int(y0 + (y1 - y0) * share)
        a, b = (x0, y0, x1, at - gutter // 2), (x0, at - gutter // 2 + gutter, x1, y1)
    return _cells(a, first, gutter, rng) + _cells(b, count - first, gutter, rng)


def _filling(photo: Layer, cell: Cell) -> Layer:
    """The photo scaled and cut so that it fills a cell, with its faces as far as they fit."""
    w, h = cell[2] - cell[0], cell[3] - cell[1]
    scale = max(w / photo.size[0], h / photo.size[1])
    big = photo.resized(max(w, round(photo.size[0] * scale)), max(h, round(photo.size[1] * scale)))
    middle = [sum(f.box_xyxy[::2]) / 2 for f in big.faces if f.target] or [sum(f.box_xyxy[::2]) / 2 for f in big.faces]
    top = [f.box_xyxy[1] for f in big.faces]
    x = int(np.clip((middle[0] if middle else big.size[0] / 2) - w / 2, 0, big.size[0] - w))
    y = int(np.clip((min(top) if top else 0) - h * 0.25, 0, big.size[1] - h))
    return big.cropped((x, y, x + w, y + h))


def screenshot(photo: Layer, rng: np.random.Generator) -> tuple[Canvas, str]:
    """A photo as an app shows it on a phone or in a browser's window."""
    app = APPS[int(rng.integers(len(APPS)))]
    width, height = (
        PHONES[int(rng.integers(len(PHONES)))]
        if app != "page"
        else ((1280, 800), (1366, 768), (1080, 1920))[int(rng.integers(3))]
    )
    dark = rng.random() < 0.4 or app in ("gallery", "story")
    ground = (
        (0, 0, 0)
        if app in ("gallery", "story")
        else ((18, 18, 18), (11, 20, 26))[int(rng.integers(2))]
        if dark
        else ((255, 255, 255), (240, 242, 245), (236, 229, 221))[int(rng.integers(3))]
    )
    ink = (235, 235, 235) if dark else (20, 20, 20)
    pixels = np.full((height, width, 3), ground, np.uint8)
    unit = width / 360 if app != "page" else height / 700
    status, header, footer = int(24 * unit), int(56 * unit), int(48 * unit)
    _status(pixels, status, ink, unit, rng)
    if app != "story":
        _header(pixels, status, header, ink, unit, rng)
    top = status + (header if app != "story" else int(30 * unit))
    room_h = height - top - footer - int(40 * unit)
    share = {"chat": rng.uniform(0.6, 0.8), "feed": 1.0, "gallery": 1.0, "story": 1.0, "page": rng.uniform(0.4, 0.7)}[
        app
    ]
    w = int(width * share)
    h = int(w * photo.size[1] / photo.size[0])
    if h > room_h:
        h = room_h
        if app != "feed":
            w = int(h * photo.size[0] / photo.size[1])
    shown = _filling(photo, (0, 0, w, h))
    if app in ("gallery", "story"):
        x, y = (width - w) // 2, top + (room_h - h) // 2
    elif app == "chat":
        x, y = (
            (int(12 * unit) if rng.random() < 0.5 else width - w - int(12 * unit)),
            top + int(rng.uniform(0.02, 0.5) * (room_h - h)) + int(10 * unit),
        )
    else:
        x, y = (width - w) // 2 if app == "page" else 0, top + int(rng.uniform(0, 0.4) * (room_h - h))
    canvas = Canvas(pixels)
    canvas.paint(shown, placed(x, y, 1.0))
    _below(canvas.pixels, x if app != "story" else int(12 * unit), y + h, ink, unit, rng)
    if app == "chat":
        _bubbles(canvas.pixels, top, y, ink, unit, rng)
    _footer(canvas.pixels, footer, ink, unit, rng)
    return canvas, app


def _status(pixels: Pixels, status: int, ink: tuple[int, int, int], unit: float, rng: np.random.Generator) -> None:
    width = pixels.shape[1]
    clock = f"{int(rng.integers(0, 24)):02d}.{int(rng.integers(0, 60)):02d}"
    write(pixels, clock, int(14 * unit), int(5 * unit), int(13 * unit), ink)
    x = width - int(20 * unit)
    for _ in range(int(rng.integers(2, 5))):
        cv2.rectangle(
            pixels,
            (x - int(10 * unit), int(7 * unit)),
            (x, status - int(6 * unit)),
            ink,
            -1 if rng.random() < 0.6 else 1,
        )
        x -= int(17 * unit)


def _header(
    pixels: Pixels, status: int, header: int, ink: tuple[int, int, int], unit: float, rng: np.random.Generator
) -> None:
    middle = status + header // 2
    if rng.random() < 0.4:
        pixels[status : status + header] = colour(rng, False)
        ink = (255, 255, 255)
    cv2.line(pixels, (int(16 * unit), middle), (int(26 * unit), middle), ink, max(1, int(2 * unit)), cv2.LINE_AA)
    cv2.circle(pixels, (int(54 * unit), middle), int(17 * unit), colour(rng), -1, cv2.LINE_AA)
    write(pixels, NAMES[int(rng.integers(len(NAMES)))], int(80 * unit), middle - int(18 * unit), int(15 * unit), ink)
    write(pixels, "online", int(80 * unit), middle + int(2 * unit), int(11 * unit), ink)


def _below(pixels: Pixels, x: int, y: int, ink: tuple[int, int, int], unit: float, rng: np.random.Generator) -> None:
    """Icons, then a caption."""
    if y + 20 * unit > pixels.shape[0]:
        return
    for i in range(int(rng.integers(0, 4))):
        cv2.circle(
            pixels,
            (x + int((20 + 34 * i) * unit), y + int(20 * unit)),
            int(9 * unit),
            ink,
            max(1, int(1.6 * unit)),
            cv2.LINE_AA,
        )
    for line in range(int(rng.integers(1, 4))):
        at = y + int((38 + 19 * line) * unit)
        if at + 15 * unit < pixels.shape[0]:
            write(
                pixels,
                words(rng, 2).lower(),
                x + int(12 * unit),
                at,
                int(13 * unit),
                ink,
                pixels.shape[1] - x - int(20 * unit),
            )


def _bubbles(
    pixels: Pixels, top: int, end: int, ink: tuple[int, int, int], unit: float, rng: np.random.Generator
) -> None:
    y = top + int(8 * unit)
    while y + 46 * unit < end:
        w, h = int(rng.uniform(100, 240) * unit), int(36 * unit)
        x = int(10 * unit) if rng.random() < 0.5 else pixels.shape[1] - w - int(10 * unit)
        shade = tuple(int(np.clip(v + (25 if ink[0] > 128 else -20), 0, 255)) for v in pixels[y, pixels.shape[1] // 2])
        cv2.rectangle(pixels, (x, y), (x + w, y + h), shade, -1)
        write(
            pixels, words(rng, 1).lower(), x + int(8 * unit), y + int(9 * unit), int(13 * unit), ink, w - int(16 * unit)
        )
        y += int(46 * unit)


def _footer(pixels: Pixels, footer: int, ink: tuple[int, int, int], unit: float, rng: np.random.Generator) -> None:
    height, width = pixels.shape[:2]
    middle = height - footer // 2
    kind = int(rng.integers(3))
    if kind == 0:
        cv2.rectangle(
            pixels,
            (int(12 * unit), height - footer + int(6 * unit)),
            (width - int(60 * unit), height - int(6 * unit)),
            ink,
            max(1, int(unit)),
        )
        write(pixels, "Ketik pesan", int(24 * unit), middle - int(9 * unit), int(13 * unit), ink)
    elif kind == 1:
        for i in range(5):
            cv2.circle(
                pixels, (width * (2 * i + 1) // 10, middle), int(9 * unit), ink, max(1, int(1.6 * unit)), cv2.LINE_AA
            )
    else:
        cv2.line(
            pixels,
            (int(width * 0.35), height - int(9 * unit)),
            (int(width * 0.65), height - int(9 * unit)),
            ink,
            max(2, int(4 * unit)),
        )
