"""The schema netra.photo/1, as files have it."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from candidates.bands import Band
from candidates.match import Sighting
from netra.errors import PhotoErrorKind
from screening.reading import HandsMode
from screening.record import SCHEMA, PhotoRecord, SeenPerson, Status
from vision.types import Face, FaceQuality

if TYPE_CHECKING:
    from tests.screening.conftest import Stage

FINDING_KEYS = {
    *("category", "strength", "candidate", "candidates", "ticket", "symbol", "hand", "hands", "rule", "source"),
    *("reason_id", "reason_en", "symbols", "doubt", "against", "rulebook", "panel", "upload", "elements"),
}
SIGHTING_KEYS = {
    *("candidate", "ticket", "similarity", "e_value", "calibrated", "band", "reference", "second", "depiction"),
}
HAND_KEYS = {"id", "box", "keypoints", "side", "presence", "readable", "symbol", "confidence", "person"}


def read(record: PhotoRecord) -> Any:
    text = record.to_json()
    assert "\n" not in text
    return json.loads(text)


def test_a_photo_has_people_hands_and_findings(stage: "Stage") -> None:
    stage.photo("1.png", "sari -", "1:one ?:-")
    line = read(stage.scan()[1][0])
    assert (line["schema"], line["status"], line["width"], line["height"]) == (SCHEMA, "ok", 64, 48)
    assert line["sha256"].startswith("sha256:")
    assert line["hands_searched"] is True
    candidate, other = line["people"]
    assert candidate["face"]["box"] == [0, 5, 8, 8]
    assert set(candidate["sighting"]) == SIGHTING_KEYS
    assert candidate["sighting"]["candidate"] == "sari"
    assert candidate["sighting"]["e_value"] is None
    assert other["sighting"] is None
    shown, idle = line["hands"]
    assert set(shown) == HAND_KEYS
    assert (shown["symbol"], shown["confidence"], shown["person"]) == ("one", 0.96, 1)
    assert (idle["symbol"], idle["confidence"], idle["person"]) == (None, None, None)
    assert shown["readable"] is idle["readable"] is True
    assert shown["box"] == [20, 30, 4, 4]
    assert len(shown["keypoints"]) == 21
    (finding,) = line["findings"]
    assert set(finding) == FINDING_KEYS
    assert (finding["category"], finding["symbol"], finding["hand"]) == ("foto-bersama-simbol", "one", 0)
    assert (finding["symbols"], finding["doubt"], finding["against"]) == (["one"], None, [])


def lists(value: Any) -> Iterator[list[Any]]:
    if isinstance(value, list):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from lists(inner)


def test_no_template_leaves_the_memory(stage: "Stage") -> None:
    stage.photo("1.png", "sari -", "1:one")
    line = read(stage.scan(hands=HandsMode.ALWAYS)[1][0])
    numbers = [each for each in lists(line) if each and isinstance(each[0], int | float)]
    assert numbers
    assert max(map(len, numbers)) == 4  # boxes; a template has 128


def test_a_name_of_any_letters_stays_one_line_of_valid_json(stage: "Stage") -> None:
    stage.photo("pesta 🎉\nbaru\u2028\x1b[31m.png", "-")
    line = read(stage.scan()[1][0])
    assert line["path"].endswith("pesta 🎉\nbaru\u2028\x1b[31m.png")


def test_other_files_say_why() -> None:
    error = PhotoRecord(0, "a.jpg", Status.ERROR, error_kind=(PhotoErrorKind.EMPTY,), message="a.jpg: empty")
    assert read(error)["error"] == {"kind": "empty", "message": "a.jpg: empty"}
    skipped = PhotoRecord(1, "b.txt", Status.SKIPPED, message="b.txt: no photo")
    assert read(skipped)["skipped"] == {"reason": "b.txt: no photo"}
    copy = PhotoRecord(2, "c.jpg", Status.DUPLICATE, "sha256:0", message="same", duplicate_of="a.jpg")
    assert read(copy)["duplicate_of"] == "a.jpg"


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": Status.ERROR, "message": "x"},
        {"status": Status.OK, "error_kind": (PhotoErrorKind.EMPTY,)},
        {"status": Status.ERROR, "error_kind": (PhotoErrorKind.EMPTY,)},
        {"status": Status.SKIPPED},
        {"status": Status.DUPLICATE},
        {"status": Status.OK, "duplicate_of": "a.jpg"},
    ],
    ids=["no kind", "kind without error", "no message", "no reason", "no original", "original without copy"],
)
def test_a_record_that_contradicts_itself_is_not_made(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="expected"):
        PhotoRecord(0, "a.jpg", **wrong)


def test_a_face_that_cannot_be_assessed_has_no_sighting() -> None:
    face = Face(np.array([0, 0, 9, 9], np.float32), np.zeros((6, 2), np.float32), 0.9)
    sighting = Sighting("sari", 1, 0.71, Band.MATCH, "a.jpg")
    assert SeenPerson(face, FaceQuality(100, 1, 1, 0.9), (sighting,)).sightings == (sighting,)
    with pytest.raises(ValueError, match="expected none of a face that cannot be assessed"):
        SeenPerson(face, FaceQuality(100, 1, 1, 0.1), (sighting,))
