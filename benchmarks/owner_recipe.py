"""How rendered groups are drawn in which the owner of each hand is known: crossing arms, arms around shoulders, hands
before other people's faces, people cut off by the picture's edge. Nobody here exists.
"""

import ast
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from fixtures.people import invent

if TYPE_CHECKING:
    from fixtures.render.body import Arm, Figure
    from fixtures.render.scene import Scene

# What the photos of a set are, in turn.
GROUPS: Final = ("row", "close", "crossing", "around", "before a face", "cut off", "two rows")
FIRST_PERSON: Final = 70_000  # seed; the cast and the populations have others
SETTINGS: Final = ("wall", "office", "hall", "garden", "street", "stage", "curtain", "warm", "side")
SYMBOLS: Final = (
    "one",
    "peace",
    "like",
    "three",
    "three2",
    "four",
    "palm",
    "rock",
    "ok",
    "call",
    "thumb_index",
    "fist",
)
PIXELS_PER_METRE: Final = (260.0, 420.0)  # a face box is 0.18 m high: 47 to 76 pixels
HEIGHT_SHOWN: Final = 1.12  # metres, from over the heads down to the hips
ANGLE: Final = 30.0  # of the camera, in degrees
# Wrists turn sideways by 20 degrees to the thumb's side and 30 to the other (AAOS, Joint Motion, 1965).
BEND: Final = 30.0
FORESHORTENED: Final = (
    0.4  # a forearm of which less shows points at the camera: then the bend is forwards, to 70 degrees
)


@dataclass(frozen=True, slots=True)
class OwnerSet:
    """A set of photos. Rules are fitted on one and judged on another.

    Attributes:
        name: also its folder's.
        photos: how many there are unless somebody asks for another number.
        seed: of all that is drawn.
    """

    name: str
    photos: int
    seed: int


@dataclass(frozen=True, slots=True)
class Posed:
    """What an arm does, by a name that the tables use, as a left arm."""

    kind: str
    arm: "Arm"


def group_of(index: int) -> str:
    """What the photo at a place in its set is."""
    return GROUPS[index % len(GROUPS)]


def scene_of(owners: OwnerSet, index: int) -> "tuple[Scene, dict[tuple[int, str], str], int]":
    """The scene of a photo, what each arm does by (figure, side), and the JPEG quality. Needs numba."""
    rng = np.random.default_rng([owners.seed, index])
    group = group_of(index)
    count = int(rng.integers(6, 10)) if group == "two rows" else int(rng.integers(3, 6))
    spacing = {"row": 0.58, "close": 0.42, "around": 0.44, "two rows": 0.33}.get(group, 0.50)
    spacing *= float(rng.uniform(0.92, 1.1))
    order = rng.permutation(4000)[:count]
    figures: list[Figure] = []
    kinds: dict[tuple[int, str], str] = {}
    for place in range(count):
        row = place % 2 if group == "two rows" else 0
        posed = {side: _posed(group, side, place, count, rng) for side in ("left", "right")}
        kinds |= {(place, side): each.kind for side, each in posed.items()}
        figures.append(
            _figure(
                FIRST_PERSON + int(order[place]),
                (posed["left"].arm, posed["right"].arm),
                ((place - (count - 1) / 2) * spacing + float(rng.normal(0, 0.02)), -0.5 * row, 0.22 * row),
                rng,
            )
        )
    scene = _scene(figures, group, rng)
    return scene, kinds, int(rng.integers(60, 95))


def _posed(group: str, side: str, place: int, count: int, rng: np.random.Generator) -> Posed:
    # Seen from the front, a person's left arm is the one towards the next person on the right.
    has_neighbour = place + 1 < count if side == "left" else place > 0
    if group == "cut off":
        outermost = place == 0 if side == "left" else place == count - 1
        return _cut_off(rng) if outermost else _plain(rng, 0.35, "row")
    special: dict[str, Callable[[np.random.Generator], Posed]] = {
        "crossing": _crossing,
        "around": _around,
        "before a face": _before_face,
    }
    if group in special and (has_neighbour or group == "crossing") and rng.random() < 0.5:
        return special[group](rng)
    return _plain(rng, 0.5, group if group in ("close", "two rows") else "row")


def _plain(rng: np.random.Generator, shows: float, name: str) -> Posed:
    """A hand at one's own body: showing something, or at rest."""
    from fixtures.render.body import Arm

    if rng.random() < shows:
        places = ("beside face", "beside face") if name == "two rows" else ("beside face", "chest", "front", "low")
        return Posed(name, _show(places[int(rng.integers(len(places)))], (0.0, 0.0, 0.0), rng))
    rests = ("hang", "hang", "folded", "heart", "hip", "holding")
    place = rests[int(rng.integers(len(rests)))]
    pose = {"holding": "grip", "hang": "relaxed"}.get(place, "flat")
    return Posed("resting", Arm(place, pose, tilt=float(rng.normal(0, 3))))


def _crossing(rng: np.random.Generator) -> Posed:
    """A hand shown in front of the neighbour's chest, or across one's own body to the other side."""
    if rng.random() < 0.5:
        shift = (rng.uniform(0.20, 0.34), rng.uniform(-0.14, 0.02), rng.uniform(0.02, 0.10))
        return Posed("before a neighbour", _show("beside face", shift, rng))
    shift = (rng.uniform(-0.42, -0.28), rng.uniform(-0.05, 0.12), rng.uniform(0.0, 0.05))
    return Posed("across one's body", _show("chest", shift, rng))


def _around(rng: np.random.Generator) -> Posed:
    """An arm around the neighbour's shoulders: the hand lies on the far one, or shows something beyond it."""
    from fixtures.render.body import Arm

    shift = (float(rng.uniform(-0.03, 0.09)), float(rng.uniform(-0.03, 0.05)), float(rng.uniform(-0.02, 0.05)))
    if rng.random() < 0.5:
        return Posed("on a shoulder", Arm("around", "flat", tilt=float(rng.normal(0, 6)), shift=shift))
    shift = (rng.uniform(0.22, 0.34), rng.uniform(-0.04, 0.08), rng.uniform(-0.36, -0.30))
    return Posed("over a shoulder", _show("beside face", shift, rng))


def _before_face(rng: np.random.Generator) -> Posed:
    shift = (rng.uniform(0.20, 0.32), rng.uniform(-0.04, 0.12), rng.uniform(-0.02, 0.10))
    return Posed("before a face", _show("beside face", shift, rng))


def _cut_off(rng: np.random.Generator) -> Posed:
    """The hand of somebody whose face is outside the picture, on the side where the picture goes on."""
    shift = (rng.uniform(0.08, 0.30), rng.uniform(-0.16, 0.05), rng.uniform(-0.05, 0.10))
    return Posed("cut off", _show("beside face", shift, rng))


def _show(place: str, shift: tuple[float, float, float], rng: np.random.Generator) -> "Arm":
    """An arm that shows a symbol, the hand turned as far as a wrist allows towards its usual way up."""
    from fixtures.render.arms import HELD, SHOWING
    from fixtures.render.body import Arm

    x, y, z = (float(value) for value in shift)
    symbol = SYMBOLS[int(rng.integers(len(SYMBOLS)))]
    tilt = float(rng.normal(0, 9))
    if symbol not in HELD:
        tilt = _bearable(np.add(SHOWING[place].wrist, (x, y, z)), np.array(SHOWING[place].fingers), tilt)
    return Arm(
        place,
        symbol,
        variant=int(rng.integers(2)),
        back=bool(rng.random() < 0.15),
        tilt=tilt,
        twist=float(rng.normal(0, 10)),
        shift=(x + float(rng.normal(0, 0.01)), y + float(rng.normal(0, 0.015)), z),
    )


def _bearable(wrist: NDArray[np.float64], fingers: NDArray[np.float64], tilt: float) -> float:
    """The tilt nearest to a wished one at which the hand lies within ``BEND`` of its forearm, in degrees.

    A hand held with its palm or back to the camera bends sideways at the wrist, and that is what wrists do least.
    """
    from fixtures.render.arms import reach
    from fixtures.render.body import FOREARM, UPPER_ARM

    upright = float(np.degrees(np.arctan2(fingers[0], fingers[1])))  # 0 is up, 90 to the person's left
    for _ in range(3):  # the elbow follows the fingers
        angle = np.radians(upright + tilt)
        limb = reach(np.zeros(3), wrist, UPPER_ARM, FOREARM, np.array([np.sin(angle), np.cos(angle), 0.0]), 1.0)
        along = limb.wrist - limb.elbow
        if np.hypot(along[0], along[1]) < FORESHORTENED * FOREARM:
            return tilt
        forearm = float(np.degrees(np.arctan2(along[0], along[1])))
        bend = (upright + tilt - forearm + 180) % 360 - 180
        tilt += float(np.clip(bend, -BEND, BEND)) - bend
    return tilt


def _figure(
    seed: int, left_right: "tuple[Arm, Arm]", place: tuple[float, float, float], rng: np.random.Generator
) -> "Figure":
    from fixtures.render.body import Figure
    from fixtures.render.looks import Expression
    from fixtures.staging import dress

    person, (left, right), (x, z, floor) = invent(seed), left_right, place
    return Figure(
        person,
        dress(f"invented-{seed}", person, rng),
        Expression(smile=float(rng.uniform(0, 0.9)), eyes=float(rng.uniform(0.85, 1.05))),
        left,
        right,
        x=x,
        z=z + float(rng.normal(0, 0.04)),
        floor=floor,
        yaw=float(rng.normal(0, 7)) - 5.0 * x,
        head_yaw=float(rng.normal(0, 8)),
        head_pitch=float(rng.normal(2, 3)),
        head_roll=float(rng.normal(0, 4)),
        seed=int(rng.integers(1 << 30)),
    )


def _scene(figures: "list[Figure]", group: str, rng: np.random.Generator) -> "Scene":
    from fixtures.render.camera import Camera
    from fixtures.render.scene import Scene
    from fixtures.staging import SETTINGS as PLACES

    setting = PLACES[SETTINGS[int(rng.integers(len(SETTINGS)))]]
    low, high = min(figure.x for figure in figures), max(figure.x for figure in figures)
    if group == "cut off":  # the edge runs outside the outermost shoulders' inner ends: faces out, hands in
        low, high = low + 0.13, high - 0.13
    else:
        low, high = low - 0.45, high + 0.45
    top = max(figure.floor + figure.person.height for figure in figures) + float(rng.uniform(0.05, 0.15))
    wide, tall = high - low, HEIGHT_SHOWN + (0.2 if group == "two rows" else 0.0)
    pixels = float(rng.uniform(*PIXELS_PER_METRE)) * (0.75 if group == "two rows" else 1.0)
    away = tall / 2 / float(np.tan(np.radians(ANGLE) / 2))
    target = ((low + high) / 2, top - tall / 2, 0.0)
    eye = (target[0] + float(rng.normal(0, 0.12)), target[1] + float(rng.normal(0.05, 0.12)), away)
    camera = Camera(eye, target, ANGLE, round(wide * pixels), round(tall * pixels), float(rng.normal(0, 1.5)))
    backdrop = replace(setting.backdrop, grain=setting.backdrop.grain + float(rng.integers(0, 40)) * 0.37)
    film = replace(setting.film, exposure=setting.film.exposure * float(rng.uniform(0.85, 1.15)))
    return Scene(tuple(figures), camera, setting.light, backdrop, (), film, int(rng.integers(1 << 30)))


def recipe_hash(owners: OwnerSet) -> str:
    """12 hex digits of everything that decides the pixels: the set and the code that draws it."""
    digest = hashlib.sha256(repr((owners.name, owners.seed)).encode())
    for path in _sources():
        digest.update(ast.unparse(ast.parse(path.read_text(encoding="utf-8"))).encode())  # layout plays no part
    return digest.hexdigest()[:12]


def _sources() -> Iterator[Path]:
    fixtures = Path(__file__).resolve().parents[1] / "fixtures"
    yield from (fixtures / "people.py", fixtures / "staging.py", *sorted((fixtures / "render").glob("*.py")))
    yield Path(__file__)
