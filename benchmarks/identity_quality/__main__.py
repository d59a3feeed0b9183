"""Measure: ``python -m benchmarks.identity_quality [--out DIR] [--people N] [--data DIR]``.

Prints a table for each set of people, and writes ``conditions.csv``, ``values.csv``, ``faces.csv`` and ``curves.png``.
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.progress import Progress

from netra.errors import NetraError, UsageError

if TYPE_CHECKING:
    from benchmarks.identity_quality.measure import Measured

ROOT: Final = Path(__file__).resolve().parents[2]
OUT: Final = ROOT / "out" / "identity-quality"
DATA: Final = ROOT.parent / "shared" / "data"
PEOPLE: Final = 320
TURNED: Final = 64
SEED: Final = 7
WIDTH: Final = 170  # of the tables, where the output is no terminal


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, or 2 where the command is used wrongly, or 1 where something of netra's is missing."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.identity_quality",
        description="How well a face is told from others as its picture gets worse.",
    )
    parser.add_argument("--out", type=Path, default=OUT, metavar="DIR", help="where the files are written")
    parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help=f"invented people ({PEOPLE})")
    parser.add_argument("--turned", type=int, default=TURNED, metavar="N", help=f"of those who turn ({TURNED})")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR", help="the evaluation photos, where present")
    given = parser.parse_args(arguments)
    try:
        if given.people < 0 or given.turned < 0:
            raise UsageError("--people and --turned: expected 0 (leave them out) or more")
        _run(given.out, given.people, given.turned, given.data)
    except NetraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _run(out: Path, people: int, turned: int, data: Path) -> None:
    from benchmarks.identity_quality import curves, report

    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    out.mkdir(parents=True, exist_ok=True)
    measured, conditions, values = [], [], []
    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as progress:

        def bar(name: str) -> Callable[[int, int], None]:
            task = progress.add_task(name, total=None)
            return lambda done, of: progress.update(task, completed=done, total=of)

        for each in _sets(people, turned, data, bar):
            lines, tenths = list(report.by_condition(each)), list(report.by_value(each))
            console.print(report.table(f"{each.name}, by condition; shares in % with 95% intervals", lines), "")
            console.print(report.table(f"{each.name}, by quality", tenths), "")
            measured.append(each)
            conditions += lines
            values += tenths
    report.write_lines(out / "conditions.csv", conditions)
    report.write_lines(out / "values.csv", values)
    report.write_faces(out / "faces.csv", measured)
    curves.draw(out / "curves.png", conditions, values)
    console.print(f"written: {out}")


def _sets(
    people: int, turned: int, data: Path, bar: Callable[[str], Callable[[int, int], None]]
) -> "Iterator[Measured]":
    from benchmarks.identity_quality import people as subjects
    from benchmarks.identity_quality.measure import measure, turning
    from benchmarks.identity_quality.spoil import spoilings
    from benchmarks.identity_quality.turned import turned_people
    from benchmarks.population import rendered_people
    from vision.analyse import Analyser

    analyser = Analyser()
    if people:
        photos = [each.photos for each in rendered_people(people, progress=bar("rendering invented people"))]
        invented = subjects.rendered(analyser, photos)
        yield measure(analyser, "invented", invented, spoilings(), SEED, bar("invented people"))
    if turned:
        heads = subjects.turned(analyser, turned_people(turned, bar("rendering people who turn")))
        yield measure(analyser, "turned", heads, turning(), SEED, bar("people who turn"))
    if (data / "faces" / "pairs" / "pairs.csv").is_file():
        real = subjects.real(analyser, data)
        yield measure(analyser, "real", real, spoilings(), SEED, bar("real people"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
