"""How near crops of faces come to those made with five real points: ``python -m benchmarks.crop_places [PHOTOS...]``.

A network of the ArcFace family wants eyes, nose tip and mouth corners in set places. netra's detector gives eyes, nose
tip and the centre of the mouth. MediaPipe's face mesh, which finds the mouth's corners too, is the yardstick: how far
are the places that a crop with them has right off in a crop without them?
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from fixtures.paths import ELECTION, UPLOADS
from netra.errors import NetraError, PhotoError
from vision.align import FOUR_OF_FIVE, POINT_WEIGHTS, similarity
from vision.face_model import ARCFACE_112
from vision.faces import FaceDetector
from vision.photo import load_photo
from vision.types import Face

Points = NDArray[np.float64]
EVALUATION: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "faces"
REAL_SETS: Final = ("pairs", "named", "lookalikes", "paslon")
ENDINGS: Final = (".jpg", ".jpeg", ".png")
LEAST_SIDE: Final = 40
RESAMPLES: Final = 2000
SEED: Final = 5
# Of the mesh's 478 points: the person's right and left iris, the tip of the nose, the right and left mouth corner.
IRISES, NOSE, CORNERS = (slice(468, 473), slice(473, 478)), 1, (61, 291)
WEIGHTS: Final = {
    "eyes, nose, mouth twice (netra)": POINT_WEIGHTS,
    "eyes, nose, mouth once": np.array([1.0, 1, 1, 1]),
    "eyes, mouth twice": np.array([1.0, 1, 0, 2]),
    "eyes alone": np.array([1.0, 1, 0, 0]),
}


def medians(off: Points) -> tuple[Points, Points, Points]:
    """By way: the median over faces, and the ends of its 95% interval by bootstrap over faces.

    Args:
        off: (faces, ways), at least one face.
    """
    draws = np.random.default_rng(SEED).integers(0, len(off), (RESAMPLES, len(off)))
    low, high = np.percentile(np.median(off[draws], axis=1), [2.5, 97.5], axis=0)
    return np.median(off, axis=0), low, high


def places_off(keypoints: Points, five: Points) -> Points:
    """(ways,) how far each way of cutting puts the five places from where they belong, in pixels of 112.

    Args:
        keypoints: (4, 2) eyes, nose tip and mouth centre, as the detector gives them.
        five: (5, 2) of the same face: eyes, nose tip, mouth corners.
    """
    template = np.array(ARCFACE_112)
    right = similarity(five, template, np.ones(5))
    shown = (template - right[:, 2]) @ np.linalg.inv(right[:, :2]).T
    fits = [similarity(keypoints, FOUR_OF_FIVE @ template, weights) for weights in WEIGHTS.values()]
    return np.array([np.linalg.norm(shown @ fit[:, :2].T + fit[:, 2] - template, axis=1).mean() for fit in fits])


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, or the exit code of what is missing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crop_places", description=__doc__)
    parser.add_argument("photos", nargs="*", type=Path, metavar="PHOTOS", help="folders, in place of the known sets")
    given = parser.parse_args(arguments).photos
    sets: dict[str, tuple[Path, ...]] = {str(folder): (folder,) for folder in given} or {
        "invented people": (UPLOADS, ELECTION.parent),
        **{f"faces/{name}": (EVALUATION / name,) for name in REAL_SETS if (EVALUATION / name).is_dir()},
    }
    try:
        mesh = _mesh()
        for name, folders in sets.items():
            _print(name, np.array(list(_measured(folders, mesh))))
    except NetraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _print(name: str, off: Points) -> None:
    print(f"{name}: {len(off)} faces of {LEAST_SIDE} pixels and more")
    if not len(off):
        return
    for way, middle, low, high in zip(WEIGHTS, *medians(off), strict=True):
        print(f"  {way:32} median {middle:.2f} [{low:.2f}, {high:.2f}] of 112 pixels")


def _measured(folders: Sequence[Path], mesh: Callable[[NDArray[np.uint8]], Any]) -> Iterator[Points]:
    detector = FaceDetector()
    for path in sorted(each for folder in folders for each in folder.rglob("*") if each.suffix.lower() in ENDINGS):
        try:
            photo = load_photo(path)
        except PhotoError:
            continue
        for face in detector(photo):
            if max(face.box_xyxy[2:] - face.box_xyxy[:2]) >= LEAST_SIDE:
                for five in _five_points(photo.pixels, face, photo.scale_xy, mesh):
                    yield places_off(np.asarray(face.keypoints_xy[:4] / photo.scale_xy, np.float64), five)


def _five_points(
    pixels: NDArray[np.uint8], face: Face, scale_xy: NDArray[np.float32], mesh: Callable[[NDArray[np.uint8]], Any]
) -> Iterator[Points]:
    """What the mesh finds in a face's surroundings; nothing where it finds none, or somebody else."""
    box, keypoints = face.box_xyxy / np.tile(scale_xy, 2), face.keypoints_xy / scale_xy
    middle, reach = (box[:2] + box[2:]) / 2, float((box[2:] - box[:2]).max())
    low = np.maximum(0, middle - reach).astype(int)
    high = (middle + reach).astype(int)
    around = np.ascontiguousarray(pixels[low[1] : high[1], low[0] : high[0]])
    for found in (mesh(around).multi_face_landmarks or ())[:1]:
        size = np.array(around.shape[1::-1])
        points = np.array([[point.x, point.y] for point in found.landmark]) * size + low
        eyes = [points[iris].mean(axis=0) for iris in IRISES]
        apart = np.linalg.norm(keypoints[0] - keypoints[1])
        if np.linalg.norm(np.mean(eyes, axis=0) - keypoints[:2].mean(axis=0)) < apart / 2:
            yield np.array([*eyes, points[NOSE], *points[list(CORNERS)]])


def _mesh() -> Callable[[NDArray[np.uint8]], Any]:
    from mediapipe.python.solutions.face_mesh import FaceMesh

    mesh = FaceMesh(static_image_mode=True, max_num_faces=1, refine_landmarks=True, min_detection_confidence=0.3)
    return mesh.process  # type: ignore[no-any-return] # mediapipe has no types


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
