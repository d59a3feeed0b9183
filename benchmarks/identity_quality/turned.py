"""Invented people who turn their heads by known angles, rendered once and kept as small JPEG files."""

import hashlib
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image as PillowImage

from netra.errors import UsageError
from vision.types import Image

CACHE: Final = Path(__file__).resolve().parents[2] / "out" / "turned"  # out/ is not committed
FIRST_SEED: Final = 50_000  # people of their own: other benchmarks count from elsewhere
REFERENCES: Final = ("reference-0", "reference-1")
YAWS: Final = (0, 15, 30, 45, 60, 75)
PITCHES: Final = (-30, -15, 15, 30)
VIEWS: Final = (*REFERENCES, *(f"yaw-{yaw}" for yaw in YAWS), *(f"pitch-{pitch}" for pitch in PITCHES))
WIDTH: Final = 208
HEIGHT: Final = 232
_JPEG_QUALITY: Final = 95
# Whoever changes what is rendered changes this word, so that nobody reads old pictures.
_RECIPE: Final = "1"

Told = Callable[[int, int], None]
"""Told how many pictures are there and how many there will be."""


def turned_people(count: int, told: Told, cache: Path = CACHE) -> tuple[Mapping[str, Image], ...]:
    """For each person a picture by view: head and shoulders, the face about 100 pixels large.

    Args:
        count: how many people.
        told: called after each picture.
        cache: where pictures are kept; a run that was stopped goes on where it was.

    Raises:
        UsageError: pictures are missing and the renderer's compiler, numba, is not installed.
    """
    recipe = f"{_RECIPE} {FIRST_SEED} {VIEWS} {WIDTH} {HEIGHT} {_JPEG_QUALITY}"
    folder = cache / hashlib.sha256(recipe.encode()).hexdigest()[:12]
    folder.mkdir(parents=True, exist_ok=True)
    people: list[dict[str, Image]] = []
    for seed in range(FIRST_SEED, FIRST_SEED + count):
        views = {}
        for view in VIEWS:
            views[view] = _cached(folder / f"{seed}-{view}.jpg", seed, view)
            told(len(people) * len(VIEWS) + len(views), count * len(VIEWS))
        people.append(views)
    return tuple(people)


def _cached(path: Path, seed: int, view: str) -> Image:
    if not path.is_file():
        coded = io.BytesIO()
        PillowImage.fromarray(_rendered(seed, view)).save(coded, "JPEG", quality=_JPEG_QUALITY)
        part = path.with_suffix(".part")
        part.write_bytes(coded.getvalue())
        part.replace(path)
    with PillowImage.open(path) as picture:
        return np.array(picture.convert("RGB"))


def _rendered(seed: int, view: str) -> Image:
    try:
        from fixtures.people import invent
        from fixtures.render.body import Figure
        from fixtures.render.camera import Camera
        from fixtures.render.looks import Expression
        from fixtures.render.scene import Light, Scene, render
    except ModuleNotFoundError as error:
        raise UsageError(
            f"rendering people needs {error.name}, which is not installed; run 'make setup-fixtures' first"
        ) from error
    person, at = invent(seed), VIEWS.index(view)
    rng = np.random.default_rng([seed, at])
    yaw, pitch = float(rng.uniform(-8, 8)), float(rng.uniform(-4, 4))
    kind, _, degrees = view.partition("-")
    if kind == "yaw":
        yaw = float(degrees) * float(rng.choice((-1, 1)))
    elif kind == "pitch":
        pitch = float(view.removeprefix("pitch-"))
    figure = Figure(person, head_yaw=yaw, head_pitch=pitch, expression=Expression(smile=float(rng.random())), seed=seed)
    eyes = person.height - 0.13
    camera = Camera((0, eyes, 1.7), (0, eyes - 0.02, 0), 13, WIDTH, HEIGHT)
    light = Light(key=(float(rng.uniform(-0.8, 0.8)), float(rng.uniform(0.3, 0.8)), 0.7))
    return render(Scene((figure,), camera, light=light, seed=seed * len(VIEWS) + at)).pixels
