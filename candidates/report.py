"""What enrolment has to say: one row a photo, each with remarks that an officer can act on."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from candidates.gallery import Gallery
from netra.errors import ConfigError
from vision.types import FaceQuality


class Severity(StrEnum):
    """How much a remark matters."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class RemarkKind(StrEnum):
    """What a remark is about, for programs; people read the text."""

    UNREADABLE = "unreadable"
    NO_FACE = "no-face"
    SEVERAL_FACES = "several-faces"
    SMALL_FACE = "small-face"
    BLURRED = "blurred"
    TURNED_AWAY = "turned-away"
    COVERED = "covered"
    REPEATED = "repeated"
    SHARED = "shared"
    UNLIKE_THE_OTHERS = "unlike-the-others"
    ALIKE = "alike"
    ONE_PHOTO = "one-photo"
    NO_PHOTO = "no-photo"
    FEW_PEOPLE = "few-people"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to know.

    Attributes:
        severity: an error keeps a scan from starting; a warning is to be looked at; a note is good to know.
        kind: what it is about.
        text: a plain sentence or two: what is wrong, and what to do.
        about: what ``text`` says besides the kind, in no language: names, files, and numbers such as ``31 < 48``; of
            an unreadable photo the value of its ``PhotoErrorKind``.
    """

    severity: Severity
    kind: RemarkKind
    text: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFace:
    """The one face of a reference photo: where it is and how well it can be compared.

    Attributes:
        box_xyxy: x0, y0, x1, y1 in pixels of the full upright photo.
        quality: of the face.
    """

    box_xyxy: tuple[float, float, float, float]
    quality: FaceQuality


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """What became of one reference photo.

    Attributes:
        person: id of the candidate or decoy.
        photo: the photo's name in the election file.
        accepted: whether its face is used.
        faces: its face; none where it has no face, or several.
        remarks: why it was refused, or what to know of it.
        path: where the photo is.
        sha256: of its bytes as they were read, as in ``Reference``; empty where they could not be.
    """

    person: str
    photo: str
    accepted: bool
    faces: tuple[FoundFace, ...] = ()
    remarks: tuple[Remark, ...] = ()
    path: Path = Path()
    sha256: str = ""

    def __post_init__(self) -> None:
        if len(self.faces) > 1 or (self.accepted and not self.faces):
            raise ValueError(f"{self.photo}: expected one face, or none where it is refused, got {len(self.faces)}")
        if not self.accepted and not self.remarks:
            raise ValueError(f"{self.photo}: expected a reason for refusing it, got none")


@dataclass(frozen=True, slots=True)
class EnrolmentReport:
    """Everything enrolment found.

    Attributes:
        rows: one for each photo of each person, in file order.
        remarks: about people rather than photos.
    """

    rows: tuple[PhotoRow, ...]
    remarks: tuple[Remark, ...]

    def of(self, severity: Severity) -> tuple[str, ...]:
        """The texts of one severity: photos first, each with its person and name, then people."""
        photos = [
            f"{row.person}: {row.photo}: {remark.text}"
            for row in self.rows
            for remark in row.remarks
            if remark.severity == severity
        ]
        return (*photos, *(remark.text for remark in self.remarks if remark.severity == severity))


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The outcome of enrolling an election.

    Attributes:
        report: what was accepted and refused, and why.
        galleries: the gallery, or none where no candidate has a usable photo.
    """

    report: EnrolmentReport
    galleries: tuple[Gallery, ...]

    def gallery(self) -> Gallery:
        """The gallery, for a scan.

        Raises:
            netra.errors.ConfigError: the report has an error, such as a candidate without a usable photo; each
                refused photo of it is named too.
        """
        if problems := self.report.of(Severity.ERROR):
            raise ConfigError(problems)
        return self.galleries[0]
