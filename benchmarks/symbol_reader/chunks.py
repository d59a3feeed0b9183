"""Looks at the rendered hands fifty at a time and keeps what was seen, so that a stopped run goes on where it was."""

from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.symbol_reader import hands, observe, seen
from benchmarks.symbol_reader.seen import Seen
from vision.hands import HandFinder

CHUNK = 50


def observed(
    name: str, wanted: Sequence[hands.Wanted], folder: Path, finder: HandFinder, say: Callable[[str], None]
) -> Seen:
    """A list of hands as the network sees them; rendered and looked at where the folder lacks them.

    Args:
        name: the list's, by which it is kept.
        wanted: the hands.
        folder: holds ``hands`` and ``seen``.
        finder: finds hands.
        say: is told how far it is.
    """
    kept = folder / "seen"
    kept.mkdir(parents=True, exist_ok=True)
    parts = []
    for first in range(0, len(wanted), CHUNK):
        chunk, path = (
            wanted[first : first + CHUNK],
            kept / f"{name}-{first:05d}-{len(wanted[first : first + CHUNK])}.npz",
        )
        if not path.exists():
            hands.render(chunk, folder / "hands")
            observe.rendered(folder / "hands", chunk, finder).save(path)
            say(f"{name}: {first + len(chunk)} of {len(wanted)} hands")
        parts.append(seen.load(path))
    return seen.join(parts)
