"""The picture: how often a mate is found as the picture gets worse, and as the quality's value falls."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.identity_quality.report import Line
from vision.types import FLOOR

KINDS: Final = (
    "size", "enlarged", "blur", "shake", "noise", "dark", "backlight", "jpeg", "size+jpeg", "covered", "yaw", "pitch"
)  # fmt: skip
_COLUMNS: Final = 4


def draw(path: Path, conditions: Sequence[Line], values: Sequence[Line]) -> None:
    """A panel for each kind of spoiling and one for the quality's value; bars are intervals at 95%.

    Args:
        path: of the PNG file.
        conditions: lines by condition, of any sets.
        values: lines by value, of the same sets.
    """
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot

    rows = -(-(len(KINDS) + 1) // _COLUMNS)
    figure, panels = pyplot.subplots(rows, _COLUMNS, figsize=(5 * _COLUMNS, 3.2 * rows), squeeze=False)
    places = [panel for row in panels for panel in row]
    for kind, panel in zip(KINDS, places, strict=False):
        _panel(panel, kind, [line for line in conditions if line.condition.partition(" ")[0] == kind])
    _panel(places[len(KINDS)], "value", list(values))
    places[len(KINDS)].axvline(_at(values, FLOOR), color="black", linestyle=":")
    for panel in places[len(KINDS) + 1 :]:
        panel.axis("off")
    figure.tight_layout()
    figure.savefig(path, dpi=80)
    pyplot.close(figure)


def _panel(panel: Any, kind: str, lines: Sequence[Line]) -> None:
    levels = list(dict.fromkeys(line.condition.partition(" ")[2] for line in lines))
    for people in dict.fromkeys(line.people for line in lines):
        own = [line for line in lines if line.people == people]
        for name, style in (("tpir", "o-"), ("fpir", "x--")):
            shown = [(levels.index(each.condition.partition(" ")[2]), getattr(each, name)) for each in own]
            shown = [(x, share) for x, share in shown if share.people]
            if shown:
                middle = [share.value for _, share in shown]
                reach = [[max(0.0, share.value - share.interval[0]) for _, share in shown]]
                reach.append([max(0.0, share.interval[1] - share.value) for _, share in shown])
                xs = [x for x, _ in shown]
                panel.errorbar(xs, middle, reach, fmt=style, capsize=2, label=f"{people}, {name.upper()}")
    panel.set_title(kind)
    panel.set_ylim(-0.03, 1.03)
    panel.set_xticks(range(len(levels)), levels, fontsize=7, rotation=45 if len(levels) > 7 else 0)
    if lines:
        panel.legend(fontsize=7)


def _at(values: Sequence[Line], value: float) -> float:
    """Where a value lies on an axis whose ticks are the middles of the tenths."""
    return value * len({line.condition for line in values}) - 0.5
