"""A small store of what was made lately, bounded in bytes, for many threads: each thing is made once."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

Value = TypeVar("Value")

_DOORS: Final = 16
"""Threads that want different things seldom wait for each other; those that want the same thing do."""


class KeptPictures(Generic[Value]):
    """Keeps what was used last.

    Args:
        most_bytes: of all that is kept; what is larger by itself is not kept.
        bytes_of: how many a value has.
    """

    def __init__(self, most_bytes: int, bytes_of: Callable[[Value], int]) -> None:
        self._most, self._bytes_of = most_bytes, bytes_of
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._held = 0
        self._inside = threading.Lock()
        self._doors = [threading.Lock() for _ in range(_DOORS)]

    @property
    def held_bytes(self) -> int:
        """Of what is kept now."""
        return self._held

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What is kept under a key, or else what ``make`` gives; what ``make`` raises is not kept."""
        with self._doors[hash(key) % _DOORS]:
            for value in self._found(key):
                return value
            value = make()
            self._keep(key, value)
            return value

    def _found(self, key: Hashable) -> tuple[Value, ...]:
        with self._inside:
            if key not in self._kept:
                return ()
            self._kept.move_to_end(key)
            return (self._kept[key],)

    def _keep(self, key: Hashable, value: Value) -> None:
        size = self._bytes_of(value)
        if size > self._most:
            return
        with self._inside:
            self._kept[key] = value
            self._held += size
            while self._held > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._held -= self._bytes_of(oldest)
