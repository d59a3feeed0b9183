"""What the page asks of whoever can read photos, keep reference photos and write packages: this room can do neither.

``console.review`` gives it all three.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Pictures(Protocol):
    """Pixels of photos in the database, as JPEG, upright, without metadata."""

    def photo(self, sha256: str, longest: int) -> bytes:
        """The whole photo.

        Args:
            sha256: ``sha256:`` and hex digits.
            longest: pixels of the longer side; smaller photos stay as they are.

        Raises:
            PhotoError: no original is there any more, it has changed, or it cannot be read.
        """

    def crop(self, sha256: str, box_xywh: Sequence[float], around: float, side: int) -> bytes:
        """A square around a box.

        Args:
            sha256: of the photo.
            box_xywh: ``[x, y, width, height]``, pixels of the full upright photo.
            around: how much more is shown on each side, in shares of the box's longer side.
            side: pixels of the square.

        Raises:
            PhotoError: as ``photo``.
        """

    def references(self, election_id: str, candidate_id: str) -> tuple[str, ...]:
        """Names of a candidate's reference photos; none where the election file is not at hand."""

    def reference(self, election_id: str, name: str, side: int) -> tuple[bytes, ...]:
        """A reference photo by its name, its face in the middle; none where it is not at hand or cannot be read."""


@dataclass(frozen=True, slots=True)
class EnrolledPhoto:
    """A reference photo.

    Attributes:
        name: as the election file calls it.
        usable: faces are compared with it.
        remarks: what is wrong or weak about it, as pairs of Indonesian and English.
    """

    name: str
    usable: bool
    remarks: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class EnrolledCandidate:
    """A candidate of an election file.

    Attributes:
        id, name, office, ticket: as the file has them.
        photos: in file order.
        remarks: about the candidate rather than one photo, as pairs of Indonesian and English.
    """

    id: str
    name: str
    office: str
    ticket: int
    photos: tuple[EnrolledPhoto, ...]
    remarks: tuple[tuple[str, str], ...] = ()


class CheckedPhoto(Protocol):
    """A photo that was looked at and is not kept yet."""

    @property
    def photo(self) -> EnrolledPhoto:
        """What would become of it; where it is not usable it cannot be kept, and its remarks say why."""

    @property
    def sha256(self) -> str:
        """Of its bytes: ``sha256:`` and hex digits."""

    def keep(self) -> str:
        """Write it into the election's folder and name it in the election's file.

        Returns:
            The name of the copy of the election file as it was before, which lies beside it.

        Raises:
            OutputError: it cannot be written; nothing has changed.
        """


class Enrolment(Protocol):
    """The reference photos of one election file."""

    @property
    def election_id(self) -> str:
        """Of the election."""

    @property
    def election_name(self) -> str:
        """Of the election."""

    def candidates(self) -> tuple[EnrolledCandidate, ...]:
        """Everybody, with their photos as they are now.

        Raises:
            ConfigError: the election file has mistakes by now.
        """

    def checked(self, candidate_id: str, data: bytes) -> AbstractContextManager[CheckedPhoto]:
        """Look at a photo that somebody would like to add, within the same limits as scanned photos.

        One at a time: while this is entered, nobody else's photo is looked at. If what is done inside fails, a photo
        that was kept is taken back.

        Raises:
            ConfigError: the election file has mistakes by now.
            UsageError: no such candidate.
            OutputError: the election's folder cannot be written to.
        """


@dataclass(frozen=True, slots=True)
class Package:
    """A package that was written.

    Attributes:
        place: its folder.
        photos, findings: how many are in it.
        missing: originals that are not.
    """

    place: Path
    photos: int
    findings: int
    missing: int


class Packages(Protocol):
    """Writes packages of cases."""

    def export(self, number: str, actor: str, reason: str, *, allow_missing: bool) -> Package:
        """Write a case's package into the folder that the page was started with.

        Raises:
            UsageError: no such case, no reason, or originals are missing or changed.
            OutputError: it cannot be written.
        """
