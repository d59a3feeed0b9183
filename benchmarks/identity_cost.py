"""What telling people apart costs: its share of a scan, and how it grows with the number of faces."""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, Final

from benchmarks.identity_flow import flows, synthetic_faces
from benchmarks.identity_tables import Part
from candidates.election import load_election
from candidates.enrol import enrol
from candidates.gallery import Gallery
from candidates.match import Matcher
from candidates.population import measure_population
from candidates.templates import NoTemplateCache
from fixtures.paths import ELECTION, UPLOADS
from screening.reading import ScanSettings, analyser
from screening.record import PhotoRecord
from screening.rulebook import load_rulebook
from screening.scan import scan
from screening.uploads import Row, find_uploads
from vision.types import Floats

IDENTITY: Final = str(Path(__file__).resolve().parents[1] / "candidates")
MANY: Final = 5_000


@dataclass(frozen=True, slots=True)
class ScanCost:
    """Of one scan of the invented uploads, in this process, on one thread.

    Attributes:
        seconds: the whole scan, nothing watched.
        identity: seconds inside ``candidates/`` in the same scan again; watching slows it, so it is rather too much.
        photos, faces: how many there were.
    """

    seconds: float
    identity: float
    photos: int
    faces: int

    @property
    def share(self) -> float:
        """Of the scan's time that identity takes."""
        return self.identity / self.seconds


class _Kept:
    """A sink that counts."""

    def __init__(self) -> None:
        self.photos = self.faces = 0

    def write(self, row: Row, record: PhotoRecord) -> None:
        del row
        self.photos += 1
        self.faces += len(record.people)


def seconds_inside(folder: str, work: Callable[[], object]) -> float:
    """Seconds that ``work`` spends in code of a folder and in whatever that code calls."""
    depth, entered, inside = 0, 0.0, 0.0

    def watch(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal depth, entered, inside
        del argument
        if event not in ("call", "return") or not frame.f_code.co_filename.startswith(folder):
            return
        if event == "call":
            if depth == 0:
                entered = time.perf_counter()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                inside += time.perf_counter() - entered

    sys.setprofile(watch)
    try:
        work()
    finally:
        sys.setprofile(None)
    return inside


def scan_cost(uploads: Path = UPLOADS, election_file: Path = ELECTION) -> ScanCost:
    """Scan the invented uploads three times: for the models to be loaded, timed, and watched."""
    election = load_election(election_file)
    rulebook, gallery = load_rulebook(election.rulebook), enrolled_gallery(election_file)
    kept = _Kept()

    def run() -> None:
        nonlocal kept
        kept = _Kept()
        scan(find_uploads([uploads]), election, gallery, rulebook, ScanSettings(), kept)

    run()
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    return ScanCost(seconds, seconds_inside(IDENTITY, run), kept.photos, kept.faces)


def enrolled_gallery(election_file: Path = ELECTION) -> Gallery:
    """The candidates and decoy of the invented election."""
    return enrol(load_election(election_file), analyser(), NoTemplateCache()).galleries[0]


def matching_seconds(gallery: Gallery, faces: Floats) -> float:
    """Population, similarities, E-values and bands of so many faces."""
    start = time.perf_counter()
    Matcher(gallery, measure_population(faces, gallery), faces=float(len(faces))).match(faces)
    return time.perf_counter() - start


def tables() -> Iterator[Part]:
    """What identity costs."""
    cost, gallery = scan_cost(), enrolled_gallery()
    per_face = cost.seconds / cost.faces
    rows = [
        (
            f"the invented uploads, {cost.photos} files",
            str(cost.faces),
            f"{cost.seconds:.1f}",
            f"{cost.identity:.2f}",
            f"{cost.share:.1%}",
            "",
        )
    ]
    for count in (MANY, 4 * MANY):
        seconds = matching_seconds(gallery, synthetic_faces(count, gallery))
        whole = per_face * count
        rows.append(
            (
                f"synthetic faces, the rest of a scan at {1000 * per_face:.0f} ms a face",
                str(count),
                f"{whole + seconds:.0f}",
                f"{seconds:.2f}",
                f"{seconds / (whole + seconds):.1%}",
                "",
            )
        )
    for flow in flows(gallery):
        what = f"synthetic faces through a scan's collector, {flow.compared} compared"
        rows.append((what, str(flow.faces), "", f"{flow.seconds:.1f}", "", f"{flow.peak_mib:.0f}"))
    yield Part(
        "Cost, one thread",
        "cost.csv",
        ("what", "faces", "seconds of the scan", "of them identity", "share", "peak MiB above the start"),
        tuple(rows),
    )
