"""The people of one scan, kept as numbers, for looking at a single photo later."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import Result

from fixtures import ELECTION, UPLOADS

if TYPE_CHECKING:
    from tests.conftest import FaceModelWriter

Netra = Callable[..., Result]
GROUPS = 4
PORTRAITS = ELECTION.parent / "photos"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few photos with several people each."""
    truth = json.loads((UPLOADS.parent / "truth.json").read_text(encoding="utf-8"))["photos"]
    groups = [photo["path"] for photo in truth if photo["status"] == "ok" and len(photo["people"]) >= 3]
    folder = tmp_path_factory.mktemp("ramai")
    for number, path in enumerate(groups[:GROUPS]):
        shutil.copy(UPLOADS / path, folder / f"{number}{Path(path).suffix}")
    return folder


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_a_photo_is_seen_against_the_people_of_a_scan(
    netra: Netra, election: Path, crowd: Path, photos: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "setempat.npz"
    scanned = netra("scan", crowd, "--election", election, "--save-population", kept, "--hands", "never")
    assert scanned.exit_code == 0, scanned.output
    assert f"Ditulis: {kept}" in one_line(scanned.stderr)
    with np.load(kept, allow_pickle=False) as stored:
        assert all(array.size != 128 or name in ("mean", "prior_mean") for name, array in stored.items())
    photo = photos / "a calon.jpg"
    seen = netra("inspect", photo, "--election", election, "--population", kept)
    assert seen.exit_code == 0, seen.output
    assert "mirip Damar Wicaksatya" in one_line(seen.stdout)
    assert f"terhadap orang-orang dari pindaian yang menulis {kept}" in one_line(seen.stdout)
    assert "hanya dilihat terhadap calon terdaftar" not in one_line(seen.stdout)


def test_a_photo_that_candidates_check_refuses_among_these_people_is_not_enrolled_either(
    netra: Netra, election: Path, election_text: str, crowd: Path, photos: Path, tmp_path: Path
) -> None:
    """Whether a photo is somebody else's cannot be told of one person alone, and it can among the people of a scan."""
    kept = tmp_path / "setempat.npz"
    assert netra("scan", crowd, "--election", election, "--save-population", kept, "--hands", "never").exit_code == 0
    own, other = ("damar-wicaksatya-1.jpg", "damar-wicaksatya-2.jpg"), "jaka-samodrawan-1.jpg"
    told = {}
    for name, references in (("right", own), ("mixed", (*own, other))):
        folder = tmp_path / name
        folder.mkdir()
        for photo in references:
            shutil.copy(PORTRAITS / photo, folder)
        text, _, _ = election_text.replace('photos = ["damar.jpg"]', 'photos = ["*.jpg"]').rpartition("[[tickets]]")
        (folder / "E.toml").write_text(text)
        command = ("inspect", photos / "a calon.jpg", "--election", folder / "E.toml", "--overwrite")
        for population in ((), ("--population", kept)):
            told[name, bool(population)] = one_line(netra(*command, *population).stdout)
    checked = netra("candidates", "check", tmp_path / "mixed" / "E.toml", "--population", kept)
    assert "Damar Wicaksatya (no. 1): 2 dari 3 foto dipakai" in one_line(checked.stdout)
    assert told["mixed", False] != told["right", False]
    assert "mirip Damar Wicaksatya" in told["right", True]
    assert told["mixed", True] == told["right", True]


def test_a_file_that_is_there_is_kept_and_said_before_the_scan(
    netra: Netra, election: Path, photos: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "setempat.npz"
    kept.write_text("milik orang lain")
    result = netra("scan", photos, "--election", election, "--save-population", kept)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "--overwrite" in result.stderr
    assert kept.read_text() == "milik orang lain"


def test_records_and_population_of_one_name_are_refused_before_the_scan(
    netra: Netra, election: Path, photos: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "hasil"
    kept.write_text("catatan lama")
    names = ("--jsonl", kept, "--save-population", photos / ".." / "hasil")
    result = netra("scan", photos, "--election", election, *names, "--overwrite")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "dua hasil tidak dapat ditulis ke tempat yang sama" in one_line(result.stderr)
    assert kept.read_text() == "catatan lama"


def test_a_scan_of_nobody_leaves_no_population_but_its_result(
    netra: Netra, election: Path, photos: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "setempat.npz"
    result = netra("scan", photos / "b kosong.gif", "--election", election, "--save-population", kept)
    assert result.exit_code == 0
    assert "1 dilihat = 1 terbaca" in result.stdout
    assert "tidak melihat orang selain calon" in one_line(result.stderr)
    assert not kept.exists()


def test_a_population_of_another_model_or_none_at_all_is_wrong_use(
    netra: Netra, election: Path, crowd: Path, photos: Path, tmp_path: Path, face_model: "FaceModelWriter"
) -> None:
    kept, photo = tmp_path / "setempat.npz", photos / "a calon.jpg"
    own: list[Any] = ["--face-model", face_model()]
    command = ("scan", crowd, "--election", election, "--save-population", kept, "--hands", "never", *own)
    assert netra(*command).exit_code == 0
    assert netra("inspect", photo, "--election", election, "--population", kept, *own).exit_code == 0
    other = netra("inspect", photo, "--election", election, "--population", kept, "--overwrite")
    assert (other.exit_code, other.stdout) == (2, "")
    assert "another face model" in other.stderr
    absent = tmp_path / "tidak-ada.npz"
    missing = netra("inspect", photo, "--election", election, "--population", absent, "--overwrite")
    assert (missing.exit_code, missing.stdout) == (2, "")
    assert "tidak-ada.npz" in missing.stderr
