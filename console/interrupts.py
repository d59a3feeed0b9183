"""Ctrl+C while a scan runs: the first ends it after the photo at hand, the second at once.

An exception raised in the middle of writing would leave half a line or a wrong count. So the first key press is only
noted, and raised where the scan is between two photos.
"""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)  # SIGTERM: a computer that shuts down, a task manager


class Interrupts:
    """Notes interrupts while it is entered; only the main thread may enter it.

    Args:
        told: called once, when the first interrupt is acted on.
    """

    def __init__(self, told: Callable[[], None]) -> None:
        self._told = told
        self._asked = self._raised = False
        self._before: list[tuple[signal.Signals, Any]] = []

    def __enter__(self) -> Self:
        self._before = [(each, signal.signal(each, self._note)) for each in SIGNALS]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each, handler in self._before:
            signal.signal(each, handler)

    def check(self) -> None:
        """To be called between two photos.

        Raises:
            KeyboardInterrupt: once, after the first interrupt.
        """
        if self._asked and not self._raised:
            self._raised = True
            self._told()
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the shape of a handler
        if self._asked:
            self._raised = True
            raise KeyboardInterrupt
        self._asked = True
