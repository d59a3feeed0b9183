"""Photos put together: who stands for a group, what belongs to it, and that chance has no say."""

from datetime import date
from functools import lru_cache

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.copies import CopyIndex
from screening.copy_search import CROWDED, Postings
from screening.gathered import MetPhoto
from screening.kept import keep, unpack
from screening.record import PhotoRecord, Status
from vision.fingerprint import CopyRelation, Fingerprint, fingerprint
from vision.types import Image, Photo


@lru_cache(maxsize=64)
def picture(seed: int) -> Image:
    """Blots of many sizes, 480 x 360: another seed, another photo."""
    rng = np.random.default_rng(seed)
    layers = [
        cv2.resize(rng.uniform(0, 255, (rows, rows * 4 // 3)).astype(np.float32), (480, 360))
        for rows in (6, 18, 60, 180)
    ]
    grey = np.clip(sum((np.float32(0.25) * layer for layer in layers), np.float32(0)), 0, 255)
    grey = (grey - grey.min()) / (grey.max() - grey.min()) * 200 + 25
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def of(pixels: Image, quality: int = 80) -> Fingerprint:
    _, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels), [cv2.IMWRITE_JPEG_QUALITY, quality])
    saved = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)
    return fingerprint(Photo(saved, saved.shape[1], saved.shape[0], "sha256:" + "0" * 64, "JPEG"))


@lru_cache(maxsize=64)
def copy(seed: int, kind: str) -> Fingerprint:
    whole = picture(seed)
    made = {
        "original": whole,
        "left": whole[:, :300],
        "right": whole[:, 180:],
        "upper": whole[:260, 90:420],
        "small": np.asarray(cv2.resize(whole, (300, 225), interpolation=cv2.INTER_AREA), np.uint8),
        "mirror": whole[:, ::-1],
        "collage": np.concatenate([whole, picture(seed + 1000)], axis=1),
    }
    return of(made[kind], 60 if kind == "original" else 80)


def relations(index: CopyIndex) -> list[dict[str, str]]:
    return [{member.key: member.relation.value for member in group.members} for group in index.groups()]


def test_copies_of_two_photos_are_two_groups() -> None:
    index = CopyIndex()
    assert index.add("a", copy(1, "original")) == ()
    assert index.add("b", copy(2, "original")) == ()
    assert index.add("a-left", copy(1, "left")) == ("a",)
    assert index.add("b-mirror", copy(2, "mirror")) == ("b",)
    assert index.add("c", copy(3, "original")) == ()
    assert relations(index) == [
        {"a": "same-bytes", "a-left": "cropped"},
        {"b": "same-bytes", "b-mirror": "mirrored"},
    ]
    assert index.likenesses("a")["a-left"].relation is CopyRelation.CROPPED
    assert index.likenesses("c") == {}


def test_the_earliest_posting_stands_for_the_group() -> None:
    index = CopyIndex()
    index.add("first-seen", copy(1, "original"))
    index.add("posted-late", copy(1, "mirror"), posted=(date(2024, 10, 9),))
    index.add("posted-early", copy(1, "upper"), posted=(date(2024, 10, 2),))
    (group,) = index.groups()
    assert group.representative == "posted-early"
    assert {member.key: (member.relation.value, member.of) for member in group.members} == {
        "posted-early": ("same-bytes", "posted-early"),
        "first-seen": ("framed", "posted-early"),
        "posted-late": ("mirrored", "posted-early"),
    }


def test_the_same_bytes_are_one_photo_whoever_posted_them() -> None:
    index = CopyIndex()
    index.add("one", copy(1, "original"), content="sha256:1", posted=(date(2024, 10, 9),))
    assert index.add("other", copy(1, "original"), content="sha256:1", posted=(date(2024, 10, 1),)) == ("one",)
    index.add("part", copy(1, "left"), content="sha256:2")
    (group,) = index.groups()
    assert group.representative == "other"
    assert [(member.key, member.relation.value) for member in group.members] == [
        ("other", "same-bytes"),
        ("one", "same-bytes"),
        ("part", "cropped"),
    ]


def test_a_collage_does_not_make_one_photo_of_two() -> None:
    index = CopyIndex()
    index.add("a", copy(1, "original"))
    index.add("b", copy(1001, "original"))
    assert index.add("collage", copy(1, "collage")) == ("a", "b")
    assert relations(index) == [{"a": "same-bytes", "collage": "framed"}]


def test_a_whole_copy_brings_its_own_copies_along() -> None:
    """The right part is nothing like the left one that was posted first; the small copy of the left one is."""
    index = CopyIndex()
    index.add("original", copy(1, "original"))
    index.add("left", copy(1, "left"), posted=(date(2024, 10, 1),))
    index.add("left again", of(picture(1)[:, :300], 40))
    (group,) = index.groups()
    assert group.representative == "left"
    assert {member.key: member.relation.value for member in group.members} == {
        "left": "same-bytes",
        "original": "framed",
        "left again": "recompressed",
    }


def test_known_photos_need_not_be_compared_again() -> None:
    stored = {"a": copy(1, "original"), "a-left": copy(1, "left")}
    index = CopyIndex(stored.__getitem__)
    for key, made in stored.items():
        assert index.add(key, made, searched=True) == ()
    assert index.groups() == ()
    assert index.alike("a-left", "a")
    assert index.add("a-small", copy(1, "small")) == ("a", "a-left")
    assert relations(index) == [{"a": "same-bytes", "a-left": "cropped", "a-small": "resized"}]


def test_a_key_is_added_once() -> None:
    index = CopyIndex()
    index.add("a", copy(1, "original"))
    with pytest.raises(ValueError, match="a was added already"):
        index.add("a", copy(2, "original"))


KINDS = ("original", "left", "small", "mirror", "upper")


@settings(max_examples=5, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 2), st.sampled_from(KINDS)), unique=True, min_size=3, max_size=6))
def test_the_order_of_arrival_changes_no_group(photos: list[tuple[int, str]]) -> None:
    """With days known the representative is the same too."""
    orders = [photos, photos[::-1]]
    answers = []
    for order in orders:
        index = CopyIndex()
        for seed, kind in order:
            day = date(2024, 10, 1 + KINDS.index(kind))
            index.add(f"{seed}-{kind}", copy(seed, kind), posted=(day,))
        answers.append(
            {(group.representative, frozenset(each.key for each in group.members)) for group in index.groups()}
        )
    assert answers[0] == answers[1]
    members = [key for _, group in answers[0] for key in group]
    assert len(members) == len(set(members))


@given(st.lists(st.lists(st.integers(0, 40), max_size=6, unique=True), max_size=40), st.lists(st.integers(0, 45)))
def test_postings_find_what_was_put_there(photos: list[list[int]], asked: list[int]) -> None:
    postings = Postings()
    for number, keys in enumerate(photos):
        postings.add(np.array(keys, np.uint64), number)
    found = sorted(postings.under(np.array(asked, np.uint64)).tolist())
    assert len(photos) <= CROWDED
    assert found == sorted(number for key in asked for number, keys in enumerate(photos) if key in keys)


def test_a_fingerprint_is_kept_whole_and_a_record_bears_its_hash() -> None:
    made = copy(1, "original")
    met = MetPhoto("sha256:1", 480, 360, (), (), False, fingerprints=(made,))
    assert unpack(met.sha256, met.width, met.height, keep(met)).fingerprints == (made,)
    line = PhotoRecord(0, "a.jpg", Status.OK, "sha256:1", 480, 360, fingerprints=(made,)).to_dict()
    assert (line["pdq"], line["pdq_quality"]) == (made.pdq.hex(), made.quality)
    assert "features" not in line
