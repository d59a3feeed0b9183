import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.file_names import is_archive, is_hidden, is_no_photo, is_zip, natural_order

NAMES = st.text(st.sampled_from("aAbB019 ._-é\udcff\U0001f600"), max_size=8)


def test_names_are_sorted_as_people_do() -> None:
    names = [
        "IMG_1.jpg",
        "img_02.jpg",
        "IMG_2.jpg",
        "img_10.jpg",
        "IMG_0010a.jpg",
        "a.jpg",
        "a2.jpg",
        "a10.jpg",
        "B.jpg",
    ]
    names += ["foto.jpg", "foto.png", "foto 2.jpg", "foto 11.jpg", "9" * 5000 + ".jpg", "8" * 5000 + ".jpg"]
    expected = ["8" * 5000 + ".jpg", "9" * 5000 + ".jpg", "a.jpg", "a2.jpg", "a10.jpg", "B.jpg", "foto.jpg", "foto.png"]
    expected += ["foto 2.jpg", "foto 11.jpg", "IMG_1.jpg", "IMG_2.jpg", "img_02.jpg", "img_10.jpg", "IMG_0010a.jpg"]
    assert sorted(names, key=natural_order) == expected


@given(st.lists(NAMES, unique=True), st.randoms())
def test_the_order_never_depends_on_the_listing(names: list[str], chance: random.Random) -> None:
    shuffled = names.copy()
    chance.shuffle(shuffled)
    assert sorted(shuffled, key=natural_order) == sorted(names, key=natural_order)


@given(NAMES, st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_are_sorted_by_their_value(stem: str, first: int, second: int) -> None:
    keys = [natural_order(f"{stem}x{number}.jpg") for number in sorted((first, second))]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", [".DS_Store", "._IMG_1.jpg", ".git", "Thumbs.db", "DESKTOP.INI", "__MACOSX", "@eaDir"])
def test_systems_own_files_are_hidden(name: str) -> None:
    assert is_hidden(name)


@pytest.mark.parametrize("name", ["foto.jpg", "..", ".", "", "thumbs.jpg", "a.b"])
def test_peoples_files_are_not(name: str) -> None:
    assert not is_hidden(name)


@pytest.mark.parametrize(
    "name", ["a.txt", "A.PDF", "clip.mp4", "surat.docx", "uploads.csv", "ELECTION.toml", "a.jpg.txt"]
)
def test_what_is_no_photo_by_its_name(name: str) -> None:
    assert is_no_photo(name)


@pytest.mark.parametrize(
    "name", ["a.jpg", "a.JPEG", "a.heic", "a.tif", "a.cr2", "IMG_1", "txt", "a.jpg_large", "a.", ""]
)
def test_what_may_be_a_photo(name: str) -> None:
    assert not is_no_photo(name)
    assert not is_archive(name)


def test_archives() -> None:
    assert is_zip("album.ZIP")
    assert not is_zip("zip")
    assert all(is_archive(name) for name in ("a.zip", "a.rar", "a.7z", "a.tar.gz"))
