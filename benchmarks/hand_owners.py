"""Whose hand is it? Right, open and wrong answers on rendered groups: ``python -m benchmarks.hand_owners [--fit]``.

Crossing arms, arms around shoulders, hands before other people's faces, people cut off by the picture's edge; today's
rule beside the one before it. A hand counts where netra found it and its truth is known; where its owner's face was not
found, "open" is the right answer. ``--fit`` fits the weights of ``vision.owners`` on a set of its own.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.one_core import keep_to_one_core
from netra.errors import NetraError, UsageError

if TYPE_CHECKING:
    from benchmarks.owner_photos import OwnerPhoto
    from vision.poses import Arms
    from vision.types import Face, Hand

SAME_HAND: Final = 0.35  # mean distance of keypoints, in sizes of the hand
SHOWS: Final = 0.1  # share of a hand that must show to be one that was found
NOBODY: Final = -1
RULES: Final = ("before", "today")
RIGHT, OPEN, WRONG, RIGHTLY_OPEN = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What netra found in a photo, and the truth of it.

    Attributes:
        kinds: what each hand's arm does; empty where the hand is none of the truth's.
        truth: whose each hand is, by the index of the face; NOBODY where that face was not found.
        answers: by rule, the same of netra.
        arms: of every person.
        seconds: of the processor, for faces, hands, owners.
    """

    faces: "tuple[Face, ...]"
    hands: "tuple[Hand, ...]"
    picture_wh: tuple[int, int]
    kinds: tuple[str, ...]
    truth: tuple[int, ...]
    answers: dict[str, tuple[int, ...]]
    arms: "tuple[Arms, ...]"
    seconds: tuple[float, float, float]


def outcome(answer: int, truth: int) -> int:
    """RIGHT, OPEN, WRONG, or RIGHTLY_OPEN where no face of the picture is the owner's."""
    if answer == NOBODY:
        return RIGHTLY_OPEN if truth == NOBODY else OPEN
    return RIGHT if answer == truth else WRONG


def wilson(hits: int, of: int) -> tuple[float, float]:
    """The 95% interval of a share (Wilson, 1927)."""
    if not of:
        return 0.0, 1.0
    z, share = 1.96, hits / of
    middle = (share + z * z / (2 * of)) / (1 + z * z / of)
    half = z * (share * (1 - share) / of + z * z / (4 * of * of)) ** 0.5 / (1 + z * z / of)
    return max(0.0, middle - half), min(1.0, middle + half)


def counted(reads: Sequence[Read], rule: str) -> dict[str, list[int]]:
    """By kind, and for ``all``: how many of each outcome."""
    counts: dict[str, list[int]] = {}
    for read in reads:
        for kind, answer, truth in zip(read.kinds, read.answers[rule], read.truth, strict=True):
            for name in (kind, "all") if kind else ():
                counts.setdefault(name, [0] * 4)[outcome(answer, truth)] += 1
    return counts


def read_all(photos: "Sequence[OwnerPhoto]", every_pose: bool) -> Iterator[Read]:
    """Find faces, hands and owners in rendered groups, on one thread."""
    from benchmarks.owners_before import owner_before
    from vision.faces import FaceDetector
    from vision.hands import HandFinder
    from vision.owners import owners_of
    from vision.photo import load_photo
    from vision.poses import PoseLandmarker

    detector, finder, landmarker = FaceDetector(), HandFinder(), PoseLandmarker()
    for each in photos:
        photo = load_photo(each.path)
        times = [time.process_time()]
        faces = detector(photo)
        times.append(time.process_time())
        hands = finder(photo, faces)
        times.append(time.process_time())
        ask, size = partial(landmarker, photo), (photo.width, photo.height)
        today = owners_of(hands, faces, size, ask, [True] * len(hands))
        times.append(time.process_time())
        kinds, truth = _truth(each, faces, hands)
        answers = {"before": tuple(owner_before(hand, faces) for hand in hands), "today": today}
        yield Read(
            tuple(faces),
            hands,
            size,
            kinds,
            truth,
            {name: tuple(found[0] if found else NOBODY for found in given) for name, given in answers.items()},
            tuple(ask(faces)) if every_pose else (),
            (times[1] - times[0], times[2] - times[1], times[3] - times[2]),
        )


def _truth(
    photo: "OwnerPhoto", faces: "Sequence[Face]", hands: "Sequence[Hand]"
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    import numpy as np

    who = {}
    for index, face in enumerate(faces):
        x, y = (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2
        inside = [p for p, (x0, y0, w, h) in photo.faces.items() if x0 <= x <= x0 + w and y0 <= y <= y0 + h]
        if len(inside) == 1:
            who[inside[0]] = index
    kinds, truth = [], []
    for hand in hands:
        off = [
            (float(np.linalg.norm(hand.keypoints_xy - each.keypoints_xy, axis=1).mean()) / max(each.size, 1.0), index)
            for index, each in enumerate(photo.hands)
            if each.visible > SHOWS
        ]
        best, which = min(off, default=(np.inf, 0))
        kinds.append(photo.hands[which].kind if best < SAME_HAND else "")
        truth.append(who.get(photo.hands[which].person, NOBODY) if best < SAME_HAND else NOBODY)
    return tuple(kinds), tuple(truth)


def main(arguments: Sequence[str]) -> int:
    """Measure and print; 0, or the exit code of what is missing."""
    keep_to_one_core()
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hand_owners", description=__doc__)
    parser.add_argument("--photos", type=int, default=0, metavar="N", help="so many rendered groups")
    parser.add_argument("--fit", action="store_true", help="fit the weights, on the set that figures are not made of")
    given = parser.parse_args(arguments)
    try:
        if given.photos < 0:
            raise UsageError("--photos: expected 0 or more")
        _run(given.photos, given.fit)
    except NetraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _run(count: int, fits: bool) -> None:
    from benchmarks.owner_photos import FIT, TEST, rendered
    from benchmarks.population import progress_line

    owners = FIT if fits else TEST
    photos = rendered(owners, count, progress=progress_line(owners.name))
    reads = list(read_all(photos, fits))
    print(f"{len(reads)} rendered groups of the set {owners.name!r}")
    if fits:
        from benchmarks.owners_fit import print_fitted

        print_fitted(reads)
    print_counts(reads)
    faces, hands, mine = (sum(read.seconds[i] for read in reads) for i in range(3))
    people = sum(len(read.faces) for read in reads)
    print(
        f"one thread, mean of a photo of {people / len(reads):.1f} people: faces {1e3 * faces / len(reads):.0f} ms, "
        f"hands {1e3 * hands / len(reads):.0f} ms, owners with all hands contested {1e3 * mine / len(reads):.0f} ms"
    )


def print_counts(reads: Sequence[Read]) -> None:
    """The table: by kind and rule, with the share of right answers (rightly open ones among them) and of wrong ones."""
    for rule in RULES:
        print(f"\n{rule:22}{'hands':>6}{'right':>7}{'rightly open':>14}{'open':>6}{'wrong':>7}   right in all, wrong")
        for kind, (right, left, wrong, rightly) in sorted(counted(reads, rule).items()):
            of = right + left + wrong + rightly
            good, bad = wilson(right + rightly, of), wilson(wrong, of)
            print(
                f"  {kind:20}{of:6}{right:7}{rightly:14}{left:6}{wrong:7}   "
                f"{(right + rightly) / of:6.1%} [{good[0]:.1%}, {good[1]:.1%}], {wrong / of:.1%} "
                f"[{bad[0]:.1%}, {bad[1]:.1%}]"
            )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
