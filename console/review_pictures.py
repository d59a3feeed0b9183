"""Pixels for the review page: originals that are still what was scanned, decoded within the limits of scans.

sha256 -> the original, its hash checked -> decoded once (a few photos are kept) -> cut or shrunk -> JPEG without EXIF
"""

import threading
from collections.abc import Sequence
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
        self._enrolments = {each.election_id: each for each in enrolments}
        self._refused: dict[str, frozenset[_Name]] = {}
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

    def learn_faces(self) -> None:
        """Ask enrolment which reference photos it refuses and where the faces in the others are.

        Quick where a scan has read them; else they are read now. To be called before the page is served: networks that
        are still at work when a process ends may abort it. Without it reference photos are shown whole, all of them,
        until somebody opens the page where they are kept. An election file or a model that cannot be used is told
        there, not here.
        """
        for election_id, each in self._enrolments.items():
            with suppress(NetraError):
                people = each.candidates()
                told = {(one.id, photo.name): photo.usable for one in people for photo in one.photos}
                self._refused[election_id] = frozenset(name for name, usable in told.items() if not usable)

    def references(self, election_id: str, candidate_id: str) -> tuple[str, ...]:
        """See the protocol. Photos that enrolment is known to refuse are left out, if others are left."""
        if election_id not in self._enrolments:
            return ()
        every = tuple(photo.name for photo in self._enrolments[election_id].photos_of(candidate_id))
        refused = self._refused.get(election_id, frozenset())
        return tuple(name for name in every if (candidate_id, name) not in refused) or every

    def reference(self, election_id: str, name: str, side: int) -> tuple[bytes, ...]:
        """See the protocol."""
        if election_id not in self._enrolments:
            return ()
        for found in self._enrolments[election_id].reference(name):
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
