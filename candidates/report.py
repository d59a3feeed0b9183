"""What enrolment has to say: one row a photo, each with remarks that an officer can act on."""

from dataclasses import dataclass
from enum import StrEnum

from candidates.gallery import Gallery
from netra.errors import ConfigError


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
    """

    severity: Severity
    kind: RemarkKind
    text: str


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """What became of one reference photo.

    Attributes:
        person: id of the candidate or decoy.
        photo: the photo's name in the election file.
        accepted: whether its face is used.
        quality: of its face, 0 to 1; 0 where there is no face to judge.
        remarks: why it was refused, or what to know of it.
    """

    person: str
    photo: str
    accepted: bool
    quality: float
    remarks: tuple[Remark, ...] = ()

    def __post_init__(self) -> None:
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
