"""What netra's own way of finding hands makes of a picture of one hand: the landmarks that the reader gets to see.

The pictures go through ``vision.hands`` as a scan's photos do: palm detector, closer looks, landmark network. The one
difference is that no face is there to say where to look.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from fixtures.hand_photos import HandPhoto
from vision.types import Floats, Hand, Image, Photo

NEAR = 0.35  # mean distance of the keypoints from the truth, in sizes of the hand, up to which it is that hand
IDLE_SIZES = (20.0, 32.0, 64.0)
SMALLEST = 14.0  # pixels of a hand to learn from


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Hands as the network saw them, one a row.

    Attributes:
        world_xyz: (N, 21, 3) float32.
        keypoints_xy: (N, 21, 2) float32.
        right: (N,) bool, the side the network says.
        side_score, presence: (N,) float32.
        found: (N,) bool; where False the columns above hold zeros.
        label, kind, part: (N,) what the hand shows, how it was drawn, and what it serves for.
        person: (N,) int, whose hand it is.
        size: (N,) float32 pixels, the true size of the hand in the picture.
    """

    world_xyz: Floats
    keypoints_xy: Floats
    right: NDArray[np.bool_]
    side_score: Floats
    presence: Floats
    found: NDArray[np.bool_]
    label: NDArray[np.str_]
    kind: NDArray[np.str_]
    part: NDArray[np.str_]
    person: NDArray[np.int64]
    size: Floats

    def __len__(self) -> int:
        return len(self.found)

    def take(self, rows: NDArray[np.bool_]) -> "Seen":
        """The rows for which a mask is True."""
        return Seen(**{each.name: getattr(self, each.name)[rows] for each in fields(self)})

    def hands(self) -> list[Hand]:
        """The hands that were found, in order."""
        return [
            _hand(self.world_xyz[i], self.keypoints_xy[i], bool(self.right[i]), self.side_score[i], self.presence[i])
            for i in np.flatnonzero(self.found)
        ]

    def save(self, path: Path) -> None:
        """Keep them in a file without pickle."""
        keep(path, {each.name: getattr(self, each.name) for each in fields(self)})


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """The same hands at the first look, and at the two further ones of ``HandLandmarker.again``.

    A further look that saw no hand has ``found`` False; ``third`` is empty too where only one of them saw it.
    """

    first: Seen
    second: Seen
    third: Seen

    def __len__(self) -> int:
        return len(self.first)

    def take(self, rows: NDArray[np.bool_]) -> "Looks":
        """The rows for which a mask is True."""
        return Looks(self.first.take(rows), self.second.take(rows), self.third.take(rows))

    def each(self) -> tuple[Seen, Seen, Seen]:
        """What each look saw, without the rows in which it saw nothing."""
        first, second, third = (seen.take(seen.found) for seen in (self.first, self.second, self.third))
        return first, second, third

    def save(self, path: Path) -> None:
        """Keep them in a file without pickle."""
        keep(path, {f"{look.name}_{key}": column for look in fields(self) for key, column in _columns(self, look.name)})


def _columns(looks: Looks, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    seen = getattr(looks, name)
    return ((each.name, getattr(seen, each.name)) for each in fields(Seen))


def load(path: Path) -> Looks:
    """Read what ``Looks.save`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        first, second, third = (
            Seen(**{each.name: file[f"{look.name}_{each.name}"] for each in fields(Seen)}) for look in fields(Looks)
        )
    return Looks(first, second, third)


def load_seen(path: Path) -> Seen:
    """Read what ``Seen.save`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        return Seen(**{each.name: file[each.name] for each in fields(Seen)})


def keep(path: Path, columns: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to a file without pickle, whole or not at all."""
    partial = path.with_suffix(".part.npz")
    np.savez_compressed(partial, allow_pickle=False, **columns)
    partial.replace(path)


def join(parts: Sequence[Seen]) -> Seen:
    """All rows of several."""
    return Seen(**{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Seen)})


def join_looks(parts: Sequence[Looks]) -> Looks:
    """All rows of several."""
    first, second, third = (join([getattr(part, look.name) for part in parts]) for look in fields(Looks))
    return Looks(first, second, third)


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a picture of one hand."""

    label: str
    kind: str
    part: str
    person: int
    size: float


def seen(rows: Sequence[tuple[tuple[Hand, ...], About]]) -> Seen:
    """Put hands, one or none a picture, into columns."""
    blank = np.zeros((21, 3), np.float32), np.zeros((21, 2), np.float32)
    hands = [row[0] for row in rows]
    about = [row[1] for row in rows]
    return Seen(
        np.array([each[0].world_xyz if each else blank[0] for each in hands], np.float32).reshape(-1, 21, 3),
        np.array([each[0].keypoints_xy if each else blank[1] for each in hands], np.float32).reshape(-1, 21, 2),
        np.array([bool(each) and each[0].side == "right" for each in hands], bool),
        np.array([each[0].side_score if each else 0 for each in hands], np.float32),
        np.array([each[0].presence if each else 0 for each in hands], np.float32),
        np.array([bool(each) for each in hands], bool),
        np.array([each.label for each in about], "U20"),
        np.array([each.kind for each in about], "U20"),
        np.array([each.part for each in about], "U20"),
        np.array([each.person for each in about], np.int64),
        np.array([each.size for each in about], np.float32),
    )


def shrunk(photo: HandPhoto, size: float, rng: np.random.Generator) -> tuple[Image, Floats]:
    """The picture with its hand that large, as a camera and a messenger would leave it, and the true keypoints."""
    whole = photo.pixels.shape[0]
    scale = min(1.0, size / float(np.ptp(photo.keypoints_xy, axis=0).max()))
    side = max(16, round(whole * scale))
    small = cv2.resize(photo.pixels, (side, side), interpolation=cv2.INTER_AREA) if side < whole else photo.pixels
    blur = float(rng.choice([0.0, 0.0, rng.uniform(0.3, 0.9)]))
    if blur:
        small = cv2.GaussianBlur(small, (0, 0), blur * (side / 60) ** 0.5)
    quality = int(rng.integers(45, 93))
    _, packed = cv2.imencode(".jpg", small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    again = np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)
    return np.ascontiguousarray(again), (photo.keypoints_xy * (side / whole)).astype(np.float32)


def mirrored(photo: HandPhoto) -> HandPhoto:
    """The same picture as in a mirror: a right hand becomes a left one."""
    points = photo.keypoints_xy * [-1, 1] + [photo.pixels.shape[1] - 1, 0]
    side = "left" if photo.side == "right" else "right"
    return replace(photo, side=side, pixels=np.ascontiguousarray(photo.pixels[:, ::-1]), keypoints_xy=points)


def sizes_of(part: str, native: float, rng: np.random.Generator, curve: Sequence[float]) -> list[float]:
    """The sizes in pixels that a hand is shown at: drawn for learning, those of the curve for testing."""
    if part == "large":
        return [native]
    if part == "idle":
        return list(IDLE_SIZES)
    if part in ("test", "wide"):
        return [size for size in curve if size <= native * 1.2]
    drawn = np.exp(rng.uniform(np.log(SMALLEST), np.log(native), 2))
    return [*(float(size) for size in drawn), native]


def looks(rows: Sequence[tuple[tuple[Hand, ...], tuple[Hand, ...], About]]) -> Looks:
    """Put hands, one or none a picture, and what was seen of each again, into columns."""
    first, second, third = (
        seen([(found, about) for found, _, about in rows]),
        seen([(again[:1], about) for _, again, about in rows]),
        seen([(again[1:2], about) for _, again, about in rows]),
    )
    return Looks(first, second, third)


def photo_of(picture: Image) -> Photo:
    """A picture as the finder takes it."""
    height, width = picture.shape[:2]
    return Photo(picture, width, height, "sha256:" + "0" * 64, "JPEG")


def nearest(hands: Sequence[Hand], keypoints_xy: Floats) -> tuple[Hand, ...]:
    """The hand that lies at the true keypoints, or none."""
    size = float(np.ptp(keypoints_xy, axis=0).max())
    far = [float(np.linalg.norm(hand.keypoints_xy - keypoints_xy, axis=1).mean()) / size for hand in hands]
    return (hands[int(np.argmin(far))],) if far and min(far) < NEAR else ()


def largest(hands: Sequence[Hand]) -> tuple[Hand, ...]:
    """The largest hand, or none."""
    return (max(hands, key=lambda hand: float(np.prod(hand.box_xyxy[2:] - hand.box_xyxy[:2]))),) if hands else ()


def _hand(world_xyz: Floats, keypoints_xy: Floats, right: bool, side_score: float, presence: float) -> Hand:
    box = np.concatenate([keypoints_xy.min(0), keypoints_xy.max(0)])
    return Hand(box, keypoints_xy, world_xyz, "right" if right else "left", float(side_score), float(presence))
