"""A population on disk: whole, without a face, and refused with a plain line where it cannot be used."""

import json
import os
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from candidates.match import Matcher
from candidates.population import Population, measure_population
from candidates.population_file import SCHEMA, load_population, save_population
from candidates.prior import Prior
from netra.errors import OutputError, UsageError

MODEL = "made-up"


@pytest.fixture(scope="module")
def scanned(new_world: Callable[..., Any]) -> tuple[Any, Any, Population]:
    world = new_world(7)
    persons = [world.person() for _ in range(3)]
    gallery = world.gallery(*(world.enrolled(f"c-{i}", i + 1, world.photos(one, 2)) for i, one in enumerate(persons)))
    prior = Prior(MODEL, 3, 12, world.common, 0.2)
    strangers = world.strangers(140)
    strangers.setflags(write=False)
    return gallery, strangers, measure_population(strangers, gallery, (prior,))


def test_what_was_saved_is_loaded(scanned: tuple[Any, Any, Population], tmp_path: Path) -> None:
    gallery, strangers, population = scanned
    path = tmp_path / "warga.npz"
    save_population(path, population)
    again = load_population(path, MODEL)
    assert (again.count, again.version, again.model_id) == (population.count, "2+prior3", MODEL)
    mine, theirs = (Matcher(gallery, one, faces=500.0) for one in (population, again))
    assert (mine.similarities(strangers) == theirs.similarities(strangers)).all()
    assert (mine.e_values(strangers) == theirs.e_values(strangers)).all()
    assert mine.calibrated


def test_a_population_too_small_for_a_tail_is_kept_too(world: Any, tmp_path: Path) -> None:
    gallery = world.gallery(world.enrolled("a", 1, world.photos(world.person(), 1)))
    population = measure_population(world.strangers(5), gallery)
    save_population(tmp_path / "p.npz", population)
    again = load_population(tmp_path / "p.npz", MODEL)
    assert (again.count, again.tails, again.priors) == (5, (), ())


def test_no_template_is_in_the_file(scanned: tuple[Any, Any, Population], tmp_path: Path) -> None:
    gallery, strangers, population = scanned
    path = tmp_path / "p.npz"
    save_population(path, population)
    with np.load(path, allow_pickle=False) as stored:
        assert set(stored) == {"about", "mean", "covariance", "edges", "counts", "prior_mean"}
        rows = [stored[name].reshape(-1, 128) for name in ("mean", "covariance", "prior_mean")]
        assert json.loads(str(stored["about"]))["schema"] == SCHEMA
    for face in np.concatenate([strangers, gallery.templates]):
        assert all(np.linalg.norm(array - face, axis=1).min() > 0.05 for array in rows)


def test_a_file_that_is_there_stays(scanned: tuple[Any, Any, Population], tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    path.write_text("milik orang")
    with pytest.raises(OutputError, match=r"p\.npz: a file of this name is there already"):
        save_population(path, scanned[2])
    assert path.read_text() == "milik orang"
    save_population(path, scanned[2], overwrite=True)
    assert load_population(path, MODEL).count == scanned[2].count
    assert [one.name for one in tmp_path.iterdir()] == ["p.npz"]


def test_nobody_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no population to keep"):
        save_population(tmp_path / "p.npz", Population(0.0, np.zeros(4), model_id=MODEL))


def test_a_folder_that_is_missing_is_said(scanned: tuple[Any, Any, Population], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        save_population(tmp_path / "tidak" / "p.npz", scanned[2])


def rewritten(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    with np.load(path, allow_pickle=False) as stored:
        content = dict(stored)
    about = json.loads(str(content["about"]))
    change(about)
    np.savez(path, **(content | {"about": np.array(json.dumps(about))}))


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("model_id", "another", "another face model"),
        ("schema", "netra.photo/1", "expected a population"),
        ("version", 99, "version 99"),
        ("count", -3, "is damaged"),
        ("pairs", "x", "is damaged"),
        ("priors", [{}], "is damaged"),
    ],
)
def test_what_cannot_be_used_is_refused(
    scanned: tuple[Any, Any, Population], tmp_path: Path, key: str, value: object, said: str
) -> None:
    path = tmp_path / "p.npz"
    save_population(path, scanned[2])
    rewritten(path, lambda about: about.update({key: value}))
    with pytest.raises(UsageError, match=rf"p\.npz: .*{said}") as error:
        load_population(path, MODEL)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("content", [b"", b"bukan", b"PK\x03\x04" + b"x" * 50], ids=["empty", "text", "cut"])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.npz"
    path.write_bytes(content)
    with pytest.raises(UsageError, match=r"p\.npz: this is no population of netra, or it is damaged"):
        load_population(path, MODEL)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"p\.npz: the population cannot be read \(No such file"):
        load_population(tmp_path / "p.npz", MODEL)


def test_every_cut_of_the_file_is_refused(scanned: tuple[Any, Any, Population], tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    save_population(path, scanned[2])
    whole = path.read_bytes()
    for end in range(0, len(whole), len(whole) // 23):
        path.write_bytes(whole[:end])
        with pytest.raises(UsageError):
            load_population(path, MODEL)


def test_pickled_objects_and_bombs_are_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    np.savez(path, about=np.array([{"schema": SCHEMA}], object), mean=np.zeros(3))
    with pytest.raises(UsageError, match="damaged"):
        load_population(path, MODEL)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("about.npy", b"\0" * (80 * 2**20))
    with pytest.raises(UsageError, match="damaged"):
        load_population(path, MODEL)


def header(text: str) -> bytes:
    """An array's beginning, as numpy writes it, with any text for its shape and type."""
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text.encode()


@pytest.mark.parametrize(
    "array",
    [
        header("{'descr': '<f8', 'fortran_order': False, 'shape': ("),
        header("  x\n y"),
        header(f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({10**30},), }}"),
        header(f"{{'descr': '<f8', 'fortran_order': False, 'shape': ({10**17},), }}"),
    ],
    ids=["tokenize", "indentation", "overflow", "memory"],
)
def test_damage_inside_an_array_is_a_plain_line(tmp_path: Path, array: bytes) -> None:
    path = tmp_path / "p.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.npy", array)
    with pytest.raises(UsageError, match="damaged"):
        load_population(path, MODEL)


@pytest.mark.parametrize(("at", "value"), [(8, 1), (10, 98)], ids=["encrypted", "unknown packing"])
def test_damage_to_the_archive_s_list_is_a_plain_line(
    scanned: tuple[Any, Any, Population], tmp_path: Path, at: int, value: int
) -> None:
    path = tmp_path / "p.npz"
    save_population(path, scanned[2])
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")  # of each array in the list
    while place >= 0:
        data[place + at] = value
        place = data.find(b"PK\x01\x02", place + 1)
    path.write_bytes(data)
    with pytest.raises(UsageError, match="damaged"):
        load_population(path, MODEL)


def test_another_packing_is_a_plain_line(tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("about.npy", b"\x09\x04\x05\x00" + b"\xff" * 100)
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\x01\x02") + 10] = zipfile.ZIP_LZMA
    path.write_bytes(data)
    with pytest.raises(UsageError, match="damaged"):
        load_population(path, MODEL)


def test_numbers_too_large_for_a_population_are_a_plain_line(
    scanned: tuple[Any, Any, Population], tmp_path: Path
) -> None:
    path = tmp_path / "p.npz"
    save_population(path, scanned[2])
    rewritten(path, lambda about: about.update(count=10**400))
    with pytest.raises(UsageError, match="damaged"):
        load_population(path, MODEL)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are a matter of POSIX systems")
@pytest.mark.parametrize("umask", [0o022, 0o077])
def test_others_may_read_it_as_far_as_the_umask_lets_them(
    scanned: tuple[Any, Any, Population], tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        save_population(tmp_path / "p.npz", scanned[2])
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "p.npz").stat().st_mode) == 0o666 & ~umask
