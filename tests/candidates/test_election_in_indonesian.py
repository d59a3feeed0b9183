"""Mistakes of an election file in Indonesian: as many, each with the same place, and no English left in them."""

from pathlib import Path

import pytest

from candidates.election import load_election
from netra.errors import ConfigError
from tests.candidates.test_election import GOOD, WRONG

ENGLISH = {"the", "that", "got", "expected", "write", "of", "with", "such"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    for name in ("sari-1.jpg", "sari-2.jpg", "budi-1.jpg", "kakak.jpg"):
        (tmp_path / "photos" / name).write_bytes(b"")
    return tmp_path


@pytest.mark.parametrize(("old", "new"), [each[:2] for each in WRONG], ids=range(len(WRONG)))
def test_a_mistake_says_the_same_of_the_same_place(folder: Path, old: str, new: str) -> None:
    (folder / "empty").mkdir()
    path = folder / "ELECTION.toml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ConfigError) as caught:
        load_election(path, rulebooks=("pemilu-2024", "pilkada-2018"))
    for line, english in zip(caught.value.said("id").splitlines(), caught.value.problems, strict=True):
        assert line.startswith(f"{english.split(' expected ')[0]} seharusnya ")
        assert not ENGLISH & set(line.split())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[a\n", "seharusnya TOML yang sah, tetapi ada kesalahan"),
        (b"\xff\xfea", "seharusnya berkas pemilihan dalam UTF-8, tetapi ini UTF-16; simpan ulang sebagai UTF-8"),
        (b'a = "\xe9"', ":1: seharusnya berkas pemilihan dalam UTF-8, tetapi ada byte 0xe9"),
        (b"#" * (4 * 2**20 + 1), "tetapi besarnya lebih dari 4 MiB; benarkah berkas ini?"),
    ],
)
def test_what_is_no_such_file_is_told(folder: Path, data: bytes, said: str) -> None:
    path = folder / "ELECTION.toml"
    path.write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        load_election(path)
    assert said in caught.value.said("id")
    with pytest.raises(ConfigError) as caught:
        load_election(folder)
    assert caught.value.said("id").endswith("tetapi ini folder; sebutkan berkas .toml di dalamnya")
