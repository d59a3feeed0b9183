"""Invented populations as small photos on disk, rendered once: ``python -m benchmarks.population [--people N]``.

Each has some people with four photos, and a crowd of others with one. ``town`` is mixed, in everyday light.
``families`` differs in what moves a face model: darker skin, more hijab, glasses and age, hard or poor light, nearer
cameras, and every person has two close relatives in it. Photos lie in ``out/population/<name>-<recipe hash>/``; what is
there is not rendered again, so that a stopped run goes on.
"""

import argparse
import importlib.util
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from benchmarks.population_recipe import Recipe, family_of, recipe_hash, scene_of
from netra.errors import NetraError, UsageError

OUT: Final = Path(__file__).resolve().parents[1] / "out" / "population"
VIEWS: Final = 4  # three references and a photo to find
CROWD: Final = 2_000
"""So many people a population has with those who have one photo only: strangers, for false alarms that are rare."""

WORKERS: Final = 2

TOWN: Final = Recipe(
    name="town",
    people=360,
    first_seed=20_000,
    family=1,
    settings=("wall", "office", "hall", "garden", "street", "stage", "curtain"),
    distance=(1.2, 2.8),
    turn=16.0,
    jpeg=(45, 95),
    old=False,
)
FAMILIES: Final = Recipe(
    name="families",
    people=330,
    first_seed=40_000,
    family=3,
    settings=("warm", "dim", "side", "backlit", "stage"),
    distance=(0.8, 1.8),
    turn=20.0,
    jpeg=(30, 85),
    old=True,
)
RECIPES: Final = {recipe.name: recipe for recipe in (TOWN, FAMILIES)}

Progress = Callable[[int, int], None]
"""Told how many photos of how many are there."""


@dataclass(frozen=True, slots=True)
class RenderedPerson:
    """An invented person with photos.

    Attributes:
        id: unique in its population.
        family: people of one family are relatives of each other.
        photos: JPEG files, one a view.
    """

    id: str
    family: str
    photos: tuple[Path, ...]


def no_progress(done: int, of: int) -> None:
    """For a run that nobody watches."""


def rendered_people(
    count: int = 0,
    views: int = VIEWS,
    recipe: Recipe = TOWN,
    out: Path = OUT,
    workers: int = WORKERS,
    progress: Progress = no_progress,
) -> tuple[RenderedPerson, ...]:
    """The first people of a population; photos that are not there yet are rendered.

    Args:
        count: how many people; 0 for as many as the recipe says.
        views: photos of each.
        recipe: which population.
        out: below it lies a folder for each recipe.
        workers: processes that render.
        progress: told after each photo.

    Raises:
        UsageError: photos are missing and numba, which renders them, is not installed.
        ValueError: count or workers are out of range, or views is not 1 or more.
    """
    if count < 0 or views < 1 or workers < 1:
        raise ValueError(f"expected count >= 0, views and workers >= 1, got {count}, {views} and {workers}")
    folder = out / f"{recipe.name}-{recipe_hash(recipe)}"
    people = tuple(_person(recipe, folder, index, views) for index in range(count or recipe.people))
    paths = [(i, view, path) for i, each in enumerate(people) for view, path in enumerate(each.photos)]
    missing = [each for each in paths if not each[2].exists()]
    if missing:
        _need_numba(len(missing))
        folder.mkdir(parents=True, exist_ok=True)
        done = len(paths) - len(missing)
        with ProcessPoolExecutor(workers, get_context("spawn"), _be_nice) as pool, ExitStack() as ending:
            # However the loop ends: what was not begun is not rendered any more.
            ending.callback(pool.shutdown, wait=False, cancel_futures=True)
            for number, _ in enumerate(pool.map(partial(_render, recipe), missing, chunksize=4), done + 1):
                progress(number, len(paths))
    return people


def rendered_crowd(
    recipe: Recipe = TOWN, out: Path = OUT, workers: int = WORKERS, progress: Progress = no_progress
) -> tuple[RenderedPerson, ...]:
    """Those of a population who have one photo; raises as ``rendered_people`` does."""
    return rendered_people(CROWD, 1, recipe, out, workers, progress)[recipe.people :]


def _person(recipe: Recipe, folder: Path, index: int, views: int) -> RenderedPerson:
    photos = tuple(folder / f"{index:04d}-{view}.jpg" for view in range(views))
    return RenderedPerson(f"{recipe.name}-{index:04d}", f"{recipe.name}-{family_of(recipe, index):04d}", photos)


def _render(recipe: Recipe, photo: tuple[int, int, Path]) -> None:
    from PIL import Image

    from fixtures.render.scene import render

    index, view, path = photo
    scene, quality = scene_of(recipe, index, view)
    data = io.BytesIO()
    Image.fromarray(render(scene).pixels).save(data, "JPEG", quality=quality)
    half = path.with_suffix(f".{os.getpid()}.half")  # so that a photo is whole or not there
    half.write_bytes(data.getvalue())
    half.replace(path)


def _be_nice() -> None:
    if hasattr(os, "nice"):
        os.nice(10)


def _need_numba(photos: int) -> None:
    if importlib.util.find_spec("numba") is None:
        raise UsageError(
            f"{photos} photos of invented people have to be rendered, and the renderer's library numba is not "
            "installed. Run `make setup-fixtures`, then this command again."
        )


def progress_line(name: str) -> Progress:
    """Writes to standard error: one line that grows on a terminal, else a line for each tenth."""
    terminal, tenth = sys.stderr.isatty(), [-1]

    def tell(done: int, of: int) -> None:
        if terminal:
            print(f"\r{name}: {done} of {of} photos rendered", end="\n" if done == of else "", file=sys.stderr)
        elif 10 * done // of > tenth[0]:
            tenth[0] = 10 * done // of
            print(f"{name}: {done} of {of} photos rendered", file=sys.stderr)

    return tell


def main(arguments: Sequence[str]) -> int:
    """Render what is missing; 0, or 2 where that cannot be done."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.population", description="Renders the invented people that benchmarks measure on."
    )
    parser.add_argument("--people", type=int, default=0, metavar="N", help="so many of each population and no crowd")
    parser.add_argument("--views", type=int, default=VIEWS, metavar="N", help=f"photos of each person ({VIEWS})")
    parser.add_argument("--workers", type=int, default=WORKERS, metavar="N", help=f"processes ({WORKERS})")
    parser.add_argument("--only", choices=sorted(RECIPES), help="one population instead of all")
    given = parser.parse_args(arguments)
    try:
        for people in _all(given):
            print(f"{people[0].family.rsplit('-', 1)[0]}: {len(people)} people in {people[0].photos[0].parent}")
    except NetraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _all(given: argparse.Namespace) -> Iterator[tuple[RenderedPerson, ...]]:
    if given.people < 0 or given.views < 1 or given.workers < 1:
        raise UsageError("--people: expected 0 or more; --views and --workers: 1 or more")
    for name in (given.only,) if given.only else RECIPES:
        recipe, progress = RECIPES[name], progress_line(name)
        people = rendered_people(given.people, given.views, recipe, workers=given.workers, progress=progress)
        yield people if given.people else people + rendered_crowd(recipe, workers=given.workers, progress=progress)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
