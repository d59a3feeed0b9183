"""The progress bar of a scan: on a terminal only, on standard error, with phase, count, rate and time left."""

from datetime import timedelta

from rich.console import Console
from rich.progress import ProgressColumn, Task
from rich.text import Text

from console import texts
from console.interrupts import Interrupts
from console.steps import Bar
from console.voice import Message, Voice
from screening.finish import Phase

PHASES: dict[Phase, Message] = {Phase.READING: texts.READING, Phase.FINISHING: texts.FINISHING}


class _Count(ProgressColumn):
    def render(self, task: Task) -> Text:
        """How many of how many; nothing while that is unknown."""
        return Text("" if task.total is None else f"{task.completed:.0f}/{task.total:.0f}")


class _Rate(ProgressColumn):
    def __init__(self, voice: Voice) -> None:
        super().__init__()
        self._voice = voice

    def render(self, task: Task) -> Text:
        """How fast, and how long it still takes."""
        if not task.speed:
            return Text("")
        rate = self._voice(texts.RATE, rate=self._voice.decimal(task.speed, 1))
        if task.time_remaining is None or task.finished:
            return Text(rate)
        left = timedelta(seconds=round(task.time_remaining))
        return Text(f"{rate}, {self._voice(texts.LEFT, time=left)}")


class ScanProgress(Bar):
    """Shows how far a scan is, and ends it between two photos when it was interrupted.

    Args:
        voice: in which language.
        console: of standard error.
        shown: False to show nothing.
    """

    def __init__(self, voice: Voice, console: Console, shown: bool) -> None:
        super().__init__(voice, console, shown, _Count(), _Rate(voice))
        self._console = console
        self._phases: list[Phase] = []
        self._total = 0
        self.interrupts = Interrupts(self._tell_stopping)

    def expect(self, total: int) -> None:
        """So many files will be scanned."""
        self._total = total

    def __call__(self, phase: Phase, done: int) -> None:
        """What a scan calls after each file.

        Raises:
            KeyboardInterrupt: once, where the user asked to stop.
        """
        if phase not in self._phases:
            self._phases.append(phase)
            self._bars.reset(self._task, total=self._total, description=self._voice(PHASES[phase]))
        self._bars.update(self._task, completed=done)
        self.interrupts.check()

    def _tell_stopping(self) -> None:
        self._console.print(self._voice(texts.STOPPING))
