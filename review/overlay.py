"""What is drawn over a photo: boxes of faces, hands as points and bones, marks of people; as parts of an SVG.

Everything is in pixels of the full upright photo, so that it lies right however closely somebody looks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from casework.evidence_parts import Box, Evidence, Point, SeenFace, SeenHand
from casework.marks import Mark
from netra.both import Language
from review.finding_words import symbol_name

CHAINS: Final = (
    (0, 1, 2, 3, 4),
    (0, 5, 6, 7, 8),
    (5, 9, 13, 17, 0),
    (9, 10, 11, 12),
    (13, 14, 15, 16),
    (17, 18, 19, 20),
)
"""Bones of a hand, as rows of the 21 points in MediaPipe's order."""


_TOO_FAR: Final = 0.65  # of the photo's width: a name that begins there may not fit any more


@dataclass(frozen=True, slots=True)
class Drawn:
    """One thing over the photo.

    Attributes:
        kind: class of ``finding.css``, for its colour and dashes.
        path: of an SVG path: a box or bones.
        tips: likewise: dots.
        text: beside it, or empty.
        x, y: where the text begins.
    ends: the text ends at its place: to the right of it there is no room.
    below: the text stands under its place, so that those of raised hands do not lie over faces.
    """

    kind: str
    path: str
    tips: str = ""
    text: str = ""
    x: float = 0.0
    y: float = 0.0
    ends: bool = False
    below: bool = False


def drawn_over(finding: Evidence, marks: Sequence[Mark], language: Language) -> tuple[Drawn, ...]:
    """Everything, what matters most last, so that it lies on top.

    Args:
        finding: whose photo.
        marks: those that may be seen.
        language: of symbols' names.
    """
    parts = finding.panels if len(finding.panels) > 1 else ()
    people = sorted(finding.people, key=lambda one: one.in_question)
    hands = sorted(finding.hands, key=lambda one: one.in_question)
    return (
        *(Drawn("part", box_path(box)) for number, box in enumerate(parts) if number == finding.panel),
        *(_face(one, finding.width) for one in people),
        *(each for one in hands for each in _hand(one, language, finding.width)),
        *(Drawn("marked", box_path(one.box)) for one in marks),
    )


def box_path(box: Box) -> str:
    """A box as an SVG path."""
    x, y, width, height = (round(value, 1) for value in box)
    return f"M{x} {y}h{width}v{height}h{-width}z"


def _face(one: SeenFace, width: int) -> Drawn:
    names = "".join(f" {said.candidate.called}" for said in one.seen_as)
    kind = ("sighted" if one.seen_as else "person") + (" pictured" if one.depicted else "")
    (x, ends), y = _beside(one.box, width), one.box[1]
    return Drawn(kind, box_path(one.box), "", f"{one.number + 1}{names}", x, y, ends)


def _hand(one: SeenHand, language: Language, width: int) -> Iterator[Drawn]:
    name = symbol_name(language, one.symbol) if one.symbol else ""
    kind = "claimed" if one.in_question else "bone"
    (x, ends), bottom = _beside(one.box, width), one.box[1] + one.box[3]
    if len(one.keypoints) < 21:  # a record of a version that kept none
        yield Drawn(kind, box_path(one.box), "", name, x, bottom, ends, below=True)
        return
    bones = " ".join(_line([one.keypoints[place] for place in chain]) for chain in CHAINS)
    dots = " ".join(f"M{round(px, 1)} {round(py, 1)}h0" for px, py in one.keypoints)
    yield Drawn(kind, bones, dots, name, x, bottom, ends, below=True)


def _beside(box: Box, width: int) -> tuple[float, bool]:
    """Where a text begins, or where it ends."""
    x, _, wide, _ = box
    ends = width > 0 and x > _TOO_FAR * width
    return (x + wide if ends else x), ends


def _line(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{round(x, 1)} {round(y, 1)}" for x, y in points)
