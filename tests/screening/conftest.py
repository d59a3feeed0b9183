"""A scan without networks: tiny photos, and a stand-in that knows by their bytes who is in them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from candidates.bands import BANDS
from candidates.election import Candidate, Election, ReferencePhoto, Ticket
from candidates.gallery import Enrolled, Gallery, Reference
from candidates.population import Population
from screening.finish import Phase, Summary, no_progress
from screening.known import NOTHING_KNOWN, Background
from screening.memory import NO_MEMORY, Memory
from screening.reading import HandsMode, ScanSettings
from screening.record import PhotoRecord
from screening.rulebook import load_rulebook
from screening.scan import scan
from screening.uploads import Row, find_uploads
from vision.reference_copy import ReferencePicture
from vision.types import Face, FaceQuality, FaceReading, Floats, Hand, HandReading, Photo, PictureReading, Symbol

CANDIDATES = {"sari": 1, "joko": 1, "budi": 2, "wati": 3}
GOOD, POOR = FaceQuality(120.0, 0.9, 0.9, 0.9), FaceQuality(14.0, 0.1, 0.5, 0.02)
SIZE = 128


def election() -> Election:
    symbols = {1: ("one", "like"), 2: ("peace",), 3: ("three", "ok")}
    tickets = []
    for number, shown in symbols.items():
        people = [
            Candidate(name, name.title(), "calon bupati", (ReferencePhoto(f"{name}.jpg", Path(f"{name}.jpg")),))
            for name, ticket in CANDIDATES.items()
            if ticket == number
        ]
        tickets.append(Ticket(number, tuple(people), shown))
    days = date(2018, 2, 12), date(2018, 2, 13), date(2018, 6, 27)
    return Election("contoh", "Contoh", "pilkada-2018", *days, tuple(tickets))


def face(number: int) -> Face:
    x = 10.0 * number
    box = np.array([x, 5, x + 8, 13], np.float32)
    points = np.array([[x + 2, 7], [x + 6, 7], [x + 4, 9], [x + 4, 11], [x, 8], [x + 8, 8]], np.float32)
    return Face(box, points, 0.9)


def hand(owner: Sequence[int], label: str) -> HandReading:
    points = np.array([[20 + i % 5, 30 + i // 5] for i in range(21)], np.float32)
    found = Hand(np.array([20, 30, 24, 34], np.float32), points, np.zeros((21, 3), np.float32), "right", 0.9, 0.95)
    symbols = (Symbol(label, 0.96),) if label and label != "~" else ()
    return HandReading(found, symbols, tuple(owner), readable=label != "~")


@dataclass
class Cast:
    """Stands in for ``vision.analyse.Analyser``: what it sees is what was written down for a photo's bytes."""

    seen: dict[str, tuple[tuple[FaceReading, ...], tuple[HandReading, ...]]] = field(default_factory=dict)
    hands_asked: list[str] = field(default_factory=list)
    pictured: dict[str, PictureReading] = field(default_factory=dict)
    pictures_asked: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    before: Callable[[Photo], None] = lambda _: None

    def read_faces(self, photo: Photo) -> tuple[FaceReading, ...]:
        self.before(photo)
        return self.seen[photo.sha256][0]

    def embed_faces(self, photo: Photo, faces: Sequence[Face]) -> tuple[FaceReading, ...]:
        known = self.seen[photo.sha256][0]
        assert [one.box_xyxy.tolist() for one in faces] == [one.face.box_xyxy.tolist() for one in known]
        self.embedded.append(photo.sha256)
        return known

    def read_hands(self, photo: Photo, faces: Sequence[Face]) -> tuple[HandReading, ...]:
        assert len(faces) == len(self.seen[photo.sha256][0])
        self.hands_asked.append(photo.sha256)
        return self.seen[photo.sha256][1]

    def read_picture(
        self, photo: Photo, faces: Sequence[Face], references: Sequence[Sequence[ReferencePicture]]
    ) -> PictureReading:
        assert len(faces) == len(references) == len(self.seen[photo.sha256][0])
        self.pictures_asked.append(photo.sha256)
        return self.pictured.get(photo.sha256, PictureReading(((),) * len(faces)))

    def reference_picture(self, name: str, path: Path) -> tuple[ReferencePicture, ...]:
        del name, path
        return ()


class Stage:
    """A folder of made-up photos and a scan of it."""

    def __init__(self, folder: Path, cast: Cast) -> None:
        self.folder, self.cast, self.election = folder, cast, election()
        self._random = np.random.default_rng(11)
        common = self._random.normal(size=SIZE)
        # As measured on dlib's templates: length 1.45, most of it common to all, photos of one person 0.3 apart.
        self._common = 1.3 * common / np.linalg.norm(common)
        self._people = {name: self._person() for name in CANDIDATES}
        enrolled = [
            Enrolled(name, name.title(), ticket, tuple(self._reference(name, i) for i in range(3)))
            for name, ticket in CANDIDATES.items()
        ]
        self.gallery = Gallery("made-up", tuple(enrolled))
        self._colours = 0

    def photo(self, path: str, people: str, hands: str = "", exif: bytes = b"") -> Path:
        """``"sari - budi"`` and ``"1:one ?:-"``: who is in it, a dash for a stranger; whose hand shows what."""
        self._colours += 1
        picture = BytesIO()
        colour = (self._colours * 37 % 256, self._colours * 91 % 256, self._colours % 256)
        Image.new("RGB", (64, 48), colour).save(picture, "PNG", **({"exif": exif} if exif else {}))
        data = picture.getvalue()
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        faces = tuple(self._reading(name, i) for i, name in enumerate(people.split()))
        shown = [each.split(":") for each in hands.split()]
        readings = tuple(
            hand(() if owner == "?" else (int(owner),), "" if label == "-" else label) for owner, label in shown
        )
        self.cast.seen["sha256:" + hashlib.sha256(data).hexdigest()] = faces, readings
        return target

    def scan(
        self,
        paths: Sequence[Path] = (),
        hands: HandsMode = HandsMode.AUTO,
        rulebook: str = "pilkada-2018",
        progress: Callable[[Phase, int], None] = no_progress,
        sink: Callable[[PhotoRecord], None] = lambda _: None,
        populations: tuple[Population, ...] = (),
        background: Background = NOTHING_KNOWN,
        memory: Memory = NO_MEMORY,
    ) -> tuple[Summary, list[PhotoRecord]]:
        records: list[PhotoRecord] = []

        class Keep:
            def write(self, row: Row, record: PhotoRecord) -> None:
                assert (row.index, row.path) == (record.index, record.path)
                records.append(record)
                sink(record)

        rows = find_uploads(paths or [self.folder])
        # The fixed limits are dlib's; these made-up templates are as far apart as dlib's are.
        settings = ScanSettings(hands, bands=replace(BANDS, model_id=self.gallery.model_id), populations=populations)
        book = load_rulebook(rulebook)
        summary = scan(
            rows, self.election, self.gallery, book, settings, Keep(), progress, background=background, memory=memory
        )
        return summary, records

    def _person(self) -> Floats:
        return np.asarray(self._common + self._random.normal(size=SIZE) * 0.4 / np.sqrt(SIZE), np.float32)

    def _near(self, person: Floats) -> Floats:
        return np.asarray(person + self._random.normal(size=SIZE) * 0.2 / np.sqrt(SIZE), np.float32)

    def _reference(self, name: str, number: int) -> Reference:
        return Reference(f"{name}-{number}.jpg", f"sha256:{name}{number}", self._near(self._people[name]), GOOD)

    def _reading(self, name: str, number: int) -> FaceReading:
        quality = POOR if name.endswith("~") else GOOD
        known = self._people.get(name.rstrip("~"))
        person = self._person() if known is None else known
        return FaceReading(face(number), quality, self._near(person))


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    cast = Cast()
    monkeypatch.setattr("screening.reading.analyser", lambda *_: cast)
    folder = tmp_path / "foto"
    folder.mkdir()
    return Stage(folder, cast)
