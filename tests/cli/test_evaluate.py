"""``netra evaluate faces`` on a small dataset of invented people, and what it says of wrong use."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from PIL import Image

from fixtures import ELECTION, UPLOADS

PORTRAITS = ELECTION.parent / "photos"
PEOPLE = ("damar-wicaksatya", "kirana-suryalaga", "tegar-lintangbuana", "wulan-astrapradipa")
STRANGERS = ("decoy-1-1.jpg", "decoy-1-2.jpg")
GROUP_PHOTO = UPLOADS / "kecamatan-utara" / "20241015_142019.jpg"  # two people, neither of them a candidate
Netra = Callable[..., Result]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four people with three portraits each, two strangers, a picture without a face and a file that is no photo."""
    root = tmp_path_factory.mktemp("kumpulan")
    for name in PEOPLE:
        folder = root / "people" / name
        folder.mkdir(parents=True)
        for number in (1, 2, 3):
            shutil.copy(PORTRAITS / f"{name}-{number}.jpg", folder / f"{number}.jpg")
    shutil.copy(root / "people" / PEOPLE[0] / "3.jpg", root / "people" / PEOPLE[0] / "4.jpg")
    (root / "people" / PEOPLE[1] / "rusak.jpg").write_bytes(b"\xff\xd8\xff")
    (root / "people" / PEOPLE[1] / "catatan.txt").write_text("x")
    decoy = root / "strangers" / "kakak"
    decoy.mkdir(parents=True)
    for name in STRANGERS:
        shutil.copy(PORTRAITS / name, decoy / name)
    shutil.copy(GROUP_PHOTO, root / "strangers" / "rapat.jpg")
    Image.new("RGB", (200, 200), "white").save(root / "strangers" / "kosong.png")
    (root / "groups.csv").write_text("person,group\n" + "".join(f"{name},portret\n" for name in PEOPLE))
    return root


@pytest.fixture
def measured(netra: Netra, dataset: Path, tmp_path: Path) -> Result:
    return netra("evaluate", "faces", dataset, "--json", tmp_path / "angka.json", "--picture", tmp_path / "det.png")


def test_it_measures_and_writes_what_was_asked_for(measured: Result, tmp_path: Path) -> None:
    assert measured.exit_code == 3, "one photo could not be read"
    document = json.loads((tmp_path / "angka.json").read_text(encoding="utf-8"))
    photos = document["photos"]
    assert photos["left_out"] == {
        "unreadable": [f"people/{PEOPLE[1]}/rusak.jpg"],
        "other-file": [f"people/{PEOPLE[1]}/catatan.txt"],
        "duplicate": [f"people/{PEOPLE[0]}/4.jpg"],
        "no-face": ["strangers/kosong.png"],
    }
    assert photos["seen"] == photos["used"] + 4 == 12 + 3 + 4
    assert document["protocol"]["enrolled"] == 2
    assert document["protocol"]["taking_turns"] == 4
    rows = {row["at"]: row for row in document["points"]}
    assert {"face-recognition", "best", "match", "possible", "fpir-0.1"} <= set(rows)
    assert rows["possible"]["fnir"]["searches"] == 20 * 4, "each split searches two more photos of two people"
    assert rows["possible"]["fnir"]["value"] <= 0.25, "invented people are recognised by one portrait"
    assert rows["fpir-0.1"]["strangers_needed"] == 30
    assert [row["group"] for row in document["groups"]] == ["portret", None]
    with Image.open(tmp_path / "det.png") as picture:
        assert picture.format == "PNG"
    for words in ("FPIR", "FNIR", "tidak terukur", "tidak diketahui", "face_recognition bawaan", "benih 20241127"):
        assert words in measured.stdout
    assert "Ditulis" in measured.stderr
    assert "template" not in (tmp_path / "angka.json").read_text(encoding="utf-8")


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    """One pair of one person, and one of two."""
    names = [f"{PEOPLE[0]}-1.jpg", f"{PEOPLE[0]}-2.jpg", f"{PEOPLE[1]}-1.jpg"]
    for name in names:
        shutil.copy(PORTRAITS / name, tmp_path / name)
    path = tmp_path / "pasangan.csv"
    path.write_text(f"photo_a,photo_b,same\n{names[0]},{names[1]},ya\n{names[0]},{names[2]},tidak\n")
    return path


def test_pairs_are_searched_one_against_one(netra: Netra, pairs: Path) -> None:
    result = netra("-q", "evaluate", "faces", pairs, "--json", "-")
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout)
    assert (document["protocol"]["enrolled"], document["protocol"]["splits"]) == (1, 1)
    row = next(row for row in document["points"] if row["at"] == "face-recognition")
    assert (row["fpir"]["searches"], row["fnir"]["searches"]) == (1, 1)
    assert row["fnir"]["value"] == 0


def test_english_on_standard_error_where_json_is_on_standard_output(netra: Netra, pairs: Path) -> None:
    result = netra("--lang", "en", "evaluate", "faces", pairs, "--json", "-")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["schema"] == "netra.evaluation/1"
    for words in ("not measurable", "unknown", "Wrong name", "3 seen = 3 used + 0 not"):
        assert words in result.stderr


def test_pairs_take_no_references(netra: Netra, pairs: Path) -> None:
    result = netra("evaluate", "faces", pairs, "--references", "2")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Leave --references and --enrolled out" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "expected", "code"),
    [
        (("tidak-ada",), "tidak-ada: not found", 2),
        ((".", "--picture", "det.jpg"), "berakhir dengan .png", 1),
        ((".", "--json", "det.png", "--picture", "./det.png"), "ke tempat yang sama", 2),
        ((".", "--references", "0"), "--references", 2),
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
    result = netra("evaluate", "faces", *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert expected in result.stderr


def test_a_folder_that_is_no_dataset_has_a_heading_of_its_own(netra: Netra, tmp_path: Path) -> None:
    result = netra("evaluate", "faces", tmp_path)
    assert result.exit_code == 2
    assert result.stderr.startswith("Kumpulan foto uji belum benar (1 hal):")
    assert "pemilihan" not in result.stderr


def test_a_file_that_is_there_is_kept(netra: Netra, dataset: Path, tmp_path: Path) -> None:
    kept = tmp_path / "angka.json"
    kept.write_text("x")
    result = netra("evaluate", "faces", dataset, "--json", kept)
    assert result.exit_code == 1
    assert kept.read_text() == "x"


def test_no_photo_that_is_measured_is_replaced(netra: Netra, dataset: Path) -> None:
    photo = dataset / "people" / PEOPLE[0] / "1.jpg"
    before = photo.read_bytes()
    result = netra("evaluate", "faces", dataset, "--json", photo, "--overwrite")
    assert result.exit_code == 2
    assert "tidak boleh ditimpa" in result.stderr
    assert photo.read_bytes() == before


@pytest.mark.parametrize("command", [["evaluate"], ["evaluate", "faces"]], ids=" ".join)
def test_help_is_indonesian_with_an_example_and_an_english_line(netra: Netra, command: list[str]) -> None:
    result = netra(*command, "--help")
    assert result.exit_code == 0
    for words in (f"Pemakaian: netra {' '.join(command)}", "Contoh:", "English:", "Pilihan:"):
        assert words in result.stdout
