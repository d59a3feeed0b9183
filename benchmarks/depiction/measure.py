"""What netra says of the cases, beside what is true."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from benchmarks.depiction.actors import REFERENCE_SESSIONS
from benchmarks.depiction.canvas import TrueFace
from benchmarks.depiction.cases import Kind
from benchmarks.depiction.files import Made, Maker
from vision.depiction import read_picture
from vision.reference_copy import ReferencePicture
from vision.types import DepictionKind, Face, PhotoLayout, PictureReading


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """One case with what was said of it.

    Attributes:
        right: what its kind asks for was said.
        present: faces of people who are there, of which ``called`` were called pictures.
        by: what made the target's face a picture.
        found: all that was said.
        seconds: of processor time.
    """

    case: Made
    right: bool
    present: int
    called: int
    by: tuple[DepictionKind, ...]
    found: PictureReading
    seconds: float


class Reader:
    """Reads cases as a scan would: the target looks like a candidate, whose reference photos are looked for."""

    def __init__(self, maker: Maker) -> None:
        self._maker = maker
        self._views: dict[int, tuple[ReferencePicture, ...]] = {}

    def read(self, case: Made) -> Told:
        """Read one case."""
        photo = case.photo()
        faces = [face for _, face in case.faces]
        references = [self._references(true.who) if true.target else () for true, _ in case.faces]
        start = time.process_time()
        found = read_picture(photo, faces, references)
        seconds = time.process_time() - start
        pairs = list(zip(case.faces, found.depictions, strict=True))
        by = tuple(each.kind for (true, _), why in pairs if true.target for each in why[:1])
        there = [bool(why) for (true, _), why in pairs if not _is_picture(case.kind, true)]
        right = _RIGHT[case.kind](case, found)
        return Told(case, right, len(there), sum(there), by, found, seconds)

    def _references(self, who: int) -> tuple[ReferencePicture, ...]:
        if who not in self._views:
            made = []
            for session in range(REFERENCE_SESSIONS):
                pixels, face = self._maker.reference(who, session)
                made.append(ReferencePicture.of(f"candidate-{who}-{session + 1}.jpg", pixels, face.box_xyxy))
            self._views[who] = tuple(made)
        return self._views[who]


def _is_picture(kind: Kind, true: TrueFace) -> bool:
    """In a collage or a screenshot the reference photo is a picture of its own, which says the same of it."""
    return true.depicted and (kind not in (Kind.COLLAGE, Kind.SCREENSHOT) or true.reference >= 0)


def _target_marked(case: Made, found: PictureReading) -> bool:
    marked = [bool(why) for (true, _), why in zip(case.faces, found.depictions, strict=True) if true.target]
    return all(marked) and _others_unmarked(case, found)


def _others_unmarked(case: Made, found: PictureReading) -> bool:
    return not any(why for (true, _), why in zip(case.faces, found.depictions, strict=True) if not true.depicted)


def _apart(case: Made, found: PictureReading) -> bool:
    """Two faces are in one part exactly where they were put into one."""
    places = [(true.panel, found.layout.panel_of(face.box_xyxy)) for true, face in case.faces]
    return not found.layout.screenshot and all((a[0] == b[0]) == (a[1] == b[1]) for a, b in combinations(places, 2))


def _framed(case: Made, found: PictureReading) -> bool:
    """A screenshot, with every face in its one content."""
    layout = found.layout
    return layout.screenshot and all(_inside(face, layout) for _, face in case.faces)


def _inside(face: Face, layout: PhotoLayout) -> bool:
    x, y = (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2
    x0, y0, x1, y1 = layout.panels_xyxy[0]
    return bool(x0 <= x <= x1 and y0 <= y <= y1)


def _untouched(case: Made, found: PictureReading) -> bool:
    """Nobody who is there is a picture, and the photo is one photo."""
    return _others_unmarked(case, found) and len(found.layout.panels_xyxy) == 0 and not found.layout.screenshot


_RIGHT: dict[Kind, Callable[[Made, PictureReading], bool]] = {
    Kind.BANNER: _target_marked,
    Kind.SCREEN: _target_marked,
    Kind.SHIRT: _target_marked,
    Kind.COLLAGE: _apart,
    Kind.SCREENSHOT: _framed,
    Kind.PRESENT: _untouched,
    Kind.HELD_FRAME: _untouched,
}


def milliseconds(told: Sequence[Told]) -> tuple[float, float]:
    """Median and 95th percentile of processor time a photo."""
    times = [1000 * each.seconds for each in told] or [0.0]
    return float(np.median(times)), float(np.percentile(times, 95))
