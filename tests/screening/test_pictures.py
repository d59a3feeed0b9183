"""A candidate in a poster is not there: the second look, what the record says of it, and what is kept."""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from candidates.election import ReferencePhoto
from screening.pictures import CandidatePhotos, Pictured, candidate_photos, question, references_of, scene_of
from vision.types import Depiction, DepictionKind, PhotoLayout, PictureReading

if TYPE_CHECKING:
    from tests.screening.conftest import Stage

QUAD = np.array([[0, 0], [30, 0], [30, 40], [0, 40]], np.float32)
POSTER = Depiction(DepictionKind.PRINT, QUAD, 0.9)
COPY = Depiction(DepictionKind.REFERENCE, QUAD, 0.8, "photos/sari-1.jpg")


def test_nothing_is_asked_of_a_photo_without_a_sighting(stage: "Stage") -> None:
    stage.photo("1.png", "- -")
    _, (record,) = stage.scan()
    assert stage.cast.pictures_asked == []
    assert "layout" not in record.to_dict()


def test_a_pictured_candidate_is_not_together_with_anybody(stage: "Stage") -> None:
    stage.photo("1.png", "sari -", "1:one")
    _, (before,) = stage.scan()
    assert [each.category.value for each in before.findings] == ["foto-bersama-simbol"]
    stage.cast.pictured[before.sha256] = PictureReading(((POSTER,), ()))
    _, (record,) = stage.scan()
    assert [each.category.value for each in record.findings] == ["unggah-foto-calon"]
    line = record.to_dict()
    assert line["people"][0]["sighting"]["depiction"] is True
    expected = {"kind": "print", "quad": QUAD.tolist(), "score": 0.9, "reference": None}
    assert line["people"][0]["depiction"] == expected
    assert line["people"][1]["depiction"] is None
    assert line["layout"] == {"screenshot": False, "panels": []}
    json.dumps(line)


def test_people_in_two_parts_of_a_collage_are_not_together(stage: "Stage") -> None:
    stage.photo("1.png", "sari -")
    _, (before,) = stage.scan()
    boxes = [each.face.box_xyxy for each in before.people]
    panels = tuple(boxes[i] + np.array([-1, -1, 1, 1], np.float32) for i in range(2))
    stage.cast.pictured[before.sha256] = PictureReading(((), ()), PhotoLayout(False, panels))
    _, (record,) = stage.scan()
    assert [each.category.value for each in before.findings] == ["foto-bersama"]
    assert "foto-bersama" not in [each.category.value for each in record.findings]
    assert len(record.to_dict()["layout"]["panels"]) == 2


def test_an_answer_is_kept_to_the_last_bit() -> None:
    rng = np.random.default_rng(4)
    quad = rng.uniform(-10, 900, (4, 2)).astype(np.float32)
    found = replace(COPY, quad_xy=quad, score=float(rng.random()))
    layout = PhotoLayout(True, (np.array([1.5, 2, 30.25, 41], np.float32),))
    kept = Pictured("1 0=sari:ab", PictureReading(((found,), ()), layout))
    again = Pictured.from_json(kept.to_json())
    assert again.asked == kept.asked
    (told,), nothing = again.reading.depictions
    assert nothing == ()
    assert (told.quad_xy == quad).all()
    assert (told.kind, told.score, told.reference) == (COPY.kind, found.score, COPY.reference)
    assert again.reading.layout.screenshot
    assert again.to_json() == kept.to_json()


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"asked":"1"}'])
def test_what_is_no_answer_is_refused(text: str) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        Pictured.from_json(text)


def test_another_candidate_or_another_reference_photo_is_another_question(stage: "Stage") -> None:
    stage.photo("1.png", "sari -")
    stage.photo("2.png", "budi -")
    _, records = stage.scan()
    sari, budi = (tuple(each.sightings for each in record.people) for record in records)
    photos = candidate_photos(stage.election)
    assert question(((), ()), photos) == ""
    assert question(sari, photos) != question(budi, photos)
    newer = tuple(replace(each, key="newer") for each in photos)
    assert question(sari, photos) != question(sari, newer)


def test_a_reference_photo_that_cannot_be_read_is_left_out(stage: "Stage") -> None:
    photos = CandidatePhotos("sari", (ReferencePhoto("photos/gone.jpg", stage.folder / "gone.jpg"),), "")
    assert references_of(("sari", "", "somebody"), (photos,), ()) == ((), (), ())


def test_who_is_not_asked_about_is_taken_for_present(stage: "Stage") -> None:
    stage.photo("1.png", "sari -")
    _, (record,) = stage.scan()
    faces = [each.face for each in record.people]
    scene = scene_of([each.sightings for each in record.people], faces, [True, True], (), False, ())
    assert not any(person.depicted for person in scene.people)
    assert scene.layout.panels == 1
