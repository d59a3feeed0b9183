"""The true arms of rendered groups: where the elbow of each hand is, and how much of the forearm the picture shows."""

import importlib.util
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.owner_recipe import OwnerSet, scene_of
from netra.errors import UsageError

if TYPE_CHECKING:
    from benchmarks.owner_photos import OwnerPhoto
    from fixtures.render.body import PosedFigure
    from fixtures.render.camera import Camera

POINTS: Final = 13  # along a forearm, of which each shows or does not
HIDDEN: Final = 0.25  # a forearm of which less shows may not be enough for a person to tell whose it is


@dataclass(frozen=True, slots=True, eq=False)
class TrueArm:
    """An arm as it was drawn.

    Attributes:
        elbow_xy: (2,) pixels.
        shown: share of the line from wrist to elbow where the photo has this arm, its sleeve or its hand; the rest is
            behind something else or outside the photo.
    """

    elbow_xy: NDArray[np.float64]
    shown: float


def true_arms(owners: OwnerSet, index: int, photo: "OwnerPhoto") -> dict[tuple[int, str], TrueArm]:
    """The arms of a photo of a set by person and side, from its recipe; kept beside the photo.

    Raises:
        UsageError: they are not there yet, and numba, which the renderer needs, is not installed.
    """
    kept = photo.path.with_suffix(".arms.json")
    if not kept.exists():
        if importlib.util.find_spec("numba") is None:
            raise UsageError(
                f"{kept} is missing, and the renderer's library numba is not installed. "
                "Run `make setup-fixtures`, then this command again."
            )
        kept.write_text(json.dumps(_arms_of(owners, index)), encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(kept.read_text(encoding="utf-8"))
    return {(row["person"], row["side"]): TrueArm(np.array(row["elbow"]), row["shown"]) for row in rows}


def _arms_of(owners: OwnerSet, index: int) -> list[dict[str, Any]]:
    from fixtures.render import tracer
    from fixtures.render.body import pose_figure
    from fixtures.render.scene import CENTRE, _stage

    scene, _, _ = scene_of(owners, index)
    posed = [pose_figure(figure, owner) for owner, figure in enumerate(scene.figures)]
    stage, camera, first, rows = _stage(scene, posed), scene.camera, 0, []
    for person, figure in enumerate(posed):
        for side, own, line in _limbs(figure, camera):
            at = np.floor(line).astype(int)
            inside = at[((at >= 0) & (at < [camera.width, camera.height])).all(1)]
            pixels = (inside[:, 1] * camera.width + inside[:, 0]).astype(np.int32)
            shown = np.full(pixels.size, -1, np.int32)
            if pixels.size:
                light = np.zeros((pixels.size, 3), np.float32)
                tracer.render_pixels(stage, pixels, camera.width, CENTRE, light, shown)
            share = float(np.isin(shown, np.array(own) + first).sum()) / POINTS
            rows.append({"person": person, "side": side, "elbow": np.round(line[-1], 1).tolist(), "shown": share})
        first += len(figure.parts)
    return rows


def _limbs(figure: "PosedFigure", camera: "Camera") -> list[tuple[str, list[int], NDArray[np.float64]]]:
    """Each arm's side, its parts (skin, sleeve, hand), and pixels (POINTS, 2) along its forearm."""
    tags = [part.tag for part in figure.parts]
    arms = [place for place, tag in enumerate(tags) if tag == "arm"]
    sleeves = [place for place, tag in enumerate(tags) if tag == "sleeve"]
    limbs = []
    for side, arm, sleeve in zip(("left", "right"), arms, sleeves, strict=True):
        # The first shape of an arm's skin is a rod from the elbow to the wrist.
        row, frame = figure.parts[arm].shapes[0].row, figure.parts[arm].frame
        elbow, along = np.array(row[3:6]), np.array(row[6:9])
        points = frame.to_world(elbow + np.linspace(1, 0, POINTS)[:, None] * along)
        hand = [place for place, tag in enumerate(tags) if tag == f"{side} hand"]
        limbs.append((side, [arm, sleeve, *hand], camera.project(points)[0]))
    return limbs
