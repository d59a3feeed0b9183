"""Looks at photos with a sighting once more: is the candidate there, or a picture of the candidate?

Reference photos of candidates are read once in each worker, when a photo first asks for them.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from candidates.election import Election, ReferencePhoto
from candidates.match import Sighting
from netra.errors import PhotoError
from screening.scene import Layout, Scene
from vision.face_model import FaceModel
from vision.types import Depiction, DepictionKind, Face, HandReading, PhotoLayout, PictureReading

if TYPE_CHECKING:
    from vision.reference_copy import ReferencePicture

VERSION = 3
"""Of how pictures are told from people; what another one told is looked at again."""


@dataclass(frozen=True, slots=True)
class CandidatePhotos:
    """A candidate's reference photos.

    Attributes:
        candidate: id.
        photos: as the election file names them.
        key: changes with the files.
    """

    candidate: str
    photos: tuple[ReferencePhoto, ...]
    key: str


@dataclass(frozen=True, slots=True, eq=False)
class Pictured:
    """Which faces of a photo are pictures, as far as was asked.

    Attributes:
        asked: what was asked, as ``question`` says it; the answer to another question does not count.
        reading: the answer.
    """

    asked: str
    reading: PictureReading

    def to_json(self) -> str:
        """For keeping."""
        layout = self.reading.layout
        return json.dumps(
            {
                "asked": self.asked,
                "faces": [[_kept(each) for each in found] for found in self.reading.depictions],
                "screenshot": layout.screenshot,
                "panels": [box.tolist() for box in layout.panels_xyxy],
            },
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "Pictured":
        """What ``to_json`` made.

        Raises:
            ValueError, LookupError, TypeError: the text is something else.
        """
        told: dict[str, Any] = json.loads(text)
        found = tuple(
            tuple(
                Depiction(DepictionKind(kind), np.array(quad, np.float32), score, reference)
                for kind, quad, score, reference in face
            )
            for face in told["faces"]
        )
        layout = PhotoLayout(told["screenshot"], tuple(np.array(box, np.float32) for box in told["panels"]))
        return cls(told["asked"], PictureReading(found, layout))


def _kept(depiction: Depiction) -> list[Any]:
    return [depiction.kind.value, depiction.quad_xy.tolist(), depiction.score, depiction.reference]


def candidate_photos(election: Election) -> tuple[CandidatePhotos, ...]:
    """The reference photos of every candidate; not those of decoys, who are never reported."""
    return tuple(
        CandidatePhotos(candidate.id, candidate.photos, _key(candidate.photos))
        for ticket in election.tickets
        for candidate in ticket.candidates
    )


def _key(photos: Sequence[ReferencePhoto]) -> str:
    digest = hashlib.sha256()
    for photo in photos:
        try:
            stat = photo.path.stat()
            digest.update(f"{photo.name}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode(errors="surrogateescape"))
        except OSError:  # it is gone since it was enrolled: it cannot be found again in a photo
            digest.update(f"{photo.name}\0\n".encode(errors="surrogateescape"))
    return digest.hexdigest()[:16]


def question(sightings: Sequence[tuple[Sighting, ...]], photos: Sequence[CandidatePhotos]) -> str:
    """What is asked of a photo: whose face looks like whom, with which reference photos. Empty: nothing is asked."""
    if not any(sightings):
        return ""
    keys = {each.candidate: each.key for each in photos}
    who = [f"{one.candidate}:{keys.get(one.candidate, '')}" for seen in sightings for one in seen[:1] or ()]
    places = [str(i) for i, seen in enumerate(sightings) if seen]
    return f"{VERSION} " + " ".join(f"{place}={name}" for place, name in zip(places, who, strict=True))


@lru_cache(maxsize=256)
def _pictures(photos: CandidatePhotos, face_models: tuple[FaceModel, ...]) -> "tuple[ReferencePicture, ...]":
    from screening.reading import analyser

    eyes = analyser(face_models)
    found: list[ReferencePicture] = []
    for photo in photos.photos:
        try:
            found += eyes.reference_picture(photo.name, photo.path)
        except PhotoError:  # enrolment has told of it; it cannot be found again in a photo
            continue
    return tuple(found)


def references_of(
    candidates: Sequence[str], photos: Sequence[CandidatePhotos], face_models: tuple[FaceModel, ...]
) -> "tuple[tuple[ReferencePicture, ...], ...]":
    """For each face the reference photos of its candidate, none for an empty name."""
    by_id = {each.candidate: each for each in photos}
    return tuple(_pictures(by_id[name], face_models) if name in by_id else () for name in candidates)


def scene_of(
    sightings: Sequence[tuple[Sighting, ...]],
    faces: Sequence[Face],
    assessable: Sequence[bool],
    hands: Sequence[HandReading],
    hands_searched: bool,
    readings: Sequence[PictureReading],
) -> Scene:
    """A photo as the rules see it: who is there, who is a picture, who is in which part of it.

    Args:
        sightings: for each face its sighting, or none.
        faces: all of the photo.
        assessable: for each face whether it could be compared.
        hands: as vision read them.
        hands_searched: whether they were looked for.
        readings: what pictures were found, or nothing where that was not asked.
    """
    for reading in readings:
        panels = reading.layout
        return Scene.of(
            sightings,
            hands,
            hands_searched,
            assessable,
            depicted=[bool(each) for each in reading.depictions],
            panels=[panels.panel_of(each.box_xyxy) for each in faces],
            hand_panels=[panels.panel_of(each.hand.box_xyxy) for each in hands],
            layout=Layout(panels.screenshot, max(1, len(panels.panels_xyxy))),
        )
    return Scene.of(sightings, hands, hands_searched, assessable)
