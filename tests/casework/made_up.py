"""Scans of made-up photos into a case database, without networks: a stand-in takes the Analyser's place.

``StandIn`` needs no list of who is in a photo: it follows from the photo's hash, so that it is the same in every
process. ``Office`` scans with either of the two stand-ins.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from sqlalchemy import select

from candidates.bands import BANDS
from candidates.election import Election
from candidates.gallery import Enrolled, Gallery, Reference
from casework.database import Database
from casework.runs import ScanAbout
from casework.store import CaseScan
from casework.tables import metadata
from screening.finish import Phase, Summary, no_progress
from screening.keys import scan_keys
from screening.known import NOTHING_KNOWN, Background
from screening.reading import HandsMode, ScanSettings
from screening.record import PhotoRecord
from screening.rulebook import Rulebook, load_rulebook
from screening.scan import scan
from screening.uploads import Row, find_uploads
from tests.screening.conftest import CANDIDATES, GOOD, POOR, SIZE, election, face, hand
from vision.fingerprint import Fingerprint
from vision.reference_copy import ReferencePicture
from vision.types import Face, FaceReading, Floats, HandReading, Photo, PictureReading

_LABELS = ("one", "peace", "three", "fist", "~", "")


def _unit(name: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big"))


@cache
def _person(name: str) -> Floats:
    common = _unit("common").normal(size=SIZE)
    common *= 1.3 / np.linalg.norm(common)
    return np.asarray(common + _unit(name).normal(size=SIZE) * 0.4 / np.sqrt(SIZE), np.float32)


def _seen(name: str, where: str) -> Floats:
    return np.asarray(_person(name) + _unit(f"{name} {where}").normal(size=SIZE) * 0.2 / np.sqrt(SIZE), np.float32)


def made_up_gallery(people: Iterable[str] = tuple(CANDIDATES)) -> Gallery:
    return Gallery(
        "made-up",
        tuple(
            Enrolled(
                name,
                name.title(),
                CANDIDATES[name],
                tuple(
                    Reference(f"{name}-{i}.jpg", f"sha256:{name}{i}", _seen(name, f"reference {i}"), GOOD)
                    for i in range(3)
                ),
            )
            for name in people
        ),
    )


@dataclass
class StandIn:
    """Sees in a photo what its hash says: 0 to 4 people, one in five a candidate, one in eight too poor to compare."""

    code: str = "stand-in 1"
    detected: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)
    hands_read: list[str] = field(default_factory=list)
    before: Callable[[Photo], None] = lambda _: None

    @property
    def sight_id(self) -> str:
        return self.code

    @property
    def model_id(self) -> str:
        return "made-up"

    @property
    def models(self) -> dict[str, str]:
        return {"stand-in": "sha256:" + hashlib.sha256(self.code.encode()).hexdigest()}

    def read_faces(self, photo: Photo) -> tuple[FaceReading, ...]:
        self.before(photo)
        self.detected.append(photo.sha256)
        return self._faces(photo.sha256)

    def embed_faces(self, photo: Photo, faces: Sequence[Face]) -> tuple[FaceReading, ...]:
        known = self._faces(photo.sha256)
        assert [one.box_xyxy.tolist() for one in faces] == [one.face.box_xyxy.tolist() for one in known]
        self.embedded.append(photo.sha256)
        return known

    def read_hands(self, photo: Photo, faces: Sequence[Face]) -> tuple[HandReading, ...]:
        self.hands_read.append(photo.sha256)
        rng = _unit(f"hands {photo.sha256}")
        return tuple(hand((int(rng.integers(len(faces))),), str(rng.choice(_LABELS))) for _ in faces)

    def read_picture(
        self, photo: Photo, faces: Sequence[Face], references: Sequence[Sequence[ReferencePicture]]
    ) -> PictureReading:
        del photo, references
        return PictureReading(((),) * len(faces))

    def reference_picture(self, name: str, path: Path) -> tuple[ReferencePicture, ...]:
        del name, path
        return ()

    def _faces(self, sha256: str) -> tuple[FaceReading, ...]:
        rng = _unit(f"people {sha256}")
        found = []
        for number in range(int(rng.integers(0, 5))):
            stranger = f"stranger {rng.integers(300)}"
            name = str(rng.choice(list(CANDIDATES))) if rng.random() < 0.2 else stranger
            quality = POOR if rng.random() < 0.125 else GOOD
            found.append(FaceReading(face(number), quality, _seen(name, sha256)))
        return tuple(found)


def quick_fingerprint(photo: Photo, faces: Sequence[Face]) -> Fingerprint:
    """Of the photo's hash: as different from every other as can be."""
    del faces
    digest = hashlib.sha256(photo.sha256.encode()).digest()
    return Fingerprint(digest, 100, b"")


def nothing_asked(*_: object) -> str:
    """Nobody asks whether these few pixels are a picture of somebody."""
    return ""


def made_up_photo(path: Path, number: int) -> Path:
    """A photo that no other number has."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = BytesIO()
    pixels = np.random.default_rng(number).integers(0, 255, (16, 16, 3), np.uint8)
    Image.fromarray(pixels).save(data, "PNG")
    path.write_bytes(data.getvalue())
    return path


@dataclass
class Office:
    """Scans one folder into one database.

    Attributes:
        records: of the last scan.
    """

    database: Database
    folder: Path
    election: Election = field(default_factory=election)
    gallery: Gallery = field(default_factory=made_up_gallery)
    hands: HandsMode = HandsMode.AUTO
    book: Rulebook = field(default_factory=lambda: load_rulebook("pilkada-2018"))
    background: Background = NOTHING_KNOWN
    rehash: bool = False
    progress: Callable[[Phase, int], None] = no_progress
    records: list[PhotoRecord] = field(default_factory=list)

    @property
    def settings(self) -> ScanSettings:
        return ScanSettings(self.hands, bands=replace(BANDS, model_id=self.gallery.model_id))

    def about(self) -> ScanAbout:
        keys = scan_keys(self.election, self.gallery, self.book, self.settings)
        return ScanAbout(self.election, self.gallery, self.book, keys, (str(self.folder),), operator="petugas")

    def scan(self, paths: Sequence[Path] = ()) -> Summary:
        settings, kept = self.settings, self.records
        kept.clear()
        with CaseScan(self.database, self.about(), settings.limits.max_bytes, rehash=self.rehash) as case:

            class Both:
                def write(self, row: Row, record: PhotoRecord) -> None:
                    kept.append(record)
                    case.write(row, record)

            summary = scan(
                find_uploads(paths or [self.folder]),
                self.election,
                self.gallery,
                self.book,
                settings,
                Both(),
                self.progress,
                self.background,
                memory=case,
            )
            case.finish(summary)
        return summary

    def rows(self, table: str) -> list[dict[str, Any]]:
        with self.database.read() as connection:
            found = metadata.tables[table]
            query = select(found).order_by(*found.primary_key.columns)
            return [dict(row._asdict()) for row in connection.execute(query)]


def said(record: PhotoRecord) -> dict[str, Any]:
    """A record without what it rests on."""
    line: dict[str, Any] = json.loads(record.to_json())
    line.pop("run")
    return line
