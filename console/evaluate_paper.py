"""What the pages of all evaluations share: numbers with the digits that count, shares with intervals, plain tables."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from console import evaluate_texts as texts
from console.voice import Message, Voice
from evaluation.resampling import Rate


def number(value: float, voice: Voice, digits: int = 2) -> str:
    """A number with at least so many digits that count, and no zeros at its end."""
    if not math.isfinite(value) or value == 0:
        return "0" if value == 0 else "–"
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    text = voice.decimal(value, decimals)
    return text.rstrip("0").rstrip(",.") if decimals else text


def percent(value: float, voice: Voice) -> str:
    """A share in per cent, finer where it is small."""
    digits = 0 if value in (0, 1) else 1 if value >= 0.1 else 2
    return f"{voice.decimal(100 * value, digits)}%"


@dataclass(frozen=True, slots=True)
class Paper:
    """Prints figures.

    Attributes:
        console: where to.
        voice: in which language.
    """

    console: Console
    voice: Voice

    def share(self, rate: Rate) -> str:
        """A rate with its interval and counts, or a dash where there was nothing to count."""
        if not rate.searches:
            return self.voice(texts.NO_SHARE)
        shown = {key: percent(value, self.voice) for key, value in (("value", rate.value), ("low", rate.low))}
        return self.voice(
            texts.SHARE,
            **shown,
            high=percent(rate.high, self.voice),
            events=rate.events,
            searches=rate.searches,
        )

    def table(self, columns: Sequence[Message], rows: Iterable[Sequence[str]]) -> None:
        """A table whose columns have names in both languages."""
        self.print_table([self.voice(column) for column in columns], rows)

    def print_table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table from which nothing is cut off."""
        table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1), collapse_padding=True, pad_edge=False)
        for column in columns:
            table.add_column(column, overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row))
        self.console.print(table)

    def grid(self, rows: Iterable[tuple[Message, str]]) -> None:
        """What each thing is, and what is said of it."""
        grid = Table.grid(padding=(0, 2))
        for heading, said in rows:
            grid.add_row("", Text(self.voice(heading)), Text(said))
        self.console.print(grid)

    def lines(self, lines: Iterable[str]) -> None:
        """Plain lines."""
        for line in lines:
            self.console.print(line)

    def bold(self, text: str) -> None:
        """A heading."""
        self.console.print(Text(text, "bold"))
