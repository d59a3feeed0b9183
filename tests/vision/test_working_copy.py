"""The working copy: nobody can be recognised in it but whom the case is about."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage

from netra.errors import PhotoError
from vision.analyse import Analyser
from vision.boxes import iou
from vision.marks import FaceMark, HandMark, Tone
from vision.photo import load_photo, load_photo_bytes
from vision.types import Floats, Image, Photo
from vision.working_copy import LONGEST_SIDE, hide_bystanders, make_portrait, make_working_copy

InventedPhotos = list[tuple[Path, dict[str, Any]]]


def jpeg(pixels: Image, **options: Any) -> bytes:
    encoded = BytesIO()
    PillowImage.fromarray(pixels).save(encoded, "JPEG", quality=95, **options)
    return encoded.getvalue()


def noise(width: int, height: int, rng: np.random.Generator) -> Image:
    return rng.integers(0, 256, (height, width, 3), np.uint8)


def as_photo(pixels: Image) -> Photo:
    return Photo(pixels, pixels.shape[1], pixels.shape[0], "sha256:" + "0" * 64, "JPEG")


def face(x0: float, y0: float, x1: float, y1: float, label: str = "") -> FaceMark:
    tone = Tone.CANDIDATE if label else Tone.OTHER
    return FaceMark(np.array([x0, y0, x1, y1], np.float32), label, tone)


def hand(x: float, y: float, size: float) -> HandMark:
    turns = np.linspace(0, 2 * np.pi, 21)
    points = np.stack([x + size * np.cos(turns), y + size * np.sin(turns)], axis=-1)
    return HandMark(points.astype(np.float32), "telunjuk 0,96", Tone.SYMBOL)


def marks_of(truth: dict[str, Any]) -> list[FaceMark]:
    boxes = [(person["box"], person["candidate"]) for person in truth["people"]]
    return [face(x, y, x + w, y + h, name or "") for (x, y, w, h), name in boxes]


def distinct_colours(part: Image) -> int:
    return len(np.unique(part.reshape(-1, 3), axis=0))


def test_a_bystander_is_a_few_smeared_colours_and_the_rest_untouched(rng: np.random.Generator) -> None:
    pixels = noise(300, 200, rng)
    hidden = hide_bystanders(as_photo(pixels), [face(100, 80, 150, 130), face(10, 10, 40, 40, "Sari Dewi")], [])
    assert distinct_colours(pixels[80:130, 100:150]) > 2000
    assert np.abs(np.diff(hidden[80:130, 100:150].astype(int), axis=1)).max() <= 16, "an edge is left in the face"
    assert np.array_equal(hidden[:50, :50], pixels[:50, :50])
    assert np.array_equal(hidden[150:], pixels[150:])


def test_a_marked_hand_before_hair_is_kept_and_before_a_face_it_is_not(rng: np.random.Generator) -> None:
    pixels = noise(300, 200, rng)
    mark = hand(100, 75, 14)  # half above the face box, where hair is, half in it
    hidden = hide_bystanders(as_photo(pixels), [face(80, 75, 130, 130)], [mark])
    assert np.array_equal(hidden[62:74, 90:110], pixels[62:74, 90:110])
    assert not np.array_equal(hidden[76:88, 90:110], pixels[76:88, 90:110])


def test_a_candidate_cheek_to_cheek_keeps_the_face_as_far_as_it_is_no_bystanders(rng: np.random.Generator) -> None:
    pixels = noise(300, 200, rng)
    hidden = hide_bystanders(as_photo(pixels), [face(100, 60, 150, 120), face(148, 60, 200, 120, "Sari Dewi")], [])
    assert np.array_equal(hidden[61:119, 151:199], pixels[61:119, 151:199])
    assert not np.array_equal(hidden[61:119, 101:149], pixels[61:119, 101:149])


def test_faces_over_the_edge_or_outside_are_no_trouble(rng: np.random.Generator) -> None:
    pixels = noise(120, 90, rng)
    marks = [face(-30, -30, 20, 20), face(500, 500, 600, 600), face(100, 70, 140, 110, "Sari Dewi")]
    copy = make_working_copy(jpeg(pixels), "a.jpg", marks, [])
    assert (copy.width, copy.height) == (120, 90)
    assert len(copy.face_jpegs) == 1


def test_the_copy_carries_no_metadata_and_is_the_same_each_time(rng: np.random.Generator) -> None:
    exif = PillowImage.Exif()
    exif[0x010F] = "Kamera rahasia"
    data = jpeg(noise(200, 150, rng), exif=exif, comment=b"Jalan Melati 7")
    marks = [face(20, 20, 60, 60), face(100, 20, 140, 60, "Sari Dewi 0,71")]
    first, again = (make_working_copy(data, "a.jpg", marks, [hand(150, 100, 20)]) for _ in range(2))
    assert (first.jpeg, first.face_jpegs, first.hand_jpegs) == (again.jpeg, again.face_jpegs, again.hand_jpegs)
    for written in (first.jpeg, *first.face_jpegs, *first.hand_jpegs):
        opened = PillowImage.open(BytesIO(written))
        assert not opened.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(opened.info)
        assert b"rahasia" not in written


def test_a_large_photo_is_shown_smaller_and_marks_stay_in_place(rng: np.random.Generator) -> None:
    pixels = np.full((3000, 4000, 3), 90, np.uint8)
    pixels[1000:1400, 2000:2400] = 240
    copy = make_working_copy(jpeg(pixels), "a.jpg", [face(2000, 1000, 2400, 1400, "Sari Dewi")], [])
    assert max(copy.width, copy.height) == LONGEST_SIDE
    shown = load_photo_bytes(copy.jpeg, "copy").pixels
    assert abs(int(shown[600, 1100, 0]) - 240) < 20


def test_crops_show_the_candidate_without_the_drawing(rng: np.random.Generator) -> None:
    pixels = np.full((400, 400, 3), 200, np.uint8)
    copy = make_working_copy(jpeg(pixels), "a.jpg", [face(150, 150, 250, 250, "Sari Dewi")], [hand(80, 80, 30)])
    for written in (*copy.face_jpegs, *copy.hand_jpegs):
        crop = load_photo_bytes(written, "crop").pixels
        assert min(crop.shape[:2]) >= 200
        assert np.abs(crop.astype(int) - 200).max() < 10


def test_a_portrait_is_cut_to_the_face_or_shown_whole(rng: np.random.Generator) -> None:
    data = jpeg(noise(900, 600, rng))
    whole = load_photo_bytes(make_portrait(data, "sari-1.jpg"), "whole").pixels
    part = load_photo_bytes(make_portrait(data, "sari-1.jpg", (100, 100, 160, 170)), "part").pixels
    assert whole.shape[:2] == (320, 480)
    assert part.shape[0] == part.shape[1] == 240


def test_what_is_no_photo_is_refused_as_everywhere() -> None:
    with pytest.raises(PhotoError, match=r"bukan\.jpg"):
        make_working_copy(b"no photo at all", "bukan.jpg", [], [])


def test_netra_itself_can_compare_no_bystander_of_a_working_copy(invented_photos: InventedPhotos) -> None:
    """A smear may still look like some head to the detector, never like a face that can be assessed."""
    analyser = Analyser()
    bystanders = candidates = 0
    for path, truth in invented_photos[:14]:
        marks = marks_of(truth)
        pixels = hide_bystanders(load_photo(path), marks, [])
        seen = [reading.face for reading in analyser.read_faces(as_photo(pixels))]
        for mark in marks:
            overlaps = [float(iou(mark.box_xyxy, one.box_xyxy[None])[0]) for one in seen]
            if mark.tone is Tone.OTHER:
                bystanders += 1
                assert not any(overlap > 0.3 for overlap in overlaps), f"{path}: a bystander can still be compared"
            else:
                candidates += any(overlap > 0.3 for overlap in overlaps)
    assert bystanders >= 20
    assert candidates >= 8


def test_a_hidden_face_is_as_like_to_others_as_to_itself(invented_photos: InventedPhotos) -> None:
    """An attacker who knows where each face was embeds the smear there and looks for its owner among the originals."""
    analyser = Analyser()
    originals: list[Floats] = []
    smears: list[Floats] = []
    for path, _ in invented_photos[:24]:
        photo = load_photo(path)
        readings = analyser.read_faces(photo)
        marks = [FaceMark(reading.face.box_xyxy) for reading in readings]
        hidden = hide_bystanders(photo, marks, [])
        boxes = [reading.face.box_xyxy for reading in readings]
        keypoints = [reading.face.keypoints_xy for reading in readings]
        templates, _ = analyser._embedder(hidden, boxes, keypoints)
        originals += [reading.template for reading in readings]
        smears += list(templates)
    known = np.stack(originals)
    known = known / np.linalg.norm(known, axis=1, keepdims=True)
    asked = np.stack(smears) - np.stack(smears).mean(axis=0)
    centred = known - known.mean(axis=0)
    first = (asked @ centred.T).argmax(axis=1) == np.arange(len(known))
    assert len(known) >= 40
    assert first.mean() <= 0.15, f"{first.sum()} of {len(known)} smears lead back to their owner"
