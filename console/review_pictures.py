"""Pixels for the review page: originals that are still what was scanned, decoded within the limits of scans.

sha256 -> the original, its hash checked -> decoded once (a few photos are kept) -> cut or shrunk -> JPEG without EXIF
"""

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, Protocol

from candidates.election import ReferencePhoto
from casework.database import Database
from casework.export.originals import Missing, find_original
from casework.export.reading import read_photo
from console.kept_pictures import KeptPictures
from console.review_enrolment import ReferenceFace
from netra.errors import NetraError, PhotoError, PhotoErrorKind
from review.doors import EnrolledCandidate
from vision.photo import load_photo_bytes
from vision.photo_file import read_file
from vision.photo_limits import DEFAULT_LIMITS, LONGEST_SIDE, PhotoLimits
from vision.square import at_most, square_around
from vision.types import Photo
from vision.working_copy import jpeg_of

PIXEL_BYTES: Final = 200 * 2**20
"""Of decoded photos that are kept: five of a phone's 12 megapixels. A page asks for one photo three to ten times."""

JPEG_BYTES: Final = 48 * 2**20
"""Of pictures that are kept: some 40 of a page's size. Two reviewers look at the same photos one after the other."""

AT_ONCE: Final = 2
"""Photos that are decoded at one time: each may cost what a scan's worker may."""

REFERENCE_AROUND: Final = 0.6
WAIT_S: Final = 2.0
"""For enrolment to say where the faces in reference photos are. It is quick where they were read before; where they
were not, the page goes on without: they are shown whole until then."""


_Name = tuple[str, str]  # of a photo: the candidate's id, and how the election file calls it


class References(Protocol):
    """What ``console.review_enrolment.ElectionFolder`` is here."""

    @property
    def election_id(self) -> str:
        """Of the election."""

    def candidates(self) -> tuple[EnrolledCandidate, ...]:
        """Everybody with their photos; afterwards ``reference`` knows their faces."""

    def photos_of(self, candidate_id: str) -> tuple[ReferencePhoto, ...]:
        """Of a candidate."""

    def reference(self, name: str) -> tuple[ReferenceFace, ...]:
        """A photo by its name."""


class OriginalPictures:
    """A ``review.doors.Pictures``.

    Args:
        database: that knows where photos lie.
        enrolments: election files with reference photos.
        limits: what a photo may cost.
    """

    def __init__(
        self, database: Database, enrolments: Sequence[References] = (), limits: PhotoLimits = DEFAULT_LIMITS
    ) -> None:
        self._database, self._limits = database, limits
        self._enrolments = {each.election_id: _Faces(each) for each in enrolments}
        self._photos = KeptPictures[Photo](PIXEL_BYTES, lambda photo: int(photo.pixels.nbytes))
        self._jpegs = KeptPictures[bytes](JPEG_BYTES, len)
        self._decoding = threading.BoundedSemaphore(AT_ONCE)

    def photo(self, sha256: str, longest: int) -> bytes:
        """See the protocol."""
        return self._jpegs.get((sha256, longest), lambda: jpeg_of(at_most(self._photo(sha256), longest)))

    def crop(self, sha256: str, box_xywh: Sequence[float], around: float, side: int) -> bytes:
        """See the protocol."""

        def make() -> bytes:
            return jpeg_of(square_around(self._photo(sha256), box_xywh, around, side))

        return self._jpegs.get((sha256, tuple(box_xywh), around, side), make)

    def references(self, election_id: str, candidate_id: str) -> tuple[str, ...]:
        """See the protocol. Photos that enrolment refused are left out as soon as that is known, if others are left."""
        if election_id not in self._enrolments:
            return ()
        return self._enrolments[election_id].names_of(candidate_id)

    def reference(self, election_id: str, name: str, side: int) -> tuple[bytes, ...]:
        """See the protocol."""
        if election_id not in self._enrolments:
            return ()
        for found in self._enrolments[election_id].known(name):
            with suppress(PhotoError):
                data = read_file(str(found.path), self._limits.max_bytes)
                return (self._portrait(data, found.box_xyxy, side),)
        return ()

    def _portrait(self, data: bytes, box_xyxy: Sequence[float], side: int) -> bytes:
        """Made each time: reference photos are small, and may be replaced under the same name."""
        with self._decoding:
            photo = load_photo_bytes(data, "reference photo", self._limits, LONGEST_SIDE)
        if not box_xyxy:  # the whole, in the square that all the others have
            return jpeg_of(square_around(photo, (0, 0, photo.width, photo.height), 0.0, side))
        x0, y0, x1, y1 = box_xyxy
        return jpeg_of(square_around(photo, (x0, y0, x1 - x0, y1 - y0), REFERENCE_AROUND, side))

    def _photo(self, sha256: str) -> Photo:
        return self._photos.get(sha256, lambda: self._read(sha256))

    def _read(self, sha256: str) -> Photo:
        """The photo from its original; messages name it by its hash alone, since a file's name may say too much.

        Raises:
            PhotoError: there is none any more, it is another one by now, or it cannot be read.
        """
        with self._database.read() as connection:
            known = read_photo(connection, sha256)
        if not known:
            raise PhotoError(PhotoErrorKind.VANISHED, f"{sha256}: the database knows no such photo.")
        with self._decoding:
            found = find_original(known[0])
            if isinstance(found, Missing):
                raise PhotoError(
                    PhotoErrorKind.VANISHED,
                    f"{sha256}: no file has this content any more. Put the original back where it was scanned.",
                )
            return load_photo_bytes(found.data, sha256, self._limits, LONGEST_SIDE)


class _Faces:
    """Where the faces in an election's reference photos are, and which photos enrolment refused.

    Enrolment is asked in a thread of its own, when a candidate's photos are first asked for and again when there is a
    new one: a page waits ``WAIT_S`` once, and never for what was not read before.
    """

    def __init__(self, references: References, clock: Callable[[], float] = time.monotonic) -> None:
        self._references, self._clock = references, clock
        self._inside = threading.Lock()
        self._learning = False
        self._asked: frozenset[_Name] = frozenset()
        self._until = 0.0  # when nobody waits any more
        self._told = threading.Event()
        self._refused: frozenset[_Name] = frozenset()

    def names_of(self, candidate_id: str) -> tuple[str, ...]:
        """Of a candidate's photos."""
        every = tuple(photo.name for photo in self._references.photos_of(candidate_id))
        self._ask(frozenset((candidate_id, name) for name in every))
        return tuple(name for name in every if (candidate_id, name) not in self._refused) or every

    def known(self, name: str) -> tuple[ReferenceFace, ...]:
        """A photo by its name."""
        self._told.wait(max(0.0, self._until - self._clock()))
        return self._references.reference(name)

    def _ask(self, names: frozenset[_Name]) -> None:
        with self._inside:
            if not self._learning and not names <= self._asked:
                self._learning, self._asked = True, self._asked | names
                self._until = self._until or self._clock() + WAIT_S
                threading.Thread(target=self._learn, name="reference faces", daemon=True).start()
        self._told.wait(max(0.0, self._until - self._clock()))

    def _learn(self) -> None:
        """A model or an election file that cannot be used is told where reference photos are kept, not here."""
        try:
            with suppress(NetraError):
                people = self._references.candidates()
                told = {(one.id, photo.name): photo.usable for one in people for photo in one.photos}
                with self._inside:
                    self._refused = frozenset(name for name, usable in told.items() if not usable)
                    self._asked |= told.keys()
                self._told.set()
        finally:
            with self._inside:
                self._learning = False
