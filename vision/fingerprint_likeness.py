"""Whether two fingerprints are of the same exposure. The limits were set on invented photos: docs/copies.md has how.

Two questions are asked. Do points agree on how the one picture lies in the other, along its edges? And is what both
show the same, wherever it is looked at? The next shot of a group that stands still answers both nearly as a copy does:
faces and background are the same, a hand is not. What tells them apart is that in a copy nothing has moved at all.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from vision.fingerprint import CopyRelation, Fingerprint, Likeness
from vision.fingerprint_bytes import Features, from_bytes
from vision.fingerprint_places import Agreement, Doubles, Mapping, agreement, level_shift, whole, working_xy
from vision.fingerprint_points import LEVELS, MARGIN, STEP, TURNS, WORKING_AREA, working_size
from vision.fingerprint_tones import Difference, difference

MIRROR: Final = 1  # of ``TURNS``
PDQ_ALIKE: Final = 31
"""Bits of 256 in which the PDQ hashes of near-identical pictures may differ, as Meta recommends (ThreatExchange, "The
PDQ image hashing algorithm", where it also says to leave out hashes of a quality under 50)."""
PDQ_GOOD: Final = 50
PDQ_TURNED: Final = 64  # bits at which it is worth asking whether a picture was turned

FEWEST: Final = 6  # points; of two different photos up to 20 agreed by chance, and their pictures never did
SAME_GRID: Final = 0.4
"""Pixels of the working picture by which a third of the points may be off if nothing was cut off or put around: then a
point of the one picture is found again at the very same pixel of the other."""
UNMOVED: Final = (0.08, 1.0)
"""Pixels: the median error of the points, and the ninth of ten, where the same pixels were kept."""
STILL: Final = (0.001, 0.85)
"""Share that differs, grey levels: what else may speak for a copy where the points of a small one are off by more."""
BARELY_MOVED: Final = 0.4  # pixels, the median error of the points of a copy that is not small
ELSEWHERE: Final = 0.03  # share that may differ beside the largest spot where nothing moved: cut tones, more stickers
COVERED: Final = 0.45  # share that a sticker may cover
CUT_OUT: Final = (0.006, 2.3, 1.7)
"""Share that differs, grey levels, pixels of median error: of a picture cut out of the other, whose pixels were made
anew. Next shots from a hand held still differ in 0.7% at least."""
FOUND_AGAIN: Final = 0.38  # share of the points that should be in both and are
CONTRAST: Final = 5.0  # grey levels; where there is less in common, nothing could differ
WHOLE: Final = 0.97  # share of the area from which on nothing was cut off or put around
RESIZED: Final = 0.02  # share by which width and height may differ


def compare(first: Fingerprint, second: Fingerprint) -> tuple[Likeness, ...]:
    """See ``fingerprint.same_photo``."""
    one, other = from_bytes(first.features), from_bytes(second.features)
    for way in _ways(first, second):
        for agreed in agreement(one, other, way):
            for differing in difference(one, other, agreed.mapping) if _promises(one, other, agreed) else ():
                if _is_copy(one, other, agreed, differing):
                    return (_likeness(one, other, agreed.mapping, len(agreed.first), differing.share),)
    return tuple(_by_hash(first, second, one, other))


def pdq_distances(first: bytes, second: bytes) -> tuple[int, ...]:
    """Bits in which two PDQ hashes differ, by how the first picture lies in the second: one for each of ``TURNS``."""
    ours, theirs = (np.unpackbits(np.frombuffer(each, np.uint8)).reshape(16, 16) for each in (first, second))
    return tuple(int((_lying(ours, way) != theirs).sum()) for way in range(len(TURNS)))


def pdq_lying(pdq: bytes, way: int) -> bytes:
    """What the hash of the picture is if it lies as ``TURNS[way]``, but for a few bits near the median."""
    bits = np.unpackbits(np.frombuffer(pdq, np.uint8)).reshape(16, 16)
    return np.packbits(_lying(bits, way)).tobytes()


def _lying(bits: NDArray[np.uint8], way: int) -> NDArray[np.uint8]:
    """The hash of a picture that lies as ``way``.

    Mirroring changes the sign of every second cosine, and with the sign the bit; a quarter turn exchanges rows and
    columns. The last column has the lowest frequency.
    """
    turn = TURNS[way]
    lying = bits.T.copy() if turn[0, 0] == 0 else bits.copy()
    if turn[0].sum() < 0:
        lying[:, 1::2] ^= 1
    if turn[1].sum() < 0:
        lying[1::2] ^= 1
    return np.asarray(lying)


def _ways(first: Fingerprint, second: Fingerprint) -> tuple[int, ...]:
    """How the first may lie in the second: as it is, mirrored, and turned where the hashes speak for it."""
    distances = pdq_distances(first.pdq, second.pdq)
    turned = [way for way in range(2, len(TURNS)) if distances[way] <= PDQ_TURNED]
    return tuple(sorted((0, MIRROR, *turned), key=lambda way: (distances[way] > PDQ_TURNED, way)))


def _by_hash(first: Fingerprint, second: Fingerprint, one: Features, other: Features) -> Iterator[Likeness]:
    """Pictures with too few points: the whole of both must be the same."""
    if min(first.quality, second.quality) < PDQ_GOOD:
        return
    distances = pdq_distances(first.pdq, second.pdq)
    way = int(np.argmin(distances))
    if distances[way] <= PDQ_ALIKE and min(len(one.points.levels), len(other.points.levels)) < FEWEST:
        mapping = whole(one, other, way)
        for differing in difference(one, other, mapping):
            if _still(differing):
                yield _likeness(one, other, mapping, 0, differing.share)


def _promises(one: Features, other: Features, agreed: Agreement) -> bool:
    """Whether points enough agree to look at the pictures: half of what is asked for, since a sticker may hide some."""
    shift = level_shift(agreed.mapping)
    inside = min(
        int(_visible(agreed.mapping.to(working_xy(one)), one.points.levels + shift, other).sum()),
        int(_visible(agreed.mapping.back(working_xy(other)), other.points.levels - shift, one).sum()),
    )
    return len(agreed.first) >= max(FEWEST, FOUND_AGAIN / 2 * inside)


def _is_copy(one: Features, other: Features, agreed: Agreement, differing: Difference) -> bool:
    if differing.contrast < CONTRAST:
        return False
    inside, errors = _compared(one, other, agreed, differing)
    if not errors.size or errors.size < FOUND_AGAIN * inside:
        return False
    if _same_grid(one, other, agreed):
        unmoved = np.median(errors) <= UNMOVED[0] and np.quantile(errors, 0.9) <= UNMOVED[1]
        if unmoved and differing.elsewhere <= ELSEWHERE and differing.share <= COVERED:
            return True
        small = min(one.width * one.height, other.width * other.height) < WORKING_AREA
        return _still(differing) and (small or bool(np.median(errors) <= BARELY_MOVED))
    share, error, median = CUT_OUT
    return differing.share <= share and differing.error <= error and bool(np.median(errors) <= median)


def _still(differing: Difference) -> bool:
    return differing.share <= STILL[0] and differing.error <= STILL[1] and differing.contrast >= CONTRAST


def _same_grid(one: Features, other: Features, agreed: Agreement) -> bool:
    """Whether a third of the points, or more, are where they are if the whole of one picture is that of the other.

    Not all of them: of a group before a camera that stands, what moved may pull the mapping away.
    """
    way = next(way for way, turn in enumerate(TURNS) if (turn == agreed.mapping.turn).all())
    return float(np.quantile(_errors(one, other, agreed, whole(one, other, way)), 1 / 3)) <= SAME_GRID


def _errors(one: Features, other: Features, agreed: Agreement, mapping: Mapping) -> Doubles:
    """Pixels by which the points that agreed are off under another mapping."""
    there = mapping.to(working_xy(one)[agreed.first])
    return np.asarray(np.linalg.norm(there - working_xy(other)[agreed.second], axis=1))


def _compared(one: Features, other: Features, agreed: Agreement, differing: Difference) -> tuple[int, Doubles]:
    """How many points should be in both pictures, and the errors of those that are; none of the spot that differs."""
    mapping, shift = agreed.mapping, level_shift(agreed.mapping)
    ours, theirs = working_xy(one), working_xy(other)
    visible = _visible(mapping.to(ours), one.points.levels + shift, other)
    visible_back = _visible(mapping.back(theirs), other.points.levels - shift, one)
    if differing.of_first:
        spots, spots_back = _on_spot(ours, one, differing), _on_spot(mapping.back(theirs), one, differing)
    else:
        spots, spots_back = _on_spot(mapping.to(ours), other, differing), _on_spot(theirs, other, differing)
    inside = min(int((visible & ~spots).sum()), int((visible_back & ~spots_back).sum()))
    return inside, agreed.errors[~spots[agreed.first]]


def _visible(at_xy: Doubles, levels: Doubles, picture: Features) -> NDArray[np.bool_]:
    """Which points lie in a picture, and are of a size that is looked for there."""
    margin = MARGIN * STEP ** np.clip(levels, 0, LEVELS - 1)
    size = np.array(working_size(picture.width, picture.height))
    within = ((at_xy > margin[:, None]) & (at_xy < size - margin[:, None])).all(axis=1)
    return np.asarray(within & (levels > -0.5) & (levels < LEVELS - 0.5))


def _on_spot(at_xy: Doubles, picture: Features, differing: Difference) -> NDArray[np.bool_]:
    rows, columns = differing.spot.shape
    share = at_xy / working_size(picture.width, picture.height)
    x, y = (np.clip(share * (columns, rows), 0, (columns - 1, rows - 1)).astype(int)).T
    return np.asarray(differing.spot[y, x])


def _likeness(one: Features, other: Features, mapping: Mapping, points: int, differs: float) -> Likeness:
    ends = np.sort(mapping.to(np.array([(0, 0), working_size(one.width, one.height)], np.float64)), axis=0)
    size = np.array(working_size(other.width, other.height))
    common = float(np.clip(np.minimum(ends[1], size) - np.maximum(ends[0], 0), 0, None).prod())
    of_first = min(1.0, common / float((ends[1] - ends[0]).prod()))
    of_second = min(1.0, common / float(size.prod()))
    mirrored = bool(np.linalg.det(mapping.turn) < 0)
    turned = not np.array_equal(mapping.turn, np.eye(2))
    sizes = np.array([one.width, one.height]), np.array([other.width, other.height])
    if turned:
        relation = CopyRelation.MIRRORED
    elif of_second < WHOLE:
        relation = CopyRelation.FRAMED
    elif of_first < WHOLE:
        relation = CopyRelation.CROPPED
    elif bool((np.abs(sizes[1] / sizes[0] - 1) > RESIZED).any()):
        relation = CopyRelation.RESIZED
    else:
        relation = CopyRelation.RECOMPRESSED
    return Likeness(relation, mirrored, of_first, of_second, points, differs)
