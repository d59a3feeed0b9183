"""Annotated pictures: names that never collide, what is drawn, and what is kept."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from candidates.election import Election
from console.pictures import (
    Painter,
    PictureFolder,
    check_folder,
    digits_for,
    is_worth_a_picture,
    picture_name,
)
from console.voice import Voice
from netra.errors import OutputError, PhotoError
from screening.findings import Category
from screening.uploads import FileSource, Skipped, SkipReason, Upload
from vision.marks import FaceMark, HandMark, Tone
from vision.photo import load_photo
from vision.photo_file import valid_text
from vision.photo_limits import DEFAULT_LIMITS
from vision.types import Image as Image_

if TYPE_CHECKING:
    from tests.console.conftest import Recorder

VOICE = Voice("id")


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "foto.jpg"
    Image.fromarray(np.full((240, 320, 3), 120, np.uint8)).save(path)
    return path


@given(st.lists(st.text(min_size=1).map(valid_text), min_size=1, max_size=20))
def test_names_are_harmless_readable_and_never_the_same(paths: list[str]) -> None:
    rows = [Upload(i, path, FileSource(path)) for i, path in enumerate(paths)]
    names = [picture_name(row, digits_for(len(rows))) for row in rows]
    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert len(name.encode()) < 100
        assert not set(name) & set('/\\:*?"<>|\n\0')
        assert name.endswith(".jpg")
        assert name[0].isdigit()
        assert name.isprintable()


def test_a_name_tells_the_photo(upload: Callable[..., Upload]) -> None:
    assert picture_name(upload(6, "a/dinas-kesehatan/IMG 1.JPG"), 4) == "0007-dinas-kesehatan-IMG_1.jpg"
    assert picture_name(upload(0, "foto.jpg"), 4) == "0001-foto.jpg"
    assert picture_name(upload(0, "🎉.jpg"), 4) == "0001-foto.jpg"
    assert digits_for(123_456) == 6


def test_a_picture_is_worth_it_where_there_is_something_to_see(record: "Recorder") -> None:
    assert is_worth_a_picture(record(people="sari -"))
    assert is_worth_a_picture(record(people="-", hands="0:fist"))
    assert is_worth_a_picture(record(people="sari -", finding=Category.TOGETHER))
    assert not is_worth_a_picture(record(people="- -", hands="0:-"))


def test_only_candidates_are_named(
    photo: Path, record: "Recorder", election: Election, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[list[tuple[str, Tone]]] = []

    def keep(pixels: Image_, faces: list[FaceMark], hands: list[HandMark], sentences: list[str], _: object) -> Image_:
        drawn.extend([[(mark.label, mark.tone) for mark in faces], [(mark.label, mark.tone) for mark in hands]])
        assert sentences == [f"3. {photo.as_posix()}", "Alasan lengkap untuk 2."]
        return pixels

    monkeypatch.setattr("console.pictures.annotate", keep)
    row = Upload(2, photo.as_posix(), FileSource(str(photo)))
    made = record(2, row.path, "sari budi? -", "2:peace ?:-", Category.WITH_SYMBOL, sha256=load_photo(photo).sha256)
    Painter(election, DEFAULT_LIMITS, VOICE).paint(row, made)
    assert drawn == [
        [("Sari Rekaan 0,71", Tone.CANDIDATE), ("mungkin Budi Rekaan 0,44", Tone.POSSIBLE), ("", Tone.OTHER)],
        [("dua jari 0,96", Tone.SYMBOL), ("", Tone.OTHER)],
    ]


@pytest.mark.parametrize(
    ("people", "hands", "indonesian", "english"),
    [
        (
            "sari? - sari budi?",
            "1:one 2:peace 3:one",
            (
                "Terlihat: wajah mirip Sari Rekaan (no. 1, cocok), wajah mirip Budi Rekaan (no. 2, mungkin), simbol "
                "telunjuk (2 tangan), simbol dua jari."
            ),
            (
                "Seen: a face like Sari Rekaan (no. 1, match), a face like Budi Rekaan (no. 2, possible), symbol index "
                "finger (2 hands), symbol two fingers spread (V)."
            ),
        ),
        ("- -", "0:fist ?:-", "Terlihat: simbol kepal.", "Seen: symbol fist."),
        (
            "sari -",
            "",
            "Terlihat: wajah mirip Sari Rekaan (no. 1, cocok); tangan tidak dicari.",
            "Seen: a face like Sari Rekaan (no. 1, match); hands were not searched.",
        ),
        ("-", "0:-", "Tidak terlihat calon atau simbol.", "No candidate and no symbol was seen."),
    ],
)
def test_a_picture_without_a_finding_says_so_and_what_was_seen(
    photo: Path,
    record: "Recorder",
    election: Election,
    monkeypatch: pytest.MonkeyPatch,
    people: str,
    hands: str,
    indonesian: str,
    english: str,
) -> None:
    below: list[list[str]] = []

    def keep(pixels: Image_, faces: list[FaceMark], hands: list[HandMark], sentences: list[str], _: object) -> Image_:
        below.append(sentences)
        return pixels

    monkeypatch.setattr("console.pictures.annotate", keep)
    row = Upload(2, photo.as_posix(), FileSource(str(photo)))
    made = record(2, row.path, people, hands, sha256=load_photo(photo).sha256)
    for voice in (Voice("id"), Voice("en")):
        Painter(election, DEFAULT_LIMITS, voice).paint(row, made)
    heading = f"3. {photo.as_posix()}"
    assert below == [[heading, f"Tidak ada temuan. {indonesian}"], [heading, f"No finding. {english}"]]


def test_a_hand_too_small_to_read_is_marked_and_counted_below(
    photo: Path, record: "Recorder", election: Election, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[list[HandMark], list[str]]] = []

    def keep(pixels: Image_, faces: list[FaceMark], hands: list[HandMark], sentences: list[str], _: object) -> Image_:
        drawn.append((hands, sentences))
        return pixels

    monkeypatch.setattr("console.pictures.annotate", keep)
    row = Upload(2, photo.as_posix(), FileSource(str(photo)))
    made = record(2, row.path, "sari", "0:one ?:~ ?:-", sha256=load_photo(photo).sha256)
    Painter(election, DEFAULT_LIMITS, VOICE).paint(row, made)
    ((hands, sentences),) = drawn
    assert [mark.tone for mark in hands] == [Tone.SYMBOL, Tone.UNREADABLE, Tone.OTHER]
    assert hands[1].label == "?"
    assert sentences[-1] == "Tangan yang terlalu kecil untuk dibaca (?): 1."


def test_a_picture_is_written_for_what_is_worth_it(
    photo: Path, tmp_path: Path, record: "Recorder", election: Election
) -> None:
    row = Upload(0, photo.as_posix(), FileSource(str(photo)))
    sha256 = load_photo(photo).sha256
    target = tmp_path / "gambar" / "dalam"
    check_folder(target, [row], False, VOICE)
    sink = PictureFolder(target, Painter(election, DEFAULT_LIMITS, VOICE), 4, False)
    sink.write(row, record(0, row.path, "- -", sha256=sha256))
    assert sink.written == 0
    sink.write(row, record(0, row.path, "sari -", "1:one", finding=Category.WITH_SYMBOL, sha256=sha256))
    assert (sink.written, sink.warnings) == (1, [])
    (picture,) = target.iterdir()
    with Image.open(picture) as drawn:
        pixels = np.asarray(drawn.convert("RGB")).astype(int)
    assert pixels.shape[0] > 240  # the sentence stands below the photo
    assert np.abs(pixels[58:62, 45:75] - 120).max() > 60  # the candidate's box
    with pytest.raises(OutputError):
        sink.write(row, record(0, row.path, "sari -", "1:one", finding=Category.WITH_SYMBOL, sha256=sha256))


def test_a_photo_that_is_gone_or_changed_is_a_warning(
    photo: Path, tmp_path: Path, record: "Recorder", election: Election
) -> None:
    row = Upload(0, photo.as_posix(), FileSource(str(photo)))
    sink = PictureFolder(tmp_path, Painter(election, DEFAULT_LIMITS, VOICE), 4, False)
    sink.write(row, record(0, row.path, "sari -", sha256="sha256:another"))
    photo.unlink()
    sink.write(row, record(0, row.path, "sari -"))
    assert sink.written == 0
    assert len(sink.warnings) == 2
    assert all("foto.jpg" in line for line in sink.warnings)
    with pytest.raises(PhotoError):
        Painter(election, DEFAULT_LIMITS, VOICE).paint(row, record(0, row.path, "sari -"))


def test_pictures_of_another_scan_are_kept(tmp_path: Path, upload: Callable[..., Upload]) -> None:
    rows = [upload(0, "a.jpg"), Skipped(1, "b.txt", SkipReason.HIDDEN)]
    (tmp_path / "lain.txt").write_text("x")
    check_folder(tmp_path, rows, False, VOICE)
    (tmp_path / "0001-a.jpg").write_text("x")
    with pytest.raises(OutputError, match="--overwrite"):
        check_folder(tmp_path, rows, False, VOICE)
    check_folder(tmp_path, rows, True, VOICE)
    with pytest.raises(OutputError, match=r"lain\.txt"):
        check_folder(tmp_path / "lain.txt", rows, False, VOICE)
