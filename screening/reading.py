"""What a worker does with one file: decode it once, read its faces, and its hands where they may be needed."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from candidates.bands import BANDS, BandTable
from candidates.gallery import Gallery
from candidates.population import Population
from netra.errors import PhotoError, PhotoErrorKind
from screening.gate import Gate
from screening.pictures import CandidatePhotos, references_of
from screening.uploads import Upload, open_upload
from vision.engine import weights
from vision.exif import NO_EXIF, ExifFacts
from vision.face_model import FaceModel
from vision.fingerprint import Fingerprint, fingerprint
from vision.photo_file import refusal, too_little_memory
from vision.photo_limits import DEFAULT_LIMITS, LONGEST_SIDE, PhotoLimits
from vision.types import Face, FaceReading, Floats, HandReading, PictureReading

if TYPE_CHECKING:
    from vision.analyse import Analyser

_T = TypeVar("_T")
_GATES: dict[tuple[str, tuple[str, ...], float], Gate] = {}


class HandsMode(StrEnum):
    """When hands are searched."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """What a scan may be told.

    Attributes:
        hands: when hands are searched.
        workers: processes that read photos, at least 1.
        limits: what a photo may cost.
        bands: the limits of similarity.
        face_models: the user's own face model, or none for the one that comes with netra.
        populations: one to see similarity against instead of the scan's own, or none.
    """

    hands: HandsMode = HandsMode.AUTO
    workers: int = 1
    limits: PhotoLimits = DEFAULT_LIMITS
    bands: BandTable = BANDS
    face_models: tuple[FaceModel, ...] = ()
    populations: tuple[Population, ...] = ()

    def __post_init__(self) -> None:
        if self.workers < 1:
            raise ValueError(f"workers: expected 1 or more, got {self.workers}")
        if len(self.populations) > 1:
            raise ValueError(f"populations: expected one at most, got {len(self.populations)}")
        if len(self.face_models) > 1:
            raise ValueError(f"face_models: expected one at most, got {len(self.face_models)}")


@dataclass(frozen=True, slots=True, eq=False)
class ReadPlan:
    """What every worker is told once.

    Attributes:
        limits: what a photo may cost.
        hands_everywhere: search hands in every photo.
        gate: where not everywhere: search them at once in photos with a face this similar to a candidate, seen from
            the faces the worker has met so far; the scan asks again for a photo that needs hands after all.
        galleries: the gallery for the gate, or none where hands are not gated.
        face_models: as in ``ScanSettings``.
        candidates: the reference photos of every candidate, to be found again in photos.
    """

    limits: PhotoLimits
    hands_everywhere: bool
    gate: float
    galleries: tuple[Gallery, ...]
    face_models: tuple[FaceModel, ...] = ()
    candidates: tuple[CandidatePhotos, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PhotoReading:
    """What a worker found in one file. It holds templates, so it stays in memory.

    Attributes:
        faces: largest first.
        hands: empty where ``hands_searched`` is False.
        exif: as ``Photo`` has it.
        fingerprints: one, to know the photo again.
    """

    sha256: str
    width: int
    height: int
    faces: tuple[FaceReading, ...]
    hands: tuple[HandReading, ...]
    hands_searched: bool
    exif: ExifFacts = NO_EXIF
    fingerprints: tuple[Fingerprint, ...] = ()

    @property
    def templates(self) -> Floats:
        """(N, D) float32, one row a face."""
        return np.array([reading.template for reading in self.faces], np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Earlier:
    """What was read of a photo before, by the same networks: it need not be looked for again.

    Attributes:
        sha256: of the photo; other bytes are read anew.
        faces: every one, in its order.
        hands: as they were read; nothing where they were not searched.
        hands_searched: whether they were.
    """

    sha256: str
    faces: tuple[Face, ...]
    hands: tuple[HandReading, ...]
    hands_searched: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be read."""

    kind: PhotoErrorKind
    message: str

    @classmethod
    def of(cls, error: PhotoError) -> "Failure":
        """What an error says."""
        return cls(error.kind, str(error))


def analyser(face_models: tuple[FaceModel, ...] = ()) -> "Analyser":
    """This process's networks, one thread each; loaded at the first photo.

    Args:
        face_models: the user's own face model, or none for the one that comes with netra.
    """
    return _analyser(face_models)


@lru_cache(maxsize=2)  # a command uses one; networks of several are many megabytes
def _analyser(face_models: tuple[FaceModel, ...]) -> "Analyser":
    from vision.analyse import Analyser

    return Analyser(threads=1, face_models=face_models)


def read_photo(upload: Upload, plan: ReadPlan, earlier: tuple[Earlier, ...] = ()) -> PhotoReading | Failure:
    """Decode one photo and read it as the plan says; what is wrong with the file is an outcome, not an exception.

    Args:
        upload: the file.
        plan: how.
        earlier: what was read of it before, or nothing: then faces are only embedded again.
    """

    def read() -> PhotoReading:
        eyes = analyser(plan.face_models)
        photo = open_upload(upload, plan.limits, LONGEST_SIDE)
        known = [one for one in earlier if one.sha256 == photo.sha256]
        faces = eyes.embed_faces(photo, known[0].faces) if known else eyes.read_faces(photo)
        search = plan.hands_everywhere or _may_hold_candidate(faces, plan)
        if known and known[0].hands_searched:
            hands, search = known[0].hands, True
        else:
            hands = eyes.read_hands(photo, [reading.face for reading in faces]) if search else ()
        known_again = (fingerprint(photo, [reading.face for reading in faces]),)
        return PhotoReading(photo.sha256, photo.width, photo.height, faces, hands, search, photo.exif, known_again)

    return _outcome(upload, read)


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What a photo is opened for once more.

    Attributes:
        sha256: of the photo whose faces were read.
        faces: every one, in its order.
        hands: read its hands, which the plan had left out.
        candidates: for each face the id of the candidate it looks like, or empty: tell pictures from people; none
            where that is not asked.
    """

    upload: Upload
    sha256: str
    faces: tuple[Face, ...]
    hands: bool
    candidates: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.candidates) not in (0, len(self.faces)):
            raise ValueError(f"candidates: expected one for each of {len(self.faces)} faces, got {self.candidates}")


@dataclass(frozen=True, slots=True, eq=False)
class SecondLook:
    """What was found: hands where they were asked for, and one picture reading, or none."""

    hands: tuple[HandReading, ...] = ()
    pictures: tuple[PictureReading, ...] = ()


def look_again(wanted: Wanted, plan: ReadPlan) -> SecondLook | Failure:
    """Decode a photo once more, for what its sightings ask for.

    The file must still be the one whose faces were read.
    """

    def read() -> SecondLook:
        photo = open_upload(wanted.upload, plan.limits, LONGEST_SIDE)
        if photo.sha256 != wanted.sha256:
            what = "the file changed while it was scanned"
            raise refusal(PhotoErrorKind.VANISHED, wanted.upload.path, what, "Scan it again")
        eyes = analyser(plan.face_models)
        hands = eyes.read_hands(photo, wanted.faces) if wanted.hands else ()
        if not wanted.candidates:
            return SecondLook(hands)
        references = references_of(wanted.candidates, plan.candidates, plan.face_models)
        return SecondLook(hands, (eyes.read_picture(photo, wanted.faces, references),))

    return _outcome(wanted.upload, read)


def _outcome(upload: Upload, read: Callable[[], _T]) -> _T | Failure:
    try:
        return read()
    except PhotoError as error:
        return Failure.of(error)
    except MemoryError:
        return Failure.of(too_little_memory(upload.path))


def _may_hold_candidate(faces: tuple[FaceReading, ...], plan: ReadPlan) -> bool:
    if not plan.galleries:
        return False
    gallery = plan.galleries[0]
    key = (gallery.model_id, tuple(person.id for person in gallery.people), plan.gate)
    if key not in _GATES:
        _GATES.clear()  # a worker serves one scan at a time
        _GATES[key] = Gate(gallery, plan.gate)
    good = [reading.template for reading in faces if reading.quality.assessable]  # of the others none can be sighted
    return _GATES[key].may_hold_candidate(np.array(good, np.float32))


def about_face_model(face_models: tuple[FaceModel, ...]) -> dict[str, str]:
    """What a record keeps of the face model in use: file, sha256, name, licence, source."""
    for model in face_models:
        return model.about()
    shipped = weights.FACE_EMBEDDER
    file = PurePosixPath(shipped.inside)
    return {
        "file": file.name,
        "sha256": "sha256:" + shipped.sha256,
        "name": file.stem,
        "licence": shipped.licence,
        "source": shipped.source,
    }


def default_workers() -> int:
    """As many as there are processors, at most 8: each may take up to 1 GiB of memory."""
    return max(1, min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1))
