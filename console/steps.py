"""The progress of work in a few steps: on a terminal only, on standard error."""

from collections.abc import Callable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from console.voice import Message, Voice


class Bar:
    """One line that says what is done now and how far it is, gone at the end.

    Args:
        voice: in which language.
        console: of standard error.
        shown: False to show nothing.
        ends: what stands after the bar.
    """

    def __init__(self, voice: Voice, console: Console, shown: bool, *ends: ProgressColumn) -> None:
        columns = (SpinnerColumn("line"), TextColumn("{task.description}"), BarColumn(bar_width=24))
        self._voice = voice
        self._bars = Progress(*columns, *ends, console=console, transient=True, disable=not shown)
        self._task = self._bars.add_task("", total=None)

    def __enter__(self) -> Self:
        self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bars.stop()

    def begin(self, what: Message) -> None:
        """Something of unknown length begins."""
        self._bars.reset(self._task, total=None, description=self._voice(what))

    def tell(self, done: int, total: int) -> None:
        """How far what began is, once its length is known."""
        self._bars.update(self._task, completed=done, total=total)


class Steps(Bar):
    """Shows which step the work is at and how far.

    Args:
        voice: in which language.
        console: of standard error.
        shown: False to show nothing.
    """

    def __init__(self, voice: Voice, console: Console, shown: bool) -> None:
        super().__init__(voice, console, shown, MofNCompleteColumn(), TimeRemainingColumn())

    def step(self, what: Message) -> Callable[[int, int], None]:
        """Begin a step; the result is told how many of how many are done."""
        self.begin(what)
        return self.tell
