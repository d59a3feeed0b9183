"""Makes candidates/prior.json from the evaluation photos: ``python -m benchmarks.prior [--without SET] [--out FILE]``.

The prior is a mean template and how far people's templates lie from it: sums over people, out of which no face can be
made. Each person counts once, by one face, and the two halves of the photos (East and South-East Asian; all others)
count the same, however many people are in each. Evaluate on a set only with a prior that was made without it.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from candidates.people import one_face_each
from candidates.prior import FILE, SCHEMA, Prior
from vision.analyse import Analyser
from vision.types import FLOOR

DATA = Path(__file__).parents[2] / "shared" / "data" / "faces"
HALVES = (("lookalikes", "paslon"), ("group", "named", "pairs"))
ENDINGS = (".jpg", ".jpeg", ".png")
VERSION = 1
DIGITS = 4


def templates(analyser: Analyser, folder: Path) -> Iterator[NDArray[np.float64]]:
    """Of every face of a set that is good enough to be compared."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in ENDINGS:
            _, faces = analyser.read_file(path)
            yield from (each.template.astype(np.float64) for each in faces if each.quality.value >= FLOOR)


def make(data: Path, without: tuple[str, ...] = ()) -> Prior:
    """The prior of these photos, without some sets."""
    analyser = Analyser()
    means, variances, people = [], [], 0
    for half in HALVES:
        faces = [one for name in half if name not in without for one in templates(analyser, data / name)]
        if not faces:
            continue
        each = np.array(faces)[one_face_each(np.array(faces))]
        means.append(each.mean(axis=0))
        variances.append(float(((each - means[-1]) ** 2).sum() / max(len(each) - 1, 1)))
        people += len(each)
    return Prior(analyser.model_id, VERSION, people, np.mean(means, axis=0), float(np.mean(variances)))


def as_json(prior: Prior) -> str:
    """What the file holds."""
    content = {
        "schema": SCHEMA,
        "version": prior.version,
        "model_id": prior.model_id,
        "people": prior.people,
        "variance": round(prior.variance, DIGITS),
        "mean": [round(float(value), DIGITS) for value in prior.mean],
    }
    return json.dumps(content, indent=1) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the evaluation faces")
    parser.add_argument("--without", action="append", default=[], help="a set to leave out, for evaluating on it")
    parser.add_argument("--out", type=Path, default=FILE)
    asked = parser.parse_args()
    made = make(asked.data, tuple(asked.without))
    asked.out.write_text(as_json(made), encoding="utf-8")
    print(f"{asked.out}: {made.people} people")


if __name__ == "__main__":
    main()
