"""How often copies of a photo are known, and other photos taken for copies: ``python -m benchmarks.copies``.

Every invented upload is changed in every way of ``copies_kinds``, ``--times`` times each; a copy counts as known where
both the search finds it among all the originals and the comparison agrees. Beside it stands PDQ alone, at the distance
Meta recommends. Then what must not be taken for a copy: all pairs of different uploads, and the next shot of every
group (``copies_bursts``; needs numba, and minutes the first time). ``--photos FOLDER`` measures other photos the same
way, without the bursts; pairs of them that are taken for copies are named, to be looked at. ``--scale N`` fills the
search with N photos made of the points of all of them and says what that takes.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import cv2
import numpy as np

from benchmarks.copies_kinds import KINDS
from benchmarks.hand_owners import wilson
from fixtures.paths import UPLOADS
from netra.errors import PhotoError
from screening.copy_search import CopySearch
from vision.fingerprint import Fingerprint, fingerprint, same_photo
from vision.fingerprint_bytes import Features, from_bytes, to_bytes
from vision.fingerprint_likeness import PDQ_ALIKE, pdq_distances
from vision.fingerprint_points import Points
from vision.photo import load_photo
from vision.types import Image, Photo

Say = Callable[[str], object]


def photo_of(pixels: Image) -> Photo:
    """Pixels as a photo."""
    whole = np.ascontiguousarray(pixels)
    return Photo(whole, whole.shape[1], whole.shape[0], "sha256:" + "0" * 64, "JPEG")


def share(hits: int, of: int) -> str:
    """A share with its 95% interval."""
    low, high = wilson(hits, of)
    return f"{hits}/{of} = {hits / max(1, of):.1%} ({low:.1%} to {high:.1%})"


def originals(folder: Path, most: int) -> dict[str, Photo]:
    """The photos below a folder, each of different bytes, by their path in it."""
    photos: dict[str, Photo] = {}
    hashes = set()
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in (".jpg", ".jpeg", ".png", ".webp", ".gif") or len(photos) == most:
            continue
        try:
            photo = load_photo(path)
        except PhotoError:
            continue
        if photo.sha256 not in hashes:
            hashes.add(photo.sha256)
            photos[path.relative_to(folder).as_posix()] = photo
    return photos


def measure_copies(photos: dict[str, Photo], made: list[Fingerprint], times: int, say: Say) -> None:
    """Every photo changed in every way."""
    search = CopySearch()
    for each in made:
        search.add(each)
    for kind, change in KINDS.items():
        found = known = hashes = of = 0
        for number, photo in enumerate(photos.values()):
            for turn in range(times):
                rng = np.random.default_rng([turn, number, *kind.encode()])
                copy = fingerprint(photo_of(change(photo.pixels, rng)))
                near = number in search.near(copy)
                alike = bool(same_photo(made[number], copy))
                found, known, of = found + near, known + (near and alike), of + 1
                hashes += pdq_distances(made[number].pdq, copy.pdq)[0] <= PDQ_ALIKE
        say(f"  {kind:26} known {share(known, of)}; found by the search {found}; PDQ alone {hashes}")


def measure_pairs(names: Sequence[str], made: Sequence[Fingerprint], say: Say) -> None:
    """All pairs of different photos."""
    taken = [(names[i], names[j]) for i in range(len(made)) for j in range(i) if same_photo(made[i], made[j])]
    say(f"  pairs of different photos taken for copies: {share(len(taken), len(made) * (len(made) - 1) // 2)}")
    for one, other in taken:
        say(f"    {one}  {other}")


def measure_bursts(seeds: int, say: Say) -> None:
    """The next shot of every group."""
    from benchmarks.copies_bursts import KINDS as MOVES
    from benchmarks.copies_bursts import groups, shot_file

    for kind in MOVES:
        taken = marked = hashes = of = 0
        for recipe in groups():
            first = fingerprint(load_photo(UPLOADS / recipe.path))
            for seed in range(1, seeds + 1):
                later = fingerprint(load_photo(shot_file(recipe, kind, seed)))
                alike = same_photo(first, later)
                taken, of = taken + bool(alike), of + 1
                marked += bool(alike) and alike[0].differs > 0
                hashes += pdq_distances(first.pdq, later.pdq)[0] <= PDQ_ALIKE
        said = f"taken for a copy: {share(taken, of)}, {marked} marked as differing; PDQ alone {hashes}"
        say(f"  next shot, {kind:9} {said}")


def measure_cost(photos: Sequence[Photo], made: Sequence[Fingerprint], say: Say) -> None:
    """Milliseconds of the processor, medians."""
    large = photo_of(np.asarray(cv2.resize(photos[0].pixels, (1632, 1224), interpolation=cv2.INTER_CUBIC), np.uint8))
    times = []
    for _ in range(40):
        start = time.perf_counter()
        fingerprint(large)
        times.append(time.perf_counter() - start)
    say(f"  a fingerprint of 2 megapixels: {np.median(times) * 1e3:.1f} ms, at best {min(times) * 1e3:.1f} ms")
    times = []
    for i in range(1, len(made)):
        start = time.perf_counter()
        same_photo(made[i - 1], made[i])
        times.append(time.perf_counter() - start)
    say(f"  a comparison of two different photos: {np.median(times) * 1e3:.1f} ms")
    say(f"  bytes: {np.mean([len(each.features) + len(each.pdq) for each in made]):.0f} a photo")


def measure_scale(made: Sequence[Fingerprint], count: int, say: Say) -> None:
    """A search among many photos: each has points of many others, with one bit of twenty changed."""
    rng = np.random.default_rng(1)
    features = [from_bytes(each.features) for each in made]
    pool = np.concatenate([each.points.words for each in features])
    search, start = CopySearch(), time.perf_counter()
    for _ in range(count):
        words = pool[rng.integers(len(pool), size=256)]
        flips = rng.random((*words.shape, 16)) < 0.05
        words = words ^ np.packbits(flips, axis=2, bitorder="little").view("<u2")[..., 0]
        points = Points(np.zeros((256, 2), np.float32), np.zeros(256, np.uint8), words.astype(np.uint16))
        body = to_bytes(Features(1600, 1200, features[0].icon, points))
        search.add(Fingerprint(rng.bytes(32), 100, body))
    filled = time.perf_counter() - start
    for each in made:
        search.add(each)
    times, right = [], 0
    for number, each in enumerate(made):
        start = time.perf_counter()
        right += count + number in search.near(each)
        times.append(time.perf_counter() - start)
    say(
        f"  {len(search)} photos: {search.nbytes / 1e6:.0f} MB, filled in {filled:.0f} s; a search takes"
        f" {np.median(times) * 1e3:.0f} ms; of {len(made)} photos {right} find themselves"
    )


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--photos", type=Path, default=UPLOADS, help="other photos than the invented ones")
    parser.add_argument("--most", type=int, default=10_000, help="how many of them")
    parser.add_argument("--times", type=int, default=2, help="how often each photo is changed in each way")
    parser.add_argument("--seeds", type=int, default=1, help="next shots of each kind for each group")
    parser.add_argument("--scale", type=int, default=0, help="fill the search with so many photos")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    photos = originals(asked.photos, asked.most)
    made = [fingerprint(photo) for photo in photos.values()]

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    say(f"{len(photos)} photos")
    measure_cost(list(photos.values()), made, say)
    if asked.scale:
        measure_scale(made, asked.scale, say)
    measure_pairs(list(photos), made, say)
    if asked.photos == UPLOADS:
        measure_bursts(asked.seeds, say)
    measure_copies(photos, made, asked.times, say)
    return 0


if __name__ == "__main__":
    sys.exit(main())
