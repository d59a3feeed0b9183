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
    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.owner_photos import OwnerPhoto, TrueHand
    from benchmarks.owner_recipe import OwnerSet
    from fixtures.render.shapes import Points
    from vision.owners_trace import Traced
    from vision.poses import Arms
    from vision.types import Face, Hand

SAME_HAND: Final = 0.35  # mean distance of keypoints, in sizes of the hand
SHOWS: Final = 0.1  # share of a hand that must show to be one that was found
NOBODY: Final = -1
RULES: Final = ("before", "today")
SHARES: Final = "right or rightly open, wrong, open; and of the named: right"
CURVE: Final = (0.5, 0.7, 0.8, 0.85, 0.9, 0.95)  # likelihoods from which on an owner could be named
HIDDEN_ARMS, SHOWN_ARMS = "all, forearm hidden", "all, forearm shows"
RIGHT, OPEN, WRONG, RIGHTLY_OPEN = range(4)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What netra found in a photo, and the truth of it.

    Attributes:
        kinds: what each hand's arm does; empty where the hand is none of the truth's.
        truth: whose each hand is, by the index of the face; NOBODY where that face was not found.
        answers: by rule, the same of netra; also by the likelihood from which on an owner is named, as ``70%``.
        hidden: whether less than ``owner_arms.HIDDEN`` of each hand's forearm shows.
        elbows_xy: where the elbow of each hand is; of hands that are none of the truth's it means nothing.
        traced: the arm of each hand as followed in the picture, for fitting.
        arms: the pose of every person, for fitting.
        seconds: of the processor, for faces, hands, owners.
    """

    faces: "tuple[Face, ...]"
    hands: "tuple[Hand, ...]"
    kinds: tuple[str, ...]
    truth: tuple[int, ...]
    answers: dict[str, tuple[int, ...]]
    hidden: tuple[bool, ...]
    elbows_xy: "tuple[Points, ...]"
    traced: "tuple[Traced, ...]"
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
    """By kind, for ``all``, and for forearms that show or do not: how many of each outcome."""
    counts: dict[str, list[int]] = {}
    for read in reads:
        for kind, answer, truth, hidden in zip(read.kinds, read.answers[rule], read.truth, read.hidden, strict=True):
            for name in (kind, "all", HIDDEN_ARMS if hidden else SHOWN_ARMS) if kind else ():
                counts.setdefault(name, [0] * 4)[outcome(answer, truth)] += 1
    return counts


def read_all(owners: "OwnerSet", photos: "Sequence[OwnerPhoto]", to_fit: bool) -> Iterator[Read]:
    """Find faces, hands and owners in rendered groups of a set, on one thread."""
    from benchmarks.owner_arms import HIDDEN, true_arms
    from benchmarks.owners_before import owner_before
    from vision.faces import FaceDetector
    from vision.hands import HandFinder
    from vision.owners import SURE, likelihoods
    from vision.owners_trace import trace
    from vision.photo import load_photo
    from vision.poses import PoseLandmarker
    from vision.pyramid import Pyramid

    detector, finder, landmarker = FaceDetector(), HandFinder(), PoseLandmarker()
    for index, each in enumerate(photos):
        photo = load_photo(each.path)
        times = [time.process_time()]
        faces = detector(photo)
        times.append(time.process_time())
        hands = finder(photo, faces)
        times.append(time.process_time())
        ask = partial(landmarker, photo)
        shares = likelihoods(hands, faces, photo, ask, [True] * len(hands))
        times.append(time.process_time())
        kinds, truth, drawn = _truth(each, faces, hands)
        limbs = true_arms(owners, index, each)
        mine = [limbs[hand.person, hand.side] for hand in drawn]
        pyramid = Pyramid(photo.pixels)
        answers = {"before": tuple(found[0] if found else NOBODY for found in (owner_before(h, faces) for h in hands))}
        answers["today"] = tuple(_answers(shares, SURE))
        answers |= {f"{sure:.0%}": tuple(_answers(shares, sure)) for sure in CURVE}
        yield Read(
            tuple(faces),
            hands,
            kinds,
            truth,
            answers,
            tuple(arm.shown < HIDDEN for arm in mine),
            tuple(arm.elbow_xy for arm in mine),
            tuple(trace(pyramid, photo.scale_xy, hand) for hand in hands) if to_fit else (),
            tuple(ask(faces)) if to_fit else (),
            (times[1] - times[0], times[2] - times[1], times[3] - times[2]),
        )


def _answers(shares: "NDArray[np.float64]", sure: float) -> Iterator[int]:
    for row in shares:
        best = int(row.argmax())
        yield best if best < len(row) - 1 and row[best] >= sure else NOBODY


def _truth(
    photo: "OwnerPhoto", faces: "Sequence[Face]", hands: "Sequence[Hand]"
) -> "tuple[tuple[str, ...], tuple[int, ...], list[TrueHand]]":
    """Of each hand the kind, the owner, and the nearest one that was drawn."""
    import numpy as np

    who = {}
    for index, face in enumerate(faces):
        x, y = (face.box_xyxy[:2] + face.box_xyxy[2:]) / 2
        inside = [p for p, (x0, y0, w, h) in photo.faces.items() if x0 <= x <= x0 + w and y0 <= y <= y0 + h]
        if len(inside) == 1:
            who[inside[0]] = index
    kinds, truth, drawn = [], [], []
    for hand in hands:
        off = [
            (float(np.linalg.norm(hand.keypoints_xy - each.keypoints_xy, axis=1).mean()) / max(each.size, 1.0), index)
            for index, each in enumerate(photo.hands)
            if each.visible > SHOWS
        ]
        best, which = min(off, default=(np.inf, 0))
        drawn.append(photo.hands[which])
        kinds.append(photo.hands[which].kind if best < SAME_HAND else "")
        truth.append(who.get(photo.hands[which].person, NOBODY) if best < SAME_HAND else NOBODY)
    return tuple(kinds), tuple(truth), drawn


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
    reads = list(read_all(owners, photos, fits))
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
    """The tables: by kind and rule, with shares of right, wrong and open answers; and by when an owner is named."""
    for rule in RULES:
        print(
            f"\n{rule:22}{'hands':>6}{'right':>7}{'rightly open':>14}{'open':>6}{'wrong':>7}   shares of all: {SHARES}"
        )
        for kind, row in sorted(counted(reads, rule).items()):
            print(f"  {kind:20}{_row(row)}")
    print(f"\n{'named from':22}{'hands':>6}{'right':>7}{'rightly open':>14}{'open':>6}{'wrong':>7}")
    for sure in CURVE:
        rule = f"{sure:.0%}"
        print(f"  {rule:20}{_row(counted(reads, rule).get('all', [0] * 4))}")


def _row(row: Sequence[int]) -> str:
    right, left, wrong, rightly = row
    of = sum(row)
    hits = ((right + rightly, of), (wrong, of), (left, of), (right, right + wrong))
    shares = ", ".join(_share(*each) for each in hits)
    return f"{of:6}{right:7}{rightly:14}{left:6}{wrong:7}   {shares}"


def _share(hits: int, of: int) -> str:
    low, high = wilson(hits, of)
    return f"{hits / of:.1%} [{low:.1%}, {high:.1%}]" if of else "-"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
