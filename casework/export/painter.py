"""What an export asks of whoever can draw: this room has no pixels of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Painted:
    """A working copy and its details, all JPEG without metadata.

    Attributes:
        jpeg: the photo with bystanders' faces hidden, candidates and hands marked.
        width, height: pixels of it.
        faces: number of the person in the record -> the face cut out.
        hands: number of the hand in the record -> the hand cut out.
    """

    jpeg: bytes
    width: int
    height: int
    faces: Mapping[int, bytes]
    hands: Mapping[int, bytes]


class Painter(Protocol):
    """Draws working copies; the same photo and record give the same bytes."""

    def paint(self, data: bytes, name: str, record: Mapping[str, Any], hide: frozenset[str]) -> Painted:
        """Draw one photo.

        Args:
            data: the original.
            name: what messages call it.
            record: ``netra.photo/1``.
            hide: candidates whom reviewers did not see in this photo: who was taken for them is a bystander.

        Raises:
            PhotoError: the photo cannot be drawn.
        """

    def reference(self, name: str) -> tuple[bytes, ...]:
        """A reference photo as JPEG, by the name that records call it; none where it is not at hand."""
