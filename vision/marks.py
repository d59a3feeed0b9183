"""What an annotated picture shows: faces and hands, each with a tone and a label.

Marks know nothing of candidates or rules: who makes them decides what they say. A person who is no candidate has the
tone ``OTHER``, which takes no label, so that no bystander can be named in a picture by mistake.
"""

from dataclasses import dataclass
from enum import StrEnum

from vision.types import Floats, frozen_array, frozen_box


class Tone(StrEnum):
    """What a mark stands for; it decides colour and line. Faces are no symbols, hands no candidates."""

    CANDIDATE = "candidate"
    POSSIBLE = "possible"
    SYMBOL = "symbol"
    UNREADABLE = "unreadable"
    OTHER = "other"


def _check(label: str, tone: Tone, allowed: tuple[Tone, ...]) -> None:
    if tone not in allowed:
        raise ValueError(f"tone: expected one of {', '.join(allowed)}, got {tone}")
    if tone is Tone.OTHER and label:
        raise ValueError(f"label: expected none with the tone 'other', which stands for bystanders; got {label!r}")


@dataclass(frozen=True, slots=True, eq=False)
class FaceMark:
    """A face to draw.

    Attributes:
        box_xyxy: (4,) float32, pixels of the full upright photo; it may reach over the photo's edge.
        label: what stands beside the box, for example a name; always empty with the tone ``OTHER``.
        tone: ``CANDIDATE``, ``POSSIBLE`` or ``OTHER``.
    """

    box_xyxy: Floats
    label: str = ""
    tone: Tone = Tone.OTHER

    def __post_init__(self) -> None:
        object.__setattr__(self, "box_xyxy", frozen_box("box_xyxy", self.box_xyxy))
        _check(self.label, self.tone, (Tone.CANDIDATE, Tone.POSSIBLE, Tone.OTHER))


@dataclass(frozen=True, slots=True, eq=False)
class HandMark:
    """A hand to draw.

    Attributes:
        keypoints_xy: (21, 2) float32, pixels of the full upright photo, MediaPipe's order.
        label: what stands beside the hand, for example a symbol and its confidence; empty with the tone ``OTHER``.
        tone: ``SYMBOL``, which gives each finger its colour, ``UNREADABLE`` for a hand too small to be read, whose
            place alone is drawn, or ``OTHER`` for a hand that shows nothing.
    """

    keypoints_xy: Floats
    label: str = ""
    tone: Tone = Tone.OTHER

    def __post_init__(self) -> None:
        object.__setattr__(self, "keypoints_xy", frozen_array("keypoints_xy", self.keypoints_xy, (21, 2)))
        _check(self.label, self.tone, (Tone.SYMBOL, Tone.UNREADABLE, Tone.OTHER))
