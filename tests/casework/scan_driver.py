"""Scans into a database and is killed: ``python -m tests.casework.scan_driver PLACE FOLDER [SEED MOST]``.

Without a seed it scans once. With one, it starts scans in processes of their own and kills each after a random time of
at most MOST seconds, a tenth more after each, until one gets to its end; it prints how many it killed. Only the
Analyser, the lowest seam, and the fingerprint are stand-ins; scan, store and database are what the command runs.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from casework import store
from casework.database import open_database
from screening import finish, reading, stamps
from tests.casework.made_up import Office, StandIn, nothing_asked, quick_fingerprint


def scan_once(place: str, folder: Path) -> None:
    """One scan, in transactions small enough that kills hit many of them."""
    stamps.FRESH_NS = -1  # type: ignore[misc]  # the photos were made just now
    store.BATCH_S, store.BATCH = 0.1, 50  # type: ignore[misc]
    stand_in = StandIn()
    setattr(reading, "analyser", lambda *_: stand_in)  # noqa: B010 - no name of its own, to type checkers
    setattr(reading, "fingerprint", quick_fingerprint)  # noqa: B010
    setattr(finish, "question", nothing_asked)  # noqa: B010
    with open_database(place, create=True) as database:
        Office(database, folder).scan()


def scan_killed(place: str, folder: Path, seed: int, most_s: float) -> int:
    """Scans until one is not killed in time; how many were killed."""
    chance, killed = random.Random(seed), 0
    while True:
        child = os.fork()
        if not child:
            scan_once(place, folder)
            os._exit(0)
        time.sleep(chance.uniform(0.0, most_s * 1.1**killed))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0, status
            return killed
        killed += 1


if __name__ == "__main__":
    named, photos, *killing = sys.argv[1:]
    if killing:
        sys.stdout.write(f"{scan_killed(named, Path(photos), int(killing[0]), float(killing[1]))}\n")
    else:
        began = time.monotonic()
        scan_once(named, Path(photos))
        sys.stdout.write(f"{time.monotonic() - began:.3f}\n")
