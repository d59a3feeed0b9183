"""Which photos are measured: the invented uploads, the evaluation photos beside the repository, or the user's own."""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from fixtures.paths import ELECTION, TRUTH, UPLOADS
from netra.errors import UsageError

EVALUATION = Path(__file__).resolve().parents[2] / "shared" / "data"
FOLDERS = {"faces": "faces", "scenes": "scenes", "hands": "hands/people"}
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})  # what both sides read


@dataclass(frozen=True, slots=True)
class PhotoSet:
    """Photos that are reported together.

    Attributes:
        name: for people.
        photos: at least one.
        elections: the election file for which the photos would be scanned, or none.
    """

    name: str
    photos: tuple[Path, ...]
    elections: tuple[Path, ...] = ()

    def __post_init__(self) -> None:
        if not self.photos:
            raise ValueError(f"{self.name}: expected at least one photo, got none")

    def thinned(self, limit: int) -> "PhotoSet":
        """At most ``limit`` photos, spread evenly over the set; 0 keeps all."""
        count = len(self.photos)
        if not limit or limit >= count:
            return self
        return PhotoSet(self.name, tuple(self.photos[index * count // limit] for index in range(limit)), self.elections)


def known_sets(truth: Path = TRUTH, uploads: Path = UPLOADS, evaluation: Path = EVALUATION) -> tuple[PhotoSet, ...]:
    """The sets that are present, in a fixed order."""
    return tuple(_present(truth, uploads, evaluation))


def own_set(paths: Sequence[str]) -> PhotoSet:
    """The photos that the user names, and those in the folders that the user names.

    Raises:
        UsageError: a path does not exist, or there is no photo in any of them.
    """
    missing = [path for path in paths if not os.path.lexists(path)]
    if missing:
        raise UsageError("\n".join(f"{path}: there is no such file or folder; check its spelling" for path in missing))
    photos = tuple(photo for path in map(Path, paths) for photo in (_photos_in(path) if path.is_dir() else (path,)))
    if not photos:
        raise UsageError(
            f"{', '.join(paths)}: no photo found, expected files that end in {', '.join(sorted(SUFFIXES))}"
        )
    return PhotoSet("photos", photos)


def _present(truth: Path, uploads: Path, evaluation: Path) -> Iterator[PhotoSet]:
    if truth.is_file():
        rows = json.loads(truth.read_text(encoding="utf-8"))["photos"]
        good = tuple(
            uploads / row["path"]
            for row in rows
            if row["status"] == "ok" and Path(row["path"]).suffix.lower() in SUFFIXES
        )
        if good:
            yield PhotoSet("uploads", good, (ELECTION,) if ELECTION.is_file() else ())
    for name, folder in FOLDERS.items():
        photos = _photos_in(evaluation / folder)
        if photos:
            yield PhotoSet(name, photos)


def _photos_in(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()))
