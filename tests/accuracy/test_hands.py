"""Hands and their symbols in real photos, as a scan reads them."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from vision.types import FaceReading, HandReading, Photo

pytestmark = pytest.mark.data
Reading = tuple[Photo, tuple[FaceReading, ...], tuple[HandReading, ...]]

# The montage's 13 people, each in a tile of their own: its left, top, right and bottom edge in pixels, and a point in
# the middle of each hand that makes the gesture.
TILES = (
    ((6, 6, 737, 415), ((457, 172),)),
    ((740, 6, 1047, 415), ((866, 200),)),
    ((1049, 6, 1279, 415), ((1152, 94),)),
    ((1281, 6, 1589, 415), ((1428, 257), (1483, 226))),
    ((1591, 6, 1899, 415), ((1776, 164),)),
    ((1901, 6, 2131, 415), ((2068, 148),)),
    ((2133, 6, 2440, 415), ((2260, 265), (2349, 265))),
    ((6, 418, 334, 855), ((226, 671),)),
    ((336, 418, 664, 855), ((421, 612),)),
    ((667, 418, 995, 855), ((796, 648),)),
    ((998, 418, 1326, 855), ((1163, 632), (1209, 632))),
    ((1328, 418, 2110, 855), ((1703, 650), (1724, 650))),
    ((2112, 418, 2440, 855), ((2303, 679),)),
)
# The digits that are symbols, by what the language of signs for them has in common with HaGRID's labels.
DIGITS = {1: "one", 2: "peace", 3: "three2", 4: "four", 5: "palm", 6: "three", 9: "ok"}


def lies_at(reading: HandReading, point_xy: tuple[int, int]) -> bool:
    """The middle of the hand is no further from the point than half its size; a hand seen edge-on has a narrow box."""
    box = reading.hand.box_xyxy
    apart = (box[:2] + box[2:]) / 2 - np.array(point_xy)
    return float(np.linalg.norm(apart)) <= float((box[2:] - box[:2]).max()) / 2


@pytest.mark.slow
def test_all_people_of_the_montage_are_found_with_their_hands(
    shared_data: Path,
    read: Callable[[Path], Reading],
    say: Callable[[str], None],
    share: Callable[[int, int], str],
) -> None:
    _, faces, hands = read(shared_data / "hands" / "people" / "montage_top.jpg")
    middles = np.array([(each.face.box_xyxy[:2] + each.face.box_xyxy[2:]) / 2 for each in faces])
    shown = with_face = with_hand = with_owner = 0
    for (left, top, right, bottom), points in TILES:
        inside = (middles > (left, top)).all(axis=1) & (middles < (right, bottom)).all(axis=1)
        with_face += bool(inside.any())
        here = [each for each in hands if any(lies_at(each, point) for point in points)]
        with_hand += bool(here)
        shown += len(here)
        with_owner += sum(bool(inside[index]) for each in here for index in each.people)
        wrong = [index for each in here for index in each.people if not inside[index]]
        assert not wrong, "a hand is given to a person in another photo"
    say(
        f"people of the montage found: {share(with_face, 13)}, {len(faces)} faces in all; with a gesturing hand: "
        f"{share(with_hand, 13)}; of these hands given to their person: {share(with_owner, shown)}; {len(hands)} hands "
        "in all"
    )
    assert with_face == 13
    assert with_hand >= 12


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_posed_digits_are_found_and_read(
    shared_data: Path,
    read: Callable[[Path], Reading],
    say: Callable[[str], None],
    share: Callable[[int, int], str],
) -> None:
    hits = total = 0
    for digit, label in DIGITS.items():
        answers: Counter[str] = Counter()
        paths = sorted((shared_data / "hands" / "digits" / str(digit)).glob("*.JPG"))
        for path in paths:
            _, _, hands = read(path)
            largest = max(
                hands, key=lambda each: float(np.prod(each.hand.box_xyxy[2:] - each.hand.box_xyxy[:2])), default=None
            )
            found = "no hand" if largest is None else largest.symbols[0].label if largest.symbols else "nothing"
            answers[found] += 1
        hits, total = hits + answers[label], total + len(paths)
        say(f"{digit} ({label}): {share(answers[label], len(paths))}; {dict(answers.most_common())}")
    say(f"digits found and right: {share(hits, total)}")
    assert total > 1000
    assert hits >= 0.98 * total


@pytest.mark.slow
def test_everyday_scenes_hold_hardly_any_symbol(
    shared_data: Path, read: Callable[[Path], Reading], say: Callable[[str], None]
) -> None:
    claimed = []
    hands_in_all = people = 0
    paths = sorted((shared_data / "scenes").glob("*.jpg"))
    for path in paths:
        _, faces, hands = read(path)
        hands_in_all, people = hands_in_all + len(hands), people + len(faces)
        claimed += [(path.name, each.symbols[0].label, each.symbols[0].confidence) for each in hands if each.symbols]
    listed = "".join(f"\n  {name}: {label} {confidence:.2f}" for name, label, confidence in claimed)
    say(f"symbols claimed in {len(paths)} scenes with {people} faces and {hands_in_all} hands: {len(claimed)}{listed}")
    assert len(paths) == 20
    assert len(claimed) <= 1
