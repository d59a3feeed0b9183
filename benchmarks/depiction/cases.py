"""The cases: one photo each, with what must be said of it. The same part, kind and number give the same case."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import numpy as np

from benchmarks.depiction import layouts, things
from benchmarks.depiction.actors import BYSTANDERS, CANDIDATES, REFERENCE_SESSIONS, SESSIONS, Part, Pixels, Studio, Take
from benchmarks.depiction.canvas import Canvas, Layer, TrueFace, corners, leaning, placed
from benchmarks.depiction.sheets import colour, person, picture_of, sheet, whole, words, write

FACES: Final = (40.0, 300.0)
"""Pixels across a depicted face, from and to; every ratio as likely as another."""
ROOM: Final = 6.9
"""Height of a standing cut-out, in faces."""
TRIES: Final = 60


class Kind(StrEnum):
    """What a case shows."""

    BANNER = "banner"
    SCREEN = "screen"
    SHIRT = "shirt"
    COLLAGE = "collage"
    SCREENSHOT = "screenshot"
    PRESENT = "present"
    HELD_FRAME = "held-frame"
    """Somebody present looks through a frame that is held up: the hardest, reported by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """A photo before it is written to a file.

    Attributes:
        variant: what kind of its kind.
        panels: how many parts the file is put together from; 1 for a plain photo.
    """

    canvas: Canvas
    faces: tuple[TrueFace, ...]
    variant: str
    panels: int = 1


def case_of(part: Part, kind: Kind, number: int, studio: Studio) -> Case:
    """A case, with a target face of which enough shows.

    Raises:
        RuntimeError: no such photo came about, which would be a fault of this code.
    """
    for attempt in range(TRIES):
        rng = np.random.default_rng([part.seed, list(Kind).index(kind), number, attempt])
        made = _MAKERS[kind](studio, rng, number)
        if any(face.target for face in made.faces):
            return made
    raise RuntimeError(f"{kind} {number}: no photo shows its target after {TRIES} attempts")


def _face_size(rng: np.random.Generator, low: float = FACES[0], high: float = FACES[1]) -> float:
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def _someone(studio: Studio, rng: np.random.Generator) -> Layer:
    who = CANDIDATES + int(rng.integers(BYSTANDERS))
    layer = person(studio.get(Take(who, 0, 0, "standing")), who)
    return layer if rng.random() < 0.5 else layer.mirrored()


def _candidate(studio: Studio, rng: np.random.Generator, target: bool = True) -> Layer:
    """A candidate who is there; one time in four in the clothes of a reference photo's day."""
    who = int(rng.integers(CANDIDATES))
    session = int(rng.integers(REFERENCE_SESSIONS if rng.random() < 0.25 else SESSIONS))
    return person(studio.get(Take(who, session, 0, "standing")), who, target)


def _width(layer: Layer) -> float:
    x0, y0, x1, y1 = layer.faces[0].box_xyxy
    return max(x1 - x0, y1 - y0)


def stand(canvas: Canvas, people: list[Layer], face: float, rng: np.random.Generator, middle: float = 0.5) -> None:
    """People side by side, cut off by the photo's lower edge, as if photographed together."""
    width, height = canvas.size
    face = min(face, height / 3.2, width / (1.6 * len(people) + 1))
    low = rng.uniform(0.45, 0.95)
    for i, layer in enumerate(people):
        own = face * rng.uniform(0.9, 1.1)
        scale = own / _width(layer)
        gap = own * rng.uniform(2.2, 3.0)
        x = width * middle + (i - (len(people) - 1) / 2) * gap - layer.size[0] * scale / 2
        y = height - min(ROOM * own * low, height * 0.93) + own * rng.normal(0, 0.2)
        y = max(y, height - layer.size[1] * scale)
        canvas.paint(layer, placed(x, y, scale))


def group(studio: Studio, rng: np.random.Generator, count: int, with_candidate: bool, objects: int = 2) -> Canvas:
    """A plain photo of people who are there."""
    canvas = things.place(studio, rng, objects)
    people = [_someone(studio, rng) for _ in range(count - with_candidate)]
    if with_candidate:
        people.insert(int(rng.integers(count)), _candidate(studio, rng))
    stand(canvas, people, _face_size(rng, 45, 200), rng)
    return canvas


def _hang(
    canvas: Canvas, layer: Layer, face: float, angles: tuple[float, float, float], rng: np.random.Generator
) -> bool:
    """Put a flat thing with the target's face into the photo; False where too much of it would lie outside."""
    width, height = canvas.size
    target = next(each for each in layer.faces if each.target)
    x0, y0, x1, y1 = target.box_xyxy
    at = (rng.uniform(0.2, 0.8) * width, rng.uniform(0.18, 0.6) * height)
    matrix = leaning(layer.size, angles, face / max(x1 - x0, y1 - y0), at, ((x0 + x1) / 2, (y0 + y1) / 2))
    quad = corners(matrix, layer.size)
    outside = ((quad < 0) | (quad > [width, height])).any(1).sum()
    if outside > 2 or (outside and rng.random() < 0.6):
        return False
    canvas.paint(layer, matrix)
    return True


def _banner(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    who = int(rng.integers(CANDIDATES))
    beside = picture_of(studio, (who + 1) % CANDIDATES, False, rng, False)
    made = sheet(picture_of(studio, who, number % 2 == 0, rng), rng, beside if rng.random() < 0.5 else None)
    if not any(each.target for each in made.faces):
        return Case(Canvas(made.pixels), (), "")
    made = things.lit_across(things.folded(made, rng, rng.choice([0.0, rng.uniform(0.004, 0.03)])), rng)
    canvas = things.place(studio, rng, int(rng.integers(0, 3)))
    angles = (rng.uniform(-35, 35), rng.uniform(-10, 10), rng.normal(0, 3))
    if not _hang(canvas, made, _face_size(rng), angles, rng):
        return Case(canvas, (), "")
    variant = "alone"
    if rng.random() < 0.6:
        variant = "with people"
        stand(
            canvas,
            [_someone(studio, rng) for _ in range(int(rng.integers(1, 4)))],
            _face_size(rng, 50, 170),
            rng,
            rng.uniform(0.2, 0.8),
        )
    return Case(canvas, canvas.faces(), f"{variant}, {_which(number)}")


def _which(number: int) -> str:
    return "another photo" if number % 2 else "reference"


def _screen(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    device = str(rng.choice(["phone", "tablet", "television"], p=[0.5, 0.2, 0.3]))
    picture = picture_of(studio, int(rng.integers(CANDIDATES)), number % 2 == 0, rng)
    content = sheet(picture, rng) if rng.random() < 0.4 else whole(picture)
    if not any(each.target for each in content.faces):
        return Case(Canvas(content.pixels), (), "")
    made = things.screen(content, device, rng)
    canvas = things.place(studio, rng, int(rng.integers(0, 3)))
    behind = rng.random() < 0.5
    people = [_someone(studio, rng) for _ in range(int(rng.integers(1, 3)))]
    if behind and device != "television":
        stand(canvas, people, _face_size(rng, 60, 170), rng)
    tilt = 9 if device == "phone" else 4 if device == "tablet" else 1
    angles = (rng.uniform(-25, 25), rng.uniform(-12, 12), rng.normal(0, tilt))
    width = _face_size(rng, FACES[0], 240)
    before = canvas.pixels.copy()
    if not _hang(canvas, made, width, angles, rng):
        return Case(canvas, (), "")
    if device == "television":
        if behind:
            stand(canvas, people, _face_size(rng, 50, 170), rng, rng.uniform(0.2, 0.8))
    else:
        _fingers(canvas, before, rng)
    return Case(canvas, canvas.faces(), f"{device}, {_which(number)}")


def _fingers(canvas: Canvas, before: Pixels, rng: np.random.Generator) -> None:
    changed = np.argwhere((canvas.pixels != before).any(2))
    (y0, x0), (y1, x1) = changed.min(0), changed.max(0)
    h, w = y1 - y0, x1 - x0
    for left in (True, False):
        for _ in range(int(rng.integers(0, 4))):
            y = float(y0 + h * rng.uniform(0.35, 0.97))
            out, into = (
                (x0 - w * 0.12, x0 + w * rng.uniform(0.02, 0.14))
                if left
                else (x1 + w * 0.12, x1 - w * rng.uniform(0.02, 0.14))
            )
            things.finger(canvas, (float(out), y + h * 0.03), (float(into), y), w * rng.uniform(0.06, 0.12), rng)


def _shirt(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    wearer = _someone(studio, rng)
    picture = picture_of(studio, int(rng.integers(CANDIDATES)), number % 2 == 0, rng)
    style = str(rng.choice(["square", "cut out", "sheet"]))
    printed = whole(picture) if style == "square" else picture if style == "cut out" else sheet(picture, rng)
    if not printed.faces or not printed.faces[0].target:
        return Case(Canvas(printed.pixels), (), "")
    dressed = things.worn(wearer, printed, rng)
    found = [each for each in dressed.faces if each.target]
    if not found:
        return Case(Canvas(dressed.pixels), (), "")
    canvas = things.place(studio, rng, int(rng.integers(0, 3)))
    x0, y0, x1, y1 = found[0].box_xyxy
    share = max(x1 - x0, y1 - y0) / _width(dressed)
    people = [dressed, *(_someone(studio, rng) for _ in range(int(rng.integers(0, 3))))]
    rng.shuffle(people)  # type: ignore[arg-type]  # a list of layers, which it shuffles in place
    stand(canvas, people, max(40 / share, _face_size(rng, 60, 230)), rng)
    return Case(canvas, canvas.faces(), f"{style}, {_which(number)}")


def _collage(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    count = int(rng.integers(2, 7))
    own = int(rng.integers(count))
    photos = []
    for i in range(count):
        if i == own and number % 2 == 0:
            made = whole(picture_of(studio, int(rng.integers(CANDIDATES)), True, rng))
        else:
            made = group(studio, rng, int(rng.integers(1, 4)), i == own).layer()
        photos.append(made)
    canvas, faces, gutter = layouts.collage(photos, rng)
    return Case(canvas, faces, f"{count} panels, gutter {'none' if gutter == 0 else 'some'}", count)


def _screenshot(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    if number % 2 == 0:
        made = whole(picture_of(studio, int(rng.integers(CANDIDATES)), True, rng))
    else:
        made = group(studio, rng, int(rng.integers(1, 4)), True).layer()
    canvas, app = layouts.screenshot(made, rng)
    return Case(canvas, canvas.faces(), app)


def _present(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    variant = ("before a rectangle", "before a banner", "holding", "two rows", "at a table", "group")[number % 6]
    count = int(rng.integers(1, 5))
    face = _face_size(rng, 45, 260)
    objects = 0 if variant == "before a rectangle" else int(rng.integers(0, 4))
    canvas = things.place(studio, rng, objects)
    width, height = canvas.size
    middle = rng.uniform(0.35, 0.65)
    if variant == "before a rectangle":
        for _ in range(int(rng.integers(1, 4))):
            thing = things.upright(things.OBJECTS[int(rng.integers(len(things.OBJECTS)))], rng)
            scale = min(face, height / 3.2) * rng.uniform(2.0, 6.0) / thing.size[0]
            at = (width * (middle + rng.normal(0, 0.12)), height * rng.uniform(0.3, 0.55))
            angles = (rng.uniform(-15, 15), rng.uniform(-3, 3), rng.normal(0, 0.7))
            canvas.paint(thing, leaning(thing.size, angles, scale, at, (thing.size[0] / 2, thing.size[1] / 2)))
    elif variant == "before a banner":
        printed = sheet(picture_of(studio, int(rng.integers(CANDIDATES)), False, rng), rng)
        printed = things.lit_across(printed, rng)
        if printed.faces:
            angles = (rng.uniform(-25, 25), rng.uniform(-6, 6), rng.normal(0, 2))
            _hang(canvas, printed, _face_size(rng, 60, 250), angles, rng)
        others = [replace(each, target=False) for each in canvas.faces()]
        canvas = _with_faces(canvas, others)
    people = [_someone(studio, rng) for _ in range(count - 1)]
    people.insert(int(rng.integers(count)), _candidate(studio, rng))
    if variant == "two rows":
        stand(canvas, [_someone(studio, rng) for _ in range(count + 1)], face * 0.85, rng, middle)
    stand(canvas, people, face, rng, middle)
    if variant == "holding":
        _hold(canvas, rng)
    elif variant == "at a table":
        _table(canvas, rng)
    return Case(canvas, canvas.faces(), variant)


def _with_faces(canvas: Canvas, faces: list[TrueFace]) -> Canvas:
    """The same photo so far, as the ground of another."""
    fresh = Canvas(canvas.pixels)
    fresh.paint(Layer.solid(canvas.pixels, faces), np.eye(3))
    return fresh


def _hold(canvas: Canvas, rng: np.random.Generator) -> None:
    for face in [each for each in canvas.faces() if not each.depicted and rng.random() < 0.7]:
        x0, y0, x1, y1 = face.box_xyxy
        size = max(x1 - x0, y1 - y0)
        w, h = int(size * rng.uniform(1.2, 2.8)), int(size * rng.uniform(0.9, 1.8))
        pixels = np.full((h, w, 3), colour(rng), np.uint8)
        if rng.random() < 0.6:
            pixels[4:-4, 4:-4] = colour(rng, True)
            write(pixels, words(rng, 1), 8, h // 3, h // 4, (20, 20, 60), w - 16)
        x = (x0 + x1) / 2 - w / 2 + size * rng.normal(0, 0.15)
        y = y1 + size * rng.uniform(0.05, 0.7)
        canvas.paint(Layer.solid(pixels), placed(x, y, 1.0, float(rng.normal(0, 3))))
        for side in (x, x + w):
            things.finger(canvas, (side, y + h * 0.7), (side + (6 if side == x else -6), y + h * 0.6), size * 0.2, rng)


def _table(canvas: Canvas, rng: np.random.Generator) -> None:
    """A table or a lectern hides everything from the chest down."""
    width, height = canvas.size
    present = [each for each in canvas.faces() if not each.depicted]
    if not present:
        return
    face = present[int(rng.integers(len(present)))]
    size = face.box_xyxy[3] - face.box_xyxy[1]
    y = face.box_xyxy[3] + size * rng.uniform(0.5, 1.8)
    wide = rng.random() < 0.6
    w = width * 1.2 if wide else size * rng.uniform(2.5, 5)
    x = -0.1 * width if wide else (face.box_xyxy[0] + face.box_xyxy[2]) / 2 - w / 2
    pixels = np.full((max(8, int(height - y) + 20), max(8, int(w)), 3), colour(rng), np.uint8)
    pixels[: max(3, int(size * 0.12))] = colour(rng, True)
    canvas.paint(Layer.solid(pixels), placed(x, y, 1.0, float(rng.normal(0, 0.7))))


def _held_frame(studio: Studio, rng: np.random.Generator, number: int) -> Case:
    del number
    canvas = group(studio, rng, int(rng.integers(1, 3)), True)
    targets = [each for each in canvas.faces() if each.target]
    if not targets:
        return Case(canvas, (), "")
    x0, y0, x1, y1 = targets[0].box_xyxy
    size = max(x1 - x0, y1 - y0)
    w, h, edge = int(size * rng.uniform(2.2, 4)), int(size * rng.uniform(2.4, 4)), int(size * rng.uniform(0.2, 0.5)) + 2
    pixels = np.full((h, w, 3), colour(rng), np.uint8)
    write(pixels, words(rng, 1), edge, h - edge + 1, edge, (255, 255, 255), w - 2 * edge)
    alpha = np.full((h, w), 255, np.uint8)
    alpha[edge:-edge, edge:-edge] = 0
    x, y = (x0 + x1) / 2 - w / 2, y0 - size * rng.uniform(0.4, 0.9)
    canvas.paint(Layer(pixels, alpha), placed(x, y, 1.0, float(rng.normal(0, 3))))
    for side in (x, x + w):
        things.finger(canvas, (side, y + h * 0.7), (side + (6 if side == x else -6), y + h * 0.6), size * 0.2, rng)
    return Case(canvas, canvas.faces(), "held frame")


_MAKERS: Final[dict[Kind, Callable[[Studio, np.random.Generator, int], Case]]] = {
    Kind.BANNER: _banner,
    Kind.SCREEN: _screen,
    Kind.SHIRT: _shirt,
    Kind.COLLAGE: _collage,
    Kind.SCREENSHOT: _screenshot,
    Kind.PRESENT: _present,
    Kind.HELD_FRAME: _held_frame,
}
