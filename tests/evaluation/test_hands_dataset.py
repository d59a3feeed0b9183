"""The three forms of a dataset of hands: what is found, and what is told of one that is not as expected."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evaluation.errors import DatasetError
from evaluation.hands_dataset import find_hands
from evaluation.hands_truth import NOTHING, HandDataset, TrueHand, TruePhoto

Layout = Callable[..., Path]
HEAD = "photo,label,x,y,width,height,person,view\n"


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    """A folder with empty files of these names, and texts of others."""

    def make(*names: str, **texts: str) -> Path:
        for name in names:
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch()
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text)
        return tmp_path

    return make


def shown(dataset: HandDataset) -> dict[str, tuple[TrueHand, ...]]:
    return {photo.name: photo.hands for photo in dataset.photos}


def problems_of(path: Path, names: str = "") -> str:
    with pytest.raises(DatasetError) as caught:
        find_hands(path, names)
    return "\n".join(caught.value.problems)


def test_a_folder_is_a_symbol_and_one_inside_it_a_person(layout: Layout) -> None:
    found = find_hands(layout("like/a.jpg", "like/sari/b.PNG", "like/sari/lama/c.jpg", "none/d.jpg", "like/x.txt"))
    assert shown(found) == {
        "like/a.jpg": (TrueHand("like"),),
        "like/sari/b.PNG": (TrueHand("like", person="sari"),),
        "like/sari/lama/c.jpg": (TrueHand("like", person="sari"),),
        "none/d.jpg": (TrueHand(NOTHING),),
    }
    assert found.other_files == ("like/x.txt",)
    assert found.labels == ("like", NOTHING)


def test_a_folder_of_any_other_name_shows_nothing_and_that_is_said(layout: Layout) -> None:
    found = find_hands(layout("grip/a.jpg", "one/b.jpg", "none/c.jpg", "kosong/catatan.txt"))
    assert shown(found)["grip/a.jpg"] == (TrueHand(NOTHING),)
    assert found.no_symbol == ("grip", "none"), "a folder without photos is not worth a word"


def test_names_say_what_folders_show(layout: Layout) -> None:
    root = layout("1/a.jpg", "0/b.jpg", "like/c.jpg", names="folder;label\n1;one\n0;none\n")
    found = find_hands(root, str(root / "names.csv"))
    assert {name: hand.label for name, (hand,) in shown(found).items()} == {
        "0/b.jpg": NOTHING,
        "1/a.jpg": "one",
        "like/c.jpg": "like",
    }
    assert found.other_files == (), "the file of names is no stray file"
    assert found.files == (root / "names.csv",)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("folder,label\n2,two\n", "names.csv:2: folder: expected a folder of the dataset, got '2'"),
        ("folder,label\n1,dua\n", "names.csv:2: label: expected none or one of one, like"),
        ("folder,label\n1,one\n1,like\n", "names.csv:3: 1: expected one label, got 'one' and 'like'"),
        ("map,label\n1,one\n", "names.csv:1: expected the columns folder, label; missing: folder"),
    ],
)
def test_names_that_do_not_fit_are_told(layout: Layout, names: str, expected: str) -> None:
    root = layout("1/a.jpg", names=names)
    assert expected in problems_of(root, str(root / "names.csv"))


def test_a_truth_file_names_every_hand_with_its_box(layout: Layout) -> None:
    lines = "a.jpg,one,1,2,30,40,sari,palm\na.jpg,no_gesture,50,2,30,40,,back\nb.jpg,like\nc.jpg,\n"
    found = find_hands(layout("a.jpg", "b.jpg", "c.jpg", hands=HEAD + lines))
    assert shown(found) == {
        "a.jpg": (TrueHand("one", (1, 2, 30, 40), "sari", "palm"), TrueHand(NOTHING, (50, 2, 30, 40), "", "back")),
        "b.jpg": (TrueHand("like"),),
        "c.jpg": (),
    }
    assert [photo.is_complete for photo in found.photos] == [True, False, True]


def test_a_truth_file_can_be_short_named_itself_and_written_by_indonesian_excel(layout: Layout) -> None:
    root = layout("a.jpg", truth="photo;label;x;y;width;height\na.jpg;one;1,5;2;30;40\n")
    assert shown(find_hands(root / "truth.csv")) == {"a.jpg": (TrueHand("one", (1.5, 2, 30, 40)),)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a.jpg,tiga,1,2,3,4", "hands.csv:2: label: expected none or one of"),
        ("a.jpg,one,1,2,3,", "x,y,width,height: expected four numbers in pixels, got '1,2,3,'"),
        ("a.jpg,one,1,2,0,4", "expected four numbers"),
        ("a.jpg,one,1,2,nan,4", "expected four numbers"),
        ("a.jpg,,1,2,3,4", "label: expected one for this box"),
        ("a.jpg,one,1,2,3,4,sari,depan", "view: expected palm, back or nothing, got 'depan'"),
        ("a.jpg,one,1,2,3,4\na.jpg,like", "hands.csv:3: a.jpg: expected a box in each of its lines"),
        ("a.jpg,one\na.jpg,like,1,2,3,4", "hands.csv:3: a.jpg: expected a box in each of its lines"),
        (",one", "photo: expected a name, got none"),
        ("hilang.jpg,one", "hilang.jpg: no such photo beside it"),
        ("", "hands.csv: no photo. Write a line"),
    ],
)
def test_a_truth_file_with_mistakes_is_told_line_by_line(layout: Layout, line: str, expected: str) -> None:
    assert expected in problems_of(layout("a.jpg", hands=f"{HEAD}{line}\n"))


@pytest.fixture
def hagrid(layout: Layout) -> Callable[[Any], Path]:
    """HaGRID's layout with this document as annotations of two photos."""

    def make(document: Any) -> Path:
        root = layout("call/a1.jpg", "call/b2.jpg", "annotations/train/call.json")
        (root / "annotations" / "train" / "call.json").write_text(json.dumps(document))
        return root

    return make


def test_hagrids_own_annotations_are_read(hagrid: Callable[[Any], Path]) -> None:
    boxes = [[0.1, 0.2, 0.05, 0.1], [0.6, 0.2, 0.05, 0.1], [0.3, 0.2, 0.1, 0.1]]
    a1 = {"bboxes": boxes, "labels": ["no_gesture", "call", "mute"], "user_id": "u7", "leading_conf": 1.0}
    found = find_hands(hagrid({"a1": a1, "elsewhere": {"bboxes": [], "labels": []}}))
    assert shown(found) == {
        "call/a1.jpg": (
            TrueHand(NOTHING, (0.1, 0.2, 0.05, 0.1), "u7"),
            TrueHand("call", (0.6, 0.2, 0.05, 0.1), "u7"),
            TrueHand(NOTHING, (0.3, 0.2, 0.1, 0.1), "u7"),
        )
    }
    assert found.photos[0].shares
    assert found.no_symbol == ("mute", "no_gesture")
    assert (found.without_truth, found.without_photo) == (("call/b2.jpg",), ("elsewhere",))


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], "expected HaGRID's annotations, an object"),
        ({"a1": {"bboxes": [[0.1, 0.2, 0.3]], "labels": ["call"]}}, "a1: expected bboxes and labels"),
        ({"a1": {"bboxes": [], "labels": ["call"]}}, "a1: expected bboxes and labels"),
        ({"a1": {"bboxes": [["0", 0, 1, 1]], "labels": ["call"]}}, "a1: expected bboxes and labels"),
        ({"a1": []}, "a1: expected bboxes and labels"),
        ({"z": {"bboxes": [], "labels": []}}, "no photo is named in annotations/*.json"),
    ],
)
def test_annotations_that_are_none_are_told(hagrid: Callable[[Any], Path], document: Any, expected: str) -> None:
    assert expected in problems_of(hagrid(document))


def test_annotations_that_are_no_json_are_told(layout: Layout) -> None:
    assert "expected JSON" in problems_of(layout("annotations/a.json"))


def test_what_is_no_dataset_is_told(layout: Layout, tmp_path: Path) -> None:
    assert "not found" in problems_of(tmp_path / "tidak-ada")
    assert "no photo in a folder. Make a folder for each symbol (one, like" in problems_of(layout("a.jpg"))
    root = layout("a.jpg", hands="photo,label\na.jpg,one\n", names="folder,label\n")
    assert "Leave --names out" in problems_of(root, str(root / "names.csv"))


@pytest.mark.parametrize(
    "make",
    [
        lambda: TrueHand("tiga"),
        lambda: TrueHand("one", (1.0, 2.0, 3.0)),
        lambda: TruePhoto("a", Path("a"), (TrueHand("one"), TrueHand("one"))),
    ],
)
def test_a_truth_that_cannot_be_is_not_made(make: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="expected"):
        make()
