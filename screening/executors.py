"""Runs the work of a scan in this process or in workers, and hands results back in the order of the input.

A worker that dies (a decoder's crash, too little memory) takes one photo with it, not the scan: the photos that were
under way are tried again one by one, and the one that kills its worker again is reported.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# What a task meets whose pool broke: its worker died, or the pool was cleared away with the task still waiting in it.
_LOST = (BrokenProcessPool, CancelledError)

# What handing over a task meets when a worker has just died: the pool says so, or (it closes its pipes in a thread of
# its own) the start of a further worker finds a pipe that is closed by now.
_BREAKING = (BrokenProcessPool, OSError, ValueError, RuntimeError)

# So many photos a worker are under way or waiting: enough that none idles, few enough that an interrupt loses little.
WINDOW = 3


class Executor(Protocol):
    """Where the work of a scan is done."""

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """The results of ``work`` on each item, in order; ``died`` answers for one whose worker died of it."""

    def close(self) -> None:
        """Stop at once; what is under way is lost."""


class InProcess:
    """Does the work in this process: one photo after the other, no start-up."""

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """See ``Executor``; ``died`` has no use here, since this process would have died too."""
        del died
        return (work(item) for item in items)

    def close(self) -> None:
        """Nothing to stop."""


class WorkerProcesses:
    """Does the work in processes of its own, started afresh on every system (no fork), each with its own networks.

    Args:
        count: how many processes, at least 1.
    """

    def __init__(self, count: int) -> None:
        if count < 1:
            raise ValueError(f"count: expected 1 or more workers, got {count}")
        self._count = count
        self._pool = self._start(count)

    def map(
        self, work: Callable[[Item], Result], items: Iterable[Item], died: Callable[[Item], Result]
    ) -> Iterator[Result]:
        """See ``Executor``; ``work`` and the items are pickled."""
        return _Ordered(self, work, died).results(items)

    def submit(self, work: Callable[[Item], Result], item: Item) -> "Future[Result]":
        """Queue one item. A pool that is broken, or breaking, is replaced first; what fails then too is raised."""
        with _interrupts_held():
            try:
                return self._pool.submit(work, item)
            except _BREAKING:
                self.restart()
                return self._pool.submit(work, item)

    def restart(self) -> None:
        """Start all workers anew."""
        self.close()
        self._pool = self._start(self._count)

    @property
    def window(self) -> int:
        """How many items may be under way at once."""
        return self._count * WINDOW

    def close(self) -> None:
        """Stop the workers at once."""
        workers = list((self._pool._processes or {}).values())  # noqa: SLF001 - the pool would wait for them
        self._pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.terminate()
        for worker in workers:
            worker.join()

    @staticmethod
    def _start(count: int) -> ProcessPoolExecutor:
        pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), initializer=_begin_worker)
        # A pool starts a worker with each task handed over until it has them all. Start them now, while none can have
        # died of a photo: a worker started while the pool is breaking gets pipes that are closed, or another's.
        with _interrupts_held():
            for _ in range(count):
                pool.submit(_nothing)
        return pool


class _Ordered(Generic[Item, Result]):
    def __init__(
        self, workers: WorkerProcesses, work: Callable[[Item], Result], died: Callable[[Item], Result]
    ) -> None:
        self._workers, self._work, self._died = workers, work, died

    def results(self, items: Iterable[Item]) -> Iterator[Result]:
        waiting: deque[tuple[Item, Future[Result]]] = deque()
        for item in items:
            waiting.append((item, self._workers.submit(self._work, item)))
            if len(waiting) >= self._workers.window:
                yield from self._first(waiting)
        while waiting:
            yield from self._first(waiting)

    def _first(self, waiting: deque[tuple[Item, "Future[Result]"]]) -> Iterator[Result]:
        item, future = waiting.popleft()
        try:
            result = future.result()
        except _LOST:
            again = [item, *(other for other, _ in waiting)]
            waiting.clear()
            self._workers.restart()
            for each in again:
                yield self._alone(each)
            return
        yield result

    def _alone(self, item: Item) -> Result:
        try:
            return self._workers.submit(self._work, item).result()
        except _LOST:
            self._workers.restart()
            return self._died(item)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold key presses back while workers are started, and for good in the workers, which inherit it.

    Without it a worker that is still loading would end on Ctrl+C with a traceback on the user's terminal.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _nothing() -> None:
    """The first task of a worker: to be there."""


def _begin_worker() -> None:
    """Leave interrupts to the scan, and end with it.

    A key press that interrupts reaches every process of the terminal; what to do is the scan's decision alone. And a
    scan that was killed cannot stop its workers: each would wait for ever, with its networks in memory.
    """
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_scan, daemon=True).start()


def _end_with_the_scan() -> None:
    scan = multiprocessing.parent_process()
    if scan is not None:
        scan.join()
        os._exit(1)


def executor_for(workers: int) -> Executor:
    """One worker needs no process of its own."""
    return InProcess() if workers == 1 else WorkerProcesses(workers)
