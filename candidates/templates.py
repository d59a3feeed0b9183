"""Keeps the templates of reference photos on disk, so that a second scan does not read them again.

Only candidates and decoys are ever stored: nobody else's face is kept (design, "What it never does"). A file belongs
to one photo (by the sha256 of its bytes) and one way of reading faces (``FaceReader.reading_id``), so what changed is
read anew.
"""

import hashlib
import logging
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from candidates.npz_file import DAMAGED, read_npz, write_npz
from vision.types import Face, FaceQuality, FaceReading

logger = logging.getLogger(__name__)

FORMAT: Final = 2
"""Raised whenever what is stored changes; files of another format are read as missing."""


class TemplateStore(Protocol):
    """Where enrolment looks before it reads a photo."""

    def load(self, sha256: str, reading_id: str) -> tuple[FaceReading, ...]:
        """The one face of a photo, or none where it is not stored."""

    def store(self, sha256: str, reading_id: str, reading: FaceReading) -> None:
        """Keep the one face of a photo of a candidate or decoy."""


class NoTemplateCache:
    """Keeps nothing: ``--no-cache``."""

    def load(self, sha256: str, reading_id: str) -> tuple[FaceReading, ...]:  # noqa: ARG002 - nothing is stored
        """None."""
        return ()

    def store(self, sha256: str, reading_id: str, reading: FaceReading) -> None:
        """Nothing happens."""


@dataclass(frozen=True, slots=True)
class TemplateCache:
    """A folder of templates, readable by its owner alone. Losing it costs time and nothing else.

    Attributes:
        folder: made on first use, mode 0700; its files have mode 0600.
    """

    folder: Path

    def load(self, sha256: str, reading_id: str) -> tuple[FaceReading, ...]:
        """The one face of a photo, or none where it is not stored or its file is damaged."""
        path = self._path(sha256, reading_id)
        try:
            stored = read_npz(path)
            if stored["about"].tolist() != _about(sha256, reading_id):
                raise ValueError("it is about another photo, way of reading or format")
            face = Face(stored["box_xyxy"], stored["keypoints_xy"], float(stored["score"]))
            return (FaceReading(face, FaceQuality(*stored["quality"].tolist()), stored["template"]),)
        except FileNotFoundError:
            return ()
        except (OSError, *DAMAGED) as error:
            logger.debug("template cache: %s is ignored and written again: %s", path, error)
            return ()

    def store(self, sha256: str, reading_id: str, reading: FaceReading) -> None:
        """Keep the one face of a photo of a candidate or decoy; a folder that cannot be written is only logged."""
        path = self._path(sha256, reading_id)
        face, quality = reading.face, reading.quality
        arrays = {
            "about": np.array(_about(sha256, reading_id)),
            "box_xyxy": face.box_xyxy,
            "keypoints_xy": face.keypoints_xy,
            "score": np.array(face.score),
            "quality": np.array([quality.size, quality.sharpness, quality.frontality, quality.value]),
            "template": reading.template,
        }
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if os.name == "posix":
                self.folder.chmod(0o700)  # it may have been made by hand, with wider rights
            write_npz(path, arrays, 0o600)
        except OSError as error:
            logger.warning("template cache: %s cannot be written, so photos are read anew each time: %s", path, error)

    def clear(self) -> int:
        """Delete every stored template and return how many there were."""
        paths = [path for path in self.folder.glob("*.npz") if path.is_file()] if self.folder.is_dir() else []
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)

    def _path(self, sha256: str, reading_id: str) -> Path:
        name = hashlib.sha256("\n".join(_about(sha256, reading_id)).encode()).hexdigest()
        return self.folder / f"{name}.npz"


def default_cache_folder() -> Path:
    """Where this user's programs keep what they can make again: XDG on Linux, Caches on macOS, LOCALAPPDATA."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA", "")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / "netra" / "templates"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "netra" / "templates"
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG specification says that a relative path is to be ignored.
    return (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "netra" / "templates"


def _about(sha256: str, reading_id: str) -> list[str]:
    return [f"netra templates {FORMAT}", sha256, reading_id]
