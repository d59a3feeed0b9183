"""How the demo compares what was found with the key."""

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.demo import Outcomes, PhotoTruth, differences, read_truth
from console.errors import DemoFilesMissingError
from console.voice import Voice
from fixtures import TRUTH, UPLOADS
from netra.errors import PhotoErrorKind
from screening.findings import Category
from screening.uploads import Upload

if TYPE_CHECKING:
    from tests.console.conftest import Recorder

VOICE = Voice("id")
STRONG = ("foto-bersama-simbol", "strong", 1, "one")
WEAK = ("pose-terlarang", "weak", 0, "palm")


def photo(*keys: tuple[str, str, int, str], status: str = "ok", error: str = "") -> PhotoTruth:
    return PhotoTruth(status, error, Counter(keys))


def test_equal_is_equal() -> None:
    truth = {"a.jpg": photo(STRONG), "b.jpg": photo(status="error", error="empty")}
    assert differences(truth, dict(reversed(truth.items())), VOICE) == []


@pytest.mark.parametrize(
    ("expected", "got", "said"),
    [
        (photo(STRONG), photo(), ["a.jpg: terlewat: foto bersama + simbol, kuat, no. 1, telunjuk"]),
        (photo(), photo(WEAK), ["a.jpg: berlebih: pose terlarang, lemah, no. -, lima jari"]),
        (photo(STRONG), photo(STRONG, STRONG), ["a.jpg: berlebih: foto bersama + simbol, kuat, no. 1, telunjuk"]),
        (
            photo(status="error", error="empty"),
            photo(status="error", error="damaged"),
            ["a.jpg: status tidak terbaca (damaged), seharusnya tidak terbaca (empty)"],
        ),
        (photo(), photo(status="duplicate"), ["a.jpg: status salinan, seharusnya terbaca"]),
    ],
)
def test_each_difference_is_a_line(expected: PhotoTruth, got: PhotoTruth, said: list[str]) -> None:
    assert differences({"a.jpg": expected}, {"a.jpg": got}, VOICE) == said


def test_a_file_that_only_one_side_knows_is_a_difference() -> None:
    assert differences({"a.jpg": photo()}, {}, VOICE) == ["a.jpg: status -, seharusnya terbaca"]
    assert differences({}, {"a.jpg": photo()}, VOICE) == ["a.jpg: status terbaca, seharusnya -"]


def test_records_are_kept_as_the_key_has_them(record: "Recorder", upload: Callable[..., Upload]) -> None:
    kept = Outcomes("foto/")
    kept.write(upload(), record(0, "foto/a.jpg", "sari -", "1:one", finding=Category.WITH_SYMBOL))
    kept.write(upload(), record(1, "foto/b/c.jpg", error=PhotoErrorKind.EMPTY))
    assert kept.files == {"a.jpg": photo(STRONG), "b/c.jpg": photo(status="error", error="empty")}


def test_the_key_that_comes_along_knows_every_file() -> None:
    truth = read_truth(TRUTH, VOICE)
    files = {path.relative_to(UPLOADS).as_posix() for path in UPLOADS.rglob("*") if path.is_file()}
    assert truth.keys() == files
    assert any(photo.findings[STRONG] for photo in truth.values())
    assert all(not photo.findings for photo in truth.values() if photo.status != "ok")


def test_a_missing_key_is_said(tmp_path: Path) -> None:
    with pytest.raises(DemoFilesMissingError, match=r"tidak-ada\.json"):
        read_truth(tmp_path / "tidak-ada.json", VOICE)
    (tmp_path / "kunci.json").write_text(json.dumps({"photos": []}))
    assert read_truth(tmp_path / "kunci.json", VOICE) == {}
