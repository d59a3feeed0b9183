"""Where records go: lines that are always whole, and what the report keeps."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from console.errors import ReaderGoneError
from console.sinks import (
    Closing,
    Collector,
    JsonLines,
    Several,
    check_different,
    check_new_file,
    check_not_read,
    open_new_file,
)
from console.voice import Voice
from netra.errors import OutputError, PhotoErrorKind, UsageError
from screening.findings import Category
from screening.record import PhotoRecord, Status
from screening.uploads import Skipped, SkipReason, Upload

if TYPE_CHECKING:
    from tests.console.conftest import Recorder

VOICE = Voice("en")


def test_each_record_is_a_line_at_once(tmp_path: Path, record: "Recorder", upload: Callable[..., Upload]) -> None:
    path = tmp_path / "hasil.jsonl"
    with open_new_file(path, False, VOICE) as stream:
        sink = JsonLines(stream, str(path), VOICE)
        for i, name in enumerate(["a.jpg", "pesta 🎉\nbaru.jpg"]):
            sink.write(upload(i, name), record(i, name))
            lines = path.read_text(encoding="utf-8").splitlines()
            assert [json.loads(line)["path"] for line in lines] == ["a.jpg", "pesta 🎉\nbaru.jpg"][: i + 1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_said(record: "Recorder", upload: Callable[..., Upload]) -> None:
    with Path("/dev/full").open("wb", buffering=0) as stream, pytest.raises(OutputError, match=r"hasil\.jsonl"):
        JsonLines(stream, "hasil.jsonl", VOICE).write(upload(), record())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_disk_that_is_full_only_at_the_end_is_said() -> None:
    stream = Path("/dev/full").open("wb")  # noqa: SIM115 - Closing closes it
    stream.write(b"x")
    with pytest.raises(OutputError, match=r"hasil\.jsonl"), Closing(stream, "hasil.jsonl", VOICE):
        pass


def test_an_error_before_the_end_is_not_hidden_by_the_end() -> None:
    with pytest.raises(KeyError), Closing(io.BytesIO(), "x", VOICE):
        raise KeyError


def test_a_reader_that_is_gone_is_no_fault_of_the_disk(record: "Recorder", upload: Callable[..., Upload]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb", buffering=0) as stream, pytest.raises(ReaderGoneError):
        JsonLines(stream, "stdout", VOICE).write(upload(), record())


def test_two_results_need_two_names(tmp_path: Path) -> None:
    (tmp_path / "lain").symlink_to(tmp_path)
    here = str(tmp_path / "hasil")
    check_different([here, "", str(tmp_path / "hasil.npz"), ""], VOICE)
    for same in (here, str(tmp_path / "x" / ".." / "hasil"), str(tmp_path / "lain" / "hasil")):
        with pytest.raises(UsageError, match="the same place"):
            check_different([here, "", same], VOICE)


def test_a_result_never_replaces_what_is_read(tmp_path: Path) -> None:
    photo, other = tmp_path / "foto.jpg", tmp_path / "lain.jsonl"
    photo.write_bytes(b"bukti")
    other.write_text("lama")
    (tmp_path / "tautan.jpg").symlink_to(photo)
    (tmp_path / "keras.jpg").hardlink_to(photo)
    check_not_read([other, "", tmp_path / "baru.jpg"], [photo, "arsip.zip/foto.jpg"], VOICE)
    for name in ("foto.jpg", "tautan.jpg", "keras.jpg", "./x/../foto.jpg"):
        (tmp_path / "x").mkdir(exist_ok=True)
        with pytest.raises(UsageError, match="must not be replaced"):
            check_not_read([tmp_path / name], [tmp_path / "election.toml", photo], VOICE)


def test_what_is_there_is_kept_unless_told_otherwise(tmp_path: Path) -> None:
    path = tmp_path / "ada.jsonl"
    path.write_text("lama")
    with pytest.raises(OutputError, match="--overwrite"):
        check_new_file(path, False, VOICE)
    with pytest.raises(OutputError, match="--overwrite"):
        open_new_file(path, False, VOICE)
    assert path.read_text() == "lama"
    check_new_file(path, True, VOICE)
    open_new_file(path, True, VOICE).close()
    assert path.read_text() == ""


@pytest.mark.parametrize("name", [".", "tidak-ada/hasil.jsonl"])
def test_a_place_that_cannot_be_is_said_early(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        check_new_file(tmp_path / name, True, VOICE)


def test_the_collector_keeps_what_the_report_tells(record: "Recorder", upload: Callable[..., Upload]) -> None:
    kept, also = Collector(), Collector()
    sink = Several([kept, also])
    sink.write(upload(0), record(0, "a.jpg", "sari joko - sari?", "2:one", finding=Category.WITH_SYMBOL))
    sink.write(upload(1), record(1, "b.jpg", "- -"))
    sink.write(upload(2), record(2, "c.jpg", error=PhotoErrorKind.EMPTY))
    skipped = Skipped(3, "d.txt", SkipReason.NOT_A_PHOTO_BY_NAME)
    sink.write(skipped, PhotoRecord(3, "d.txt", Status.SKIPPED, message=skipped.message))
    assert kept.skipped == [skipped]
    assert [(row.number, row.path) for row in kept.found] == [(1, "a.jpg")]
    assert [one.similarity for one in kept.found[0].sightings] == [0.71, 0.71, 0.71]
    assert [(row.number, row.kind) for row in kept.failed] == [(3, "empty")]
    assert dict(kept.sighted) == {"sari": 1, "joko": 1}
    assert kept.hands_searched == 1
    assert also.found == kept.found
