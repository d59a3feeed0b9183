"""Train the symbol reader and measure it: ``python -m benchmarks.symbol_reader``.

Renders the hands (needs the dependency group ``fixtures``), looks at them and at the digits through netra's networks,
fits the reader (needs the group ``training``), writes weights and provenance, and prints the figures. What is rendered
and seen is kept under ``--work``, so that only the first run takes long. ``--measure`` leaves the weights as they are.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import cv2
import numpy as np

import fixtures.hand_photos
import fixtures.hand_variety
import fixtures.render.hand
from benchmarks.symbol_reader import chunks, hands, measure, observe, reading, seen, train
from benchmarks.symbol_reader.seen import Looks, Seen, join, join_looks
from vision import hand_shape, landmarks, symbol_network
from vision.engine import weights
from vision.hands import HandFinder
from vision.landmarks import HandLandmarker

SEED = 4
# How many hands of each list to learn from, and of which the other parts are looked at.
WIDE, POSED, UNPOSED = 3600, 3600, 2000
WIDE_SEEN, POSED_SEEN, IDLE = 300, 2300, 300
LARGE = 60  # for the test alone
DATA = Path(__file__).parents[3] / "shared" / "data" / "hands" / "digits"
# What decides which hands there are and what is measured of them; the recipe's hash is theirs.
RECIPE = (
    *(fixtures.hand_variety, fixtures.hand_photos, fixtures.render.hand, hand_shape, landmarks),
    *(hands, seen, observe, reading, train),
)


def main(arguments: Sequence[str]) -> int:
    """Render, look, fit, write and measure; 0, or 2 where the digits are missing."""
    options = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    if not options.digits.is_dir():
        print(f"{options.digits}: the digits are not there; name their folder with --digits", file=sys.stderr)
        return 2
    rendered, real = _hands(options.work, options.digits, options.further)
    if not options.measure:
        drawn = _to_learn_from(options.work)
        made = train.train(drawn, rendered, real, SEED)
        options.weights.parent.mkdir(parents=True, exist_ok=True)
        made.save(options.weights)
        about = _about(options.weights, drawn, rendered.first, real.first)
        options.weights.with_suffix(".json").write_text(json.dumps(about, indent=1) + "\n")
        print(f"{options.weights}: sha256 {about['sha256']}")
    reader = symbol_network.load(options.weights)
    for line in measure.lines(reader, rendered, real):
        print(line)
    first = rendered.first
    test = join_looks(
        [rendered.take((first.part == "test") & (first.size >= 20)), real.take(real.first.part == "test")]
    )
    measure.reliability_picture(measure.answers(reader, test), options.work / "reliability.png")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.symbol_reader", description=__doc__)
    parser.add_argument("--work", type=Path, default=Path("out/symbol_reader"), help="where hands and figures are kept")
    parser.add_argument("--digits", type=Path, default=DATA, help="the folder of Sign Language Digits")
    parser.add_argument(
        "--weights",
        type=Path,
        default=Path("out/symbol_reader/symbol_reader.npz"),
        help="the file to write, or to measure",
    )
    parser.add_argument("--further", action="store_true", help="also test on hands of 128 pixels")
    parser.add_argument("--measure", action="store_true", help="measure the weights that are there")
    return parser


def _hands(work: Path, digits: Path, further: bool) -> tuple[Looks, Looks]:
    """(rendered, real) hands to calibrate and to measure on, as a scan sees them."""
    finder = HandFinder(1)
    lists = {
        "wide": [each for each in hands.wide(WIDE_SEEN) if each.part != "train"],
        "posed": [each for each in hands.posed(POSED_SEEN) if each.part != "train"],
        "idle": list(hands.idle(IDLE)),
    }
    if further:
        lists["large"] = list(hands.large(LARGE))
    rendered = [chunks.observed(name, wanted, work, finder, print) for name, wanted in lists.items()]
    kept = work / "digits.npz"
    if not kept.exists():
        observe.real(digits, finder).save(kept)
    return join_looks(rendered), seen.load(kept)


def _to_learn_from(work: Path) -> Seen:
    landmarker = HandLandmarker(1)
    lists = {
        "wide": [each for each in hands.wide(WIDE) if each.part == "train"],
        "posed": [each for each in hands.posed(POSED) if each.part == "train"],
        "unposed": list(hands.unposed(UNPOSED)),
    }
    return join([chunks.steered(name, wanted, work, landmarker, print) for name, wanted in lists.items()])


def _about(path: Path, drawn: Seen, rendered: Seen, real: Seen) -> dict[str, object]:
    """Where the weights come from, to stand beside them."""
    recipe = hashlib.sha256(b"\n".join(Path(str(each.__file__)).read_bytes() for each in RECIPE)).hexdigest()
    used = drawn.take(drawn.found & (drawn.size >= train.LEAST_SIZE))
    digits = real.take(real.found & (real.part == "train"))
    held = [part.take(part.found & (part.part == "calibration")) for part in (rendered, real)]
    return {
        "file": path.name,
        "sha256": weights.sha256_of(path),
        "command": "python -m benchmarks.symbol_reader",
        "seed": SEED,
        "recipe_sha256": recipe,
        "learned_from": {
            "rendered_hands": len(set(used.person)),
            "pictures_of_rendered_hands": len(used),
            "people_of_sign_language_digits": len(set(digits.person)),
            "pictures_of_sign_language_digits": len(digits),
        },
        "calibrated_on": {
            "pictures_of_rendered_hands": len(held[0]),
            "pictures_of_sign_language_digits": len(held[1]),
            "pictures_of_idle_hands_for_the_thresholds": int((rendered.found & (rendered.part == "idle")).sum()),
        },
        "labels": sorted({str(label) for label in np.concatenate([used.label, digits.label])}),
        "real_photos": "ardamavi/Sign-Language-Digits-Dataset, Apache-2.0",
        "scikit_learn": version("scikit-learn"),
        "landmark_network_sha256": weights.HAND_LANDMARKS.sha256,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
