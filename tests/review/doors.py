"""Stand-ins for what the page asks of other rooms: grey pixels, nothing kept, nothing written."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from netra.errors import UsageError
from review.doors import EnrolledCandidate, EnrolledPhoto, Package
from tests.casework.export_samples import DOT


@dataclass
class DotPictures:
    """One grey pixel for every picture.

    Attributes:
        asked: what was asked for, in order.
        reference_names: ends of the names of every candidate's reference photos.
    """

    asked: list[tuple[object, ...]] = field(default_factory=list)
    reference_names: tuple[str, ...] = ("photos/satu.jpg", "photos/dua.jpg")

    def photo(self, sha256: str, longest: int) -> bytes:
        self.asked.append(("photo", sha256, longest))
        return DOT

    def crop(self, sha256: str, box_xywh: Sequence[float], around: float, side: int) -> bytes:
        self.asked.append(("crop", sha256, tuple(box_xywh), around, side))
        return DOT

    def references(self, election_id: str, candidate_id: str) -> tuple[str, ...]:
        self.asked.append(("references", election_id, candidate_id))
        return tuple(f"photos/{candidate_id}-{Path(name).name}" for name in self.reference_names)

    def reference(self, election_id: str, name: str, side: int) -> tuple[bytes, ...]:
        self.asked.append(("reference", election_id, name, side))
        return (DOT,)


@dataclass
class PaperEnrolment:
    """An election file that is only in memory.

    Attributes:
        people: the candidates.
        added: what was kept: candidate, name, size.
    """

    election_id: str
    election_name: str
    people: tuple[EnrolledCandidate, ...]
    added: list[tuple[str, str, int]] = field(default_factory=list)

    def candidates(self) -> tuple[EnrolledCandidate, ...]:
        return self.people

    @contextmanager
    def checked(self, candidate_id: str, data: bytes) -> Iterator["PaperPhoto"]:
        if not any(one.id == candidate_id for one in self.people):
            raise UsageError(f"{candidate_id}: there is no such candidate")
        yield PaperPhoto(self, candidate_id, data)


@dataclass
class PaperPhoto:
    """A photo that is good enough whatever it is."""

    enrolment: PaperEnrolment
    candidate_id: str
    data: bytes

    @property
    def photo(self) -> EnrolledPhoto:
        return EnrolledPhoto(f"photos/{self.candidate_id}/baru.jpg", usable=True)

    @property
    def sha256(self) -> str:
        return "sha256:" + hashlib.sha256(self.data).hexdigest()

    def keep(self) -> str:
        self.enrolment.added.append((self.candidate_id, self.photo.name, len(self.data)))
        return "pemilihan.toml.lama"


@dataclass
class PaperPackages:
    """Writes nothing.

    Attributes:
        written: number, actor, reason of each.
    """

    folder: Path
    written: list[tuple[str, str, str]] = field(default_factory=list)

    def export(self, number: str, actor: str, reason: str, *, allow_missing: bool) -> Package:
        del allow_missing
        self.written.append((number, actor, reason))
        return Package(self.folder / "paket-contoh", 1, 1, 0)
