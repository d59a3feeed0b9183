from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.identity_quality import turned
from benchmarks.identity_quality.turned import FIRST_SEED, HEIGHT, VIEWS, WIDTH, turned_people


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, str]]:
    """Stands in for the renderer, which takes a compiler and half a second a picture; holds what it was asked."""
    asked: list[tuple[int, str]] = []

    def draw(seed: int, view: str) -> "np.ndarray":
        asked.append((seed, view))
        return np.full((HEIGHT, WIDTH, 3), 40 + VIEWS.index(view), np.uint8)

    monkeypatch.setattr(turned, "_rendered", draw)
    return asked


def test_every_view_is_rendered_once_and_kept(tmp_path: Path, renderer: list[tuple[int, str]]) -> None:
    told: list[tuple[int, int]] = []
    people = turned_people(2, lambda done, of: told.append((done, of)), tmp_path)
    assert [list(views) for views in people] == [list(VIEWS)] * 2
    assert renderer == [(FIRST_SEED + person, view) for person in range(2) for view in VIEWS]
    assert told == [(done + 1, 2 * len(VIEWS)) for done in range(2 * len(VIEWS))]
    again = turned_people(2, lambda done, of: None, tmp_path)
    assert len(renderer) == 2 * len(VIEWS), "nothing is rendered twice"
    for views, before in zip(again, people, strict=True):
        for view in VIEWS:
            np.testing.assert_array_equal(views[view], before[view])


def test_a_picture_that_was_lost_is_rendered_again(tmp_path: Path, renderer: list[tuple[int, str]]) -> None:
    turned_people(1, lambda done, of: None, tmp_path)
    (lost,) = tmp_path.glob(f"*/{FIRST_SEED}-yaw-30.jpg")
    lost.unlink()
    turned_people(1, lambda done, of: None, tmp_path)
    assert renderer[-1] == (FIRST_SEED, "yaw-30")
    with Image.open(lost) as picture:
        assert picture.size == (WIDTH, HEIGHT)
    assert not list(tmp_path.rglob("*.part"))
