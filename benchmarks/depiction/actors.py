"""Invented people as cut-outs: portraits, others of the same session, standing figures. Rendered once and kept."""

import ast
import hashlib
import importlib.util
import os
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from fixtures.people import Person, invent
from fixtures.staging import SETTINGS, dress
from netra.errors import UsageError

if TYPE_CHECKING:
    from fixtures.render.scene import Scene

Pixels = NDArray[np.uint8]
Box = tuple[float, float, float, float]
Frame = Literal["portrait", "standing", "place"]

CANDIDATES: Final = 12
BYSTANDERS: Final = 40
SESSIONS: Final = 5
"""Days on which a candidate is photographed; the portraits of the first two are the references."""
REFERENCE_SESSIONS: Final = 2
TAKES: Final = 3
"""Photos of one session: the same clothes and light, other pose and expression."""
PLACES: Final = 24
POSES: Final = ("hang", "hang", "hang", "folded", "behind", "hip", "holding")
SHOWS: Final = ("one", "peace", "like", "three", "call")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the benchmark: its people, places and cases share nothing with another part's."""

    name: str
    seed: int


FIT: Final = Part("fit", 71)
SECOND: Final = Part("second", 72)
THIRD: Final = Part("third", 73)
FOURTH: Final = Part("fourth", 74)
TEST: Final = Part("test", 75)
PARTS: Final = {each.name: each for each in (FIT, SECOND, THIRD, FOURTH, TEST)}
"""Rules are made with the first four, and reported with the last, which nobody looks at before."""


@dataclass(frozen=True, slots=True)
class Take:
    """One rendered photo of somebody.

    Attributes:
        who: number of the person: below ``CANDIDATES`` a candidate, from there on a bystander.
        session: day, with its clothes, light and place.
        take: which photo of that day.
        frame: head and shoulders, or from above the head to the knees, or the place of the session without anybody.
    """

    who: int
    session: int
    take: int
    frame: Frame


@dataclass(frozen=True, slots=True, eq=False)
class Cutout:
    """A rendered photo with where its person is.

    Attributes:
        pixels: (h, w, 3) uint8 RGB.
        alpha: (h, w) uint8, 255 where the person is.
        face_xyxy: the face's box; zeros where nobody is in the photo.
    """

    pixels: Pixels
    alpha: Pixels
    face_xyxy: Box


def reference_of(who: int, number: int) -> Take:
    """A candidate's reference photo: ``number`` from 0."""
    return Take(who, number, 0, "portrait")


class Studio:
    """Renders takes of one part, each once.

    Args:
        cache: the folder they are kept in.
    """

    def __init__(self, part: Part, cache: Path) -> None:
        self._part = part
        self._folder = cache / f"{part.name}-takes-{_code()}"
        self._folder.mkdir(parents=True, exist_ok=True)
        self.get = lru_cache(maxsize=160)(self._get)

    def _get(self, take: Take) -> Cutout:
        name = self._folder / f"{take.frame}-{take.who}-{take.session}-{take.take}.png"
        if not name.exists():
            self._render(take, name)
        with Image.open(name) as image:
            box = tuple(float(v) for v in image.text["face"].split())  # type: ignore[attr-defined]  # a PNG has it
            rgba = np.asarray(image.convert("RGBA"))
        return Cutout(rgba[..., :3].copy(), rgba[..., 3].copy(), (box[0], box[1], box[2], box[3]))

    def _render(self, take: Take, name: Path) -> None:
        if importlib.util.find_spec("numba") is None:
            raise UsageError(
                "photos are missing, and the renderer's library numba is not installed. "
                "Run `make setup-fixtures`, then this command again."
            )
        from PIL.PngImagePlugin import PngInfo

        from fixtures.render.scene import render

        shot = render(_scene(self._part, take))
        box = (0.0, 0.0, 0.0, 0.0)
        for seen in shot.people:
            x, y, w, h = seen.box_xywh
            box = (x, y, x + w, y + h)
        rgba = np.dstack([shot.pixels, shot.figures.astype(np.uint8) * 255])
        info = PngInfo()
        info.add_text("face", " ".join(f"{v:.1f}" for v in box))
        unfinished = name.with_name(f"{name.stem}-{os.getpid()}.part")
        Image.fromarray(rgba).save(unfinished, "PNG", pnginfo=info)
        unfinished.rename(name)  # so that a run that is stopped, or another beside it, leaves no half picture


def person_of(part: Part, who: int) -> Person:
    """The invented person of a number."""
    return invent(part.seed * 1000 + who)


def _scene(part: Part, take: Take) -> "Scene":
    from fixtures.render.body import Arm, Figure
    from fixtures.render.camera import Camera
    from fixtures.render.looks import Expression
    from fixtures.render.scene import Scene

    day = np.random.default_rng([part.seed, take.who, take.session])
    now = np.random.default_rng([part.seed, take.who, take.session, take.take, len(take.frame)])
    setting = SETTINGS[tuple(SETTINGS)[int(day.integers(len(SETTINGS)))]]
    light = replace(setting.light, key=_lean(setting.light.key, day))
    backdrop = replace(setting.backdrop, grain=setting.backdrop.grain + float(day.integers(0, 40)) * 0.37)
    person = person_of(part, take.who)
    outfit = dress("warga", person, day)
    pose = POSES[int(now.integers(len(POSES)))]
    arms = Arm("hang"), Arm("hang")
    if take.frame == "standing":
        still = Arm(pose, "grip" if pose == "holding" else "flat" if pose in ("folded", "hip") else "relaxed")
        shows = now.random() < 0.25
        arms = (
            Arm("hang") if shows or pose == "holding" else still,
            Arm("chest" if now.random() < 0.5 else "front", SHOWS[int(now.integers(len(SHOWS)))]) if shows else still,
        )
    spread = 4.0 if take.frame == "portrait" else 9.0
    figure = Figure(
        person,
        outfit,
        Expression(float(now.uniform(0, 0.9)), float(now.choice([0, 0, 0.5])), float(now.uniform(0.85, 1.05))),
        *arms,
        yaw=float(now.normal(0, spread)),
        head_yaw=float(now.normal(0, spread * 0.8)),
        head_pitch=float(now.normal(1, 2.5)),
        head_roll=float(now.normal(0, 2.5)),
        seed=int(day.integers(1 << 30)),
    )
    y = person.height
    grain = int(now.integers(1 << 30))
    if take.frame == "portrait":
        camera = Camera((0.03, y - 0.08, 1.85), (0.0, y - 0.17, 0.0), 19, 512, 640)
        return Scene((figure,), camera, light, backdrop, (), setting.film, grain)
    if take.frame == "place":
        camera = Camera((float(now.normal(0, 0.3)), 1.5, 3.4), (0.0, 1.3, 0.0), 36, 960, 720)
        return Scene((), camera, light, backdrop, (), setting.film, grain)
    camera = Camera((0.0, y - 0.35, 3.2), (0.0, y - 0.48, 0.0), 21.5, 560, 700)
    return Scene((figure,), camera, light, backdrop, (), setting.film, grain)


def _lean(key: tuple[float, float, float], rng: np.random.Generator) -> tuple[float, float, float]:
    x, y, z = (float(v) for v in np.array(key) + rng.normal(0, 0.08, 3))
    return x, y, z


def _code() -> str:
    here = Path(__file__)
    render = sorted((here.parents[2] / "fixtures" / "render").glob("*.py"))
    code = [ast.unparse(ast.parse(each.read_text(encoding="utf-8"))) for each in (here, *render)]
    return hashlib.sha256("".join(code).encode()).hexdigest()[:8]
