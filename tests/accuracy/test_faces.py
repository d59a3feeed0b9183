"""Faces found in real photos of groups, as a scan finds them."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from vision.analyse import Analyser
from vision.boxes import iou
from vision.types import Floats

pytestmark = pytest.mark.data
# A box counts as found by a face that overlaps with it by this much and by no more than one box; dlib's boxes run from
# brow to chin, BlazeFace's reach a little further.
OVERLAP = 0.3


def boxes_of(analyser: Analyser, path: Path) -> Floats:
    """(N, 4) of the faces of a photo."""
    _, faces = analyser.read_file(path)
    return np.array([each.face.box_xyxy for each in faces], np.float32).reshape(-1, 4)


def matched(truth_xyxy: Floats, found_xyxy: Floats) -> int:
    """How many true boxes have a found one of their own; the best overlaps are given away first."""
    table = np.array([iou(box, found_xyxy) for box in truth_xyxy], np.float32).reshape(len(truth_xyxy), -1)
    count = 0
    while table.size and table.max() > OVERLAP:
        row, column = np.unravel_index(int(table.argmax()), table.shape)
        table[row], table[:, column] = 0, 0
        count += 1
    return count


def test_every_boxed_face_of_the_groups_is_found(
    shared_data: Path, analyser: Analyser, say: Callable[[str], None], share: Callable[[int, int], str]
) -> None:
    folder = shared_data / "faces" / "group"
    hits = faces = others = 0
    for name, rows in json.loads((folder / "boxes.json").read_text(encoding="utf-8")).items():
        truth = np.array([(x, y, x + width, y + height) for x, y, width, height in rows], np.float32)
        found = boxes_of(analyser, folder / name)
        here = matched(truth, found)
        hits, faces, others = hits + here, faces + len(truth), others + len(found) - here
    say(f"faces of groups found: {share(hits, faces)}; {others} found where none is boxed")
    assert faces == 43
    assert hits == faces
    assert others <= 2


def test_the_bald_men_are_found(
    shared_data: Path, analyser: Analyser, say: Callable[[str], None], share: Callable[[int, int], str]
) -> None:
    found = boxes_of(analyser, shared_data / "faces" / "group" / "bald_guys.jpg")
    say(f"faces of bald men found: {share(min(len(found), 24), 24)}, {len(found)} in all")
    assert 24 <= len(found) <= 25


def test_dogs_are_no_people(shared_data: Path, analyser: Analyser, say: Callable[[str], None]) -> None:
    found = boxes_of(analyser, shared_data / "faces" / "group" / "dogs.jpg")
    say(f"faces found among dogs: {len(found)}")
    assert len(found) == 0


@pytest.mark.slow
def test_faces_with_hats_glasses_and_in_profile_are_found(
    shared_data: Path, analyser: Analyser, say: Callable[[str], None], share: Callable[[int, int], str]
) -> None:
    folder = shared_data / "faces" / "lookalikes"
    people = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    points = np.array([point for person in people.values() for point in person], np.float32)
    found = boxes_of(analyser, folder / "montage.jpg")
    inside = [((found[:, :2] < point) & (point < found[:, 2:])).all(axis=1) for point in points]
    hits = sum(bool(each.any()) for each in inside)
    say(f"faces of the look-alikes found: {share(hits, len(points))}, {len(found)} in all")
    assert hits == len(points) == 24
    assert all(each.sum() == 1 for each in inside), "each once"
    assert len(found) == 24
