"""Is netra's way to tell people apart the best of those known, does it keep its promises, and what does it cost?

``python -m benchmarks.identity [--out DIR] [--part NAME]``. Invented people are rendered first where they are missing
(``benchmarks.population``); photos of real people are used where they are present, and nothing of them is kept.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.identity_tables import Part
from benchmarks.one_core import keep_to_one_core
from netra.errors import NetraError

PARTS = ("methods", "promises", "cost")
WIDTH = 400  # columns, so that no table is broken; a document takes it as it is


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, or the exit code of the error."""
    keep_to_one_core()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity", description="Measures identity.")
    parser.add_argument("--out", type=Path, metavar="DIR", help="also write each table as CSV into this folder")
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    given = parser.parse_args(arguments)
    console = Console(width=WIDTH)
    try:
        for name in given.part or PARTS:
            for part in _tables(name):
                console.print(part.table())
                console.print()
                if given.out is not None:
                    part.write(given.out)
    except NetraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _tables(name: str) -> Iterator[Part]:
    # Imported here, since one core has to be chosen before numpy is loaded.
    if name == "methods":
        from benchmarks import identity_compare

        return identity_compare.tables()
    if name == "promises":
        from benchmarks import identity_promises

        return identity_promises.tables()
    from benchmarks import identity_cost

    return identity_cost.tables()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
