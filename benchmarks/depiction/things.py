"""Places with doors, windows, frames and boards; screens; what cloth, light, lenses and messengers do to a picture."""

import io
from typing import Final

import cv2
import numpy as np
from PIL import Image

from benchmarks.depiction.actors import PLACES, Pixels, Studio, Take
from benchmarks.depiction.canvas import Canvas, Layer, leaning, placed
from benchmarks.depiction.sheets import colour, words, write

SIZES: Final = ((960, 720), (720, 960), (1200, 900), (900, 1200), (1280, 720), (1024, 1024))
OBJECTS: Final = ("door", "window", "frame", "board", "notices", "cupboard", "screen")
EMPTY_PLACE: Final = 500


def place(studio: Studio, rng: np.random.Generator, objects: int, size: tuple[int, int] | None = None) -> Canvas:
    """An empty room or street with some upright rectangles in it."""
    width, height = size or SIZES[int(rng.integers(len(SIZES)))]
    shot = studio.get(Take(EMPTY_PLACE + int(rng.integers(PLACES)), 0, 0, "place"))
    h, w = shot.pixels.shape[:2]
    crop_w = min(w, int(h * width / height))
    x = int(rng.integers(0, w - crop_w + 1))
    crop_h = min(h, int(crop_w * height / width))
    ground = cv2.resize(shot.pixels[:crop_h, x : x + crop_w], (width, height), interpolation=cv2.INTER_CUBIC)
    canvas = Canvas(np.asarray(ground if rng.random() < 0.5 else ground[:, ::-1].copy(), np.uint8))
    for _ in range(objects):
        thing = upright(OBJECTS[int(rng.integers(len(OBJECTS)))], rng)
        scale = height * rng.uniform(0.35, 0.95) / thing.size[1]
        at = (rng.uniform(0.05, 0.95) * width, rng.uniform(0.25, 0.6) * height)
        angles = (rng.uniform(-25, 25), rng.uniform(-4, 4), rng.normal(0, 0.7))
        canvas.paint(thing, leaning(thing.size, angles, scale, at, (thing.size[0] / 2, thing.size[1] / 2)))
    return canvas


def upright(kind: str, rng: np.random.Generator) -> Layer:
    """A rectangle as walls have them."""
    if kind == "door":
        return Layer.solid(_door(rng))
    w, h = int(rng.uniform(300, 620)), int(rng.uniform(300, 620))
    edge = int(rng.uniform(8, 36))
    pixels = np.full((h, w, 3), colour(rng), np.uint8)
    inner = pixels[edge:-edge, edge:-edge]
    if kind == "window":
        inner[:] = np.linspace(250, 190, inner.shape[0])[:, None, None]
        for i in range(1, int(rng.integers(1, 4))):
            pixels[:, w * i // 3 - 4 : w * i // 3 + 4] = pixels[0, 0]
        pixels[h // 2 - 4 : h // 2 + 4] = pixels[0, 0]
    elif kind == "board":
        inner[:] = (244, 246, 244) if rng.random() < 0.7 else (40, 72, 52)
        for line in range(int(rng.integers(0, 5))):
            write(pixels, words(rng, 2), edge + 20, edge + 25 + line * 50, 26, (60, 90, 160), w - 2 * edge - 40)
    elif kind == "notices":
        inner[:] = (176, 140, 96)
        for _ in range(int(rng.integers(4, 10))):
            x, y = int(rng.uniform(edge, w - edge - 80)), int(rng.uniform(edge, h - edge - 100))
            pixels[y : y + int(rng.uniform(60, 100)), x : x + int(rng.uniform(50, 80))] = colour(rng, True)
    elif kind == "cupboard":
        inner[:] = colour(rng, False)
        for row in range(1, 5):
            pixels[h * row // 5 - 3 : h * row // 5 + 3] = pixels[0, 0]
    elif kind == "screen":
        pixels[:] = 18
        inner[:] = colour(rng, True)
        write(pixels, words(rng, 2), edge + 25, h // 3, h // 10, (20, 40, 90), w - 2 * edge - 50)
    else:  # a picture in a frame, nobody in it
        rough = rng.uniform(30, 230, (5, 7, 3)).astype(np.uint8)
        inner[:] = cv2.resize(rough, (inner.shape[1], inner.shape[0]), interpolation=cv2.INTER_CUBIC)
    return Layer.solid(pixels)


def _door(rng: np.random.Generator) -> Pixels:
    w, h, edge = 360, 800, int(rng.uniform(16, 36))
    pixels = np.full((h, w, 3), colour(rng), np.uint8)
    leaf = colour(rng)
    pixels[edge:, edge:-edge] = leaf if rng.random() < 0.7 else (30, 30, 34)  # closed, or open to a dark room
    if rng.random() < 0.5:
        darker = tuple(int(v * 0.8) for v in leaf)
        for y0, y1 in ((0.1, 0.45), (0.55, 0.92)):
            cv2.rectangle(pixels, (edge + 40, int(h * y0)), (w - edge - 40, int(h * y1)), darker, 5)
    return pixels


def screen(content: Layer, device: str, rng: np.random.Generator) -> Layer:
    """Content on a phone, a tablet or a television: bezel, round corners, glass."""
    ratio = {"phone": rng.uniform(1.9, 2.2), "tablet": rng.uniform(1.3, 1.5), "television": 9 / 16}[device]
    w, h = content.size
    if device == "tablet" and w > h:
        ratio = 1 / ratio
    glass_w, glass_h = (w, int(w * ratio)) if h / w < ratio else (int(h / ratio), h)
    if device != "television" and rng.random() < 0.4 and h / w < ratio:  # zoomed until it fills the glass
        zoom = min(ratio / (h / w), 1.35)
        content = content.resized(int(w * zoom), int(h * zoom))
        x = (content.size[0] - w) // 2
        content = content.cropped((x, 0, x + w, content.size[1]))
    canvas = Canvas(np.full((glass_h, glass_w, 3), 0 if rng.random() < 0.7 else 248, np.uint8))
    canvas.paint(content, placed((glass_w - content.size[0]) / 2, (glass_h - content.size[1]) / 2, 1.0))
    lit = _on_glass(canvas.pixels, rng)
    edge = int(glass_w * (rng.uniform(0.03, 0.07) if device != "television" else rng.uniform(0.012, 0.03)))
    whole_w, whole_h = glass_w + 2 * edge, glass_h + 2 * edge
    body = np.full((whole_h, whole_w, 3), int(rng.uniform(8, 40)) if rng.random() < 0.85 else 225, np.uint8)
    body[edge : edge + glass_h, edge : edge + glass_w] = lit
    alpha = np.zeros(body.shape[:2], np.uint8)
    radius = int(edge * (2.2 if device == "phone" else 1.0)) + 1
    cv2.rectangle(alpha, (radius, 0), (whole_w - radius, whole_h), 255, -1)
    cv2.rectangle(alpha, (0, radius), (whole_w, whole_h - radius), 255, -1)
    for x in (radius, whole_w - radius - 1):
        for y in (radius, whole_h - radius - 1):
            cv2.circle(alpha, (x, y), radius, (255,), -1, cv2.LINE_AA)
    shift = placed(edge, edge, 1.0)
    held = Canvas(body)
    held.paint(Layer(lit, np.full(lit.shape[:2], 255, np.uint8), canvas.faces()), shift)
    return Layer(held.pixels, alpha, held.faces())


def _on_glass(pixels: Pixels, rng: np.random.Generator) -> Pixels:
    """Bluish light, stripes between the screen's and the camera's pixels, a reflection."""
    h, w = pixels.shape[:2]
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    lit = pixels.astype(np.float32) * np.array([0.94, 1.0, 1.06], np.float32) * rng.uniform(0.8, 1.15)
    if rng.random() < 0.5:
        turn, wave = rng.uniform(0, np.pi), rng.uniform(5, 30)
        lit += (rng.uniform(1, 7) * np.sin((x * np.cos(turn) + y * np.sin(turn)) * 2 * np.pi / wave))[..., None]
    if rng.random() < 0.4:
        away = ((x / w - rng.uniform(0, 1)) ** 2 + (y / h - rng.uniform(0, 1)) ** 2) / rng.uniform(0.01, 0.08)
        lit += (rng.uniform(20, 80) * np.exp(-away))[..., None]
    return np.asarray(np.clip(lit, 0, 255), np.uint8)


def finger(
    canvas: Canvas, start: tuple[float, float], end: tuple[float, float], thick: float, rng: np.random.Generator
) -> None:
    """A finger or thumb on the rim of what is held."""
    x0, y0 = np.minimum(start, end) - thick
    x1, y1 = np.maximum(start, end) + thick
    w, h = max(4, int(x1 - x0)), max(4, int(y1 - y0))
    skin = np.array([200, 150, 118]) * rng.uniform(0.55, 1.1)
    alpha = np.zeros((h, w), np.uint8)
    a = (int(start[0] - x0), int(start[1] - y0))
    b = (int(end[0] - x0), int(end[1] - y0))
    cv2.line(alpha, a, b, (255,), max(2, int(thick)), cv2.LINE_AA)
    near = cv2.GaussianBlur(alpha, (0, 0), max(1.0, thick / 5)).astype(np.float32)[..., None] / 255
    pixels = np.asarray(np.clip(skin * (0.5 + 0.5 * near), 0, 255), np.uint8)
    canvas.paint(Layer(pixels, alpha), placed(float(x0), float(y0), 1.0))


def folded(layer: Layer, rng: np.random.Generator, strength: float) -> Layer:
    """Cloth or foil that does not hang flat: it shifts by ``strength`` of its size, with light and shade."""
    w, h = layer.size
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    dx, dy, shade = np.zeros((h, w), np.float32), np.zeros((h, w), np.float32), np.zeros((h, w), np.float32)
    for _ in range(4):
        turn, wave, phase = rng.uniform(0, np.pi), max(w, h) * rng.uniform(0.15, 0.6), rng.uniform(0, 6.28)
        angle = (x * np.cos(turn) + y * np.sin(turn)) * 2 * np.pi / wave + phase
        amount = strength * wave * rng.uniform(0.2, 0.5)
        dx += amount * np.cos(turn) * np.sin(angle)
        dy += amount * np.sin(turn) * np.sin(angle)
        shade += rng.uniform(0.2, 1.0) * np.cos(angle)
    pixels = cv2.remap(layer.pixels, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    alpha = cv2.remap(layer.alpha, x + dx, y + dy, cv2.INTER_LINEAR)
    lit = pixels.astype(np.float32) * (1 + np.clip(strength * 4, 0, 0.12) * shade)[..., None]
    return Layer(np.asarray(np.clip(lit, 0, 255), np.uint8), np.asarray(alpha, np.uint8), layer.faces)


def lit_across(layer: Layer, rng: np.random.Generator) -> Layer:
    """Light that falls off across it."""
    w, h = layer.size
    slope = np.linspace(-1, 1, w)[None] * rng.normal(0, 0.15) + np.linspace(-1, 1, h)[:, None] * rng.normal(0, 0.1)
    tint = 1 + rng.normal(0, 0.05, 3)
    lit = layer.pixels.astype(np.float32) * (rng.uniform(0.75, 1.1) * (1 + slope))[..., None] * tint
    return Layer(np.asarray(np.clip(lit, 0, 255), np.uint8), layer.alpha, layer.faces)


def worn(wearer: Layer, printed: Layer, rng: np.random.Generator) -> Layer:
    """A print on somebody's chest: bent around the body, in its light, hidden by arms of another colour.

    The print's face comes to lie a third to nine tenths as wide as the wearer's.
    """
    x0, y0, x1, y1 = wearer.faces[0].box_xyxy
    face = max(x1 - x0, y1 - y0)
    fx0, fy0, fx1, fy1 = printed.faces[0].box_xyxy
    scale = face * rng.uniform(0.38, 0.85) / max(fx1 - fx0, fy1 - fy0)
    room = 1.9 * face  # of a chest
    scale = min(scale, 2.4 * face / printed.size[1], room / min(printed.size[0], 1.6 * room / scale))
    w, h = printed.size
    cut = min(w, int(room / scale))
    mid = int((fx0 + fx1) / 2)
    left = int(np.clip(mid - cut // 2, 0, w - cut))
    made = printed.cropped((left, 0, left + cut, h))
    made = made.resized(max(16, int(made.size[0] * scale)), max(16, int(h * scale)))
    made = folded(_around(made), rng, rng.uniform(0.005, 0.02))
    at = ((x0 + x1) / 2 - made.size[0] / 2 + face * rng.normal(0, 0.06), y1 + face * rng.uniform(0.45, 0.8))
    canvas = Canvas(wearer.pixels)
    canvas.paint(Layer(made.pixels, made.alpha, made.faces), placed(at[0], at[1], 1.0, float(rng.normal(0, 2))))
    # the shirt's own light and folds, without its colour
    grey = cv2.cvtColor(wearer.pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    shade = grey / np.maximum(cv2.GaussianBlur(grey, (0, 0), face * 0.5), 8)
    printed_here = (canvas.pixels != wearer.pixels).any(2)
    pixels = canvas.pixels.astype(np.float32)
    pixels[printed_here] *= np.clip(shade, 0.75, 1.2)[printed_here][:, None]
    faces = (*wearer.faces, *canvas.faces())
    return Layer(np.asarray(np.clip(pixels, 0, 255), np.uint8), wearer.alpha, faces)


def _around(layer: Layer) -> Layer:
    """As seen on a cylinder: the sides turn away."""
    w, h = layer.size
    u = np.linspace(-1, 1, w, dtype=np.float32)
    bent = np.arcsin(u * 0.8) / np.arcsin(0.8)
    x = np.tile(((bent + 1) / 2 * (w - 1))[None], (h, 1)).astype(np.float32)
    y = np.mgrid[0:h, 0:w][0].astype(np.float32)
    pixels = cv2.remap(layer.pixels, x, y, cv2.INTER_LINEAR)
    alpha = cv2.remap(layer.alpha, x, y, cv2.INTER_LINEAR)
    return Layer(np.asarray(pixels, np.uint8), np.asarray(alpha, np.uint8), layer.faces)


def aged(pixels: Pixels, rng: np.random.Generator, clean: bool = False) -> bytes:
    """The photo as a JPEG file, one to three times through a messenger; not ``clean``: after a lens and a sensor."""
    made = pixels
    if not clean:
        shot = cv2.GaussianBlur(pixels, (0, 0), rng.uniform(0.2, 1.1)).astype(np.float32)
        shot = shot * rng.uniform(0.85, 1.1) + rng.normal(0, 1, (*pixels.shape[:2], 1)) * rng.uniform(0.5, 5)
        made = np.asarray(np.clip(shot, 0, 255), np.uint8)
    data = b""
    for _ in range(int(rng.integers(1, 4))):
        out = io.BytesIO()
        Image.fromarray(made).save(out, "JPEG", quality=int(rng.uniform(45, 92)))
        data = out.getvalue()
        made = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    return data
