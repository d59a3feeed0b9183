"""The manifest: the office's list of uploads, one line a photo, with who, where and when.

``load_manifest`` reads the CSV file and tells every mistake at once, one line each; ``Manifest.entries_for`` finds the
line of a file that a scan met.
"""

import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from netra.zones import Zone
from screening.archive import ArchiveMember
from screening.upload_facts import UploadFacts
from screening.uploads import FileSource, Row, Upload
from vision.photo_file import valid_text


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """One line of the manifest.

    Attributes:
        line: where it begins, from 1.
        path: as written there.
        facts: what it says.
    """

    line: int
    path: str
    facts: UploadFacts


@dataclass(frozen=True, slots=True)
class Manifest:
    """A list of uploads.

    Attributes:
        path: of the file.
        entries: in file order.
    """

    path: Path
    entries: tuple[ManifestEntry, ...]
    _places: Mapping[str, ManifestEntry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        places: dict[str, ManifestEntry] = {}
        # First beside the manifest, then as the scan names them: where a line could mean two files, the first counts.
        for folder in (self.path.parent, Path()):
            for entry in self.entries:
                places.setdefault(place_of(folder, entry.path), entry)
        object.__setattr__(self, "_places", places)

    def entries_for(self, row: Row) -> tuple[ManifestEntry, ...]:
        """The line about a file that was met, or none."""
        entry = self._places.get(_place_of_row(row))
        return () if entry is None else (entry,)

    def compared(self, rows: Iterable[Row]) -> "Comparison":
        """Which of its lines are about files of a scan, and which photos of the scan have none."""
        met, unlisted = set[int](), []
        for row in rows:
            entries = self.entries_for(row)
            met.update(entry.line for entry in entries)
            if isinstance(row, Upload) and not entries:
                unlisted.append(row.path)
        unmet = tuple(entry for entry in self.entries if entry.line not in met)
        return Comparison(len(self.entries), unmet, tuple(unlisted))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A manifest beside the files of a scan.

    Attributes:
        lines: how many lines the manifest has.
        unmet: lines whose file is not in the scan, in file order.
        unlisted: paths of photos in the scan without a line, in the scan's order.
    """

    lines: int
    unmet: tuple[ManifestEntry, ...]
    unlisted: tuple[str, ...]


def load_manifest(path: Path, zone: Zone, now: datetime) -> Manifest:
    """Read a manifest.

    Args:
        path: the CSV file; paths in it are relative to its folder, or as the scan names them.
        zone: of times that name none, and of the days that count.
        now: what is later lies in the future.

    Raises:
        screening.errors.ManifestError: one line for each mistake, in file order, each with its line and column.
    """
    from screening.manifest_file import read_manifest

    return Manifest(path, tuple(read_manifest(path, zone, now)))


def place_of(folder: Path, written: str) -> str:
    r"""The one form of a path by which lines and files are compared: absolute, ``/`` between names, composed letters.

    macOS keeps ``é`` in names as two characters and Excel writes one; Windows writes ``\``.
    """
    # By text and not by Path: resolve() would follow links, and a list of uploads may have 100,000 lines.
    return _one_form(os.path.abspath(os.path.join(folder, written.replace("\\", "/"))))  # noqa: PTH100, PTH118


def _place_of_row(row: Row) -> str:
    source = row.source if isinstance(row, Upload) else FileSource(row.path)
    if isinstance(source, ArchiveMember):
        # Not made absolute together: a member called ``../a.jpg`` must not pass for the file beside the archive.
        return f"{place_of(Path(), source.archive)}/{_one_form(source.name)}"
    return place_of(Path(), source.path)


def _one_form(path: str) -> str:
    text = unicodedata.normalize("NFC", valid_text(path)).replace("\\", "/")
    return os.path.normcase(text).replace("\\", "/")
