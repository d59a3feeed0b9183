"""Reference photos for the review page: what the election file has, and one more photo at a time.

checked(candidate, bytes)   limits of scans -> real format -> beside the others, as enrolment would see it
keep()                      photos/<candidate>/<hash>.<format>, then the election file, each in one step
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from candidates.election import Election, ReferencePhoto, load_election
from candidates.enrol import FaceReader, enrol
from candidates.report import EnrolmentReport, PhotoRow, Remark, RemarkKind, Severity
from candidates.templates import TemplateCache, TemplateStore, default_cache_folder
from console import review_texts as texts
from console.election_edit import text_of
from console.reference_addition import Addition, photos_of_people, trial_file, with_one_more
from console.remarks_told import remark_told
from console.voice import Message, Voice
from netra.errors import ConfigError, PhotoError, UsageError
from review.doors import EnrolledCandidate, EnrolledPhoto
from screening.reading import analyser
from screening.rulebook import BUILT_IN
from vision.photo import load_photo_bytes
from vision.photo_limits import DEFAULT_LIMITS, LONGEST_SIDE
from vision.types import FaceReading

ENDINGS: Final[Mapping[str, str]] = {
    "JPEG": ".jpg",
    "PNG": ".png",
    "WEBP": ".webp",
    "GIF": ".gif",
    "BMP": ".bmp",
    "HEIF": ".heic",
}
"""Of what vision reads; the sender's name of a file says nothing."""

FRESH_S: Final = 2.0
"""So long a file that has not changed is not read again: the pictures of one page ask for it many times, and only what
its folders and patterns take in can be another by then."""

_ID, _EN = Voice("id"), Voice("en")
_NETWORKS = threading.Lock()  # they are this process's, whatever the election
_Pair = tuple[str, str]
_Stamp = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class _Looking:
    """A store that is looked into and never added to: whose face a photo shows that is not kept, nobody may keep."""

    inside: TemplateStore

    def load(self, sha256: str, reading_id: str) -> tuple[FaceReading, ...]:
        return self.inside.load(sha256, reading_id)

    def store(self, sha256: str, reading_id: str, reading: FaceReading) -> None:
        """Nothing happens."""


@dataclass(frozen=True, slots=True)
class ReferenceFace:
    """A reference photo for showing.

    Attributes:
        path: where it is.
        box_xyxy: its face in pixels of the full upright photo, or nothing where it has none or several.
    """

    path: Path
    box_xyxy: tuple[float, ...] = ()


class ElectionFolder:
    """An election file with the photos beside it.

    Args:
        path: of the election file.
        store: templates of photos that were read before.
        reader: what reads faces; asked for when a photo is first read.

    Raises:
        ConfigError: the election file has mistakes.
    """

    def __init__(
        self, path: Path, store: TemplateStore | None = None, reader: Callable[[], FaceReader] = analyser
    ) -> None:
        self._path = path.resolve()  # what a link leads to is changed, never the link
        self._store = TemplateCache(default_cache_folder()) if store is None else store
        self._reader = reader
        self._first = load_election(self._path, rulebooks=BUILT_IN)
        self._adding = threading.Lock()
        self._read: list[tuple[_Stamp, float, Election]] = []  # the latest, and how long it serves
        self._told: list[tuple[object, EnrolmentReport]] = []  # the latest report and what it rests on
        self._faces: dict[_Stamp, tuple[float, ...]] = {}  # box of the face of each photo of that report

    @property
    def election_id(self) -> str:
        """Of the election."""
        return self._first.id

    @property
    def election_name(self) -> str:
        """Of the election, when the page was started."""
        return self._first.name

    @property
    def path(self) -> Path:
        """Of the election file."""
        return self._path

    def election(self) -> Election:
        """The election as its file is now.

        Raises:
            ConfigError: it has mistakes by now, or is another election's.
        """
        key, at = _stamp(self._path), time.monotonic()
        for known, until, election in self._read:
            if known == key and at < until:
                return election
        now = load_election(self._path, rulebooks=BUILT_IN)
        if now.id != self._first.id:
            said = texts.OTHER_ELECTION.filled(path=self._path, wanted=self._first.id, got=now.id)
            raise ConfigError([said])
        self._read = [(key, at + FRESH_S, now)]
        return now

    def candidates(self) -> tuple[EnrolledCandidate, ...]:
        """Everybody, with their photos as they are now.

        Raises:
            ConfigError: the election file has mistakes by now.
            ModelError: a model file is missing or damaged.
        """
        election = self.election()
        report = self._report(election)
        return tuple(
            EnrolledCandidate(
                one.id,
                one.name,
                one.office,
                ticket.number,
                tuple(_told(row) for row in report.rows if row.person == one.id),
                _pairs(each for each in report.remarks if one.name in each.about[:2]),
            )
            for ticket in election.tickets
            for one in ticket.candidates
        )

    def photos_of(self, candidate_id: str) -> tuple[ReferencePhoto, ...]:
        """Of a candidate, as the file names them now; none of nobody, and none where the file has mistakes by now."""
        with suppress(ConfigError):
            return tuple(photo for one in self.election().candidates if one.id == candidate_id for photo in one.photos)
        return ()

    def reference(self, name: str) -> tuple[ReferenceFace, ...]:
        """A candidate's photo by its name; none where no candidate has it. Its face is known where it was read.

        Nothing is read for it that was not read before: pictures have to come at once.
        """
        with suppress(ConfigError):
            for photo in (photo for one in self.election().candidates for photo in one.photos):
                if photo.name == name:
                    return (ReferenceFace(photo.path, self._faces.get(_stamp(photo.path), ())),)
        return ()

    @contextmanager
    def checked(self, candidate_id: str, data: bytes) -> Iterator[Addition]:
        """What ``review.doors.Enrolment.checked`` promises."""
        with self._adding:
            self._read = []
            before, _ = text_of(self._path)
            election = self.election()
            mine = [one for one in election.candidates if one.id == candidate_id]
            if not mine:
                raise UsageError(f"{candidate_id}: no candidate of {self.election_id} has this id")
            seen = Addition(self._path, before, election, mine[0], EnrolledPhoto("", False), "", data)
            looked = self._looked_at(seen)
            with ExitStack() as unless_kept:
                unless_kept.callback(looked.take_back)
                yield looked
                unless_kept.pop_all()

    def _looked_at(self, given: Addition) -> Addition:
        digits = hashlib.sha256(given.data).hexdigest()
        given = replace(given, sha256=f"sha256:{digits}")
        try:
            photo = load_photo_bytes(given.data, "photo", DEFAULT_LIMITS, LONGEST_SIDE)
        except PhotoError as error:
            text = f"The photo cannot be read. {error}"
            remark = Remark(Severity.WARNING, RemarkKind.UNREADABLE, text, (error.kind.value,))
            return given.told(EnrolledPhoto("", False, _pairs([remark])))
        name = f"photos/{given.candidate.id}/{digits[:16]}{ENDINGS[photo.format]}"
        given = given.told(EnrolledPhoto(name, True))
        if any(one.path.resolve() == given.place.resolve() for one in given.candidate.photos):
            return given.told(EnrolledPhoto(name, False, (_both(texts.ALREADY_NAMED, name=name),)))
        before = self._report(given.election)
        with trial_file(given) as trial:
            more = with_one_more(given.election, given.candidate, ReferencePhoto(name, trial))
            after = self._enrolled(more, _Looking(self._store))
        row = next(row for row in after.rows if (row.person, row.photo) == (given.candidate.id, name))
        lost = _lost(before, after)
        remarks = _pairs(row.remarks)
        if row.accepted and lost:
            remarks = (*remarks, _both(texts.SPOILS_OTHERS, photos=", ".join(lost)))
        return given.told(EnrolledPhoto(name, row.accepted and not lost, remarks))

    def _report(self, election: Election) -> EnrolmentReport:
        """What enrolment says of the photos as they are; asked once, until the file or a photo changes."""
        key = election, tuple(_stamp(photo.path) for one in photos_of_people(election) for photo in one)
        for known, report in self._told:
            if known == key:
                return report
        report = self._enrolled(election, self._store)
        self._faces = {_stamp(row.path): tuple(v for face in row.faces for v in face.box_xyxy) for row in report.rows}
        self._told = [(key, report)]
        return report

    def _enrolled(self, election: Election, store: TemplateStore) -> EnrolmentReport:
        with _NETWORKS:
            return enrol(election, self._reader(), store).report


def enrolments_of(paths: Iterable[str]) -> tuple[ElectionFolder, ...]:
    """The election files that the command line names.

    Raises:
        ConfigError: one of them has mistakes.
        UsageError: two of them are of one election.
    """
    folders = [ElectionFolder(Path(path)) for path in paths]
    _check_once(folders)
    return tuple(folders)


def remembered_enrolments(places: Mapping[str, str], have: Sequence[ElectionFolder]) -> tuple[ElectionFolder, ...]:
    """The election files that scans were made with, as far as they are still there and whole.

    Args:
        places: election's id -> path of its file.
        have: those that the command line names; they go before.
    """
    named = {folder.election_id for folder in have}
    found = []
    for election_id, place in places.items():
        with suppress(ConfigError, OSError):
            if election_id not in named and Path(place).is_file():
                folder = ElectionFolder(Path(place))
                found += [folder] if folder.election_id == election_id else []
    return tuple(found)


def _check_once(folders: Sequence[ElectionFolder]) -> None:
    first: dict[str, Path] = {}
    for folder in folders:
        if folder.election_id in first:
            raise UsageError(
                f"{folder.path}: the election {folder.election_id} is named twice, see {first[folder.election_id]}; "
                "leave one --election out"
            )
        first[folder.election_id] = folder.path


def _lost(before: EnrolmentReport, after: EnrolmentReport) -> list[str]:
    """Photos that could be used before and could not be beside the new one."""
    used = {(row.person, row.photo) for row in after.rows if row.accepted}
    return [row.photo for row in before.rows if row.accepted and (row.person, row.photo) not in used]


def _stamp(path: Path) -> _Stamp:
    try:
        said = path.stat()
    except OSError:
        return str(path), 0, 0
    return str(path), said.st_size, said.st_mtime_ns


def _told(row: PhotoRow) -> EnrolledPhoto:
    return EnrolledPhoto(row.photo, row.accepted, _pairs(row.remarks))


def _pairs(remarks: Iterable[Remark]) -> tuple[_Pair, ...]:
    return tuple((said.id, said.en) for said in map(remark_told, remarks))


def _both(message: Message, **values: object) -> _Pair:
    return _ID(message, **values), _EN(message, **values)
