"""Invented people on disk: the same for the same recipe, rendered once, never half."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import population, population_recipe
from benchmarks.population import FAMILIES, TOWN, main, rendered_people
from benchmarks.population_recipe import family_of, person_of, recipe_hash
from fixtures.cast import ROLES
from fixtures.people import SKINS
from netra.errors import UsageError


def test_a_population_is_large_and_of_many_kinds() -> None:
    people = [person_of(TOWN, i) for i in range(TOWN.people)]
    assert len(people) >= 320
    assert len({person.face for person in people}) == len(people)
    assert 0.4 < sum(person.woman for person in people) / len(people) < 0.6
    for trait in ("hijab", "glasses", "moustache", "beard"):
        assert 0.05 < sum(bool(getattr(person, trait)) for person in people) / len(people) < 0.6, trait


def test_nobody_of_a_population_plays_in_the_fixtures() -> None:
    cast = {role.person.face for role in ROLES}
    for recipe in (TOWN, FAMILIES):
        assert not cast & {person_of(recipe, i).face for i in range(recipe.people)}
    assert TOWN.first_seed + TOWN.people <= FAMILIES.first_seed


def test_families_are_three_relatives_and_differ_from_the_town() -> None:
    people = [person_of(FAMILIES, i) for i in range(FAMILIES.people)]
    town = [person_of(TOWN, i) for i in range(TOWN.people)]
    assert [family_of(FAMILIES, i) for i in range(6)] == [0, 0, 0, 1, 1, 1]
    assert [family_of(TOWN, i) for i in range(3)] == [0, 1, 2]

    def apart(i: int, j: int) -> float:
        return abs(people[i].face.width - people[j].face.width)

    within = sum(apart(i, i + 1) for i in range(0, 300, 3))
    across = sum(apart(i, i + 3) for i in range(0, 300, 3))
    assert within < 0.75 * across
    covered = sum(person.hijab for person in people) / sum(person.woman for person in people)
    assert covered > 0.8 > sum(person.hijab for person in town) / sum(person.woman for person in town)
    darkness = [sum(sum(person.skin) for person in group) / len(group) for group in (people, town)]
    assert darkness[0] < darkness[1] < sum(SKINS[0])


def test_a_person_does_not_depend_on_how_many_there_are() -> None:
    assert person_of(TOWN, 5) == person_of(replace(TOWN, people=1000), 5)


def test_the_hash_follows_what_is_drawn_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert recipe_hash(TOWN) == recipe_hash(TOWN) != recipe_hash(FAMILIES)
    assert recipe_hash(TOWN) != recipe_hash(replace(TOWN, turn=TOWN.turn + 1))
    source = tmp_path / "drawn.py"
    monkeypatch.setattr(population_recipe, "_sources", lambda: iter([source]))
    source.write_text('"""Doc."""\n\n\ndef f(x):\n    """Doc."""\n    return x + 1  # why\n')
    before = recipe_hash(TOWN)
    source.write_text('"""Other words."""\n\ndef f(x):\n    """Doc of more words."""\n    return (x +\n        1)\n')
    assert recipe_hash(TOWN) == before
    source.write_text('"""Doc."""\n\n\ndef f(x):\n    """Doc."""\n    return x + 2\n')
    assert recipe_hash(TOWN) != before


@pytest.mark.slow  # compiling the renderer takes half a minute
def test_people_are_rendered_once_and_a_stopped_run_goes_on(tmp_path: Path) -> None:
    pytest.importorskip("numba", reason="the renderer needs `make setup-fixtures`")
    from PIL import Image

    told: list[tuple[int, int]] = []
    people = rendered_people(1, 2, TOWN, tmp_path, 1, lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
    assert [path.name for path in people[0].photos] == ["0000-0.jpg", "0000-1.jpg"]
    first, second = (path.read_bytes() for path in people[0].photos)
    assert first != second
    with Image.open(people[0].photos[0]) as image:
        assert image.format == "JPEG"
        assert 150 <= image.width <= 232
    assert not list(people[0].photos[0].parent.glob("*.half"))

    people[0].photos[1].unlink()
    changed = people[0].photos[0].stat().st_mtime_ns
    told.clear()
    assert rendered_people(1, 2, TOWN, tmp_path, 1, lambda done, of: told.append((done, of))) == people
    assert told == [(2, 2)]
    assert people[0].photos[0].stat().st_mtime_ns == changed
    assert people[0].photos[1].read_bytes() == second, "the same photo again"


def test_without_numba_it_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(UsageError, match="make setup-fixtures"):
        rendered_people(1, 1, TOWN, tmp_path)
    folder = tmp_path / f"{TOWN.name}-{recipe_hash(TOWN)}"
    folder.mkdir()
    (folder / "0000-0.jpg").write_bytes(b"a photo that is there")
    assert rendered_people(1, 1, TOWN, tmp_path)[0].photos == (folder / "0000-0.jpg",)
    monkeypatch.setattr(population, "OUT", tmp_path / "elsewhere")
    assert main(["--people", "-1"]) == 2
    assert "--people" in capsys.readouterr().err


@pytest.mark.parametrize(("count", "views", "workers"), [(-1, 1, 1), (1, 0, 1), (1, 1, 0)])
def test_impossible_numbers_are_refused(count: int, views: int, workers: int, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected count >= 0"):
        rendered_people(count, views, TOWN, tmp_path, workers)
