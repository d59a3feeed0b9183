"""``netra evaluate hands`` on invented hands, in all its forms, and what it says of wrong use."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image

from fixtures import ONE_HAND, TRUTH, UPLOADS

Netra = Callable[..., Result]
TWO_PEOPLE = "dinas-kesehatan/IMG_20240925_081502.jpg"  # each shows one with the right hand


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented hand under the right name, the wrong name and a name that is no symbol, and what is no photo."""
    root = tmp_path_factory.mktemp("simbol")
    for index, folder in enumerate(("one/sari", "like", "grip")):
        (root / folder).mkdir(parents=True)
        with Image.open(ONE_HAND) as picture:
            picture.crop((index, 0, *picture.size)).save(root / folder / "a.png")
    shutil.copy(root / "one" / "sari" / "a.png", root / "one" / "b.png")
    Image.new("RGB", (200, 200), "white").save(root / "one" / "kosong.png")
    (root / "like" / "rusak.jpg").write_bytes(b"\xff\xd8\xff")
    (root / "like" / "catatan.txt").write_text("x")
    return root


@pytest.fixture(scope="module")
def boxes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two people with four hands and a room with none, by a truth file."""
    root = tmp_path_factory.mktemp("kunci")
    shutil.copy(UPLOADS / TWO_PEOPLE, root / "dua orang.jpg")
    shutil.copy(UPLOADS / "kecamatan-utara" / "20241019_060340.gif", root / "kosong.gif")
    truth = next(each for each in json.loads(TRUTH.read_text())["photos"] if each["path"] == TWO_PEOPLE)
    lines = ["photo,label,x,y,width,height,person,view", "kosong.gif,"]
    for hand in truth["hands"]:
        across, down = zip(*hand["keypoints"], strict=True)
        box = min(across), min(down), max(across) - min(across), max(down) - min(down)
        label = hand["symbol"] or "none"
        lines.append(f"dua orang.jpg,{label},{','.join(map(str, box))},warga {hand['person']},palm")
    (root / "hands.csv").write_text("\n".join(lines) + "\n")
    return root


def document_of(result: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_folders_are_measured_and_results_written(netra: Netra, folders: Path, tmp_path: Path) -> None:
    files = ("--json", tmp_path / "a.json", "--picture", tmp_path / "a.png", "--reliability", tmp_path / "r.png")
    result = netra("evaluate", "hands", folders, "--no-peers", *files)
    assert result.exit_code == 3, "one photo could not be read"
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert document["photos"]["left_out"] == {
        "unreadable": ["like/rusak.jpg"],
        "other-file": ["like/catatan.txt"],
        "duplicate": ["one/sari/a.png"],
    }
    assert document["photos"]["seen"] == document["photos"]["used"] + 3 == 7
    assert document["protocol"]["taken_for_no_symbol"] == ["grip"]
    read = {row["label"]: row["read_as"] for row in document["labels"]}
    assert read["one"] == {"one": 1, "not-found": 1}
    assert read["like"] == {"one": 1}
    assert read["none"] == {"one": 1}
    assert {row["photo"] for row in document["not_as_it_should_be"]} == {"one/kosong.png", "like/a.png", "grip/a.png"}
    for name in ("a.png", "r.png"):
        with Image.open(tmp_path / name) as picture:
            assert picture.format == "PNG"
    for words in ("disangka simbol", "grip", "Alat lain: tidak diukur", "Wilson", "tidak terbaca"):
        assert words in result.stdout
    assert result.stderr.count("Ditulis") == 3


def test_a_truth_file_has_several_hands_a_photo_and_peers_see_the_same(netra: Netra, boxes: Path) -> None:
    result = netra("-q", "evaluate", "hands", boxes, "--json", "-")
    assert (result.exit_code, result.stderr) == (0, "")
    document = document_of(result)
    assert (document["all"]["hands"], document["all"]["right_of_all"]["of"]) == (4, 2)
    assert document["all"]["found"]["events"] >= 3
    assert document["all"]["right"]["events"] >= 1, "both show an index finger"
    assert document["claims_on_no_hand"]["of"] >= 1
    assert document["protocol"]["people"] == 2
    assert [row["view"] for row in document["views"]] == ["palm"]
    assert [row["reader"] for row in document["by_fingers"]] == ["netra", "mediapipe"]
    assert all(row["figures"]["hands"] == 4 for row in document["by_fingers"])


def test_names_of_folders_are_translated(netra: Netra, folders: Path, tmp_path: Path) -> None:
    root = tmp_path / "angka"
    (root / "1").mkdir(parents=True)
    shutil.copy(folders / "like" / "a.png", root / "1" / "a.png")
    names = root / "names.csv"
    names.write_text("folder,label\n1,one\n")
    options = ("--names", names, "--no-peers", "--json", "-")
    result = netra("--lang", "en", "evaluate", "hands", root, *options)
    assert result.exit_code == 0
    assert document_of(result)["all"]["right"]["events"] == 1
    assert "right symbol" in result.stderr
    kept = names.read_text()
    result = netra("evaluate", "hands", root, "--names", names, "--no-peers", "--json", names, "--overwrite")
    assert result.exit_code == 2
    assert names.read_text() == kept


@pytest.mark.parametrize(
    ("arguments", "expected", "code"),
    [
        (("tidak-ada",), "tidak-ada: not found", 2),
        ((".",), "Make a folder for each symbol", 2),
        ((".", "--picture", "a.jpg"), "berakhir dengan .png", 1),
        ((".", "--reliability", "a.gif"), "berakhir dengan .png", 1),
        ((".", "--picture", "a.png", "--reliability", "./a.png"), "ke tempat yang sama", 2),
        ((".", "--names", "tidak-ada.csv"), "tidak-ada.csv: cannot be opened", 2),
        ((), "DATASET", 2),
    ],
)
def test_wrong_use_is_told(
    netra: Netra,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    expected: str,
    code: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = netra("evaluate", "hands", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert expected in result.stderr


@pytest.mark.parametrize("option", ["--json", "--picture", "--reliability"])
def test_no_photo_that_is_measured_is_replaced(netra: Netra, folders: Path, option: str) -> None:
    photo = folders / "like" / "a.png"
    before = photo.read_bytes()
    result = netra("evaluate", "hands", folders, option, photo, "--overwrite")
    assert result.exit_code == 2
    assert "tidak boleh ditimpa" in result.stderr
    assert photo.read_bytes() == before


def test_a_file_that_is_there_is_kept(netra: Netra, folders: Path, tmp_path: Path) -> None:
    kept = tmp_path / "angka.json"
    kept.write_text("x")
    assert netra("evaluate", "hands", folders, "--json", kept).exit_code == 1
    assert kept.read_text() == "x"


def test_help_is_indonesian_with_an_example_and_an_english_line(netra: Netra) -> None:
    result = netra("evaluate", "hands", "--help")
    assert result.exit_code == 0
    for words in ("Pemakaian: netra evaluate hands", "hands.csv", "--names", "Contoh:", "English:", "Pilihan:"):
        assert words in result.stdout
