"""Everything that an export holds, as plain values: read from the database once, in one view of it.

What lies in files (photos) is named here and read by ``casework.export.originals``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from casework.case_file import CaseFile
from netra.errors import UsageError
from screening.upload_facts import UploadFacts


class ExportError(UsageError):
    """An export cannot be made as it was asked for; the message says what to do."""


class Scope(StrEnum):
    """What is exported."""

    CASE = "case"
    RUN = "run"


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One file that held a photo.

    Attributes:
        number: of the upload in the database.
        place: where the file lies: an absolute path; of a member of an archive, the archive's path and its name.
        path: as it was named.
        sha256: of its content.
        size_bytes, mtime_ns: of the file when it was scanned.
        facts: what is known of the upload.
        gone: it was deleted by retention.
    """

    number: int
    place: str
    path: str
    sha256: str
    size_bytes: int
    mtime_ns: int
    facts: UploadFacts = field(default_factory=UploadFacts)
    gone: bool = False


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo, by its content.

    Attributes:
        number: of the photo in the database.
        sha256: ``sha256:`` and 64 hex digits.
        width, height: pixels of the full upright photo.
        uploads: every file that held it.
        copy_group: number of the group of copies it is in, or 0.
        copy_relation: what kind of copy it is, or empty.
    """

    number: int
    sha256: str
    size_bytes: int
    width: int
    height: int
    uploads: tuple[UploadRow, ...]
    copy_group: int = 0
    copy_relation: str = ""
    exif: Mapping[str, Any] = field(default_factory=dict)

    @property
    def digits(self) -> str:
        """The 64 hex digits alone."""
        return self.sha256.rpartition(":")[2]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided; one that was taken back stays, with the row that took it back.

    Attributes:
        round: 1 for the first reviewer, 2 for the second.
        undoes: the decision that this row takes back, or 0.
        snapshot: the finding as it was decided.
    """

    number: int
    finding: int
    reviewer: str
    decided_at: str
    round: int
    decision: str
    reason_code: str = ""
    note: str = ""
    undoes: int = 0
    snapshot: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with what it rests on and what people decided.

    Attributes:
        detail: as in the record, ``netra.photo/1``.
        record: the whole line of the photo that it comes from, as it was written.
        run: number of the run whose evaluation it is.
        current: the latest evaluation still makes it.
        changed: it says something else than when somebody decided.
    """

    number: int
    sha256: str
    ticket: int
    category: str
    strength: str
    state: str
    detail: Mapping[str, Any]
    record: str
    run: int
    current: bool = True
    changed: bool = False
    decisions: tuple[Decision, ...] = ()

    @property
    def standing(self) -> tuple[Decision, ...]:
        """The decisions that nobody took back; of each reviewer the last word."""
        undone = {one.undoes for one in self.decisions if one.undoes}
        valid = [one for one in self.decisions if not one.undoes and one.number not in undone]
        return tuple({one.reviewer: one for one in valid}.values())


@dataclass(frozen=True, slots=True)
class MarkRow:
    """What a reviewer saw in a photo that netra did not; one that was taken back stays and says when.

    Attributes:
        sha256: of the photo.
        finding: on whose page it was made, or 0.
        kind: face, hand or depiction.
        box: ``(x, y, width, height)``, pixels of the full upright photo.
        candidate, symbol: whose face and which sign they say it is; may be empty.
    """

    number: int
    sha256: str
    finding: int
    kind: str
    box: tuple[float, ...]
    candidate: str
    symbol: str
    note: str
    made_by: str
    made_at: str
    removed_at: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """What a run looked through, found or not: a finding is read beside all that showed nothing.

    Attributes:
        photos: evaluated photos.
        with_sighting: of these, with somebody who looks like a candidate.
        people: faces in them.
        cannot_assess: of these, too poor to be compared.
        bands: (candidate, band) -> how many sightings.
    """

    photos: int = 0
    with_sighting: int = 0
    people: int = 0
    cannot_assess: int = 0
    bands: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A scan: when, of what, with which models and settings.

    Attributes:
        about: what its records say of it under ``run``.
        models: file name -> sha256.
        counts: seen, ok, unreadable, duplicate, skipped, people, hands, findings.
    """

    number: int
    election_id: str
    started_at: str
    finished_at: str
    state: str
    operator: str = ""
    roots: tuple[str, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    models: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=dict)
    searched: Searched = Searched()


@dataclass(frozen=True, slots=True)
class CandidateName:
    """A candidate as the election file names them."""

    id: str
    name: str
    office: str
    ticket: int


@dataclass(frozen=True, slots=True)
class ElectionRow:
    """The election with its rulebook, as the database keeps them."""

    id: str
    name: str
    rulebook: str
    about: Mapping[str, Any] = field(default_factory=dict)
    rulebook_about: Mapping[str, Any] = field(default_factory=dict)
    election_hash: str = ""
    rulebook_hash: str = ""
    candidates: tuple[CandidateName, ...] = ()

    def name_of(self, candidate: str) -> str:
        """A candidate's name; the id where the election file no longer has them."""
        return next((one.name for one in self.candidates if one.id == candidate), candidate)


@dataclass(frozen=True, slots=True)
class CustodyRow:
    """An entry of the audit log that is about something in this export."""

    number: int
    at: str
    local: str
    actor: str
    action: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """All of it.

    Attributes:
        scope: a case or a run.
        number: of the case as the office calls it, or ``run-`` and the run's number.
        case: one, of a case; none of a run.
        runs: those that the findings come from, by number.
        photos: those with a finding, by their first finding.
        copies: other photos of the same groups of copies, which are listed and not contained.
        findings: by number.
        marks: what reviewers saw in these photos besides, by number.
        custody: who handled what of this, in order.
        log_size, log_root: of the audit log when this was read.
    """

    scope: Scope
    number: str
    election: ElectionRow
    runs: tuple[RunRow, ...]
    photos: tuple[PhotoRow, ...]
    findings: tuple[FindingRow, ...]
    case: tuple[CaseFile, ...] = ()
    copies: tuple[PhotoRow, ...] = ()
    marks: tuple[MarkRow, ...] = ()
    custody: tuple[CustodyRow, ...] = ()
    log_size: int = 0
    log_root: str = ""

    def run(self, number: int) -> RunRow:
        """One of the runs.

        Raises:
            KeyError: it is none of them.
        """
        for run in self.runs:
            if run.number == number:
                return run
        raise KeyError(number)
