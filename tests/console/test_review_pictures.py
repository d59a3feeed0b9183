"""Pixels for the review page: of the very photo that was scanned, once decoded, within limits, without metadata."""

import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PillowImage
from sqlalchemy import select, update

import console.review_pictures
import fixtures
from candidates.election import ReferencePhoto
from casework import tables
from casework.database import Database, open_database
from console.kept_pictures import KeptPictures
from console.review_enrolment import ReferenceFace
from console.review_pictures import OriginalPictures
from netra.errors import ConfigError, PhotoError, PhotoErrorKind
from review.doors import EnrolledCandidate, EnrolledPhoto
from review.pictures import PHOTO_SIDE
from tests.casework import sample
from tests.casework.export_samples import Sample, fill_case
from vision.photo import load_photo_bytes
from vision.photo_limits import PhotoLimits
from vision.square import BESIDE

ELECTION = "pilkada-kota-contoh-2024"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with open_database(tmp_path / "kasus.db", create=True) as opened:
        yield opened


@pytest.fixture
def case(database: Database, tmp_path: Path) -> Sample:
    return fill_case(database, tmp_path / "unggahan")


@pytest.fixture
def pictures(database: Database, case: Sample) -> OriginalPictures:
    return OriginalPictures(database)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of what was decoded, in order."""
    names: list[str] = []
    plain = load_photo_bytes

    def counted(data: bytes, name: str, *rest: Any) -> Any:
        names.append(name)
        time.sleep(0.02)
        return plain(data, name, *rest)

    monkeypatch.setattr(console.review_pictures, "load_photo_bytes", counted)
    return names


def opened(jpeg: bytes) -> PillowImage.Image:
    picture = PillowImage.open(io.BytesIO(jpeg))
    picture.load()
    return picture


def pixels(jpeg: bytes) -> Any:
    return np.asarray(opened(jpeg).convert("RGB")).astype(int)


def original(place: Path) -> bytes:
    if place.is_file():
        return place.read_bytes()
    with zipfile.ZipFile(place.parents[1]) as archive:
        return archive.read(f"{place.parent.name}/{place.name}")


def test_a_photo_is_what_was_scanned_at_the_size_asked_for(pictures: OriginalPictures, case: Sample) -> None:
    assert any(not place.is_file() for place in case.originals.values())  # one lies in an archive
    for sha256, place in case.originals.items():
        source = pixels(original(place))
        for longest in (PHOTO_SIDE, 480, 100):
            shown = pixels(pictures.photo(sha256, longest))
            smaller = min(1.0, longest / max(source.shape))  # never larger than it is
            assert np.abs(np.array(shown.shape[:2]) - smaller * np.array(source.shape[:2])).max() <= 1
        assert np.abs(pixels(pictures.photo(sha256, PHOTO_SIDE)) - source).mean() < 4


def test_a_crop_is_a_square_with_what_lies_beside_the_photo_plain(pictures: OriginalPictures, case: Sample) -> None:
    sha256, place = next(iter(case.originals.items()))
    source = pixels(original(place))
    crop = pixels(pictures.crop(sha256, (100.0, 200.0, 50.0, 40.0), 0.5, 100))
    assert crop.shape == (100, 100, 3)
    assert np.abs(crop - source[170:270, 75:175]).mean() < 4
    corner = pixels(pictures.crop(sha256, (-60.0, -60.0, 60.0, 60.0), 0.5, 120))
    assert np.abs(corner[:80, :80] - BESIDE).max() < 6
    assert np.abs(corner[96:, 96:] - source[6:30, 6:30]).mean() < 30


def test_no_picture_has_any_metadata(pictures: OriginalPictures, case: Sample) -> None:
    for sha256 in case.originals:
        for jpeg in (pictures.photo(sha256, PHOTO_SIDE), pictures.crop(sha256, (100, 100, 60, 60), 0.6, 480)):
            picture = opened(jpeg)
            assert picture.format == "JPEG"
            assert not picture.getexif()
            assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def put(database: Database, case: Sample, data: bytes) -> str:
    """A file in the place of the first photo's, known to the database as it is."""
    from hashlib import sha256

    first, place = next(iter(case.originals.items()))
    place.write_bytes(data)
    digest = f"sha256:{sha256(data).hexdigest()}"
    with database.begin() as connection:
        values = {"sha256": digest, "size_bytes": len(data)}
        connection.execute(update(tables.photos).where(tables.photos.c.sha256 == first).values(values))
    return digest


def test_a_photo_is_shown_upright(database: Database, pictures: OriginalPictures, case: Sample) -> None:
    picture = PillowImage.new("RGB", (60, 30), (200, 0, 0))
    picture.paste((0, 0, 200), (0, 0, 30, 30))
    exif = PillowImage.Exif()
    exif[0x0112] = 6  # turned by a quarter
    data = io.BytesIO()
    picture.save(data, "JPEG", exif=exif, quality=95)
    shown = pixels(pictures.photo(put(database, case, data.getvalue()), PHOTO_SIDE))
    assert shown.shape == (60, 30, 3)
    assert shown[5, 15, 2] > 150 > shown[5, 15, 0]
    assert shown[55, 15, 0] > 150 > shown[55, 15, 2]


def both(pictures: OriginalPictures, sha256: str) -> list[PhotoError]:
    found: list[PhotoError] = []
    with pytest.raises(PhotoError) as told:
        pictures.photo(sha256, PHOTO_SIDE)
    found.append(told.value)
    with pytest.raises(PhotoError) as told:
        pictures.crop(sha256, (1, 1, 9, 9), 0.6, 100)
    return [*found, told.value]


@pytest.mark.parametrize("what", ["changed", "longer", "gone", "link", "deleted by netra", "unknown"])
def test_what_is_not_the_scanned_photo_any_more_is_never_shown(
    database: Database, pictures: OriginalPictures, case: Sample, what: str, tmp_path: Path
) -> None:
    sha256, place = next(iter(case.originals.items()))
    data = place.read_bytes()
    if what == "changed":
        place.write_bytes(data[:-1] + b"\0")
    elif what == "longer":
        place.write_bytes(data + b"\0")
    elif what == "gone":
        place.unlink()
    elif what == "link":
        place.rename(tmp_path / "lain.jpg")
        place.symlink_to(tmp_path / "lain.jpg")
    elif what == "deleted by netra":
        with database.begin() as connection:
            connection.execute(update(tables.uploads).where(tables.uploads.c.photo_id == 1).values(gone=True))
    else:
        sha256 = sample.sha256_of(9)
    for error in both(pictures, sha256):
        assert error.kind is PhotoErrorKind.VANISHED
        assert place.name not in str(error)
        assert str(tmp_path) not in str(error)
    if what == "changed":  # and once it is back it is shown: what failed is not kept
        place.write_bytes(data)
        assert pictures.photo(sha256, PHOTO_SIDE)


def test_another_file_of_the_same_content_serves(database: Database, pictures: OriginalPictures, case: Sample) -> None:
    sha256, place = next(iter(case.originals.items()))
    other = place.with_name("salinan.jpg")
    other.write_bytes(place.read_bytes())
    place.unlink()
    with database.begin() as connection:
        row = connection.execute(select(tables.uploads).where(tables.uploads.c.photo_id == 1)).one()._asdict()
        connection.execute(tables.uploads.insert().values(row | {"id": 90, "place": str(other)}))
    assert pictures.photo(sha256, 100)


def test_what_is_no_photo_is_refused_as_in_scans(database: Database, pictures: OriginalPictures, case: Sample) -> None:
    whole = next(iter(case.originals.values())).read_bytes()
    for data, kind in ((whole[:4000], PhotoErrorKind.TRUNCATED), (b"bukan foto", PhotoErrorKind.NOT_A_PHOTO)):
        case.originals = {put(database, case, data): next(iter(case.originals.values()))}
        for error in both(pictures, next(iter(case.originals))):
            assert error.kind is kind
            assert "unggahan" not in str(error)


def test_a_photo_that_costs_too_much_is_refused(database: Database, case: Sample) -> None:
    small = OriginalPictures(database, limits=PhotoLimits(max_pixels=10_000, max_pixels_buffered=10_000))
    assert both(small, next(iter(case.originals)))[0].kind is PhotoErrorKind.TOO_MANY_PIXELS


def test_many_requests_at_once_decode_a_photo_once(
    pictures: OriginalPictures, case: Sample, decoded: list[str]
) -> None:
    hashes = list(case.originals)
    made: list[bytes] = []

    def ask(sha256: str, left: float) -> None:
        made.append(pictures.crop(sha256, (left, 50, 60, 60), 0.6, 120))
        made.append(pictures.photo(sha256, 300))

    threads = [threading.Thread(target=ask, args=(one, 10.0 * n)) for one in hashes for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2 * len(threads)
    assert sorted(decoded) == sorted(hashes)
    before = len(decoded)
    assert pictures.photo(hashes[0], 300) in made
    assert len(decoded) == before


def test_what_is_kept_stays_within_its_bytes() -> None:
    kept = KeptPictures[bytes](100, len)
    made: list[int] = []

    def make(number: int, size: int) -> Callable[[], bytes]:
        def of() -> bytes:
            made.append(number)
            return bytes(size)

        return of

    for number in range(5):
        kept.get(number, make(number, 40))
        assert kept.held_bytes <= 100
    kept.get(4, make(4, 40))
    kept.get(3, make(3, 40))
    assert made == [0, 1, 2, 3, 4]  # the last two are kept
    kept.get(5, make(5, 40))  # 4 was used before 3, so it goes
    kept.get(3, make(3, 40))
    kept.get(4, make(4, 40))
    assert made == [0, 1, 2, 3, 4, 5, 4]
    assert len(kept.get(6, make(6, 101))) == 101  # too large to be kept, and nothing goes for it
    kept.get(4, make(4, 40))
    assert made[-1] == 6


@dataclass
class Folder:
    """Reference photos in a folder, and what enrolment says of them.

    Attributes:
        photos: candidate -> photos.
        refused: names that enrolment refused.
        trouble: what enrolment raises.
        asked: how often enrolment was asked.
    """

    photos: dict[str, tuple[ReferencePhoto, ...]]
    refused: tuple[str, ...] = ()
    trouble: tuple[Exception, ...] = ()
    asked: list[float] = field(default_factory=list)
    election_id: str = ELECTION

    def candidates(self) -> tuple[EnrolledCandidate, ...]:
        self.asked.append(time.monotonic())
        for error in self.trouble:
            raise error
        return tuple(
            EnrolledCandidate(
                who, who.title(), "", 1, tuple(EnrolledPhoto(one.name, one.name not in self.refused) for one in photos)
            )
            for who, photos in self.photos.items()
        )

    def photos_of(self, candidate_id: str) -> tuple[ReferencePhoto, ...]:
        return self.photos.get(candidate_id, ())

    def reference(self, name: str) -> tuple[ReferenceFace, ...]:
        for photo in (photo for photos in self.photos.values() for photo in photos if photo.name == name):
            return (ReferenceFace(photo.path, (100.0, 120.0, 200.0, 240.0) if self.asked and not self.trouble else ()),)
        return ()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    every = [
        ReferencePhoto(f"photos/{path.name}", path)
        for path in sorted((fixtures.ELECTION.parent / "photos").glob("damar-*"))
    ]
    assert len(every) > 1
    return Folder({"damar-wicaksatya": tuple(every)})


def test_reference_photos_come_with_the_face_in_the_middle(database: Database, folder: Folder) -> None:
    pictures = OriginalPictures(database, [folder])
    pictures.learn_faces()
    names = pictures.references(ELECTION, "damar-wicaksatya")
    assert names == tuple(photo.name for photo in folder.photos["damar-wicaksatya"])
    source = pixels(folder.photos["damar-wicaksatya"][0].path.read_bytes())
    face = pixels(pictures.reference(ELECTION, names[0], 264)[0])  # 1.1 of the box's longer side on each side
    assert face.shape == (264, 264, 3)
    left, top = 150 - 132, 180 - 132
    assert np.abs(face - source[top : top + 264, left : left + 264]).mean() < 4
    assert len(folder.asked) == 1


def test_reference_photos_that_enrolment_refused_are_not_laid_beside_a_face(database: Database, folder: Folder) -> None:
    every = tuple(photo.name for photo in folder.photos["damar-wicaksatya"])
    pictures = OriginalPictures(database, [folder])
    for refused, shown in ((every[:1], every[1:]), (every, every)):  # where there are no others they are shown
        folder.refused = refused
        pictures.learn_faces()
        assert pictures.references(ELECTION, "damar-wicaksatya") == shown


@pytest.mark.parametrize("asked", [False, True])
def test_while_faces_are_not_known_reference_photos_come_whole(database: Database, folder: Folder, asked: bool) -> None:
    folder.trouble = (ConfigError(["pemilihan.toml: line 3: expected a name"]),)
    pictures = OriginalPictures(database, [folder])
    if asked:
        pictures.learn_faces()  # what is wrong is told elsewhere
    names = pictures.references(ELECTION, "damar-wicaksatya")
    assert len(folder.asked) == asked
    assert len(names) == len(folder.photos["damar-wicaksatya"])
    whole = pixels(pictures.reference(ELECTION, names[0], 300)[0])
    assert whole.shape == (300, 300, 3)
    source = PillowImage.open(folder.photos["damar-wicaksatya"][0].path)
    margin = (300 - round(300 * source.width / source.height)) // 2
    assert margin > 10
    assert np.abs(whole[:, : margin - 4] - BESIDE).max() < 8
    inside = np.asarray(source.convert("RGB").resize((300 - 2 * margin, 300))).astype(int)
    assert np.abs(whole[:, margin + 4 : 296 - margin] - inside[:, 4:-4]).mean() < 6


def test_what_is_not_at_hand_is_nothing(database: Database, folder: Folder) -> None:
    pictures = OriginalPictures(database, [folder])
    assert pictures.references("pilkada-lain", "damar-wicaksatya") == ()
    assert pictures.references(ELECTION, "orang-lain") == ()
    assert pictures.reference("pilkada-lain", "photos/x.jpg", 100) == ()
    assert pictures.reference(ELECTION, "../../etc/passwd", 100) == ()
    folder.photos["damar-wicaksatya"] = (ReferencePhoto("photos/rusak.jpg", Path(__file__)),)
    assert pictures.reference(ELECTION, "photos/rusak.jpg", 100) == ()
