"""Counts wrong tries at what no account stands behind: the set-up code, and names that nobody has."""

import hashlib
import threading
from collections import OrderedDict
from typing import Final

from casework.accounts import LOCKED_FOR, WRONG_IN_A_ROW
from casework.clock import moment, stamp

_MOST: Final = 10_000


class Tries:
    """Wrong tries by what was tried, within the memory of this program: the oldest are forgotten first.

    A name that nobody has is refused after as many tries, and for as long, as one that somebody has, so that one
    learns from neither which it is.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wrong: OrderedDict[str, tuple[int, str]] = OrderedDict()

    def locked_until(self, what: str, now: str) -> str:
        """Until when it may not be tried again; empty where it may.

        Args:
            what: was tried.
            now: as ``casework.clock`` writes it.
        """
        with self._lock:
            until = self._wrong.get(_key(what), (0, ""))[1]
        return until if until > now else ""

    def wrong(self, what: str, now: str) -> str:
        """Count a wrong try; the answer is as that of ``locked_until``."""
        with self._lock:
            count = self._wrong.pop(_key(what), (0, ""))[0] + 1
            until = stamp(moment(now) + LOCKED_FOR) if count % WRONG_IN_A_ROW == 0 else ""
            self._wrong[_key(what)] = (count, until)
            while len(self._wrong) > _MOST:
                self._wrong.popitem(last=False)
        return until


def _key(what: str) -> str:
    """People type passwords where names belong; this memory has neither."""
    return hashlib.sha256(what.encode("utf-8", "replace")).hexdigest()
