"""What goes along from page to page of a review: the list's filter, and which finding was decided last."""

from collections.abc import Mapping
from typing import Final

from review.queue_filter import asked
from review.visit import Visit

LAST: Final = "terakhir"
_LONGEST: Final = 18  # digits; no database counts higher


def carried_of(visit: Visit, fields: Mapping[str, str]) -> dict[str, str]:
    """What fields of an address or a form carry, by name, for the next address or form.

    Args:
        visit: who asks.
        fields: whatever else is among them is left behind.
    """
    last = fields.get(LAST, "")
    is_number = last.isascii() and last.isdecimal() and len(last) <= _LONGEST
    return asked(visit, fields).fields | ({LAST: last} if is_number else {})


def last_of(carried: Mapping[str, str]) -> int:
    """The number of the finding that was decided last; 0 where none was."""
    return int(carried.get(LAST, "0"))
