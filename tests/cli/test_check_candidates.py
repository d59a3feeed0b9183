"""``netra candidates check``: the whole report, and the picture beside it."""

from collections.abc import Callable
from pathlib import Path

from click.testing import Result
from PIL import Image

from fixtures import ELECTION

Netra = Callable[..., Result]


def one_line(text: str) -> str:
    return " ".join(text.split())


def test_the_invented_election_in_words_and_as_a_picture(netra: Netra, tmp_path: Path) -> None:
    path = tmp_path / "calon.png"
    result = netra("candidates", "check", ELECTION, "--picture", path)
    assert result.exit_code == 0, result.output
    text = one_line(result.stdout)
    assert "Damar Wicaksatya (no. 1): 3 dari 3 foto dipakai" in text
    assert "photos/damar-wicaksatya-1.jpg mutu " in text
    assert "Foto satu sama lain: kemiripan 0," in text
    assert "Siapa mirip siapa" in text
    assert "1 pasangan dapat tertukar" in text  # the brother, who is enrolled as a decoy
    assert "belum terkalibrasi" in text
    assert f"Ditulis: {path}" in one_line(result.stderr)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width == 1366
        assert picture.height > 1000


def test_a_wrong_name_or_a_file_that_is_there_is_told_before_the_work(
    netra: Netra, election: Path, tmp_path: Path
) -> None:
    wrong = netra("candidates", "check", election, "--picture", tmp_path / "calon.gif")
    assert (wrong.exit_code, wrong.stdout) == (1, "")
    assert ".png" in wrong.stderr
    there = tmp_path / "calon.jpg"
    there.write_text("milik orang lain")
    kept = netra("candidates", "check", election, "--picture", there)
    assert (kept.exit_code, kept.stdout) == (1, "")
    assert there.read_text() == "milik orang lain"
    assert netra("candidates", "check", election, "--picture", there, "--overwrite").exit_code == 0
    assert there.read_bytes()[:2] == b"\xff\xd8"


def test_a_population_that_is_none_is_wrong_use(netra: Netra, election: Path, tmp_path: Path) -> None:
    result = netra("candidates", "check", election, "--population", tmp_path / "tidak-ada.npz")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "tidak-ada.npz" in result.stderr


def test_english(netra: Netra, election: Path) -> None:
    result = netra("--lang", "en", "candidates", "check", election)
    assert result.exit_code == 0
    text = one_line(result.stdout)
    assert "Damar Wicaksatya (no. 1): 1 of 1 photos used" in text
    assert "Cannot be said yet: similarity is seen against 2 people, and 4 are needed." in text
    assert "More photos needed (2)" in text
    assert "foto" not in text.replace("foto-", "")
