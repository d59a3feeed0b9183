"""The table that people read and the CSV files that programs read."""

import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from benchmarks.identity_quality.figures import Share
from benchmarks.identity_quality.measure import Measured
from candidates.bands import Band
from vision.types import FLOOR

FPIR: Final = 0.01
VALUE_STEPS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
SHARES: Final = ("TPIR", "FPIR", "match", "possible", "false match", "false possible")
FACE_COLUMNS: Final = (
    *("people", "condition", "person", "size", "sharpness", "frontality"),
    *("value", "score", "norm", "mate", "mate_band", "stranger"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured of one group of faces: a condition, or a range of quality.

    Attributes:
        found: share of the faces laid out that the detector found; faces, not people, count.
        quality: the median of the quality's value.
        under_floor: share of the found faces that netra would not compare.
        tpir, fpir: at the threshold that 1% of good strangers' searches reach.
        match, possible: share of mated searches that name the mate in that band or a higher one.
        false_match, false_possible: share of non-mated searches that name anybody.
        wrong_match_above: searches that name a wrong person as ``match``, of faces from the floor on.
        wrong_match_below: the same of faces under the floor, which a scan does not compare.
    """

    people: str
    condition: str
    laid: int
    faces: int
    found: Share
    quality: float
    under_floor: float
    tpir: Share
    fpir: Share
    match: Share
    possible: Share
    false_match: Share
    false_possible: Share
    wrong_match_above: int
    wrong_match_below: int


def by_condition(measured: Measured) -> Iterator[Line]:
    """A line for each way of spoiling."""
    for spoiling, laid in zip(measured.spoilings, measured.laid, strict=True):
        yield _line(measured, str(spoiling), laid, measured.faces_of(spoiling))


def by_value(measured: Measured) -> Iterator[Line]:
    """A line for each tenth of the quality's value, over all conditions."""
    values = measured.values
    for low, high in itertools.pairwise(VALUE_STEPS):
        chosen = (values >= low) & ((values < high) | (high == VALUE_STEPS[-1]))
        yield _line(measured, f"value {low:.1f} to {high:.1f}", int(chosen.sum()), chosen)


def _line(measured: Measured, condition: str, laid: int, chosen: NDArray[np.bool_]) -> Line:
    searches, values = measured.searches, measured.values
    threshold = searches.threshold(measured.good, FPIR)
    faces = int(chosen.sum())
    return Line(
        measured.name,
        condition,
        laid,
        faces,
        Share(faces / laid if laid else 0.0, laid),
        float(np.median(values[chosen])) if faces else 0.0,
        float((values[chosen] < FLOOR).mean()) if faces else 0.0,
        searches.tpir(chosen, threshold),
        searches.fpir(chosen, threshold),
        searches.tpir_in_band(chosen, Band.MATCH),
        searches.tpir_in_band(chosen, Band.POSSIBLE),
        searches.fpir_in_band(chosen, Band.MATCH),
        searches.fpir_in_band(chosen, Band.POSSIBLE),
        searches.wrong_names(chosen & (values >= FLOOR), Band.MATCH),
        searches.wrong_names(chosen & (values < FLOOR), Band.MATCH),
    )


def table(title: str, lines: Sequence[Line]) -> Table:
    """One row a line; shares in per cent with their intervals."""
    drawn = Table(title=title, title_justify="left")
    drawn.add_column("condition", no_wrap=True)
    for column in ("found", "quality", "under floor", *SHARES):
        drawn.add_column(column, justify="right", no_wrap=True)
    for line in lines:
        shares = (line.tpir, line.fpir, line.match, line.possible, line.false_match, line.false_possible)
        cells = [str(share) if share.people else "-" for share in shares]
        floor = f"{100 * line.under_floor:.0f}"
        drawn.add_row(line.condition, f"{line.faces}/{line.laid}", f"{line.quality:.2f}", floor, *cells)
    return drawn


def write_lines(path: Path, lines: Sequence[Line]) -> None:
    """Every line with its intervals. A share of nobody is empty."""
    shares = ("found", "tpir", "fpir", "match", "possible", "false_match", "false_possible")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        head = ["people", "condition", "laid", "faces", "quality", "under_floor"]
        head += [f"{share}{end}" for share in shares for end in ("", "_low", "_high", "_people")]
        writer.writerow([*head, "wrong_match_above", "wrong_match_below"])
        for line in lines:
            row = [line.people, line.condition, line.laid, line.faces, f"{line.quality:.3f}", f"{line.under_floor:.3f}"]
            for name in shares:
                share: Share = getattr(line, name)
                low, high = share.interval
                row += [f"{each:.4f}" if share.people else "" for each in (share.value, low, high)] + [share.people]
            writer.writerow([*row, line.wrong_match_above, line.wrong_match_below])


def write_faces(path: Path, measured: Sequence[Measured]) -> None:
    """One row a face that was found: its quality and how far it is from its own people and from others.

    People are numbered; there is no name and no template in it.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(FACE_COLUMNS)
        for each in measured:
            found = each.searches
            reached = np.where(np.isnan(found.stranger), -1, found.stranger).max(axis=1, initial=-1)
            for i, reading in enumerate(each.readings):
                quality = reading.quality
                norm = float(np.linalg.norm(reading.template))
                numbers = (quality.size, quality.sharpness, quality.frontality, quality.value, reading.face.score, norm)
                mate = "" if np.isnan(found.mate[i]) else f"{found.mate[i]:.3f}"
                row = [each.name, each.spoilings[each.conditions[i]], found.owners[i], *(f"{n:.3f}" for n in numbers)]
                writer.writerow([*row, mate, found.mate_band[i], f"{reached[i]:.3f}"])
