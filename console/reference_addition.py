"""A reference photo that was looked at and is not kept yet: how it is kept, and taken back."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from candidates.election import Candidate, Election, ReferencePhoto, load_election
from console import review_texts as texts
from console.election_edit import replace_text, text_of, with_photo, write_new
from netra.errors import NetraError, OutputError
from review.doors import EnrolledPhoto
from screening.rulebook import BUILT_IN

_LOG = logging.getLogger(__name__)


@dataclass(slots=True)
class Addition:
    """A photo that was looked at; ``review.doors.CheckedPhoto``.

    Attributes:
        election_file: where it would be named.
        before: its bytes when the photo was looked at.
        election: what they say.
        candidate: whose photo it would be.
        photo: what would become of it.
        sha256: of its bytes.
        data: its bytes.
    """

    election_file: Path
    before: bytes = field(repr=False)
    election: Election = field(repr=False)
    candidate: Candidate
    photo: EnrolledPhoto
    sha256: str
    data: bytes = field(repr=False)
    _undo: list[Callable[[], object]] = field(default_factory=list, repr=False)

    @property
    def place(self) -> Path:
        """Where it would lie."""
        return self.election_file.parent / self.photo.name

    def told(self, photo: EnrolledPhoto) -> "Addition":
        """The same with what would become of it."""
        return replace(self, photo=photo)

    def keep(self) -> str:
        """What ``review.doors.CheckedPhoto.keep`` promises."""
        if not self.photo.usable:
            raise ValueError(f"{self.photo.name}: expected a photo that can be used")
        new = self._new_text().encode()
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(texts.NOT_MADE.filled(path=self.place.parent, reason=error.strerror or error)) from error
        if write_new(self.place, self.data):
            self._undo.append(lambda: self.place.unlink(missing_ok=True))
        try:
            self._check(new)
            copy = replace_text(self.election_file, new)
        except NetraError:
            self.take_back()
            raise
        self._undo.append(lambda: self._restore(new))
        return copy.name

    def take_back(self) -> None:
        """Undo what was kept, as far as nobody changed it since."""
        while self._undo:
            try:
                self._undo.pop()()
            except (OSError, OutputError) as error:  # the trouble that led here is told; this one comes besides
                _LOG.warning("%s: could not be put back as it was: %s; look at it by hand", self.election_file, error)

    def _new_text(self) -> str:
        now, text = text_of(self.election_file)
        if now != self.before:
            raise OutputError(texts.CHANGED_MEANWHILE.filled(path=self.election_file))
        try:
            return with_photo(text, self.candidate.id, self.photo.name)
        except ValueError as error:
            raise OutputError(texts.BY_HAND.filled(path=self.election_file, reason=error)) from error

    def _check(self, new: bytes) -> None:
        """The new text is read as a scan would read it, and names this photo more and nothing else."""
        trial = self.election_file.with_name(f".{self.election_file.name}.{self.sha256[-16:]}.part")
        try:
            write_new(trial, new)
            read = load_election(trial, rulebooks=BUILT_IN)
        finally:
            trial.unlink(missing_ok=True)
        wanted = with_one_more(self.election, self.candidate, ReferencePhoto(self.photo.name, self.place))
        if _places(read) != _places(wanted):
            raise OutputError(texts.NAMES_OTHERS.filled(path=self.election_file))

    def _restore(self, ours: bytes) -> None:
        if self.election_file.read_bytes() == ours:
            replace_text(self.election_file, self.before)


@contextmanager
def trial_file(given: Addition) -> Iterator[Path]:
    """The photo as a file that no folder and no pattern of the election takes in; gone when it was read."""
    folder = given.place.parent
    part = folder / f".{given.place.name}.part"
    made = [each for each in (folder, folder.parent) if not each.exists()]
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(given.data)
        except OSError as error:
            raise OutputError(texts.NOT_WRITTEN_TO.filled(path=folder, reason=error.strerror or error)) from error
        yield part
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
            for each in made:
                each.rmdir()


def with_one_more(election: Election, candidate: Candidate, photo: ReferencePhoto) -> Election:
    """The election with one photo more of a candidate."""
    more = replace(candidate, photos=(*candidate.photos, photo))
    tickets = tuple(
        replace(ticket, candidates=tuple(more if one.id == candidate.id else one for one in ticket.candidates))
        for ticket in election.tickets
    )
    return replace(election, tickets=tickets)


def photos_of_people(election: Election) -> tuple[tuple[ReferencePhoto, ...], ...]:
    """The photos of each candidate and each decoy."""
    return (*(one.photos for one in election.candidates), *(one.photos for one in election.decoys))


def _places(election: Election) -> list[set[Path]]:
    return [{photo.path.resolve() for photo in photos} for photos in photos_of_people(election)]
