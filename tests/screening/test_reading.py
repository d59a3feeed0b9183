"""What a worker does with one file."""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from netra.errors import PhotoErrorKind
from screening.finish import worker_died
from screening.reading import (
    Failure,
    PhotoReading,
    ReadPlan,
    ScanSettings,
    Wanted,
    about_face_model,
    analyser,
    default_workers,
    look_again,
    read_photo,
)
from screening.uploads import Upload, find_uploads
from vision.engine import weights
from vision.face_model import FaceModel
from vision.photo_limits import DEFAULT_LIMITS, PhotoLimits

if TYPE_CHECKING:
    from tests.screening.conftest import Stage

PLAN = ReadPlan(DEFAULT_LIMITS, hands_everywhere=False, gate=0.25, galleries=())


def only_upload(stage: "Stage") -> Upload:
    (row,) = find_uploads([stage.folder])
    assert isinstance(row, Upload)
    return row


def test_a_photo_is_read_once_with_faces_in_order(stage: "Stage") -> None:
    stage.photo("1.png", "- sari", "1:one")
    found = read_photo(only_upload(stage), PLAN)
    assert isinstance(found, PhotoReading)
    assert (found.width, found.height, len(found.faces), found.templates.shape) == (64, 48, 2, (2, 128))
    assert (found.hands, found.hands_searched) == ((), False)


def test_the_gate_lets_photos_with_a_likely_candidate_through(stage: "Stage") -> None:
    stage.photo("1.png", "- sari", "1:one")
    found = read_photo(only_upload(stage), replace(PLAN, galleries=(stage.gallery,)))
    assert isinstance(found, PhotoReading)
    assert len(found.hands) == 1
    assert found.hands_searched


def test_a_face_too_poor_to_be_compared_does_not_open_the_gate(stage: "Stage") -> None:
    stage.photo("1.png", "sari~")
    found = read_photo(only_upload(stage), replace(PLAN, galleries=(stage.gallery,)))
    assert isinstance(found, PhotoReading)
    assert not found.hands_searched
    assert stage.cast.hands_asked == []


def test_what_is_wrong_with_a_file_is_an_outcome(stage: "Stage") -> None:
    stage.photo("1.png", "-")
    failed = read_photo(only_upload(stage), replace(PLAN, limits=PhotoLimits(max_pixels_buffered=100)))
    assert isinstance(failed, Failure)
    assert failed.kind is PhotoErrorKind.TOO_MANY_PIXELS
    assert "1.png" in failed.message


def test_too_little_memory_is_an_outcome(stage: "Stage") -> None:
    stage.photo("1.png", "-")

    def no_memory(_: object) -> None:
        raise MemoryError

    stage.cast.before = no_memory
    failed = read_photo(only_upload(stage), PLAN)
    assert isinstance(failed, Failure)
    assert failed.kind is PhotoErrorKind.TOO_LITTLE_MEMORY
    assert "fewer workers" in failed.message


def test_a_bug_is_no_outcome(stage: "Stage") -> None:
    stage.photo("1.png", "-")

    def bug(_: object) -> None:
        raise ZeroDivisionError

    stage.cast.before = bug
    with pytest.raises(ZeroDivisionError):
        read_photo(only_upload(stage), PLAN)


def test_hands_are_read_of_the_same_file_only(stage: "Stage") -> None:
    path = stage.photo("1.png", "sari -", "1:one")
    upload = only_upload(stage)
    found = read_photo(upload, PLAN)
    assert isinstance(found, PhotoReading)
    faces = tuple(each.face for each in found.faces)
    look = look_again(Wanted(upload, found.sha256, faces, hands=True), PLAN)
    assert not isinstance(look, Failure)
    assert look.hands[0].symbols[0].label == "one"
    assert look.pictures == ()
    path.write_bytes(stage.photo("2.png", "-").read_bytes())
    failed = look_again(Wanted(upload, found.sha256, faces, hands=True), PLAN)
    assert isinstance(failed, Failure)
    assert failed.kind is PhotoErrorKind.VANISHED


def test_a_name_cannot_move_the_cursor(stage: "Stage") -> None:
    path = stage.photo("1\x1b[2J\n.png", "-")

    def no_memory(_: object) -> None:
        raise MemoryError

    upload = only_upload(stage)
    stage.cast.before = no_memory
    changed = look_again(Wanted(upload, "sha256:0", (), hands=True), PLAN)
    for failed in (read_photo(upload, PLAN), changed, worker_died(upload)):
        assert isinstance(failed, Failure)
        assert failed.message.isprintable()
        assert failed.message.startswith(f"{path.parent}/1\\x1b[2J\\n.png: ")


def test_no_workers_are_refused() -> None:
    with pytest.raises(ValueError, match="workers"):
        ScanSettings(workers=0)


def test_the_usual_number_of_workers_suits_the_computer() -> None:
    assert 1 <= default_workers() <= min(8, os.cpu_count() or 1)


def test_a_scan_has_one_face_model_and_says_which() -> None:
    model = FaceModel(Path("wajah.dat"), "0" * 64, "Wajah", "CC0-1.0", "uji ini")
    with pytest.raises(ValueError, match="face_models"):
        ScanSettings(face_models=(model, model))
    assert about_face_model((model,)) == {
        "file": "wajah.dat",
        "sha256": "sha256:" + "0" * 64,
        "name": "Wajah",
        "licence": "CC0-1.0",
        "source": "uji ini",
    }
    shipped = about_face_model(())
    assert shipped["sha256"] == "sha256:" + weights.FACE_EMBEDDER.sha256
    assert shipped["file"] in weights.FACE_EMBEDDER.inside
    assert all(shipped.values())


def test_the_networks_of_a_face_model_are_loaded_once() -> None:
    model = FaceModel(Path("wajah.dat"), "0" * 64, "Wajah")
    assert analyser((model,)) is analyser((replace(model),))
    assert analyser((model,)) is not analyser()
