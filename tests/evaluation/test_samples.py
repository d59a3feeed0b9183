"""Reading a dataset: which photos give a face, and that every other one is accounted for."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.dataset import Dataset, Person, PhotoFile
from evaluation.samples import LeftOut, Samples, read_samples
from netra.errors import PhotoError, PhotoErrorKind
from vision.types import FLOOR, Face, FaceQuality, FaceReading, Photo

GOOD, POOR = FaceQuality(120.0, 0.8, 0.9, 0.8), FaceQuality(12.0, 0.8, 0.9, FLOOR / 2)
Watch = Callable[[int, int], None]


def face(quality: FaceQuality) -> FaceReading:
    where = Face(np.array([0, 0, 9, 9], np.float32), np.zeros((6, 2), np.float32), 0.9)
    return FaceReading(where, quality, np.ones(4, np.float32))


class Reader:
    """Sees what a photo's name says: ``1`` a good face, ``0`` a poor one, ``x`` cannot be read, ``=`` seen before."""

    model_id = reading_id = "made-up"

    def read_file(self, path: Path) -> tuple[Photo, tuple[FaceReading, ...]]:
        shows = path.stem.split("-")[1]
        if "x" in shows:
            raise PhotoError(PhotoErrorKind.DAMAGED, f"{path}: damaged")
        sha256 = "again" if "=" in shows else path.name
        photo = Photo(np.zeros((2, 2, 3), np.uint8), 2, 2, sha256, "JPEG")
        return photo, tuple(face(GOOD if one == "1" else POOR) for one in shows if one in "01")


def dataset(*shows: str, takes_turns: bool = True, others: tuple[str, ...] = ()) -> Dataset:
    files = tuple(PhotoFile(f"{i}", Path(f"{i}-{what}.jpg")) for i, what in enumerate(shows))
    return Dataset(Path("d"), (Person("sari", files, takes_turns),), (), others)


def read(*shows: str, takes_turns: bool = True, others: tuple[str, ...] = ()) -> Samples:
    return read_samples(dataset(*shows, takes_turns=takes_turns, others=others), Reader(), lambda done, total: None)


@pytest.mark.parametrize(
    ("shows", "reason"),
    [
        ("x", LeftOut.UNREADABLE),
        ("", LeftOut.NO_FACE),
        ("11", LeftOut.SEVERAL_FACES),
        ("10", LeftOut.SEVERAL_FACES),
        ("0", LeftOut.CANNOT_ASSESS),
    ],
)
def test_a_photo_without_one_good_face_is_left_out_with_its_reason(shows: str, reason: LeftOut) -> None:
    samples = read("1", shows)
    assert samples.left_out == {reason: ("1",)}
    assert (samples.seen, samples.used, len(samples.faces)) == (2, 1, 1)
    assert samples.missed == (int(reason in (LeftOut.NO_FACE, LeftOut.CANNOT_ASSESS)),)


def test_the_same_bytes_count_once() -> None:
    assert read("1=", "1=", "1").left_out == {LeftOut.DUPLICATE: ("1",)}


def test_of_strangers_every_face_that_can_be_compared_is_used() -> None:
    samples = read("110", takes_turns=False)
    assert (samples.used, len(samples.faces), samples.left_out) == (1, 2, {})


def test_files_that_are_no_photos_are_counted() -> None:
    samples = read("1", others=("catatan.txt",))
    assert samples.left_out == {LeftOut.OTHER_FILE: ("catatan.txt",)}
    assert samples.seen == 2


@given(st.lists(st.sampled_from(["1", "0", "", "11", "x", "1=", "10=", "111"]), max_size=12), st.booleans())
def test_photos_seen_are_used_or_left_out(shows: list[str], takes_turns: bool) -> None:
    samples = read(*(shows or ["1"]), takes_turns=takes_turns, others=("a.txt",))
    names = [name for reason in samples.left_out.values() for name in reason]
    assert samples.seen == samples.used + len(names)
    assert len(set(names)) == len(names)
    assert len({one.photo for one in samples.faces}) == samples.used


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    read_samples(dataset("1", "x", "11"), Reader(), lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_numbers_that_do_not_add_up_are_refused() -> None:
    people = dataset("1").people
    with pytest.raises(ValueError, match="used or left out"):
        Samples("m", people, (), 2, 1, {}, (0,))
    with pytest.raises(ValueError, match="one number a person"):
        Samples("m", people, (), 1, 1, {}, ())


def test_only_a_face_that_enrolment_takes_can_enrol() -> None:
    samples = read("1", "0", takes_turns=False)
    assert [one.can_enrol for one in samples.faces] == [True]
