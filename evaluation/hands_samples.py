"""The hands of a dataset as netra and its peers read them: each photo read once, and every photo accounted for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from evaluation.hands_pairing import SeenHand, largest, pair, side_of
from evaluation.hands_truth import HandDataset, TrueHand, TruePhoto
from evaluation.samples import Progress
from netra.errors import PhotoError
from vision.types import Face, FaceReading, Floats, HandReading, Photo

NETRA: Final = "netra"
MEDIAPIPE: Final = "mediapipe"


class HandReader(Protocol):
    """Reads the hands of a photo; vision's analyser fits it."""

    def read_file(self, path: Path) -> tuple[Photo, tuple[FaceReading, ...]]:
        """A photo with its faces, around which hands are searched.

        Raises:
            PhotoError: the photo cannot be used.
        """

    def read_hands(self, photo: Photo, faces: Sequence[Face]) -> tuple[HandReading, ...]:
        """All hands of a photo."""


Peer = Callable[[Photo], tuple[SeenHand, ...]]
"""Another tool that reads the hands of a photo."""


class HandLeftOut(StrEnum):
    """Why a file of the dataset is not measured."""

    UNREADABLE = "unreadable"
    OTHER_FILE = "other-file"
    DUPLICATE = "duplicate"
    NO_TRUTH = "no-truth"


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One hand of the truth, with what a reader made of it.

    Attributes:
        photo: the photo's name.
        truth: what it shows.
        seen: the hand read there, or none where it was not found.
        size: its longer side in pixels: of the truth's box, or of the hand read where there is none; 0 where neither.
    """

    photo: str
    truth: TrueHand
    seen: tuple[SeenHand, ...]
    size: float


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A symbol that was claimed in a photo of which the truth knows every hand.

    Attributes:
        photo: the photo's name.
        on_a_hand: whether on a hand of the truth.
    """

    photo: str
    on_a_hand: bool


@dataclass(frozen=True, slots=True, eq=False)
class ReaderSamples:
    """What one reader made of all photos: every hand of the truth once, in the order of the dataset."""

    hands: tuple[Judged, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True, eq=False)
class HandSamples:
    """All readings of a dataset.

    Attributes:
        readers: netra first, then peers, by name.
        seen: how many files there are; used + those left out.
        used: how many photos were read.
        left_out: the names of the others, by reason.
    """

    readers: Mapping[str, ReaderSamples]
    seen: int
    used: int
    left_out: Mapping[HandLeftOut, tuple[str, ...]]

    def __post_init__(self) -> None:
        if self.seen != self.used + sum(map(len, self.left_out.values())):
            raise ValueError(f"expected every photo to be used or left out, got {self.used} of {self.seen} used")


def read_hand_samples(
    dataset: HandDataset, reader: HandReader, peers: Mapping[str, Peer], progress: Progress
) -> HandSamples:
    """Read every photo of a dataset, as a scan does; the same bytes a second time are left out.

    Args:
        dataset: whose photos.
        reader: netra's own.
        peers: other tools, by name; they see the same pixels.
        progress: told after each photo.
    """
    left_out: dict[HandLeftOut, list[str]] = {reason: [] for reason in HandLeftOut}
    left_out[HandLeftOut.OTHER_FILE] += dataset.other_files
    left_out[HandLeftOut.NO_TRUTH] += dataset.without_truth
    hands: dict[str, list[Judged]] = {name: [] for name in (NETRA, *peers)}
    claims: dict[str, list[Claim]] = {name: [] for name in (NETRA, *peers)}
    met: set[str] = set()
    total = len(dataset.photos)
    for done, file in enumerate(dataset.photos):
        progress(done, total)
        try:
            photo, faces = reader.read_file(file.path)
        except PhotoError:
            left_out[HandLeftOut.UNREADABLE].append(file.name)
            continue
        if photo.sha256 in met:
            left_out[HandLeftOut.DUPLICATE].append(file.name)
            continue
        met.add(photo.sha256)
        readings = reader.read_hands(photo, [each.face for each in faces])
        seen = {NETRA: tuple(map(_seen, readings))} | {name: peer(photo) for name, peer in peers.items()}
        for name, found in seen.items():
            judged, claimed = judge(file, (photo.width, photo.height), found)
            hands[name] += judged
            claims[name] += claimed
    progress(total, total)
    readers = {name: ReaderSamples(tuple(hands[name]), tuple(claims[name])) for name in hands}
    reasons = {reason: tuple(names) for reason, names in left_out.items() if names}
    seen_files = total + len(dataset.other_files) + len(dataset.without_truth)
    return HandSamples(readers, seen_files, len(met), reasons)


def judge(file: TruePhoto, size: tuple[int, int], seen: Sequence[SeenHand]) -> tuple[list[Judged], list[Claim]]:
    """Lay the hands that were read on those of the truth.

    Args:
        file: the truth about a photo.
        size: the photo's width and height in pixels.
        seen: the hands read in it.
    """
    if not file.is_complete:
        index = largest(seen)
        found = (seen[index],) if index >= 0 else ()
        return [Judged(file.name, file.hands[0], found, found[0].size if found else 0.0)], []
    boxes = [_box_xyxy(hand, size if file.shares else (1, 1)) for hand in file.hands]
    pairs = pair(boxes, [hand.box_xyxy for hand in seen])
    judged = [
        Judged(file.name, hand, (seen[index],) if index >= 0 else (), side_of(box))
        for hand, box, index in zip(file.hands, boxes, pairs, strict=True)
    ]
    claims = [Claim(file.name, index in pairs) for index, hand in enumerate(seen) if hand.label or hand.fingers > 0]
    return judged, claims


def _seen(reading: HandReading) -> SeenHand:
    for symbol in reading.symbols:
        return SeenHand(reading.hand.box_xyxy, symbol.label, symbol.confidence)
    return SeenHand(reading.hand.box_xyxy, readable=reading.readable)


def _box_xyxy(hand: TrueHand, unit: tuple[int, int]) -> Floats:
    x, y, width, height = hand.box_xywh
    return np.asarray(np.array([x, y, x + width, y + height]) * np.tile(unit, 2), np.float32)
