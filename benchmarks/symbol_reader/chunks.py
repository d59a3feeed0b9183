"""Looks at the rendered hands fifty at a time and keeps what was seen, so that a stopped run goes on where it was."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.symbol_reader import hands, observe, seen
from benchmarks.symbol_reader.hands import Wanted
from benchmarks.symbol_reader.seen import Looks, Seen
from vision.hands import HandFinder
from vision.landmarks import HandLandmarker

CHUNK = 50
Say = Callable[[str], None]


def observed(name: str, wanted: Sequence[Wanted], folder: Path, finder: HandFinder, say: Say) -> Looks:
    """A list of hands as a scan sees them; rendered and looked at where the folder lacks them.

    Args:
        name: the list's, by which it is kept.
        wanted: the hands.
        folder: holds ``hands``, and what was seen of them.
        finder: finds hands.
        say: is told how far it is.
    """
    parts = []
    for chunk, path in _chunks(name, wanted, folder / "seen"):
        if not path.exists():
            hands.render(chunk, folder / "hands")
            observe.rendered(folder / "hands", chunk, finder).save(path)
            say(f"{path.name}: {len(chunk)} of {len(wanted)} hands")
        parts.append(seen.load(path))
    return seen.join_looks(parts)


def steered(name: str, wanted: Sequence[Wanted], folder: Path, landmarker: HandLandmarker, say: Say) -> Seen:
    """A list of hands to learn from, in crops that the true joints place (``observe.steered``); as ``observed``."""
    parts = []
    for chunk, path in _chunks(name, wanted, folder / "steered"):
        if not path.exists():
            hands.render(chunk, folder / "hands")
            observe.steered(folder / "hands", chunk, landmarker).save(path)
            say(f"{path.name}: {len(chunk)} of {len(wanted)} hands to learn from")
        parts.append(seen.load_seen(path))
    return seen.join(parts)


def _chunks(name: str, wanted: Sequence[Wanted], kept: Path) -> Iterator[tuple[Sequence[Wanted], Path]]:
    kept.mkdir(parents=True, exist_ok=True)
    for first in range(0, len(wanted), CHUNK):
        chunk = wanted[first : first + CHUNK]
        yield chunk, kept / f"{name}-{first:05d}-{len(chunk)}.npz"
