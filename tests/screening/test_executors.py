"""Workers: order, a worker that dies, workers that end with the scan."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from screening.executors import WINDOW, InProcess, WorkerProcesses, executor_for

ROOT = Path(__file__).resolve().parents[2]


def double(number: int) -> int:
    return number * 2


def slow_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number


def die_of_seven(number: int) -> int:
    if number == 7:
        os._exit(3)
    return number


def die_once(marker: str) -> str:
    path = Path(marker)
    if path.suffix == ".once" and not path.exists():
        path.touch()
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return path.name


def refuse(number: int) -> int:
    raise ValueError(f"refused {number}")


def died(number: int) -> int:
    return -number


@pytest.fixture(scope="module")
def workers() -> Iterator[WorkerProcesses]:
    pool = WorkerProcesses(2)
    yield pool
    pool.close()


def test_one_worker_needs_no_process() -> None:
    assert isinstance(executor_for(1), InProcess)
    assert list(InProcess().map(double, range(3), died)) == [0, 2, 4]


def test_no_workers_are_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        WorkerProcesses(0)


def test_results_come_in_order_however_fast_each_was(workers: WorkerProcesses) -> None:
    assert list(workers.map(slow_first, range(20), died)) == list(range(20))
    assert list(workers.map(double, [], died)) == []


def test_items_are_taken_only_as_far_as_they_are_needed(workers: WorkerProcesses) -> None:
    taken = []

    def items() -> Iterator[int]:
        for i in range(100):
            taken.append(i)
            yield i

    results = workers.map(double, items(), died)
    assert next(results) == 0
    assert len(taken) == 2 * WINDOW


def test_an_item_that_kills_its_worker_twice_is_answered_for_and_the_others_are_not(workers: WorkerProcesses) -> None:
    assert list(workers.map(die_of_seven, range(12), died)) == [0, 1, 2, 3, 4, 5, 6, -7, 8, 9, 10, 11]


def test_an_item_that_kills_its_worker_once_is_read_after_all(workers: WorkerProcesses, tmp_path: Path) -> None:
    items = [str(tmp_path / name) for name in ("a", "b.once", "c")]
    assert list(workers.map(die_once, items, lambda item: f"died {item}")) == ["a", "b.once", "c"]


def test_all_workers_are_started_before_any_work() -> None:
    pool = WorkerProcesses(2)
    try:
        assert len(pool._pool._processes) == 2
    finally:
        pool.close()


@pytest.mark.parametrize("trouble", [ValueError("bad value(s) in fds_to_keep"), OSError(9, "Bad file descriptor")])
def test_a_pool_that_breaks_while_work_is_handed_over_is_replaced(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker's death closes the pool's pipes in a thread of its own, whatever is being handed over then."""
    pool = WorkerProcesses(1)
    first, submit, tried = pool._pool, pool._pool.submit, []

    def breaking(work: Callable[[int], int], item: int) -> Future[int]:
        tried.append(item)
        if len(tried) == 3:
            raise trouble
        return submit(work, item)

    monkeypatch.setattr(first, "submit", breaking)
    try:
        assert list(pool.map(double, range(6), died)) == [0, 2, 4, 6, 8, 10]
        assert pool._pool is not first
    finally:
        pool.close()


def test_an_exception_of_the_work_comes_through(workers: WorkerProcesses) -> None:
    with pytest.raises(ValueError, match="refused 1"):
        list(workers.map(refuse, [1], died))


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return not Path(f"/proc/{process}/stat").exists() or " Z " not in Path(f"/proc/{process}/stat").read_text()


def own_id(_: int) -> int:
    return os.getpid()


def test_closing_stops_the_workers() -> None:
    pool = WorkerProcesses(1)
    (process,) = pool.map(own_id, [0], died)
    pool.close()
    assert not alive(process)


PARENT = """
import sys, time
sys.path.insert(0, {root!r})
from screening.executors import WorkerProcesses
from os import getpid, getppid
def main():
    pool = WorkerProcesses(1)
    print(pool.submit(eval, "__import__('os').getpid()").result(), flush=True)
    time.sleep(60)
if __name__ == "__main__":
    main()
"""


@pytest.mark.skipif(os.name == "nt", reason="tells whether a process lives by signal 0")
def test_workers_end_when_the_scan_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(PARENT.format(root=str(ROOT)))
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
    for _ in range(100):
        if not alive(worker):
            return
        time.sleep(0.05)
    os.kill(worker, signal.SIGKILL)
    pytest.fail("the worker outlived the scan")


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system has no signal masks")
def test_an_interrupt_while_workers_start_does_not_reach_them(tmp_path: Path) -> None:
    program = tmp_path / "parent.py"
    program.write_text(
        PARENT.format(root=str(ROOT)).replace(
            "    print(pool.submit", "    print('starting', flush=True)\n    print(pool.submit"
        )
    )
    command = [sys.executable, str(program)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "starting\n"
        time.sleep(0.15)  # the worker is loading by now
        os.killpg(parent.pid, signal.SIGINT)
        _, errors = parent.communicate(timeout=30)
    assert errors.count("Traceback") <= 1, errors  # the parent's own; none of the worker's
    assert "Process Spawn" not in errors
