"""The tables. A reader sees at once what was compared, on what, and whether the goals are met."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from benchmarks.alone import Alone
from benchmarks.paired import Ratio, Row, times_as_fast
from benchmarks.taken import Taken

# The goals of the first release, on a machine where both sides have one core.
GOAL_ALWAYS, GOAL_GATED = 6, 10
GOAL_PEAK_MIB = 1024
GOAL_PHONE_SECONDS = 0.5
PEER = "face_recognition + mediapipe"


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal, what was measured, and whether that meets it."""

    what: str
    wanted: str
    measured: str
    met: bool


def set_table(name: str, rows: Sequence[Row], with_election: bool) -> Table:
    """One line a side: time, what it found, and how many times as fast as the peer it is."""
    megapixels = sum(row.megapixels for row in rows)
    table = Table(title=f"{name}: {len(rows)} photos, {megapixels:.1f} megapixels", title_justify="left")
    table.add_column("one thread, one core")
    for header in ("seconds", "ms a photo", "faces", "hands", "times as fast (95%)"):
        table.add_column(header, justify="right")
    always, gated, peer = ([getattr(row, side) for row in rows] for side in ("always", "gated", "peer"))
    table.add_row("netra, hands in every photo", *_cells(always), _text(times_as_fast(always, peer)))
    table.add_row(f"netra, {_gated(gated, with_election)}", *_cells(gated), _text(times_as_fast(gated, peer)))
    table.add_row(PEER, *_cells(peer), "1")
    return table


def goals_table(goals: Sequence[Goal]) -> Table:
    """One line a goal."""
    table = Table(title="goals", title_justify="left")
    for header in ("what", "goal", "measured", ""):
        table.add_column(header)
    for goal in goals:
        table.add_row(goal.what, goal.wanted, goal.measured, "met" if goal.met else "NOT MET")
    return table


def speed_goals(rows: Sequence[Row]) -> Iterator[Goal]:
    """Against the peer, over all photos of all sets."""
    always, gated, peer = ([getattr(row, side) for row in rows] for side in ("always", "gated", "peer"))
    for what, side, wanted in (
        ("times as fast, hands in every photo", always, GOAL_ALWAYS),
        ("times as fast, hands where a candidate is possible", gated, GOAL_GATED),
    ):
        ratio = times_as_fast(side, peer)
        yield Goal(what, f"at least {wanted}", _text(ratio), ratio.value >= wanted)
    for what, ours, theirs in (
        ("faces found", sum(taken.faces for taken in always), sum(taken.faces for taken in peer)),
        ("hands found", sum(taken.hands for taken in always), sum(taken.hands for taken in peer)),
    ):
        yield Goal(what, f"at least the peer's {theirs}", str(ours), ours >= theirs)


def alone_goals(alone: Sequence[Alone], help_seconds: Sequence[float]) -> Iterator[Goal]:
    """What was measured of netra by itself; what could not be measured is left out."""
    for each in alone:
        phone = f"{each.phone_seconds:.2f} s (the first of its shape {each.phone_first_seconds:.2f} s)"
        yield Goal(
            "a 12-megapixel photo, all of it",
            f"under {GOAL_PHONE_SECONDS} s",
            phone,
            each.phone_seconds < GOAL_PHONE_SECONDS,
        )
        peak = f"{each.peak_mib:.0f} MiB"
        yield Goal("memory of a worker", f"under {GOAL_PEAK_MIB} MiB", peak, each.peak_mib < GOAL_PEAK_MIB)
        yield Goal("from nothing to the first photo read", "", f"{each.start_seconds:.1f} s", met=True)
    for seconds in help_seconds:
        yield Goal("netra --help", "", f"{seconds:.2f} s", met=True)


def print_all(console: Console, tables: Sequence[Table]) -> None:
    """The tables with a line between them."""
    for table in tables:
        console.print(table)
        console.print()


def _gated(gated: Sequence[Taken], with_election: bool) -> str:
    if not with_election:
        return "faces only (no election, so nobody is a candidate)"
    searched = sum(taken.hands_searched for taken in gated)
    return f"hands where a candidate is possible ({searched} of {len(gated)})"


def _cells(side: Sequence[Taken]) -> Iterator[str]:
    seconds = sum(taken.seconds for taken in side)
    yield f"{seconds:.2f}"
    yield f"{1000 * seconds / len(side):.0f}"
    yield str(sum(taken.faces for taken in side))
    yield str(sum(taken.hands for taken in side)) if any(taken.hands_searched for taken in side) else "-"


def _text(ratio: Ratio) -> str:
    return f"{ratio.value:.1f} ({ratio.low:.1f} to {ratio.high:.1f})"
