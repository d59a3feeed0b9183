"""The next shot of the same group, rendered: the same people, place and clothes a moment later, a hand changed.

Three kinds, from the usual to the made-up:

- ``handheld``: the camera moves by about a centimetre, everybody sways, heads turn a little, one hand changes.
- ``tripod``: the camera does not move at all, people sway by half a centimetre, one hand changes.
- ``frozen``: nothing moves but one person's arm. No living group does that; it is what a retouched hand looks like.
"""

import io
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image

from fixtures.recipes import RECIPES, Recipe
from fixtures.render.body import Figure
from fixtures.render.scene import Scene, render
from fixtures.staging import arms_of, stage

OUT: Final = Path(__file__).resolve().parents[1] / "out" / "copies"
KINDS: Final = ("handheld", "tripod", "frozen")
# Metres the camera moves, metres people sway, degrees heads turn: one standard deviation each.
MOVES: Final = {"handheld": (0.010, 0.010, 2.5), "tripod": (0.0, 0.005, 1.2), "frozen": (0.0, 0.0, 0.0)}
GESTURES: Final = ("one", "peace", "three", "like", "palm", "fist", "-")
QUALITY: Final = 88  # of the JPEG file


def groups() -> tuple[Recipe, ...]:
    """Recipes with two people or more, in colour: what a phone would take several times."""
    return tuple(each for each in RECIPES if each.cast.count(",") >= 1 and each.mode == "plain")


def next_shot(recipe: Recipe, kind: str, seed: int) -> Scene:
    """The scene of a recipe a moment later."""
    scene, _ = stage(recipe)
    rng = np.random.default_rng([seed, KINDS.index(kind), *recipe.path.encode()])
    camera_m, sway_m, turn = MOVES[kind]
    changes = int(rng.integers(len(scene.figures)))
    others = [each for each in GESTURES if each != recipe.cast.split(",")[changes].split()[1]]
    gesture = others[int(rng.integers(len(others)))]
    figures = []
    for index, figure in enumerate(scene.figures):
        moved = _moved(figure, rng, sway_m, turn)
        if index == changes:
            left, right = arms_of(gesture, "row", rng)
            moved = replace(moved, left=left, right=right)
        figures.append(moved)
    camera = replace(
        scene.camera,
        position=_near(scene.camera.position, rng, camera_m),
        target=_near(scene.camera.target, rng, camera_m),
        roll=scene.camera.roll + 30 * camera_m * float(rng.normal()),
    )
    return replace(scene, figures=tuple(figures), camera=camera, seed=int(rng.integers(1 << 30)))


def shot_file(recipe: Recipe, kind: str, seed: int, out: Path = OUT) -> Path:
    """The rendered next shot as a JPEG file, kept between runs."""
    path = out / f"{kind}-{seed}-{recipe.path.replace('/', '-').rpartition('.')[0]}.jpg"
    if not path.is_file():
        out.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        Image.fromarray(render(next_shot(recipe, kind, seed)).pixels).save(buffer, "JPEG", quality=QUALITY)
        half = path.with_suffix(".part")
        half.write_bytes(buffer.getvalue())
        half.replace(path)
    return path


def _moved(figure: Figure, rng: np.random.Generator, sway_m: float, turn: float) -> Figure:
    x, z, yaw, head_yaw, head_pitch, head_roll = (float(value) for value in rng.normal(size=6))
    return replace(
        figure,
        x=figure.x + sway_m * x,
        z=figure.z + sway_m * z,
        yaw=figure.yaw + turn / 2 * yaw,
        head_yaw=figure.head_yaw + turn * head_yaw,
        head_pitch=figure.head_pitch + turn * head_pitch,
        head_roll=figure.head_roll + turn / 2 * head_roll,
    )


def _near(point: tuple[float, float, float], rng: np.random.Generator, by_m: float) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in np.array(point) + by_m * rng.normal(size=3))
    return x, y, z
