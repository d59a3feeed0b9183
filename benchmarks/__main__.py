"""Measure netra beside the pipeline of today: ``python -m benchmarks [PHOTOS...] [--limit N] [--set NAME]``."""

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress

from benchmarks import alone, photo_sets
from benchmarks.one_core import keep_to_one_core
from benchmarks.photo_sets import PhotoSet
from netra.errors import NetraError, UsageError

if TYPE_CHECKING:
    from benchmarks.paired import Row


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, or 2 where the command is used wrongly, or 1 where something of netra's is missing."""
    cores = keep_to_one_core()
    try:
        sets = _chosen(_parser().parse_args(arguments))
        _run(sets, cores)
    except NetraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="Compares netra with face_recognition and mediapipe: the same photos, in turns, on one core.",
    )
    parser.add_argument("photos", nargs="*", metavar="PHOTOS", help="photos or folders, in place of the known sets")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="at most N photos a set, spread over it")
    parser.add_argument("--set", dest="names", action="append", metavar="NAME", help="only this set; may be repeated")
    return parser


def _chosen(arguments: argparse.Namespace) -> tuple[PhotoSet, ...]:
    if arguments.limit < 0:
        raise UsageError(f"--limit {arguments.limit}: expected 1 or more photos a set")
    if arguments.photos and arguments.names:
        raise UsageError("name either photos or a --set, not both")
    sets = (photo_sets.own_set(arguments.photos),) if arguments.photos else photo_sets.known_sets()
    known = [each.name for each in sets]
    unknown = [name for name in arguments.names or () if name not in known]
    if unknown or not sets:
        raise UsageError(f"no set named {', '.join(unknown) or 'anything'}; present are: {', '.join(known) or 'none'}")
    return tuple(each.thinned(arguments.limit) for each in sets if not arguments.names or each.name in arguments.names)


def _run(sets: Sequence[PhotoSet], cores: Sequence[int]) -> None:
    console = Console()
    where = f"core {cores[0]}" if cores else "no core of its own (this platform cannot pin a process)"
    console.print(f"netra beside face_recognition and mediapipe, one thread each, on {where}\n")
    # First, while this process is small: see alone.alone.
    lives = alone.alone([photo for each in sets for photo in each.photos])
    help_seconds = alone.seconds_of_help()

    from benchmarks import report

    every: list[Row] = []
    for each in sets:
        rows = _measured(each, console)
        every.extend(rows)
        report.print_all(console, [report.set_table(each.name, rows, bool(each.elections))])
    if len(sets) > 1:
        report.print_all(console, [report.set_table("total", every, any(each.elections for each in sets))])
    goals = [*report.speed_goals(every), *report.alone_goals(lives, help_seconds)]
    report.print_all(console, [report.goals_table(goals)])


def _measured(photos: PhotoSet, console: Console) -> "list[Row]":
    from benchmarks.netra_side import Netra, NetraGated, megapixels
    from benchmarks.paired import in_turns
    from benchmarks.peer_side import Peer

    always, gated, peer = Netra(), NetraGated(*photos.elections), Peer()
    for side in (always, gated, peer):  # models are loaded at the first photo, and that is not what is compared
        side(photos.photos[0])
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(photos.name, total=len(photos.photos))
        rows = []
        for row in in_turns(photos.photos, always, gated, peer, megapixels):
            rows.append(row)
            progress.advance(task)
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
