"""Which of many photos could be copies of one: looked up by what their points and hashes share, not one by one.

Every photo leaves keys: 32 of the 128 bits of half of its points, twice, and the 16 parts of its PDQ hash. A photo that
shares three keys of points with another, or whose hash is near enough, is worth comparing. Keys lie sorted in a few
runs that are merged as they grow, so that adding photos costs little and 100,000 of them need about 230 MB.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.fingerprint import PDQ_BYTES, Fingerprint
from vision.fingerprint_bytes import from_bytes
from vision.fingerprint_likeness import PDQ_ALIKE, pdq_lying
from vision.fingerprint_points import TURNS, lying

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int64]

PAIRS: Final = ((0, 1), (4, 5))  # of the eight words of a point
KEPT: Final = 2  # every so many-th point leaves keys; all of them ask
WAYS: Final = (0, 1)  # points are looked up as they are and mirrored; pictures on their side only by their hash
VOTES: Final = 3  # keys that two photos must share
MOST_ASKED: Final = 16  # photos that are compared at most, those that share most keys first
CROWDED: Final = 400  # photos under one key of a run: a key that so many share says nothing
_NUMBER_BITS: Final = np.uint64(24)
MOST_PHOTOS: Final = 1 << 24
_HASH_PARTS: Final = PDQ_BYTES // 2
_NEIGHBOURS: Final = np.concatenate([[0], 1 << np.arange(16)]).astype(np.uint64)


class Postings:
    """Photos by key. Keys are under 2 to the 40th, numbers of photos under ``MOST_PHOTOS``."""

    def __init__(self) -> None:
        self._runs: list[Keys] = []

    def add(self, keys: Keys, number: int) -> None:
        """Put a photo under some keys."""
        run = np.sort((keys << _NUMBER_BITS) | np.uint64(number))
        while self._runs and len(self._runs[-1]) <= 2 * len(run):
            run = np.concatenate([self._runs.pop(), run])
            run.sort(kind="stable")
        self._runs.append(run)

    def under(self, keys: Keys) -> Numbers:
        """The photos under some keys, each as often as it has one of them."""
        found = [self._under(run, keys) for run in self._runs]
        return np.concatenate(found) if found else np.zeros(0, np.int64)

    @property
    def nbytes(self) -> int:
        """What the keys take."""
        return sum(run.nbytes for run in self._runs)

    @staticmethod
    def _under(run: Keys, keys: Keys) -> Numbers:
        starts = np.searchsorted(run, keys << _NUMBER_BITS)
        lengths = np.searchsorted(run, (keys + np.uint64(1)) << _NUMBER_BITS) - starts
        few = (lengths > 0) & (lengths <= CROWDED)
        starts, lengths = starts[few], lengths[few]
        if not len(starts):
            return np.zeros(0, np.int64)
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(starts - (ends - lengths), lengths)
        return np.asarray(run[places] & np.uint64(MOST_PHOTOS - 1), np.int64)


class CopySearch:
    """Photos by what they share. They are numbered in the order in which they are added."""

    def __init__(self) -> None:
        self._points = Postings()
        self._parts = Postings()
        self._hashes = np.zeros((1024, PDQ_BYTES), np.uint8)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def nbytes(self) -> int:
        """What the keys and hashes take."""
        return self._points.nbytes + self._parts.nbytes + self._hashes.nbytes

    def add(self, fingerprint: Fingerprint) -> int:
        """The number of the photo.

        Raises:
            ValueError: the features are damaged, or there are ``MOST_PHOTOS`` photos already.
        """
        if self._count >= MOST_PHOTOS:
            raise ValueError(f"copies: expected {MOST_PHOTOS} photos at most")
        words = from_bytes(fingerprint.features).points.words
        number = self._count
        self._points.add(_point_keys(words[::KEPT]), number)
        self._parts.add(_part_keys(fingerprint.pdq), number)
        if number == len(self._hashes):
            self._hashes = np.concatenate([self._hashes, np.zeros_like(self._hashes)])
        self._hashes[number] = np.frombuffer(fingerprint.pdq, np.uint8)
        self._count += 1
        return number

    def near(self, fingerprint: Fingerprint) -> tuple[int, ...]:
        """Numbers of photos worth comparing with this one, those that share most first."""
        words = from_bytes(fingerprint.features).points.words
        shared = np.zeros(self._count, np.int64)
        for way in WAYS:
            votes = np.bincount(self._points.under(_point_keys(lying(words, way))), minlength=self._count)
            shared = np.maximum(shared, votes)
        for number in self._alike(fingerprint.pdq):
            shared[number] = max(shared[number], MOST_ASKED + VOTES)  # a near hash is worth many keys
        some = np.flatnonzero(shared >= VOTES)
        return tuple(int(each) for each in some[np.lexsort((some, -shared[some]))][:MOST_ASKED])

    def _alike(self, pdq: bytes) -> Iterator[int]:
        """Photos whose hash is near, however the one picture lies in the other.

        Of 31 bits that differ at most, one of the sixteen parts has one at most.
        """
        for way in range(len(TURNS)):
            turned = pdq_lying(pdq, way)
            keys = _part_keys(turned)[:, None] ^ _NEIGHBOURS
            numbers = np.unique(self._parts.under(keys.ravel()))
            off = np.unpackbits(self._hashes[numbers] ^ np.frombuffer(turned, np.uint8), axis=1).sum(axis=1)
            yield from (int(number) for number in numbers[off <= PDQ_ALIKE])


def _point_keys(words: NDArray[np.uint16]) -> Keys:
    wide = words.astype(np.uint64)
    some: Sequence[Keys] = [
        (np.uint64(index) << np.uint64(32)) | (wide[:, one] << np.uint64(16)) | wide[:, other]
        for index, (one, other) in enumerate(PAIRS)
    ]
    return np.unique(np.concatenate(some))


def _part_keys(pdq: bytes) -> Keys:
    parts = np.frombuffer(pdq, "<u2").astype(np.uint64)
    return np.asarray((np.arange(_HASH_PARTS, dtype=np.uint64) << np.uint64(16)) | parts)
