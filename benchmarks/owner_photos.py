"""Rendered groups on disk with whose each hand is, rendered once: ``out/owners/<name>-<recipe hash>/``."""

import importlib.util
import io
import json
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.owner_recipe import OwnerSet, group_of, recipe_hash, scene_of
from netra.errors import UsageError

OUT: Final = Path(__file__).resolve().parents[1] / "out" / "owners"
# Rules and their constants may look at the first set only; figures are those of the second.
FIT: Final = OwnerSet("fit", 140, 41)
TEST: Final = OwnerSet("test", 140, 42)
SETS: Final = {each.name: each for each in (FIT, TEST)}


@dataclass(frozen=True, slots=True, eq=False)
class TrueHand:
    """A hand as it was drawn.

    Attributes:
        person: the index among all people of the scene, whether their face is in the picture or not.
        kind: what the arm does, as ``owner_recipe`` calls it.
        keypoints_xy: (21, 2) float32 pixels, MediaPipe's order.
        size: the longer side of the box around them.
        visible: share of it that shows.
    """

    person: int
    side: str
    kind: str
    keypoints_xy: NDArray[np.float32]
    size: float
    visible: float


@dataclass(frozen=True, slots=True, eq=False)
class OwnerPhoto:
    """A rendered group.

    Attributes:
        group: what kind of group it is.
        faces: box x, y, width, height of each person's face, by the index of the person.
        hands: all of them, hidden ones too.
    """

    path: Path
    group: str
    faces: dict[int, tuple[float, float, float, float]]
    hands: tuple[TrueHand, ...]


def no_progress(done: int, of: int) -> None:
    """For a run that nobody watches."""


def rendered(
    owners: OwnerSet,
    count: int = 0,
    out: Path = OUT,
    workers: int = 2,
    progress: Callable[[int, int], None] = no_progress,
) -> tuple[OwnerPhoto, ...]:
    """The first photos of a set; those that are not there yet are rendered.

    Raises:
        UsageError: photos are missing and numba, which renders them, is not installed.
        ValueError: count or workers are out of range.
    """
    if count < 0 or workers < 1:
        raise ValueError(f"expected count >= 0 and workers >= 1, got {count} and {workers}")
    folder = out / f"{owners.name}-{recipe_hash(owners)}"
    paths = [(index, folder / f"{index:04d}.jpg") for index in range(count or owners.photos)]
    missing = [each for each in paths if not each[1].exists()]
    if missing:
        if importlib.util.find_spec("numba") is None:
            raise UsageError(
                f"{len(missing)} rendered groups are missing, and the renderer's library numba is not installed. "
                "Run `make setup-fixtures`, then this command again."
            )
        folder.mkdir(parents=True, exist_ok=True)
        done = len(paths) - len(missing)
        with ProcessPoolExecutor(workers, get_context("spawn"), _be_nice) as pool, ExitStack() as ending:
            ending.callback(pool.shutdown, wait=False, cancel_futures=True)
            for number, _ in enumerate(pool.map(partial(_render, owners), missing), done + 1):
                progress(number, len(paths))
    return tuple(_load(path, group_of(index)) for index, path in paths)


def _render(owners: OwnerSet, photo: tuple[int, Path]) -> None:
    from PIL import Image

    from fixtures.render.scene import render

    index, path = photo
    scene, kinds, quality = scene_of(owners, index)
    shot = render(scene)
    truth = {
        "faces": {str(p.figure): [round(value, 1) for value in p.box_xywh] for p in shot.people if p.figure >= 0},
        "hands": [
            {
                "person": hand.figure,
                "side": hand.side,
                "kind": kinds[hand.figure, hand.side],
                "keypoints": np.round(hand.keypoints_xy, 1).tolist(),
                "size": round(hand.size, 1),
                "visible": round(hand.visible, 3),
            }
            for hand in shot.hands
        ],
    }
    data = io.BytesIO()
    Image.fromarray(shot.pixels).save(data, "JPEG", quality=quality)
    # The photo comes last and in one step: what has a photo is whole.
    path.with_suffix(".json").write_text(json.dumps(truth), encoding="utf-8")
    half = path.with_suffix(f".{os.getpid()}.half")
    half.write_bytes(data.getvalue())
    half.replace(path)


def _load(path: Path, group: str) -> OwnerPhoto:
    truth: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    hands = tuple(
        TrueHand(
            each["person"],
            each["side"],
            each["kind"],
            np.array(each["keypoints"], np.float32),
            each["size"],
            each["visible"],
        )
        for each in truth["hands"]
    )
    faces = {int(person): (box[0], box[1], box[2], box[3]) for person, box in truth["faces"].items()}
    return OwnerPhoto(path, group, faces, hands)


def _be_nice() -> None:
    if hasattr(os, "nice"):
        os.nice(10)
