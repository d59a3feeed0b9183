"""netra as a scan's worker calls it. Nothing of the other side is loaded here: memory is measured with this file."""

import time
from pathlib import Path

from benchmarks.taken import Taken
from candidates.bands import BANDS
from candidates.election import load_election
from candidates.enrol import enrol
from candidates.templates import NoTemplateCache
from netra.errors import UsageError
from screening.reading import Failure, ReadPlan, read_photo
from screening.scan import GATE_BELOW
from screening.uploads import FileSource, Upload
from vision.analyse import Analyser
from vision.photo import load_photo
from vision.photo_limits import DEFAULT_LIMITS, LONGEST_SIDE


def megapixels(path: Path) -> float:
    """Of the file."""
    photo = load_photo(path)
    return photo.width * photo.height / 1e6


class Netra:
    """netra with hands searched in every photo."""

    def __init__(self) -> None:
        self._analyser = Analyser(threads=1)

    def __call__(self, path: Path) -> Taken:
        start = time.perf_counter()
        photo = load_photo(path, longest_side=LONGEST_SIDE)
        readings = self._analyser.read_faces(photo)
        hands = self._analyser.read_hands(photo, [reading.face for reading in readings])
        return Taken(time.perf_counter() - start, len(readings), len(hands))


class NetraGated:
    """The first pass of a scan whose rulebook needs hands only beside a candidate.

    Args:
        election: the election file, or none: then nobody can be a candidate, and hands are searched nowhere.
    """

    def __init__(self, *election: Path) -> None:
        galleries = tuple(
            gallery
            for path in election
            for gallery in enrol(load_election(path), Analyser(threads=1), NoTemplateCache()).galleries
        )
        self._plan = ReadPlan(
            limits=DEFAULT_LIMITS,
            hands_everywhere=False,
            gate=BANDS.possible - GATE_BELOW,
            galleries=galleries,
        )

    def __call__(self, path: Path) -> Taken:
        start = time.perf_counter()
        reading = read_photo(Upload(0, str(path), FileSource(str(path))), self._plan)
        seconds = time.perf_counter() - start
        if isinstance(reading, Failure):
            raise UsageError(f"{reading.message} It cannot be measured; leave it out.")
        return Taken(seconds, len(reading.faces), len(reading.hands), reading.hands_searched)
