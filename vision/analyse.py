"""The door of this room: one photo in, its faces and hands out. Each network is loaded when it is first needed."""

import hashlib
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

import cv2
import numpy as np

from netra import __version__
from vision.depiction import read_picture
from vision.embed import Embedder, make_embedder
from vision.engine import weights
from vision.face_model import FaceModel
from vision.faces import FaceDetector
from vision.hands import HandFinder
from vision.owners import owners_of
from vision.photo import load_photo
from vision.photo_limits import LONGEST_SIDE
from vision.poses import PoseLandmarker
from vision.quality import quality_of
from vision.reference_copy import ReferencePicture
from vision.symbols import SymbolReader, can_be_read
from vision.two_hands import read_pairs
from vision.types import Face, FaceReading, HandReading, Photo, PictureReading


class Analyser:
    """The networks of one worker.

    Args:
        threads: how many threads each network may use.
        face_models: the user's own face model, or none for the one that comes with netra.
    """

    def __init__(self, threads: int = 1, face_models: Sequence[FaceModel] = ()) -> None:
        if len(face_models) > 1:
            raise ValueError(f"face_models: expected one at most, got {len(face_models)}")
        self._threads, self._face_models = threads, tuple(face_models)
        cv2.setNumThreads(threads)

    @property
    def model_id(self) -> str:
        """Names the face detector, the alignment and the face model: templates of one id can be compared."""
        return self._embedder.recipe

    @property
    def reading_id(self) -> str:
        """Names all that a reading of faces rests on: ``model_id``, and this room's code, which finds and grades them.

        It changes more often than results do; what was kept under another one is only read again.
        """
        return f"{self.model_id} {_code_id()}"

    @property
    def sight_id(self) -> str:
        """Names all that finding and grading faces, and reading hands, rest on: every network but the face model, and
        this room's code.
        """
        networks = "".join(each.sha256 for each in weights.ALL if each is not weights.FACE_EMBEDDER)
        return f"networks:{hashlib.sha256(networks.encode()).hexdigest()[:16]} {_code_id()}"

    @property
    def models(self) -> dict[str, str]:
        """The sha256 of each model file in use, by file name."""
        own = {model.path.name: "sha256:" + model.sha256 for model in self._face_models}
        shipped = [each for each in weights.ALL if not (own and each is weights.FACE_EMBEDDER)]
        return {Path(each.inside).name: "sha256:" + each.sha256 for each in shipped} | own

    def read_file(self, path: Path) -> tuple[Photo, tuple[FaceReading, ...]]:
        """Load a photo from a file and read its faces.

        Raises:
            PhotoError: the photo cannot be used.
        """
        photo = load_photo(path, longest_side=LONGEST_SIDE)
        return photo, self.read_faces(photo)

    def read_faces(self, photo: Photo) -> tuple[FaceReading, ...]:
        """All faces of a photo with quality and template, largest first."""
        return self.embed_faces(photo, self._face_detector(photo))

    def embed_faces(self, photo: Photo, faces: Sequence[Face]) -> tuple[FaceReading, ...]:
        """Quality and template of faces that were found before; the same to the bit where all of a photo are given."""
        boxes = [face.box_xyxy / np.tile(photo.scale_xy, 2) for face in faces]
        keypoints = [face.keypoints_xy / photo.scale_xy for face in faces]
        templates, chips = self._embedder(photo.pixels, boxes, keypoints)
        return tuple(
            FaceReading(face, quality_of(face, chip), template)
            for face, chip, template in zip(faces, chips, templates, strict=True)
        )

    def read_hands(self, photo: Photo, faces: Sequence[Face]) -> tuple[HandReading, ...]:
        """All hands of a photo, from left to right, with symbol and owner; owners count in the order of ``faces``."""
        hands = self._hand_finder(photo, faces)
        alone = self._symbol_reader(hands, lambda hand: self._hand_finder.again(photo, hand))
        symbols = read_pairs(hands, alone)
        # A pose is asked for the sake of hands that show something, and its network loaded when first asked for.
        owners = owners_of(hands, faces, photo, lambda who: self._pose_landmarker(photo, who), [*map(bool, symbols)])
        return tuple(
            HandReading(hand, shown, people, can_be_read(hand))
            for hand, shown, people in zip(hands, symbols, owners, strict=True)
        )

    def read_picture(
        self, photo: Photo, faces: Sequence[Face], references: Sequence[Sequence[ReferencePicture]]
    ) -> PictureReading:
        """Which of a photo's faces are pictures of somebody, and how the photo is put together.

        Args:
            photo: the photo.
            faces: all faces in it.
            references: for each face the reference photos of the candidate it looks like; none where it looks like
                nobody.
        """
        return read_picture(photo, faces, references)

    def reference_picture(self, name: str, path: Path) -> tuple[ReferencePicture, ...]:
        """A candidate's reference photo, ready to be found again; nothing where no face is found in it.

        Args:
            name: what readings call it.
            path: of its file.

        Raises:
            PhotoError: the photo cannot be used.
        """
        photo = load_photo(path, longest_side=LONGEST_SIDE)
        faces = self._face_detector(photo)
        boxes = [face.box_xyxy / np.tile(photo.scale_xy, 2) for face in faces[:1]]  # the largest comes first
        return tuple(ReferencePicture.of(name, photo.pixels, box) for box in boxes)

    @cached_property
    def _face_detector(self) -> FaceDetector:
        return FaceDetector(self._threads)

    @cached_property
    def _embedder(self) -> Embedder:
        return make_embedder(self._face_models, self._threads)

    @cached_property
    def _symbol_reader(self) -> SymbolReader:
        return SymbolReader()

    @cached_property
    def _pose_landmarker(self) -> PoseLandmarker:
        return PoseLandmarker(self._threads)

    @cached_property
    def _hand_finder(self) -> HandFinder:
        return HandFinder(self._threads)


@cache
def _code_id() -> str:
    room = Path(__file__).parent
    digest = hashlib.sha256(__version__.encode())  # all there is to go by where netra is installed without its sources
    for path in sorted(room.rglob("*.py")):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return "code:" + digest.hexdigest()[:16]
