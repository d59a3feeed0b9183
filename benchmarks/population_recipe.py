"""How an invented population is drawn: who is in it, and the scene of each photo. Nobody here exists."""

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from fixtures.people import SKINS, Hair, Person, invent, relative

if TYPE_CHECKING:
    from fixtures.render.scene import Scene

FACE_METRES: Final = 0.181  # height of a face's box in ``Scene``'s truth, measured on six people
FRAME: Final = (1.9, 2.1)  # width and height of a photo, in face heights
UNLIKE: Final = 0.5  # how far relatives differ; see ``fixtures.people.relative``


@dataclass(frozen=True, slots=True)
class Recipe:
    """A population.

    Attributes:
        name: also its folder's.
        people: how many there are unless somebody asks for another number.
        first_seed: of the first person; the cast of the fixtures has seeds below 20,000.
        family: how many in a row are relatives of each other.
        settings: the places of ``fixtures.staging`` that photos are taken in.
        distance: metres from camera to face, least and most.
        turn: the farthest that a head is turned to the side, in degrees.
        jpeg: the least and the best quality.
        old: the people are older, darker, more often covered and with glasses than ``invent``'s.
    """

    name: str
    people: int
    first_seed: int
    family: int
    settings: tuple[str, ...]
    distance: tuple[float, float]
    turn: float
    jpeg: tuple[int, int]
    old: bool


def family_of(recipe: Recipe, index: int) -> int:
    """The number of a person's family; people of one family are relatives of each other."""
    return index // recipe.family


def person_of(recipe: Recipe, index: int) -> Person:
    """The person at a place in the population, the same whatever its size."""
    seed = recipe.first_seed + index
    first = recipe.first_seed + recipe.family * family_of(recipe, index)
    root = _aged(invent(first)) if recipe.old else invent(first)
    return root if seed == first else relative(root, seed, UNLIKE)


def _aged(person: Person) -> Person:
    rng = np.random.default_rng([person.seed, 60])
    dark = SKINS[int(rng.choice([3, 4, 5, 6], p=[0.3, 0.4, 0.2, 0.1]))]
    bald = not person.woman and rng.random() < 0.4
    grey = float(rng.uniform(0.2, 0.6))
    return replace(
        person,
        skin=dark,
        hijab=person.woman and bool(rng.random() < 0.9),
        glasses=bool(rng.random() < 0.45),
        hair=Hair.RECEDING if bald else person.hair,
        hair_colour=(grey, grey, grey),
        face=replace(person.face, fold=max(person.face.fold, float(rng.uniform(0.3, 0.7)))),
    )


def scene_of(recipe: Recipe, index: int, view: int) -> "tuple[Scene, int]":
    """The scene of a person's photo, and the JPEG quality it is written with. Needs numba, as the renderer does.

    The photos of a person go through the settings in an order of their own, so that no two views share one before
    all were used.
    """
    from fixtures.render.body import Figure
    from fixtures.render.camera import Camera
    from fixtures.render.looks import Expression
    from fixtures.render.scene import Scene
    from fixtures.staging import SETTINGS, dress

    person = person_of(recipe, index)
    order = np.random.default_rng([person.seed, 7]).permutation(len(recipe.settings))
    setting = SETTINGS[recipe.settings[int(order[view % len(order)])]]
    rng = np.random.default_rng([person.seed, view, 2003])
    yaw = float(rng.uniform(-recipe.turn, recipe.turn))
    expression = Expression(
        smile=float(rng.uniform(0, 1)),
        mouth_open=float(rng.choice([0, 0, 0, 0.6])),
        eyes=float(rng.uniform(0.85, 1.05)),
        gaze=(float(rng.normal(0, 0.25)), 0.0),
    )
    figure = Figure(
        person,
        dress(f"invented-{person.seed}", person, rng),
        expression,
        yaw=0.4 * yaw,
        head_yaw=0.6 * yaw,
        head_pitch=float(rng.uniform(-6, 7)),
        head_roll=float(rng.normal(0, 2.5)),
        seed=int(rng.integers(1 << 30)),
    )
    light = replace(setting.light, key=_near(setting.light.key, rng))
    film = replace(
        setting.film,
        exposure=setting.film.exposure * float(rng.uniform(0.8, 1.2)),
        softness=float(rng.uniform(0.3, 1.0)),
        grain=setting.film.grain * float(rng.uniform(0.7, 2.0)),
    )
    face, away, y = float(rng.uniform(80, 120)), float(rng.uniform(*recipe.distance)), person.height - 0.13
    angle = 2 * float(np.degrees(np.arctan(FACE_METRES * FRAME[1] / 2 / away)))
    eye = (float(rng.normal(0, 0.05)) * away, y + float(rng.normal(0.01, 0.03)) * away, away)
    aim = (float(rng.normal(0, 0.008)), y - 0.02 + float(rng.normal(0, 0.008)), 0.0)
    camera = Camera(eye, aim, angle, round(FRAME[0] * face), round(FRAME[1] * face), float(rng.normal(0, 1)))
    backdrop = replace(setting.backdrop, grain=setting.backdrop.grain + float(rng.integers(0, 40)) * 0.37)
    scene = Scene((figure,), camera, light, backdrop, (), film, int(rng.integers(1 << 30)))
    return scene, int(rng.integers(recipe.jpeg[0], recipe.jpeg[1] + 1))


def _near(key: tuple[float, float, float], rng: np.random.Generator) -> tuple[float, float, float]:
    x, y, z = (float(v) for v in np.array(key) + rng.normal(0, 0.2, 3))
    return x, y, z


def recipe_hash(recipe: Recipe) -> str:
    """12 hex digits of everything that decides the pixels: this recipe and the code that draws it.

    Comments, docstrings and layout play no part, so that only a change of what is drawn renders anew.
    """
    digest = hashlib.sha256(repr(recipe).encode())
    for path in _sources():
        digest.update(_bare(path.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()[:12]


def _sources() -> Iterator[Path]:
    fixtures = Path(__file__).resolve().parents[1] / "fixtures"
    yield from (fixtures / "people.py", fixtures / "staging.py", *sorted((fixtures / "render").glob("*.py")))
    yield Path(__file__)


def _bare(source: str) -> str:
    """Python code without comments and docstrings."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body[0] = ast.Pass()
    return ast.unparse(tree)
