"""What a scan keeps of templates: bounded, and the same in any order."""

import hashlib
import tracemalloc
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from candidates.gallery import Enrolled, Gallery, Reference
from candidates.population import MOST_FACES
from screening.templates_met import MOST_SUSPECTS, TemplatesMet, face_keys
from vision.types import FaceQuality

SIZE = 16
MEBIBYTE = 2**20


def gallery(size: int = SIZE) -> Gallery:
    template = np.eye(size, dtype=np.float32)[0]
    reference = Reference("a.jpg", "sha256:0", template, FaceQuality(120.0, 0.9, 0.9, 0.9))
    return Gallery("made-up", (Enrolled("sari", "Sari", 1, (reference,)),))


def sha256(number: int) -> str:
    return "sha256:" + hashlib.sha256(str(number).encode()).hexdigest()


@dataclass(frozen=True)
class Upload:
    number: int
    templates: NDArray[np.float32]

    def go_into(self, met: TemplatesMet) -> None:
        met.add(self.number, sha256(self.number), np.arange(len(self.templates)), self.templates)


def uploads(counts: list[int], size: int = SIZE) -> list[Upload]:
    random = np.random.default_rng(3)
    return [Upload(i, random.normal(size=(n, size)).astype(np.float32)) for i, n in enumerate(counts)]


def test_a_small_scan_loses_nothing() -> None:
    met = TemplatesMet(gallery())
    photos = uploads([3, 0, 5])
    for each in photos:
        each.go_into(met)
    suspects = met.suspects()
    assert met.faces == 8
    assert len(met.sample()) == 8
    places = set(zip(suspects.photos.tolist(), suspects.faces.tolist(), strict=True))
    assert places == {(0, 0), (0, 1), (0, 2), (2, 0), (2, 1), (2, 2), (2, 3), (2, 4)}
    for photo, face, template in zip(suspects.photos, suspects.faces, suspects.templates, strict=True):
        assert (photos[photo].templates[face] == template).all()


@settings(max_examples=25, deadline=None)
@given(counts=st.lists(st.integers(0, 9), max_size=12), data=st.data())
def test_neither_the_order_of_photos_nor_how_often_it_was_cut_changes_anything(
    counts: list[int], data: st.DataObject
) -> None:
    photos = uploads(counts)
    one, other = TemplatesMet(gallery(), 5, 4), TemplatesMet(gallery(), 5, 4)
    for each in photos:
        each.go_into(one)
    for each in data.draw(st.permutations(photos)):
        each.go_into(other)
    assert (one.sample() == other.sample()).all()
    mine, theirs = one.suspects(), other.suspects()
    for name in ("photos", "faces", "templates"):
        assert (getattr(mine, name) == getattr(theirs, name)).all()
    assert len(one.sample()) == min(5, sum(counts))
    assert len(mine.photos) == min(4, sum(counts))


def test_those_most_like_a_candidate_are_kept() -> None:
    met = TemplatesMet(gallery(), 10, 3)
    photos = uploads([40])
    photos[0].templates[[7, 20, 33]] = 5 * np.eye(SIZE, dtype=np.float32)[0]
    photos[0].go_into(met)
    assert sorted(met.suspects().faces.tolist()) == [7, 20, 33]


def test_a_candidate_is_the_mean_of_the_references_as_for_matching() -> None:
    axes = np.eye(SIZE, dtype=np.float32)
    quality = FaceQuality(120.0, 0.9, 0.9, 0.9)
    references = tuple(Reference(f"{i}.jpg", f"sha256:{i}", axes[i], quality) for i in range(4))
    met = TemplatesMet(Gallery("made-up", (Enrolled("sari", "Sari", 1, references),)), 10, 1)
    like_one, like_all = axes[0], axes[:4].mean(axis=0) + 0.4 * axes[9]
    met.add(0, sha256(0), np.arange(2), np.array([like_one, like_all]))
    assert met.suspects().faces.tolist() == [1]


def test_faces_are_named_by_their_place_though_others_were_too_poor() -> None:
    met = TemplatesMet(gallery())
    (photo,) = uploads([2])
    met.add(4, sha256(4), np.array([1, 6]), photo.templates)
    assert sorted(met.suspects().faces.tolist()) == [1, 6]
    assert set(met.suspects().photos.tolist()) == {4}


def test_keys_depend_on_photo_and_place_and_are_spread_evenly() -> None:
    keys = np.concatenate([face_keys(sha256(number), 4) for number in range(5000)])
    assert len(set(keys.tolist())) == 20_000
    assert (face_keys(sha256(3), 2) == face_keys(sha256(3), 4)[:2]).all()
    counts = np.bincount((keys >> np.uint64(60)).astype(int), minlength=16)
    assert counts.min() > 1250 * 0.85


def test_as_many_are_kept_as_the_limits_say() -> None:
    met = TemplatesMet(gallery(2))
    for each in uploads([MOST_SUSPECTS, 200], size=2):
        each.go_into(met)
    assert met.faces == MOST_SUSPECTS + 200
    assert (len(met.sample()), len(met.suspects().photos)) == (MOST_FACES, MOST_SUSPECTS)


def test_many_templates_flow_through_in_bounded_memory() -> None:
    """A million through the limits of a scan: ``python -m benchmarks.identity --part cost``. Here a tenth of both."""
    size, photo, total = 128, 200, 100_000
    most_faces, most_suspects = MOST_FACES // 10, MOST_SUSPECTS // 10
    templates = np.random.default_rng(5).normal(size=(photo, size)).astype(np.float32)
    places = np.arange(photo)
    met = TemplatesMet(gallery(size), most_faces, most_suspects)
    row = size * 4 + 8 + 8 + 16  # template, rank, key, place
    # Twice as many rows as are kept, as much again while one of the arrays grows, and a few of the photo at hand.
    bound = 2 * (2 * (most_faces + most_suspects) * row) + 3.2 * MEBIBYTE
    tracemalloc.start()
    try:
        peaks = []
        for number in range(total // photo):
            met.add(number, sha256(number), places, templates)
            if number % 100 == 99:
                peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert met.faces == total
    assert max(peaks) < bound
    assert max(peaks) < 0.8 * total * size * 4  # far less than all of them
    assert peaks[-1] == peaks[-3]  # it does not grow any more
    assert (len(met.sample()), len(met.suspects().photos)) == (most_faces, most_suspects)


@pytest.mark.parametrize("most", [1, 2, 7])
def test_the_bound_holds_for_one_photo_with_very_many_faces(most: int) -> None:
    met = TemplatesMet(gallery(), most, most)
    for each in uploads([50, 1, 50]):
        each.go_into(met)
    assert len(met.sample()) == len(met.suspects().photos) == most
