"""Folders and pair files: who is found, and what is told of a layout that is not as expected."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.dataset import UNKNOWN, Pair, find_dataset
from evaluation.dataset import _joined as joined
from evaluation.errors import DatasetError

Layout = Callable[..., Path]


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A folder with empty files of these names, and ``groups.csv`` where given."""

    def make(*names: str, groups: str = "") -> Path:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        if groups:
            (tmp_path / "groups.csv").write_text(groups)
        return tmp_path

    return make


def problems_of(path: Path) -> str:
    with pytest.raises(DatasetError) as caught:
        find_dataset(path)
    return "\n".join(caught.value.problems)


def test_a_folder_a_person_and_photos_in_the_order_of_their_names(layout: Layout) -> None:
    found = find_dataset(layout("people/sari/b.JPG", "people/sari/a.jpg", "people/budi/lama/c.png"))
    assert [(one.name, [photo.name for photo in one.photos], one.takes_turns) for one in found.people] == [
        ("budi", ["people/budi/lama/c.png"], True),
        ("sari", ["people/sari/a.jpg", "people/sari/b.JPG"], True),
    ]
    assert all(photo.path.is_file() for one in found.people for photo in one.photos)


def test_strangers_are_folders_or_single_photos_and_never_take_turns(layout: Layout) -> None:
    found = find_dataset(layout("people/sari/a.jpg", "strangers/x.jpg", "strangers/wati/1.jpg", "strangers/wati/2.jpg"))
    strangers = [one for one in found.people if not one.takes_turns]
    assert [(one.name, len(one.photos)) for one in strangers] == [("wati", 2), ("x.jpg", 1)]


def test_what_is_no_photo_is_named_and_hidden_files_are_passed_over(layout: Layout) -> None:
    found = find_dataset(
        layout("people/sari/a.jpg", "people/sari/catatan.txt", "people/.DS_Store", "people/sari/.x.jpg")
    )
    assert found.other_files == ("people/sari/catatan.txt",)
    assert [photo.name for photo in found.people[0].photos] == ["people/sari/a.jpg"]


def test_links_to_folders_are_not_followed(layout: Layout, tmp_path: Path) -> None:
    root = layout("people/sari/a.jpg", "lain/b.jpg")
    try:
        (root / "people" / "tautan").symlink_to(root / "lain", target_is_directory=True)
    except OSError:
        pytest.skip("this system lets nobody make links")
    found = find_dataset(root)
    assert [one.name for one in found.people] == ["sari"]
    assert found.other_files == ("people/tautan",)


def test_groups_are_those_of_the_file_and_unknown_where_it_says_nothing(layout: Layout) -> None:
    found = find_dataset(layout("people/sari/a.jpg", "people/budi/a.jpg", groups="person;group\nsari;jilbab\n"))
    assert {one.name: one.group for one in found.people} == {"sari": "jilbab", "budi": UNKNOWN}


@pytest.mark.parametrize(
    ("names", "groups", "expected"),
    [
        (("x.jpg",), "", "expected a folder people/"),
        (("people/catatan.txt",), "", "no photo of anybody"),
        (("people/a.jpg", "people/sari/a.jpg"), "", "a.jpg: expected a folder for each person, got a photo"),
        (("people/sari/a.jpg", "strangers/sari/b.jpg"), "", "sari: in people/ and in strangers/"),
        (("people/sari/a.jpg",), "person,group\nbudi,x\n", "groups.csv:2: person: expected somebody of the dataset"),
        (("people/sari/a.jpg",), "person,group\nsari,x\nsari,y\n", "groups.csv:3: sari: expected one group"),
        (("people/sari/a.jpg",), "nama,grup\nsari,x\n", "groups.csv:1: expected the columns person, group"),
    ],
)
def test_what_is_wrong_with_a_folder_is_told(
    layout: Layout, names: tuple[str, ...], groups: str, expected: str
) -> None:
    assert expected in problems_of(layout(*names, groups=groups))


def test_a_missing_dataset_is_told(tmp_path: Path) -> None:
    assert "not found" in problems_of(tmp_path / "tidak-ada")


def test_pairs_join_photos_to_people(layout: Layout) -> None:
    root = layout("a.jpg", "b.jpg", "c.jpg", "d.jpg", groups="person,group\nb.jpg,x\n")
    (root / "pairs.csv").write_text("photo_a,photo_b,same\na.jpg,b.jpg,yes\nb.jpg,c.jpg,Ya\nc.jpg,d.jpg,no\n\n")
    found = find_dataset(root / "pairs.csv")
    assert found.pairs == (Pair("a.jpg", "b.jpg", True), Pair("b.jpg", "c.jpg", True), Pair("c.jpg", "d.jpg", False))
    assert [(len(one.photos), one.group) for one in found.people] == [(3, "x"), (1, UNKNOWN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "missing: photo_a, photo_b, same"),
        ("photo_a,photo_b,same\n", "no pair"),
        ("photo_a,photo_b,same\na.jpg,b.jpg,mungkin\n", "pairs.csv:2: same: expected yes or no, got 'mungkin'"),
        ("photo_a,photo_b,same\na.jpg,a.jpg,yes\n", "pairs.csv:2: expected two photos"),
        ("photo_a,photo_b,same\na.jpg,z.jpg,no\n", "z.jpg: no such photo"),
        (
            "photo_a,photo_b,same\na.jpg,b.jpg,yes\nb.jpg,c.jpg,yes\na.jpg,c.jpg,no\n",
            "pairs.csv:4: a.jpg and c.jpg: 'no', but pairs with 'yes' join them",
        ),
    ],
)
def test_what_is_wrong_with_pairs_is_told(layout: Layout, text: str, expected: str) -> None:
    root = layout("a.jpg", "b.jpg", "c.jpg")
    (root / "pairs.csv").write_text(text)
    assert expected in problems_of(root / "pairs.csv")


def test_two_groups_of_one_person_are_told(layout: Layout) -> None:
    root = layout("a.jpg", "b.jpg", groups="person,group\na.jpg,x\nb.jpg,y\n")
    (root / "pairs.csv").write_text("photo_a,photo_b,same\na.jpg,b.jpg,yes\n")
    assert "one person, but in the groups x, y" in problems_of(root / "pairs.csv")


def test_a_table_in_another_encoding_is_told(layout: Layout) -> None:
    root = layout("a.jpg")
    (root / "pairs.csv").write_bytes("photo_a,photo_b,same\né".encode("utf-16"))
    assert "UTF-8" in problems_of(root / "pairs.csv")


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans()), max_size=30))
def test_whoever_is_joined_has_one_leader_and_nobody_else(rows: list[tuple[int, int, bool]]) -> None:
    pairs = [Pair(str(first), str(second), same) for first, second, same in rows]
    leaders = joined(pairs)
    groups = {name: {name} for name in leaders}
    for pair in pairs:
        if pair.same:
            together = groups[pair.first] | groups[pair.second]
            for name in together:
                groups[name] = together
    for one in leaders:
        for other in leaders:
            assert (leaders[one] == leaders[other]) == (other in groups[one])
