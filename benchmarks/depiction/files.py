"""Cases on disk, made once: the photo as a JPEG file, its truth, and the faces that netra's detector finds in it."""

import ast
import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.depiction.actors import CANDIDATES, REFERENCE_SESSIONS, Part, Pixels, Studio, reference_of
from benchmarks.depiction.canvas import TrueFace
from benchmarks.depiction.cases import Kind, case_of
from benchmarks.depiction.things import aged
from vision.boxes import iou
from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.types import Face, Photo

OUT: Final = Path(__file__).resolve().parents[2] / "out" / "depiction"
SAME_FACE: Final = 0.3
"""Overlap (IoU) from which a detected face is the true one."""


@dataclass(frozen=True, slots=True, eq=False)
class Made:
    """A case as netra sees it.

    Attributes:
        faces: the true faces that were found, each with the face as detected.
        panels: how many parts the file is put together from.
    """

    path: Path
    kind: Kind
    variant: str
    panels: int
    faces: tuple[tuple[TrueFace, Face], ...]

    def photo(self) -> Photo:
        """Decoded as a scan does."""
        return load_photo(self.path)


def no_progress(done: int, of: int) -> None:
    """For a run that nobody watches."""


class Maker:
    """Makes the cases of a part, those that are not there yet."""

    def __init__(self, part: Part, out: Path = OUT) -> None:
        self._part, self._detector = part, FaceDetector(1)
        self._studio = Studio(part, out)
        self._folder = out / f"{part.name}-cases-{_code()}"
        self._folder.mkdir(parents=True, exist_ok=True)

    def cases(self, kind: Kind, count: int, progress: Callable[[int, int], None] = no_progress) -> tuple[Made, ...]:
        """The first cases of a kind whose target the detector finds: a face that is not found has no sighting."""
        made: list[Made] = []
        number = 0
        while len(made) < count:
            case = self._case(kind, number)
            number += 1
            if any(face.target for face, _ in case.faces):
                made.append(case)
                progress(len(made), count)
        return tuple(made)

    def reference(self, who: int, session: int) -> tuple[Pixels, Face]:
        """A candidate's reference photo and the face in it."""
        return self._reference(who, session)

    @lru_cache(maxsize=CANDIDATES * REFERENCE_SESSIONS)  # noqa: B019  # as many as there are; one maker a run
    def _reference(self, who: int, session: int) -> tuple[Pixels, Face]:
        shot = self._studio.get(reference_of(who, session))
        photo = Photo(shot.pixels, shot.pixels.shape[1], shot.pixels.shape[0], "sha256:" + "0" * 64, "PNG")
        return shot.pixels, self._detector(photo)[0]

    def _case(self, kind: Kind, number: int) -> Made:
        path = self._folder / f"{kind.value}-{number:04d}.jpg"
        notes = path.with_suffix(".json")
        if not notes.exists():
            self._make(kind, number, path, notes)
        known = json.loads(notes.read_text(encoding="utf-8"))
        pairs = tuple(
            (
                TrueFace(**(each["true"] | {"box_xyxy": tuple(each["true"]["box_xyxy"])})),
                Face(np.array(each["box"], np.float32), np.array(each["keypoints"], np.float32), each["score"]),
            )
            for each in known["faces"]
        )
        return Made(path, kind, known["variant"], known["panels"], pairs)

    def _make(self, kind: Kind, number: int, path: Path, notes: Path) -> None:
        case = case_of(self._part, kind, number, self._studio)
        rng = np.random.default_rng([self._part.seed, list(Kind).index(kind), number, 9999])
        path.write_bytes(aged(case.canvas.pixels, rng, clean=kind in (Kind.COLLAGE, Kind.SCREENSHOT)))
        found = self._detector(load_photo(path))
        faces = []
        for true in case.faces:
            box = np.array(true.box_xyxy, np.float32)
            shares = iou(box, np.array([each.box_xyxy for each in found], np.float32).reshape(-1, 4))
            if shares.size and shares.max() >= SAME_FACE:
                face = found[int(np.argmax(shares))]
                faces.append(
                    {
                        "true": asdict(true),
                        "box": face.box_xyxy.tolist(),
                        "keypoints": face.keypoints_xy.tolist(),
                        "score": face.score,
                    }
                )
        text = json.dumps({"variant": case.variant, "panels": case.panels, "faces": faces})
        notes.write_text(text, encoding="utf-8")


def _code() -> str:
    here = Path(__file__).parent
    makers = ("actors", "canvas", "cases", "layouts", "sheets", "things")
    code = [ast.unparse(ast.parse((here / f"{name}.py").read_text(encoding="utf-8"))) for name in makers]
    return hashlib.sha256("".join(code).encode()).hexdigest()[:8]
