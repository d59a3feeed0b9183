"""How often pictures are told from people: ``python -m benchmarks.depiction``.

Makes the cases from invented people (needs the dependency group ``fixtures``) and keeps them under ``--cache``, so that
only the first run takes long; then reads each as a scan would and prints the figures. ``--part fit`` are the cases that
the rules were made with; those of ``test`` share nobody with them.
"""

import argparse
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2

from benchmarks.depiction.actors import PARTS
from benchmarks.depiction.cases import Kind
from benchmarks.depiction.files import OUT, Maker
from benchmarks.depiction.measure import Reader, Told, milliseconds
from benchmarks.depiction.sample import save_sheet
from evaluation.shares import wilson

COUNT = 300


def main(arguments: Sequence[str]) -> int:
    """Make, read and print; always 0."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.depiction", description=__doc__)
    parser.add_argument("--part", choices=sorted(PARTS), default="test")
    parser.add_argument("--count", type=int, default=COUNT, help="cases of each kind")
    parser.add_argument("--kinds", default=",".join(Kind), help="comma between them")
    parser.add_argument("--cache", type=Path, default=OUT)
    parser.add_argument("--wrong", action="store_true", help="name the photos that were read wrong")
    parser.add_argument("--sheet", type=Path, help="write the cases side by side to this WebP file")
    options = parser.parse_args(arguments)
    cv2.setNumThreads(1)
    maker = Maker(PARTS[options.part], options.cache)
    reader = Reader(maker)
    every: list[Told] = []
    for kind in map(Kind, options.kinds.split(",")):
        told = [reader.read(case) for case in maker.cases(kind, options.count)]
        every += told
        for line in _lines(kind, told):
            print(line, flush=True)
        if options.wrong:
            for each in told:
                if not each.right or each.called:
                    print(f"    {each.case.path.name}: {each.case.variant}; {', '.join(each.by) or 'present'}")
    if options.sheet:
        save_sheet(every, options.count, options.sheet)
    median, high = milliseconds(every)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"processor time a photo: median {median:.0f} ms, 95th percentile {high:.0f} ms; peak memory {peak:.0f} MiB")
    return 0


def _lines(kind: Kind, told: Sequence[Told]) -> list[str]:
    lines = [f"{kind.value}: right {_share([each.right for each in told])}"]
    present = sum(each.present for each in told)
    if present:
        called = sum(each.called for each in told)
        lines.append(f"    faces of people who are there, called pictures: {_interval(called, present)}")
    for variant in sorted({each.case.variant for each in told}):
        some = [each.right for each in told if each.case.variant == variant]
        lines.append(f"    {variant}: {_share(some)}")
    if kind in (Kind.BANNER, Kind.SCREEN, Kind.SHIRT):
        for half in ("reference", "another photo"):
            some = [each.right for each in told if each.case.variant.endswith(half)]
            lines.append(f"    all of {half}: {_share(some)}")
        kinds = sorted({by.value for each in told for by in each.by})
        lines.append("    by " + ", ".join(f"{name} {sum(name in each.by for each in told)}" for name in kinds))
    return lines


def _share(right: Sequence[bool]) -> str:
    return _interval(sum(right), len(right))


def _interval(events: int, of: int) -> str:
    low, high = wilson(events, of)
    return f"{events} of {of}, {events / of:.1%} [{low:.1%}, {high:.1%}]"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
